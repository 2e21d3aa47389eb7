//! Greek, Turkish and Hebrew names.

use super::{CultureText, Endings, PLAIN, Titles};

pub(super) const CULTURES: &[CultureText] = &[
    CultureText {
        key: "greek",
        weight: 26,
        endings: Endings::Greek,
        native_percent: 55,
        homes: "GR:85 DE:8 US:7",
        female: "
Maria=Μαρία/Marika=Μαρίκα,Mairi=Μαίρη Eleni=Ελένη~Helen,Elena/Lena=Λένα,Nitsa=Νίτσα Katerina=Κατερίνα~Aikaterini,Ekaterini/Katia=Κάτια,Kate Vasiliki=Βασιλική~Vassiliki/Vaso=Βάσω,Vicky=Βίκυ Sofia=Σοφία~Sophia Angeliki=Αγγελική~Aggeliki/Aggela=Αγγέλα,Kelly
Georgia=Γεωργία/Gogo=Γωγώ Dimitra=Δήμητρα~Demetra/Mimi=Μίμη Konstantina=Κωνσταντίνα~Constantina/Dina=Ντίνα,Nantia Ioanna=Ιωάννα~Joanna/Gianna=Γιάννα Paraskevi=Παρασκευή/Voula=Βούλα,Evi=Εύη Evangelia=Ευαγγελία~Evaggelia/Litsa=Λίτσα,Eva=Εύα Christina=Χριστίνα~Hristina Anastasia=Αναστασία/Natasa=Νατάσα
Panagiota=Παναγιώτα~Panayiota/Yota=Γιώτα Despina=Δέσποινα~Despoina/Depy=Ντέπυ Anna=Άννα Theodora=Θεοδώρα/Dora=Δώρα Eirini=Ειρήνη~Irini,Irene/Rena=Ρένα Stavroula=Σταυρούλα/Voula=Βούλα Kalliopi=Καλλιόπη/Popi=Πόπη Zoi=Ζωή~Zoe Fotini=Φωτεινή~Foteini/Fofi=Φώφη Athina=Αθηνά~Athena Chrysoula=Χρυσούλα~Chrisoula Olga=Όλγα Nefeli=Νεφέλη Danai=Δανάη~Danae",
        male: "
Georgios=Γεώργιος~George,Yorgos/Giorgos=Γιώργος Ioannis=Ιωάννης~John,Ioanis/Giannis=Γιάννης,Yannis Konstantinos=Κωνσταντίνος~Constantinos,Konstandinos/Kostas=Κώστας,Dinos=Ντίνος Dimitrios=Δημήτριος~Demetrios,Dimitris/Mitsos=Μήτσος,Jimmy Nikolaos=Νικόλαος~Nicolaos/Nikos=Νίκος
Panagiotis=Παναγιώτης~Panayiotis/Panos=Πάνος,Takis=Τάκης Vasileios=Βασίλειος~Vasilios,Vassilis/Vasilis=Βασίλης,Bill Christos=Χρήστος~Hristos Athanasios=Αθανάσιος/Thanasis=Θανάσης,Sakis=Σάκης Michail=Μιχαήλ~Mihail,Michael/Michalis=Μιχάλης Evangelos=Ευάγγελος~Evaggelos/Vangelis=Βαγγέλης
Spyridon=Σπυρίδων~Spiridon/Spyros=Σπύρος Antonios=Αντώνιος/Antonis=Αντώνης Anastasios=Αναστάσιος/Tasos=Τάσος Theodoros=Θεόδωρος/Thodoris=Θοδωρής,Theo Andreas=Ανδρέας Charalampos=Χαράλαμπος~Haralambos/Babis=Μπάμπης,Haris=Χάρης Alexandros=Αλέξανδρος/Alekos=Αλέκος,Alex Emmanouil=Εμμανουήλ~Emmanuel/Manolis=Μανώλης
Ilias=Ηλίας~Elias Stavros=Σταύρος Petros=Πέτρος Stefanos=Στέφανος~Stephanos Apostolos=Απόστολος/Tolis=Τόλης Sotirios=Σωτήριος/Sotiris=Σωτήρης Grigorios=Γρηγόριος/Grigoris=Γρηγόρης Pavlos=Παύλος~Paul Efstathios=Ευστάθιος/Stathis=Στάθης Marios=Μάριος Leonidas=Λεωνίδας Odysseas=Οδυσσέας Foivos=Φοίβος~Phoebus",
        family: "
Papadopoulos=Παπαδόπουλος~Papadopulos Vlachos=Βλάχος~Vlahos Angelopoulos=Αγγελόπουλος~Aggelopoulos Nikolaidis=Νικολαΐδης~Nicolaides Georgiou=Γεωργίου Petridis=Πετρίδης Athanasiadis=Αθανασιάδης Dimitriadis=Δημητριάδης~Demetriades Papadakis=Παπαδάκης
Panagiotopoulos=Παναγιωτόπουλος~Panayotopoulos Papageorgiou=Παπαγεωργίου Ioannidis=Ιωαννίδης~Ioannides Georgiadis=Γεωργιάδης~Georgiades Karagiannis=Καραγιάννης~Karayannis Makris=Μακρής Vasileiou=Βασιλείου~Vasiliou Papanikolaou=Παπανικολάου Christodoulou=Χριστοδούλου
Dimopoulos=Δημόπουλος Konstantinidis=Κωνσταντινίδης~Constantinides Oikonomou=Οικονόμου~Economou Nikolaou=Νικολάου Antoniou=Αντωνίου Alexiou=Αλεξίου Kostopoulos=Κωστόπουλος Theodorou=Θεοδώρου Samaras=Σαμαράς Markopoulos=Μαρκόπουλος Pappas=Παππάς
Economidis=Οικονομίδης~Oikonomidis Apostolou=Αποστόλου Zervas=Ζέρβας Lambrou=Λάμπρου~Lamprou Kokkinos=Κόκκινος Raptis=Ράπτης Mavros=Μαύρος Galanis=Γαλάνης Kontos=Κοντός Vogiatzis=Βογιατζής~Voyatzis Manolis=Μανώλης Stergiou=Στεργίου",
        family_tail: 45,
        family_stems: "
Anagnost=Αναγνωστ Andr=Ανδρ Argyr=Αργυρ Asim=Ασημ Chatzi=Χατζη~Hatzi Dimitr=Δημητρ Dros=Δροσ Elefther=Ελευθερ Fil=Φιλ Fot=Φωτ Gian=Γιανν Giannak=Γιαννακ Grigor=Γρηγορ Kalantz=Καλαντζ Kall=Καλλ Kanel=Κανελ Kara=Καρα Katsar=Κατσαρ Kef=Κεφ Kont=Κοντ
Kyr=Κυρ Lamp=Λαμπ Leont=Λεοντ Maragk=Μαραγκ Mich=Μιχ Mous=Μουσ Pal=Παλ Pant=Παντ Papa=Παπα Par=Παρ Pol=Πολ Prod=Προδ Rod=Ροδ Sak=Σακ Sar=Σαρ Skar=Σκαρ Spyr=Σπυρ Staik=Στάικ Stam=Σταμ Syng=Συγγ Theoch=Θεοχ Trikoup=Τρικουπ Tsak=Τσακ Tsir=Τσιρ Tzav=Τζαβ Vent=Βεντ Xen=Ξεν Zach=Ζαχ",
        family_ends: "
opoulos=όπουλος~opulos idis=ίδης~ides akis=άκης~akes atos=άτος iadis=ιάδης~iades as=άς ellis=έλλης oglou=όγλου~oglu eas=έας inos=ινός os=ός is=ής anis=άνης akos=άκος",
        ..PLAIN
    },
    CultureText {
        key: "turkish",
        weight: 42,
        homes: "TR:82 DE:14 NL:4",
        female: "
Fatma/Fatoş Ayşe/Ayşegül Emine/Emoş Hatice/Hatçe Zeynep/Zeyno Elif/Elo Meryem/Mero Şerife Zehra Sultan Hanife Merve Havva Zeliha Esra Fadime Özlem Hacer Melek Yasemin Hülya Rabia Sevim Cemile Leyla~Leila Songül Dilek Büşra Kübra
Gülsüm/Gül Sevgi Aysel Tuğba~Tuba Gamze Ebru Derya Pınar Seda Selin Ceren Deniz Ece Ecrin Defne Nehir Azra Asya Eylül İrem~Irem Beyza Şule Nurcan/Nur Aslı Burcu Gizem Sibel Nesrin~Nesrin Filiz Feride Gönül Perihan/Peri Nilüfer/Nil",
        male: "
Mehmet~Mehmed/Memo Mustafa/Mıstık Ahmet~Ahmed Ali Hüseyin~Huseyin/Hüso Hasan Murat İbrahim~Ibrahim/İbo İsmail~Ismail/İso Osman Yusuf Ömer~Omer Ramazan/Ramo Halil Süleyman/Sülo Abdullah/Apo Mahmut Recep Salih Fatih Kadir Emre Hakan Kemal~Kamal Yaşar
Bekir Serkan~Serhan/Sero Cemal~Jamal Burak Orhan Onur Volkan Gökhan/Göko Tolga Uğur Barış Can Berk~Berkay Eren Kerem Yiğit Mert Efe Emir Enes Furkan Umut Selim Levent Cengiz~Jengiz Haluk Tuncay Erdem Ferhat Sinan Koray Oğuz~Oğuzhan Tarık Yavuz Engin Metin Necati Rıza",
        given_tail: 10,
        female_stems: "Fatma Ayşe Emine Hatice Zeynep Elif",
        female_ends: "_Nur _Gül _Su _Naz _Betül _Sena",
        male_stems: "Mehmet Ali Ahmet Mustafa Muhammed Hasan",
        male_ends: "_Ali _Can _Emin _Kemal _Emre _Efe _Rıza",
        family: "
Yılmaz Kaya Demir Çelik Şahin Yıldız Yıldırım Öztürk Aydın Özdemir Arslan~Aslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek Polat Korkmaz Özcan Çakır Erdoğan Yavuz Can Acar Şen Aktaş Güler Yalçın Güneş Bozkurt Bulut Keskin
Ünal Turan Gül Özer Işık Kaplan Avcı Sarı Tekin Taş Köse Yüksel Ateş Aksoy Güzel Karaca Uysal Toprak Duman Coşkun Ay Gündüz Deniz Eren Ceylan Tunç Uçar Altun Bayram Erol Kocaman Sönmez Durmaz Erdem Bayraktar Türkmen Başaran Karataş Akın Soylu Ekinci",
        family_tail: 40,
        family_stems: "
Ak Al Altın Alt Ay Bal Baş Bay Boz Büyük Cebeci Çam Dağ Demir Dur Er Gök Gül Gün Güven Hacı Kaba Kara Kaya Kızıl Koca Kurt Küçük Mol Okur Ok Öz Sağ Sarı Ser Taş Tek Ter Tok Top Tuna Tur Uç Uzun Yağ Yal Yan Yeşil Yıl Yurt Yük Zen",
        family_ends: "
oğlu~oglu taş~tas soy kan türk~turk demir kaya can doğan~dogan yurt lı er göz bulut dağ~dag çelik~celik tekin man han bey ay yol su taşçı ırmak~irmak el bek sel maz alp",
        titles: Titles { male: &["Bay", "Dr.", "Av."], female: &["Bayan", "Dr.", "Av."] },
        ..PLAIN
    },
    CultureText {
        key: "hebrew",
        weight: 20,
        native_percent: 58,
        homes: "IL:88 US:12",
        female: "
Noa=נועה~Noah/Noosh=נוש Tamar=תמר/Tami=תמי Maya=מאיה~Maia Yael=יעל~Jael/Yaeli=יעלי Adi=עדי Shira=שירה Sarah=שרה~Sara/Sari=שרי Miriam=מרים~Miryam/Miri=מירי Rachel=רחל~Rahel/Racheli=רחלי Esther=אסתר~Ester/Esti=אסתי Avigail=אביגיל~Abigail/Avia=אביה
Michal=מיכל~Mihal Hila=הילה Hadas=הדס Inbar=ענבר Liat=ליאת Dana=דנה Keren=קרן Orly=אורלי~Orli Ronit=רונית/Roni=רוני Sigal=סיגל Galit=גלית Efrat=אפרת Rivka=רבקה~Rebecca/Rivki=רבקי Chana=חנה~Hannah,Hana/Chani=חני Yehudit=יהודית~Judith/Yudit=יודית Talia=טליה/Tali=טלי Einat=עינת Shani=שני Lihi=ליהי Ayelet=איילת Nurit=נורית",
        male: "
David=דוד/Dudi=דודי,Dudu=דודו Moshe=משה~Moses/Moshiko=מושיקו Yosef=יוסף~Joseph,Yossef/Yossi=יוסי Daniel=דניאל/Dani=דני Avraham=אברהם~Abraham/Avi=אבי Yitzhak=יצחק~Itzhak,Isaac,Yitzchak/Itzik=איציק Yaakov=יעקב~Jacob,Yakov/Kobi=קובי Eitan=איתן~Eytan Noam=נועם
Uri=אורי~Ori Itai=איתי~Itay Yonatan=יונתן~Jonathan/Yoni=יוני Ariel=אריאל/Arik=אריק Amit=עמית Omer=עומר Guy=גיא~Gai Tal=טל Ron=רון~Roni Gal=גל Nadav=נדב Shlomo=שלמה~Solomon/Shlomi=שלומי Haim=חיים~Chaim,Hayim Eliyahu=אליהו~Elijah/Eli=אלי Shimon=שמעון~Simon/Shimi=שימי
Meir=מאיר Yehuda=יהודה~Judah/Udi=אודי Aharon=אהרון~Aaron/Roni=רוני Ehud=אהוד/Udi=אודי Gilad=גלעד/Gil=גיל Alon=אלון Assaf=אסף~Asaf Doron=דורון Eyal=אייל~Eyall Gadi=גדי Ilan=אילן Lior=ליאור Nir=ניר Oren=אורן Rami=רמי Shai=שי~Shay Yaniv=יניב Zeev=זאב~Ze'ev Mordechai=מרדכי~Mordecai/Moti=מוטי",
        family: "
Cohen=כהן~Kohen,Cohn Levi=לוי~Levy Mizrahi=מזרחי~Mizrachi Peretz=פרץ~Perez,Peretz Biton=ביטון~Bitton Dahan=דהן Avraham=אברהם Friedman=פרידמן~Fridman Malka=מלכה Azoulay=אזולאי~Azulay,Azulai Katz=כץ~Kats Yosef=יוסף Amar=עמר David=דוד Ohayon=אוחיון~Ohaion Hadad=חדד~Haddad Gabay=גבאי~Gabbay,Gabai
Ben_David=בן_דוד~Ben-David,Bendavid Adler=אדלר Shapira=שפירא~Shapiro Segal=סגל~Segall Ashkenazi=אשכנזי Vaknin=ועקנין~Waknin Klein=קליין~Klayn Levin=לוין~Lewin Rosenberg=רוזנברג~Rozenberg Goldberg=גולדברג Weiss=וייס~Vais Baruch=ברוך~Barukh Shalom=שלום Golan=גולן Barak=ברק Carmi=כרמי~Karmi Eliyahu=אליהו Sasson=ששון~Sason
Harel=הראל Alon=אלון Navon=נבון Dayan=דיין Tzur=צור~Zur Regev=רגב Sharabi=שרעבי Toledano=טולדנו Elbaz=אלבז Suissa=סויסה~Swisa Zohar=זוהר Shaked=שקד Bar-Lev=בר_לב~Bar_Lev,Barlev Ben-Ami=בן_עמי~Ben_Ami",
        family_tail: 38,
        family_stems: "
Gold=גולד Rosen=רוזן~Rozen Wein=ויין~Vain Gruen=גרין~Green Silber=זילבר~Zilber Stern=שטרן Eisen=אייזן~Aizen Frei=פריי Licht=ליכט Schön=שיין~Shein Perl=פרל Blum=בלום Ben-=בן~Ben_ Bar-=בר~Bar_ Bern=ברנ Hirsch=הירש~Hirsh Mandel=מנדל Zucker=צוקר Kirsh=קירש Wasser=וסר~Vasser Feld=פלד Apfel=אפל",
        family_ends: "
man=מן~mann stein=שטיין~shtein berg=ברג feld=פלד~pheld baum=בוים~boim blatt=בלט~blat thal=טל~tal zweig=צווייג ski=סקי~sky ovitz=וביץ~owitz,ovich zvi=צבי Chaim=חיים Yosef=יוסף Shahar=שחר or=אור Nun=נון",
        ..PLAIN
    },
];

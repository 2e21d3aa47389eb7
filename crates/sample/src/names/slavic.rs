//! Polish, Russian and Ukrainian names.

use super::{CultureText, Endings, PLAIN, Titles};

pub(super) const CULTURES: &[CultureText] = &[
    CultureText {
        key: "polish",
        weight: 48,
        endings: Endings::Polish,
        homes: "PL:86 GB:7 DE:5 US:2",
        female: "
Anna/Ania,Anka Maria~Marya/Marysia,Maryla Katarzyna/Kasia,Kaśka Małgorzata/Gosia,Małgosia Agnieszka/Aga,Agusia Barbara/Basia,Baśka Ewa~Eva/Ewka Krystyna~Kristina/Krysia
Elżbieta/Ela Zofia~Sofia/Zosia Teresa/Tereska Joanna/Asia,Joasia Magdalena/Magda Monika~Monica/Monia Jadwiga/Jadzia Danuta/Danka Irena/Irka Halina/Halinka
Aleksandra~Alexandra/Ola,Olka Natalia/Nati Julia/Julka Karolina/Karola Paulina/Paula Marta Dorota/Dorotka Justyna/Justa Beata/Beatka Renata Iwona~Ivona/Iwonka Urszula/Ula
Wiktoria~Victoria/Wika Zuzanna/Zuza Maja~Maya Hanna/Hania Lena Alicja~Alicia/Ala Weronika~Veronika/Wera Sylwia~Sylvia Izabela~Isabella/Iza Oliwia~Olivia Grażyna/Grażka Bożena Wanda Stanisława Bronisława",
        male: "
Piotr/Piotrek,Piotruś Krzysztof/Krzysiek,Krzyś Andrzej/Jędrek,Andrzejek Tomasz/Tomek Paweł~Pawel/Pawełek Jan/Janek,Jasiek Michał/Michałek,Misiek Marcin/Marcinek Jakub/Kuba,Kubuś Adam/Adaś
Stanisław/Staszek,Stasiek Marek/Mareczek Łukasz/Łuki Grzegorz/Grzesiek,Grześ Mateusz/Mati Wojciech/Wojtek Mariusz/Mariuszek Dariusz/Darek Zbigniew/Zbyszek Jerzy/Jurek Maciej/Maciek
Rafał~Rafal/Rafałek Robert/Robek Kamil Jacek Józef/Józek Szymon/Szymek Dawid~David Kacper~Kasper Ryszard/Rysiek Tadeusz/Tadek Antoni/Antek Franciszek/Franek Aleksander~Alexander/Olek,Alek
Bartosz~Bartłomiej/Bartek Filip~Philip Przemysław/Przemek Sebastian/Seba Sławomir/Sławek Henryk/Heniek Kazimierz/Kazik Leszek Mieczysław/Mietek Zygmunt/Zygi Bogdan/Boguś Ignacy Witold/Witek Bolesław/Bolek",
        family: "
Nowak Kowalski Wiśniewski Wójcik Kowalczyk~Kowalczuk Kamiński Lewandowski Zieliński Szymański Woźniak~Wozniak Dąbrowski~Dombrowski Kozłowski Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk
Kaczmarek~Kaczmarczyk Piotrowski Grabowski Zając Pawłowski Michalski Król Wieczorek Jabłoński Wróbel Nowakowski Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki Pawlak Górski
Witkowski Walczak Sikora Baran Rutkowski Michalak Szewczyk Ostrowski Tomaszewski Pietrzak Zalewski~Zaleski Wróblewski Marciniak Jasiński Zawadzki Bąk Jakubowski Sadowski Duda Włodarczyk Wilk
Chmielewski Borkowski Sokołowski Szczepański Sawicki Kucharski Lis Maciejewski Kubiak Kalinowski Mazurek Wysocki Kołodziej Kaźmierczak Czarnecki Sobczak Konieczny Urbański Głowacki Wasilewski Sikorski Zakrzewski
Krajewski Laskowski Gajewski Mróz Ziółkowski Szulc~Schulz Makowski Brzeziński Przybylski Baranowski Kaczmarczyk Błaszczyk Cieślak Górecki Krupa",
        family_tail: 42,
        family_stems: "
Bor Brzoz Buk Chmiel Ciech Czar Czerw Dob Dom Dusz Gaj Gol Gór Grab Grod Grusz Jagiel Jan Jarz Jas Jawor Kal Kar Kas Klim Klon Kob Kon Kop Kost Krasz Krup Kuch Lask Leś
Lip Łuk Mal Mar Mich Mil Młyn Mod Nied Ols Osow Ozim Pias Pior Plich Pol Przyb Rad Rogal Sied Skal Słom Soch Star Strzel Swid Szad Topol Turz Wab Wasil Wicz Wierz Wol Zab Zag Zaw Żel Żur",
        family_ends: "
owski ewski iński~inski iak czak~czyk czyk icki ecki ocki alski uch ka ik iec arz ara oń asz aszek ała uk owiak",
        titles: Titles { male: &["Pan", "dr", "mgr", "inż."], female: &["Pani", "dr", "mgr"] },
        ..PLAIN
    },
    CultureText {
        key: "russian",
        weight: 44,
        endings: Endings::Slavic,
        native_percent: 62,
        homes: "RU:80 DE:7 IL:6 US:7",
        female: "
Anna=Анна~Ana/Anya=Аня,Anyuta=Анюта Elena=Елена~Yelena,Helen/Lena=Лена,Alyona=Алёна Olga=Ольга~Ol'ga/Olya=Оля Natalia=Наталья~Natalya,Nataliya/Natasha=Наташа,Nata=Ната
Ekaterina=Екатерина~Yekaterina,Catherine/Katya=Катя,Katia=Катюша Tatiana=Татьяна~Tatyana/Tanya=Таня Irina=Ирина~Iryna/Ira=Ира Svetlana=Светлана/Sveta=Света,Lana=Лана Maria=Мария~Mariya,Mariia/Masha=Маша
Anastasia=Анастасия~Anastasiya,Anastasiia/Nastya=Настя,Stasya=Стася Yulia=Юлия~Julia,Iuliia,Yuliya/Yulya=Юля Marina=Марина/Marisha=Мариша Daria=Дарья~Darya,Dariia/Dasha=Даша Ksenia=Ксения~Kseniya,Xenia/Ksyusha=Ксюша
Victoria=Виктория~Viktoria,Viktoriya/Vika=Вика Aleksandra=Александра~Alexandra/Sasha=Саша,Shura=Шура Polina=Полина/Polya=Поля Sofia=София~Sofya,Sophia/Sonya=Соня Galina=Галина/Galya=Галя Lyudmila=Людмила~Ludmila,Liudmila/Lyuda=Люда,Mila=Мила
Nadezhda=Надежда/Nadya=Надя Valentina=Валентина/Valya=Валя Vera=Вера/Verochka=Верочка Lyubov=Любовь~Lubov/Lyuba=Люба Nina=Нина Larisa=Лариса~Larissa/Lara=Лара Yana=Яна~Iana,Jana Alina=Алина Kristina=Кристина~Christina Margarita=Маргарита/Rita=Рита
Evgenia=Евгения~Yevgeniya,Eugenia/Zhenya=Женя Oksana=Оксана~Oxana Zoya=Зоя Tamara=Тамара Raisa=Раиса/Raya=Рая Veronika=Вероника/Nika=Ника Diana=Диана Elizaveta=Елизавета~Yelizaveta/Liza=Лиза Zinaida=Зинаида/Zina=Зина",
        male: "
Aleksandr=Александр~Alexander,Alexandr/Sasha=Саша,Shura=Шура,Alex Sergey=Сергей~Sergei,Serhii/Seryozha=Серёжа,Serge=Серёга Dmitry=Дмитрий~Dmitriy,Dmitrii,Dimitri/Dima=Дима,Mitya=Митя Andrey=Андрей~Andrei,Andrew/Andryusha=Андрюша
Aleksey=Алексей~Alexey,Alexei,Aleksei/Lyosha=Лёша,Alyosha=Алёша Ivan=Иван~Iwan/Vanya=Ваня Mikhail=Михаил~Michail,Michael/Misha=Миша Maksim=Максим~Maxim/Max=Макс Evgeny=Евгений~Evgeniy,Yevgeny,Eugene/Zhenya=Женя Vladimir=Владимир~Wladimir/Vova=Вова,Volodya=Володя
Nikolay=Николай~Nikolai,Nicolai/Kolya=Коля Artem=Артём~Artyom/Tyoma=Тёма Pavel=Павел/Pasha=Паша Roman=Роман/Roma=Рома Igor=Игорь/Igoryok=Игорёк Yury=Юрий~Yuri,Yuriy,Iurii/Yura=Юра Oleg=Олег/Olezhka=Олежка Viktor=Виктор~Victor/Vitya=Витя
Vladislav=Владислав/Vlad=Влад Denis=Денис/Den=Ден Anton=Антон/Antosha=Антоша Ilya=Илья~Ilia/Ilyusha=Илюша Nikita=Никита/Nik=Ник Kirill=Кирилл~Kiril/Kir=Кир Konstantin=Константин/Kostya=Костя Anatoly=Анатолий~Anatoliy,Anatolii/Tolya=Толя
Stanislav=Станислав/Stas=Стас Valery=Валерий~Valeriy,Valerii/Valera=Валера Grigory=Григорий~Grigoriy,Grigorii/Grisha=Гриша Boris=Борис/Borya=Боря Egor=Егор~Yegor Timofey=Тимофей/Tima=Тима Vyacheslav=Вячеслав~Viacheslav/Slava=Слава Ruslan=Руслан/Rus=Рус
Fyodor=Фёдор~Fedor,Fiodor/Fedya=Федя Gennady=Геннадий~Gennadiy/Gena=Гена Leonid=Леонид/Lyonya=Лёня Pyotr=Пётр~Petr,Peter/Petya=Петя Semyon=Семён~Semen/Syoma=Сёма Arkady=Аркадий/Arkasha=Аркаша Rostislav=Ростислав/Rostik=Ростик",
        family: "
Ivanov=Иванов~Iwanow Smirnov=Смирнов Kuznetsov=Кузнецов~Kuznecov Popov=Попов Vasiliev=Васильев~Vasilyev Petrov=Петров Sokolov=Соколов Mikhailov=Михайлов~Mikhaylov Novikov=Новиков Fedorov=Фёдоров~Fyodorov
Morozov=Морозов Volkov=Волков~Wolkow Alekseev=Алексеев~Alexeev,Alekseyev Lebedev=Лебедев Semenov=Семёнов~Semyonov Egorov=Егоров~Yegorov Pavlov=Павлов Kozlov=Козлов Stepanov=Степанов Nikolaev=Николаев~Nikolayev
Orlov=Орлов Andreev=Андреев~Andreyev Makarov=Макаров Nikitin=Никитин Zakharov=Захаров~Zaharov Zaitsev=Зайцев~Zaytsev Soloviev=Соловьёв~Solovyov,Solovyev Borisov=Борисов Yakovlev=Яковлев~Iakovlev Grigoriev=Григорьев~Grigoryev
Romanov=Романов Vorobyov=Воробьёв~Vorobiev Sergeev=Сергеев~Sergeyev Kuzmin=Кузьмин Frolov=Фролов Aleksandrov=Александров~Alexandrov Dmitriev=Дмитриев Korolev=Королёв~Korolyov Gusev=Гусев Kiselev=Киселёв~Kiselyov
Ilyin=Ильин~Ilin Maksimov=Максимов~Maximov Polyakov=Поляков~Poliakov Sorokin=Сорокин Vinogradov=Виноградов Kovalev=Ковалёв~Kovalyov Belov=Белов Medvedev=Медведев Antonov=Антонов Tarasov=Тарасов Zhukov=Жуков~Jukov Baranov=Баранов
Filippov=Филиппов Komarov=Комаров Davydov=Давыдов~Davidov Belyaev=Беляев~Beliaev Gerasimov=Герасимов Bogdanov=Богданов Osipov=Осипов Sidorov=Сидоров Matveev=Матвеев Titov=Титов Markov=Марков Mironov=Миронов Krylov=Крылов~Krilov
Kulikov=Куликов Karpov=Карпов Vlasov=Власов Melnikov=Мельников Denisov=Денисов Gavrilov=Гаврилов Tikhonov=Тихонов~Tihonov Kazakov=Казаков Afanasiev=Афанасьев~Afanasyev Danilov=Данилов Saveliev=Савельев Timofeev=Тимофеев Fomin=Фомин",
        family_tail: 40,
        family_stems: "
Bazar=Базар Belo=Бело Berez=Берез Bobr=Бобр Bolot=Болот Bulat=Булат Burm=Бурм Chern=Черн Dol=Дол Drozd=Дрозд Dub=Дуб Gagar=Гагар Galk=Галк Glush=Глуш Golub=Голуб Gorb=Горб Gorsh=Горш Grach=Грач Kalash=Калаш Kamen=Камен
Karas=Карас Kashir=Кашир Khar=Хар Kles=Клес Klim=Клим Kolch=Колч Korsh=Корш Koshel=Кошел Krut=Крут Kur=Кур Lad=Лад Lap=Лап Lug=Луг Luk=Лук Lyub=Люб Mal=Мал Mam=Мам Mesh=Меш Mosk=Моск Murav=Мурав Nazar=Назар Ozer=Озер
Panf=Панф Pest=Пест Plat=Плат Pog=Пог Rod=Род Rud=Руд Ryb=Рыб Ryab=Ряб Sad=Сад Samo=Само Sel=Сел Shat=Шат Shish=Шиш Shub=Шуб Skor=Скор Snegir=Снегир Strel=Стрел Suvor=Сувор Terekh=Терех Trof=Троф Tur=Тур Ush=Уш Utk=Утк Vikhr=Вихр Yag=Яг Yastreb=Ястреб Zav=Зав Zhil=Жил",
        family_ends: "
ov=ов in=ин kov=ков nikov=ников tsev=цев~cev ev=ев ovsky=овский~ovskiy,ovskii ilin=илин ikhin=ихин~ihin achev=ачев utin=утин anov=анов shin=шин sky=ский~skiy,skii enkov=енков itsyn=ицын",
        ..PLAIN
    },
    CultureText {
        key: "ukrainian",
        weight: 30,
        endings: Endings::Slavic,
        native_percent: 60,
        homes: "UA:80 PL:10 DE:5 US:5",
        female: "
Olena=Олена~Elena,Helena/Lena=Лена,Olenka=Оленка Oksana=Оксана~Oxana/Ksenia=Ксеня Nataliya=Наталія~Natalia,Nataliia/Natalka=Наталка Iryna=Ірина~Irina/Ira=Іра Svitlana=Світлана~Svetlana/Svitlanka=Світланка Tetiana=Тетяна~Tetyana,Tatiana/Tanya=Таня
Yuliia=Юлія~Yulia,Julia/Yulya=Юля Maria=Марія~Mariia/Marichka=Марічка Anna=Анна~Hanna/Anya=Аня Kateryna=Катерина~Katerina/Katya=Катя Viktoriia=Вікторія~Victoria/Vika=Віка Olha=Ольга~Olga/Olya=Оля Anastasiia=Анастасія~Anastasia/Nastya=Настя
Lesia=Леся~Lesya Halyna=Галина~Galina/Halya=Галя Liudmyla=Людмила~Lyudmila/Lyuda=Люда Sofiia=Софія~Sofia,Sophia Solomiia=Соломія~Solomia Nadiia=Надія~Nadia/Nadya=Надя Zoriana=Зоряна~Zoryana Yaroslava=Ярослава/Slava=Слава Bohdana=Богдана~Bogdana Khrystyna=Христина~Kristina Daryna=Дарина~Daria/Dasha=Даша Alina=Аліна Marta=Марта",
        male: "
Oleksandr=Олександр~Alexander,Aleksandr/Sasha=Саша,Oles=Олесь Serhii=Сергій~Sergiy,Sergey/Serhiyko=Сергійко Andrii=Андрій~Andriy,Andrey/Andriyko=Андрійко Volodymyr=Володимир~Vladimir/Volodya=Володя,Vova=Вова Mykola=Микола~Nikolay/Kolya=Коля Oleh=Олег~Oleg
Ivan=Іван/Ivas=Івась Vasyl=Василь~Vasil/Vasya=Вася Mykhailo=Михайло~Mikhail/Mysha=Миша Yurii=Юрій~Yuriy,Yuri/Yura=Юра Viktor=Віктор~Victor/Vitya=Вітя Ihor=Ігор~Igor Dmytro=Дмитро~Dmitry/Dima=Діма Bohdan=Богдан~Bogdan/Bodya=Бодя Roman=Роман/Romko=Ромко Petro=Петро~Petr/Petryk=Петрик
Taras=Тарас/Tarasyk=Тарасик Maksym=Максим~Maxim/Max=Макс Vitalii=Віталій~Vitaliy,Vitaly/Vitalik=Віталік Yaroslav=Ярослав/Slavko=Славко Oleksii=Олексій~Oleksiy,Alexey/Lyosha=Льоша Artem=Артем Denys=Денис~Denis Pavlo=Павло~Pavel/Pasha=Паша Stepan=Степан Ostap=Остап Nazar=Назар Hryhorii=Григорій~Grigory/Hrysha=Гриша Yevhen=Євген~Evgeny,Eugene/Zhenya=Женя Kyrylo=Кирило~Kirill Danylo=Данило Anatolii=Анатолій/Tolya=Толя",
        family: "
Melnyk=Мельник~Melnik Shevchenko=Шевченко~Schewtschenko Boiko=Бойко~Boyko Kovalenko=Коваленко Bondarenko=Бондаренко Tkachenko=Ткаченко Kovalchuk=Ковальчук Kravchenko=Кравченко Oliinyk=Олійник~Oliynyk,Oleinik Shevchuk=Шевчук
Koval=Коваль Polishchuk=Поліщук~Polischuk Bondar=Бондар Tkachuk=Ткачук Moroz=Мороз Marchenko=Марченко Lysenko=Лисенко~Lysenko Rudenko=Руденко Savchenko=Савченко Petrenko=Петренко Kravchuk=Кравчук Klymenko=Клименко~Klimenko Ponomarenko=Пономаренко Savchuk=Савчук
Vasylenko=Василенко Harmash=Гармаш~Garmash Kharchenko=Харченко Sydorenko=Сидоренко~Sidorenko Havryliuk=Гаврилюк~Gavryliuk Romaniuk=Романюк~Romanyuk Karpenko=Карпенко Lytvyn=Литвин~Litvin Lytvynenko=Литвиненко Kostenko=Костенко Hnatiuk=Гнатюк~Gnatyuk Kolomiets=Коломієць~Kolomiyets
Pavlenko=Павленко Kushnir=Кушнір Panchenko=Панченко Mazur=Мазур Kuzmenko=Кузьменко Mykhailenko=Михайленко Yurchenko=Юрченко~Iurchenko Kyrychenko=Кириченко Zadorozhnyi=Задорожний~Zadorozhny Hrytsenko=Гриценко~Gritsenko Pavliuk=Павлюк~Pavlyuk Martyniuk=Мартинюк Stepanenko=Степаненко Hryhorenko=Григоренко",
        family_tail: 42,
        family_stems: "
Andr=Андр Bilo=Біло Burl=Бурл Chumach=Чумач Danyl=Данил Demch=Демч Dovzh=Довж Dubov=Дубов Fed=Фед Holov=Голов Horb=Горб Ilch=Ільч Kalyn=Калин Kas'yan=Касьян Khom=Хом Kostr=Костр Kryv=Крив Kutz=Куц Lazar=Лазар Levch=Левч
Luts=Луц Maks=Макс Myron=Мирон Naum=Наум Ono=Оно Ostap=Остап Pylyp=Пилип Prykhod=Приход Radch=Радч Rozum=Розум Samoil=Самойл Semen=Семен Skryp=Скрип Soroch=Сороч Stets=Стец Suprun=Супрун Tarn=Тарн Tymosh=Тимош Vakul=Вакул Yakym=Яким Yarem=Ярем Zabolot=Заболот Zakhar=Захар Zhur=Жур",
        family_ends: "
enko=енко uk=ук iuk=юк~yuk chuk=чук yshyn=ишин skyi=ський~sky,skiy yk=ик ets=ець ovych=ович~ovich iv=ів~iw ak=ак onko=онко~onka",
        ..PLAIN
    },
];

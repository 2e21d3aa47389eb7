//! Arabic, Indian and Vietnamese names.

use super::{CultureText, Manner, PLAIN, Titles};

pub(super) const CULTURES: &[CultureText] = &[
    CultureText {
        key: "arabic",
        weight: 62,
        native_percent: 45,
        homes: "EG:34 SA:22 AE:16 MA:14 FR:7 US:4 GB:3",
        female: "
Fatima=فاطمة~Fatma,Fatimah,Fatema/Fifi=فيفي,Fattoum=فطوم Maryam=مريم~Mariam,Meryem/Mimi=ميمي Aisha=عائشة~Aicha,Ayesha/Shosho=شوشو Zainab=زينب~Zeinab,Zaynab/Zozo=زوزو Khadija=خديجة~Khadijah,Hadija/Dija=ديجة Nour=نور~Noor,Nur/Nounou=نونو Sara=سارة~Sarah Layla=ليلى~Leila,Laila/Loulou=لولو
Huda=هدى~Hoda,Houda Amina=أمينة~Amena Salma=سلمى~Selma Hana=هناء~Hanaa Mona=منى~Muna Rania=رانيا~Ranya Dina=دينا~Deena Yasmin=ياسمين~Yasmine,Jasmin/Yaso=ياسو Iman=إيمان~Eman,Imane Reem=ريم~Rim Hala=هالة~Hela Samira=سميرة~Sameera Nadia=نادية~Nadya Amal=أمل~Amel Rasha=رشا Hanan=حنان~Hanane
Ghada=غادة Lamia=لمياء~Lamya Noura=نورة~Nora,Nourah Shaimaa=شيماء~Shaima,Chaimae Heba=هبة~Hiba Basma=بسمة~Besma Nesreen=نسرين~Nisrine Wafa=وفاء~Wafaa Asmaa=أسماء~Asma Rabab=رباب Sawsan=سوسن~Sausan Dalal=دلال Jamila=جميلة~Djamila Abeer=عبير~Abir Maha=مها",
        male: "
Mohammed=محمد~Muhammad,Mohamed,Mohammad,Mohamad/Mo,Hamoudi=حمودي,Moh Ahmed=أحمد~Ahmad/Hamada=حمادة Mahmoud=محمود~Mahmud Ali=علي~Aly/Alloush=علوش Omar=عمر~Umar,Omer Youssef=يوسف~Yusuf,Yousef,Yousuf/Joe Ibrahim=إبراهيم~Ebrahim,Ibraheem/Bebo=بيبو Khaled=خالد~Khalid/Khallad=خلاد Hassan=حسن~Hasan Hussein=حسين~Husain,Hussain,Hossein
Mostafa=مصطفى~Mustafa,Moustafa/Tefa=طيفة,Darsh=درش Abdullah=عبد_الله~Abdallah,Abdulla/Aboud=عبود Abdelrahman=عبد_الرحمن~Abdulrahman,Abdel_Rahman/Boudy=بودي Karim=كريم~Kareem/Kimo=كيمو Tarek=طارق~Tariq,Tarik Hamza=حمزة~Hamzah Saad=سعد~Sad Faisal=فيصل~Faysal,Feisal Sultan=سلطان Nasser=ناصر~Naser,Nasir Samir=سمير~Sameer
Amr=عمرو~Amro Hesham=هشام~Hisham,Hicham Walid=وليد~Waleed,Oualid Adel=عادل~Adil Rashid=راشد~Rashed,Rachid Bilal=بلال~Belal Ziad=زياد~Ziyad Majid=ماجد~Majed,Maged Yasser=ياسر~Yaser,Yasir Sami=سامي~Samy Jamal=جمال~Gamal,Djamel Said=سعيد~Saeed,Sayed Salem=سالم~Salim Fahad=فهد~Fahd Bandar=بندر Turki=تركي
Mehdi=مهدي~Mahdi Anas=أنس Ayman=أيمن~Aymen Sherif=شريف~Shareef,Cherif Ramy=رامي~Rami Wael=وائل~Wail Osama=أسامة~Usama,Oussama Munir=منير~Mounir Haitham=هيثم~Haytham Zayed=زايد~Zaid",
        family: "
Mohamed=محمد~Mohammed,Muhammad Ahmed=أحمد~Ahmad Ali=علي~Aly Hassan=حسن~Hasan Ibrahim=إبراهيم~Ebrahim Mahmoud=محمود~Mahmud El-Sayed=السيد~Elsayed,Al_Sayed Abdallah=عبد_الله~Abdullah Mostafa=مصطفى~Mustafa Khalil=خليل~Khaleel Saleh=صالح~Salih Hussein=حسين~Hussain Othman=عثمان~Osman,Uthman
Al-Otaibi=العتيبي~Alotaibi Al-Qahtani=القحطاني~Alqahtani,Al_Kahtani Al-Ghamdi=الغامدي~Alghamdi Al-Harbi=الحربي~Alharbi Al-Shehri=الشهري~Alshehri Al-Zahrani=الزهراني~Alzahrani,Al_Zahrany Al-Dosari=الدوسري~Aldossary,Al_Dosary Al-Mutairi=المطيري~Almutairi Al-Maktoum=المكتوم~Almaktoum Al-Mansoori=المنصوري~Almansouri,Al_Mansuri Al-Suwaidi=السويدي~Alsuwaidi
Haddad=حداد~Hadad Khoury=خوري~Khouri Nasser=ناصر~Nasr Mansour=منصور~Mansur Hamdan=حمدان Saad=سعد Farouk=فاروق~Farouq Fathy=فتحي~Fathi Gaber=جابر~Jaber Salah=صلاح Shaheen=شاهين~Chahine Tawfik=توفيق~Tawfiq,Toufik Zaki=زكي~Zaky Bennani=بناني~Benani Alaoui=علوي~Alawi El_Amrani=العمراني~Amrani Tazi=تازي Idrissi=إدريسي~Idrisi
Benali=بن_علي~Ben_Ali Bouazza=بوعزة~Bouaza Chraibi=شرايبي El_Fassi=الفاسي~Elfassi Berrada=برادة Masri=مصري~El_Masry,Al_Masri Najjar=نجار~Naggar,Al_Najjar Hijazi=حجازي~Hegazy Sharif=شريف~Sherif,El_Sherif Ramadan=رمضان Kamel=كامل~Kamil Darwish=درويش~Darwich Qasim=قاسم~Kassem,Kasem",
        family_tail: 45,
        family_stems: "Al-=ال~Al_,Al El_=ال~El-,El Abu_=أبو_~Abou_,Abu- Ben_=بن_~Bin_,Ben Abdel_=عبد_ال~Abd_El_,Abdul_",
        family_ends: "
Rahman=رحمن~Rahmane Aziz=عزيز Karim=كريم~Kareem Fattah=فتاح~Fatah Latif=لطيف~Latief Hakim=حكيم~Hakeem Malik=مالك~Malek Nasser=ناصر~Nasir Salam=سلام Wahab=وهاب~Wahhab Rashidi=راشدي~Rashedi Jaziri=جزيري~Gaziri Tamimi=تميمي Ansari=أنصاري Hashimi=هاشمي~Hashemi Khatib=خطيب~Khateeb Sabbagh=صباغ~Sabbag
Attar=عطار Bakri=بكري~Bakry Jabri=جابري~Gabri Kindi=كندي Mahdi=مهدي~Mehdi Naimi=نعيمي~Nuaimi Omari=عمري Qadi=قاضي~Kadi Rifai=رفاعي~Refai Saadi=سعدي Shami=شامي~Chami Tayeb=طيب~Tayyib Wali=والي Yamani=يماني Zein=زين~Zain Balushi=بلوشي~Baloushi Marri=مري Hosani=حوساني Kaabi=كعبي Ghanim=غانم~Ghanem
Sulaiman=سليمان~Soliman Fahim=فهيم~Faheem Turabi=ترابي Banna=بنا Halabi=حلبي Iraqi=عراقي Jundi=جندي~Gendy Mulla=ملا Sudairi=سديري Thani=ثاني",
        titles: Titles { male: &["Mr.", "Dr.", "Eng."], female: &["Mrs.", "Dr.", "Eng."] },
        ..PLAIN
    },
    CultureText {
        key: "indian",
        weight: 92,
        homes: "IN:72 US:14 GB:9 AE:5",
        female: "
Priya~Priyaa/Pri Anjali~Anjaly/Anju Pooja~Puja Neha Sunita~Suneeta Kavita~Kavitha/Kavi Anita~Aneeta Deepa~Dipa/Deepu Lakshmi~Laxmi Meena~Mina Rekha Sita~Seeta Geeta~Gita Shanti Asha Usha Radha Divya/Divi Swati~Swathi Sneha Aarti~Arti,Aarthi Nisha Ritu Shreya Aishwarya~Aiswarya/Aishu
Ananya/Anu Ishita~Ishitha/Ishi Kiran Manisha~Maneesha/Manu Nandini Pallavi Rashmi Sangeeta~Sangita Shweta~Sweta,Shwetha Vandana Vidya Jyoti~Jyothi Sushma Archana Bhavna~Bhavana Chitra Fatima Zoya Gurpreet Harpreet Simran Manpreet Padma~Padmavathi Revathi Saraswati~Saraswathi Tanvi Trisha Yamini Tejaswini/Teju Madhuri/Madhu Farhana Bhagyalakshmi/Bhagya Charulata/Charu",
        male: "
Rahul Amit~Ameet Raj~Raja Rajesh~Raajesh/Raju Sanjay~Sanjai/Sanju Vijay~Vijai/Viju Suresh/Suri Ramesh~Rameshh/Ramu Anil Sunil~Suneel Vikram/Vicky,Vik Ajay~Ajai Arjun Rohit~Roheet Manoj~Manoje Ashok~Asok Deepak~Dipak/Deepu Ravi~Ravindra Sandeep~Sandip/Sandy Pradeep~Pradip Rakesh~Raakesh Mukesh Mahesh Dinesh
Ganesh Karthik~Kartik,Karthick Krishna~Krisna/Kittu Venkatesh~Venkat/Venky Srinivas~Sreenivas/Srini Prakash Mohan Naveen~Navin Nitin~Nithin Pankaj Vivek Abhishek/Abhi Aditya~Adithya/Adi Akash~Aakash Ankit Gaurav~Gourav Harish Imran Irfan Jagdish Kunal Lokesh Mohammed~Mohammad,Md. Neeraj~Niraj Piyush Rajiv~Rajeev
Sachin Siddharth~Sidharth/Sid Tarun Uday Varun Yash Gurpreet/Guri Harjit~Harjeet Jaspreet~Jaspal/Jassi Balwinder Subramanian~Subramaniam/Mani Chandrasekhar~Chandrashekar/Chandru Raghavendra/Raghu Parthasarathy/Partha Debashish~Debasish Soumitra Bhaskar Eknath Faizan",
        family: "
Kumar Singh~Sing Sharma~Sarma Patel Gupta~Guptha Shah~Sha Reddy~Reddi Das~Dass Yadav~Jadav Khan Rao~Row Joshi~Joshy Verma~Varma Mishra~Misra Jain Mehta~Metha Nair~Nayar Agarwal~Aggarwal,Agrawal Iyer~Aiyar Pillai~Pillay Chauhan~Chouhan,Chohan Thakur~Thakor Kaur Desai Pandey~Pande Menon Bose~Basu
Mukherjee~Mukherji,Mukhopadhyay Banerjee~Banerji Chatterjee~Chatterji,Chattopadhyay Ghosh~Ghose Sen Dutta~Datta,Dutt Roy~Ray Chowdhury~Chaudhary,Choudhury Malhotra Kapoor~Kapur Khanna Chopra Bhatia Arora Sethi Gill Sandhu Sidhu~Siddhu Dhillon Grewal Bhatt~Bhat Trivedi Dave Parekh~Parikh Shetty~Shetti Hegde~Hegade Kulkarni Deshpande
Patil~Pateel Jadhav Pawar~Powar More Shinde Naidu~Nayudu Chandran Krishnan Subramanian~Subramaniam Raman Venkataraman~Venkatraman Ramachandran Ansari Sheikh~Shaikh Qureshi~Kureshi Siddiqui~Siddiqi Fernandes D'Souza~Dsouza,De_Souza Pereira Thomas Mathew~Mathews George Varghese~Verghese Saxena Srivastava~Shrivastava Tiwari~Tewari Dubey~Dube Shukla Tripathi Chaturvedi Bajaj",
        family_tail: 34,
        family_stems: "
Ananda Bala Bhaskara Chandra Deva Gana Gopala Hari Jaya Kali Kamala Kesava~Keshava Krishna~Krisna Lakshmi~Laxmi Madhava Mani Mohana Muthu Naga Narayana Natha Padma Parama Prabha Raja Rama Ranga Ravi Sadha Sambasiva Sankara~Shankara Satya~Sathya Selva Siva~Shiva Soma Sri~Shri Sundara Surya Thanga Vasu Vel Venkata Vijaya Visva~Vishwa
Bora Deo Gaik Kadam Kamble Lokh Mandal Nim Phad Rane Sabar Wagh",
        family_ends: "
murthy~moorthy,murty rajan~raajan swamy~swami,samy nathan~nadhan krishnan lingam~ligam priyan mani sekaran~shekaran kumar dasan raman moorti kar wala~walla wal pathy~pathi veer nayak~nayaka puri gowda~gouda rao varman shetty~setty kere jit",
        titles: Titles { male: &["Shri", "Mr.", "Dr.", "Er."], female: &["Smt.", "Ms.", "Dr."] },
        ..PLAIN
    },
    CultureText {
        key: "vietnamese",
        weight: 38,
        manner: Manner::Vietnamese,
        homes: "VN:80 US:14 FR:6",
        female: "
Lan Hương Linh Mai Hoa Thảo Trang Hà Ngọc Thu Phương Nga Yến Dung Nhung Loan Vân Oanh Hạnh Hồng Huyền Quỳnh Anh My Vy~Vi Trâm Như Thủy~Thuỷ Tuyết Diệp Giang Hằng Hiền Khánh Liên Lý Nguyệt Nhi Tâm Thanh Thư Tiên Trinh Uyên Xuân Diễm Bích Châu Đào Gấm",
        male: "
Anh Hùng Dũng Minh Tuấn Nam Long Sơn Hải Đức Quang Huy Khánh Thành Trung Việt Phong Cường Tùng Thắng Hiếu Hoàng Khoa Kiên Lâm Mạnh Nghĩa Nhân Phúc Quân Quốc Tài Tâm Thái Thiện Thịnh Toàn Trí Tú Vinh Vũ Bình Công Duy Đạt Giang Hậu Khải Lộc Bảo Đăng Sang",
        given_tail: 62,
        female_stems: "Thị_ Ngọc_ Thanh_ Thu_ Phương_ Kim_ Minh_ Hồng_ Bích_ Mỹ_ Quỳnh_ Thùy_ Diệu_ Hoàng_ Khánh_ Bảo_ Cẩm_ Ánh_ Tuyết_ Xuân_ Lan_ Mai_ Kiều_ Tường_ Gia_ An_",
        female_ends: "Lan Hương Linh Mai Hoa Thảo Trang Hà Ngọc Thu Phương Nga Yến Dung Nhung Loan Vân Oanh Hạnh Huyền Quỳnh Anh My~Mi Vy~Vi Trâm Như Thủy~Thuỷ Diệp Giang Hằng Hiền Châu Tiên Trinh Uyên Thư",
        male_stems: "Văn_ Đức_ Minh_ Quang_ Hữu_ Công_ Quốc_ Anh_ Thanh_ Ngọc_ Xuân_ Đình_ Hoàng_ Gia_ Trọng_ Tuấn_ Bá_ Duy_ Khắc_ Mạnh_ Nhật_ Phúc_ Thế_ Viết_ Việt_ Thiên_",
        male_ends: "Anh Hùng Dũng Minh Tuấn Nam Long Sơn Hải Đức Quang Huy Khánh Thành Trung Phong Cường Tùng Thắng Hiếu Khoa Kiên Lâm Nghĩa Nhân Phúc Quân Tài Thịnh Toàn Trí Tú Vinh Vũ Bình Đạt Lộc Bảo Khôi Khang",
        family: "
Nguyễn Trần Lê Phạm Huỳnh~Hoàng Hoàng~Huỳnh Phan Vũ~Võ Võ~Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương Đoàn Mai Lâm Tô Trịnh Đào Cao Hà Phùng Lương Tạ Châu Quách Thái Vương La Kiều Tăng Lưu Chu Giang Tôn_Thất Âu_Dương",
        ..PLAIN
    },
];

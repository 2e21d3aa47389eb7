//! Chinese, Japanese and Korean names.

use super::{CultureText, Manner, PLAIN};

pub(super) const CULTURES: &[CultureText] = &[
    CultureText {
        key: "chinese",
        weight: 78,
        manner: Manner::EastAsian,
        native_percent: 58,
        homes: "CN:76 US:12 CA:7 GB:5",
        female: "
Fang=芳 Na=娜 Min=敏 Jing=静 Li=丽 Yan=艳 Juan=娟 Xia=霞 Ling=玲 Hong=红 Hui=慧 Mei=梅 Yu=玉 Ying=英 Ping=萍 Lan=兰 Qing=青 Xue=雪 Dan=丹 Ting=婷 Rui=瑞 Yue=月 Xiaoyan=晓燕 Xiuying=秀英 Guiying=桂英 Yulan=玉兰 Meiling=美玲 Jingyi=静怡 Yutong=雨桐 Zihan=子涵",
        male: "
Wei=伟 Qiang=强 Lei=磊 Jun=军 Yang=洋 Yong=勇 Jie=杰 Tao=涛 Ming=明 Chao=超 Gang=刚 Peng=鹏 Bin=斌 Hao=浩 Feng=峰 Bo=波 Hui=辉 Jian=健 Long=龙 Kai=凯 Xin=鑫 Fei=飞 Zhiqiang=志强 Jianguo=建国 Weidong=卫东 Haoran=浩然 Yuxuan=宇轩 Zixuan=子轩 Junjie=俊杰 Zhiwei=志伟",
        given_tail: 72,
        female_stems: "
Xiao=晓~Hsiao Xiu=秀 Mei=美 Yu=雨 Jing=静 Li=丽 Shu=淑 Yu=玉 Xin=欣 Si=思 Ya=雅 Hui=慧 Yi=怡 Meng=梦 Jia=佳 Ke=可 Xue=雪 Wan=婉 Lan=兰 Zi=紫 Ruo=若 Shi=诗 Qian=倩 Chun=春 Yun=云 Han=涵 Jin=金 Gui=桂 Ai=爱 Hai=海 Fei=菲 Man=曼 Ruo=若 An=安 Bing=冰",
        female_ends: "
ling=玲 ying=英 fang=芳 hua=华 mei=梅 yan=燕 ting=婷 xin=欣 yi=怡 na=娜 xuan=萱 han=涵 qi=琪 jie=洁 min=敏 lin=琳 li=莉 xia=霞 hong=红 yun=云 lan=兰 zhen=珍 ping=萍 ru=茹 wen=雯 jing=静 yu=玉 xue=雪 chen=晨 shan=珊 rong=蓉 tong=桐 yue=月 ya=雅 qin=琴",
        male_stems: "
Zhi=志~Chih Jian=建~Chien Wei=伟 Hao=浩 Jun=俊~Chun Yu=宇 Zi=子~Tzu Ming=明 Wen=文 Guo=国~Kuo Xiao=小~Hsiao Hai=海 Yong=永 De=德 Jia=家~Chia Shao=少 Tian=天 Zhen=振~Chen Xue=学 Chun=春 Qing=庆~Ching Bo=博 Hong=宏~Hung Li=立 Shi=世 Guang=光~Kuang Yi=一 Rui=睿 Ze=泽 Cheng=成 Xin=新 Jin=金 Ai=爱 Pei=培 Run=润",
        male_ends: "
qiang=强 wei=伟 jun=军 ming=明 hua=华 ping=平 feng=峰 jie=杰 long=龙 xuan=轩 ran=然 yu=宇 hao=豪 bin=斌 guo=国 dong=东 lin=林 liang=亮 cheng=成 bo=波 hui=辉 peng=鹏 fei=飞 yang=阳 chao=超 yuan=远 tao=涛 wen=文 hai=海 gang=刚 sheng=生 rong=荣 xiang=祥 kai=凯 lei=磊",
        family: "
Wang=王~Wong,Ong Li=李~Lee,Lei Zhang=张~Cheung,Chang Liu=刘~Lau,Liew Chen=陈~Chan,Tan Yang=杨~Yeung,Yeo Huang=黄~Wong,Ng Zhao=赵~Chao,Chiu Wu=吴~Ng,Goh Zhou=周~Chow,Chou Xu=徐~Hsu,Tsui Sun=孙~Suen Ma=马~Mah Zhu=朱~Chu Hu=胡~Wu,Woo Guo=郭~Kwok,Kuo He=何~Ho Lin=林~Lam,Lim Gao=高~Ko,Kao Luo=罗~Lo,Law
Zheng=郑~Cheng,Tay Liang=梁~Leung,Neo Xie=谢~Tse,Hsieh Song=宋~Sung Tang=唐~Tong Xu=许~Hui,Koh Han=韩~Hon Deng=邓~Tang,Teng Feng=冯~Fung Cao=曹~Tsao,Cho Peng=彭~Pang Zeng=曾~Tsang Xiao=肖~Hsiao,Siu Tian=田~Tin Dong=董~Tung Pan=潘~Poon,Pun Yuan=袁~Yuen Cai=蔡~Choi,Tsai,Chua Jiang=蒋~Chiang Yu=余~Yue,Yee
Du=杜~To Ye=叶~Yip,Yeh Cheng=程~Ching Wei=魏~Ngai Su=苏~So,Soh Lü=吕~Lu,Lui Ding=丁~Ting Ren=任~Yam Lu=卢~Lo Yao=姚~Yiu Shen=沈~Shum Zhong=钟~Chung Jiang=姜~Keung Cui=崔~Chui Tan=谭~Tam Lu=陆~Luk Fan=范~Fan Wang=汪~Wong Liao=廖~Liu Shi=石~Shek Jin=金~Kam Jia=贾~Ka Xia=夏~Ha Fu=傅~Foo Fang=方~Fong Bai=白~Pak Zou=邹~Chau
Meng=孟~Mang Xiong=熊~Hung Qin=秦~Chun Qiu=邱~Yau,Khoo Hou=侯~Hau Jiang=江~Kong Yin=尹~Wan Xue=薛~Sit Yan=阎~Yim Duan=段~Tuen Lei=雷~Lui Long=龙~Lung Shi=史~Sze Tao=陶~To Mao=毛~Mo He=贺~Ho Gu=顾~Koo,Ku Gong=龚~Kung Shao=邵~Shiu Ouyang=欧阳~Auyeung Sima=司马 Zhuge=诸葛",
        ..PLAIN
    },
    CultureText {
        key: "japanese",
        weight: 48,
        manner: Manner::EastAsian,
        native_percent: 66,
        homes: "JP:92 US:8",
        female: "
Yuko=裕子~Yuuko/Yu Yoko=洋子~Youko Keiko=恵子/Kei Akiko=明子/Aki Hiroko=裕子/Hiro Kazuko=和子/Kazu Sachiko=幸子/Sacchan Michiko=美智子/Michi Naoko=直子/Nao Kyoko=京子~Kyouko Junko=順子/Jun Noriko=典子/Nori Kumiko=久美子/Kumi Tomoko=智子/Tomo Emiko=恵美子/Emi Yumi=由美 Mayumi=真由美/Mayu Megumi=恵/Megu
Ayumi=歩/Ayu Kaori=香織 Asuka=明日香 Sakura=桜 Hina=陽菜 Yui=結衣 Aoi=葵 Misaki=美咲/Misa Nanami=七海/Nana Haruka=遥/Haru Rin=凛 Miyu=美優 Ai=愛 Mai=舞 Saki=咲希 Rina=里奈 Chihiro=千尋 Mika=美香 Eri=恵理 Shizuka=静香 Reiko=玲子 Masako=雅子",
        male: "
Hiroshi=浩/Hiro Takashi=隆/Taka Kenji=健二/Ken Satoshi=聡/Sato Makoto=誠/Mako Akira=明/Aki Takeshi=武~Takesi/Take Kazuo=和夫/Kazu Ichiro=一郎~Ichirou Jiro=次郎~Jirou Taro=太郎~Tarou Shinji=慎二~Sinji/Shin Koji=浩二~Kouji Yuji=裕二~Yuuji Kenta=健太/Ken Daisuke=大輔/Dai Ryota=亮太~Ryouta/Ryo Shota=翔太~Shouta/Sho Naoki=直樹/Nao
Tatsuya=達也/Tatsu Kazuya=和也/Kazu Yusuke=祐介~Yuusuke Ryo=亮~Ryou Haruto=陽翔/Haru Yuto=悠斗~Yuuto Sota=颯太~Souta Ren=蓮 Hinata=陽向 Riku=陸 Minoru=実 Osamu=修 Shigeru=茂/Shige Masao=正男/Masa Noboru=昇 Tetsuya=哲也/Tetsu Junichi=純一~Jun'ichi/Jun Shinichi=真一~Shin'ichi Keisuke=圭介/Kei Kohei=浩平~Kouhei Go=剛",
        given_tail: 30,
        female_stems: "Yu=由 Mi=美 Ka=香 Na=奈 Ma=真 Chi=千 Sa=沙 Rei=麗 Haru=春 Aki=秋 Tomo=友 Kazu=和 Nori=紀 Hiro=弘 Yoshi=佳 Mina=南 Sae=冴 Aya=彩",
        female_ends: "ko=子 mi=美 ka=香 na=奈 e=恵 yo=代 ri=里 ho=穂 ki=紀 no=乃 sa=沙 ne=音",
        male_stems: "Masa=正 Yoshi=義 Hiro=博 Kazu=一 Tomo=智 Nobu=信 Taka=孝 Yasu=康 Shige=重 Mitsu=光 Nori=則 Haru=春 Teru=輝 Toshi=俊 Kiyo=清 Katsu=勝 Hide=秀 Nao=直 Aki=昭 Tatsu=達",
        male_ends: "o=男 hiro=弘 yuki=幸 nori=則 aki=明 hiko=彦 ya=也 ki=樹 shi=志 to=人 ji=二 kazu=和 suke=介 haru=治 toshi=利 fumi=文",
        family: "
Sato=佐藤~Satou,Satoh Suzuki=鈴木 Takahashi=高橋 Tanaka=田中 Watanabe=渡辺~Watanabe,Watabe Ito=伊藤~Itou,Itoh Yamamoto=山本 Nakamura=中村 Kobayashi=小林 Kato=加藤~Katou,Katoh Yoshida=吉田 Yamada=山田 Sasaki=佐々木 Yamaguchi=山口 Matsumoto=松本 Inoue=井上~Inouye Kimura=木村 Hayashi=林 Shimizu=清水~Simizu Yamazaki=山崎~Yamasaki
Mori=森 Abe=阿部 Ikeda=池田 Hashimoto=橋本 Yamashita=山下 Ishikawa=石川 Nakajima=中島~Nakashima Maeda=前田 Fujita=藤田 Ogawa=小川 Goto=後藤~Gotou Okada=岡田 Hasegawa=長谷川 Murakami=村上 Kondo=近藤~Kondou Ishii=石井 Saito=斎藤~Saitou,Saitoh Sakamoto=坂本 Endo=遠藤~Endou Aoki=青木 Fujii=藤井 Nishimura=西村 Fukuda=福田 Ota=太田~Ohta
Miura=三浦 Fujiwara=藤原 Okamoto=岡本 Matsuda=松田 Nakagawa=中川 Nakano=中野 Harada=原田 Ono=小野~Ohno Tamura=田村 Takeuchi=竹内 Kaneko=金子 Wada=和田 Nakayama=中山 Ishida=石田 Ueda=上田 Morita=森田 Hara=原 Shibata=柴田 Sakai=酒井 Kudo=工藤~Kudou Yokoyama=横山 Miyazaki=宮崎 Miyamoto=宮本 Uchida=内田 Takagi=高木 Ando=安藤~Andou",
        family_tail: 42,
        family_stems: "
Yama=山 Kawa=川 Naka=中 Matsu=松 Ishi=石 Mori=森 Ko=小 O=大 Taka=高 Fuji=藤 Kita=北 Nishi=西 Higashi=東 Shima=島 Miya=宮 Aki=秋 Take=竹 Sugi=杉 Ume=梅 Uchi=内 Kuro=黒 Shira=白 Aka=赤 Ao=青 Tani=谷 Iwa=岩 Ike=池 Oka=岡 Hori=堀 Inu=犬 Kuma=熊 Tsuru=鶴 Kame=亀 Asa=浅 Fuka=深 Naga=長 Hira=平 Furu=古 Ara=荒 Kane=金 Sakura=桜 Ama=天 Kami=神 Maru=丸 Mizu=水 Kusa=草 Hana=花 Toku=徳 Yoko=横",
        family_ends: "
moto=本 mura=村 da=田 zawa=沢~sawa no=野 saki=崎~zaki shima=島~jima hara=原~wara guchi=口~kuchi bayashi=林 gawa=川~kawa yama=山 i=井 se=瀬 o=尾 be=部 mi=見 gami=上~kami shita=下 hashi=橋~bashi kura=倉 tani=谷~ya mori=森 tsuka=塚~zuka oka=岡 ta=田 ba=場 hata=畑 mizu=水 gaki=垣",
        ..PLAIN
    },
    CultureText {
        key: "korean",
        weight: 40,
        manner: Manner::EastAsian,
        native_percent: 60,
        homes: "KR:90 US:10",
        female: "
Minji=민지~Min-ji,Minjee Jiwoo=지우~Ji-woo Soyeon=소연~So-yeon Jieun=지은~Ji-eun Eunji=은지~Eun-ji Yuna=유나~Yoona Hyejin=혜진~Hye-jin Sujin=수진~Soo-jin Youngja=영자 Soonja=순자 Hyunjung=현정~Hyun-jung Miyoung=미영~Mi-young Jiyoung=지영~Ji-young Eunjung=은정~Eun-jung Seoyeon=서연 Hana=하나 Bora=보라 Sora=소라",
        male: "
Minjun=민준~Min-jun,Minjoon Seojun=서준~Seo-jun Jiho=지호~Ji-ho Hyunwoo=현우~Hyun-woo,Hyeonu Junho=준호~Jun-ho Sungho=성호~Sung-ho,Seongho Youngsoo=영수~Young-su Jinwoo=진우~Jin-woo Donghyun=동현~Dong-hyun Sangwoo=상우~Sang-woo Kyungho=경호 Jaehyun=재현~Jae-hyun Woojin=우진~Woo-jin Taehyung=태형 Kwangsoo=광수 Jongsu=종수",
        given_tail: 76,
        female_stems: "Min=민 Ji=지 Seo=서~Suh Ha=하 Ye=예 Su=수~Soo Eun=은 Hye=혜 Yu=유~Yoo So=소 Da=다 Chae=채 Yoon=윤 Hyun=현~Hyeon Mi=미 Jung=정~Jeong Kyung=경~Gyeong Young=영~Yeong Jin=진 Bo=보 Na=나 Sun=선 Soon=순 Myung=명 In=인",
        female_ends: "ji=지 yeon=연~yun won=원 young=영~yeong eun=은 hee=희~hui ah=아~a rin=린 jin=진 na=나 jung=정~jeong mi=미 sook=숙~suk kyung=경~gyeong ja=자 hyun=현~hyeon ra=라 im=임 bin=빈 ju=주 seo=서 yoon=윤 in=인 sun=선 ok=옥",
        male_stems: "Min=민 Ji=지 Seo=서~Suh Do=도 Ha=하 Jun=준~Joon Hyun=현~Hyeon Sung=성~Seong Young=영~Yeong Jin=진 Dong=동 Sang=상 Jae=재 Woo=우 Tae=태 Kwang=광~Gwang Jong=종 Kyung=경~Gyeong Seung=승 Chang=창 Ki=기~Gi In=인 Yong=용 Byung=병~Byeong Chul=철~Cheol",
        male_ends: "jun=준~joon ho=호 woo=우~u hyun=현~hyeon min=민 su=수~soo seok=석~suk hwan=환 jin=진 gyu=규~kyu sik=식 chul=철~cheol hoon=훈~hun won=원 il=일 bin=빈 tae=태 hyuk=혁~hyeok beom=범~bum jae=재 mo=모 guk=국~kook sub=섭~seop ki=기 wook=욱",
        family: "
Kim=김~Gim Lee=이~Yi,Rhee Park=박~Bak,Pak Choi=최~Choe Jung=정~Jeong,Chung Kang=강~Gang Cho=조~Jo Yoon=윤~Yun Jang=장~Chang Lim=임~Im,Rim Han=한~Hahn Oh=오~O Seo=서~Suh Shin=신~Sin Kwon=권~Gwon Hwang=황 Ahn=안~An Song=송 Ryu=류~Yoo,Yu Hong=홍 Jeon=전~Jun,Chun Ko=고~Go Moon=문~Mun Yang=양 Son=손~Sohn Bae=배~Pae Baek=백~Paik Heo=허~Hur,Huh
Nam=남 Shim=심~Sim Noh=노~Roh,No Ha=하 Kwak=곽~Gwak Sung=성~Seong Cha=차 Joo=주~Ju Woo=우~U Koo=구~Gu Min=민 Yoo=유~Yu Jin=진 Na=나~Ra Ji=지 Eom=엄~Um Chae=채 Won=원 Bang=방 Cheon=천 Gong=공 Hyun=현 Namkoong=남궁~Namgung Hwangbo=황보",
        ..PLAIN
    },
];

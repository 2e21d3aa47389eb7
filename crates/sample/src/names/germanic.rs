//! German, Dutch, Swedish and Danish names.

use super::{CultureText, PLAIN, Titles};

pub(super) const CULTURES: &[CultureText] = &[
    CultureText {
        key: "german",
        weight: 85,
        homes: "DE:88 US:6 NL:3 GB:3",
        female: "
Maria/Mia,Mizzi Ursula/Uschi,Ulla Monika~Monica/Moni Petra Elisabeth~Elisabet/Lisa,Lisbeth,Sissi Sabine/Bine,Sabi Renate/Reni
Helga Karin~Carin Brigitte/Gitte,Biggi Ingrid/Inge Erika~Erica Andrea Gisela/Gisi Claudia~Klaudia/Claudi Susanne~Susann/Susi,Sanne
Gabriele~Gabriela/Gabi Christa~Krista Christine~Kristine/Christl,Tine Hildegard/Hilde Anna~Anne/Anni,Ännchen Birgit~Birgitt/Biggi
Barbara/Bärbel,Babsi Stefanie~Stephanie/Steffi Angelika/Geli Heike Julia/Jule Nicole~Nikole/Nicki Katrin~Kathrin,Catrin/Kati Martina/Tina
Sandra/Sandi Katharina~Catharina,Katarina/Käthe,Kathi,Nina Sarah~Sara Anja Melanie/Meli Daniela/Dani Christina~Kristina/Tina,Chrissi
Lena Laura Lea Sophie~Sofie/Sophia Hannah~Hanna Emma Marie Leonie/Leo Franziska/Franzi Johanna/Hanna,Jojo Luisa~Louisa/Lulu
Antje Silke Jutta Margarete~Margarethe/Grete,Gretel,Marga Annette~Anette Friederike/Rike Svenja Wiebke Frauke Mechthild Roswitha Dörte Käthe Ilse",
        male: "
Peter/Pit Michael~Michel/Michi,Micha Thomas/Tom,Tommi Andreas/Andi,Andy Wolfgang/Wolfi,Wolf Klaus~Claus Jürgen~Juergen/Jogi Günter~Günther,Guenter
Stefan~Stephan/Steff Christian~Kristian/Chris Uwe Werner Horst Frank/Franky Dieter/Didi Manfred/Manni,Fred Gerhard/Gerd,Hardy Hans~Hanns/Hansi
Bernd~Bernt Torsten~Thorsten Matthias~Mathias/Matze,Hias Helmut~Helmuth/Heli Walter~Walther Heinz/Heini Martin/Martl Jörg~Joerg Rolf Jens
Sven~Swen Alexander/Alex,Xandi Jan Rainer~Reiner Holger Karl~Carl/Kalle Dirk Joachim/Jochen,Achim Ralf~Ralph Karl-Heinz~Karlheinz/Kalle
Daniel/Dani Markus~Marcus Oliver/Olli Tobias/Tobi Florian/Flo Sebastian/Basti,Wastl Philipp~Philip/Phil Lukas~Lucas/Luki Felix Maximilian/Max,Maxi
Jonas Leon Paul/Pauli Tim Niklas~Niclas/Nik Johannes/Hannes,Jo Josef~Joseph/Sepp,Jupp Franz/Franzl Friedrich/Fritz,Fred Wilhelm/Willi,Helm Ludwig/Lutz
Heinrich/Heiner,Heinz Georg/Schorsch Kurt~Curt Ulrich/Uli Rüdiger/Rüdi Volker~Folker Detlef~Detlev Egon Benedikt/Bene Konstantin~Constantin/Kosta Eckhard Ansgar Lothar",
        given_tail: 7,
        female_stems: "Anna Eva Marie Anne",
        female_ends: "-Lena -Maria -Katharina -Sophie -Luise -Christin -Marie",
        male_stems: "Hans Karl Jan",
        male_ends: "-Peter -Jürgen -Heinz -Georg -Joachim -Dieter -Werner -Friedrich",
        family: "
Müller~Mueller,Möller Schmidt~Schmitt,Schmid Schneider~Schneyder Fischer~Vischer Weber~Weeber Meyer~Meier,Maier,Mayer Wagner~Wagener Becker~Bäcker
Schulz~Schultz,Schulze Hoffmann~Hofmann,Hoffman Schäfer~Schaefer,Schaffer Koch Bauer~Baur Richter Klein~Kleine Wolf~Wolff Schröder~Schroeder
Neumann~Naumann Schwarz~Schwartz Zimmermann Braun Krüger~Krueger Hofmann Hartmann~Hardtmann Lange Schmitt Werner Schmitz~Schmiz Krause~Krause
Meier Lehmann~Lehman Schmid Schulze Maier Köhler~Koehler Herrmann~Hermann König~Koenig Walter~Walther Mayer Huber~Hueber Kaiser~Kayser Fuchs
Peters Lang Scholz Möller~Moeller Weiß~Weiss Jung Hahn Schubert~Schubart Vogel Friedrich~Friederich Keller Günther Frank Berger Winkler Roth~Rot
Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm~Boehm Winter Kraus~Krauß Martin Schumacher~Schuhmacher Krämer~Kraemer,Kremer Vogt~Voigt
Stein Jäger~Jaeger Otto Sommer Groß~Gross Seidel~Seidl Heinrich Brandt~Brand Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn~Kuehn Pohl Engel
Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer~Pfeifer von_Hagen~Hagen von_der_Heide von_Stetten zu_Löwenfels von_Bernstorf~Bernstorf",
        family_tail: 42,
        family_stems: "
Acker Adel Alt Bach Baum Berg Birken Blumen Brand Breit Brunn Buch Burg Dorn Eber Eich Eisen Engel Erlen Falken Feld Finken Frei
Fried Gold Grün Hader Hasel Heid Hell Hinter Hirsch Hoch Holz Kalten Kessel Kirch König Krumm Lang Lauter Linden Löwen Mittel Mühl
Neu Nieder Ober Oster Reichen Rosen Roth Schön Schwarz Silber Sonnen Stein Stern Strohm Tannen Unter Vogel Wald Weiden Weiß Wester Wiesen Wind Winter Zeller",
        family_ends: "
mann~man berger~berg meier~meyer,mayer bach~bacher hofer~hof müller~mueller bauer~baur stein dorfer~dorf feld~felder er huber schmidt~schmitt reuter
ling thaler brink kamp hagen hardt~hart walder heimer~heim ecker~eck egger stätter~städter graber inger loher acher brecht rieder wanger",
        titles: Titles { male: &["Herr", "Dr.", "Prof. Dr.", "Dipl.-Ing."], female: &["Frau", "Dr.", "Prof. Dr."] },
        ..PLAIN
    },
    CultureText {
        key: "dutch",
        weight: 34,
        homes: "NL:94 US:4 GB:2",
        female: "
Johanna/Jo,Hanna,Joke Maria/Mia,Ria Anna/Anneke,Annie Cornelia/Corrie,Cor Elisabeth/Els,Betsy,Liesbeth Wilhelmina/Mina,Willie Catharina~Katharina/Toos,Trijn,Karin
Hendrika/Riek,Henny Margaretha~Margreet/Greet,Gré Sophie~Sofie Julia Emma Anouk~Anoek Sanne Lotte Femke Iris Eva Lisa Fleur Esmée~Esmee Roos Maud
Ingrid Marieke~Marijke Monique Saskia Esther~Ester Mirjam~Miriam Marloes Nienke Annemarie/Annemie Linda Petra Yvonne~Ivonne Ellen Astrid Jolanda~Yolanda
Manon Tessa Daphne Merel Floor Noortje Isa Tess Lieke Jasmijn Marjolein/Marjo Willemijn Geertruida/Truus,Geertje Hanneke Carolien~Caroline/Carlijn Madelief Tineke Janneke",
        male: "
Johannes/Jan,Hans,Johan Jan/Jantje Cornelis/Cor,Kees Hendrik/Henk,Rik Willem/Wim,Pim Pieter/Piet,Peter Gerrit/Ger Jacobus/Jaap,Koos,Jac Petrus/Piet,Peter
Antonius/Ton,Toon,Anton Dirk Marinus/Rinus Jeroen Martijn~Martyn Bas Tim Daan~Daniël Sem Lucas~Lukas Levi Finn~Fin Bram~Abraham Thijs~Matthijs,Tijs Ruben~Rubin
Lars Jesse Thomas~Tomas/Tom Sander Mark~Marc Erik~Eric Michiel~Michel Maarten~Marten Rob~Robert Frank Marcel Edwin Patrick Wouter Joost Niels~Nils Stefan~Stephan
Jasper~Jesper Kevin Nick Sjoerd Wessel Hugo Floris Gijs~Gijsbert Teun~Teunis Koen~Coen Roel~Roelof Arjan~Arjen Ronald Leendert/Leen Adriaan/Ad,Arie Sietse Klaas Harm",
        family: "
de_Jong~de_Jonge Jansen~Janssen,Janse de_Vries van_den_Berg~van_der_Berg,Vandenberg van_Dijk~van_Dyk,Vandijk Bakker~Backer Janssen Visser~Vissers Smit~Smid,Smits
Meijer~Meyer,Meier de_Boer~Boer Mulder~Mulders de_Groot Bos~Bosch Vos~de_Vos Peters~Pieters Hendriks~Hendrikx,Hendricks van_Leeuwen~Leeuwen Dekker~Dekkers Brouwer~Brouwers
de_Wit~de_Witt Dijkstra~Dykstra Smits de_Graaf~de_Graaff van_der_Meer~Vandermeer van_der_Linden~Vanderlinden Kok~de_Kok Jacobs de_Haan van_den_Heuvel Vermeulen van_den_Broek
van_der_Veen van_der_Heijden~van_der_Heyden Schouten van_Beek Willems~Willemse van_Vliet van_de_Ven Hoekstra~Hoexstra Maas Verhoeven~Verhoeve Koster~Kosters van_Dam
Prins Blom Huisman~Huijsman Peeters~Peters Jonker Veenstra Post Kuiper~Kuipers Molenaar van_Wijk Postma Kuijpers van_Veen Gerritsen Bosma van_der_Wal Scholten Timmermans
Groen Wolters van_der_Velde Hermans van_Loon Driessen van_Rijn Martens Zijlstra~Zylstra Evers Sanders Boonstra Terpstra Wiersma Ouwehand ten_Brink ter_Horst 't_Hart",
        family_tail: 38,
        family_stems: "
van_den_ van_der_ van_ Ooster Wester Noord Zuid Groen Nieuw Oud Hoog Laag Hout Veld Berk Linden Brand Bloem Koning Schip Smeed Dijk Meer Heu Wolf Haver Kamper
Grote Kleine Roos Zand Steen Water Molen Kerk Ros Vaar Wind Zomer Winter Eik Elzen",
        family_ends: "
huis~huys dijk~dyk berg veld~velde stra sma man~mans hof kamp horst haven bosch~bos brink broek burg meer mulder~muller zand straten
kooi laar woude eng donk beek waard enhof inga ering",
        titles: Titles { male: &["Dhr.", "Dr.", "Drs.", "Ir."], female: &["Mevr.", "Dr.", "Drs."] },
        ..PLAIN
    },
    CultureText {
        key: "swedish",
        weight: 24,
        homes: "SE:95 US:3 DK:2",
        female: "
Anna/Annika Eva Maria/Mia,Maja Karin~Carin/Kajsa Kristina~Christina/Stina,Kicki Lena Kerstin/Kicki Sara~Sarah Emma Marie Elin Ingrid/Inga Malin Birgitta~Brigitta/Gittan Inger
Ulla Monica~Monika Annika Elisabeth~Elisabet/Lisa,Bettan Linnea~Linnéa/Nea Hanna~Hannah Jenny~Jennie Åsa Susanne~Susann/Sanna Johanna/Jojjo Sofia~Sofie/Fia Ida Julia Alice Maja~Maya
Ebba Astrid Wilma~Vilma Frida Amanda Josefin~Josefine/Josse Gunilla Margareta/Greta,Maggan Katarina~Catarina/Kattis Ellinor~Elinor Moa Tuva Ylva Solveig Ragnhild Märta",
        male: "
Lars/Lasse Mikael~Michael/Micke Anders Johan Per~Pär/Pelle Erik~Eric/Erka Karl~Carl/Kalle,Calle Peter~Petter Jan/Janne Thomas~Tomas Daniel/Danne Fredrik/Fredde,Figge Hans/Hasse
Andreas/Adde Stefan~Staffan/Steffe Mattias~Matthias Jonas Bengt/Bengan Magnus/Mange Marcus~Markus/Macke Mats/Matte Niklas~Niclas/Nicke Gustav~Gustaf/Gurra Björn/Nalle Alexander/Alex
Oskar~Oscar/Ogge Viktor~Victor/Vicke William Emil Elias Axel Hugo Lucas~Lukas Oliver Filip~Philip/Fille Sven Göran Kjell Olof~Olov/Olle Lennart Åke Håkan Ulf/Uffe Henrik/Henke
Joakim/Jocke Rikard~Richard Tobias/Tobbe Linus Sixten Torbjörn/Tobbe Ingemar Ragnar Folke",
        family: "
Andersson~Anderson Johansson~Johanson Karlsson~Carlsson,Karlson Nilsson~Nilson Eriksson~Ericsson,Erikson Larsson~Larson Olsson~Ohlsson,Olson Persson~Pärsson Svensson~Svenson
Gustafsson~Gustavsson Pettersson~Petersson Jonsson~Johnsson Jansson Hansson~Hanson Bengtsson Jönsson Lindberg~Lindbergh Jakobsson~Jacobsson Magnusson Olofsson
Lindström~Lindstrom Lindqvist~Lindkvist,Lindquist Lindgren Axelsson Berg Bergström Lundberg Lind Lundgren Lundqvist~Lundkvist Mattsson~Matsson Berglund Fredriksson Sandberg Henriksson
Forsberg Sjöberg Wallin~Vallin Engström Eklund Danielsson Lundin Håkansson Björk Bergman Gunnarsson Holm Wikström~Vikström Samuelsson Isaksson Fransson Bergqvist Nyström Holmberg Arvidsson
Löfgren Söderberg Nyberg Blomqvist Claesson Nordström Mårtensson Lundström Viklund Björklund Eliasson Hellström",
        family_tail: 45,
        family_stems: "
Ahl Alm Ask Berg Björk Blom Bo Dahl Eke Eng Fager Falk Fors Grön Gyllen Hag Hammar Hed Hell Hjort Holm Hög Kron Lager Lilje Lind Ljung Lund Lö Malm Mo Ny Nord
Norr Ro Rosen Sand Selander Silfver Sjö Skog Stål Stjern Ström Sund Söder Tall Torn Vall Wall Wester Wik Åker Öst Öster",
        family_ends: "
berg~bergh ström~strom qvist~kvist,quist lund~lundh gren~grén man mark dal~dahl stedt~städt feldt~felt ell vall~wall holm in ås bäck rot blad crantz fors hamn hult
strand sjö skog löf by mo",
        ..PLAIN
    },
    CultureText {
        key: "danish",
        weight: 16,
        homes: "DK:95 SE:3 US:2",
        female: "
Anne~Ane/Anni Kirsten/Kis Hanne Mette Anna Helle Susanne/Sanne Lene Maria Marianne Inge Karen~Caren Lone Bente Camilla~Kamilla/Milla Pia Louise~Luise Charlotte/Lotte Jette Tina
Gitte~Gitta Ida Sofie~Sophie Emma Freja~Freya Clara~Klara Laura Mathilde Julie Caroline~Karoline/Line Maja Signe Cecilie~Cæcilie/Cille Katrine~Cathrine,Kathrine/Trine Nanna Rikke Line Birgit Astrid Kirstine/Stine",
        male: "
Peter~Peder Jens Lars Michael~Mikael Henrik Thomas~Tomas Søren~Soren Jan Christian~Kristian/Chris Martin Niels~Nils Anders Morten Jesper Mads Hans Rasmus/Ras Per Ole Mikkel Kim
Jørgen~Joergen Frederik/Frede William Noah Oscar~Oskar Emil Magnus Victor~Viktor Mathias~Matias Anton Torben~Thorben Flemming Bent Steen~Sten Claus~Klaus Kasper~Casper Jeppe Troels Asger Svend~Sven Aage~Åge Bjarne",
        family: "
Nielsen~Nilsen Jensen~Jenssen Hansen~Hanssen Andersen~Anderssen Pedersen~Petersen,Pedersson Christensen~Kristensen Larsen~Larssen Sørensen~Sorensen,Soerensen Rasmussen
Jørgensen~Jorgensen,Joergensen Petersen Madsen~Madssen Kristensen Olsen~Olesen Thomsen Christiansen~Kristiansen Poulsen~Paulsen Johansen Møller~Moller,Moeller Mortensen Knudsen~Knutsen
Jakobsen~Jacobsen Jacobsen Mikkelsen~Michelsen Olesen Frederiksen~Fredriksen Laursen~Lauersen Henriksen~Hendriksen Lund Holm Schmidt Eriksen~Ericksen Kristiansen Clausen~Klausen
Simonsen Svendsen Andreasen Iversen Jeppesen Vestergaard~Westergaard Nissen Lauridsen Kjær~Kjaer,Kjer Jespersen Mogensen Nørgaard~Norgaard,Noergaard Jepsen Frandsen Søndergaard Kjeldsen Bech Dahl Bruun",
        family_tail: 35,
        family_stems: "
Kirke Øster Vester Nør Sønder Bjerre Lille Stor Ny Gammel Skov Hol Lang Bøge Dal Ege Elle Fugl Høj Kro Lunde Mark Ravn Sand Stein Thor Tange Ulv Vind Åge",
        family_ends: "gaard~gård,gard by berg~bjerg holm lund toft dal~dahl strup skov bæk~bek mose kjær~kjaer høj sted",
        ..PLAIN
    },
];

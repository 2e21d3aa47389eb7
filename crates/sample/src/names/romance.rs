//! French and Italian names.

use super::{CultureText, PLAIN, Titles};

pub(super) const CULTURES: &[CultureText] = &[
    CultureText {
        key: "french",
        weight: 75,
        homes: "FR:82 CA:12 GB:3 MA:3",
        female: "
Marie/Mimi Nathalie~Nathaly/Nath Isabelle~Isabel/Isa,Zaza Sylvie~Silvie Catherine~Katherine/Cathy,Cath Martine Christine~Kristine/Chris
Françoise~Francoise/Fanchon Valérie/Val Sandrine/Sand Stéphanie~Stephanie/Steph Véronique/Véro Sophie/Soso Céline Chantal Patricia/Pat
Anne~Ann/Annie Julie/Juju Aurélie/Auré Caroline/Caro Émilie/Mimi Laurence/Lolo Camille~Camila/Cam Léa~Lea Manon Chloé~Cloé Emma
Sarah~Sara Laura Pauline/Popo Marine Mathilde/Mat Charlotte/Chacha Élodie/Élo Amandine/Amand Virginie/Ginie Delphine/Delf Audrey
Hélène~Helene/Léno Claire/Clairette Brigitte/Brigit Monique/Momo Jacqueline/Jacquie Geneviève/Ginou Élisabeth~Elizabeth/Babette,Lisa
Juliette Alice Inès~Inés Jade Louise/Loulou Margaux~Margot Clémence/Clem Agathe Lucie Éléonore/Léo Solène~Solenne Maëlle Gwenaëlle~Gwénaëlle Apolline Ségolène",
        male: "
Jean/Jeannot Pierre/Pierrot Michel/Mich Philippe~Philipe/Phil Alain Patrick/Pat Nicolas/Nico Christophe/Chris,Tof Daniel/Dany
Bernard/Nanard Frédéric/Fred Laurent/Lolo Stéphane/Steph Éric~Erik Julien/Juju Thierry/Titi David Pascal Gérard Olivier/Olive,Oli
Sébastien/Seb Jacques/Jacquot Thomas/Tom Antoine/Toinou,Tony Alexandre/Alex Guillaume/Guigui,Guy Vincent/Vince François/Fanfan Maxime/Max
Benjamin/Ben Romain Mathieu~Matthieu/Mat Jérôme/Jéjé Florian/Flo Kévin~Kevin Anthony~Antony/Tony Hugo Lucas~Luca Théo~Teo Louis/Loulou Arthur
Quentin Alexis/Alex Clément/Clem Paul/Popaul Raphaël~Rafael/Raph Gabriel/Gab Jules Adrien Cédric Yves Henri~Henry Xavier Emmanuel/Manu
Damien Fabrice/Fab Ludovic/Ludo Grégory/Greg Yann~Yan Loïc Gaël Thibault~Thibaut,Thibaud/Tib Baptiste Étienne Corentin Aurélien/Auré Gaspard Tanguy",
        given_tail: 12,
        female_stems: "Marie Anne Jeanne",
        female_ends: "-Claude -Hélène -Laure -Sophie -Christine -Pierre -Thérèse -Louise -Paule",
        male_stems: "Jean Pierre Marc",
        male_ends: "-Pierre -Claude -Luc -François -Marc -Paul -Michel -Yves -Baptiste -Louis -Philippe -Antoine -Henri",
        family: "
Martin~Martins Bernard Dubois~du_Bois Thomas Robert Richard Petit~Petitt Durand~Durant Leroy~Le_Roy Moreau~Moreaux Simon Laurent~Laurens
Lefebvre~Lefèvre,Lefebure Michel Garcia David Bertrand Roux~Rous Vincent Fournier Morel~Morelle Girard Andre Mercier Dupont~Dupond Lambert
Bonnet François~Francois Martinez Legrand~Le_Grand Garnier Faure~Faur Rousseau Blanc Guérin Muller Henry~Henri Roussel Nicolas Perrin Morin
Mathieu~Matthieu Clément Gauthier~Gautier Dumont Lopez Fontaine Chevalier Robin Masson Sanchez Gérard Nguyen Boyer Denis Lemaire~Le_Maire
Duval Joly~Joli Roger Roche Roy Noël Meyer Lucas Meunier Jean Perez Marchand Dufour Blanchard Brun~Brunn Dumas Brunet Schmitt Leroux~Le_Roux
Colin~Collin Fernandez Renard Arnaud Rolland Caron Aubert Giraud Leclerc~Le_Clerc Vidal Bourgeois Renaud~Renault Lemoine Picard Gaillard
Philippe Leclercq Lacroix~de_la_Croix Fabre Dupuis Olivier Rodriguez Da_Silva Hubert Charpentier Guillot Rivière Le_Gall~Legall Delaunay Kerouac
Benoît Poirier Carpentier Vasseur Bouchard Tremblay Gagnon Pelletier Bélanger Lévesque Bergeron Desjardins Beaulieu Cloutier Thibodeau",
        family_tail: 38,
        family_stems: "
Beau Bel Bon Bour Bru Cham Char Chat Clair Cour Del Des Du Font Four Gail Gran Grand Haute La Lam Lan Le Mal Mar Mas Mon Mont
Per Plan Pont Pré Rou Saint- Sau Tail Val Ver Vil Belle Château Du_ De_la_ La_ Le_ Rég Vau Barr Boud Dard Gir Pell Ray Terr",
        family_ends: "
ville~vile mont champ~champs bert~berd lois court vier rin nard~nart not~nault neau~neaux cier reux gny lier bois tin ret teil lard dier
rand lain mier rel gnon sier met val vert pré main dou lard gue",
        titles: Titles { male: &["M.", "Dr", "Me"], female: &["Mme", "Dr", "Me"] },
        ..PLAIN
    },
    CultureText {
        key: "italian",
        weight: 60,
        homes: "IT:84 US:7 AR:5 DE:4",
        female: "
Maria/Mary,Mariuccia Anna/Annina Giuseppina/Pina,Giusy Rosa/Rosetta Angela/Angelina Giovanna/Gianna,Vanna Teresa/Teresina Lucia/Luce
Carmela/Carmen,Melina Caterina~Katerina/Cate,Rina Francesca/Franci,Fra,Checca Antonella/Anto,Nella Elena~Helena/Lena Paola Laura/Lau
Daniela/Dani Silvia Giulia~Julia/Giuli Sara~Sarah Chiara~Kiara Valentina/Vale Federica/Fede Alessandra/Ale,Sandra Martina/Marti
Elisa/Eli Simona/Simo Roberta/Robi Barbara/Barbi Claudia/Clau Cristina~Kristina/Cri Monica/Moni Patrizia/Patty Stefania/Stefi
Michela/Miky Sofia~Sophia/Sofi Aurora Alice Ginevra/Gine Beatrice/Bea Giorgia/Gio Ilaria/Ila Elisabetta/Betta,Lisa Serena/Sere Eleonora/Ele
Margherita/Rita,Marghe Ludovica/Ludo Arianna~Arianne/Ari Vittoria/Vitto Noemi Camilla Rossella Loredana/Lory Immacolata/Imma Ornella Fiammetta",
        male: "
Giuseppe/Peppe,Beppe,Pino Giovanni/Gianni,Nanni,Vanni Antonio/Tonino,Totò,Nino Mario/Marietto Luigi/Gigi,Gino Francesco/Franco,Ciccio,Fra
Angelo/Angelino Vincenzo/Enzo,Vinci Pietro/Piero Salvatore/Totò,Salvo,Turi Carlo/Carletto Franco Domenico/Mimmo,Nico Bruno Paolo/Paolino
Michele/Miky,Lino Giorgio/Gio Aldo Sergio Luciano/Ciano Marco/Marchino Andrea/Andre Alessandro/Ale,Sandro Stefano/Ste Roberto/Robi
Luca Matteo~Mattheo/Teo Davide~David/Dado Fabio Simone/Simo Federico/Fede,Chicco Lorenzo/Lollo,Renzo Riccardo/Ricky,Riki Daniele/Dani
Massimo~Massimiliano/Max Claudio Maurizio/Mauri Enrico/Chicco,Rico Raffaele~Rafaele/Lello,Raf Gabriele/Lele Tommaso~Tomaso/Tommy,Maso
Filippo/Pippo Emanuele/Manu,Lele Nicola/Nico Gianluca~Gian_Luca/Luca Leonardo/Leo Edoardo~Eduardo/Edo Giacomo/Jack,Mino Pasquale/Lino
Gennaro/Rino Cosimo/Mimmo Umberto/Berto Alfredo Ruggero Elio Ciro Calogero/Lillo Gaetano/Tano Santo Ettore Ivano Ercole",
        given_tail: 10,
        female_stems: "Maria Anna Rosa",
        female_ends: "_Teresa _Grazia _Luisa _Pia _Cristina _Rosaria _Chiara _Elena _Antonietta",
        male_stems: "Gian Pier Giovan Carlo",
        male_ends: "_Paolo _Battista _Maria _Carlo _Luigi _Franco _Marco _Giorgio",
        family: "
Rossi~Russo,Rosso Russo Ferrari~Ferraris Esposito Bianchi~Bianco Romano~Romani Colombo~Colombi Ricci~Rizzi Marino~Marini Greco~Grieco Bruno
Gallo~Galli Conti~Conte De_Luca~Deluca Mancini~Mancino Costa Giordano Rizzo Lombardi~Lombardo Moretti~Moretto Barbieri~Barbiero Fontana
Santoro Mariani~Mariano Rinaldi~Rinaldo Caruso Ferrara~Ferraro Galli Martini~Martino Leone~Leoni Longo~Longhi Gentile~Gentili Martinelli
Vitale~Vitali Lombardo Serra Coppola De_Santis~Desantis D'Angelo~Dangelo,De_Angelo Marchetti Parisi~Parise Villa Conte Ferraro Ferri~Ferro
Fabbri~Fabri Bianco Marini Grasso~Grassi Valentini~Valentino Messina Sala De_Angelis~Deangelis Gatti~Gatto Pellegrini~Pellegrino Palumbo
Sanna Farina Rizzi Monti Cattaneo Morelli~Morello Amato~D'Amato Silvestri Mazza Testa Grassi Pellegrino Carbone Giuliani~Giuliano Benedetti
Barone~Baroni Rossetti~Rosetti Caputo Montanari Guerra Palmieri~Palmiero Bernardi~Bernardo Martino Fiore~Fiori De_Rosa~Derosa Ferretti Bellini Basile
Riva Donati~Donato Piras Vitali Battaglia Sartori Neri Costantini Milani Pagano Ruggiero~Ruggeri Sorrentino D'Amico~Damico Orlando Negri Mantovani",
        family_tail: 38,
        family_stems: "
Alb Bal Bar Bell Ben Bon Bran Cal Cam Can Capp Cas Cast Cer Cor Dal Don Fab Fal Fer Fil Font Fran Gal Gar Ghi Gran Guar Lan Lom
Mag Mal Man Mar Mas Mon Mor Nar Pal Pan Pas Pel Per Pic Pol Rav Rom Ros Sal San Sar Scar Spad Tar Tos Val Ver Vis Zan Zam Zor",
        family_ends: "
etti~etto ini~ino elli~ello ucci~uzzi oni~one aro~ari acci~azzi izzi~izzo olo ato~ati iero~ieri ese~esi ardi~ardo esco ani~ano
igiano otti~otto ara ieri andro ella ugno iolo ente asso agni edda",
        titles: Titles { male: &["Sig.", "Dott.", "Ing.", "Avv."], female: &["Sig.ra", "Dott.ssa", "Avv."] },
        ..PLAIN
    },
];

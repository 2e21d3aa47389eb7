//! Spanish and Portuguese names, of Europe and America.

use super::{CultureText, Manner, PLAIN, Titles};

pub(super) const CULTURES: &[CultureText] = &[
    CultureText {
        key: "spanish",
        weight: 165,
        manner: Manner::TwoSurnames,
        homes: "ES:36 MX:26 CO:10 AR:9 CL:6 US:13",
        female: "
María/Mari,Mary Carmen/Mamen,Carmela Ana~Anna/Anita Laura/Lau Isabel~Ysabel/Isa,Chabela Marta~Martha Cristina/Cris,Tina
Lucía/Luci,Lu Elena~Helena/Nena Sara~Sarah Paula/Pau Raquel/Raque Patricia/Patri,Paty Rosa/Rosi,Rosita Pilar/Pili
Dolores/Lola,Loli Francisca/Paqui,Paca Teresa~Theresa/Tere,Maite Antonia/Toñi,Toña Josefa/Pepa,Pepita Mercedes/Merche,Meche
Concepción/Concha,Conchi,Inma Beatriz~Beatris/Bea,Betty Silvia~Sylvia Sandra Andrea/Andre Nuria~Núria Alba Irene Rocío/Ro
Mónica/Moni Natalia~Nathalia/Nati,Naty Verónica/Vero Claudia/Clau Alejandra/Ale,Jandra Gabriela/Gabi,Gaby Daniela/Dani
Valentina/Vale Camila~Kamila/Cami Sofía~Sophia/Sofi Mariana/Mari Fernanda~Fernánda/Fer,Nanda Guadalupe/Lupe,Lupita
Juana/Juanita Verónica/Vero Adriana/Adri Yolanda/Yoli Esperanza Soledad/Sole Consuelo/Chelo Rosario/Charo,Chayo
Montserrat~Monserrat/Montse Remedios/Reme Ximena~Jimena/Xime Luz Marisol Noelia/Noe Estefanía~Stephanie/Fani Aurora
Victoria/Vicky,Viky Julia/Juli Emilia/Emi Renata Ivonne Inés Begoña/Bego Macarena/Maca Graciela/Chela Ofelia Iratxe Leire",
        male: "
José/Pepe,Chepe Antonio/Toño,Toni Juan/Juanito,Juancho Manuel/Manolo,Manu,Manny Francisco/Paco,Pancho,Fran,Kiko Luis/Lucho,Güicho
Javier~Xavier/Javi Miguel/Migue Carlos/Charly,Carlitos Jesús/Chuy,Chus David Daniel/Dani Pedro/Perico Alejandro/Alex,Ale,Jandro
Rafael/Rafa Ángel/Angelito Pablo Sergio/Sergi Fernando/Fer,Nando Jorge/Jorgito,Koke Alberto/Beto,Berto Ramón/Moncho
Álvaro/Varo Enrique/Quique,Kike Vicente/Vicen,Chente Diego Raúl Andrés/Andy Joaquín/Quino,Quim Adrián/Adri Víctor Iván Rubén
Óscar~Oscar Eduardo/Edu,Lalo Santiago/Santi,Chago Roberto/Beto,Rober Ricardo/Ricky,Richi Gabriel/Gabi,Gabo Ignacio/Nacho
Guillermo/Guille,Memo Mario Martín Felipe/Pipe Tomás Gustavo/Gus Hugo Mateo~Matheo Sebastián/Sebas Nicolás/Nico Emilio
Julio/Julito Salvador/Chava,Salva César Arturo/Turi Ernesto/Neto Alfonso/Poncho,Fonsi Alfredo/Fredy Gonzalo/Gonza,Gon
Lorenzo Rodrigo/Rodri,Rigo Héctor~Hector/Tito Gerardo/Gera Esteban/Estebi Hernán Leonardo/Leo Mauricio/Mau Armando/Mando
Ismael/Isma Marcos Agustín/Agus,Tincho Joel Bernardo/Berni Germán Emiliano/Emi Ximeno Iker Unai Aitor Jordi Xavi",
        given_tail: 22,
        female_stems: "María Ana Rosa Luz Carmen Blanca",
        female_ends: "_José _Teresa _del_Carmen _Isabel _Elena _Fernanda _Luisa _Belén _de_los_Ángeles _del_Pilar _Cristina _Paz",
        male_stems: "José Juan Luis Miguel Carlos Jesús Pedro Víctor",
        male_ends: "_Antonio _Carlos _Manuel _Luis _Ángel _María _Alberto _Pablo _Miguel _Eduardo _Ignacio _Enrique",
        family: "
García~Garcia González~Gonzales Rodríguez~Rodrigues Fernández~Fernandes López~Lopes Martínez~Martines Sánchez~Sanches Pérez~Peres
Gómez~Gomes Martín Jiménez~Giménez,Ximénez Ruiz~Ruíz Hernández~Ernández Díaz~Días Moreno Muñoz~Munoz Álvarez~Alvares Romero Alonso
Gutiérrez~Gutierres Navarro Torres Domínguez~Domingues Vázquez~Vásquez Ramos Gil Ramírez~Ramires Serrano Blanco Molina Morales Suárez
Ortega Delgado Castro Ortiz~Ortíz Rubio Marín Sanz~Sáenz,Sainz Núñez~Nuñez Iglesias Medina Garrido Cortés~Cortez Castillo Santos Lozano
Guerrero Cano Prieto Méndez~Mendes Cruz Calvo Gallego Vidal León Márquez~Marques Herrera Peña Flores~Florez Cabrera Campos Vega
Fuentes Carrasco Diez~Díez Reyes Caballero Nieto Aguilar Pascual Santana Herrero Lorenzo Montero Hidalgo Giménez Ibáñez Ferrer
Durán Santiago Benítez~Benites Mora Vicente Vargas Arias Carmona Crespo Román Pastor Soto Sáez Velasco Moya Soler Parra Esteban Bravo
Gallardo Rojas Salazar Mendoza Guzmán Rivera Contreras Estrada Juárez Chávez~Chaves Luna Ríos Ávila Acosta Escobar Restrepo Quintero
Cárdenas Zapata Ospina Villalobos Montenegro Echeverría~Etxeberria Zubizarreta Goikoetxea Urrutia Larrañaga Puig Ferrer Casals",
        family_tail: 30,
        family_stems: "
Villa Monte Casa Fuente Campo Torre Peña Rivera Valle Agua Barro Castel Roca Loma Mira Puente Sala Vall Ribe Molin Carra Santi
Boni Corde Escal Gala Herra Iba Lara Manza Nogal Olmo Pala Quinta Rosa Sande Tala Ubie Zala Bara Cere Echa Gorri Arri Men Ola Iza Ur Lan",
        family_ends: "
nueva verde rrubia llana seca mayor ro rez ño bierta lba rredo nda ga rte sco villa queta nera do rral nzo cha varría zabal goitia
menta te gui dar beta cedo stegui mar rdo mera",
        titles: Titles { male: &["Sr.", "Dr.", "Lic.", "Ing."], female: &["Sra.", "Dra.", "Lic."] },
        ..PLAIN
    },
    CultureText {
        key: "portuguese",
        weight: 85,
        manner: Manner::TwoSurnames,
        homes: "BR:76 PT:20 US:4",
        female: "
Maria/Mari,Mariazinha Ana~Anna/Aninha Francisca/Chica Antônia~Antónia/Toninha Adriana/Dri Juliana/Ju Márcia Fernanda/Fe,Nanda
Patrícia/Pati Aline Sandra/Sandrinha Camila/Mila Amanda/Mandinha Bruna/Bru Jéssica~Jessica/Jé Letícia/Lê Júlia/Ju Luciana/Lu,Lucy
Vanessa/Van Mariana/Mari Gabriela/Gabi Beatriz~Beatris/Bia Rafaela/Rafa Larissa~Larisa/Lari Carolina/Carol Isabela~Isabella/Isa,Bela
Helena~Elena/Leninha Teresa~Tereza/Tetê Catarina/Cati Joana Inês Sofia~Sophia Leonor Matilde Rita Raquel Cláudia Sílvia Renata/Rê
Tatiana~Tatiane/Tati Priscila/Pri Daniela~Daniele/Dani Débora~Deborah/Deb Simone Rosângela Aparecida/Cida Conceição/Ceiça
Luana Natália~Nathalia/Nati Thaís~Taís,Thais Vitória/Vivi Lívia Yasmin~Iasmin Elisabete/Bete Margarida/Guida Fátima Iracema Jussara",
        male: "
José/Zé,Zezinho João/Joãozinho,Jão Antônio~António/Toninho,Tonho Francisco/Chico Carlos/Carlinhos,Cadu Paulo/Paulinho Pedro/Pedrinho
Lucas/Luquinhas Luiz~Luís,Luis/Lula,Luizinho Marcos/Marquinhos Gabriel/Gabi,Biel Rafael~Raphael/Rafa Daniel/Dani Marcelo/Celo Bruno
Eduardo/Edu,Dudu Felipe~Filipe,Phelipe/Lipe Rodrigo/Digo Manoel~Manuel/Mané Matheus~Mateus/Teteu André/Dedé Fernando/Nando
Fábio/Fabinho Leonardo/Leo,Léo Gustavo/Guga,Gu Guilherme/Gui Leandro Tiago~Thiago/Ti Anderson Ricardo/Rick,Cado Márcio Jorge/Jorginho
Sebastião/Tião Alexandre/Xande,Alex Roberto/Beto Edson~Édson Diego~Diogo Vítor~Victor,Vitor Sérgio Cláudio Geraldo Vinícius/Vini Joaquim/Quim
Miguel Rui~Ruy Nuno Gonçalo Henrique/Rick,Kike Afonso Duarte Renato Igor Otávio Caio Murilo Ubiratan Heitor Raimundo/Mundinho",
        given_tail: 20,
        female_stems: "Maria Ana Rosa",
        female_ends: "_Clara _Luísa _Paula _Carolina _Eduarda _Beatriz _das_Graças _de_Fátima _Cristina _Júlia _José",
        male_stems: "João José Luiz Carlos Pedro Antônio",
        male_ends: "_Pedro _Carlos _Paulo _Henrique _Vitor _Eduardo _Gabriel _Felipe _Miguel _Fernando",
        family: "
Silva~da_Silva Santos~dos_Santos Oliveira~de_Oliveira Souza~Sousa,de_Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa~da_Costa
Ribeiro Martins Carvalho~de_Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa~Barboza Rocha~da_Rocha Dias Nascimento~do_Nascimento
Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso Ramos Gonçalves~Goncalves Santana Teixeira Araújo~Araujo Pinto Correia~Corrêa
Cavalcante~Cavalcanti Castro Cunha~da_Cunha Monteiro Moura Azevedo Batista~Baptista Melo~Mello Campos Duarte Borges Miranda Pires
Coelho Reis~dos_Reis Nogueira Tavares Macedo Fonseca~da_Fonseca Barros Neves Sampaio Queiroz~Queirós Brito Xavier Siqueira Antunes Matos~Mattos
Figueiredo Amaral Assunção Bittencourt~Bitencourt Vasconcelos~Vasconcellos Albuquerque Magalhães Guimarães Rezende~Resende Pacheco Simões Leite",
        family_tail: 25,
        family_stems: "
Mont Val Cast Carv Font Oliv Per Fig Salg Casc Mor Lour Vil Serr Fari Gam Bar Cal Lag Mag Pal Ros Sequ Trind Vent Gouv Quint Rib Per Tav",
        family_ends: "
eira~eyra eiro enço ade edo eal alho elo inha ado oso ães ela anha eia ário elas osa iço ande ilho",
        titles: Titles { male: &["Sr.", "Dr.", "Eng."], female: &["Sra.", "Dra."] },
        ..PLAIN
    },
];

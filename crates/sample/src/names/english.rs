//! English names, of both sides of the Atlantic.

use super::{CultureText, PLAIN, Titles};

pub(super) const CULTURES: &[CultureText] = &[CultureText {
    key: "english",
    weight: 270,
    homes: "US:62 GB:26 CA:12",
    female: "
Mary/Molly,Mae Patricia/Pat,Patty,Tricia Jennifer/Jen,Jenny Linda/Lin Elizabeth~Elisabeth/Liz,Beth,Betty,Lizzie,Eliza
Barbara/Barb,Babs Susan/Sue,Suzy Jessica/Jess,Jessie Sarah~Sara Karen Margaret/Maggie,Peggy,Meg,Marge Lisa Nancy
Sandra/Sandy Betty Ashley~Ashleigh/Ash Emily/Em,Emmy Kimberly~Kimberley/Kim Donna Michelle~Michele/Shelly
Carol~Carole Amanda/Mandy Melissa/Mel,Missy Deborah~Debra,Debora/Deb,Debbie Stephanie~Stefanie/Steph Rebecca~Rebekah/Becky,Becca
Sharon Laura Cynthia/Cindy Dorothy/Dot,Dottie Amy~Aimee Kathleen~Cathleen/Kathy Angela/Angie Shirley Emma Brenda
Pamela/Pam Nicole~Nichole/Nicki Samantha/Sam,Sammie Anna~Ana Katherine~Catherine,Kathryn,Katharine/Kate,Katie,Kathy,Cathy,Kat
Christine~Kristine/Chris,Tina Debbie Rachel~Rachael/Rach Olivia/Liv,Livvy Carolyn/Caro Janet Maria Heather Diane~Dianne
Julie Joyce Victoria/Vicky,Tori Kelly Christina~Kristina/Chrissy,Tina Joan Evelyn/Evie Lauren Judith/Judy
Megan~Meghan/Meg Cheryl~Sheryl Andrea/Andi Hannah~Hanna Jacqueline/Jackie Martha Madison/Maddie Teresa~Theresa/Terry,Tess
Gloria Sophia~Sofia/Sophie Janice/Jan Jean Alice Abigail/Abby,Gail Charlotte/Charlie,Lottie Grace/Gracie
Chloe Ella Isabella/Bella,Izzy Lucy Ruby Eleanor~Elinor/Ellie,Nell Phoebe Harriet/Hattie Imogen/Immy Freya
Gwendolyn/Gwen Bridget/Bridie Siobhan Niamh Fiona Moira Philippa/Pippa,Pip Josephine/Jo,Josie Penelope/Penny
Tabitha/Tabby Rosalind/Ros Beatrice/Bea Winifred/Winnie Cordelia Marguerite Temperance Odette Lavinia Tamsin Saoirse",
    male: "
James/Jim,Jimmy,Jamie Robert/Bob,Rob,Bobby,Robbie John~Jon/Jack,Johnny Michael/Mike,Mick,Mikey David/Dave,Davey
William/Bill,Will,Billy,Liam Richard/Rick,Dick,Rich,Ricky Joseph/Joe,Joey Thomas/Tom,Tommy Charles/Charlie,Chuck,Chas
Christopher~Kristopher/Chris,Topher Daniel/Dan,Danny Matthew~Mathew/Matt Anthony~Antony/Tony Mark~Marc Donald/Don,Donnie
Steven~Stephen/Steve Andrew/Andy,Drew Paul Joshua/Josh Kenneth/Ken,Kenny Kevin/Kev Brian~Bryan Timothy/Tim,Timmy
Ronald/Ron,Ronnie Jason Edward/Ed,Eddie,Ted,Ned Jeffrey~Geoffrey,Jeffery/Jeff,Geoff Ryan Jacob/Jake Gary~Garry/Gaz
Nicholas~Nicolas/Nick,Nicky Eric~Erik Jonathan~Johnathan/Jon,Jonny Larry Justin Scott Brandon~Brendan Benjamin/Ben,Benny
Samuel/Sam,Sammy Gregory~Greggory/Greg Alexander/Alex,Xander,Sandy Patrick/Pat,Paddy Frank Raymond/Ray Dennis~Denis/Den
Jerry Tyler/Ty Aaron Henry/Harry,Hank Douglas/Doug Peter/Pete Adam Nathan/Nate Zachary~Zachery/Zach,Zack Walter/Walt,Wally
Kyle Harold/Harry,Hal Carl~Karl Jeremy/Jez Keith Roger~Rodger Gerald/Gerry Ethan Arthur/Art Terry Lawrence~Laurence/Larry
Sean~Shaun,Shawn Christian/Chris Albert/Al,Bert Austin Jesse Willie Billy Bruce Ralph Bryan Eugene/Gene Roy Louis~Lewis/Lou
Philip~Phillip/Phil Russell/Russ Vincent/Vince,Vinny Randy Wayne Leonard/Len,Lenny Stanley/Stan Francis/Frank Frederick/Fred,Freddie
Oliver/Ollie,Olly Harry Callum Alistair~Alastair,Alasdair/Al Rupert Nigel Graham~Graeme Duncan Ewan~Euan Rhys Gareth/Gaz
Desmond/Des Reginald/Reg,Reggie Cedric Barnaby/Barney Montgomery/Monty Ignatius Leopold/Leo Thaddeus/Thad Malachi Lachlan Fergus",
    given_tail: 4,
    female_stems: "Mary Sarah Anna Emma Ella Katie Rose Laura Jo Bobbie",
    female_ends: "_Ann -Jane _Lou -Louise _Grace _Beth -Mae _Rose -Leigh",
    male_stems: "John Billy James William Jean Thomas",
    male_ends: "_Paul _Henry -James _Ray _Lee -Michael",
    family: "
Smith~Smyth,Smithe Johnson~Johnston Williams~William Brown~Browne Jones Davis~Davies Miller Wilson~Willson Moore~More Taylor~Tayler
Anderson~Andersen Thomas Jackson White Harris Martin Thompson~Thomson Wood~Woods Walker Clark~Clarke Lewis Robinson~Robertson
Hall Young Allen~Allan Wright Hill Green~Greene Adams Baker Nelson Carter Mitchell Roberts Turner Phillips~Philips
Campbell Parker Evans Edwards Collins Stewart~Stuart Morris Murphy~Murphey Cook~Cooke Rogers~Rodgers Morgan Cooper Reed~Reid,Read
Bailey~Bayley Bell Kelly~Kelley Howard Ward Cox Richardson Watson Brooks Bennett~Bennet Gray~Grey James Hughes Price~Pryce
Myers~Meyers Long Foster Sanders~Saunders Ross Powell Sullivan Russell~Russel Fisher Henderson Cole Jenkins Perry
Butler Barnes Simmons~Simons Patterson~Paterson Jordan Reynolds Hamilton Graham Wallace Woods West Hayes~Hays
Gibson Bryant Ellis Stevens~Stephens Ford Marshall Owens~Owen Harrison Ferguson McDonald~MacDonald,Mc_Donald Kennedy Wells
O'Brien~OBrien,O_Brien O'Connor~O'Conner,OConnor O'Neill~O'Neil,ONeill McCarthy~MacCarthy Shaw Hunt Mason Dixon Palmer Knight
Chapman Lloyd~Loyd Griffiths~Griffith Webb~Web Fletcher Barker Pearce~Pierce Holmes Rose Lane Gilbert Hudson Spencer
Atkinson Whitaker~Whittaker Osborne~Osborn Pemberton Fairweather Cavendish Thistlethwaite Featherstone Blackwood",
    family_tail: 42,
    family_stems: "
Ash Alder Black Brad Brom Bram Burn Cal Chad Clif Col Cran Dar Den Dun East Eller Fair Fen Fern Gar Gil Glen Hal Ham Hard Har
Hart Hazel Hather Hock Hol Horn Hux Kirk Lam Lang Leigh Lin Lock Long Mar Mel Mid Mil Mor Nether New Nor Oak Old Ox Pem Pen Pres Rad
Red Ravens Ros Rother Ruther Sand Sel Shel Sher Skel Stan Sted Stir Stock Strat Sut Swin Thorn Tun Up Wad Wal War Weather Wes Whit
Win Wolver Wood Wren Yar Birk Brack Crom Dray Elm Fal Gold Hather Ingle Kings Mere Over Quin Rams Sax Tat Van Wake",
    family_ends: "
ton ley~leigh,ly ford worth ham well field wick~wicke by~bie brook~brooke man more land~lande burn~burne stead shaw combe~comb
dale gate hurst~hirst bridge thorpe~thorp ridge wood croft wyn beck mere den sworth bury bourne lock",
    titles: Titles { male: &["Mr.", "Dr.", "Prof."], female: &["Mrs.", "Ms.", "Dr."] },
    ..PLAIN
}];

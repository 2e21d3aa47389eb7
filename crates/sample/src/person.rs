//! Who stands behind a contact: the facts of a person before anybody mistypes them.

use super::company::Company;
use super::countries::Country;
use super::layout::{Place, Tie};
use super::lexicon::LEXICON;
use super::names::{Culture, Manner};
use super::phone::{Phone, fixed, mobile};
use super::random::{Stream, key};
use super::words::{Name, Word};
use super::world::World;

/// A person, or a company that is itself the contact.
pub(crate) enum Subject {
    Person(Person),
    Company(Company),
}

/// Year, month and day.
pub(crate) type Day = (u32, u32, u32);

pub(crate) struct Person {
    pub key: u64,
    pub tie: Tie,
    pub culture: &'static Culture,
    pub country: &'static Country,
    pub city: &'static Word,
    pub female: bool,
    pub given: Name,
    pub middle: Option<Name>,
    pub family: Name,
    pub family2: Option<Name>,
    pub born: Day,
    /// Writes in its own script.
    pub native: bool,
    pub employer: Option<Company>,
    group: Group,
}

/// What the members of a group may share.
#[derive(Clone, Copy)]
struct Group {
    key: u64,
    culture: &'static Culture,
    country: &'static Country,
    city: &'static Word,
    native: bool,
    family: Name,
    /// How frequent its given names are, from 0.
    rank: u32,
    born: Day,
}

/// What a row needs to know of the whole sample.
#[derive(Clone, Copy)]
pub(crate) struct Whole {
    pub seed: u64,
    pub world: World,
    /// Employers in each country.
    pub employers: u32,
}

pub(crate) fn subject(whole: Whole, place: &Place) -> Subject {
    let group = group(whole, place);
    match place.tie {
        Tie::Firm => Subject::Company(group.company()),
        Tie::Company if place.member == 0 => Subject::Company(group.company()),
        _ => Subject::Person(person(whole, place, group)),
    }
}

fn group(whole: Whole, place: &Place) -> Group {
    let key = key(whole.seed, 0x6109, place.group);
    let mut stream = Stream::new(key);
    let (culture, homes) = LEXICON.culture(stream.below(1024));
    let country = &LEXICON.countries[stream.weighted(homes)];
    let at_home = homes.first().is_some_and(|home| {
        std::ptr::eq(&LEXICON.countries[home.0], country) || country.language == "ar"
    });
    let family = match place.tie {
        Tie::Namesakes => culture.family.common(&mut stream),
        _ => culture.family.draw(&mut stream),
    };
    Group {
        key,
        culture,
        country,
        city: &country.cities[stream.skewed(country.cities.len() as u32) as usize],
        native: stream.percent(if at_home { culture.native_percent } else { 0 }),
        family,
        rank: stream.skewed(40),
        born: birthday(&mut stream, 1948, 58),
    }
}

impl Group {
    fn company(&self) -> Company {
        Company::new(key(self.key, 0xc0, 0), Some(self.culture), self.country)
    }
}

/// A day in one of `span` years.
fn birthday(stream: &mut Stream, first: u32, span: u32) -> Day {
    let draw = stream.next();
    let year = first + (((draw & 0xffff) * u64::from(span)) >> 16) as u32;
    (
        year,
        1 + (((draw >> 16 & 0xffff) * 12) >> 16) as u32,
        1 + (((draw >> 32 & 0xffff) * 28) >> 16) as u32,
    )
}

fn person(whole: Whole, place: &Place, group: Group) -> Person {
    let key = key(whole.seed, 0xe, place.entity);
    let mut stream = Stream::new(key);
    let culture = group.culture;
    let female = match place.tie {
        Tie::Junior | Tie::Namesakes => group.key >> 20 & 1 == 1,
        Tie::Couple => place.member == 0,
        _ => stream.percent(50),
    };
    let own_family = matches!(place.tie, Tie::Recycled | Tie::Company)
        || place.tie == Tie::Couple && group.key >> 21 & 1 == 1;
    let family = if own_family { culture.family.draw(&mut stream) } else { group.family };
    let second = culture.manner == Manner::TwoSurnames && stream.percent(88);
    let family2 = second.then(|| culture.family.draw(&mut stream));
    let middle = (matches!(culture.key, "english" | "dutch" | "indian") && stream.percent(16))
        .then(|| given_list(culture, female).common(&mut stream));
    let own_city = matches!(place.tie, Tie::Namesakes | Tie::Recycled);
    let city = if own_city { stream.pick(&group.country.cities) } else { group.city };
    Person {
        key,
        tie: place.tie,
        culture,
        country: group.country,
        city,
        female,
        given: given(&mut stream, place, &group, female),
        middle,
        family,
        family2,
        born: born(&mut stream, place, &group),
        native: group.native,
        employer: employer(whole, &mut stream, place, &group),
        group,
    }
}

fn given_list(culture: &'static Culture, female: bool) -> &'static super::words::NameList {
    if female { &culture.female } else { &culture.male }
}

fn given(stream: &mut Stream, place: &Place, group: &Group, female: bool) -> Name {
    let list = given_list(group.culture, female);
    let rank = match place.tie {
        Tie::Junior | Tie::Namesakes => group.rank,
        // Siblings never have the same name.
        Tie::Twins | Tie::Household => group.rank + 5 * u32::from(place.member),
        _ => return list.draw(stream),
    };
    Name::of(&list.heads[rank as usize % list.heads.len()])
}

fn born(stream: &mut Stream, place: &Place, group: &Group) -> Day {
    match (place.tie, place.member) {
        (Tie::Twins, _) => group.born,
        (Tie::Junior, 0) => birthday(stream, 1944, 26),
        (Tie::Junior, _) => birthday(stream, 1976, 26),
        (Tie::Household, 0 | 1) => birthday(stream, 1958, 24),
        (Tie::Household, _) => birthday(stream, 1988, 19),
        _ => birthday(stream, 1948, 58),
    }
}

fn employer(whole: Whole, stream: &mut Stream, place: &Place, group: &Group) -> Option<Company> {
    if place.tie == Tie::Company {
        return Some(group.company());
    }
    let number = u64::from(stream.skewed(whole.employers));
    stream.percent(38).then(|| {
        let country = u64::from(group.country.code.as_bytes()[0]) << 8
            | u64::from(group.country.code.as_bytes()[1]);
        Company::new(key(whole.seed, 0xe3 << 16 | country, number), None, group.country)
    })
}

impl Person {
    /// A mobile number, 0 being the first they had.
    pub(crate) fn mobile(&self, which: u8) -> Phone {
        mobile(&mut Stream::new(key(self.key, 0x0b, u64::from(which))), self.country, self.city)
    }

    /// The number that others have too: a landline, a switchboard, a number given up.
    pub(crate) fn shared_phone(&self) -> Phone {
        if let (Tie::Company, Some(company)) = (self.tie, &self.employer) {
            return company.switchboard();
        }
        let mut stream = Stream::new(key(self.group.key, 0x11, 0));
        match self.tie {
            Tie::Recycled => mobile(&mut stream, self.country, self.group.city),
            _ => fixed(&mut stream, self.country, self.group.city),
        }
    }

    /// The key of a shared mailbox.
    pub(crate) fn group_key(&self) -> u64 {
        self.group.key
    }

    /// Where they live: people of a household live together.
    pub(crate) fn home_key(&self) -> u64 {
        match self.tie {
            Tie::Household | Tie::Couple | Tie::Junior | Tie::Twins => self.group.key,
            _ => self.key,
        }
    }

    /// Whether the surname is so rare that it nearly identifies them.
    pub(crate) fn rare(&self) -> bool {
        let list = &self.culture.family;
        self.family.tail.is_some() && list.stems.len() * list.ends.len() > 600
    }
}

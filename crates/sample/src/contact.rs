//! A row of contacts: the facts of its subject as one origin came to know them.

use super::address::{couple_mailbox, disturb, mailbox, push_handle};
use super::calendar::timestamp;
use super::company::{Company, Naming};
use super::json::{Object, push_padded};
use super::layout::{Place, Tie};
use super::name;
use super::person::{Person, Subject, Whole, subject};
use super::phone::{Phone, Style};
use super::random::{Stream, key};
use super::rows::{Contact, Text};
use super::shape::{
    ADDRESS, BIRTH, CITY, COMPANY, EmailUse, FACEBOOK, INSTAGRAM, LANGUAGE, LINKEDIN, Origin,
    PhoneUse, SOURCE, Shape, TAGS, TWITTER, shape,
};
use super::words::Word;
use std::borrow::Cow;
use uuid::Uuid;

/// A row before it is written: who it is and which fields it has.
pub(crate) struct Sketch {
    pub subject: Subject,
    pub shape: Shape,
    copy: u8,
    stream: Stream,
}

impl Sketch {
    pub(crate) fn new(whole: Whole, place: &Place) -> Sketch {
        let subject = subject(whole, place);
        let shape = match &subject {
            Subject::Company(_) => shape(whole, place, true, false),
            Subject::Person(person) => shape(whole, place, false, person.rare()),
        };
        let slot = place.entity + u64::from(place.copy);
        let stream = Stream::new(key(whole.seed, 0x207, slot));
        Sketch { subject, shape, copy: place.copy, stream }
    }

    /// The language of the contact's messages.
    pub(crate) fn language(&self) -> &'static str {
        match &self.subject {
            Subject::Person(person) => person.country.language,
            Subject::Company(company) => company.country.language,
        }
    }

    /// Writes the row; times are micros.
    pub(crate) fn write(mut self, id: Uuid, created: i64, updated: i64) -> Contact {
        let shape = self.shape;
        let (name, phone, email, handles, metadata) = match &self.subject {
            Subject::Person(person) => write_person(person, &shape, self.copy, &mut self.stream),
            Subject::Company(company) => {
                write_company(company, &shape, self.copy, &mut self.stream)
            }
        };
        let careless = if self.copy == 0 { 0 } else { 1 };
        let phone = phone.map(|phone| phone.write(phone_style(&shape, careless, &mut self.stream)));
        let email = email.map(|email| match self.copy {
            0 => email,
            _ => disturb(email, &mut self.stream),
        });
        Contact {
            id,
            name: name.filter(|name| !name.is_empty()),
            phone,
            email,
            social_handles: handles,
            metadata,
            created_at: timestamp(created),
            updated_at: timestamp(updated),
        }
    }
}

type Fields = (Option<String>, Option<Phone>, Option<String>, Text, Text);

fn write_person(person: &Person, shape: &Shape, copy: u8, stream: &mut Stream) -> Fields {
    let phone = match shape.phone {
        PhoneUse::None => None,
        PhoneUse::Own(which) => Some(person.mobile(which)),
        PhoneUse::OneOff => Some(person.mobile(0).one_off(stream)),
        PhoneUse::Shared => Some(person.shared_phone()),
    };
    let email = match (shape.email, &person.employer) {
        (EmailUse::None, _) => None,
        (EmailUse::Own(which), _) => Some(mailbox(person, which)),
        (EmailUse::Shared, Some(company)) if person.tie == Tie::Company => {
            Some(company.mailbox("info"))
        }
        (EmailUse::Shared, _) => Some(couple_mailbox(person)),
    };
    let name = shape.name.then(|| name::write(person, shape, copy, stream));
    let handles = handles(shape.handles, |out, network| push_handle(out, person, network));
    (name, phone, email, handles, person_facts(person, shape, copy, stream))
}

fn write_company(company: &Company, shape: &Shape, copy: u8, stream: &mut Stream) -> Fields {
    let phone = match shape.phone {
        PhoneUse::None => None,
        PhoneUse::Own(0) | PhoneUse::Shared => Some(company.switchboard()),
        PhoneUse::OneOff => Some(company.switchboard().one_off(stream)),
        PhoneUse::Own(_) => Some(company.direct_line(stream.wide(40))),
    };
    let email = match shape.email {
        EmailUse::None => None,
        EmailUse::Own(0) | EmailUse::Shared => Some(company.mailbox("info")),
        EmailUse::Own(_) => {
            let mailboxes = ["sales", "contact", "office", "hello", "support", "accounts"];
            Some(company.mailbox(stream.word(&mailboxes)))
        }
    };
    let naming = match (copy, stream.below(100)) {
        (0, 0..=84) => Naming::Full,
        (0, 85..=93) => Naming::Short,
        (0, _) => Naming::Upper,
        (_, 0..=29) => Naming::Full,
        (_, 30..=54) => Naming::Short,
        (_, 55..=79) => Naming::OtherLegal,
        (_, 80..=87) => Naming::Brand,
        (_, 88..=94) => Naming::Upper,
        _ => Naming::Lower,
    };
    let mut name = company.name(naming, stream.below(8) as usize);
    if copy > 0 && stream.percent(9) {
        name = super::spelling::slip(&name, stream);
    }
    let handles = handles(shape.handles, |out, _| company.push_handle(out));
    (Some(name), phone, email, handles, company_facts(company, shape, copy, stream))
}

/// People write numbers as they like; channels deliver them in E.164.
fn phone_style(shape: &Shape, careless: u32, stream: &mut Stream) -> Style {
    if matches!(shape.origin, Origin::Whatsapp | Origin::Sms) {
        return Style::E164;
    }
    stream.weighted(&[
        (Style::E164, 66 - 36 * careless),
        (Style::Spaced, 16 + 4 * careless),
        (Style::National, 6 + 8 * careless),
        (Style::DoubleZero, 2 + 6 * careless),
        (Style::Dashed, 3 + 5 * careless),
        (Style::Bare, 3 + 6 * careless),
        (Style::Brackets, 2 + 3 * careless),
        (Style::NoPlus, 1 + 2 * careless),
        (Style::Dotted, 1 + 2 * careless),
    ])
}

fn handles(networks: u8, mut push: impl FnMut(&mut String, u8)) -> Text {
    if networks == 0 {
        return Cow::Borrowed("{}");
    }
    let mut object = Object::new();
    for (network, name) in [
        (TWITTER, "twitter"),
        (INSTAGRAM, "instagram"),
        (FACEBOOK, "facebook"),
        (LINKEDIN, "linkedin"),
    ] {
        if networks & network != 0 {
            let mut handle = String::with_capacity(32);
            if network == TWITTER {
                handle.push('@');
            }
            push(&mut handle, network);
            object.text(name, &handle);
        }
    }
    Cow::Owned(object.finish())
}

const TITLES: [&str; 14] = [
    "Manager",
    "Engineer",
    "Accountant",
    "Sales",
    "Nurse",
    "Teacher",
    "Buyer",
    "Designer",
    "Owner",
    "Assistant",
    "Analyst",
    "Driver",
    "Consultant",
    "Director",
];
const TAG_LISTS: [&str; 8] = [
    r#"["vip"]"#,
    r#"["newsletter"]"#,
    r#"["lead"]"#,
    r#"["customer","newsletter"]"#,
    r#"["supplier"]"#,
    r#"["customer"]"#,
    r#"["lead","event"]"#,
    r#"["press"]"#,
];

fn person_facts(person: &Person, shape: &Shape, copy: u8, stream: &mut Stream) -> Text {
    if shape.facts == 0 {
        return Cow::Borrowed("{}");
    }
    let mut object = Object::new();
    if shape.facts & CITY != 0 {
        object.text("city", &city(person.city, person.native, copy, stream));
        if stream.percent(45) {
            object.text("country", person.country.code);
        }
    }
    if shape.facts & ADDRESS != 0 {
        object.text("address", &street(person, copy, stream));
        let mut draw = Stream::new(key(person.home_key(), 0xadd, 1));
        object.text("postal_code", &postal(person.country.postal, &mut draw));
    }
    if let (true, Some(company)) = (shape.facts & COMPANY != 0, &person.employer) {
        let short = copy > 0 && stream.percent(40);
        object.text("company", &company.name(if short { Naming::Short } else { Naming::Full }, 0));
        if stream.percent(55) {
            object.text("job_title", TITLES[(person.key >> 33) as usize % TITLES.len()]);
        }
    }
    if shape.facts & BIRTH != 0 {
        object.text("date_of_birth", &birth(person, copy, stream));
    }
    common_facts(&mut object, shape, person.country.language, stream);
    finished(object)
}

fn company_facts(company: &Company, shape: &Shape, copy: u8, stream: &mut Stream) -> Text {
    let mut object = Object::new();
    object.text("kind", "organization");
    if shape.facts & CITY != 0 {
        object.text("city", &city(company.city, false, copy, stream));
        object.text("country", company.country.code);
    }
    if shape.facts & ADDRESS != 0 {
        let mut website = String::from("https://www.");
        company.push_domain(&mut website);
        object.text("website", &website);
    }
    common_facts(&mut object, shape, company.country.language, stream);
    finished(object)
}

fn common_facts(object: &mut Object, shape: &Shape, language: &str, stream: &mut Stream) {
    if shape.facts & LANGUAGE != 0 {
        object.text("language", language);
    }
    if shape.facts & SOURCE != 0 {
        object.text("source", source(shape.origin, stream));
    }
    if shape.facts & TAGS != 0 {
        object.raw("tags", stream.word(&TAG_LISTS));
    }
}

fn finished(object: Object) -> Text {
    if object.is_empty() { Cow::Borrowed("{}") } else { Cow::Owned(object.finish()) }
}

fn source(origin: Origin, stream: &mut Stream) -> &'static str {
    match origin {
        Origin::Crm => stream.word(&["import", "crm", "crm", "event", "referral"]),
        Origin::Form => stream.word(&["web_form", "web_form", "checkout", "newsletter"]),
        _ => "inbox",
    }
}

fn city(city: &'static Word, native: bool, copy: u8, stream: &mut Stream) -> Cow<'static, str> {
    let draw = stream.below(100);
    if copy > 0 && draw < 14 && !city.spellings.is_empty() {
        return Cow::Borrowed(stream.pick(&city.spellings).as_str());
    }
    if copy > 0 && draw < 22 {
        return Cow::Owned(super::spelling::plain(&city.latin));
    }
    let native = native && !city.native.is_empty();
    Cow::Borrowed(if native { &city.native } else { &city.latin })
}

fn street(person: &Person, copy: u8, stream: &mut Stream) -> String {
    let mut draw = Stream::new(key(person.home_key(), 0xadd, 0));
    let street = draw.pick(&person.country.streets);
    let number = 1 + draw.skewed(180);
    let name = if copy > 0 && !street.spellings.is_empty() && stream.percent(40) {
        stream.pick(&street.spellings)
    } else if person.native && !street.native.is_empty() {
        &street.native
    } else {
        &street.latin
    };
    match person.country.language {
        "en" | "fr" => format!("{number} {name}"),
        _ => format!("{name} {number}"),
    }
}

fn postal(pattern: &str, stream: &mut Stream) -> String {
    let mut out = String::with_capacity(pattern.len());
    for sign in pattern.chars() {
        match sign {
            '#' => out.push(char::from(b'0' + stream.below(10) as u8)),
            'A'..='C' => out.push(char::from(b'A' + stream.below(20) as u8)),
            sign => out.push(sign),
        }
    }
    out
}

fn birth(person: &Person, copy: u8, stream: &mut Stream) -> String {
    let (year, mut month, mut day) = person.born;
    let draw = stream.below(1000);
    match draw {
        0..=7 if copy > 0 && day <= 12 => std::mem::swap(&mut month, &mut day),
        8..=15 if copy > 0 => day = day % 28 + 1,
        _ => {}
    }
    let mut out = String::with_capacity(10);
    if copy > 0 && draw > 980 {
        push_padded(&mut out, u64::from(day), 2);
        out.push('/');
        push_padded(&mut out, u64::from(month), 2);
        out.push('/');
        push_padded(&mut out, u64::from(year), 4);
    } else {
        push_padded(&mut out, u64::from(year), 4);
        out.push('-');
        push_padded(&mut out, u64::from(month), 2);
        out.push('-');
        push_padded(&mut out, u64::from(day), 2);
    }
    out
}

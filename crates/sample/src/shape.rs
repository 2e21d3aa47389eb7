//! Which fields a row has and whether they are the entity's first, another or a shared one.
//!
//! The first row of an entity is drawn freely; each further one is tied to it by something
//! that can be found: a phone, a mailbox, a handle, or the name together with other facts.

use super::layout::{Place, Tie};
use super::person::Whole;
use super::random::{Stream, key};
use super::world::World;

/// How the contact came into the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Crm,
    Form,
    Whatsapp,
    Sms,
    Email,
    Instagram,
    Facebook,
    Twitter,
    Linkedin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhoneUse {
    None,
    /// The entity's number: 0, or 1 after it changed.
    Own(u8),
    /// Its first number with one digit wrong.
    OneOff,
    /// A number that others have as well.
    Shared,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EmailUse {
    None,
    /// The entity's mailbox: 0 private, 1 after a move, 2 at work.
    Own(u8),
    Shared,
}

/// Bits of `Shape::handles`.
pub(crate) const TWITTER: u8 = 1;
pub(crate) const INSTAGRAM: u8 = 2;
pub(crate) const FACEBOOK: u8 = 4;
pub(crate) const LINKEDIN: u8 = 8;

/// Bits of `Shape::facts`.
pub(crate) const CITY: u8 = 1;
pub(crate) const BIRTH: u8 = 2;
pub(crate) const COMPANY: u8 = 4;
pub(crate) const LANGUAGE: u8 = 8;
pub(crate) const ADDRESS: u8 = 16;
pub(crate) const SOURCE: u8 = 32;
pub(crate) const TAGS: u8 = 64;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub origin: Origin,
    pub name: bool,
    /// The name must tell the entity from others that share a number or a mailbox.
    pub clear: bool,
    pub phone: PhoneUse,
    pub email: EmailUse,
    pub handles: u8,
    pub facts: u8,
}

use Origin::*;

const ORIGINS: [(Origin, u32); 9] = [
    (Crm, 26),
    (Form, 15),
    (Whatsapp, 20),
    (Email, 17),
    (Sms, 8),
    (Instagram, 5),
    (Facebook, 5),
    (Twitter, 2),
    (Linkedin, 2),
];

impl Origin {
    /// How many rows in a hundred have a name, a phone, a mailbox.
    fn shares(self) -> (u32, u32, u32) {
        match self {
            Crm => (99, 82, 78),
            Form => (99, 62, 96),
            Whatsapp => (93, 100, 12),
            Sms => (42, 100, 8),
            Email => (90, 14, 100),
            Instagram => (93, 8, 10),
            Facebook => (98, 12, 14),
            Twitter => (92, 3, 6),
            Linkedin => (99, 10, 55),
        }
    }

    fn handle(self) -> u8 {
        match self {
            Instagram => INSTAGRAM,
            Facebook => FACEBOOK,
            Twitter => TWITTER,
            Linkedin => LINKEDIN,
            _ => 0,
        }
    }

    fn facts(self, stream: &mut Stream) -> u8 {
        let shares: [(u8, u32); 7] = match self {
            Crm => [
                (CITY, 76),
                (BIRTH, 44),
                (COMPANY, 60),
                (LANGUAGE, 66),
                (ADDRESS, 36),
                (SOURCE, 90),
                (TAGS, 30),
            ],
            Form => [
                (CITY, 52),
                (BIRTH, 30),
                (COMPANY, 34),
                (LANGUAGE, 80),
                (ADDRESS, 14),
                (SOURCE, 84),
                (TAGS, 8),
            ],
            Linkedin => [
                (CITY, 50),
                (BIRTH, 2),
                (COMPANY, 85),
                (LANGUAGE, 40),
                (ADDRESS, 0),
                (SOURCE, 40),
                (TAGS, 6),
            ],
            _ => [
                (CITY, 12),
                (BIRTH, 5),
                (COMPANY, 8),
                (LANGUAGE, 38),
                (ADDRESS, 2),
                (SOURCE, 26),
                (TAGS, 6),
            ],
        };
        shares.iter().fold(
            0,
            |facts, &(fact, share)| {
                if stream.percent(share) { facts | fact } else { facts }
            },
        )
    }
}

/// The shape of the row at a place; `company` tells organisations, `rare` a rare surname.
pub(crate) fn shape(whole: Whole, place: &Place, company: bool, rare: bool) -> Shape {
    let mut stream = Stream::new(key(whole.seed, 0x5a, place.entity));
    let first = first(&mut stream, place, company, rare);
    if place.copy == 0 {
        return first;
    }
    let slot = place.entity + u64::from(place.copy);
    let mut stream = Stream::new(key(whole.seed, 0x5b, slot));
    match whole.world {
        World::Tied => again(&mut stream, place, &first, company),
        World::Channels | World::Crowded if stream.percent(TIED_PERCENT) => {
            again(&mut stream, place, &first, company)
        }
        World::Channels | World::Crowded => apart(&mut stream, &first, company),
    }
}

fn first(stream: &mut Stream, place: &Place, company: bool, rare: bool) -> Shape {
    let origin = stream.weighted(&ORIGINS);
    let (name, phone, email) = origin.shares();
    let mut shape = Shape {
        origin,
        name: company || stream.percent(name),
        clear: false,
        phone: if stream.percent(phone) { PhoneUse::Own(0) } else { PhoneUse::None },
        email: if stream.percent(email) { EmailUse::Own(0) } else { EmailUse::None },
        handles: origin.handle(),
        facts: origin.facts(stream),
    };
    if stream.percent(7) {
        shape.handles |= 1 << stream.below(4);
    }
    if !company {
        share(stream, place, &mut shape);
    }
    let reachable = shape.phone != PhoneUse::None || shape.email != EmailUse::None;
    if !reachable && shape.handles == 0 {
        shape.name = true;
        shape.facts |= if rare || company { CITY } else { CITY | BIRTH };
    }
    shape
}

/// What the ties of a group do to a person's row.
fn share(stream: &mut Stream, place: &Place, shape: &mut Shape) {
    let has_phone = shape.phone != PhoneUse::None;
    let has_email = shape.email != EmailUse::None;
    match place.tie {
        Tie::Household if has_phone && stream.percent(48) => shape.phone = PhoneUse::Shared,
        Tie::Couple if has_email && stream.percent(64) => shape.email = EmailUse::Shared,
        Tie::Recycled if has_phone => shape.phone = PhoneUse::Shared,
        Tie::Twins | Tie::Junior => {
            if has_phone && stream.percent(30) {
                shape.phone = PhoneUse::Shared;
            }
            if stream.percent(80) || shape.phone == PhoneUse::Shared {
                shape.facts |= BIRTH;
            }
            shape.clear = true;
        }
        Tie::Company => {
            if has_phone && stream.percent(42) {
                shape.phone = PhoneUse::Shared;
            }
            if has_email {
                let shared = stream.percent(22);
                shape.email = if shared { EmailUse::Shared } else { EmailUse::Own(2) };
            }
        }
        Tie::Namesakes if !has_phone && !has_email => shape.email = EmailUse::Own(0),
        Tie::Alone if has_email && stream.percent(18) => shape.email = EmailUse::Own(2),
        _ => {}
    }
    if shape.phone == PhoneUse::Shared || shape.email == EmailUse::Shared {
        shape.clear = true;
    }
    shape.name |= shape.clear;
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Phone,
    Mailbox,
    Handle,
    Name,
}

/// A further row of somebody whose first row is known.
fn again(stream: &mut Stream, place: &Place, first: &Shape, company: bool) -> Shape {
    let link = link(stream, first);
    let origin = match link {
        Link::Phone => stream.weighted(&[(Whatsapp, 32), (Sms, 14), (Crm, 29), (Form, 25)]),
        Link::Mailbox => stream.weighted(&[(Email, 45), (Form, 28), (Crm, 27)]),
        Link::Handle => social(first.handles),
        Link::Name => stream.weighted(&[(Crm, 44), (Form, 44), (Facebook, 12)]),
    };
    let (name, phone, email) = origin.shares();
    let has_phone = link == Link::Phone || stream.percent(phone);
    let has_email = link == Link::Mailbox || stream.percent(email);
    let mut shape = Shape {
        origin,
        name: company || link == Link::Name || stream.percent(name),
        clear: link == Link::Name,
        phone: if has_phone { other_phone(stream, first, link) } else { PhoneUse::None },
        email: if has_email { other_email(stream, first, link) } else { EmailUse::None },
        handles: if link == Link::Handle { first.handles } else { origin.handle() },
        facts: origin.facts(stream),
    };
    if link == Link::Name {
        shape.facts |= first.facts & (BIRTH | CITY);
    }
    let tied = matches!(place.tie, Tie::Twins | Tie::Junior);
    if tied && (shape.phone == PhoneUse::Shared || link == Link::Name) {
        shape.facts |= BIRTH;
    }
    if tied || shape.phone == PhoneUse::Shared || shape.email == EmailUse::Shared {
        shape.clear |= !company;
    }
    shape.name |= shape.clear || shape.phone == PhoneUse::OneOff;
    shape
}

/// Further rows that are tied to the first in every world; of the others some are by chance.
const TIED_PERCENT: u32 = 50;

/// A further row that came by a channel of its own, whatever the first one has.
fn apart(stream: &mut Stream, first: &Shape, company: bool) -> Shape {
    let origin = stream.weighted(&ORIGINS);
    let (name, phone, email) = origin.shares();
    let shared = if first.phone == PhoneUse::Shared { 60 } else { 0 };
    let phones = [
        (PhoneUse::Own(0), 76),
        (PhoneUse::Own(1), 12),
        (PhoneUse::OneOff, 3),
        (PhoneUse::Shared, shared),
    ];
    let shared = if first.email == EmailUse::Shared { 60 } else { 0 };
    let mailboxes = [
        (EmailUse::Own(0), 62),
        (EmailUse::Own(1), 12),
        (EmailUse::Own(2), 22),
        (EmailUse::Shared, shared),
    ];
    let has_phone = stream.percent(phone);
    let has_email = stream.percent(email);
    let mut shape = Shape {
        origin,
        name: company || stream.percent(name),
        clear: false,
        phone: if has_phone { stream.weighted(&phones) } else { PhoneUse::None },
        email: if has_email { stream.weighted(&mailboxes) } else { EmailUse::None },
        handles: origin.handle(),
        facts: origin.facts(stream),
    };
    shape.clear = shape.phone == PhoneUse::Shared || shape.email == EmailUse::Shared;
    shape.name |= shape.clear || !has_phone && !has_email;
    shape
}

fn link(stream: &mut Stream, first: &Shape) -> Link {
    let weight = |has: bool, weight| if has { weight } else { 0 };
    let named = first.name && first.facts & BIRTH != 0;
    let links = [
        (Link::Phone, weight(first.phone != PhoneUse::None, 46)),
        (Link::Mailbox, weight(first.email != EmailUse::None, 38)),
        (Link::Handle, weight(first.handles != 0, 12)),
        (Link::Name, weight(named, 16)),
    ];
    if links.iter().all(|&(_, weight)| weight == 0) {
        return Link::Name;
    }
    stream.weighted(&links)
}

fn social(handles: u8) -> Origin {
    [Instagram, Facebook, Twitter, Linkedin]
        .into_iter()
        .find(|origin| handles & origin.handle() != 0)
        .unwrap_or(Instagram)
}

fn other_phone(stream: &mut Stream, first: &Shape, link: Link) -> PhoneUse {
    let draw = stream.below(100);
    match (link, first.phone) {
        (Link::Phone, PhoneUse::Own(0)) if first.name && draw < 4 => PhoneUse::OneOff,
        (Link::Phone, phone) => phone,
        (_, PhoneUse::None) => PhoneUse::Own(0),
        (Link::Mailbox, PhoneUse::Own(0)) if draw < 5 => PhoneUse::OneOff,
        (_, phone) if draw < 55 => phone,
        _ => PhoneUse::Own(1),
    }
}

fn other_email(stream: &mut Stream, first: &Shape, link: Link) -> EmailUse {
    match first.email {
        email if link == Link::Mailbox => email,
        EmailUse::None => EmailUse::Own(0),
        email if stream.percent(52) => email,
        _ => EmailUse::Own(1),
    }
}

//! Realistic sample rows for `db seed`, with known truth about which contacts are one person.
//!
//! A sample is pure: the same rows for the same (contacts, seed, as_of, users) on every machine.
//! Nothing is kept for each contact, so any number of rows streams through in bounded memory,
//! and any contact is found without making the others. What a row looks like belongs in the
//! files below; nothing here reads a clock, a file or the database.

#![deny(clippy::disallowed_macros, clippy::disallowed_methods)]

mod activity;
mod address;
mod calendar;
mod company;
mod contact;
mod countries;
mod data;
mod fate;
mod jobs;
mod json;
mod layout;
mod lexicon;
mod message;
mod name;
mod names;
mod person;
mod phone;
mod phrases;
mod random;
mod rows;
mod shape;
mod spelling;
#[cfg(test)]
mod tests;
mod trail;
mod words;
mod world;

pub use message::Messages;
pub use phrases::of_languages as phrases_of_languages;
pub use rows::{
    Assignment, AuditEntry, Channel, Contact, Counts, Direction, Job, JobStatus, Message,
    MessageStatus, Note, NoteType, Text,
};

pub use world::World;

use calendar::{DAY, MINUTE, from_work, to_work, uuid};
use contact::Sketch;
use jiff::Timestamp;
use layout::place;
use person::Whole;
use random::{Permutation, key, mix, mix62};
use uuid::Uuid;

/// More contacts than this aren't made: their ids would no longer be distinct.
const MOST_CONTACTS: u64 = 1 << 48;
/// How long before `as_of` the first contact came.
const HISTORY: i64 = 3 * 365 * DAY;
/// The earliest `as_of`, since the history must begin after 1970.
const EARLIEST: i64 = 4 * 365 * DAY;
/// The latest, so that what is scheduled still has a date.
const LATEST: i64 = 200_000_000_000_000_000;

/// The e-mails of the base profile's viewer, editor and admin.
const ACTORS: [&str; 3] = ["viewer@inbox.example", "editor@inbox.example", "admin@inbox.example"];

/// Tells the random streams of one seed apart.
mod tag {
    pub(crate) const CONTACT: u64 = 0x10;
    pub(crate) const CONTACT_TIME: u64 = 0x11;
    pub(crate) const MESSAGE: u64 = 0x20;
    pub(crate) const MESSAGE_COUNT: u64 = 0x21;
    pub(crate) const THREAD: u64 = 0x22;
    pub(crate) const TALK: u64 = 0x23;
    pub(crate) const NOTE: u64 = 0x30;
    pub(crate) const NOTE_COUNT: u64 = 0x31;
    pub(crate) const ASSIGNMENT: u64 = 0x40;
    pub(crate) const JOB: u64 = 0x50;
    pub(crate) const AUDIT: u64 = 0x60;
}

/// All the rows of one profile.
#[derive(Clone, Debug)]
pub struct Sample {
    contacts: u64,
    seed: u64,
    /// Micros since 1970.
    as_of: i64,
    users: [Uuid; 3],
    order: Permutation,
    employers: u32,
    work_start: i64,
    work_end: i64,
    world: World,
}

impl Sample {
    /// A sample of so many contacts as the database would look at `as_of`; users are the
    /// viewer, the editor and the admin.
    pub fn new(contacts: u64, seed: u64, as_of: Timestamp, users: [Uuid; 3]) -> Sample {
        let contacts = contacts.min(MOST_CONTACTS);
        let seed = mix(seed);
        let as_of = as_of.as_microsecond().clamp(EARLIEST, LATEST);
        Sample {
            contacts,
            seed,
            as_of,
            users,
            order: Permutation::new(contacts, key(seed, 0x9e12, 0)),
            employers: (contacts / 700).min(1 << 24) as u32 + 12,
            work_start: to_work(as_of - HISTORY),
            work_end: to_work(as_of - MINUTE),
            world: World::Tied,
        }
    }

    /// The same people in another world.
    pub fn in_world(self, world: World) -> Sample {
        Sample { world, ..self }
    }

    /// Where the sample ends.
    pub fn as_of(&self) -> Timestamp {
        calendar::timestamp(self.as_of)
    }

    /// The contact of a row number, below the number of contacts.
    pub fn contact(&self, index: u64) -> Contact {
        let created = self.created(index);
        let updated = self.updated(index, created);
        let id = uuid(created, self.unique(tag::CONTACT, index));
        self.sketch(index).write(id, created, updated)
    }

    /// All contacts; ids and times of creation rise.
    pub fn contacts(&self) -> impl Iterator<Item = Contact> + '_ {
        (0..self.contacts).map(|index| self.contact(index))
    }

    /// Who really stands behind a contact: equal numbers are one person or organisation.
    pub fn entity(&self, index: u64) -> u64 {
        place(self.world, self.seed, self.slot(index)).entity
    }

    /// All messages, grouped by contact and in order of time within one.
    pub fn messages(&self) -> Messages<'_> {
        Messages::new(self)
    }

    pub fn notes(&self) -> impl Iterator<Item = Note> + '_ {
        activity::notes(self)
    }

    pub fn assignments(&self) -> impl Iterator<Item = Assignment> + '_ {
        activity::assignments(self)
    }

    pub fn jobs(&self) -> impl Iterator<Item = Job> + '_ {
        jobs::jobs(self)
    }

    /// Audit entries of the 18 months before `as_of`, in order of time.
    pub fn audit_entries(&self) -> impl Iterator<Item = AuditEntry> + '_ {
        trail::entries(self)
    }

    /// How many rows there are of each kind; takes some milliseconds for a million contacts.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            contacts: self.contacts,
            jobs: jobs::count(self),
            audit_entries: trail::count(self),
            ..Counts::default()
        };
        for index in 0..self.contacts {
            counts.messages += u64::from(message::count(self, index));
            counts.notes += u64::from(activity::note_count(self, index));
            counts.assignments += u64::from(activity::assigned(self, index));
        }
        counts
    }

    fn slot(&self, index: u64) -> u64 {
        self.order.at(index.min(MOST_CONTACTS))
    }

    fn sketch(&self, index: u64) -> Sketch {
        let whole = Whole { seed: self.seed, employers: self.employers, world: self.world };
        Sketch::new(whole, &place(self.world, self.seed, self.slot(index)))
    }

    fn contact_id(&self, index: u64) -> Uuid {
        uuid(self.created(index), self.unique(tag::CONTACT, index))
    }

    /// When a contact was created, in micros: later ones come faster, at busy hours.
    fn created(&self, index: u64) -> i64 {
        let jitter = (key(self.seed, tag::CONTACT_TIME, index) >> 32) / 8 * 7;
        let part = if index < 1 << 31 {
            (index << 32 | jitter) / self.contacts.max(1)
        } else {
            ((u128::from(index) << 32 | u128::from(jitter)) / u128::from(self.contacts.max(1)))
                as u64
        };
        let part = part.min(u64::from(u32::MAX));
        // Three contacts a day at the end for each one at the beginning.
        let grown = (u128::from(part) * u128::from((3 << 32) - part)) >> 1;
        let span = (self.work_end - self.work_start) as u128;
        from_work(self.work_start + ((grown * span) >> 64) as i64)
    }

    fn updated(&self, index: u64, created: i64) -> i64 {
        let draw = key(self.seed, tag::CONTACT_TIME, !index);
        if draw & 3 == 0 {
            return created;
        }
        self.between(created, self.as_of, draw)
    }

    /// A time between two others, by a random number.
    fn between(&self, from: i64, to: i64, draw: u64) -> i64 {
        from + ((u128::from(draw) * (to - from).max(0) as u128) >> 64) as i64
    }

    /// Unique random bits of an id, for a number below 2^62.
    fn unique(&self, tag: u64, number: u64) -> u64 {
        mix62(self.seed ^ mix(tag), number)
    }
}

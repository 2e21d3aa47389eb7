//! Compares two rows field by field: a level of agreement each, and how surprising it would be
//! in strangers.

pub(crate) use crate::evidence::levels::{MISSING, fact, handle, mail, phone};

use crate::distance;
use crate::evidence::names::{self, Rarity};
use crate::evidence::worth;
use crate::read::columns::{Column, Kind};
use crate::read::date;
use crate::read::email;
use crate::read::phone::Likeness;
use crate::read::prepare::Prepared;
use crate::read::rows::Mailbox;
use std::cell::RefCell;

/// Fields in front of the columns.
pub(crate) const NAME: usize = 0;
pub(crate) const PHONE: usize = 1;
pub(crate) const EMAIL: usize = 2;
pub(crate) const HANDLE: usize = 3;
pub(crate) const COLUMNS: usize = 4;
/// Fields at most: the columns are bounded too.
pub(crate) const FIELDS: usize = 18;

/// A table is a sample of more people: in one of three rows nothing is rare yet.
pub(crate) const UNSEEN_PEOPLE: f32 = 100.0;

/// How two rows agree, field by field.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Comparison {
    pub levels: [u8; FIELDS],
    /// The surprise of the agreement in strangers, in bits: -log2 u.
    pub bits: [f32; FIELDS],
    /// The class of the name's rarity, in [`crate::evidence::worth`].
    pub name_class: u8,
}

/// What is known about the whole table: how common values are among people.
pub(crate) struct Knowledge {
    pub rarity: Rarity,
    /// log2 of the number of people.
    pub people_bits: f32,
    /// People of each phone tail and mailbox that more than one has.
    pub phone_people: crate::hash::HashedMap<u32>,
    pub mail_people: crate::hash::HashedMap<u32>,
    /// For each column: bits of each value, and of each level.
    pub facts: Vec<FactKnowledge>,
    /// Bits that agreeing in the name (`[0]`) or a column (`[1 + column]`) takes from agreeing
    /// in each column.
    pub overlaps: Vec<Vec<f32>>,
    /// Columns whose values stand in each other's place at times.
    pub swaps: Vec<(usize, usize)>,
}

pub(crate) struct FactKnowledge {
    /// People who have a value.
    pub holders: u32,
    pub value_bits: Vec<f32>,
    pub level_bits: [f32; fact::LEVELS],
}

pub(crate) struct Comparer<'a> {
    pub rows: &'a Prepared,
    pub knowledge: &'a Knowledge,
    /// Levels of texts that were compared lately: frequent values meet again and again.
    lately: RefCell<Vec<(u64, u8)>>,
}

/// A power of two.
const LATELY: usize = 1 << 11;

impl<'a> Comparer<'a> {
    pub(crate) fn new(rows: &'a Prepared, knowledge: &'a Knowledge) -> Comparer<'a> {
        Comparer { rows, knowledge, lately: RefCell::new(vec![(0, 0); LATELY]) }
    }

    pub(crate) fn compare(&self, left: u32, right: u32) -> Comparison {
        let mut result = self.identity(left, right);
        self.facts(left, right, &mut result);
        result
    }

    /// Fetches what rows need to be compared.
    pub(crate) fn fetch(&self, rows: impl Iterator<Item = u32> + Clone) {
        self.rows.fetch(rows.clone());
        let namesakes = &self.knowledge.rarity.namesakes;
        std::hint::black_box(rows.fold(0, |all, row| all ^ namesakes[row as usize][0]));
    }

    /// Compares the fields in front of the columns.
    pub(crate) fn identity(&self, left: u32, right: u32) -> Comparison {
        let mut result = Comparison::default();
        let mut set = |field: usize, (level, bits): (u8, f32)| {
            result.levels[field] = level;
            result.bits[field] = bits;
        };
        let name = names::compare(self.rows, &self.knowledge.rarity, left, right);
        set(NAME, (name.level as u8, name.bits));
        set(PHONE, self.phones(left, right));
        set(EMAIL, self.mailboxes(left, right));
        set(HANDLE, self.handles(left, right));
        let identified = (PHONE..=HANDLE).any(|field| result.levels[field] != MISSING);
        result.name_class = worth::class_of(name.class, identified);
        result
    }

    /// Compares the columns.
    pub(crate) fn facts(&self, left: u32, right: u32, result: &mut Comparison) {
        for (place, column) in self.rows.columns.iter().enumerate() {
            let (level, bits) = self.fact(place, column, left, right);
            result.levels[COLUMNS + place] = level;
            result.bits[COLUMNS + place] = bits;
        }
        self.swapped(left, right, result);
        self.discount(result);
    }

    fn phones(&self, left: u32, right: u32) -> (u8, f32) {
        let (a, b) = (self.rows.phones.get(left), self.rows.phones.get(right));
        if a.is_empty() || b.is_empty() {
            return (MISSING, 0.0);
        }
        let mut best = (phone::DIFFERENT, 0.0);
        for x in a {
            for y in b {
                let people = |tail: u64| {
                    let key = crate::hash::pair(1, tail);
                    self.knowledge.phone_people.get(&key).copied().unwrap_or(1)
                };
                match x.like(*y) {
                    Likeness::Same => {
                        let people = people(x.tail());
                        let level = match people {
                            0..=2 => phone::SAME,
                            3..=5 => phone::SHARED,
                            _ => phone::CROWDED,
                        };
                        return (level, self.knowledge.surprise(people));
                    }
                    Likeness::Near if best.0 == phone::DIFFERENT => {
                        let people = people(x.tail()).max(people(y.tail()));
                        best = (phone::NEAR, (self.knowledge.surprise(people) - 5.0).max(0.0));
                    }
                    _ => {}
                }
            }
        }
        best
    }

    fn mailboxes(&self, left: u32, right: u32) -> (u8, f32) {
        let (a, b) = (self.rows.mailboxes.get(left), self.rows.mailboxes.get(right));
        if a.is_empty() || b.is_empty() {
            return (MISSING, 0.0);
        }
        let mut best = (mail::DIFFERENT, 0.0);
        for x in a {
            for y in b {
                let like = self.mailbox((left, right), x, y);
                if (like.1, best.0) > (best.1, like.0) {
                    best = like;
                }
            }
        }
        best
    }

    fn mailbox(&self, rows: (u32, u32), left: &Mailbox, right: &Mailbox) -> (u8, f32) {
        let people = |key| self.knowledge.mail_people.get(&key).copied().unwrap_or(1);
        let mail = self.rows.mail(left);
        let (local, domain) = mail.split_at(usize::from(left.local_length));
        if left.whole == right.whole {
            let people = people(left.whole);
            let shared = people > 2 || left.is_role;
            let level = if shared { mail::SHARED } else { mail::SAME };
            return (level, self.knowledge.surprise(people));
        }
        let other = self.rows.mail(right);
        let (other_local, other_domain) = other.split_at(usize::from(right.local_length));
        let beyond = || self.beyond_name(rows.0, local).min(self.beyond_name(rows.1, other_local));
        if left.local == right.local {
            if left.is_role {
                return (mail::DIFFERENT, 0.0);
            }
            let rest = beyond();
            return if rest >= 6.0 {
                (mail::LOCAL, rest.min(self.knowledge.people_bits))
            } else {
                (mail::NAMED, rest)
            };
        }
        match email::like(mail, other) {
            email::Likeness::Different => (mail::DIFFERENT, 0.0),
            like => {
                // Who has the same name at the same large provider has a like address anyway.
                let provider = email::is_provider(&domain[1..]) && domain == other_domain;
                let own = beyond() + if provider { 0.0 } else { OWN_DOMAIN };
                let (level, off) = match like {
                    email::Likeness::Near => (mail::NEAR, 8.0),
                    _ => (mail::ALIKE, 10.0),
                };
                (level, (self.knowledge.surprise(1) - off).clamp(0.0, LIKE_BITS + own))
            }
        }
    }

    /// How much a local part says that the row's name doesn't, in bits: digits and other words.
    fn beyond_name(&self, row: u32, local: &str) -> f32 {
        let digits = local.bytes().filter(u8::is_ascii_digit).count() as f32;
        let words = self.rows.names.get(row);
        let parts = local.split(|sign: char| !sign.is_ascii_alphabetic());
        let other: f32 = parts
            .filter(|part| part.len() >= 3)
            .map(|part| {
                let explained = words.iter().any(|&word| {
                    let word = self.rows.tokens.text(word);
                    word.len() >= 3 && part.contains(word) || word.contains(part)
                });
                if explained { 0.0 } else { 2.0 * part.len().min(6) as f32 }
            })
            .sum();
        // A year of birth or a district has fewer bits than its digits.
        other + if digits >= 2.0 { 3.0 * digits.min(6.0) - 2.0 } else { digits * 2.0 }
    }

    fn handles(&self, left: u32, right: u32) -> (u8, f32) {
        let (a, b) = (self.rows.handles.get(left), self.rows.handles.get(right));
        let bits = self.knowledge.surprise(1);
        if a.iter().any(|handle| b.contains(handle)) {
            return (handle::SAME, bits);
        }
        // People take their mailbox's name as a handle.
        let as_mail = |handles: &[u64], row: u32| {
            self.rows.mailboxes.get(row).iter().any(|mailbox| {
                let local = &self.rows.mail(mailbox)[..usize::from(mailbox.local_length)];
                handles.contains(&mailbox.local) && self.beyond_name(row, local) >= 6.0
            })
        };
        if !a.is_empty() && as_mail(a, right) || !b.is_empty() && as_mail(b, left) {
            return (handle::SAME, (bits - 3.0).max(0.0));
        }
        if a.is_empty() || b.is_empty() { (MISSING, 0.0) } else { (handle::DIFFERENT, 0.0) }
    }

    /// Values that stand in another column than in the other row.
    fn swapped(&self, left: u32, right: u32, result: &mut Comparison) {
        for &(first, second) in &self.knowledge.swaps {
            let off = |level: u8| level == MISSING || level == fact::DIFFERENT;
            let levels = [result.levels[COLUMNS + first], result.levels[COLUMNS + second]];
            if !levels.iter().all(|&level| off(level)) || levels == [MISSING; 2] {
                continue;
            }
            let cross = |from: usize, to: usize| {
                let value = self.rows.columns[from].value(left)?;
                let other = self.rows.columns[to].value(right)?;
                let texts = (
                    self.rows.columns[from].texts.get(value),
                    self.rows.columns[to].texts.get(other),
                );
                let like = texts.0 == texts.1
                    || crate::evidence::text::level(texts.0, texts.1) == fact::NEAR;
                like.then_some(self.knowledge.facts[from].value_bits[value as usize])
            };
            let found = [cross(first, second), cross(second, first)];
            if found == [None, None] {
                continue;
            }
            for (field, bits) in [first, second].into_iter().zip(found) {
                result.levels[COLUMNS + field] = if bits.is_some() { fact::NEAR } else { MISSING };
                result.bits[COLUMNS + field] = bits.map_or(0.0, |bits| (bits - 1.0).max(0.0));
            }
        }
    }

    /// Takes off what an agreement shares with others that are counted already.
    fn discount(&self, result: &mut Comparison) {
        let agreeing = |level: u8| (fact::SAME..=fact::NEAR).contains(&level);
        let mut places = [0usize; FIELDS];
        let mut count = 0;
        for place in 0..self.rows.columns.len() {
            if agreeing(result.levels[COLUMNS + place]) {
                places[count] = place;
                count += 1;
            }
        }
        let named = (names::Level::Same as u8..names::Level::Different as u8)
            .contains(&result.levels[NAME]);
        let usual = |place: usize| self.knowledge.facts[place].level_bits[usize::from(fact::SAME)];
        for &place in &places[..count] {
            let mut off: f32 = if named { self.knowledge.overlaps[0][place] } else { 0.0 };
            for &other in &places[..count] {
                // The more telling of two counts in full.
                let first = (usual(other), other) > (usual(place), place);
                if first && result.levels[COLUMNS + other] == fact::SAME {
                    off = off.max(self.knowledge.overlaps[1 + other][place]);
                }
            }
            // A rare value loses more than a common one: where a name tells the language, it tells
            // the rare ones too.
            let share = if off > 0.0 { (off / usual(place)).min(1.0) } else { 0.0 };
            result.bits[COLUMNS + place] *= 1.0 - share;
        }
    }

    fn fact(&self, place: usize, column: &Column, left: u32, right: u32) -> (u8, f32) {
        let (Some(a), Some(b)) = (column.value(left), column.value(right)) else {
            return (MISSING, 0.0);
        };
        let known = &self.knowledge.facts[place];
        if a == b {
            return (fact::SAME, known.value_bits[a as usize]);
        }
        let level = if column.kind == Kind::Text {
            let key = crate::hash::pair(
                u64::from(a.min(b)) << 32 | u64::from(a.max(b)),
                place as u64 + 1,
            );
            let mut lately = self.lately.borrow_mut();
            let slot = &mut lately[key as usize % LATELY];
            if slot.0 != key {
                *slot = (key, fact_level(column, a, b));
            }
            slot.1
        } else {
            fact_level(column, a, b)
        };
        (level, known.level_bits[usize::from(level)])
    }
}

/// What is worth a like address at a provider, made of the name alone, and another domain.
const LIKE_BITS: f32 = 5.0;
const OWN_DOMAIN: f32 = 8.0;

/// Phones and mailboxes are given out once: that strangers share one is a mistake, and rarer
/// than drawing from a hat with one number for each person.
const UNIQUE_BITS: f32 = 8.0;

impl Knowledge {
    /// The surprise of sharing what so many people have.
    pub(crate) fn surprise(&self, people: u32) -> f32 {
        (self.people_bits + UNIQUE_BITS - (people.max(1) as f32).log2()).max(0.0)
    }
}

/// How two distinct values of a column agree.
pub(crate) fn fact_level(column: &Column, left: u32, right: u32) -> u8 {
    let (left, right) = (column.texts.get(left), column.texts.get(right));
    match column.kind {
        Kind::Birth | Kind::Date => match date::like(left, right) {
            date::Likeness::Same => fact::SAME,
            date::Likeness::Slip => fact::NEAR,
            date::Likeness::Loose => fact::LOOSE,
            date::Likeness::Part => fact::PART,
            date::Likeness::Close => fact::CLOSE,
            date::Likeness::Year => fact::YEAR,
            date::Likeness::Different => fact::DIFFERENT,
        },
        Kind::Code => match distance::osa(left.as_bytes(), right.as_bytes(), 2) {
            0 | 1 => fact::NEAR,
            2 if left.len() >= 6 => fact::LOOSE,
            _ => fact::DIFFERENT,
        },
        Kind::Text => crate::evidence::text::level(left, right),
    }
}

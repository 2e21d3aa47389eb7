//! How many people have each word of a name and each value of a column, in the rows at hand or, where
//! a past run has counted, in the table that it read.

use crate::census::{Census, Counted};
use crate::evidence::people::People;
use crate::hash::{self, HashedMap};
use crate::read::columns::{Column, Kind};
use crate::read::prepare::Prepared;

/// How many people have each word in their names.
pub(crate) struct WordCounts {
    /// By hashes of the words as they sound, and as they are written.
    pub sounds: HashedMap<u32>,
    pub written: HashedMap<u32>,
    /// People with names.
    pub named: u32,
}

pub(crate) fn word_key(hash: u32) -> u64 {
    hash::mix(u64::from(hash))
}

impl WordCounts {
    pub(crate) fn new(rows: &Prepared, people: &People) -> WordCounts {
        let mut counts = vec![0u32; rows.tokens.len()];
        let mut named = 0u32;
        for row in (0..rows.len()).filter(|&row| people.is_first(row)) {
            let words = rows.names.get(row);
            named += u32::from(!words.is_empty());
            words.iter().for_each(|&word| counts[word as usize] += 1);
        }
        let (mut sounds, mut written) = (HashedMap::default(), HashedMap::default());
        for (word, count) in counts.iter().enumerate() {
            let token = rows.tokens.get(word as u32);
            *sounds.entry(word_key(token.sound)).or_default() += count;
            *written.entry(word_key(token.word)).or_default() += count;
        }
        WordCounts { sounds, written, named }
    }

    /// With what a past run has counted.
    pub(crate) fn after(mut self, past: &Census) -> WordCounts {
        for (counted, counts) in
            [(Counted::Sound, &mut self.sounds), (Counted::Word, &mut self.written)]
        {
            for (&number, count) in counts {
                *count = past.count(counted, number).unwrap_or(*count);
            }
        }
        self.named = past.named;
        self
    }
}

/// How many people have each value of a column.
pub(crate) struct ValueCounts {
    pub of: Vec<u32>,
    /// People born in each year, of a column of birthdays.
    pub years: HashedMap<u32>,
    /// The value of each person who has one.
    pub holders: Vec<u32>,
}

impl ValueCounts {
    pub(crate) fn new(column: &Column, people: &People) -> ValueCounts {
        let mut of = vec![0u32; column.texts.len() as usize];
        let mut holders = Vec::new();
        for row in 0..people.rows() {
            if let Some(value) = column.value(row).filter(|_| people.is_first(row)) {
                of[value as usize] += 1;
                holders.push(value);
            }
        }
        let mut years = HashedMap::default();
        if column.kind == Kind::Birth {
            for (value, &count) in (0..).zip(&of) {
                *years.entry(year_key(column, value)).or_default() += count;
            }
        }
        ValueCounts { of, years, holders }
    }

    /// With what a past run has counted of the column at a place.
    pub(crate) fn after(mut self, past: &Census, place: usize, column: &Column) -> ValueCounts {
        for (value, count) in (0..).zip(&mut self.of) {
            let number = column.number(value);
            *count = past.count(Counted::Value(place), number).unwrap_or(*count);
        }
        for (&year, count) in &mut self.years {
            *count = past.count(Counted::Year(place), year).unwrap_or(*count);
        }
        self
    }
}

/// The year of a birthday; all that have none are alike.
pub(crate) fn year_key(column: &Column, value: u32) -> u64 {
    let text = column.texts.get(value);
    let year = text.get(..4).filter(|_| text.len() == 8).and_then(|year| year.parse().ok());
    hash::mix(year.unwrap_or(0))
}

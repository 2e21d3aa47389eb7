//! How common things were in the whole table that a past run read.
//!
//! It outlives the contacts that were counted. So nothing stands in it that fewer than [`FEWEST`]
//! people have in common, and what does is a hash under the run's own key: who reads it can't tell a
//! name from it, nor compare it with that of another run.

use crate::kind::Kind;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Of what fewer people share nothing is kept.
pub(crate) const FEWEST: u32 = 5;
/// A hash and a count.
const RECORD: usize = 12;
/// The levels at which two values of a column agree.
const LEVELS: usize = 8;

/// A key of one run, from a source of randomness.
pub type PastKey = [u8; 32];

/// What was counted, and what holds of the whole table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Census {
    pub key: PastKey,
    pub rows: u32,
    pub people: u32,
    pub named: u32,
    pub coupling: f32,
    pub organisations: bool,
    pub columns: Vec<CensusColumn>,
    /// As the evidence has them: for names and each column, a number for each column.
    pub overlaps: Vec<Vec<f32>>,
    pub swaps: Vec<(usize, usize)>,
    /// Records in the order of their hashes, numbers in big-endian bytes; kept beside the rest.
    #[serde(skip)]
    pub counts: Vec<u8>,
}

/// A key of metadata.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CensusColumn {
    pub key: String,
    pub kind: Kind,
    /// Distinct values, and people who have one.
    pub distinct: u32,
    pub holders: u32,
    pub level_bits: [f32; LEVELS],
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    Word,
    Sound,
    /// People with a whole name, and rows.
    Name,
    NameRows,
    Phone,
    Mailbox,
    /// People with a value of a column, rows with it, and people born in a year of it.
    Value(usize),
    ValueRows(usize),
    Year(usize),
}

impl Counted {
    fn tag(self) -> u64 {
        match self {
            Counted::Word => 1,
            Counted::Sound => 2,
            Counted::Name => 3,
            Counted::NameRows => 4,
            Counted::Phone => 5,
            Counted::Mailbox => 6,
            Counted::Value(place) => 1 << 8 | place as u64,
            Counted::ValueRows(place) => 2 << 8 | place as u64,
            Counted::Year(place) => 3 << 8 | place as u64,
        }
    }
}

fn keyed(key: &PastKey, counted: Counted, number: u64) -> u64 {
    let mut hasher = Sha256::new();
    hasher.update(key);
    hasher.update(counted.tag().to_be_bytes());
    hasher.update(number.to_be_bytes());
    let [a, b, c, d, e, f, g, h, ..] = hasher.finalize().0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

impl Census {
    /// Whether what was kept is whole, so that each column is found where it is looked for.
    pub(crate) fn is_whole(&self) -> bool {
        let columns = self.columns.len();
        self.counts.len().is_multiple_of(RECORD)
            && self.overlaps.len() == columns + 1
            && self.overlaps.iter().all(|of| of.len() == columns)
            && self.swaps.iter().all(|&(one, other)| one.max(other) < columns)
    }

    /// Takes in what is told of counts, but for those of a few.
    pub(crate) fn take(&mut self, tell_all: impl FnOnce(&mut dyn FnMut(Counted, u64, u32))) {
        let mut records: Vec<(u64, u32)> = Vec::new();
        tell_all(&mut |counted, number, count| {
            if count >= FEWEST {
                records.push((keyed(&self.key, counted, number), count));
            }
        });
        records.sort_unstable();
        self.counts = Vec::with_capacity(records.len() * RECORD);
        for (hash, count) in records {
            self.counts.extend(hash.to_be_bytes());
            self.counts.extend(count.to_be_bytes());
        }
    }

    /// How many there were, if they were more than a few.
    pub(crate) fn count(&self, counted: Counted, number: u64) -> Option<u32> {
        let wanted = keyed(&self.key, counted, number).to_be_bytes();
        let record = |place: usize| &self.counts[place * RECORD..][..RECORD];
        let (mut low, mut high) = (0, self.counts.len() / RECORD);
        while low < high {
            let middle = low + (high - low) / 2;
            let (hash, count) = record(middle).split_at(8);
            match hash.cmp(&wanted) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    return Some(count.iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte)));
                }
            }
        }
        None
    }
}

/// Counts of a past run where there is one and has any, else those of the rows at hand.
pub(crate) fn count_or(past: Option<&Census>, counted: Counted, number: u64, own: u32) -> u32 {
    past.and_then(|past| past.count(counted, number)).unwrap_or(own)
}

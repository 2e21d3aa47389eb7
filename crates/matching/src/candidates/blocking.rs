//! Which pairs of rows are worth comparing: rows that share one of many keys.
//!
//! Each family of keys is one sorted array of `hash | row`, so that rows with a key in common
//! stand together. A block that is too large is not dropped: its rows must share one thing more,
//! and where even that is too common, only neighbours are compared. So the pairs grow with the
//! rows and not with their square, whatever the rows are.

use crate::candidates::buckets::{Buckets, Shared};
use crate::candidates::keys::{Keys, Sink};
use crate::census::Census;
use crate::read::prepare::Prepared;
use rayon::prelude::*;

/// The larger row number in the lower half, the smaller one in the upper half.
pub(crate) type Pair = u64;

pub(crate) fn pair(left: u32, right: u32) -> Pair {
    u64::from(left.min(right)) << 32 | u64::from(left.max(right))
}

pub(crate) fn rows(pair: Pair) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// Candidates, and what could not be compared in full.
pub(crate) struct Candidates {
    /// Sorted, without duplicates.
    pub pairs: Vec<Pair>,
    /// Blocks that had to be refined, and the size of the largest.
    pub refined: u64,
    pub largest: u32,
}

/// Rows in a block that are all compared with each other.
const MOST_IN_BLOCK: usize = 12;
/// The same for keys that are made of names or facts: beyond a few, who shares only that can't be
/// told from strangers.
const MOST_ALIKE: usize = 5;
/// The same in a table that isn't large.
const MOST_ALIKE_THOROUGH: usize = 12;
/// Of more rows that are still alike after refining, each is compared with one neighbour, of fewer
/// with two: the more there are, the less a neighbour is likely to be the same person.
const FEW: usize = 8;

/// Finds candidate pairs; with `changed`, only those with at least one such row.
pub(crate) fn candidates(
    rows: &Prepared,
    changed: Option<&[bool]>,
    past: Option<&Census>,
) -> Candidates {
    let keys = Keys::new(rows, past);
    let mut found = Candidates { pairs: Vec::new(), refined: 0, largest: 0 };
    let bits = 64 - u64::from(rows.len()).leading_zeros().min(63);
    for family in keys.families() {
        let mut spread = Buckets::spread(&emit(rows, &keys, family, bits), 64);
        spread.sort_shared(bits);
        let is_identifying = keys.is_identifying(family);
        let blocks = Blocks { rows, keys: &keys, changed, bits, is_identifying };
        spread.iter().for_each(|sorted| blocks.pairs(sorted, &mut found));
        // Duplicates are frequent between families: forget them before there are too many.
        if found.pairs.len() > 8 * rows.len() as usize {
            compact(&mut found.pairs, bits);
        }
    }
    compact(&mut found.pairs, bits);
    found
}

/// Sorts pairs of row numbers of so many bits and removes duplicates.
fn compact(pairs: &mut Vec<Pair>, bits: u32) {
    let mut spread = Buckets::spread(&[std::mem::take(pairs)], 32 + bits);
    spread.sort_distinct();
    spread.iter().for_each(|sorted| pairs.extend_from_slice(sorted));
}

/// One family's keys of all rows, hash above row number.
fn emit(rows: &Prepared, keys: &Keys<'_>, family: usize, bits: u32) -> Vec<Vec<u64>> {
    let mask = (1u64 << bits) - 1;
    let starts: Vec<u32> = (0..rows.len()).step_by(1 << 14).collect();
    starts
        .into_par_iter()
        .map(|start| {
            let mut part = Vec::with_capacity(1 << 15);
            for row in start..rows.len().min(start + (1 << 14)) {
                let mut sink = Sink::new(|key: u64| part.push(key & !mask | u64::from(row)));
                keys.emit(family, row, &mut sink);
            }
            part
        })
        .collect()
}

struct Blocks<'a> {
    rows: &'a Prepared,
    keys: &'a Keys<'a>,
    changed: Option<&'a [bool]>,
    bits: u32,
    is_identifying: bool,
}

impl Blocks<'_> {
    /// Rows that are all compared with each other.
    fn most(&self) -> usize {
        match (self.is_identifying, self.keys.thorough) {
            (true, _) => MOST_IN_BLOCK,
            (false, true) => MOST_ALIKE_THOROUGH,
            (false, false) => MOST_ALIKE,
        }
    }

    fn few(&self) -> usize {
        if self.keys.thorough { 3 * FEW } else { FEW }
    }

    fn pairs(&self, sorted: &[u64], found: &mut Candidates) {
        let mut block: Vec<u32> = Vec::new();
        let mask = (1u64 << self.bits) - 1;
        for same in sorted.chunk_by(|left, right| left & !mask == right & !mask) {
            if same.len() > 1 {
                block.clear();
                block.extend(same.iter().map(|key| (key & mask) as u32));
                block.dedup();
                self.block(&block, found);
            }
        }
    }

    fn block(&self, block: &[u32], found: &mut Candidates) {
        if block.len() <= self.most() {
            return self.all(block, &mut found.pairs);
        }
        found.refined += 1;
        found.largest = found.largest.max(block.len() as u32);
        self.refine(block, &mut found.pairs);
    }

    fn all(&self, block: &[u32], pairs: &mut Vec<Pair>) {
        for (place, &left) in block.iter().enumerate() {
            for &right in &block[place + 1..] {
                self.push(left, right, pairs);
            }
        }
    }

    fn push(&self, left: u32, right: u32, pairs: &mut Vec<Pair>) {
        let wanted = |changed: &[bool]| changed[left as usize] || changed[right as usize];
        if left != right && self.changed.is_none_or(wanted) {
            pairs.push(pair(left, right));
        }
    }

    /// Compares those rows of a block that share one thing more.
    fn refine(&self, block: &[u32], pairs: &mut Vec<Pair>) {
        match self.is_identifying {
            true => self.rows.fetch(block.iter().copied()),
            false => self.rows.fetch_names(block.iter().copied()),
        }
        let common = self.common_sounds(block);
        let name = |row: u32| self.rows.name_hashes[row as usize];
        let mut finer: Vec<(u64, u64, u32)> = Vec::with_capacity(block.len() * 6);
        for &row in block {
            let mut sink = Sink::new(|key| finer.push((key, name(row), row)));
            self.keys.refine(row, &common, self.is_identifying, &mut sink);
        }
        let mut shared = Shared::new(finer.len());
        finer.iter().for_each(|(key, ..)| shared.count(*key));
        finer.retain(|(key, ..)| shared.is_shared(*key));
        finer.sort_unstable();
        finer.dedup();
        let mut rows: Vec<u32> = Vec::new();
        for same in finer.chunk_by(|left, right| left.0 == right.0) {
            if same.len() > 1 {
                rows.clear();
                rows.extend(same.iter().map(|&(_, _, row)| row));
                self.some(&rows, pairs);
            }
        }
        if !common.is_empty() && block.len() <= self.few() {
            let mut rows = block.to_vec();
            rows.sort_unstable_by_key(|&row| (name(row), row));
            self.some(&rows, pairs);
        }
    }

    /// The sounds that the names of all rows of a block have: mostly what made them a block,
    /// which tells none of them apart.
    fn common_sounds(&self, block: &[u32]) -> Vec<u64> {
        let [first, others @ ..] = block else { return Vec::new() };
        let mut common: Vec<u64> = self.keys.sounds_of(*first).collect();
        common.sort_unstable();
        common.dedup();
        for &row in others {
            if common.is_empty() {
                break;
            }
            common.retain(|&sound| self.keys.sounds_of(row).any(|other| other == sound));
        }
        common
    }

    /// All pairs of a few rows, of many only those of neighbours.
    fn some(&self, rows: &[u32], pairs: &mut Vec<Pair>) {
        if rows.len() <= self.most() {
            return self.all(rows, pairs);
        }
        let neighbours = if rows.len() <= self.few() { 2 } else { 1 };
        for window in rows.windows(neighbours + 1) {
            window[1..].iter().for_each(|&right| self.push(window[0], right, pairs));
        }
    }
}

//! Columns whose values are put into one another at times: two lines of an address.

use crate::hash::{self, HashedMap};
use crate::read::columns::{Column, Kind};

/// The share of one column's distinct values that must stand in the other as well, in percent.
const SHARED_PERCENT: usize = 2;
const FEWEST_VALUES: u32 = 100;

/// Pairs of text columns, by place, that share values.
pub(crate) fn swaps(columns: &[Column]) -> Vec<(usize, usize)> {
    let sets: Vec<Option<HashedMap<()>>> = columns
        .iter()
        .map(|column| {
            let fits = column.kind == Kind::Text && column.texts.len() >= FEWEST_VALUES;
            fits.then(|| hashes(column).map(|hash| (hash, ())).collect())
        })
        .collect();
    let mut swaps = Vec::new();
    for first in 0..columns.len() {
        for second in first + 1..columns.len() {
            let (Some(left), Some(right)) = (&sets[first], &sets[second]) else { continue };
            let shared = left.keys().filter(|hash| right.contains_key(hash)).count();
            if shared * 100 >= left.len().min(right.len()) * SHARED_PERCENT && shared >= 5 {
                swaps.push((first, second));
            }
        }
    }
    swaps
}

fn hashes(column: &Column) -> impl Iterator<Item = u64> + '_ {
    (0..column.texts.len()).map(|value| hash::bytes(column.texts.get(value).as_bytes()))
}

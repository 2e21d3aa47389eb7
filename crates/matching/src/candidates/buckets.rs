//! Sorting many numbers in pieces that fit a processor's cache.

use crate::hash;
use rayon::prelude::*;

const BUCKET_BITS: u32 = 10;

/// Numbers spread by their upper bits: all of one bucket are less than all of the next.
pub(crate) struct Buckets {
    numbers: Vec<u64>,
    /// Where each bucket begins, and how many numbers it still has.
    places: Vec<(usize, usize)>,
}

impl Buckets {
    /// Spreads numbers of at most so many bits.
    pub(crate) fn spread(parts: &[Vec<u64>], bits: u32) -> Buckets {
        let shift = bits.saturating_sub(BUCKET_BITS);
        let bucket = |number: u64| (number >> shift) as usize;
        let mut places = vec![(0, 0); 1 << BUCKET_BITS];
        for part in parts {
            part.iter().for_each(|&number| places[bucket(number)].1 += 1);
        }
        let mut sum = 0;
        for (start, length) in &mut places {
            *start = sum;
            sum += std::mem::take(length);
        }
        let mut numbers = vec![0u64; sum];
        for part in parts {
            for &number in part {
                let (start, length) = &mut places[bucket(number)];
                numbers[*start + *length] = number;
                *length += 1;
            }
        }
        Buckets { numbers, places }
    }

    /// Sorts them, without those that surely share their upper bits, all but `low`, with nobody:
    /// most keys are one row's alone, and finding that out is faster than sorting them.
    pub(crate) fn sort_shared(&mut self, low: u32) {
        self.each(|numbers| {
            let mut shared = Shared::new(numbers.len());
            numbers.iter().for_each(|number| shared.count(number >> low));
            let kept = retain(numbers, |number| shared.is_shared(number >> low));
            numbers[..kept].sort_unstable();
            kept
        });
    }

    /// Sorts them and leaves one of each.
    pub(crate) fn sort_distinct(&mut self) {
        self.each(|numbers| {
            numbers.sort_unstable();
            let mut last = None;
            retain(numbers, |number| last.replace(number) != Some(number))
        });
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u64]> {
        self.places.iter().map(|&(start, length)| &self.numbers[start..start + length])
    }

    /// Does something to every bucket that leaves so many numbers at its beginning.
    fn each(&mut self, work: impl Fn(&mut [u64]) -> usize + Sync) {
        let mut rest = self.numbers.as_mut_slice();
        let mut buckets = Vec::with_capacity(self.places.len());
        for (_, length) in &mut self.places {
            let (own, others) = rest.split_at_mut(*length);
            buckets.push((own, length));
            rest = others;
        }
        buckets.into_par_iter().for_each(|(own, length)| *length = work(own));
    }
}

/// Moves what is to stay to the beginning, in order, and tells how much that is.
fn retain(numbers: &mut [u64], mut stays: impl FnMut(u64) -> bool) -> usize {
    let mut kept = 0;
    for place in 0..numbers.len() {
        let number = numbers[place];
        numbers[kept] = number;
        kept += usize::from(stays(number));
    }
    kept
}

/// Tells roughly which numbers come more than once: those that do, and few others.
pub(crate) struct Shared {
    counts: Vec<u8>,
    shift: u32,
}

impl Shared {
    /// For so many numbers.
    pub(crate) fn new(numbers: usize) -> Shared {
        let bits = (4 * numbers.max(16)).next_power_of_two().trailing_zeros();
        Shared { counts: vec![0; 1 << bits], shift: 64 - bits }
    }

    fn place(&self, number: u64) -> usize {
        (hash::mix(number) >> self.shift) as usize
    }

    pub(crate) fn count(&mut self, number: u64) {
        let place = self.place(number);
        self.counts[place] = self.counts[place].saturating_add(1);
    }

    pub(crate) fn is_shared(&self, number: u64) -> bool {
        self.counts[self.place(number)] > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorted_pieces_make_a_sorted_whole(numbers in prop::collection::vec(0u64..5_000, 0..400)) {
            let mut spread = Buckets::spread(std::slice::from_ref(&numbers), 13);
            spread.sort_distinct();
            let found: Vec<u64> = spread.iter().flatten().copied().collect();
            let mut expected = numbers;
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn nothing_shared_is_lost(numbers in prop::collection::vec(0u64..2_000, 0..400)) {
            let spaced: Vec<u64> = numbers.iter().map(|number| number << 53).collect();
            let mut spread = Buckets::spread(std::slice::from_ref(&spaced), 64);
            spread.sort_shared(53);
            let found: Vec<u64> = spread.iter().flatten().copied().collect();
            prop_assert!(found.is_sorted());
            for number in &spaced {
                let count = spaced.iter().filter(|other| *other == number).count();
                let kept = found.iter().filter(|other| *other == number).count();
                prop_assert!(kept == count || count == 1 && kept == 0);
            }
        }
    }
}

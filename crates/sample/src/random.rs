//! Reproducible randomness: a counter-based generator, a keyed permutation and skewed choices.
//!
//! Everything here is integer arithmetic, so that the values are the same on every machine.
//! A generator of our own, because each row starts a new one: seeding must cost nothing, and
//! the values may never change under a dependency's update.

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A bijective scrambler of 64 bits (the finaliser of SplitMix64).
#[inline]
pub(crate) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Scrambles a key together with what it is used for, so that streams don't overlap.
#[inline]
pub(crate) fn key(seed: u64, tag: u64, index: u64) -> u64 {
    mix(seed ^ mix(index.wrapping_add(tag.wrapping_mul(GOLDEN))))
}

/// A bijection of the numbers below 2^62: unique inputs give unique, random-looking outputs.
#[inline]
pub(crate) fn mix62(seed: u64, x: u64) -> u64 {
    const MASK: u64 = (1 << 62) - 1;
    let mut x = (x ^ seed) & MASK;
    x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9) & MASK;
    x ^= x >> 31;
    x = x.wrapping_mul(0x94d0_49bb_1331_11eb) & MASK;
    x ^ (x >> 29)
}

/// A stream of random numbers (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Stream(u64);

impl Stream {
    #[inline]
    pub(crate) fn new(key: u64) -> Stream {
        Stream(key)
    }

    #[inline]
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A number below `n`, all alike; 0 where `n` is 0.
    #[inline]
    pub(crate) fn below(&mut self, n: u32) -> u32 {
        (((self.next() >> 32) * u64::from(n)) >> 32) as u32
    }

    /// A number in `low..=high`.
    #[inline]
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// A number below `n`; low ones are much more frequent, like the ranks of names.
    #[inline]
    pub(crate) fn skewed(&mut self, n: u32) -> u32 {
        let r = self.next();
        let product = ((r >> 32) * (r & 0xffff_ffff)) >> 32;
        ((product * u64::from(n)) >> 32) as u32
    }

    /// A number below `n`, all alike, for large `n`.
    #[inline]
    pub(crate) fn wide(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    #[inline]
    pub(crate) fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    #[inline]
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u32) as usize]
    }

    /// One of some constant texts.
    #[inline]
    pub(crate) fn word(&mut self, list: &[&'static str]) -> &'static str {
        list[self.below(list.len() as u32) as usize]
    }

    /// One of the values, in proportion to the weights beside them; the list isn't empty.
    #[inline]
    pub(crate) fn weighted<T: Copy>(&mut self, list: &[(T, u32)]) -> T {
        let mut left = self.below(list.iter().map(|(_, weight)| weight).sum());
        for &(value, weight) in list {
            if left < weight {
                return value;
            }
            left -= weight;
        }
        list[0].0
    }
}

/// A keyed permutation of `0..size` that keeps nothing in memory: a small Feistel network
/// over the next power of two, walked until it lands inside.
#[derive(Clone, Debug)]
pub(crate) struct Permutation {
    size: u64,
    key: u64,
    right_bits: u32,
    right_mask: u64,
    left_mask: u64,
}

impl Permutation {
    pub(crate) fn new(size: u64, key: u64) -> Permutation {
        let bits = u64::BITS - size.saturating_sub(1).leading_zeros();
        let right_bits = bits.div_ceil(2);
        Permutation {
            size,
            key,
            right_bits,
            right_mask: (1 << right_bits) - 1,
            left_mask: (1 << (bits - right_bits)) - 1,
        }
    }

    /// Where `index` goes; an index outside of the range stays where it is.
    #[inline]
    pub(crate) fn at(&self, index: u64) -> u64 {
        if index >= self.size {
            return index;
        }
        let mut value = index;
        loop {
            value = self.step(value);
            if value < self.size {
                return value;
            }
        }
    }

    #[inline]
    fn step(&self, value: u64) -> u64 {
        let mut right = value & self.right_mask;
        let mut left = value >> self.right_bits;
        for round in 0..3 {
            left ^= mix(self.key ^ right ^ (round << 56)) & self.left_mask;
            right ^= mix(self.key ^ left ^ (round << 56) ^ GOLDEN) & self.right_mask;
        }
        left << self.right_bits | right
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn permutations_hit_every_number_once() {
        for size in [1, 2, 3, 5, 64, 100, 1000, 4097] {
            let permutation = Permutation::new(size, 7);
            let seen: HashSet<u64> = (0..size).map(|index| permutation.at(index)).collect();
            assert_eq!(seen.len() as u64, size);
            assert!(seen.iter().all(|&value| value < size));
        }
        assert_eq!(Permutation::new(0, 7).at(3), 3);
        Permutation::new(u64::MAX, 7).at(5);
    }

    #[test]
    fn streams_never_change() {
        let mut stream = Stream::new(1);
        assert_eq!(stream.next(), 0x910a_2dec_8902_5cc1);
        assert_eq!(mix62(1, 2), mix62(1, 2));
        assert_ne!(mix62(1, 2), mix62(1, 3));
    }
}

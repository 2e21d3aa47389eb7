//! One 64-bit hash for everything here, the same on every machine, and maps that use it as it is.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// Scrambles a number (the finaliser of SplitMix64, Steele et al. 2014).
pub(crate) fn mix(number: u64) -> u64 {
    let mut x = number.wrapping_add(SEED);
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

/// A hash of two numbers in their order.
pub(crate) fn pair(left: u64, right: u64) -> u64 {
    mix(left.rotate_left(23) ^ right.wrapping_mul(SEED))
}

/// A hash of some bytes.
pub(crate) fn bytes(text: &[u8]) -> u64 {
    let mut hash = SEED ^ text.len() as u64;
    let mut chunks = text.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 32;
    }
    let mut word = [0; 8];
    let rest = chunks.remainder();
    word[..rest.len()].copy_from_slice(rest);
    mix(hash ^ u64::from_le_bytes(word))
}

/// Takes a key that is a hash already.
#[derive(Clone, Copy, Default)]
pub(crate) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, text: &[u8]) {
        self.0 = bytes(text);
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
    fn write_u32(&mut self, number: u32) {
        self.0 = mix(u64::from(number));
    }
}

/// A map whose keys are hashes.
pub(crate) type HashedMap<V> = HashMap<u64, V, BuildHasherDefault<Hashed>>;

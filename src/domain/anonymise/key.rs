//! The secret that all replacements follow from, and what is drawn by it.

use sha2::{Digest, Sha256};

/// Keeps draws for one purpose apart from those for another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Use {
    Word = 1,
    Digits,
    Country,
    Domain,
    Address,
    Run,
    Text,
    Day,
    Sample,
    Letter,
}

/// Its state is SHA-256 after one block of the secret's own digest: a draw costs one block more.
#[derive(Clone)]
pub struct Key(Sha256);

impl Key {
    pub fn new(secret: [u8; 32]) -> Key {
        Key(Sha256::new().chain_update(secret).chain_update([0; 32]))
    }

    /// Of a secret of any length.
    pub fn of(secret: &[u8]) -> Key {
        Key::new(Sha256::digest(secret).into())
    }

    /// Nobody tells it from a random number who has no key.
    pub(super) fn number(&self, purpose: Use, text: &str, round: u64) -> u64 {
        let digest = self
            .0
            .clone()
            .chain_update([purpose as u8])
            .chain_update(round.to_le_bytes())
            .chain_update(text.as_bytes())
            .finalize();
        u64::from_le_bytes(digest.first_chunk().copied().unwrap_or_default())
    }

    pub(super) fn draws(&self, purpose: Use, text: &str, round: u64) -> Draws {
        Draws(self.number(purpose, text, round))
    }
}

/// Of two secrets nobody should see which it is.
impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

/// Numbers that follow from one. SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom
/// number generators" (2014).
pub(super) struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// Below `end`, which is small.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub(super) fn of<T: Copy>(&mut self, some: &[T]) -> Option<T> {
        let at = self.below(some.len());
        some.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_follows_from_the_key_and_the_purpose_alone() {
        let key = Key::of(b"one");
        let drawn = key.number(Use::Word, "a", 0);
        assert_eq!(drawn, Key::of(b"one").number(Use::Word, "a", 0));
        for other in [
            Key::of(b"two").number(Use::Word, "a", 0),
            key.number(Use::Digits, "a", 0),
            key.number(Use::Word, "b", 0),
            key.number(Use::Word, "a", 1),
        ] {
            assert_ne!(drawn, other);
        }
    }
}

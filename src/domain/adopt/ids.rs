//! The id of a row that was adopted: a pure function of the id that it had.
//!
//! The function `adopted_id` of the schema does the same.

use sha2::{Digest, Sha256};
use uuid::{Uuid, Variant};

/// A uuid is itself, whatever its version. What a cuid becomes keeps its moment (version 7); every
/// other text is hashed (version 8).
pub fn adopted(old: &str) -> Uuid {
    if let Some(id) = uuid(old) {
        return id;
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(old.as_bytes())[..16]);
    let version = match milliseconds(old) {
        Some(milliseconds) => {
            bytes[..6].copy_from_slice(&milliseconds.to_be_bytes()[2..]);
            7
        }
        None => 8,
    };
    bytes[6] = bytes[6] & 0x0f | version << 4;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    debug_assert_eq!(Uuid::from_bytes(bytes).get_variant(), Variant::RFC4122);
    Uuid::from_bytes(bytes)
}

/// As applications write it: with hyphens, in either case.
fn uuid(old: &str) -> Option<Uuid> {
    (old.len() == 36).then(|| Uuid::try_parse(old).ok()).flatten()
}

/// Of a cuid: `c`, then the milliseconds in eight digits of base 36, then sixteen more.
fn milliseconds(old: &str) -> Option<u64> {
    let is_digit = |c: char| c.is_ascii_digit() || c.is_ascii_lowercase();
    let digits = old.strip_prefix('c').filter(|rest| rest.len() == 24)?;
    digits.chars().all(is_digit).then(|| u64::from_str_radix(&digits[..8], 36).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_uuid_is_itself_and_a_cuid_keeps_its_moment() {
        let nil = "00000000-0000-0000-0000-000000000000";
        assert_eq!(adopted(nil).to_string(), nil);
        let upper = "018F2E00-0000-4000-8000-00000000ABCD";
        assert_eq!(adopted(upper).to_string(), upper.to_lowercase());
        let id = adopted("cjld2cjxh0000qzrmn831i7rn");
        assert_eq!(id.get_version_num(), 7);
        let (seconds, nanos) = id.get_timestamp().unwrap().to_unix();
        assert_eq!((seconds, nanos), (1_535_421_552, 101_000_000));
        for other in
            ["", "1", "tz4a98xxat96iws9zmbrgj3a", "clh3am", "018f2e000000400080000000000abcd0"]
        {
            assert_eq!(adopted(other).get_version_num(), 8, "{other}");
        }
        assert_ne!(adopted("1"), adopted("2"));
    }

    proptest! {
        #[test]
        fn any_text_has_one_id(text in "\\PC*") {
            prop_assert_eq!(adopted(&text), adopted(&text));
        }
    }
}

//! Ids as people type them: whole, or from their beginning on.

use uuid::Uuid;

/// All ids that begin so, as the index has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdRange {
    pub low: Uuid,
    pub high: Uuid,
}

/// Fewer digits would name nearly everything.
const DIGITS: usize = 4;

impl IdRange {
    /// In small letters or capitals, with the dashes of an id or without any.
    pub fn parse(text: &str) -> Option<IdRange> {
        let text = text.trim().to_ascii_lowercase();
        let digits: String = text.chars().filter(|letter| *letter != '-').collect();
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hex || !(DIGITS..=32).contains(&digits.len()) {
            return None;
        }
        let filled = |with: &str| {
            let digits = digits.clone() + &with.repeat(32 - digits.len());
            u128::from_str_radix(&digits, 16).ok().map(Uuid::from_u128)
        };
        let (low, high) = (filled("0")?, filled("f")?);
        let is_written_so = low.to_string().starts_with(&text) || text == digits;
        is_written_so.then_some(IdRange { low, high })
    }

    pub fn whole(self) -> Option<Uuid> {
        (self.low == self.high).then_some(self.low)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_beginning_holds_the_id(number: u128, length in 5usize..36, capitals: bool) {
            let id = Uuid::from_u128(number);
            let text = &id.to_string()[..length];
            let text = if capitals { text.to_uppercase() } else { text.to_owned() };
            let range = IdRange::parse(&text).unwrap();
            prop_assert!(range.low <= id && id <= range.high);
            prop_assert!(range.whole().is_none());
            let simple = &id.simple().to_string()[..length.min(31)];
            prop_assert_eq!(IdRange::parse(simple).unwrap().whole(), None);
        }

        #[test]
        fn no_text_breaks_it(text in ".*") {
            IdRange::parse(&text);
        }
    }

    #[test]
    fn what_is_no_id_is_none() {
        for text in ["", "019", "-019", "019a-2", "+34600123456", "anna", "0190zz", "é190"] {
            assert_eq!(IdRange::parse(text), None, "{text}");
        }
        let id = "01900000-0000-7000-8000-000000000702";
        assert_eq!(IdRange::parse(id).unwrap().whole(), id.parse().ok());
    }
}

//! Whether a number that somebody typed is one that is stored.

use super::matching::{Phone, Region};

/// A shorter end of a number is anybody's.
const DIGITS: usize = 7;
/// Of the longest country code.
const CODE: usize = 3;

/// What was typed with its country is that number alone; a stored number without one is taken to
/// be from `region`. What was typed without a country is whatever number ends so.
pub fn is_meant(typed: &str, stored: &str, region: Option<&Region>) -> bool {
    let read = |text: &str, region| Phone::parse(text, region);
    let (Some(left), Some(right)) = (read(typed, region), read(stored, region)) else {
        let (typed, stored) = (digits(typed), digits(stored));
        return typed.len() >= DIGITS && typed == stored;
    };
    let is_with_its_country = |text: &str| read(text, None).is_some_and(Phone::is_international);
    if is_with_its_country(typed) || left.is_international() && right.is_international() {
        return left.is_international() == right.is_international()
            && left.digits() == right.digits();
    }
    let (left, right) = (left.digits().to_string(), right.digits().to_string());
    let is_code = |whole: &str, end: &str| whole.len() - end.len() <= CODE;
    left.len().min(right.len()) >= DIGITS
        && (right.ends_with(&left)
            // The country without its plus.
            || left.ends_with(&right) && is_code(&left, &right))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_text_breaks_it(typed in ".*", stored in ".*") {
            is_meant(&typed, &stored, None);
            is_meant(&typed, &stored, Region::find("DE").as_ref());
        }

        #[test]
        fn with_its_country_it_is_one_number_alone(
            typed in "[+][1-9][0-9]{7,13}", stored in "[+]?[0-9]{7,14}",
        ) {
            let same = typed.as_str() == stored;
            prop_assert!(same || !is_meant(&typed, &stored, None));
        }
    }

    #[test]
    fn a_number_is_meant_with_its_country_or_by_its_end() {
        let spain = Region::find("ES");
        for (typed, stored, in_spain, anywhere) in [
            ("+34 641 59 58 54", "641595854", true, false),
            ("+49641595854", "641595854", false, false),
            ("0034641595854", "+34641595854", true, true),
            ("+346001234567", "01234567", false, false),
            ("346001234567", "01234567", false, false),
            ("+34641595854", "+49641595854", false, false),
            ("641595854", "+34 641 595 854", true, true),
            ("0641595854", "+49 641 595 854", true, true),
            ("34641595854", "641595854", true, true),
            ("854", "854", false, false),
            ("1234567", "1234567", true, true),
        ] {
            assert_eq!(is_meant(typed, stored, spain.as_ref()), in_spain, "{typed} {stored} in ES");
            assert_eq!(is_meant(typed, stored, None), anywhere, "{typed} {stored}");
        }
    }
}

//! Numbers that ring nowhere, and digits of other numbers.

use super::key::{Key, Use};
use super::known::Known;

/// Digits that a number has after its country, longer than any country's are but for a few.
const NATIONAL: usize = 12;
/// Beginnings of country codes that the ITU keeps spare, all ten codes of each: E.164, "List of
/// assigned country codes".
const SPARE: [&str; 3] = ["28", "83", "89"];
const ONE_DIGIT: [&str; 2] = ["1", "7"];
const TWO_DIGITS: [&str; 43] = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47",
    "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65",
    "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95",
];

/// What is at most so long is a count, a year or a house.
const SHORT: usize = 4;
const PHONE: std::ops::RangeInclusive<usize> = 7..=15;

/// Another number in the same notation. Numbers that end alike end alike again, so that one with and
/// one without its country stay one.
pub(super) fn phone(key: &Key, known: &Known, text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let significant = digits.trim_start_matches('0');
    if !PHONE.contains(&significant.len()) {
        return None;
    }
    let zeros = digits.len() - significant.len();
    let has_country =
        text.contains('+') || zeros >= 2 || zeros == 0 && known.is_with_country(significant);
    // The zero that nobody dials from abroad.
    let text = if has_country { text.replacen("(0)", "", 1) } else { text.to_owned() };
    let dialled: String = text.chars().filter(char::is_ascii_digit).collect();
    let significant = dialled.trim_start_matches('0');
    let drawn = (0..8)
        .map(|round| match has_country {
            true => {
                let (country, rest) = significant.split_at(country_length(significant));
                format!("{}{}", spare_country(key, country), national(key, rest, round))
            }
            false => national(key, significant, round),
        })
        .find(|drawn| !known.is_number(drawn))?;
    Some(refill(&text, &format!("{}{drawn}", &dialled[..dialled.len() - significant.len()])))
}

/// The digits behind the country of a number that says which.
pub(super) fn behind_country(text: &str, significant: &str) -> Option<String> {
    let is_said = text.contains('+') || text.trim_start().starts_with("00");
    (is_said && PHONE.contains(&significant.len()))
        .then(|| significant[country_length(significant)..].to_owned())
}

fn country_length(digits: &str) -> usize {
    match digits {
        _ if ONE_DIGIT.iter().any(|code| digits.starts_with(code)) => 1,
        _ if TWO_DIGITS.iter().any(|code| digits.starts_with(code)) => 2,
        _ if digits.starts_with("98") => 2,
        _ => 3,
    }
}

fn spare_country(key: &Key, country: &str) -> String {
    let mut draws = key.draws(Use::Country, country, 0);
    format!("{}{}", draws.of(&SPARE).unwrap_or("89"), draws.below(10))
}

fn national(key: &Key, digits: &str, round: u64) -> String {
    // 89 begins no area of the North American plan either.
    let longer = match (NATIONAL.saturating_sub(digits.len()), digits.len()) {
        (0, _) => String::new(),
        (1, _) => String::from("9"),
        (room, _) => format!("89{}", "0".repeat(room - 2)),
    };
    format!("{longer}{}", chained(key, digits, round))
}

/// Digit by digit from the end, each by those behind it.
fn chained(key: &Key, digits: &str, round: u64) -> String {
    let mut made: Vec<char> = (0..digits.len())
        .rev()
        .map(|at| {
            let digit = u64::from(digits.as_bytes()[at].saturating_sub(b'0'));
            let shift = key.number(Use::Digits, &digits[at + 1..], round);
            char::from(b'0' + ((digit + shift % 10) % 10) as u8)
        })
        .collect();
    made.reverse();
    made.into_iter().collect()
}

/// Puts digits where digits were, from the end; more than there were stand at the first one's place.
fn refill(text: &str, digits: &str) -> String {
    let places = text.chars().filter(char::is_ascii_digit).count();
    let more = digits.len().saturating_sub(places);
    let mut rest = digits[more..].chars();
    let mut made = String::with_capacity(text.len() + more);
    let mut is_first = true;
    for letter in text.chars() {
        match letter.is_ascii_digit() {
            true => {
                if std::mem::take(&mut is_first) {
                    made.push_str(&digits[..more]);
                }
                made.extend(rest.next());
            }
            false => made.push(letter),
        }
    }
    made
}

/// Digits that are no phone: as many others, but for short ones.
pub(super) fn plain(key: &Key, digits: &str) -> String {
    if digits.len() <= SHORT {
        return digits.to_owned();
    }
    let mut draws = key.draws(Use::Digits, digits, u64::MAX);
    (0..digits.len())
        .map(|at| {
            let lowest = usize::from(at == 0);
            char::from(b'0' + (lowest + draws.below(10 - lowest)) as u8)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::matching::{Likeness, Phone};

    fn made(text: &str) -> String {
        phone(&Key::of(b"secret"), &Known::default(), text).expect("a number")
    }

    #[test]
    fn one_number_in_several_notations_stays_one() {
        let read = |text: &str| Phone::parse(&made(text), None).expect("a number");
        let whole = read("+34 600 111 222");
        for same in ["0034 600-111-222", "600 111 222", "+34600111222", "(600) 111222"] {
            assert_eq!(read(same).like(whole), Likeness::Same, "{same}: {}", made(same));
        }
        assert_eq!(read("+44 (0)20 7946 0001"), read("+442079460001"));
        assert_ne!(read("+34 600 111 223").like(whole), Likeness::Same);
    }

    proptest! {
        #[test]
        fn with_a_country_it_rings_nowhere(digits in "[1-9][0-9]{8,11}") {
            let made = made(&format!("+{digits}"));
            prop_assert!(SPARE.iter().any(|code| made[1..].starts_with(code)), "{}", made);
            prop_assert!(Phone::parse(&made, None).is_some(), "{}", made);
        }

        #[test]
        fn without_one_it_is_longer_than_that_of_any_country(digits in "[1-9][0-9]{6,9}") {
            prop_assert!(made(&digits).len() == NATIONAL);
        }
    }
}

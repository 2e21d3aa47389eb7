//! How long releases of PostgreSQL are cared for.

use jiff::civil::{Date, date};

/// Major versions and the day of their last minor release, as the project
/// announces it: five years after the first.
const LAST_DAYS: [(i32, Date); 7] = [
    (12, date(2024, 11, 21)),
    (13, date(2025, 11, 13)),
    (14, date(2026, 11, 12)),
    (15, date(2027, 11, 11)),
    (16, date(2028, 11, 9)),
    (17, date(2029, 11, 8)),
    (18, date(2030, 11, 14)),
];

/// The day after which a major version gets no fixes any more; `None` for one
/// that is newer than this list.
pub fn last_day(major: i32) -> Option<Date> {
    match LAST_DAYS.iter().find(|(known, _)| *known == major) {
        Some((_, day)) => Some(*day),
        None if major < LAST_DAYS[0].0 => Some(LAST_DAYS[0].1),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_up_to_the_newest_known_has_a_last_day() {
        assert_eq!(last_day(9), last_day(12));
        assert_eq!(last_day(15), Some(date(2027, 11, 11)));
        assert_eq!(last_day(99), None);
        assert!(LAST_DAYS.is_sorted());
    }
}

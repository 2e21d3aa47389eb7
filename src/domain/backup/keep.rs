//! Which backups a retention rule keeps.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A backup is kept if any of the rules keeps it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rules {
    /// The newest so many.
    pub newest: usize,
    /// The newest of each of the last so many days (in UTC) that have one.
    pub daily: usize,
    pub weekly: usize,
    pub monthly: usize,
}

impl Rules {
    /// Nothing was asked for: nothing is deleted.
    pub fn is_empty(&self) -> bool {
        *self == Rules::default()
    }
}

/// A backup as the rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    pub taken_at: Timestamp,
    pub is_verified: bool,
}

/// The indexes of those that no rule keeps, oldest first. The newest verified
/// one is always kept.
pub fn surplus(backups: &[Candidate], rules: &Rules) -> Vec<usize> {
    if rules.is_empty() {
        return Vec::new();
    }
    let mut newest_first: Vec<usize> = (0..backups.len()).collect();
    newest_first.sort_by_key(|&index| std::cmp::Reverse(backups[index].taken_at));
    let mut kept: BTreeSet<usize> = newest_first.iter().copied().take(rules.newest).collect();
    kept.extend(newest_first.iter().copied().find(|&index| backups[index].is_verified));
    let periods: [(usize, BeginOf); 3] =
        [(rules.daily, |day| day), (rules.weekly, monday), (rules.monthly, Date::first_of_month)];
    for (number, begin) in periods {
        let mut seen = BTreeSet::new();
        for &index in &newest_first {
            let day = backups[index].taken_at.to_zoned(TimeZone::UTC).date();
            if seen.len() < number && seen.insert(begin(day)) {
                kept.insert(index);
            }
        }
    }
    newest_first.into_iter().rev().filter(|index| !kept.contains(index)).collect()
}

/// The first day of the period that a day is in.
type BeginOf = fn(Date) -> Date;

/// The Monday of its week.
fn monday(day: Date) -> Date {
    let week = day.iso_week_date();
    week.first_of_week().map_or(day, Date::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backups(times: &[(&str, bool)]) -> Vec<Candidate> {
        times
            .iter()
            .map(|(time, is_verified)| Candidate {
                taken_at: time.parse().expect("a time"),
                is_verified: *is_verified,
            })
            .collect()
    }

    #[test]
    fn without_a_rule_nothing_goes() {
        let backups = backups(&[("2026-04-01T03:00:00Z", false), ("2026-04-02T03:00:00Z", false)]);
        assert!(surplus(&backups, &Rules::default()).is_empty());
    }

    #[test]
    fn the_newest_verified_one_stays_whatever_the_rules_say() {
        let backups = backups(&[
            ("2026-04-01T03:00:00Z", true),
            ("2026-04-02T03:00:00Z", true),
            ("2026-04-03T03:00:00Z", false),
            ("2026-04-04T03:00:00Z", false),
        ]);
        assert_eq!(surplus(&backups, &Rules { newest: 1, ..Rules::default() }), [0, 2]);
    }

    #[test]
    fn days_weeks_and_months_keep_the_newest_of_each() {
        let backups = backups(&[
            ("2026-02-28T03:00:00Z", false), // 0: of February
            ("2026-03-30T03:00:00Z", false), // 1: Monday
            ("2026-03-31T03:00:00Z", false), // 2: of March
            ("2026-04-05T03:00:00Z", false), // 3: Sunday of that week
            ("2026-04-06T03:00:00Z", false), // 4: Monday
            ("2026-04-06T15:00:00Z", false), // 5
        ]);
        let rules = |daily, weekly, monthly| Rules { newest: 0, daily, weekly, monthly };
        assert_eq!(surplus(&backups, &rules(2, 0, 0)), [0, 1, 2, 4]);
        assert_eq!(surplus(&backups, &rules(0, 2, 0)), [0, 1, 2, 4]);
        assert_eq!(surplus(&backups, &rules(0, 0, 3)), [1, 3, 4]);
        assert_eq!(surplus(&backups, &rules(2, 2, 3)), [1, 4]);
    }
}

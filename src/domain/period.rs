//! Days, weeks and months that follow one another.

use jiff::ToSpan;
use jiff::civil::Date;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Day,
    /// From Monday on.
    Week,
    Month,
}

impl Period {
    pub fn as_str(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
        }
    }

    /// The first day of each period from the one that begins on `first` to the
    /// one that `last` belongs to.
    pub fn starts(self, first: Date, last: Date) -> Vec<Date> {
        let step = match self {
            Period::Day => 1.day(),
            Period::Week => 1.week(),
            Period::Month => 1.month(),
        };
        std::iter::successors(Some(first), |day| day.checked_add(step).ok())
            .take_while(|day| *day <= last)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn periods_follow_without_a_gap() {
        let days = Period::Day.starts(date(2026, 2, 27), date(2026, 3, 1));
        assert_eq!(days, [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]);
        let weeks = Period::Week.starts(date(2026, 3, 2), date(2026, 3, 15));
        assert_eq!(weeks, [date(2026, 3, 2), date(2026, 3, 9)]);
        let months = Period::Month.starts(date(2025, 12, 1), date(2026, 2, 28));
        assert_eq!(months, [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]);
        assert_eq!(Period::Day.starts(date(2026, 1, 2), date(2026, 1, 1)), []);
    }
}

//! Times as PostgreSQL keeps them: in microseconds, from 4713 BC to the year 294276, and the two
//! infinities. What goes beyond the year 9999 is shown and compared, not reckoned with.

use std::fmt;

use jiff::{Timestamp, tz::TimeZone};
use serde::{Serialize, Serializer};

/// A time of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PgTime(i64);

/// From 1970 to 2000, where PostgreSQL begins to count.
const EPOCH_US: i64 = 946_684_800_000_000;
/// The calendar repeats after 400 years.
const CYCLE_YEARS: i64 = 400;
const CYCLE_US: i64 = 146_097 * 86_400 * 1_000_000;

impl PgTime {
    pub const INFINITY: PgTime = PgTime(i64::MAX);
    pub const NEGATIVE_INFINITY: PgTime = PgTime(i64::MIN);

    /// From microseconds since 2000, as the server sends them.
    pub fn from_microseconds(microseconds: i64) -> PgTime {
        PgTime(microseconds)
    }

    /// From microseconds since 1970, of which the last ones are infinity.
    pub fn from_1970_us(microseconds: i64) -> PgTime {
        match microseconds {
            i64::MIN | i64::MAX => PgTime(microseconds),
            known => PgTime(known.saturating_sub(EPOCH_US)),
        }
    }

    /// Microseconds since 2000.
    pub fn microseconds(self) -> i64 {
        self.0
    }

    /// To reckon with; none for infinity and for what comes after the year 9999.
    pub fn known(self) -> Option<Timestamp> {
        Timestamp::from_microsecond(self.0.checked_add(EPOCH_US)?).ok()
    }
}

impl From<Timestamp> for PgTime {
    fn from(at: Timestamp) -> PgTime {
        PgTime(at.as_microsecond() - EPOCH_US)
    }
}

impl fmt::Display for PgTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(at) = self.known() {
            return at.fmt(f);
        }
        match *self {
            PgTime::INFINITY => f.write_str("infinity"),
            PgTime::NEGATIVE_INFINITY => f.write_str("-infinity"),
            PgTime(microseconds) => {
                let Some(same_day) = PgTime(microseconds.rem_euclid(CYCLE_US)).known() else {
                    return write!(f, "{microseconds}");
                };
                let time = TimeZone::UTC.to_datetime(same_day);
                let year = i64::from(time.year()) + CYCLE_YEARS * microseconds.div_euclid(CYCLE_US);
                write!(f, "{year}-{}Z", time.strftime("%m-%dT%H:%M:%S%.f"))
            }
        }
    }
}

impl Serialize for PgTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_that_postgresql_has_is_shown() {
        let cases = [
            (0, "2000-01-01T00:00:00Z"),
            (i64::MAX, "infinity"),
            (i64::MIN, "-infinity"),
            // SELECT extract(epoch FROM '...'::timestamptz) * 1000000 - 946684800000000.
            (568_025_136_000_000_000, "20000-01-01T00:00:00Z"),
            (9_223_371_331_199_999_999, "294276-12-31T23:59:59.999999Z"),
        ];
        for (microseconds, text) in cases {
            assert_eq!(PgTime::from_microseconds(microseconds).to_string(), text);
        }
        let before_christ: Timestamp = "-000043-03-15T00:00:00Z".parse().unwrap();
        assert_eq!(PgTime::from(before_christ).to_string(), before_christ.to_string());
    }

    #[test]
    fn times_are_in_order_and_only_known_ones_are_reckoned_with() {
        let now: Timestamp = "2026-03-10T12:00:00.123456Z".parse().unwrap();
        assert_eq!(PgTime::from(now).known(), Some(now));
        assert!(PgTime::NEGATIVE_INFINITY < PgTime::from(now));
        assert!(PgTime::from(now) < PgTime::INFINITY);
        assert_eq!(PgTime::INFINITY.known(), None);
        assert_eq!(PgTime::NEGATIVE_INFINITY.known(), None);
    }
}

//! Points in time on the command line: `30d` (ago), `2026-03-01`, RFC 3339.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::duration_arg;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    At(Timestamp),
    Ago(Duration),
}

impl Moment {
    /// The time itself, told by the clock that the rows were written by.
    pub fn resolve(self, now: Timestamp) -> Timestamp {
        match self {
            Moment::At(at) => at,
            Moment::Ago(ago) => now.checked_sub(ago).unwrap_or(Timestamp::MIN),
        }
    }
}

/// # Errors
/// Neither a time nor a duration.
pub fn parse(text: &str) -> Result<Moment, String> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(Moment::At(at));
    }
    // A day begins in UTC, as the times in the database are told.
    if let Ok(date) = text.parse::<Date>()
        && let Ok(start) = date.to_zoned(TimeZone::UTC)
    {
        return Ok(Moment::At(start.timestamp()));
    }
    match duration_arg::parse(text) {
        Ok(ago) => Ok(Moment::Ago(ago)),
        Err(_) => Err(String::from(
            "expected how long ago (90m, 30d), a day (2026-03-01) or a time (2026-03-01T12:00:00Z)",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_times_days_and_ages() {
        let now: Timestamp = "2026-03-10T12:00:00Z".parse().unwrap();
        let resolved = |text: &str| parse(text).map(|moment| moment.resolve(now).to_string());
        assert_eq!(resolved("2d").as_deref(), Ok("2026-03-08T12:00:00Z"));
        assert_eq!(resolved("2026-03-01").as_deref(), Ok("2026-03-01T00:00:00Z"));
        assert_eq!(resolved("2026-03-01T10:00:00+02:00").as_deref(), Ok("2026-03-01T08:00:00Z"));
        for wrong in ["", "yesterday", "30", "2026-13-01", "-3d"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}

//! Times and durations as people write them: `90d`, `2026-03-01`, RFC 3339.

use std::time::Duration;

use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, SpanRelativeTo, Timestamp};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    At(Timestamp),
    Ago(Duration),
}

/// From one time on, before another one; whatever isn't said is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
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

/// Reads how long ago something was, or when.
///
/// # Errors
/// Neither a duration, a day nor a time.
pub fn parse(text: &str) -> Result<Moment, String> {
    if let Some(at) = instant(text) {
        return Ok(Moment::At(at));
    }
    duration(text).map(Moment::Ago).map_err(|_| {
        String::from(
            "expected how long ago (90m, 30d), a day (2026-03-01) or a time (2026-03-01T12:00:00Z)",
        )
    })
}

/// Reads a time: RFC 3339 with its zone, or a day, which begins at midnight UTC, as the times in
/// the database are told.
///
/// # Errors
/// Neither of them.
pub fn time(text: &str) -> Result<Timestamp, String> {
    instant(text).ok_or_else(|| {
        String::from("expected a day (2026-03-01, midnight UTC) or a time with its zone (2026-03-01T12:00:00Z)")
    })
}

fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse() {
        return has_a_zones_offset(text).then_some(at);
    }
    let day: Date = text.parse().ok().filter(|_| text.len() == "2026-03-01".len())?;
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// The server's own bound: nowhere is it later or earlier by 16 hours.
fn has_a_zones_offset(text: &str) -> bool {
    let offset = Pieces::parse(text).ok().and_then(|pieces| pieces.to_numeric_offset());
    offset.is_none_or(|offset| offset.seconds().abs() < 16 * 60 * 60)
}

/// Reads a duration; a bare number would leave open what it counts.
///
/// # Errors
/// Not a duration, or a negative one.
pub fn duration(text: &str) -> Result<Duration, String> {
    const EXPECTED: &str = "expected a number with a unit, such as 30s, 5m, 1h30m or 90d";
    let span: jiff::Span = text.parse().map_err(|_| String::from(EXPECTED))?;
    if !text.ends_with(|letter: char| letter.is_ascii_alphabetic()) {
        return Err(String::from(EXPECTED));
    }
    let duration: SignedDuration = span
        .to_duration(SpanRelativeTo::days_are_24_hours())
        .map_err(|_| String::from("months and years differ in length: say it in days"))?;
    Duration::try_from(duration).map_err(|_| String::from("it can't be negative"))
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

    #[test]
    fn reads_times_and_days_alone() {
        assert_eq!(time("2026-01-31"), Ok("2026-01-31T00:00:00Z".parse().unwrap()));
        assert_eq!(time("2026-01-31T01:00:00+01:00"), time("2026-01-31"));
        assert!(time("2026-01-31T00:00:00-15:59").is_ok());
        let offsets = ["2026-01-31T00:00:00+25:00", "2026-01-31T00:00:00-16:00"];
        let others = ["", "yesterday", "2026-01-31T00:00:00", "2026-02-30", "2026", "90d"];
        for wrong in offsets.into_iter().chain(others) {
            assert!(time(wrong).is_err(), "{wrong} was read");
        }
    }

    #[test]
    fn reads_durations() {
        let seconds = |text: &str| duration(text).map(|duration| duration.as_secs());
        assert_eq!(seconds("30s"), Ok(30));
        assert_eq!(seconds("5m"), Ok(300));
        assert_eq!(seconds("1h30m"), Ok(5400));
        assert_eq!(seconds("90d"), Ok(90 * 86_400));
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        assert!(seconds("0s").is_ok());
        for wrong in ["", "30", "-5m", "soon", "1y", "9999999999999999999d", "5 ago"] {
            assert!(seconds(wrong).is_err(), "{wrong} was read");
        }
    }
}

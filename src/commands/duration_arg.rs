//! Durations on the command line: `30s`, `5m`, `1h30m`, `90d`.

use std::time::Duration;

use jiff::{SignedDuration, Span, SpanRelativeTo};

/// Reads a duration; a bare number would leave open what it counts.
///
/// # Errors
/// Not a duration, or a negative one.
pub fn parse(text: &str) -> Result<Duration, String> {
    const EXPECTED: &str = "expected a number with a unit, such as 30s, 5m, 1h30m or 90d";
    let span: Span = text.parse().map_err(|_| String::from(EXPECTED))?;
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
    fn reads_what_people_write() {
        let seconds = |text: &str| parse(text).map(|duration| duration.as_secs());
        assert_eq!(seconds("30s"), Ok(30));
        assert_eq!(seconds("5m"), Ok(300));
        assert_eq!(seconds("1h30m"), Ok(5400));
        assert_eq!(seconds("90d"), Ok(90 * 86_400));
        assert_eq!(parse("250ms"), Ok(Duration::from_millis(250)));
        assert!(seconds("0s").is_ok());
        for wrong in ["", "30", "-5m", "soon", "1y", "9999999999999999999d", "5 ago"] {
            assert!(seconds(wrong).is_err(), "{wrong} was read");
        }
    }
}

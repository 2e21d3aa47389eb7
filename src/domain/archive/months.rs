//! Which monthly partitions archived rows of the audit log belong into.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde::Deserialize;

/// Rows older than this, before the cut-off, get no partition made for them: a
/// wrong clock must not litter the schema. The DEFAULT partition takes them.
const YEARS: i64 = 10;

/// The first day of the month of a row, if it is one to make a partition for.
pub fn month_of(line: &str, cutoff: Timestamp) -> Option<Date> {
    #[derive(Deserialize)]
    struct Row<'a> {
        #[serde(borrow)]
        created_at: Cow<'a, str>,
    }
    let row: Row<'_> = serde_json::from_str(line).ok()?;
    let time: Timestamp = row.created_at.parse().ok()?;
    let date = |time: Timestamp| time.to_zoned(TimeZone::UTC).date();
    let oldest = date(cutoff).saturating_sub(YEARS.years());
    (time <= cutoff && date(time) >= oldest).then(|| date(time).first_of_month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_utc_months_within_reason() {
        let cutoff = "2026-03-15T12:00:00Z".parse().unwrap();
        let month = |time: &str| {
            month_of(&format!(r#"{{"id":1,"created_at":"{time}","x":{{}}}}"#), cutoff)
                .map(|month| month.to_string())
        };
        assert_eq!(month("2026-02-28T23:59:59.999999+00:00").as_deref(), Some("2026-02-01"));
        assert_eq!(month("2026-03-01T00:30:00+01:00").as_deref(), Some("2026-02-01"));
        assert_eq!(month("2016-03-15T12:00:00+00:00").as_deref(), Some("2016-03-01"));
        for never in
            ["2026-03-15T12:00:01+00:00", "2016-03-14T00:00:00+00:00", "infinity", "-infinity"]
        {
            assert_eq!(month(never), None, "{never}");
        }
        assert_eq!(month_of("{}", cutoff), None);
    }
}

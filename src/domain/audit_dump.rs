//! Links and entries of the audit log, as rows of a dump.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::audit_entry::{COLUMNS, Hashed, of_texts};
use super::audit_trail::Link;
use super::backup::copy_text::Row;

/// A time as the server writes it in UTC, whatever zone the dump was made in. One that isn't
/// understood stays as it is.
fn in_utc(text: String) -> String {
    if text.ends_with("+00") {
        return text;
    }
    match text.replace(' ', "T").parse::<Timestamp>() {
        Ok(at) => TimeZone::UTC.to_datetime(at).strftime("%Y-%m-%d %H:%M:%S%.f+00").to_string(),
        Err(_) => text,
    }
}

/// None of a row of another table.
pub fn link(row: &Row<'_>) -> Option<Link> {
    Some(Link {
        number: row.text("number")?.parse().ok()?,
        day: row.text("day")?,
        link: row.text("link")?.parse().ok()?,
        format: row.text("format")?.parse().ok()?,
        kind: row.text("kind")?,
        entries: row.text("entries")?.parse().ok()?,
        digest: row.text("digest")?,
        changed: row.text("changed")?.parse().ok()?,
        details: row.text("details")?,
        actor: row.text("actor"),
        written_at: in_utc(row.text("written_at")?),
        written_by: row.text("written_by")?,
        written_from: row.text("written_from"),
        snapshot: row.text("snapshot")?,
        hash: row.text("hash")?,
    })
}

/// The day of an entry, and its hash; none of a row of another table.
pub fn entry(row: &Row<'_>) -> Option<(String, Hashed)> {
    if !COLUMNS.iter().all(|column| row.has(column)) {
        return None;
    }
    of_texts(&COLUMNS.map(|column| match column {
        "created_at" | "recorded_at" => row.text(column).map(in_utc),
        _ => row.text(column),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_any_zone_is_the_same() {
        for (text, utc) in [
            ("2026-03-01 00:00:00.5+00", "2026-03-01 00:00:00.5+00"),
            ("2026-03-01 01:30:00.123456+01:30", "2026-03-01 00:00:00.123456+00"),
            ("2026-02-28 19:00:00-05", "2026-03-01 00:00:00+00"),
            ("infinity", "infinity"),
        ] {
            assert_eq!(in_utc(text.to_owned()), utc);
        }
    }
}

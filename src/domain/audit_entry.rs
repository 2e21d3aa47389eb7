//! Entries of the audit log as the days that are closed are made of them. docs/audit.md describes the
//! format.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::archive::hex;
use super::raw_json::RawJson;

/// A column as it is hashed: its name and the length of its text in characters, or nothing of NULL.
pub(super) fn field(into: &mut String, name: &str, value: Option<&str>) {
    into.push_str(name);
    into.push('=');
    if let Some(value) = value {
        into.push_str(&value.chars().count().to_string());
        into.push(':');
        into.push_str(value);
    }
    into.push('\n');
}

/// An entry as its day is made of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hashed {
    pub id: Uuid,
    pub hash: [u8; 32],
    /// As PostgreSQL writes it; kept only where it is asked for.
    pub recorded_at: Option<Timestamp>,
}

/// The columns of an entry, in the order in which they are hashed.
pub const COLUMNS: [&str; 11] = [
    "id",
    "user_id",
    "actor",
    "action",
    "resource",
    "resource_id",
    "details",
    "created_at",
    "recorded_at",
    "recorded_by",
    "recorded_from",
];

/// An entry of these texts, as PostgreSQL writes them, in the order of [`COLUMNS`].
fn hash_entry(values: &[Option<String>; 11]) -> [u8; 32] {
    let mut text = String::new();
    for (name, value) in COLUMNS.iter().zip(values) {
        field(&mut text, name, value.as_deref());
    }
    Sha256::digest(text).into()
}

/// How many, and their digest. They come sorted.
pub fn state(entries: &[Hashed]) -> (i64, String) {
    let mut digest = Sha256::new();
    entries.iter().for_each(|one| digest.update(one.hash));
    (entries.len() as i64, hex(&digest.finalize()))
}

/// A row of an archive: the day that it belongs to, and its hash. JSON writes times otherwise than
/// text does.
pub fn archived(line: &str) -> Option<(String, Hashed)> {
    let mut values: [Option<String>; 11] = Default::default();
    for (name, value) in RawJson::parse(line.to_owned()).ok()?.members() {
        let Some(at) = COLUMNS.iter().position(|column| *column == name) else { continue };
        if value.is_null() {
            continue;
        }
        values[at] = Some(match name.as_str() {
            "details" => value.text().to_owned(),
            "created_at" | "recorded_at" => {
                value.as_string()?.replace('T', " ").replace("+00:00", "+00")
            }
            _ => value.as_string()?,
        });
    }
    of_texts(&values)
}

/// The day of a time in UTC, as PostgreSQL writes both; none of an infinite one.
fn day_of(time: &str) -> Option<String> {
    let (day, rest) = time.split_once(' ')?;
    Some(if rest.ends_with(" BC") { format!("{day} BC") } else { day.to_owned() })
}

/// The day of an entry of these texts, and its hash.
pub fn of_texts(values: &[Option<String>; 11]) -> Option<(String, Hashed)> {
    let day = day_of(values[7].as_deref()?)?;
    let recorded_at = values[8].as_ref().and_then(|at| at.replace(' ', "T").parse().ok());
    let id = values[0].as_deref()?.parse().ok()?;
    Some((day, Hashed { id, hash: hash_entry(values), recorded_at }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_of_the_day_that_postgresql_says() {
        for (time, day) in [
            ("2026-03-01 10:00:00+00", Some("2026-03-01")),
            ("0044-03-15 00:00:00+00 BC", Some("0044-03-15 BC")),
            ("infinity", None),
            ("-infinity", None),
        ] {
            assert_eq!(day_of(time).as_deref(), day);
        }
    }

    #[test]
    fn a_field_has_the_length_of_its_text() {
        let mut text = String::new();
        field(&mut text, "actor", Some("Zoë"));
        field(&mut text, "resource_id", None);
        field(&mut text, "resource_id", Some(""));
        assert_eq!(text, "actor=3:Zoë\nresource_id=\nresource_id=0:\n");
    }
}

//! Names of backups, and of the databases that a restore makes.

use jiff::Timestamp;

use crate::domain::scratch_name::{is_with_ending, with_ending};

/// The ending of what pg_dump writes in its custom format.
pub const DUMP: &str = "dump";
/// What is added to it when it is encrypted.
pub const AGE: &str = "age";
/// What is added to the file's name for its manifest.
pub const MANIFEST: &str = "manifest.json";

/// Who was erased, of all databases whose backups lie beside it.
pub const ERASED: &str = "erased_contacts.json";

/// `inbox-20260402T090000Z.dump.age`: sorted by name is sorted by time. The
/// second one of a second is `inbox-20260402T090000Z-2.dump`.
pub fn file(database: &str, taken_at: Timestamp, number: u32, is_encrypted: bool) -> String {
    let database: String = database
        .chars()
        .map(|letter| match letter.is_ascii_alphanumeric() || letter == '_' {
            true => letter,
            false => '_',
        })
        .collect();
    let time = taken_at.strftime("%Y%m%dT%H%M%SZ");
    let ending = if is_encrypted { format!("{DUMP}.{AGE}") } else { String::from(DUMP) };
    let number = if number > 1 { format!("-{number}") } else { String::new() };
    format!("{database}-{time}{number}.{ending}")
}

/// The name without its endings.
pub fn id(file: &str) -> String {
    let name = file.strip_suffix(".age").unwrap_or(file);
    name.strip_suffix(".dump").unwrap_or(name).to_owned()
}

/// `inbox-1.dump.manifest.json`.
pub fn manifest(file: &str) -> String {
    format!("{file}.{MANIFEST}")
}

/// The backup that a file is the manifest of, by its name.
pub fn of_manifest(file: &str) -> Option<&str> {
    file.strip_suffix(MANIFEST)?.strip_suffix('.')
}

/// `inbox_before_20260402_090000`: the database's name, what it is, when it
/// became that; the name is cut where it would be too long.
pub fn database(name: &str, what: &str, at: Timestamp) -> String {
    let ending = format!("_{what}_{}", at.strftime("%Y%m%d_%H%M%S"));
    with_ending(name, &ending)
}

/// Whether `kept` is what a restore in place put aside of the database `name`, by its name.
pub fn is_kept_of(name: &str, kept: &str) -> bool {
    is_with_ending(name, kept, "_before_20260402_090000".len(), "_before_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_in_a_folder_and_in_the_catalogue() {
        let at = Timestamp::UNIX_EPOCH;
        assert_eq!(file("inbox", at, 1, false), "inbox-19700101T000000Z.dump");
        assert_eq!(file("../in box", at, 2, true), "___in_box-19700101T000000Z-2.dump.age");
        assert_eq!(id("inbox-19700101T000000Z.dump.age"), "inbox-19700101T000000Z");
        assert_eq!(id("before-upgrade.backup"), "before-upgrade.backup");
        assert_eq!(database("inbox", "before", at), "inbox_before_19700101_000000");
        assert!(is_kept_of("inbox", "inbox_before_19700101_000000"));
        assert!(!is_kept_of("inbox", "shop_before_19700101_000000"));
        assert!(!is_kept_of("inbox", "ä"));
        let long = database(&"ä".repeat(40), "before", at);
        assert!(is_kept_of(&"ä".repeat(40), &long));
        assert!(long.len() <= 63 && long.ends_with("_before_19700101_000000"), "{long}");
    }
}

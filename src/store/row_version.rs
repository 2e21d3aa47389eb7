//! A version of a row, which says of a row that was read whether it is still the same.

use std::fmt;

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

/// A version of a row: its key, where it lies, and the transaction that wrote it. An update makes
/// another one, and so does whoever takes the place later; the key tells rows of one transaction
/// apart, whose places VACUUM FULL may exchange, or which lie in partitions of a partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub(super) id: Uuid,
    pub(super) time: Box<str>,
    block: u32,
    item: u16,
    pub(super) xmin: u32,
    /// A hash of what hangs on it and goes along.
    pub(super) proof: Option<Box<str>>,
}

/// What a query selects of a version.
#[derive(Debug, QueryableByName)]
pub struct VersionRow {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub time: String,
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    xmin: String,
    #[diesel(sql_type = Nullable<Text>)]
    proof: Option<String>,
}

impl Version {
    /// Without its place, for a look at whether it is still there.
    pub(super) fn of_key(id: Uuid, time: String, xmin: &str) -> Version {
        let xmin = xmin.parse().unwrap_or_default();
        Version { id, time: time.into_boxed_str(), block: 0, item: 0, xmin, proof: None }
    }

    pub fn parse(row: VersionRow) -> anyhow::Result<Version> {
        let VersionRow { id, time, place, xmin, proof } = row;
        let numbers = || {
            let (block, item) = place.strip_prefix('(')?.strip_suffix(')')?.split_once(',')?;
            Some((block.parse().ok()?, item.parse().ok()?, xmin.parse().ok()?))
        };
        let (block, item, xmin) =
            numbers().ok_or_else(|| anyhow::anyhow!("{place} {xmin} is no place of a row"))?;
        let (time, proof) = (time.into_boxed_str(), proof.map(String::into_boxed_str));
        Ok(Version { id, time, block, item, xmin, proof })
    }
}

/// Its place, as SQL writes it.
impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({},{})", self.block, self.item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_and_written() {
        let version = |place: &str, xmin: &str| {
            Version::parse(VersionRow {
                id: Uuid::nil(),
                time: String::from("infinity"),
                place: place.to_owned(),
                xmin: xmin.to_owned(),
                proof: None,
            })
        };
        let read = version("(4294967295,65535)", "4294967295").expect("a version");
        assert_eq!(read.to_string(), "(4294967295,65535)");
        for (place, xmin) in [("(1,2", "3"), ("(1)", "3"), ("(1,2)", "-3"), ("(1,99999)", "3")] {
            assert!(version(place, xmin).is_err());
        }
    }
}

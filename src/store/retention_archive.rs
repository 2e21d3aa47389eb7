//! Old rows on their way into an archive, and the deletion of exactly those
//! versions of rows that are in one.

use std::fmt;

use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::archive_rows::Layout;
use super::lock::{self, Key as LockKey};
use super::retention::{Key, Slice};
use crate::domain::consent::Consent;

/// A version of a row: where it lies, and the transaction that wrote it. An
/// update makes another one, and so does whoever takes the place later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    block: u32,
    item: u16,
    xmin: u32,
}

impl Version {
    fn parse(place: &str, xmin: &str) -> Option<Version> {
        let (block, item) = place.strip_prefix('(')?.strip_suffix(')')?.split_once(',')?;
        Some(Version {
            block: block.parse().ok()?,
            item: item.parse().ok()?,
            xmin: xmin.parse().ok()?,
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({},{})", self.block, self.item)
    }
}

/// An old row as it goes into the archive.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    line: String,
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    xmin: String,
    #[diesel(sql_type = Text)]
    time: String,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Hands over the old rows after `after` in the order of age: the line, its key,
/// and the version of the row. Returns the key of the last one.
///
/// # Errors
/// The query, or what `each` says.
pub fn each(
    conn: &mut PgConnection,
    slice: &Slice,
    layout: &Layout,
    after: &Key,
    rows: Option<u32>,
    mut each: impl FnMut(&str, &str, Version) -> anyhow::Result<()>,
) -> anyhow::Result<Option<Key>> {
    let (time, relation, is_old, is_held) =
        (slice.time(), slice.relation(), slice.is_old(), slice.is_held());
    let query = slice
        .query(format!(
            "SELECT {}, t.ctid::text AS place, t.xmin::text AS xmin, {time}::text AS time, t.id \
             FROM {relation} t \
             WHERE {is_old} AND ({time}, t.id) > ($5::timestamptz, $6) AND NOT {is_held} \
             ORDER BY {time}, t.id LIMIT $7",
            layout.line_columns("t")
        ))
        .bind::<Text, _>(after.time.clone())
        .bind::<SqlUuid, _>(after.id)
        .bind::<BigInt, _>(rows.map_or(i64::MAX, i64::from));
    let mut last = None;
    for row in query.load_iter::<Row, PgRowByRowLoadingMode>(conn)? {
        let row = row?;
        let version = Version::parse(&row.place, &row.xmin)
            .ok_or_else(|| anyhow::anyhow!("{} {} is no place of a row", row.place, row.xmin))?;
        each(&row.line, &row.key, version)?;
        last = Some(Key { time: row.time, id: row.id });
    }
    Ok(last)
}

/// Deletes these versions, as far as they are still there, old and under no
/// hold. Returns how many went.
pub fn delete_versions(
    conn: &mut PgConnection,
    slice: &Slice,
    versions: &[Version],
    _consent: &Consent,
) -> QueryResult<u64> {
    lock::share_for_transaction(conn, LockKey::Holds)?;
    let (relation, is_old, is_held) = (slice.relation(), slice.is_old(), slice.is_held());
    let places: Vec<String> = versions.iter().map(ToString::to_string).collect();
    let xmins: Vec<String> = versions.iter().map(|version| version.xmin.to_string()).collect();
    let deleted = slice
        .query(format!(
            "DELETE FROM {relation} t USING unnest($5, $6) AS archived (place, xmin) \
             WHERE t.ctid = archived.place::tid AND t.xmin::text = archived.xmin \
             AND {is_old} AND NOT {is_held}"
        ))
        .bind::<Array<Text>, _>(places)
        .bind::<Array<Text>, _>(xmins)
        .execute(conn)?;
    Ok(deleted as u64)
}

/// Which rows a relation has, to the version: two that are alike hold the same.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Fingerprint {
    #[diesel(sql_type = BigInt)]
    pub rows: i64,
    #[diesel(sql_type = Text)]
    hash: String,
}

pub fn fingerprint(conn: &mut PgConnection, slice: &Slice) -> QueryResult<Fingerprint> {
    diesel::sql_query(format!(
        "SELECT count(*) AS rows, \
             coalesce(sum(hashtextextended(t.id::text || t.ctid || t.xmin, 0)), 0)::text AS hash \
         FROM {} t",
        slice.relation()
    ))
    .get_result(conn)
}

/// Keeps everybody from writing to the relation, until the transaction ends.
pub fn lock_for_drop(conn: &mut PgConnection, slice: &Slice) -> QueryResult<()> {
    diesel::sql_query(format!("LOCK TABLE {} IN SHARE MODE", slice.relation()))
        .execute(conn)
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_and_written() {
        let version = Version::parse("(4294967295,65535)", "4294967295").unwrap();
        assert_eq!(version.to_string(), "(4294967295,65535)");
        for (place, xmin) in [("(1,2", "3"), ("(1)", "3"), ("(1,2)", "-3"), ("(1,99999)", "3")] {
            assert_eq!(Version::parse(place, xmin), None);
        }
    }
}

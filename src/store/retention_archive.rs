//! Old rows on their way into an archive, and the deletion of exactly those
//! versions of rows that are in one.

use std::fmt;

use diesel::pg::{Pg, PgRowByRowLoadingMode};
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, BigInt, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::archive_rows::Layout;
use super::lock::{self, Key as LockKey};
use super::retention::{self, Key, Slice};
use crate::domain::consent::Consent;

/// Rows of one query. Stopped early, what is left of them is read all the same.
const PAGE_ROWS: u32 = 50_000;

/// A version of a row: whose it is, where it lies, and the transaction that
/// wrote it. An update makes another one, and so does whoever takes the place
/// later; the id tells rows of one transaction apart, whose places VACUUM FULL
/// may exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    id: Uuid,
    block: u32,
    item: u16,
    xmin: u32,
}

impl Version {
    fn parse(id: Uuid, place: &str, xmin: &str) -> Option<Version> {
        let (block, item) = place.strip_prefix('(')?.strip_suffix(')')?.split_once(',')?;
        Some(Version {
            id,
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
    let (mut last, mut left) = (None, rows.unwrap_or(u32::MAX));
    retention::walk_in_order(conn, slice)?;
    loop {
        let (page, from) = (left.min(PAGE_ROWS), last.as_ref().unwrap_or(after));
        let mut found = 0;
        let mut reached = None;
        for row in query(slice, layout, from, page).load_iter::<Row, PgRowByRowLoadingMode>(conn)? {
            let row = row?;
            let version = Version::parse(row.id, &row.place, &row.xmin).ok_or_else(|| {
                anyhow::anyhow!("{} {} is no place of a row", row.place, row.xmin)
            })?;
            each(&row.line, &row.key, version)?;
            reached = Some(Key { time: row.time, id: row.id });
            found += 1;
        }
        last = reached.or(last);
        // Without a limit there is no end but the last row's.
        left -= if rows.is_some() { found } else { 0 };
        if found < page || left == 0 {
            return Ok(last);
        }
    }
}

/// The next rows after `after`, as [`Row`]s.
fn query<'a>(
    slice: &'a Slice,
    layout: &Layout,
    after: &Key,
    rows: u32,
) -> BoxedSqlQuery<'a, Pg, SqlQuery> {
    let (time, relation, is_old, is_held) =
        (slice.time(), slice.relation(), slice.is_old(), slice.is_held());
    slice
        .query(format!(
            "SELECT {}, t.ctid::text AS place, t.xmin::text AS xmin, {time}::text AS time, t.id \
             FROM {relation} t \
             WHERE {is_old} AND ({time}, t.id) > ($5::timestamptz, $6) AND NOT {is_held} \
             ORDER BY {time}, t.id LIMIT $7",
            layout.line_columns("t")
        ))
        .bind::<Text, _>(after.time.clone())
        .bind::<SqlUuid, _>(after.id)
        .bind::<BigInt, _>(i64::from(rows))
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
    let ids: Vec<Uuid> = versions.iter().map(|version| version.id).collect();
    let xmins: Vec<String> = versions.iter().map(|version| version.xmin.to_string()).collect();
    let deleted = slice
        .query(format!(
            "DELETE FROM {relation} t USING unnest($5, $6, $7) AS archived (place, xmin, id) \
             WHERE t.ctid = archived.place::tid AND t.xmin::text = archived.xmin \
             AND t.id = archived.id \
             AND {is_old} AND NOT {is_held}"
        ))
        .bind::<Array<Text>, _>(places)
        .bind::<Array<Text>, _>(xmins)
        .bind::<Array<SqlUuid>, _>(ids)
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
        let version = Version::parse(Uuid::nil(), "(4294967295,65535)", "4294967295").unwrap();
        assert_eq!(version.to_string(), "(4294967295,65535)");
        for (place, xmin) in [("(1,2", "3"), ("(1)", "3"), ("(1,2)", "-3"), ("(1,99999)", "3")] {
            assert_eq!(Version::parse(Uuid::nil(), place, xmin), None);
        }
    }
}

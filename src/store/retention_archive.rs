//! Old rows on their way into an archive.

use diesel::pg::{Pg, PgRowByRowLoadingMode};
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{BigInt, Text, Uuid as SqlUuid};

use super::archive_rows::Layout;
use super::liveness::Rest;
use super::retention::{self, Key, Slice};
use super::retention_partitions::{self, MayDrop};
use super::retention_versions::{self, Version, VersionRow};

/// Rows of one query. Stopped early, what is left of them is read all the same.
const PAGE_ROWS: u32 = 50_000;

/// An old row as it goes into the archive.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    line: String,
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(embed)]
    version: VersionRow,
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
        let found_rows =
            query(slice, layout, from, page).load_iter::<Row, PgRowByRowLoadingMode>(conn)?;
        let answer = Rest::begin();
        for row in found_rows {
            let row = row?;
            answer.arrives();
            reached = Some(Key { time: row.version.time.clone(), id: row.version.id });
            each(&row.line, &row.key, Version::parse(row.version)?)?;
            found += 1;
        }
        drop(answer);
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
    let (relation, is_old, is_held) = (slice.relation(), slice.is_old(), slice.is_held());
    let (comes_after, order) = slice.subject.comes_after();
    let (from, line, proof) = match slice.references.dependants() {
        Some(dependants) => (
            format!("{relation} t CROSS JOIN LATERAL (SELECT {dependants} AS rows) AS along"),
            layout.line_sql("t", Some("along.rows")),
            "md5(along.rows::text)",
        ),
        None => (format!("{relation} t"), layout.line_sql("t", None), "NULL::text"),
    };
    slice
        .query(format!(
            "SELECT {line} AS line, {}, {} FROM {from} \
             WHERE {is_old} AND {comes_after} AND NOT {is_held} AND NOT {} \
             ORDER BY {order} LIMIT $7",
            layout.key_column("t"),
            retention_versions::columns(slice, proof),
            slice.references.keeps(),
        ))
        .bind::<Text, _>(after.time.clone())
        .bind::<SqlUuid, _>(after.id)
        .bind::<BigInt, _>(i64::from(rows))
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
             coalesce(sum(hashtextextended(t.id::text || t.ctid::text || t.xmin::text, 0::bigint)), 0)::text AS hash \
         FROM {} t",
        slice.relation()
    ))
    .get_result(conn)
}

/// Keeps everybody from writing to the relation, until the transaction ends.
pub fn lock_for_drop(conn: &mut PgConnection, slice: &Slice) -> QueryResult<()> {
    if retention_partitions::may_drop(conn)? == MayDrop::ByFunction {
        return diesel::sql_query("SELECT lock_audit_partition($1::regclass)")
            .bind::<Text, _>(&slice.relation.sql)
            .execute(conn)
            .map(drop);
    }
    diesel::sql_query(format!("LOCK TABLE {} IN SHARE MODE", slice.relation.sql))
        .execute(conn)
        .map(drop)
}

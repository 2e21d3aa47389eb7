//! Old rows, counted: part by part, and whole partitions by several sessions at once.

use std::iter;
use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use jiff::Timestamp;
use jiff_diesel::NullableTimestamp as NullableDbTimestamp;
use serde::Serialize;
use uuid::Uuid;

use super::connect::Target;
use super::inheritance::Heir;
use super::interference;
use super::retention::Slice;
use super::statements::{quote_literal, run, truth};
use super::tx;
use crate::domain::retention::partition::Relation;
use crate::store::scalar::ScalarQuery;

/// Old rows of one action or status.
#[derive(Debug, Clone, PartialEq, QueryableByName)]
pub struct Count {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = BigInt)]
    pub eligible: i64,
    #[diesel(sql_type = BigInt)]
    pub held: i64,
    /// Under no hold, but pointed at.
    #[diesel(sql_type = BigInt)]
    pub kept: i64,
    /// Of eligible rows, as they are stored.
    #[diesel(sql_type = BigInt)]
    pub bytes: i64,
    #[diesel(sql_type = Nullable<Timestamptz>, deserialize_as = NullableDbTimestamp)]
    pub oldest: Option<Timestamp>,
    #[diesel(sql_type = Nullable<Timestamptz>, deserialize_as = NullableDbTimestamp)]
    pub newest: Option<Timestamp>,
}

/// How closely to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Rows alone, as one count without a name.
    Rows,
    /// By action or status.
    Groups,
    /// And bytes, for which every row is read in full.
    Bytes,
}

/// Counts the old rows. `holds` says that there may be holds to look for.
pub fn count(
    conn: &mut PgConnection,
    slice: &Slice,
    detail: Detail,
    holds: bool,
) -> QueryResult<Vec<Count>> {
    let (time, relation, is_old) = (slice.time(), slice.relation(), slice.is_old());
    let is_held = if holds { slice.is_held() } else { String::from("false") };
    let group = if detail == Detail::Rows { "''" } else { slice.subject.group() };
    let bytes = if detail == Detail::Bytes { "pg_catalog.pg_column_size(t.*)" } else { "0" };
    let keeps = slice.references.keeps();
    let finite = |value: &str| format!("CASE WHEN isfinite({value}) THEN {value} END");
    let (oldest, newest) = (finite(&format!("min({time})")), finite(&format!("max({time})")));
    slice
        .query(format!(
            "SELECT {group} AS name, \
                 count(*) FILTER (WHERE NOT held AND NOT kept) AS eligible, \
                 count(*) FILTER (WHERE held) AS held, \
                 count(*) FILTER (WHERE NOT held AND kept) AS kept, \
                 coalesce(sum({bytes}) FILTER (WHERE NOT held AND NOT kept), 0)::bigint AS bytes, \
                 {oldest} AS oldest, {newest} AS newest \
             FROM {relation} t CROSS JOIN LATERAL (SELECT {is_held} AS held, {keeps} AS kept) AS hold \
             WHERE {is_old} GROUP BY 1 ORDER BY 1"
        ))
        .load(conn)
}

/// A row that would go.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName, Serialize)]
pub struct Example {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    /// Of what its age is told by; it may be infinite.
    #[diesel(sql_type = Text)]
    pub time: String,
    #[diesel(sql_type = Text)]
    pub about: String,
}

/// Some of the rows that would go, the first ones first; none of what groups tell of.
pub fn examples(conn: &mut PgConnection, slice: &Slice, rows: u32) -> QueryResult<Vec<Example>> {
    let Some(about) = slice.subject.example() else { return Ok(Vec::new()) };
    let (_, order) = slice.subject.comes_after();
    slice
        .query(format!(
            "SELECT t.id, {}::text AS time, {about} AS about FROM {} t \
             WHERE {} AND NOT {} AND NOT {} ORDER BY {order} LIMIT $5",
            slice.time(),
            slice.relation(),
            slice.is_old(),
            slice.is_held(),
            slice.references.keeps()
        ))
        .bind::<BigInt, _>(i64::from(rows))
        .load(conn)
}

/// How many old rows, that no hold keeps, are pointed at by each table.
pub fn count_kept(conn: &mut PgConnection, slice: &Slice) -> QueryResult<Vec<(String, u64)>> {
    let (relation, is_old, is_held) = (slice.relation(), slice.is_old(), slice.is_held());
    let mut kept: Vec<(String, u64)> = Vec::new();
    for blocker in &slice.references.blockers {
        let rows = slice
            .query(format!(
                "SELECT count(*) AS rows FROM {relation} t \
                 WHERE {is_old} AND NOT {is_held} AND ({}) IS TRUE",
                blocker.condition
            ))
            .scalar::<BigInt, i64>(conn)?;
        let rows = u64::try_from(rows).unwrap_or_default();
        if rows > 0 {
            kept.push((blocker.table.clone(), rows));
        }
    }
    Ok(kept)
}

/// How many rows of each table that goes along hang on the old rows that go.
pub fn count_along(conn: &mut PgConnection, slice: &Slice) -> QueryResult<Vec<u64>> {
    let joined = slice.references.joined(&format!("{} t", slice.relation()));
    let counted = joined.into_iter().map(|(from, _)| {
        let sql = format!(
            "SELECT count(*) AS rows FROM {from} WHERE {} AND NOT {} AND NOT {}",
            slice.is_old(),
            slice.is_held(),
            slice.references.keeps()
        );
        let rows = slice.query(sql).scalar::<BigInt, i64>(conn)?;
        Ok(u64::try_from(rows).unwrap_or_default())
    });
    counted.collect()
}

/// How many rows of a table that inherits from the slice's would be old.
pub fn count_inherited(conn: &mut PgConnection, slice: &Slice, heir: &Heir) -> QueryResult<u64> {
    let sql =
        format!("SELECT count(*) AS rows FROM ONLY {} t WHERE {}", heir.relation, slice.is_old());
    let rows = slice.query(sql).scalar::<BigInt, i64>(conn)?;
    Ok(u64::try_from(rows).unwrap_or_default())
}

/// The rows of a relation, whatever their age.
pub fn rows(conn: &mut PgConnection, relation: &Relation) -> QueryResult<u64> {
    let rows = diesel::sql_query(format!("SELECT count(*) AS rows FROM {}", relation.sql))
        .scalar::<BigInt, i64>(conn)?;
    Ok(u64::try_from(rows).unwrap_or_default())
}

/// Whether anything points at any row of a relation.
pub fn is_pointed_at(conn: &mut PgConnection, slice: &Slice) -> QueryResult<bool> {
    if slice.references.is_empty() {
        return Ok(false);
    }
    let (relation, points_at) = (slice.relation(), slice.references.points_at());
    truth(conn, &format!("SELECT EXISTS (SELECT FROM {relation} t WHERE {points_at}) AS truth"))
}

/// Counts whole partitions of which every row is old and no hold can keep one: `sessions` at
/// once, this one among them, which see the same. One that can't connect leaves its share to
/// the others.
///
/// # Errors
/// The server refuses.
pub fn count_whole(
    conn: &mut PgConnection,
    target: &Target,
    slices: &[&Slice],
    sessions: usize,
) -> anyhow::Result<Vec<Count>> {
    if sessions < 2 {
        return Ok(slices
            .iter()
            .map(|slice| count_all(conn, slice))
            .collect::<QueryResult<_>>()?);
    }
    let snapshot = tx::export_snapshot(conn)?;
    let queue = AtomicUsize::new(0);
    thread::scope(|scope| {
        let others: Vec<_> = (1..sessions)
            .map(|_| scope.spawn(|| count_beside(target, &snapshot, slices, &queue)))
            .collect();
        let ours = count_next(conn, slices, &queue);
        if ours.is_err() {
            queue.store(slices.len(), Ordering::Relaxed);
        }
        let mut counted = ours?;
        for other in others {
            counted.extend(other.join().unwrap_or_else(|error| panic::resume_unwind(error))?);
        }
        counted.sort_unstable_by_key(|(number, _)| *number);
        Ok(counted.into_iter().map(|(_, count)| count).collect())
    })
}

fn count_beside(
    target: &Target,
    snapshot: &str,
    slices: &[&Slice],
    queue: &AtomicUsize,
) -> anyhow::Result<Vec<(usize, Count)>> {
    let Ok(mut db) = target.open() else { return Ok(Vec::new()) };
    tx::read_once(&mut db, |conn| {
        run(conn, &format!("SET TRANSACTION SNAPSHOT {}", quote_literal(snapshot)))?;
        interference::see_all_rows(conn, &[])?;
        tx::one_process_each(conn)?;
        Ok(count_next(conn, slices, queue)?)
    })
}

/// Counts one slice after the other, as long as there are any in the queue.
fn count_next(
    conn: &mut PgConnection,
    slices: &[&Slice],
    queue: &AtomicUsize,
) -> QueryResult<Vec<(usize, Count)>> {
    iter::from_fn(|| Some(queue.fetch_add(1, Ordering::Relaxed)))
        .take_while(|number| *number < slices.len())
        .map(|number| Ok((number, count_all(conn, slices[number])?)))
        .collect()
}

/// Without a condition the server looks at no row, only counts.
fn count_all(conn: &mut PgConnection, slice: &Slice) -> QueryResult<Count> {
    let (time, relation) = (slice.time(), slice.relation());
    let end = |order: &str| {
        format!(
            "(SELECT {time} FROM {relation} t WHERE isfinite({time}) ORDER BY {time} {order} LIMIT 1)"
        )
    };
    let (oldest, newest) = (end("ASC"), end("DESC"));
    diesel::sql_query(format!(
        "SELECT '' AS name, count(*) AS eligible, 0::bigint AS held, 0::bigint AS kept, 0::bigint AS bytes, \
             {oldest} AS oldest, {newest} AS newest FROM {relation}"
    ))
    .get_result(conn)
}

//! `table_size_snapshots`: how large each table was at a time.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::{NullableTimestamp as NullableDbTimestamp, ToDiesel};

use super::catalog::{self, TableSize};
use super::interference::{self, Event};
use super::schema::table_size_snapshots as snapshots;

/// The tables as they were, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    pub taken_at: Timestamp,
    pub total_bytes: BTreeMap<String, i64>,
}

/// The newest snapshot that was taken by `at`, else the oldest one after it; the
/// newest of all without `at`. An absent table has none.
pub fn find(conn: &mut PgConnection, at: Option<Timestamp>) -> QueryResult<Option<Snapshot>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Timestamptz>)]
        #[diesel(deserialize_as = NullableDbTimestamp)]
        taken_at: Option<Timestamp>,
    }
    if !catalog::has_columns(
        conn,
        "table_size_snapshots",
        &["taken_at", "table_name", "total_bytes"],
    )? {
        return Ok(None);
    }
    let row: Row = diesel::sql_query(
        "SELECT coalesce( \
             (SELECT max(taken_at) FROM table_size_snapshots WHERE taken_at <= coalesce($1, now())), \
             (SELECT min(taken_at) FROM table_size_snapshots)) AS taken_at",
    )
    .bind::<Nullable<Timestamptz>, _>(at.map(|at| at.to_diesel()))
    .get_result(conn)?;
    row.taken_at.map(|taken_at| read(conn, taken_at)).transpose()
}

fn read(conn: &mut PgConnection, taken_at: Timestamp) -> QueryResult<Snapshot> {
    let sizes: Vec<(String, i64)> = snapshots::table
        .filter(snapshots::taken_at.eq(taken_at.to_diesel()))
        .select((snapshots::table_name, snapshots::total_bytes))
        .load(conn)?;
    Ok(Snapshot { taken_at, total_bytes: sizes.into_iter().collect() })
}

/// Records how large the tables are now; those that can't be read are left out.
pub fn insert(conn: &mut PgConnection, sizes: &[TableSize]) -> QueryResult<usize> {
    let readable = || sizes.iter().filter(|size| size.is_readable);
    let names: Vec<&str> = readable().map(|size| size.name.as_str()).collect();
    let totals: Vec<i64> = readable().map(|size| size.total_bytes).collect();
    let rows: Vec<Option<i64>> =
        readable().map(|size| size.estimated_rows.map(|rows| rows as i64)).collect();
    let meant = names.len();
    let inserted = diesel::sql_query(
        "INSERT INTO table_size_snapshots (taken_at, table_name, total_bytes, estimated_rows) \
         SELECT now(), * FROM unnest($1, $2, $3)",
    )
    .bind::<Array<Text>, _>(names)
    .bind::<Array<BigInt>, _>(totals)
    .bind::<Array<Nullable<BigInt>>, _>(rows)
    .execute(conn)?;
    interference::none_swallowed(conn, "table_size_snapshots", Event::Insert, (meant, inserted))?;
    Ok(inserted)
}

//! Indexes: how large, how much used, whether they are any good.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use crate::store::scalar::ScalarQuery;

/// An index of the inbox, those of partitions rolled up.
#[derive(Debug, Clone, QueryableByName)]
pub struct Index {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub table_name: String,
    /// `None` while somebody holds it exclusively.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub size_bytes: Option<i64>,
    /// Since the statistics were last reset.
    #[diesel(sql_type = BigInt)]
    pub scans: i64,
    /// False after a CREATE INDEX CONCURRENTLY that failed.
    #[diesel(sql_type = Bool)]
    pub is_valid: bool,
    #[diesel(sql_type = Bool)]
    pub is_unique: bool,
    /// It stands behind a primary key or another constraint.
    #[diesel(sql_type = Bool)]
    pub is_constraint: bool,
    /// Another one with the same columns, expressions and condition.
    #[diesel(sql_type = Nullable<Text>)]
    pub duplicate_of: Option<String>,
}

impl Index {
    /// Nothing ever looked anything up in it, and nothing else needs it.
    pub fn is_unused(&self) -> bool {
        self.scans == 0 && !self.is_unique && !self.is_constraint
    }
}

/// Every index of the schema, largest first. Never waits for a lock that is held
/// already.
pub fn list(conn: &mut PgConnection) -> QueryResult<Vec<Index>> {
    diesel::sql_query(include_str!("sql/indexes.sql")).load(conn)
}

/// Foreign keys without an index that begins with their columns: deleting a row
/// that they point to reads their whole table.
pub fn unindexed_foreign_keys(conn: &mut PgConnection) -> QueryResult<Vec<(String, String)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Text)]
        statement: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT pg_catalog.format('%s(%s)', t.relname, columns.list) AS name, \
             pg_catalog.format('CREATE INDEX CONCURRENTLY ON %I (%s)', t.relname, columns.list) AS statement \
         FROM pg_constraint c \
         JOIN pg_class t ON t.oid = c.conrelid, \
         LATERAL (SELECT string_agg(quote_ident(a.attname::text), ', ' ORDER BY k.place) AS list \
                  FROM pg_catalog.unnest(c.conkey) WITH ORDINALITY AS k (number, place) \
                  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number) columns \
         WHERE c.contype = 'f' AND c.conparentid = 0::oid AND t.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid \
           AND NOT EXISTS ( \
             SELECT FROM pg_index i \
             WHERE i.indrelid = c.conrelid AND i.indpred IS NULL AND i.indisvalid \
               AND (i.indkey::smallint[])[0:pg_catalog.cardinality(c.conkey) - 1] OPERATOR(pg_catalog.@>) c.conkey) \
         ORDER BY 1",
    )
    .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.name, row.statement)).collect())
}

/// Large tables that are read from end to end again and again, and how often. A scan that stops
/// early, for a LIMIT, reads few rows and is none of them; of the workers of a parallel one, each
/// counts as a scan that reads its part.
pub fn scanned_tables(
    conn: &mut PgConnection,
    least_rows: i64,
    least_scans: i64,
) -> QueryResult<Vec<(String, i64)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = BigInt)]
        scans: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT relname::text AS name, seq_scan AS scans FROM pg_stat_user_tables \
         WHERE schemaname = current_schema() AND n_live_tup >= $1 AND seq_scan >= $2 \
           AND seq_scan > coalesce(idx_scan, 0) AND seq_tup_read >= seq_scan * (n_live_tup / 10) \
         ORDER BY seq_tup_read DESC",
    )
    .bind::<BigInt, _>(least_rows)
    .bind::<BigInt, _>(least_scans)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.name, row.scans)).collect())
}

/// Seconds that the statistics of this database have been gathered; `None` if
/// they never were reset.
pub fn statistics_age_seconds(conn: &mut PgConnection) -> QueryResult<Option<i64>> {
    diesel::sql_query(
        "SELECT extract(epoch FROM clock_timestamp() - \
             coalesce(stats_reset, pg_postmaster_start_time()))::bigint AS age \
         FROM pg_stat_database WHERE datname = current_database()",
    )
    .scalar::<Nullable<BigInt>, _>(conn)
}

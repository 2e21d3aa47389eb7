//! Tables, their partitions and sequences, and the enums.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Double, Nullable, Text};

use crate::store::scalar::ScalarQuery;
use crate::store::statements::quote_identifier;

/// Tables whose rows can't be told apart.
pub fn without_primary_key(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    diesel::sql_query(
        "SELECT c.relname::text AS name FROM pg_class c \
         WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid AND c.relkind IN ('r', 'p') \
           AND NOT c.relispartition \
           AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary) \
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass::oid \
                           AND d.objid = c.oid AND d.deptype = 'e') \
         ORDER BY 1",
    )
    .scalars::<Text, _>(conn)
}

/// A table with many rows that were deleted and not cleared away.
#[derive(Debug, QueryableByName)]
pub struct DeadRows {
    #[diesel(sql_type = Text)]
    pub table: String,
    #[diesel(sql_type = BigInt)]
    pub dead: i64,
    /// Of all rows, from 0 to 1.
    #[diesel(sql_type = Double)]
    pub share: f64,
}

/// Tables with at least `least` dead rows, the worst share first.
pub fn dead_rows(conn: &mut PgConnection, least: i64) -> QueryResult<Vec<DeadRows>> {
    diesel::sql_query(
        "SELECT relname::text AS \"table\", n_dead_tup AS dead, \
             n_dead_tup::float8 / (n_dead_tup + n_live_tup)::float8 AS share \
         FROM pg_stat_user_tables WHERE schemaname = current_schema() AND n_dead_tup >= $1 \
         ORDER BY share DESC",
    )
    .bind::<BigInt, _>(least.max(1))
    .load(conn)
}

/// The DEFAULT partitions of partitioned tables.
pub fn default_partitions(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    diesel::sql_query(
        "SELECT d.relname::text AS name FROM pg_partitioned_table p \
         JOIN pg_class d ON d.oid = p.partdefid \
         WHERE d.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid ORDER BY 1",
    )
    .scalars::<Text, _>(conn)
}

/// Rows that stand in a DEFAULT partition.
#[derive(Debug, QueryableByName)]
pub struct Strays {
    /// Counted up to the limit that was given.
    #[diesel(sql_type = BigInt)]
    pub rows: i64,
}

pub fn strays(conn: &mut PgConnection, table: &str, count_at_most: i64) -> QueryResult<Strays> {
    diesel::sql_query(format!(
        "SELECT count(*) AS rows FROM (SELECT FROM {} LIMIT $1) AS strays",
        quote_identifier(table)
    ))
    .bind::<BigInt, _>(count_at_most)
    .get_result(conn)
}

/// A sequence and the column that it numbers.
#[derive(Debug, QueryableByName)]
pub struct Sequence {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub last_value: Option<i64>,
    #[diesel(sql_type = Bool)]
    pub is_readable: bool,
    /// The largest number that the sequence and its column can hold.
    #[diesel(sql_type = BigInt)]
    pub limit: i64,
    #[diesel(sql_type = Nullable<Text>)]
    pub table: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub column: Option<String>,
}

/// Sequences that count upwards.
pub fn sequences(conn: &mut PgConnection) -> QueryResult<Vec<Sequence>> {
    diesel::sql_query(
        "SELECT s.sequencename::text AS name, s.last_value, \
             has_sequence_privilege(pg_catalog.format('%I.%I', s.schemaname, s.sequencename)::regclass::oid, \
                 'SELECT,USAGE') AS is_readable, \
             least(s.max_value, CASE a.atttypid WHEN 'smallint'::regtype::oid THEN 32767 \
                 WHEN 'integer'::regtype::oid THEN 2147483647 ELSE 9223372036854775807 END) AS limit, \
             t.relname::text AS \"table\", a.attname::text AS \"column\" \
         FROM pg_sequences s \
         LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass::oid \
             AND d.objid = pg_catalog.format('%I.%I', s.schemaname, s.sequencename)::regclass::oid \
             AND d.refclassid = 'pg_class'::regclass::oid AND d.refobjsubid > 0 \
             AND d.deptype IN ('a', 'i') \
         LEFT JOIN pg_class t ON t.oid = d.refobjid \
         LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid \
         WHERE s.schemaname = current_schema() AND s.increment_by > 0 ORDER BY 1",
    )
    .load(conn)
}

/// The largest value of an integer column; `None` in an empty table.
pub fn largest_value(
    conn: &mut PgConnection,
    table: &str,
    column: &str,
) -> QueryResult<Option<i64>> {
    diesel::sql_query(format!(
        "SELECT pg_catalog.max({})::bigint AS value FROM {}",
        quote_identifier(column),
        quote_identifier(table)
    ))
    .scalar::<Nullable<BigInt>, _>(conn)
}

/// Every enum of the schema with its values.
pub fn enum_values(conn: &mut PgConnection) -> QueryResult<Vec<(String, String)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        kind: String,
        #[diesel(sql_type = Text)]
        value: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT t.typname::text AS kind, e.enumlabel::text AS value \
         FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid \
         WHERE t.typnamespace = quote_ident(current_schema()::text)::regnamespace::oid ORDER BY t.typname, e.enumsortorder",
    )
    .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.kind, row.value)).collect())
}

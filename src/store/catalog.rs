//! What the catalogue says of tables: which there are, how large, and dropping
//! them all.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Double, Nullable, Text};

use super::statements::{names, quote_identifier};
use crate::domain::consent::Consent;
use crate::store::scalar::ScalarQuery;

/// A table of the inbox, its partitions rolled up or each on its own.
#[derive(Debug, Clone, QueryableByName)]
pub struct TableSize {
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The table that a partition on its own is part of.
    #[diesel(sql_type = Nullable<Text>)]
    pub parent: Option<String>,
    /// False while somebody holds it exclusively: then its sizes are not known.
    #[diesel(sql_type = Bool)]
    pub is_readable: bool,
    #[diesel(sql_type = BigInt)]
    pub total_bytes: i64,
    /// With its maps of free space and visibility.
    #[diesel(sql_type = BigInt)]
    pub heap_bytes: i64,
    #[diesel(sql_type = BigInt)]
    pub toast_bytes: i64,
    #[diesel(sql_type = BigInt)]
    pub index_bytes: i64,
    /// The planner's estimate; `None` where nothing was ever analysed.
    #[diesel(sql_type = Nullable<Double>)]
    pub estimated_rows: Option<f64>,
    /// As the statistics count them; the same for `dead_rows`.
    #[diesel(sql_type = BigInt)]
    pub live_rows: i64,
    #[diesel(sql_type = BigInt)]
    pub dead_rows: i64,
    /// The last time, by hand or by autovacuum; the same for `analyzed_at_us`.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub vacuumed_at_us: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub analyzed_at_us: Option<i64>,
    #[diesel(sql_type = BigInt)]
    pub partitions: i64,
}

/// A schema that isn't the inbox's, and how many tables it has.
#[derive(Debug, Clone, QueryableByName)]
pub struct Elsewhere {
    #[diesel(sql_type = Text)]
    pub schema: String,
    #[diesel(sql_type = BigInt)]
    pub tables: i64,
}

/// What the schemas beside the inbox's hold; partitions with their table, and nothing of extensions.
pub fn tables_elsewhere(conn: &mut PgConnection) -> QueryResult<Vec<Elsewhere>> {
    diesel::sql_query(
        "SELECT n.nspname::text AS schema, count(*) AS tables \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition \
             AND n.nspname <> current_schema() AND n.nspname !~ '^pg_|^information_schema$'::text \
             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.deptype = 'e' \
                 AND d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid) \
         GROUP BY 1 ORDER BY 1",
    )
    .load(conn)
}

pub fn table_exists(conn: &mut PgConnection, name: &str) -> QueryResult<bool> {
    // In the schema of the inbox, not where else the path leads.
    diesel::sql_query(
        "SELECT to_regclass(pg_catalog.format('%I.%I', current_schema(), $1)) IS NOT NULL AS found",
    )
    .bind::<Text, _>(name)
    .scalar::<Bool, _>(conn)
}

/// The schema that an extension's objects are in; `None` where it isn't installed. Only there are
/// they the extension's: elsewhere somebody else may have made something of the same name.
pub fn extension_schema(conn: &mut PgConnection, name: &str) -> QueryResult<Option<String>> {
    diesel::sql_query(
        "SELECT n.nspname::text AS schema FROM pg_extension e \
         JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = $1",
    )
    .bind::<Text, _>(name)
    .scalar::<Text, _>(conn)
    .optional()
}

/// Whether a table is there and has all of these columns. A view is none: what it calls would run.
pub fn has_columns(conn: &mut PgConnection, table: &str, columns: &[&str]) -> QueryResult<bool> {
    let found = diesel::sql_query(
        "SELECT count(*) AS found FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
         WHERE c.oid = to_regclass(pg_catalog.format('%I.%I', current_schema(), $1))::oid \
           AND c.relkind IN ('r', 'p') AND NOT a.attisdropped AND a.attname = ANY ($2)",
    )
    .bind::<Text, _>(table)
    .bind::<Array<Text>, _>(columns)
    .scalar::<BigInt, i64>(conn)?;
    Ok(usize::try_from(found).is_ok_and(|found| found == columns.len()))
}

/// Whether a partitioned table is one row or a row for each partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partitions {
    RolledUp,
    Unrolled,
}

/// The schemas of the database, by name, without the server's own.
pub fn schemas(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    names(
        conn,
        "SELECT nspname::text AS name FROM pg_catalog.pg_namespace \
         WHERE nspname::text !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1",
    )
}

/// The other schemas of the database that have an inbox, by name.
pub fn other_inboxes(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    names(
        conn,
        "SELECT n.nspname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relname = 'inboxctl_settings' AND c.relkind = 'r' AND n.nspname <> current_schema() \
         ORDER BY 1",
    )
}

/// Every table of the schema, largest first. Extensions' tables are not ours.
/// Never waits for a lock that is held already.
pub fn table_sizes(conn: &mut PgConnection, partitions: Partitions) -> QueryResult<Vec<TableSize>> {
    diesel::sql_query(include_str!("sql/table_sizes.sql"))
        .bind::<Bool, _>(partitions == Partitions::Unrolled)
        .load(conn)
}

/// How many rows a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowCount {
    pub rows: u64,
    /// False for the planner's estimate.
    pub is_exact: bool,
}

/// Above this many rows a table is not read to count them.
const COUNT_AT_MOST: f64 = 5e6;

/// The rows of a table, counted, or estimated where counting takes long; `None`
/// if there is no such table.
pub fn rows_at_stake(conn: &mut PgConnection, table: &str) -> QueryResult<Option<RowCount>> {
    if !table_exists(conn, table)? {
        return Ok(None);
    }
    let sizes = table_sizes(conn, Partitions::RolledUp)?;
    let estimate =
        sizes.iter().find(|size| size.name == table).and_then(|size| size.estimated_rows);
    match estimate {
        Some(rows) if rows > COUNT_AT_MOST => {
            Ok(Some(RowCount { rows: rows as u64, is_exact: false }))
        }
        _ => {
            let rows = u64::try_from(count_rows(conn, table)?).unwrap_or_default();
            Ok(Some(RowCount { rows, is_exact: true }))
        }
    }
}

/// Counts the rows of a table, by reading it.
pub fn count_rows(conn: &mut PgConnection, table: &str) -> QueryResult<i64> {
    diesel::sql_query(format!("SELECT count(*) AS rows FROM {}", quote_identifier(table)))
        .scalar::<BigInt, _>(conn)
}

/// Drops every table, view, sequence, routine and type of the schema but what
/// belongs to an extension or to inboxctl itself. Run it in a transaction.
pub fn drop_everything(conn: &mut PgConnection, _consent: &Consent) -> QueryResult<()> {
    drop_what_is_there(conn)
}

/// The same, where all of it is what a command made.
pub(super) fn drop_what_is_there(conn: &mut PgConnection) -> QueryResult<()> {
    let statements =
        diesel::sql_query(include_str!("sql/drop_everything.sql")).scalars::<Text, String>(conn)?;
    // One statement a call: nothing that was read can begin a second one.
    statements.into_iter().try_for_each(|sql| diesel::sql_query(sql).execute(conn).map(drop))
}

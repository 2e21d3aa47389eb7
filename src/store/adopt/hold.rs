//! The source while it is adopted: readers go on, writers wait.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::store::scalar::ScalarQuery;
use crate::store::statements::{self, names, quote_literal, truth};

/// Every table that somebody could write to, as SQL writes it.
const TABLES: &str = "SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name \
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
     WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' \
         AND n.nspname !~ '^pg_'::text AND n.nspname <> 'information_schema' ORDER BY c.oid";

pub fn tables(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    names(conn, TABLES)
}

/// Tables that the role can't lock as [`hold`] does.
///
/// # Errors
/// The server refuses.
pub fn not_to_be_held(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    names(
        conn,
        &format!(
            "SELECT t.name FROM ({TABLES}) AS t JOIN pg_class c ON c.oid = t.oid \
             WHERE NOT has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE'::text) \
                 OR NOT has_schema_privilege(c.relnamespace, 'USAGE'::text)"
        ),
    )
}

/// Tables and sequences that pg_dump would read, and the role may not.
///
/// # Errors
/// The server refuses.
pub fn unreadable(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    names(
        conn,
        "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind IN ('r', 'p', 'S') AND c.relpersistence <> 't' \
             AND n.nspname !~ '^pg_'::text AND n.nspname <> 'information_schema' \
             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid AND d.deptype = 'e') \
             AND NOT (has_schema_privilege(n.oid, 'USAGE'::text) AND CASE c.relkind \
                 WHEN 'S' THEN has_sequence_privilege(c.oid, 'SELECT'::text) ELSE has_table_privilege(c.oid, 'SELECT'::text) END) \
         ORDER BY c.oid",
    )
}

pub fn has_large_objects(conn: &mut PgConnection) -> QueryResult<bool> {
    truth(conn, "SELECT EXISTS (SELECT FROM pg_largeobject_metadata) AS truth")
}

/// What can be made, changed and dropped while every table is held: the same for two moments between
/// which nobody did. A materialized view that was filled again counts as changed. What large objects
/// say is seen by superusers alone; a lock would keep pg_dump from reading them, too.
pub fn made(conn: &mut PgConnection, is_superuser: bool) -> QueryResult<String> {
    let standing: String =
        diesel::sql_query(include_str!("../sql/adopt_made.sql")).scalar::<Text, _>(conn)?;
    match is_superuser {
        true => Ok(standing + &pages(conn)?),
        false => Ok(standing),
    }
}

/// The pages of large objects, each with the transaction that wrote it.
fn pages(conn: &mut PgConnection) -> QueryResult<String> {
    diesel::sql_query(
        "SELECT coalesce(sum(hashtextextended( \
             loid::text || ' '::text || pageno::text || ' '::text || xmin::text, 0::bigint)), 0::numeric)::text AS pages \
         FROM pg_largeobject",
    )
    .scalar::<Text, _>(conn)
}

/// Keeps writers out until the transaction ends. The first statement of it: the snapshot comes
/// after the locks, so nothing is written that it doesn't show.
///
/// # Errors
/// A lock is not to be had in time, or a table is gone.
pub fn hold(conn: &mut PgConnection, tables: &[String], wait_ms: u64) -> QueryResult<()> {
    conn.batch_execute(&format!(
        "SET LOCAL lock_timeout = {wait_ms}; SET LOCAL statement_timeout = 0; \
         SET LOCAL idle_in_transaction_session_timeout = 0"
    ))?;
    match tables.is_empty() {
        true => Ok(()),
        false => statements::run(conn, &format!("LOCK TABLE {} IN SHARE MODE", tables.join(", "))),
    }
}

/// A sequence, as SQL writes it, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Sequence {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = BigInt)]
    pub last: i64,
    #[diesel(sql_type = Bool)]
    pub is_called: bool,
}

/// Where they stand now: no lock and no snapshot keeps them.
pub fn sequences(conn: &mut PgConnection) -> QueryResult<Vec<Sequence>> {
    let found = names(
        conn,
        "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_'::text ORDER BY 1",
    )?;
    found
        .into_iter()
        .map(|name| {
            diesel::sql_query(format!(
                "SELECT {} AS name, last_value AS last, is_called FROM {name}",
                quote_literal(&name)
            ))
            .get_result(conn)
        })
        .collect()
}

/// Lets those that came along stand where theirs do.
pub fn set_sequences(conn: &mut PgConnection, sequences: &[Sequence]) -> QueryResult<()> {
    for Sequence { name, last, is_called } in sequences {
        let name = quote_literal(name);
        diesel::sql_query(format!(
            "SELECT setval(s.id, {last}, {is_called}) FROM (SELECT to_regclass({name}) AS id) s \
             WHERE s.id IS NOT NULL"
        ))
        .execute(conn)?;
    }
    Ok(())
}

//! What a backup must hold, read in the snapshot that it is made from.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::envelopes;
use super::migrations;
use super::statements::quote_identifier;
use super::tx;

/// What was in a database at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Of every table, as `schema.table`; partitions one by one.
    pub rows: BTreeMap<String, u64>,
    /// One envelope at least of every key that credentials are sealed under.
    pub envelopes: Vec<String>,
    pub migrations: Vec<String>,
}

/// Lets pg_dump see what this transaction sees, for as long as it lasts.
pub fn export_snapshot(conn: &mut PgConnection) -> QueryResult<String> {
    // It waits for pg_dump, and counting takes as long as it takes; each waits
    // for a lock as long as pg_dump does.
    conn.batch_execute(
        "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0; \
         SET LOCAL lock_timeout = '60s'",
    )?;
    tx::export_snapshot(conn)
}

/// Reads it in the transaction that is open.
pub fn contents(conn: &mut PgConnection) -> QueryResult<Contents> {
    let applied = migrations::applied(conn)?;
    Ok(Contents {
        rows: rows(conn)?,
        envelopes: sample_envelopes(conn)?,
        migrations: applied.into_iter().map(|one| one.version).collect(),
    })
}

fn rows(conn: &mut PgConnection) -> QueryResult<BTreeMap<String, u64>> {
    #[derive(QueryableByName)]
    struct Table {
        #[diesel(sql_type = Text)]
        schema: String,
        #[diesel(sql_type = Text)]
        name: String,
    }
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let tables: Vec<Table> = diesel::sql_query(
        "SELECT n.nspname::text AS schema, c.relname::text AS name \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind = 'r' AND c.relpersistence <> 't' \
           AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' \
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass \
                           AND d.objid = c.oid AND d.deptype = 'e') \
         ORDER BY 1, 2",
    )
    .load(conn)?;
    let mut rows = BTreeMap::new();
    for Table { schema, name } in tables {
        let count: Count = diesel::sql_query(format!(
            "SELECT count(*) AS rows FROM ONLY {}.{}",
            quote_identifier(&schema),
            quote_identifier(&name)
        ))
        .get_result(conn)?;
        rows.insert(format!("{schema}.{name}"), count.rows.unsigned_abs());
    }
    Ok(rows)
}

fn sample_envelopes(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        text: String,
    }
    let mut samples = Vec::new();
    for column in envelopes::columns(conn)? {
        let name = quote_identifier(&column.column);
        // The beginning of the text holds the key's id.
        let rows: Vec<Row> = diesel::sql_query(format!(
            "SELECT DISTINCT ON (left({name}, {prefix})) {name} AS text FROM {table} \
             WHERE {name} IS NOT NULL ORDER BY left({name}, {prefix})",
            prefix = envelopes::PREFIX_CHARACTERS,
            table = quote_identifier(&column.table),
        ))
        .load(conn)?;
        samples.extend(rows.into_iter().map(|row| row.text));
    }
    Ok(samples)
}

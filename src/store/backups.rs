//! What a backup must hold, read in the snapshot that it is made from.

use std::collections::{BTreeMap, BTreeSet};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Text};

use super::audit_trail;
use super::envelopes;
use super::migrations;
use super::server;
use super::statements::{names, quote_identifier};
use super::tx;
use crate::domain::audit_head::Head;
use crate::domain::backup::entries::Rights;
use crate::store::scalar::ScalarQuery;

/// What was in a database at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Of every table, as `schema.table`; partitions one by one.
    pub rows: BTreeMap<String, u64>,
    /// One envelope at least of every key that credentials are sealed under.
    pub envelopes: Vec<String>,
    pub migrations: Vec<String>,
    /// Of the audit log's chains.
    pub audit_head: Option<Head>,
}

/// Lets pg_dump see what this transaction sees, for as long as it lasts.
pub fn export_snapshot(conn: &mut PgConnection, lock_wait_ms: u64) -> QueryResult<String> {
    // It waits for pg_dump, and counting takes as long as it takes; each waits
    // for a lock as long as pg_dump does.
    conn.batch_execute(&format!(
        "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0; \
         SET LOCAL lock_timeout = {lock_wait_ms}"
    ))?;
    tx::export_snapshot(conn)
}

/// What the role may do in a restore; `None` for a superuser, who may do everything.
pub fn rights(conn: &mut PgConnection) -> QueryResult<Option<Rights>> {
    let facts = server::facts(conn)?;
    if facts.is_superuser {
        return Ok(None);
    }
    // Since version 16 a member may be kept from acting as the role.
    let how = if facts.version_num >= 160_000 { "SET" } else { "MEMBER" };
    let roles = names(
        conn,
        &format!("SELECT rolname::text AS name FROM pg_roles WHERE pg_has_role(oid, '{how}')"),
    )?;
    let roles = roles.into_iter().collect();
    let extensions = extensions(conn)?;
    Ok(Some(Rights { roles, extensions, role: facts.role }))
}

/// Extensions that the owner of a database may create there.
pub fn extensions(conn: &mut PgConnection) -> QueryResult<BTreeSet<String>> {
    let found = names(
        conn,
        "SELECT DISTINCT name::text AS name FROM pg_available_extension_versions \
         WHERE trusted OR NOT superuser",
    )?;
    Ok(found.into_iter().collect())
}

/// A text in another encoding than this session's.
pub fn decoded(conn: &mut PgConnection, text: &[u8], encoding: &str) -> QueryResult<String> {
    diesel::sql_query("SELECT pg_catalog.convert_from($1, $2::name) AS text")
        .bind::<Binary, _>(text)
        .bind::<Text, _>(encoding)
        .scalar::<Text, _>(conn)
}

/// Reads it in the transaction that is open. pg_dump holds a lock on every table: there may be none
/// left for what would be kept besides.
pub fn contents(conn: &mut PgConnection) -> QueryResult<Contents> {
    let applied = tx::without_keeping_locks(conn, migrations::applied)?;
    Ok(Contents {
        rows: rows(conn)?,
        envelopes: tx::without_keeping_locks(conn, sample_envelopes)?,
        migrations: applied.into_iter().map(|one| one.version).collect(),
        audit_head: tx::without_keeping_locks(conn, audit_trail::head)?,
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
    let query = diesel::sql_query(
        "SELECT n.nspname::text AS schema, c.relname::text AS name \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind = 'r' AND c.relpersistence <> 't' \
           AND n.nspname !~ '^pg_'::text AND n.nspname <> 'information_schema' \
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass::oid \
                           AND d.objid = c.oid AND d.deptype = 'e') \
         ORDER BY 1, 2",
    );
    let tables: Vec<Table> = tx::without_keeping_locks(conn, |conn| query.load(conn))?;
    let mut rows = BTreeMap::new();
    for Table { schema, name } in tables {
        let query = format!(
            "SELECT count(*) AS rows FROM ONLY {}.{}",
            quote_identifier(&schema),
            quote_identifier(&name)
        );
        let count: i64 = tx::without_keeping_locks(conn, |conn| {
            diesel::sql_query(query).scalar::<BigInt, _>(conn)
        })?;
        rows.insert(format!("{schema}.{name}"), count.unsigned_abs());
    }
    Ok(rows)
}

fn sample_envelopes(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    let mut samples = Vec::new();
    for column in envelopes::columns(conn)? {
        let name = quote_identifier(&column.column);
        // The beginning of the text holds the key's id.
        let texts = diesel::sql_query(format!(
            "SELECT DISTINCT ON (left({name}::text, {prefix})) {name} AS text FROM {table} \
             WHERE {name} IS NOT NULL ORDER BY left({name}::text, {prefix})",
            prefix = envelopes::PREFIX_CHARACTERS,
            table = quote_identifier(&column.table),
        ))
        .scalars::<Text, String>(conn)?;
        samples.extend(texts);
    }
    Ok(samples)
}

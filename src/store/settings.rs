//! `inboxctl_settings`: what inboxctl remembers about this database. It stays
//! when everything else is dropped.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Jsonb, Text};
use serde_json::Value;

use super::books;
use super::interference::{self, Event};
use crate::store::scalar::ScalarQuery;

/// Makes the table if it isn't there.
pub fn setup(conn: &mut PgConnection) -> QueryResult<()> {
    // Even IF NOT EXISTS wants the right to create tables, which a role that may
    // change settings need not have.
    if !books::is_wanted(conn, "inboxctl_settings")? {
        return Ok(());
    }
    conn.batch_execute(
        "CREATE TABLE IF NOT EXISTS inboxctl_settings (
             key text PRIMARY KEY,
             value jsonb NOT NULL,
             updated_at timestamptz NOT NULL DEFAULT now(),
             updated_by text NOT NULL
         )",
    )
}

/// Whether there are settings: then the database is one of ours.
pub fn exist(conn: &mut PgConnection) -> QueryResult<bool> {
    books::exists(conn, "inboxctl_settings")
}

/// A setting; an absent table has none.
pub fn find(conn: &mut PgConnection, key: &str) -> QueryResult<Option<Value>> {
    if !books::exists(conn, "inboxctl_settings")? {
        return Ok(None);
    }
    diesel::sql_query("SELECT value FROM inboxctl_settings WHERE key = $1")
        .bind::<Text, _>(key)
        .scalar::<Jsonb, _>(conn)
        .optional()
}

pub fn upsert(conn: &mut PgConnection, key: &str, value: &Value, actor: &str) -> QueryResult<()> {
    let written = diesel::sql_query(
        "INSERT INTO inboxctl_settings (key, value, updated_by) VALUES ($1, $2, $3) \
         ON CONFLICT (key) DO UPDATE \
         SET value = excluded.value, updated_by = excluded.updated_by, updated_at = now()",
    )
    .bind::<Text, _>(key)
    .bind::<Jsonb, _>(value)
    .bind::<Text, _>(actor)
    .execute(conn)?;
    interference::none_swallowed(conn, "inboxctl_settings", Event::Insert, (1, written))
}

pub fn delete(conn: &mut PgConnection, key: &str) -> QueryResult<()> {
    diesel::sql_query("DELETE FROM inboxctl_settings WHERE key = $1")
        .bind::<Text, _>(key)
        .execute(conn)
        .map(drop)
}

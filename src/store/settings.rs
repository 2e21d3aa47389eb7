//! `inboxctl_settings`: what inboxctl remembers about this database. It stays
//! when everything else is dropped.

use diesel::connection::SimpleConnection;
use diesel::dsl::now;
use diesel::prelude::*;
use serde_json::Value;

use super::books;
use super::interference::{self, Event};
use super::schema::inboxctl_settings as settings;

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
    settings::table.find(key).select(settings::value).get_result(conn).optional()
}

pub fn upsert(conn: &mut PgConnection, key: &str, value: &Value, actor: &str) -> QueryResult<()> {
    let setting = (settings::value.eq(value), settings::updated_by.eq(actor));
    let written = diesel::insert_into(settings::table)
        .values((settings::key.eq(key), setting))
        .on_conflict(settings::key)
        .do_update()
        .set((setting, settings::updated_at.eq(now)))
        .execute(conn)?;
    interference::none_swallowed(conn, "inboxctl_settings", Event::Insert, (1, written))
}

pub fn delete(conn: &mut PgConnection, key: &str) -> QueryResult<()> {
    diesel::delete(settings::table.find(key)).execute(conn).map(drop)
}

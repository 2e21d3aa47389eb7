//! Messages of a person who is erased, where they are to stay without it: a contact that is nobody has
//! them then, without text, and statistics stay true.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text};
use serde_json::json;
use uuid::Uuid;

use super::erasing;
use super::interference::{self, Event};
use super::schema::{contacts, messages};
use crate::domain::anonymise;
use crate::domain::consent::Consent;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// What it does beside what an erasure does.
pub const NEEDED: [(&str, &[&str]); 1] = [("contacts", &["INSERT"])];

/// Columns that the application added to messages and in which those of these contacts say something.
pub fn columns_of_others(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<String>> {
    diesel::sql_query(
        "SELECT DISTINCT a.attname::text AS name \
         FROM messages t CROSS JOIN LATERAL jsonb_each(pg_catalog.to_jsonb(t.*)) AS own (key, value) \
         JOIN pg_attribute a ON a.attrelid = 'messages'::regclass::oid AND a.attname = own.key::name \
         JOIN pg_type y ON y.oid = a.atttypid \
         WHERE t.contact_id = ANY ($1) AND a.attname::text <> ALL ($2) \
           AND y.typcategory IN ('S', 'U', 'A', 'C') AND y.oid <> 'uuid'::regtype::oid \
           AND own.value NOT IN ('null'::jsonb, '\"\"'::jsonb, '{}'::jsonb, '[]'::jsonb) ORDER BY 1",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<Text>, _>(anonymise::own_columns("messages"))
    .scalars::<Text, String>(conn)
}

/// Gives the next messages of these contacts, emptied, to a contact without a name, which is made where
/// it isn't there; how many there were. Nothing says whose it was.
///
/// # Errors
/// A trigger swallowed some, or the server refuses.
pub fn keep_messages(
    conn: &mut PgConnection,
    ids: &[Uuid],
    nobody: &mut Option<Uuid>,
    _consent: &Consent,
) -> anyhow::Result<usize> {
    let picked: Vec<Uuid> = messages::table
        .filter(messages::contact_id.eq_any(ids))
        .select(messages::id)
        .order(messages::id)
        .limit(erasing::BATCH_ROWS)
        .for_update()
        .load(conn)?;
    if picked.is_empty() {
        return Ok(0);
    }
    erasing::empty_jobs_of(conn, &picked)?;
    // A transaction that was tried again has made none.
    let known: Vec<Uuid> = contacts::table
        .filter(contacts::id.eq_any(nobody.iter()))
        .select(contacts::id)
        .for_key_share()
        .load(conn)?;
    let contact = match known.first() {
        Some(known) => *known,
        None => diesel::insert_into(contacts::table)
            .values(contacts::name.eq(None::<String>))
            .returning(contacts::id)
            .get_result(conn)?,
    };
    *nobody = Some(contact);
    conn.batch_execute("SET LOCAL inboxctl.keep_updated_at = 'on'")?;
    let those = || messages::table.filter(messages::id.eq_any(&picked));
    let done = diesel::update(those())
        .set((
            messages::contact_id.eq(contact),
            messages::content.eq(""),
            messages::metadata.eq(json!({})),
            messages::thread_id.eq(None::<String>),
            messages::external_id.eq(None::<String>),
        ))
        .execute(conn)?;
    conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
    interference::none_swallowed(conn, "messages", Event::Update, (picked.len(), done))?;
    let same: i64 = those()
        .filter(messages::content.eq(""))
        .filter(messages::contact_id.eq(contact))
        .count()
        .get_result(conn)?;
    let same = usize::try_from(same).unwrap_or_default();
    interference::none_swallowed(conn, "messages", Event::Update, (picked.len(), same))?;
    Ok(picked.len())
}

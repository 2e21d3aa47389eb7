//! Messages of a person who is erased, where they are to stay without it: a contact that is nobody has
//! them then, without text, and statistics stay true.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use uuid::Uuid;

use super::erasing;
use super::interference::{self, Event};
use crate::domain::consent::Consent;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// What it does beside what an erasure does.
pub const NEEDED: [(&str, &[&str]); 1] = [("contacts", &["INSERT"])];

/// The columns of messages that are ours.
const OWN_COLUMNS: [&str; 15] = [
    "id",
    "contact_id",
    "channel",
    "direction",
    "content",
    "status",
    "thread_id",
    "scheduled_at",
    "sent_at",
    "read_at",
    "external_id",
    "user_id",
    "metadata",
    "created_at",
    "updated_at",
];

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
    .bind::<Array<Text>, _>(OWN_COLUMNS.as_slice())
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
    let picked = diesel::sql_query(
        "SELECT id FROM messages WHERE contact_id = ANY ($1) ORDER BY id LIMIT $2 FOR UPDATE",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<BigInt, _>(erasing::BATCH_ROWS)
    .scalars::<SqlUuid, Uuid>(conn)?;
    if picked.is_empty() {
        return Ok(0);
    }
    erasing::empty_jobs_of(conn, &picked)?;
    // A transaction that was tried again has made none.
    let known = diesel::sql_query("SELECT id FROM contacts WHERE id = ANY ($1) FOR KEY SHARE")
        .bind::<Array<SqlUuid>, _>(nobody.iter().copied().collect::<Vec<_>>())
        .scalars::<SqlUuid, Uuid>(conn)?;
    let contact = match known.first() {
        Some(known) => *known,
        None => diesel::sql_query("INSERT INTO contacts (name) VALUES (NULL) RETURNING id")
            .scalar::<SqlUuid, Uuid>(conn)?,
    };
    *nobody = Some(contact);
    conn.batch_execute("SET LOCAL inboxctl.keep_updated_at = 'on'")?;
    let done = diesel::sql_query(
        "UPDATE messages t SET contact_id = $2, content = ''::text, metadata = '{}'::jsonb, \
             thread_id = NULL, external_id = NULL WHERE t.id = ANY ($1)",
    )
    .bind::<Array<SqlUuid>, _>(&picked)
    .bind::<SqlUuid, _>(contact)
    .execute(conn)?;
    conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
    interference::none_swallowed(conn, "messages", Event::Update, (picked.len(), done))?;
    let same = diesel::sql_query(
        "SELECT count(*) AS rows FROM messages WHERE id = ANY ($1) AND content = ''::text AND contact_id = $2",
    )
    .bind::<Array<SqlUuid>, _>(&picked)
    .bind::<SqlUuid, _>(contact)
    .scalar::<BigInt, i64>(conn)?;
    let same = usize::try_from(same).unwrap_or_default();
    interference::none_swallowed(conn, "messages", Event::Update, (picked.len(), same))?;
    Ok(picked.len())
}

//! Erasing a person, batch by batch: what documents say of it first, then its rows, and the contact
//! last, for as long as that is there the rest is found again by who runs it a second time.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::Timestamp as DbTimestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::audit_days::{self, Trail};
pub use super::audit_log_redaction::Cursor;
use super::interference::{self, Event};
use super::matching_lessons;
use super::person_records;
use super::person_rows;
use super::schema::{contacts, erased_contacts, scheduled_jobs as jobs};
use super::statements::quote_identifier;
use super::{audit_log_redaction as entries, catalog};
use crate::domain::consent::Consent;
use crate::domain::person_terms::Terms;
use crate::domain::raw_json::RawJson;
use crate::domain::redaction;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// What it does to tables of the inbox. Entries of the audit log are changed by their owner alone.
pub const NEEDED: [(&str, &[&str]); 15] = [
    ("contacts", &["SELECT", "UPDATE", "DELETE"]),
    ("contact_identities", &["SELECT", "UPDATE", "DELETE"]),
    ("messages", &["SELECT", "UPDATE", "DELETE"]),
    ("notes", &["SELECT", "UPDATE", "DELETE"]),
    ("assignments", &["SELECT", "UPDATE", "DELETE"]),
    ("scheduled_jobs", &["SELECT", "UPDATE"]),
    ("contact_merges", &["SELECT", "UPDATE", "DELETE"]),
    ("merged_contacts", &["SELECT", "DELETE"]),
    ("distinct_contacts", &["SELECT", "DELETE"]),
    ("imported_contacts", &["SELECT", "DELETE"]),
    ("adopted_ids", &["SELECT", "DELETE"]),
    ("retention_holds", &["SELECT", "UPDATE"]),
    ("audit_logs", &["SELECT", "INSERT", "UPDATE"]),
    ("erased_contacts", &["SELECT", "INSERT", "UPDATE"]),
    ("matching_lessons", &["SELECT", "DELETE"]),
];

/// Rows that one transaction changes.
pub const BATCH_ROWS: i64 = 1_000;

fn texts(ids: &[Uuid]) -> Vec<String> {
    ids.iter().map(Uuid::to_string).collect()
}

/// Redacts the next entries of the audit log that concern the person; how many there were. What a
/// day holds is said before and after, where it is closed.
///
/// # Errors
/// A trigger swallowed some, or the server refuses.
pub fn redact_entries(
    conn: &mut PgConnection,
    terms: &Terms,
    trail: &Trail,
    after: &mut Cursor,
    _consent: &Consent,
) -> anyhow::Result<usize> {
    let found = entries::next(conn, terms, after, BATCH_ROWS)?;
    let Some(last) = found.last() else { return Ok(0) };
    *after = last.cursor();
    let times: Vec<String> = found.iter().map(|one| one.created_at.clone()).collect();
    let is_closing = audit_days::is_there(conn)?;
    if is_closing {
        audit_days::begin(conn, &times, trail)?;
    }
    entries::redact(conn, &found, terms)?;
    if is_closing {
        audit_days::end(conn, &trail.actor)?;
    }
    Ok(found.len())
}

/// Empties what the jobs after one say of the person. Those that are about nobody else lose all that
/// they say, and are cancelled where they wait.
///
/// # Errors
/// A trigger swallowed some, or the server refuses.
pub fn redact_jobs(
    conn: &mut PgConnection,
    terms: &Terms,
    after: &mut Uuid,
    _consent: &Consent,
) -> anyhow::Result<usize> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
        #[diesel(sql_type = Text)]
        payload: String,
        #[diesel(sql_type = Bool)]
        is_of_message: bool,
    }
    let found: Vec<Row> = diesel::sql_query(
        "SELECT t.id, t.payload::text AS payload, coalesce(m.contact_id = ANY ($1), false) AS is_of_message \
         FROM scheduled_jobs t LEFT JOIN messages m ON m.id = t.message_id \
         WHERE t.id > $4 AND (coalesce(m.contact_id = ANY ($1), false) \
                 AND (t.payload <> '{}'::jsonb OR t.last_error IS NOT NULL) \
             OR t.payload::text ~* $2 OR t.last_error ~* $2) \
         ORDER BY t.id LIMIT $3 FOR UPDATE OF t",
    )
    .bind::<Array<SqlUuid>, _>(&terms.ids)
    .bind::<Text, _>(terms.pattern())
    .bind::<BigInt, _>(BATCH_ROWS)
    .bind::<SqlUuid, _>(*after)
    .load(conn)?;
    let Some(last) = found.last() else { return Ok(0) };
    *after = last.id;
    // One that only its error tells of is about the person, whatever else it says.
    let left = |row: &Row| {
        let payload = RawJson::parse(row.payload.clone()).unwrap_or_default();
        redaction::without(&payload, terms).filter(|left| !row.is_of_message && *left != payload)
    };
    let payloads: Vec<Option<RawJson>> = found.iter().map(left).collect();
    let done = diesel::sql_query(
        "UPDATE scheduled_jobs t SET payload = coalesce(v.payload::jsonb, '{}'::jsonb), last_error = NULL, \
             status = CASE WHEN v.payload IS NULL AND t.status OPERATOR(pg_catalog.=) 'PENDING' THEN 'CANCELLED' \
                 ELSE t.status END \
         FROM unnest($1, $2) AS v (id, payload) WHERE t.id = v.id",
    )
    .bind::<Array<SqlUuid>, _>(found.iter().map(|row| row.id).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(
        payloads.iter().map(|one| one.as_ref().map(RawJson::text)).collect::<Vec<_>>(),
    )
    .execute(conn)?;
    interference::none_swallowed(conn, "scheduled_jobs", Event::Update, (found.len(), done))?;
    Ok(found.len())
}

/// Deletes the next rows of a table that belong to the person; how many there were.
///
/// # Errors
/// A trigger swallowed some or put them back, or the server refuses.
pub fn delete_rows(
    conn: &mut PgConnection,
    table: &str,
    ids: &[Uuid],
    _consent: &Consent,
) -> anyhow::Result<usize> {
    let name = quote_identifier(table);
    let picked = diesel::sql_query(format!(
        "SELECT id FROM {name} WHERE contact_id = ANY ($1) ORDER BY id LIMIT $2 FOR UPDATE"
    ))
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<BigInt, _>(BATCH_ROWS)
    .scalars::<SqlUuid, Uuid>(conn)?;
    if table == "messages" {
        empty_jobs_of(conn, &picked)?;
    }
    let done = diesel::sql_query(format!("DELETE FROM {name} WHERE id = ANY ($1)"))
        .bind::<Array<SqlUuid>, _>(&picked)
        .execute(conn)?;
    interference::none_swallowed(conn, table, Event::Delete, (picked.len(), done))?;
    interference::none_again(conn, table, &picked)?;
    Ok(picked.len())
}

/// Jobs of messages that go: one may have come with its message after the others were emptied, and
/// nothing leads to it afterwards.
pub(super) fn empty_jobs_of(conn: &mut PgConnection, messages: &[Uuid]) -> QueryResult<()> {
    let picked: Vec<Uuid> = jobs::table
        .filter(jobs::message_id.eq_any(messages))
        .filter(jobs::payload.ne(json!({})).or(jobs::last_error.is_not_null()))
        .select(jobs::id)
        .order(jobs::id)
        .for_update()
        .load(conn)?;
    let done = diesel::sql_query(
        "UPDATE scheduled_jobs t SET payload = '{}'::jsonb, last_error = NULL, \
             status = CASE WHEN t.status OPERATOR(pg_catalog.=) 'PENDING' THEN 'CANCELLED' ELSE t.status END \
         WHERE t.id = ANY ($1)",
    )
    .bind::<Array<SqlUuid>, _>(&picked)
    .execute(conn)?;
    interference::none_swallowed(conn, "scheduled_jobs", Event::Update, (picked.len(), done))
}

/// Deletes what we recorded of the contacts without a key to them, and empties what is said of
/// released holds on them; how many rows that were.
///
/// # Errors
/// A trigger swallowed some, or the server refuses.
pub fn delete_records(
    conn: &mut PgConnection,
    terms: &Terms,
    _consent: &Consent,
) -> anyhow::Result<usize> {
    let mut rows = 0;
    for table in ["imported_contacts", "distinct_contacts", "adopted_ids"] {
        rows += change(conn, table, Event::Delete, &format!("DELETE FROM {table} t"), terms, "")?;
    }
    let reasons = "UPDATE retention_holds t SET reason = 'erased'::text";
    Ok(rows + change(conn, "retention_holds", Event::Update, reasons, terms, "")?)
}

/// Merges that others took part in lose what they hold of anybody; the others go, and what leads to
/// the contacts.
fn delete_merges(conn: &mut PgConnection, terms: &Terms) -> anyhow::Result<()> {
    let shared = " AND NOT (t.survivor_id = ANY ($1) AND t.merged_ids OPERATOR(pg_catalog.<@) $1)";
    let emptied = "UPDATE contact_merges t SET before = '{}'::jsonb, after = '{}'::jsonb, moved = '{}'::jsonb";
    change(conn, "merged_contacts", Event::Delete, "DELETE FROM merged_contacts t", terms, "")?;
    change(conn, "contact_merges", Event::Update, emptied, terms, shared)?;
    let own = shared.replace("AND NOT", "AND");
    change(conn, "contact_merges", Event::Delete, "DELETE FROM contact_merges t", terms, &own)?;
    Ok(())
}

/// Runs a statement on the rows `t` of a record of ours; how many there were.
fn change(
    conn: &mut PgConnection,
    table: &str,
    event: Event,
    statement: &str,
    terms: &Terms,
    and: &str,
) -> QueryResult<usize> {
    if !catalog::table_exists(conn, table)? {
        return Ok(0);
    }
    let rows = format!("WHERE ({}){and}", person_records::record(table));
    let meant = diesel::sql_query(format!("SELECT count(*) AS rows FROM {table} t {rows}"))
        .bind::<Array<SqlUuid>, _>(&terms.ids)
        .bind::<Array<Text>, _>(texts(&terms.ids))
        .scalar::<BigInt, i64>(conn)?;
    let done = diesel::sql_query(format!("{statement} {rows}"))
        .bind::<Array<SqlUuid>, _>(&terms.ids)
        .bind::<Array<Text>, _>(texts(&terms.ids))
        .execute(conn)?;
    let meant = usize::try_from(meant).unwrap_or_default();
    interference::none_swallowed(conn, table, event, (meant, done))?;
    Ok(done)
}

/// Deletes the contacts themselves, with what came meanwhile; `messages` does to the next of their messages
/// what was done to the others.
///
/// # Errors
/// A trigger swallowed something, or the server refuses.
pub fn delete_contacts(
    conn: &mut PgConnection,
    terms: &Terms,
    trail: &Trail,
    consent: &Consent,
    messages: &mut dyn FnMut(&mut PgConnection) -> anyhow::Result<usize>,
) -> anyhow::Result<()> {
    let there: Vec<Uuid> = contacts::table
        .filter(contacts::id.eq_any(&terms.ids))
        .select(contacts::id)
        .order(contacts::id)
        .for_update()
        .load(conn)?;
    let (mut entry, mut job) = (Cursor::default(), Uuid::nil());
    while redact_entries(conn, terms, trail, &mut entry, consent)? > 0 {}
    while redact_jobs(conn, terms, &mut job, consent)? > 0 {}
    while messages(conn)? > 0 {}
    for table in person_rows::TABLES {
        while delete_rows(conn, table, &terms.ids, consent)? > 0 {}
    }
    delete_merges(conn, terms)?;
    // They were learned from the person too.
    matching_lessons::forget(conn, consent)?;
    let done = diesel::delete(contacts::table.filter(contacts::id.eq_any(&there))).execute(conn)?;
    interference::none_swallowed(conn, "contacts", Event::Delete, (there.len(), done))?;
    interference::none_again(conn, "contacts", &there)?;
    Ok(())
}

/// A person that was erased.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Serialize, Deserialize)]
#[diesel(table_name = erased_contacts)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Erased {
    pub contact_id: Uuid,
    pub merged_ids: Vec<Uuid>,
    pub reason: Option<String>,
    pub actor: String,
    #[diesel(deserialize_as = DbTimestamp)]
    pub erased_at: Timestamp,
}

impl Erased {
    pub fn ids(&self) -> Vec<Uuid> {
        [vec![self.contact_id], self.merged_ids.clone()].concat()
    }

    /// With the ids of another mention of the same.
    pub fn add(&mut self, other: Erased) {
        self.merged_ids.extend(other.merged_ids);
        self.merged_ids.sort();
        self.merged_ids.dedup();
    }
}

/// Whether the database is migrated so far that it knows who was erased.
pub fn is_there(conn: &mut PgConnection) -> QueryResult<bool> {
    catalog::has_columns(conn, "erased_contacts", &["contact_id", "merged_ids", "erased_at"])
}

/// Who was erased, the first one first.
pub fn list(conn: &mut PgConnection) -> QueryResult<Vec<Erased>> {
    erased_contacts::table
        .select(Erased::as_select())
        .order((erased_contacts::erased_at, erased_contacts::contact_id))
        .load(conn)
}

/// Those of these contacts that were erased.
pub fn erased_of(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    if ids.is_empty() || !is_there(conn)? {
        return Ok(Vec::new());
    }
    diesel::sql_query(
        "SELECT id FROM (SELECT contact_id AS id FROM erased_contacts \
             UNION SELECT pg_catalog.unnest(merged_ids) FROM erased_contacts) AS erased \
         WHERE id = ANY ($1)",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .scalars::<SqlUuid, Uuid>(conn)
}

/// Remembers who was erased; of those who are known, ids that came to it are added.
///
/// # Errors
/// A trigger swallowed it, or the server refuses.
pub fn remember(conn: &mut PgConnection, erased: &Erased) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO erased_contacts (contact_id, merged_ids, reason, actor, erased_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (contact_id) DO UPDATE SET merged_ids = ARRAY( \
             SELECT id FROM pg_catalog.unnest(erased_contacts.merged_ids OPERATOR(pg_catalog.||) excluded.merged_ids) AS own (id) \
             GROUP BY id ORDER BY id)",
    )
    .bind::<SqlUuid, _>(erased.contact_id)
    .bind::<Array<SqlUuid>, _>(&erased.merged_ids)
    .bind::<Nullable<Text>, _>(&erased.reason)
    .bind::<Text, _>(&erased.actor)
    .bind::<Timestamptz, _>(jiff_diesel::ToDiesel::to_diesel(erased.erased_at))
    .execute(conn)?;
    let known = diesel::sql_query(
        "SELECT count(*) AS rows FROM erased_contacts \
         WHERE contact_id = $1 AND merged_ids OPERATOR(pg_catalog.@>) $2",
    )
    .bind::<SqlUuid, _>(erased.contact_id)
    .bind::<Array<SqlUuid>, _>(&erased.merged_ids)
    .scalar::<BigInt, i64>(conn)?;
    let known = usize::try_from(known).unwrap_or_default();
    interference::none_swallowed(conn, "erased_contacts", Event::Insert, (1, known))
}

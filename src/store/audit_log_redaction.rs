//! Entries of the audit log that concern a person who is erased: what they say of it goes, and that
//! somebody did something stays.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text};
use uuid::Uuid;

use super::interference::{self, Event};
use super::person_records;
use crate::domain::person_terms::Terms;
use crate::domain::raw_json::RawJson;
use crate::domain::redaction;

type SqlUuid = diesel::sql_types::Uuid;

/// What stands in place of details that were about nobody else.
const ERASED: &str = r#"{"erased": true}"#;

/// The last entry that was looked at: in a long log nothing is read twice.
#[derive(Debug)]
pub struct Cursor(String, Uuid);

impl Default for Cursor {
    fn default() -> Cursor {
        Cursor(String::from("-infinity"), Uuid::nil())
    }
}

#[derive(Debug, QueryableByName)]
pub(super) struct Entry {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    /// As PostgreSQL writes it.
    #[diesel(sql_type = Text)]
    pub created_at: String,
    #[diesel(sql_type = Text)]
    details: String,
    /// The entry is about the person, whatever its details say.
    #[diesel(sql_type = Bool)]
    is_about: bool,
    /// It is about a phone or an e-mail of the person.
    #[diesel(sql_type = Bool)]
    is_resource: bool,
    /// The person did it, and is no user.
    #[diesel(sql_type = Bool)]
    is_actor: bool,
}

impl Entry {
    pub(super) fn cursor(&self) -> Cursor {
        Cursor(self.created_at.clone(), self.id)
    }
}

/// The next ones after one, in the order of time; nobody else changes them meanwhile.
pub(super) fn next(
    conn: &mut PgConnection,
    terms: &Terms,
    after: &Cursor,
    limit: i64,
) -> QueryResult<Vec<Entry>> {
    diesel::sql_query(format!(
        "SELECT t.id, t.created_at::text AS created_at, t.details::text AS details, \
             t.details::text !~* $3 AS is_about, \
             coalesce(t.resource_id ~* $3 AND NOT t.resource_id = ANY ($2), false) AS is_resource, \
             coalesce(t.actor ~* $3 AND t.user_id IS NULL \
                 AND NOT EXISTS (SELECT FROM users u WHERE lower(u.email) = lower(t.actor)), false) AS is_actor \
         FROM audit_logs t WHERE {} AND t.created_at >= $5::timestamptz \
             AND (t.created_at > $5::timestamptz OR t.id > $6) \
         ORDER BY t.created_at, t.id LIMIT $4 FOR UPDATE",
        person_records::record("audit_logs")
    ))
    .bind::<Array<SqlUuid>, _>(&terms.ids)
    .bind::<Array<Text>, _>(terms.ids.iter().map(Uuid::to_string).collect::<Vec<_>>())
    .bind::<Text, _>(terms.pattern())
    .bind::<BigInt, _>(limit)
    .bind::<Text, _>(&after.0)
    .bind::<SqlUuid, _>(after.1)
    .load(conn)
}

/// # Errors
/// A trigger swallowed some, or the server refuses.
pub(super) fn redact(conn: &mut PgConnection, entries: &[Entry], terms: &Terms) -> QueryResult<()> {
    let left = |entry: &Entry| {
        let details = RawJson::parse(entry.details.clone()).unwrap_or_default();
        let left =
            redaction::without(&details, terms).filter(|left| !entry.is_about && *left != details);
        left.map_or_else(|| String::from(ERASED), |left| left.text().to_owned())
    };
    let done = diesel::sql_query(
        "UPDATE audit_logs t SET details = v.details::jsonb, \
             resource_id = CASE WHEN v.is_resource THEN 'erased'::text ELSE t.resource_id END, \
             actor = CASE WHEN v.is_actor THEN 'erased'::text ELSE t.actor END \
         FROM unnest($1, $2::timestamptz[], $3, $4, $5) AS v (id, created_at, details, is_resource, is_actor) \
         WHERE t.id = v.id AND t.created_at = v.created_at",
    )
    .bind::<Array<SqlUuid>, _>(entries.iter().map(|one| one.id).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(entries.iter().map(|one| &one.created_at).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(entries.iter().map(left).collect::<Vec<_>>())
    .bind::<Array<Bool>, _>(entries.iter().map(|one| one.is_resource).collect::<Vec<_>>())
    .bind::<Array<Bool>, _>(entries.iter().map(|one| one.is_actor).collect::<Vec<_>>())
    .execute(conn)?;
    interference::none_swallowed(conn, "audit_logs", Event::Update, (entries.len(), done))
}

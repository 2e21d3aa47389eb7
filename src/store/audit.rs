//! Rows of `audit_logs`: who did what.

use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::catalog;
use super::schema::audit_logs;

/// Who acts: a row of `users`, or the operating system's user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub user_id: Option<Uuid>,
    /// The e-mail, or `os:alice`.
    pub name: String,
}

/// A change, as the audit log tells it.
#[derive(Debug)]
pub struct Change<'a> {
    /// `noun.verb`.
    pub action: &'a str,
    pub resource: &'a str,
    pub resource_id: Option<&'a str>,
    /// A JSON object without secrets.
    pub details: Value,
}

/// Writes the entry, in the transaction of the change itself.
pub fn record(conn: &mut PgConnection, actor: &Actor, change: &Change<'_>) -> QueryResult<()> {
    diesel::insert_into(audit_logs::table)
        .values((
            audit_logs::user_id.eq(actor.user_id),
            audit_logs::actor.eq(&actor.name),
            audit_logs::action.eq(change.action),
            audit_logs::resource.eq(change.resource),
            audit_logs::resource_id.eq(change.resource_id),
            audit_logs::details.eq(&change.details),
        ))
        .execute(conn)
        .map(drop)
}

/// As [`record`], for changes of the schema itself: where the log isn't there
/// yet, or no more, the migration ledger alone tells of them.
pub fn record_if_possible(
    conn: &mut PgConnection,
    actor: &Actor,
    change: &Change<'_>,
) -> QueryResult<()> {
    if catalog::table_exists(conn, "audit_logs")? { record(conn, actor, change) } else { Ok(()) }
}

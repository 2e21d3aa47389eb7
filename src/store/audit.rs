//! Rows of `audit_logs`: who did what.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sql_types::Bool;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::interference::{self, Event};
use super::json::DbJson;
use super::schema::audit_logs;
use super::{catalog, users};
use crate::domain::audit_action::Action;
use crate::domain::claim::Claim;
use crate::domain::raw_json::RawJson;
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

/// Nobody outside this file can write one down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Admitted;

/// Who acts: a row of `users`, or the operating system's user.
///
/// Only `context/access.rs` makes one (which `tests/house` checks), when it
/// has found that they have the right to: no right, no audit entry, no change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub user_id: Option<Uuid>,
    /// The e-mail, or `os:alice`.
    pub name: String,
    /// Where the command runs, as it says; of a change that another process began, nobody knows.
    claim: Option<Claim>,
    _admitted: Admitted,
}

impl Actor {
    pub(crate) fn admitted(user_id: Option<Uuid>, name: String, claim: Claim) -> Actor {
        Actor { user_id, name, claim: Some(claim), _admitted: Admitted }
    }
}

/// Who changes the schema: made as an [`Actor`] is, but the row in `users` may
/// come or go with the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaActor {
    pub name: String,
    claim: Option<Claim>,
    _admitted: Admitted,
}

impl SchemaActor {
    pub(crate) fn admitted(name: String, claim: Claim) -> SchemaActor {
        SchemaActor { name, claim: Some(claim), _admitted: Admitted }
    }

    /// Who was admitted when a change began that another process ends: nobody new.
    pub(super) fn remembered(name: String) -> SchemaActor {
        SchemaActor { name, claim: None, _admitted: Admitted }
    }

    /// With the row in `users`, where that table and row are there.
    pub fn resolve(&self, conn: &mut PgConnection) -> QueryResult<Actor> {
        let user_id = match catalog::table_exists(conn, "users")? {
            true => users::find_id_by_email(conn, &self.name)?,
            false => None,
        };
        Ok(Actor {
            user_id,
            name: self.name.clone(),
            claim: self.claim.clone(),
            _admitted: Admitted,
        })
    }
}

/// A change, as the audit log tells it.
#[derive(Debug)]
pub struct Change<'a, D = Value> {
    pub action: Action,
    pub resource_id: Option<&'a str>,
    /// A JSON object without secrets.
    pub details: D,
}

/// Writes the entry, in the transaction of the change itself.
pub fn record<D: Serialize>(
    conn: &mut PgConnection,
    actor: &Actor,
    change: &Change<'_, D>,
) -> QueryResult<()> {
    record_all(conn, actor, std::slice::from_ref(change))
}

/// As [`record`], an entry a change. No entry, no change: what a trigger or a rule swallows, takes
/// away again or makes another is an error, and rolls the change back.
pub fn record_all<D: Serialize>(
    conn: &mut PgConnection,
    actor: &Actor,
    changes: &[Change<'_, D>],
) -> QueryResult<()> {
    // Whoever may write an entry need not see all the others, whatever the change itself asked for.
    let sees_all = diesel::sql_query(
        "SELECT current_setting('row_security') = 'off' AS sees_all, \
             pg_catalog.set_config('row_security', 'on', true)",
    )
    .scalar::<Bool, bool>(conn)?;
    let written = insert(conn, actor, changes)?;
    let acting = interference::acting(conn, "audit_logs", Event::Insert)?;
    let there = match acting.is_empty() || written != changes.len() {
        true => written,
        false => still_there(conn, actor, changes)?,
    };
    if sees_all {
        conn.batch_execute("SET LOCAL row_security = off")?;
    }
    if there == changes.len() {
        return Ok(());
    }
    let by = match acting.is_empty() {
        true => String::new(),
        false => format!(": {} may do that", acting.join(", ")),
    };
    Err(Failure::failed("the audit log did not take the entry; nothing was changed")
        .why(format!("{there} of {} stand there as they were written{by}", changes.len()))
        .hint("without an entry nothing is changed: let entries of inboxctl through there")
        .into())
}

/// How many changes have their entry once everything that acts on one has run, what is deferred too.
fn still_there<D: Serialize>(
    conn: &mut PgConnection,
    actor: &Actor,
    changes: &[Change<'_, D>],
) -> QueryResult<usize> {
    conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
    let mut there = 0;
    for change in changes {
        let entry = audit_logs::table
            .filter(audit_logs::created_at.eq(diesel::dsl::now))
            .filter(audit_logs::user_id.is_not_distinct_from(actor.user_id))
            .filter(audit_logs::actor.eq(&actor.name))
            .filter(audit_logs::action.eq(change.action.as_str()))
            .filter(audit_logs::resource.eq(change.action.resource()))
            .filter(audit_logs::resource_id.is_not_distinct_from(change.resource_id))
            .filter(audit_logs::details.eq(DbJson(details_of(actor, change)?)));
        if diesel::select(diesel::dsl::exists(entry)).get_result(conn)? {
            there += 1;
        }
    }
    Ok(there)
}

fn details_of<D: Serialize>(actor: &Actor, change: &Change<'_, D>) -> QueryResult<RawJson> {
    RawJson::of(&change.details)
        .and_then(|details| claimed(details, actor.claim.as_ref()))
        .map_err(|error| DieselError::SerializationError(error.into()))
}

/// With `client`, where the command says that it runs.
fn claimed(details: RawJson, claim: Option<&Claim>) -> Result<RawJson, serde_json::Error> {
    let (Some(claim), Some(rest)) = (claim, details.text().strip_prefix('{')) else {
        return Ok(details);
    };
    let comma = if rest.trim_start().starts_with('}') { "" } else { "," };
    RawJson::parse(format!("{{\"client\":{}{comma}{rest}", serde_json::to_string(claim)?))
}

fn insert<D: Serialize>(
    conn: &mut PgConnection,
    actor: &Actor,
    changes: &[Change<'_, D>],
) -> QueryResult<usize> {
    let rows = changes
        .iter()
        .map(|change| {
            Ok((
                audit_logs::user_id.eq(actor.user_id),
                audit_logs::actor.eq(&actor.name),
                audit_logs::action.eq(change.action.as_str()),
                audit_logs::resource.eq(change.action.resource()),
                audit_logs::resource_id.eq(change.resource_id),
                audit_logs::details.eq(DbJson(details_of(actor, change)?)),
            ))
        })
        .collect::<QueryResult<Vec<_>>>()?;
    diesel::insert_into(audit_logs::table).values(&rows).execute(conn)
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

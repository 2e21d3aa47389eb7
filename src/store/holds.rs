//! Rows of `retention_holds`.

use diesel::dsl::now;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use jiff::Timestamp;
use jiff_diesel::{NullableTimestamp as NullableDbTimestamp, Timestamp as DbTimestamp};
use uuid::Uuid;

use super::interference::{self, Event};
use super::lock::{self, Key};
use super::schema::retention_holds as holds;
use crate::domain::retention::holds::Kind;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = holds)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Hold {
    pub id: Uuid,
    pub kind: String,
    pub value: String,
    pub reason: String,
    pub actor: String,
    #[diesel(deserialize_as = DbTimestamp)]
    pub created_at: Timestamp,
    #[diesel(deserialize_as = NullableDbTimestamp)]
    pub released_at: Option<Timestamp>,
    pub released_by: Option<String>,
}

const TABLE: &str = "retention_holds";

/// Adds a hold, or `None` if it is in force already. Waits for the batch that is
/// being deleted: once this has committed, no row under the hold goes.
pub fn insert(
    conn: &mut PgConnection,
    kind: Kind,
    value: &str,
    reason: &str,
    actor: &str,
) -> QueryResult<Option<Hold>> {
    lock::acquire_for_transaction(conn, Key::Holds)?;
    let added: Option<Hold> = diesel::insert_into(holds::table)
        .values((
            holds::kind.eq(kind.as_str()),
            holds::value.eq(value),
            holds::reason.eq(reason),
            holds::actor.eq(actor),
        ))
        .on_conflict((holds::kind, holds::value))
        .filter_target(holds::released_at.is_null())
        .do_nothing()
        .returning(Hold::as_returning())
        .get_result(conn)
        .optional()?;
    if added.is_none()
        && !list(conn, false)?.iter().any(|one| one.kind == kind.as_str() && one.value == value)
    {
        interference::none_swallowed(conn, TABLE, Event::Insert, (1, 0))?;
    }
    Ok(added)
}

/// The newest first; released ones only if asked for.
pub fn list(conn: &mut PgConnection, released: bool) -> QueryResult<Vec<Hold>> {
    holds::table
        .filter(holds::released_at.is_null().or(released.into_sql::<Bool>()))
        .select(Hold::as_select())
        .order((holds::created_at.desc(), holds::id.desc()))
        .load(conn)
}

pub fn find(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<Hold>> {
    holds::table.find(id).select(Hold::as_select()).get_result(conn).optional()
}

/// Ends a hold, or `None` if it is none that is in force.
pub fn release(conn: &mut PgConnection, id: Uuid, actor: &str) -> QueryResult<Option<Hold>> {
    let in_force = holds::table.find(id).filter(holds::released_at.is_null());
    let released: Option<Hold> = diesel::update(in_force)
        .set((holds::released_at.eq(now), holds::released_by.eq(actor)))
        .returning(Hold::as_returning())
        .get_result(conn)
        .optional()?;
    if released.is_none() && find(conn, id)?.is_some_and(|hold| hold.released_at.is_none()) {
        interference::none_swallowed(conn, TABLE, Event::Update, (1, 0))?;
    }
    Ok(released)
}

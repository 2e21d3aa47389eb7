//! Rows of `retention_holds`.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use jiff::Timestamp;
use jiff_diesel::{NullableTimestamp as NullableDbTimestamp, Timestamp as DbTimestamp};
use uuid::Uuid;

use super::interference::{self, Event};
use super::lock::{self, Key};
use crate::domain::retention::holds::Kind;

#[derive(Debug, Clone, QueryableByName)]
pub struct Hold {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub value: String,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Text)]
    pub actor: String,
    #[diesel(sql_type = Timestamptz, deserialize_as = DbTimestamp)]
    pub created_at: Timestamp,
    #[diesel(sql_type = Nullable<Timestamptz>, deserialize_as = NullableDbTimestamp)]
    pub released_at: Option<Timestamp>,
    #[diesel(sql_type = Nullable<Text>)]
    pub released_by: Option<String>,
}

const TABLE: &str = "retention_holds";
const COLUMNS: &str = "id, kind, value, reason, actor, created_at, released_at, released_by";

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
    let added: Option<Hold> = diesel::sql_query(format!(
        "INSERT INTO retention_holds (kind, value, reason, actor) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (kind, value) WHERE released_at IS NULL DO NOTHING RETURNING {COLUMNS}"
    ))
    .bind::<Text, _>(kind.as_str())
    .bind::<Text, _>(value)
    .bind::<Text, _>(reason)
    .bind::<Text, _>(actor)
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
    diesel::sql_query(format!(
        "SELECT {COLUMNS} FROM retention_holds WHERE released_at IS NULL OR $1 \
         ORDER BY created_at DESC, id DESC"
    ))
    .bind::<Bool, _>(released)
    .load(conn)
}

pub fn find(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<Hold>> {
    diesel::sql_query(format!("SELECT {COLUMNS} FROM retention_holds WHERE id = $1"))
        .bind::<SqlUuid, _>(id)
        .get_result(conn)
        .optional()
}

/// Ends a hold, or `None` if it is none that is in force.
pub fn release(conn: &mut PgConnection, id: Uuid, actor: &str) -> QueryResult<Option<Hold>> {
    let released: Option<Hold> = diesel::sql_query(format!(
        "UPDATE retention_holds SET released_at = now(), released_by = $2 \
         WHERE id = $1 AND released_at IS NULL RETURNING {COLUMNS}"
    ))
    .bind::<SqlUuid, _>(id)
    .bind::<Text, _>(actor)
    .get_result(conn)
    .optional()?;
    if released.is_none() && find(conn, id)?.is_some_and(|hold| hold.released_at.is_none()) {
        interference::none_swallowed(conn, TABLE, Event::Update, (1, 0))?;
    }
    Ok(released)
}

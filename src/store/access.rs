//! What decides who may act: the row in `users`, and whether one is required.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text, Uuid as SqlUuid};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{catalog, settings};
use crate::domain::access::Role;
use crate::store::scalar::ScalarQuery;

/// The setting.
pub const KEY: &str = "require_actor";

/// A user, as far as rights go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub user_id: Uuid,
    pub role: Role,
    pub is_active: bool,
}

/// The user with this e-mail, whatever its case.
///
/// A database that waits for a migration may have no column that says who was
/// deactivated: read as JSON, an absent column is an empty one.
pub fn find_standing(conn: &mut PgConnection, email: &str) -> QueryResult<Option<Standing>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
        #[diesel(sql_type = Text)]
        role: String,
        #[diesel(sql_type = Bool)]
        is_active: bool,
    }
    let row: Option<Row> = diesel::sql_query(
        "SELECT id, role::text AS role, \
             (pg_catalog.to_jsonb(u.*) ->> 'deactivated_at'::text) IS NULL AS is_active \
         FROM users u WHERE lower(email) = lower($1)",
    )
    .bind::<Text, _>(email)
    .get_result(conn)
    .optional()?;
    Ok(row.map(|row| Standing {
        user_id: row.id,
        role: Role::parse(&row.role),
        is_active: row.is_active,
    }))
}

/// Whether anybody can administer the inbox. An absent table has nobody.
pub fn has_active_admin(conn: &mut PgConnection) -> QueryResult<bool> {
    if !catalog::table_exists(conn, "users")? {
        return Ok(false);
    }
    diesel::sql_query(
        "SELECT EXISTS ( \
             SELECT FROM users u \
             WHERE role OPERATOR(pg_catalog.=) 'ADMIN' AND (pg_catalog.to_jsonb(u.*) ->> 'deactivated_at'::text) IS NULL) AS found",
    ).scalar::<Bool, _>(conn)
}

/// Whether the database is set to require an actor.
pub fn requires_actor(conn: &mut PgConnection) -> QueryResult<bool> {
    Ok(settings::find(conn, KEY)?.as_ref().and_then(Value::as_bool).unwrap_or(false))
}

pub fn require_actor(conn: &mut PgConnection, on: bool, actor: &str) -> QueryResult<()> {
    settings::setup(conn)?;
    settings::upsert(conn, KEY, &json!(on), actor)
}

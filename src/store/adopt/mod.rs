//! Adopting a database that an application made: what is counted there, and what makes an inbox of
//! a copy of it. `domain::adopt` decides.

pub mod application;
pub mod aside;
pub mod besides;
pub mod bulk;
pub mod comments;
pub mod convert;
pub mod count;
pub mod credentials;
pub mod event_triggers;
pub mod expression;
pub mod follow;
pub mod hold;
mod identities;
pub mod lent;
pub mod merge;
mod months;
pub mod own_keys;
pub mod rehearse;
pub mod strangers;
pub mod tenant;

pub use count::count;

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use uuid::Uuid;

use super::catalog;
use super::schema::adopted_ids;
use crate::store::scalar::ScalarQuery;

/// The id here of what the application's database called `old_id`.
pub fn find_id(conn: &mut PgConnection, resource: &str, old_id: &str) -> QueryResult<Option<Uuid>> {
    if !catalog::table_exists(conn, "adopted_ids")? {
        return Ok(None);
    }
    adopted_ids::table.find((old_id, resource)).select(adopted_ids::id).first(conn).optional()
}

/// When this inbox was adopted; `None` where it wasn't.
pub fn adopted_at(conn: &mut PgConnection) -> QueryResult<Option<String>> {
    if !catalog::table_exists(conn, "audit_logs")? {
        return Ok(None);
    }
    diesel::sql_query(
        "SELECT to_char(max(created_at), 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'::text) AS at FROM audit_logs \
         WHERE action = 'database.adopt' AND resource = 'database'",
    )
    .scalar::<Nullable<Text>, _>(conn)
}

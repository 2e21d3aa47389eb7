//! Rows of `notes`: what users wrote about a contact, for one another.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use uuid::Uuid;

use crate::domain::pg_time::PgTime;

type SqlUuid = diesel::sql_types::Uuid;

#[derive(Debug, Clone, QueryableByName)]
pub struct Note {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    pub user_email: Option<String>,
    #[diesel(sql_type = Text)]
    pub content: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: PgTime,
}

/// The newest of a contact, the newest first.
pub fn list_by_contact(
    conn: &mut PgConnection,
    contact_id: Uuid,
    limit: i64,
) -> QueryResult<Vec<Note>> {
    diesel::sql_query(
        "SELECT n.id, u.email AS user_email, n.content, n.created_at \
         FROM (SELECT * FROM notes WHERE contact_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2) n \
         LEFT JOIN users u ON u.id = n.user_id ORDER BY n.created_at DESC, n.id DESC",
    )
    .bind::<SqlUuid, _>(contact_id)
    .bind::<BigInt, _>(limit)
    .load(conn)
}

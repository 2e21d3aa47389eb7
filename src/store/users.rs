//! Rows of `users`.

use diesel::prelude::*;
use diesel::sql_types::Text;
use uuid::Uuid;

use super::schema::users;

diesel::define_sql_function! {
    /// PostgreSQL's lower(), as the unique index on e-mails has it.
    fn lower(text: Text) -> Text;
}

/// The user with this e-mail, whatever its case.
pub fn find_id_by_email(conn: &mut PgConnection, email: &str) -> QueryResult<Option<Uuid>> {
    users::table
        .filter(lower(users::email).eq(lower(email)))
        .select(users::id)
        .first(conn)
        .optional()
}

/// The user with this id, else the one with this e-mail.
pub fn find_id_by_id_or_email(
    conn: &mut PgConnection,
    id: Uuid,
    email: &str,
) -> QueryResult<Option<Uuid>> {
    let by_id = users::table.find(id).select(users::id).first(conn).optional()?;
    match by_id {
        Some(id) => Ok(Some(id)),
        None => find_id_by_email(conn, email),
    }
}

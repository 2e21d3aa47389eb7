//! Rows of `assignments`: which user takes care of which contact.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use uuid::Uuid;

use super::foreign_keys::{self, Pointing};
use super::interference::{self, Event};
use super::schema::assignments;
use crate::domain::consent::Consent;
use crate::domain::pg_time::PgTime;

type SqlUuid = diesel::sql_types::Uuid;

#[derive(Debug, Clone, PartialEq, QueryableByName)]
pub struct Assignment {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub contact_id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    pub contact_name: Option<String>,
    /// Phone or e-mail of the contact.
    #[diesel(sql_type = Nullable<Text>)]
    pub contact_known_by: Option<String>,
    #[diesel(sql_type = SqlUuid)]
    pub user_id: Uuid,
    #[diesel(sql_type = Text)]
    pub user_email: String,
    /// When the contact came to this user.
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: PgTime,
}

/// The newest first. Few rows are picked, and only then joined.
pub fn list(
    conn: &mut PgConnection,
    user_id: Option<Uuid>,
    limit: i64,
) -> QueryResult<Vec<Assignment>> {
    diesel::sql_query(
        "SELECT a.id, a.contact_id, c.name AS contact_name, coalesce(c.phone, c.email) AS contact_known_by, a.user_id, u.email AS user_email, \
             a.updated_at \
         FROM (SELECT * FROM assignments WHERE $1 IS NULL OR user_id = $1 \
               ORDER BY updated_at DESC, id DESC LIMIT $2) a \
         JOIN contacts c ON c.id = a.contact_id JOIN users u ON u.id = a.user_id \
         ORDER BY a.updated_at DESC, a.id DESC",
    )
    .bind::<Nullable<SqlUuid>, _>(user_id)
    .bind::<BigInt, _>(limit)
    .load(conn)
}

/// The user whom a contact is assigned to.
pub fn find_user(conn: &mut PgConnection, contact_id: Uuid) -> QueryResult<Option<Uuid>> {
    assignments::table
        .filter(assignments::contact_id.eq(contact_id))
        .select(assignments::user_id)
        .first(conn)
        .optional()
}

/// The same, kept so until the transaction ends.
pub fn lock_user(conn: &mut PgConnection, contact_id: Uuid) -> QueryResult<Option<Uuid>> {
    assignments::table
        .filter(assignments::contact_id.eq(contact_id))
        .select(assignments::user_id)
        .for_update()
        .first(conn)
        .optional()
}

/// Assigns a contact that is nobody's. False if it is somebody's by now.
pub fn insert(conn: &mut PgConnection, contact_id: Uuid, user_id: Uuid) -> QueryResult<bool> {
    let inserted = diesel::insert_into(assignments::table)
        .values((assignments::contact_id.eq(contact_id), assignments::user_id.eq(user_id)))
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(inserted > 0)
}

pub fn update(
    conn: &mut PgConnection,
    contact_id: Uuid,
    user_id: Uuid,
    _: &Consent,
) -> QueryResult<()> {
    let updated = diesel::update(assignments::table.filter(assignments::contact_id.eq(contact_id)))
        .set(assignments::user_id.eq(user_id))
        .execute(conn)?;
    interference::none_swallowed(conn, "assignments", Event::Update, (1, updated))
}

pub fn delete(conn: &mut PgConnection, contact_id: Uuid, _: &Consent) -> QueryResult<()> {
    let deleted = diesel::delete(assignments::table.filter(assignments::contact_id.eq(contact_id)))
        .execute(conn)?;
    interference::none_swallowed(conn, "assignments", Event::Delete, (1, deleted))
}

/// The assignments of a user, in the order of their ids.
pub fn list_ids_of(conn: &mut PgConnection, user_id: Uuid) -> QueryResult<Vec<Uuid>> {
    assignments::table
        .filter(assignments::user_id.eq(user_id))
        .select(assignments::id)
        .order(assignments::id)
        .load(conn)
}

/// The contacts of those assignments that are the user's still, kept so until the transaction ends.
pub fn lock_of(conn: &mut PgConnection, ids: &[Uuid], user_id: Uuid) -> QueryResult<Vec<Uuid>> {
    assignments::table
        .filter(assignments::id.eq_any(ids))
        .filter(assignments::user_id.eq(user_id))
        .select(assignments::contact_id)
        .order(assignments::id)
        .for_update()
        .load(conn)
}

pub fn update_all(
    conn: &mut PgConnection,
    contacts: &[Uuid],
    user_id: Uuid,
    _: &Consent,
) -> QueryResult<()> {
    let rows = assignments::table.filter(assignments::contact_id.eq_any(contacts));
    let updated = diesel::update(rows).set(assignments::user_id.eq(user_id)).execute(conn)?;
    interference::none_swallowed(conn, "assignments", Event::Update, (contacts.len(), updated))
}

/// What of any table points at the assignment of a contact.
pub fn pointing(conn: &mut PgConnection, contact_id: Uuid) -> QueryResult<Vec<Pointing>> {
    let id = assignments::table
        .filter(assignments::contact_id.eq(contact_id))
        .select(assignments::id)
        .first(conn)
        .optional()?;
    match id {
        Some(id) => foreign_keys::rows_pointing_at(conn, "assignments", id),
        None => Ok(Vec::new()),
    }
}

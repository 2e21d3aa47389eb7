//! Rows of `users`.

use diesel::dsl::now;
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sql_types::Text;
use uuid::Uuid;

use super::interference::{self, Event};
use super::schema::{assignments, presence, users};
use super::types::{Word, same};
use crate::domain::consent::Consent;
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::vocabulary::UserRole;

diesel::define_sql_function! {
    /// PostgreSQL's lower(), as the unique index on e-mails has it.
    fn lower(text: Text) -> Text;
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = users)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct User {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub role: Label<UserRole>,
    pub created_at: PgTime,
    pub updated_at: PgTime,
    /// None for one who is there.
    pub deactivated_at: Option<PgTime>,
}

/// Which users to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    pub role: Option<UserRole>,
    pub active: bool,
}

/// Users with the time when each was last seen, in the order of their e-mails.
pub fn list(
    conn: &mut PgConnection,
    filter: Filter,
    limit: i64,
) -> QueryResult<Vec<(User, Option<PgTime>)>> {
    let mut query = users::table
        .left_join(presence::table.on(presence::user_id.eq(users::id)))
        .select((User::as_select(), presence::last_seen.nullable()))
        .order(lower(users::email))
        .limit(limit)
        .into_boxed();
    if let Some(role) = filter.role {
        query = query.filter(same(users::role, Word(role)));
    }
    if filter.active {
        query = query.filter(users::deactivated_at.is_null());
    }
    query.load(conn)
}

pub fn find(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<User>> {
    users::table.find(id).select(User::as_select()).first(conn).optional()
}

/// E-mails, to suggest one of them.
pub fn list_emails(conn: &mut PgConnection, limit: i64) -> QueryResult<Vec<String>> {
    users::table.select(users::email).order(lower(users::email)).limit(limit).load(conn)
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

/// Adds a user, unless one has the e-mail, in whatever case.
pub fn insert(
    conn: &mut PgConnection,
    email: &str,
    name: &str,
    role: UserRole,
) -> QueryResult<Option<User>> {
    let inserted: Option<User> = diesel::insert_into(users::table)
        .values((users::email.eq(email), users::name.eq(name), users::role.eq(Word(role))))
        .on_conflict_do_nothing()
        .returning(User::as_returning())
        .get_result(conn)
        .optional()?;
    if inserted.is_none() && find_id_by_email(conn, email)?.is_none() {
        return as_meant(conn, Event::Insert, Err(DieselError::NotFound)).map(Some);
    }
    Ok(inserted)
}

/// Those who can administer the inbox.
pub fn list_admins(conn: &mut PgConnection) -> QueryResult<Vec<Uuid>> {
    users::table
        .filter(same(users::role, Word(UserRole::Admin)).and(users::deactivated_at.is_null()))
        .select(users::id)
        .order(users::id)
        .load(conn)
}

/// As [`list_admins`], and keeps them so until the transaction ends. Of two who
/// take administrators away, the second waits here, and then sees what is left.
pub fn lock_admins(conn: &mut PgConnection) -> QueryResult<Vec<Uuid>> {
    users::table
        .filter(same(users::role, Word(UserRole::Admin)).and(users::deactivated_at.is_null()))
        .select(users::id)
        .order(users::id)
        .for_no_key_update()
        .load(conn)
}

/// The row, kept as it is until the transaction ends.
pub fn lock(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<User>> {
    users::table.find(id).select(User::as_select()).for_no_key_update().first(conn).optional()
}

pub fn update_role(
    conn: &mut PgConnection,
    id: Uuid,
    role: UserRole,
    _: &Consent,
) -> QueryResult<User> {
    let updated = diesel::update(users::table.find(id))
        .set(users::role.eq(Word(role)))
        .returning(User::as_returning())
        .get_result(conn);
    as_meant(conn, Event::Update, updated)
}

pub fn update_name(
    conn: &mut PgConnection,
    id: Uuid,
    name: &str,
    _: &Consent,
) -> QueryResult<User> {
    let updated = diesel::update(users::table.find(id))
        .set(users::name.eq(name))
        .returning(User::as_returning())
        .get_result(conn);
    as_meant(conn, Event::Update, updated)
}

pub fn deactivate(conn: &mut PgConnection, id: Uuid, _: &Consent) -> QueryResult<User> {
    let updated = diesel::update(users::table.find(id))
        .set(users::deactivated_at.eq(now))
        .returning(User::as_returning())
        .get_result(conn);
    as_meant(conn, Event::Update, updated)
}

pub fn activate(conn: &mut PgConnection, id: Uuid, _: &Consent) -> QueryResult<User> {
    let updated = diesel::update(users::table.find(id))
        .set(users::deactivated_at.eq(None::<jiff_diesel::Timestamp>))
        .returning(User::as_returning())
        .get_result(conn);
    as_meant(conn, Event::Update, updated)
}

/// How many contacts are assigned to the user.
pub fn count_assigned(conn: &mut PgConnection, id: Uuid) -> QueryResult<i64> {
    assignments::table.filter(assignments::user_id.eq(id)).count().get_result(conn)
}

/// A row that must have been written; that it wasn't is a trigger's doing, or a rule's.
fn as_meant(
    conn: &mut PgConnection,
    event: Event,
    written: QueryResult<User>,
) -> QueryResult<User> {
    if let Err(DieselError::NotFound) = written {
        interference::none_swallowed(conn, "users", event, (1, 0))?;
    }
    written
}

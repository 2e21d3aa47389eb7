//! Rows of `presence`: who is there, and what they have open.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use uuid::Uuid;

use super::inheritance::{self, Heir};
use super::interference::{self, Event};
use super::schema::{contacts, presence, users};
use super::types::{Word, same};
use crate::domain::consent::Consent;
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::vocabulary::PresenceStatus;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

#[derive(Debug, Clone, Queryable)]
pub struct Presence {
    pub user_id: Uuid,
    pub user_email: String,
    pub status: Label<PresenceStatus>,
    /// The contact that the user has open.
    pub contact_id: Option<Uuid>,
    pub contact_name: Option<String>,
    pub last_seen: PgTime,
}

/// Who was seen last comes first.
pub fn list(
    conn: &mut PgConnection,
    status: Option<PresenceStatus>,
    limit: i64,
) -> QueryResult<Vec<Presence>> {
    let mut query = presence::table
        .inner_join(users::table.on(users::id.eq(presence::user_id)))
        .left_join(contacts::table.on(presence::contact_id.eq(contacts::id.nullable())))
        .select((
            presence::user_id,
            users::email,
            presence::status,
            presence::contact_id,
            contacts::name.nullable(),
            presence::last_seen,
        ))
        .order((presence::last_seen.desc(), presence::user_id))
        .limit(limit)
        .into_boxed();
    if let Some(status) = status {
        query = query.filter(same(presence::status, Word(status)));
    }
    query.load(conn)
}

/// The rows of the table itself: one that inherits from it is the application's.
fn rows(conn: &mut PgConnection) -> QueryResult<String> {
    inheritance::own_rows(conn, "presence")
}

/// Neither offline nor without a conversation, though not seen since $1.
const IS_STALE: &str =
    "last_seen < $1 AND (status OPERATOR(pg_catalog.<>) 'OFFLINE' OR contact_id IS NOT NULL)";

pub fn count_stale(conn: &mut PgConnection, cutoff: Timestamp) -> QueryResult<u64> {
    let rows = rows(conn)?;
    count(conn, &rows, cutoff)
}

/// How many rows of a table that inherits from it are stale.
pub fn count_inherited(
    conn: &mut PgConnection,
    heir: &Heir,
    cutoff: Timestamp,
) -> QueryResult<u64> {
    count(conn, &format!("ONLY {}", heir.relation), cutoff)
}

fn count(conn: &mut PgConnection, rows: &str, cutoff: Timestamp) -> QueryResult<u64> {
    let rows = diesel::sql_query(format!("SELECT count(*) AS rows FROM {rows} WHERE {IS_STALE}"))
        .bind::<Timestamptz, _>(cutoff.to_diesel())
        .scalar::<BigInt, i64>(conn)?;
    Ok(u64::try_from(rows).unwrap_or_default())
}

/// Sets stale rows to offline and releases their conversation. A row that its
/// user is just writing is not stale.
pub fn release_stale(
    conn: &mut PgConnection,
    cutoff: Timestamp,
    _consent: &Consent,
) -> QueryResult<u64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Array<SqlUuid>)]
        stale: Vec<Uuid>,
        #[diesel(sql_type = BigInt)]
        released: i64,
    }
    let own = rows(conn)?;
    let row: Row = diesel::sql_query(format!(
        "WITH stale AS MATERIALIZED ( \
             SELECT id FROM {own} WHERE {IS_STALE} ORDER BY id FOR UPDATE SKIP LOCKED \
         ), released AS ( \
             UPDATE {own} p SET status = 'OFFLINE', contact_id = NULL \
             FROM stale WHERE p.id = stale.id RETURNING p.id \
         ) SELECT ARRAY(SELECT id FROM stale) AS stale, (SELECT count(*) FROM released) AS released"
    ))
    .bind::<Timestamptz, _>(cutoff.to_diesel())
    .get_result(conn)?;
    let meant = row.stale.len();
    let released = usize::try_from(row.released).unwrap_or_default();
    interference::none_swallowed(conn, "presence", Event::Update, (meant, released))?;
    // A trigger may have set them to what they were.
    conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
    let sql = format!("SELECT count(*) AS rows FROM {own} WHERE id = ANY ($2) AND {IS_STALE}");
    let still = diesel::sql_query(sql)
        .bind::<Timestamptz, _>(cutoff.to_diesel())
        .bind::<Array<SqlUuid>, _>(row.stale)
        .scalar::<BigInt, i64>(conn)?;
    let done = meant.saturating_sub(usize::try_from(still).unwrap_or_default());
    interference::none_swallowed(conn, "presence", Event::Update, (meant, done))?;
    Ok(released as u64)
}

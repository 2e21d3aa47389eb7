//! What the last dedupe of all contacts learned: one row.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Double, Jsonb, Text};

use super::catalog;
use super::interference::{self, Event};
use super::json::DbJson;
use crate::domain::consent::Consent;
use crate::domain::raw_json::RawJson;
use crate::store::scalar::ScalarQuery;

const TABLE: &str = "matching_lessons";

/// What it takes to keep them.
pub const NEEDED: [(&str, &[&str]); 1] = [(TABLE, &["SELECT", "INSERT", "DELETE"])];

/// As they are kept, and how long ago that was.
#[derive(Debug, QueryableByName)]
pub struct Lessons {
    #[diesel(sql_type = Text)]
    pub figures: String,
    #[diesel(sql_type = Binary)]
    pub counts: Vec<u8>,
    #[diesel(sql_type = Double)]
    pub age_seconds: f64,
}

/// Whether the database has a table for them.
pub fn exist(conn: &mut PgConnection) -> QueryResult<bool> {
    catalog::table_exists(conn, TABLE)
}

/// `None` where there are none, or no table for them yet.
pub fn find(conn: &mut PgConnection) -> QueryResult<Option<Lessons>> {
    if !exist(conn)? {
        return Ok(None);
    }
    diesel::sql_query(
        "SELECT figures::text AS figures, counts, \
             extract(epoch FROM now() - learned_at)::double precision AS age_seconds \
         FROM matching_lessons ORDER BY learned_at DESC LIMIT 1",
    )
    .get_result(conn)
    .optional()
}

/// Keeps what was learned in place of what was there.
///
/// # Errors
/// A trigger swallowed it, or the server refuses.
pub fn replace(conn: &mut PgConnection, figures: RawJson, counts: &[u8]) -> QueryResult<()> {
    empty(conn)?;
    let done = diesel::sql_query("INSERT INTO matching_lessons (figures, counts) VALUES ($1, $2)")
        .bind::<Jsonb, _>(DbJson(figures))
        .bind::<Binary, _>(counts)
        .execute(conn)?;
    interference::none_swallowed(conn, TABLE, Event::Insert, (1, done))
}

/// Forgets them: the next run reads all contacts.
pub(super) fn forget(conn: &mut PgConnection, _consent: &Consent) -> QueryResult<()> {
    if exist(conn)? { empty(conn) } else { Ok(()) }
}

fn empty(conn: &mut PgConnection) -> QueryResult<()> {
    diesel::sql_query("DELETE FROM matching_lessons").execute(conn)?;
    let left =
        diesel::sql_query("SELECT count(*) FROM matching_lessons").scalar::<BigInt, i64>(conn)?;
    let left = usize::try_from(left).unwrap_or_default();
    interference::none_swallowed(conn, TABLE, Event::Delete, (left, 0))
}

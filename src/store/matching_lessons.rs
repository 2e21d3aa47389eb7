//! What the last dedupe of all contacts learned: one row.

use diesel::prelude::*;
use diesel::sql_types::{Binary, Double, Text};

use super::catalog;
use super::interference::{self, Event};
use super::json::DbJson;
use super::schema::matching_lessons as lessons;
use crate::domain::consent::Consent;
use crate::domain::raw_json::RawJson;

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
    let done = diesel::insert_into(lessons::table)
        .values((lessons::figures.eq(DbJson(figures)), lessons::counts.eq(counts)))
        .execute(conn)?;
    interference::none_swallowed(conn, TABLE, Event::Insert, (1, done))
}

/// Forgets them: the next run reads all contacts.
pub(super) fn forget(conn: &mut PgConnection, _consent: &Consent) -> QueryResult<()> {
    if exist(conn)? { empty(conn) } else { Ok(()) }
}

fn empty(conn: &mut PgConnection) -> QueryResult<()> {
    diesel::delete(lessons::table).execute(conn)?;
    let left: i64 = lessons::table.count().get_result(conn)?;
    let left = usize::try_from(left).unwrap_or_default();
    interference::none_swallowed(conn, TABLE, Event::Delete, (left, 0))
}

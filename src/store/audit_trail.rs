//! Reading the chains of closed days, and the entries that they are made of.

use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text};

use super::{audit_days, server};
use crate::domain::audit_entry::{Hashed, of_texts};
use crate::domain::audit_head::Head;
use crate::domain::audit_trail::{self, Link};
use crate::store::scalar::ScalarQuery;

/// All links, in the order of their days.
pub fn links(conn: &mut PgConnection) -> QueryResult<Vec<Link>> {
    load(conn, false)
}

/// The last link of each day.
pub fn last_links(conn: &mut PgConnection) -> QueryResult<Vec<Link>> {
    load(conn, true)
}

fn load(conn: &mut PgConnection, only_last: bool) -> QueryResult<Vec<Link>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        number: i64,
        #[diesel(sql_type = Text)]
        day: String,
        #[diesel(sql_type = Integer)]
        link: i32,
        #[diesel(sql_type = Integer)]
        format: i32,
        #[diesel(sql_type = Text)]
        kind: String,
        #[diesel(sql_type = BigInt)]
        entries: i64,
        #[diesel(sql_type = Text)]
        digest: String,
        #[diesel(sql_type = BigInt)]
        changed: i64,
        #[diesel(sql_type = Text)]
        details: String,
        #[diesel(sql_type = Nullable<Text>)]
        actor: Option<String>,
        #[diesel(sql_type = Text)]
        written_at: String,
        #[diesel(sql_type = Text)]
        written_by: String,
        #[diesel(sql_type = Nullable<Text>)]
        written_from: Option<String>,
        #[diesel(sql_type = Text)]
        snapshot: String,
        #[diesel(sql_type = Text)]
        hash: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT number, day::text AS day, link, format, kind, entries, digest, changed, details::text AS details, \
             actor, written_at::text AS written_at, written_by, abbrev(written_from) AS written_from, snapshot, hash \
         FROM audit_days \
         WHERE NOT $1 OR NOT EXISTS ( \
             SELECT FROM audit_days later WHERE later.day = audit_days.day AND later.link > audit_days.link) \
         ORDER BY audit_days.day, audit_days.link",
    )
    .bind::<Bool, _>(only_last)
    .load(conn)?;
    let link = |row: Row| Link {
        number: row.number,
        day: row.day,
        link: row.link,
        format: row.format,
        kind: row.kind,
        entries: row.entries,
        digest: row.digest,
        changed: row.changed,
        details: row.details,
        actor: row.actor,
        written_at: row.written_at,
        written_by: row.written_by,
        written_from: row.written_from,
        snapshot: row.snapshot,
        hash: row.hash,
    };
    Ok(rows.into_iter().map(link).collect())
}

/// The head of all chains; none where no day was closed, or the database isn't migrated so far.
pub fn head(conn: &mut PgConnection) -> QueryResult<Option<Head>> {
    match audit_days::is_there(conn)? {
        // The last links alone make it.
        true => {
            let head = audit_trail::head(&last_links(conn)?);
            let Some(mut head) = head else { return Ok(None) };
            head.say_of(&server::identity(conn)?);
            Ok(Some(head))
        }
        false => Ok(None),
    }
}

/// How many entries a day has.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Count {
    #[diesel(sql_type = Text)]
    pub day: String,
    #[diesel(sql_type = BigInt)]
    pub entries: i64,
    /// It comes after all days that were closed once they had ended.
    #[diesel(sql_type = Bool)]
    pub is_after: bool,
}

/// How many entries each day has; without those of no day: their time is
/// infinite.
pub fn counts(conn: &mut PgConnection) -> QueryResult<Vec<Count>> {
    diesel::sql_query(
        "SELECT day::text AS day, entries, \
             coalesce(days.day > ( \
                 SELECT max(d.day) FROM audit_days d WHERE d.day < (d.written_at AT TIME ZONE 'UTC'::text)::date), true) \
                 AS is_after \
         FROM ( \
             SELECT created_at::date AS day, count(*) AS entries FROM audit_logs \
             WHERE isfinite(created_at) GROUP BY 1) AS days",
    )
    .load(conn)
}

/// How many entries have no finite time.
pub fn timeless(conn: &mut PgConnection) -> QueryResult<i64> {
    diesel::sql_query(
        "SELECT count(*) AS entries FROM audit_logs \
         WHERE created_at IN ('infinity'::timestamptz, '-infinity'::timestamptz)",
    )
    .scalar::<BigInt, _>(conn)
}

/// How many entries a day has, and their digest.
pub fn state(conn: &mut PgConnection, day: &str) -> QueryResult<(i64, String)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        entries: i64,
        #[diesel(sql_type = Text)]
        digest: String,
    }
    let row: Row = diesel::sql_query(include_str!("sql/audit_day_state.sql"))
        .bind::<Text, _>(day)
        .get_result(conn)?;
    Ok((row.entries, row.digest))
}

/// The entries of a day, hashed here, in their order.
pub fn entries(conn: &mut PgConnection, day: &str) -> QueryResult<Vec<Hashed>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Array<Nullable<Text>>)]
        texts: Vec<Option<String>>,
    }
    let rows = diesel::sql_query(
        "SELECT ARRAY[id::text, user_id::text, actor::text, action::text, resource::text, resource_id::text, \
             details::text, created_at::text, recorded_at::text, recorded_by::text, abbrev(recorded_from)] AS texts \
         FROM audit_logs WHERE created_at >= $1::date::timestamptz AND created_at < ($1::date + 1)::timestamptz",
    )
    .bind::<Text, _>(day)
    .load_iter::<Row, PgRowByRowLoadingMode>(conn)?;
    let mut entries = Vec::new();
    for row in rows {
        let texts: Result<[Option<String>; 11], _> = row?.texts.try_into();
        entries.extend(texts.ok().and_then(|texts| of_texts(&texts)).map(|(_, entry)| entry));
    }
    entries.sort_unstable();
    Ok(entries)
}

//! Closed days of the audit log: a chain of links a day in `audit_days`. Functions of the database
//! write them, since the group roles may not; docs/audit.md describes the format.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{
    Array, BigInt, Bool, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid,
};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use serde_json::Value;
use uuid::Uuid;

use super::{catalog, lock, sessions};
use crate::domain::audit_trail::Link;
use crate::store::scalar::ScalarQuery;

/// Who changes closed days, how and why. Every change of them is a link that says so.
#[derive(Debug, Clone)]
pub struct Trail {
    pub actor: String,
    /// A JSON object: the kind of the change as `change`, a filter, an archive.
    pub why: Value,
    /// By the functions that run as the owner, not as this role.
    pub by_function: bool,
}

/// Whether the database is migrated so far that days are closed.
pub fn is_there(conn: &mut PgConnection) -> QueryResult<bool> {
    catalog::has_columns(conn, "audit_days", &["day", "link", "number", "snapshot", "hash"])
}

/// How the log and the links are not the tables whose rows are hashed; nothing where they are.
pub fn misfit(conn: &mut PgConnection) -> QueryResult<Option<String>> {
    let found =
        diesel::sql_query(include_str!("sql/audit_misfit.sql")).scalars::<Text, String>(conn)?;
    Ok((!found.is_empty()).then(|| found.join(", ")))
}

/// Which of the log and its links this role may keep as they are: those on which it has SELECT as a
/// whole.
pub fn keepable(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    diesel::sql_query(
        "SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname = current_schema() AND c.relname::text = ANY (ARRAY['audit_logs'::text, 'audit_days'::text]) \
             AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT'::text) ORDER BY 1",
    )
    .scalars::<Text, _>(conn)
}

/// Keeps these tables what they are, and rows of the log from moving between its partitions, until the
/// transaction ends: as the first statement of one with one snapshot, which is taken after it. Partitions
/// that came or went since a snapshot would be looked for where they are now.
pub fn keep(conn: &mut PgConnection, tables: &[String]) -> QueryResult<()> {
    let is_kept = |table: &str| tables.iter().any(|one| one == table);
    if is_kept("audit_logs") {
        conn.batch_execute("LOCK TABLE audit_logs IN ACCESS SHARE MODE")?;
    }
    if is_kept("audit_days") {
        conn.batch_execute("LOCK TABLE audit_days IN ACCESS SHARE MODE")?;
    }
    Ok(())
}

/// Whether somebody can be at work on what was begun at this time, as PostgreSQL writes it: who had
/// connected before, may do it, and holds the lock of all that does.
pub fn may_be_at_work(conn: &mut PgConnection, begun_at: &str) -> QueryResult<bool> {
    let number = lock::number(conn, lock::Key::Retention)?;
    diesel::sql_query(concat!(
        "SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE ",
        sessions::holds_advisory_lock!(),
        " AND coalesce(a.backend_start <= $2::timestamptz, true) \
          AND EXISTS (SELECT FROM pg_roles r WHERE pg_has_role(a.usesysid, r.oid, 'MEMBER'::text) \
              AND (r.rolname = 'inbox_admin' OR r.oid = (SELECT c.relowner FROM pg_class c \
                  JOIN pg_namespace n ON n.oid = c.relnamespace \
                  WHERE n.nspname = current_schema() AND c.relname = 'audit_logs')))) AS at_work"
    ))
    .bind::<BigInt, _>(number)
    .bind::<Text, _>(begun_at)
    .scalar::<Bool, _>(conn)
}

/// Whether this role may have days closed, and say what goes of them: as the owner, who writes the
/// links himself, or by the owner's functions.
pub fn may_close(conn: &mut PgConnection, by_function: bool) -> QueryResult<bool> {
    if !is_there(conn)? {
        return Ok(false);
    }
    diesel::sql_query(
        "SELECT coalesce(has_function_privilege(to_regprocedure('close_audit_day(text)'::text)::oid, 'EXECUTE'::text), \
             false) AND ($1 OR has_table_privilege('audit_days'::text, 'INSERT'::text)) AS may",
    )
    .bind::<Bool, _>(by_function).scalar::<Bool, _>(conn)
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// `2026-03-01`.
    pub day: String,
    pub entries: u64,
}

/// Closes the next day that is due, the oldest first. Run it in a transaction.
pub fn close_next(conn: &mut PgConnection, actor: &str) -> QueryResult<Option<Closed>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Text>)]
        day: Option<String>,
        #[diesel(sql_type = Nullable<BigInt>)]
        entries: Option<i64>,
    }
    let row: Row = diesel::sql_query("SELECT day::text AS day, entries FROM close_audit_day($1)")
        .bind::<Text, _>(actor)
        .get_result(conn)?;
    let closed = row.day.zip(row.entries);
    Ok(closed.map(|(day, entries)| Closed { day, entries: entries.unsigned_abs() }))
}

/// A closed day that doesn't have as many entries as its last link says.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Late {
    #[diesel(sql_type = Text)]
    pub day: String,
    #[diesel(sql_type = BigInt)]
    pub late: i64,
    #[diesel(sql_type = BigInt)]
    pub missing: i64,
    /// A link tells of them now: without them the day is what it was.
    #[diesel(sql_type = Bool)]
    pub flagged: bool,
}

/// Flags what came to closed days since. Run it in a transaction.
pub fn flag_late(conn: &mut PgConnection, actor: &str) -> QueryResult<Vec<Late>> {
    diesel::sql_query("SELECT day::text AS day, late, missing, flagged FROM flag_late_entries($1)")
        .bind::<Text, _>(actor)
        .load(conn)
}

/// Says that somebody has looked at what came late into a day, up to this link of it; false where the
/// day has become another since.
pub fn acknowledge(
    conn: &mut PgConnection,
    link: &Link,
    reason: &str,
    actor: &str,
) -> QueryResult<bool> {
    diesel::sql_query("SELECT acknowledge_late_entries($1::date, $2, $3, $4)")
        .bind::<Text, _>(&link.day)
        .bind::<Integer, _>(link.link)
        .bind::<Text, _>(reason)
        .bind::<Text, _>(actor)
        .scalar::<Bool, _>(conn)
}

/// Before entries of these times, as PostgreSQL writes them, are deleted or brought back.
pub fn begin(conn: &mut PgConnection, times: &[String], trail: &Trail) -> QueryResult<()> {
    diesel::sql_query("SELECT begin_audit_change($1::timestamptz[], $2, $3)")
        .bind::<Array<Text>, _>(times)
        .bind::<Jsonb, _>(&trail.why)
        .bind::<Text, _>(&trail.actor)
        .execute(conn)
        .map(drop)
}

/// Ends what was begun on all days but that of the last of these times: more of it may follow.
pub fn end_but_last(conn: &mut PgConnection, times: &[String], trail: &Trail) -> QueryResult<()> {
    diesel::sql_query(
        "SELECT end_audit_change((SELECT max(at) FROM pg_catalog.unnest($1::timestamptz[]) AS t (at))::date, $2)",
    )
    .bind::<Array<Text>, _>(times)
    .bind::<Text, _>(&trail.actor)
    .execute(conn)
    .map(drop)
}

/// Ends what was begun on any day.
pub fn end(conn: &mut PgConnection, actor: &str) -> QueryResult<()> {
    diesel::sql_query("SELECT end_audit_prune($1)").bind::<Text, _>(actor).execute(conn).map(drop)
}

/// Before a partition of the log is dropped.
pub fn end_days_of(conn: &mut PgConnection, relation: &str, trail: &Trail) -> QueryResult<()> {
    diesel::sql_query("SELECT end_audit_days_of($1::regclass, $2, $3)")
        .bind::<Text, _>(relation)
        .bind::<Jsonb, _>(&trail.why)
        .bind::<Text, _>(&trail.actor)
        .execute(conn)
        .map(drop)
}

/// Entries to delete: versions by their keys.
#[derive(Debug, Default)]
pub struct Keys {
    pub ids: Vec<Uuid>,
    pub times: Vec<String>,
    pub xmins: Vec<String>,
}

/// Which entries may go.
#[derive(Debug)]
pub struct Old<'a> {
    pub cutoff: Timestamp,
    pub actions: &'a [String],
    pub resources: &'a [String],
}

/// Has the owner's function delete these entries, as far as each may go; returns how many went.
pub fn delete_entries(
    conn: &mut PgConnection,
    keys: &Keys,
    old: &Old<'_>,
    trail: &Trail,
) -> QueryResult<usize> {
    let deleted = diesel::sql_query(
        "SELECT delete_audit_entries($1, $2::timestamptz[], $3, $4, $5, $6, $7, $8) AS deleted",
    )
    .bind::<Array<SqlUuid>, _>(&keys.ids)
    .bind::<Array<Text>, _>(&keys.times)
    .bind::<Array<Text>, _>(&keys.xmins)
    .bind::<Timestamptz, _>(old.cutoff.to_diesel())
    .bind::<Array<Text>, _>(old.actions)
    .bind::<Array<Text>, _>(old.resources)
    .bind::<Jsonb, _>(&trail.why)
    .bind::<Text, _>(&trail.actor)
    .scalar::<BigInt, i64>(conn)?;
    Ok(usize::try_from(deleted).unwrap_or_default())
}

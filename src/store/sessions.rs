//! Other sessions: who blocks, who holds, who is connected.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text};

use crate::domain::consent::Consent;
use crate::store::scalar::ScalarQuery;

/// A session as pg_stat_activity shows it. What the role may not see of others'
/// sessions is `None`.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Session {
    #[diesel(sql_type = Integer)]
    pub pid: i32,
    #[diesel(sql_type = Nullable<Text>)]
    pub user: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub application: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub state: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub query: Option<String>,
    /// Seconds since its transaction began, else since it connected.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub age_seconds: Option<i64>,
}

const COLUMNS: &str = "\
    a.pid, a.usename::text AS user, nullif(a.application_name, '') AS application, a.state, \
    nullif(a.query, '') AS query, \
    extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, a.backend_start))::bigint AS age_seconds";

/// That `l` of pg_locks is the advisory lock of the key $1. A macro, as `concat!` takes literals only.
macro_rules! holds_advisory_lock {
    () => {
        // A 64-bit key is shown as two halves, with objsubid 1.
        "l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 \
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
         AND (l.classid::bigint << 32) | l.objid::bigint = $1"
    };
}
pub(super) use holds_advisory_lock;

/// The session that holds a session advisory lock with a 64-bit key here.
pub(super) fn advisory_lock_holder(
    conn: &mut PgConnection,
    key: i64,
) -> QueryResult<Option<Session>> {
    diesel::sql_query(format!(
        "SELECT {COLUMNS} FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE {} LIMIT 1",
        holds_advisory_lock!()
    ))
    .bind::<BigInt, _>(key)
    .get_result(conn)
    .optional()
}

/// The sessions that the backend `pid` waits for.
pub fn blocking(conn: &mut PgConnection, pid: i32) -> QueryResult<Vec<Session>> {
    diesel::sql_query(format!(
        "SELECT {COLUMNS} FROM pg_stat_activity a \
         WHERE a.pid = ANY (pg_blocking_pids($1)) ORDER BY a.pid"
    ))
    .bind::<Integer, _>(pid)
    .load(conn)
}

/// The sessions that those of this role and this name wait for: of a program that we
/// started, too, whose process id isn't known.
pub fn blocking_application(
    conn: &mut PgConnection,
    application: &str,
) -> QueryResult<Vec<Session>> {
    diesel::sql_query(format!(
        "SELECT {COLUMNS} FROM pg_stat_activity a \
         WHERE a.pid IN (SELECT pg_catalog.unnest(pg_blocking_pids(w.pid)) FROM pg_stat_activity w \
                         WHERE w.datname = current_database() AND w.usename = current_user \
                           AND w.application_name = $1) \
         ORDER BY a.pid"
    ))
    .bind::<Text, _>(application)
    .load(conn)
}

/// A session that waits for a lock, or for whom one waits.
#[derive(Debug, Clone, QueryableByName)]
pub struct Waiter {
    #[diesel(embed)]
    pub session: Session,
    /// Process ids of those that it waits for; 0 is a prepared transaction.
    #[diesel(sql_type = Array<Integer>)]
    pub blocked_by: Vec<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    pub waits_for: Option<String>,
}

/// The sessions that wait for a lock in this database, and those that they wait for.
pub fn waiters(conn: &mut PgConnection) -> QueryResult<Vec<Waiter>> {
    // Of a session of another role nothing but its locks is shown to all.
    diesel::sql_query(format!(
        "WITH waiting AS MATERIALIZED ( \
             SELECT DISTINCT ON (l.pid) l.pid, pg_blocking_pids(l.pid) AS blocked_by, \
                 CASE l.locktype WHEN 'relation' THEN l.relation::regclass::text \
                     WHEN 'tuple' THEN 'a row of ' || l.relation::regclass::text \
                     WHEN 'transactionid' THEN 'a row' \
                     ELSE replace(l.locktype, '_', ' ') END AS waits_for \
             FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid \
             WHERE NOT l.granted AND a.datname = current_database() ORDER BY l.pid, l.locktype), \
         blocked AS ( \
             SELECT pid, pg_catalog.array_agg(DISTINCT by) AS blocked_by \
             FROM waiting, pg_catalog.unnest(blocked_by) AS by GROUP BY pid) \
         SELECT {COLUMNS}, coalesce(b.blocked_by, '{{}}'::integer[]) AS blocked_by, w.waits_for \
         FROM pg_stat_activity a \
         LEFT JOIN waiting w ON w.pid = a.pid LEFT JOIN blocked b ON b.pid = a.pid \
         WHERE b.pid IS NOT NULL OR a.pid IN (SELECT pg_catalog.unnest(blocked_by) FROM blocked) \
         ORDER BY a.pid"
    ))
    .load(conn)
}

/// Everybody else who is connected to this database.
pub fn others(conn: &mut PgConnection) -> QueryResult<Vec<Session>> {
    diesel::sql_query(format!(
        "SELECT {COLUMNS} FROM pg_stat_activity a \
         WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() \
         AND a.backend_type = 'client backend' ORDER BY a.pid"
    ))
    .load(conn)
}

/// Those of them that this role may not end.
///
/// # Errors
/// The server refuses.
pub fn beyond_reach(conn: &mut PgConnection) -> QueryResult<Vec<Session>> {
    // Of others' sessions an ordinary role doesn't see of what kind they are.
    diesel::sql_query(format!(
        "SELECT {COLUMNS} FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid \
         WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() \
         AND NOT EXISTS (SELECT FROM pg_roles own WHERE own.rolname = current_user AND own.rolsuper) \
         AND (r.rolsuper OR NOT pg_has_role(r.oid, 'USAGE'::text) \
             AND NOT pg_has_role('pg_signal_backend'::name, 'USAGE'::text)) ORDER BY a.pid"
    ))
    .load(conn)
}

/// Whether this role sees what others' sessions do.
pub fn sees_all(conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::sql_query("SELECT pg_has_role('pg_read_all_stats'::name, 'USAGE') AS sees_all")
        .scalar::<Bool, _>(conn)
}

/// The role that this session acts as.
pub fn role(conn: &mut PgConnection) -> QueryResult<String> {
    diesel::sql_query("SELECT current_user::text AS role").scalar::<Text, _>(conn)
}

/// Sessions with a transaction that works for longer than this.
pub fn long_transactions(conn: &mut PgConnection, seconds: i64) -> QueryResult<Vec<Session>> {
    in_trouble(
        conn,
        "a.xact_start < clock_timestamp() - $1::float8 * interval '1 second' \
         AND a.state NOT LIKE 'idle in transaction%'",
        seconds,
    )
}

/// Sessions that left a transaction open and have done nothing for longer than
/// this.
pub fn idle_in_transaction(conn: &mut PgConnection, seconds: i64) -> QueryResult<Vec<Session>> {
    in_trouble(
        conn,
        "a.state LIKE 'idle in transaction%' \
         AND a.state_change < clock_timestamp() - $1::float8 * interval '1 second'",
        seconds,
    )
}

/// Sessions that have waited for a lock of another one for longer than this.
pub fn blocked(conn: &mut PgConnection, seconds: i64) -> QueryResult<Vec<Session>> {
    in_trouble(
        conn,
        "a.wait_event_type = 'Lock' AND pg_catalog.cardinality(pg_blocking_pids(a.pid)) > 0 \
         AND a.query_start < clock_timestamp() - $1::float8 * interval '1 second'",
        seconds,
    )
}

fn in_trouble(conn: &mut PgConnection, condition: &str, seconds: i64) -> QueryResult<Vec<Session>> {
    diesel::sql_query(format!(
        "SELECT {COLUMNS} FROM pg_stat_activity a \
         WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() \
         AND a.backend_type = 'client backend' AND {condition} ORDER BY a.xact_start, a.pid"
    ))
    .bind::<BigInt, _>(seconds)
    .load(conn)
}

/// Everybody who is connected to that database; who ends them may not see of what kind they are.
pub fn of_database(conn: &mut PgConnection, name: &str) -> QueryResult<Vec<Session>> {
    diesel::sql_query(format!(
        "SELECT {COLUMNS} FROM pg_stat_activity a \
         WHERE a.datname = $1 AND a.pid <> pg_backend_pid() AND a.usesysid IS NOT NULL \
         AND coalesce(a.backend_type, 'client backend') = 'client backend' ORDER BY a.pid"
    ))
    .bind::<Text, _>(name)
    .load(conn)
}

/// Breaks off what another session of ours is at.
pub fn cancel(conn: &mut PgConnection, pid: i32) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_cancel_backend($1)")
        .bind::<Integer, _>(pid)
        .execute(conn)
        .map(drop)
}

/// Ends those sessions, and returns how many were told to.
pub fn terminate(
    conn: &mut PgConnection,
    sessions: &[Session],
    _consent: &Consent,
) -> QueryResult<usize> {
    let pids: Vec<i32> = sessions.iter().map(|session| session.pid).collect();
    diesel::sql_query("SELECT pg_terminate_backend(pid) FROM pg_catalog.unnest($1) AS pid")
        .bind::<diesel::sql_types::Array<Integer>, _>(pids)
        .execute(conn)
}

/// The process id of this connection's backend.
pub fn own_pid(conn: &mut PgConnection) -> QueryResult<i32> {
    diesel::sql_query("SELECT pg_backend_pid() AS pid").scalar::<Integer, _>(conn)
}

/// Sessions whose old snapshot keeps deleted rows from being cleaned up: those
/// that idle in a transaction, and those whose transaction is a minute old.
pub fn with_old_snapshot(conn: &mut PgConnection) -> QueryResult<Vec<Session>> {
    diesel::sql_query(format!(
        "SELECT {COLUMNS} FROM pg_stat_activity a \
         WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() \
         AND (a.backend_xmin IS NOT NULL OR a.backend_xid IS NOT NULL) \
         AND (a.state LIKE 'idle in transaction%' AND a.state_change < clock_timestamp() - interval '1 second' \
              OR a.xact_start < clock_timestamp() - interval '1 minute') \
         ORDER BY a.xact_start LIMIT 5"
    ))
    .load(conn)
}

//! Transactions: the only way to write.

use std::hash::{BuildHasher, RandomState};
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sql_types::Text;

use super::connect::Db;
use super::lock;
use crate::error::{self, Condition};
use crate::store::scalar::ScalarQuery;

/// How often a transaction that the server gave up is tried again.
const RETRIES: u32 = 4;

/// Runs `work` in one transaction and commits it. `work` may be called again,
/// after a serialization failure, a deadlock or a lock timeout, so it neither
/// prompts nor prints.
///
/// # Errors
/// What `work` or the server says, when trying again didn't help.
pub fn write<T>(
    db: &mut Db,
    mut work: impl FnMut(&mut PgConnection) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    again(|| once(db, &mut work), is_transient)
}

fn again<T>(
    mut run: impl FnMut() -> anyhow::Result<T>,
    is_worth_it: impl Fn(&anyhow::Error) -> bool,
) -> anyhow::Result<T> {
    let mut before: Option<anyhow::Error> = None;
    let mut attempt = 0;
    // What the server lacked each time, as long as it was the same.
    let mut lacked: Option<String> = None;
    loop {
        let error = match run() {
            Err(error) => error,
            done => return done,
        };
        let lacks = is_dropped_meanwhile(&error).then(|| error.to_string());
        lacked = lacks.filter(|lacks| attempt == 0 || lacked.as_ref() == Some(lacks));
        if attempt >= RETRIES || !is_worth_it(&error) {
            return Err(match lacked.filter(|_| attempt >= RETRIES) {
                Some(why) => error::catalogue_lacks(why).into(),
                None => told(error, before),
            });
        }
        tracing::info!(%error, attempt, "trying the transaction again");
        thread::sleep(backoff(attempt));
        attempt += 1;
        before = Some(error);
    }
}

/// Why it ends: a standby may end the whole session, and what it said of it before is the reason.
fn told(error: anyhow::Error, before: Option<anyhow::Error>) -> anyhow::Error {
    let is = |error: &anyhow::Error, what| conditions(error).any(|one| one == what);
    let reason = before.filter(|before| is(before, Condition::RecoveryConflict));
    let is_lost = is(&error, Condition::ConnectionLost);
    reason.filter(|_| is_lost).unwrap_or(error)
}

/// Runs `work` in one transaction, once: for a caller that has to say something
/// between two tries.
///
/// # Errors
/// What `work` or the server says. Refused: this session may not write.
pub fn once<T>(
    db: &mut Db,
    work: impl FnOnce(&mut PgConnection) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    db.require_writes()?;
    let held = db.held()?.to_vec();
    let settings = db.transaction_settings();
    // What the role or the database prefers would turn a row that somebody changed into an error.
    db.conn.build_transaction().read_committed().run(|conn| {
        apply(conn, settings.as_deref())?;
        // Whoever lost the lock and has not learned of it yet ends this first.
        held.into_iter().try_for_each(|key| lock::acquire_for_batch(conn, key))?;
        work(conn)
    })
}

/// Runs `work` in a transaction that is rolled back: for a plan that has to lock
/// what it looks at.
///
/// # Errors
/// What `work` or the server says.
pub fn rolled_back<T>(
    db: &mut Db,
    work: impl FnOnce(&mut PgConnection) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let mut planned = None;
    let result = once(db, |conn| {
        planned = Some(work(conn)?);
        Err::<(), _>(DieselError::RollbackTransaction.into())
    });
    match (planned, result) {
        (Some(planned), _) => Ok(planned),
        (None, Err(error)) => Err(error),
        // `once` ends with the rollback or with an error of `work`.
        (None, Ok(())) => Err(DieselError::RollbackTransaction.into()),
    }
}

/// Runs `work` in a READ ONLY transaction with one snapshot. `work` may be called again, where a
/// table was dropped under it, so it neither prompts nor prints, and keeps what it found to itself.
///
/// # Errors
/// What `work` or the server says.
pub fn read<T>(
    db: &mut Db,
    mut work: impl FnMut(&mut PgConnection) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    // Who drops a table holds what leads to it, and waits for those who have read from it.
    again(
        || read_once(db, &mut work),
        |error| {
            use Condition::{Deadlock, DroppedMeanwhile, RecoveryConflict};
            let passes = [Deadlock, DroppedMeanwhile, RecoveryConflict];
            conditions(error).any(|condition| passes.contains(&condition))
        },
    )
}

/// As [`read`], once: for what writes as it reads, or takes long.
///
/// # Errors
/// What `work` or the server says.
pub fn read_once<T>(
    db: &mut Db,
    work: impl FnOnce(&mut PgConnection) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let settings = db.transaction_settings();
    db.conn.build_transaction().read_only().repeatable_read().run(|conn| {
        apply(conn, settings.as_deref())?;
        work(conn)
    })
}

/// Has each query of this transaction take one processor: for what would take them all from the
/// application that works beside it, or is planned worse with helpers.
pub fn one_process_each(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SET LOCAL max_parallel_workers_per_gather = 0")
}

/// Runs `work`, which only looks, within the transaction that is open, and lets go of the locks
/// that it took: for what looks at more tables than a server has locks.
///
/// # Errors
/// What `work` or the server says.
pub fn without_keeping_locks<T>(
    conn: &mut PgConnection,
    work: impl FnOnce(&mut PgConnection) -> QueryResult<T>,
) -> QueryResult<T> {
    conn.batch_execute("SAVEPOINT before_locks")?;
    let found = work(conn)?;
    conn.batch_execute("ROLLBACK TO SAVEPOINT before_locks; RELEASE SAVEPOINT before_locks")?;
    Ok(found)
}

/// Runs `work` within the transaction that is open, and takes back what it did if it fails: the
/// transaction goes on.
///
/// # Errors
/// What `work` or the server says.
pub fn attempt<T, E: From<DieselError>>(
    conn: &mut PgConnection,
    work: impl FnOnce(&mut PgConnection) -> Result<T, E>,
) -> Result<T, E> {
    conn.transaction(work)
}

/// How often work that isn't done is begun again.
const ROUNDS: u32 = 20;

/// Runs `work` within the transaction that is open until it is done: where it returns nothing, what it
/// did is taken back and it begins again. `None`: it never came to an end.
///
/// # Errors
/// What `work` or the server says.
pub fn again_until_done<T>(
    conn: &mut PgConnection,
    mut work: impl FnMut(&mut PgConnection) -> anyhow::Result<Option<T>>,
) -> anyhow::Result<Option<T>> {
    for _ in 0..ROUNDS {
        conn.batch_execute("SAVEPOINT before_work")?;
        if let Some(done) = work(conn)? {
            return Ok(Some(done));
        }
        conn.batch_execute("ROLLBACK TO SAVEPOINT before_work; RELEASE SAVEPOINT before_work")?;
    }
    Ok(None)
}

/// The name by which other sessions see what this transaction sees, for as long as it lasts.
pub fn export_snapshot(conn: &mut PgConnection) -> QueryResult<String> {
    diesel::sql_query("SELECT pg_export_snapshot() AS snapshot").scalar::<Text, _>(conn)
}

/// The transaction waits for something else between two statements, as long as that takes.
///
/// # Errors
/// The server refuses.
pub fn may_be_idle(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SET LOCAL idle_in_transaction_session_timeout = 0")
}

/// How long a transaction may wait and work at most.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For one statement, in milliseconds; 0 is no limit.
    pub statement_timeout_ms: u64,
    /// For one lock, in milliseconds; 0 is no limit.
    pub lock_timeout_ms: u64,
}

/// As [`read`], for a look that must not stand in anybody's way. What it counts and judges is all
/// there is, or the server refuses.
///
/// # Errors
/// What `work` or the server says; also that it took too long.
pub fn read_within<T>(
    db: &mut Db,
    limits: Timeouts,
    mut work: impl FnMut(&mut PgConnection) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    read(db, |conn| {
        conn.batch_execute(&format!(
            "SET LOCAL statement_timeout = {}; SET LOCAL lock_timeout = {}; \
             SET LOCAL row_security = off",
            limits.statement_timeout_ms, limits.lock_timeout_ms
        ))?;
        work(conn)
    })
}

fn apply(conn: &mut PgConnection, settings: Option<&str>) -> QueryResult<()> {
    settings.map_or(Ok(()), |settings| conn.batch_execute(settings))
}

/// Whether the server gave up on a transaction that may succeed next time.
pub fn is_transient(error: &anyhow::Error) -> bool {
    conditions(error).any(|condition| {
        use Condition::{Deadlock, DroppedMeanwhile, LockTimeout, Serialization};
        matches!(condition, Deadlock | DroppedMeanwhile | LockTimeout | Serialization)
    })
}

/// Whether the server lacks what its catalogue named a moment ago.
pub fn is_dropped_meanwhile(error: &anyhow::Error) -> bool {
    conditions(error).any(|condition| condition == Condition::DroppedMeanwhile)
}

/// Whether the role may not read what was asked for, or not all of it: then that is unknown.
pub fn is_hidden(error: &anyhow::Error) -> bool {
    conditions(error)
        .any(|condition| matches!(condition, Condition::RowSecurity | Condition::PermissionDenied))
}

/// Whether a table isn't there, or isn't there any more.
pub fn is_gone(error: &anyhow::Error) -> bool {
    conditions(error).any(|condition| condition == Condition::UndefinedTable)
}

fn conditions(error: &anyhow::Error) -> impl Iterator<Item = Condition> {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<DieselError>())
        .filter_map(Condition::of_error)
}

/// 50 ms doubled for each attempt, up to 5 s, with half of it at random, so that
/// two who collided don't collide again.
pub fn backoff(attempt: u32) -> Duration {
    let full_ms = (50u64 << attempt.min(7)).min(5_000);
    let random = RandomState::new().hash_one(attempt);
    Duration::from_millis(full_ms / 2 + random % (full_ms / 2 + 1))
}

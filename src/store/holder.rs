//! Advisory locks where a pooler shares the sessions: a transaction on a connection of its own keeps
//! them for as long as it is open.
//!
//! It reads nothing, so that it keeps no snapshot, and no CREATE INDEX CONCURRENTLY waits for it.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::liveness::Watch;
use super::lock::{self, Key};
use super::sessions::Session;
use crate::store::scalar::ScalarQuery;

/// A pooler ends what is idle for longer than its own limit, which may be a few seconds.
const BETWEEN_ASKS: Duration = Duration::from_secs(2);

/// Lets go of its locks when dropped.
pub(super) struct Holder {
    conn: Arc<Mutex<PgConnection>>,
    /// What [`which`] said when it began.
    began: String,
    keys: Vec<Key>,
    _stop: Sender<()>,
    _watch: Option<Watch>,
}

impl Holder {
    /// `settings` is what each transaction of this command sets first.
    pub(super) fn begin(
        mut conn: PgConnection,
        settings: &str,
        watch: Option<Watch>,
        version_num: i32,
    ) -> QueryResult<Holder> {
        conn.batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY")?;
        conn.batch_execute(settings)?;
        // Any role may; the pooler's own limit is kept away by asking.
        conn.batch_execute("SET LOCAL idle_in_transaction_session_timeout = 0")?;
        if version_num >= 170_000 {
            conn.batch_execute("SET LOCAL transaction_timeout = 0")?;
        }
        let began = which(&mut conn)?;
        let conn = Arc::new(Mutex::new(conn));
        let (stop, stopped) = mpsc::channel::<()>();
        let asked = Arc::clone(&conn);
        thread::spawn(move || {
            while stopped.recv_timeout(BETWEEN_ASKS) == Err(RecvTimeoutError::Timeout) {
                // Whoever writes next learns why.
                if which(&mut guard(&asked)).is_err() {
                    return;
                }
            }
        });
        Ok(Holder { conn, began, keys: Vec::new(), _stop: stop, _watch: watch })
    }

    /// Takes the lock if it is free.
    pub(super) fn try_acquire(&mut self, key: Key) -> QueryResult<bool> {
        let taken = lock::try_acquire_for_transaction(&mut guard(&self.conn), key)?;
        if taken && !self.keys.contains(&key) {
            self.keys.push(key);
        }
        Ok(taken)
    }

    /// Who has the lock, if anybody has.
    pub(super) fn other(&self, key: Key) -> QueryResult<Option<Session>> {
        lock::holder(&mut guard(&self.conn), key)
    }

    /// Whether the transaction is still the one that took the locks.
    pub(super) fn is_there(&self) -> QueryResult<bool> {
        Ok(which(&mut guard(&self.conn))? == self.began)
    }

    pub(super) fn keys(&self) -> &[Key] {
        &self.keys
    }
}

impl Drop for Holder {
    /// A pooler throws away the session of a client that leaves in the middle of a transaction.
    fn drop(&mut self) {
        // One that is lost has let go of its locks already.
        let _ = guard(&self.conn).batch_execute("ROLLBACK");
    }
}

/// Which transaction it is, and by which backend.
fn which(conn: &mut PgConnection) -> QueryResult<String> {
    diesel::sql_query(
        "SELECT pg_catalog.pg_backend_pid()::pg_catalog.text \
             OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) pg_catalog.now()::pg_catalog.text AS which",
    )
    .scalar::<Text, _>(conn)
}

fn guard(conn: &Mutex<PgConnection>) -> MutexGuard<'_, PgConnection> {
    conn.lock().unwrap_or_else(PoisonError::into_inner)
}

//! Locks of a command, for as long as it works: of its session, or behind a pooler of a transaction on a
//! second connection.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use diesel::prelude::*;

use super::connect::Db;
use super::holder::Holder;
use super::lock::{self, Key};
use super::sessions::Session;
use super::tx;
use crate::error::Failure;

/// For the second connection, which a pooler may keep waiting for as long as it likes.
const SECOND_CONNECTION: Duration = Duration::from_secs(15);

/// Takes a lock if it is free.
///
/// # Errors
/// The server refuses. Busy: the pooler gives no second connection, or other locks were lost.
pub fn try_hold(db: &mut Db, key: Key) -> anyhow::Result<bool> {
    if !db.pooled {
        return Ok(lock::try_acquire(&mut db.conn, key)?);
    }
    if let Err(failure) = db.held() {
        match db.holder.take() {
            Some(holder) if holder.keys() == [key] => {}
            _ => return Err(failure.into()),
        }
    }
    if db.holder.is_none() {
        db.holder = Some(begin(db)?);
    }
    Ok(db.holder.as_mut().map_or(Ok(false), |holder| holder.try_acquire(key))?)
}

/// Who has the lock, if anybody has.
///
/// # Errors
/// The server refuses.
pub fn other_holder(db: &mut Db, key: Key) -> QueryResult<Option<Session>> {
    match &db.holder {
        Some(holder) => holder.other(key),
        None => lock::holder(&mut db.conn, key),
    }
}

/// A second connection with an open transaction, while the first one has one too: in a pool that has
/// but one, the first would wait for the second for ever.
fn begin(db: &mut Db) -> anyhow::Result<Holder> {
    let settings = db.transaction_settings().unwrap_or_default();
    let (target, version_num) = (db.target.clone(), db.server.version_num);
    tx::read_once(db, |_| {
        let (begun, begins) = mpsc::channel();
        // Left behind if no connection is to be had.
        thread::spawn(move || {
            let holder = target.open().map_err(anyhow::Error::from).and_then(|mut second| {
                let watch = second.watch.take();
                Ok(Holder::begin(second.conn, &settings, watch, version_num)?)
            });
            begun.send(holder)
        });
        let waited = begins.recv_timeout(SECOND_CONNECTION);
        waited.unwrap_or_else(|_| Err(no_second_connection().into()))
    })
}

fn no_second_connection() -> Failure {
    let seconds = SECOND_CONNECTION.as_secs();
    Failure::busy("the pooler gives no second connection")
        .why(format!(
            "this command holds its lock in a transaction of its own, and waited {seconds} s for it: \
             the pool has one connection, or all are in use"
        ))
        .hint("let the pool have two connections, or put the URL of the server itself into DIRECT_URL")
}

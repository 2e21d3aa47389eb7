//! Locks of a whole command: waiting for one's turn, and saying for whom.

use std::time::{Duration, Instant};

use diesel::QueryResult;

use super::{Context, describe_session};
use crate::error::Failure;
use crate::store::connect::Db;
use crate::store::sessions::Session;
use crate::store::{holding, lock};
use crate::ui::human;

impl Context {
    /// Takes a lock for as long as the command works, waiting up to `wait` for whoever holds it and
    /// saying who that is.
    ///
    /// # Errors
    /// Busy: it wasn't released in time, or a pooler has no connection for it. Refused: DIRECT_URL
    /// leads elsewhere; or a pooler stands between, and what changes the schema needs a session.
    pub fn hold(&self, db: &mut Db, key: lock::Key, wait: Duration) -> anyhow::Result<()> {
        if key == lock::Key::Schema || self.config.direct_url.is_some() {
            self.need_session(db, "the lock of this command")?;
        }
        self.take_turn(
            db,
            wait,
            |db| holding::try_hold(db, key),
            |db| holding::other_holder(db, key),
        )?;
        tracing::info!(?key, "holding the lock");
        Ok(())
    }

    /// A session in another database, as long as which nobody else replaces this one; waits as
    /// [`Context::hold`] does.
    ///
    /// # Errors
    /// Busy: the other one isn't done in time. Refused: a pooler stands between.
    pub fn hold_to_replace(&self, mut admin: Db, name: &str, wait: Duration) -> anyhow::Result<Db> {
        self.need_session(&mut admin, "the lock of this command")?;
        self.take_turn(
            &mut admin,
            wait,
            |db| Ok(lock::try_acquire_to_replace(&mut db.conn, name)?),
            |db| lock::who_replaces(&mut db.conn, name),
        )?;
        Ok(admin)
    }

    fn take_turn(
        &self,
        db: &mut Db,
        wait: Duration,
        mut try_it: impl FnMut(&mut Db) -> anyhow::Result<bool>,
        mut holder: impl FnMut(&mut Db) -> QueryResult<Option<Session>>,
    ) -> anyhow::Result<()> {
        let end = Instant::now() + wait;
        let mut told = None;
        while !try_it(db)? {
            let holder = holder(db)?;
            if Instant::now() >= end {
                return Err(busy(holder.as_ref(), wait).into());
            }
            if let Some(holder) = holder
                && told != Some(holder.pid)
            {
                self.ui.status(format!("waiting for {}", describe_session(&holder)));
                told = Some(holder.pid);
            }
            self.pause(Duration::from_millis(100))?;
        }
        Ok(())
    }
}

fn busy(holder: Option<&Session>, wait: Duration) -> Failure {
    let failure = Failure::busy(match wait.is_zero() {
        true => String::from("another run is still working"),
        false => format!("another run is still working after {}", human::duration(wait)),
    });
    match holder {
        Some(holder) => failure.why(format!("the lock is held by {}", describe_session(holder))),
        None => failure,
    }
    .hint("try again later, or wait longer with --lock-wait")
}

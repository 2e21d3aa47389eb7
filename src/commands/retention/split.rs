//! Months with many rows leave the DEFAULT partition of `audit_logs`: copied in
//! batches while the application writes, and exchanged in a moment.

use std::time::Instant;

use serde_json::json;

use super::args::EngineArgs;
use super::throttle::{Budget, LOCK_TIMEOUT, Throttle};
use super::view::RunView;
use crate::context::Context;
use crate::domain::audit_action::Action;
use crate::error::Failure;
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::partition_split;
use crate::store::partitions::{self, Month, Stray};
use crate::store::retention::Key;
use crate::store::tx;

/// As many changed rows are copied in the exchange itself, in a few milliseconds.
const FEW: usize = 500;
/// Passes over what changed, each of them shorter than the one before; an application that
/// outruns them all is told of.
const PASSES: u32 = 20;

pub(super) struct Split<'a> {
    throttle: Throttle<'a>,
    actor: &'a Actor,
    months: Vec<Month>,
    rows: u64,
}

impl<'a> Split<'a> {
    pub(super) fn new(
        budget: Budget<'a>,
        args: &EngineArgs,
        actor: &'a Actor,
        strays: &[Stray],
    ) -> Split<'a> {
        Split {
            throttle: Throttle::new(budget, args),
            actor,
            months: strays.iter().map(|stray| stray.month).collect(),
            rows: strays.iter().map(|stray| stray.rows).sum(),
        }
    }

    /// Returns the partitions that it made: none, or one for each month.
    ///
    /// # Errors
    /// The server refuses, or the run is to end: the DEFAULT partition is as it was.
    pub(super) fn run(mut self, db: &mut Db, view: &mut RunView) -> anyhow::Result<Vec<String>> {
        let made = self.split(db, view);
        if made.is_err() {
            // The first error is the one to tell of; the next run clears up what this one can't.
            let _ = clear(self.throttle.budget.ctx, db);
        }
        made
    }

    fn split(&mut self, db: &mut Db, view: &mut RunView) -> anyhow::Result<Vec<String>> {
        tx::write(db, |conn| {
            partitions::bound_locks(conn, LOCK_TIMEOUT)?;
            Ok(partition_split::begin(conn, &self.months)?)
        })?;
        self.copy(db, view)?;
        self.catch_up(db)?;
        tx::write(db, |conn| {
            partitions::bound_locks(conn, LOCK_TIMEOUT)?;
            Ok(partition_split::refer(conn, &self.months)?)
        })?;
        for month in &self.months {
            self.go_on()?;
            tx::write(db, |conn| Ok(partition_split::validate(conn, *month)?))?;
        }
        self.catch_up(db)?;
        let made: Vec<String> = self.months.iter().map(|month| month.partition()).collect();
        let is_done = tx::write(db, |conn| {
            partitions::bound_locks(conn, LOCK_TIMEOUT)?;
            let is_done = partition_split::exchange(conn, &self.months)?;
            if is_done {
                audit::record(conn, self.actor, &creation(&made, self.rows))?;
            }
            Ok(is_done)
        })?;
        if is_done { Ok(made) } else { Err(left("somebody emptied it meanwhile")) }
    }

    fn copy(&mut self, db: &mut Db, view: &mut RunView) -> anyhow::Result<()> {
        let progress = self.throttle.budget.ctx.ui.progress("moving", self.rows);
        let mut after = Key::first();
        loop {
            self.go_on()?;
            let rows = self.throttle.next(db, view)?;
            let start = Instant::now();
            let (copied, last) =
                tx::write(db, |conn| Ok(partition_split::copy_batch(conn, &after, rows)?))?;
            self.throttle.done(copied, start.elapsed());
            progress.advance(copied);
            match last {
                Some(last) if copied == u64::from(rows) => after = last,
                _ => return Ok(()),
            }
        }
    }

    fn catch_up(&self, db: &mut Db) -> anyhow::Result<()> {
        for _ in 0..PASSES {
            self.go_on()?;
            if tx::write(db, |conn| Ok(partition_split::catch_up(conn)?))? <= FEW {
                return Ok(());
            }
        }
        Err(left("rows come faster than they can be copied"))
    }

    fn go_on(&self) -> anyhow::Result<()> {
        match self.throttle.budget.stop() {
            Some(_) => Err(left("the run is to end")),
            None => Ok(()),
        }
    }
}

/// Takes away what a run left that was killed, or that failed.
///
/// # Errors
/// The server refuses.
pub(super) fn clear(ctx: &Context, db: &mut Db) -> anyhow::Result<()> {
    if !tx::read(db, |conn| Ok(partition_split::is_begun(conn)?))? {
        return Ok(());
    }
    ctx.ui.status("clearing up after a run that didn't end");
    tx::write(db, |conn| {
        partitions::bound_locks(conn, LOCK_TIMEOUT)?;
        Ok(partition_split::abandon(conn)?)
    })
}

fn left(why: &str) -> anyhow::Error {
    Failure::failed("the DEFAULT partition was left as it is").why(why).into()
}

/// What the audit log says of new partitions.
pub(super) fn creation(partitions: &[String], moved: u64) -> Change<'static> {
    Change {
        action: Action::PartitionCreate,
        resource_id: None,
        details: json!({ "partitions": partitions, "moved": moved }),
    }
}

//! What stops a run, and what makes it wait: signals, the clock, a rate, replicas that lag.

use std::time::{Duration, Instant};

use super::args::EngineArgs;
use super::view::RunView;
use crate::context::Context;
use crate::domain::retention::batch::{Batches, Pace};
use crate::domain::retention::lag::Lag;
use crate::store::connect::Db;
use crate::store::maintenance::RunOutcome;
use crate::store::{replicas, tx};
use crate::ui::human;

/// A lock that isn't granted in this time is tried again later: whoever waits
/// behind us waits no longer.
pub(super) const LOCK_TIMEOUT: Duration = Duration::from_millis(1_000);
/// How often replicas are asked how far they are.
const LAG_INTERVAL: Duration = Duration::from_secs(1);

/// When a run is to end before its work does.
#[derive(Clone, Copy)]
pub(super) struct Budget<'a> {
    pub(super) ctx: &'a Context,
    pub(super) started: Instant,
    pub(super) max_runtime: Option<Duration>,
}

impl Budget<'_> {
    /// Why to stop now, if there is a reason.
    pub(super) fn stop(&self) -> Option<RunOutcome> {
        if self.ctx.interrupted().is_some() {
            Some(RunOutcome::Interrupted)
        } else if self.max_runtime.is_some_and(|most| self.started.elapsed() >= most) {
            Some(RunOutcome::OutOfTime)
        } else {
            None
        }
    }
}

/// Makes a long run out of small transactions that nobody notices.
pub(super) struct Throttle<'a> {
    pub(super) budget: Budget<'a>,
    batches: Batches,
    pace: Pace,
    replicas: Replicas,
}

impl<'a> Throttle<'a> {
    pub(super) fn new(budget: Budget<'a>, args: &EngineArgs) -> Throttle<'a> {
        Throttle {
            budget,
            batches: Batches::new(args.batch_time, args.batch_size),
            pace: Pace::new(Some(args.rate)),
            replicas: Replicas { max_lag: args.max_lag, lag: Lag::default(), asked: None },
        }
    }

    /// Waits for replicas; returns the rows that the next transaction may take.
    ///
    /// # Errors
    /// The server refuses.
    pub(super) fn next(&mut self, db: &mut Db, view: &mut RunView) -> anyhow::Result<u32> {
        self.wait_for_replicas(db, view)?;
        Ok(self.pace.cap(self.batches.rows()))
    }

    /// Waits until no replica is too far behind, or the run is to end.
    ///
    /// # Errors
    /// The server refuses.
    pub(super) fn wait_for_replicas(
        &mut self,
        db: &mut Db,
        view: &mut RunView,
    ) -> anyhow::Result<()> {
        self.replicas.wait(self.budget, db, view)
    }

    /// After a transaction of `rows` that took `took`: learns from it, and keeps the rate.
    pub(super) fn done(&mut self, rows: u64, took: Duration) {
        self.batches.took(rows, took);
        // Interrupted, the loop finds out by itself.
        let _ = self.budget.ctx.pause(self.pace.wait(rows, took));
    }
}

/// How far replicas are behind, asked every now and then.
struct Replicas {
    max_lag: Duration,
    lag: Lag,
    asked: Option<Instant>,
}

impl Replicas {
    fn wait(&mut self, budget: Budget<'_>, db: &mut Db, view: &mut RunView) -> anyhow::Result<()> {
        let mut told = false;
        while budget.stop().is_none()
            && self.asked.is_none_or(|asked| asked.elapsed() >= LAG_INTERVAL)
        {
            let positions = tx::read(db, |conn| Ok(replicas::positions(conn)?))?;
            if self.asked.is_none() {
                self.tell_of_slots(budget, db, view)?;
            }
            if self.asked.is_none() && positions.hidden > 0 {
                view.warn(
                    budget.ctx,
                    String::from(
                        "this role may not see how far replicas are (GRANT pg_read_all_stats), \
                         so --max-lag waits for none",
                    ),
                );
            }
            self.asked = Some(Instant::now());
            let slowest = positions.slowest.unwrap_or(positions.primary);
            let behind = self.lag.behind(budget.started.elapsed(), positions.primary, slowest);
            if behind <= self.max_lag {
                break;
            }
            if !told {
                let behind = human::duration(behind);
                view.warn(budget.ctx, format!("a replica is {behind} behind; waiting for it"));
                told = true;
            }
            let _ = budget.ctx.pause(LAG_INTERVAL);
        }
        Ok(())
    }

    /// Nothing can be waited for, and the log that a run writes stays for them.
    fn tell_of_slots(
        &self,
        budget: Budget<'_>,
        db: &mut Db,
        view: &mut RunView,
    ) -> anyhow::Result<()> {
        let slots = tx::read(db, |conn| Ok(replicas::without_standby(conn)?))?;
        for slot in slots {
            view.warn(
                budget.ctx,
                format!(
                    "no standby is connected to the slot {slot}: --max-lag can't wait for it, and the \
                     server keeps all that this run writes to its log"
                ),
            );
        }
        Ok(())
    }
}

//! What stops a run, and what makes it wait: signals, the clock, replicas that lag.

use std::time::{Duration, Instant};

use super::view::RunView;
use crate::context::Context;
use crate::domain::retention::lag::Lag;
use crate::store::connect::Db;
use crate::store::maintenance::RunOutcome;
use crate::store::replicas;
use crate::ui::human;

/// A lock that isn't granted in this time is tried again later: whoever waits
/// behind us waits no longer.
pub const LOCK_TIMEOUT: Duration = Duration::from_millis(1_000);
/// How often replicas are asked how far they are.
const LAG_INTERVAL: Duration = Duration::from_secs(1);

/// When a run is to end before its work does.
#[derive(Clone, Copy)]
pub struct Limits<'a> {
    pub ctx: &'a Context,
    pub started: Instant,
    pub max_runtime: Option<Duration>,
}

impl Limits<'_> {
    /// Why to stop now, if there is a reason.
    pub fn stop(&self) -> Option<RunOutcome> {
        if self.ctx.interrupted().is_some() {
            Some(RunOutcome::Interrupted)
        } else if self.max_runtime.is_some_and(|most| self.started.elapsed() >= most) {
            Some(RunOutcome::OutOfTime)
        } else {
            None
        }
    }
}

/// How far replicas are behind, asked every now and then.
pub struct Replicas {
    max_lag: Duration,
    lag: Lag,
    asked: Option<Instant>,
}

impl Replicas {
    pub fn new(max_lag: Duration) -> Replicas {
        Replicas { max_lag, lag: Lag::default(), asked: None }
    }

    /// Waits until no replica is too far behind, or the run is to end.
    ///
    /// # Errors
    /// The server refuses.
    pub fn wait(
        &mut self,
        limits: Limits<'_>,
        db: &mut Db,
        view: &mut RunView,
    ) -> anyhow::Result<()> {
        let mut told = false;
        while limits.stop().is_none()
            && self.asked.is_none_or(|asked| asked.elapsed() >= LAG_INTERVAL)
        {
            let positions = replicas::positions(&mut db.conn)?;
            if self.asked.is_none() && positions.hidden > 0 {
                view.warn(
                    limits.ctx,
                    String::from(
                        "this role may not see how far replicas are (GRANT pg_read_all_stats), \
                         so --max-lag waits for none",
                    ),
                );
            }
            self.asked = Some(Instant::now());
            let slowest = positions.slowest.unwrap_or(positions.primary);
            let behind = self.lag.behind(limits.started.elapsed(), positions.primary, slowest);
            if behind <= self.max_lag {
                break;
            }
            if !told {
                let behind = human::duration(behind);
                view.warn(limits.ctx, format!("a replica is {behind} behind; waiting for it"));
                told = true;
            }
            let _ = limits.ctx.pause(LAG_INTERVAL);
        }
        Ok(())
    }
}

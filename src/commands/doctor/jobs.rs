//! Checks of scheduled jobs.

use std::time::Duration;

use super::probe::Probe;
use crate::domain::check::{Finding, Status};
use crate::store::health::{self, Jobs};
use crate::ui::human;

pub(super) fn stuck(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let seconds = probe.limits.running_seconds;
    let jobs = probe.ask(|conn| health::stuck(conn, seconds))?;
    Ok(describe(&jobs, Status::Fail, "none RUNNING for long", "RUNNING for up to").remedy(format!(
        "inboxctl jobs release --stuck --older-than {seconds}s, if their workers are gone; \
             --dry-run shows them"
    )))
}

pub(super) fn overdue(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let seconds = probe.limits.overdue_seconds;
    let jobs = probe.ask(|conn| health::overdue(conn, seconds))?;
    Ok(describe(&jobs, Status::Warn, "none waits past its time", "PENDING, overdue by up to")
        .remedy("inboxctl jobs list --overdue"))
}

fn describe(jobs: &Jobs, status: Status, none: &str, what: &str) -> Finding {
    let Some(oldest) = jobs.oldest_seconds else { return Finding::ok(none) };
    let count = human::plural(jobs.count.unsigned_abs(), "job", "jobs");
    let age = human::age(Duration::from_secs(oldest.unsigned_abs()));
    Finding::new(status, format!("{count} {what} {age}"))
}

//! What `jobs retry`, `cancel`, `release` and `reschedule` have in common: which jobs they may
//! touch, and small transactions that touch them.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::status_cell;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::id_arg::IdArg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::domain::named::Label;
use crate::domain::vocabulary::JobStatus;
use crate::error::Outcome;
use crate::store::audit::{self, Actor};
use crate::store::connect::Db;
use crate::store::id_ranges::Of;
use crate::store::jobs::{self, Job};
use crate::store::{server, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Retry,
    Cancel,
    /// From workers that haven't touched them for so long.
    Release(Duration),
    Reschedule(Due),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    At(Timestamp),
    In(Duration),
}

impl Due {
    fn resolve(self, now: Timestamp) -> Timestamp {
        match self {
            Due::At(at) => at,
            Due::In(wait) => now.checked_add(wait).unwrap_or(Timestamp::MAX),
        }
    }
}

#[derive(Debug)]
pub(super) enum Selection {
    Ids(Vec<IdArg>),
    /// Whatever failed, perhaps of one type.
    Failed {
        job_type: Option<String>,
    },
    /// Whatever no worker has touched for so long.
    Stuck {
        untouched: Duration,
        job_type: Option<String>,
    },
}

/// Jobs that one transaction changes.
const BATCH_ROWS: usize = 200;
/// Changed jobs that are named; skipped ones are all named.
const NAMED_ROWS: usize = 50;

impl Change {
    /// Why a job with this status is left alone, if it is.
    fn refusal(self, job: &Job, now: Timestamp) -> Option<&'static str> {
        let Some(status) = job.status.known() else {
            return Some("its status is one of the application's own");
        };
        match (self, status) {
            (Change::Release(untouched), JobStatus::Running) => {
                let since = now.checked_sub(untouched).unwrap_or(Timestamp::MIN);
                (job.updated_at > since.into()).then_some("its worker touched it recently")
            }
            (Change::Release(_), _) => Some("no worker has it"),
            (_, JobStatus::Running) => Some("a worker runs it"),
            (Change::Reschedule(_), JobStatus::Pending) => None,
            (Change::Reschedule(_), JobStatus::Completed) => Some("it completed"),
            (Change::Reschedule(_), _) => Some("it isn't waiting; use `jobs retry`"),
            (Change::Retry, JobStatus::Failed | JobStatus::Cancelled) => None,
            (Change::Retry, JobStatus::Pending) => Some("it waits for its turn already"),
            (Change::Retry, JobStatus::Completed) => Some("it completed"),
            (Change::Cancel, JobStatus::Pending) => None,
            (Change::Cancel, JobStatus::Completed) => Some("it completed"),
            (Change::Cancel, JobStatus::Failed) => Some("it failed and is tried no more"),
            (Change::Cancel, JobStatus::Cancelled) => Some("it is cancelled already"),
        }
    }

    /// With the time that was asked for, and that each batch gets.
    fn settled(self, now: Timestamp) -> Change {
        match self {
            Change::Reschedule(due) => Change::Reschedule(Due::At(due.resolve(now))),
            other => other,
        }
    }

    fn due(self) -> Option<Timestamp> {
        match self {
            Change::Reschedule(Due::At(at)) => Some(at),
            _ => None,
        }
    }

    /// ` to 2026-03-01 00:00`
    fn to(self) -> String {
        self.due().map(|at| format!(" to {}", human::minute(at))).unwrap_or_default()
    }

    fn verb(self) -> &'static str {
        match self {
            Change::Retry => "retry",
            Change::Cancel => "cancel",
            Change::Release(_) => "release",
            Change::Reschedule(_) => "reschedule",
        }
    }

    fn past(self) -> &'static str {
        match self {
            Change::Retry => "retried",
            Change::Cancel => "cancelled",
            Change::Release(_) => "released",
            Change::Reschedule(_) => "rescheduled",
        }
    }

    fn action(self) -> Action {
        match self {
            Change::Retry => Action::JobRetry,
            Change::Cancel => Action::JobCancel,
            Change::Release(_) => Action::JobRelease,
            Change::Reschedule(_) => Action::JobReschedule,
        }
    }

    /// What whoever says yes to it should know.
    fn warning(self) -> Option<&'static str> {
        let is_release = matches!(self, Change::Release(_));
        is_release
            .then_some("if its worker is still alive, a job that is released may be done twice")
    }
}

pub(super) fn run(
    ctx: &mut Context,
    change: Change,
    selection: Selection,
    consent: ConsentArgs,
) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let actor = ctx.actor_unless(consent.dry_run, &mut db, Right::Jobs)?;
    let ids = select(&mut db, selection, consent.yes)?;
    let change = change.settled(tx::read(&mut db, |conn| Ok(server::now(conn)?))?);
    let mut plan = ChangeView::new(change, true);
    for batch in ids.chunks(BATCH_ROWS) {
        look(&mut db, change, batch, &mut plan)?;
    }
    if let Some(warning) = change.warning().filter(|_| plan.changed > 0) {
        ctx.ui.warn(warning);
    }
    let mut view = ChangeView::new(change, false);
    if consent.dry_run {
        view = plan;
    } else if let Some(actor) = actor.as_ref().filter(|_| plan.changed > 0) {
        let jobs = human::plural(plan.changed, "job", "jobs");
        let what = format!("{} {jobs} of scheduled_jobs{}", change.verb(), change.to());
        let consent = ctx.consent(&mut db, &plan, &what, consent.yes)?;
        for batch in ids.chunks(BATCH_ROWS) {
            if let Some(signal) = ctx.interrupted() {
                ctx.ui.show(&view)?;
                return Ok(Outcome::Interrupted(signal));
            }
            for (job, refusal) in apply(&mut db, change, batch, actor, &consent)? {
                view.add(&job, refusal);
            }
        }
    } else {
        look(&mut db, change, &ids, &mut view)?;
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::trouble_if(view.skipped > 0))
}

/// What would become of each of them.
fn look(db: &mut Db, change: Change, ids: &[Uuid], view: &mut ChangeView) -> anyhow::Result<()> {
    let (jobs, now) = tx::read(db, |conn| Ok((jobs::list_by_id(conn, ids)?, server::now(conn)?)))?;
    jobs.iter().for_each(|job| view.add(job, change.refusal(job, now)));
    Ok(())
}

fn select(db: &mut Db, selection: Selection, yes: bool) -> anyhow::Result<Vec<Uuid>> {
    match selection {
        Selection::Failed { job_type } => {
            tx::read(db, |conn| Ok(jobs::list_failed_ids(conn, job_type.as_deref())?))
        }
        Selection::Stuck { untouched, job_type } => {
            tx::read(db, |conn| Ok(jobs::list_stuck_ids(conn, untouched, job_type.as_deref())?))
        }
        Selection::Ids(ids) => {
            let (ids, found) = tx::read(db, |conn| {
                let ids = ids.iter().map(|id| id.find_for(conn, Of::Job, yes));
                let mut ids = ids.collect::<anyhow::Result<Vec<Uuid>>>()?;
                ids.sort();
                ids.dedup();
                let found = jobs::list_by_id(conn, &ids)?;
                Ok((ids, found))
            })?;
            match ids.iter().find(|id| found.iter().all(|job| job.id != **id)) {
                Some(missing) => Err(super::unknown(*missing).into()),
                None => Ok(ids),
            }
        }
    }
}

/// Changes those of `ids` that are free and may be changed. Returns every job of
/// them that still exists, as it was, and why it was left alone, if it was.
fn apply(
    db: &mut Db,
    change: Change,
    ids: &[Uuid],
    actor: &Actor,
    consent: &Consent,
) -> anyhow::Result<Vec<(Job, Option<&'static str>)>> {
    tx::write(db, |conn| {
        let mut jobs: BTreeMap<Uuid, (Job, Option<&'static str>)> = jobs::list_by_id(conn, ids)?
            .into_iter()
            .map(|job| (job.id, (job, Some("another session works on it"))))
            .collect();
        let mut changed = Vec::new();
        let now = server::now(conn)?;
        for job in jobs::lock_free(conn, ids)? {
            let refusal = change.refusal(&job, now);
            if refusal.is_none() {
                changed.push(job.id);
            }
            jobs.insert(job.id, (job, refusal));
        }
        match change {
            Change::Retry => jobs::retry(conn, &changed, consent)?,
            Change::Cancel => jobs::cancel(conn, &changed, consent)?,
            Change::Release(_) => jobs::release(conn, &changed, consent)?,
            Change::Reschedule(due) => {
                jobs::reschedule(conn, &changed, due.resolve(now), consent)?;
            }
        };
        for id in &changed {
            record(conn, change, &jobs[id].0, actor, now)?;
        }
        Ok(jobs.into_values().collect())
    })
}

fn record(
    conn: &mut diesel::PgConnection,
    change: Change,
    job: &Job,
    actor: &Actor,
    now: Timestamp,
) -> anyhow::Result<()> {
    let mut details = json!({
        "type": job.job_type,
        "status": job.status,
        "attempts": job.attempts,
        "last_error": job.last_error,
        "scheduled_at": job.scheduled_at,
    });
    match change {
        Change::Release(_) => details["locked_by"] = json!(job.locked_by),
        Change::Reschedule(due) => details["to"] = json!(due.resolve(now)),
        Change::Retry | Change::Cancel => {}
    }
    let entry =
        audit::Change { action: change.action(), resource_id: Some(&job.id.to_string()), details };
    Ok(audit::record(conn, actor, &entry)?)
}

#[derive(Debug, Serialize)]
struct ChangeView {
    #[serde(skip)]
    change: Change,
    dry_run: bool,
    /// How many were changed, or would be.
    changed: u64,
    skipped: u64,
    /// When they are due now; of a `reschedule` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled_at: Option<Timestamp>,
    /// Every skipped one, and the first of the changed ones.
    jobs: Vec<Row>,
    /// More were changed than are listed.
    truncated: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    id: Uuid,
    #[serde(rename = "type")]
    job_type: String,
    /// Before the change.
    status: Label<JobStatus>,
    changed: bool,
    /// Why it was skipped.
    reason: Option<&'static str>,
}

impl ChangeView {
    fn new(change: Change, dry_run: bool) -> ChangeView {
        ChangeView {
            change,
            dry_run,
            changed: 0,
            skipped: 0,
            scheduled_at: change.due(),
            jobs: Vec::new(),
            truncated: false,
        }
    }

    fn add(&mut self, job: &Job, reason: Option<&'static str>) {
        match reason {
            Some(_) => self.skipped += 1,
            None => self.changed += 1,
        }
        if reason.is_none() && self.changed > NAMED_ROWS as u64 {
            self.truncated = true;
            return;
        }
        self.jobs.push(Row {
            id: job.id,
            job_type: job.job_type.clone(),
            status: job.status.clone(),
            changed: reason.is_none(),
            reason,
        });
    }
}

impl Tabular for ChangeView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("id"),
            Column::left("type"),
            Column::left("was"),
            Column::text("result"),
        ])
        .records_if_wide();
        for row in &self.jobs {
            grid.row(vec![
                row.id.to_string().into(),
                row.job_type.as_str().into(),
                status_cell(&row.status),
                match row.reason {
                    Some(reason) => Cell::toned(format!("skipped: {reason}"), Tone::Warn),
                    None if self.dry_run => Cell::new(format!("would be {}", self.change.past())),
                    None => Cell::toned(self.change.past(), Tone::Good),
                },
            ]);
        }
        let jobs = human::plural(self.changed, "job", "jobs");
        let skipped = match self.skipped {
            0 => String::new(),
            skipped => format!(", {} skipped", human::count(skipped)),
        };
        let to = self.change.to();
        let listed = if self.truncated { "; the first of them are listed" } else { "" };
        grid.note(match self.dry_run {
            true => format!(
                "Would {} {jobs}{to}{skipped}{listed}; nothing was changed.",
                self.change.verb()
            ),
            false => format!("{jobs} {}{to}{skipped}{listed}.", self.change.past()),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("jobs")
    }
}

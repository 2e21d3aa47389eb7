//! What `jobs retry` and `jobs cancel` have in common: which jobs they may
//! touch, and small transactions that touch them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::status_cell;
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::domain::named::Label;
use crate::domain::vocabulary::JobStatus;
use crate::error::Outcome;
use crate::store::audit::{self, Actor};
use crate::store::connect::Db;
use crate::store::jobs::{self, Job};
use crate::store::tx;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Retry,
    Cancel,
}

#[derive(Debug)]
pub(super) enum Selection {
    Ids(Vec<Uuid>),
    /// Whatever failed, perhaps of one type.
    Failed {
        job_type: Option<String>,
    },
}

/// Jobs that one transaction changes.
const BATCH_ROWS: usize = 200;
/// Changed jobs that are named; skipped ones are all named.
const NAMED_ROWS: usize = 50;

impl Change {
    /// Why a job with this status is left alone, if it is.
    fn refusal(self, status: &Label<JobStatus>) -> Option<&'static str> {
        let Some(status) = status.known() else {
            return Some("its status is one of the application's own");
        };
        match (self, status) {
            (_, JobStatus::Running) => Some("a worker runs it"),
            (Change::Retry, JobStatus::Failed | JobStatus::Cancelled) => None,
            (Change::Retry, JobStatus::Pending) => Some("it waits for its turn already"),
            (Change::Retry, JobStatus::Completed) => Some("it completed"),
            (Change::Cancel, JobStatus::Pending) => None,
            (Change::Cancel, JobStatus::Completed) => Some("it completed"),
            (Change::Cancel, JobStatus::Failed) => Some("it failed and is tried no more"),
            (Change::Cancel, JobStatus::Cancelled) => Some("it is cancelled already"),
        }
    }

    fn verb(self) -> &'static str {
        match self {
            Change::Retry => "retry",
            Change::Cancel => "cancel",
        }
    }

    fn past(self) -> &'static str {
        match self {
            Change::Retry => "retried",
            Change::Cancel => "cancelled",
        }
    }

    fn action(self) -> Action {
        match self {
            Change::Retry => Action::JobRetry,
            Change::Cancel => Action::JobCancel,
        }
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
    let ids = select(&mut db, selection)?;
    let mut plan = ChangeView::new(change, true);
    for batch in ids.chunks(BATCH_ROWS) {
        for job in tx::read(&mut db, |conn| Ok(jobs::list_by_id(conn, batch)?))? {
            plan.add(&job, change.refusal(&job.status));
        }
    }
    let mut view = ChangeView::new(change, false);
    if consent.dry_run {
        view = plan;
    } else if let Some(actor) = actor.as_ref().filter(|_| plan.changed > 0) {
        let jobs = human::plural(plan.changed, "job", "jobs");
        let what = format!("{} {jobs} of scheduled_jobs", change.verb());
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
        for job in tx::read(&mut db, |conn| Ok(jobs::list_by_id(conn, &ids)?))? {
            view.add(&job, change.refusal(&job.status));
        }
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::trouble_if(view.skipped > 0))
}

fn select(db: &mut Db, selection: Selection) -> anyhow::Result<Vec<Uuid>> {
    match selection {
        Selection::Failed { job_type } => {
            tx::read(db, |conn| Ok(jobs::list_failed_ids(conn, job_type.as_deref())?))
        }
        Selection::Ids(mut ids) => {
            ids.sort();
            ids.dedup();
            let found = tx::read(db, |conn| Ok(jobs::list_by_id(conn, &ids)?))?;
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
        for job in jobs::lock_free(conn, ids)? {
            let refusal = change.refusal(&job.status);
            if refusal.is_none() {
                changed.push(job.id);
            }
            jobs.insert(job.id, (job, refusal));
        }
        match change {
            Change::Retry => jobs::retry(conn, &changed, consent)?,
            Change::Cancel => jobs::cancel(conn, &changed, consent)?,
        };
        for id in &changed {
            record(conn, change, &jobs[id].0, actor)?;
        }
        Ok(jobs.into_values().collect())
    })
}

fn record(
    conn: &mut diesel::PgConnection,
    change: Change,
    job: &Job,
    actor: &Actor,
) -> anyhow::Result<()> {
    let entry = audit::Change {
        action: change.action(),
        resource_id: Some(&job.id.to_string()),
        details: json!({
            "type": job.job_type,
            "status": job.status,
            "attempts": job.attempts,
            "last_error": job.last_error,
            "scheduled_at": job.scheduled_at,
        }),
    };
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
        ChangeView { change, dry_run, changed: 0, skipped: 0, jobs: Vec::new(), truncated: false }
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
        let listed = if self.truncated { "; the first of them are listed" } else { "" };
        grid.note(match self.dry_run {
            true => format!(
                "Would {} {jobs}{skipped}{listed}; nothing was changed.",
                self.change.verb()
            ),
            false => format!("{jobs} {}{skipped}{listed}.", self.change.past()),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("jobs")
    }
}

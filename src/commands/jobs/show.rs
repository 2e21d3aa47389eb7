//! `jobs show`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::status_cell;
use crate::commands::id_arg::IdArg;
use crate::context::Context;
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::domain::vocabulary::JobStatus;
use crate::error::Outcome;
use crate::store::id_ranges::Of;
use crate::store::{jobs, server, tx};
use crate::ui::{Block, Cell, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The job, by its id or the beginning of it
    id: IdArg,
}

pub(super) fn run(ctx: &mut Context, args: ShowArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let (id, job, now) = tx::read(&mut db, |conn| {
        let id = args.id.find(conn, Of::Job)?;
        Ok((id, jobs::find(conn, id)?, server::now(conn)?))
    })?;
    let job = job.ok_or_else(|| super::unknown(id))?;
    ctx.ui.show(&ShowView {
        id: job.id,
        job_type: job.job_type,
        overdue: job.status == JobStatus::Pending && job.scheduled_at < now.into(),
        status: job.status,
        scheduled_at: job.scheduled_at,
        attempts: job.attempts,
        last_error: job.last_error,
        started_at: job.started_at,
        locked_by: job.locked_by,
        message_id: job.message_id,
        finished_at: job.finished_at,
        created_at: job.created_at,
        updated_at: job.updated_at,
        payload: job.payload,
        now,
    })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct ShowView {
    id: Uuid,
    #[serde(rename = "type")]
    job_type: String,
    status: Label<JobStatus>,
    /// It still waits though its time has come.
    overdue: bool,
    scheduled_at: PgTime,
    attempts: i32,
    last_error: Option<String>,
    /// These three by workers that say so.
    started_at: Option<PgTime>,
    locked_by: Option<String>,
    message_id: Option<Uuid>,
    finished_at: Option<PgTime>,
    created_at: PgTime,
    updated_at: PgTime,
    payload: RawJson,
    #[serde(skip)]
    now: Timestamp,
}

impl Tabular for ShowView {
    fn blocks(&self) -> Vec<Block> {
        let time = |at: PgTime| match at.known() {
            Some(known) => {
                let exact = human::second(known);
                Cell::new(format!("{exact} ({})", human::when(known, self.now)))
            }
            None => Cell::new(at.to_string()),
        };
        let mut facts = vec![
            ("id", Cell::new(self.id.to_string())),
            ("type", Cell::new(&self.job_type)),
            ("status", status_cell(&self.status)),
            ("scheduled", time(self.scheduled_at)),
            ("tries", Cell::new(self.attempts.to_string())),
        ];
        if self.overdue {
            facts.push(("overdue", Cell::toned("yes", Tone::Warn)));
        }
        if let Some(error) = &self.last_error {
            facts.push(("last error", Cell::toned(error, Tone::Bad)));
        }
        if let Some(at) = self.started_at {
            facts.push(("started", time(at)));
        }
        if let Some(worker) = &self.locked_by {
            facts.push(("worker", Cell::new(worker)));
        }
        if let Some(message) = self.message_id {
            facts.push(("message", Cell::new(message.to_string())));
        }
        if let Some(at) = self.finished_at {
            facts.push(("finished", time(at)));
        }
        facts.push(("created", time(self.created_at)));
        facts.push(("updated", time(self.updated_at)));
        facts.push(("payload", Cell::new(self.payload.text())));
        vec![Block::Grid(Grid::facts(facts))]
    }
}

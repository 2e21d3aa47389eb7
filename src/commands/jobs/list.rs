//! `jobs list`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::status_cell;
use crate::commands::list_args::ListArgs;
use crate::commands::name_arg;
use crate::commands::span_args::SpanArgs;
use crate::context::Context;
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::domain::suggest;
use crate::domain::vocabulary::JobStatus;
use crate::error::Outcome;
use crate::store::jobs::{self, Filter, Job};
use crate::store::{server, tx};
use crate::ui::{Field, Listed, human};

#[derive(Debug, Args)]
pub struct ListJobsArgs {
    /// Only jobs with this status
    #[arg(long, value_name = "STATUS", value_parser = name_arg::parser::<JobStatus>())]
    status: Option<JobStatus>,
    /// Only jobs of this type
    #[arg(long = "type", value_name = "TYPE")]
    job_type: Option<String>,
    /// Only pending jobs past their scheduled time, the longest waiting first
    #[arg(long, conflicts_with = "status")]
    overdue: bool,
    #[command(flatten)]
    span: SpanArgs,
    #[command(flatten)]
    list: ListArgs<JobRow>,
}

pub(super) fn run(ctx: &mut Context, args: ListJobsArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let (rows, types, now) = tx::read(&mut db, |conn| {
        let now = server::now(conn)?;
        let filter = Filter {
            status: args.status,
            job_type: args.job_type.clone(),
            overdue: args.overdue,
            span: args.span.resolve(now),
            after: None,
        };
        let rows = jobs::list(conn, &filter, args.list.probe())?;
        let types = if rows.is_empty() { jobs::list_types(conn)? } else { Vec::new() };
        Ok((rows, types, now))
    })?;
    if let Some(wanted) = &args.job_type
        && !types.is_empty()
        && !types.contains(wanted)
    {
        let types: Vec<&str> = types.iter().map(String::as_str).collect();
        ctx.ui.hint(match suggest::nearest(wanted, types.iter().copied()) {
            Some(near) => format!("no job has the type {wanted}; did you mean {near}?"),
            None => format!("no job has the type {wanted}; there are {}", types.join(", ")),
        });
    }
    args.list.show(ctx, &mut db, rows.into_iter().map(|job| JobRow::new(job, now)).collect())
}

#[derive(Debug, Serialize)]
pub(super) struct JobRow {
    id: Uuid,
    #[serde(rename = "type")]
    job_type: String,
    status: Label<JobStatus>,
    scheduled_at: PgTime,
    attempts: i32,
    last_error: Option<String>,
    /// The worker that runs it, or ran it last, where workers say so.
    locked_by: Option<String>,
    finished_at: Option<PgTime>,
    created_at: PgTime,
    updated_at: PgTime,
    payload: RawJson,
    #[serde(skip)]
    now: Timestamp,
}

impl JobRow {
    fn new(job: Job, now: Timestamp) -> JobRow {
        JobRow {
            id: job.id,
            job_type: job.job_type,
            status: job.status,
            scheduled_at: job.scheduled_at,
            attempts: job.attempts,
            last_error: job.last_error,
            locked_by: job.locked_by,
            finished_at: job.finished_at,
            created_at: job.created_at,
            updated_at: job.updated_at,
            payload: job.payload,
            now,
        }
    }
}

impl Listed for JobRow {
    const KEY: &'static str = "jobs";
    const TABLES: &'static [&'static str] = &["scheduled_jobs"];
    const NOUN: (&'static str, &'static str) = ("job", "jobs");
    const FIELDS: &'static [Field<JobRow>] = &[
        Field::left("id", |row: &JobRow| row.id.to_string().into()),
        Field::left("type", |row: &JobRow| row.job_type.as_str().into()),
        Field::left("status", |row: &JobRow| status_cell(&row.status)),
        Field::left("scheduled_at", |row: &JobRow| human::when(row.scheduled_at, row.now).into())
            .titled("scheduled"),
        Field::right("attempts", |row: &JobRow| row.attempts.to_string().into()).titled("tries"),
        Field::text("last_error", |row: &JobRow| row.last_error.clone().unwrap_or_default().into())
            .titled("last error")
            .on_request(),
        Field::text("locked_by", |row: &JobRow| row.locked_by.clone().unwrap_or_default().into())
            .titled("worker")
            .on_request(),
        Field::left("finished_at", |row: &JobRow| when(row.finished_at, row.now).into())
            .titled("finished")
            .on_request(),
        Field::left("created_at", |row: &JobRow| human::when(row.created_at, row.now).into())
            .titled("created")
            .on_request(),
        Field::left("updated_at", |row: &JobRow| human::when(row.updated_at, row.now).into())
            .titled("updated")
            .on_request(),
        Field::text("payload", |row: &JobRow| row.payload.text().into()).on_request(),
    ];
}

fn when(at: Option<PgTime>, now: Timestamp) -> String {
    at.map(|at| human::when(at, now)).unwrap_or_default()
}

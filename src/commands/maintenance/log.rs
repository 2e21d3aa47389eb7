//! `maintenance log`.

use std::time::Duration;

use clap::Args;
use diesel::PgConnection;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::commands::list_args::ColumnsArg;
use crate::commands::span_args::SpanArgs;
use crate::context::Context;
use crate::domain::prunable;
use crate::domain::retention::trend::Trend;
use crate::error::Outcome;
use crate::store::maintenance::{self, Run, RunOutcome};
use crate::store::{lock, server, tx};
use crate::ui::{Cell, Field, List, Listed, Tone, human};

#[derive(Debug, Args)]
pub struct LogArgs {
    /// Show at most this many runs
    #[arg(long, value_name = "N", default_value_t = 30)]
    limit: u32,
    #[command(flatten)]
    columns: ColumnsArg<RunRow>,
    #[command(flatten)]
    span: SpanArgs,
}

pub(super) fn run(ctx: &mut Context, args: LogArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let limit = i64::from(args.limit) + 1;
    let (mut runs, trends, is_idle) = tx::read(&mut db, |conn| {
        // Asked first: a run that begins meanwhile isn't in this snapshot.
        let is_idle = lock::holder(conn, lock::Key::Retention)?.is_none();
        let span = args.span.resolve(server::now(conn)?);
        Ok((maintenance::list(conn, span, limit)?, trends(conn)?, is_idle))
    })?;
    ctx.tell_policies(&mut db, RunRow::TABLES)?;
    let truncated = runs.len() > args.limit as usize;
    runs.truncate(args.limit as usize);
    let mut runs: Vec<RunRow> = runs.into_iter().map(RunRow::from).collect();
    if is_idle {
        let lost = runs.iter_mut().filter(|run| run.outcome == RunOutcome::Running.name());
        lost.for_each(|run| RunOutcome::Lost.name().clone_into(&mut run.outcome));
    }
    let notes = notes(runs.len() as u64, truncated, &trends);
    let list = List::new(runs, truncated, args.columns.chosen()).noting(notes);
    ctx.ui.show(&list.with("trends", &trends)?)?;
    Ok(Outcome::Done)
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// Of each policy or command that deletes from a table.
fn trends(conn: &mut PgConnection) -> anyhow::Result<Vec<JobTrend>> {
    let mut trends = Vec::new();
    // Presence is not deleted, so nothing of it falls behind.
    for rule in prunable::default_rules() {
        for job in maintenance::list_jobs(conn, rule.table)? {
            trends.extend(job.trend().map(|trend| JobTrend { trend, job: job.name }));
        }
    }
    trends.sort_by(|left, right| left.job.cmp(&right.job));
    Ok(trends)
}

/// By policy or command, of the runs of the last months.
#[derive(Debug, Serialize)]
struct JobTrend {
    job: String,
    #[serde(flatten)]
    trend: Trend,
}

#[derive(Debug, Serialize)]
pub(super) struct RunRow {
    id: Uuid,
    command: String,
    policy: Option<String>,
    table: String,
    actor: String,
    cutoff: Timestamp,
    eligible: u64,
    held: u64,
    deleted: u64,
    archived: u64,
    duration_ms: u64,
    /// `lost` of a run that was killed.
    outcome: String,
    started_at: Timestamp,
    finished_at: Option<Timestamp>,
}

impl From<Run> for RunRow {
    fn from(run: Run) -> RunRow {
        RunRow {
            id: run.id,
            command: run.command,
            policy: run.policy,
            table: run.table_name,
            actor: run.actor,
            cutoff: run.cutoff,
            eligible: unsigned(run.eligible),
            held: unsigned(run.held),
            deleted: unsigned(run.deleted),
            archived: unsigned(run.archived),
            duration_ms: unsigned(run.duration_ms),
            outcome: run.outcome.to_lowercase(),
            started_at: run.started_at,
            finished_at: run.finished_at,
        }
    }
}

impl RunRow {
    fn outcome_cell(&self) -> Cell {
        let tone = match self.outcome.as_str() {
            "done" => Tone::Good,
            "failed" | "lost" => Tone::Bad,
            _ => Tone::Warn,
        };
        Cell::toned(self.outcome.replace('_', " "), tone)
    }

    fn left(&self) -> Cell {
        match self.table.as_str() {
            // Of presence nothing goes.
            "presence" => Cell::new(""),
            _ => human::count(self.eligible.saturating_sub(self.deleted)).into(),
        }
    }
}

impl Listed for RunRow {
    const KEY: &'static str = "runs";
    const TABLES: &'static [&'static str] = &["maintenance_runs"];
    const NOUN: (&'static str, &'static str) = ("run", "runs");
    const FIELDS: &'static [Field<RunRow>] = &[
        Field::left("started_at", |run: &RunRow| human::minute(run.started_at).into()).titled("at"),
        Field::left("policy", |run: &RunRow| {
            human::one_line(run.policy.as_ref().unwrap_or(&run.command), 16).into()
        })
        .titled("what"),
        Field::right("deleted", |run: &RunRow| human::count(run.deleted).into()),
        Field::right("eligible", RunRow::left).titled("left"),
        Field::right("held", |run: &RunRow| human::count(run.held).into()),
        Field::right("duration_ms", |run: &RunRow| {
            human::duration(Duration::from_millis(run.duration_ms)).into()
        })
        .titled("took"),
        Field::left("outcome", RunRow::outcome_cell),
        Field::left("id", |run: &RunRow| run.id.to_string().into()).on_request(),
        Field::left("command", |run: &RunRow| run.command.as_str().into()).on_request(),
        Field::left("table", |run: &RunRow| run.table.as_str().into()).on_request(),
        Field::left("actor", |run: &RunRow| human::one_line(&run.actor, 24).into())
            .titled("by")
            .on_request(),
        Field::left("cutoff", |run: &RunRow| human::minute(run.cutoff).into())
            .titled("older than")
            .on_request(),
        Field::right("archived", |run: &RunRow| human::count(run.archived).into()).on_request(),
        Field::left("finished_at", |run: &RunRow| match run.finished_at {
            Some(at) => human::minute(at).into(),
            None => Cell::new(""),
        })
        .titled("ended")
        .on_request(),
    ];
}

fn notes(number: u64, truncated: bool, trends: &[JobTrend]) -> Vec<String> {
    let mut notes = vec![match (number, truncated) {
        (0, _) => String::from("Nothing was cleaned up."),
        (_, true) => format!("The newest {}; there are more (--limit).", human::count(number)),
        (_, false) => format!("{}.", human::plural(number, "run", "runs")),
    }];
    let behind = trends.iter().filter(|one| one.trend.is_behind);
    notes.extend(behind.map(|JobTrend { job, trend }| {
        format!(
            "{job} falls behind: {} rows a day grow old, {} are deleted; {} are left.",
            human::count(trend.eligible_per_day.round() as u64),
            human::count(trend.deleted_per_day.round() as u64),
            human::count(trend.left)
        )
    }));
    notes
}

//! `maintenance log`.

use std::time::Duration;

use clap::Args;
use diesel::PgConnection;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::commands::span_args::SpanArgs;
use crate::context::Context;
use crate::domain::prunable;
use crate::domain::retention::trend::Trend;
use crate::error::Outcome;
use crate::store::maintenance::{self, Run, RunOutcome};
use crate::store::{lock, server, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct LogArgs {
    /// Show at most this many runs
    #[arg(long, value_name = "N", default_value_t = 30)]
    limit: u32,
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
    let truncated = runs.len() > args.limit as usize;
    runs.truncate(args.limit as usize);
    let mut runs: Vec<RunRow> = runs.into_iter().map(RunRow::from).collect();
    if is_idle {
        let lost = runs.iter_mut().filter(|run| run.outcome == RunOutcome::Running.name());
        lost.for_each(|run| RunOutcome::Lost.name().clone_into(&mut run.outcome));
    }
    let view = LogView { trends, runs, truncated };
    ctx.ui.show(&view)?;
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

#[derive(Debug, Serialize)]
struct LogView {
    runs: Vec<RunRow>,
    /// There are more than the limit.
    truncated: bool,
    /// By policy or command, of the runs of the last months.
    trends: Vec<JobTrend>,
}

#[derive(Debug, Serialize)]
struct JobTrend {
    job: String,
    #[serde(flatten)]
    trend: Trend,
}

#[derive(Debug, Serialize)]
struct RunRow {
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
    fn cells(&self) -> Vec<Cell> {
        let tone = match self.outcome.as_str() {
            "done" => Tone::Good,
            "failed" | "lost" => Tone::Bad,
            _ => Tone::Warn,
        };
        vec![
            human::minute(self.started_at).into(),
            human::one_line(self.policy.as_ref().unwrap_or(&self.command), 16).into(),
            human::count(self.deleted).into(),
            match self.table.as_str() {
                "presence" => Cell::new(""),
                _ => human::count(self.eligible.saturating_sub(self.deleted)).into(),
            },
            human::count(self.held).into(),
            human::duration(Duration::from_millis(self.duration_ms)).into(),
            Cell::toned(self.outcome.replace('_', " "), tone),
        ]
    }
}

impl Tabular for LogView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("at"),
            Column::left("what"),
            Column::right("deleted"),
            Column::right("left"),
            Column::right("held"),
            Column::right("took"),
            Column::left("outcome"),
        ])
        .records_if_wide();
        for run in &self.runs {
            grid.row(run.cells());
        }
        let number = self.runs.len() as u64;
        grid.note(match (number, self.truncated) {
            (0, _) => String::from("Nothing was cleaned up."),
            (_, true) => format!("The newest {}; there are more (--limit).", human::count(number)),
            (_, false) => format!("{}.", human::plural(number, "run", "runs")),
        });
        for JobTrend { job, trend } in &self.trends {
            if trend.is_behind {
                grid.note(format!(
                    "{job} falls behind: {} rows a day grow old, {} are deleted; {} are left.",
                    human::count(trend.eligible_per_day.round() as u64),
                    human::count(trend.deleted_per_day.round() as u64),
                    human::count(trend.left)
                ));
            }
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("runs")
    }
}

//! `maintenance log`.

use std::collections::BTreeMap;
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::context::Context;
use crate::domain::retention::trend::{self, Trend};
use crate::error::Outcome;
use crate::store::maintenance::{self, Run};
use crate::store::tx;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct LogArgs {
    /// Show at most this many runs
    #[arg(long, value_name = "N", default_value_t = 30)]
    limit: u32,
}

pub fn run(ctx: &mut Context, args: LogArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let limit = i64::from(args.limit) + 1;
    let mut runs = tx::read(&mut db, |conn| Ok(maintenance::list(conn, limit)?))?;
    let truncated = runs.len() > args.limit as usize;
    runs.truncate(args.limit as usize);
    let view = LogView {
        trends: trends(&runs),
        runs: runs.into_iter().map(RunRow::from).collect(),
        truncated,
    };
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// By what runs of one kind have in common.
fn trends(runs: &[Run]) -> Vec<JobTrend> {
    let mut jobs: BTreeMap<String, Vec<trend::Run>> = BTreeMap::new();
    // Presence is not deleted, so nothing of it falls behind.
    let deleting = runs.iter().filter(|run| run.table_name != "presence");
    for run in deleting.rev() {
        jobs.entry(name(run)).or_default().push(trend::Run {
            at_s: run.started_at.as_second(),
            eligible: unsigned(run.eligible),
            deleted: unsigned(run.deleted),
        });
    }
    let trend =
        |(job, runs): (String, Vec<trend::Run>)| Some(JobTrend { job, trend: trend::of(&runs)? });
    jobs.into_iter().filter_map(trend).collect()
}

fn name(run: &Run) -> String {
    run.policy.clone().unwrap_or_else(|| run.command.clone())
}

#[derive(Debug, Serialize)]
struct LogView {
    runs: Vec<RunRow>,
    /// There are more than the limit.
    truncated: bool,
    /// Of those runs, by policy or command.
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
    /// `running` of a run that ended long ago: it was killed.
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
            "failed" => Tone::Bad,
            _ => Tone::Warn,
        };
        vec![
            self.started_at.strftime("%Y-%m-%d %H:%M").to_string().into(),
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
        ]);
        for run in &self.runs {
            grid.row(run.cells());
        }
        let number = self.runs.len() as u64;
        grid.note(match (number, self.truncated) {
            (0, _) => String::from("Nothing was cleaned up yet."),
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

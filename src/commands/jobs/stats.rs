//! `jobs stats`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use crate::context::Context;
use crate::domain::pg_time::PgTime;
use crate::error::Outcome;
use crate::store::jobs::{self, TypeStats};
use crate::store::{interference, server, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct StatsArgs {}

pub(super) fn run(ctx: &mut Context, _args: StatsArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let (types, now) = tx::read(&mut db, |conn| {
        interference::see_all_rows(conn, &["scheduled_jobs"])?;
        Ok((jobs::stats(conn)?, server::now(conn)?))
    })?;
    ctx.ui.show(&StatsView { types: types.iter().map(Row::new).collect(), now })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct StatsView {
    types: Vec<Row>,
    #[serde(skip)]
    now: Timestamp,
}

#[derive(Debug, Serialize)]
struct Row {
    #[serde(rename = "type")]
    job_type: String,
    pending: i64,
    /// Of the pending ones, those whose time has come.
    overdue: i64,
    running: i64,
    completed: i64,
    failed: i64,
    cancelled: i64,
    /// With a status that the application added.
    other: i64,
    /// Of the jobs that ran to an end; null if none did.
    failed_ratio: Option<f64>,
    oldest_overdue_at: Option<PgTime>,
}

impl Row {
    fn new(stats: &TypeStats) -> Row {
        let ended = stats.completed + stats.failed;
        Row {
            job_type: stats.job_type.clone(),
            pending: stats.pending,
            overdue: stats.overdue,
            running: stats.running,
            completed: stats.completed,
            failed: stats.failed,
            cancelled: stats.cancelled,
            other: stats.other,
            failed_ratio: (ended > 0).then(|| stats.failed as f64 / ended as f64),
            oldest_overdue_at: stats.oldest_overdue_at,
        }
    }
}

impl Tabular for StatsView {
    fn blocks(&self) -> Vec<Block> {
        let mut columns = vec![
            Column::left("type"),
            Column::right("pending"),
            Column::right("overdue"),
            Column::right("running"),
            Column::right("completed"),
            Column::right("failed"),
            Column::right("%"),
            Column::right("cancelled"),
        ];
        let has_other = self.types.iter().any(|row| row.other > 0);
        if has_other {
            columns.push(Column::right("other"));
        }
        let mut grid = Grid::new(columns).records_if_wide();
        let count = |number: i64| human::count(number.unsigned_abs());
        let marked = |number: i64, tone| match number {
            0 => Cell::toned("0", Tone::Dim),
            _ => Cell::toned(count(number), tone),
        };
        for row in &self.types {
            let percent = row.failed_ratio.map(|part| format!("{:.1}", part * 100.0));
            let mut cells = vec![
                row.job_type.as_str().into(),
                marked(row.pending, Tone::Plain),
                marked(row.overdue, Tone::Warn),
                marked(row.running, Tone::Strong),
                marked(row.completed, Tone::Plain),
                marked(row.failed, Tone::Bad),
                percent.unwrap_or_default().into(),
                marked(row.cancelled, Tone::Plain),
            ];
            if has_other {
                cells.push(marked(row.other, Tone::Plain));
            }
            grid.row(cells);
        }
        grid.note(match self.types.iter().filter_map(|row| row.oldest_overdue_at).min() {
            _ if self.types.is_empty() => String::from("No jobs."),
            None => String::from("No job is overdue; % is the share of runs that failed."),
            Some(at) => format!(
                "The longest overdue was to run {}; % is the share of runs that failed.",
                human::when(at, self.now)
            ),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("types")
    }
}

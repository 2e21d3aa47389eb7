//! `db status`.

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::migrate::state_cell;
use super::{applied, whose};
use crate::context::Context;
use crate::domain::history::{Entry, State};
use crate::domain::origin::Origin;
use crate::error::Outcome;
use crate::store::server;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Exit with code 3 if anything is pending, failed, edited, missing or out of order
    #[arg(long)]
    check: bool,
}

pub fn run(ctx: &mut Context, args: StatusArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let entries = applied::history(&mut db)?;
    let trouble = entries.iter().any(|entry| entry.state.is_trouble());
    let foreign = match whose::origin(&mut db)? {
        Origin::Foreign(foreign) => Some(foreign.describe()),
        Origin::Empty | Origin::Ours => None,
    };
    ctx.ui.show(&StatusView::new(&entries, foreign))?;
    if let Some(unrecorded) = whose::unrecorded(&mut db)? {
        ctx.ui.hint(format!("{}; {}", unrecorded.what, unrecorded.hint.unwrap_or_default()));
    }
    Ok(Outcome::trouble_if(args.check && trouble))
}

#[derive(Debug, Serialize)]
struct StatusView {
    /// What was seen where another program made the tables.
    #[serde(skip_serializing_if = "Option::is_none")]
    foreign: Option<String>,
    migrations: Vec<Row>,
    applied: usize,
    pending: usize,
    /// Neither applied as they should be nor merely pending.
    in_trouble: usize,
}

#[derive(Debug, Serialize)]
struct Row {
    version: String,
    name: String,
    state: State,
    applied_at: Option<Timestamp>,
    duration_ms: Option<i64>,
    checksum: &'static str,
    error: Option<String>,
    /// What `db migrate --backup` took before it.
    backup: Option<String>,
}

impl StatusView {
    fn new(entries: &[Entry], foreign: Option<String>) -> StatusView {
        let count =
            |test: &dyn Fn(State) -> bool| entries.iter().filter(|entry| test(entry.state)).count();
        StatusView {
            foreign,
            migrations: entries.iter().map(Row::new).collect(),
            applied: count(&State::is_applied),
            pending: count(&|state| !state.is_applied()),
            in_trouble: count(&|state| state.is_trouble() && state != State::Pending),
        }
    }
}

impl Row {
    fn new(entry: &Entry) -> Row {
        Row {
            version: entry.version.clone(),
            name: entry.name.clone(),
            state: entry.state,
            applied_at: entry.applied_at_us.map(server::timestamp),
            duration_ms: entry.duration_ms,
            checksum: match entry.state {
                State::Applied => "ok",
                State::Edited => "differs",
                State::Unverified | State::Missing => "unknown",
                _ => "",
            },
            error: entry.error.clone(),
            backup: entry.backup.clone(),
        }
    }

    fn cells(&self) -> Vec<Cell> {
        let applied_at = self.applied_at.map(human::minute);
        let took = self.duration_ms.and_then(|ms| u64::try_from(ms).ok());
        let took = took.map(|ms| human::duration(Duration::from_millis(ms)));
        let tone = if self.checksum == "differs" { Tone::Bad } else { Tone::Plain };
        vec![
            self.version.as_str().into(),
            self.name.as_str().into(),
            state_cell(self.state),
            applied_at.unwrap_or_default().into(),
            took.unwrap_or_default().into(),
            Cell::toned(self.checksum, tone),
        ]
    }
}

impl Tabular for StatusView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("version"),
            Column::text("migration"),
            Column::left("state"),
            Column::left("applied at"),
            Column::right("took"),
            Column::left("text"),
        ])
        .records_if_wide();
        for row in &self.migrations {
            grid.row(row.cells());
        }
        let mut summary = format!("{} applied, {} pending", self.applied, self.pending);
        if self.in_trouble > 0 {
            summary.push_str(&format!(", {} in trouble", self.in_trouble));
        }
        grid.note(format!("{summary}."));
        if let Some(foreign) = &self.foreign {
            grid.note(format!("No ledger of ours here: {foreign}."));
        }
        for row in self.migrations.iter().filter(|row| !row.state.is_applied()) {
            if let Some(error) = &row.error {
                grid.note(format!("{}: last error: {}", row.version, human::one_line(error, 160)));
            }
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("migrations")
    }
}

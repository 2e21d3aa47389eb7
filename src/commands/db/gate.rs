//! `db check --ci`: the one gate of a pipeline.

use serde::Serialize;

use super::drift::{self, What};
use super::{expected, runner};
use crate::context::Context;
use crate::domain::history::{Entry, State};
use crate::domain::schema_diff::Difference;
use crate::error::Outcome;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

/// # Errors
/// The server refuses, or a migration fails in the replay.
pub fn run(ctx: &Context) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let history = runner::history(&mut db)?;
    let list = expected::applied(&mut db)?;
    let is_pending = |state| matches!(state, State::Pending | State::OutOfOrder);
    let versions = |wanted: &dyn Fn(&Entry) -> bool| -> Vec<String> {
        let found = history.iter().filter(|entry| wanted(entry));
        found.map(|entry| format!("{} {}", entry.version, entry.state.as_str())).collect()
    };
    let view = GateView {
        pending: versions(&|entry| is_pending(entry.state)),
        history: versions(&|entry| entry.state.is_trouble() && !is_pending(entry.state)),
        drift: drift::find(ctx, &mut db, &list, &What::default())?.differences,
    };
    ctx.ui.show(&view)?;
    Ok(Outcome::trouble_if(!view.is_good()))
}

#[derive(Debug, Serialize)]
struct GateView {
    /// Migrations that were not applied yet.
    pending: Vec<String>,
    /// Migrations that are edited, missing, failed or half done.
    history: Vec<String>,
    drift: Vec<Difference>,
}

impl GateView {
    fn is_good(&self) -> bool {
        self.pending.is_empty() && self.history.is_empty() && self.drift.is_empty()
    }
}

impl Tabular for GateView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid =
            Grid::new(vec![Column::left("gate"), Column::left("status"), Column::left("found")]);
        let gates = [
            ("pending", self.pending.len(), "migration", "migrations", "db status"),
            ("history", self.history.len(), "migration", "migrations", "db repair --dry-run"),
            ("drift", self.drift.len(), "difference", "differences", "db drift"),
        ];
        for (name, number, one, many, command) in gates {
            let (status, found) = match number {
                0 => (Cell::toned("ok", Tone::Good), String::from("none")),
                _ => (
                    Cell::toned("fail", Tone::Bad),
                    format!(
                        "{}: see `inboxctl {command}`",
                        human::plural(number as u64, one, many)
                    ),
                ),
            };
            grid.row(vec![name.into(), status, found.into()]);
        }
        vec![Block::Grid(grid)]
    }
}

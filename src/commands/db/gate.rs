//! `db check --ci`: the one gate of a pipeline.

use serde::Serialize;

use super::drift::{self, What};
use super::{applied, expected, lint, whose};
use crate::context::Context;
use crate::domain::history::{Entry, State};
use crate::domain::lint::{Finding, lint as lint_scripts};
use crate::domain::schema_diff::{Addition, Difference};
use crate::error::Outcome;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

/// # Errors
/// The server refuses, or a migration fails in the replay.
pub(super) fn run(ctx: &Context, ignore: &[String]) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    whose::require_alike(&mut db)?;
    let history = applied::history(&mut db)?;
    let list = expected::applied(&mut db)?;
    let is_pending = |state| matches!(state, State::Pending | State::OutOfOrder);
    let versions = |wanted: &dyn Fn(&Entry) -> bool| -> Vec<String> {
        let found = history.iter().filter(|entry| wanted(entry));
        found.map(|entry| format!("{} {}", entry.version, entry.state.as_str())).collect()
    };
    let facts = lint::facts(&mut db)?;
    let what = What { ignore: ignore.to_vec(), ..What::default() };
    let drift = drift::find(ctx, &mut db, &list, &what)?;
    let view = GateView {
        pending: versions(&|entry| is_pending(entry.state)),
        history: versions(&|entry| entry.state.is_trouble() && !is_pending(entry.state)),
        lint: lint::kept(lint_scripts(&lint::pending(&history), &facts), ignore)?,
        drift: drift.differences,
        not_ours: drift.not_ours,
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
    /// What is unsafe in those that would be applied.
    lint: Vec<Finding>,
    drift: Vec<Difference>,
    /// What the application added: no drift.
    not_ours: Vec<Addition>,
}

impl GateView {
    /// Warnings of the linter are told, and let a pipeline pass.
    fn is_good(&self) -> bool {
        self.pending.is_empty()
            && self.history.is_empty()
            && lint::errors(&self.lint) == 0
            && self.drift.is_empty()
    }
}

impl Tabular for GateView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid =
            Grid::new(vec![Column::left("gate"), Column::left("status"), Column::left("found")]);
        let is_unsafe = lint::errors(&self.lint) > 0;
        let gates = [
            ("pending", self.pending.len(), true, "migration", "db status"),
            ("history", self.history.len(), true, "migration", "db repair --dry-run"),
            ("lint", self.lint.len(), is_unsafe, "finding", "db lint"),
            ("drift", self.drift.len(), true, "difference", "db drift"),
        ];
        for (name, number, fails, one, command) in gates {
            let status = match (number, fails) {
                (0, _) => Cell::toned("ok", Tone::Good),
                (_, true) => Cell::toned("fail", Tone::Bad),
                (_, false) => Cell::toned("warn", Tone::Warn),
            };
            let found = match number {
                0 => String::from("none"),
                _ => {
                    let counted = human::plural(number as u64, one, &format!("{one}s"));
                    format!("{counted}: see `inboxctl {command}`")
                }
            };
            grid.row(vec![name.into(), status, found.into()]);
        }
        vec![Block::Grid(grid)]
    }
}

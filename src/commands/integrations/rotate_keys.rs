//! `integrations rotate-keys`.

use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::columns::{self, Walk};
use super::verify::{Bad, NAMED_ROWS, bad_grid, truncation};
use crate::commands::consent_args::ConsentArgs;
use crate::commands::lock_wait_arg::LockWaitArgs;
use crate::context::Context;
use crate::context::keyring::Loaded;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::vault::{self, Rotated};
use crate::error::Outcome;
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::envelopes::{self, Column, Envelope, Filter, Replacement};
use crate::store::lock::Key;
use crate::store::tx;
use crate::ui::{Block, Grid, Progress, Tabular, human, millis};

#[derive(Debug, Args)]
pub struct RotateKeysArgs {
    /// Re-encrypt this many rows in one transaction
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u16).range(1..))]
    batch_size: u16,
    #[command(flatten)]
    consent: ConsentArgs,
    #[command(flatten)]
    wait: LockWaitArgs,
}

/// Rows that somebody else changed under the walk are looked at again, so often
/// at most: each round meets fewer.
const ROUNDS: usize = 5;

pub(super) fn run(ctx: &mut Context, args: RotateKeysArgs) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let mut db = ctx.connect()?;
    let actor = match args.consent.dry_run {
        true => None,
        false => Some(ctx.actor(&mut db, Right::Integrations)?),
    };
    if actor.is_some() {
        ctx.hold(&mut db, Key::Rotation, args.wait.lock_wait)?;
    }
    // Read under the lock, so that no key of it is retired meanwhile.
    let loaded = ctx.keyring()?;
    let columns = columns::all(&mut db)?;
    let current = vault::text_prefixes(loaded.keyring.primary().id());
    let pending = tx::read(&mut db, |conn| {
        let counts =
            columns.iter().map(|one| envelopes::count(conn, one, Filter::Without(&current)));
        Ok(counts.sum::<Result<u64, _>>()?)
    })?;
    let mut rotation = Rotation {
        ctx,
        loaded: &loaded,
        current: &current,
        actor,
        batch_rows: i64::from(args.batch_size),
        progress: ctx.ui.progress("rotating", pending),
        view: RotateView::new(&loaded, args.consent.dry_run),
    };
    for column in &columns {
        rotation.column(&mut db, column)?;
    }
    let Rotation { mut view, progress, .. } = rotation;
    drop(progress);
    view.duration_ms = millis(start.elapsed());
    ctx.ui.show(&view)?;
    Ok(match ctx.interrupted() {
        Some(signal) => Outcome::Interrupted(signal),
        None => Outcome::trouble_if(view.bad_total > 0 || view.left > 0),
    })
}

struct Rotation<'a> {
    ctx: &'a Context,
    loaded: &'a Loaded,
    /// How texts under the primary key begin.
    current: &'a [String],
    /// None in a dry run.
    actor: Option<Actor>,
    batch_rows: i64,
    progress: Progress,
    view: RotateView,
}

impl Rotation<'_> {
    fn column(&mut self, db: &mut Db, column: &Column) -> anyhow::Result<()> {
        let (bad_before, listed_before) = (self.view.bad_total, self.view.bad.len());
        for _ in 0..ROUNDS {
            // Each round meets the bad rows again.
            self.view.bad_total = bad_before;
            self.view.bad.truncate(listed_before);
            let missed = self.round(db, column)?;
            if missed == 0 || self.ctx.interrupted().is_some() {
                break;
            }
        }
        let filter = Filter::Without(self.current);
        let without = tx::read(db, |conn| Ok(envelopes::count(conn, column, filter)?))?;
        let bad = self.view.bad_total - bad_before;
        if self.actor.is_some() {
            self.view.left += without.saturating_sub(bad);
        }
        Ok(())
    }

    /// One walk over the column. Returns how many rows were changed by somebody
    /// else between reading and writing.
    fn round(&mut self, db: &mut Db, column: &Column) -> anyhow::Result<u64> {
        let mut walk = Walk::new(column, Filter::Without(self.current), self.batch_rows);
        let mut missed = 0;
        loop {
            let page = walk.next(db)?;
            if page.is_empty() || self.ctx.interrupted().is_some() {
                return Ok(missed);
            }
            let replacements = self.seal(column, &page)?;
            let written = match &self.actor {
                Some(actor) if !replacements.is_empty() => {
                    self.write(db, actor, column, &replacements)?
                }
                _ => replacements.len(),
            };
            self.view.rotated += written as u64;
            missed += (replacements.len() - written) as u64;
            self.progress.advance(page.len() as u64);
        }
    }

    /// The new texts; rows that don't open are noted and left alone.
    fn seal(&mut self, column: &Column, page: &[Envelope]) -> anyhow::Result<Vec<Replacement>> {
        let mut replacements = Vec::with_capacity(page.len());
        for envelope in page {
            let place = columns::place(column, envelope);
            let entropy = self.ctx.entropy()?;
            match vault::rotate(&self.loaded.keyring, &place, &envelope.text, &entropy) {
                Ok(Rotated::Current) => {}
                Ok(Rotated::Sealed(new)) => replacements.push(Replacement {
                    row_id: envelope.row_id.clone(),
                    old: envelope.text.clone(),
                    new,
                }),
                Err(error) => self.view.add_bad(Bad {
                    table: column.table.clone(),
                    row_id: envelope.row_id.clone(),
                    code: error.code(),
                    problem: error.to_string(),
                }),
            }
        }
        Ok(replacements)
    }

    fn write(
        &self,
        db: &mut Db,
        actor: &Actor,
        column: &Column,
        replacements: &[Replacement],
    ) -> anyhow::Result<usize> {
        tx::write(db, |conn| {
            let written = envelopes::replace(conn, column, replacements)?;
            if written > 0 {
                let details = json!({
                    "table": column.table,
                    "column": column.column,
                    "rows": written,
                    "key_id": self.view.key_id,
                });
                let change =
                    Change { action: Action::CredentialsRotate, resource_id: None, details };
                audit::record(conn, actor, &change)?;
            }
            Ok(written)
        })
    }
}

#[derive(Debug, Serialize)]
struct RotateView {
    dry_run: bool,
    /// The primary key.
    key_id: String,
    rotated: u64,
    /// Rows that do not open and were left alone.
    bad_total: u64,
    /// The first of them.
    bad: Vec<Bad>,
    /// Rows that open and are still under another key: written meanwhile by
    /// somebody with an older keyring, or not reached before an interrupt.
    left: u64,
    duration_ms: u64,
}

impl RotateView {
    fn new(loaded: &Loaded, dry_run: bool) -> RotateView {
        RotateView {
            dry_run,
            key_id: loaded.keyring.primary().id().to_string(),
            rotated: 0,
            bad_total: 0,
            bad: Vec::new(),
            left: 0,
            duration_ms: 0,
        }
    }

    fn add_bad(&mut self, bad: Bad) {
        self.bad_total += 1;
        if self.bad.len() < NAMED_ROWS {
            self.bad.push(bad);
        }
    }
}

impl Tabular for RotateView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = if self.bad.is_empty() { Grid::default() } else { bad_grid(&self.bad) };
        if self.bad_total > 0 {
            grid.note(format!(
                "{} not open and left alone{}.",
                human::plural(self.bad_total, "row that does", "rows that do"),
                truncation(&self.bad, self.bad_total),
            ));
        }
        let rows = human::plural(self.rotated, "row", "rows");
        grid.note(match (self.dry_run, self.rotated) {
            (_, 0) => format!("No row to rotate to the key {}.", self.key_id),
            (true, _) => {
                format!("Would rotate {rows} to the key {}; nothing was changed.", self.key_id)
            }
            (false, _) => format!(
                "Rotated {rows} to the key {} in {}.",
                self.key_id,
                human::duration(Duration::from_millis(self.duration_ms))
            ),
        });
        if self.left > 0 {
            grid.note(format!(
                "{} under another key; run it again.",
                human::plural(self.left, "row is still", "rows are still")
            ));
        }
        vec![Block::Grid(grid)]
    }
}

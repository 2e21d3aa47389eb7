//! `db migrate`.

use std::path::PathBuf;
use std::time::Duration;

use age::x25519::Recipient;
use clap::Args;
use serde::Serialize;

use super::backup::sink::Out;
use super::backup::take::Request;
use super::backup::take_verified;
use super::runner::{Runner, WaitArgs};
use super::{applied, whose};
use crate::age_files;
use crate::commands::path_arg;
use crate::context::Context;
use crate::domain::history::{self, Entry, State};
use crate::error::{self, Failure, Outcome};
use crate::store::migrations::Embedded;
use crate::store::{resets, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human, millis};

#[derive(Debug, Args)]
pub struct MigrateArgs {
    /// Stop after this migration
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
    /// Print the SQL that would run, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Accepted as everywhere: migrations that only add ask nothing
    #[arg(long, short)]
    yes: bool,
    /// Apply a migration that is older than one that was applied
    #[arg(long)]
    allow_out_of_order: bool,
    /// Make the inbox beside the tables of another program, in the same schema
    #[arg(long)]
    beside: bool,
    /// If anything is pending, back the database up first and read the backup through
    #[arg(long, conflicts_with = "dry_run")]
    backup: bool,
    /// Write that backup to this file, or into this folder; else into backups/
    #[arg(long, value_name = "DIR|FILE", requires = "backup", conflicts_with = "dry_run",
          value_parser = path_arg::local())]
    backup_out: Option<PathBuf>,
    /// Encrypt that backup to this public key of age; give it again for another
    #[arg(long, value_name = "RECIPIENT", requires = "backup", conflicts_with = "dry_run",
          value_parser = age_files::recipient)]
    encrypt_to: Vec<Recipient>,
    #[command(flatten)]
    wait: WaitArgs,
}

pub fn run(ctx: &mut Context, args: MigrateArgs) -> anyhow::Result<Outcome> {
    let to = args.to.as_deref().map(applied::version_of);
    let plan = |entries: &[Entry]| {
        history::plan(entries, to.as_deref(), args.allow_out_of_order)
            .map_err(|blocked| applied::blocked(&blocked))
    };
    let mut db = ctx.connect()?;
    whose::require_room(&mut db, args.beside)?;
    if args.dry_run {
        let versions = plan(&applied::history(&mut db)?)?;
        let migrations = versions.iter().filter_map(|version| Embedded::find(version));
        ctx.ui.show(&Plan::new(migrations))?;
        return Ok(Outcome::Done);
    }
    let mut runner = Runner::on(ctx, db, args.wait)?;
    let (mut backup, mut encrypted) = (None, false);
    if args.backup && !plan(&runner.history()?)?.is_empty() {
        let request = Request {
            out: Out::Path(args.backup_out.as_deref()),
            folder: &ctx.config.backups,
            recipients: &args.encrypt_to,
            lock_wait: args.wait.lock_wait,
        };
        let taken = take_verified(ctx, &request)?;
        runner.backup = Some(taken.manifest.id);
        backup = Some(taken.path.display().to_string());
        encrypted = !args.encrypt_to.is_empty();
    }
    let mut applied = apply(ctx, runner, Told::Each, plan)?;
    applied.view.backup = backup;
    applied.view.backup_is_encrypted = encrypted;
    ctx.ui.show(&applied.view)?;
    Ok(applied.outcome)
}

/// Which migrations are told of as they are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Each,
    /// They make a database that nobody asked to have migrated.
    None,
}

pub struct Applied {
    pub view: MigrateView,
    pub outcome: Outcome,
}

/// Applies what `plan` chooses from the history that is read under the lock.
///
/// # Errors
/// A migration failed; those before it stay applied.
pub fn apply(
    ctx: &Context,
    mut runner: Runner<'_>,
    told: Told,
    plan: impl Fn(&[Entry]) -> Result<Vec<String>, Failure>,
) -> anyhow::Result<Applied> {
    let entries = runner.history()?;
    let versions = plan(&entries)?;
    if !versions.is_empty() {
        runner.keep_rights()?;
    }
    let mut view = MigrateView::default();
    let progress = ctx.ui.progress("migrating", versions.len() as u64);
    for version in &versions {
        if ctx.interrupted().is_some() {
            break;
        }
        // The plan is made of what the binary has.
        let Some(migration) = Embedded::find(version) else { continue };
        let state = entries
            .iter()
            .find(|entry| &entry.version == version)
            .map_or(State::Pending, |entry| entry.state);
        if told == Told::Each {
            progress.step(&format!("applying {migration}"));
        }
        match runner.up(migration, state) {
            Ok(took) => view.applied.push(Done::new(migration, took)),
            // Between two tries: what was applied before stays, and is shown.
            Err(error) if error::explain(&error).kind.is_interrupt() => {}
            Err(error) => return Err(error),
        }
        progress.advance(1);
    }
    drop(progress);
    tx::write(&mut runner.db, |conn| Ok(resets::pay_entry(conn)?))?;
    if let Some(signal) = ctx.interrupted()
        && view.applied.len() < versions.len()
    {
        view.pending = versions.len() - view.applied.len();
        return Ok(Applied { view, outcome: Outcome::Interrupted(signal) });
    }
    view.partitions = runner.make_partitions()?;
    view.pending = runner.history()?.iter().filter(|entry| !entry.state.is_applied()).count();
    Ok(Applied { view, outcome: Outcome::Done })
}

/// A migration that was run.
#[derive(Debug, Serialize)]
pub struct Done {
    pub version: String,
    pub name: String,
    pub duration_ms: u64,
}

impl Done {
    pub fn new(migration: &Embedded, took: Duration) -> Done {
        Done {
            version: migration.version.to_owned(),
            name: migration.name.to_owned(),
            duration_ms: millis(took),
        }
    }

    pub fn cells(&self) -> Vec<Cell> {
        let took = Duration::from_millis(self.duration_ms);
        vec![self.version.as_str().into(), self.name.as_str().into(), human::duration(took).into()]
    }

    pub fn columns() -> Vec<Column> {
        vec![Column::left("version"), Column::left("migration"), Column::right("took")]
    }
}

#[derive(Debug, Default, Serialize)]
pub struct MigrateView {
    /// The backup that was taken before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup: Option<String>,
    #[serde(skip)]
    backup_is_encrypted: bool,
    pub applied: Vec<Done>,
    /// Audit partitions that were made.
    pub partitions: Vec<String>,
    /// Left pending, by `--to` or a signal.
    pub pending: usize,
}

impl Tabular for MigrateView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(Done::columns());
        for done in &self.applied {
            grid.row(done.cells());
        }
        let applied = match self.applied.len() {
            0 if self.pending == 0 => String::from("Up to date: no migration was pending."),
            0 => String::from("No migration was applied."),
            number => {
                format!("Applied {}.", human::plural(number as u64, "migration", "migrations"))
            }
        };
        grid.note(applied);
        if let Some(backup) = &self.backup {
            let read = match self.backup_is_encrypted {
                false => "was read through",
                true => "is encrypted; its hash was checked",
            };
            grid.note(format!("What was there before is in {backup}, which {read}."));
        }
        if let Some(newest) = self.partitions.last() {
            let made = human::plural(self.partitions.len() as u64, "partition", "partitions");
            grid.note(format!("Made {made} of audit_logs, up to {newest}."));
        }
        if self.pending > 0 {
            grid.note(format!(
                "{} still pending.",
                human::plural(self.pending as u64, "migration is", "migrations are")
            ));
        }
        vec![Block::Grid(grid)]
    }
}

/// What `--dry-run` shows.
#[derive(Debug, Serialize)]
pub struct Plan {
    dry_run: bool,
    migrations: Vec<Step>,
}

#[derive(Debug, Serialize)]
struct Step {
    version: &'static str,
    name: &'static str,
    transactional: bool,
    sql: &'static str,
}

impl Plan {
    fn new(migrations: impl Iterator<Item = &'static Embedded>) -> Plan {
        let step = |migration: &'static Embedded| Step {
            version: migration.version,
            name: migration.name,
            transactional: migration.transactional,
            sql: migration.up,
        };
        Plan { dry_run: true, migrations: migrations.map(step).collect() }
    }
}

impl Tabular for Plan {
    fn blocks(&self) -> Vec<Block> {
        let total = self.migrations.len() as u64;
        let mut blocks: Vec<Block> = self
            .migrations
            .iter()
            .map(|step| {
                let how =
                    if step.transactional { "in a transaction" } else { "without a transaction" };
                let text = format!("-- {}_{} ({how})\n{}", step.version, step.name, step.sql);
                Block::Verbatim(text)
            })
            .collect();
        // A comment, so that the whole output is a script.
        blocks.push(Block::Verbatim(match total {
            0 => String::from("-- Up to date: no migration is pending."),
            _ => format!(
                "-- {} would be applied; nothing was.",
                human::plural(total, "migration", "migrations")
            ),
        }));
        blocks
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("migrations")
    }
}

/// A state as a cell, in the colour of how bad it is.
pub fn state_cell(state: State) -> Cell {
    let tone = match state {
        State::Applied => Tone::Good,
        State::Unverified => Tone::Plain,
        State::Pending => Tone::Warn,
        _ => Tone::Bad,
    };
    Cell::toned(state.as_str(), tone)
}

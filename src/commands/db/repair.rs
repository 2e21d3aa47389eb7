//! `db repair`: the way out of a history that stops a run.

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::runner::{Runner, WaitArgs};
use super::{applied, whose};
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::audit_action;
use crate::domain::consent::Consent;
use crate::domain::history::{Blocked, Entry, State};
use crate::error::Outcome;
use crate::store::audit::{self, Change, SchemaActor};
use crate::store::ledger::{self, Event};
use crate::store::migrations::{self, Embedded};
use crate::store::tx;
use crate::ui::{Block, Column, Grid, Tabular, human};

#[derive(Debug, Args)]
pub struct RepairArgs {
    /// Forget an applied migration that no binary has any more
    #[arg(long, value_name = "VERSION")]
    forget: Vec<String>,
    #[command(flatten)]
    consent: ConsentArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

/// What is wrong with one migration, and so what is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    /// The text in this binary counts from now on as the one that was applied.
    AcceptText,
    /// Applied by a tool that keeps no checksum: this binary's is taken.
    RecordChecksum,
    /// What a broken-off run left is removed.
    CleanUp,
    /// The version is taken off the list of applied ones.
    Forget,
}

impl Action {
    fn as_str(self) -> &'static str {
        match self {
            Action::AcceptText => "accept the edited text",
            Action::RecordChecksum => "record its checksum",
            Action::CleanUp => "remove what is half done",
            Action::Forget => "forget it",
        }
    }

    fn for_entry(entry: &Entry, forget: &[String]) -> Option<Action> {
        match entry.state {
            State::Edited => Some(Action::AcceptText),
            State::Unverified => Some(Action::RecordChecksum),
            State::Unfinished => Some(Action::CleanUp),
            State::Missing if forget.contains(&entry.version) => Some(Action::Forget),
            _ => None,
        }
    }
}

pub fn run(ctx: &mut Context, args: RepairArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    whose::require_alike(&mut db)?;
    let steps = plan(&applied::history(&mut db)?, &args.forget)?;
    if steps.is_empty() || args.consent.dry_run {
        ctx.ui.show(&RepairView { dry_run: args.consent.dry_run, repaired: steps })?;
        return Ok(Outcome::Done);
    }
    let actor = ctx.schema_actor(&mut db)?;
    let list: Vec<String> =
        steps.iter().map(|step| format!("{} of {}", step.action.as_str(), step.version)).collect();
    let what = format!("repair the history: {}", list.join("; "));
    let planned = RepairView { dry_run: true, repaired: steps };
    let consent = ctx.consent(&mut db, &planned, &what, args.consent.yes)?;
    let mut runner = Runner::on(ctx, db, args.wait)?;
    let steps = plan(&runner.history()?, &args.forget)?;
    for step in &steps {
        repair(&mut runner, step, &actor, &consent)?;
    }
    ctx.ui.show(&RepairView { dry_run: false, repaired: steps })?;
    Ok(Outcome::Done)
}

fn plan(entries: &[Entry], forget: &[String]) -> anyhow::Result<Vec<Step>> {
    let is_missing = |version: &&String| {
        entries.iter().any(|entry| &&entry.version == version && entry.state == State::Missing)
    };
    if let Some(wrong) = forget.iter().find(|version| !is_missing(version)) {
        return Err(applied::blocked(&Blocked::UnknownVersion(wrong.clone()))
            .why("--forget takes a version that `db status` shows as missing")
            .into());
    }
    Ok(entries
        .iter()
        .filter_map(|entry| {
            Some(Step {
                version: entry.version.clone(),
                name: entry.name.clone(),
                action: Action::for_entry(entry, forget)?,
            })
        })
        .collect())
}

fn repair(
    runner: &mut Runner<'_>,
    step: &Step,
    actor: &SchemaActor,
    consent: &Consent,
) -> anyhow::Result<()> {
    let migration = Embedded::find(&step.version);
    if let (Action::CleanUp, Some(migration)) = (step.action, migration) {
        migrations::clean_up(&mut runner.db.conn, migration)?;
    }
    tx::write(&mut runner.db, |conn| {
        match (step.action, migration) {
            (Action::Forget, _) => migrations::forget(conn, &step.version, consent)?,
            (Action::CleanUp, Some(migration)) => {
                let id = ledger::start(conn, migration, Event::Down, &actor.name, None)?;
                ledger::finish(conn, id)?;
            }
            (_, Some(migration)) => {
                let id = ledger::start(conn, migration, Event::Repair, &actor.name, None)?;
                ledger::finish(conn, id)?;
            }
            (_, None) => {}
        }
        let actor = actor.resolve(conn)?;
        let change = Change {
            action: audit_action::Action::MigrationRepair,
            resource_id: Some(&step.version),
            details: json!({ "action": step.action }),
        };
        Ok(audit::record_if_possible(conn, &actor, &change)?)
    })
}

#[derive(Debug, Serialize)]
struct Step {
    version: String,
    name: String,
    action: Action,
}

#[derive(Debug, Serialize)]
struct RepairView {
    dry_run: bool,
    repaired: Vec<Step>,
}

impl Tabular for RepairView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("version"),
            Column::left("migration"),
            Column::left("repair"),
        ]);
        for step in &self.repaired {
            grid.row(vec![
                step.version.as_str().into(),
                step.name.as_str().into(),
                step.action.as_str().into(),
            ]);
        }
        let number = self.repaired.len() as u64;
        let counted = human::plural(number, "migration", "migrations");
        grid.note(match (self.dry_run, number) {
            (_, 0) => String::from("Nothing to repair."),
            (true, _) => format!("Would repair {counted}; nothing was changed."),
            (false, _) => format!("Repaired {counted}."),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("repaired")
    }
}

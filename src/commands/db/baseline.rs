//! `db baseline`: takes over a database whose tables are there already.

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::applied;
use super::drift::{self, DriftView, What};
use super::runner::{self, Runner, WaitArgs};
use super::whose;
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::audit_action::Action;
use crate::domain::history::Blocked;
use crate::domain::origin::Origin;
use crate::domain::schema_diff::Difference;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Change};
use crate::store::ledger::{self, Event};
use crate::store::migrations::{self, Embedded, MIGRATIONS};
use crate::store::tx;
use crate::ui::{Block, Tabular, human};

#[derive(Debug, Args)]
pub struct BaselineArgs {
    /// Record the migrations up to this version only
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
    /// Record them although the schema differs from what they make
    #[arg(long)]
    accept_drift: bool,
    /// Leave this object out of the comparison; a * stands for anything
    #[arg(long, value_name = "NAME")]
    ignore: Vec<String>,
    #[command(flatten)]
    consent: ConsentArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

pub fn run(ctx: &mut Context, args: BaselineArgs) -> anyhow::Result<Outcome> {
    let list = migrations_to(args.to.as_deref())?;
    let ignore = [args.ignore, ctx.config.ignore()].concat();
    let mut db = ctx.connect()?;
    match whose::origin(&mut db)? {
        Origin::Ours => refuse_known(&applied::history(&mut db)?)?,
        Origin::Empty => {
            if let Some(failure) = whose::no_room(&mut db)? {
                return Err(failure.into());
            }
            return Err(Failure::refused("there is nothing to take over")
                .why("the schema of this database is empty")
                .hint("run `inboxctl db migrate`")
                .into());
        }
        Origin::Foreign(_) => {
            whose::require_alike(&mut db)?;
            whose::require_own_ledger(&mut db)?;
        }
    }
    if let Some(failure) = whose::somebodys(&mut db)? {
        return Err(failure.into());
    }
    let what = What { ignore, ..What::default() };
    let drift = drift::find(ctx, &mut db, &list, &what)?;
    let differs = !drift.differences.is_empty();
    let records = !differs || args.accept_drift;
    if args.accept_drift {
        refuse_lack(&drift.differences)?;
    }
    if records && !args.consent.dry_run {
        let mut runner = Runner::without_books(ctx, db, args.wait)?;
        refuse_recorded(&mut runner)?;
        record(&mut runner, &list, drift.differences.len())?;
    }
    let versions = list.iter().map(|migration| migration.version).collect();
    ctx.ui.show(&BaselineView {
        dry_run: args.consent.dry_run,
        recorded: if records { versions } else { Vec::new() },
        drift,
    })?;
    if !records {
        ctx.ui.hint("fix it with the SQL above, or record them all the same with --accept-drift");
    }
    Ok(Outcome::trouble_if(!records))
}

/// So much of what is missing is named.
const NAMED: usize = 8;

fn migrations_to(version: Option<&str>) -> anyhow::Result<Vec<&'static Embedded>> {
    let Some(version) = version else { return Ok(MIGRATIONS.iter().collect()) };
    match MIGRATIONS.iter().position(|migration| migration.version == version) {
        Some(last) => Ok(MIGRATIONS.iter().take(last + 1).collect()),
        None => Err(applied::blocked(&Blocked::UnknownVersion(version.to_owned())).into()),
    }
}

/// Somebody else may have recorded them while the lock was waited for.
fn refuse_recorded(runner: &mut Runner<'_>) -> anyhow::Result<()> {
    let recorded = tx::read(&mut runner.db, |conn| Ok(ledger::recorded(conn)?))?;
    if recorded.is_empty() { Ok(()) } else { Ok(refuse_known(&runner.history()?)?) }
}

/// What is recorded as applied must be there for our code: it would fail at the
/// first statement that needs it.
fn refuse_lack(differences: &[Difference]) -> Result<(), Failure> {
    let vital: Vec<String> =
        differences.iter().filter(|one| one.is_vital()).map(Difference::title).collect();
    if vital.is_empty() {
        return Ok(());
    }
    Err(Failure::refused("what inboxctl needs is missing, or of another type")
        .why(human::listed(&vital, NAMED))
        .hint("fix that first: `inboxctl db drift --sql` prints the SQL"))
}

fn refuse_known(history: &[crate::domain::history::Entry]) -> Result<(), Failure> {
    match history.iter().filter(|entry| entry.state.is_applied()).count() as u64 {
        0 => Ok(()),
        number => Err(Failure::refused("this database has its migrations recorded already")
            .why(format!("{} are", human::plural(number, "migration", "migrations")))
            .hint("see `inboxctl db status`")),
    }
}

/// All in one transaction, the bookkeeping tables too: taken over, or not.
fn record(
    runner: &mut Runner<'_>,
    list: &[&'static Embedded],
    differences: usize,
) -> anyhow::Result<()> {
    let actor = runner.actor.clone();
    tx::write(&mut runner.db, |conn| {
        runner::set_up_books(conn)?;
        for migration in list {
            migrations::record(conn, migration.version)?;
            let id = ledger::start(conn, migration, Event::Repair, &actor.name, None)?;
            ledger::finish(conn, id)?;
        }
        let actor = actor.resolve(conn)?;
        let change = Change {
            action: Action::MigrationBaseline,
            resource_id: list.last().map(|migration| migration.version),
            details: json!({ "migrations": list.len(), "accepted_differences": differences }),
        };
        // A table that was taken over with drift may lack what the log needs.
        Ok(audit::record_if_possible(conn, &actor, &change)?)
    })
}

#[derive(Debug, Serialize)]
struct BaselineView {
    dry_run: bool,
    recorded: Vec<&'static str>,
    drift: DriftView,
}

impl Tabular for BaselineView {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = self.drift.blocks();
        let number = human::plural(self.recorded.len() as u64, "migration", "migrations");
        blocks.push(Block::Text(match (self.recorded.is_empty(), self.dry_run) {
            (true, _) => String::from("No migration was recorded: the schema differs."),
            (false, true) => format!("Would record {number} as applied; nothing was changed."),
            (false, false) => format!("Recorded {number} as applied."),
        }));
        blocks
    }
}

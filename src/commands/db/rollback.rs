//! `db rollback`.

use clap::Args;
use serde::Serialize;

use super::migrate::Done;
use super::runner::{Runner, WaitArgs};
use super::{applied, expected, whose};
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::consent::Consent;
use crate::domain::environment::Environment;
use crate::domain::schema_diff::path_shown;
use crate::domain::{history, schema_diff, sql};
use crate::error::{Failure, Outcome};
use crate::store::catalog::{self, RowCount};
use crate::store::connect::Db;
use crate::store::migrations::Embedded;
use crate::store::{dependents, tx};
use crate::ui::{Block, Column, Grid, Tabular, human};

#[derive(Debug, Args)]
pub struct RollbackArgs {
    /// Revert this many
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "to")]
    steps: usize,
    /// Revert every migration after this one; 0 reverts all
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
    /// Drop tables with rows in a production database
    #[arg(long)]
    allow_production: bool,
    #[command(flatten)]
    consent: ConsentArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

pub fn run(ctx: &mut Context, args: RollbackArgs) -> anyhow::Result<Outcome> {
    let to = args.to.as_deref().map(applied::version_of);
    let mut db = ctx.connect()?;
    whose::require_alike(&mut db)?;
    let migrations = plan(&mut db, args.steps, to.as_deref())?;
    require_unused(&mut db, &migrations)?;
    let losses = losses(&mut db, &migrations)?;
    if args.consent.dry_run || migrations.is_empty() {
        let view = RollbackView::planned(&migrations, losses, args.consent.dry_run);
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    let consent = ask(ctx, &mut db, &migrations, &losses, args.allow_production, args.consent.yes)?;
    let mut runner = Runner::on(ctx, db, args.wait)?;
    // Somebody else may have been at work while the question stood.
    refuse_if_moved(&plan(&mut runner.db, args.steps, to.as_deref())?, &migrations)?;
    require_unused(&mut runner.db, &migrations)?;
    let mut view = RollbackView { dry_run: false, reverted: Vec::new(), tables: losses };
    for migration in &migrations {
        if let Some(signal) = ctx.interrupted() {
            ctx.ui.show(&view)?;
            return Ok(Outcome::Interrupted(signal));
        }
        ctx.ui.status(format!("reverting {migration}"));
        let took = runner.down(migration, &consent)?;
        view.reverted.push(Done::new(migration, took));
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

/// What would be reverted, newest first.
///
/// # Errors
/// One of them isn't in the binary.
pub fn plan(db: &mut Db, steps: usize, to: Option<&str>) -> anyhow::Result<Vec<&'static Embedded>> {
    let entries = applied::history(db)?;
    let versions = history::rollback_plan(&entries, steps, to)
        .map_err(|blocked| applied::blocked(&blocked))?;
    Ok(versions.iter().filter_map(|version| Embedded::find(version)).collect())
}

/// # Errors
/// Refused: the plan that was consented to is not the plan any more.
pub fn refuse_if_moved(now: &[&Embedded], then: &[&Embedded]) -> Result<(), Failure> {
    let versions = |plan: &[&Embedded]| plan.iter().map(|one| one.version).collect::<Vec<_>>();
    if versions(now) == versions(then) {
        Ok(())
    } else {
        Err(Failure::refused("nothing was changed")
            .why("the migration history changed while this was being asked")
            .hint("look again with --dry-run"))
    }
}

/// So much of what is in the way is named.
const NAMED: usize = 8;

/// Half-way is no place to stop: what of the application's depends on something that these
/// migrations drop is known before the first of them.
///
/// # Errors
/// Refused, with what is in the way.
pub fn require_unused(db: &mut Db, migrations: &[&Embedded]) -> anyhow::Result<()> {
    let dropped: Vec<(String, String)> =
        migrations.iter().flat_map(|migration| sql::dropped(migration.down)).collect();
    let found = expected::read(db)?;
    let dependents = tx::read(db, |conn| Ok(dependents::read(conn)?))?;
    let titles = schema_diff::titles(schema_diff::in_the_way(&dependents, &dropped, &found));
    if titles.is_empty() {
        return Ok(());
    }
    Err(Failure::refused("what the application made depends on what would be dropped")
        .why(human::listed(&titles, NAMED))
        .hint("drop that first, or revert fewer migrations with --steps; nothing was changed")
        .into())
}

/// A table that goes, with its rows.
#[derive(Debug, Clone, Serialize)]
pub struct Loss {
    pub table: String,
    pub rows: u64,
    /// False where the number is the planner's estimate.
    pub exact: bool,
}

impl Loss {
    pub fn new(table: String, count: RowCount) -> Loss {
        Loss { table, rows: count.rows, exact: count.is_exact }
    }

    /// `1,200`, or `~5,000,000`.
    pub fn rows_text(&self) -> String {
        format!("{}{}", if self.exact { "" } else { "~" }, human::count(self.rows))
    }
}

/// The tables that reverting these migrations drops.
///
/// # Errors
/// The server refuses.
pub fn losses(db: &mut Db, migrations: &[&Embedded]) -> anyhow::Result<Vec<Loss>> {
    let dropped = migrations.iter().flat_map(|migration| sql::dropped(migration.down));
    let tables: Vec<String> =
        dropped.filter(|(kind, _)| kind == "table").map(|(_, name)| name).collect();
    tx::read(db, |conn| {
        let mut losses = Vec::new();
        for table in &tables {
            if let Some(count) = catalog::rows_at_stake(conn, table)? {
                losses.push(Loss::new(table.clone(), count));
            }
        }
        Ok(losses)
    })
}

/// `3 tables with 1,200 rows`.
pub fn describe_losses(losses: &[Loss]) -> String {
    let rows = losses.iter().map(|loss| loss.rows).sum();
    let about = if losses.iter().all(|loss| loss.exact) { "" } else { "about " };
    format!(
        "{} with {about}{}",
        human::plural(losses.len() as u64, "table", "tables"),
        human::plural(rows, "row", "rows")
    )
}

/// # Errors
/// Refused: for want of the right, by the production guard, or by the operator.
pub fn ask(
    ctx: &Context,
    db: &mut Db,
    migrations: &[&Embedded],
    losses: &[Loss],
    allow_production: bool,
    yes: bool,
) -> anyhow::Result<Consent> {
    ctx.schema_actor(db)?;
    let environment = tx::read(db, |conn| Ok(ctx.environment(conn)?))?;
    let drops_rows = losses.iter().any(|loss| loss.rows > 0);
    if environment == Environment::Production && drops_rows && !allow_production {
        return Err(Failure::refused("this is a production database, and rows would be lost")
            .why(format!("it would drop {}", describe_losses(losses)))
            .hint(
                "back it up, then say --allow-production; if it is none, mark it: \
                 `inboxctl db environment set development`",
            )
            .into());
    }
    let mut what = format!(
        "revert {} ({})",
        human::plural(migrations.len() as u64, "migration", "migrations"),
        names(migrations)
    );
    if !losses.is_empty() {
        what.push_str(&format!(", dropping {}", describe_losses(losses)));
    }
    Ok(ctx.consent(db, &RollbackView::planned(migrations, losses.to_vec(), true), &what, yes)?)
}

fn names(migrations: &[&Embedded]) -> String {
    match migrations {
        [] => String::new(),
        [one] => one.full_name(),
        [newest, .., oldest] => format!("{newest} back to {oldest}"),
    }
}

#[derive(Debug, Serialize)]
struct RollbackView {
    dry_run: bool,
    reverted: Vec<Done>,
    /// Tables that went, or would go.
    tables: Vec<Loss>,
}

impl RollbackView {
    fn planned(migrations: &[&Embedded], tables: Vec<Loss>, dry_run: bool) -> RollbackView {
        let reverted = migrations.iter().map(|one| Done::new(one, std::time::Duration::ZERO));
        RollbackView { dry_run, reverted: reverted.collect(), tables }
    }
}

impl Tabular for RollbackView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = if self.dry_run {
            Grid::new(vec![Column::left("version"), Column::left("migration")])
        } else {
            Grid::new(Done::columns())
        };
        for done in &self.reverted {
            let cells = done.cells();
            grid.row(if self.dry_run { cells.into_iter().take(2).collect() } else { cells });
        }
        let number = self.reverted.len() as u64;
        let counted = human::plural(number, "migration", "migrations");
        grid.note(match (self.dry_run, number) {
            (_, 0) => String::from("There is nothing to revert."),
            (true, _) => format!("Would revert {counted}; nothing was changed."),
            (false, _) => format!("Reverted {counted}."),
        });
        let mut blocks = vec![Block::Grid(grid)];
        if !self.tables.is_empty() {
            blocks.push(Block::Grid(loss_grid(&self.tables, self.dry_run)));
        }
        blocks
    }
}

/// The tables that go or went, with a line that sums them up.
pub fn loss_grid(losses: &[Loss], dry_run: bool) -> Grid {
    let mut grid = Grid::new(vec![Column::left("table"), Column::right("rows")]);
    for loss in losses {
        grid.row(vec![path_shown(&loss.table).into(), loss.rows_text().into()]);
    }
    let verb = if dry_run { "Would drop" } else { "Dropped" };
    grid.note(format!("{verb} {}.", describe_losses(losses)));
    grid
}

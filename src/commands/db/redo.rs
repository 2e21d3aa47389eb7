//! `db redo`.

use clap::Args;

use super::runner::{Runner, WaitArgs};
use super::{migrate, rollback, whose};
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::error::Outcome;
use crate::store::migrations::Embedded;
use crate::ui::human;

#[derive(Debug, Args)]
pub struct RedoArgs {
    /// Redo this many
    #[arg(long, value_name = "N", default_value_t = 1)]
    steps: usize,
    /// Drop tables with rows in a production database
    #[arg(long)]
    allow_production: bool,
    #[command(flatten)]
    consent: ConsentArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

pub fn run(ctx: &mut Context, args: RedoArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    whose::require_alike(&mut db)?;
    let migrations = rollback::plan(&mut db, args.steps, None)?;
    rollback::require_unused(&mut db, &migrations)?;
    let losses = rollback::losses(&mut db, &migrations)?;
    if args.consent.dry_run {
        for migration in &migrations {
            ctx.ui.status(format!("would revert and apply again: {migration}"));
        }
        ctx.ui.status(format!("would drop {}", rollback::describe_losses(&losses)));
        return Ok(Outcome::Done);
    }
    let consent =
        rollback::ask(ctx, &mut db, &migrations, &losses, args.allow_production, args.consent.yes)?;
    let mut runner = Runner::on(ctx, db, args.wait)?;
    rollback::refuse_if_moved(&rollback::plan(&mut runner.db, args.steps, None)?, &migrations)?;
    rollback::require_unused(&mut runner.db, &migrations)?;
    for migration in &migrations {
        ctx.ui.status(format!("reverting {migration}"));
        let took = runner.down(migration, &consent)?;
        ctx.ui.status(format!("reverted {migration} in {}", human::duration(took)));
    }
    let versions: Vec<String> =
        migrations.iter().rev().map(|migration: &&Embedded| migration.version.to_owned()).collect();
    let applied = migrate::apply(ctx, runner, migrate::Told::Each, |_| Ok(versions.clone()))?;
    ctx.ui.show(&applied.view)?;
    Ok(applied.outcome)
}

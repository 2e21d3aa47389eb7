//! `inboxctl retention`: policies and holds; and the engine that all commands
//! share that delete by age.

pub mod archiving;
pub mod args;
mod deletion;
pub mod engine;
mod heirs;
pub mod holds;
pub mod left_out;
mod limit;
mod no_cutoff;
pub mod outcome;
mod part;
pub mod partition_maintenance;
mod plan;
mod policies;
pub mod presence;
mod privileges;
pub mod restore;
mod restore_source;
mod restore_tables;
mod restore_view;
mod run;
pub mod run_record;
pub mod single_table;
mod split;
pub mod survey;
mod task;
mod throttle;
mod trail;
pub mod verify;
pub mod view;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum RetentionCommand {
    /// Show what the policies of inboxctl.toml would delete
    Plan(plan::PlanArgs),
    /// Delete what the policies of inboxctl.toml say
    Run(run::RunArgs),
    /// Keep rows from being deleted, whatever their age
    #[command(subcommand)]
    Holds(holds::HoldsCommand),
    /// Check that archives are complete and undamaged
    Verify(verify::VerifyArgs),
    /// Bring archived rows back
    Restore(restore::RestoreArgs),
}

pub fn run(ctx: &mut Context, command: RetentionCommand) -> anyhow::Result<Outcome> {
    match command {
        RetentionCommand::Plan(args) => plan::run(ctx, args),
        RetentionCommand::Run(args) => run::run(ctx, args),
        RetentionCommand::Holds(command) => holds::run(ctx, command),
        RetentionCommand::Verify(args) => verify::run(ctx, args),
        RetentionCommand::Restore(args) => restore::run(ctx, args),
    }
}

//! `inboxctl retention`: policies and holds; and the engine that all commands
//! share that delete by age.

pub mod alone;
pub mod args;
pub mod ending;
pub mod engine;
pub mod restore;
pub mod run_record;
pub mod survey;
pub mod upkeep;
pub mod verify;
pub mod view;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum RetentionCommand {
    /// Bring archived rows back
    Restore(restore::RestoreArgs),
    /// Check that archives are complete and undamaged
    Verify(verify::VerifyArgs),
}

pub fn run(ctx: &mut Context, command: RetentionCommand) -> anyhow::Result<Outcome> {
    match command {
        RetentionCommand::Restore(args) => restore::run(ctx, args),
        RetentionCommand::Verify(args) => verify::run(ctx, args),
    }
}

//! `inboxctl jobs`: work that the application scheduled.

pub mod cleanup;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum JobsCommand {
    /// Delete old jobs that failed, completed or were cancelled
    Cleanup(cleanup::CleanupArgs),
}

pub fn run(ctx: &mut Context, command: JobsCommand) -> anyhow::Result<Outcome> {
    match command {
        JobsCommand::Cleanup(args) => cleanup::run(ctx, args),
    }
}

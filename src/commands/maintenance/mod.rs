//! `inboxctl maintenance`: what runs by itself, and how it goes.

mod log;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum MaintenanceCommand {
    /// List the runs that deleted by age, and what falls behind
    Log(log::LogArgs),
}

pub fn run(ctx: &mut Context, command: MaintenanceCommand) -> anyhow::Result<Outcome> {
    match command {
        MaintenanceCommand::Log(args) => log::run(ctx, args),
    }
}

//! `inboxctl presence`: who is there.

pub mod sweep;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum PresenceCommand {
    /// Set users offline who have not been seen for long
    Sweep(sweep::SweepArgs),
}

pub fn run(ctx: &mut Context, command: PresenceCommand) -> anyhow::Result<Outcome> {
    match command {
        PresenceCommand::Sweep(args) => sweep::run(ctx, args),
    }
}

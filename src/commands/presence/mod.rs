//! `inboxctl presence`: who is there.

mod list;
mod sweep;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum PresenceCommand {
    /// List who was seen when, and which contact each has open
    List(list::ListPresenceArgs),
    /// Set users offline who have not been seen for long
    Sweep(sweep::SweepArgs),
}

pub fn run(ctx: &mut Context, command: PresenceCommand) -> anyhow::Result<Outcome> {
    match command {
        PresenceCommand::List(args) => list::run(ctx, args),
        PresenceCommand::Sweep(args) => sweep::run(ctx, args),
    }
}

//! `inboxctl audit`: the log of who did what.

pub mod prune;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Delete old entries of the audit log
    Prune(prune::PruneArgs),
}

pub fn run(ctx: &mut Context, command: AuditCommand) -> anyhow::Result<Outcome> {
    match command {
        AuditCommand::Prune(args) => prune::run(ctx, args),
    }
}

//! `inboxctl audit`: the log of who did what.

mod acknowledge;
mod archived;
mod backed_up;
mod begun;
mod close;
mod differences;
mod export;
mod filter_args;
mod follow;
mod list;
pub mod prune;
mod verify;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// List entries, the newest first
    List(list::ListAuditArgs),
    /// Write all entries into a file
    Export(export::ExportArgs),
    /// Delete old entries of the audit log
    Prune(prune::PruneArgs),
    /// Close the days that ended 48 hours ago: what they hold can be proven from then on
    Close(close::CloseArgs),
    /// Record that you have looked at the entries that came late into a closed day
    Acknowledge(acknowledge::AcknowledgeArgs),
    /// Check that no entry of a closed day was changed, removed or added
    Verify(verify::VerifyArgs),
}

pub fn run(ctx: &mut Context, command: AuditCommand) -> anyhow::Result<Outcome> {
    match command {
        AuditCommand::List(args) => list::run(ctx, args),
        AuditCommand::Export(args) => export::run(ctx, args),
        AuditCommand::Prune(args) => prune::run(ctx, args),
        AuditCommand::Close(args) => close::run(ctx, args),
        AuditCommand::Acknowledge(args) => acknowledge::run(ctx, args),
        AuditCommand::Verify(args) => verify::run(ctx, args),
    }
}

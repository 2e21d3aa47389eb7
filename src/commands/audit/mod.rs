//! `inboxctl audit`: who did what.

mod export;
mod filter_args;
mod follow;
mod list;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// List entries, the newest first
    List(list::ListAuditArgs),
    /// Write all entries into a file
    Export(export::ExportArgs),
}

pub fn run(ctx: &mut Context, command: AuditCommand) -> anyhow::Result<Outcome> {
    match command {
        AuditCommand::List(args) => list::run(ctx, args),
        AuditCommand::Export(args) => export::run(ctx, args),
    }
}

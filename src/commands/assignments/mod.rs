//! `inboxctl assignments`: which user takes care of which contact.

mod change;
mod clear;
mod list;
mod set;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum AssignmentsCommand {
    /// List assignments, the newest first
    List(list::ListAssignmentsArgs),
    /// Assign a contact to a user
    Set(set::SetArgs),
    /// Take a contact from its user, so that it is nobody's
    Clear(clear::ClearArgs),
}

pub fn run(ctx: &mut Context, command: AssignmentsCommand) -> anyhow::Result<Outcome> {
    match command {
        AssignmentsCommand::List(args) => list::run(ctx, args),
        AssignmentsCommand::Set(args) => set::run(ctx, args),
        AssignmentsCommand::Clear(args) => clear::run(ctx, args),
    }
}

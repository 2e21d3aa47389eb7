//! `inboxctl assignments`: which user takes care of which contact.

mod change;
mod clear;
mod list;
mod move_all;
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
    /// Unassign a contact
    Clear(clear::ClearArgs),
    /// Give all contacts of a user to another one
    Move(move_all::MoveArgs),
}

pub fn run(ctx: &mut Context, command: AssignmentsCommand) -> anyhow::Result<Outcome> {
    match command {
        AssignmentsCommand::List(args) => list::run(ctx, args),
        AssignmentsCommand::Set(args) => set::run(ctx, args),
        AssignmentsCommand::Clear(args) => clear::run(ctx, args),
        AssignmentsCommand::Move(args) => move_all::run(ctx, args),
    }
}

//! `inboxctl messages`: what was written and what became of it.

mod failed;
mod row;
mod search;
mod thread;
mod unread;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum MessagesCommand {
    /// Show a conversation, the newest messages last
    Thread(thread::ThreadArgs),
    /// List inbound messages that nobody has read, or count them
    Unread(unread::UnreadArgs),
    /// Find messages by what is written in them, the newest first
    Search(search::SearchArgs),
    /// List messages that could not be sent, and why
    Failed(failed::FailedArgs),
}

pub fn run(ctx: &mut Context, command: MessagesCommand) -> anyhow::Result<Outcome> {
    match command {
        MessagesCommand::Thread(args) => thread::run(ctx, args),
        MessagesCommand::Unread(args) => unread::run(ctx, args),
        MessagesCommand::Search(args) => search::run(ctx, args),
        MessagesCommand::Failed(args) => failed::run(ctx, args),
    }
}

//! `inboxctl messages`: what was written and what became of it.

mod failed;
mod row;
mod search;
mod show;
mod thread;
mod unread;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use crate::commands::name_arg;
use crate::commands::span_args::SpanArgs;
use crate::context::Context;
use crate::domain::vocabulary::Channel;
use crate::error::Outcome;
use crate::store::messages::Only;

#[derive(Debug, Subcommand)]
pub enum MessagesCommand {
    /// Show a message: why it failed, its thread and its jobs
    Show(show::ShowArgs),
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
        MessagesCommand::Show(args) => show::run(ctx, args),
        MessagesCommand::Thread(args) => thread::run(ctx, args),
        MessagesCommand::Unread(args) => unread::run(ctx, args),
        MessagesCommand::Search(args) => search::run(ctx, args),
        MessagesCommand::Failed(args) => failed::run(ctx, args),
    }
}

/// Which messages: the same flags for every list of them.
#[derive(Debug, Clone, Copy, Args)]
struct OnlyArgs {
    /// Only messages of this channel
    #[arg(long, value_name = "CHANNEL", value_parser = name_arg::parser::<Channel>())]
    channel: Option<Channel>,
    #[command(flatten)]
    span: SpanArgs,
}

impl OnlyArgs {
    fn resolve(self, now: Timestamp) -> Only {
        Only { channel: self.channel, span: self.span.resolve(now), after: None }
    }
}

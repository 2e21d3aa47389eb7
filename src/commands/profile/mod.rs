//! `inboxctl profile`: the databases that the configuration knows by name.

mod list;
mod show;

use clap::Subcommand;

use crate::config::Profiled;
use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// List the profiles, and which one is in use
    List,
    /// Show what a profile sets, and where
    Show(show::ShowArgs),
}

pub fn run(ctx: &mut Context, command: ProfileCommand) -> anyhow::Result<Outcome> {
    match command {
        ProfileCommand::List => list::run(ctx),
        ProfileCommand::Show(args) => show::run(ctx, args),
    }
}

/// Whether all commands use it.
fn is_current(ctx: &Context, profile: &Profiled) -> bool {
    ctx.config.profile.as_ref().is_some_and(|(name, _)| *name == profile.name)
}

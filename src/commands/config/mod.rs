//! `inboxctl config`: the settings, and where each comes from.

pub mod show;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Show every setting, where it comes from, and what is wrong in which line
    Show,
}

pub fn run(ctx: &mut Context, command: ConfigCommand) -> anyhow::Result<Outcome> {
    match command {
        ConfigCommand::Show => show::run(ctx),
    }
}

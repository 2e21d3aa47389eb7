//! `inboxctl local`: the private PostgreSQL of this machine.

pub mod destroy;
pub mod psql;
pub mod start;
pub mod status;
pub mod stop;
pub mod url;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum LocalCommand {
    /// Start it, creating it the first time
    Start,
    /// Stop it; its data is kept
    Stop,
    /// Show what it is doing and where its files are
    Status,
    /// Print the URL to connect with
    Url(url::UrlArgs),
    /// Open psql in it
    Psql(psql::PsqlArgs),
    /// Remove it with all its data
    Destroy(destroy::DestroyArgs),
}

pub fn run(ctx: &mut Context, command: LocalCommand) -> anyhow::Result<Outcome> {
    match command {
        LocalCommand::Start => start::run(ctx),
        LocalCommand::Stop => stop::run(ctx),
        LocalCommand::Status => status::run(ctx),
        LocalCommand::Url(args) => url::run(ctx, args),
        LocalCommand::Psql(args) => psql::run(ctx, args),
        LocalCommand::Destroy(args) => destroy::run(ctx, args),
    }
}

//! `db adopt`: the application's own database becomes an inbox.

mod credentials;
mod done;
mod into;
mod plan;
mod reading;
mod rows;
mod swap;
mod triggers;
mod work;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

pub(super) use self::reading::read_map;
use crate::commands::path_arg;
use crate::context::Context;
use crate::domain::moment;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct AdoptArgs {
    /// Show what would become of it, and change nothing; exits with 3 while anything is undecided
    #[arg(long, visible_alias = "dry-run")]
    plan: bool,
    /// The map with what was decided
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Write the map to this file, with a line to fill in for what is undecided
    #[arg(long, value_name = "FILE", value_parser = path_arg::local(), requires = "plan")]
    out: Option<PathBuf>,
    /// Make the inbox in a new database of this name, and only read this one
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new(),
          conflicts_with_all = ["plan", "confirm_db", "allow_production"])]
    into: Option<String>,
    /// Name of the database, instead of typing it at a terminal
    #[arg(long, value_name = "NAME", conflicts_with = "plan")]
    confirm_db: Option<String>,
    /// Replace a production database
    #[arg(long, conflicts_with = "plan")]
    allow_production: bool,
    /// Seal credentials under the keyring: COMMAND reads each as it was stored and prints a JSON object
    #[arg(long, value_name = "COMMAND", conflicts_with = "plan")]
    decrypt_with: Option<String>,
    /// Wait this long for those who write to the database to finish
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "60s")]
    lock_wait: Duration,
    /// Open the database again that a killed run had closed
    #[arg(long, conflicts_with_all = ["plan", "map", "into", "confirm_db", "allow_production", "decrypt_with"])]
    abort: bool,
}

pub fn run(ctx: &mut Context, args: AdoptArgs) -> anyhow::Result<Outcome> {
    let map = args.map.as_deref();
    if args.abort {
        return swap::abort(ctx);
    }
    if args.plan {
        return plan::run(ctx, map, args.out.as_deref());
    }
    if let Some(name) = &args.into {
        return into::run(ctx, name, map, args.decrypt_with.as_deref());
    }
    swap::run(
        ctx,
        &swap::Flags {
            map,
            confirm_db: args.confirm_db.as_deref(),
            allow_production: args.allow_production,
            lock_wait: args.lock_wait,
            decrypt_with: args.decrypt_with.as_deref(),
        },
    )
}

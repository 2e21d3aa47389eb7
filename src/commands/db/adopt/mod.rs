//! `db adopt`: the application's own database becomes an inbox.

mod credentials;
mod done;
mod elsewhere;
mod into;
pub(super) mod own_code;
mod plan;
mod reading;
mod rows;
mod swap;
mod tenant;
mod trial;
mod triggers;
mod work;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use self::reading::Decisions;
pub(super) use self::reading::read_map;
use crate::commands::{database_arg, path_arg};
use crate::context::Context;
use crate::domain::moment;
use crate::error::{Failure, Outcome};

#[derive(Debug, Args)]
pub struct AdoptArgs {
    /// Show what would become of it, and change nothing of it; exits with 3 while anything is undecided or would stop it
    #[arg(long, visible_alias = "dry-run")]
    plan: bool,
    /// The map with what was decided
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Write the map to this file, with a line to fill in for what is undecided
    // What conflicts with --plan would lift the need of it.
    #[arg(long, value_name = "FILE", value_parser = path_arg::local(), requires = "plan",
          conflicts_with_all = ["into", "confirm_db", "allow_production", "decrypt_with", "abort"])]
    out: Option<PathBuf>,
    /// Make the inbox in a new database of this name, and only read this one
    #[arg(long, value_name = "NAME", value_parser = database_arg::new(),
          conflicts_with_all = ["plan", "confirm_db", "allow_production"])]
    into: Option<String>,
    /// Adopt the rows of this tenant alone, of several that share the database
    #[arg(long, value_name = "ID", conflicts_with = "abort")]
    tenant: Option<String>,
    /// Name of the database, instead of typing it at a terminal
    #[arg(long, value_name = "NAME", conflicts_with = "plan")]
    confirm_db: Option<String>,
    /// Replace a production database
    #[arg(long, conflicts_with = "plan")]
    allow_production: bool,
    /// Seal credentials under the keyring: COMMAND reads each as it was stored and prints a JSON object
    #[arg(long, value_name = "COMMAND", conflicts_with = "plan")]
    decrypt_with: Option<String>,
    /// Let functions of other roles run with your own rights where checks, columns and indexes call them
    #[arg(long)]
    trust_functions: bool,
    /// Wait this long for those who write to the database to finish
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "60s")]
    lock_wait: Duration,
    /// Open the database again that a killed run had closed
    #[arg(long, conflicts_with_all = ["plan", "map", "into", "confirm_db", "allow_production", "decrypt_with", "trust_functions"])]
    abort: bool,
}

pub fn run(ctx: &mut Context, args: AdoptArgs) -> anyhow::Result<Outcome> {
    let map = args.map.as_deref();
    if args.abort {
        return swap::abort(ctx);
    }
    let decisions = Decisions {
        map: &read_map(map)?,
        path: map,
        tenant: args.tenant.as_deref(),
        trust_functions: args.trust_functions,
    };
    if args.plan {
        return plan::run(ctx, &decisions, args.out.as_deref());
    }
    if let Some(name) = &args.into {
        let decrypt_with = args.decrypt_with.as_deref();
        return into::run(ctx, name, &decisions, decrypt_with);
    }
    if let Some(tenant) = &args.tenant {
        return Err(Failure::refused("a tenant's inbox doesn't take the place of the database")
            .why(format!("what is not {tenant}'s would be lost to those that it belongs to"))
            .hint("make it in a database of its own, with --into NAME")
            .into());
    }
    swap::run(
        ctx,
        &decisions,
        &swap::Flags {
            confirm_db: args.confirm_db.as_deref(),
            allow_production: args.allow_production,
            lock_wait: args.lock_wait,
            decrypt_with: args.decrypt_with.as_deref(),
        },
    )
}

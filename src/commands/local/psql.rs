//! `local psql`.

use std::os::unix::process::CommandExt;
use std::process::Command;

use clap::Args;

use crate::config::{DATABASE_URL_FLAG, Source};
use crate::context::{Context, LOCAL_DATABASE, local_failure};
use crate::error::{Failure, Outcome};
use crate::local::environment;

#[derive(Debug, Args)]
pub struct PsqlArgs {
    /// Arguments for psql, after --
    #[arg(last = true, value_name = "PSQL ARGS")]
    args: Vec<String>,
}

pub fn run(ctx: &mut Context, args: PsqlArgs) -> anyhow::Result<Outcome> {
    if matches!(&ctx.config.source, Source::Url { found_in, .. } if found_in == DATABASE_URL_FLAG) {
        return Err(Failure::usage("local psql connects to the private server only")
            .why(format!("{DATABASE_URL_FLAG} names another"))
            .hint("leave it out, or give that URL to psql itself")
            .into());
    }
    let cluster = ctx.start_local()?;
    let psql = cluster.binaries().map_err(|error| local_failure(&error))?.tool("psql").ok_or_else(
        || {
            Failure::failed("psql was not found")
                .hint("install the PostgreSQL client programs, or connect to `inboxctl local url`")
        },
    )?;
    // The first psql of a new server needs the database too.
    let target = ctx.local_target(LOCAL_DATABASE)?;
    if target.open().is_err() {
        ctx.create_local_database(&target, LOCAL_DATABASE)?;
    }
    // psql takes over the terminal and its exit code counts.
    let mut command = Command::new(&psql);
    let error =
        environment::terminal(&mut command).arg(cluster.url(LOCAL_DATABASE)).args(args.args).exec();
    Err(Failure::failed(format!("can't run {}", psql.display())).why(error.to_string()).into())
}

//! `db psql`.

use std::os::unix::process::CommandExt;
use std::process::Command;

use clap::Args;

use crate::backup::tools;
use crate::context::Context;
use crate::error::{Failure, Outcome};
use crate::local::environment;

#[derive(Debug, Args)]
pub struct PsqlArgs {
    /// Arguments for psql, after --
    #[arg(last = true, value_name = "PSQL ARGS")]
    args: Vec<String>,
}

pub fn run(ctx: &mut Context, args: PsqlArgs) -> anyhow::Result<Outcome> {
    // A database that can't be reached is told of as everywhere.
    let db = ctx.connect()?;
    let major = u32::try_from(db.server.version_num / 10_000).unwrap_or_default();
    let program = tools::find("psql", ctx.config.pg_bin.as_deref(), major)?;
    let (conninfo, password) = db.for_psql(program.major);
    drop(db);
    // psql takes over the terminal and its exit code counts. The password is in its environment,
    // which only the same user may read.
    let mut command = Command::new(&program.path);
    environment::terminal(&mut command).arg(format!("--dbname={conninfo}")).args(args.args);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    let error = command.exec();
    Err(Failure::failed(format!("can't run {}", program.path.display()))
        .why(error.to_string())
        .into())
}

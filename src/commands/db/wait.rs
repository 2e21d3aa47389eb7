//! `db wait`.

use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use crate::commands::duration_arg;
use crate::config::Source;
use crate::context::Context;
use crate::error::{Failure, Kind, Outcome};
use crate::ui::{Block, Tabular, human};

#[derive(Debug, Args)]
pub struct WaitArgs {
    /// Give up after this long
    #[arg(long, value_name = "DURATION", value_parser = duration_arg::parse, default_value = "30s")]
    timeout: Duration,
}

pub fn run(ctx: &mut Context, args: WaitArgs) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    if matches!(ctx.config.source, Source::Local) {
        // Starting it is waiting for it.
        ctx.open()?;
        return show(ctx, start.elapsed());
    }
    let target = ctx.target()?;
    let mut told = String::new();
    loop {
        let failure = match target.open() {
            Ok(_) => return show(ctx, start.elapsed()),
            Err(failure) => failure,
        };
        let why = failure.why.clone().unwrap_or_default();
        // Only time mends these; a wrong password stays wrong.
        if !may_pass(&failure) {
            return Err(failure.into());
        }
        if start.elapsed() >= args.timeout {
            return Err(Failure::new(
                Kind::Busy,
                format!(
                    "the database does not accept connections after {}",
                    human::duration(args.timeout)
                ),
            )
            .why(why)
            .hint("is it running? Wait longer with --timeout")
            .into());
        }
        if told != why {
            ctx.ui.status(format!("waiting: {why}"));
            told = why;
        }
        ctx.pause(Duration::from_millis(100))?;
    }
}

fn may_pass(failure: &Failure) -> bool {
    let why = failure.why.as_deref().unwrap_or_default();
    failure.kind == Kind::Busy
        || [
            "Connection refused",
            "No such file",
            "timeout expired",
            "does not exist",
            "could not translate",
            "server closed",
            "reset by peer",
        ]
        .iter()
        .any(|passing| why.contains(passing))
}

fn show(ctx: &Context, waited: Duration) -> anyhow::Result<Outcome> {
    let waited_ms = u64::try_from(waited.as_millis()).unwrap_or(u64::MAX);
    ctx.ui.show(&WaitView { ready: true, waited_ms })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct WaitView {
    ready: bool,
    waited_ms: u64,
}

impl Tabular for WaitView {
    fn blocks(&self) -> Vec<Block> {
        let waited = human::duration(Duration::from_millis(self.waited_ms));
        vec![Block::Text(format!("The database accepts connections ({waited})."))]
    }
}

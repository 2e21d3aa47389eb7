//! `db wait`.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use crate::config::Source;
use crate::context::Context;
use crate::domain::moment;
use crate::error::{Condition, Failure, Kind, Outcome};
use crate::store::connect::Target;
use crate::ui::{Block, Tabular, human, millis};

#[derive(Debug, Args)]
pub struct WaitArgs {
    /// Give up after this long
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "30s")]
    timeout: Duration,
}

/// A signal is seen after this long.
const POLL: Duration = Duration::from_millis(20);

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
        let left = args.timeout.saturating_sub(start.elapsed());
        let failure = match attempt(ctx, &target, left)? {
            Ok(()) => return show(ctx, start.elapsed()),
            Err(failure) => failure,
        };
        let why = failure.why.clone().unwrap_or_default();
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

/// Connects, for as long as there is time: libpq has limits of its own, for each address.
fn attempt(ctx: &Context, target: &Target, left: Duration) -> Result<Result<(), Failure>, Failure> {
    let end = Instant::now() + left;
    let (sender, receiver) = mpsc::channel();
    let target = target.clone();
    // One that is still at it ends with the process.
    thread::spawn(move || sender.send(target.open().map(drop)));
    loop {
        if let Some(signal) = ctx.interrupted() {
            return Err(Failure::interrupted(signal));
        }
        let left = end.saturating_duration_since(Instant::now());
        match receiver.recv_timeout(left.min(POLL)) {
            Ok(opened) => return Ok(opened),
            Err(RecvTimeoutError::Timeout) if left > POLL => {}
            Err(_) => return Ok(Err(Failure::busy("no answer").why("there is no answer yet"))),
        }
    }
}

/// Only time mends these; a wrong password stays wrong.
fn may_pass(failure: &Failure) -> bool {
    failure.kind == Kind::Busy
        || failure.why.as_deref().is_some_and(|why| Condition::of_text(why).may_pass())
}

fn show(ctx: &Context, waited: Duration) -> anyhow::Result<Outcome> {
    let waited_ms = millis(waited);
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

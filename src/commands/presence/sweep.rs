//! `presence sweep`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;

use crate::commands::consent_args::ConsentArgs;
use crate::commands::lock_wait_arg::LockWaitArgs;
use crate::commands::retention::engine;
use crate::commands::retention::outcome::{self, Ended};
use crate::commands::retention::presence::{SweepView, sweep};
use crate::context::Context;
use crate::domain::retention::cutoff::{self, Older};
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct SweepArgs {
    /// Sweep users who were last seen longer ago than this
    #[arg(long, value_name = "AGE", allow_hyphen_values = true, value_parser = cutoff::age, default_value = "1d")]
    older_than: Duration,
    #[command(flatten)]
    consent: ConsentArgs,
    /// Write the result as a Prometheus text file too
    #[arg(long, value_name = "FILE")]
    metrics_file: Option<PathBuf>,
    #[command(flatten)]
    wait: LockWaitArgs,
}

const COMMAND: &str = "presence sweep";

pub(super) fn run(ctx: &mut Context, args: SweepArgs) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let file = args.metrics_file.as_deref().filter(|_| !args.consent.dry_run);
    let ended = attempt(ctx, &args);
    outcome::with_metrics(ctx, file, &[String::from(COMMAND)], started, ended)
}

fn attempt(ctx: &Context, args: &SweepArgs) -> anyhow::Result<(Outcome, Vec<Ended>)> {
    let mut db = ctx.connect()?;
    if !args.consent.dry_run {
        engine::hold(ctx, &mut db, args.wait.lock_wait)?;
    }
    let older = Older::Than(args.older_than);
    let plan = SweepView::planned(ctx, &mut db, None, older, args.consent.dry_run)?;
    if args.consent.dry_run {
        ctx.ui.show(&plan)?;
        return Ok((Outcome::Done, Vec::new()));
    }
    let (what, yes) = (plan.question(), args.consent.yes);
    let consent = ctx.consent_if_any(&mut db, plan.eligible, &plan, &what, yes)?;
    let view = sweep(ctx, &mut db, plan, COMMAND, &consent)?;
    ctx.ui.summarise(&view)?;
    Ok((Outcome::Done, vec![view.ended()]))
}

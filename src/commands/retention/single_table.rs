//! A command that deletes from one table, from connecting to its summary.

use std::time::Instant;

use super::args::EngineArgs;
use super::engine;
use super::outcome::{self, Ended};
use super::survey::Task;
use crate::context::Context;
use crate::error::Outcome;

/// # Errors
/// Refused, busy, or the server.
pub fn run(ctx: &Context, task: &Task, args: &EngineArgs) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    if args.consent.dry_run {
        return attempt(ctx, task, args).map(|(outcome, _)| outcome);
    }
    let ended = attempt(ctx, task, args);
    let jobs = [task.name()];
    outcome::with_metrics(ctx, args.metrics_file.as_deref(), &jobs, started, ended)
}

fn attempt(ctx: &Context, task: &Task, args: &EngineArgs) -> anyhow::Result<(Outcome, Vec<Ended>)> {
    args.require_archive(task.archive.is_some())?;
    let mut db = ctx.connect()?;
    let dry_run = args.consent.dry_run;
    if !dry_run {
        engine::hold(ctx, &mut db, args.wait.lock_wait)?;
    }
    let prepared = engine::prepare(ctx, &mut db, task, dry_run, args.trust)?;
    if dry_run {
        ctx.ui.show(&prepared.planned())?;
        return Ok((Outcome::Done, Vec::new()));
    }
    let plan = prepared.planned();
    let (what, yes) = (plan.question(), args.consent.yes);
    let consent = ctx.consent_if_any(&mut db, plan.eligible, &plan, &what, yes)?;
    let view = engine::execute(ctx, &mut db, &prepared, args, &consent)?;
    ctx.ui.summarise(&view)?;
    let ended = vec![view.ended()];
    Ok((outcome::outcome(ctx, &ended), ended))
}

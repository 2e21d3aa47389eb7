//! `retention run`.

use std::time::Instant;

use clap::Args;

use super::args::EngineArgs;
use super::left_out::LeftOut;
use super::outcome::{self, Ended};
use super::policies::{self, NamedView, PoliciesView, PolicyArgs, PolicyView, Work};
use super::presence::{self, SweepView};
use super::{engine, plan};
use crate::commands::denied;
use crate::context::Context;
use crate::domain::consent::Consent;
use crate::error::Outcome;
use crate::store::connect::Db;

#[derive(Debug, Args)]
pub struct RunArgs {
    #[command(flatten)]
    policies: PolicyArgs,
    #[command(flatten)]
    engine: EngineArgs,
}

pub(super) fn run(ctx: &mut Context, args: RunArgs) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let mut work = policies::read(ctx, &args.policies)?;
    for one in &mut work {
        if let Work::Rows(task) = one {
            task.max_rows = args.engine.max_rows.or(task.max_rows);
            task.archive = args.engine.archive.clone().or(task.archive.take());
        }
    }
    if args.engine.consent.dry_run {
        return plan::show(ctx, &mut ctx.connect()?, &work);
    }
    let names: Vec<String> = work.iter().map(Work::name).collect();
    let ended = attempt(ctx, &work, &args.engine);
    outcome::with_metrics(ctx, args.engine.metrics_file.as_deref(), &names, started, ended)
}

fn attempt(
    ctx: &Context,
    work: &[Work],
    args: &EngineArgs,
) -> anyhow::Result<(Outcome, Vec<Ended>)> {
    let archives = |one: &Work| matches!(one, Work::Rows(task) if task.archive.is_some());
    args.require_archive(work.iter().any(archives))?;
    let mut db = ctx.connect()?;
    engine::hold(ctx, &mut db, args.wait.lock_wait)?;
    // Refuses what must be refused before anything of any policy is done.
    let plan = plan::of(ctx, &mut db, work, false, args.trust)?;
    let (what, yes) = (plan.question(), args.consent.yes);
    let consent = ctx.consent_if_any(&mut db, plan.eligible(), &plan, &what, yes)?;
    let (mut views, mut ended) = (Vec::new(), Vec::new());
    for (one, NamedView { view: planned, .. }) in work.iter().zip(plan.policies) {
        if ctx.interrupted().is_some() {
            break;
        }
        let view = match planned {
            PolicyView::LeftOut { left_out } => PolicyView::LeftOut { left_out },
            _ => match execute(ctx, &mut db, one, args, &consent) {
                Ok(view) => view,
                Err(error) => {
                    let left_out = LeftOut::of(&one.name(), denied::explain_on(&mut db, error))?;
                    ctx.ui.warn(format!("{} is left out: {}", left_out.name, left_out.why));
                    PolicyView::LeftOut { left_out }
                }
            },
        };
        ended.push(match &view {
            PolicyView::Rows(view) => view.ended(),
            PolicyView::Presence(view) => view.ended(),
            PolicyView::LeftOut { left_out } => Ended::left_out(left_out.clone()),
        });
        views.push(NamedView { name: one.name(), view });
    }
    ctx.ui.summarise(&PoliciesView { policies: views })?;
    let outcome = match ctx.interrupted() {
        // Policies that were not begun count too.
        Some(signal) if ended.len() < work.len() => Outcome::Interrupted(signal),
        _ => outcome::outcome(ctx, &ended),
    };
    Ok((outcome, ended))
}

fn execute(
    ctx: &Context,
    db: &mut Db,
    work: &Work,
    args: &EngineArgs,
    consent: &Consent,
) -> anyhow::Result<PolicyView> {
    match work {
        Work::Rows(task) => {
            // Counted anew: a former policy may have deleted some of these rows.
            let prepared = engine::prepare(ctx, db, task, false, args.trust)?;
            let view = engine::execute(ctx, db, &prepared, args, consent)?;
            Ok(PolicyView::Rows(Box::new(view)))
        }
        Work::Presence { name, older } => {
            let plan = SweepView::planned(ctx, db, Some(name.clone()), *older, false)?;
            let view = presence::sweep(ctx, db, plan, "retention run", consent)?;
            Ok(PolicyView::Presence(view))
        }
    }
}

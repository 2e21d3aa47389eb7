//! `retention plan`.

use clap::Args;

use super::engine;
use super::policies::{self, NamedView, PoliciesView, PolicyArgs, PolicyView, Work};
use crate::commands::presence::sweep::SweepView;
use crate::context::Context;
use crate::error::Outcome;
use crate::store::connect::Db;

#[derive(Debug, Args)]
pub struct PlanArgs {
    #[command(flatten)]
    policies: PolicyArgs,
}

pub fn run(ctx: &mut Context, args: PlanArgs) -> anyhow::Result<Outcome> {
    let work = policies::read(&args.policies)?;
    let mut db = ctx.connect()?;
    show(ctx, &mut db, &work)
}

/// # Errors
/// The server refuses.
pub fn show(ctx: &Context, db: &mut Db, work: &[Work]) -> anyhow::Result<Outcome> {
    ctx.ui.show(&of(ctx, db, work, true)?)?;
    Ok(Outcome::Done)
}

/// What would be done.
///
/// # Errors
/// The server refuses; or, if it is no dry run, what must be refused.
pub fn of(
    ctx: &Context,
    db: &mut Db,
    work: &[Work],
    dry_run: bool,
) -> anyhow::Result<PoliciesView> {
    let mut views = Vec::new();
    for one in work {
        let view = match one {
            Work::Rows(task) => {
                let prepared = engine::prepare(ctx, db, task, dry_run)?;
                PolicyView::Rows(Box::new(prepared.planned()))
            }
            Work::Presence { name, older } => {
                PolicyView::Presence(SweepView::planned(db, Some(name.clone()), *older)?)
            }
        };
        views.push(NamedView { name: one.name(), view });
    }
    Ok(PoliciesView { policies: views })
}

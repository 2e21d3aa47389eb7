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
    let mut views = Vec::new();
    for one in work {
        let view = match one {
            Work::Rows(task) => {
                let prepared = engine::prepare(ctx, db, task, true)?;
                PolicyView::Rows(Box::new(prepared.planned()))
            }
            Work::Presence { name, older } => {
                PolicyView::Presence(SweepView::planned(db, Some(name.clone()), *older)?)
            }
        };
        views.push(NamedView { name: one.name(), view });
    }
    ctx.ui.show(&PoliciesView { policies: views })?;
    Ok(Outcome::Done)
}

//! `retention plan`.

use clap::Args;

use super::engine;
use super::left_out::LeftOut;
use super::policies::{self, NamedView, PoliciesView, PolicyArgs, PolicyView, Work};
use super::presence::SweepView;
use crate::commands::denied;
use crate::commands::trust_arg::TrustArg;
use crate::context::Context;
use crate::error::{Kind, Outcome, explain};
use crate::store::connect::Db;

#[derive(Debug, Args)]
pub struct PlanArgs {
    #[command(flatten)]
    policies: PolicyArgs,
}

pub(super) fn run(ctx: &mut Context, args: PlanArgs) -> anyhow::Result<Outcome> {
    let work = policies::read(ctx, &args.policies)?;
    let mut db = ctx.connect()?;
    show(ctx, &mut db, &work)
}

/// # Errors
/// The server refuses.
pub(super) fn show(ctx: &Context, db: &mut Db, work: &[Work]) -> anyhow::Result<Outcome> {
    ctx.ui.show(&of(ctx, db, work, true, TrustArg { trust_functions: false })?)?;
    Ok(Outcome::Done)
}

/// What would be done.
///
/// # Errors
/// The server refuses; or, if it is no dry run, what must be refused.
pub(super) fn of(
    ctx: &Context,
    db: &mut Db,
    work: &[Work],
    dry_run: bool,
    trust: TrustArg,
) -> anyhow::Result<PoliciesView> {
    let mut views = Vec::new();
    for one in work {
        let planned = match one {
            Work::Rows(task) => engine::prepare(ctx, db, task, dry_run, trust)
                .map(|prepared| PolicyView::Rows(Box::new(prepared.planned()))),
            Work::Presence { name, older } => {
                SweepView::planned(ctx, db, Some(name.clone()), *older, dry_run)
                    .map(PolicyView::Presence)
            }
        };
        let view = match planned {
            Ok(view) => view,
            // The operator is to say it otherwise, before anything is done; only that nobody can be set
            // offline stops no deletion.
            Err(error)
                if match explain(&error).kind {
                    Kind::Usage => true,
                    Kind::Refused => matches!(one, Work::Rows(_)),
                    _ => false,
                } =>
            {
                return Err(error);
            }
            Err(error) => {
                let left_out = LeftOut::of(&one.name(), denied::explain_on(db, error))?;
                ctx.ui.warn(format!("{} is left out: {}", left_out.name, left_out.why));
                PolicyView::LeftOut { left_out }
            }
        };
        views.push(NamedView { name: one.name(), view });
    }
    Ok(PoliciesView { policies: views })
}

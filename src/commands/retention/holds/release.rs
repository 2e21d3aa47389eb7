//! `retention holds release`.

use clap::Args;
use serde_json::json;
use uuid::Uuid;

use super::HoldView;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::id_arg::IdArg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::error::{Failure, Kind, Outcome};
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::holds::Hold;
use crate::store::id_ranges::Of;
use crate::store::{holds, tx};

#[derive(Debug, Args)]
pub struct ReleaseArgs {
    /// The hold's id, as `retention holds list` shows it
    id: IdArg,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: ReleaseArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let actor = ctx.actor_unless(args.consent.dry_run, &mut db, Right::Retention)?;
    let (id, hold) = tx::read(&mut db, |conn| {
        let id = args.id.find_for(conn, Of::Hold, args.consent.yes)?;
        Ok((id, holds::find(conn, id)?))
    })?;
    // From then on the next cleanup may delete what it keeps.
    if let Some(hold) = hold
        && hold.released_at.is_none()
    {
        let what = format!("release the hold on {} {}", hold.kind, hold.value);
        let view = HoldView::from(hold);
        let Some(actor) = &actor else {
            ctx.ui.show(&HoldView { dry_run: true, ..view })?;
            return Ok(Outcome::Done);
        };
        ctx.consent(&mut db, &view, &what, args.consent.yes)?;
        if let Some(released) = release(&mut db, id, actor)? {
            ctx.ui.show(&HoldView::from(released))?;
            return Ok(Outcome::Done);
        }
    }
    let known = tx::read(&mut db, |conn| Ok(holds::find(conn, id)?))?;
    Err(match known {
        Some(_) => Failure::refused(format!("the hold {id} was released before")),
        None => Failure::new(Kind::NotFound, format!("there is no hold {id}")),
    }
    .hint("`inboxctl retention holds list` shows those in force")
    .into())
}

/// `None` if somebody else released it.
fn release(db: &mut Db, id: Uuid, actor: &Actor) -> anyhow::Result<Option<Hold>> {
    tx::write(db, |conn| {
        let hold = holds::release(conn, id, &actor.name)?;
        if let Some(hold) = &hold {
            let change = Change {
                action: Action::RetentionRelease,
                resource_id: Some(&hold.id.to_string()),
                details: json!({ "kind": hold.kind, "value": hold.value }),
            };
            audit::record(conn, actor, &change)?;
        }
        Ok(hold)
    })
}

//! `retention holds release`.

use clap::Args;
use serde_json::json;

use super::HoldView;
use crate::commands::id_arg::IdArg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::error::{Failure, Kind, Outcome};
use crate::store::audit::{self, Change};
use crate::store::id_ranges::Of;
use crate::store::{holds, tx};

#[derive(Debug, Args)]
pub struct ReleaseArgs {
    /// The hold's id, as `retention holds list` shows it
    id: IdArg,
    /// Don't ask; for scripts
    #[arg(long, short)]
    yes: bool,
}

pub(super) fn run(ctx: &mut Context, args: ReleaseArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let actor = ctx.actor(&mut db, Right::Retention)?;
    let (id, hold) = tx::read(&mut db, |conn| {
        let id = args.id.find_for(conn, Of::Hold, args.yes)?;
        Ok((id, holds::find(conn, id)?))
    })?;
    // From then on the next cleanup may delete what it keeps.
    if let Some(hold) = hold
        && hold.released_at.is_none()
    {
        let what = format!("release the hold on {} {}", hold.kind, hold.value);
        ctx.consent(&mut db, &HoldView::from(hold), &what, args.yes)?;
    }
    let released = tx::write(&mut db, |conn| {
        let hold = holds::release(conn, id, &actor.name)?;
        if let Some(hold) = &hold {
            let change = Change {
                action: Action::RetentionRelease,
                resource_id: Some(&hold.id.to_string()),
                details: json!({ "kind": hold.kind, "value": hold.value }),
            };
            audit::record(conn, &actor, &change)?;
        }
        Ok(hold)
    })?;
    let Some(released) = released else {
        let known = tx::read(&mut db, |conn| Ok(holds::find(conn, id)?))?;
        return Err(match known {
            Some(_) => Failure::refused(format!("the hold {id} was released before")),
            None => Failure::new(Kind::NotFound, format!("there is no hold {id}")),
        }
        .hint("`inboxctl retention holds list` shows those in force")
        .into());
    };
    ctx.ui.show(&HoldView::from(released))?;
    Ok(Outcome::Done)
}

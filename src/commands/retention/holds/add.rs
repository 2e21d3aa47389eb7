//! `retention holds add`.

use clap::Args;
use serde_json::json;
use uuid::Uuid;

use super::HoldView;
use crate::commands::contacts::named::ContactArg;
use crate::commands::id_arg::Asked;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::retention::holds::Kind as HoldKind;
use crate::domain::suggest;
use crate::error::{Failure, Kind, Outcome};
use crate::store::audit::{self, Change};
use crate::store::connect::Db;
use crate::store::{audit_log, holds, jobs, tx, users};

#[derive(Debug, Args)]
#[command(override_usage = "inboxctl retention holds add [OPTIONS] --reason <TEXT> <WHAT>")]
pub struct AddArgs {
    #[command(flatten)]
    what: WhatArgs,
    /// Why they must stay, for those who ask later
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct WhatArgs {
    /// Keep what concerns this contact, by its whole id
    #[arg(long, value_name = "CONTACT_ID")]
    contact: Option<ContactArg>,
    /// Keep what this user did, and what concerns them
    #[arg(long, value_name = "EMAIL|ID")]
    user: Option<String>,
    /// Keep audit entries of this action, and jobs of this type
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// Keep audit entries about this resource, such as messages or messages/ID
    #[arg(long, value_name = "RESOURCE")]
    resource: Option<String>,
}

pub(super) fn run(ctx: &mut Context, args: AddArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let actor = ctx.actor(&mut db, Right::Retention)?;
    let (kind, value) = what(ctx, &mut db, &args.what)?;
    let hold = tx::write(&mut db, |conn| {
        let hold = holds::insert(conn, kind, &value, &args.reason, &actor.name)?;
        if let Some(hold) = &hold {
            let change = Change {
                action: Action::RetentionHold,
                resource_id: Some(&hold.id.to_string()),
                details: json!({ "kind": kind, "value": value, "reason": args.reason }),
            };
            audit::record(conn, &actor, &change)?;
        }
        Ok(hold)
    })?;
    let Some(hold) = hold else {
        return Err(Failure::refused(format!("the {kind} {value} is under a hold already"))
            .hint("`inboxctl retention holds list` shows it")
            .into());
    };
    ctx.ui.show(&HoldView::from(hold))?;
    if kind == HoldKind::Action {
        warn_of_nothing(ctx, &mut db, &value);
    }
    Ok(Outcome::Done)
}

/// A word that was mistyped protects nothing.
fn warn_of_nothing(ctx: &Context, db: &mut Db, action: &str) {
    let known = tx::read(db, |conn| {
        let types = jobs::list_types(conn)?;
        Ok(types.into_iter().chain(audit_log::list_actions(conn)?).collect::<Vec<String>>())
    });
    // Who may hold need not be let to look.
    let Ok(known) = known else { return };
    if !known.iter().any(|one| one == action) {
        let near = suggest::nearest(action, known.iter().map(String::as_str));
        let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        ctx.ui.warn(format!("no entry has this action yet, and no job this type{near}"));
    }
}

fn what(ctx: &Context, db: &mut Db, what: &WhatArgs) -> anyhow::Result<(HoldKind, String)> {
    if let Some(contact) = &what.contact {
        let id = tx::read(db, |conn| contact.find_for(ctx, conn, Asked::Never))?;
        return Ok((HoldKind::Contact, id.to_string()));
    }
    if let Some(user) = &what.user {
        if let Ok(id) = user.parse::<Uuid>() {
            return Ok((HoldKind::User, id.to_string()));
        }
        let id = tx::read(db, |conn| Ok(users::find_id_by_email(conn, user)?))?;
        let unknown = || Failure::new(Kind::NotFound, format!("no user has the e-mail {user}"));
        return Ok((HoldKind::User, id.ok_or_else(unknown)?.to_string()));
    }
    let (kind, value) = match (&what.action, &what.resource) {
        (Some(action), _) => (HoldKind::Action, action),
        (None, resource) => (HoldKind::Resource, resource.as_ref().expect("clap requires one")),
    };
    match value.trim() {
        "" => Err(Failure::usage(format!("an empty {kind} is none")).into()),
        value => Ok((kind, value.to_owned())),
    }
}

//! `contacts distinct`.

use clap::Args;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Change};
use crate::store::{contacts, tx};
use crate::ui::{Block, Tabular};

#[derive(Debug, Args)]
pub struct DistinctArgs {
    /// One contact
    a: Uuid,
    /// The other one
    b: Uuid,
}

pub fn run(ctx: &mut Context, args: DistinctArgs) -> anyhow::Result<Outcome> {
    if args.a == args.b {
        return Err(Failure::usage("a contact can't be distinct from itself").into());
    }
    let mut db = ctx.connect()?;
    let actor = ctx.actor(&mut db, Right::Contacts)?;
    let added = tx::write(&mut db, |conn| {
        for id in [args.a, args.b] {
            if contacts::find(conn, id)?.is_none_or(|contact| contact.id != id) {
                return Err(super::unknown(id).into());
            }
        }
        let added = contacts::insert_distinct(conn, args.a, args.b, &actor.name)?;
        if added {
            let change = Change {
                action: Action::ContactDistinct,
                resource_id: Some(&args.a.to_string()),
                details: json!({ "other": args.b }),
            };
            audit::record(conn, &actor, &change)?;
        }
        Ok(added)
    })?;
    ctx.ui.show(&DistinctView { a: args.a, b: args.b, added })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct DistinctView {
    a: Uuid,
    b: Uuid,
    /// False: it was known.
    added: bool,
}

impl Tabular for DistinctView {
    fn blocks(&self) -> Vec<Block> {
        let text = if self.added {
            "Remembered: they are not the same, and will not be merged automatically."
        } else {
            "It was known that they are not the same."
        };
        vec![Block::Text(text.to_owned())]
    }
}

//! `contacts unmerge`.

use clap::Args;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::error::{Failure, Kind, Outcome};
use crate::store::audit::{self, Change};
use crate::store::merges::{self, Recorded};
use crate::store::tx;
use crate::ui::{Block, Tabular, human};

#[derive(Debug, Args)]
pub struct UnmergeArgs {
    /// The merge, as `contacts merges` lists it
    #[arg(value_name = "MERGE_ID")]
    id: Uuid,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub fn run(ctx: &mut Context, args: UnmergeArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let merge = tx::rolled_back(&mut db, |conn| check(conn, args.id))?;
    let mut view = UnmergeView {
        dry_run: args.consent.dry_run,
        id: args.id,
        survivor: merge.survivor_id,
        restored: merge.merged_ids,
    };
    if !view.dry_run {
        let actor = ctx.actor(&mut db, Right::Contacts)?;
        let others = human::plural(view.restored.len() as u64, "contact", "contacts");
        let what = format!("take back the merge of {others} into {}", view.survivor);
        let plan = UnmergeView { dry_run: true, ..view.clone() };
        let consent = ctx.consent(&mut db, &plan, &what, args.consent.yes)?;
        view.restored = tx::write(&mut db, |conn| {
            let merge = check(conn, args.id)?;
            merges::undo(conn, args.id, &actor.name, &consent)?;
            let change = Change {
                action: "contact.unmerge",
                resource: "contacts",
                resource_id: Some(&merge.survivor_id.to_string()),
                details: json!({ "merge": args.id, "restored": merge.merged_ids }),
            };
            audit::record(conn, &actor, &change)?;
            Ok(merge.merged_ids)
        })?;
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

/// Locks the merge and refuses what can't be taken back without a trace.
fn check(conn: &mut diesel::PgConnection, id: Uuid) -> anyhow::Result<Recorded> {
    let merge = merges::lock_merge(conn, id)?.ok_or_else(|| {
        Failure::new(Kind::NotFound, format!("there is no merge {id}"))
            .hint("`inboxctl contacts merges` lists them")
    })?;
    if merge.is_undone {
        return Err(Failure::refused(format!("merge {id} was taken back already")).into());
    }
    let conflicts = merges::conflicts(conn, id)?;
    if conflicts.is_empty() {
        return Ok(merge);
    }
    Err(Failure::refused(format!("merge {id} can't be taken back"))
        .why(conflicts.join("; "))
        .hint("what changed since would be lost: undo that first, or edit the contact by hand")
        .into())
}

#[derive(Debug, Clone, Serialize)]
struct UnmergeView {
    dry_run: bool,
    id: Uuid,
    survivor: Uuid,
    restored: Vec<Uuid>,
}

impl Tabular for UnmergeView {
    fn blocks(&self) -> Vec<Block> {
        let others = human::plural(self.restored.len() as u64, "contact", "contacts");
        vec![Block::Text(if self.dry_run {
            format!("Would restore {others}; nothing was changed.")
        } else {
            format!("Restored {others}; {} is as it was.", self.survivor)
        })]
    }
}

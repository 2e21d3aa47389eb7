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
use crate::store::contact_references::{self, References};
use crate::store::unmerging::{self, Recorded, Returning};
use crate::store::{interference, merging, tx};
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
    let named = ctx.config.references();
    let mut db = ctx.connect()?;
    let (references, merge, rows) = tx::rolled_back(&mut db, |conn| {
        let references = contact_references::load(conn, &named)?;
        interference::see_all_rows(conn, &references.tables())?;
        let (merge, rows) = check(conn, args.id, &references)?;
        Ok((references, merge, rows))
    })?;
    let mut view = UnmergeView {
        dry_run: true,
        id: args.id,
        survivor: merge.survivor_id,
        names: merge.names().iter().map(|name| human::one_line(name, 60)).collect(),
        restored: merge.merged_ids,
        rows: rows.into_iter().filter(|row| row.back + row.stay > 0).map(RowsView::new).collect(),
    };
    if !args.consent.dry_run {
        let actor = ctx.actor(&mut db, Right::Contacts)?;
        let names = view.names.join(" and ");
        let what = format!("take back the merge of {names} into {}", view.survivor);
        let consent = ctx.consent(&mut db, &view, &what, args.consent.yes)?;
        view.dry_run = false;
        view.restored = tx::write(&mut db, |conn| {
            merging::prepare(conn)?;
            let (merge, _) = check(conn, args.id, &references)?;
            unmerging::undo(conn, &merge, &references, &actor.name, &consent)?;
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
fn check(
    conn: &mut diesel::PgConnection,
    id: Uuid,
    references: &References,
) -> anyhow::Result<(Recorded, Vec<Returning>)> {
    let merge = unmerging::lock(conn, id)?.ok_or_else(|| {
        Failure::new(Kind::NotFound, format!("there is no merge {id}"))
            .hint("`inboxctl contacts merges` lists them")
    })?;
    if merge.is_undone {
        return Err(Failure::refused(format!("merge {id} was taken back already")).into());
    }
    let (conflicts, rows) = unmerging::check(conn, &merge, references)?;
    if conflicts.is_empty() {
        return Ok((merge, rows));
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
    rows: Vec<RowsView>,
    #[serde(skip)]
    names: Vec<String>,
}

/// Rows of one table that refer to the survivor.
#[derive(Debug, Clone, Serialize)]
struct RowsView {
    reference: String,
    come_back: i64,
    /// Those that were the survivor's own, or came since.
    stay: i64,
}

impl RowsView {
    fn new(rows: Returning) -> RowsView {
        RowsView { reference: rows.reference, come_back: rows.back, stay: rows.stay }
    }
}

impl Tabular for UnmergeView {
    fn blocks(&self) -> Vec<Block> {
        let names = self.names.join(", ");
        let mut lines = vec![if self.dry_run {
            format!("Would restore {names}; nothing was changed.")
        } else {
            format!("Restored {names}; {} is as it was.", self.survivor)
        }];
        let count = |rows: i64| human::count(rows.unsigned_abs());
        for RowsView { reference, come_back, stay } in &self.rows {
            let (back, stay) = (count(*come_back), count(*stay));
            lines.push(format!("{reference}: {back} back, {stay} with the survivor"));
        }
        vec![Block::Text(lines.join("\n"))]
    }
}

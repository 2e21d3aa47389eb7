//! `contacts unmerge`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::merge::load_references;
use super::merges::{kept_for, undo_until};
use super::{taking_back, unmerge_run};
use crate::commands::consent_args::ConsentArgs;
use crate::commands::denied;
use crate::commands::id_arg::IdArg;
use crate::commands::trust_arg::TrustArg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::error::{Failure, Outcome};
use crate::store::id_ranges::Of;
use crate::store::unmerging::{self, Altered, Returning};
use crate::store::{interference, merge_record, tx};
use crate::ui::{Block, Tabular, human};

#[derive(Debug, Args)]
pub struct UnmergeArgs {
    /// The merge, as `contacts merges` lists it, or the whole id of a contact that it took away
    #[arg(value_name = "MERGE_ID", required_unless_present = "run", conflicts_with = "run")]
    id: Option<IdArg>,
    /// Undo all merges of a run of contacts dedupe, the newest first
    #[arg(long, value_name = "ID")]
    run: Option<IdArg>,
    #[command(flatten)]
    trust: TrustArg,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub fn run(ctx: &mut Context, args: UnmergeArgs) -> anyhow::Result<Outcome> {
    match (args.id, args.run) {
        (Some(id), _) => one(ctx, &id, args.trust, args.consent),
        (None, Some(run)) => unmerge_run::run(ctx, &run, args.trust, args.consent),
        (None, None) => Err(Failure::usage("no merge is named").into()),
    }
}

fn one(
    ctx: &mut Context,
    id: &IdArg,
    trust: TrustArg,
    asked: ConsentArgs,
) -> anyhow::Result<Outcome> {
    let named = ctx.config.references();
    let mut db = ctx.connect()?;
    let (id, references, merge, rows) = tx::read(&mut db, |conn| {
        let id = id.find_for(conn, Of::Merge, asked.yes)?;
        let id = merge_record::of_contact(conn, id)?.unwrap_or(id);
        let references = load_references(conn, &named, trust)?;
        interference::see_all_rows(conn, &references.tables())?;
        let (merge, rows) = taking_back::check(conn, id, &references, false)?;
        Ok((id, references, merge, rows))
    })?;
    let mut view = UnmergeView {
        dry_run: true,
        id,
        survivor_id: merge.survivor_id,
        possible_until: undo_until(merge.merged_at, kept_for(ctx)),
        names: merge.names().iter().map(|name| human::one_line(name, 60)).collect(),
        restored_ids: merge.merged_ids,
        rows: RowsView::all(rows),
        altered: Vec::new(),
    };
    if !asked.dry_run {
        denied::require(&mut db, "undo merges", &unmerging::NEEDED)?;
        let actor = ctx.actor(&mut db, Right::Contacts)?;
        let names = view.names.join(" and ");
        let what = format!("undo the merge of {names} into {}", view.survivor_id);
        let consent = ctx.consent(&mut db, &view, &what, asked.yes)?;
        view.dry_run = false;
        view.possible_until = None;
        let undone = taking_back::take_back(&mut db, id, &references, &actor, &consent)?;
        view.rows = RowsView::all(undone.rows);
        view.altered = undone.altered.into_iter().map(AlteredView::new).collect();
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

#[derive(Debug, Clone, Serialize)]
struct UnmergeView {
    dry_run: bool,
    id: Uuid,
    survivor_id: Uuid,
    restored_ids: Vec<Uuid>,
    rows: Vec<RowsView>,
    /// What triggers of the application's changed as it came back.
    altered: Vec<AlteredView>,
    /// Of a dry run, where a policy of retention empties merges.
    possible_until: Option<Timestamp>,
    #[serde(skip)]
    names: Vec<String>,
}

/// Rows of one table that refer to the contacts.
#[derive(Debug, Clone, Serialize)]
struct RowsView {
    reference: String,
    come_back: i64,
    /// Those that were the survivor's own, or came since.
    stay: i64,
    /// Those that refer to somebody else by now.
    #[serde(skip_serializing_if = "is_none")]
    elsewhere: i64,
    /// Those that a trigger made.
    #[serde(skip_serializing_if = "is_none")]
    made: i64,
}

fn is_none(rows: &i64) -> bool {
    *rows == 0
}

impl RowsView {
    fn all(rows: Vec<Returning>) -> Vec<RowsView> {
        let view = |rows: Returning| RowsView {
            reference: rows.reference,
            come_back: rows.back,
            stay: rows.stay,
            elsewhere: rows.elsewhere,
            made: rows.made,
        };
        let views = rows.into_iter().map(view);
        views.filter(|one| one.come_back + one.stay + one.elsewhere + one.made > 0).collect()
    }
}

#[derive(Debug, Clone, Serialize)]
struct AlteredView {
    table: String,
    rows: i64,
    columns: Vec<String>,
}

impl AlteredView {
    fn new(Altered { table, rows, columns }: Altered) -> AlteredView {
        AlteredView { table, rows, columns }
    }
}

impl Tabular for UnmergeView {
    fn blocks(&self) -> Vec<Block> {
        let names = self.names.join(", ");
        let mut lines = vec![match (self.dry_run, self.altered.is_empty()) {
            (true, _) => format!("Would restore {names}; nothing was changed."),
            (false, true) => format!("Restored {names}; {} is as it was.", self.survivor_id),
            (false, false) => format!("Restored {names} beside {}.", self.survivor_id),
        }];
        let count = |rows: i64| human::count(rows.unsigned_abs());
        for RowsView { reference, come_back, stay, elsewhere, made } in &self.rows {
            let (back, stay) = (count(*come_back), count(*stay));
            let mut line = match come_back + elsewhere {
                0 if stay == "1" => {
                    format!("{reference}: none had moved, 1 stays with the survivor")
                }
                0 => format!("{reference}: none had moved, {stay} stay with the survivor"),
                _ => format!("{reference}: {back} back, {stay} with the survivor"),
            };
            if *elsewhere > 0 {
                line += &format!(", {} moved on since and left alone", count(*elsewhere));
            }
            if *made > 0 {
                line += &format!(", {} made by a trigger", count(*made));
            }
            lines.push(line);
        }
        for AlteredView { table, rows, columns } in &self.altered {
            let rows = human::plural(rows.unsigned_abs(), "row", "rows");
            let it = if rows.starts_with("1 ") { "it" } else { "they" };
            let columns = columns.join(", ");
            lines
                .push(format!("A trigger of {table} changed {rows} as {it} came back: {columns}."));
        }
        if let Some(until) = self.possible_until {
            lines.push(format!(
                "It can be undone until {}, when a policy of retention empties its record.",
                human::minute(until)
            ));
        }
        vec![Block::Text(lines.join("\n"))]
    }
}

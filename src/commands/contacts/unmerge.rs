//! `contacts unmerge`.

use clap::Args;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::error::{self, Failure, Kind, Outcome};
use crate::store::audit::{self, Change};
use crate::store::connect::Db;
use crate::store::contact_references::{self, References};
use crate::store::interference::{self, Event};
use crate::store::merge_record::{self, Recorded};
use crate::store::unmerging::{self, Altered, Returning};
use crate::store::{merging, tx};
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
    let (references, merge, rows) = tx::read(&mut db, |conn| {
        let references = contact_references::load(conn, &named)?;
        interference::see_all_rows(conn, &references.tables())?;
        let (merge, rows) = check(conn, args.id, &references, false)?;
        Ok((references, merge, rows))
    })?;
    let mut view = UnmergeView {
        dry_run: true,
        id: args.id,
        survivor: merge.survivor_id,
        names: merge.names().iter().map(|name| human::one_line(name, 60)).collect(),
        restored: merge.merged_ids,
        rows: RowsView::all(rows),
        altered: Vec::new(),
    };
    if !args.consent.dry_run {
        let actor = ctx.actor(&mut db, Right::Contacts)?;
        let names = view.names.join(" and ");
        let what = format!("take back the merge of {names} into {}", view.survivor);
        let consent = ctx.consent(&mut db, &view, &what, args.consent.yes)?;
        view.dry_run = false;
        let undone = tx::write(&mut db, |conn| {
            merging::prepare(conn)?;
            let (merge, _) = check(conn, args.id, &references, true)?;
            let undone = unmerging::undo(conn, &merge, &references, &actor.name, &consent)?;
            let change = Change {
                action: Action::ContactUnmerge,
                resource_id: Some(&merge.survivor_id.to_string()),
                details: json!({ "merge": args.id, "restored": merge.merged_ids }),
            };
            audit::record(conn, &actor, &change)?;
            Ok(undone)
        });
        let undone = undone.map_err(|error| obstacle(&mut db, args.id, error))?;
        view.rows = RowsView::all(undone.rows);
        view.altered = undone.altered.into_iter().map(AlteredView::new).collect();
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

/// Refuses what can't be taken back without a trace.
fn check(
    conn: &mut diesel::PgConnection,
    id: Uuid,
    references: &References,
    is_locked: bool,
) -> anyhow::Result<(Recorded, Vec<Returning>)> {
    let merge = merge_record::find(conn, id, references, is_locked)?.ok_or_else(|| {
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

/// A row that came back broke a rule of the application's: said as the reason that it is.
fn obstacle(db: &mut Db, id: Uuid, error: anyhow::Error) -> anyhow::Error {
    let Some(broken) = error::broken_constraint(&error) else { return error };
    let by = tx::read(db, |conn| Ok(interference::after(conn, "contacts", Event::Insert)?));
    let by = by.unwrap_or_default().replace(" may do that", " may have made a row there");
    Failure::refused(format!("merge {id} can't be taken back"))
        .why(format!("{broken}{by}"))
        .hint("nothing was changed; look what stands there in place of the row that comes back")
        .into()
}

#[derive(Debug, Clone, Serialize)]
struct UnmergeView {
    dry_run: bool,
    id: Uuid,
    survivor: Uuid,
    restored: Vec<Uuid>,
    rows: Vec<RowsView>,
    /// What triggers of the application's changed as it came back.
    altered: Vec<AlteredView>,
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
            (false, true) => format!("Restored {names}; {} is as it was.", self.survivor),
            (false, false) => format!("Restored {names} beside {}.", self.survivor),
        }];
        let count = |rows: i64| human::count(rows.unsigned_abs());
        for RowsView { reference, come_back, stay, elsewhere, made } in &self.rows {
            let (back, stay) = (count(*come_back), count(*stay));
            let mut line = format!("{reference}: {back} back, {stay} with the survivor");
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
        vec![Block::Text(lines.join("\n"))]
    }
}

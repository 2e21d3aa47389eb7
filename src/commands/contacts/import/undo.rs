//! `contacts import --undo`.

use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::view::tell_changed;
use super::writing;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::denied;
use crate::commands::id_arg::IdArg;
use crate::commands::trust_arg::TrustArg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::error::{Failure, Kind, Outcome};
use crate::store::audit::{self, Change};
use crate::store::contact_import_undo::{self, Imported, Left};
use crate::store::id_ranges::Of;
use crate::store::lock::Key;
use crate::store::rows_written::Changed;
use crate::store::tx;
use crate::ui::{Block, Cell, Grid, Tabular, human};

/// Contacts that a table names, and that a document does.
const SHOWN: usize = 20;
const LISTED: usize = 1_000;

pub(super) fn run(
    ctx: &mut Context,
    import: &IdArg,
    trust: TrustArg,
    asked: &ConsentArgs,
) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let own_code = writing::judge(&mut db, trust)?;
    if !asked.dry_run {
        ctx.actor(&mut db, Right::Contacts)?;
        denied::require(&mut db, "undo imports", &contact_import_undo::NEEDED)?;
        ctx.hold(&mut db, Key::Dedupe, std::time::Duration::ZERO)?;
    }
    let named = ctx.config.references();
    let (import, imported, left) = tx::read(&mut db, |conn| {
        let import = import.find_for(conn, Of::Import, asked.yes)?;
        let imported = contact_import_undo::count(conn, import)?;
        Ok((import, imported, contact_import_undo::left(conn, import, &named, false)?))
    })?;
    if imported.added + imported.changed == 0 {
        return Err(Failure::new(Kind::NotFound, format!("there is no import {import}"))
            .why("none has this id, or all of it was taken back")
            .hint("`inboxctl audit list --action contact.import --columns resource_id,created_at,actor` lists them")
            .into());
    }
    let mut view = UndoView::new(import, imported, &left, asked.dry_run);
    if asked.dry_run || view.deleted + view.restored == 0 {
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    let actor = ctx.actor(&mut db, Right::Contacts)?;
    view.dry_run = true;
    let consent = ctx.consent(&mut db, &view, &view.question(), asked.yes)?;
    let (left, changed) = tx::write(&mut db, |conn| {
        own_code.hold(conn)?;
        let left = contact_import_undo::left(conn, import, &named, true)?;
        let changed = contact_import_undo::undo(conn, import, &left, &consent)?;
        let done = UndoView::new(import, imported, &left, false);
        let details =
            json!({ "deleted": done.deleted, "restored": done.restored, "left": done.left_count });
        let id = import.to_string();
        let change = Change { action: Action::ContactImportUndo, resource_id: Some(&id), details };
        audit::record(conn, &actor, &change)?;
        Ok((left, changed))
    })?;
    ctx.ui.show(&UndoView { changed, ..UndoView::new(import, imported, &left, false) })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct UndoView {
    dry_run: bool,
    import: Uuid,
    /// Contacts that the import had added, and that go,
    deleted: u64,
    /// and those that it had changed, and that are as they were.
    restored: u64,
    /// Contacts that something was built on since: they stay as they are.
    left: Vec<LeftView>,
    left_count: u64,
    /// Rows of other tables that triggers or keys changed meanwhile, by table.
    #[serde(skip_serializing_if = "Changed::is_empty")]
    changed: Changed,
}

#[derive(Debug, Serialize)]
struct LeftView {
    id: Uuid,
    name: Option<String>,
    reason: String,
}

impl UndoView {
    fn new(import: Uuid, imported: Imported, left: &[Left], dry_run: bool) -> UndoView {
        let stay = |is_added| left.iter().filter(|one| one.is_added == is_added).count() as u64;
        let listed = left.iter().take(LISTED).map(|one| LeftView {
            id: one.contact_id,
            name: one.name.clone(),
            reason: one.reason.clone(),
        });
        UndoView {
            dry_run,
            import,
            deleted: imported.added.unsigned_abs().saturating_sub(stay(true)),
            restored: imported.changed.unsigned_abs().saturating_sub(stay(false)),
            left: listed.collect(),
            left_count: left.len() as u64,
            changed: Changed::new(),
        }
    }

    fn question(&self) -> String {
        let deleted = human::plural(self.deleted, "contact", "contacts");
        let restored = human::plural(self.restored, "contact", "contacts");
        match (self.deleted, self.restored) {
            (_, 0) => format!("delete {deleted} that an import added"),
            (0, _) => format!("change {restored} back to what an import changed"),
            _ => format!("delete {deleted} that an import added, and change {restored} back"),
        }
    }
}

impl Tabular for UndoView {
    fn blocks(&self) -> Vec<Block> {
        let (deleted, restored) = match self.dry_run {
            true => ("would be deleted", "would be as before"),
            false => ("deleted", "as before"),
        };
        let number = |number: u64| Cell::new(human::count(number));
        let mut grid = Grid::facts([
            (deleted, number(self.deleted)),
            (restored, number(self.restored)),
            ("left as they are", number(self.left_count)),
        ]);
        for one in self.left.iter().take(SHOWN) {
            let name = human::one_line(one.name.as_deref().unwrap_or("no name"), 40);
            grid.note(format!("{} ({name}) stays: {}", one.id, one.reason));
        }
        let hidden = self.left_count.saturating_sub(SHOWN as u64);
        if hidden > 0 {
            grid.note(format!("and {} more", human::count(hidden)));
        }
        tell_changed(&mut grid, &self.changed);
        if self.dry_run {
            grid.note("Nothing was changed.");
        }
        vec![Block::Grid(grid)]
    }
}

//! Writing what was decided, all of it or nothing.

use std::collections::HashSet;

use serde_json::json;
use uuid::Uuid;

use super::deciding::Decided;
use super::lines::Lines;
use crate::commands::trust_arg::TrustArg;
use crate::context::Context;
use crate::domain::audit_action::Action;
use crate::domain::import::change;
use crate::domain::import::fate::Fate;
use crate::domain::import::person::Further;
use crate::error::Failure;
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::contact_imports::{self, Changed};
use crate::store::interference::{self, Event};
use crate::store::strangers::OwnCode;
use crate::store::{contact_import_losses, rows_written, tx};

/// What is written.
pub(super) struct Plan {
    /// Rows of lines that become contacts.
    pub added: Vec<u32>,
    pub changed: Vec<Changed>,
}

impl Plan {
    pub(super) fn new(lines: &Lines, decided: &Decided, updates: bool) -> Plan {
        let fates = decided.fates.iter().enumerate();
        let added = fates.filter(|(_, fate)| **fate == Fate::Add).map(|(row, _)| row as u32);
        let mut plan = Plan { added: added.collect(), changed: Vec::new() };
        if updates {
            plan.change(lines, decided);
        }
        plan
    }

    /// Of several lines about one contact the first counts.
    fn change(&mut self, lines: &Lines, decided: &Decided) {
        let mut seen = HashSet::new();
        for (row, fate) in decided.fates.iter().enumerate() {
            let Fate::Same(place) = *fate else { continue };
            let contact = lines.table.row(place);
            if !seen.insert(contact.id) {
                continue;
            }
            let row = row as u32;
            let known = decided.further.get(&contact.id).map_or(&[][..], Vec::as_slice);
            let more = lines.more.get(&row).map_or(&[][..], Vec::as_slice);
            if let Some(change) = change::change(&contact, known, &lines.table.row(row), more) {
                let at = decided.updated_at[place as usize - lines.numbers.len()];
                self.changed.push((contact.id, at, change));
            }
        }
        self.changed.sort_unstable_by_key(|(id, ..)| *id);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }
}

/// # Errors
/// Refused: code of another role would run where an import is written, or taken back.
pub(super) fn judge(db: &mut Db, trust: TrustArg) -> anyhow::Result<OwnCode> {
    trust.judge(db, &WRITTEN, &Event::ALL, "nothing was changed")
}

const WRITTEN: [&str; 3] = ["contacts", "contact_identities", "imported_contacts"];

/// The ids of the contacts that were changed, and how many rows of other tables were with them.
///
/// # Errors
/// The server refuses, or other tables would lose something; nothing was changed.
pub(super) fn write(
    ctx: &Context,
    db: &mut Db,
    import: Uuid,
    plan: &Plan,
    (lines, own_code, actor): (&Lines, &OwnCode, &Actor),
) -> anyhow::Result<(HashSet<Uuid>, rows_written::Changed)> {
    let progress = ctx.ui.spinner("writing");
    let written = tx::write(db, |conn| {
        interference::see_all_rows(conn, &WRITTEN)?;
        own_code.hold(conn)?;
        let at = contact_imports::moment(conn)?;
        let further = plan.added.iter().flat_map(|row| {
            let id = lines.table.id(*row);
            lines.more.get(row).into_iter().flatten().map(move |one| (id, one))
        });
        let further: Vec<(Uuid, &Further)> = further.collect();
        let done = contact_import_losses::none_lost(conn, &plan.changed, |conn| {
            let rows = plan.added.iter().map(|&row| lines.table.row(row));
            contact_imports::insert(conn, import, rows, at)?;
            contact_imports::insert_identities(conn, &further)?;
            contact_imports::update(conn, import, &plan.changed)
        })?;
        let updated = &done.0;
        if let Some(signal) = ctx.interrupted() {
            return Err(Failure::interrupted(signal).into());
        }
        if plan.added.is_empty() && updated.is_empty() {
            return Ok(done);
        }
        let details = json!({
            "lines": lines.read,
            "added": plan.added.len(),
            "changed": updated.len(),
            "rejected": lines.rejected,
        });
        let id = import.to_string();
        let change = Change { action: Action::ContactImport, resource_id: Some(&id), details };
        audit::record(conn, actor, &change)?;
        Ok(done)
    });
    drop(progress);
    let (updated, elsewhere) = written?;
    Ok((updated.into_iter().collect(), elsewhere))
}

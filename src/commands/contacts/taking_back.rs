//! Taking a merge back: what `contacts unmerge` does for one, for a run, and the review for an answer.

use diesel::PgConnection;
use serde_json::json;
use uuid::Uuid;

use crate::commands::denied;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::error::{self, Failure, Kind};
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::contact_references::References;
use crate::store::interference::{self, Event};
use crate::store::merge_record::{self, Recorded};
use crate::store::unmerging::{self, Returning, Undone};
use crate::store::{merging, row_losses, strangers, tx};

/// Refuses what can't be taken back without a trace.
pub(super) fn check(
    conn: &mut PgConnection,
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
    if merge.is_emptied() {
        return Err(Failure::refused(format!("merge {id} can't be taken back"))
            .why("what it recorded of the contacts was emptied, by a policy of retention or an erasure")
            .hint("an archive of contact_merges brings it back, if the policy wrote one: `inboxctl retention restore`")
            .into());
    }
    references.require_own_code()?;
    let strange = unmerging::strange(&merge, references)?;
    strangers::require_none(&format!("merge {id} can't be taken back"), &strange)?;
    let lacks = unmerging::lacking(&merge, references)?;
    if !lacks.is_empty() {
        let grants: Vec<String> = lacks.into_iter().collect();
        return Err(Failure::refused(format!("merge {id} can't be taken back"))
            .why("this role may not change tables whose rows come back")
            .hint(denied::have_run(&grants.join("; ")))
            .into());
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

/// Takes one merge back, in a transaction of its own, with its audit entry.
///
/// # Errors
/// There is no such merge, what changed since would be lost, or the server refuses.
pub(super) fn take_back(
    db: &mut Db,
    id: Uuid,
    references: &References,
    actor: &Actor,
    consent: &Consent,
) -> anyhow::Result<Undone> {
    let undone = tx::write(db, |conn| {
        merging::prepare(conn)?;
        let (merge, _) = check(conn, id, references, true)?;
        let undone = row_losses::none_lost_back(conn, references, |conn| {
            unmerging::undo(conn, &merge, references, &actor.name, consent)
        })?;
        let change = Change {
            action: Action::ContactUnmerge,
            resource_id: Some(&merge.survivor_id.to_string()),
            details: json!({ "merge": id, "restored": merge.merged_ids }),
        };
        audit::record(conn, actor, &change)?;
        Ok(undone)
    });
    undone.map_err(|error| obstacle(db, id, error))
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

//! What links of closed days say of a run that deletes entries of the audit log.

use serde_json::json;

use super::archiving::Archived;
use super::survey::Survey;
use super::view::RunView;
use crate::archive::Manifest;
use crate::commands::audit_days;
use crate::context::Context;
use crate::domain::audit_head::Head;
use crate::domain::raw_json::RawJson;
use crate::error::{Failure, is_connection_lost, is_untold};
use crate::store::audit::Actor;
use crate::store::audit_days::{self as days, Trail};
use crate::store::connect::Db;
use crate::store::retention::{Slice, Subject};
use crate::store::retention_partitions::{self, MayDrop};
use crate::store::{audit_trail, tx};

/// Closes what is due before anything goes. What is old goes all the same where that fails: the
/// warnings say so.
///
/// # Errors
/// Something takes links away: nothing would tell of what goes.
pub(super) fn begin(
    ctx: &Context,
    db: &mut Db,
    survey: &Survey,
    actor: &Actor,
    view: &mut RunView,
) -> anyhow::Result<()> {
    if !survey.closes_days {
        return Ok(());
    }
    let warnings = match audit_days::close(ctx, db, actor) {
        Ok(closing) => closing.all_warnings(),
        Err(error) if is_untold(&error) => return Err(error),
        Err(error) => vec![audit_days::not_closed(&error)],
    };
    warnings.into_iter().for_each(|warning| view.warn(ctx, warning));
    Ok(())
}

/// What the days of a slice are to say; nothing where none are closed.
pub(super) fn of(
    survey: &Survey,
    actor: &Actor,
    slice: &Slice,
    archive: Option<&Archived>,
) -> Option<Trail> {
    let Subject::Audit { actions, resources } = &slice.subject else { return None };
    survey.closes_days.then(|| Trail {
        actor: actor.name.clone(),
        why: json!({
            "change": "prune",
            "before": slice.cutoff,
            "actions": actions,
            "resources": resources,
            "archive": archive,
        }),
        by_function: survey.may_drop == MayDrop::ByFunction,
    })
}

/// Ends what the last batch left begun, however the run worked; returns the head after it.
///
/// # Errors
/// The server refuses; the next run that closes days ends it.
pub(super) fn end(
    db: &mut Db,
    survey: &Survey,
    actor: &Actor,
    worked: anyhow::Result<()>,
) -> anyhow::Result<Option<Head>> {
    if !survey.closes_days || worked.as_ref().is_err_and(is_connection_lost) {
        return worked.map(|()| None);
    }
    let ended = tx::write(db, |conn| {
        days::end(conn, &actor.name)?;
        Ok(audit_trail::head(conn)?)
    });
    worked.and(ended)
}

/// Whether links of closed days are to tell of entries that come back.
///
/// # Errors
/// Refused: the role may not write what the server recorded of an entry.
pub(super) fn may_bring_back(db: &mut Db) -> anyhow::Result<bool> {
    tx::read(db, |conn| {
        if !days::is_there(conn)? {
            return Ok(false);
        }
        if retention_partitions::is_owner(conn, "audit_logs")? {
            return Ok(true);
        }
        let owner = retention_partitions::owner(conn, "audit_logs")?;
        Err(Failure::refused("entries of the audit log are brought back by its owner alone")
            .why("an entry holds who recorded it, and nobody else may choose that")
            .hint(format!("have {owner} run this command"))
            .into())
    })
}

pub(super) fn of_restore(actor: &Actor, manifest: &Manifest) -> Trail {
    Trail {
        actor: actor.name.clone(),
        why: json!({
            "change": "restore",
            "archive": { "manifest": manifest.name(), "sha256": manifest.compressed_sha256, "seal": manifest.seal },
        }),
        by_function: false,
    }
}

/// The times of archived entries.
pub(super) fn times_of(lines: &[&str]) -> Vec<String> {
    let time =
        |line: &&str| RawJson::parse((*line).to_owned()).ok()?.member("created_at")?.as_string();
    lines.iter().filter_map(time).collect()
}

/// As [`end`], of a restore.
///
/// # Errors
/// The server refuses where the restore itself went well.
pub(super) fn end_restore(db: &mut Db, trail: &Trail, is_done: bool) -> anyhow::Result<()> {
    let ended = tx::write(db, |conn| Ok(days::end(conn, &trail.actor)?));
    // The first error is the one to tell of.
    if is_done { ended } else { Ok(()) }
}

//! Archives that hold rows of a person who is erased: each is written anew without them, and the old
//! one removed once the database knows the new one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use age::x25519::Identity;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::archive::{self, Archive, Manifest};
use crate::commands::contacts::archives::{self, Archives};
use crate::commands::erased_file;
use crate::context::Context;
use crate::domain::archive::{Left, left};
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::domain::person_terms::Terms;
use crate::domain::raw_json::RawJson;
use crate::error::is_connection_lost;
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::erasing::Erased;
use crate::store::erasing_ground::Ground;
use crate::store::{maintenance, server, tx};

/// An archive that has rows of the person.
#[derive(Debug, Serialize)]
pub(super) struct ArchiveView {
    /// Its manifest.
    pub archive: String,
    /// Rows in it that are the person's, or say something of the person.
    pub rows: u64,
    /// The manifest of the archive in its place; null as long as nothing was erased.
    pub replaced_by: Option<String>,
}

/// Those that have any.
///
/// # Errors
/// One is damaged, or a signal came.
pub(super) fn find(
    ctx: &Context,
    all: &Archives,
    terms: &Terms,
    things: &mut BTreeSet<Uuid>,
) -> anyhow::Result<Vec<ArchiveView>> {
    let mut found = Vec::new();
    // Those of messages and notes tell which ones are the person's. They are written anew last: as long
    // as they are there, a run that was killed finds out again.
    let has_things =
        |archive: &Archive| ["messages", "notes"].contains(&archive.manifest().table.as_str());
    let mut in_order: Vec<&(PathBuf, Archive)> = all.found.iter().collect();
    in_order.sort_by_key(|(_, archive)| has_things(archive));
    for (_, archive) in in_order.iter().filter(|(_, archive)| has_things(archive)) {
        let table = &archive.manifest().table;
        let is_of = |line: &str| left(table, line, terms, &BTreeSet::new()) == Left::Gone;
        archives::rows(ctx, archive, is_of, |line, is_of| {
            if is_of {
                let row = RawJson::parse(line.to_owned()).unwrap_or_default();
                things.extend(row.member("id").and_then(|id| id.as_string()?.parse::<Uuid>().ok()));
            }
            Ok(())
        })?;
    }
    for (manifest, archive) in in_order {
        let mut rows = 0;
        let table = &archive.manifest().table;
        let is_of = |line: &str| left(table, line, terms, things) != Left::Same;
        archives::rows(ctx, archive, is_of, |_, is_of| {
            rows += u64::from(is_of);
            Ok(())
        })?;
        if rows > 0 {
            let archive = manifest.display().to_string();
            found.push(ArchiveView { archive, rows, replaced_by: None });
        }
    }
    Ok(found)
}

/// Ends what a run left that was killed: of two archives with the same rows, the one goes that the
/// database doesn't know, or that another one took the place of. Whether there were any.
///
/// # Errors
/// A folder can't be read, a file not removed, or the server refuses.
pub(super) fn tidy(db: &mut Db, folders: &[PathBuf]) -> anyhow::Result<bool> {
    let mut is_done = false;
    for folder in folders {
        for manifest in archive::list(folder)?.into_iter().filter_map(|one| one.manifest) {
            // What is damaged is told of when the archives are read.
            let Ok(new) = Archive::open(&manifest) else { continue };
            let Some(old) = new.manifest().replaces.last() else { continue };
            let rows = folder.join(&old.file);
            if !rows.exists() && !archive::manifest_of(folder, old).exists() {
                continue;
            }
            let Manifest { table, seal, .. } = new.manifest();
            let is_known = tx::read(db, |conn| Ok(maintenance::is_archive(conn, table, seal)?))?;
            is_done = true;
            match is_known || !rows.exists() {
                true => archive::remove_replaced(folder, old)?,
                false => archive::remove(&manifest)?,
            }
        }
    }
    Ok(is_done)
}

/// Who erases whom.
pub(super) struct Erasure<'a> {
    pub ground: &'a mut Ground,
    pub erased: &'a Erased,
    pub actor: &'a Actor,
    pub identities: &'a [Identity],
    /// Messages and notes of the person.
    pub things: &'a BTreeSet<Uuid>,
}

/// Writes the archives anew that have rows of the person; the signal that ended it before it was done.
///
/// # Errors
/// The disk or the server; the archive in hand is as it was then.
pub(super) fn rewrite(
    ctx: &Context,
    db: &mut Db,
    all: &Archives,
    views: &mut [ArchiveView],
    erasure: Erasure<'_>,
    _consent: &Consent,
) -> anyhow::Result<Option<u8>> {
    let Erasure { ground, erased, actor, identities, things } = erasure;
    let progress = ctx.ui.progress("rewriting archives", views.len() as u64);
    for view in views {
        let path = Path::new(&view.archive).to_owned();
        let Some((_, archive)) = all.found.iter().find(|(manifest, _)| *manifest == path) else {
            continue;
        };
        if let Some(signal) = ctx.interrupted() {
            return Ok(Some(signal));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let old = archive.manifest();
        let terms = ground.terms.clone();
        let new = archive::rewrite(archive, folder, identities, &|| ctx.interrupted(), &|line| {
            left(&old.table, line, &terms, things)
        })?;
        let new_path = folder.join(new.name());
        let recorded = tx::write(db, |conn| {
            ground.require(conn, false)?;
            let digests = json!({
                "manifest": new_path.display().to_string(),
                "sha256": new.compressed_sha256,
                "seal": new.seal,
                "replaces": old.seal,
            });
            // What no run of this database wrote stays unknown to it.
            if maintenance::is_archive(conn, &old.table, &old.seal)? {
                maintenance::replace_archive(conn, &old.table, &old.seal, &digests)?;
            }
            let details = json!({ "of": "archives", "rows": view.rows, "archive": digests });
            let id = erased.contact_id.to_string();
            let change = Change { action: Action::ContactErase, resource_id: Some(&id), details };
            Ok(audit::record(conn, actor, &change)?)
        });
        if let Err(error) = recorded {
            if !is_connection_lost(&error) {
                archive::remove(&new_path)?;
            }
            return Err(error);
        }
        if let Some(old) = new.replaces.last() {
            archive::remove_replaced(folder, old)?;
        }
        view.replaced_by = Some(new_path.display().to_string());
        progress.advance(1);
    }
    Ok(None)
}

/// Writes the list of erased contacts into the folders.
///
/// # Errors
/// None can be written, or the server refuses.
pub(super) fn write_lists(db: &mut Db, folders: &[PathBuf]) -> anyhow::Result<()> {
    let here = tx::read(db, |conn| Ok(server::identity(conn)?))?;
    folders.iter().try_for_each(|folder| erased_file::write_beside(db, &folder.join("list"), &here))
}

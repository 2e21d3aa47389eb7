//! What an archive that is to come back is to this database.

use std::path::Path;

use crate::archive::Archive;
use crate::commands::erased_file;
use crate::domain::archive::ErasedIds;
use crate::domain::retention::policy::Table;
use crate::error::Failure;
use crate::store::connect::Db;
use crate::store::{erasing, maintenance, tx};

/// Who was erased, by the list of the database and the one beside the archive.
pub(super) fn erased(db: &mut Db, manifest: &Path) -> anyhow::Result<ErasedIds> {
    let known = tx::read(db, |conn| match erasing::is_there(conn)? {
        true => Ok(erasing::list(conn)?),
        false => Ok(Vec::new()),
    })?;
    let beside = erased_file::beside(manifest)?.into_iter().map(|one| one.erased);
    Ok(ErasedIds::new(known.into_iter().chain(beside).flat_map(|one| one.ids())))
}

pub(super) fn table_of(archive: &Archive) -> Result<Table, Failure> {
    let manifest = archive.manifest();
    Table::archived(&manifest.table).ok_or_else(|| {
        Failure::refused(format!("{} is no archive of retention", manifest.file))
            .why(format!(
                "it says that it holds rows of {}, which nothing archives",
                manifest.table
            ))
            .hint("restore archives that audit prune, jobs cleanup or retention run wrote")
    })
}

/// Whether a run of this database wrote it. Anybody can write a file that looks like an archive.
pub(super) fn is_known(
    db: &mut Db,
    archive: &Archive,
    may_be_unknown: bool,
) -> anyhow::Result<bool> {
    let manifest = archive.manifest();
    let is_known =
        tx::read(db, |conn| Ok(maintenance::is_archive(conn, &manifest.table, &manifest.seal)?))?;
    if is_known || may_be_unknown {
        return Ok(is_known);
    }
    Err(Failure::refused(format!("{} is unknown to this database", manifest.file))
        .why("no run in maintenance_runs wrote an archive with its digest")
        .hint("if you know where it comes from, say --unknown-archive")
        .into())
}

//! Rows into archives, before they are deleted.

use std::path::Path;

use age::x25519::Recipient;
use diesel::PgConnection;
use serde::Serialize;

use super::args::EngineArgs;
use crate::archive::{self, About, Writer};
use crate::context::Context;
use crate::error::Failure;
use crate::store::archive_rows::{self, Layout};
use crate::store::audit_trail;
use crate::store::connect::Db;
use crate::store::retention::{Key, Slice};
use crate::store::retention_archive::{self, Fingerprint};
use crate::store::retention_references::References;
use crate::store::retention_versions::Version;
use crate::store::{interference, tx};

/// Rows of one archive, where they are deleted one by one. Their versions are
/// kept meanwhile, about 100 bytes each.
const SEGMENT_ROWS: u32 = 250_000;
/// How often a signal is looked for while rows are written.
const ROWS_BETWEEN_SIGNALS: u64 = 1_000;

pub struct Archiver<'a> {
    folder: &'a Path,
    layout: Layout,
    references: &'a References,
    recipients: &'a [Recipient],
}

/// An archive as the record of a run knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Archived {
    /// The path of its manifest.
    pub manifest: String,
    /// Of its rows, and of all that the manifest says of them.
    sha256: String,
    seal: String,
}

impl Archived {
    pub fn name(&self) -> String {
        let name = Path::new(&self.manifest).file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    fn finish(folder: &Path, writer: Writer) -> Result<Archived, Failure> {
        let manifest = writer.finish()?;
        Ok(Archived {
            manifest: folder.join(manifest.name()).display().to_string(),
            sha256: manifest.compressed_sha256,
            seal: manifest.seal,
        })
    }

    /// Takes it away again: nothing of what it holds was deleted.
    pub fn remove(&self, ctx: &Context) {
        if let Err(failure) = archive::remove(Path::new(&self.manifest)) {
            ctx.ui.warn(format!("{}: its rows were not deleted", failure.what));
        }
    }
}

/// Rows that are in a verified archive.
pub struct Segment {
    pub versions: Vec<Version>,
    /// Where the next one begins.
    pub last: Key,
    /// There are no more.
    pub is_end: bool,
    pub archived: Archived,
}

/// A whole partition that is in a verified archive.
pub struct Whole {
    pub rows: Fingerprint,
    /// How many of them the archive has.
    archived: u64,
    /// None of an empty one.
    pub manifest: Option<Archived>,
}

impl Whole {
    /// Whether the partition still holds exactly what was archived, and nothing
    /// that a hold kept out which has ended since. Nobody can write to it any
    /// more when this returns, until the transaction ends.
    ///
    /// # Errors
    /// The server refuses.
    pub fn is_all_of(&self, conn: &mut PgConnection, slice: &Slice) -> anyhow::Result<bool> {
        retention_archive::lock_for_drop(conn, slice)?;
        let now = retention_archive::fingerprint(conn, slice)?;
        Ok(now == self.rows && i64::try_from(self.archived) == Ok(now.rows))
    }
}

/// # Errors
/// Usage: nothing can be written there.
pub fn check_folder(folder: &Path) -> Result<(), Failure> {
    if folder.is_dir() {
        return Ok(());
    }
    Err(Failure::usage(format!("there is no folder {}", folder.display()))
        .why("archives are written into a folder that is there already; nothing was deleted")
        .hint("mount it, or make it with mkdir, and run the command again"))
}

impl<'a> Archiver<'a> {
    /// # Errors
    /// The server refuses.
    pub fn new(
        db: &mut Db,
        folder: &'a Path,
        table: &str,
        references: &'a References,
        args: &'a EngineArgs,
    ) -> anyhow::Result<Archiver<'a>> {
        let layout = tx::read(db, |conn| Ok(archive_rows::layout(conn, table)?))?;
        let layout = layout.ok_or_else(|| Failure::failed(format!("there is no table {table}")))?;
        Ok(Archiver { folder, layout, references, recipients: &args.encrypt_to })
    }

    /// Archives the next rows. `None`: there are none, or a signal came.
    ///
    /// # Errors
    /// The disk or the server; there is no archive then.
    pub fn segment(
        &self,
        ctx: &Context,
        db: &mut Db,
        slice: &Slice,
        after: &Key,
    ) -> anyhow::Result<Option<Segment>> {
        let mut versions = Vec::new();
        let written = tx::read_once(db, |conn| {
            self.write(ctx, conn, slice, after, Some(SEGMENT_ROWS), |version| {
                versions.push(version)
            })
        })?;
        let Some((writer, last)) = written else { return Ok(None) };
        let archived = Archived::finish(self.folder, writer)?;
        let is_end = versions.len() < SEGMENT_ROWS as usize;
        Ok(Some(Segment { versions, last, is_end, archived }))
    }

    /// Archives a partition that is to be dropped. `None`: a signal came.
    ///
    /// # Errors
    /// The disk or the server; there is no archive then.
    pub fn whole(
        &self,
        ctx: &Context,
        db: &mut Db,
        slice: &Slice,
    ) -> anyhow::Result<Option<Whole>> {
        let (written, rows) = tx::read_once(db, |conn| {
            interference::see_all_rows(conn, &[&slice.relation.sql])?;
            let rows = retention_archive::fingerprint(conn, slice)?;
            let written = self.write(ctx, conn, slice, &Key::first(), None, |_| {})?;
            Ok((written, rows))
        })?;
        if ctx.interrupted().is_some() {
            return Ok(None);
        }
        let (archived, manifest) = match written {
            Some((writer, _)) => (writer.rows(), Some(Archived::finish(self.folder, writer)?)),
            None => (0, None),
        };
        Ok(Some(Whole { rows, archived, manifest }))
    }

    /// An archive that is yet to be finished, and its last key; `None` without
    /// rows, or after a signal.
    fn write(
        &self,
        ctx: &Context,
        conn: &mut PgConnection,
        slice: &Slice,
        after: &Key,
        rows: Option<u32>,
        mut keep: impl FnMut(Version),
    ) -> anyhow::Result<Option<(Writer, Key)>> {
        let about = self.layout.about(slice.cutoff);
        let audit_head = audit_trail::head(conn)?;
        let about = About { dependants: self.references.described(), audit_head, ..about };
        let mut writer = Writer::encrypted(self.folder, about, self.recipients)?;
        interference::see_all_rows(conn, &[&slice.relation.sql])?;
        let interrupted = |rows: u64| {
            if rows.is_multiple_of(ROWS_BETWEEN_SIGNALS) { ctx.interrupted() } else { None }
        };
        let last = retention_archive::each(
            conn,
            slice,
            &self.layout,
            after,
            rows,
            |line, key, version| {
                if let Some(signal) = interrupted(writer.rows()) {
                    return Err(Failure::interrupted(signal).into());
                }
                writer.write_row(line.as_bytes(), key)?;
                keep(version);
                Ok(())
            },
        );
        match last {
            Ok(Some(last)) => Ok(Some((writer, last))),
            Ok(None) => Ok(None),
            Err(_) if ctx.interrupted().is_some() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

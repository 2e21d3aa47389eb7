//! Rows of archives that concern a person, and archives without them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use age::x25519::Identity;

use crate::archive::{self, Archive, Entry};
use crate::context::Context;
use crate::domain::person_terms::Terms;
use crate::domain::raw_json::RawJson;
use crate::error::Failure;

/// The archives of some folders.
pub(super) struct Archives {
    pub found: Vec<(PathBuf, Archive)>,
    /// What can't be read for want of a key, or of a manifest.
    pub closed: Vec<String>,
}

impl Archives {
    /// # Errors
    /// A folder can't be read, or an archive is damaged.
    pub(super) fn open(folders: &[PathBuf], identities: &[Identity]) -> Result<Archives, Failure> {
        let mut archives = Archives { found: Vec::new(), closed: Vec::new() };
        let mut seen = BTreeSet::new();
        for folder in folders {
            // One that is named twice is one.
            let is_new = folder.canonicalize().map_or(true, |path| seen.insert(path));
            let entries = archive::list(folder)?;
            // Of what another took the place of, a run that was killed may have left the manifest.
            let replaced = replaced(folder, &entries);
            for entry in entries.into_iter().filter(|_| is_new) {
                let Some(manifest) = entry.manifest else {
                    archives.closed.push(format!("{}: it has no manifest", entry.stem));
                    continue;
                };
                if entry.rows.is_none() && replaced.contains(&manifest) {
                    continue;
                }
                let archive = Archive::open(&manifest)?.with_identities(identities);
                match archive.is_readable()? {
                    true => archives.found.push((manifest, archive)),
                    false => {
                        let file = &archive.manifest().file;
                        archives.closed.push(format!("{file}: it is encrypted, see --identity"));
                    }
                }
            }
        }
        Ok(archives)
    }
}

/// The manifests of what archives of a folder were written in place of.
fn replaced(folder: &Path, entries: &[Entry]) -> BTreeSet<PathBuf> {
    let whole = entries.iter().filter(|entry| entry.rows.is_some());
    let opened = whole.filter_map(|entry| Archive::open(entry.manifest.as_ref()?).ok());
    opened
        .flat_map(|archive| archive.manifest().replaces.clone())
        .map(|one| archive::manifest_of(folder, &one))
        .collect()
}

/// How often a signal is asked for, in rows.
const ROWS_BETWEEN: u64 = 1_000;

/// Hands over each row of an archive and whether it is one of those that are asked for.
///
/// # Errors
/// The archive is damaged, a signal came, or what `each` says.
pub(super) fn rows(
    ctx: &Context,
    archive: &Archive,
    is_of: impl Fn(&str) -> bool,
    mut each: impl FnMut(&str, bool) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut rows = 0_u64;
    archive.read(|line| {
        rows += 1;
        if let Some(signal) = ctx.interrupted().filter(|_| rows.is_multiple_of(ROWS_BETWEEN)) {
            return Err(Failure::interrupted(signal).into());
        }
        let line = std::str::from_utf8(line)?;
        each(line, is_of(line))
    })
}

/// A row of a contact is of no other one, whatever it says.
pub(super) fn concerns(line: &str, terms: &Terms) -> bool {
    if !terms.is_in(line) {
        return false;
    }
    let row = RawJson::parse(line.to_owned()).unwrap_or_default();
    match row.member("contact_id").and_then(|id| id.as_string()) {
        Some(id) => terms.has_id(&id),
        None => true,
    }
}

/// The name of an archive without its folder.
pub(super) fn name(manifest: &Path) -> String {
    manifest.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

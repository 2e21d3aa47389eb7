//! Rows of archives that concern a person.

use std::path::{Path, PathBuf};

use age::x25519::Identity;

use crate::archive::{self, Archive};
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
        for folder in folders {
            for entry in archive::list(folder)? {
                let Some(manifest) = entry.manifest else {
                    archives.closed.push(format!("{}: it has no manifest", entry.stem));
                    continue;
                };
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

/// How often a signal is asked for, in rows.
const ROWS_BETWEEN: u64 = 1_000;

/// Hands over each row of an archive and whether it concerns the person.
///
/// # Errors
/// The archive is damaged, a signal came, or what `each` says.
pub(super) fn rows(
    ctx: &Context,
    archive: &Archive,
    terms: &Terms,
    mut each: impl FnMut(&str, bool) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut rows = 0_u64;
    archive.read(|line| {
        rows += 1;
        if let Some(signal) = ctx.interrupted().filter(|_| rows.is_multiple_of(ROWS_BETWEEN)) {
            return Err(Failure::interrupted(signal).into());
        }
        let line = std::str::from_utf8(line)?;
        each(line, concerns(line, terms))
    })
}

/// A row of a contact is of no other one, whatever it says.
fn concerns(line: &str, terms: &Terms) -> bool {
    if !terms.is_in(line) {
        return false;
    }
    let row = RawJson::parse(line.to_owned()).unwrap_or_default();
    match row.member("contact_id").and_then(|id| id.as_string()) {
        Some(id) => terms.ids.iter().any(|own| own.to_string() == id),
        None => true,
    }
}

/// The name of an archive without its folder.
pub(super) fn name(manifest: &Path) -> String {
    manifest.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

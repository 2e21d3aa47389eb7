//! An archive in place of another: without what an erasure takes away.
//!
//! Both are whole while there are two. Which one counts is for the database to say, and so the old one
//! is removed by its caller, once that is written down.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use age::x25519::Identity;

use super::{Archive, Manifest, Writer};
use crate::domain::archive::{Left, Replaced, key_of};
use crate::error::Failure;

/// Writes an archive anew beside it, with what `left` leaves of each line, and reads it back. One that
/// is encrypted is so to the keys of these identities that open it.
///
/// # Errors
/// The old one is damaged, the disk, or what `interrupted` says; there is no new one then.
pub fn rewrite(
    archive: &Archive,
    folder: &Path,
    identities: &[Identity],
    interrupted: &dyn Fn() -> Option<u8>,
    left: &dyn Fn(&str) -> Left,
) -> anyhow::Result<Manifest> {
    let old = archive.manifest();
    let mut recipients = Vec::new();
    if old.is_encrypted() {
        for identity in identities {
            let path = folder.join(old.name());
            let opened = Archive::open(&path)?.with_identities(std::slice::from_ref(identity));
            if opened.is_readable()? {
                recipients.push(identity.to_public());
            }
        }
        archive.require_readable()?;
    }
    let mut writer = Writer::encrypted(folder, old.succeeded(), &recipients)?;
    let mut rows = 0_u64;
    archive.read(|line| -> anyhow::Result<()> {
        rows += 1;
        if let Some(signal) = interrupted().filter(|_| rows.is_multiple_of(1_000)) {
            return Err(Failure::interrupted(signal).into());
        }
        let line = std::str::from_utf8(line)?;
        let kept = match left(line) {
            Left::Gone => return Ok(()),
            Left::Same => line,
            Left::Redacted(ref line) => &line.clone(),
        };
        let key = key_of(kept.as_bytes(), &old.key).map_err(Failure::failed)?;
        Ok(writer.write_row(kept.as_bytes(), &key)?)
    })?;
    let manifest = writer.finish()?;
    let path = folder.join(manifest.name());
    let opened = Archive::open(&path)?.with_identities(identities);
    let checked = opened.require_readable().and_then(|()| opened.verify(interrupted));
    if let Err(failure) = checked {
        super::remove(&path)?;
        return Err(failure.into());
    }
    Ok(manifest)
}

/// Takes away what another archive was written in place of: the rows first, which hold the person.
///
/// # Errors
/// A file can't be removed.
pub fn remove_replaced(folder: &Path, replaced: &Replaced) -> Result<(), Failure> {
    let rows = folder.join(&replaced.file);
    for path in [rows.clone(), manifest_of(folder, replaced)] {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                let what = format!("{} can't be removed", path.display());
                return Err(Failure::failed(what).why(error.to_string()).hint(
                    "it holds what was erased: remove it, or see to the folder and run this again",
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Where its manifest is, or was.
pub fn manifest_of(folder: &Path, replaced: &Replaced) -> PathBuf {
    use crate::domain::archive::{AGE_SUFFIX, MANIFEST_SUFFIX, ROWS_SUFFIX};
    let name = replaced.file.strip_suffix(AGE_SUFFIX).unwrap_or(&replaced.file);
    let stem = name.strip_suffix(ROWS_SUFFIX).unwrap_or(name);
    folder.join(format!("{stem}{MANIFEST_SUFFIX}"))
}

//! Files of backups: put into place whole or not at all, with a manifest each.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use rustix::fs::Access;

use crate::atomic_file::{AtomicFile, PRIVATE, place_all, sync_folder_of};
use crate::bounded_file;
use crate::domain::backup::{Manifest, name};
use crate::error::{Failure, Kind};

/// Larger than the manifest of a database with a hundred thousand tables.
const MANIFEST_LIMIT_BYTES: usize = 64 << 20;

/// Starts a backup, for its owner alone. Its folder is made if it isn't there.
///
/// # Errors
/// Something has that name already, or the folder can't be written to.
pub fn create(path: &Path) -> Result<AtomicFile, Failure> {
    require_free(path)?;
    require_free(&manifest_path(path))?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(|error| unwritable(folder, &error))?;
    }
    AtomicFile::create(path, PRIVATE).map_err(|error| unwritable(path, &error))
}

/// Gives it its name, and its manifest with it, once both are on the disk. The manifest comes
/// first: where the backup stands, its manifest does too.
///
/// # Errors
/// They can't be written, or something took a name meanwhile.
pub fn keep(backup: AtomicFile, manifest: &Manifest) -> Result<(), Failure> {
    let path = backup.path().to_owned();
    let manifest = written(&manifest_path(&path), manifest);
    let kept = manifest.and_then(|manifest| place_all([manifest, backup]));
    kept.map_err(|error| unplaced(&path, &error))
}

fn unplaced(path: &Path, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::AlreadyExists => taken(path),
        _ => unwritable(path, error),
    }
}

/// # Errors
/// Something has that name already, or it can't be told.
pub fn require_free(path: &Path) -> Result<(), Failure> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(unwritable(path, &error)),
        Ok(_) => Err(taken(path)),
    }
}

/// # Errors
/// Nothing can be written there.
pub fn require_folder(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    rustix::fs::access(folder, Access::WRITE_OK | Access::EXEC_OK)
        .map_err(|error| unwritable(path, &error.into()))
}

fn taken(path: &Path) -> Failure {
    Failure::refused(format!("{} is there already", path.display()))
        .why("a backup never overwrites anything")
        .hint("name another file, or a folder")
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::failed(format!("{} can't be written", path.display())).why(error.to_string())
}

/// Where the manifest of a backup is.
pub fn manifest_path(backup: &Path) -> PathBuf {
    let name = backup.file_name().unwrap_or_default().to_string_lossy();
    backup.with_file_name(name::manifest(&name))
}

/// The manifest of a backup; `None` if there is none.
///
/// # Errors
/// It can't be read.
pub fn read_manifest(backup: &Path) -> Result<Option<Manifest>, Failure> {
    read_manifest_at(&manifest_path(backup))
}

/// As [`read_manifest`], of the manifest itself.
///
/// # Errors
/// As for [`read_manifest`].
pub fn read_manifest_at(path: &Path) -> Result<Option<Manifest>, Failure> {
    let file = bounded_file::open(path);
    let text = match file.and_then(|file| bounded_file::read_from(file, MANIFEST_LIMIT_BYTES)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(super::stored::unreadable(path, &error)),
    };
    Manifest::parse(&String::from_utf8_lossy(&text)).map(Some).map_err(|why| {
        Failure::failed(format!("the manifest {} can't be relied on", path.display()))
            .why(why)
            .hint("without it, nothing tells whether the backup is whole")
    })
}

/// Writes the manifest at `path`, the old one being there until the new one is whole.
///
/// # Errors
/// It can't be written.
pub fn replace_manifest(path: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let replaced = written(path, manifest).and_then(AtomicFile::replace);
    replaced.map_err(|error| unwritable(path, &error))
}

/// Writes the manifest of a backup that lies elsewhere.
///
/// # Errors
/// It can't be written, or something has that name.
pub fn place_manifest(path: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let placed = written(path, manifest).and_then(AtomicFile::place);
    placed.map_err(|error| unplaced(path, &error))
}

fn written(path: &Path, manifest: &Manifest) -> io::Result<AtomicFile> {
    AtomicFile::written(path, PRIVATE, manifest.to_text().as_bytes())
}

/// The backups in a folder.
#[derive(Debug, Default)]
pub struct Listed {
    /// Those with a manifest, oldest first.
    pub backups: Vec<(PathBuf, Manifest)>,
    /// What is wrong with the other manifests.
    pub unreliable: Vec<Failure>,
}

/// A folder that isn't there has none.
///
/// # Errors
/// The folder can't be read.
pub fn list(folder: &Path) -> Result<Listed, Failure> {
    let unreadable = |error: io::Error| super::stored::unreadable(folder, &error);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Listed::default()),
        entries => entries.map_err(unreadable)?,
    };
    let mut found = Listed::default();
    for entry in entries {
        let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        let Some(file) = name.strip_suffix(&format!(".{}", name::MANIFEST)) else { continue };
        let path = folder.join(file);
        match read_manifest(&path) {
            Ok(manifest) => found.backups.extend(manifest.map(|manifest| (path, manifest))),
            Err(failure) => found.unreliable.push(failure),
        }
    }
    found.backups.sort_by(|a, b| (a.1.taken_at, &a.0).cmp(&(b.1.taken_at, &b.0)));
    Ok(found)
}

/// Removes a backup, then its manifest: what is left half-way is a manifest
/// whose file is missing, never a backup that nothing tells of.
///
/// # Errors
/// A file can't be removed.
pub fn remove(backup: &Path, _consent: &crate::domain::consent::Consent) -> Result<(), Failure> {
    for path in [backup.to_path_buf(), manifest_path(backup)] {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Failure::new(Kind::Failed, format!("can't remove {}", path.display()))
                    .why(error.to_string()));
            }
            _ => {}
        }
    }
    sync_folder_of(backup).map_err(|error| unwritable(backup, &error))
}

//! What lies in a folder of archives.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::archive::{AGE_SUFFIX, MANIFEST_SUFFIX, ROWS_SUFFIX};
use crate::error::Failure;

/// An archive, or half of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The common part of the two names.
    pub stem: String,
    /// The file of rows, if it is there.
    pub rows: Option<PathBuf>,
    /// The manifest, if it is there.
    pub manifest: Option<PathBuf>,
}

/// All archives of a folder, in the order of their names. Folders in it are not
/// looked into, and other files are nobody's business.
///
/// # Errors
/// The folder can't be read.
pub fn list(folder: &Path) -> Result<Vec<Entry>, Failure> {
    let names = file_names(folder).map_err(|error| {
        let failure = match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                Failure::usage(format!("there is no folder {}", folder.display()))
            }
            _ => Failure::failed(format!("{} can't be read", folder.display())),
        };
        failure.why(error.to_string())
    })?;
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    let entry = |stem: &str| Entry { stem: stem.to_owned(), rows: None, manifest: None };
    for name in &names {
        let plain = name.strip_suffix(AGE_SUFFIX).unwrap_or(name);
        if let Some(stem) = plain.strip_suffix(ROWS_SUFFIX) {
            let entry = entries.entry(stem.to_owned()).or_insert_with(|| entry(stem));
            entry.rows = Some(folder.join(name));
        } else if let Some(stem) = name.strip_suffix(MANIFEST_SUFFIX) {
            let entry = entries.entry(stem.to_owned()).or_insert_with(|| entry(stem));
            entry.manifest = Some(folder.join(name));
        }
    }
    // What lies beside the file of its name is that file's manifest: a backup's.
    let is_of_another = |entry: &Entry| entry.rows.is_none() && names.contains(&entry.stem);
    Ok(entries.into_values().filter(|entry| !is_of_another(entry)).collect())
}

/// Names that aren't UTF-8 are none of ours.
fn file_names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string());
    }
    Ok(names)
}

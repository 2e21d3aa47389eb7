//! Which older backups go when a new one was made.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use crate::backup::files;
use crate::domain::backup::Manifest;
use crate::domain::backup::keep::{self, Candidate, Rules};
use crate::error::Failure;
use crate::ui::human;

#[derive(Debug, Args)]
pub struct KeepArgs {
    /// Keep the newest N backups of this database, and delete what no rule keeps
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    keep: usize,
    /// Keep the newest backup of each of the last N days
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    keep_daily: usize,
    /// Keep the newest backup of each of the last N weeks
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    keep_weekly: usize,
    /// Keep the newest backup of each of the last N months
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    keep_monthly: usize,
}

impl KeepArgs {
    pub fn rules(&self) -> Rules {
        Rules {
            newest: self.keep,
            daily: self.keep_daily,
            weekly: self.keep_weekly,
            monthly: self.keep_monthly,
        }
    }
}

/// Whose backups they are. A database of the same name on another server is
/// another one, and its backup may be the only one.
pub struct Place {
    pub database: String,
    pub system_identifier: Option<String>,
}

impl Place {
    fn is_of(&self, manifest: &Manifest) -> bool {
        manifest.database == self.database
            && self.system_identifier.is_some()
            && manifest.system_identifier == self.system_identifier
    }
}

/// The backups of this database in `folder` that the rules don't keep, oldest
/// first; with `next` as if one were made then.
///
/// # Errors
/// The folder can't be read.
pub fn plan(
    folder: &Path,
    place: &Place,
    rules: &Rules,
    next: Option<Timestamp>,
) -> Result<Vec<PathBuf>, Failure> {
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let mut backups = files::list(folder)?.backups;
    backups.retain(|(_, manifest)| place.is_of(manifest));
    let candidates: Vec<Candidate> = backups
        .iter()
        .map(|(path, manifest)| Candidate {
            taken_at: manifest.taken_at,
            is_verified: manifest.is_verified() && path.is_file(),
        })
        .chain(next.map(|taken_at| Candidate { taken_at, is_verified: false }))
        .collect();
    let surplus = keep::surplus(&candidates, rules);
    Ok(surplus
        .into_iter()
        .filter_map(|index| backups.get(index))
        .map(|(path, _)| path.clone())
        .collect())
}

/// `delete 2 older backups (inbox-1.dump, inbox-2.dump)`.
pub fn describe(folder: &Path, surplus: &[PathBuf]) -> String {
    let names: Vec<String> = surplus
        .iter()
        .map(|path| path.file_name().unwrap_or_default().to_string_lossy().into_owned())
        .collect();
    let counted = human::plural(names.len() as u64, "older backup", "older backups");
    format!("delete {counted} in {} ({})", folder.display(), names.join(", "))
}

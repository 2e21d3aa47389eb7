//! Check of the last backup, by the manifests in a folder.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;

use super::probe::Probe;
use crate::bounded_file;
use crate::domain::check::{Finding, Status};
use crate::ui::human;

const REMEDY: &str = "inboxctl db backup; --backups names another folder";

/// What matters here of a manifest.
#[derive(Debug, Deserialize)]
struct Manifest {
    file: String,
    database: String,
    taken_at: Timestamp,
}

pub fn backup(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let facts = probe.facts()?;
    let now = crate::store::server::timestamp(facts.clock_us);
    let database = facts.database.clone();
    let folder = probe.backups;
    let Some(newest) = newest(folder, &database)? else {
        let place = folder.display();
        return Ok(Finding::unknown(format!("none of {database} in {place}")).remedy(REMEDY));
    };
    let age = now.duration_since(newest.taken_at).unsigned_abs();
    let limit = probe.limits.backup_seconds.unsigned_abs();
    let status = Status::by_limit(age.as_secs(), limit, limit.saturating_mul(3));
    let age = human::age(Duration::from_secs(age.as_secs()));
    Ok(Finding::new(status, format!("{age} ago: {}", newest.file)).remedy(REMEDY))
}

/// The newest one of this database whose file is still there. A manifest that
/// can't be read is no backup.
fn newest(folder: &Path, database: &str) -> io::Result<Option<Manifest>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        entries => entries?,
    };
    let mut newest: Option<Manifest> = None;
    for entry in entries {
        let path = entry?.path();
        if !path.to_string_lossy().ends_with(".manifest.json") {
            continue;
        }
        let Some(manifest) = read(&path) else { continue };
        let is_newer = newest.as_ref().is_none_or(|other| other.taken_at < manifest.taken_at);
        if manifest.database == database && folder.join(&manifest.file).is_file() && is_newer {
            newest = Some(manifest);
        }
    }
    Ok(newest)
}

fn read(path: &Path) -> Option<Manifest> {
    const LIMIT_BYTES: usize = 64 << 20;
    let file = bounded_file::open(path).ok()?;
    serde_json::from_slice(&bounded_file::read_from(file, LIMIT_BYTES).ok()?).ok()
}

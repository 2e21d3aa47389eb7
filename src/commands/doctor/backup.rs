//! Check of the last backup, by the manifests in a folder.

use std::path::PathBuf;
use std::time::Duration;

use super::probe::Probe;
use crate::backup::files;
use crate::domain::backup::Manifest;
use crate::domain::check::{Finding, Status};
use crate::ui::human;

const REMEDY: &str = "inboxctl db backup; --backups names another folder";

pub(super) fn backup(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let facts = probe.facts()?;
    let now = crate::store::server::timestamp(facts.clock_us);
    let database = facts.database.clone();
    let folder = probe.backups;
    // A manifest that can't be relied on is no backup; neither is one without its file.
    let is_one = |(path, one): &(PathBuf, Manifest)| one.database == database && path.is_file();
    let Some((_, newest)) = files::list(folder)?.backups.into_iter().rfind(is_one) else {
        let place = folder.display();
        return Ok(Finding::unknown(format!("no backup of {database} in the folder {place}"))
            .remedy(REMEDY));
    };
    let age = now.duration_since(newest.taken_at).unsigned_abs();
    let limit = probe.limits.backup_seconds.unsigned_abs();
    let status = Status::by_limit(age.as_secs(), limit, limit.saturating_mul(3));
    let age = human::age(Duration::from_secs(age.as_secs()));
    Ok(Finding::new(status, format!("{age} ago: {}", newest.file)).remedy(REMEDY))
}

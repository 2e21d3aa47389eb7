//! Check of the audit log's chains: how old the last close is, and the last head outside.

use jiff::Timestamp;

use super::probe::Probe;
use crate::backup::files;
use crate::bounded_file;
use crate::commands::audit_days;
use crate::commands::audit_head::LIMIT_BYTES;
use crate::domain::audit_head::Head;
use crate::domain::audit_trail::Link;
use crate::domain::check::{Finding, Status};
use crate::store::{audit_trail, server};
use crate::ui::human;

/// Days are closed 48 hours after their end: by a close a day, this is a day that was left out.
const LATE_SECONDS: u64 = 2 * 86_400;

pub(super) fn closed(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    const REMEDY: &str = "inboxctl audit close, once a day";
    let head = probe.ask(audit_trail::head)?;
    let Some(head) = head else {
        return Ok(Finding::unknown("no day was ever closed").remedy(REMEDY));
    };
    let now = server::timestamp(probe.facts()?.clock_us);
    let age = |at: Timestamp| now.duration_since(at).unsigned_abs();
    let closed = head.written_at().map(age).unwrap_or_default();
    let closed_ago = human::age(closed);
    let mut told = format!("closed to {}, {closed_ago} ago", head.closed_to);
    let mut status = Status::by_limit(closed.as_secs(), LATE_SECONDS, u64::MAX);
    let begun = abandoned(probe)?;
    if begun > 0 {
        status = status.max_of(Status::Warn);
        let changes = human::plural(begun, "change was", "changes were");
        told = format!("{told}; {changes} begun and not ended");
    }
    match outside(probe)? {
        Some(at) => {
            let outside = age(at);
            let limit = probe.limits.backup_seconds.unsigned_abs().max(LATE_SECONDS);
            let status = status.max_of(Status::by_limit(outside.as_secs(), limit, u64::MAX));
            let told = format!("{told}; the last head outside is {} old", human::age(outside));
            Ok(Finding::new(status, told).remedy(REMEDY))
        }
        None => {
            let told = format!("{told}; no head lies outside");
            let status = status.max_of(Status::Unknown);
            Ok(Finding::new(status, told).remedy("audit_head_file in inboxctl.toml, or a backup"))
        }
    }
}

/// How many changes were begun that nobody is working on.
fn abandoned(probe: &mut Probe<'_>) -> anyhow::Result<u64> {
    let mut begun = probe.ask(audit_trail::last_links)?;
    begun.retain(Link::is_open);
    Ok(audit_days::abandoned(probe.db, begun)?.0.len() as u64)
}

/// When the newest head was made that backups here and the file of the configuration hold.
fn outside(probe: &mut Probe<'_>) -> anyhow::Result<Option<Timestamp>> {
    let database = probe.facts()?.database.clone();
    let backups = files::list(probe.backups)?.backups.into_iter();
    let of_backups = backups
        .filter(|(_, one)| one.database == database)
        .filter_map(|(_, one)| one.audit_head.as_ref().and_then(Head::written_at));
    let file = probe.ctx.config.audit_head_file.as_deref();
    let text = file.and_then(|file| bounded_file::read_text(file, LIMIT_BYTES).ok());
    let last = text.and_then(|text| Head::all_in(&text).heads.pop());
    Ok(of_backups.chain(last.as_ref().and_then(Head::written_at)).max())
}

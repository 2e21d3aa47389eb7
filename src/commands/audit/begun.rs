//! Changes of closed days that were begun and not ended: one is at work, or was killed.

use diesel::PgConnection;
use jiff::Timestamp;

use crate::commands::audit_days;
use crate::domain::audit_entry;
use crate::domain::audit_trail::{self, Finding, Link};
use crate::store::audit_trail as store;
use crate::store::connect::Db;

/// What a change that is begun can't have done to a day that has so many entries now.
pub(super) fn misdeed(
    conn: &mut PgConnection,
    begun: &Link,
    entries: i64,
) -> anyhow::Result<Option<&'static str>> {
    if entries < begun.entries {
        let only_removes = begun.change().is_some_and(|change| audit_trail::only_removes(&change));
        return Ok((!only_removes).then_some("entries were removed"));
    }
    // What came meanwhile is told once the change has ended.
    let since: Option<Timestamp> = begun.written_at.replace(' ', "T").parse().ok();
    let mut rest = store::entries(conn, &begun.day)?;
    rest.retain(|entry| entry.recorded_at.is_none_or(|at| since.is_none_or(|since| at <= since)));
    let is_other = audit_entry::state(&rest) != (begun.entries, begun.digest.clone());
    Ok((is_other && rest.len() as i64 == begun.entries).then_some("entries were changed"))
}

/// What is to be said of changes that were seen begun: a finding where nobody can be at work on it, and
/// else what isn't covered.
pub(super) fn judge(db: &mut Db, begun: Vec<Link>) -> anyhow::Result<(Vec<Finding>, Vec<String>)> {
    if begun.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let what = |link: &Link| format!("a change was begun on {} and not ended", link.written_at);
    let (abandoned, others) = audit_days::abandoned(db, begun)?;
    let found = abandoned.iter().map(|link| {
        let what =
            format!("{}, and nobody is working on it: `inboxctl audit close` ends it", what(link));
        Finding::of_day(&link.day, what)
    });
    let others = others.iter().map(|link| format!("{}: {}", link.day, what(link)));
    Ok((found.collect(), others.collect()))
}

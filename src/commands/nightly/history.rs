//! What the audit log tells of the nights before.

use jiff::Timestamp;
use jiff::ToSpan as _;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::audit_action::Action;
use crate::domain::nightly::{History, Night, Told};
use crate::store::audit_log::{self, Entry, Filter};
use crate::store::connect::Db;
use crate::store::{server, tx};

/// Nights that are older say nothing of the next one.
const DAYS: i64 = 40;
/// More than the entries of so many nights.
const ENTRIES: i64 = 2_000;

/// The details of the entry that begins a night, and of the one that ends it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Mark {
    pub night: Uuid,
    /// The lines of the file.
    pub steps: Vec<String>,
}

/// Of nights with these lines; those of another file are another's.
pub(super) fn read(db: &mut Db, now: Timestamp, lines: &[String]) -> anyhow::Result<History> {
    let filter = Filter {
        resource: Some(Action::NightlyStep.resource().to_owned()),
        since: now.checked_sub((DAYS * 24).hours()).ok(),
        ..Filter::default()
    };
    let (mut entries, login) =
        tx::read(db, |conn| Ok((audit_log::list(conn, &filter, ENTRIES)?, server::login(conn)?)))?;
    // Who may write entries could write that a backup was taken. The login is the server's word.
    entries.retain(|entry| entry.recorded_by.as_ref() == Some(&login));
    Ok(of(&entries, lines))
}

/// From the newest entries, the newest first. What another program wrote under these names, or a
/// later version, says nothing.
fn of(entries: &[Entry], lines: &[String]) -> History {
    let is = |entry: &Entry, action: Action| entry.action == action.as_str();
    let mark = |entry: &Entry| serde_json::from_str::<Mark>(entry.details.text()).ok();
    let ended: Vec<Uuid> = entries
        .iter()
        .filter(|entry| is(entry, Action::NightlyEnd))
        .filter_map(|entry| Some(mark(entry)?.night))
        .collect();
    let mut begun = entries.iter().filter(|entry| is(entry, Action::NightlyBegin));
    let night = begun.find_map(|entry| {
        let Mark { night: id, steps } = mark(entry)?;
        let began_at = entry.created_at.known()?;
        (steps == lines).then(|| Night { id, began_at, has_ended: ended.contains(&id) })
    });
    let steps = entries.iter().filter(|entry| is(entry, Action::NightlyStep));
    let told = |entry: &Entry| serde_json::from_str::<Told>(entry.details.text()).ok();
    History { night, steps: steps.filter_map(told).collect() }
}

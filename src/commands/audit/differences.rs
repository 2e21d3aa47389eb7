//! What became of the entries of a copy that is known to be sound.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::domain::audit_entry::Hashed;
use crate::ui::human;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Removed,
    Changed,
    Added,
}

#[derive(Debug)]
pub(super) struct Difference {
    id: Uuid,
    pub(super) change: Change,
}

/// So many entries are named.
const NAMED: usize = 20;

pub(super) fn differences(copy: &[Hashed], live: &[Hashed]) -> Vec<Difference> {
    let by_id = |entries: &[Hashed]| -> BTreeMap<Uuid, [u8; 32]> {
        entries.iter().map(|entry| (entry.id, entry.hash)).collect()
    };
    let (copy, live) = (by_id(copy), by_id(live));
    let gone = copy.iter().filter_map(|(id, hash)| {
        let change = match live.get(id) {
            None => Change::Removed,
            Some(now) if now != hash => Change::Changed,
            Some(_) => return None,
        };
        Some(Difference { id: *id, change })
    });
    let added = live.keys().filter(|id| !copy.contains_key(id));
    gone.chain(added.map(|id| Difference { id: *id, change: Change::Added })).collect()
}

/// As they are told: the first of them, and how many more there are.
pub(super) fn named(differences: &[Difference]) -> Vec<String> {
    let name = |one: &Difference| match one.change {
        Change::Removed => format!("{} removed", one.id),
        Change::Changed => format!("{} changed", one.id),
        Change::Added => format!("{} added", one.id),
    };
    let mut names: Vec<String> = differences.iter().take(NAMED).map(name).collect();
    if let Some(more) = differences.len().checked_sub(NAMED).filter(|more| *more > 0) {
        names.push(format!("and {} more", human::count(more as u64)));
    }
    names
}

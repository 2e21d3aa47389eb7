//! What was applied to a database against what the binary knows: the state of
//! each migration, and what a run would do.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// A migration in the binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    /// Digits of the date, as in `__diesel_schema_migrations`.
    pub version: &'a str,
    pub name: &'a str,
    /// Hex SHA-256 of its up.sql.
    pub sha256: &'a str,
    pub transactional: bool,
}

/// A row of `__diesel_schema_migrations`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    pub version: String,
    /// Microseconds since 1970.
    pub applied_at_us: i64,
}

/// The ledger's newest word on a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub version: String,
    pub name: String,
    pub sha256: String,
    /// Started, but neither finished nor failed: the process died, or it runs now.
    pub unfinished: bool,
    pub error: Option<String>,
    pub duration_ms: Option<i64>,
    /// The id of the backup that was taken before it.
    pub backup: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Applied, and its text is the one that was applied.
    Applied,
    /// Applied by a tool that keeps no checksum (the diesel CLI).
    Unverified,
    /// Not applied yet.
    Pending,
    /// Not applied, though a later one is.
    OutOfOrder,
    /// Applied, and its text was changed since.
    Edited,
    /// Applied, but the binary doesn't have it.
    Missing,
    /// Tried last time, with an error.
    Failed,
    /// Started outside a transaction and never finished.
    Unfinished,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Applied => "applied",
            State::Unverified => "unverified",
            State::Pending => "pending",
            State::OutOfOrder => "out of order",
            State::Edited => "edited",
            State::Missing => "missing",
            State::Failed => "failed",
            State::Unfinished => "unfinished",
        }
    }

    /// Whether the migration's changes are in the database.
    pub fn is_applied(self) -> bool {
        matches!(self, State::Applied | State::Unverified | State::Edited | State::Missing)
    }

    /// Whether `db status --check` has something to say about it.
    pub fn is_trouble(self) -> bool {
        !matches!(self, State::Applied | State::Unverified)
    }
}

/// A migration and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub version: String,
    pub name: String,
    pub state: State,
    pub applied_at_us: Option<i64>,
    pub duration_ms: Option<i64>,
    pub error: Option<String>,
    /// The id of the backup that was taken before it.
    pub backup: Option<String>,
}

/// The state of every migration that the binary or the database knows, by
/// version.
pub fn compare(known: &[Known<'_>], applied: &[Applied], ledger: &[Recorded]) -> Vec<Entry> {
    let known: BTreeMap<&str, &Known<'_>> = known.iter().map(|one| (one.version, one)).collect();
    let applied: BTreeMap<&str, i64> =
        applied.iter().map(|one| (one.version.as_str(), one.applied_at_us)).collect();
    let ledger: BTreeMap<&str, &Recorded> =
        ledger.iter().map(|one| (one.version.as_str(), one)).collect();
    // What the binary doesn't have can't make anything stand out of order.
    let newest = applied.keys().copied().filter(|version| known.contains_key(version)).max();
    let versions: BTreeSet<&str> = known.keys().chain(applied.keys()).copied().collect();
    versions
        .into_iter()
        .map(|version| {
            let recorded = ledger.get(version).copied();
            let applied_at_us = applied.get(version).copied();
            let known = known.get(version).copied();
            let is_late = newest.is_some_and(|newest| version < newest);
            Entry {
                version: version.to_owned(),
                name: known
                    .map(|known| known.name.to_owned())
                    .or_else(|| recorded.map(|recorded| recorded.name.clone()))
                    .unwrap_or_default(),
                state: state(known, recorded, applied_at_us.is_some(), is_late),
                applied_at_us,
                duration_ms: recorded
                    .filter(|_| applied_at_us.is_some())
                    .and_then(|recorded| recorded.duration_ms),
                error: recorded.and_then(|recorded| recorded.error.clone()),
                backup: recorded.and_then(|recorded| recorded.backup.clone()),
            }
        })
        .collect()
}

fn state(
    known: Option<&Known<'_>>,
    recorded: Option<&Recorded>,
    is_applied: bool,
    is_late: bool,
) -> State {
    match (known, recorded, is_applied) {
        (None, _, _) => State::Missing,
        (Some(_), None, true) => State::Unverified,
        (Some(known), Some(recorded), true) if known.sha256 != recorded.sha256 => State::Edited,
        (Some(_), Some(_), true) => State::Applied,
        (Some(known), Some(recorded), false) if recorded.unfinished && !known.transactional => {
            State::Unfinished
        }
        (Some(_), Some(Recorded { error: Some(_), .. }), false) if !is_late => State::Failed,
        (Some(_), _, false) if is_late => State::OutOfOrder,
        (Some(_), _, false) => State::Pending,
    }
}

/// Why a run must not start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocked {
    /// These were applied with another text.
    Edited(Vec<String>),
    /// These were applied, and this binary is too old to know them.
    Missing(Vec<String>),
    /// These come before one that was applied.
    OutOfOrder(Vec<String>),
    /// `--to` names no migration.
    UnknownVersion(String),
}

/// The versions that a run up to `to` applies, oldest first.
///
/// # Errors
/// [`Blocked`]: the history is not what the binary expects.
pub fn plan(
    entries: &[Entry],
    to: Option<&str>,
    allow_out_of_order: bool,
) -> Result<Vec<String>, Blocked> {
    if let Some(to) = to
        && !entries.iter().any(|entry| entry.version == to && entry.state != State::Missing)
    {
        return Err(Blocked::UnknownVersion(to.to_owned()));
    }
    let in_state = |state: State| -> Vec<String> {
        let matching = entries.iter().filter(|entry| entry.state == state);
        matching.map(|entry| format!("{}_{}", entry.version, entry.name)).collect()
    };
    let missing = in_state(State::Missing);
    let edited = in_state(State::Edited);
    let out_of_order = in_state(State::OutOfOrder);
    if !missing.is_empty() {
        return Err(Blocked::Missing(missing));
    }
    if !edited.is_empty() {
        return Err(Blocked::Edited(edited));
    }
    if !out_of_order.is_empty() && !allow_out_of_order {
        return Err(Blocked::OutOfOrder(out_of_order));
    }
    Ok(entries
        .iter()
        .filter(|entry| !entry.state.is_applied())
        .filter(|entry| to.is_none_or(|to| entry.version.as_str() <= to))
        .map(|entry| entry.version.clone())
        .collect())
}

/// The versions that a rollback reverts, newest first: `steps` of them, or all
/// above `to`.
///
/// # Errors
/// [`Blocked`]: one of them is not in the binary, so nobody knows how to revert
/// it, or `to` names no applied migration (`0` stands for before the first).
pub fn rollback_plan(
    entries: &[Entry],
    steps: usize,
    to: Option<&str>,
) -> Result<Vec<String>, Blocked> {
    let applied = || entries.iter().rev().filter(|entry| entry.state.is_applied());
    if let Some(to) = to
        && to != "0"
        && !applied().any(|entry| entry.version == to)
    {
        return Err(Blocked::UnknownVersion(to.to_owned()));
    }
    let chosen: Vec<&Entry> = match to {
        Some(to) => applied().filter(|entry| entry.version.as_str() > to).collect(),
        None => applied().take(steps).collect(),
    };
    let missing: Vec<String> = chosen
        .iter()
        .filter(|entry| entry.state == State::Missing)
        .map(|entry| format!("{}_{}", entry.version, entry.name))
        .collect();
    if missing.is_empty() {
        Ok(chosen.into_iter().map(|entry| entry.version.clone()).collect())
    } else {
        Err(Blocked::Missing(missing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [Known<'static>; 3] = [
        Known { version: "1", name: "a", sha256: "aa", transactional: true },
        Known { version: "2", name: "b", sha256: "bb", transactional: false },
        Known { version: "3", name: "c", sha256: "cc", transactional: true },
    ];

    fn applied(versions: &[&str]) -> Vec<Applied> {
        let row = |version: &&str| Applied { version: (*version).to_owned(), applied_at_us: 0 };
        versions.iter().map(row).collect()
    }

    fn recorded(version: &str, sha256: &str) -> Recorded {
        Recorded {
            version: version.to_owned(),
            name: String::from("n"),
            sha256: sha256.to_owned(),
            unfinished: false,
            error: None,
            duration_ms: Some(1),
            backup: None,
        }
    }

    fn states(applied_versions: &[&str], ledger: &[Recorded]) -> Vec<State> {
        compare(&KNOWN, &applied(applied_versions), ledger).iter().map(|e| e.state).collect()
    }

    #[test]
    fn an_empty_database_has_everything_pending() {
        assert_eq!(states(&[], &[]), [State::Pending; 3]);
        let entries = compare(&KNOWN, &[], &[]);
        assert_eq!(plan(&entries, None, false), Ok(vec!["1".into(), "2".into(), "3".into()]));
        assert_eq!(plan(&entries, Some("2"), false), Ok(vec!["1".into(), "2".into()]));
        assert_eq!(plan(&entries, Some("9"), false), Err(Blocked::UnknownVersion("9".into())));
    }

    #[test]
    fn the_diesel_cli_leaves_unverified_rows() {
        assert_eq!(states(&["1"], &[]), [State::Unverified, State::Pending, State::Pending]);
    }

    #[test]
    fn edited_missing_and_late_ones_block() {
        let ledger = [recorded("1", "other"), recorded("3", "cc")];
        assert_eq!(
            states(&["1", "3", "4"], &ledger),
            [State::Edited, State::OutOfOrder, State::Applied, State::Missing]
        );
        let entries = compare(&KNOWN, &applied(&["1", "3"]), &[recorded("1", "aa")]);
        assert_eq!(plan(&entries, None, false), Err(Blocked::OutOfOrder(vec!["2_b".into()])));
        assert_eq!(plan(&entries, None, true), Ok(vec!["2".into()]));
    }

    #[test]
    fn only_a_non_transactional_one_can_be_half_done() {
        let half = |version: &str| Recorded { unfinished: true, ..recorded(version, "x") };
        assert_eq!(
            states(&["1"], &[recorded("1", "aa"), half("2"), half("3")]),
            [State::Applied, State::Unfinished, State::Pending]
        );
    }

    #[test]
    fn rollback_takes_the_newest_first() {
        let entries = compare(&KNOWN, &applied(&["1", "2", "3"]), &[]);
        assert_eq!(rollback_plan(&entries, 2, None), Ok(vec!["3".into(), "2".into()]));
        assert_eq!(rollback_plan(&entries, 1, Some("1")), Ok(vec!["3".into(), "2".into()]));
        assert_eq!(rollback_plan(&entries, 1, Some("0")).map(|plan| plan.len()), Ok(3));
        assert_eq!(rollback_plan(&entries, 1, Some("7")), Err(Blocked::UnknownVersion("7".into())));
    }
}

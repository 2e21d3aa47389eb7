//! Checks of indexes.

use super::probe::Probe;
use crate::domain::check::{Finding, Status};
use crate::domain::origin;
use crate::store::indexes::{self, Index};
use crate::ui::human;

pub(super) fn invalid(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let names = names(&watched(probe)?, |index| !index.is_valid);
    let is_ours = names.iter().any(|name| probe.watched.is_ours(name));
    let finding = Finding::of_list(
        if is_ours { Status::Fail } else { Status::Warn },
        "all are valid",
        ("invalid index", "invalid indexes"),
        &names,
    );
    Ok(match names.first() {
        Some(name) => {
            finding.remedy(format!("REINDEX INDEX CONCURRENTLY {}", origin::spelled(name)))
        }
        None => finding,
    })
}

pub(super) fn missing(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let mut found = probe.ask(indexes::unindexed_foreign_keys)?;
    found.retain(|(name, _)| name.split('(').next().is_some_and(|table| probe.watched.has(table)));
    let (names, statements): (Vec<String>, Vec<String>) = found.into_iter().unzip();
    let finding = Finding::of_list(
        Status::Warn,
        "every foreign key has one",
        ("foreign key without", "foreign keys without"),
        &names,
    );
    Ok(match statements.first() {
        Some(statement) => finding.remedy(statement),
        None => finding,
    })
}

pub(super) fn scanned(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    const LEAST_ROWS: i64 = 100_000;
    const LEAST_SCANS: i64 = 1_000;
    if let Some(unknown) = probe.of_the_primary()? {
        return Ok(unknown);
    }
    let names: Vec<String> = probe
        .ask(|conn| indexes::scanned_tables(conn, LEAST_ROWS, LEAST_SCANS))?
        .into_iter()
        .filter(|(name, _)| probe.watched.has(name))
        .map(|(name, scans)| format!("{name} ({} times)", human::count(scans.unsigned_abs())))
        .collect();
    Ok(Finding::of_list(
        Status::Warn,
        "no large table is read from end to end",
        ("large table read from end to end", "large tables read from end to end"),
        &names,
    )
    .remedy("find the statement in pg_stat_statements, and index for it"))
}

pub(super) fn duplicate(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let indexes = watched(probe)?;
    let is_ours = |name: &str| probe.watched.is_ours(name);
    // Of one of ours and one of the application's, the application's is the second.
    let doubles: Vec<(&str, &str)> = indexes
        .iter()
        .filter(|index| !index.is_constraint)
        .filter_map(|index| {
            let (name, other) = (index.name.as_str(), index.duplicate_of.as_deref()?);
            Some(if is_ours(name) && !is_ours(other) { (other, name) } else { (name, other) })
        })
        .collect();
    let names: Vec<String> =
        doubles.iter().map(|(name, other)| format!("{name} (as {other})")).collect();
    let finding = Finding::of_list(Status::Warn, "none", ("duplicate", "duplicates"), &names);
    // Nobody is told to drop an index of the application.
    Ok(match doubles.iter().find(|(name, _)| is_ours(name)) {
        Some((name, _)) => {
            finding.remedy(format!("DROP INDEX CONCURRENTLY {}", origin::spelled(name)))
        }
        None => finding,
    })
}

pub(super) fn unused(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    /// Less is not worth a word.
    const LEAST_BYTES: i64 = 8 << 20;
    /// What runs once a week has run by then.
    const LEAST_DAYS: i64 = 8;
    if let Some(unknown) = probe.of_the_primary()? {
        return Ok(unknown);
    }
    let age_days = probe.ask(indexes::statistics_age_seconds)?.unwrap_or_default() / 86_400;
    let unused = names(&watched(probe)?, |index| {
        index.is_unused() && index.is_valid && index.size_bytes.unwrap_or_default() >= LEAST_BYTES
    });
    if age_days < LEAST_DAYS && !unused.is_empty() {
        return Ok(Finding::ok(format!(
            "too early to tell of {}: statistics of {}",
            unused.len(),
            human::plural(age_days.unsigned_abs(), "day", "days")
        )));
    }
    let finding = Finding::of_list(
        Status::Warn,
        "every large one is used",
        ("large index is never used", "large indexes are never used"),
        &unused,
    );
    Ok(match unused.iter().find(|name| probe.watched.is_ours(name)) {
        Some(name) => finding.remedy(format!("DROP INDEX CONCURRENTLY {}", origin::spelled(name))),
        None => finding,
    })
}

/// All but those that the operator keeps out.
fn watched(probe: &mut Probe<'_>) -> anyhow::Result<Vec<Index>> {
    let mut indexes = probe.ask(indexes::list)?;
    indexes.retain(|index| probe.watched.has(&index.name) && probe.watched.has(&index.table_name));
    Ok(indexes)
}

fn names(indexes: &[Index], wanted: impl Fn(&Index) -> bool) -> Vec<String> {
    indexes.iter().filter(|index| wanted(index)).map(|index| index.name.clone()).collect()
}

//! Checks of indexes.

use super::probe::Probe;
use crate::domain::check::{Finding, Status};
use crate::store::indexes::{self, Index};
use crate::ui::human;

pub fn invalid(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let names = names(&probe.ask(indexes::list)?, |index| !index.is_valid);
    let finding = Finding::of_list(
        Status::Fail,
        "all are valid",
        ("invalid index", "invalid indexes"),
        &names,
    );
    Ok(match names.first() {
        Some(name) => finding.remedy(format!("REINDEX INDEX CONCURRENTLY {name}")),
        None => finding,
    })
}

pub fn missing(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let found = probe.ask(indexes::unindexed_foreign_keys)?;
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

pub fn scanned(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    const LEAST_ROWS: i64 = 100_000;
    const LEAST_SCANS: i64 = 1_000;
    let names: Vec<String> = probe
        .ask(|conn| indexes::scanned_tables(conn, LEAST_ROWS, LEAST_SCANS))?
        .into_iter()
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

pub fn duplicate(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let indexes = probe.ask(indexes::list)?;
    let doubles: Vec<&Index> = indexes
        .iter()
        .filter(|index| index.duplicate_of.is_some() && !index.is_constraint)
        .collect();
    let names: Vec<String> = doubles
        .iter()
        .map(|index| {
            format!("{} (as {})", index.name, index.duplicate_of.as_deref().unwrap_or_default())
        })
        .collect();
    let finding = Finding::of_list(Status::Warn, "none", ("duplicate", "duplicates"), &names);
    Ok(match doubles.first() {
        Some(index) => finding.remedy(format!("DROP INDEX CONCURRENTLY {}", index.name)),
        None => finding,
    })
}

pub fn unused(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    /// Less is not worth a word.
    const LEAST_BYTES: i64 = 8 << 20;
    /// What runs once a week has run by then.
    const LEAST_DAYS: i64 = 8;
    let age_days = probe.ask(indexes::statistics_age_seconds)?.unwrap_or_default() / 86_400;
    let unused = names(&probe.ask(indexes::list)?, |index| {
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
    Ok(match unused.first() {
        Some(name) => finding.remedy(format!("DROP INDEX CONCURRENTLY {name}")),
        None => finding,
    })
}

fn names(indexes: &[Index], wanted: impl Fn(&Index) -> bool) -> Vec<String> {
    indexes.iter().filter(|index| wanted(index)).map(|index| index.name.clone()).collect()
}

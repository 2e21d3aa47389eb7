//! Checks of the schema: migrations, tables, partitions, sequences, enums.

use super::probe::Probe;
use crate::commands::db::{applied, expected, whose};
use crate::domain::check::{Finding, Status};
use crate::domain::history::State;
use crate::domain::origin::{self, Origin};
use crate::domain::vocabulary;
use crate::error;
use crate::store::partitions::{self, Month, Place};
use crate::store::statements::{quote_identifier, quote_literal};
use crate::store::{health, server};
use crate::ui::human;

/// Months from this one on that should have a partition.
const MONTHS_AHEAD: i64 = 2;

/// So much of what is missing is named.
const NAMED: usize = 8;

pub(super) fn migrations(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    if let Origin::Foreign(foreign) = whose::origin(probe.db)? {
        // What to do instead is said in its place.
        return Ok(Finding::fail(format!("no inbox here: {}", foreign.describe()))
            .remedy("inboxctl db migrate"));
    }
    let entries = applied::history(probe.db)?;
    let of = |wanted: &dyn Fn(State) -> bool| -> Vec<String> {
        let found = entries.iter().filter(|entry| wanted(entry.state));
        found.map(|entry| format!("{} ({})", entry.name, entry.state.as_str())).collect()
    };
    let broken = of(&|state| state.is_trouble() && state != State::Pending);
    if !broken.is_empty() {
        return Ok(Finding::of_list(Status::Fail, "", ("in trouble", "in trouble"), &broken)
            .remedy("inboxctl db status"));
    }
    let pending = entries.iter().filter(|entry| entry.state == State::Pending).count();
    let catalog = expected::read(probe.db)?;
    let lacking = expected::lacking(probe.db, &catalog)?;
    Ok(match pending {
        0 if lacking.is_empty() => Finding::ok(format!("all {} applied", entries.len())),
        0 => Finding::fail(format!(
            "all {} applied, but not as they should be: {}",
            entries.len(),
            human::listed(&lacking, NAMED)
        ))
        .remedy("inboxctl db drift --sql"),
        _ => Finding::fail(format!("{pending} of {} pending", entries.len()))
            .remedy("inboxctl db migrate"),
    })
}

pub(super) fn primary_keys(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let names: Vec<String> = probe
        .ask(health::without_primary_key)?
        .into_iter()
        // The diesel CLI's table has one; older versions of it had none.
        .filter(|name| !name.starts_with("__diesel") && probe.watched.has(name))
        .collect();
    let finding = Finding::of_list(
        Status::Warn,
        "every table has one",
        ("table without", "tables without"),
        &names,
    );
    Ok(match names.first() {
        Some(name) => {
            finding.remedy(format!("ALTER TABLE {} ADD PRIMARY KEY (...)", origin::spelled(name)))
        }
        None => finding,
    })
}

pub(super) fn enums(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let difference = vocabulary::compare(&probe.ask(health::enum_values)?);
    if !difference.missing.is_empty() {
        let words = ("value is missing", "values are missing");
        return Ok(
            Finding::of_list(Status::Fail, "", words, &difference.missing).remedy(error::LACKS)
        );
    }
    Ok(Finding::ok(match difference.unknown.as_slice() {
        [] => String::from("the values are the known ones"),
        added => format!("the known ones, and the application's: {}", added.join(", ")),
    }))
}

pub(super) fn sequences(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let mut sequences = probe.ask(health::sequences)?;
    sequences
        .retain(|sequence| probe.watched.has(sequence.table.as_ref().unwrap_or(&sequence.name)));
    let unreadable: Vec<String> = sequences
        .iter()
        .filter(|one| !one.is_readable)
        .map(|one| quote_identifier(&one.name))
        .collect();
    if !unreadable.is_empty() {
        let role = quote_identifier(&probe.facts()?.role);
        let names = unreadable.join(", ");
        return Ok(Finding::unknown(format!("this role may not read {names}"))
            .remedy(format!("GRANT SELECT ON SEQUENCE {names} TO {role}")));
    }
    let mut worst = (0, String::new(), String::new());
    for sequence in &sequences {
        let last_value = sequence.last_value.unwrap_or_default();
        if let (Some(table), Some(column)) = (&sequence.table, &sequence.column) {
            let largest = probe.ask(|conn| health::largest_value(conn, table, column))?;
            if largest.is_some_and(|largest| largest > last_value) {
                let name = quote_literal(&origin::spelled(&sequence.name));
                let (column, of) = (origin::spelled(column), origin::spelled(table));
                let statement = format!("SELECT setval({name}, (SELECT max({column}) FROM {of}))");
                let detail = format!("{} is behind {table}.{column}", sequence.name);
                let status = probe.watched.status(Status::Fail, table);
                return Ok(Finding::new(status, detail).remedy(statement));
            }
        }
        let percent = (i128::from(last_value) * 100 / i128::from(sequence.limit.max(1))) as i64;
        if percent >= worst.0 {
            let of = sequence.table.as_ref().unwrap_or(&sequence.name);
            worst = (percent, sequence.name.clone(), of.clone());
        }
    }
    let (percent, name, of) = worst;
    let detail = match sequences.len() {
        0 => String::from("there is none"),
        count => format!("{count}, at most {percent}% used ({name})"),
    };
    let status = probe.watched.status(Status::by_limit(percent, 70, 90), &of);
    Ok(Finding::new(status, detail)
        .remedy(format!("change the column that {name} numbers to bigint")))
}

pub(super) fn dead_rows(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    const LEAST: i64 = 10_000;
    if let Some(unknown) = probe.of_the_primary()? {
        return Ok(unknown);
    }
    let mut tables = probe.ask(|conn| health::dead_rows(conn, LEAST))?;
    tables.retain(|table| probe.watched.has(&table.table));
    let names: Vec<String> = tables
        .iter()
        .filter(|table| table.share >= 0.2)
        .map(|table| format!("{} ({:.0}%)", table.table, table.share * 100.0))
        .collect();
    let finding = Finding::of_list(
        Status::Warn,
        "autovacuum keeps up",
        ("table full of dead rows", "tables full of dead rows"),
        &names,
    );
    Ok(match tables.first() {
        Some(worst) => {
            finding.remedy(format!("VACUUM (ANALYZE) {}", origin::spelled(&worst.table)))
        }
        None => finding,
    })
}

pub(super) fn partitions_ahead(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let now = Month::of(server::timestamp(probe.facts()?.clock_us));
    let partitions = probe.ask(partitions::list)?;
    let (mut missing, mut barred) = (Vec::new(), None);
    let mut status = Status::Warn;
    for month in (0..=MONTHS_AHEAD).map(|ahead| now.plus(ahead)) {
        match probe.ask(|conn| partitions::place(conn, &partitions, month))? {
            Place::There => continue,
            Place::Free => {}
            Place::InPart(why) | Place::Taken(why) => {
                barred.get_or_insert(format!("{}: {why}", month.label()));
            }
        }
        missing.push(month.partition());
        if month == now {
            // Without this month's, entries go to the DEFAULT partition right now.
            status = Status::Fail;
        }
    }
    let none = format!("audit_logs has them up to {}", now.plus(MONTHS_AHEAD).label());
    Ok(Finding::of_list(status, &none, ("is missing", "are missing"), &missing)
        .remedy(barred.unwrap_or_else(|| String::from("inboxctl db migrate"))))
}

pub(super) fn default_partition(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    const COUNT_AT_MOST: i64 = 100_000;
    let mut names = Vec::new();
    for table in probe.ask(health::default_partitions)? {
        let rows = probe.ask(|conn| health::strays(conn, &table, COUNT_AT_MOST))?.rows;
        if rows > 0 {
            let more = if rows == COUNT_AT_MOST { "at least " } else { "" };
            let rows = human::plural(rows.unsigned_abs(), "row", "rows");
            names.push(format!("{table} ({more}{rows})"));
        }
    }
    let words = ("partition is not empty", "partitions are not empty");
    Ok(Finding::of_list(Status::Warn, "empty, as it should be", words, &names)
        .remedy("inboxctl db migrate; for months gone by or with many rows: inboxctl audit prune"))
}

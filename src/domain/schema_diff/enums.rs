//! The labels of an enum made as they should be, with those that the application
//! added left alone.

use std::collections::BTreeSet;

use super::create::{add, alter, create_enum, drop_constraint};
use super::dependents::{Dependent, On};
use super::difference::Difference;
use super::identifier::{name, text};
use super::model::{Catalog, Column, Enum};
use super::phase::{Phase, Step, mentions};
use super::way::{self, Ground, Way};

/// What makes our labels as they should be, and leaves the application's: nothing
/// where they are. Between two labels that both know, as many missing as unknown
/// ones were renamed; else what is missing is added in its place. Another order
/// needs the type made anew.
pub(super) fn labels(expected: &Enum, found: &Enum, ground: Ground<'_>) -> Vec<Step> {
    let common = |list: &Enum, other: &Enum| -> Vec<String> {
        list.labels.iter().filter(|label| other.labels.contains(label)).cloned().collect()
    };
    let anchors = common(expected, found);
    if anchors != common(found, expected) {
        return remade(expected, found, ground);
    }
    let this = name(&expected.name);
    let mut sql = Vec::new();
    let mut before: Option<&str> = None;
    let gaps = gaps(&expected.labels, &anchors).into_iter().zip(gaps(&found.labels, &anchors));
    for (at, (missing, unknown)) in gaps.enumerate() {
        let is_renamed = missing.len() == unknown.len();
        for (place, label) in missing.iter().enumerate() {
            let new = text(label);
            sql.push(match (unknown.get(place), before, found.labels.first()) {
                (Some(old), _, _) if is_renamed => {
                    format!("ALTER TYPE {this} RENAME VALUE {} TO {new}", text(old))
                }
                (_, Some(before), _) => {
                    format!("ALTER TYPE {this} ADD VALUE {new} AFTER {}", text(before))
                }
                (_, None, Some(first)) => {
                    format!("ALTER TYPE {this} ADD VALUE {new} BEFORE {}", text(first))
                }
                (_, None, None) => format!("ALTER TYPE {this} ADD VALUE {new}"),
            });
            before = Some(label);
        }
        before = anchors.get(at).map(String::as_str).or(before);
    }
    sql.into_iter().map(|sql| (Phase::Types, sql)).collect()
}

/// What stands before the first anchor, between each two, and after the last.
fn gaps<'a>(labels: &'a [String], anchors: &[String]) -> Vec<Vec<&'a str>> {
    let mut gaps = vec![Vec::new()];
    for label in labels {
        match (anchors.contains(label), gaps.last_mut()) {
            (false, Some(gap)) => gap.push(label.as_str()),
            _ => gaps.push(Vec::new()),
        }
    }
    gaps
}

/// The type made anew, with our labels first and then the application's, for a label
/// can't be dropped.
fn remade(expected: &Enum, found: &Enum, ground: Ground<'_>) -> Vec<Step> {
    match steps_to_remake(expected, found, ground) {
        Ok(steps) => steps,
        Err(why) => vec![(Phase::Types, way::blocked("make it anew", &why))],
    }
}

fn steps_to_remake(expected: &Enum, found: &Enum, ground: Ground<'_>) -> Result<Vec<Step>, String> {
    let (made, old) = (name(&expected.name), name(&free_name(ground.found, &expected.name)));
    let mut whole = expected.clone();
    let own = found.labels.iter().filter(|label| !expected.labels.contains(label));
    whole.labels.extend(own.cloned());
    let (mut before, mut change, mut back) = (Vec::new(), Vec::new(), Vec::new());
    let mut after = Vec::new();
    let names_it = |text: &str| mentions(text, &made);
    let tables = || ground.found.tables.iter().filter(|table| table.partition_of.is_none());
    let of_type = |column: &&Column| column.sql_type.trim_end_matches("[]") == made;
    for table in tables() {
        for column in table.columns.iter().filter(of_type) {
            // Nothing compares the old type with the new one.
            let way = Way::to_other_type(ground, table, &column.name, (&old, &made))?;
            before.extend(way.before);
            after.extend(way.after);
            let (at, place) = (name(&column.name), alter(table));
            if let Some(default) = &column.default {
                before.push(format!("{place} ALTER COLUMN {at} DROP DEFAULT"));
                back.push(format!("{place} ALTER COLUMN {at} SET DEFAULT {default}"));
            }
            let new = &column.sql_type;
            let text = if new.ends_with("[]") { "text[]" } else { "text" };
            change.push(format!("{place} ALTER COLUMN {at} TYPE {new} USING {at}::{text}::{new}"));
        }
        for index in table.indexes.iter().filter(|index| names_it(&index.definition)) {
            before.push(format!("DROP INDEX {}", name(&index.name)));
            back.push(index.definition.clone());
        }
        for found in table.constraints.iter().filter(|found| names_it(&found.definition)) {
            before.push(drop_constraint(table, found));
            back.push(format!("{} {}", alter(table), add(found)));
        }
    }
    let is_seen_to = |one: &&Dependent| match one.kind.as_str() {
        "column" => {
            let table = one.table.as_ref().filter(|_| one.is_here);
            table.is_some_and(|table| ground.found.table(table).is_some())
        }
        "index" | "constraint" => one.is_here,
        _ => false,
    };
    let others = ground.obstacles.on(On::Type, &expected.name, &expected.name);
    let way = Way::through(ground, others.filter(|one| !is_seen_to(one)))?;
    before.extend(way.before);
    after.extend(way.after);
    let mut seen = BTreeSet::new();
    before.retain(|sql| seen.insert(sql.clone()));
    after.retain(|(_, sql)| seen.insert(sql.clone()));
    // Expressions that mention the type are dropped while it has its own name.
    before.push(format!("ALTER TYPE {made} RENAME TO {old}"));
    before.push(create_enum(&whole));
    let all = before.into_iter().chain(change).chain(back).chain([format!("DROP TYPE {old}")]);
    Ok(all.map(|sql| (Phase::Types, sql)).chain(after).collect())
}

/// What the type is called while the new one is made.
fn free_name(found: &Catalog, made: &str) -> String {
    let is_taken = |other: &String| {
        found.enums.iter().any(|one| one.name == *other)
            || found.tables.iter().any(|one| one.name == *other)
            || found.definitions.iter().any(|one| one.name == *other)
    };
    let mut old = format!("{made}_old");
    while is_taken(&old) {
        old.push('_');
    }
    old
}

/// A value that was added to a type can't be used before the transaction ends:
/// where another statement uses it, the type is made anew. So it is where a column becomes of that
/// type, for the comment on that names all labels.
pub(super) fn settle(list: &mut [Difference], ground: Ground<'_>) {
    for at in 0..list.len() {
        if list[at].kind != "enum" {
            continue;
        }
        let pair = |catalog: &Catalog| {
            catalog.enums.iter().find(|made| made.name == list[at].object).cloned()
        };
        let (Some(made), Some(there)) = (pair(ground.expected), pair(ground.found)) else {
            continue;
        };
        let new = made.labels.iter().filter(|label| !there.labels.contains(label));
        let new: Vec<String> = new.map(|label| text(label)).collect();
        let others = list.iter().enumerate().filter(|(other, _)| *other != at);
        let mut sql = others.flat_map(|(_, other)| other.sql.iter());
        if sql.any(|sql| new.iter().any(|label| sql.contains(label.as_str()))) {
            list[at].set_steps(remade(&made, &there, ground));
        }
    }
}

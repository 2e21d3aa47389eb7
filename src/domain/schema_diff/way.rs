//! The way to a change that something depends on: what of ours stands in it is taken
//! out and comes back, and where something of the application's does, there is none.

use std::collections::BTreeSet;

use super::create::{
    add, alter, create_trigger, drop_constraint, drop_index, drop_policy, drop_trigger,
};
use super::dependents::{Dependent, Obstacles, On, titles};
use super::difference::Difference;
use super::identifier::{name, shown, text};
use super::model::{Catalog, Table};
use super::order;
use super::phase::{Phase, Step, mentions};

/// What is known of both schemas and of what stands in the way.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub expected: &'a Catalog,
    pub found: &'a Catalog,
    pub obstacles: &'a Obstacles,
}

/// What of ours goes before the change, and how it comes back.
#[derive(Debug, Default)]
pub(super) struct Way {
    pub before: Vec<String>,
    pub after: Vec<Step>,
}

impl Way {
    /// What of ours goes, or `None` where it isn't ours.
    fn take_out(&mut self, ground: Ground<'_>, one: &Dependent) -> Option<()> {
        let table = one.table.as_ref().filter(|_| one.is_here)?;
        let table = ground.expected.table(table)?;
        let (before, after) = match one.kind.as_str() {
            "trigger" => {
                let made = table.triggers.iter().find(|made| made.name == one.name)?;
                let back = create_trigger(table, made).into_iter();
                (drop_trigger(table, &one.name), back.map(|sql| (Phase::Triggers, sql)).collect())
            }
            "policy" => {
                let made = table.policies.iter().find(|made| made.name == one.name)?;
                (drop_policy(table, &one.name), vec![(Phase::Triggers, made.definition.clone())])
            }
            "foreign key" | "constraint" => {
                let made = table.constraints.iter().find(|made| made.name == one.name)?;
                let back = format!("{} {}", alter(table), add(made));
                (drop_constraint(table, made), vec![(Phase::of_constraint(made), back)])
            }
            "index" => {
                let made = table.indexes.iter().find(|made| made.name == one.name)?;
                (drop_index(made), vec![(Phase::Indexes, made.definition.clone())])
            }
            "column" => {
                let made = table.column(&one.name)?;
                let at = format!("{} ALTER COLUMN {}", alter(table), name(&made.name));
                let back = made.default.as_ref().map(|text| format!("{at} SET DEFAULT {text}"));
                let back = back.into_iter().map(|sql| (Phase::Columns, sql));
                (format!("{at} DROP DEFAULT"), back.collect())
            }
            _ => return None,
        };
        if !self.before.contains(&before) {
            self.before.push(before);
            self.after.extend(after);
        }
        Some(())
    }

    /// Takes out what is ours; `Err` names what isn't.
    pub(super) fn through<'a>(
        ground: Ground<'_>,
        list: impl Iterator<Item = &'a Dependent>,
    ) -> Result<Way, String> {
        let mut way = Way::default();
        let foreign: Vec<&Dependent> =
            list.filter(|one| way.take_out(ground, one).is_none()).collect();
        if foreign.is_empty() { Ok(way) } else { Err(standing(&titles(foreign))) }
    }

    /// To another type of a column of a table that is there. From a type to one that the same
    /// operators compare, keys that point at it may stay.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn to_other_type(
        ground: Ground<'_>,
        found: &Table,
        column: &str,
        (old, new): (&str, &str),
    ) -> Result<Way, String> {
        let is_key = |key: &String| mentions(key, &name(column));
        if found.partition_key.as_ref().is_some_and(is_key) {
            return Err(String::from("the table is partitioned by it"));
        }
        let is_part = |table: &&Table| {
            table.name == found.name
                || table.partition_of.as_ref().is_some_and(|place| place.table == found.name)
        };
        let parts = ground.found.tables.iter().filter(is_part);
        let mut tables: Vec<&str> = parts.map(|table| table.name.as_str()).collect();
        let mut list: Vec<&Dependent> = Vec::new();
        let mut at = 0;
        while let Some(table) = tables.get(at).copied() {
            at += 1;
            list.extend(ground.obstacles.on(On::Column, table, column));
            // Values of the rows' type are stored elsewhere.
            let stores = |one: &&Dependent| one.kind == "column" || one.kind == "type";
            list.extend(ground.obstacles.on(On::Rows, table, table).filter(stores));
            // What inherits the column changes with it; of another schema nothing more is known.
            for heir in ground.obstacles.on(On::Table, table, table) {
                match heir.kind.as_str() {
                    "table" if heir.is_here && tables.contains(&heir.name.as_str()) => {}
                    "table" if heir.is_here => tables.push(&heir.name),
                    "table" => list.push(heir),
                    _ => {}
                }
            }
        }
        let is_in_way = |one: &&Dependent| match (one.kind.as_str(), one.on) {
            // What is built anew with the column.
            ("column" | "sequence" | "statistics object" | "index" | "constraint", On::Column) => {
                false
            }
            ("foreign key", _) => !are_comparable(old, new),
            _ => true,
        };
        Way::through(ground, list.into_iter().filter(is_in_way))
    }

    /// To dropping a routine, to make it anew.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn without_routine(ground: Ground<'_>, routine: &str) -> Result<Way, String> {
        Way::through(ground, ground.obstacles.on(On::Function, "", routine))
    }

    /// To dropping a key or an index, to make it anew.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn without_key(ground: Ground<'_>, table: &str, key: &str) -> Result<Way, String> {
        let by_index = ground.obstacles.on(On::Index, table, key);
        Way::through(ground, by_index.chain(ground.obstacles.on(On::Constraint, table, key)))
    }

    /// With the change itself between what goes and what comes back.
    pub(super) fn around(self, phase: Phase, change: Vec<String>) -> Vec<Step> {
        let steps = self.before.into_iter().chain(change).map(|sql| (phase, sql));
        steps.chain(self.after).collect()
    }
}

fn are_comparable(one: &str, other: &str) -> bool {
    const ALIKE: [&[&str]; 2] =
        [&["text", "character varying"], &["smallint", "integer", "bigint"]];
    let plain = |text: &'_ str| text.split('(').next().unwrap_or_default().to_owned();
    let (one, other) = (plain(one), plain(other));
    ALIKE.iter().any(|list| list.contains(&one.as_str()) && list.contains(&other.as_str()))
}

fn standing(titles: &[String]) -> String {
    let verb = if titles.len() == 1 { "depends" } else { "depend" };
    format!(
        "{} {verb} on it, and the application must drop and make {} anew",
        titles.join(", "),
        if titles.len() == 1 { "that" } else { "those" }
    )
}

/// A comment in place of a statement that would fail, and of those that need it.
pub(super) fn blocked(what: &str, why: &str) -> String {
    format!("{BLOCKED} {what} here: {why}")
}

const BLOCKED: &str = "-- can't";

/// A column's type that has to stay; others do without where the same operators compare both.
pub(super) fn blocked_type((old, new): (&str, &str), why: &str) -> String {
    match are_comparable(old, new) {
        true => format!("-- its type stays {old} for now: {why}"),
        false => blocked("change its type", why),
    }
}

/// Holds back what needs something that has to stay as it is, and what needs that.
pub(super) fn hold_back(list: &mut [Difference]) {
    let is_stuck = |sql: &String| sql.starts_with(BLOCKED) || order::is_taken(sql);
    let mut stuck: Vec<bool> = list.iter().map(|one| one.sql.iter().any(is_stuck)).collect();
    let mut known = 0;
    while stuck.iter().filter(|is_stuck| **is_stuck).count() > known {
        known = stuck.iter().filter(|is_stuck| **is_stuck).count();
        hold_back_what_needs(list, &stuck);
        for (one, is_known) in list.iter().zip(&mut stuck) {
            *is_known |= !one.sql.is_empty() && one.sql.iter().all(is_stuck);
        }
    }
}

fn hold_back_what_needs(list: &mut [Difference], stuck: &[bool]) {
    let words = |one: &Difference| -> Vec<String> {
        match one.object.rsplit_once('.') {
            Some((table, part)) if one.kind == "column" => vec![name(table), name(part)],
            // Foreign keys need the key that they point at.
            Some((table, _)) if one.kind == "constraint" => vec!["REFERENCES".into(), name(table)],
            _ => vec![name(one.bare_name())],
        }
    };
    let stuck: Vec<(usize, Vec<String>, String)> = (list.iter().enumerate())
        .filter(|(at, one)| stuck[*at] && one.kind != "index")
        .map(|(at, one)| (at, words(one), one.title()))
        .collect();
    for (at, difference) in list.iter_mut().enumerate() {
        let needed = |sql: &str| {
            let needs = |words: &Vec<String>| words.iter().all(|word| mentions(sql, word));
            stuck.iter().find(|(by, words, _)| *by != at && needs(words)).map(|(_, _, title)| title)
        };
        let whole = difference.kind != "table"
            || difference.sql.first().is_some_and(|sql| needed(sql).is_some());
        let Some(title) = difference.sql.iter().find_map(|sql| needed(sql)) else { continue };
        let comment = blocked("fix it yet", &format!("the {title} comes first"));
        let mut steps = std::mem::take(&mut difference.steps);
        if whole {
            steps.truncate(1);
        }
        for (_, sql) in &mut steps {
            if whole || needed(sql).is_some() {
                sql.clone_from(&comment);
            }
        }
        difference.set_steps(steps);
    }
}

/// A comment on a change of a column's type that values may stand in the way of: how to find them.
/// There is none where each value has its like.
pub(super) fn misfits(
    ground: Ground<'_>,
    table: &Table,
    column: &str,
    (old, new): (&str, &str),
) -> Option<String> {
    const WIDER: [&str; 3] = ["smallint", "integer", "bigint"];
    let width = |one: &str| WIDER.iter().position(|name| *name == one);
    if new == "text" || width(old).is_some_and(|old| width(new).is_some_and(|new| new > old)) {
        return None;
    }
    let (table, column) = (name(&table.name), name(column));
    let enums = ground.expected.enums.iter().chain(&ground.found.enums);
    let labels = enums.filter(|one| one.name == new).flat_map(|one| &one.labels);
    let labels: BTreeSet<String> = labels.map(|label| text(label)).collect();
    let labels: Vec<String> = labels.into_iter().collect();
    let (helper, misfit) = match labels.is_empty() {
        false => (String::new(), format!("{column}::text NOT IN ({})", labels.join(", "))),
        // No version before 16 can be asked of a value whether it fits.
        true => (
            format!(
                "CREATE FUNCTION pg_temp.fits(anyelement) RETURNS boolean LANGUAGE plpgsql AS \
                 'BEGIN PERFORM $1::{new}; RETURN true; EXCEPTION WHEN OTHERS THEN RETURN false; END'; "
            ),
            format!("NOT pg_temp.fits({column})"),
        ),
    };
    Some(format!(
        "-- stopped by values that are no {new}; to find them: {helper}SELECT * FROM {table} WHERE {misfit};"
    ))
}

/// A comment on a column that is to be NOT NULL where rows have no value for it.
pub(super) fn unfilled(table: &Table, column: &str) -> String {
    let (table, column) = (shown(&table.name), shown(column));
    format!(
        "-- {table}.{column} stays without NOT NULL, for rows have no value there: fill it, \
         then run ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL"
    )
}

//! What is decided, and what only a person can decide, once the rows were counted.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::labels as known_labels;
use super::map::{Decided, MERGE, Map, OPEN};
use super::mapping::{Column, Mapping, Table, Value};
use super::model::{Kind, Otherwise};
use super::relation::Besides;
use super::stands::{Stand, standing};
use crate::domain::schema_diff::{self, Catalog};

/// A line that is to be filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undecided {
    /// `[labels.channel] VOICE = "?"`
    pub line: String,
    pub why: String,
}

/// Rows of theirs that are no rows of ours without more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Nothing where ours must have something.
    Missing,
    /// It names a row that isn't there.
    Orphan,
    /// Several rows where ours has one.
    Duplicate,
    /// Two ids that are the same, or one uuid.
    SameId,
    /// Too short to be found by its value, among others that aren't.
    ShortId,
    /// The null of SQL or of JSON: becomes {}.
    JsonNull,
    /// More than names, of which the names alone stay.
    NamesAlone,
    /// A user without a name: from the e-mail.
    NoName,
    /// An inbound message that was called sent or delivered: becomes RECEIVED.
    Received,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub rule: Rule,
    /// Of ours.
    pub column: String,
    pub rows: u64,
}

/// What was counted of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableCounts {
    pub rows: u64,
    pub findings: Vec<Finding>,
    /// By column of ours: each label that rows have, and how many.
    pub labels: BTreeMap<String, Vec<(String, u64)>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// By table of ours.
    pub tables: BTreeMap<String, TableCounts>,
    /// E-mails of users that another has but for case, in their order, with the one of the first of them.
    pub emails: Vec<(String, String)>,
    /// Channels whose credentials are kept aside.
    pub credentials: Vec<String>,
    /// Columns of numbers that are called as if they held ids, which aren't followed, with their rows.
    pub numbers: Vec<(String, u64)>,
    /// Time zones other than UTC that the database, a role or the server is set to, and where.
    pub zones: Vec<String>,
    pub slots: Vec<String>,
    pub subscriptions: Vec<String>,
    /// With the tables that they lose.
    pub publications: Vec<String>,
    /// How many the database has.
    pub large_objects: u64,
    /// What else hangs on tables that become ours, and isn't kept.
    pub left: Vec<String>,
}

impl Rule {
    /// For people, after a number of rows.
    pub fn describe(self) -> &'static str {
        match self {
            Rule::Missing => "without a value",
            Rule::Orphan => "naming a row that isn't there",
            Rule::Duplicate => "that share it with another row",
            Rule::SameId => "whose id another row has too",
            Rule::ShortId => {
                "under 16 characters, unlike others: without a key, only followed where a name says of what it is"
            }
            Rule::JsonNull => "null: {}",
            Rule::NamesAlone => "with more than names: the names alone are kept",
            Rule::NoName => "without a name: from the e-mail",
            Rule::Received => "inbound, and pending, sent or delivered: RECEIVED",
        }
    }
}

/// What times without a zone are in.
pub const ZONE: &str = "zone";
/// Decisions about rows that are left out, and about which of several stays.
pub const LEAVE_OUT: &str = "leave out";
pub const NEWEST: &str = "newest";
/// A label of theirs becomes one of our type too.
pub const ADD: &str = "add";

/// Every line of the map, in the order in which it is written.
pub fn decide(
    catalog: &Catalog,
    mapping: &Mapping,
    counts: &Counts,
    map: &Map,
    besides: &Besides,
) -> Vec<Decided> {
    let mut lines = Lines { map, list: Vec::new() };
    for table in &mapping.tables {
        let name = table.model.table;
        match mapping.ambiguous.iter().find(|(table, _)| *table == name) {
            Some((_, several)) => {
                lines.ask("tables", name, format!("one of {}, or nothing", several.join(", ")));
            }
            None => lines.told("tables", name, table.name().unwrap_or_default()),
        }
    }
    for table in mapping.tables.iter().filter(|table| table.theirs.is_some()) {
        let section = format!("columns.{}", table.model.table);
        for column in &table.columns {
            match &column.value {
                Value::Nothing if column.field.otherwise == Otherwise::Asked => {
                    lines.ask(&section, column.field.name, about(table, column));
                }
                Value::Nothing => {}
                value => lines.told(&section, column.field.name, &value.written()),
            }
        }
    }
    labels(catalog, mapping, counts, &mut lines);
    for table in &mapping.tables {
        if let Some(counted) = counts.tables.get(table.model.table) {
            rows(table, counted, &mut lines);
        }
    }
    times(mapping, counts, &mut lines);
    for users in counts.emails.chunk_by(|one, next| one.0 == next.0) {
        let (email, first) = &users[0];
        // By its text alone nobody can say which of them is meant.
        if users.len() > 1 || email == first {
            let why =
                String::from("several users have this very e-mail: give each its own there first");
            lines.ask("emails", email, why);
            continue;
        }
        let why = format!(
            "{first} is the same but for case: another e-mail for this user, or \"{MERGE}\" to have all of its rows lead to {first}"
        );
        lines.ask_unless_told("emails", email, why);
    }
    for Stand { object, why, .. } in standing(catalog, mapping, besides) {
        lines.ask_unless_told("objects", &object, why);
    }
    lines.list
}

/// Where a zone is set, a default and raw SQL wrote local time into columns without one.
fn times(mapping: &Mapping, counts: &Counts, lines: &mut Lines<'_>) {
    let is_without = |column: &Column| {
        column.field.kind == Kind::Time
            && column.sql_type.starts_with("timestamp")
            && !column.sql_type.ends_with("with time zone")
    };
    let columns = mapping.tables.iter().flat_map(|table| &table.columns);
    if columns.filter(|column| is_without(column)).count() == 0 {
        return;
    }
    if counts.zones.is_empty() {
        if let Some(zone) = lines.map.decision("times", ZONE).map(str::to_owned) {
            lines.told("times", ZONE, &zone);
        }
        return;
    }
    let why = format!(
        "times without a zone may be local, by {}: \"UTC\" if the application wrote UTC, as Prisma does, or the zone",
        counts.zones.join(" and ")
    );
    lines.ask_unless_told("times", ZONE, why);
}

struct Lines<'a> {
    map: &'a Map,
    list: Vec<Decided>,
}

impl Lines<'_> {
    fn push(&mut self, section: &str, key: &str, value: &str, why: Option<String>) {
        let (section, key, value) = (section.to_owned(), key.to_owned(), value.to_owned());
        self.list.push(Decided { section, key, value, why });
    }

    fn told(&mut self, section: &str, key: &str, value: &str) {
        self.push(section, key, value, None);
    }

    fn ask(&mut self, section: &str, key: &str, why: String) {
        self.push(section, key, OPEN, Some(why));
    }

    fn ask_unless_told(&mut self, section: &str, key: &str, why: String) {
        match self.map.decision(section, key).map(str::to_owned) {
            Some(value) => self.told(section, key, &value),
            None => self.ask(section, key, why),
        }
    }
}

fn about(table: &Table, column: &Column) -> String {
    let key = table.theirs.as_ref().map(schema_diff::Table::primary_key).unwrap_or_default();
    if column.field.kind == Kind::Id && key.len() > 1 {
        return format!("a row has no id; its key is \"{}\", which can be one", key.join(" + "));
    }
    let what = match column.field.kind {
        Kind::Reference(table) => {
            return format!(
                "which column holds the id of a row of {table}? Or an id for all of them: \"= ID\""
            );
        }
        Kind::Time => String::from("which column is this time"),
        _ => String::from("which column holds it"),
    };
    format!("{what}? Or a constant: \"= ...\"")
}

/// The labels of each type of ours, over all columns of it.
fn labels(catalog: &Catalog, mapping: &Mapping, counts: &Counts, lines: &mut Lines<'_>) {
    for known in &known_labels::LABELS {
        let section = format!("labels.{}", known.name);
        let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
        let mut typed: BTreeSet<&str> = BTreeSet::new();
        for table in &mapping.tables {
            let of_type = |column: &&Column| column.field.kind == Kind::Label(known.name);
            for column in table.columns.iter().filter(of_type) {
                let found = counts.tables.get(table.model.table);
                let found = found.and_then(|counted| counted.labels.get(column.field.name));
                for (label, rows) in found.into_iter().flatten() {
                    *seen.entry(label).or_default() += rows;
                }
                let name = column.sql_type.trim_matches('"');
                let theirs = catalog.enums.iter().filter(|one| one.name == name);
                typed.extend(theirs.flat_map(|one| one.labels.iter().map(String::as_str)));
            }
        }
        for (label, rows) in &seen {
            match (lines.map.decision(&section, label).map(str::to_owned), known.known(label)) {
                (Some(value), _) => lines.told(&section, label, &value),
                (None, Some(ours)) => lines.told(&section, label, ours),
                (None, None) => {
                    let ways = known.labels.join(", ");
                    let why =
                        format!("{rows} rows; one of {ways}, or \"{ADD}\" to have it here too");
                    lines.ask(&section, label, why);
                }
            }
        }
        // No row has them yet: they are known where they are, and nobody is asked.
        for label in typed.into_iter().filter(|label| !seen.contains_key(label)) {
            let told = lines.map.decision(&section, label).map(str::to_owned);
            if let Some(value) = told.or_else(|| known.known(label).map(str::to_owned)) {
                lines.told(&section, label, &value);
            }
        }
    }
}

/// What the rows of a table lack, or have twice.
fn rows(table: &Table, counted: &TableCounts, lines: &mut Lines<'_>) {
    let ours = table.model.table;
    let mut missing: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for finding in &counted.findings {
        let field = table.model.field(&finding.column);
        let is_asked = field.is_some_and(|field| field.otherwise == Otherwise::Asked);
        match finding.rule {
            Rule::Missing | Rule::Orphan if is_asked => {
                let text = format!("{} rows {}", finding.rows, finding.rule.describe());
                missing.entry(&finding.column).or_default().push(text);
            }
            Rule::SameId => {
                lines.ask_unless_told(
                    "duplicates",
                    &format!("{ours}.id"),
                    about_same_id(table, finding.rows),
                );
            }
            Rule::Duplicate if ours == "presence" => {
                let told = lines.map.decision("duplicates", ours).unwrap_or(NEWEST).to_owned();
                lines.told("duplicates", ours, &told);
            }
            Rule::Duplicate => {
                let why = format!(
                    "{} rows share their {} with another: \"{NEWEST}\" keeps the newest of each",
                    finding.rows, finding.column
                );
                lines.ask_unless_told("duplicates", ours, why);
            }
            _ => {}
        }
    }
    for (column, found) in missing {
        let kind = table.model.field(column).map(|field| field.kind);
        let ways = match kind {
            Some(Kind::Reference("users")) => "the e-mail of a user, or",
            Some(Kind::Reference(_)) => "only",
            _ => "a constant, or",
        };
        let why = format!("{}: {ways} \"{LEAVE_OUT}\"", found.join(" and "));
        lines.ask_unless_told("missing", &format!("{ours}.{column}"), why);
    }
}

fn about_same_id(table: &Table, rows: u64) -> String {
    let key = table.theirs.as_ref().map(schema_diff::Table::primary_key).unwrap_or_default();
    let other = match key.len() {
        0 | 1 => String::from("change them there first"),
        _ => format!(
            "say [columns.{}] id = \"{}\", which is the key",
            table.model.table,
            key.join(" + ")
        ),
    };
    format!(
        "{rows} rows have an id that another has too, if only in capitals: {other}, or \"{NEWEST}\" to keep the newest of each"
    )
}

/// The lines that are still to be filled in.
pub fn undecided(decided: &[Decided]) -> Vec<Undecided> {
    let open = decided.iter().filter(|one| one.value == OPEN);
    open.map(|one| Undecided {
        line: format!("[{}] {}", one.section, super::map::line(&one.key, OPEN)),
        why: one.why.clone().unwrap_or_default(),
    })
    .collect()
}

/// What the map decides about things that there aren't, or in words that mean nothing.
pub fn misfits(decided: &[Decided], map: &Map) -> Vec<String> {
    let value = |section: &str, key: &str| {
        decided.iter().any(|one| one.section == section && one.key == key)
    };
    let mut wrong = Vec::new();
    for (section, entries) in [
        ("emails", &map.emails),
        ("missing", &map.missing),
        ("duplicates", &map.duplicates),
        ("objects", &map.objects),
        ("times", &map.times),
    ] {
        for key in entries.keys().filter(|key| !value(section, key)) {
            wrong.push(format!("[{section}] {key}: nothing of that name is to be decided"));
        }
    }
    for (name, entries) in &map.labels {
        let Some(known) = known_labels::of_type(name) else {
            wrong.push(format!("[labels.{name}]: there is no such type"));
            continue;
        };
        for (label, ours) in entries {
            if ours != OPEN && ours != ADD && !known.labels.contains(&ours.as_str()) {
                wrong.push(format!(
                    "[labels.{name}] {label}: {ours} is no {name} of an inbox, which has {}",
                    known.labels.join(", ")
                ));
            }
        }
    }
    for (key, choices) in [("duplicates", &[NEWEST][..]), ("objects", &super::stands::CHOICES)] {
        let entries = if key == "duplicates" { &map.duplicates } else { &map.objects };
        for (name, chosen) in entries {
            if chosen != OPEN && !choices.contains(&chosen.as_str()) {
                wrong.push(format!("[{key}] {name}: {chosen} is none of {}", choices.join(", ")));
            }
        }
    }
    wrong
}

//! What of the application's own stands on tables that become ours, and so has to be decided on:
//! views and functions that name them, triggers and policies on them. Everything else of the
//! application comes along as it is.

use std::collections::BTreeSet;

use super::names::snake;
use super::recognise::Mapping;
use crate::domain::schema_diff::{
    Catalog, ConstraintKind, Definition, DefinitionKind, Table, identifier,
};

/// What may become of them.
pub const CHOICES: [&str; 3] = ["drop", "keep", "move"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// `view open_messages`, `trigger messages.touch`: as the map names it.
    pub object: String,
    pub kind: Kind,
    pub why: String,
    /// What makes it, where it can be made again.
    pub definition: String,
    /// Theirs that it is on.
    pub table: Option<String>,
    pub name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    View,
    MaterializedView,
    Routine,
    Trigger,
    Policy,
    /// On a column of the application's own table whose type changes; dropped by `definition`.
    OnColumn,
}

/// Views first, each after those that it reads.
pub fn standing(catalog: &Catalog, mapping: &Mapping) -> Vec<Stand> {
    let mut names = Changed::of(mapping);
    let mut list: Vec<Stand> = Vec::new();
    // A view that reads such a view reads the table too.
    loop {
        let next = catalog.definitions.iter().find_map(|definition| {
            let kind = match definition.kind {
                DefinitionKind::View => Kind::View,
                DefinitionKind::MaterializedView => Kind::MaterializedView,
                _ => return None,
            };
            let is_new = !list.iter().any(|stand| stand.name == definition.name);
            let named = names.table_in(body(definition)).filter(|_| is_new)?;
            let why = format!("it reads {named}: \"drop\" it, and make it anew in the inbox");
            Some((definition, kind, why))
        });
        let Some((definition, kind, why)) = next else { break };
        names.tables.push(&definition.name);
        list.push(made(definition, kind, why));
    }
    for definition in catalog.definitions.iter().filter(|one| one.kind.is_routine()) {
        let text = body(definition);
        let named = names.table_in(text).or_else(|| names.column_in(text));
        if let Some(named) = named {
            let why = format!(
                "it names {named}, which may be another afterwards: \"drop\" it, or \"keep\" it as it is"
            );
            list.push(made(definition, Kind::Routine, why));
        }
    }
    let taken = catalog.tables.iter().filter(|table| mapping.is_taken(catalog, &table.name));
    taken.for_each(|table| on_table(table, &mut list));
    let changed = changed(catalog, mapping);
    let own = catalog.tables.iter().filter(|table| !mapping.is_taken(catalog, &table.name));
    own.for_each(|table| {
        on_columns(table, &changed, &mut list);
        keys_to_nowhere(table, mapping, &mut list);
    });
    list
}

/// Columns of the application's tables that become uuids: by a key to a table of ours, or by one to
/// such a column.
fn changed<'a>(catalog: &'a Catalog, mapping: &Mapping) -> BTreeSet<(&'a str, &'a str)> {
    let mut changed: BTreeSet<(&str, &str)> = BTreeSet::new();
    loop {
        let before = changed.len();
        let own = catalog.tables.iter().filter(|table| !mapping.is_taken(catalog, &table.name));
        for (table, key) in own.flat_map(|own| own.constraints.iter().map(move |key| (own, key))) {
            let Some(to) = &key.references else { continue };
            for (here, there) in key.columns.iter().zip(&to.columns) {
                let (here, target) = ((table.name.as_str(), here.as_str()), mapping.of(&to.table));
                match target.map(|target| target.column_of(there) == Some("id")) {
                    Some(true) => _ = changed.insert(here),
                    None if changed.contains(&(to.table.as_str(), there.as_str())) => {
                        changed.insert(here);
                    }
                    None if changed.contains(&here) => _ = changed.insert((&to.table, there)),
                    _ => {}
                }
            }
        }
        if changed.len() == before {
            return changed;
        }
    }
}

/// Keys to what is no key here.
fn keys_to_nowhere(table: &Table, mapping: &Mapping, list: &mut Vec<Stand>) {
    for key in &table.constraints {
        let Some(to) = &key.references else { continue };
        let target = mapping.of(&to.table);
        if target.is_some_and(|target| target.key_of(&to.columns).is_none()) {
            let columns = to.columns.join(", ");
            let why =
                format!("it leads to {} ({columns}), which is no key here: \"drop\" it", to.table);
            list.push(on_own(table, "key", &key.name, why, drop("CONSTRAINT", table, &key.name)));
        }
    }
}

/// On the application's own table; dropped by `statement`.
fn on_own(table: &Table, word: &str, name: &str, why: String, statement: String) -> Stand {
    Stand {
        object: format!("{word} {}.{name}", table.name),
        kind: Kind::OnColumn,
        why,
        definition: statement,
        table: None,
        name: name.to_owned(),
    }
}

fn drop(what: &str, table: &Table, name: &str) -> String {
    format!("ALTER TABLE {} DROP {what} {}", identifier::name(&table.name), identifier::name(name))
}

/// What reads a column that becomes a uuid, and may not be able to.
fn on_columns(table: &Table, changed: &BTreeSet<(&str, &str)>, list: &mut Vec<Stand>) {
    let changed: BTreeSet<&str> = changed
        .iter()
        .filter(|(of, name)| {
            *of == table.name && table.column(name).is_some_and(|column| column.sql_type != "uuid")
        })
        .map(|(_, name)| *name)
        .collect();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let named =
        |text: &str| text.split(|c| !is_word(c)).find_map(|word| changed.get(word).copied());
    let relation = identifier::name(&table.name);
    let mut tell = |word: &str, name: &str, text: &str, statement: String, may_stay: bool| {
        let Some(column) = named(text) else { return };
        let hint = if may_stay {
            "\"drop\" it, or \"keep\" it if it fits a uuid"
        } else {
            "\"drop\" it, and make it again in the inbox"
        };
        let why = format!("{column} becomes a uuid: {hint}");
        list.push(on_own(table, word, name, why, statement));
    };
    for check in table.constraints.iter().filter(|one| one.kind == ConstraintKind::Check) {
        tell("check", &check.name, &check.definition, drop("CONSTRAINT", table, &check.name), true);
    }
    for column in &table.columns {
        if let Some(text) = &column.generated {
            tell(
                "generated column",
                &column.name,
                text,
                drop("COLUMN", table, &column.name),
                false,
            );
        }
    }
    for policy in &table.policies {
        let statement = format!("DROP POLICY {} ON {relation}", identifier::name(&policy.name));
        tell("policy", &policy.name, &policy.definition, statement, false);
    }
    for index in table.indexes.iter().filter(|index| !index.is_plain) {
        let statement = format!("DROP INDEX {}", identifier::name(&index.name));
        tell("index", &index.name, &index.definition, statement, true);
    }
    // What a rule does isn't known here.
    for rule in table.rules.iter().filter(|_| !changed.is_empty()) {
        let text = changed.first().copied().unwrap_or_default();
        let statement = format!("DROP RULE {} ON {relation}", identifier::name(rule));
        tell("rule", rule, text, statement, false);
    }
    for trigger in &table.triggers {
        // Only its head: what it runs is a function of its own.
        let head = trigger.definition.split(" EXECUTE ").next().unwrap_or_default();
        let statement = format!("DROP TRIGGER {} ON {relation}", identifier::name(&trigger.name));
        tell("trigger", &trigger.name, head, statement, false);
    }
}

/// Without its own name.
fn body(definition: &Definition) -> &str {
    let text = definition.definition.as_str();
    text.split_once(" AS").map_or(text, |(_, body)| body)
}

fn made(definition: &Definition, kind: Kind, why: String) -> Stand {
    let word = match kind {
        Kind::View => "view",
        Kind::MaterializedView => "materialized view",
        _ => "function",
    };
    Stand {
        object: format!("{word} {}", definition.name),
        kind,
        why,
        definition: definition.definition.clone(),
        table: None,
        name: definition.name.clone(),
    }
}

fn on_table(table: &Table, list: &mut Vec<Stand>) {
    let one = |name: &str, kind, word: &str, why: &str, definition: &str| Stand {
        object: format!("{word} {}.{name}", table.name),
        kind,
        why: why.to_owned(),
        definition: definition.to_owned(),
        table: Some(table.name.clone()),
        name: name.to_owned(),
    };
    let hint =
        "\"drop\" it, or \"move\" it to the table here, where it finds other columns and types";
    list.extend(
        table
            .triggers
            .iter()
            .map(|trigger| one(&trigger.name, Kind::Trigger, "trigger", hint, &trigger.definition)),
    );
    let why = "\"drop\" it: what it compares has other names and types here";
    list.extend(
        table
            .policies
            .iter()
            .map(|policy| one(&policy.name, Kind::Policy, "policy", why, &policy.definition)),
    );
}

/// Names that mean something else afterwards.
struct Changed<'a> {
    tables: Vec<&'a str>,
    columns: Vec<String>,
}

impl<'a> Changed<'a> {
    fn of(mapping: &'a Mapping) -> Changed<'a> {
        let theirs = mapping.tables.iter().filter_map(|table| table.theirs.as_ref());
        let columns = theirs.clone().flat_map(|table| table.columns.iter());
        // What is spelled as ours are may be anybody's.
        let columns = columns.filter(|column| snake(&column.name) != column.name);
        Changed {
            tables: theirs.map(|table| table.name.as_str()).collect(),
            columns: columns.map(|column| format!("\"{}\"", column.name)).collect(),
        }
    }

    fn table_in(&self, text: &str) -> Option<String> {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let words: BTreeSet<&str> = text.split(|c| !is_word(c)).collect();
        let found = self.tables.iter().find(|table| words.contains(*table));
        found.map(|name| identifier::shown(name))
    }

    fn column_in(&self, text: &str) -> Option<String> {
        let found = self.columns.iter().find(|name| text.contains(*name));
        found.map(|name| format!("the column {name}"))
    }
}

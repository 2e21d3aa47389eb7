//! What of the application's own stands on tables that become ours, and so has to be decided on:
//! views and functions that name them, triggers and policies on them. Everything else of the
//! application comes along as it is.

use std::collections::BTreeSet;

use super::mapping::Mapping;
use super::names::snake;
use super::relation::{self, Besides, Relation};
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
    /// On a column of the application's own table whose type changes, or in another schema; dropped
    /// by `definition`.
    ByStatement,
}

/// Views first, each after those that it reads.
pub fn standing(catalog: &Catalog, mapping: &Mapping, besides: &Besides) -> Vec<Stand> {
    let mut names = Changed::of(mapping);
    let mut list: Vec<Stand> = Vec::new();
    let changed = relation::changed(&besides.relations, mapping);
    on_changed(catalog, besides, &changed, &mut names, &mut list);
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
    let own = catalog.tables.iter().filter(|table| !mapping.is_taken(catalog, &table.name));
    own.for_each(|table| on_columns("", table, &changed, &mut list));
    elsewhere(besides, &names, &changed, &mut list);
    for relation in besides.relations.iter().filter(|relation| relation.is_own(mapping)) {
        keys_to_nowhere(relation, mapping, &mut list);
    }
    list
}

/// Views that read a column which becomes a uuid: one that keeps its rows, and one that can't be
/// made again.
fn on_changed<'a>(
    catalog: &'a Catalog,
    besides: &'a Besides,
    changed: &relation::Changed,
    names: &mut Changed<'a>,
    list: &mut Vec<Stand>,
) {
    for (view, reason) in &besides.failing_views {
        let found = catalog.definitions.iter().find(|one| one.name == *view);
        // What reads a table that becomes ours is told below.
        let Some(definition) = found.filter(|one| names.table_in(body(one)).is_none()) else {
            continue;
        };
        let why = format!(
            "it can't read what becomes a uuid ({reason}): \"drop\" it, and make it anew in the inbox"
        );
        names.tables.push(&definition.name);
        list.push(made(definition, Kind::View, why));
    }
    let kept = |one: &&Definition| one.kind == DefinitionKind::MaterializedView;
    for definition in catalog.definitions.iter().filter(kept) {
        let words = words_of(body(definition));
        let read = changed.iter().find(|(schema, table, column)| {
            schema.is_empty() && words.contains(table.as_str()) && words.contains(column.as_str())
        });
        let read = read.filter(|_| names.table_in(body(definition)).is_none());
        if let Some((_, table, column)) = read {
            let why = format!(
                "it keeps {table}.{column}, which becomes a uuid: \"drop\" it, and make it anew in the inbox"
            );
            names.tables.push(&definition.name);
            list.push(made(definition, Kind::MaterializedView, why));
        }
    }
}

/// What in other schemas reads a table that becomes ours, or a column that becomes a uuid.
fn elsewhere(
    besides: &Besides,
    names: &Changed<'_>,
    changed: &relation::Changed,
    list: &mut Vec<Stand>,
) {
    for (schema, catalog) in &besides.schemas {
        let mut views: Vec<&str> = Vec::new();
        loop {
            let next =
                catalog.definitions.iter().filter(|one| one.kind.is_view()).find_map(|view| {
                    let words = words_of(body(view));
                    let other = views.iter().find(|name| words.contains(**name));
                    let named =
                        names.table_in(body(view)).or_else(|| other.map(|name| (*name).to_owned()));
                    Some((view, named.filter(|_| !views.contains(&view.name.as_str()))?))
                });
            let Some((view, named)) = next else { break };
            views.push(&view.name);
            let why = format!("it reads {named}: \"drop\" it, and make it anew in the inbox");
            let written = identifier::name(&view.name);
            list.push(of_schema(schema, view, &written, why));
        }
        for routine in catalog.definitions.iter().filter(|one| one.kind.is_routine()) {
            let text = body(routine);
            if let Some(named) = names.table_in(text).or_else(|| names.column_in(text)) {
                let why = format!(
                    "it names {named}, which may be another afterwards: \"drop\" it, or \"keep\" it as it is"
                );
                list.push(of_schema(schema, routine, &routine.name, why));
            }
        }
        catalog.tables.iter().for_each(|table| on_columns(schema, table, changed, list));
    }
}

fn of_schema(schema: &str, definition: &Definition, written: &str, why: String) -> Stand {
    let (sql, word) = match definition.kind {
        DefinitionKind::View => ("VIEW", "view"),
        DefinitionKind::MaterializedView => ("MATERIALIZED VIEW", "materialized view"),
        _ => ("ROUTINE", "function"),
    };
    Stand {
        object: format!("{word} {schema}.{}", definition.name),
        kind: Kind::ByStatement,
        why,
        definition: format!("DROP {sql} {}.{written}", identifier::name(schema)),
        table: None,
        name: definition.name.clone(),
    }
}

/// Keys to what is no key here.
fn keys_to_nowhere(relation: &Relation, mapping: &Mapping, list: &mut Vec<Stand>) {
    for key in relation.keys.iter().filter(|key| key.schema.is_empty()) {
        let target = mapping.of(&key.table);
        if target.is_some_and(|target| target.key_of(&key.there).is_none()) {
            let columns = key.there.join(", ");
            let why =
                format!("it leads to {} ({columns}), which is no key here: \"drop\" it", key.table);
            let statement = drop("CONSTRAINT", &relation.written, &key.name);
            list.push(on_own(&relation.shown(), "key", &key.name, why, statement));
        }
    }
}

/// On the application's own table; dropped by `statement`.
fn on_own(table: &str, word: &str, name: &str, why: String, statement: String) -> Stand {
    Stand {
        object: format!("{word} {table}.{name}"),
        kind: Kind::ByStatement,
        why,
        definition: statement,
        table: None,
        name: name.to_owned(),
    }
}

fn drop(what: &str, relation: &str, name: &str) -> String {
    format!("ALTER TABLE {relation} DROP {what} {}", identifier::name(name))
}

/// What reads a column that becomes a uuid, and may not be able to.
fn on_columns(schema: &str, table: &Table, changed: &relation::Changed, list: &mut Vec<Stand>) {
    let is_retyped =
        |name: &str| table.column(name).is_some_and(|column| column.sql_type != "uuid");
    let changed: BTreeSet<&str> = changed
        .iter()
        .filter(|(place, of, name)| place == schema && *of == table.name && is_retyped(name))
        .map(|(.., name)| name.as_str())
        .collect();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let named =
        |text: &str| text.split(|c| !is_word(c)).find_map(|word| changed.get(word).copied());
    let place = match schema.is_empty() {
        true => String::new(),
        false => format!("{}.", identifier::name(schema)),
    };
    let (relation, shown) =
        (format!("{place}{}", identifier::name(&table.name)), relation::shown(schema, &table.name));
    let mut tell = |word: &str, name: &str, text: &str, statement: String, may_stay: bool| {
        let Some(column) = named(text) else { return };
        let hint = if may_stay {
            "\"drop\" it, or \"keep\" it if it fits a uuid"
        } else {
            "\"drop\" it, and make it again in the inbox"
        };
        let why = format!("{column} becomes a uuid: {hint}");
        list.push(on_own(&shown, word, name, why, statement));
    };
    for check in table.constraints.iter().filter(|one| one.kind == ConstraintKind::Check) {
        tell(
            "check",
            &check.name,
            &check.definition,
            drop("CONSTRAINT", &relation, &check.name),
            true,
        );
    }
    for column in &table.columns {
        if let Some(text) = &column.generated {
            tell(
                "generated column",
                &column.name,
                text,
                drop("COLUMN", &relation, &column.name),
                false,
            );
        }
    }
    for policy in &table.policies {
        let statement = format!("DROP POLICY {} ON {relation}", identifier::name(&policy.name));
        tell("policy", &policy.name, &policy.definition, statement, false);
    }
    for index in table.indexes.iter().filter(|index| !index.is_plain) {
        let statement = format!("DROP INDEX {place}{}", identifier::name(&index.name));
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
        let words = words_of(text);
        let found = self.tables.iter().find(|table| words.contains(*table));
        found.map(|name| identifier::shown(name))
    }

    fn column_in(&self, text: &str) -> Option<String> {
        let found = self.columns.iter().find(|name| text.contains(*name));
        found.map(|name| format!("the column {name}"))
    }
}

fn words_of(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect()
}

//! Whether ours has room beside what the application goes on to have, and what that is.

use super::mapping::{Mapping, Table, Value};
use super::model::Kind;
use crate::domain::origin::{Object, Seen, is_name_of, shown};
use crate::domain::schema_diff::{Catalog, Constraint, ConstraintKind, Index, path_shown};

/// Names that ours needs and that the application keeps.
pub fn taken(seen: &Seen, catalog: &Catalog, mapping: &Mapping, ours: &Catalog) -> Vec<String> {
    let own = |object: &&Object| is_name_of(ours, &object.name) && !goes(catalog, mapping, object);
    let title = |object: &Object| format!("{} {}", object.kind, path_shown(&object.name));
    seen.objects.iter().filter(own).map(title).collect()
}

/// Whether it is a table that becomes ours, or goes with one.
fn goes(catalog: &Catalog, mapping: &Mapping, object: &Object) -> bool {
    let name = object.name.as_str();
    if object.kind == "table" {
        return mapping.is_taken(catalog, name);
    }
    let mut taken = catalog.tables.iter().filter(|table| mapping.is_taken(catalog, &table.name));
    match object.kind.as_str() {
        "index" => taken.any(|table| {
            table.indexes.iter().any(|index| index.name == name)
                || table.constraints.iter().any(|key| key.name == name)
        }),
        // Only while nobody else uses it.
        "type" => is_enum(catalog, name) && users_of_type(catalog, mapping, name).is_empty(),
        "sequence" => taken.any(|table| {
            table.columns.iter().any(|column| {
                column.identity.is_some()
                    || column.default.as_ref().is_some_and(|default| default.contains(name))
            })
        }),
        _ => false,
    }
}

fn is_enum(catalog: &Catalog, name: &str) -> bool {
    catalog.enums.iter().any(|one| one.name == name)
}

/// Tables of the application with a column of that type.
pub fn users_of_type<'a>(catalog: &'a Catalog, mapping: &Mapping, name: &str) -> Vec<&'a str> {
    let kept = catalog.tables.iter().filter(|table| !mapping.is_taken(catalog, &table.name));
    let users = kept.filter(|table| {
        table
            .columns
            .iter()
            .any(|column| column.sql_type.trim_end_matches("[]").trim_matches('"') == name)
    });
    users.map(|table| table.name.as_str()).collect()
}

/// Types of theirs whose names ours needs.
pub fn types_in_the_way(catalog: &Catalog, ours: &Catalog) -> Vec<String> {
    let in_the_way = catalog.enums.iter().filter(|one| is_name_of(ours, &one.name));
    in_the_way.map(|one| one.name.clone()).collect()
}

/// Types of theirs whose labels are those of a type of ours now, which takes their place.
pub fn replaced_types<'a>(catalog: &'a Catalog, mapping: &Mapping) -> Vec<&'a str> {
    let columns = mapping.tables.iter().flat_map(|table| &table.columns);
    let labels: Vec<&str> = columns
        .filter(|column| {
            column.value != Value::Nothing && matches!(column.field.kind, Kind::Label(_))
        })
        .map(|column| column.sql_type.trim_matches('"'))
        .collect();
    let names = catalog.enums.iter().map(|one| one.name.as_str());
    names.filter(|name| labels.contains(name)).collect()
}

/// Types of theirs that go, for ours need their names, and that nothing takes the place of.
pub fn lost_types(catalog: &Catalog, ours: &Catalog, mapping: &Mapping) -> Vec<String> {
    let replaced = replaced_types(catalog, mapping);
    let mut lost = types_in_the_way(catalog, ours);
    lost.retain(|name| !replaced.contains(&name.as_str()));
    lost.iter().map(|name| format!("type {}", shown(name))).collect()
}

/// What stays the application's own, in the inbox's schema.
pub fn application(
    seen: &Seen,
    catalog: &Catalog,
    mapping: &Mapping,
    ours: &Catalog,
) -> Vec<String> {
    let replaced = replaced_types(catalog, mapping);
    let in_the_way = types_in_the_way(catalog, ours);
    const KINDS: [&str; 5] = ["table", "view", "materialized view", "function", "type"];
    let goes = |object: &&Object| match object.kind.as_str() {
        "table" => mapping.is_taken(catalog, &object.name),
        "type" => {
            let is_replaced = replaced.contains(&object.name.as_str());
            let has_users = !users_of_type(catalog, mapping, &object.name).is_empty();
            in_the_way.contains(&object.name) || is_replaced && !has_users
        }
        _ => false,
    };
    let is_told = |object: &&Object| KINDS.contains(&object.kind.as_str()) && !object.is_extension;
    let own = seen.objects.iter().filter(|object| is_told(object) && !goes(object));
    own.map(|object| format!("{} {}", object.kind, shown_path(&object.name))).collect()
}

/// What of theirs has no place here: told, so that nobody misses it later.
pub fn left_behind(catalog: &Catalog, mapping: &Mapping) -> Vec<String> {
    let mut list = Vec::new();
    for table in &mapping.tables {
        let Some(theirs) = &table.theirs else { continue };
        let mut tell = |kind: &str, part: &str| {
            list.push(format!("{kind} {}.{}", shown(&theirs.name), shown(part)));
        };
        for column in theirs.columns.iter().filter(|column| column.generated.is_some()) {
            tell("generated column", &column.name);
        }
        for column in theirs.columns.iter().filter(|one| one.identity.as_deref() == Some("ALWAYS"))
        {
            tell("\"generated always\" of", &column.name);
        }
        for key in theirs.constraints.iter().filter(|one| one.kind == ConstraintKind::Unique) {
            let words = ["DEFERRABLE", "NULLS NOT DISTINCT"].into_iter();
            let lost = words.filter(|word| key.definition.contains(word));
            lost.for_each(|word| tell(&format!("\"{}\" of", word.to_lowercase()), &key.name));
        }
        for key in &theirs.constraints {
            match key.kind {
                ConstraintKind::Check => tell("check", &key.name),
                ConstraintKind::Exclusion => tell("exclusion", &key.name),
                ConstraintKind::Unique if !is_carried(table, &key.columns) => {
                    tell("unique key", &key.name);
                }
                _ => {}
            }
        }
        let plain = |index: &Index| index.is_plain && index.method == "btree";
        for index in theirs.indexes.iter().filter(|index| !plain(index)) {
            tell("index", &index.name);
        }
        for index in theirs.indexes.iter().filter(|index| plain(index) && index.unique) {
            if !is_carried(table, &index.columns) {
                tell("unique index", &index.name);
            }
        }
        theirs.rules.iter().for_each(|rule| tell("rule", rule));
        let is_log = table.model.table == "audit_logs";
        let is_own = |name: &String| table.has_own(name) && !is_log;
        let leads = |key: &&Constraint| {
            key.columns.len() > 1 || is_log && key.columns.iter().any(|name| table.has_own(name))
        };
        let keys = theirs.constraints.iter().filter(|key| key.references.is_some());
        for key in keys.filter(leads).filter(|key| !key.columns.iter().all(is_own)) {
            tell("foreign key", &key.name);
        }
        for column in theirs.columns.iter().filter(|one| one.comment.is_some()) {
            if table.column_of(&column.name).is_none() || is_log && table.has_own(&column.name) {
                tell("comment", &column.name);
            }
        }
        for column in theirs.columns.iter().filter(|one| one.collation.is_some()) {
            // One that comes along keeps it.
            if !table.has_own(&column.name) || is_log {
                tell("collation of", &column.name);
            }
        }
        let name = shown(&theirs.name);
        if theirs.row_security {
            list.push(format!("row-level security of {name}"));
        }
    }
    let partitions = catalog
        .tables
        .iter()
        .filter(|table| table.partition_of.is_some() && mapping.is_taken(catalog, &table.name));
    list.extend(partitions.map(|table| format!("partition {}", shown(&table.name))));
    list
}

/// Whether each of those columns is one here, in a table that may have such a key.
fn is_carried(table: &Table, columns: &[String]) -> bool {
    table.model.table != "audit_logs" && columns.iter().all(|name| table.column_of(name).is_some())
}

fn shown_path(name: &str) -> String {
    match name.contains('(') {
        true => path_shown(name),
        false => shown(name),
    }
}

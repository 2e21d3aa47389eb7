//! What code must know that goes by the file.

use super::matching::{Matched, Matching};
use super::parts::{Document, Field, Kind};
use super::{INTERNAL, SEALED, models};
use crate::domain::adopt::{Mapping, Value};
use crate::domain::schema_diff::Catalog;

/// What the file has and the database lacks.
pub(super) fn lacking(
    document: &Document,
    matching: &Matching<'_>,
    mapping: &Mapping,
    notes: &mut Vec<String>,
) {
    for block in document.blocks().filter(|block| block.kind == Kind::Model) {
        let Some(model) = matching.model(&block.name) else {
            let table = block.mapped();
            notes.push(format!("{} is left out: there is no table {table} here", block.name));
            continue;
        };
        let is_scalar =
            |field: &&Field| document.block(&field.kind).is_none_or(|one| one.kind == Kind::Enum);
        let fields = block.fields().filter(is_scalar);
        for field in fields.filter(|field| !model.columns.contains_key(field.name.as_str())) {
            let instead = instead(model, field, mapping);
            notes.push(format!("{}.{} is left out: {instead}", block.name, field.name));
        }
    }
    let kinds = document.blocks().filter(|block| block.kind == Kind::Enum);
    let unused =
        kinds.filter(|block| matching.enums.get(block.name.as_str()).is_none_or(Vec::is_empty));
    for block in unused {
        notes.push(format!("{} stays as it is, and no column is of it", block.name));
    }
    for block in document.blocks().filter(|block| block.kind == Kind::View) {
        let mut definitions = matching.catalog.definitions.iter();
        if !definitions.any(|one| one.kind.is_view() && one.name == block.mapped()) {
            let view = block.mapped();
            notes.push(format!("{} stays as it is, and there is no view {view} here", block.name));
        }
    }
}

/// What an inbox has besides, and the application had not.
pub(super) fn besides(ours: &Catalog, matching: &Matching<'_>, shown: &Catalog) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for table in ours.tables.iter().filter(|table| table.partition_of.is_none()) {
        if INTERNAL.contains(&table.name.as_str()) || matching.catalog.table(&table.name).is_none()
        {
            continue;
        }
        let Some(known) = shown.table(&table.name) else {
            names.push(table.name.clone());
            continue;
        };
        let columns = table.columns.iter().map(|column| column.name.as_str());
        let columns = columns
            .filter(|name| known.column(name).is_none() && (table.name.as_str(), *name) != SEALED);
        names.extend(columns.map(|column| format!("{}.{column}", table.name)));
    }
    (!names.is_empty())
        .then(|| format!("without --app-only it would have besides: {}", names.join(", ")))
}

/// What became of a column that isn't here.
fn instead(model: &Matched<'_>, field: &Field, mapping: &Mapping) -> String {
    let theirs = field.mapped();
    let table = mapping.of(&model.before.name);
    let made = table.and_then(|table| {
        table.columns.iter().find(|column| match &column.value {
            Value::Flag { column: used, .. } => *used == theirs,
            Value::Joined(used) => used.contains(&theirs),
            _ => false,
        })
    });
    match (made, model.here.name.as_str()) {
        (Some(column), table) => format!("{table}.{} says it", column.field.name),
        (None, "audit_logs") => {
            let sql_type = model.before.column(&theirs).map_or("text", |one| &one.sql_type);
            format!(
                "what was adopted of it is in the details; `ALTER TABLE audit_logs ADD COLUMN \
                 \"{theirs}\" {sql_type}` makes a place for it"
            )
        }
        (None, table) => format!("{table} has no such column"),
    }
}

/// What holds for many fields at once.
pub(super) fn general(document: &Document, matching: &Matching<'_>, notes: &mut Vec<String>) {
    let is_other = matching.models.iter().filter(|model| model.is_ours).any(|model| {
        let before = model.before.column("id").map(|column| column.sql_type.as_str());
        before.is_some_and(|before| before != "uuid")
    });
    if is_other {
        notes.push(String::from(
            "ids are uuids that the database makes: another id is refused, and adopted_id('...') \
             makes the one here of an old one",
        ));
    }
    if document.has_emulated_keys {
        return;
    }
    for (model, others) in models::kept_by(&matching.models) {
        notes.push(format!("a {model} can't be deleted while it has any {}", others.join(", ")));
    }
}

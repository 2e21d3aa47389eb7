//! The lines of a model of the file.

use std::collections::BTreeMap;

use super::fields::{Reader, foreign_key, unique_name};
use super::matching::Matched;
use super::parts::{Attribute, Field, Item, names};
use crate::domain::schema_diff::Index;
use crate::domain::schema_text::prisma::text;
use crate::domain::schema_text::words::aligned;

/// The model as it is written. `added`: further fields, in cells.
pub(super) fn block(
    reader: &Reader<'_>,
    model: &Matched<'_>,
    added: Vec<Vec<String>>,
    notes: &mut Vec<String>,
) -> String {
    // A line of the file as it is, or the next row of cells.
    let mut lines: Vec<Option<String>> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut last = 0;
    let mut map_comment = String::new();
    for item in &model.block.items {
        match item {
            Item::Text(text) => lines.push(Some(text.clone())),
            Item::Attribute(attribute, comment) if attribute.name != "map" => {
                let kept = attribute_of(model, attribute, notes);
                let written = kept.map(|one| format!("@@{} {comment}", one.written()));
                lines.extend(written.map(|line| Some(line.trim_end().to_owned())));
            }
            Item::Attribute(_, comment) => map_comment.clone_from(comment),
            Item::Field(field) => match reader.field(model, field, notes) {
                Some(field) => {
                    rows.push(field.cells());
                    lines.push(None);
                    last = lines.len();
                }
                // What is said of it goes with it.
                None => while lines.pop_if(|line| is_documentation(line.as_deref())).is_some() {},
            },
        }
    }
    for cells in added {
        rows.push(cells);
        lines.insert(last, None);
        last += 1;
    }
    while lines.last().is_some_and(|line| line.as_deref() == Some("")) {
        lines.pop();
    }
    let rows = aligned(&rows, "");
    let mut rows = rows.lines();
    let mut written = format!("{} {} {{\n", model.block.kind.word(), model.block.name);
    for line in &lines {
        let line = line.as_deref().or_else(|| rows.next()).unwrap_or_default();
        written.push_str(format!("  {line}").trim_end());
        written.push('\n');
    }
    if model.here.name != model.block.name {
        let gap = if lines.iter().flatten().any(|line| line.starts_with("@@")) { "" } else { "\n" };
        let line = format!("{gap}  @@map({}) {map_comment}", text(&model.here.name));
        written.push_str(line.trim_end());
        written.push('\n');
    }
    written.push('}');
    written
}

/// A comment that is about the line after it.
fn is_documentation(line: Option<&str>) -> bool {
    line.is_some_and(|line| line.starts_with("///"))
}

/// Keys and indexes of an inbox are as the migrations make them; the application's stay.
fn attribute_of(
    model: &Matched<'_>,
    attribute: &Attribute,
    notes: &mut Vec<String>,
) -> Option<Attribute> {
    if !["id", "unique", "index"].contains(&attribute.name.as_str()) {
        return Some(attribute.clone());
    }
    let fields = names(attribute.first("fields").unwrap_or_default());
    let columns: Option<Vec<String>> = fields
        .iter()
        .map(|name| model.columns.get(name.as_str()).map(|column| column.name.clone()))
        .collect();
    let title = format!("{}: @@{}([{}])", model.block.name, attribute.name, fields.join(", "));
    let Some(columns) = columns else {
        notes.push(format!("{title} is left out with its field"));
        return None;
    };
    let mut attribute = attribute.clone();
    if !model.is_ours || attribute.name == "id" {
        return Some(attribute);
    }
    if attribute.name == "unique" {
        let name = unique_name(model.here, &columns);
        if name.is_none() && model.here.primary_key() != columns {
            notes.push(format!("{title}: several rows may have the same values here"));
        }
        if attribute.get("map").is_some() {
            attribute.set("map", name.map(text));
        }
        return Some(attribute);
    }
    let plain = || model.here.indexes.iter().filter(|index| index.is_plain && !index.unique);
    let found = plain()
        .find(|index| index.columns == columns)
        .or_else(|| plain().find(|index| index.columns.starts_with(&columns)));
    let Some(index) = found.filter(|index| is_named(model, index)) else {
        notes.push(format!("{title} is left out: there is no such index here"));
        return None;
    };
    if index.columns != columns {
        let list = index.columns.iter().map(|column| field_of(model, column));
        let list = list.collect::<Vec<_>>().join(", ");
        attribute.arguments.retain(|argument| argument.name.is_some());
        attribute.set("fields", None);
        let whole = Attribute::of("index", &format!("[{list}]"));
        attribute.arguments.splice(0..0, whole.arguments);
    }
    attribute.set("type", kind(&index.method).map(str::to_owned));
    attribute.set("map", Some(text(&index.name)));
    Some(attribute)
}

/// Whether the model has a field for each of its columns.
fn is_named(model: &Matched<'_>, index: &Index) -> bool {
    index.columns.iter().all(|column| !field_of(model, column).is_empty())
}

fn field_of<'a>(model: &Matched<'a>, column: &str) -> &'a str {
    let mut columns = model.columns.iter();
    columns.find(|(_, found)| found.name == column).map_or("", |(field, _)| field)
}

/// Prisma's word for the kind of an index; none for the usual one.
fn kind(method: &str) -> Option<&'static str> {
    match method {
        "hash" => Some("Hash"),
        "gin" => Some("Gin"),
        "gist" => Some("Gist"),
        "spgist" => Some("SpGist"),
        "brin" => Some("Brin"),
        _ => None,
    }
}

/// What can't be deleted any more while others lead to it: by the model, those others.
pub(super) fn kept_by<'a>(models: &'a [Matched<'a>]) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut kept: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for model in models {
        for field in model.block.fields() {
            let Some((_, (on_delete, _))) = foreign_key(model, field) else { continue };
            if was_let_go(field) && ['a', 'r'].contains(&on_delete) {
                kept.entry(&field.kind).or_default().push(&model.block.name);
            }
        }
    }
    kept
}

/// Whether rows went along, or were cut loose, when what they lead to was deleted.
fn was_let_go(field: &Field) -> bool {
    let action = field.attribute("relation").and_then(|relation| relation.get("onDelete"));
    match action {
        Some(action) => !["Restrict", "NoAction"].contains(&action),
        None => field.suffix == "?",
    }
}

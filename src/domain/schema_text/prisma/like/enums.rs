//! Enums: the values that the application has, on the labels of the database.

use std::collections::BTreeSet;

use super::parts::{Block, Field, Item};
use crate::domain::adopt::decide::ADD;
use crate::domain::adopt::{Map, labels};
use crate::domain::schema_diff::{Catalog, Enum};
use crate::domain::schema_text::prisma::names::Names;
use crate::domain::schema_text::prisma::text;

/// The label that each value of the application is in the type of that name. No label is two.
pub(super) fn values<'a>(
    block: &'a Block,
    catalog: &'a Catalog,
    name: &str,
    map: &Map,
) -> Vec<(&'a Field, Option<&'a str>)> {
    let made = catalog.enums.iter().find(|made| made.name == name);
    let labels = made.map_or(&[][..], |made| made.labels.as_slice());
    let label = |wanted: &str| labels.iter().find(|label| *label == wanted).map(String::as_str);
    let known = |theirs: &str| match map.decision(&format!("labels.{name}"), theirs) {
        Some(ADD) => label(theirs),
        Some(ours) => label(ours),
        None => labels::of_type(name).and_then(|labels| labels.known(theirs)).and_then(label),
    };
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut found: Vec<(&Field, Option<&str>)> = Vec::new();
    // A label of the same name before one that only means the same.
    for field in block.fields() {
        let same = label(&field.mapped()).filter(|label| taken.insert(label));
        found.push((field, same));
    }
    for (field, place) in &mut found {
        if place.is_none() {
            *place = known(&field.mapped()).filter(|label| taken.insert(label));
        }
    }
    found
}

/// The lines of an enum of the file, which is `made` here.
pub(super) fn block(
    block: &Block,
    catalog: &Catalog,
    names: &Names<'_>,
    made: &Enum,
    map: &Map,
    notes: &mut Vec<String>,
) -> String {
    let found = values(block, catalog, &made.name, map);
    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut last = 0;
    for item in &block.items {
        match item {
            Item::Text(text) => lines.push(vec![text.clone()]),
            Item::Attribute(attribute, comment) if attribute.name != "map" => {
                lines.push(vec![format!("@@{} {comment}", attribute.written())]);
            }
            Item::Attribute(..) => {}
            Item::Field(field) => {
                let place = found.iter().find(|(one, _)| one.name == field.name);
                match place.and_then(|(_, label)| *label) {
                    Some(label) => lines.push(value(block, field, label, notes)),
                    None => notes.push(left_out(block, field, made, map)),
                }
                last = lines.len();
            }
        }
    }
    let own: BTreeSet<&str> = found.iter().filter_map(|(_, label)| *label).collect();
    let pairs = made.labels.iter().zip(names.values(&made.name));
    let added: Vec<_> = pairs.filter(|(label, _)| !own.contains(label.as_str())).collect();
    for (at, (label, name)) in added.iter().enumerate() {
        let mut cells = vec![(*name).clone()];
        cells.extend((name != label).then(|| format!("@map({})", text(label))));
        lines.insert(last + at, cells);
        notes.push(what_is_added(block, label, name, made));
    }
    while lines.last().is_some_and(|line| line == &[String::new()]) {
        lines.pop();
    }
    let mut written = format!("enum {} {{\n", block.name);
    for line in &lines {
        written.push_str(format!("  {}", line.join(" ").trim()).trim_end());
        written.push('\n');
    }
    if made.name != block.name {
        written.push_str(&format!("\n  @@map({})\n", text(&made.name)));
    }
    written.push('}');
    written
}

fn value(block: &Block, field: &Field, label: &str, notes: &mut Vec<String>) -> Vec<String> {
    let mut field = field.clone();
    if field.mapped() != label {
        notes.push(format!(
            "{}.{} is {label} in the database: raw SQL says so",
            block.name, field.name
        ));
    }
    field.map(label);
    field.cells()
}

fn left_out(block: &Block, field: &Field, made: &Enum, map: &Map) -> String {
    let theirs = field.mapped();
    let decided = map.decision(&format!("labels.{}", made.name), &theirs);
    let known = || labels::of_type(&made.name).and_then(|labels| labels.known(&theirs));
    let instead = match decided.or_else(known) {
        Some(label) => format!("it is {label}"),
        None => format!("no label of the type {}", made.name),
    };
    format!("{}.{} is left out: {instead} here", block.name, field.name)
}

fn what_is_added(block: &Block, label: &str, name: &str, made: &Enum) -> String {
    let added = format!("{}.{name} is added", block.name);
    match (made.name.as_str(), label) {
        ("message_status", "RECEIVED") => format!(
            "{added}: an inbound message that was SENT or DELIVERED is RECEIVED, so a filter on \
             inbound DELIVERED finds nothing"
        ),
        _ => format!("{added}: rows may have it"),
    }
}

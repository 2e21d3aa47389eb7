//! A schema.prisma that a Prisma client works with: models in the singular and
//! in Prisma's spelling, mapped to the names of the database.

pub mod like;
mod names;
mod relations;
mod types;

use std::collections::BTreeSet;

use self::names::{Given, Names};
use self::relations::Relation;
use self::types::Kind;
use super::words::aligned;
use crate::domain::schema_diff::{Catalog, Column, Constraint, ConstraintKind, Enum, Index, Table};

const OURS: &str = "\
// Made by `inboxctl db generate prisma`, for Prisma 7. inboxctl migrates the
// database, so `prisma migrate` and `prisma db push` must not.
";

const FOREIGN: &str = "\
// Made by `inboxctl db generate prisma`, for Prisma 7.
";

const HEADER: &str = "
generator client {
  provider = \"prisma-client-js\"
}

datasource db {
  provider = \"postgresql\"
}
";

/// Partitions are left out: they are their table. `is_ours`: inboxctl migrates it.
pub fn prisma(catalog: &Catalog, is_ours: bool) -> String {
    let names = Names::new(catalog, &Given::default());
    let relations = relations::all(catalog, &names);
    let mut text = String::from(if is_ours { OURS } else { FOREIGN });
    text.push_str(HEADER);
    for made in &catalog.enums {
        text.push_str(&enumeration(&names, made));
    }
    for table in &catalog.tables {
        if let Some(name) = names.model(&table.name) {
            text.push_str(&format!("\nmodel {name} {{\n"));
            text.push_str(&model(catalog, &names, &relations, table));
            text.push_str("}\n");
        }
    }
    text
}

/// As a string of Prisma.
fn text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

fn enumeration(names: &Names<'_>, made: &Enum) -> String {
    let mut lines = format!("\nenum {} {{\n", names.enumeration(&made.name));
    for (label, value) in made.labels.iter().zip(names.values(&made.name)) {
        match value == label {
            true => lines.push_str(&format!("  {value}\n")),
            false => lines.push_str(&format!("  {value} @map({})\n", text(label))),
        }
    }
    lines.push_str(&format!("\n  @@map({})\n}}\n", text(&made.name)));
    lines
}

fn model(
    catalog: &Catalog,
    names: &Names<'_>,
    relations: &[Relation<'_>],
    table: &Table,
) -> String {
    let columns = table.columns.iter().map(|column| field(catalog, names, table, column));
    let mut fields: Vec<Vec<String>> = columns.collect();
    fields.extend(relations::fields(names, relations, table));
    let mut lines = aligned(&fields, "  ");
    lines.push('\n');
    lines.push_str(&attributes(catalog, names, table));
    lines.push_str(&format!("  @@map({})\n", text(&table.name)));
    lines
}

fn field(catalog: &Catalog, names: &Names<'_>, table: &Table, column: &Column) -> Vec<String> {
    let kind = Kind::of(catalog, names, column);
    let suffix = match (kind.is_list, column.not_null) {
        (true, _) => "[]",
        (false, true) => "",
        (false, false) => "?",
    };
    let mut attributes = Vec::new();
    let own = std::slice::from_ref(&column.name);
    if table.primary_key() == own {
        attributes.push(String::from("@id"));
    } else if let Some(name) = unique_keys(table).find(|(_, columns)| *columns == own) {
        attributes.push(format!("@unique(map: {})", text(name.0)));
    }
    attributes.extend(types::default(catalog, names, column, &kind));
    let name = names.field(&table.name, &column.name);
    if name != column.name {
        attributes.push(format!("@map({})", text(&column.name)));
    }
    attributes.extend(kind.native);
    vec![name.to_owned(), format!("{}{suffix}", kind.name), attributes.join(" ")]
}

/// Constraints and indexes that let no two rows have the same values, with the name that the
/// database has for each.
fn unique_keys(table: &Table) -> impl Iterator<Item = (&str, &[String])> {
    let is_unique = |key: &&Constraint| key.kind == ConstraintKind::Unique;
    let keys = table.constraints.iter().filter(is_unique);
    let keys = keys.map(|key| (key.name.as_str(), key.columns.as_slice()));
    let indexes = table.indexes.iter().filter(|index| index.unique && index.is_plain);
    keys.chain(indexes.map(|index| (index.name.as_str(), index.columns.as_slice())))
}

/// Whether Prisma can tell the rows of a table apart; it leaves out those of which it can't.
fn has_key(catalog: &Catalog, names: &Names<'_>, table: &Table) -> bool {
    let is_key = |columns: &[String]| {
        !columns.is_empty()
            && columns
                .iter()
                .filter_map(|name| table.column(name))
                .all(|column| column.not_null && !Kind::of(catalog, names, column).is_unsupported())
    };
    is_key(table.primary_key()) || unique_keys(table).any(|(_, columns)| is_key(columns))
}

/// Keys and indexes of several columns. Prisma has no words for indexes of
/// expressions or of a part of the rows.
fn attributes(catalog: &Catalog, names: &Names<'_>, table: &Table) -> String {
    let list = |columns: &[String]| names.fields(&table.name, columns);
    let mut lines = String::new();
    let mut seen = BTreeSet::new();
    let key = table.primary_key();
    if key.len() > 1 {
        seen.insert(key);
        lines.push_str(&format!("  @@id([{}])\n", list(key)));
    }
    for (name, columns) in unique_keys(table).filter(|(_, columns)| columns.len() > 1) {
        // Of two alike, the client would have two of the same name.
        if seen.insert(columns) {
            lines.push_str(&format!("  @@unique([{}], map: {})\n", list(columns), text(name)));
        }
    }
    for index in table.indexes.iter().filter(|index| index.is_plain && !index.unique) {
        if let Some(kind) = index_kind(catalog, names, table, index) {
            let columns = list(&index.columns);
            lines.push_str(&format!("  @@index([{columns}]{kind}, map: {})\n", text(&index.name)));
        }
    }
    if !has_key(catalog, names, table) {
        lines.push_str("  @@ignore\n");
    }
    lines
}

fn index_kind(
    catalog: &Catalog,
    names: &Names<'_>,
    table: &Table,
    index: &Index,
) -> Option<&'static str> {
    let columns = index.columns.iter().filter_map(|name| table.column(name));
    let mut kinds = columns.map(|column| Kind::of(catalog, names, column));
    match index.method.as_str() {
        "btree" => kinds.all(|kind| !kind.is_unsupported()).then_some(""),
        // Only with the operators that Prisma takes for granted.
        "gin" if !index.definition.contains("_ops") => {
            kinds.all(|kind| kind.has_gin()).then_some(", type: Gin")
        }
        _ => None,
    }
}

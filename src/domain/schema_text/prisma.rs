//! A schema.prisma that a Prisma client works with: models in the singular and
//! in Prisma's spelling, mapped to the names of the database.

use super::words::{aligned, camel, pascal, singular};
use crate::domain::schema_diff::{
    Catalog, Column, Constraint, ConstraintKind, Enum, Reference, Table,
};

const HEADER: &str = "\
// Made by `inboxctl db generate prisma`. inboxctl migrates the database, so
// `prisma migrate` and `prisma db push` must not.

generator client {
  provider = \"prisma-client-js\"
}

datasource db {
  provider = \"postgresql\"
}
";

/// Partitions are left out: they are their table.
pub fn prisma(catalog: &Catalog) -> String {
    let mut text = String::from(HEADER);
    for made in &catalog.enums {
        text.push_str(&enumeration(made));
    }
    for table in catalog.tables.iter().filter(|table| table.partition_of.is_none()) {
        text.push_str(&model(catalog, table));
    }
    text
}

fn model_name(table: &str) -> String {
    pascal(&singular(table))
}

fn enumeration(made: &Enum) -> String {
    let mut text = format!("\nenum {} {{\n", pascal(&made.name));
    for label in &made.labels {
        let plain: String =
            label.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        match plain == *label && plain.starts_with(|c: char| c.is_ascii_alphabetic()) {
            true => text.push_str(&format!("  {label}\n")),
            false => text.push_str(&format!("  V_{plain} @map({label:?})\n")),
        }
    }
    text.push_str(&format!("\n  @@map({:?})\n}}\n", made.name));
    text
}

fn model(catalog: &Catalog, table: &Table) -> String {
    let mut fields: Vec<Vec<String>> =
        table.columns.iter().map(|column| field(catalog, table, column)).collect();
    let own: Vec<Vec<String>> = relations(table)
        .map(|(key, target)| {
            vec![
                forward_name(table, key),
                format!(
                    "{}{}",
                    model_name(&target.table),
                    if is_optional(table, key) { "?" } else { "" }
                ),
                forward_attribute(table, key, target),
            ]
        })
        .collect();
    fields.extend(own);
    for other in catalog.tables.iter().filter(|other| other.partition_of.is_none()) {
        for (key, _) in relations(other).filter(|(_, target)| target.table == table.name) {
            fields.push(back(table, other, key));
        }
    }
    let mut text = format!("\nmodel {} {{\n", model_name(&table.name));
    text.push_str(&aligned(&fields, "  "));
    text.push('\n');
    text.push_str(&attributes(table));
    text.push_str(&format!("  @@map({:?})\n}}\n", table.name));
    text
}

fn relations(table: &Table) -> impl Iterator<Item = (&Constraint, &Reference)> {
    table.constraints.iter().filter_map(|key| Some((key, key.references.as_ref()?)))
}

fn is_optional(table: &Table, key: &Constraint) -> bool {
    key.columns.iter().filter_map(|name| table.column(name)).any(|column| !column.not_null)
}

/// Of the column without its `_id`.
fn forward_name(table: &Table, key: &Constraint) -> String {
    let column = key.columns.first().map_or("", String::as_str);
    let stem = column.strip_suffix("_id").unwrap_or(column);
    if table.column(stem).is_some() { camel(&format!("{stem}_relation")) } else { camel(stem) }
}

/// Needed where two keys lead to the same table.
fn relation_name(table: &Table, key: &Constraint) -> Option<String> {
    let target = &key.references.as_ref()?.table;
    let same = relations(table).filter(|(_, other)| other.table == *target).count();
    (same > 1 || *target == table.name).then(|| key.name.clone())
}

fn forward_attribute(table: &Table, key: &Constraint, target: &Reference) -> String {
    let name = relation_name(table, key).map(|name| format!("{name:?}, ")).unwrap_or_default();
    let list =
        |names: &[String]| names.iter().map(|name| camel(name)).collect::<Vec<_>>().join(", ");
    format!(
        "@relation({name}fields: [{}], references: [{}], onDelete: {}, onUpdate: {}, map: {:?})",
        list(&key.columns),
        list(&target.columns),
        action(target.on_delete),
        action(target.on_update),
        key.name
    )
}

fn action(letter: char) -> &'static str {
    match letter {
        'r' => "Restrict",
        'c' => "Cascade",
        'n' => "SetNull",
        'd' => "SetDefault",
        _ => "NoAction",
    }
}

/// The other side of a relation: many, or one where the key is unique.
fn back(table: &Table, other: &Table, key: &Constraint) -> Vec<String> {
    let unique = other.is_unique(&key.columns);
    let plain = if unique { singular(&other.name) } else { other.name.clone() };
    let relation = relation_name(other, key);
    let name = match &relation {
        Some(_) => format!("{plain}_by_{}", key.columns.join("_")),
        None => plain,
    };
    let name = if table.column(&name).is_some() { format!("{name}_relation") } else { name };
    let kind = format!("{}{}", model_name(&other.name), if unique { "?" } else { "[]" });
    let attribute = relation.map(|name| format!("@relation({name:?})")).unwrap_or_default();
    vec![camel(&name), kind, attribute]
}

fn field(catalog: &Catalog, table: &Table, column: &Column) -> Vec<String> {
    let is_list = column.sql_type.ends_with("[]");
    let element = column.sql_type.trim_end_matches("[]");
    let (kind, native) = kind(catalog, element);
    let suffix = match (is_list, column.not_null) {
        (true, _) => "[]",
        (false, true) => "",
        (false, false) => "?",
    };
    let mut attributes = Vec::new();
    if table.primary_key() == [column.name.clone()] {
        attributes.push(String::from("@id"));
    } else if table.is_unique(std::slice::from_ref(&column.name)) {
        attributes.push(unique(table, column));
    }
    attributes.extend(default(catalog, column, is_list));
    if camel(&column.name) != column.name {
        attributes.push(format!("@map({:?})", column.name));
    }
    attributes.extend(native);
    vec![camel(&column.name), format!("{kind}{suffix}"), attributes.join(" ")]
}

/// With the name that the database has for it.
fn unique(table: &Table, column: &Column) -> String {
    let is_it = |columns: &[String]| columns == [column.name.clone()];
    let by_constraint = table
        .constraints
        .iter()
        .find(|key| key.kind == ConstraintKind::Unique && is_it(&key.columns))
        .map(|key| &key.name);
    let by_index = || {
        let mut list = table.indexes.iter();
        let found = list.find(|index| index.unique && index.is_plain && is_it(&index.columns));
        found.map(|index| &index.name)
    };
    match by_constraint.or_else(by_index) {
        Some(name) => format!("@unique(map: {name:?})"),
        None => String::from("@unique"),
    }
}

/// Prisma's type and what the database calls it.
fn kind(catalog: &Catalog, element: &str) -> (String, Option<String>) {
    if catalog.enums.iter().any(|made| made.name == element) {
        return (pascal(element), None);
    }
    let (base, size) = element
        .split_once('(')
        .map_or((element, None), |(base, size)| (base, size.split_once(')').map(|(size, _)| size)));
    let sized = |name: &str| match size {
        Some(size) => format!("@db.{name}({size})"),
        None => format!("@db.{name}"),
    };
    let (kind, native) = match base {
        "text" => ("String", None),
        "character varying" => ("String", Some(sized("VarChar"))),
        "character" => ("String", Some(sized("Char"))),
        "uuid" => ("String", Some(String::from("@db.Uuid"))),
        "inet" => ("String", Some(String::from("@db.Inet"))),
        "boolean" => ("Boolean", None),
        "smallint" => ("Int", Some(String::from("@db.SmallInt"))),
        "integer" => ("Int", None),
        "bigint" => ("BigInt", None),
        "real" => ("Float", Some(String::from("@db.Real"))),
        "double precision" => ("Float", None),
        "numeric" => ("Decimal", Some(sized("Decimal"))),
        "bytea" => ("Bytes", None),
        "jsonb" => ("Json", None),
        "json" => ("Json", Some(String::from("@db.Json"))),
        "date" => ("DateTime", Some(String::from("@db.Date"))),
        "timestamp with time zone" => ("DateTime", Some(String::from("@db.Timestamptz(6)"))),
        "timestamp without time zone" => ("DateTime", Some(String::from("@db.Timestamp(6)"))),
        _ => return (format!("Unsupported({element:?})"), None),
    };
    (kind.to_owned(), native)
}

fn default(catalog: &Catalog, column: &Column, is_list: bool) -> Option<String> {
    if column.identity.is_some() {
        return Some(String::from("@default(autoincrement())"));
    }
    if column.generated.is_some() {
        return Some(String::from("@default(dbgenerated())"));
    }
    let expression = column.default.as_deref()?;
    let (literal, cast) = expression.split_once("::").unwrap_or((expression, ""));
    let text = literal.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    let is_number = expression.parse::<f64>().is_ok();
    let value = match text {
        _ if expression == "now()" => String::from("now()"),
        _ if ["true", "false"].contains(&expression) || is_number => expression.to_owned(),
        Some("{}") if is_list => String::from("[]"),
        Some(text) if catalog.enums.iter().any(|made| made.name == cast) => text.to_owned(),
        Some(text) if !is_list && !text.contains('\'') => format!("{text:?}"),
        _ => format!("dbgenerated({expression:?})"),
    };
    Some(format!("@default({value})"))
}

/// Keys and indexes of several columns. Prisma has no words for indexes of
/// expressions or of a part of the rows.
fn attributes(table: &Table) -> String {
    let list =
        |columns: &[String]| columns.iter().map(|name| camel(name)).collect::<Vec<_>>().join(", ");
    let mut text = String::new();
    for key in table.constraints.iter().filter(|key| key.columns.len() > 1) {
        match key.kind {
            ConstraintKind::PrimaryKey => {
                text.push_str(&format!("  @@id([{}])\n", list(&key.columns)));
            }
            ConstraintKind::Unique => {
                let columns = list(&key.columns);
                text.push_str(&format!("  @@unique([{columns}], map: {:?})\n", key.name));
            }
            _ => {}
        }
    }
    for index in table.indexes.iter().filter(|index| index.is_plain) {
        let kind = match index.method.as_str() {
            "btree" => "",
            // Only with the operators that Prisma takes for granted.
            "gin" if !index.definition.contains("_ops") => ", type: Gin",
            _ => continue,
        };
        match (index.unique, index.columns.len()) {
            (true, 1) => continue,
            (true, _) => text.push_str("  @@unique"),
            (false, _) => text.push_str("  @@index"),
        }
        text.push_str(&format!("([{}]{kind}, map: {:?})\n", list(&index.columns), index.name));
    }
    if table.primary_key().is_empty() {
        text.push_str("  @@ignore\n");
    }
    text
}

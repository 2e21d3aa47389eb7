//! `table!` macros for Diesel.

use std::collections::BTreeSet;

use crate::domain::schema_diff::{Catalog, Column, Table};
use crate::domain::schema_text::words::{pascal, plain};

/// Tables without a primary key are left out, for Diesel has none.
pub fn diesel(catalog: &Catalog) -> String {
    let mut text = String::from(
        "//! Made by `inboxctl db generate diesel`.\n\npub mod sql_types {\n    \
         use diesel::query_builder::QueryId;\n    use diesel::sql_types::SqlType;\n",
    );
    for made in &catalog.enums {
        text.push_str(&format!(
            "\n    #[derive(QueryId, SqlType)]\n    #[diesel(postgres_type(name = {:?}))]\n    \
             pub struct {};\n",
            made.name,
            pascal(&made.name)
        ));
    }
    text.push_str("}\n");
    let is_whole = |table: &&Table| table.partition_of.is_none() && !table.primary_key().is_empty();
    for made in catalog.tables.iter().filter(is_whole) {
        text.push_str(&table(catalog, made));
    }
    text
}

fn table(catalog: &Catalog, table: &Table) -> String {
    let (mut builtin, mut own) = (BTreeSet::new(), BTreeSet::new());
    let mut columns = String::new();
    for column in &table.columns {
        let field = field_name(column);
        if field != column.name {
            columns.push_str(&format!("        #[sql_name = {:?}]\n", column.name));
        }
        let kind = column_type(catalog, column, &mut builtin, &mut own);
        columns.push_str(&format!("        {field} -> {kind},\n"));
    }
    let mut text = format!("\ndiesel::table! {{\n    use diesel::sql_types::{};\n", list(&builtin));
    if !own.is_empty() {
        text.push_str(&format!("    use super::sql_types::{};\n", list(&own)));
    }
    let key = table.primary_key().iter().filter_map(|key| table.column(key)).map(field_name);
    let key = key.collect::<Vec<_>>().join(", ");
    let name = plain(&table.name);
    if name != table.name {
        text.push_str(&format!("\n    #[sql_name = {:?}]", table.name));
    }
    text.push_str(&format!("\n    {name} ({key}) {{\n{columns}    }}\n}}\n"));
    text
}

/// One name as it is, more in braces.
fn list(names: &BTreeSet<String>) -> String {
    let joined = names.iter().cloned().collect::<Vec<_>>().join(", ");
    if names.len() == 1 { joined } else { format!("{{{joined}}}") }
}

fn field_name(column: &Column) -> String {
    const WORDS: [&str; 8] = ["type", "ref", "match", "move", "use", "where", "self", "in"];
    if WORDS.contains(&column.name.as_str()) {
        format!("{}_", column.name)
    } else {
        plain(&column.name)
    }
}

fn column_type(
    catalog: &Catalog,
    column: &Column,
    builtin: &mut BTreeSet<String>,
    own: &mut BTreeSet<String>,
) -> String {
    let element = column.sql_type.trim_end_matches("[]");
    let name = match element.split('(').next().unwrap_or(element) {
        "uuid" => "Uuid",
        "text" | "character varying" | "character" => "Text",
        "timestamp with time zone" => "Timestamptz",
        "timestamp without time zone" => "Timestamp",
        "date" => "Date",
        "jsonb" => "Jsonb",
        "json" => "Json",
        "smallint" => "SmallInt",
        "integer" => "Integer",
        "bigint" => "BigInt",
        "real" => "Float",
        "double precision" => "Double",
        "numeric" => "Numeric",
        "boolean" => "Bool",
        "bytea" => "Binary",
        "interval" => "Interval",
        "inet" => "Inet",
        _ => "",
    };
    let mut kind = if name.is_empty() {
        let kind = pascal(element);
        if catalog.enums.iter().any(|made| made.name == element) {
            own.insert(kind.clone());
        } else {
            builtin.insert(kind.clone());
        }
        kind
    } else {
        builtin.insert(name.to_owned());
        name.to_owned()
    };
    for (wrapped, wrapper) in
        [(element != column.sql_type, "Array"), (!column.not_null, "Nullable")]
    {
        if wrapped {
            builtin.insert(wrapper.to_owned());
            kind = format!("{wrapper}<{kind}>");
        }
    }
    kind
}

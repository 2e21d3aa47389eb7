//! An entity-relationship diagram in Mermaid.

use super::words::{aligned, plain};
use crate::domain::schema_diff::{Catalog, Column, ConstraintKind, Table};

/// Partitions are left out: they are their table.
pub fn mermaid(catalog: &Catalog) -> String {
    let mut text = String::from("erDiagram\n");
    let tables = || catalog.tables.iter().filter(|table| table.partition_of.is_none());
    for table in tables() {
        text.push_str(&format!("    {} {{\n", plain(&table.name)));
        let rows: Vec<Vec<String>> =
            table.columns.iter().map(|column| row(table, column)).collect();
        text.push_str(&aligned(&rows, "        "));
        text.push_str("    }\n");
    }
    for table in tables() {
        for constraint in &table.constraints {
            let Some(target) = &constraint.references else { continue };
            let nullable = constraint
                .columns
                .iter()
                .filter_map(|column| table.column(column))
                .any(|column| !column.not_null);
            let one = if nullable { "|o" } else { "||" };
            let many = if table.is_unique(&constraint.columns) { "o|" } else { "o{" };
            text.push_str(&format!(
                "    {} {one}--{many} {} : \"{}\"\n",
                plain(&target.table),
                plain(&table.name),
                constraint.columns.iter().map(|one| plain(one)).collect::<Vec<_>>().join(", ")
            ));
        }
    }
    text
}

fn row(table: &Table, column: &Column) -> Vec<String> {
    let kind = match column.sql_type.as_str() {
        "timestamp with time zone" => String::from("timestamptz"),
        "timestamp without time zone" => String::from("timestamp"),
        "double precision" => String::from("double"),
        other => other.replace(|c: char| c.is_whitespace() || c == ',' || c.is_control(), "_"),
    };
    let has = |kind| {
        let mut keys = table.constraints.iter().filter(|found| found.kind == kind);
        keys.any(|found| found.columns.contains(&column.name))
    };
    let mut keys = Vec::new();
    if table.primary_key().contains(&column.name) {
        keys.push("PK");
    }
    if has(ConstraintKind::ForeignKey) {
        keys.push("FK");
    }
    if table.is_unique(std::slice::from_ref(&column.name)) && !keys.contains(&"PK") {
        keys.push("UK");
    }
    let remark = if column.not_null { "" } else { "\"nullable\"" };
    let keys = keys.join(",");
    vec![kind, plain(&column.name), format!("{keys} {remark}").trim().to_owned()]
}

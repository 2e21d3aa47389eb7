//! The statements that make and drop each kind of object.

use super::identifier::{name, text};
use super::model::{Catalog, Column, Constraint, ConstraintKind, Enum, Index, Table, Trigger};

/// Everything, in an order in which it can be run on an empty database.
pub fn everything(catalog: &Catalog) -> Vec<String> {
    let mut sql = vec![
        String::from("SET check_function_bodies = false"),
        String::from(
            "SELECT pg_catalog.set_config('search_path', \
             pg_catalog.quote_ident(current_schema()::text) || ', pg_temp', false)",
        ),
    ];
    sql.extend(catalog.extensions.iter().map(|extension| create_extension(extension)));
    sql.extend(catalog.enums.iter().map(create_enum));
    let of = |wanted: &dyn Fn(super::DefinitionKind) -> bool| -> Vec<String> {
        let list = catalog.definitions.iter().filter(|found| wanted(found.kind));
        list.map(|found| found.definition.clone()).collect()
    };
    sql.extend(of(&|kind| !kind.is_routine() && !kind.is_view()));
    sql.extend(of(&|kind| kind.is_routine()));
    let whole = |table: &&Table| table.partition_of.is_none();
    sql.extend(catalog.tables.iter().filter(whole).map(create_table));
    sql.extend(catalog.tables.iter().filter(|table| !whole(table)).map(create_table));
    for late in [false, true] {
        for table in &catalog.tables {
            let wanted = |found: &&Constraint| (found.kind == ConstraintKind::ForeignKey) == late;
            let list = table.constraints.iter().filter(wanted);
            sql.extend(list.map(|found| format!("{} {}", alter(table), add(found))));
        }
    }
    for table in &catalog.tables {
        sql.extend(table.indexes.iter().map(|index| index.definition.clone()));
    }
    sql.extend(of(&|kind| kind.is_view()));
    for table in &catalog.tables {
        sql.extend(after_table(table));
    }
    sql
}

/// What comes after a table and its keys.
pub fn after_table(table: &Table) -> Vec<String> {
    let mut sql: Vec<String> =
        table.triggers.iter().flat_map(|trigger| create_trigger(table, trigger)).collect();
    sql.extend(table.policies.iter().map(|policy| policy.definition.clone()));
    if table.row_security {
        sql.push(format!("{} ENABLE ROW LEVEL SECURITY", alter(table)));
    }
    if table.force_row_security {
        sql.push(format!("{} FORCE ROW LEVEL SECURITY", alter(table)));
    }
    if table.comment.is_some() {
        sql.push(comment_on_table(table));
    }
    let commented = table.columns.iter().filter(|column| column.comment.is_some());
    sql.extend(commented.map(|column| comment_on_column(table, column)));
    sql
}

pub fn alter(table: &Table) -> String {
    format!("ALTER TABLE {}", name(&table.name))
}

pub fn create_extension(extension: &str) -> String {
    format!("CREATE EXTENSION IF NOT EXISTS {}", name(extension))
}

pub fn create_enum(made: &Enum) -> String {
    let labels: Vec<String> = made.labels.iter().map(|label| text(label)).collect();
    format!("CREATE TYPE {} AS ENUM ({})", name(&made.name), labels.join(", "))
}

pub fn create_table(table: &Table) -> String {
    if let Some(place) = &table.partition_of {
        let parent = name(&place.table);
        return format!("CREATE TABLE {} PARTITION OF {parent} {}", name(&table.name), place.bound);
    }
    let columns: Vec<String> =
        table.columns.iter().map(|made| format!("    {}", column(made))).collect();
    let key = table.partition_key.as_ref().map(|key| format!(" PARTITION BY {key}"));
    format!(
        "CREATE {}TABLE {} (\n{}\n){}",
        if table.unlogged { "UNLOGGED " } else { "" },
        name(&table.name),
        columns.join(",\n"),
        key.unwrap_or_default()
    )
}

/// `phone text NOT NULL DEFAULT ''`.
pub fn column(column: &Column) -> String {
    let mut sql = format!("{} {}", name(&column.name), column.sql_type);
    if let Some(collation) = &column.collation {
        sql.push_str(&format!(" COLLATE {}", name(collation)));
    }
    if let Some(expression) = &column.generated {
        sql.push_str(&format!(" GENERATED ALWAYS AS ({expression}) STORED"));
    }
    if let Some(when) = &column.identity {
        sql.push_str(&format!(" GENERATED {when} AS IDENTITY"));
    }
    if column.not_null {
        sql.push_str(" NOT NULL");
    }
    if let Some(default) = &column.default {
        sql.push_str(&format!(" DEFAULT {default}"));
    }
    sql
}

/// `ADD CONSTRAINT ...`.
pub fn add(constraint: &Constraint) -> String {
    format!("ADD CONSTRAINT {} {}", name(&constraint.name), constraint.definition)
}

pub fn create_trigger(table: &Table, trigger: &Trigger) -> Vec<String> {
    let mut sql = vec![trigger.definition.clone()];
    if trigger.enabled != 'O' {
        sql.push(enable_trigger(table, trigger));
    }
    sql
}

pub fn enable_trigger(table: &Table, trigger: &Trigger) -> String {
    let how = match trigger.enabled {
        'D' => "DISABLE",
        'R' => "ENABLE REPLICA",
        'A' => "ENABLE ALWAYS",
        _ => "ENABLE",
    };
    format!("{} {how} TRIGGER {}", alter(table), name(&trigger.name))
}

pub fn comment_on_table(table: &Table) -> String {
    format!("COMMENT ON TABLE {} IS {}", name(&table.name), comment(table.comment.as_deref()))
}

pub fn comment_on_column(table: &Table, column: &Column) -> String {
    let place = format!("{}.{}", name(&table.name), name(&column.name));
    format!("COMMENT ON COLUMN {place} IS {}", comment(column.comment.as_deref()))
}

fn comment(words: Option<&str>) -> String {
    words.map_or_else(|| String::from("NULL"), text)
}

pub fn drop_constraint(table: &Table, constraint: &Constraint) -> String {
    format!("{} DROP CONSTRAINT {}", alter(table), name(&constraint.name))
}

/// Not CONCURRENTLY: the script is one transaction.
pub fn drop_index(index: &Index) -> String {
    format!("DROP INDEX {}", name(&index.name))
}

pub fn drop_trigger(table: &Table, trigger: &str) -> String {
    format!("DROP TRIGGER {} ON {}", name(trigger), name(&table.name))
}

pub fn drop_policy(table: &Table, policy: &str) -> String {
    format!("DROP POLICY {} ON {}", name(policy), name(&table.name))
}

//! In the copy: keys and indexes of theirs that ours lacks.

use diesel::prelude::*;

use crate::domain::adopt::mapping::{Mapping, Table};
use crate::domain::schema_diff;
use crate::store::catalog;
use crate::store::statements::{self, quote_identifier, quote_identifiers};

/// Indexes of the columns that came along, and unique keys of theirs that ours lacks.
///
/// # Errors
/// The server refuses.
pub fn index(conn: &mut PgConnection, mapping: &Mapping) -> QueryResult<()> {
    own_tables(mapping).try_for_each(|(table, theirs)| indexes(conn, table, theirs))
}

fn own_tables(mapping: &Mapping) -> impl Iterator<Item = (&Table, &schema_diff::Table)> {
    let tables = mapping.tables.iter().filter(|table| table.model.table != "audit_logs");
    tables.filter_map(|table| Some((table, table.theirs.as_ref()?)))
}

/// Foreign keys of the columns that came along, once what they lead to has its keys.
///
/// # Errors
/// The server refuses.
pub fn make(conn: &mut PgConnection, mapping: &Mapping) -> QueryResult<()> {
    for (table, theirs) in own_tables(mapping) {
        for key in &theirs.constraints {
            let Some(reference) = &key.references else { continue };
            let here: Option<Vec<String>> = own_names(table, &key.columns);
            let Some(here) = here else { continue };
            let (target, columns) = match mapping.of(&reference.table) {
                None => (reference.table.clone(), Some(reference.columns.clone())),
                Some(target) => (
                    target.model.table.to_owned(),
                    reference
                        .columns
                        .iter()
                        .map(|column| target.column_of(column).map(str::to_owned))
                        .collect::<Option<Vec<_>>>(),
                ),
            };
            let Some(columns) = columns else { continue };
            statements::run(
                conn,
                &format!(
                    "ALTER TABLE {} ADD CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({}){}{}",
                    quote_identifier(table.model.table),
                    quote_identifier(&key.name),
                    quote_identifiers(&here),
                    quote_identifier(&target),
                    quote_identifiers(&columns),
                    manner("UPDATE", reference.on_update),
                    manner("DELETE", reference.on_delete) + deferrable(&key.definition),
                ),
            )?;
        }
    }
    Ok(())
}

fn indexes(conn: &mut PgConnection, table: &Table, theirs: &schema_diff::Table) -> QueryResult<()> {
    use schema_diff::ConstraintKind::{PrimaryKey, Unique};
    let keys = theirs.constraints.iter().filter(|key| matches!(key.kind, PrimaryKey | Unique));
    let keys = keys.map(|key| (key.name.clone(), true, key.columns.clone()));
    let plain = theirs.indexes.iter().filter(|index| index.is_plain && index.method == "btree");
    let plain = plain.map(|index| (index.name.clone(), index.unique, index.columns.clone()));
    for (name, unique, columns) in keys.chain(plain) {
        let here: Option<Vec<&str>> = columns.iter().map(|name| table.column_of(name)).collect();
        let Some(here) = here else { continue };
        let is_of_ours = |name: &&str| table.model.field(name).is_some();
        // Ours has its own, of what is its own.
        let is_ours_already = here.iter().all(is_of_ours)
            && (!unique
                || here == ["id"]
                || (here.len() == 1 && table.model.unique == Some(here[0]))
                || (here == ["email"] && table.model.table == "users"));
        if is_ours_already {
            continue;
        }
        let name = match catalog::table_exists(conn, &name)? {
            true => format!("application_{name}"),
            false => name,
        };
        statements::run(
            conn,
            &format!(
                "CREATE {} {} ON {} ({})",
                if unique { "UNIQUE INDEX" } else { "INDEX" },
                quote_identifier(&name),
                quote_identifier(table.model.table),
                quote_identifiers(&here)
            ),
        )?;
    }
    Ok(())
}

/// The names here, where all of them are columns that came along.
fn own_names(table: &Table, columns: &[String]) -> Option<Vec<String>> {
    let find = |name: &String| table.own.iter().find(|(column, _)| &column.name == name);
    columns.iter().map(|name| find(name).map(|(_, here)| here.clone())).collect()
}

/// ` ON DELETE CASCADE`, by the letter of pg_constraint.
fn manner(event: &str, letter: char) -> String {
    let action = match letter {
        'r' => "RESTRICT",
        'c' => "CASCADE",
        'n' => "SET NULL",
        'd' => "SET DEFAULT",
        _ => return String::new(),
    };
    format!(" ON {event} {action}")
}

/// As the server prints it at the end.
fn deferrable(definition: &str) -> &'static str {
    let ways = [" DEFERRABLE INITIALLY DEFERRED", " DEFERRABLE"];
    ways.into_iter().find(|way| definition.ends_with(way)).unwrap_or_default()
}

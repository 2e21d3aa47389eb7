//! Rows that went along with archived ones, on their way back.

use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

use super::archive_return::Target;
use super::archive_rows;
use super::foreign_keys::{self, OnDelete};
use crate::domain::archive::{DEPENDANTS, Dependant, restorable};
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

/// A table whose rows hang on those of the archive.
#[derive(Debug)]
pub struct Along {
    pub target: Target,
    /// Where its rows stand in a line: its place in the list, and those of the tables above it.
    path: Vec<usize>,
}

/// The tables of a manifest as they are now, those that others point at first. Only what points
/// at the table by a foreign key is one: a manifest names no other.
///
/// # Errors
/// Refused: one has gone, or has other columns.
pub fn resolve(
    conn: &mut PgConnection,
    relation: &str,
    dependants: &[Dependant],
) -> anyhow::Result<Vec<Along>> {
    let mut found = Vec::new();
    within(conn, relation, dependants, &[], &mut found)?;
    Ok(found)
}

fn within(
    conn: &mut PgConnection,
    relation: &str,
    dependants: &[Dependant],
    above: &[usize],
    found: &mut Vec<Along>,
) -> anyhow::Result<()> {
    let mut keys = if dependants.is_empty() {
        Vec::new()
    } else {
        foreign_keys::pointing_at_relation(conn, relation)?
    };
    // By one that deletes they went along.
    keys.sort_by_key(|key| key.on_delete() != OnDelete::Cascade);
    for (place, one) in dependants.iter().enumerate() {
        let misfit = |why: String| {
            Failure::refused(format!("rows of {} can't come back", one.table))
                .why(why)
                .hint("make the table as it was, with its foreign key, and restore again")
        };
        let is_archived = |name: &String| one.columns.iter().any(|column| column.name == *name);
        let key = keys
            .iter()
            .filter(|key| key.schema_name == one.schema && key.table_name == one.table)
            .find(|key| key.columns.iter().all(is_archived))
            .ok_or_else(|| {
                misfit(format!("no foreign key of {} points at {relation}", one.table))
            })?;
        let layout = archive_rows::layout_of(conn, &key.relation, &key.label)?
            .ok_or_else(|| misfit(String::from("the table is gone")))?;
        let fit = restorable(&one.columns, layout.table_columns())
            .map_err(|problems| misfit(problems.join("; ")))?;
        let columns =
            fit.into_iter().map(|(column, now)| (column.clone(), now.to_owned())).collect();
        let path: Vec<usize> = above.iter().copied().chain([place]).collect();
        let target = Target::new(conn, layout, columns, Some(key.clone()))?;
        found.push(Along { target, path: path.clone() });
        within(conn, &key.relation, &one.dependants, &path, found)?;
    }
    Ok(())
}

impl Along {
    /// Its rows that hang on these lines, as lines of their own.
    pub fn lines(&self, conn: &mut PgConnection, lines: &[&str]) -> QueryResult<Vec<String>> {
        let mut from = String::from("pg_catalog.unnest($1::text[]) AS l0 (line)");
        let mut line = String::from("l0.line::json");
        for (depth, place) in self.path.iter().enumerate() {
            let own = format!("l{}", depth + 1);
            from += &format!(
                ", json_array_elements({line} -> '{DEPENDANTS}'::text -> {place}) AS {own} (line)"
            );
            line = format!("{own}.line");
        }
        diesel::sql_query(format!("SELECT {line}::text AS line FROM {from}"))
            .bind::<Array<Text>, _>(lines)
            .scalars::<Text, _>(conn)
    }
}

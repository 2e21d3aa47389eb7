//! Rows that went along with archived ones, on their way back.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::archive_rows::{self, Layout};
use super::foreign_keys;
use crate::domain::archive::{Column, DEPENDANTS, Dependant, restorable};
use crate::error::Failure;

/// A table that rows come back into.
#[derive(Debug)]
pub struct Along {
    pub layout: Layout,
    /// Where its rows stand in a line: its place in the list, and those of the tables above it.
    path: Vec<usize>,
    columns: Vec<(Column, String)>,
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
    let keys = if dependants.is_empty() {
        Vec::new()
    } else {
        foreign_keys::pointing_at_relation(conn, relation)?
    };
    for (place, one) in dependants.iter().enumerate() {
        let misfit = |why: String| {
            Failure::refused(format!("rows of {} can't come back", one.table))
                .why(why)
                .hint("make the table as it was, with its foreign key, and restore again")
        };
        let key = keys
            .iter()
            .find(|key| key.schema_name == one.schema && key.table_name == one.table)
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
        found.push(Along { layout: layout.clone(), path: path.clone(), columns });
        within(conn, &layout.relation, &one.dependants, &path, found)?;
    }
    Ok(())
}

impl Along {
    /// Its rows in the lines of `$1`, as `line`.
    fn lines(&self) -> String {
        let mut from = String::from("unnest($1::text[]) AS l0 (line)");
        let mut line = String::from("l0.line::json");
        for (depth, place) in self.path.iter().enumerate() {
            let own = format!("l{}", depth + 1);
            from += &format!(
                ", json_array_elements({line} -> '{DEPENDANTS}' -> {place}) AS {own} (line)"
            );
            line = format!("{own}.line");
        }
        format!("(SELECT {line} AS line FROM {from}) AS l")
    }

    /// How many rows of it hang on these lines.
    pub fn count(&self, conn: &mut PgConnection, lines: &[&str]) -> QueryResult<u64> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = BigInt)]
            rows: i64,
        }
        let row: Row = diesel::sql_query(format!("SELECT count(*) AS rows FROM {}", self.lines()))
            .bind::<Array<Text>, _>(lines)
            .get_result(conn)?;
        Ok(u64::try_from(row.rows).unwrap_or_default())
    }

    /// Inserts the rows of it that hang on these lines, and that aren't there. Returns how many.
    pub fn insert(&self, conn: &mut PgConnection, lines: &[&str]) -> QueryResult<u64> {
        let columns: Vec<(&Column, &str)> =
            self.columns.iter().map(|(column, now)| (column, now.as_str())).collect();
        let statement = archive_rows::insert_statement(&self.layout, &columns, &[], &self.lines());
        let rows = diesel::sql_query(format!("{statement} ON CONFLICT DO NOTHING"))
            .bind::<Array<Text>, _>(lines)
            .execute(conn)?;
        Ok(rows as u64)
    }
}

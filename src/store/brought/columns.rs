//! What is known of the columns of a table that rows come back into: whether their values may not fit any
//! more, what follows them, and whose the rows are.

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text};
use uuid::Uuid;

use super::backed_up::Part;
use crate::domain::archive::Column;
use crate::store::statements::quote_identifier;

/// Whose rows of a table are, as the live database has it.
#[derive(Debug)]
pub(super) struct Belonging {
    pub parts: Vec<Part>,
    /// The contact that is meant, and those that were merged into it.
    pub ids: Vec<Uuid>,
}

/// Columns of a table that a foreign key refers to, which the server has follow what they become.
#[derive(Debug, QueryableByName)]
pub(super) struct Followed {
    #[diesel(sql_type = Text)]
    pub constraint_name: String,
    #[diesel(sql_type = Text)]
    pub label: String,
    #[diesel(sql_type = Array<Text>)]
    pub columns: Vec<String>,
}

/// Those of a table, as SQL writes it.
pub(super) fn followed(conn: &mut PgConnection, relation: &str) -> QueryResult<Vec<Followed>> {
    diesel::sql_query(include_str!("../sql/followed_columns.sql"))
        .bind::<Text, _>(relation)
        .load(conn)
}

/// A column whose values have to be tried.
#[derive(Debug)]
pub(super) struct Trial {
    pub name: String,
    pub data_type: String,
    /// That a record `r` has something there that doesn't come through.
    pub is_lost: String,
}

/// What is known of a column.
#[derive(Debug, QueryableByName)]
struct Known {
    #[diesel(sql_type = Text)]
    name: String,
    /// Its type is none of the server's own: what it takes may have changed under its name.
    #[diesel(sql_type = Bool)]
    may_change: bool,
    /// The server's own type that it had, without a length: what values are compared as.
    #[diesel(sql_type = Nullable<Text>)]
    before: Option<String>,
}

/// Those of a table, as SQL writes it. `columns` are those of the backup, each with its type now.
pub(super) fn trials(
    conn: &mut PgConnection,
    relation: &str,
    columns: &[(Column, String)],
) -> QueryResult<Vec<Trial>> {
    let names: Vec<&str> = columns.iter().map(|(column, _)| column.name.as_str()).collect();
    let types: Vec<&str> = columns.iter().map(|(column, _)| column.data_type.as_str()).collect();
    let known: Vec<Known> = diesel::sql_query(include_str!("../sql/fitting_columns.sql"))
        .bind::<Text, _>(relation)
        .bind::<Array<Text>, _>(names)
        .bind::<Array<Text>, _>(types)
        .load(conn)?;
    let trial = |(column, now): &(Column, String)| {
        let known = known.iter().find(|one| one.name == column.name)?;
        (known.may_change || column.data_type != *now).then(|| Trial {
            name: column.name.clone(),
            data_type: now.clone(),
            is_lost: is_lost(&column.name, now, known.before.as_deref()),
        })
    };
    Ok(columns.iter().filter_map(trial).collect())
}

fn is_lost(name: &str, now: &str, before: Option<&str>) -> String {
    let name = quote_identifier(name);
    let value = format!("r.{name}::{now}");
    match before {
        Some("numeric") => {
            format!("NOT (({value})::text::numeric OPERATOR(pg_catalog.=) r.{name}::text::numeric)")
        }
        // A document keeps its sense, not its spacing.
        Some(before) if !now.starts_with("json") => {
            format!(
                "({value})::text::{before}::text IS DISTINCT FROM r.{name}::text::{before}::text"
            )
        }
        // That it can be read is all that can be told.
        _ => format!(
            "pg_catalog.num_nonnulls({value}) OPERATOR(pg_catalog.<>) pg_catalog.num_nonnulls(r.{name})"
        ),
    }
}

//! The tables that inboxctl keeps its books in, looked at before they are read or written.

use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{Array, Bool, Text};

use crate::domain::books::{Book, Verdict, judge};
use crate::domain::origin::{is_name_of, shown};
use crate::domain::schema_diff::{Catalog, path_shown};
use crate::error::Failure;

/// Whether it is there and ours; another program's of that name counts as absent.
///
/// # Errors
/// Refused: somebody made it who could have it run what they like.
pub fn exists(conn: &mut PgConnection, name: &str) -> QueryResult<bool> {
    Ok(verdict(conn, name)? == Some(Verdict::Ours))
}

/// Whether it has to be made.
///
/// # Errors
/// Refused: something else has that name, whoever made it.
pub fn is_wanted(conn: &mut PgConnection, name: &str) -> QueryResult<bool> {
    match verdict(conn, name)? {
        Some(Verdict::Ours) => Ok(false),
        None => Ok(true),
        Some(_) => Err(refused(name, "another program made it, by its columns")),
    }
}

fn verdict(conn: &mut PgConnection, name: &str) -> QueryResult<Option<Verdict>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        is_table: bool,
        #[diesel(sql_type = Text)]
        owner: String,
        #[diesel(sql_type = Bool)]
        is_trusted: bool,
        #[diesel(sql_type = Bool)]
        is_of_an_inbox: bool,
        #[diesel(sql_type = Bool)]
        has_policies: bool,
        #[diesel(sql_type = Array<Text>)]
        columns: Vec<String>,
        #[diesel(sql_type = Array<Text>)]
        rules: Vec<String>,
        #[diesel(sql_type = Array<Text>)]
        triggers: Vec<String>,
    }
    let row: Option<Row> =
        diesel::sql_query(concat!(include_str!("sql/trusted.sql"), include_str!("sql/book.sql")))
            .bind::<Text, _>(name)
            .get_result(conn)
            .optional()?;
    let Some(row) = row else { return Ok(None) };
    let verdict = judge(&Book {
        name: name.to_owned(),
        is_table: row.is_table,
        owner: row.owner,
        is_trusted: row.is_trusted,
        is_of_an_inbox: row.is_of_an_inbox,
        has_policies: row.has_policies,
        columns: row.columns,
        rules: row.rules,
        triggers: row.triggers,
    });
    match verdict {
        Verdict::Somebodys(why) => Err(refused(name, &why)),
        verdict => Ok(Some(verdict)),
    }
}

/// What of `ours` somebody else owns or has a trigger on: to take it over would run what is theirs.
///
/// # Errors
/// The server refuses.
pub fn strangers(conn: &mut PgConnection, ours: &Catalog) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        kind: String,
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Text)]
        of_table: String,
        #[diesel(sql_type = Text)]
        owner: String,
    }
    let rows: Vec<Row> = diesel::sql_query(concat!(
        include_str!("sql/trusted.sql"),
        include_str!("sql/others_objects.sql")
    ))
    .load(conn)?;
    let is_ours = |row: &&Row| {
        let name = if row.of_table.is_empty() { &row.name } else { &row.of_table };
        is_name_of(ours, name)
    };
    let title =
        |row: &Row| format!("{} {} of {}", row.kind, path_shown(&row.name), shown(&row.owner));
    Ok(rows.iter().filter(is_ours).map(title).collect())
}

fn refused(name: &str, why: &str) -> Error {
    let failure = Failure::refused(format!(
        "{} is not inboxctl's, and was left alone",
        shown(name)
    ))
    .why(why)
    .hint(
        "have its owner or a superuser look at it and drop or rename it, and keep others from \
             making tables there: REVOKE CREATE ON SCHEMA ... FROM PUBLIC; \
             or make a database of its own for the inbox",
    );
    Error::QueryBuilderError(Box::new(failure))
}

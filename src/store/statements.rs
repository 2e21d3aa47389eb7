//! Statements themselves: their names, and reading a setting.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::store::scalar::ScalarQuery;

/// Whether a setting is `on` in this session; unknown ones are not.
pub fn setting_is_on(conn: &mut PgConnection, name: &str) -> QueryResult<bool> {
    diesel::sql_query("SELECT current_setting($1, true) IS NOT DISTINCT FROM 'on' AS is_on")
        .bind::<Text, _>(name)
        .scalar::<Bool, _>(conn)
}

/// Whether the server, or a library that it has loaded, knows such a setting.
pub fn setting_exists(conn: &mut PgConnection, name: &str) -> QueryResult<bool> {
    diesel::sql_query("SELECT current_setting($1, true) IS NOT NULL AS exists")
        .bind::<Text, _>(name)
        .scalar::<Bool, _>(conn)
}

/// Runs a statement that names what was read from a server. It goes to the server by itself, which
/// refuses a text of several: no name, however it is quoted, can begin a second one.
pub fn run(conn: &mut PgConnection, statement: &str) -> QueryResult<()> {
    diesel::sql_query(statement).execute(conn).map(drop)
}

/// The answer to a question without parameters, whose column is called `truth`.
pub fn truth(conn: &mut PgConnection, query: &str) -> QueryResult<bool> {
    diesel::sql_query(query).scalar::<Bool, _>(conn)
}

/// A row with one text in its column `name`.
#[derive(QueryableByName)]
pub struct Name {
    #[diesel(sql_type = Text)]
    pub name: String,
}

/// What a question without parameters finds in its column `name`.
pub fn names(conn: &mut PgConnection, query: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<Name> = diesel::sql_query(query).load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// Names as SQL lists them: each quoted.
pub fn quote_identifiers<N: AsRef<str>>(names: &[N]) -> String {
    names.iter().map(|name| quote_identifier(name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A name as SQL writes it: quoted, so that any name is one.
pub fn quote_identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as SQL writes it, whatever standard_conforming_strings is.
pub fn quote_literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if quoted.contains('\\') {
        format!(" E'{}'", quoted.replace('\\', "\\\\"))
    } else {
        format!("'{quoted}'")
    }
}

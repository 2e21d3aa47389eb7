//! Code of other roles: what a table calls runs with the rights of whoever writes to it, and, where its
//! rows are turned into JSON, of whoever reads it.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use super::connect::Db;
use super::tx;
use crate::error::Failure;

/// What is done to rows while it could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runs {
    /// They are read whole, as JSON, which a type may have a cast for.
    Read,
    /// They are written, too.
    Written,
}

/// The code of other roles that would run with our rights, by table as SQL writes it:
/// `trigger t of app.orders, a table of eve (app.fire())`.
///
/// # Errors
/// The server refuses.
pub fn of_tables<'a>(
    conn: &mut PgConnection,
    tables: &[&'a str],
    runs: Runs,
) -> QueryResult<HashMap<&'a str, Vec<String>>> {
    #[derive(QueryableByName)]
    struct Called {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Text)]
        code: String,
    }
    let called: Vec<Called> = diesel::sql_query(concat!(
        "WITH RECURSIVE ",
        include_str!("sql/named.sql"),
        include_str!("sql/strangers.sql")
    ))
    .bind::<Array<Text>, _>(tables)
    .bind::<Bool, _>(runs == Runs::Written)
    .load(conn)?;
    let mut found: HashMap<&str, Vec<String>> = HashMap::new();
    for Called { name, code } in called {
        if let Some(table) = tables.iter().find(|table| **table == name) {
            found.entry(table).or_default().push(code);
        }
    }
    Ok(found)
}

/// # Errors
/// Refused: there is some where rows of these tables are written; `what` wasn't done.
pub fn require_none(db: &mut Db, tables: &[&str], what: &str) -> anyhow::Result<()> {
    let found = tx::read(db, |conn| Ok(of_tables(conn, tables, Runs::Written)?))?;
    let mut code: Vec<String> = found.into_values().flatten().collect();
    code.sort();
    match code.is_empty() {
        true => Ok(()),
        false => Err(refused(what.to_owned(), &code).into()),
    }
}

/// So many are named.
const NAMED: usize = 3;

/// The refusal to let `code` run: `what` wasn't done.
pub fn refused(what: String, code: &[String]) -> Failure {
    let named = code.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    let more = match code.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    Failure::refused(what)
        .why(format!("code of another role would run with your own rights: {named}{more}"))
        .hint(
            "look at what it does, then say --trust-functions; or do it as a role that may no more \
             than its owner",
        )
}

//! Rows of tables that inherit from the one that is worked on: they are the application's, stay, and
//! are told of.

use diesel::prelude::*;

use crate::store::inheritance::{self, Heir};
use crate::store::tx;
use crate::ui::human;

/// A note for each that has rows which are old.
///
/// # Errors
/// The server refuses, and not for want of a right.
pub(super) fn notes(
    conn: &mut PgConnection,
    (sql, name): (&str, &str),
    count: impl Fn(&mut PgConnection, &Heir) -> QueryResult<u64>,
) -> anyhow::Result<Vec<String>> {
    let mut notes = Vec::new();
    for heir in inheritance::heirs(conn, sql)? {
        let rows = tx::attempt(conn, |conn| count(conn, &heir)).map_err(anyhow::Error::from);
        let rows = match rows {
            Ok(0) => continue,
            Ok(1) => format!("1 old row of {} stays", heir.label),
            Ok(rows) => format!("{} old rows of {} stay", human::count(rows), heir.label),
            Err(error) if tx::is_hidden(&error) => {
                format!("old rows of {}, which this role may not read, stay", heir.label)
            }
            Err(error) => return Err(error),
        };
        notes.push(format!("{rows}: that table inherits from {name}, and its rows are its own"));
    }
    Ok(notes)
}

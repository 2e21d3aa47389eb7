//! Whether an adoption would run code of somebody else with the rights of who adopts.

use diesel::PgConnection;

use crate::error::Failure;
use crate::store::adopt::strangers::{self, Called};
use crate::ui::human;

/// So many functions are named.
const NAMED: usize = 5;

/// What checks, generated columns and indexes call runs where rows are copied, with the rights of who
/// adopts; and in part already where a table is read, as the server works out beforehand what it can.
///
/// # Errors
/// Refused: some of it, of `tables` of a schema or of all, is another role's, and nobody said that it may run.
pub(in crate::commands::db) fn require(
    conn: &mut PgConnection,
    tables: Option<(&str, &[String])>,
    trust_functions: bool,
) -> anyhow::Result<()> {
    if trust_functions {
        return Ok(());
    }
    let mut called = strangers::called(conn, false)?;
    called.retain(|one| {
        tables.is_none_or(|(schema, tables)| one.schema == schema && tables.contains(&one.table))
    });
    if called.is_empty() {
        return Ok(());
    }
    let shown: Vec<String> = called.iter().map(Called::shown).collect();
    let deed =
        if tables.is_some() { "to read the rows may call" } else { "a copy of the rows calls" };
    Err(Failure::refused("will not run functions of other roles with your own rights")
        .why(format!("{deed} {}", human::listed(&shown, NAMED)))
        .hint(
            "look at what they do, then say --trust-functions; or run it as a role that may no more \
             than their owners",
        )
        .into())
}

//! Code of others than who adopts: what a table calls runs with the rights of whoever writes to it.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::store::statements;

#[derive(Debug, QueryableByName)]
pub struct Called {
    /// Of the table, with its schema, quoted; or `event trigger watch`.
    #[diesel(sql_type = Text)]
    pub relation: String,
    /// The same in two, as they are; empty of an event trigger.
    #[diesel(sql_type = Text)]
    pub schema: String,
    #[diesel(sql_type = Text)]
    pub table: String,
    #[diesel(sql_type = Text)]
    function: String,
    #[diesel(sql_type = Text)]
    owner: String,
}

impl Called {
    /// `app.f(text) of eve, by app.calls`
    pub fn shown(&self) -> String {
        format!("{} of {}, by {}", self.function, self.owner, self.relation)
    }
}

/// Functions of other roles, but superusers', that tables call where rows are written to them; and
/// with `fired`, also as triggers, rules and defaults.
///
/// # Errors
/// The server refuses.
pub fn called(conn: &mut PgConnection, fired: bool) -> QueryResult<Vec<Called>> {
    // Mostly there is none, and what leads where is many thousands of rows.
    let are_there = "SELECT EXISTS (SELECT FROM pg_catalog.pg_proc p \
             JOIN pg_catalog.pg_roles o ON o.oid OPERATOR(pg_catalog.=) p.proowner \
             WHERE NOT o.rolsuper AND o.rolname OPERATOR(pg_catalog.<>) current_user) AS truth";
    if !statements::truth(conn, are_there)? {
        return Ok(Vec::new());
    }
    diesel::sql_query(include_str!("../sql/strangers_code.sql")).bind::<Bool, _>(fired).load(conn)
}

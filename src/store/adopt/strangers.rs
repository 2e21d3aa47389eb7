//! Code of others than who adopts: what a table calls runs with the rights of whoever writes to it.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

#[derive(Debug, QueryableByName)]
pub struct Called {
    /// Of the table, with its schema, quoted.
    #[diesel(sql_type = Text)]
    pub relation: String,
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
    diesel::sql_query(include_str!("../sql/strangers_code.sql")).bind::<Bool, _>(fired).load(conn)
}

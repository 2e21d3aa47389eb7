//! A table of ours while many rows come: its keys and indexes are made again afterwards, which takes
//! a fraction of what they take row by row.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::store::statements;

/// What was dropped for the time of the work.
pub struct Parts(Vec<Part>);

#[derive(Debug, QueryableByName)]
struct Part {
    #[diesel(sql_type = Text)]
    gone: String,
    #[diesel(sql_type = Text)]
    made: String,
}

/// Foreign keys, and the indexes of no constraint. Run it in a transaction.
///
/// # Errors
/// The server refuses.
pub fn take_off(conn: &mut PgConnection, table: &str) -> QueryResult<Parts> {
    let parts: Vec<Part> = diesel::sql_query(include_str!("../sql/adopt_parts.sql"))
        .bind::<Text, _>(table)
        .load(conn)?;
    for part in &parts {
        statements::run(conn, &part.gone)?;
    }
    Ok(Parts(parts))
}

/// So that the first questions are planned well.
pub fn analyse(conn: &mut PgConnection) -> QueryResult<()> {
    statements::run(conn, "ANALYZE")
}

impl Parts {
    /// # Errors
    /// A row breaks one of them.
    pub fn put_back(self, conn: &mut PgConnection) -> QueryResult<()> {
        self.0.iter().rev().try_for_each(|part| statements::run(conn, &part.made))
    }
}

//! One statement at a time.

use diesel::prelude::*;

/// Runs it alone: nothing that was read can begin a second one.
pub(super) fn run(conn: &mut PgConnection, sql: &str) -> QueryResult<()> {
    diesel::sql_query(sql).execute(conn).map(drop)
}

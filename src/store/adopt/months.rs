//! In the copy: the partitions of the log.

use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use jiff_diesel::Timestamp as DbTimestamp;

use super::expression::{ROW, Rules};
use crate::domain::adopt::mapping::Table;
use crate::store::partitions::{self, Month};

/// The months of the log that have rows, before those come. What is of no month that anybody would look
/// for, such as the year 1 or infinity, goes to the DEFAULT partition, which `doctor` tells of: one such
/// time doesn't make all the months on the way to it.
///
/// # Errors
/// The server refuses.
pub(super) fn make(
    conn: &mut PgConnection,
    rules: &Rules<'_>,
    table: &Table,
    source: &str,
) -> QueryResult<()> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Timestamptz, deserialize_as = DbTimestamp)]
        month: jiff::Timestamp,
    }
    let Some(column) = table.column("created_at") else { return Ok(()) };
    let time = rules.converted(table, column);
    let rows: Vec<Row> = diesel::sql_query(format!(
        "SELECT DISTINCT pg_catalog.date_trunc('month'::text, times.time) AS month \
         FROM (SELECT {time} AS time FROM {source} AS {ROW} OFFSET 0) AS times \
         WHERE times.time >= CURRENT_TIMESTAMP - '50 years'::interval \
             AND times.time < CURRENT_TIMESTAMP + '1 year'::interval ORDER BY 1"
    ))
    .load(conn)?;
    for Row { month } in rows {
        let month = Month::of(month);
        partitions::ensure(conn, month, month)?;
    }
    Ok(())
}

//! Monthly partitions of `audit_logs`.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::catalog;

/// Rows of a month that may move out of the DEFAULT partition in the transaction that makes the
/// month's own: they take a tenth of a second, in which nobody inserts. More of them are split
/// off, see [`super::partition_split`].
pub const MOVED_AT_ONCE: u64 = 20_000;

/// A month of UTC, and so a partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(Date);

impl Month {
    /// The month of a moment.
    pub fn of(time: Timestamp) -> Month {
        Month::of_date(time.to_zoned(TimeZone::UTC).date())
    }

    /// The month of a day.
    pub fn of_date(date: Date) -> Month {
        Month(date.first_of_month())
    }

    /// The month `months` later.
    pub fn plus(self, months: i64) -> Month {
        Month(self.0.saturating_add(months.months()))
    }

    /// Its partition: letters and digits, nothing to quote.
    pub fn partition(self) -> String {
        format!("audit_logs_{}", self.0.strftime("%Y_%m"))
    }

    /// `2027-01`
    pub fn label(self) -> String {
        self.0.strftime("%Y-%m").to_string()
    }

    /// Its first moment and the next month's, as constants.
    pub(super) fn bounds(self) -> (String, String) {
        let constant = |month: Month| format!("'{} 00:00:00+00'", month.0);
        (constant(self), constant(self.plus(1)))
    }
}

/// Makes the partitions from one month to another that aren't there, and returns their names.
///
/// Rows of such a month that the DEFAULT partition took meanwhile move along,
/// for otherwise the server refuses to attach the new one. A month with more than
/// [`MOVED_AT_ONCE`] of them is left out. Run it in a transaction.
pub fn ensure(conn: &mut PgConnection, from: Month, to: Month) -> QueryResult<Vec<String>> {
    let mut made = Vec::new();
    let mut month = from;
    while month <= to {
        if missing(conn, month)?.is_some() && create(conn, month)? {
            made.push(month.partition());
        }
        month = month.plus(1);
    }
    Ok(made)
}

/// The partition of a month, unless it is there.
pub fn missing(conn: &mut PgConnection, month: Month) -> QueryResult<Option<String>> {
    let name = month.partition();
    Ok((!catalog::table_exists(conn, &name)?).then_some(name))
}

/// Made aside and attached, so that readers of the other partitions go on. Who
/// inserts waits before it is decided where the row goes: else a row that was on
/// its way to the DEFAULT partition would be refused there. Where rows move, readers
/// wait too: one that knew the partitions of before would find the rows in none.
fn create(conn: &mut PgConnection, month: Month) -> QueryResult<bool> {
    let (name, (from, to)) = (month.partition(), month.bounds());
    let mode = match strays_of(conn, month)? {
        0 => "SHARE ROW EXCLUSIVE",
        rows if rows <= MOVED_AT_ONCE => "ACCESS EXCLUSIVE",
        _ => return Ok(false),
    };
    conn.batch_execute(&format!(
        "CREATE TABLE {name} (LIKE audit_logs INCLUDING ALL); \
         LOCK TABLE ONLY audit_logs IN {mode} MODE; \
         LOCK TABLE audit_logs_default IN ACCESS EXCLUSIVE MODE"
    ))?;
    // The first may have come until the locks were granted.
    if strays_of(conn, month)? > 0 {
        conn.batch_execute(&format!(
            "LOCK TABLE ONLY audit_logs IN ACCESS EXCLUSIVE MODE; \
             WITH moved AS (DELETE FROM audit_logs_default \
                 WHERE created_at >= {from} AND created_at < {to} RETURNING *) \
             INSERT INTO {name} SELECT * FROM moved"
        ))?;
    }
    conn.batch_execute(&format!(
        "ALTER TABLE audit_logs ATTACH PARTITION {name} FOR VALUES FROM ({from}) TO ({to})"
    ))?;
    Ok(true)
}

/// How many rows of a month are in the DEFAULT partition, counted to one more than
/// [`MOVED_AT_ONCE`].
fn strays_of(conn: &mut PgConnection, month: Month) -> QueryResult<u64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let (from, to) = month.bounds();
    let row: Row = diesel::sql_query(format!(
        "SELECT count(*) AS rows FROM (SELECT FROM audit_logs_default \
         WHERE created_at >= {from} AND created_at < {to} LIMIT {MOVED_AT_ONCE} + 1) AS found"
    ))
    .get_result(conn)?;
    Ok(u64::try_from(row.rows).unwrap_or_default())
}

/// A month that has rows in the DEFAULT partition.
#[derive(Debug, Clone, Copy)]
pub struct Stray {
    pub month: Month,
    pub rows: u64,
}

/// The months of what the DEFAULT partition took, the newest first. Times without
/// end stay there for good.
pub fn strays(conn: &mut PgConnection) -> QueryResult<Vec<Stray>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Timestamptz, deserialize_as = jiff_diesel::Timestamp)]
        month: Timestamp,
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT date_trunc('month', created_at, 'UTC') AS month, count(*) AS rows \
         FROM audit_logs_default WHERE isfinite(created_at) \
         AND created_at BETWEEN '0001-01-01' AND '9999-01-01' \
         GROUP BY 1 ORDER BY 1 DESC",
    )
    .load(conn)?;
    let stray = |row: Row| Stray {
        month: Month::of(row.month),
        rows: u64::try_from(row.rows).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(stray).collect())
}

/// Bounds how long each further statement of this transaction may wait and hold what it locks.
/// A lock is waited for at most half of that, so that it is this that ends in vain, which is tried
/// again, and not the statement.
pub fn bound_locks(conn: &mut PgConnection, timeout: Duration) -> QueryResult<()> {
    conn.batch_execute(&format!(
        "SET LOCAL statement_timeout = {}; SET LOCAL lock_timeout = {}",
        timeout.as_millis(),
        timeout.as_millis() / 2
    ))
}

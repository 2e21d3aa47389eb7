//! Monthly partitions of `audit_logs`.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::catalog;

/// Makes the partitions of the month of `from` and of those up to the month of
/// `to` that aren't there, and returns their names. Months are UTC months.
///
/// Rows of such a month that the DEFAULT partition took meanwhile move along,
/// for otherwise the server refuses to attach the new one. Run it in a
/// transaction.
pub fn ensure(conn: &mut PgConnection, from: Timestamp, to: Timestamp) -> QueryResult<Vec<String>> {
    let mut made = Vec::new();
    let mut month = first_of_month(from);
    let last = first_of_month(to);
    while month <= last {
        let name = name_of(month);
        let next = month.saturating_add(1.month());
        if !catalog::table_exists(conn, &name)? {
            create(conn, &name, month, next)?;
            made.push(name);
        }
        month = next;
    }
    Ok(made)
}

/// The partition of this moment's month, unless it is there.
pub fn missing(conn: &mut PgConnection, time: Timestamp) -> QueryResult<Option<String>> {
    let name = name_of(first_of_month(time));
    Ok((!catalog::table_exists(conn, &name)?).then_some(name))
}

fn name_of(month: Date) -> String {
    format!("audit_logs_{}", month.strftime("%Y_%m"))
}

/// The timestamp `months` months later, by the UTC calendar.
pub fn months_later(time: Timestamp, months: i64) -> Timestamp {
    let zoned = time.to_zoned(TimeZone::UTC);
    zoned.saturating_add(months.months()).timestamp()
}

fn first_of_month(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date().first_of_month()
}

/// Made aside and attached, so that readers of the other partitions go on. Who
/// inserts waits before it is decided where the row goes: else a row that was on
/// its way to the DEFAULT partition would be refused there.
fn create(conn: &mut PgConnection, name: &str, from: Date, to: Date) -> QueryResult<()> {
    // Names and dates are ours, made of digits: nothing to quote.
    let range = format!("FROM ('{from} 00:00:00+00') TO ('{to} 00:00:00+00')");
    conn.batch_execute(&format!("CREATE TABLE {name} (LIKE audit_logs INCLUDING ALL)"))?;
    conn.batch_execute(
        "LOCK TABLE ONLY audit_logs IN SHARE ROW EXCLUSIVE MODE; \
         LOCK TABLE audit_logs_default IN ACCESS EXCLUSIVE MODE",
    )?;
    if default_has_rows(conn, from, to)? {
        conn.batch_execute(&format!(
            "WITH moved AS (
                 DELETE FROM audit_logs_default
                 WHERE created_at >= '{from} 00:00:00+00' AND created_at < '{to} 00:00:00+00'
                 RETURNING *)
             INSERT INTO {name} SELECT * FROM moved"
        ))?;
    }
    conn.batch_execute(&format!(
        "ALTER TABLE audit_logs ATTACH PARTITION {name} FOR VALUES {range}"
    ))
}

/// A month that has rows in the DEFAULT partition.
#[derive(Debug, Clone, QueryableByName)]
pub struct Stray {
    /// Its first moment.
    #[diesel(sql_type = Timestamptz, deserialize_as = jiff_diesel::Timestamp)]
    pub month: Timestamp,
    #[diesel(sql_type = BigInt)]
    pub rows: i64,
}

/// The months of what the DEFAULT partition took, the newest first. Times without
/// end stay there for good.
pub fn strays(conn: &mut PgConnection, limit: i64) -> QueryResult<Vec<Stray>> {
    diesel::sql_query(
        "SELECT date_trunc('month', created_at, 'UTC') AS month, count(*) AS rows \
         FROM audit_logs_default WHERE isfinite(created_at) \
         AND created_at BETWEEN '0001-01-01' AND '9999-01-01' \
         GROUP BY 1 ORDER BY 1 DESC LIMIT $1",
    )
    .bind::<BigInt, _>(limit)
    .load(conn)
}

/// Bounds how long each further statement of this transaction may hold what it
/// locks.
pub fn bound_locks(conn: &mut PgConnection, timeout: Duration) -> QueryResult<()> {
    conn.batch_execute(&format!("SET LOCAL statement_timeout = {}", timeout.as_millis()))
}

fn default_has_rows(conn: &mut PgConnection, from: Date, to: Date) -> QueryResult<bool> {
    let found = diesel::sql_query(
        "SELECT 1 FROM audit_logs_default \
         WHERE created_at >= $1::date::timestamptz AND created_at < $2::date::timestamptz LIMIT 1",
    )
    .bind::<Text, _>(from.to_string())
    .bind::<Text, _>(to.to_string())
    .execute(conn)?;
    Ok(found > 0)
}

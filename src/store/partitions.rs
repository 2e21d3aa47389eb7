//! Monthly partitions of `audit_logs`.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
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
        let name = format!("audit_logs_{}", month.strftime("%Y_%m"));
        let next = month.saturating_add(1.month());
        if !catalog::table_exists(conn, &name)? {
            create(conn, &name, month, next)?;
            made.push(name);
        }
        month = next;
    }
    Ok(made)
}

/// The timestamp `months` months later, by the UTC calendar.
pub fn months_later(time: Timestamp, months: i64) -> Timestamp {
    let zoned = time.to_zoned(TimeZone::UTC);
    zoned.saturating_add(months.months()).timestamp()
}

fn first_of_month(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date().first_of_month()
}

fn create(conn: &mut PgConnection, name: &str, from: Date, to: Date) -> QueryResult<()> {
    // Names and dates are ours, made of digits: nothing to quote.
    let range = format!("FROM ('{from} 00:00:00+00') TO ('{to} 00:00:00+00')");
    let stray = default_has_rows(conn, from, to)?;
    if !stray {
        return conn.batch_execute(&format!(
            "CREATE TABLE {name} PARTITION OF audit_logs FOR VALUES {range}"
        ));
    }
    conn.batch_execute(&format!(
        "CREATE TABLE {name} (LIKE audit_logs INCLUDING ALL);
         WITH moved AS (
             DELETE FROM audit_logs_default
             WHERE created_at >= '{from} 00:00:00+00' AND created_at < '{to} 00:00:00+00'
             RETURNING *)
         INSERT INTO {name} SELECT * FROM moved;
         ALTER TABLE audit_logs ATTACH PARTITION {name} FOR VALUES {range};"
    ))
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

//! Monthly partitions of `audit_logs`.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use jiff_diesel::NullableTimestamp as NullableDbTimestamp;

use super::foreign_keys;
use super::statements::{run, truth};
use crate::domain::retention::partition::{self, Cover, Partition, Relation};
use crate::store::scalar::ScalarQuery;

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

    /// Its first moment.
    pub fn start(self) -> Timestamp {
        self.0.to_zoned(TimeZone::UTC).map(|day| day.timestamp()).unwrap_or(Timestamp::MAX)
    }

    /// Its first moment and the next month's, as constants.
    pub(super) fn bounds(self) -> (String, String) {
        let constant = |month: Month| format!("'{} 00:00:00+00'", month.0);
        (constant(self), constant(self.plus(1)))
    }
}

/// The partitions of `audit_logs` in the order of time, DEFAULT last.
pub fn list(conn: &mut PgConnection) -> QueryResult<Vec<Partition>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        sql: String,
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Bool)]
        is_default: bool,
        #[diesel(sql_type = Bool)]
        is_foreign: bool,
        #[diesel(sql_type = Nullable<Timestamptz>, deserialize_as = NullableDbTimestamp)]
        lower: Option<Timestamp>,
        #[diesel(sql_type = Nullable<Timestamptz>, deserialize_as = NullableDbTimestamp)]
        upper: Option<Timestamp>,
    }
    let rows: Vec<Row> = diesel::sql_query(include_str!("sql/partitions.sql")).load(conn)?;
    let partition = |row: Row| Partition {
        relation: Relation { sql: row.sql, name: row.name },
        from: row.lower,
        to: row.upper,
        is_default: row.is_default,
        is_foreign: row.is_foreign,
    };
    Ok(rows.into_iter().map(partition).collect())
}

/// The DEFAULT partition, if there is one on this server.
pub fn default_partition(conn: &mut PgConnection) -> QueryResult<Option<Relation>> {
    let mut found = list(conn)?.into_iter();
    Ok(found.find(|one| one.is_default && !one.is_foreign).map(|one| one.relation))
}

/// What stands in the way of a month's own partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Its times have partitions already.
    There,
    Free,
    /// Only a part of its times has: why there is no room for it, and the way out.
    InPart(String),
    /// The name is something else's: what, and the way out.
    Taken(String),
}

/// Where the partition of a month may go, among those that there are.
pub fn place(
    conn: &mut PgConnection,
    partitions: &[Partition],
    month: Month,
) -> QueryResult<Place> {
    match partition::cover(partitions, month.start(), month.plus(1).start()) {
        Cover::Whole => return Ok(Place::There),
        Cover::Part(names) => {
            let names = names.join(", ");
            return Ok(Place::InPart(format!(
                "{names} takes a part of its times; make partitions for the rest of {}",
                month.label()
            )));
        }
        Cover::Nothing => {}
    }
    // A table brings a type of its name along.
    let taken = diesel::sql_query(
        "SELECT pg_describe_object('pg_class'::regclass::oid, oid, 0) AS name FROM pg_class \
         WHERE relname = $1 AND relnamespace = quote_ident(current_schema()::text)::regnamespace::oid \
         UNION ALL \
         SELECT pg_describe_object('pg_type'::regclass::oid, oid, 0) FROM pg_type \
         WHERE typname = $1 AND typnamespace = quote_ident(current_schema()::text)::regnamespace::oid LIMIT 1",
    )
    .bind::<Text, _>(month.partition())
    .scalar::<Text, String>(conn)
    .optional()?;
    let (name, (from, to)) = (month.partition(), month.bounds());
    Ok(match taken {
        None => Place::Free,
        Some(taken) => Place::Taken(format!(
            "its name is taken by {taken}, which is no partition; rename that, or, if it is the month, \
             ALTER TABLE audit_logs ATTACH PARTITION {name} FOR VALUES FROM ({from}) TO ({to})"
        )),
    })
}

/// What came of making partitions.
#[derive(Debug, Clone, Default)]
pub struct Ensured {
    pub made: Vec<String>,
    /// Months that couldn't have theirs, and why not.
    pub barred: Vec<(Month, String)>,
}

impl Ensured {
    /// `no partition was made for 2026-11: ...`, for each month without.
    pub fn warnings(&self) -> impl Iterator<Item = String> {
        self.barred
            .iter()
            .map(|(month, why)| format!("no partition was made for {}: {why}", month.label()))
    }
}

/// Makes the partitions from one month to another that aren't there.
///
/// Rows of such a month that the DEFAULT partition took meanwhile move along,
/// for otherwise the server refuses to attach the new one. A month with more than
/// [`MOVED_AT_ONCE`] of them is left out. Run it in a transaction.
pub fn ensure(conn: &mut PgConnection, from: Month, to: Month) -> QueryResult<Ensured> {
    let mut ensured = Ensured::default();
    let partitions = list(conn)?;
    let default = default_partition(conn)?;
    let mut month = from;
    while month <= to {
        match place(conn, &partitions, month)? {
            Place::There => {}
            // Whoever made those goes on making them.
            Place::InPart(_) if strays_of(conn, month, default.as_ref())? == 0 => {}
            Place::InPart(why) | Place::Taken(why) => ensured.barred.push((month, why)),
            Place::Free => match create(conn, month, default.as_ref())? {
                Ok(true) => ensured.made.push(month.partition()),
                Ok(false) => {}
                Err(why) => ensured.barred.push((month, why)),
            },
        }
        month = month.plus(1);
    }
    Ok(ensured)
}

/// Made aside and attached, so that readers of the other partitions go on. Who
/// inserts waits before it is decided where the row goes: else a row that was on
/// its way to the DEFAULT partition would be refused there. Where rows move, readers
/// wait too: one that knew the partitions of before would find the rows in none.
/// The inner error is why it can't be.
fn create(
    conn: &mut PgConnection,
    month: Month,
    default: Option<&Relation>,
) -> QueryResult<Result<bool, String>> {
    let (name, (from, to)) = (month.partition(), month.bounds());
    let mode = match strays_of(conn, month, default)? {
        0 => "SHARE ROW EXCLUSIVE",
        rows if rows <= MOVED_AT_ONCE => "ACCESS EXCLUSIVE",
        _ => return Ok(Ok(false)),
    };
    run(conn, &format!("LOCK TABLE ONLY audit_logs IN {mode} MODE"))?;
    if let Some(Relation { sql, .. }) = default {
        run(conn, &format!("LOCK TABLE {sql} IN ACCESS EXCLUSIVE MODE"))?;
    }
    // The first may have come until the locks were granted.
    let strays = strays_of(conn, month, default)? > 0;
    if strays && let Some(why) = bound_rows(conn, month, default)? {
        return Ok(Err(why));
    }
    // A partition has no identity of its own: the parent's numbers its rows.
    run(conn, &format!("CREATE TABLE {name} (LIKE audit_logs INCLUDING ALL EXCLUDING IDENTITY)"))?;
    if strays && let Some(Relation { sql, .. }) = default {
        let columns = columns(conn)?;
        conn.batch_execute("LOCK TABLE ONLY audit_logs IN ACCESS EXCLUSIVE MODE")?;
        run(
            conn,
            &format!(
                "WITH moved AS (DELETE FROM {sql} \
                     WHERE created_at >= {from} AND created_at < {to} RETURNING {columns}) \
                 INSERT INTO {name} ({columns}) SELECT {columns} FROM moved"
            ),
        )?;
    }
    run(
        conn,
        &format!(
            "ALTER TABLE audit_logs ATTACH PARTITION {name} FOR VALUES FROM ({from}) TO ({to})"
        ),
    )?;
    adopt(conn, month)?;
    Ok(Ok(true))
}

/// Gives a month's new partition its parent's owner and rights.
pub(super) fn adopt(conn: &mut PgConnection, month: Month) -> QueryResult<()> {
    run(
        conn,
        &include_str!("sql/adopt_partition.sql")
            .replace("PARTITION'", &format!("{}'", month.partition())),
    )
}

/// Why the rows of a month can't leave the DEFAULT partition: to move a row is to delete it, and
/// with it, or its reference, would go what points at it.
fn bound_rows(
    conn: &mut PgConnection,
    month: Month,
    default: Option<&Relation>,
) -> QueryResult<Option<String>> {
    let (Some(Relation { sql, .. }), (from, to)) = (default, month.bounds()) else {
        return Ok(None);
    };
    for key in foreign_keys::pointing_at(conn, "audit_logs")? {
        let is_pointed_at = truth(
            conn,
            &format!(
                "SELECT EXISTS (SELECT FROM {sql} t JOIN {} c ON {} \
                 WHERE t.created_at >= {from} AND t.created_at < {to}) AS truth",
                key.relation,
                key.join("c", "t")
            ),
        )?;
        if is_pointed_at {
            return Ok(Some(format!(
                "rows of {} refer to entries of it that fell into the DEFAULT partition \
                 (constraint {}), and the server moves no row that is referred to",
                key.table_name, key.constraint_name
            )));
        }
    }
    Ok(None)
}

/// The columns of the log that take a value, by name: a partition may have them in an order of
/// its own.
pub(super) fn columns(conn: &mut PgConnection) -> QueryResult<String> {
    diesel::sql_query(
        "SELECT string_agg(quote_ident(attname::text), ', ' ORDER BY attnum) AS columns \
         FROM pg_attribute WHERE attrelid = 'audit_logs'::regclass::oid \
         AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
    )
    .scalar::<Text, _>(conn)
}

/// How many rows of a month are in the DEFAULT partition, counted to one more than
/// [`MOVED_AT_ONCE`].
fn strays_of(
    conn: &mut PgConnection,
    month: Month,
    default: Option<&Relation>,
) -> QueryResult<u64> {
    let Some(Relation { sql, .. }) = default else { return Ok(0) };
    let (from, to) = month.bounds();
    let rows = diesel::sql_query(format!(
        "SELECT count(*) AS rows FROM (SELECT FROM {sql} \
         WHERE created_at >= {from} AND created_at < {to} LIMIT {MOVED_AT_ONCE} + 1) AS found"
    ))
    .scalar::<BigInt, i64>(conn)?;
    Ok(u64::try_from(rows).unwrap_or_default())
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
    let Some(Relation { sql, .. }) = default_partition(conn)? else { return Ok(Vec::new()) };
    let rows: Vec<Row> = diesel::sql_query(format!(
        "SELECT date_trunc('month', created_at, 'UTC') AS month, count(*) AS rows \
         FROM {sql} WHERE created_at BETWEEN '0001-01-01' AND '9998-12-01' \
         GROUP BY 1 ORDER BY 1 DESC"
    ))
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
    let whole_ms = timeout.as_millis();
    run(conn, &format!("SET LOCAL statement_timeout = {whole_ms}"))?;
    run(conn, &format!("SET LOCAL lock_timeout = {}", whole_ms / 2))
}

//! Filling a database with sample rows: the base profile as one script, the
//! sized ones through COPY.

use std::cell::{Cell, RefCell};
use std::error::Error as StdError;
use std::fmt;
use std::io::{self, Write};

use diesel::connection::SimpleConnection;
use diesel::pg::CopyFormat;
use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::copy::Rows;
use super::interference::{self, Event};
use super::partitions::{self, Month};
use super::schema::{assignments, audit_logs, contacts, messages, notes, scheduled_jobs};
use super::{catalog, users};
use crate::domain::sample::Sample;
use crate::domain::sql;

/// The people of the base profile, by role: viewer, editor, admin.
const USERS: [(u128, &str); 3] = [
    (0x0190_0000_0000_7000_8000_0000_0000_0001, "viewer@inbox.example"),
    (0x0190_0000_0000_7000_8000_0000_0000_0002, "editor@inbox.example"),
    (0x0190_0000_0000_7000_8000_0000_0000_0003, "admin@inbox.example"),
];

/// Rows that were added to a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    pub table: String,
    pub rows: u64,
}

/// Adds what is missing of the base profile. Run it in a transaction.
pub fn insert_base(conn: &mut PgConnection) -> QueryResult<Vec<Added>> {
    sql::statements(include_str!("sql/seed_base.sql"))
        .into_iter()
        .map(|statement| {
            let rows = diesel::sql_query(statement.text).execute(conn)?;
            let table = statement.text.split_whitespace().nth(2).unwrap_or_default();
            Ok(Added { table: table.to_owned(), rows: rows as u64 })
        })
        .collect()
}

/// The ids of the base profile's people, who may have been changed or replaced.
pub fn base_user_ids(conn: &mut PgConnection) -> QueryResult<[Uuid; 3]> {
    let mut ids = USERS.map(|(id, _)| Uuid::from_u128(id));
    for (id, (_, email)) in ids.iter_mut().zip(USERS) {
        *id = users::find_id_by_id_or_email(conn, *id, email)?.ok_or(diesel::NotFound)?;
    }
    Ok(ids)
}

/// Contacts that no profile made: all but the base ones and `sampled` others.
pub fn count_foreign_contacts(conn: &mut PgConnection, sampled: u64) -> QueryResult<u64> {
    let first = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0100);
    let last = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_01ff);
    let base: i64 =
        contacts::table.filter(contacts::id.between(first, last)).count().get_result(conn)?;
    let all = catalog::count_rows(conn, "contacts")?;
    Ok(u64::try_from(all - base).unwrap_or_default().saturating_sub(sampled))
}

/// Why copying ended early.
#[derive(Debug)]
pub enum CopyError {
    /// It was told to stop.
    Stopped,
    Connection(io::Error),
    Database(diesel::result::Error),
}

impl fmt::Display for CopyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CopyError::Stopped => f.write_str("stopped"),
            CopyError::Connection(_) => f.write_str("the rows could not be sent"),
            CopyError::Database(_) => f.write_str("the database refused the rows"),
        }
    }
}

impl StdError for CopyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            CopyError::Stopped => None,
            CopyError::Connection(error) => Some(error),
            CopyError::Database(error) => Some(error),
        }
    }
}

impl From<diesel::result::Error> for CopyError {
    fn from(error: diesel::result::Error) -> CopyError {
        CopyError::Database(error)
    }
}

impl From<io::Error> for CopyError {
    fn from(error: io::Error) -> CopyError {
        CopyError::Connection(error)
    }
}

/// Hears of every few thousand rows: the table, how many more, and says whether
/// to go on.
pub type Report<'a> = &'a dyn Fn(&'static str, u64) -> bool;

/// Rows between two reports.
const REPORT_EVERY: u64 = 4096;

/// Copies a whole sample. Memory doesn't grow with its size. Run it in a
/// transaction.
///
/// # Errors
/// The server refuses, or `report` said stop.
pub fn copy(conn: &mut PgConnection, sample: &Sample, report: Report<'_>) -> Result<(), CopyError> {
    // As long as it takes: a million contacts on a slow disk take minutes.
    conn.batch_execute("SET LOCAL statement_timeout = 0")?;
    let month = Month::of(sample.as_of());
    // What can't have a partition goes into the DEFAULT one.
    partitions::ensure(conn, month.plus(-18), month)?;
    copy_contacts(conn, sample, report)?;
    copy_messages(conn, sample, report)?;
    copy_notes(conn, sample, report)?;
    copy_assignments(conn, sample, report)?;
    copy_jobs(conn, sample, report)?;
    copy_audit(conn, sample, report)
}

/// Writes all rows of an iterator; `write` adds the fields of one.
fn stream<R>(
    out: &mut dyn Write,
    table: &'static str,
    rows: impl Iterator<Item = R>,
    report: Report<'_>,
    write: impl Fn(&mut Rows<'_>, &R) -> io::Result<()>,
) -> Result<(), CopyError> {
    let mut copy = Rows::new(out);
    let mut unreported = 0;
    for row in rows {
        write(&mut copy, &row)?;
        unreported += 1;
        if unreported == REPORT_EVERY {
            if !report(table, unreported) {
                return Err(CopyError::Stopped);
            }
            unreported = 0;
        }
    }
    report(table, unreported);
    Ok(copy.end()?)
}

/// COPY of one table from a stream of rows.
macro_rules! copy_table {
    ($conn:expr, $table:ident, $columns:tt, $rows:expr, $report:expr, $write:expr) => {{
        let sent = Cell::new(0);
        let counted = $rows.inspect(|_| sent.set(sent.get() + 1));
        // Diesel calls it once but takes a Fn.
        let rows = RefCell::new(Some(counted));
        let copied = diesel::copy_from($table::table)
            .from_raw_data($columns, |out: &mut dyn Write| match rows.take() {
                Some(rows) => stream(out, stringify!($table), rows, $report, $write),
                None => Ok(()),
            })
            .with_format(CopyFormat::Binary)
            .execute($conn)?;
        let counts = (sent.get(), copied);
        Ok(interference::none_swallowed($conn, stringify!($table), Event::Insert, counts)?)
    }};
}

fn copy_contacts(
    conn: &mut PgConnection,
    sample: &Sample,
    report: Report<'_>,
) -> Result<(), CopyError> {
    use contacts::{created_at, email, id, metadata, name, phone, social_handles, updated_at};
    let columns = (id, name, phone, email, social_handles, metadata, created_at, updated_at);
    copy_table!(conn, contacts, columns, sample.contacts(), report, |copy, row| {
        copy.row(8)?
            .uuid(row.id)
            .optional_text(row.name.as_deref())
            .optional_text(row.phone.as_deref())
            .optional_text(row.email.as_deref())
            .json(&row.social_handles)
            .json(&row.metadata)
            .time(row.created_at)
            .time(row.updated_at);
        Ok(())
    })
}

fn copy_messages(
    conn: &mut PgConnection,
    sample: &Sample,
    report: Report<'_>,
) -> Result<(), CopyError> {
    use messages::{
        channel, contact_id, content, created_at, direction, external_id, id, metadata, read_at,
        scheduled_at, sent_at, status, thread_id, updated_at, user_id,
    };
    let columns = (
        id,
        contact_id,
        channel,
        direction,
        content,
        status,
        thread_id,
        scheduled_at,
        sent_at,
        read_at,
        external_id,
        user_id,
        metadata,
        created_at,
        updated_at,
    );
    copy_table!(conn, messages, columns, sample.messages(), report, |copy, row| {
        copy.row(15)?
            .uuid(row.id)
            .uuid(row.contact_id)
            .text(row.channel.as_str())
            .text(row.direction.as_str())
            .text(&row.content)
            .text(row.status.as_str())
            .text(row.thread_id.hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer()))
            .optional_time(row.scheduled_at)
            .optional_time(row.sent_at)
            .optional_time(row.read_at)
            .optional_text(row.external_id.as_deref())
            .optional_uuid(row.user_id)
            .json(&row.metadata)
            .time(row.created_at)
            .time(row.updated_at);
        Ok(())
    })
}

fn copy_notes(
    conn: &mut PgConnection,
    sample: &Sample,
    report: Report<'_>,
) -> Result<(), CopyError> {
    use notes::{contact_id, content, created_at, id, type_, updated_at, user_id};
    let columns = (id, contact_id, user_id, content, type_, created_at, updated_at);
    copy_table!(conn, notes, columns, sample.notes(), report, |copy, row| {
        copy.row(7)?
            .uuid(row.id)
            .uuid(row.contact_id)
            .uuid(row.user_id)
            .text(&row.content)
            .text(row.note_type.as_str())
            .time(row.created_at)
            .time(row.updated_at);
        Ok(())
    })
}

fn copy_assignments(
    conn: &mut PgConnection,
    sample: &Sample,
    report: Report<'_>,
) -> Result<(), CopyError> {
    use assignments::{contact_id, created_at, id, updated_at, user_id};
    let columns = (id, user_id, contact_id, created_at, updated_at);
    copy_table!(conn, assignments, columns, sample.assignments(), report, |copy, row| {
        copy.row(5)?
            .uuid(row.id)
            .uuid(row.user_id)
            .uuid(row.contact_id)
            .time(row.created_at)
            .time(row.updated_at);
        Ok(())
    })
}

fn copy_jobs(
    conn: &mut PgConnection,
    sample: &Sample,
    report: Report<'_>,
) -> Result<(), CopyError> {
    use scheduled_jobs::{
        attempts, created_at, finished_at, id, last_error, payload, scheduled_at, status, type_,
        updated_at,
    };
    let columns = (
        id,
        type_,
        payload,
        scheduled_at,
        status,
        attempts,
        last_error,
        finished_at,
        created_at,
        updated_at,
    );
    copy_table!(conn, scheduled_jobs, columns, sample.jobs(), report, |copy, row| {
        copy.row(10)?
            .uuid(row.id)
            .text(row.job_type)
            .json(&row.payload)
            .time(row.scheduled_at)
            .text(row.status.as_str())
            .integer(row.attempts)
            .optional_text(row.last_error)
            .optional_time(row.finished_at)
            .time(row.created_at)
            .time(row.updated_at);
        Ok(())
    })
}

fn copy_audit(
    conn: &mut PgConnection,
    sample: &Sample,
    report: Report<'_>,
) -> Result<(), CopyError> {
    use audit_logs::{action, actor, created_at, details, id, resource, resource_id, user_id};
    let columns = (id, user_id, actor, action, resource, resource_id, details, created_at);
    copy_table!(conn, audit_logs, columns, sample.audit_entries(), report, |copy, row| {
        copy.row(8)?
            .uuid(row.id)
            .optional_uuid(row.user_id)
            .text(row.actor)
            .text(row.action)
            .text(row.resource)
            .optional_text(row.resource_id.as_deref())
            .json(&row.details)
            .time(row.created_at);
        Ok(())
    })
}

/// Statistics for the planner after so many new rows.
pub fn analyze(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(
        "ANALYZE users, contacts, messages, notes, integrations, assignments, presence, \
         audit_logs, scheduled_jobs, templates",
    )
}

/// The anchor of a sample: today's midnight, so that a day's samples are alike.
pub fn midnight(now: Timestamp) -> Timestamp {
    let utc = now.to_zoned(jiff::tz::TimeZone::UTC);
    utc.start_of_day().map_or(now, |midnight| midnight.timestamp())
}

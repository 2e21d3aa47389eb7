//! Rows that are old enough, counted and deleted: entries of `audit_logs` by
//! partition, jobs by status.
//!
//! Whatever deletes here excludes rows under a hold by itself.

use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use uuid::Uuid;

use super::lock::{self, Key as LockKey};
use super::retention_references::References;
use super::retention_versions::{self, Version};
use super::statements::truth;
use crate::domain::consent::Consent;
use crate::domain::retention::partition::Relation;

/// What a hold may name an entry of the log by. `drop_audit_partition` of the database asks the same.
pub const AUDIT_MARKS: &str = "'action:' || t.action, 'resource:' || t.resource, \
    'resource:' || t.resource || '/' || t.resource_id, 'user:' || t.user_id::text, \
    'user:' || t.resource_id, 'contact:' || t.resource_id, \
    'user:' || (t.details ->> 'user_id'::text), 'contact:' || (t.details ->> 'contact_id'::text)";

/// What is deleted of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Of these actions and resources; empty lists are all.
    Audit { actions: Vec<String>, resources: Vec<String> },
    /// Of this label of job_status.
    Jobs { status: &'static str },
}

/// The old rows of one relation.
#[derive(Debug, Clone)]
pub struct Slice {
    /// A partition, or the table itself.
    pub relation: Relation,
    /// What FROM says of it: without what inherits from it.
    pub rows: String,
    pub subject: Subject,
    pub cutoff: Timestamp,
    /// Holds beside those of `retention_holds`: `contact:ID`.
    pub marks: Vec<String>,
    /// What points at rows of the table.
    pub references: Arc<References>,
    /// Triggers and rules of the application that look at each row that goes.
    pub guards: Vec<String>,
}

/// Where a walk in the order of age has got to. The time is PostgreSQL's text:
/// it may be infinite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub(super) time: String,
    pub(super) id: Uuid,
}

impl Key {
    pub fn first() -> Key {
        Key { time: String::from("-infinity"), id: Uuid::nil() }
    }
}

/// What a batch met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Rows that it chose; fewer than asked for, if there are no more.
    pub picked: u64,
    /// Rows that it deleted: others changed meanwhile.
    pub deleted: u64,
    /// The key of the last chosen row.
    pub last: Option<Key>,
}

impl Slice {
    /// Whether rows are locked before they are deleted. Audit entries are never updated, so that
    /// to lock them would only write each one twice, where nothing can point at them.
    pub fn locks(&self) -> bool {
        matches!(self.subject, Subject::Jobs { .. }) || self.takes_two_looks()
    }

    /// Whether it takes more than one statement to know what may go.
    pub(super) fn takes_two_looks(&self) -> bool {
        !self.guards.is_empty() || !self.references.is_empty()
    }

    pub(super) fn time(&self) -> &'static str {
        match self.subject {
            Subject::Audit { .. } => "t.created_at",
            Subject::Jobs { .. } => "coalesce(t.finished_at, t.updated_at)",
        }
    }

    pub(super) fn group(&self) -> &'static str {
        match self.subject {
            Subject::Audit { .. } => "t.action",
            Subject::Jobs { .. } => "t.status::text",
        }
    }

    pub(super) fn relation(&self) -> &str {
        &self.rows
    }

    /// Which rows are old enough: $1 is the cut-off, $3 and $4 are the filters.
    pub(super) fn is_old(&self) -> String {
        let time = self.time();
        match self.subject {
            Subject::Audit { .. } => format!(
                "{time} < $1 AND ($3 OPERATOR(pg_catalog.=) '{{}}' OR t.action = ANY ($3)) \
                 AND ($4 OPERATOR(pg_catalog.=) '{{}}' OR t.resource = ANY ($4))"
            ),
            // The label is one of ours, and a constant lets the partial index serve.
            Subject::Jobs { status } => {
                format!("t.status OPERATOR(pg_catalog.=) '{status}' AND {time} < $1")
            }
        }
    }

    /// Whether a hold keeps the row. The holds are read once a statement; a NULL
    /// among the marks of a row equals nothing.
    pub(super) fn is_held(&self) -> String {
        const HOLDS: &str = "(SELECT pg_catalog.array_agg(kind || ':' || value) FROM retention_holds \
                              WHERE released_at IS NULL)";
        let marks = match self.subject {
            Subject::Audit { .. } => AUDIT_MARKS,
            Subject::Jobs { .. } => {
                "'action:' || t.type, 'resource:scheduled_jobs', 'resource:scheduled_jobs/' || t.id::text, \
                 'user:' || (t.payload ->> 'user_id'::text), 'contact:' || (t.payload ->> 'contact_id'::text)"
            }
        };
        let held = format!("($2 OPERATOR(pg_catalog.||) coalesce({HOLDS}, '{{}}'))");
        // What goes along stays with what it hangs on.
        let along = self.references.holds(&held);
        format!(
            "CASE WHEN $2 OPERATOR(pg_catalog.=) '{{}}' AND {HOLDS} IS NULL THEN false \
             ELSE ARRAY[{marks}] OPERATOR(pg_catalog.&&) {held}{along} END"
        )
    }

    /// A query with the cut-off, the marks and the filters bound.
    pub(super) fn query<'a>(&self, sql: String) -> BoxedSqlQuery<'a, Pg, SqlQuery> {
        let (actions, resources) = match &self.subject {
            Subject::Audit { actions, resources } => (actions.clone(), resources.clone()),
            Subject::Jobs { .. } => (Vec::new(), Vec::new()),
        };
        diesel::sql_query(sql)
            .into_boxed::<Pg>()
            .bind::<Timestamptz, _>(self.cutoff.to_diesel())
            .bind::<Array<Text>, _>(self.marks.clone())
            .bind::<Array<Text>, _>(actions)
            .bind::<Array<Text>, _>(resources)
    }
}

/// Whether any hold is in force.
pub fn has_holds(conn: &mut PgConnection) -> QueryResult<bool> {
    truth(conn, "SELECT EXISTS (SELECT FROM retention_holds WHERE released_at IS NULL) AS truth")
}

/// Deletes the next rows after `after` in the order of age, at most `rows`.
///
/// The rows are found by the index and deleted by their key, where they lie. The conditions
/// stand twice: a row that somebody changed in between is looked at again.
pub fn delete_batch(
    conn: &mut PgConnection,
    slice: &Slice,
    after: &Key,
    rows: u32,
    consent: &Consent,
) -> QueryResult<Batch> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        picked: i64,
        #[diesel(sql_type = BigInt)]
        deleted: i64,
        #[diesel(sql_type = Nullable<Text>)]
        time: Option<String>,
        #[diesel(sql_type = Nullable<SqlUuid>)]
        id: Option<Uuid>,
        #[diesel(sql_type = Array<SqlUuid>)]
        kept: Vec<Uuid>,
        #[diesel(sql_type = Array<Text>)]
        kept_times: Vec<String>,
        #[diesel(sql_type = Array<Text>)]
        kept_xmins: Vec<String>,
    }
    // A hold that is being added waits for this batch, and the next one knows it.
    lock::share_for_transaction(conn, LockKey::Holds)?;
    if slice.takes_two_looks() {
        return retention_versions::delete_batch(conn, slice, after, rows, consent);
    }
    walk_in_order(conn, slice)?;
    let row: Row = slice
        .query(delete_statement(slice))
        .bind::<Text, _>(after.time.clone())
        .bind::<SqlUuid, _>(after.id)
        .bind::<BigInt, _>(i64::from(rows))
        .get_result(conn)?;
    let kept = row.kept.into_iter().zip(row.kept_times).zip(row.kept_xmins);
    let kept: Vec<Version> =
        kept.map(|((id, time), xmin)| Version::of_key(id, time, &xmin)).collect();
    if !kept.is_empty() {
        retention_versions::check_swallowed(conn, slice, &kept.iter().collect::<Vec<_>>())?;
    }
    Ok(Batch {
        picked: u64::try_from(row.picked).unwrap_or_default(),
        deleted: u64::try_from(row.deleted).unwrap_or_default(),
        last: row.time.zip(row.id).map(|(time, id)| Key { time, id }),
    })
}

/// As [`walk_by_index`]; but with filters the choice is the planner's: another index may find few
/// rows among many.
pub(super) fn walk_in_order(conn: &mut PgConnection, slice: &Slice) -> QueryResult<()> {
    match &slice.subject {
        Subject::Audit { actions, resources } if !(actions.is_empty() && resources.is_empty()) => {
            Ok(())
        }
        _ => walk_by_index(conn),
    }
}

/// Makes this transaction read rows in the order of their index, which costs as much as the
/// rows that are wanted. Where statistics are missing or late (after pg_upgrade, after a restore)
/// the planner takes the rest of the table for small, and would read and sort all of it for every
/// batch.
pub(super) fn walk_by_index(conn: &mut PgConnection) -> QueryResult<()> {
    // What can't do without a sort looks expensive then: nothing to compile it for.
    conn.batch_execute("SET LOCAL enable_sort = off; SET LOCAL jit = off")
}

fn delete_statement(slice: &Slice) -> String {
    let (time, relation, is_old, is_held) =
        (slice.time(), slice.relation(), slice.is_old(), slice.is_held());
    // A job that a worker has in hand stays for the next run. Audit entries are
    // never updated, so that locking them would only write each one twice.
    let lock = match slice.subject {
        Subject::Audit { .. } => "",
        Subject::Jobs { .. } => "FOR UPDATE SKIP LOCKED",
    };
    // What is asked again of the rows that were picked is asked in a form that no index answers: the
    // planner would rather find all that are old once more for each batch than these by their places.
    format!(
        "WITH picked AS MATERIALIZED ( \
             SELECT t.ctid, t.xmin::text AS xmin, {time} AS time, t.id FROM {relation} t \
             WHERE {is_old} AND ({time}, t.id) > ($5::timestamptz, $6) AND NOT {is_held} \
             ORDER BY {time}, t.id LIMIT $7 {lock}), \
         gone AS ( \
             DELETE FROM {relation} t USING picked p \
             WHERE t.ctid = ANY (ARRAY(SELECT ctid FROM picked)) \
                 AND t.ctid = p.ctid AND t.id = p.id AND {time} = p.time \
                 AND ({is_old} AND NOT {is_held}) IS TRUE \
             RETURNING t.id, {time} AS time), \
         kept AS ( \
             SELECT p.id, p.time, p.xmin FROM picked p LEFT JOIN gone g ON g.id = p.id AND g.time = p.time \
             WHERE g.id IS NULL) \
         SELECT (SELECT count(*) FROM picked) AS picked, (SELECT count(*) FROM gone) AS deleted, \
             last.time::text AS time, last.id, ARRAY(SELECT id FROM kept) AS kept, \
             ARRAY(SELECT time::text FROM kept) AS kept_times, ARRAY(SELECT xmin FROM kept) AS kept_xmins \
         FROM (SELECT 1) AS one \
         LEFT JOIN (SELECT time, id FROM picked ORDER BY time DESC, id DESC LIMIT 1) AS last ON true"
    )
}

/// The privileges among these that this role lacks on a relation.
pub fn missing_privileges(
    conn: &mut PgConnection,
    relation: &str,
    wanted: &[&str],
) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        // To lock a row, a column that may be written is enough.
        "SELECT name FROM pg_catalog.unnest($2) AS name WHERE NOT CASE name \
             WHEN 'UPDATE' THEN has_any_column_privilege($1, name) \
             ELSE has_table_privilege($1, name) END",
    )
    .bind::<Text, _>(relation)
    .bind::<Array<Text>, _>(wanted)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

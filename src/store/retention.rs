//! Which rows are old enough, and which of them a hold keeps: entries of `audit_logs` by partition,
//! jobs by status.

use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::dsl::exists;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use uuid::Uuid;

use super::retention_references::References;
use super::rows_written::Changed;
use super::schema::retention_holds as holds;
use crate::domain::retention::partition::Relation;
use crate::store::scalar::ScalarQuery;

pub use super::retention_subject::{AUDIT_MARKS, JOB_MARKS, Subject};

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
    /// Rows of the application's tables that a trigger changed meanwhile.
    pub changed: Changed,
    /// Of the tables whose rows went along, in the order of `References::along`.
    pub along: Vec<u64>,
    /// The key of the last chosen row.
    pub last: Option<Key>,
}

impl Slice {
    /// The tables whose rows go or change, as SQL writes them.
    pub fn written(&self) -> Vec<&str> {
        [&[self.relation.sql.as_str()][..], &self.references.along_relations()].concat()
    }

    /// Whether rows are locked before they are deleted. Audit entries are never updated, so that
    /// to lock them would only write each one twice, where nothing can point at them.
    pub fn locks(&self) -> bool {
        !matches!(self.subject, Subject::Audit { .. }) || self.takes_two_looks()
    }

    /// Whether it takes more than one statement to know what may go.
    pub(super) fn takes_two_looks(&self) -> bool {
        let is_plain = matches!(self.subject, Subject::Audit { .. } | Subject::Jobs { .. });
        !is_plain || !self.guards.is_empty() || !self.references.is_empty()
    }

    pub(super) fn time(&self) -> &'static str {
        self.subject.time()
    }

    pub(super) fn relation(&self) -> &str {
        &self.rows
    }

    pub(super) fn is_old(&self) -> String {
        self.subject.is_old()
    }

    /// Whether a hold keeps the row. The holds are read once a statement; a NULL
    /// among the marks of a row equals nothing.
    pub(super) fn is_held(&self) -> String {
        const HOLDS: &str = "(SELECT pg_catalog.array_agg(kind || ':' || value) FROM retention_holds \
                              WHERE released_at IS NULL)";
        let marks = self.subject.marks();
        let held = format!("($2 OPERATOR(pg_catalog.||) coalesce({HOLDS}, '{{}}'))");
        // What goes along stays with what it hangs on.
        let along = self.references.holds(&held);
        format!(
            "CASE WHEN $2 OPERATOR(pg_catalog.=) '{{}}' AND {HOLDS} IS NULL THEN false \
             ELSE {marks} OPERATOR(pg_catalog.&&) {held}{along} END"
        )
    }

    /// A query with the cut-off, the marks and the filters bound.
    pub(super) fn query<'a>(&self, sql: String) -> BoxedSqlQuery<'a, Pg, SqlQuery> {
        let (actions, resources) = self.subject.filters();
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
    diesel::select(exists(holds::table.filter(holds::released_at.is_null()))).get_result(conn)
}

/// As [`walk_by_index`]; but with filters the choice is the planner's: another index may find few
/// rows among many.
pub(super) fn walk_in_order(conn: &mut PgConnection, slice: &Slice) -> QueryResult<()> {
    if slice.subject.is_filtered() { Ok(()) } else { walk_by_index(conn) }
}

/// Makes this transaction read rows in the order of their index, which costs as much as the
/// rows that are wanted. Where statistics are missing or late (after pg_upgrade, after a restore)
/// the planner takes the rest of the table for small, and would read and sort all of it for every
/// batch.
pub(super) fn walk_by_index(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SET LOCAL enable_sort = off")
}

/// What follows in the transaction is known by its place, and few rows are sorted sooner than a whole
/// index is read for their order.
pub(super) fn walk_freely(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SET LOCAL enable_sort TO DEFAULT")
}

/// The privileges among these that this role lacks on a relation.
pub fn missing_privileges(
    conn: &mut PgConnection,
    relation: &str,
    wanted: &[&str],
) -> QueryResult<Vec<String>> {
    diesel::sql_query(
        // To lock a row, a column that may be written is enough.
        "SELECT name FROM pg_catalog.unnest($2) AS name WHERE NOT CASE name \
             WHEN 'UPDATE' THEN has_any_column_privilege($1, name) \
             ELSE has_table_privilege($1, name) END",
    )
    .bind::<Text, _>(relation)
    .bind::<Array<Text>, _>(wanted)
    .scalars::<Text, _>(conn)
}

//! Rows that are old enough, counted and deleted: entries of `audit_logs` by
//! partition, jobs by status.
//!
//! Whatever deletes here excludes rows under a hold by itself.

use diesel::connection::SimpleConnection;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use jiff::Timestamp;
use jiff_diesel::{NullableTimestamp as NullableDbTimestamp, ToDiesel};
use uuid::Uuid;

use super::lock::{self, Key as LockKey};
use super::statements::{quote_identifier, truth};
use crate::domain::consent::Consent;
use crate::domain::retention::partition::Partition;

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
    pub relation: String,
    pub subject: Subject,
    pub cutoff: Timestamp,
    /// Holds beside those of `retention_holds`: `contact:ID`.
    pub marks: Vec<String>,
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

    pub(super) fn relation(&self) -> String {
        quote_identifier(&self.relation)
    }

    /// Which rows are old enough: $1 is the cut-off, $3 and $4 are the filters.
    pub(super) fn is_old(&self) -> String {
        let time = self.time();
        match self.subject {
            Subject::Audit { .. } => format!(
                "{time} < $1 AND ($3 = '{{}}' OR t.action = ANY ($3)) \
                 AND ($4 = '{{}}' OR t.resource = ANY ($4))"
            ),
            // The label is one of ours, and a constant lets the partial index serve.
            Subject::Jobs { status } => format!("t.status = '{status}' AND {time} < $1"),
        }
    }

    /// Whether a hold keeps the row. The holds are read once a statement; a NULL
    /// among the marks of a row equals nothing.
    pub(super) fn is_held(&self) -> String {
        const HOLDS: &str = "(SELECT array_agg(kind || ':' || value) FROM retention_holds \
                              WHERE released_at IS NULL)";
        let marks = match self.subject {
            Subject::Audit { .. } => {
                "'action:' || t.action, 'resource:' || t.resource, \
                 'resource:' || t.resource || '/' || t.resource_id, 'user:' || t.user_id, \
                 'user:' || t.resource_id, 'contact:' || t.resource_id, \
                 'user:' || (t.details ->> 'user_id'), 'contact:' || (t.details ->> 'contact_id')"
            }
            Subject::Jobs { .. } => {
                "'action:' || t.type, 'resource:scheduled_jobs', 'resource:scheduled_jobs/' || t.id, \
                 'user:' || (t.payload ->> 'user_id'), 'contact:' || (t.payload ->> 'contact_id')"
            }
        };
        format!(
            "CASE WHEN $2 = '{{}}' AND {HOLDS} IS NULL THEN false \
             ELSE ARRAY[{marks}] && ($2 || coalesce({HOLDS}, '{{}}')) END"
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
/// The rows are found by the index and deleted by their place. The conditions
/// stand twice: a row that somebody changed in between is looked at again.
pub fn delete_batch(
    conn: &mut PgConnection,
    slice: &Slice,
    after: &Key,
    rows: u32,
    _consent: &Consent,
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
    }
    // A hold that is being added waits for this batch, and the next one knows it.
    lock::share_for_transaction(conn, LockKey::Holds)?;
    walk_in_order(conn, slice)?;
    let row: Row = slice
        .query(delete_statement(slice))
        .bind::<Text, _>(after.time.clone())
        .bind::<SqlUuid, _>(after.id)
        .bind::<BigInt, _>(i64::from(rows))
        .get_result(conn)?;
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
    format!(
        "WITH picked AS MATERIALIZED ( \
             SELECT t.ctid, {time} AS time, t.id FROM {relation} t \
             WHERE {is_old} AND ({time}, t.id) > ($5::timestamptz, $6) AND NOT {is_held} \
             ORDER BY {time}, t.id LIMIT $7 {lock}), \
         gone AS ( \
             DELETE FROM {relation} t \
             WHERE t.ctid = ANY (ARRAY(SELECT ctid FROM picked)) AND {is_old} AND NOT {is_held} \
             RETURNING 1) \
         SELECT (SELECT count(*) FROM picked) AS picked, (SELECT count(*) FROM gone) AS deleted, \
             last.time::text AS time, last.id \
         FROM (SELECT 1) AS one \
         LEFT JOIN (SELECT time, id FROM picked ORDER BY time DESC, id DESC LIMIT 1) AS last ON true"
    )
}

/// Drops a partition, unless it holds a row that must stay: then nothing is done
/// and `false` returned. Run it in a transaction.
///
/// DROP TABLE detaches it first. To detach it in a transaction of its own would gain nothing:
/// the server lets go of its locks at the commit and removes the files after that, so that an
/// insert waits for 15 to 25 ms either way while 1.4 GB take a second to go. And a kill between
/// the two would leave a table that nobody looks for. DETACH ... CONCURRENTLY is not to be had
/// beside a DEFAULT partition.
pub fn drop_partition(
    conn: &mut PgConnection,
    slice: &Slice,
    _consent: &Consent,
) -> QueryResult<bool> {
    lock::share_for_transaction(conn, LockKey::Holds)?;
    let (relation, is_held) = (slice.relation(), slice.is_held());
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        truth: bool,
    }
    if !slice.marks.is_empty() || has_holds(conn)? {
        let row: Row = slice
            .query(format!("SELECT EXISTS (SELECT FROM {relation} t WHERE {is_held}) AS truth"))
            .get_result(conn)?;
        if row.truth {
            return Ok(false);
        }
    }
    conn.batch_execute(&format!("DROP TABLE {relation}"))?;
    Ok(true)
}

/// The partitions of `audit_logs` in the order of time, DEFAULT last.
pub fn partitions(conn: &mut PgConnection) -> QueryResult<Vec<Partition>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Bool)]
        is_default: bool,
        #[diesel(sql_type = Nullable<Timestamptz>, deserialize_as = NullableDbTimestamp)]
        lower: Option<Timestamp>,
        #[diesel(sql_type = Nullable<Timestamptz>, deserialize_as = NullableDbTimestamp)]
        upper: Option<Timestamp>,
    }
    let rows: Vec<Row> = diesel::sql_query(
        r"SELECT name, bound = 'DEFAULT' AS is_default,
              substring(bound FROM 'FROM \(''([^'']+)''\)')::timestamptz AS lower,
              substring(bound FROM 'TO \(''([^'']+)''\)')::timestamptz AS upper
          FROM (SELECT c.relname::text AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
                FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'audit_logs'::regclass) AS parts
          ORDER BY 2, 3 NULLS FIRST",
    )
    .load(conn)?;
    let partition = |row: Row| Partition {
        name: row.name,
        from: row.lower,
        to: row.upper,
        is_default: row.is_default,
    };
    Ok(rows.into_iter().map(partition).collect())
}

/// Bytes of a relation with its indexes.
pub fn total_bytes(conn: &mut PgConnection, relation: &str) -> QueryResult<u64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        bytes: i64,
    }
    let row: Row = diesel::sql_query("SELECT pg_total_relation_size(quote_ident($1)) AS bytes")
        .bind::<Text, _>(relation)
        .get_result(conn)?;
    Ok(u64::try_from(row.bytes).unwrap_or_default())
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
        "SELECT name FROM unnest($2) AS name \
         WHERE NOT has_table_privilege(quote_ident($1), name)",
    )
    .bind::<Text, _>(relation)
    .bind::<Array<Text>, _>(wanted)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// Whether this role owns a table, and so may drop partitions and make them.
pub fn is_owner(conn: &mut PgConnection, table: &str) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        truth: bool,
    }
    let row: Row = diesel::sql_query(
        "SELECT pg_has_role(relowner, 'USAGE') AS truth FROM pg_class \
         WHERE oid = quote_ident($1)::regclass",
    )
    .bind::<Text, _>(table)
    .get_result(conn)?;
    Ok(row.truth)
}

/// Frees the space of deleted rows for new ones, and counts anew. Runs in no
/// transaction.
pub fn vacuum(conn: &mut PgConnection, relation: &str) -> QueryResult<()> {
    conn.batch_execute(&format!("VACUUM (ANALYZE) {}", quote_identifier(relation)))
}

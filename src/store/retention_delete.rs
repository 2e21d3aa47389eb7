//! Deleting old rows, a batch at a time. Rows under a hold are excluded here, whoever asks.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::audit_days::Trail;
use super::lock::{self, Key as LockKey};
use super::retention::{Batch, Key, Slice, Subject, walk_in_order};
use super::retention_versions::{self, Version};
use super::rows_written::Changed;
use crate::domain::consent::Consent;

/// Deletes the next rows after `after` in the order of age, at most `rows`.
///
/// The rows are found by the index and deleted by their key, where they lie. The conditions
/// stand twice: a row that somebody changed in between is looked at again.
pub fn delete_batch(
    conn: &mut PgConnection,
    slice: &Slice,
    after: &Key,
    rows: u32,
    trail: Option<&Trail>,
    consent: &Consent,
) -> anyhow::Result<Batch> {
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
    if slice.takes_two_looks() || trail.is_some() {
        return retention_versions::delete_batch(conn, slice, after, rows, trail, consent);
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
        changed: Changed::new(),
        along: Vec::new(),
        last: row.time.zip(row.id).map(|(time, id)| Key { time, id }),
    })
}

fn delete_statement(slice: &Slice) -> String {
    let (time, relation, is_old, is_held) =
        (slice.time(), slice.relation(), slice.is_old(), slice.is_held());
    // A job that a worker has in hand stays for the next run. Audit entries are
    // never updated, so that locking them would only write each one twice.
    let lock = match slice.subject {
        Subject::Audit { .. } => "",
        _ => "FOR UPDATE SKIP LOCKED",
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

//! Rows of `presence`: who is there.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

use crate::domain::consent::Consent;

/// Neither offline nor without a conversation, though not seen since $1.
const IS_STALE: &str = "last_seen < $1 AND (status <> 'OFFLINE' OR contact_id IS NOT NULL)";

pub fn count_stale(conn: &mut PgConnection, cutoff: Timestamp) -> QueryResult<u64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let row: Row =
        diesel::sql_query(format!("SELECT count(*) AS rows FROM presence WHERE {IS_STALE}"))
            .bind::<Timestamptz, _>(cutoff.to_diesel())
            .get_result(conn)?;
    Ok(u64::try_from(row.rows).unwrap_or_default())
}

/// Sets stale rows to offline and releases their conversation. A row that its
/// user is just writing is not stale.
pub fn release_stale(
    conn: &mut PgConnection,
    cutoff: Timestamp,
    _consent: &Consent,
) -> QueryResult<u64> {
    let changed = diesel::sql_query(format!(
        "UPDATE presence SET status = 'OFFLINE', contact_id = NULL \
         WHERE id IN (SELECT id FROM presence WHERE {IS_STALE} ORDER BY id FOR UPDATE SKIP LOCKED) \
         AND {IS_STALE}"
    ))
    .bind::<Timestamptz, _>(cutoff.to_diesel())
    .execute(conn)?;
    Ok(changed as u64)
}

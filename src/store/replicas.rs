//! How far replicas are.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use super::statements::names;

/// Positions in the primary's log, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Positions {
    #[diesel(sql_type = BigInt)]
    pub primary: i64,
    /// What the slowest replica has replayed; `None` without a replica that this role sees.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub slowest: Option<i64>,
    /// Replicas that this role may not look at.
    #[diesel(sql_type = BigInt)]
    pub hidden: i64,
}

/// The slots of standbys that aren't connected: the server keeps its log for them, and nobody knows how
/// far they are.
pub fn without_standby(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    names(
        conn,
        "SELECT slot_name::text AS name FROM pg_replication_slots \
         WHERE slot_type = 'physical' AND NOT active AND restart_lsn IS NOT NULL ORDER BY 1",
    )
}

pub fn positions(conn: &mut PgConnection) -> QueryResult<Positions> {
    diesel::sql_query(
        "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0'::pg_lsn)::bigint AS primary, \
             min(pg_wal_lsn_diff(replay_lsn, '0/0'::pg_lsn))::bigint AS slowest, \
             count(*) FILTER (WHERE state IS NULL) AS hidden \
         FROM pg_stat_replication",
    )
    .get_result(conn)
}

//! Jobs that should have moved on.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

/// Jobs of one kind of trouble.
#[derive(Debug, QueryableByName)]
pub struct Jobs {
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// Age of the oldest; `None` without any.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub oldest_seconds: Option<i64>,
}

/// RUNNING, and not touched for so long.
pub fn stuck(conn: &mut PgConnection, seconds: i64) -> QueryResult<Jobs> {
    diesel::sql_query(
        "SELECT count(*) AS count, \
             extract(epoch FROM now() - min(updated_at))::bigint AS oldest_seconds \
         FROM scheduled_jobs \
         WHERE status OPERATOR(pg_catalog.=) 'RUNNING' AND updated_at < now() - $1::float8 * interval '1 second'",
    )
    .bind::<BigInt, _>(seconds)
    .get_result(conn)
}

/// PENDING, so long after they were due.
pub fn overdue(conn: &mut PgConnection, seconds: i64) -> QueryResult<Jobs> {
    diesel::sql_query(
        "SELECT count(*) AS count, \
             extract(epoch FROM now() - min(scheduled_at))::bigint AS oldest_seconds \
         FROM scheduled_jobs \
         WHERE status OPERATOR(pg_catalog.=) 'PENDING' AND scheduled_at < now() - $1::float8 * interval '1 second'",
    )
    .bind::<BigInt, _>(seconds)
    .get_result(conn)
}

//! Times as the server counts them, those at the end of time too.

use super::copy::EPOCH_US;

/// SQL for the microseconds since 2000 of a column: the whole range of the server's times fits, and
/// infinity is the least or the greatest number, as it is in COPY.
pub fn of(column: &str) -> String {
    format!(
        "CASE {column} WHEN 'infinity' THEN '9223372036854775807'::bigint \
             WHEN '-infinity' THEN '-9223372036854775808'::bigint \
             ELSE ((extract(epoch FROM {column}) OPERATOR(pg_catalog.-) 946684800) \
                   OPERATOR(pg_catalog.*) 1000000)::bigint END"
    )
}

/// Microseconds since 1970 of what the server counted. Later than the year 290000 all are the same.
pub fn since_1970_us(server_us: i64) -> i64 {
    if server_us == i64::MIN { server_us } else { server_us.saturating_add(EPOCH_US) }
}

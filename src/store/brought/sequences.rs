//! Sequences of a table that rows came back into: the next number is none of theirs.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::error::Condition;
use crate::store::scalar::ScalarQuery;
use crate::store::statements::quote_identifier;
use crate::store::tx;

/// A column that takes its values from a sequence of its own.
#[derive(Debug, QueryableByName)]
struct Numbered {
    #[diesel(sql_type = Text)]
    column: String,
    /// As SQL writes it.
    #[diesel(sql_type = Text)]
    sequence: String,
}

/// Moves them on, never back. Returns those that this role may not move.
///
/// # Errors
/// The server refuses for another reason.
pub fn move_on(conn: &mut PgConnection, relation: &str) -> anyhow::Result<Vec<String>> {
    let found: Vec<Numbered> = diesel::sql_query(
        "SELECT a.attname::text AS column, s.sequence \
         FROM pg_attribute a CROSS JOIN LATERAL ( \
             SELECT pg_get_serial_sequence($1, a.attname::text) AS sequence) AS s \
         JOIN pg_sequence q ON q.seqrelid = s.sequence::regclass::oid AND q.seqincrement > 0 \
         WHERE a.attrelid = to_regclass($1)::oid AND a.attnum > 0 AND NOT a.attisdropped \
         ORDER BY a.attnum",
    )
    .bind::<Text, _>(relation)
    .load(conn)?;
    let mut left = Vec::new();
    for one in found {
        match tx::attempt(conn, |conn| one.move_on(conn, relation)) {
            Err(error) if Condition::of_error(&error) == Some(Condition::PermissionDenied) => {
                left.push(one.sequence);
            }
            moved => moved?,
        }
    }
    Ok(left)
}

impl Numbered {
    fn move_on(&self, conn: &mut PgConnection, relation: &str) -> QueryResult<()> {
        let (column, sequence) = (quote_identifier(&self.column), &self.sequence);
        // Both are asked at once: who inserts meanwhile moves it on, too.
        let moved = diesel::sql_query(format!(
            "SELECT pg_catalog.count(setval($1::regclass, m.last)) AS moved \
             FROM (SELECT pg_catalog.max({column})::bigint AS last FROM {relation}) AS m, {sequence} AS q \
             WHERE m.last > q.last_value OR m.last = q.last_value AND NOT q.is_called"
        ))
        .bind::<Text, _>(sequence)
        .scalar::<BigInt, i64>(conn)?;
        tracing::debug!(moved, sequence, "looked at a sequence");
        Ok(())
    }
}

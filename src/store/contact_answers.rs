//! What people answered about pairs of contacts, as the merges that there were tell it. Which pairs
//! are not the same stands in `distinct_contacts`.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use uuid::Uuid;

use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// The newest answers count; more of them would add nothing.
const MOST: i64 = 5_000;

/// Of merges that somebody answered a question by, and that stand, how the pair compared: JSON.
pub fn same(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    diesel::sql_query(
        "SELECT before ->> 'answer'::text AS answer FROM contact_merges \
         WHERE run_id IS NOT NULL AND undone_at IS NULL AND before -> 'answer'::text IS NOT NULL \
         ORDER BY merged_at DESC, id LIMIT $1",
    )
    .bind::<BigInt, _>(MOST)
    .scalars::<Text, _>(conn)
}

/// Contacts whose merge somebody took back, each with its survivor. Who takes back all of a run says
/// nothing of each merge.
pub fn taken_back(conn: &mut PgConnection) -> QueryResult<Vec<(Uuid, Uuid)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        survivor_id: Uuid,
        #[diesel(sql_type = SqlUuid)]
        merged_id: Uuid,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT m.survivor_id, gone.id AS merged_id \
         FROM (SELECT * FROM contact_merges m \
               WHERE undone_at IS NOT NULL AND (run_id IS NULL OR EXISTS ( \
                   SELECT FROM contact_merges o WHERE o.run_id = m.run_id AND o.undone_at IS NULL)) \
               ORDER BY undone_at DESC, id LIMIT $1) AS m \
         CROSS JOIN LATERAL pg_catalog.unnest(m.merged_ids) AS gone (id)",
    )
    .bind::<BigInt, _>(MOST)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.survivor_id, row.merged_id)).collect())
}

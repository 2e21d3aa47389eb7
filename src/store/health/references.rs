//! Rows that point to rows: what foreign keys promise, and whether it is so. They
//! don't hold where triggers were off (a restore of data only), or where the
//! constraint is NOT VALID.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::store::scalar::ScalarQuery;

/// Rows of one table that point to another.
#[derive(Debug, QueryableByName)]
pub struct Reference {
    /// `notes.contact_id`.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The planner's estimate of the rows that point.
    #[diesel(sql_type = BigInt)]
    pub estimated_rows: i64,
    /// From the catalogue, with its names quoted.
    #[diesel(sql_type = Text)]
    query: String,
}

/// Every foreign key, and the pointers of merged contacts, which have none.
pub fn references(conn: &mut PgConnection) -> QueryResult<Vec<Reference>> {
    diesel::sql_query(include_str!("../sql/references.sql")).load(conn)
}

/// How many rows point to nothing, counted up to a hundred.
pub fn count_orphans(conn: &mut PgConnection, reference: &Reference) -> QueryResult<i64> {
    let query = format!("SELECT count(*) AS rows FROM ({} LIMIT 100) AS orphans", reference.query);
    diesel::sql_query(query).scalar::<BigInt, _>(conn)
}

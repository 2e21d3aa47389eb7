//! The whole catalogue as `domain::schema_diff` models it, in one statement.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::domain::schema_diff::Catalog;
use crate::store::scalar::ScalarQuery;

/// Has the server spell names, times and expressions one way for the rest of the
/// transaction, whatever the role or the database prefers.
pub fn spell_plainly(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(
        "SET LOCAL quote_all_identifiers = off; SET LOCAL DateStyle = 'ISO, YMD'; \
         SET LOCAL IntervalStyle = 'postgres'; SET LOCAL TimeZone = 'UTC'; \
         SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; \
         SET LOCAL standard_conforming_strings = on; SET LOCAL xmloption = 'content'",
    )
}

/// Of the schema that the session's search_path names first. Run it in a transaction.
///
/// # Errors
/// The server refuses.
pub fn read(conn: &mut PgConnection) -> anyhow::Result<Catalog> {
    spell_plainly(conn)?;
    let catalog =
        diesel::sql_query(include_str!("sql/catalog.sql")).scalar::<Text, String>(conn)?;
    Ok(serde_json::from_str(&catalog)?)
}

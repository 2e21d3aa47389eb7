//! The whole catalogue as `domain::schema_diff` models it, in one statement.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::domain::schema_diff::Catalog;

/// Of the schema that the session's search_path names: public.
///
/// # Errors
/// The server refuses.
pub fn read(conn: &mut PgConnection) -> anyhow::Result<Catalog> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        catalog: String,
    }
    let row: Row = diesel::sql_query(include_str!("sql/catalog.sql")).get_result(conn)?;
    Ok(serde_json::from_str(&row.catalog)?)
}

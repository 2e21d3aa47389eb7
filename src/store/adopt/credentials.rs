//! In the copy: credentials of the application, kept aside as they were stored.

use diesel::prelude::*;
use diesel::sql_types::Text;

/// Those of a channel.
#[derive(QueryableByName)]
pub struct Kept {
    #[diesel(sql_type = Text)]
    pub channel: String,
    /// As it was stored, as text.
    #[diesel(sql_type = Text)]
    pub value: String,
}

/// Where there are any, which the plan says.
///
/// # Errors
/// The server refuses.
pub fn kept(conn: &mut PgConnection) -> QueryResult<Vec<Kept>> {
    diesel::sql_query(
        "SELECT channel::text AS channel, application_credentials::text AS value FROM integrations \
         WHERE application_credentials IS NOT NULL ORDER BY 1",
    )
    .load(conn)
}

//! Tables of the application whose updates a publication takes, and whose rows nothing identifies: no
//! update is let through there.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::store::statements;

/// Such a table as SQL writes it, and what its identity is.
#[derive(Debug, QueryableByName)]
pub(super) struct Identity {
    #[diesel(sql_type = Text)]
    relation: String,
    #[diesel(sql_type = Text)]
    was: String,
}

/// In the copy, for as long as it is converted: the whole row identifies it.
///
/// # Errors
/// The server refuses.
pub(super) fn complete(conn: &mut PgConnection) -> QueryResult<Vec<Identity>> {
    let found: Vec<Identity> =
        diesel::sql_query(include_str!("../sql/adopt_identities.sql")).load(conn)?;
    for one in &found {
        statements::run(conn, &format!("ALTER TABLE {} REPLICA IDENTITY FULL", one.relation))?;
    }
    Ok(found)
}

/// # Errors
/// The server refuses.
pub(super) fn put_back(conn: &mut PgConnection, identities: &[Identity]) -> QueryResult<()> {
    identities.iter().try_for_each(|one| {
        statements::run(conn, &format!("ALTER TABLE {} REPLICA IDENTITY {}", one.relation, one.was))
    })
}

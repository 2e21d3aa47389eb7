//! An empty database that somebody gives for the copy, and how it is empty again.

use diesel::prelude::*;

use crate::store::statements::{names, run};
use crate::store::{catalog, origin};

/// What an empty database has nevertheless, as DROP names it; `None` where it isn't empty.
///
/// # Errors
/// The server refuses.
pub fn contents(conn: &mut PgConnection) -> QueryResult<Option<Vec<String>>> {
    let is_empty = origin::look(conn)?.objects.iter().all(|object| object.is_extension)
        && catalog::tables_elsewhere(conn)?.is_empty();
    is_empty.then(|| list(conn)).transpose()
}

/// Drops everything that came since. Run it in a transaction.
///
/// # Errors
/// Something of it is another role's.
pub fn empty(conn: &mut PgConnection, before: &[String]) -> QueryResult<()> {
    for one in list(conn)?.iter().filter(|one| !before.contains(one)) {
        // IF EXISTS: what hangs on another went with it.
        let (kind, name) = one.split_at(one.find('"').unwrap_or(one.len()));
        run(conn, &format!("DROP {kind}IF EXISTS {name} CASCADE"))?;
    }
    catalog::drop_what_is_there(conn)?;
    run(conn, "DROP TABLE IF EXISTS inboxctl_migrations, inboxctl_settings CASCADE")
}

fn list(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    names(conn, include_str!("../sql/adopt_contents.sql"))
}

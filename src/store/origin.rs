//! What there is to see of whose database it is; `domain::origin` decides.

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use super::{books, catalog_snapshot, ledger, migrations};
use crate::domain::origin::{Object, Seen};

/// Looks, and writes nothing. Run it in a transaction.
///
/// # Errors
/// The server refuses.
pub fn look(conn: &mut PgConnection) -> QueryResult<Seen> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        kind: String,
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Text)]
        owner: String,
        #[diesel(sql_type = Bool)]
        is_extension: bool,
        #[diesel(sql_type = Array<Text>)]
        columns: Vec<String>,
    }
    catalog_snapshot::spell_plainly(conn)?;
    let rows: Vec<Row> = diesel::sql_query(include_str!("sql/objects.sql")).load(conn)?;
    let object = |row: Row| Object {
        kind: row.kind,
        name: row.name,
        owner: row.owner,
        is_extension: row.is_extension,
        columns: row.columns,
    };
    let ledger = match books::exists(conn, "inboxctl_migrations")? {
        true => Some(ledger::versions(conn)?),
        false => None,
    };
    Ok(Seen {
        objects: rows.into_iter().map(object).collect(),
        diesel: migrations::applied(conn)?.into_iter().map(|one| one.version).collect(),
        ledger,
    })
}

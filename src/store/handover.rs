//! A database that is restored by a role that is nobody: what it is lent for that, and how what it
//! made comes to its owners.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::statements::{quote_identifier, run};
use crate::store::scalar::ScalarQuery;

/// Nothing is found by its name alone, as pg_restore has it.
pub fn begin(conn: &mut PgConnection) -> QueryResult<()> {
    run(conn, "SELECT pg_catalog.set_config('search_path', '', false)")
}

/// Makes schemas, extensions and foreign servers, and lends what the dump needs of them to `role`.
/// `schemas` are those of the dump, as SQL writes them.
pub fn prepare(
    conn: &mut PgConnection,
    rooms: &[String],
    schemas: &[String],
    role: &str,
) -> QueryResult<()> {
    rooms.iter().try_for_each(|statement| run(conn, statement))?;
    let owner = quote_identifier(role);
    for schema in schemas {
        run(conn, &format!("ALTER SCHEMA {schema} OWNER TO {owner}"))?;
    }
    let lent = named(conn, include_str!("sql/lent.sql"), role)?;
    lent.iter().try_for_each(|statement| run(conn, statement))
}

/// Gives what it made to its owners. An owned sequence goes with its table, and is refused before.
pub fn give(conn: &mut PgConnection, owners: &[String]) -> QueryResult<()> {
    let mut left: Vec<&String> = owners.iter().collect();
    loop {
        let (before, mut refused) = (left.len(), None);
        left.retain(|statement| match run(conn, statement) {
            Ok(()) => false,
            Err(error) => {
                refused = Some(error);
                true
            }
        });
        match refused {
            None => return Ok(()),
            Some(error) if left.len() == before => return Err(error),
            Some(_) => {}
        }
    }
}

/// What of this database still is its own. A multirange is left out: it doesn't go with its range,
/// whoever restores it.
pub fn owned(conn: &mut PgConnection, role: &str) -> QueryResult<Vec<String>> {
    named(
        conn,
        "SELECT pg_describe_object(d.classid, d.objid, 0) AS name FROM pg_shdepend d \
         WHERE d.deptype = 'o' AND d.refclassid = 'pg_authid'::regclass::oid \
             AND d.refobjid = (SELECT oid FROM pg_roles WHERE rolname = $1) \
             AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) \
             AND NOT EXISTS (SELECT FROM pg_type t WHERE d.classid = 'pg_type'::regclass::oid \
                             AND t.oid = d.objid AND t.typtype = 'm') \
         ORDER BY 1",
        role,
    )
}

/// Rights, remarks, publications, event triggers: statements of `domain::backup::forms`.
pub fn finish(conn: &mut PgConnection, statements: &[String]) -> QueryResult<()> {
    statements.iter().try_for_each(|statement| run(conn, statement))
}

/// Materialized views that are filled from tables which hide rows, as SQL writes them: they hold
/// all of those now, and their owners may not see all. They are left empty,
/// for to fill them is to run what they say.
pub fn empty_views(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    let views = diesel::sql_query(include_str!("sql/filled_from_hidden_rows.sql"))
        .scalars::<Text, String>(conn)?;
    for view in &views {
        run(conn, &format!("REFRESH MATERIALIZED VIEW {view} WITH NO DATA"))?;
    }
    Ok(views)
}

/// What is left of `role` comes to the role that connects, and what it was lent is taken back.
pub fn end(conn: &mut PgConnection, role: &str) -> QueryResult<()> {
    let role = quote_identifier(role);
    run(conn, &format!("REASSIGN OWNED BY {role} TO CURRENT_USER"))?;
    run(conn, &format!("DROP OWNED BY {role}"))
}

fn named(conn: &mut PgConnection, query: &str, role: &str) -> QueryResult<Vec<String>> {
    diesel::sql_query(query).bind::<Text, _>(role).scalars::<Text, _>(conn)
}

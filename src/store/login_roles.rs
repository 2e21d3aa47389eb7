//! A role that a command makes for itself, to log in as: what a backup holds runs with the rights of
//! who restores it, and this one has none but on its own database.

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::connect::Db;
use super::statements::{names, quote_identifier, quote_literal, run};
use crate::domain::scram;
use crate::store::scalar::ScalarQuery;

/// Whether this role may make one.
pub fn is_allowed(conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::sql_query(
        "SELECT rolcreaterole OR rolsuper AS allowed FROM pg_roles WHERE rolname = current_user",
    )
    .scalar::<Bool, _>(conn)
}

/// Makes one with the name of the database, and gives it that.
pub fn create(
    admin: &mut Db,
    database: &str,
    password: &str,
    valid_until: jiff::Timestamp,
) -> QueryResult<()> {
    make(admin, database, password, valid_until)?;
    let name = quote_identifier(database);
    run(&mut admin.conn, &format!("ALTER DATABASE {name} OWNER TO {name}"))
}

/// Makes one that owns nothing.
pub(super) fn make(
    admin: &mut Db,
    name: &str,
    password: &str,
    valid_until: jiff::Timestamp,
) -> QueryResult<()> {
    let name = quote_identifier(name);
    // To give it the database, and to drop that again, one has to be a member. Since version 16
    // a member is told how.
    let how = match admin.server.version_num >= 160_000 {
        true => " WITH INHERIT TRUE, SET TRUE",
        false => "",
    };
    for statement in [
        format!(
            "CREATE ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS \
             CONNECTION LIMIT 20 PASSWORD {} VALID UNTIL {}",
            quote_literal(&scram::verifier(password)),
            quote_literal(&valid_until.to_string())
        ),
        format!("GRANT {name} TO CURRENT_USER{how}"),
    ] {
        run(&mut admin.conn, &statement)?;
    }
    Ok(())
}

/// With what it was lent that lies in no database.
pub fn drop_own(conn: &mut PgConnection, name: &str) -> QueryResult<()> {
    let name = quote_identifier(name);
    if let Err(error) = run(conn, &format!("DROP OWNED BY {name}")) {
        tracing::info!(%error, name, "nothing was lent to it");
    }
    run(conn, &format!("DROP ROLE IF EXISTS {name}"))
}

/// Drops those whose command is gone; one that the role may not drop stays.
pub fn sweep(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    let left = names(conn, include_str!("sql/abandoned_roles.sql"))?;
    Ok(left.into_iter().filter(|name| drop_own(conn, name).is_ok()).collect())
}

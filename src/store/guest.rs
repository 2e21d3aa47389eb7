//! A role that is made to log in as where functions run that others wrote: what they do to the
//! database is taken back, and elsewhere it may nothing.

use diesel::prelude::*;

use super::connect::{Db, Target};
use super::statements::{names, quote_identifier, run};
use super::{login_roles, scratch, tx};
use crate::domain::scratch_name::{self, Token};

/// A role that owns nothing. It is swept as a scratch database is, whose kind of name it has.
pub struct Guest {
    /// The session that holds the lock.
    admin: Db,
    name: String,
    pub login: Target,
}

impl Guest {
    /// To log in to the database `at`.
    ///
    /// # Errors
    /// The server refuses.
    pub fn make(
        mut admin: Db,
        at: &Target,
        password: &str,
        valid_until: jiff::Timestamp,
        token: Token,
    ) -> QueryResult<Guest> {
        scratch::hold(&mut admin.conn, token)?;
        let name = scratch_name::of("guest", token);
        login_roles::make(&mut admin, &name, password, valid_until)?;
        Ok(Guest { login: at.with_login(&name, password), name, admin })
    }

    /// Lends it the tables of every schema, and lets it read what policies hide from others where
    /// the role may say so.
    ///
    /// # Errors
    /// The connection is gone.
    pub fn lend_tables(&self, conn: &mut PgConnection) -> QueryResult<()> {
        let name = quote_identifier(&self.name);
        let schemas = names(
            conn,
            "SELECT quote_ident(nspname::text) AS name FROM pg_namespace \
             WHERE nspname !~ '^pg_'::text AND nspname <> 'information_schema'",
        )?;
        let rights = schemas.iter().flat_map(|schema| {
            [
                format!("GRANT USAGE ON SCHEMA {schema} TO {name}"),
                format!("GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {name}"),
                format!("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {name}"),
            ]
        });
        for statement in rights.chain([format!("ALTER ROLE {name} BYPASSRLS")]) {
            if let Err(error) = tx::attempt(conn, |conn| run(conn, &statement)) {
                tracing::info!(%error, statement, "it is not lent");
            }
        }
        Ok(())
    }

    /// Takes back what it was lent in this database, and drops it.
    ///
    /// # Errors
    /// The server refuses: it stays until it is swept.
    pub fn leave(mut self, db: &mut Db) -> anyhow::Result<()> {
        let statement = format!("DROP OWNED BY {}", quote_identifier(&self.name));
        tx::once(db, |conn| Ok(run(conn, &statement)?))?;
        Ok(login_roles::drop_own(&mut self.admin.conn, &self.name)?)
    }
}

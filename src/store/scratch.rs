//! A database that lives as long as a value does.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::connect::{Db, Target};
use super::statements::quote_identifier;
use crate::error::Failure;

/// Dropped with its value, whatever happened meanwhile.
pub struct Scratch {
    admin: Db,
    target: Target,
    name: String,
}

/// Whether the role may make one.
pub fn is_allowed(conn: &mut PgConnection) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        allowed: bool,
    }
    let row: Row = diesel::sql_query(
        "SELECT (rolcreatedb OR rolsuper) AND NOT pg_is_in_recovery() AS allowed \
         FROM pg_roles WHERE rolname = current_user",
    )
    .get_result(conn)?;
    Ok(row.allowed)
}

impl Scratch {
    /// Makes an empty database beside the one of `target`.
    ///
    /// # Errors
    /// The server refuses.
    pub fn create(target: &Target, name: String) -> anyhow::Result<Scratch> {
        let mut admin = target.open()?;
        admin.conn.batch_execute(&format!(
            "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'",
            quote_identifier(&name)
        ))?;
        Ok(Scratch { target: target.with_database(&name), admin, name })
    }

    /// # Errors
    /// It can't be reached.
    pub fn open(&self) -> Result<Db, Failure> {
        self.target.open()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let name = quote_identifier(&self.name);
        if let Err(error) =
            self.admin.conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        {
            tracing::warn!(%error, name, "the scratch database stays");
        }
    }
}

//! A database that a command makes for itself: it lives as long as a value does,
//! unless it is given a name to stay.
//!
//! Its name ends in a random number. The session that makes it holds the advisory lock of
//! that number from before it is there; where nobody holds that lock, the command was killed,
//! and whoever makes the next one drops what it left.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::connect::{Db, Target};
use super::statements::{Name, names};
use super::{databases, lock, login_roles};
use crate::domain::scratch_name::{self, Token};
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

/// Dropped with its value, whatever happened meanwhile.
pub struct Scratch {
    /// The session that holds the lock, in another database.
    pub admin: Db,
    pub target: Target,
    pub name: String,
    is_ours: bool,
    /// A role of its name owns it, and goes with it.
    has_role: bool,
    /// Whose it was before.
    former_owner: Option<String>,
}

/// Whether the role may make one.
pub fn is_allowed(conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::sql_query(
        "SELECT (rolcreatedb OR rolsuper) AND NOT pg_is_in_recovery() AS allowed \
         FROM pg_roles WHERE rolname = current_user",
    )
    .scalar::<Bool, _>(conn)
}

impl Scratch {
    /// Makes an empty database, called after `base`, from a session that no pooler shares.
    /// Like the database `model` if that is there, else in UTF-8.
    ///
    /// # Errors
    /// The server refuses.
    pub fn create(
        mut admin: Db,
        base: &str,
        model: Option<&str>,
        token: Token,
    ) -> QueryResult<Scratch> {
        hold(&mut admin.conn, token)?;
        let name = scratch_name::of(base, token);
        match model {
            Some(model) => databases::create_like(&mut admin.conn, &name, model)?,
            None => databases::create_utf8(&mut admin.conn, &name)?,
        }
        Ok(Scratch {
            target: admin.target.with_database(&name),
            admin,
            name,
            is_ours: true,
            has_role: false,
            former_owner: None,
        })
    }

    /// # Errors
    /// It can't be reached.
    pub fn open(&self) -> Result<Db, Failure> {
        self.target.open()
    }

    /// As [`Scratch::open`], with the schema of the inbox, which an empty database may lack.
    ///
    /// # Errors
    /// It can't be reached, or the schema not be made.
    pub fn open_with_schema(&self) -> anyhow::Result<Db> {
        let mut db = self.open()?;
        if !db.server.has_schema {
            databases::create_schema(&mut db.conn, self.target.schema())?;
            db = self.open()?;
        }
        Ok(db)
    }

    /// Gives it to a role of its own, and returns how that one logs in.
    ///
    /// # Errors
    /// The server refuses.
    pub fn give_away(
        &mut self,
        password: &str,
        valid_until: jiff::Timestamp,
    ) -> QueryResult<Target> {
        self.former_owner = Some(databases::owner(&mut self.admin.conn, &self.name)?);
        self.has_role = true;
        login_roles::create(&mut self.admin, &self.name, password, valid_until)?;
        Ok(self.target.with_login(&self.name, password))
    }

    /// It is whose it was before, and the role stays as the owner of what is in it.
    ///
    /// # Errors
    /// The server refuses.
    pub fn take_back(&mut self) -> QueryResult<()> {
        match &self.former_owner {
            Some(owner) => {
                databases::give(&mut self.admin.conn, &self.name, owner)?;
                // What was set for its sessions meanwhile, nobody set that we trust.
                databases::forget_settings(&mut self.admin.conn, &self.name)
            }
            None => Ok(()),
        }
    }

    /// Drops the role, which owns nothing any more.
    ///
    /// # Errors
    /// The server refuses: it stays until the next one is made.
    pub fn remove_role(&mut self) -> QueryResult<()> {
        match std::mem::replace(&mut self.has_role, false) {
            true => login_roles::drop_own(&mut self.admin.conn, &self.name),
            false => Ok(()),
        }
    }

    /// It stays, under this name. Fails while somebody is connected to it.
    pub fn keep_as(&mut self, name: &str) -> QueryResult<()> {
        databases::rename(&mut self.admin.conn, &self.name, name)?;
        self.release();
        Ok(())
    }

    /// It stays: somebody else renamed it.
    pub fn release(&mut self) {
        self.is_ours = false;
    }

    /// Drops it now.
    ///
    /// # Errors
    /// The server refuses: it stays until the next one is made.
    pub fn remove(&mut self) -> QueryResult<()> {
        match std::mem::replace(&mut self.is_ours, false) {
            true => databases::drop_own(&mut self.admin.conn, &self.name)?,
            false => return Ok(()),
        }
        self.remove_role()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = self.remove() {
            tracing::warn!(%error, name = self.name, "the scratch database stays");
        }
    }
}

/// Held until the session ends.
pub(super) fn hold(conn: &mut PgConnection, token: Token) -> QueryResult<()> {
    lock::acquire_for_scratch(conn, i64::from_be_bytes(token))
}

/// Drops those whose command is gone, and returns their names. One that is in use, or that
/// the role may not drop, stays.
pub fn sweep(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    // The databases are those of the snapshot, the locks those of now: one that is made
    // meanwhile isn't seen, and one that is seen had its lock before.
    let left = abandoned(conn)?;
    let mut dropped: Vec<String> = left.into_iter().filter(|name| is_dropped(conn, name)).collect();
    dropped.extend(login_roles::sweep(conn)?.into_iter().map(|name| format!("the role {name}")));
    Ok(dropped)
}

/// Those whose command is gone, and that the role may drop.
pub fn abandoned(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    names(conn, include_str!("sql/abandoned_databases.sql"))
}

/// Those that were made for the database of that name, in use or not.
pub fn left(conn: &mut PgConnection, name: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<Name> = diesel::sql_query(
        "SELECT datname::text AS name FROM pg_database WHERE starts_with(datname::text, $1)",
    )
    .bind::<Text, _>(format!("{name}_inboxctl_"))
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

fn is_dropped(conn: &mut PgConnection, name: &str) -> bool {
    let dropped = databases::drop_unused(conn, name);
    if let Err(error) = &dropped {
        // Somebody looks into it, or another command was faster.
        tracing::info!(%error, name, "the database of a killed command stays");
    }
    dropped.is_ok()
}

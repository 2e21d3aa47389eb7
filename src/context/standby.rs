//! Where much is read: a standby that the configuration names, or the database itself.

use std::time::Duration;

use super::Context;
use crate::domain::schema_diff::identifier;
use crate::error::{self, Failure};
use crate::store::connect::Db;
use crate::store::{health, server, tx};
use crate::ui::human;

impl Context {
    /// As [`Context::connect`], for what reads much and changes nothing: the standby, if one is named
    /// that follows this database. Says which, and how far it is behind.
    ///
    /// # Errors
    /// As for [`Context::connect`].
    pub fn connect_to_read(&self) -> anyhow::Result<Db> {
        let db = self.connect_anywhere_to_read()?;
        db.require_schema()?;
        Ok(db)
    }

    /// As [`Context::connect_to_read`], for what needs no inbox.
    ///
    /// # Errors
    /// As for [`Context::connect_anywhere`].
    pub fn connect_anywhere_to_read(&self) -> anyhow::Result<Db> {
        if self.config.replica_url.is_none() {
            return self.connect_anywhere();
        }
        match self.standby() {
            Ok((db, lag)) => {
                let lag = human::duration(lag);
                let place = identifier::shown(&db.target.describe());
                self.ui.status(format!("reading from the standby {place}, {lag} behind"));
                Ok(db)
            }
            Err(error) => {
                let Failure { what, why, .. } = error::explain(&error);
                let why = why.map(|why| format!(": {why}")).unwrap_or_default();
                self.ui.warn(format!("not reading from the standby: {what}{why}"));
                self.connect_anywhere()
            }
        }
    }

    fn standby(&self) -> anyhow::Result<(Db, Duration)> {
        let (url, found_in) = self.config.replica_url.as_ref().ok_or_else(super::no_database)?;
        let mut primary = self.connect_anywhere()?;
        let schema = primary.target.schema().to_owned();
        let mut db = self.parse(url, found_in)?.with_schema(schema).open()?;
        db.server.require_postgresql()?;
        if !db.server.is_replica {
            return Err(Failure::refused("it is no standby").into());
        }
        let who = |db: &mut Db| {
            tx::read(db, |conn| {
                Ok((server::database_name(conn)?, server::system_identifier(conn)?))
            })
        };
        if who(&mut primary)? != who(&mut db)? {
            return Err(Failure::refused("it follows another database").into());
        }
        let lag = tx::read(&mut db, |conn| Ok(health::replay_lag_seconds(conn)?))?;
        let lag = u64::try_from(lag.unwrap_or_default()).unwrap_or_default();
        Ok((db, Duration::from_secs(lag)))
    }
}

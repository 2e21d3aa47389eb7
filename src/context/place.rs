//! Where a command works, and the questions that name it: which database, on which server, and what
//! it is for.

use diesel::PgConnection;
use serde_json::Value;

use super::Context;
use crate::domain::consent::Consent;
use crate::domain::environment::{Environment, Marked, Place};
use crate::error::{self, Failure};
use crate::local::CLUSTER_NAME;
use crate::store::connect::Db;
use crate::store::{server, settings, tx};
use crate::ui::{Tabular, human};

/// The setting that marks a database.
pub const ENVIRONMENT_KEY: &str = "environment";

/// The environment of a database, and whether somebody marked it.
///
/// # Errors
/// The server refuses.
pub fn environment(conn: &mut PgConnection) -> diesel::QueryResult<(Environment, bool)> {
    let marked = settings::find(conn, ENVIRONMENT_KEY)?;
    match marked.as_ref().and_then(Value::as_str).and_then(Environment::parse) {
        Some(environment) => Ok((environment, true)),
        None => Ok((Environment::unmarked(is_private(conn)?), false)),
    }
}

fn is_private(conn: &mut PgConnection) -> diesel::QueryResult<bool> {
    Ok(server::cluster_name(conn)? == CLUSTER_NAME)
}

impl Context {
    /// Asks, or takes the flag for an answer. A person sees first what would happen, as a dry run
    /// shows it, and where.
    ///
    /// # Errors
    /// Refused, as for [`crate::ui::Ui::consent`]; or the server can't say where this is.
    pub fn consent(
        &self,
        db: &mut Db,
        plan: &dyn Tabular,
        what: &str,
        yes: bool,
    ) -> Result<Consent, Failure> {
        if yes || !self.ui.can_ask() {
            return self.consent_here(what, yes);
        }
        self.ui.preview(plan);
        let place = self.place(db)?;
        self.ui.consent(what, Some(&place), yes, &|| self.interrupted())
    }

    /// As [`Context::consent`], for what may turn out to be nothing: then there is nothing to ask a
    /// person. Elsewhere `--yes` stands for every night, also for one on which there is nothing.
    ///
    /// # Errors
    /// As for [`Context::consent`].
    pub fn consent_if_any(
        &self,
        db: &mut Db,
        rows: u64,
        plan: &dyn Tabular,
        what: &str,
        yes: bool,
    ) -> Result<Consent, Failure> {
        match rows {
            0 if self.ui.can_ask() => self.consent_here(what, true),
            _ => self.consent(db, plan, what, yes),
        }
    }

    /// As [`Context::consent`], for what is on this machine: the question says all.
    ///
    /// # Errors
    /// Refused.
    pub fn consent_here(&self, what: &str, yes: bool) -> Result<Consent, Failure> {
        self.ui.consent(what, None, yes, &|| self.interrupted())
    }

    /// # Errors
    /// The server refuses.
    pub fn place(&self, db: &mut Db) -> Result<Place, Failure> {
        let read = tx::read(db, |conn| {
            let is_private = is_private(conn)?;
            let environment = match environment(conn)? {
                (environment, true) => Marked::As(environment),
                // Of a database that isn't ours nobody said anything.
                (_, false) if is_private || !settings::exist(conn)? => Marked::Never,
                (_, false) => Marked::NotYet,
            };
            let environment = match self.config.is_production() {
                true => Marked::As(Environment::Production),
                false => environment,
            };
            Ok((server::database_name(conn)?, is_private, environment))
        });
        let (database, is_private, environment) = read.map_err(|error| error::explain(&error))?;
        let server = match is_private {
            true => String::from("the private server"),
            false => db.target.host(),
        };
        let profile = self.config.profile.as_ref().map(|(name, _)| human::printable(name));
        Ok(Place { database, server, environment, profile })
    }

    /// How careful to be: production if either the database or the profile says so.
    ///
    /// # Errors
    /// The server refuses.
    pub fn environment(&self, conn: &mut PgConnection) -> diesel::QueryResult<Environment> {
        match self.config.is_production() {
            true => Ok(Environment::Production),
            false => Ok(environment(conn)?.0),
        }
    }

    /// Refuses what a production database must not suffer unless it was said twice.
    ///
    /// # Errors
    /// Refused.
    pub fn guard_production(
        &self,
        verb: &str,
        database: &str,
        environment: Environment,
        allow_production: bool,
    ) -> Result<(), Failure> {
        if environment != Environment::Production || allow_production {
            return Ok(());
        }
        let refused = Failure::refused(format!("will not {verb} the database {database}"));
        // No mark of the database lowers what the profile says.
        if let (true, Some((name, _))) = (self.config.is_production(), &self.config.profile) {
            return Err(refused
                .why(format!(
                    "the profile {} calls it a production database",
                    human::printable(name)
                ))
                .hint("to do it all the same, say --allow-production, or name another --profile"));
        }
        Err(refused.why("it is a production database, or nobody marked it as another").hint(
            "if it is not, mark it: `inboxctl db environment set development`; \
             if it is, say --allow-production",
        ))
    }
}

//! What every check is given: a connection to ask, and the limits of this run.

use std::path::Path;
use std::time::Duration;

use diesel::PgConnection;

use super::DoctorArgs;
use crate::commands::db::whose;
use crate::context::Context;
use crate::domain::check::{Finding, Status};
use crate::domain::name_pattern;
use crate::domain::origin::{self, Origin};
use crate::domain::schema_diff::Catalog;
use crate::store::connect::Db;
use crate::store::fingerprint::Fingerprint;
use crate::store::server::{self, Facts};
use crate::store::tx;

/// A check stands in nobody's way: what it can't see at once is unknown.
const BRIEFLY: tx::Timeouts = tx::Timeouts { statement_timeout_ms: 5_000, lock_timeout_ms: 100 };
/// For a check that was told to take its time.
const PATIENTLY: tx::Timeouts = tx::Timeouts { statement_timeout_ms: 0, lock_timeout_ms: 100 };

/// From when on something is worth a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Thresholds {
    pub transaction_seconds: i64,
    pub idle_seconds: i64,
    pub blocked_seconds: i64,
    pub running_seconds: i64,
    pub overdue_seconds: i64,
    pub backup_seconds: i64,
    pub thorough: bool,
}

impl Thresholds {
    pub(super) fn new(args: &DoctorArgs) -> Thresholds {
        let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        Thresholds {
            transaction_seconds: seconds(args.max_transaction),
            idle_seconds: seconds(args.max_idle),
            blocked_seconds: seconds(args.max_blocked),
            running_seconds: seconds(args.max_running),
            overdue_seconds: seconds(args.max_overdue),
            backup_seconds: seconds(args.max_backup_age),
            thorough: args.thorough,
        }
    }
}

/// The names that the checks of tables and indexes look at: all but those that the
/// operator keeps out. What the application made is told, and fails nothing.
pub(super) struct Watched {
    schema: Catalog,
    ignore: Vec<String>,
}

impl Watched {
    /// # Errors
    /// The fingerprint in the binary can't be read.
    pub(super) fn new(ignore: Vec<String>) -> anyhow::Result<Watched> {
        Ok(Watched { schema: Fingerprint::embedded()?.catalog, ignore })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.is_ours(name) || !name_pattern::matches_any(&self.ignore, name)
    }

    pub(super) fn is_ours(&self, name: &str) -> bool {
        origin::is_name_of(&self.schema, name)
    }

    /// As bad as it is where it is ours; a warning where it is the application's.
    pub(super) fn status(&self, status: Status, name: &str) -> Status {
        match status {
            Status::Fail if !self.is_ours(name) => Status::Warn,
            status => status,
        }
    }
}

pub(super) struct Probe<'a> {
    pub ctx: &'a Context,
    pub db: &'a mut Db,
    /// How long connecting took.
    pub connected: Duration,
    pub limits: Thresholds,
    /// Where backups are kept.
    pub backups: &'a Path,
    pub watched: Watched,
    facts: Option<Facts>,
    is_foreign: Option<bool>,
}

/// A check: its name and how it is made.
pub(super) struct Check {
    pub name: &'static str,
    pub run: fn(&mut Probe<'_>) -> anyhow::Result<Finding>,
}

impl<'a> Probe<'a> {
    /// Whether another program made the database, so that there is no inbox to check.
    pub(super) fn is_foreign(&mut self) -> bool {
        *self.is_foreign.get_or_insert_with(|| {
            matches!(whose::origin(self.db), Ok(Origin::Foreign(_)))
                && whose::require_alike(self.db).is_err()
        })
    }

    pub(super) fn new(
        ctx: &'a Context,
        db: &'a mut Db,
        connected: Duration,
        limits: Thresholds,
        backups: &'a Path,
        watched: Watched,
    ) -> Probe<'a> {
        Probe { ctx, db, connected, limits, backups, watched, facts: None, is_foreign: None }
    }

    /// Asks one question, in a READ ONLY transaction of its own.
    ///
    /// # Errors
    /// The server refuses, or doesn't answer in time.
    pub(super) fn ask<T>(
        &mut self,
        mut question: impl FnMut(&mut PgConnection) -> diesel::QueryResult<T>,
    ) -> anyhow::Result<T> {
        tx::read_within(self.db, BRIEFLY, |conn| Ok(question(conn)?))
    }

    /// As [`Probe::ask`], however long the answer takes.
    ///
    /// # Errors
    /// The server refuses.
    pub(super) fn ask_patiently<T>(
        &mut self,
        mut question: impl FnMut(&mut PgConnection) -> diesel::QueryResult<T>,
    ) -> anyhow::Result<T> {
        tx::read_within(self.db, PATIENTLY, |conn| Ok(question(conn)?))
    }

    /// What is said on a standby of what only the primary counts.
    pub(super) fn of_the_primary(&mut self) -> anyhow::Result<Option<Finding>> {
        let is_replica = self.facts()?.is_replica;
        Ok(is_replica.then(|| {
            Finding::unknown("this is a standby, and only the primary counts it")
                .remedy("run it on the primary")
        }))
    }

    /// What several checks ask for.
    ///
    /// # Errors
    /// As for [`Probe::ask`].
    pub(super) fn facts(&mut self) -> anyhow::Result<&Facts> {
        let facts = match self.facts.take() {
            Some(facts) => facts,
            None => self.ask(server::facts)?,
        };
        Ok(self.facts.insert(facts))
    }
}

//! Running migrations one at a time under the schema lock: what migrate,
//! rollback, redo, repair and reset have in common.

use std::time::{Duration, Instant};

use clap::Args;
use diesel::result::Error as DieselError;
use serde_json::json;

use super::{access, applied};
use crate::commands::denied;
use crate::context::{Context, describe_session};
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::domain::grants::Difference;
use crate::domain::history::{Entry, State};
use crate::domain::moment;
use crate::domain::retention::partition::MONTHS_AHEAD;
use crate::error::{self, Condition, Failure};
use crate::store::audit::{self, Change, SchemaActor};
use crate::store::connect::Db;
use crate::store::lock::Key;
use crate::store::migrations::{self, Direction, Embedded, StatementError};
use crate::store::partitions::{self, Ensured, Month};
use crate::store::watcher::{Watched, Watcher};
use crate::store::{ledger, server, sessions, settings, tx};
use crate::ui::{human, millis};

/// How long to wait for others.
#[derive(Debug, Clone, Copy, Args)]
pub struct WaitArgs {
    /// Wait this long for another run to finish
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "60s")]
    pub lock_wait: Duration,
    /// Give up on a single lock after this long, then try again a few times
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "2s")]
    pub lock_timeout: Duration,
}

/// A migration that a lock kept from running is tried this often.
const ATTEMPTS: u32 = 5;

/// Before the first migration: half-way, text of any language would be refused.
fn require_utf8(db: &mut Db) -> anyhow::Result<()> {
    let facts = tx::read(db, |conn| Ok(server::facts(conn)?))?;
    if facts.encoding == "UTF8" {
        return Ok(());
    }
    Err(Failure::refused(format!("the database {} is not in UTF8", facts.database))
        .why(format!("its encoding is {}, and names and messages need UTF8", facts.encoding))
        .hint("make one with CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0")
        .into())
}

/// Holds the schema lock for as long as it lives.
pub struct Runner<'a> {
    ctx: &'a Context,
    pub db: Db,
    lock_timeout_ms: u64,
    pub actor: SchemaActor,
    pid: i32,
    /// The id of the backup that was taken before, for the ledger and the audit log.
    pub backup: Option<String>,
    /// How the rights of the group roles stood, if there are any.
    rights: Option<Difference>,
}

impl<'a> Runner<'a> {
    /// Takes the lock, makes the bookkeeping tables.
    ///
    /// # Errors
    /// No right to, a pooler in between, or the lock is not to be had.
    pub fn on(ctx: &'a Context, db: Db, wait: WaitArgs) -> anyhow::Result<Runner<'a>> {
        let mut runner = Runner::without_books(ctx, db, wait)?;
        tx::write(&mut runner.db, |conn| Ok(set_up_books(conn)?))?;
        Ok(runner)
    }

    /// Takes the lock alone, for who makes the bookkeeping tables with what is written in them.
    ///
    /// # Errors
    /// As for [`Runner::on`].
    pub fn without_books(
        ctx: &'a Context,
        mut db: Db,
        wait: WaitArgs,
    ) -> anyhow::Result<Runner<'a>> {
        let lock_timeout_ms = millis(wait.lock_timeout);
        db.server.require_create(db.target.schema())?;
        require_utf8(&mut db)?;
        let actor = ctx.schema_actor(&mut db)?;
        ctx.hold(&mut db, Key::Schema, wait.lock_wait)?;
        // A migration takes as long as it takes.
        db.set_timeouts(0, lock_timeout_ms)?;
        let pid = sessions::own_pid(&mut db.conn)?;
        Ok(Runner { ctx, db, lock_timeout_ms, actor, pid, backup: None, rights: None })
    }

    /// What was applied, read under the lock.
    ///
    /// # Errors
    /// The server refuses.
    pub fn history(&mut self) -> anyhow::Result<Vec<Entry>> {
        applied::history(&mut self.db)
    }

    /// Lets what is migrated from now on have the rights of the group roles.
    ///
    /// # Errors
    /// The server refuses.
    pub fn keep_rights(&mut self) -> anyhow::Result<()> {
        self.rights = tx::read(&mut self.db, |conn| Ok(access::before(conn)?))?;
        Ok(())
    }

    /// Applies one migration and writes the ledger.
    ///
    /// # Errors
    /// The statement that failed, or who held the lock that it needed.
    pub fn up(&mut self, migration: &Embedded, state: State) -> anyhow::Result<Duration> {
        let start = Instant::now();
        tracing::info!(%migration, transactional = migration.transactional, "applying");
        if migration.transactional {
            self.in_transaction(migration, Direction::Up, None)?;
        } else {
            self.alone(migration, state)?;
        }
        Ok(start.elapsed())
    }

    /// Reverts one migration and writes the ledger.
    ///
    /// # Errors
    /// As for [`Runner::up`].
    pub fn down(&mut self, migration: &Embedded, consent: &Consent) -> anyhow::Result<Duration> {
        let start = Instant::now();
        tracing::info!(%migration, transactional = migration.transactional, "reverting");
        if migration.transactional {
            self.in_transaction(migration, Direction::Down, Some(consent))?;
            return Ok(start.elapsed());
        }
        self.db.set_timeouts(0, 0)?;
        let watcher = self.watch();
        let reverted = migrations::revert(&mut self.db.conn, migration, consent);
        drop(watcher);
        self.db.set_timeouts(0, self.lock_timeout_ms)?;
        let error = reverted.as_ref().err().map(ToString::to_string);
        self.record(migration, Direction::Down, error.as_deref())?;
        reverted.map_err(|error| explain(migration, &error).into()).map(|()| start.elapsed())
    }

    /// The bookkeeping stands in the migration's own transaction: both or none.
    fn in_transaction(
        &mut self,
        migration: &Embedded,
        direction: Direction,
        consent: Option<&Consent>,
    ) -> anyhow::Result<()> {
        let mut attempt = 0;
        loop {
            let watcher = self.watch();
            let (actor, backup) = (self.actor.clone(), self.backup.clone());
            let rights = self.rights.clone();
            let result = tx::once(&mut self.db, |conn| {
                let id = ledger::start(
                    conn,
                    migration,
                    direction.into(),
                    &actor.name,
                    backup.as_deref(),
                )?;
                match consent {
                    Some(consent) => migrations::revert(conn, migration, consent)?,
                    None => migrations::apply(conn, migration)?,
                }
                if let (Direction::Up, Some(rights)) = (direction, &rights) {
                    access::follow(conn, rights)?;
                }
                ledger::finish(conn, id)?;
                Ok(record_audit(conn, migration, direction, &actor, backup.as_deref())?)
            });
            let blockers = watcher.last_seen();
            drop(watcher);
            let Err(error) = result else {
                return Ok(());
            };
            let is_locked = condition(&error) == Some(Condition::LockTimeout);
            attempt += 1;
            if !is_locked || attempt == ATTEMPTS {
                let mending = denied::mending(&mut self.db, &error);
                self.record(migration, direction, Some(&error.to_string()))?;
                return Err(if is_locked {
                    locked_out(migration, &blockers)
                } else {
                    let failure = explain(migration, &error);
                    mending.map_or(failure.clone(), |hint| failure.hint(hint))
                }
                .into());
            }
            let pause = tx::backoff(attempt + 1);
            self.ctx.ui.status(format!(
                "{migration}: a lock was not granted within {}; trying again ({attempt} of {ATTEMPTS})",
                human::duration(Duration::from_millis(self.lock_timeout_ms)),
            ));
            self.ctx.pause(pause)?;
        }
    }

    /// A migration that can't be in a transaction. What an earlier try left is
    /// removed first, and that it was started is known before it starts.
    fn alone(&mut self, migration: &Embedded, state: State) -> anyhow::Result<()> {
        // A lock timeout would break an index build off half-way, and waiting
        // for old transactions to end blocks no writer.
        self.db.set_timeouts(0, 0)?;
        let watcher = self.watch();
        let result = self.alone_unlimited(migration, state);
        drop(watcher);
        self.db.set_timeouts(0, self.lock_timeout_ms)?;
        result
    }

    fn alone_unlimited(&mut self, migration: &Embedded, state: State) -> anyhow::Result<()> {
        if matches!(state, State::Unfinished | State::Failed) {
            self.ctx.ui.status(format!("{migration}: removing what an earlier run left half done"));
            migrations::clean_up(&mut self.db.conn, migration)?;
        }
        let conn = &mut self.db.conn;
        let before = migrations::invalid_indexes(conn)?;
        let (actor, backup) = (self.actor.clone(), self.backup.clone());
        let event = ledger::Event::Up;
        let id = ledger::start(conn, migration, event, &actor.name, backup.as_deref())?;
        if let Err(error) = migrations::apply(conn, migration) {
            // Where the connection is gone neither works; the next run sees to it.
            let _ = migrations::clean_up(conn, migration);
            let _ = ledger::fail(conn, id, &error.to_string());
            return Err(explain(migration, &error).into());
        }
        let after = migrations::invalid_indexes(conn)?;
        tx::write(&mut self.db, |conn| {
            ledger::finish(conn, id)?;
            Ok(record_audit(conn, migration, Direction::Up, &actor, backup.as_deref())?)
        })?;
        match after.iter().find(|index| !before.contains(index)) {
            Some(index) => Err(Failure::failed(format!("{migration} left an invalid index"))
                .why(format!("{index} can't be used by any query"))
                .hint("revert it with `inboxctl db rollback`, then migrate again")
                .into()),
            None => Ok(()),
        }
    }

    /// A row of its own for what happened outside, or instead of, a transaction.
    fn record(
        &mut self,
        migration: &Embedded,
        direction: Direction,
        error: Option<&str>,
    ) -> anyhow::Result<()> {
        let (actor, backup) = (self.actor.clone(), self.backup.clone());
        tx::write(&mut self.db, |conn| {
            let id =
                ledger::start(conn, migration, direction.into(), &actor.name, backup.as_deref())?;
            match error {
                Some(error) => Ok(ledger::fail(conn, id, error)?),
                None => {
                    ledger::finish(conn, id)?;
                    Ok(record_audit(conn, migration, direction, &actor, backup.as_deref())?)
                }
            }
        })
    }

    fn watch(&self) -> Watcher {
        let ui = self.ctx.ui.clone();
        Watcher::start(self.db.target.clone(), Watched::Backend(self.pid), move |blockers| {
            for blocker in blockers {
                ui.status(format!("blocked by {}", describe_session(blocker)));
            }
        })
    }

    /// Makes the audit partitions of this month and the next three.
    ///
    /// # Errors
    /// The server refuses.
    pub fn make_partitions(&mut self) -> anyhow::Result<Vec<String>> {
        let actor = self.actor.clone();
        let ensured = tx::write(&mut self.db, |conn| {
            if !crate::store::catalog::table_exists(conn, "audit_logs")? {
                return Ok(Ensured::default());
            }
            let month = Month::of(server::now(conn)?);
            let ensured = partitions::ensure(conn, month, month.plus(MONTHS_AHEAD))?;
            if !ensured.made.is_empty() {
                let actor = actor.resolve(conn)?;
                let details = json!({ "partitions": &ensured.made });
                let change = Change { action: Action::PartitionCreate, resource_id: None, details };
                audit::record(conn, &actor, &change)?;
            }
            Ok(ensured)
        })?;
        ensured.warnings().for_each(|warning| self.ctx.ui.warn(warning));
        Ok(ensured.made)
    }
}

/// Makes the bookkeeping tables that aren't there.
pub(super) fn set_up_books(conn: &mut diesel::PgConnection) -> diesel::QueryResult<()> {
    migrations::setup(conn)?;
    ledger::setup(conn)?;
    settings::setup(conn)
}

fn record_audit(
    conn: &mut diesel::PgConnection,
    migration: &Embedded,
    direction: Direction,
    actor: &SchemaActor,
    backup: Option<&str>,
) -> diesel::QueryResult<()> {
    let actor = actor.resolve(conn)?;
    let action = match direction {
        Direction::Up => Action::MigrationApply,
        Direction::Down => Action::MigrationRevert,
    };
    let mut details = json!({ "name": migration.name, "sha256": migration.sha256 });
    if let Some(backup) = backup {
        details["backup"] = json!(backup);
    }
    let change = Change { action, resource_id: Some(migration.version), details };
    audit::record_if_possible(conn, &actor, &change)
}

fn condition(error: &anyhow::Error) -> Option<Condition> {
    error
        .chain()
        .find_map(|cause| cause.downcast_ref::<DieselError>())
        .and_then(Condition::of_error)
}

fn locked_out(migration: &Embedded, blockers: &[sessions::Session]) -> Failure {
    let failure = Failure::busy(format!("{migration} did not get its lock in {ATTEMPTS} attempts"));
    let why = match blockers.first() {
        Some(blocker) => format!("blocked by {}", describe_session(blocker)),
        None => String::from("who holds it could not be seen"),
    };
    failure.why(why).hint("try again when that session has ended, or raise --lock-timeout")
}

fn explain(migration: &Embedded, error: &anyhow::Error) -> Failure {
    let failed = error.chain().find_map(|cause| cause.downcast_ref::<StatementError>());
    let Some(failed) = failed else {
        let failure = Failure::failed(format!("{migration} failed"));
        let Some(ours) = error::own(error) else { return failure.why(error.to_string()) };
        let why = ours.why.map_or(ours.what.clone(), |why| format!("{}: {why}", ours.what));
        return ours.hint.iter().fold(failure.why(why), |failure, hint| failure.hint(hint.clone()));
    };
    let detail = match &failed.source {
        DieselError::DatabaseError(_, info) => info.details().map(|text| format!(" ({text})")),
        _ => None,
    };
    Failure::failed(format!("{migration} failed at {} line {}", failed.file, failed.line))
        .why(format!("{}{}", failed.source, detail.unwrap_or_default()))
        .hint(format!(
            "nothing of it was kept; the statement was: {}",
            human::one_line(&failed.statement, 200)
        ))
}

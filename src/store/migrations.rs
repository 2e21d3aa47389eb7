//! The migrations in the binary, and running one of them.

use std::fmt;

use diesel::connection::BoxableConnection;
use diesel::migration::{
    Migration, MigrationConnection, MigrationMetadata, MigrationName, MigrationVersion,
    Result as MigrationResult,
};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_migrations::MigrationHarness;

use super::interference::{self, Event};
use crate::domain::consent::Consent;
use crate::domain::history::{Applied, Known};
use crate::domain::sql;
use crate::store::scalar::ScalarQuery;

/// A migration as build.rs embedded it.
#[derive(Debug)]
pub struct Embedded {
    /// Digits of the folder's date.
    pub version: &'static str,
    pub name: &'static str,
    pub up: &'static str,
    pub down: &'static str,
    /// Hex SHA-256 of `up` with normalised line endings.
    pub sha256: &'static str,
    /// Whether it runs in a transaction. One that doesn't holds one statement,
    /// and its down.sql can be run whatever is there.
    pub transactional: bool,
}

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// Which way a migration runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// A statement of a migration failed.
#[derive(Debug)]
pub struct StatementError {
    pub migration: String,
    pub file: &'static str,
    /// In the file, from 1: of the error where the server says, else of the
    /// statement.
    pub line: usize,
    pub statement: String,
    pub source: diesel::result::Error,
}

impl fmt::Display for StatementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} line {}: {}", self.migration, self.file, self.line, self.source)
    }
}

impl std::error::Error for StatementError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl Embedded {
    pub fn find(version: &str) -> Option<&'static Embedded> {
        MIGRATIONS.iter().find(|migration| migration.version == version)
    }

    /// `20261128090000_foundation`.
    pub fn full_name(&self) -> String {
        format!("{}_{}", self.version, self.name)
    }

    pub fn known(&self) -> Known<'static> {
        Known {
            version: self.version,
            name: self.name,
            sha256: self.sha256,
            transactional: self.transactional,
        }
    }

    fn execute(
        &self,
        conn: &mut dyn BoxableConnection<Pg>,
        script: &'static str,
        file: &'static str,
    ) -> MigrationResult<()> {
        for statement in sql::statements(script) {
            conn.batch_execute(statement.text).map_err(|source| StatementError {
                migration: self.full_name(),
                file,
                line: statement.line + lines_before_error(statement.text, &source),
                statement: statement.text.to_owned(),
                source,
            })?;
        }
        Ok(())
    }
}

/// Newlines between the statement's start and the place that the server names.
fn lines_before_error(statement: &str, error: &diesel::result::Error) -> usize {
    let diesel::result::Error::DatabaseError(_, info) = error else {
        return 0;
    };
    let characters = info.statement_position().and_then(|position| usize::try_from(position).ok());
    characters.map_or(0, |count| statement.chars().take(count).filter(|c| *c == '\n').count())
}

impl Migration<Pg> for Embedded {
    fn run(&self, conn: &mut dyn BoxableConnection<Pg>) -> MigrationResult<()> {
        self.execute(conn, self.up, "up.sql")
    }

    fn revert(&self, conn: &mut dyn BoxableConnection<Pg>) -> MigrationResult<()> {
        self.execute(conn, self.down, "down.sql")
    }

    fn metadata(&self) -> &dyn MigrationMetadata {
        self
    }

    fn name(&self) -> &dyn MigrationName {
        self
    }
}

impl MigrationMetadata for Embedded {
    fn run_in_transaction(&self) -> bool {
        self.transactional
    }
}

impl MigrationName for Embedded {
    fn version(&self) -> MigrationVersion<'_> {
        MigrationVersion::from(self.version)
    }
}

impl fmt::Display for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.full_name())
    }
}

/// Makes Diesel's table if it isn't there.
pub fn setup(conn: &mut PgConnection) -> QueryResult<()> {
    super::books::is_wanted(conn, "__diesel_schema_migrations")?;
    MigrationConnection::setup(conn).map(drop)
}

/// What Diesel's table says was applied, oldest first. Writes nothing, and an
/// absent table is an empty one: a read-only role can ask.
pub fn applied(conn: &mut PgConnection) -> QueryResult<Vec<Applied>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        version: String,
        #[diesel(sql_type = BigInt)]
        applied_at_us: i64,
    }
    if !super::books::exists(conn, "__diesel_schema_migrations")? {
        return Ok(Vec::new());
    }
    // run_on is a timestamp without zone, written under TimeZone = UTC.
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT version, (extract(epoch FROM run_on) OPERATOR(pg_catalog.*) 1000000)::bigint AS applied_at_us \
         FROM __diesel_schema_migrations ORDER BY version",
    )
    .load(conn)?;
    let applied = |row: Row| Applied { version: row.version, applied_at_us: row.applied_at_us };
    Ok(rows.into_iter().map(applied).collect())
}

/// Applies `migration` and records its version, without a transaction of its
/// own: the caller has one, or the migration must not have one.
///
/// # Errors
/// [`StatementError`], in the chain.
pub fn apply(conn: &mut PgConnection, migration: &Embedded) -> anyhow::Result<()> {
    conn.run_migration(migration).map_err(anyhow::Error::from_boxed)?;
    Ok(require_listed(conn, migration.version, Event::Insert)?)
}

/// Reverts `migration` and forgets its version.
///
/// # Errors
/// [`StatementError`], in the chain.
pub fn revert(
    conn: &mut PgConnection,
    migration: &Embedded,
    consent: &Consent,
) -> anyhow::Result<()> {
    // The harness would compare the version by an operator that anybody may have put there.
    migration.revert(conn).map_err(anyhow::Error::from_boxed)?;
    Ok(forget(conn, migration.version, consent)?)
}

/// Removes what a non-transactional migration left half done. Its down.sql is
/// written for that; the version was never recorded.
///
/// # Errors
/// [`StatementError`], in the chain.
pub fn clean_up(conn: &mut PgConnection, migration: &Embedded) -> anyhow::Result<()> {
    migration.revert(conn).map_err(anyhow::Error::from_boxed)
}

/// Indexes of this schema that a broken CREATE INDEX CONCURRENTLY left behind.
pub fn invalid_indexes(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    diesel::sql_query(
        "SELECT c.relname::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
         WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid AND NOT i.indisvalid ORDER BY 1",
    ).scalars::<Text, _>(conn)
}

/// Puts a version on the list of applied ones, without running it. The diesel CLI
/// may have done so.
pub fn record(conn: &mut PgConnection, version: &str) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO __diesel_schema_migrations (version) VALUES ($1) ON CONFLICT DO NOTHING",
    )
    .bind::<Text, _>(version)
    .execute(conn)?;
    require_listed(conn, version, Event::Insert)
}

/// That Diesel's list took what was written there.
fn require_listed(conn: &mut PgConnection, version: &str, event: Event) -> QueryResult<()> {
    let is_listed = applied(conn)?.iter().any(|one| one.version == version);
    let done = usize::from(is_listed == (event == Event::Insert));
    interference::none_swallowed(conn, "__diesel_schema_migrations", event, (1, done))
}

/// Takes a version off the list of applied ones; its changes stay.
pub fn forget(conn: &mut PgConnection, version: &str, _consent: &Consent) -> QueryResult<()> {
    diesel::sql_query("DELETE FROM __diesel_schema_migrations WHERE version::text = $1")
        .bind::<Text, _>(version)
        .execute(conn)?;
    require_listed(conn, version, Event::Delete)
}

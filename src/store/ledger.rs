//! `inboxctl_migrations`: what was run, when, by whom, with which text.
//!
//! Beside `__diesel_schema_migrations`, which knows versions only. Rows are
//! added, never changed but to say how a run ended.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use super::books;
use super::interference;
use super::migrations::{Direction, Embedded};
use super::schema::inboxctl_migrations as ledger;
use super::statements::truth;
use crate::domain::history::Recorded;

const TABLE: &str = "inboxctl_migrations";

/// What a ledger row says happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Up,
    Down,
    /// The text that stands in the binary now was accepted for an applied one.
    Repair,
    /// Everything was dropped.
    Reset,
}

impl Event {
    fn as_str(self) -> &'static str {
        match self {
            Event::Up => "up",
            Event::Down => "down",
            Event::Repair => "repair",
            Event::Reset => "reset",
        }
    }
}

impl From<Direction> for Event {
    fn from(direction: Direction) -> Event {
        match direction {
            Direction::Up => Event::Up,
            Direction::Down => Event::Down,
        }
    }
}

/// Makes the table if it isn't there.
pub fn setup(conn: &mut PgConnection) -> QueryResult<()> {
    books::is_wanted(conn, "inboxctl_migrations")?;
    conn.batch_execute(
        "CREATE TABLE IF NOT EXISTS inboxctl_migrations (
             id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
             version text NOT NULL,
             name text NOT NULL,
             event text NOT NULL CHECK (event IN ('up', 'down', 'repair', 'reset')),
             sha256 text NOT NULL,
             started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
             finished_at timestamptz,
             duration_ms bigint,
             binary_version text NOT NULL,
             actor text NOT NULL,
             error text,
             backup text
         )",
    )?;
    add_backup(conn)
}

/// Ledgers made before there were backups lack the column. Asked first, because even an ALTER that
/// does nothing waits for everybody who reads.
fn add_backup(conn: &mut PgConnection) -> QueryResult<()> {
    let is_there = truth(
        conn,
        "SELECT EXISTS (SELECT FROM pg_attribute WHERE NOT attisdropped \
             AND attrelid = 'inboxctl_migrations'::regclass::oid AND attname = 'backup') AS truth",
    )?;
    if is_there {
        return Ok(());
    }
    conn.batch_execute("ALTER TABLE inboxctl_migrations ADD COLUMN backup text")
}

/// The newest word on each version, as far as it was not reverted since.
/// An absent table is an empty one.
pub fn recorded(conn: &mut PgConnection) -> QueryResult<Vec<Recorded>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        version: String,
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Text)]
        sha256: String,
        #[diesel(sql_type = Bool)]
        unfinished: bool,
        #[diesel(sql_type = Nullable<Text>)]
        error: Option<String>,
        #[diesel(sql_type = Nullable<BigInt>)]
        duration_ms: Option<i64>,
        #[diesel(sql_type = Nullable<Text>)]
        backup: Option<String>,
    }
    if !books::exists(conn, "inboxctl_migrations")? {
        return Ok(Vec::new());
    }
    // A repair changes the checksum that counts, not how long the run took or what was saved before.
    // By way of JSON, because who may only read can't add the column to an old ledger.
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT DISTINCT ON (l.version) l.version, l.name, l.sha256, \
             l.finished_at IS NULL AND l.error IS NULL AS unfinished, l.error, \
             max(l.duration_ms) OVER (PARTITION BY l.version) AS duration_ms, \
             max(pg_catalog.to_jsonb(l)->>'backup'::text) OVER (PARTITION BY l.version) AS backup \
         FROM inboxctl_migrations l \
         WHERE l.event IN ('up', 'repair') AND NOT EXISTS ( \
             SELECT FROM inboxctl_migrations later \
             WHERE later.id > l.id AND later.error IS NULL AND later.finished_at IS NOT NULL \
               AND (later.event = 'reset' OR (later.event = 'down' AND later.version = l.version))) \
         ORDER BY l.version, l.id DESC",
    )
    .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| Recorded {
            version: row.version,
            name: row.name,
            sha256: row.sha256,
            unfinished: row.unfinished,
            error: row.error,
            duration_ms: row.duration_ms,
            backup: row.backup,
        })
        .collect())
}

/// Every version that it tells of.
pub fn versions(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    ledger::table.select(ledger::version).distinct().load(conn)
}

/// Records that a run starts, after the backup of that id was taken; the id is for [`finish`] or
/// [`fail`].
pub fn start(
    conn: &mut PgConnection,
    migration: &Embedded,
    event: Event,
    actor: &str,
    backup: Option<&str>,
) -> QueryResult<i64> {
    insert(conn, (migration.version, migration.name, migration.sha256), event, actor, backup)
}

/// Records that everything was dropped.
pub fn record_reset(conn: &mut PgConnection, actor: &str) -> QueryResult<()> {
    let id = insert(conn, ("", "", ""), Event::Reset, actor, None)?;
    finish(conn, id)
}

fn insert(
    conn: &mut PgConnection,
    (version, name, sha256): (&str, &str, &str),
    event: Event,
    actor: &str,
    backup: Option<&str>,
) -> QueryResult<i64> {
    let row: Option<i64> = diesel::insert_into(ledger::table)
        .values((
            ledger::version.eq(version),
            ledger::name.eq(name),
            ledger::event.eq(event.as_str()),
            ledger::sha256.eq(sha256),
            ledger::binary_version.eq(env!("CARGO_PKG_VERSION")),
            ledger::actor.eq(actor),
            ledger::backup.eq(backup),
        ))
        .returning(ledger::id)
        .get_result(conn)
        .optional()?;
    interference::none_swallowed(
        conn,
        TABLE,
        interference::Event::Insert,
        (1, usize::from(row.is_some())),
    )?;
    Ok(row.unwrap_or_default())
}

/// Records that the run succeeded, and how long it took by the server's clock.
pub fn finish(conn: &mut PgConnection, id: i64) -> QueryResult<()> {
    end(conn, id, None)
}

/// Records that the run failed.
pub fn fail(conn: &mut PgConnection, id: i64, error: &str) -> QueryResult<()> {
    end(conn, id, Some(error))
}

fn end(conn: &mut PgConnection, id: i64, error: Option<&str>) -> QueryResult<()> {
    let ended = diesel::sql_query(
        "UPDATE inboxctl_migrations SET finished_at = clock_timestamp(), error = $2, \
         duration_ms = (extract(epoch FROM clock_timestamp() - started_at) OPERATOR(pg_catalog.*) 1000)::bigint \
         WHERE id = $1",
    )
    .bind::<BigInt, _>(id)
    .bind::<Nullable<Text>, _>(error)
    .execute(conn)?;
    interference::none_swallowed(conn, TABLE, interference::Event::Update, (1, ended))
}

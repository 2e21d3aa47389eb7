//! Advisory locks: one command of a kind at a time, in each inbox of a database.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::sessions::{self, Session};
use crate::domain::connection_url::USUAL_SCHEMA;
use crate::store::scalar::ScalarQuery;

/// Every lock that inboxctl takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// What changes the schema: migrate, rollback, redo, repair, reset.
    Schema,
    /// What fills the database with sample rows.
    Seed,
    /// What merges contacts by itself, or adds those that are not there.
    Dedupe,
    /// Re-encryption of the envelopes, and the end of a key.
    Rotation,
    /// Which keys there are: held to take one away, shared to seal under one.
    Keyring,
    /// What deletes by age.
    Retention,
    /// Which holds there are: held to add one, shared to delete beside them.
    Holds,
    /// What the group roles may do.
    Access,
    /// The steps of a night.
    Nightly,
    /// Erasing people: held to erase one, shared to merge contacts or to take a merge back.
    Erasing,
    /// What takes the place of a database: see [`try_acquire_to_replace`].
    Replacing,
}

/// Beyond the number of any lock.
const FOR_BATCHES: i64 = 0x8000;

impl Key {
    /// "inbox" in ASCII, then the number of the lock: another version of the program must mean the
    /// same, so a number is never given again.
    fn number(self) -> i64 {
        const PREFIX: i64 = 0x69_6e62_6f78 << 16;
        PREFIX
            + match self {
                Key::Schema => 1,
                Key::Seed => 2,
                Key::Dedupe => 3,
                Key::Rotation => 4,
                Key::Keyring => 5,
                Key::Retention => 6,
                Key::Holds => 7,
                Key::Access => 8,
                Key::Nightly => 9,
                Key::Erasing => 10,
                Key::Replacing => 11,
            }
    }
}

/// The number of a key: an inbox in another schema than the usual one has its own. A macro, as
/// `concat!` takes literals only.
macro_rules! key {
    () => {
        "$1 # CASE WHEN current_schema()::text = $2 THEN 0::bigint \
         ELSE hashtextextended(current_schema()::text, 0::bigint) END"
    };
}

/// Takes the lock if it is free. It is held until the session ends.
///
/// Tried in a loop by the caller, never waited for on the server: a blocked
/// `pg_advisory_lock` holds a snapshot, and a CREATE INDEX CONCURRENTLY of the
/// holder waits for it for ever.
pub fn try_acquire(conn: &mut PgConnection, key: Key) -> QueryResult<bool> {
    try_with(conn, concat!("SELECT pg_try_advisory_lock(", key!(), ") AS acquired"), key)
}

/// Takes the lock if it is free, until the transaction ends: that holds behind
/// a pooler too.
pub fn try_acquire_for_transaction(conn: &mut PgConnection, key: Key) -> QueryResult<bool> {
    try_with(conn, concat!("SELECT pg_try_advisory_xact_lock(", key!(), ") AS acquired"), key)
}

/// As [`try_acquire_for_transaction`], beside others who share it.
pub fn try_share_for_transaction(conn: &mut PgConnection, key: Key) -> QueryResult<bool> {
    try_with(
        conn,
        concat!("SELECT pg_try_advisory_xact_lock_shared(", key!(), ") AS acquired"),
        key,
    )
}

/// Waits for the lock, as long as the session's lock timeout lets it, and keeps
/// it until the transaction ends. For keys that nobody holds for long, and never
/// while an index is built concurrently.
pub fn acquire_for_transaction(conn: &mut PgConnection, key: Key) -> QueryResult<()> {
    diesel::sql_query(concat!("SELECT pg_advisory_xact_lock(", key!(), ")"))
        .bind::<BigInt, _>(key.number())
        .bind::<Text, _>(USUAL_SCHEMA)
        .execute(conn)
        .map(drop)
}

/// As [`acquire_for_transaction`], beside others who share it.
pub fn share_for_transaction(conn: &mut PgConnection, key: Key) -> QueryResult<()> {
    diesel::sql_query(concat!("SELECT pg_advisory_xact_lock_shared(", key!(), ")"))
        .bind::<BigInt, _>(key.number())
        .bind::<Text, _>(USUAL_SCHEMA)
        .execute(conn)
        .map(drop)
}

/// A second lock beside one that a transaction elsewhere holds, until this transaction ends: those who
/// hold the first, one after another, never write at once.
pub(super) fn acquire_for_batch(conn: &mut PgConnection, key: Key) -> QueryResult<()> {
    diesel::sql_query(concat!("SELECT pg_advisory_xact_lock(", key!(), ")"))
        .bind::<BigInt, _>(key.number() + FOR_BATCHES)
        .bind::<Text, _>(USUAL_SCHEMA)
        .execute(conn)
        .map(drop)
}

fn try_with(conn: &mut PgConnection, query: &str, key: Key) -> QueryResult<bool> {
    diesel::sql_query(query)
        .bind::<BigInt, _>(key.number())
        .bind::<Text, _>(USUAL_SCHEMA)
        .scalar::<Bool, _>(conn)
}

/// Keeps a session that holds a lock until it ends, which the server must not end for being idle.
/// Before version 14 it never does, and has no such setting.
macro_rules! stay_though_idle {
    () => {
        "(SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout')"
    };
}

/// Waits for the lock of what a command makes for itself, by its number, and keeps it until the
/// session ends.
pub(super) fn acquire_for_scratch(conn: &mut PgConnection, number: i64) -> QueryResult<()> {
    diesel::sql_query(concat!("SELECT pg_advisory_lock($1), ", stay_though_idle!()))
        .bind::<BigInt, _>(number)
        .execute(conn)
        .map(drop)
}

/// The lock on replacing a database, if it is free: taken in another one, whose session isn't in the
/// way of a new name, until that session ends.
pub fn try_acquire_to_replace(conn: &mut PgConnection, database: &str) -> QueryResult<bool> {
    diesel::sql_query(concat!(
        "SELECT pg_try_advisory_lock($1 # hashtextextended($2, 0::bigint)) AS acquired, ",
        stay_though_idle!()
    ))
    .bind::<BigInt, _>(Key::Replacing.number())
    .bind::<Text, _>(database)
    .scalar::<Bool, _>(conn)
}

/// Who is replacing the database, if anybody is.
pub fn who_replaces(conn: &mut PgConnection, database: &str) -> QueryResult<Option<Session>> {
    let number = diesel::sql_query("SELECT $1 # hashtextextended($2, 0::bigint) AS number")
        .bind::<BigInt, _>(Key::Replacing.number())
        .bind::<Text, _>(database)
        .scalar::<BigInt, _>(conn)?;
    sessions::advisory_lock_holder(conn, number)
}

/// The number of the lock in this inbox.
pub(super) fn number(conn: &mut PgConnection, key: Key) -> QueryResult<i64> {
    diesel::sql_query(concat!("SELECT ", key!(), " AS number"))
        .bind::<BigInt, _>(key.number())
        .bind::<Text, _>(USUAL_SCHEMA)
        .scalar::<BigInt, _>(conn)
}

/// Who holds the lock, if anybody does.
pub fn holder(conn: &mut PgConnection, key: Key) -> QueryResult<Option<Session>> {
    let number = number(conn, key)?;
    sessions::advisory_lock_holder(conn, number)
}

//! Backups: the client programs at work, and the files that they write and read.
//!
//! What belongs here: running pg_dump, pg_restore and psql, streaming through
//! SHA-256 and age, and putting a file into place whole or not at all. What
//! doesn't: SQL, printing, and what to do about a difference.

#![deny(clippy::disallowed_macros)]

pub mod copy;
pub mod files;
pub mod pace;
pub mod pipe;
pub mod process;
pub mod programs;
pub mod stored;
pub mod stream;
pub mod toc;
pub mod tools;

/// How a client program reaches the database. Holds the password: no Debug.
#[derive(Clone)]
pub struct Place {
    /// For an argument: without secrets.
    pub conninfo: String,
    /// For the environment.
    pub password: Option<String>,
}

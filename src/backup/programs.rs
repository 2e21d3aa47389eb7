//! pg_dump, pg_restore and psql: how each is called, and what its end means.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use age::x25519::{Identity, Recipient};

use super::Place;
use super::process::{self, Ended};
use super::stream::{self, Kind, ReadError, Tail};
use crate::domain::backup::manifest::Sums;
use crate::error::Failure;
use crate::local::Client;

/// What reading a backup came to.
pub enum Reading {
    /// Read to its end.
    Done(Sums),
    Damaged(String),
    /// Encrypted, and no identity opens it.
    NoKey,
    /// `stop` said so.
    Stopped,
}

/// Runs pg_dump on a snapshot that another session exported, into `file`.
/// `None` if `stop` said so.
///
/// # Errors
/// pg_dump failed, or the file can't be written.
pub fn dump(
    pg_dump: &Client,
    place: &Place,
    snapshot: &str,
    file: &File,
    recipients: &[Recipient],
    stop: &dyn Fn() -> bool,
) -> Result<Option<Sums>, Failure> {
    let mut command = client(pg_dump, place);
    command.args(["--format=custom", &format!("--snapshot={snapshot}")]);
    // Behind a long ALTER TABLE, it is better to fail than to hang all night.
    command.arg("--lock-wait-timeout=60s");
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    tracing::info!(program = %pg_dump.path.display(), version = pg_dump.version, "dumping");
    let ended = process::run(&mut command, stop, |_, stdout| {
        let stdout = stdout.ok_or_else(|| io::Error::other("pg_dump has no output"))?;
        stream::write(stdout, file, recipients)
    })
    .map_err(|error| cannot_run(pg_dump, &error))?;
    if ended.stopped {
        return Ok(None);
    }
    // A full disk ends pg_dump too: the disk is what to tell of.
    let sums = ended
        .worked
        .as_ref()
        .map_err(|error| Failure::failed("the backup can't be written").why(error.to_string()))?;
    match ended.complaint() {
        Some(complaint) => Err(Failure::failed("pg_dump failed; no backup was made")
            .why(complaint)
            .hint("check the connection with `inboxctl db check`; the role must read every table")),
        None => Ok(Some(sums.clone())),
    }
}

/// Reads a backup to its end: decrypts, hashes, and has pg_restore take it
/// apart without a database.
///
/// # Errors
/// A program can't be run, or the file not be read.
pub fn read_through(
    pg_restore: Option<&Client>,
    path: &Path,
    identities: &[Identity],
    stop: &dyn Fn() -> bool,
) -> Result<Reading, Failure> {
    let unreadable = |error: io::Error| unreadable(path, &error);
    let file = File::open(path).map_err(unreadable)?;
    let Some(pg_restore) = pg_restore else {
        let mut tail = Tail::default();
        return match stream::read(&file, identities, &mut tail) {
            Ok(sums) if tail.is_complete() => Ok(Reading::Done(sums)),
            Ok(_) => Ok(Reading::Damaged(String::from(
                "it is cut off: the last line of a dump by pg_dump is missing",
            ))),
            Err(error) => reading(error, path),
        };
    };
    let mut command = Command::new(&pg_restore.path);
    command.env("LC_ALL", "C").args(["--file", "/dev/null"]);
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    let ended = process::run(&mut command, stop, |stdin, _| match stdin {
        Some(mut stdin) => stream::read(&file, identities, &mut stdin),
        None => Err(ReadError::Io(io::Error::other("pg_restore has no input"))),
    })
    .map_err(|error| cannot_run(pg_restore, &error))?;
    finish(ended, path, "pg_restore can't read it")
}

/// Restores a backup into an empty database, in one transaction.
///
/// # Errors
/// A program can't be run, or the file not be read.
pub fn restore(
    program: &Client,
    place: &Place,
    kind: Kind,
    owners: bool,
    path: &Path,
    identities: &[Identity],
    stop: &dyn Fn() -> bool,
) -> Result<Reading, Failure> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let mut command = client(program, place);
    match kind {
        Kind::Custom => {
            command.args(["--single-transaction", "--exit-on-error"]);
            if !owners {
                command.args(["--no-owner", "--no-privileges"]);
            }
        }
        Kind::Plain => {
            command.args(["--no-psqlrc", "--quiet", "--single-transaction"]);
            command.args(["--set=ON_ERROR_STOP=1", "--file=-"]);
        }
    }
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    tracing::info!(program = %program.path.display(), version = program.version, "restoring");
    let ended = process::run(&mut command, stop, |stdin, _| match stdin {
        Some(mut stdin) => stream::read(&file, identities, &mut stdin),
        None => Err(ReadError::Io(io::Error::other("the program has no input"))),
    })
    .map_err(|error| cannot_run(program, &error))?;
    finish(ended, path, "it can't be restored")
}

/// The program with the place to connect to. The password is in its
/// environment, which only the same user may read, not among its arguments.
fn client(program: &Client, place: &Place) -> Command {
    let mut command = Command::new(&program.path);
    command.env("LC_ALL", "C").arg("--no-password");
    if let Some(password) = &place.password {
        command.env("PGPASSWORD", password);
    }
    command.arg(format!("--dbname={}", place.conninfo));
    command
}

fn finish(
    ended: Ended<Result<Sums, ReadError>>,
    path: &Path,
    what: &str,
) -> Result<Reading, Failure> {
    if ended.stopped {
        return Ok(Reading::Stopped);
    }
    let complaint = ended.complaint();
    match (ended.worked, complaint) {
        (Err(error), _) => reading(error, path),
        (Ok(_), Some(complaint)) => Ok(Reading::Damaged(format!("{what}: {complaint}"))),
        (Ok(sums), None) => Ok(Reading::Done(sums)),
    }
}

/// A damaged file is a finding; one that can't be read is a failure.
fn reading(error: ReadError, path: &Path) -> Result<Reading, Failure> {
    match error {
        ReadError::NoKey => Ok(Reading::NoKey),
        ReadError::Damaged(why) => Ok(Reading::Damaged(why)),
        ReadError::Io(error) => Err(unreadable(path, &error)),
    }
}

pub fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::failed(format!("{} can't be read", path.display())).why(error.to_string())
}

fn cannot_run(program: &Client, error: &io::Error) -> Failure {
    Failure::failed(format!("can't run {}", program.path.display())).why(error.to_string())
}

//! pg_dump, pg_restore and psql: how each is called, and what its end means.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use age::x25519::{Identity, Recipient};

use super::Place;
use super::pace::{Meter, Pace};
use super::process::{self, Ended};
use super::stored::Stored;
use super::stream::{self, Kind, ReadError, Tail};
use crate::domain::backup::manifest::Sums;
use crate::error::{self, Condition, Failure};
use crate::local::{Client, environment};

/// What reading a backup came to.
pub enum Reading {
    /// Read to its end.
    Done(Sums),
    Damaged(String),
    /// Encrypted, and no identity opens it.
    NoKey,
    /// The server, or the program, would not take it: that says nothing of the file.
    NotTaken(String),
    /// `stop` said so.
    Stopped,
}

/// What pg_dump is to do.
pub struct Dump<'a> {
    pub pg_dump: &'a Client,
    /// Lists what pg_dump writes while it is written: what can't be listed is no backup.
    pub pg_restore: &'a Client,
    pub place: &'a Place,
    /// Exported by another session.
    pub snapshot: &'a str,
    pub recipients: &'a [Recipient],
    pub lock_wait: Duration,
    /// The database's own, so that nothing is converted, whatever its settings say.
    pub encoding: &'a str,
}

/// Runs pg_dump on a snapshot, into `file`. `None` if `stop` said so.
///
/// # Errors
/// pg_dump failed or wrote no dump, or the file can't be written.
pub fn dump(
    dump: &Dump<'_>,
    file: &mut (dyn Write + Send),
    stop: &dyn Fn(Pace) -> bool,
) -> Result<Option<Sums>, Failure> {
    let mut command = client(dump.pg_dump, dump.place);
    command.args(["--format=custom", &format!("--snapshot={}", dump.snapshot)]);
    command.arg(format!("--encoding={}", dump.encoding));
    // Behind a long ALTER TABLE, it is better to fail than to hang all night.
    command.arg(format!("--lock-wait-timeout={}", dump.lock_wait.as_millis().max(1)));
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    tracing::info!(program = %dump.pg_dump.path.display(), version = dump.pg_dump.version, "dumping");
    let (stopped, meter) = (AtomicBool::new(false), Meter::default());
    let stop_both = |pace| {
        stopped.fetch_or(stop(pace), Ordering::Relaxed);
        stopped.load(Ordering::Relaxed)
    };
    let ended = process::run_metered(&mut command, &meter, &stop_both, |_, stdout| {
        let stdout = stdout.ok_or_else(|| io::Error::other("pg_dump has no output"))?;
        let mut list = Command::new(&dump.pg_restore.path);
        environment::client(&mut list).arg("--list");
        list.stdin(Stdio::piped()).stdout(Stdio::null());
        process::run(&mut list, &|| stopped.load(Ordering::Relaxed), |stdin, _| {
            let mut stdin = stdin.ok_or_else(|| io::Error::other("pg_restore has no input"))?;
            stream::write(meter.watched(stdout), file, dump.recipients, &mut stdin)
        })
    })
    .map_err(|error| cannot_run(dump.pg_dump, &error))?;
    if ended.stopped {
        return Ok(None);
    }
    let complaint = ended.complaint();
    let listed = ended.worked.map_err(|error| cannot_run(dump.pg_restore, &error))?;
    let unlisted = listed.complaint();
    let wrote_nothing = |error: &io::Error| error.kind() == io::ErrorKind::UnexpectedEof;
    match (listed.worked, complaint, unlisted) {
        (Err(error), Some(complaint), _) if wrote_nothing(&error) => {
            Err(dump_failed(complaint, &ended.said))
        }
        (Err(error), _, _)
            if wrote_nothing(&error) || error.kind() == io::ErrorKind::InvalidData =>
        {
            Err(no_dump(dump.pg_dump, "it doesn't begin as a dump in the custom format does"))
        }
        // A full disk ends pg_dump too: the disk is what to tell of.
        (Err(error), ..) => {
            Err(Failure::failed("the backup can't be written").why(error.to_string()))
        }
        (Ok(_), Some(complaint), _) => Err(dump_failed(complaint, &ended.said)),
        (Ok(_), None, Some(why)) => {
            Err(no_dump(dump.pg_dump, &format!("pg_restore can't list it: {why}")))
        }
        (Ok(sums), None, None) => Ok(Some(sums)),
    }
}

fn no_dump(pg_dump: &Client, why: &str) -> Failure {
    let program = pg_dump.path.display();
    Failure::failed(format!("what {program} wrote is no dump; no backup was made"))
        .why(why)
        .hint("name the folder of PostgreSQL's own programs in INBOXCTL_PG_BIN")
}

/// Somebody dropped what the snapshot had: with another one it is not looked for.
pub fn table_gone(why: String) -> Failure {
    Failure::busy(TABLE_GONE).why(why).hint("a prune may be at work beside it: run it again")
}

/// It isn't there in any snapshot.
pub fn always_gone(why: String) -> Failure {
    let failure = error::catalogue_lacks(why);
    Failure { what: format!("{}; no backup was made", failure.what), ..failure }
}

pub fn is_table_gone(failure: &Failure) -> bool {
    failure.what == TABLE_GONE
}

/// Whether pg_dump can say what all objects are, in a snapshot of its own; rows are not looked at.
///
/// # Errors
/// It can't, and why: see [`is_table_gone`].
pub fn describe(pg_dump: &Client, place: &Place, stop: &dyn Fn() -> bool) -> Result<(), Failure> {
    let mut command = client(pg_dump, place);
    command.arg("--schema-only").stdin(Stdio::null()).stdout(Stdio::piped());
    let ended = process::run(&mut command, stop, |_, stdout| {
        stdout.map_or(Ok(0), |mut stdout| io::copy(&mut stdout, &mut io::sink()))
    })
    .map_err(|error| cannot_run(pg_dump, &error))?;
    match ended.complaint() {
        Some(complaint) => Err(dump_failed(complaint, &ended.said)),
        None => Ok(()),
    }
}

/// Whether what pg_dump says is all that is known.
pub fn is_unexplained(failure: &Failure) -> bool {
    failure.what == FAILED
}

const FAILED: &str = "pg_dump failed; no backup was made";

const TABLE_GONE: &str = "a table was dropped while it was dumped; no backup was made";

/// What the server says may be in any language; the statement and the setting are not.
pub(super) fn dump_failed(complaint: String, said: &str) -> Failure {
    // What the server says comes after a severity, which pg_dump puts at the end of its own words.
    let server_says = complaint.rsplit_once(":  ").map_or(complaint.as_str(), |(_, said)| said);
    let condition = match Condition::of_text(error::reason(&complaint)) {
        Condition::Other => Condition::of_text(server_says),
        known => known,
    };
    match condition {
        Condition::UndefinedTable | Condition::DroppedMeanwhile => return table_gone(complaint),
        // We were connected a moment ago; without the session that exported it there is no snapshot.
        Condition::ConnectionLost | Condition::ClosedEarly | Condition::Unreachable => {
            return error::connection_lost(&complaint);
        }
        Condition::RecoveryConflict => return error::recovery_conflict(&complaint),
        Condition::TooManyConnections => return error::no_connection_left(&complaint),
        _ if said.contains("SET TRANSACTION SNAPSHOT") => {
            return error::connection_lost(&complaint);
        }
        _ => {}
    }
    let others = ["max_locks_per_transaction", "FATAL", "closed the connection"];
    let is_other = condition == Condition::PermissionDenied
        || others.iter().any(|reason| said.contains(reason));
    if said.contains("LOCK TABLE") && !is_other {
        return Failure::busy("a lock was not granted in time; no backup was made")
            .why(complaint)
            .hint("try again when that session has ended, or wait longer with --lock-wait");
    }
    let failure = Failure::failed(FAILED).why(complaint);
    failure.hint(match said.contains("max_locks_per_transaction") {
        true => {
            "pg_dump locks every table at once: raise max_locks_per_transaction, so that it times \
             max_connections is more than there are tables, and restart the server"
        }
        false => "check the connection with `inboxctl db check`; the role must read every table",
    })
}

/// What a dump in the custom format holds, a line an entry.
///
/// # Errors
/// A program can't be run, or the file not be read.
pub fn list(
    pg_restore: &Client,
    stored: Stored<'_>,
    identities: &[Identity],
    stop: &dyn Fn() -> bool,
) -> Result<String, Failure> {
    let mut command = Command::new(&pg_restore.path);
    command.arg("--list");
    let mut text = Vec::new();
    told(command, pg_restore, stored, identities, &mut text, stop)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Writes what makes those entries of the dump that `use_list` names, statements and rows, into
/// `sink`, in the dump's own encoding.
///
/// # Errors
/// As for [`list`].
pub fn script(
    pg_restore: &Client,
    stored: Stored<'_>,
    identities: &[Identity],
    use_list: &Path,
    sink: &mut (dyn Write + Send),
    stop: &dyn Fn() -> bool,
) -> Result<(), Failure> {
    let mut command = Command::new(&pg_restore.path);
    command.arg("--file=-").arg("--use-list").arg(use_list);
    told(command, pg_restore, stored, identities, sink, stop)
}

/// What pg_restore prints of a dump that goes in.
fn told(
    mut command: Command,
    pg_restore: &Client,
    stored: Stored<'_>,
    identities: &[Identity],
    sink: &mut (dyn Write + Send),
    stop: &dyn Fn() -> bool,
) -> Result<(), Failure> {
    let file = stored.open()?;
    environment::client(&mut command).stdin(Stdio::piped()).stdout(Stdio::piped());
    let ended = process::run(&mut command, stop, |stdin, stdout| {
        let (Some(mut stdin), Some(mut stdout)) = (stdin, stdout) else {
            return Err(io::Error::other("the program has no pipes"));
        };
        thread::scope(|scope| {
            let reader = scope.spawn(move || io::copy(&mut stdout, sink).map(drop));
            // What is wrong with the file was found when it was read through.
            let _ = stream::feed(&file, identities, &mut stdin);
            drop(stdin);
            reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
    .map_err(|error| cannot_run(pg_restore, &error))?;
    let complaint = ended.complaint();
    match (ended.worked, complaint) {
        (Ok(()), None) => Ok(()),
        (Ok(()), Some(complaint)) => {
            Err(Failure::failed(format!("the backup {} is damaged", stored.name))
                .why(format!("pg_restore can't list it: {complaint}"))
                .hint("nothing was restored; take another: `inboxctl db backups list`"))
        }
        (Err(error), _) => Err(cannot_run(pg_restore, &error)),
    }
}

/// Reads a backup to its end: decrypts, hashes, and has pg_restore take it
/// apart without a database.
///
/// # Errors
/// A program can't be run, or the file not be read.
pub fn read_through(
    pg_restore: Option<&Client>,
    stored: Stored<'_>,
    identities: &[Identity],
    stop: &dyn Fn() -> bool,
) -> Result<Reading, Failure> {
    let file = stored.open()?;
    let Some(pg_restore) = pg_restore else {
        let mut tail = Tail::default();
        return match stream::read(&file, identities, &mut tail) {
            Ok(sums) if tail.is_complete() => Ok(Reading::Done(sums)),
            Ok(_) => Ok(Reading::Damaged(String::from(
                "it is cut off: the last line of a dump by pg_dump is missing",
            ))),
            Err(error) => reading(error, stored),
        };
    };
    let mut command = Command::new(&pg_restore.path);
    environment::client(&mut command).args(["--file", "/dev/null"]);
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    let ended = process::run(&mut command, stop, |stdin, _| match stdin {
        Some(mut stdin) => stream::read(&file, identities, &mut stdin),
        None => Err(ReadError::Io(io::Error::other("pg_restore has no input"))),
    })
    .map_err(|error| cannot_run(pg_restore, &error))?;
    finish(ended, stored, |complaint| {
        Reading::Damaged(format!("pg_restore can't read it: {complaint}"))
    })
}

/// What of a backup is restored.
pub struct Selection<'a> {
    pub kind: Kind,
    /// With owners and privileges.
    pub owners: bool,
    /// The entries, where not all of them.
    pub use_list: Option<&'a Path>,
}

/// Restores a backup into an empty database that nobody else uses. Not in one transaction: one that
/// makes thousands of tables needs more locks than a server has, and what fails is dropped whole.
///
/// `stop` is told of its pace.
///
/// # Errors
/// A program can't be run, or the file not be read.
pub fn restore(
    program: &Client,
    place: &Place,
    selection: &Selection<'_>,
    stored: Stored<'_>,
    identities: &[Identity],
    stop: &dyn Fn(Pace) -> bool,
) -> Result<Reading, Failure> {
    let file = stored.open()?;
    let mut command = client(program, place);
    match selection.kind {
        Kind::Custom => {
            command.arg("--exit-on-error");
            if !selection.owners {
                command.args(["--no-owner", "--no-privileges"]);
            }
            if let Some(list) = selection.use_list {
                command.arg("--use-list").arg(list);
            }
        }
        Kind::Plain => {
            command.args(PSQL);
        }
    }
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    tracing::info!(program = %program.path.display(), version = program.version, "restoring");
    let meter = Meter::default();
    let ended = process::run_metered(&mut command, &meter, stop, |stdin, _| match stdin {
        Some(stdin) => stream::read(&file, identities, &mut meter.watched(stdin)),
        None => Err(ReadError::Io(io::Error::other("the program has no input"))),
    })
    .map_err(|error| cannot_run(program, &error))?;
    finish(ended, stored, Reading::NotTaken)
}

/// For a script that comes through a pipe.
pub(super) const PSQL: [&str; 4] = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"];

/// The program with the place to connect to. The password is in its
/// environment, which only the same user may read, not among its arguments.
pub(super) fn client(program: &Client, place: &Place) -> Command {
    let mut command = Command::new(&program.path);
    environment::client(&mut command).arg("--no-password");
    if let Some(password) = &place.password {
        command.env("PGPASSWORD", password);
    }
    command.arg(format!("--dbname={}", place.conninfo));
    command
}

fn finish(
    ended: Ended<Result<Sums, ReadError>>,
    stored: Stored<'_>,
    complained: impl FnOnce(String) -> Reading,
) -> Result<Reading, Failure> {
    if ended.stopped {
        return Ok(Reading::Stopped);
    }
    let complaint = ended.complaint();
    match (ended.worked, complaint) {
        (Err(error), _) => reading(error, stored),
        (Ok(_), Some(complaint)) => Ok(complained(complaint)),
        (Ok(sums), None) => Ok(Reading::Done(sums)),
    }
}

/// A damaged file is a finding; one that can't be read is a failure.
fn reading(error: ReadError, stored: Stored<'_>) -> Result<Reading, Failure> {
    match error {
        ReadError::NoKey => Ok(Reading::NoKey),
        ReadError::Damaged(why) => Ok(Reading::Damaged(why)),
        ReadError::Io(error) => Err(stored.unreadable(&error)),
    }
}

pub(super) fn cannot_run(program: &Client, error: &io::Error) -> Failure {
    Failure::failed(format!("can't run {}", program.path.display())).why(error.to_string())
}

//! Taking a backup: a snapshot, pg_dump in it, and the rows counted in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use age::x25519::Recipient;
use jiff::Timestamp;

use super::sink::{Out, Sink};
use crate::backup::programs::{self, Dump};
use crate::backup::{Place, files, tools};
use crate::commands::denied;
use crate::context::{Context, describe_session};
use crate::domain::backup::manifest::{FORMAT, Manifest, Sums};
use crate::domain::backup::{name, version};
use crate::domain::vault;
use crate::error::{self, Failure, Kind};
use crate::local::Client;
use crate::store::backups::{self, Contents};
use crate::store::connect::{Db, Target};
use crate::store::liveness::{Line, Whose};
use crate::store::sessions::Session;
use crate::store::watcher::{Watched, Watcher};
use crate::store::{interference, lacking, server, sessions, tx};
use crate::ui::millis;

pub struct Request<'a> {
    pub out: Out<'a>,
    /// Where it goes if nothing is said.
    pub folder: &'a Path,
    pub recipients: &'a [Recipient],
    /// How long to wait for a table that somebody holds.
    pub lock_wait: Duration,
}

/// What pg_dump is run with, and what lists its dump.
struct Programs {
    pg_dump: Client,
    pg_restore: Client,
    encoding: String,
}

impl Request<'_> {
    /// The file that it would be. A name that ends with a slash is a folder; in
    /// a folder a name is chosen that nothing has.
    pub fn path(&self, database: &str, at: Timestamp) -> PathBuf {
        let folder = match self.out {
            Out::Path(None) => self.folder,
            Out::Path(Some(out)) if is_folder(out) => out,
            Out::Path(Some(file)) => return file.to_path_buf(),
            Out::Stream(_) => {
                return name::file(database, at, 1, !self.recipients.is_empty()).into();
            }
        };
        let mut number = 1;
        loop {
            let name = name::file(database, at, number, !self.recipients.is_empty());
            let path = folder.join(name);
            if path.symlink_metadata().is_err() && !files::manifest_path(&path).exists() {
                return path;
            }
            number += 1;
        }
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// The folder that a backup lies in.
pub fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

#[derive(Debug)]
pub struct Taken {
    /// Only a name where it went to standard output.
    pub path: PathBuf,
    pub manifest_path: PathBuf,
    pub manifest: Manifest,
}

/// Takes a backup. It has its name only when it is whole and on disk.
///
/// # Errors
/// No fitting pg_dump, it failed, the disk is full, or a signal came.
pub fn take(ctx: &Context, db: &mut Db, request: &Request<'_>) -> anyhow::Result<Taken> {
    ctx.need_session(db, "a backup")?;
    let start = Instant::now();
    let facts = server::facts(&mut db.conn)?;
    let taken_at = server::timestamp(facts.clock_us);
    let major = version::major(&facts.version);
    let [pg_dump, pg_restore] = ["pg_dump", "pg_restore"]
        .map(|program| tools::find(program, ctx.config.pg_bin.as_deref(), major));
    let programs =
        Programs { pg_dump: pg_dump?, pg_restore: pg_restore?, encoding: facts.encoding };
    require_all_rows(db)?;
    let path = request.path(&facts.database, taken_at);
    // From here on a signal must not end the process with half a file left.
    if let Some(signal) = ctx.interrupted() {
        return Err(Failure::interrupted(signal).into());
    }
    let stop = || ctx.interrupted().is_some();
    let mut sink = Sink::open(request.out, &path, &stop)?;
    let progress = ctx.ui.spinner("dumping");
    let system_identifier = server::system_identifier(&mut db.conn)?;
    let dumped = dump_of_one_moment(ctx, db, &programs, &mut sink, request)
        .map_err(|error| unreadable(db, error))?;
    drop(progress);
    // In a folder another backup may have taken the name meanwhile.
    let path = request.path(&facts.database, taken_at);
    sink.stand_at(&path);
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let manifest = Manifest {
        format: FORMAT,
        id: name::id(&file),
        file,
        database: facts.database,
        system_identifier,
        server_version: facts.version.split(' ').next().unwrap_or_default().to_owned(),
        pg_dump_version: programs.pg_dump.version,
        inboxctl_version: env!("CARGO_PKG_VERSION").to_owned(),
        snapshot: dumped.snapshot,
        taken_at,
        duration_ms: millis(start.elapsed()),
        size_bytes: dumped.sums.size_bytes,
        sha256: dumped.sums.sha256,
        plain_size_bytes: dumped.sums.plain_size_bytes,
        plain_sha256: dumped.sums.plain_sha256,
        encrypted_to: request.recipients.iter().map(ToString::to_string).collect(),
        key_ids: key_ids(&dumped.contents.envelopes),
        migrations: dumped.contents.migrations,
        rows: dumped.contents.rows,
        audit_head: dumped.contents.audit_head,
        verifications: Vec::new(),
        seal: String::new(),
    };
    let manifest_path = sink.keep(&path, &manifest)?;
    Ok(Taken { path, manifest_path, manifest })
}

struct Dumped {
    snapshot: String,
    sums: Sums,
    contents: Contents,
}

/// How often a new snapshot is taken because a table of the last one was dropped meanwhile.
const SNAPSHOTS: usize = 4;

/// # Errors
/// As for [`take`]. Busy: tables go faster than they are dumped. Failed: each snapshot lacks the same.
fn dump_of_one_moment(
    ctx: &Context,
    db: &mut Db,
    programs: &Programs,
    sink: &mut Sink<'_>,
    request: &Request<'_>,
) -> anyhow::Result<Dumped> {
    let mut lacked: Vec<Option<String>> = Vec::new();
    loop {
        let dumped = dump(ctx, db, programs, sink, request);
        let error = match dumped {
            Err(error) if is_table_gone(&error) => error,
            dumped => return dumped,
        };
        if !sink.begin_again()? {
            return Err(error);
        }
        lacked.push(error::explain(&error).why);
        if lacked.len() == SNAPSHOTS {
            let is_same = lacked.windows(2).all(|pair| pair[0] == pair[1]);
            let why = lacked.pop().flatten().unwrap_or_default();
            let tell = if is_same { programs::always_gone } else { programs::table_gone };
            return Err(tell(why).into());
        }
        ctx.ui.status("a table was dropped meanwhile: dumping from another snapshot");
    }
}

/// pg_dump says so, or the server as we count.
fn is_table_gone(error: &anyhow::Error) -> bool {
    tx::is_gone(error) || programs::is_table_gone(&error::explain(error))
}

/// Counts while pg_dump writes, both in one snapshot.
fn dump(
    ctx: &Context,
    db: &mut Db,
    programs: &Programs,
    sink: &mut Sink<'_>,
    request: &Request<'_>,
) -> anyhow::Result<Dumped> {
    let target = db.target.clone();
    let Programs { pg_dump, pg_restore, encoding } = programs;
    let place = place(&target, pg_dump);
    let watcher = watch(ctx, &target);
    let whose = Whose { started: Some(db.server.started.clone()), ..Whose::default() };
    let line = Line::watch(Arc::new(target.clone()), whose);
    let dumped = tx::read_once(db, |conn| {
        let lock_wait_ms = millis(request.lock_wait);
        // Zero would be no limit.
        let lock_wait_ms = lock_wait_ms.clamp(1, i32::MAX.unsigned_abs().into());
        let snapshot = backups::export_snapshot(conn, lock_wait_ms)?;
        let pid = sessions::own_pid(conn)?;
        let counting_failed = AtomicBool::new(false);
        thread::scope(|scope| {
            let counting = scope.spawn(|| {
                let contents = backups::contents(conn);
                counting_failed.store(contents.is_err(), Ordering::Relaxed);
                contents
            });
            let stop = |pace| {
                let failed = counting_failed.load(Ordering::Relaxed) || line.is_silent(pace);
                failed || ctx.interrupted().is_some()
            };
            let dump = Dump {
                pg_dump,
                pg_restore,
                place: &place,
                snapshot: &snapshot,
                recipients: request.recipients,
                lock_wait: Duration::from_millis(lock_wait_ms),
                encoding,
            };
            let dumped = programs::dump(&dump, sink, &stop);
            if !matches!(dumped, Ok(Some(_))) && !counting.is_finished() {
                // In vain where the connection is what failed.
                if let Ok(mut other) = target.open() {
                    let _ = sessions::cancel(&mut other.conn, pid);
                }
            }
            let contents = counting.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            match dumped? {
                _ if ctx.interrupted().is_some() => Err(interrupted(ctx).into()),
                None if line.was_silent() => Err(error::connection_lost("").into()),
                Some(sums) => Ok(Dumped { snapshot: snapshot.clone(), sums, contents: contents? }),
                None => Err(contents.map_or_else(Into::into, |_| interrupted(ctx).into())),
            }
        })
    });
    let holders = watcher.last_seen();
    dumped.map_err(|error| locked_out(error, &holders))
}

/// Says who holds what pg_dump, or the counting, waits for.
fn watch(ctx: &Context, target: &Target) -> Watcher {
    let ui = ctx.ui.clone();
    let ours = Watched::Application(target.application_name().to_owned());
    Watcher::start(target.clone(), ours, move |holders| {
        for holder in holders {
            ui.status(format!("waiting for {}", describe_session(holder)));
        }
    })
}

/// pg_dump asks to see all rows, and would stop at the first table of which policies hide some.
fn require_all_rows(db: &mut Db) -> anyhow::Result<()> {
    tx::read(db, |conn| {
        let tables = interference::with_row_security(conn)?;
        let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
        interference::see_all_rows(conn, &tables)
    })
}

/// What the role may not read, where pg_dump failed or the counting: each stops at the first.
fn unreadable(db: &mut Db, error: anyhow::Error) -> anyhow::Error {
    let failure = error::explain(&error);
    if !programs::is_unexplained(&failure) && !error::is_denied(&error) {
        return error;
    }
    match tx::read(db, |conn| Ok(lacking::to_dump(conn)?)) {
        Ok(grants) if !grants.is_empty() => {
            failure.hint(denied::have_run(&grants.join("; "))).into()
        }
        _ => error,
    }
}

/// Who held the lock, where one was not to be had.
fn locked_out(error: anyhow::Error, holders: &[Session]) -> anyhow::Error {
    let failure = error::explain(&error);
    match holders.first() {
        Some(holder) if failure.kind == Kind::Busy => failure
            .why(format!("it is held by {}", describe_session(holder)))
            .hint("try again when that session has ended, or wait longer with --lock-wait")
            .into(),
        _ => error,
    }
}

/// The signal that stopped it, as a failure.
pub fn interrupted(ctx: &Context) -> Failure {
    Failure::interrupted(ctx.interrupted().unwrap_or_default())
}

/// Where `program` is to connect to.
pub fn place(target: &Target, program: &Client) -> Place {
    let (conninfo, password) = target.for_clients(program.major);
    Place { conninfo, password }
}

fn key_ids(envelopes: &[String]) -> Vec<String> {
    let mut ids: Vec<String> = envelopes
        .iter()
        .filter_map(|text| vault::key_id_of(text).ok())
        .map(|id| id.to_string())
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

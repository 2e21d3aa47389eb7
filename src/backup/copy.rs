//! A database copied into another one, without a file between them.

use std::io::{self, Read, Write};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::pace::{Meter, Pace};
use super::programs::{PSQL, cannot_run, client, dump_failed};
use super::{Place, process, stream};
use crate::error::{self, Condition, Failure};
use crate::local::Client;

/// Gives a dump on, with other values in it.
pub type Change<'a> = dyn Fn(&mut dyn Read, &mut dyn Write) -> io::Result<()> + Sync + 'a;

/// From where to where, by which programs.
pub struct Copy<'a> {
    pub pg_dump: &'a Client,
    /// With a change, psql.
    pub pg_restore: &'a Client,
    pub from: &'a Place,
    pub to: &'a Place,
    /// Exported by another session.
    pub snapshot: &'a str,
    pub lock_wait: Duration,
    /// The source's own, so that nothing is converted, whatever its settings say.
    pub encoding: &'a str,
    /// Of pg_dump: pre-data, data and post-data.
    pub sections: &'a [&'a str],
    /// Tables that are left out, as patterns of pg_dump.
    pub without: &'a [String],
    pub with_large_objects: bool,
    /// Of tables and materialized views.
    pub with_rows: bool,
    /// Then it is copied as text.
    pub change: Option<&'a Change<'a>>,
}

/// How both get on: while one of the programs is waited for, the other one's server may have
/// nothing to do.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    pub dump: Pace,
    pub restore: Pace,
}

/// Runs pg_dump on a snapshot, into pg_restore. False if `stop` said so.
///
/// # Errors
/// One of them failed, and why.
pub fn copy(copy: &Copy<'_>, stop: &dyn Fn(Moment) -> bool) -> Result<bool, Failure> {
    let mut dump = client(copy.pg_dump, copy.from);
    match copy.change {
        None => dump.args(["--format=custom", "--compress=0"]),
        Some(_) => dump.arg("--format=plain"),
    };
    if !copy.with_large_objects {
        dump.arg("--no-blobs");
    }
    if !copy.with_rows {
        dump.arg("--exclude-table-data=*.*");
    }
    dump.arg("--no-subscriptions");
    dump.arg(format!("--snapshot={}", copy.snapshot));
    dump.arg(format!("--encoding={}", copy.encoding));
    dump.arg(format!("--lock-wait-timeout={}", copy.lock_wait.as_millis().max(1)));
    dump.args(copy.sections.iter().map(|section| format!("--section={section}")));
    dump.args(copy.without.iter().map(|table| format!("--exclude-table={table}")));
    dump.stdin(Stdio::null()).stdout(Stdio::piped());
    let (stopped, dumps, restores) = (AtomicBool::new(false), Meter::default(), Meter::default());
    let stop_both = |pace| {
        let moment = Moment { dump: pace, restore: restores.pace() };
        stopped.fetch_or(stop(moment), Ordering::Relaxed);
        stopped.load(Ordering::Relaxed)
    };
    let dumped = process::run_metered(&mut dump, &dumps, &stop_both, |_, stdout| {
        let stdout = stdout.ok_or_else(|| io::Error::other("pg_dump has no output"))?;
        let mut restore = client(copy.pg_restore, copy.to);
        match copy.change {
            None => restore.arg("--exit-on-error"),
            Some(_) => restore.args(PSQL),
        };
        restore.stdin(Stdio::piped()).stdout(Stdio::null());
        let is_stopped = |_| stopped.load(Ordering::Relaxed);
        process::run_metered(&mut restore, &restores, &is_stopped, |stdin, _| {
            let stdin = stdin.ok_or_else(|| io::Error::other("pg_restore has no input"))?;
            let (mut from, mut to) = (dumps.watched(stdout), restores.watched(stdin));
            match copy.change {
                None => stream::copy(&mut from, &mut to),
                Some(change) => change(&mut from, &mut to),
            }
        })
    })
    .map_err(|error| cannot_run(copy.pg_dump, &error))?;
    if dumped.stopped || stopped.load(Ordering::Relaxed) {
        return Ok(false);
    }
    let (complaint, said) = (dumped.complaint(), dumped.said.clone());
    let restored = dumped.worked.map_err(|error| cannot_run(copy.pg_restore, &error))?;
    // Where pg_restore ends early, pg_dump only complains of that; and the other way round.
    let is_cut_off = |why: &String| CUT_OFF.iter().any(|text| why.contains(text));
    if let Some(why) = restored.complaint().filter(|why| complaint.is_none() || !is_cut_off(why)) {
        return Err(match Condition::of_text(error::reason(&why)) {
            Condition::ConnectionLost | Condition::ClosedEarly => error::connection_lost(&why),
            _ => Failure::failed("the copy can't be made").why(why).hint(
                "what was made for it was dropped again, and nothing else was touched; \
                 the role must be able to make what the application made",
            ),
        });
    }
    if let Some(complaint) = complaint {
        return Err(dump_failed(complaint, &said));
    }
    restored.worked.map(|()| true).map_err(|error| cannot_run(copy.pg_restore, &error))
}

/// What pg_restore says where nothing more comes.
const CUT_OFF: [&str; 3] =
    ["input file is too short", "unexpected end of file", "could not read from input file"];

/// Hands over all rows of a database as the text of a dump, of one moment.
///
/// # Errors
/// pg_dump failed, and why. `None` if `stop` said so.
pub fn read_rows(
    pg_dump: &Client,
    from: &Place,
    see: &mut (dyn FnMut(&[u8]) + Send),
    stop: &dyn Fn() -> bool,
) -> Result<Option<()>, Failure> {
    let mut dump = client(pg_dump, from);
    dump.args(["--format=plain", "--section=data", "--no-blobs", "--encoding=UTF8"]);
    dump.stdin(Stdio::null()).stdout(Stdio::piped());
    let ended = process::run(&mut dump, stop, |_, stdout| {
        let mut stdout = stdout.ok_or_else(|| io::Error::other("pg_dump has no output"))?;
        stream::copy(&mut stdout, &mut Seen(see))
    })
    .map_err(|error| cannot_run(pg_dump, &error))?;
    match ended.complaint() {
        _ if ended.stopped => Ok(None),
        Some(complaint) => Err(dump_failed(complaint, &ended.said)),
        None => ended.worked.map(Some).map_err(|error| cannot_run(pg_dump, &error)),
    }
}

struct Seen<'a>(&'a mut (dyn FnMut(&[u8]) + Send));

impl Write for Seen<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (self.0)(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

//! A database copied into another one, without a file between them.

use std::io::{self, Read, Write};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::programs::{cannot_run, client, dump_failed};
use super::{Place, process};
use crate::error::{self, Condition, Failure};
use crate::local::Client;

/// From where to where, by which programs.
pub struct Copy<'a> {
    pub pg_dump: &'a Client,
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
}

/// How far it is, and whom it waits for: while one of the programs is waited for, the other one's
/// server may have nothing to do.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    pub size_bytes: u64,
    pub waits_for: Waits,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    ForDump,
    ForRestore,
}

/// Runs pg_dump on a snapshot, into pg_restore. False if `stop` said so.
///
/// # Errors
/// One of them failed, and why.
pub fn copy(copy: &Copy<'_>, stop: &dyn Fn(Moment) -> bool) -> Result<bool, Failure> {
    let mut dump = client(copy.pg_dump, copy.from);
    dump.args(["--format=custom", "--compress=0", "--no-subscriptions"]);
    dump.arg(format!("--snapshot={}", copy.snapshot));
    dump.arg(format!("--encoding={}", copy.encoding));
    dump.arg(format!("--lock-wait-timeout={}", copy.lock_wait.as_millis().max(1)));
    dump.args(copy.sections.iter().map(|section| format!("--section={section}")));
    dump.args(copy.without.iter().map(|table| format!("--exclude-table={table}")));
    dump.stdin(Stdio::null()).stdout(Stdio::piped());
    let (stopped, pipe) = (AtomicBool::new(false), Pipe::default());
    let stop_both = || {
        stopped.fetch_or(stop(pipe.moment()), Ordering::Relaxed);
        stopped.load(Ordering::Relaxed)
    };
    let dumped = process::run(&mut dump, &stop_both, |_, stdout| {
        let mut stdout = stdout.ok_or_else(|| io::Error::other("pg_dump has no output"))?;
        let mut restore = client(copy.pg_restore, copy.to);
        restore.arg("--exit-on-error").stdin(Stdio::piped()).stdout(Stdio::null());
        process::run(&mut restore, &|| stopped.load(Ordering::Relaxed), |stdin, _| {
            let mut stdin = stdin.ok_or_else(|| io::Error::other("pg_restore has no input"))?;
            pipe.carry(&mut stdout, &mut stdin)
        })
    })
    .map_err(|error| cannot_run(copy.pg_dump, &error))?;
    if dumped.stopped || stopped.load(Ordering::Relaxed) {
        return Ok(false);
    }
    let (complaint, said) = (dumped.complaint(), dumped.said.clone());
    let restored = dumped.worked.map_err(|error| cannot_run(copy.pg_restore, &error))?;
    // Where pg_restore ends early, pg_dump only complains of that.
    if let Some(why) = restored.complaint() {
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

/// What flows from one to the other.
#[derive(Default)]
struct Pipe {
    size_bytes: AtomicU64,
    is_writing: AtomicBool,
}

impl Pipe {
    fn moment(&self) -> Moment {
        let waits_for = match self.is_writing.load(Ordering::Relaxed) {
            true => Waits::ForRestore,
            false => Waits::ForDump,
        };
        Moment { size_bytes: self.size_bytes.load(Ordering::Relaxed), waits_for }
    }

    fn carry(&self, from: &mut dyn Read, to: &mut dyn Write) -> io::Result<()> {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            self.is_writing.store(false, Ordering::Relaxed);
            let read = match from.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            // At its end, what is left is pg_restore's to do.
            self.is_writing.store(true, Ordering::Relaxed);
            if read == 0 {
                return to.flush();
            }
            to.write_all(&buffer[..read])?;
            self.size_bytes.fetch_add(read as u64, Ordering::Relaxed);
        }
    }
}

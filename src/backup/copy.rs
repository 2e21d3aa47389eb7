//! A database copied into another one, without a file between them.

use std::io;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::programs::{cannot_run, client, dump_failed};
use super::{Place, process};
use crate::error::Failure;
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
    /// Of pg_dump: pre-data, data and post-data.
    pub sections: &'a [&'a str],
    /// Tables that are left out, as patterns of pg_dump.
    pub without: &'a [String],
}

/// Runs pg_dump on a snapshot, into pg_restore. False if `stop` said so.
///
/// # Errors
/// One of them failed, and why.
pub fn copy(copy: &Copy<'_>, stop: &dyn Fn() -> bool) -> Result<bool, Failure> {
    let mut dump = client(copy.pg_dump, copy.from);
    dump.args(["--format=custom", "--compress=0", "--no-subscriptions"]);
    dump.arg(format!("--snapshot={}", copy.snapshot));
    dump.arg(format!("--lock-wait-timeout={}", copy.lock_wait.as_millis().max(1)));
    dump.args(copy.sections.iter().map(|section| format!("--section={section}")));
    dump.args(copy.without.iter().map(|table| format!("--exclude-table={table}")));
    dump.stdin(Stdio::null()).stdout(Stdio::piped());
    let stopped = AtomicBool::new(false);
    let stop_both = || {
        stopped.fetch_or(stop(), Ordering::Relaxed);
        stopped.load(Ordering::Relaxed)
    };
    let dumped = process::run(&mut dump, &stop_both, |_, stdout| {
        let mut stdout = stdout.ok_or_else(|| io::Error::other("pg_dump has no output"))?;
        let mut restore = client(copy.pg_restore, copy.to);
        restore.arg("--exit-on-error").stdin(Stdio::piped()).stdout(Stdio::null());
        process::run(&mut restore, &|| stopped.load(Ordering::Relaxed), |stdin, _| {
            let mut stdin = stdin.ok_or_else(|| io::Error::other("pg_restore has no input"))?;
            io::copy(&mut stdout, &mut stdin)
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
        return Err(Failure::failed("the copy can't be made").why(why).hint(
            "what was made for it was dropped again, and nothing else was touched; \
             the role must be able to make what the application made",
        ));
    }
    if let Some(complaint) = complaint {
        return Err(dump_failed(complaint, &said));
    }
    restored.worked.map(|_| true).map_err(|error| cannot_run(copy.pg_restore, &error))
}

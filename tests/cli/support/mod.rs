//! What every test stands on: a real server, a database a test, and the binary.

#![allow(dead_code, unused_imports, reason = "each test binary uses its part")]

pub(crate) mod backups;
mod binary;
pub(crate) mod black_hole;
#[cfg(target_os = "linux")]
pub(crate) mod clock;
pub(crate) mod contents;
pub(crate) mod database;
mod keyring;
pub(crate) mod npm;
pub(crate) mod overloads;
mod own_server;
pub(crate) mod pages;
pub(crate) mod plans;
mod pooler;
pub(crate) mod screen;
mod server;
pub(crate) mod tokens;

pub(crate) use binary::{Binary, Ran, Running, binary};
pub(crate) use contents::Contents;
pub(crate) use database::{Database, crash, value};
pub(crate) use keyring::TestKeyring;
pub(crate) use own_server::OwnServer;
pub(crate) use pooler::Pooler;
pub(crate) use server::{fast_settings, fresh_root, log_file, watch};

use std::io::Write as _;
use std::time::{Duration, Instant};

/// How many migrations there are.
pub(crate) fn migrations() -> usize {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let entries = std::fs::read_dir(folder).expect("the repository has them");
    entries.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_dir())).count()
}

/// A line in the log of a test that passes, too: what `eprintln!` writes is kept from it.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Says that nothing was tested, unless it had to be: with INBOXCTL_REQUIRE_NAME=1 the test fails.
pub(crate) fn skip(name: &str, why: &str) {
    let variable = format!("INBOXCTL_REQUIRE_{}", name.replace('-', "_").to_uppercase());
    assert!(std::env::var_os(&variable).is_none_or(|value| value != "1"), "{variable}=1: {why}");
    say(&format!("skipped, nothing was tested with {name}: {why}"));
}

/// The same place as another role.
pub(crate) fn with_user(url: &str, user: &str) -> String {
    let separator = if url.contains('?') { '&' } else { '?' };
    let without: String = url.replace("user=inbox&", "").replace("&user=inbox", "");
    format!("{without}{separator}user={user}")
}

/// Asks until it is so. For what another process does in its own time; a test
/// that waits in vain fails.
pub(crate) fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < end, "waited in vain for: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Compares with the stored snapshot, without what differs from run to run.
#[macro_export]
macro_rules! assert_ran {
    ($ran:expr) => {
        insta::with_settings!({ filters => $crate::support::filters(), omit_expression => true }, {
            insta::assert_snapshot!($ran.to_string());
        })
    };
    ($name:expr, $ran:expr) => {
        insta::with_settings!({ filters => $crate::support::filters(), omit_expression => true }, {
            insta::assert_snapshot!($name, $ran.to_string());
        })
    };
}

/// Times, sizes, process ids and names of test databases, and what stands for
/// them. Columns may shift with them, so runs of blanks and rules are folded.
pub(crate) fn filters() -> Vec<(&'static str, &'static str)> {
    vec![
        (r"inboxctl_test_[0-9a-z_]+", "[database]"),
        (r"-\d{8}T\d{6}Z-[0-9a-f]{8}", "-[archive]"),
        (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "[time]"),
        (r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?", "[time]"),
        (r"audit_logs_\d{4}_\d\d", "audit_logs_[month]"),
        (r"\b\d+(\.\d+)? (µs|ms|s)\b", "[duration]"),
        (r#""duration_ms": \d+"#, r#""duration_ms": [duration]"#),
        (r#""waited_ms": \d+"#, r#""waited_ms": [duration]"#),
        (r"\bpid \d+", "pid [pid]"),
        (r"\b[0-9a-f]{16}\b", "[key id]"),
        (r"/\S+/keyring\.json", "[keyring]"),
        (r"(?m)  +", "  "),
        (r"─+", "──"),
        (r"(?m) +$", ""),
    ]
}

//! `db adopt --into` beside `pg_dump -Fc | pg_restore` of the same database, in one run on one
//! server: `cargo bench --bench adopt [MESSAGES]`, a million unless told. Messages are not quite half
//! of the rows.

#[path = "../tests/cli/support/mod.rs"]
mod support;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use inboxctl::local::Client;
use nix::sys::resource::{UsageWho, getrusage};
use support::Database;

const RUNS: usize = 2;

fn main() {
    let messages = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(1_000_000u32);
    let source = Database::empty();
    source.execute(&include_str!("adopt.sql").replace("$MESSAGES", &messages.to_string()));
    source.execute("VACUUM ANALYZE");
    let rows: u32 = ["users", "contacts", "messages", "notes", "audit_logs", "scheduled_jobs"]
        .iter()
        .map(|table| source.value(&format!("(SELECT count(*) FROM {table})")))
        .map(|count| count.parse::<u32>().expect("a number"))
        .sum();
    // The order alternates, and the least counts, so that a busy machine disturbs both alike.
    let (mut copied, mut adopted) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        adopted = adopted.min(adopt(&source));
        copied = copied.min(copy(&source));
    }
    for (what, took) in [("pg_dump -Fc | pg_restore", copied), ("db adopt --into", adopted)] {
        let rate = f64::from(rows) / took.as_secs_f64();
        println!("adopt    {what:<24} {rate:>9.0} rows/s, {:>6.1} s", took.as_secs_f64());
    }
    println!(
        "adopt    {messages} messages, {rows} rows: {:.2} times (bound: 2)",
        adopted.as_secs_f64() / copied.as_secs_f64()
    );
}

fn adopt(source: &Database) -> Duration {
    let inbox = Database { name: format!("{}_inbox", source.name) };
    let before = peak_of_children();
    let start = Instant::now();
    let status = Command::new(support::binary())
        .args(["db", "adopt", "--quiet", "--into", &inbox.name])
        .env("DATABASE_URL", source.url())
        .stdout(Stdio::null())
        .status();
    let took = start.elapsed();
    assert!(status.expect("it runs").success());
    let peak = peak_of_children();
    // Of the largest of all children so far: pg_dump and pg_restore are ours too.
    if peak > before {
        println!("adopt    peak memory {:.0} MB (bound: 100 MB)", peak as f64 * 1024.0 / 1e6);
    }
    took
}

fn copy(source: &Database) -> Duration {
    let copy = Database::empty();
    let [pg_dump, pg_restore] = ["pg_dump", "pg_restore"]
        .map(|name| Client::find_all(name, None).into_iter().next().expect(name).path);
    let start = Instant::now();
    let mut dump = Command::new(pg_dump)
        .args(["-Fc", "-d", &source.url()])
        .stdout(Stdio::piped())
        .spawn()
        .expect("pg_dump runs");
    let restored = Command::new(pg_restore)
        .args(["-e", "-d", &copy.url()])
        .stdin(dump.stdout.take().expect("its output"))
        .status();
    assert!(
        restored.expect("pg_restore runs").success() && dump.wait().expect("it ends").success()
    );
    start.elapsed()
}

/// In KiB on Linux.
fn peak_of_children() -> i64 {
    getrusage(UsageWho::RUSAGE_CHILDREN).expect("the kernel counts it").max_rss()
}

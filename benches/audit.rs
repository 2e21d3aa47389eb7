//! Closing and verifying the audit log beside exporting it, and what its columns of the server cost
//! an application, on one server whose commits are durable.
//!
//! `cargo bench --bench audit -- [ROWS]` prints all; `-- ROWS close` or `-- ROWS insert` one of them.
//! ROWS entries lie over 60 days that can be closed, a million unless told otherwise; the least of
//! three runs counts. Inserts are of pgbench, with and without the columns in turn, in ten pairs:
//! what counts is the median of the ratios. Memory is the most of any program so far.

#[path = "../tests/cli/support/mod.rs"]
mod support;

#[path = "shared/pgbench.rs"]
mod pgbench;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use support::Database;

const RUNS: usize = 3;
const PAIRS: usize = 10;
const SECONDS: &str = "3";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let rows = args.first().map_or(1_000_000, |rows| rows.parse().expect("a number of rows"));
    let which = args.get(1).map_or("all", String::as_str);
    let database = Database::migrated();
    // A server that was named isn't ours to change.
    if std::env::var_os("TEST_DATABASE_URL").is_none() {
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            database.execute(&format!("ALTER SYSTEM SET {setting} = on"));
        }
        database.execute("SELECT pg_reload_conf()");
    }
    if ["all", "close"].contains(&which) {
        close(&database.copy(), rows);
    }
    if ["all", "insert"].contains(&which) {
        insert(&database);
    }
}

fn close(database: &Database, rows: u64) {
    database.add_months("date_trunc('month', now() AT TIME ZONE 'UTC') - interval '3 months'", 3);
    database.execute(&format!(
        "INSERT INTO audit_logs (actor, action, resource, resource_id, details, created_at)
         SELECT 'os:app', (ARRAY['message.send', 'contact.update', 'session.login'])[1 + n % 3], 'messages',
             n::text, jsonb_build_object('channel', 'SMS', 'number', n),
             date_trunc('day', now(), 'UTC') - interval '3 days' - interval '60 days' * (n / {rows}::double precision)
         FROM generate_series(1, {rows}) AS n"
    ));
    database.execute("VACUUM ANALYZE audit_logs");
    database.execute("CHECKPOINT");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("entries.jsonl");
    let file = file.to_str().expect("UTF-8");
    let (mut closing, mut exporting, mut verifying) = (f64::MAX, f64::MAX, f64::MAX);
    for _ in 0..RUNS {
        database.execute("TRUNCATE audit_days");
        closing = closing.min(run(database, &["close"]));
    }
    println!(
        "close    {:>9.0} entries/s (bound: 200,000); peak {:.0} MB",
        rows as f64 / closing,
        peak_mb()
    );
    for _ in 0..RUNS {
        verifying = verifying.min(run(database, &["verify"]));
    }
    println!(
        "verify   {:>9.0} entries/s; peak {:.0} MB (bound: 64)",
        rows as f64 / verifying,
        peak_mb()
    );
    for _ in 0..RUNS {
        exporting = exporting.min(run(database, &["export", "--out", file, "--yes"]));
    }
    println!("export   {:>9.0} entries/s; peak {:.0} MB", rows as f64 / exporting, peak_mb());
    println!("verify/export {:>7.2} (bound: 1.2)", verifying / exporting);
}

fn run(database: &Database, args: &[&str]) -> f64 {
    let start = Instant::now();
    let status = Command::new(support::binary())
        .args(["audit", "--quiet"])
        .args(args)
        .env("DATABASE_URL", database.url())
        .stdout(Stdio::null())
        .status();
    assert!(status.expect("it runs").success(), "{args:?}");
    start.elapsed().as_secs_f64()
}

fn peak_mb() -> f64 {
    let peak_kib = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the kernel counts it").max_rss();
    peak_kib as f64 / 1024.0
}

fn insert(database: &Database) {
    let (with, without) = (database.copy(), database.copy());
    without.execute(
        "ALTER TABLE audit_logs DROP COLUMN recorded_at, DROP COLUMN recorded_by, DROP COLUMN recorded_from",
    );
    let folder = tempfile::tempdir().expect("a temporary folder");
    for clients in ["2", "16"] {
        let (mut rates, mut p99s) = (Vec::new(), Vec::new());
        let mut all = (Vec::new(), Vec::new());
        for pair in 0..PAIRS {
            let one = |database| inserts(database, folder.path(), clients);
            // Each comes first as often as the other.
            let (after, before) = match pair % 2 {
                0 => (one(&with), one(&without)),
                _ => {
                    let before = one(&without);
                    (one(&with), before)
                }
            };
            rates.push(after.0 / before.0);
            p99s.push(after.1 / before.1);
            all.0.push(before.0);
            all.1.push(before.1);
        }
        println!(
            "insert   {clients:>2} clients: {:.0} a second, p99 {:.2} ms without the columns; with them {:.3} of the \
             rate, {:.3} of the p99 (bounds: .97, 1.03)",
            median(all.0),
            median(all.1),
            median(rates),
            median(p99s)
        );
    }
}

/// How many a second, and the p99 in ms.
fn inserts(database: &Database, folder: &Path, clients: &str) -> (f64, f64) {
    let script = folder.join("insert.sql");
    let insert = "INSERT INTO audit_logs (actor, action, resource) VALUES ('app', 'message.send', 'messages');\n";
    fs::write(&script, insert).expect("a script");
    let start = Instant::now();
    let status = Command::new(tool("pgbench"))
        .current_dir(folder)
        .args(["-n", "-M", "prepared", "-c", clients, "-l", "-T", SECONDS, "-f"])
        .arg(&script)
        .arg(database.url())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("pgbench runs");
    assert!(status.success());
    let seconds = start.elapsed().as_secs_f64();
    let times_us = pgbench::latencies_us(folder);
    let p99_us = times_us[times_us.len() * 99 / 100];
    (times_us.len() as f64 / seconds, p99_us as f64 / 1000.0)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn tool(name: &str) -> PathBuf {
    inboxctl::local::Binaries::find(None)
        .ok()
        .and_then(|binaries| binaries.tool(name))
        .unwrap_or_else(|| Path::new(name).to_owned())
}

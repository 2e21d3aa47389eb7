//! Deleting by age beside what one would write by hand, in one run on one server.
//!
//! `cargo bench --bench retention -- [ROWS]` prints all; `-- ROWS drop`, `-- ROWS keyset`,
//! `-- ROWS application` or `-- ROWS split` one of them. ROWS audit entries lie over 18 months,
//! 10 million unless told otherwise; for `split` a fifth of them in the DEFAULT partition.
//!
//! The tables are as those of months ago are in production: vacuumed, and written to the disk.
//! Partitions are dropped on a server whose commits are durable (fsync, as everywhere outside
//! of tests), three times each side in turn, of which the least counts. `counting` is what
//! `audit prune` does before it is sure how much it will delete, so that it can be refused;
//! DROP TABLE counts nothing.

#[path = "../tests/cli/support/mod.rs"]
mod support;

#[path = "shared/pgbench.rs"]
mod pgbench;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use serde_json::Value;
use support::Database;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let rows = args.first().map_or(10_000_000, |rows| rows.parse().expect("a number of rows"));
    let which = args.get(1).map_or("all", String::as_str);
    if ["all", "keyset"].contains(&which) {
        keyset(rows);
    }
    if ["all", "application"].contains(&which) {
        application(rows);
    }
    if ["all", "split"].contains(&which) {
        split(rows / 5);
    }
    // Last, because it changes the server.
    if ["all", "drop"].contains(&which) {
        drop_whole(rows);
    }
}

/// Entries of 18 months: each month in a partition, or all in one that also
/// holds what is younger than the cut-off.
fn filled(rows: u64, monthly: bool) -> Database {
    let database = Database::migrated();
    // Else VACUUM comes too early to find that the rows are committed for good.
    database.execute(&format!("ALTER DATABASE {} SET synchronous_commit = on", database.name));
    let one = "DO $$ BEGIN EXECUTE format('CREATE TABLE audit_logs_old PARTITION OF audit_logs FOR VALUES FROM (%L) TO (%L)',
         now() - interval '20 months', date_trunc('month', now(), 'UTC')); END $$";
    match monthly {
        true => database
            .add_months("date_trunc('month', now() AT TIME ZONE 'UTC') - interval '18 months'", 18),
        false => database.execute(one),
    }
    database.execute(&format!(
        "INSERT INTO audit_logs (actor, action, resource, resource_id, details, created_at)
         SELECT 'os:app', (ARRAY['message.send', 'contact.update', 'session.login'])[1 + n % 3], 'messages',
             n::text, jsonb_build_object('channel', 'SMS', 'number', n),
             date_trunc('month', now(), 'UTC') - interval '540 days' * (({rows} - n) / {rows}::double precision) - interval '1 second'
         FROM generate_series(1, {rows}) AS n"
    ));
    database.execute("VACUUM ANALYZE audit_logs");
    database.execute("CHECKPOINT");
    database
}

fn drop_whole(rows: u64) {
    let original = filled(rows, true);
    let cutoff = original.value("(date_trunc('month', now(), 'UTC') - interval '3 months')::date");
    let names = original.value(&format!(
        "(SELECT string_agg(inhrelid::regclass::text, ', ') FROM pg_inherits \
          WHERE inhparent = 'audit_logs'::regclass AND inhrelid::regclass::text ~ '[0-9]$' \
          AND inhrelid::regclass::text < 'audit_logs_{}')",
        cutoff[..7].replace('-', "_")
    ));
    make_durable(&original);
    let (mut theirs, mut ours, mut dropping) = (f64::MAX, f64::MAX, f64::MAX);
    let mut deleted = Value::Null;
    for _ in 0..3 {
        let database = original.copy();
        let start = Instant::now();
        database.execute(&format!("DROP TABLE {names}"));
        theirs = theirs.min(start.elapsed().as_secs_f64());
        drop(database);
        let database = original.copy();
        let start = Instant::now();
        let done = prune(&database, &["--before", &cutoff]);
        ours = ours.min(start.elapsed().as_secs_f64());
        let ms = done["duration_ms"].as_f64().expect("a number");
        dropping = dropping.min(ms / 1000.0);
        deleted = done["deleted"].clone();
    }
    println!("drop        {deleted} rows in whole partitions");
    println!("drop        DROP TABLE        {theirs:>8.2} s");
    println!(
        "drop        audit prune       {ours:>8.2} s, of which {dropping:.2} s after counting"
    );
    println!("drop        ratio             {:>8.2}   (bound: 1.5)", ours / theirs);
    println!("drop        without counting  {:>8.2}", dropping / theirs);
}

/// A server that was named isn't ours to change.
fn make_durable(database: &Database) {
    if std::env::var_os("TEST_DATABASE_URL").is_none() {
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            database.execute(&format!("ALTER SYSTEM SET {setting} = on"));
        }
        database.execute("SELECT pg_reload_conf()");
    }
}

/// The hand-written loop deletes a tenth: it slows down as it goes.
fn keyset(rows: u64) {
    let theirs_on = filled(rows, false);
    let start = Instant::now();
    theirs_on.execute(&format!(
        "DO $$ DECLARE gone int; total int := 0; BEGIN LOOP
             DELETE FROM audit_logs WHERE id IN (SELECT id FROM audit_logs WHERE created_at < now() - interval '90 days' LIMIT 5000);
             GET DIAGNOSTICS gone = ROW_COUNT; total := total + gone; COMMIT;
             EXIT WHEN gone = 0 OR total >= {rows} / 10;
         END LOOP; END $$"
    ));
    let theirs = rows as f64 / 10.0 / start.elapsed().as_secs_f64();
    println!("keyset      LIMIT 5000 loop   {theirs:>8.0} rows/s");
    drop(theirs_on);
    for snapshot in [false, true] {
        let database = filled(rows, false);
        let lock = snapshot.then(|| {
            database.lock(
                "reporting",
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM users",
            )
        });
        let done = prune(&database, &["--rate", "0"]);
        let seconds = done["duration_ms"].as_f64().expect("a number") / 1000.0;
        let ours = done["deleted"].as_f64().expect("a number") / seconds;
        let part = |key: &str| done["batches"][key].as_f64().unwrap_or(f64::NAN);
        let about = if snapshot { "under an old snapshot" } else { "unthrottled" };
        println!(
            "keyset      audit prune       {ours:>8.0} rows/s {about} (bound: 60,000; {:.1} times the loop, bound 1.5)",
            ours / theirs
        );
        println!(
            "keyset      last tenth/first  {:>8.2}   (bound: 1.2); longest batch {:.0} ms",
            part("last_ms_per_1000_rows") / part("first_ms_per_1000_rows"),
            part("longest_ms")
        );
        drop(lock);
    }
}

/// What an application that inserts notices: alone, beside the default run, and
/// beside one DELETE.
fn application(rows: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = filled(rows, false);
    let alone = p99_ms(&database, folder.path(), 15);
    let mut run = inboxctl(&database, &["--max-rows", "999999999"]);
    let beside = p99_ms(&database, folder.path(), 15);
    // SIGTERM finishes the batch in hand.
    let _ = Command::new("kill").arg(run.id().to_string()).status();
    let _ = run.wait();
    let mut delete =
        psql(&database, "DELETE FROM audit_logs WHERE created_at < now() - interval '90 days'");
    let single = p99_ms(&database, folder.path(), 15);
    let _ = delete.kill();
    let _ = delete.wait();
    println!("application alone             {alone:>8.2} ms at p99");
    println!(
        "application audit prune       {beside:>8.2} ms at p99, {:.2} times (bound: 1.5)",
        beside / alone
    );
    println!("application one DELETE        {single:>8.2} ms at p99, {:.2} times", single / alone);
}

/// Two months leave the DEFAULT partition, into which one client inserts as fast as it can: in
/// one transaction, as one would by hand, and by a run.
fn split(rows: u64) {
    const BY_HAND: &str = "DO $$ DECLARE month timestamp; part text; BEGIN
        LOCK TABLE ONLY audit_logs IN ACCESS EXCLUSIVE MODE;
        LOCK TABLE audit_logs_default IN ACCESS EXCLUSIVE MODE;
        FOR n IN 5..6 LOOP
            month := date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n);
            part := 'audit_logs_' || to_char(month, 'YYYY_MM');
            EXECUTE format('CREATE TABLE %s (LIKE audit_logs INCLUDING ALL)', part);
            EXECUTE format('WITH moved AS (DELETE FROM audit_logs_default WHERE created_at >= %L AND created_at < %L RETURNING *)
                INSERT INTO %s SELECT * FROM moved', month || '+00', month + interval '1 month' || '+00', part);
            EXECUTE format('ALTER TABLE audit_logs ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)',
                part, month || '+00', month + interval '1 month' || '+00');
        END LOOP; END $$";
    for way in ["one transaction", "audit prune"] {
        let database = Database::migrated();
        database.execute(&format!(
            "INSERT INTO audit_logs (actor, action, resource, resource_id, details, created_at)
             SELECT 'os:app', 'message.send', 'messages', n::text, jsonb_build_object('number', n),
                 date_trunc('month', now(), 'UTC') + interval '5 months' + interval '58 days' * (n / {rows}::double precision)
             FROM generate_series(1, {rows}) AS n"
        ));
        database.execute("VACUUM ANALYZE audit_logs");
        let is_done = AtomicBool::new(false);
        let (seconds, longest_ms) = thread::scope(|scope| {
            let writer = scope.spawn(|| longest_insert_ms(&database, &is_done));
            let start = Instant::now();
            if way == "audit prune" {
                let done = prune(&database, &["--rate", "0"]);
                assert!(done["moved"].as_u64() >= Some(rows), "{done}");
            } else {
                database.execute(BY_HAND);
            }
            let seconds = start.elapsed().as_secs_f64();
            is_done.store(true, Ordering::Relaxed);
            (seconds, writer.join().expect("the writer ends"))
        });
        println!(
            "split       {way:<18}{:>8.0} rows/s; an insert waits {longest_ms:.0} ms at most",
            rows as f64 / seconds
        );
    }
}

fn longest_insert_ms(database: &Database, is_done: &AtomicBool) -> f64 {
    let mut conn = database.connect();
    let mut longest = Duration::ZERO;
    while !is_done.load(Ordering::Relaxed) {
        let start = Instant::now();
        conn.batch_execute(
            "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('app', \
             'message.send', 'messages', date_trunc('month', now(), 'UTC') + interval '6 months')",
        )
        .expect("an insert");
        longest = longest.max(start.elapsed());
    }
    longest.as_secs_f64() * 1000.0
}

/// Of four clients that insert 400 entries a second.
fn p99_ms(database: &Database, folder: &Path, seconds: u32) -> f64 {
    let script = folder.join("insert.sql");
    fs::write(&script, "INSERT INTO audit_logs (actor, action, resource) VALUES ('app', 'message.send', 'messages');\n").expect("a script");
    let status = Command::new(tool("pgbench"))
        .current_dir(folder)
        .args(["-n", "-c", "4", "-R", "400", "-l", "-T", &seconds.to_string(), "-f"])
        .arg(&script)
        .arg(database.url())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("pgbench runs");
    assert!(status.success());
    let times_us = pgbench::latencies_us(folder);
    times_us[times_us.len() * 99 / 100] as f64 / 1000.0
}

fn prune(database: &Database, args: &[&str]) -> Value {
    let child = inboxctl(database, &[&["--max-rows", "999999999"], args].concat());
    let output = child.wait_with_output().expect("its output");
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).expect("a document")
}

fn inboxctl(database: &Database, args: &[&str]) -> Child {
    Command::new(support::binary())
        .args(["audit", "prune", "--yes", "--quiet", "--format", "json"])
        .args(args)
        .env("DATABASE_URL", database.url())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs")
}

fn psql(database: &Database, statement: &str) -> Child {
    Command::new(tool("psql"))
        .args(["-X", "-q", "-c", statement, "-d"])
        .arg(database.url())
        .stdout(Stdio::null())
        .spawn()
        .expect("psql runs")
}

fn tool(name: &str) -> PathBuf {
    inboxctl::local::Binaries::find(None)
        .ok()
        .and_then(|binaries| binaries.tool(name))
        .unwrap_or_else(|| Path::new(name).to_owned())
}

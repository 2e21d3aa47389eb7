//! Whole commands beside what they are compared with, in one run on one server.
//!
//! `cargo bench --bench commands` prints all; `-- start`, `-- status`,
//! `-- seed [small|medium|large]`, `-- dedupe [PROFILE]` or `-- search [PROFILE]`
//! one of them.

#[path = "../tests/cli/support/mod.rs"]
mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use support::Database;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let which = args.first().map_or("all", String::as_str);
    let profile = args.get(1).map_or("medium", String::as_str);
    if ["all", "start"].contains(&which) {
        start();
    }
    if ["all", "status"].contains(&which) {
        status();
    }
    if ["all", "seed"].contains(&which) {
        seed(profile);
    }
    if ["all", "dedupe"].contains(&which) {
        dedupe(profile);
    }
    if ["all", "search"].contains(&which) {
        search(profile);
    }
}

/// CPU time of all children so far.
fn cpu_of_children() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the kernel counts it");
    let time = |value: nix::sys::time::TimeVal| {
        Duration::from_micros(value.tv_sec() as u64 * 1_000_000 + value.tv_usec() as u64)
    };
    time(usage.user_time()) + time(usage.system_time())
}

fn start() {
    for flag in ["--version", "--help"] {
        const RUNS: u32 = 100;
        let before = cpu_of_children();
        for _ in 0..RUNS {
            let mut command = Command::new(support::binary());
            assert!(command.arg(flag).stdout(Stdio::null()).status().expect("it runs").success());
        }
        let each = (cpu_of_children() - before) / RUNS;
        println!("start    inboxctl {flag:<9} {:>8.2} ms of CPU (bound: 5 ms)", millis(each));
    }
}

fn status() {
    let database = Database::migrated();
    let select = "SELECT version, (extract(epoch FROM run_on) * 1000000)::bigint \
                  FROM __diesel_schema_migrations ORDER BY version";
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..30 {
        let mut psql = psql(&database);
        psql.args(["-c", select]).stdout(Stdio::null());
        theirs.push(timed(&mut psql));
        let mut inboxctl = Command::new(support::binary());
        inboxctl.args(["db", "status"]).env("DATABASE_URL", database.url()).stdout(Stdio::null());
        ours.push(timed(&mut inboxctl));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!("status   inboxctl db status  {:>8.2} ms", millis(ours));
    println!("status   psql -c SELECT      {:>8.2} ms", millis(theirs));
    println!(
        "status   difference          {:>8.2} ms (bound: 10 ms)",
        millis(ours) - millis(theirs)
    );
}

const TABLES: [&str; 10] = [
    "users",
    "contacts",
    "messages",
    "notes",
    "integrations",
    "assignments",
    "presence",
    "scheduled_jobs",
    "templates",
    "audit_logs",
];

/// `db seed` against psql's \copy of the very same rows into the same tables.
fn seed(profile: &str) {
    let (source, copy) = (Database::migrated(), Database::migrated());
    let mut inboxctl = Command::new(support::binary());
    inboxctl
        .args(["db", "seed", "--quiet", "--format", "json", "--profile", profile])
        .env("DATABASE_URL", source.url())
        .stdout(Stdio::null());
    let ours = timed(&mut inboxctl);
    let peak_kib = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the kernel counts it").max_rss();
    let rows: u64 = TABLES
        .iter()
        .map(|table| {
            source
                .value(&format!("(SELECT count(*) FROM {table})"))
                .parse::<u64>()
                .expect("a number")
        })
        .sum();

    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |table: &str| folder.path().join(table);
    for table in TABLES {
        run_copy(
            &source,
            &format!(
                "\\copy (SELECT * FROM {table} ORDER BY created_at) to '{}'",
                file(table).display()
            ),
        );
    }
    copy.execute("TRUNCATE users, audit_logs CASCADE");
    make_partitions(&source, &copy);
    let start = Instant::now();
    for table in TABLES {
        run_copy(&copy, &format!("\\copy {table} from '{}'", file(table).display()));
    }
    let theirs = start.elapsed();
    let rate = |time: Duration| rows as f64 / time.as_secs_f64();
    println!("seed     {profile}: {rows} rows");
    println!(
        "seed     inboxctl db seed    {:>8.1} s  {:>10.0} rows/s",
        ours.as_secs_f64(),
        rate(ours)
    );
    println!(
        "seed     psql \\copy          {:>8.1} s  {:>10.0} rows/s",
        theirs.as_secs_f64(),
        rate(theirs)
    );
    println!(
        "seed     ratio               {:>8.2}    (bound: at least 0.60)",
        rate(ours) / rate(theirs)
    );
    println!("seed     peak memory         {:>8.0} MB (bound: 200 MB)", peak_kib as f64 / 1000.0);
}

/// The months that the sample spans, so that both sides route alike.
fn make_partitions(source: &Database, copy: &Database) {
    let statements = source.value(
        "(SELECT string_agg(format('CREATE TABLE IF NOT EXISTS %s PARTITION OF audit_logs %s', \
             c.oid::regclass, pg_get_expr(c.relpartbound, c.oid)), ';') \
          FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid \
          WHERE i.inhparent = 'audit_logs'::regclass AND c.relname <> 'audit_logs_default')",
    );
    copy.execute(&statements);
}

/// A dry run from connecting to printing, and how fast clusters are merged.
fn dedupe(profile: &str) {
    let database = seeded(profile);
    let cpu = cpu_of_children();
    let dry = timed(inboxctl(&database).args(["contacts", "dedupe", "--dry-run"]));
    let cpu = cpu_of_children() - cpu;
    let peak_kib = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the kernel counts it").max_rss();
    println!(
        "dedupe   {profile}: dry run   {:>8.2} s, {:.2} s of CPU",
        dry.as_secs_f64(),
        cpu.as_secs_f64()
    );
    println!(
        "dedupe   peak memory         {:>8.0} MB (bound at 1 M: 1,000 MB)",
        peak_kib as f64 / 1000.0
    );
    let all = timed(inboxctl(&database).args([
        "contacts",
        "dedupe",
        "--yes",
        "--max-merges",
        "99999999",
    ]));
    let merged: f64 =
        database.value("(SELECT count(*) FROM contact_merges)").parse().expect("a number");
    let rate = merged / (all - dry).as_secs_f64();
    println!("dedupe   {merged} merges    {rate:>8.0} a second (bound: at least 1,000)");
}

/// Names with a letter swapped, phones, e-mails and handles of random contacts.
fn search(profile: &str) {
    let database = seeded(profile);
    let queries = database.value(
        "(SELECT string_agg(query, E'\\n') FROM ( \
             (SELECT overlay(name PLACING substr(name, 4, 1) || substr(name, 3, 1) FROM 3 FOR 2) AS query \
              FROM contacts WHERE length(name) > 6 ORDER BY md5(id::text) LIMIT 200) \
             UNION ALL (SELECT phone FROM contacts WHERE length(phone) > 8 ORDER BY md5(id::text) LIMIT 50) \
             UNION ALL (SELECT email FROM contacts WHERE email IS NOT NULL ORDER BY md5(id::text) LIMIT 50) \
             UNION ALL (SELECT handle FROM contacts, jsonb_each_text(social_handles) AS h (network, handle) \
                        ORDER BY md5(id::text) LIMIT 50)) AS queries)",
    );
    let queries: Vec<&str> = queries.lines().collect();
    let run = |query: &str| timed(inboxctl(&database).args(["contacts", "search", "--", query]));
    // Once to warm the server's cache, once to measure.
    for query in &queries {
        run(query);
    }
    let mut times: Vec<Duration> = queries.iter().map(|query| run(query)).collect();
    times.sort();
    let at = |share: usize| millis(times[(times.len() * share / 100).min(times.len() - 1)]);
    println!(
        "search   {profile}: {} queries  median {:.1} ms, p99 {:.1} ms (bound at 1 M: 20 ms)",
        times.len(),
        at(50),
        at(99)
    );
}

fn seeded(profile: &str) -> Database {
    let database = Database::migrated();
    timed(inboxctl(&database).args(["db", "seed", "--quiet", "--profile", profile]));
    database.execute("VACUUM ANALYZE contacts");
    database
}

fn inboxctl(database: &Database) -> Command {
    let mut command = Command::new(support::binary());
    command.env("DATABASE_URL", database.url()).stdout(Stdio::null());
    command
}

fn run_copy(database: &Database, command: &str) {
    let mut psql = psql(database);
    psql.args(["-q", "-c", command]).stdout(Stdio::null());
    timed(&mut psql);
}

fn psql(database: &Database) -> Command {
    let psql = inboxctl::local::Binaries::find(None)
        .ok()
        .and_then(|binaries| binaries.tool("psql"))
        .unwrap_or_else(|| Path::new("psql").to_owned());
    let mut command = Command::new(psql);
    command.args(["-X", "-v", "ON_ERROR_STOP=1", "-d"]).arg(database.url());
    command
}

fn timed(command: &mut Command) -> Duration {
    let start = Instant::now();
    let status = command.status().expect("it runs");
    assert!(status.success(), "{command:?}");
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

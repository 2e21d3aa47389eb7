//! `db adopt --into` beside `pg_dump -Fc | pg_restore` of the same database, in one run on one
//! server: `cargo bench --bench adopt [MESSAGES]`, a million unless told. Messages are not quite half
//! of the rows. The memory is that of the command, and of the programs that it runs beside it.

#[path = "../tests/cli/support/mod.rs"]
mod support;

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use inboxctl::local::Client;
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
    let mut peak = Peak::default();
    for _ in 0..RUNS {
        adopted = adopted.min(adopt(&source, &mut peak));
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
    println!(
        "adopt    peak memory: {:.0} MB, with pg_dump and pg_restore {:.0} MB (bound: 100)",
        peak.own as f64 / 1e6,
        peak.with_children as f64 / 1e6
    );
}

/// Bytes that were resident at once.
#[derive(Default)]
struct Peak {
    own: u64,
    with_children: u64,
}

fn adopt(source: &Database, peak: &mut Peak) -> Duration {
    let inbox = Database { name: format!("{}_inbox", source.name) };
    let start = Instant::now();
    let mut command = Command::new(support::binary())
        .args(["db", "adopt", "--quiet", "--into", &inbox.name])
        .env("DATABASE_URL", source.url())
        .stdout(Stdio::null())
        .spawn()
        .expect("it runs");
    let status = loop {
        if let Some(status) = command.try_wait().expect("it can be waited for") {
            break status;
        }
        peak.look(command.id());
        thread::sleep(Duration::from_millis(20));
    };
    let took = start.elapsed();
    assert!(status.success());
    took
}

impl Peak {
    /// The kernel keeps the highest of each process itself; of several, that adds up to no less than
    /// what they had at once.
    fn look(&mut self, pid: u32) {
        let own = highest(pid);
        let tasks = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
        let children =
            tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
        let children: u64 = children
            .flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .filter_map(|pid| Some(highest(pid.parse().ok()?)))
            .sum();
        self.own = self.own.max(own);
        self.with_children = self.with_children.max(own + children);
    }
}

/// 0 where it has ended, or the system has no /proc.
fn highest(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or_default() * 1024
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

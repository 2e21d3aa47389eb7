//! A command that copies a database beside `pg_dump -Fc | pg_restore` of the same one.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use inboxctl::local::Client;

use crate::support::{self, Database};

const RUNS: usize = 2;

/// How long each took, the least of its runs, and how much memory the command.
pub(crate) struct Compared {
    copied: Duration,
    took: Duration,
    peak: Peak,
}

/// Runs the command with those arguments and the name of the copy, and the programs. The order
/// alternates, so that a busy machine disturbs both alike.
pub(crate) fn compare(source: &Database, args: &[&str]) -> Compared {
    let (mut copied, mut took) = (Duration::MAX, Duration::MAX);
    let mut peak = Peak::default();
    for _ in 0..RUNS {
        took = took.min(run(source, args, &mut peak));
        copied = copied.min(copy(source));
    }
    Compared { copied, took, peak }
}

impl Compared {
    /// A line each, and what is asked of both together.
    pub(crate) fn print(&self, bench: &str, command: &str, rows: u32, times: u32) {
        for (what, took) in [("pg_dump -Fc | pg_restore", self.copied), (command, self.took)] {
            let rate = f64::from(rows) / took.as_secs_f64();
            println!("{bench:<9} {what:<24} {rate:>9.0} rows/s, {:>6.1} s", took.as_secs_f64());
        }
        println!(
            "{bench:<9} {rows} rows: {:.2} times (bound: {times})",
            self.took.as_secs_f64() / self.copied.as_secs_f64()
        );
        println!(
            "{bench:<9} peak memory: {:.0} MB, with the programs that it runs {:.0} MB",
            self.peak.own as f64 / 1e6,
            self.peak.with_children as f64 / 1e6
        );
    }
}

/// Bytes that were resident at once.
#[derive(Default)]
struct Peak {
    own: u64,
    with_children: u64,
}

fn run(source: &Database, args: &[&str], peak: &mut Peak) -> Duration {
    let made = Database { name: format!("{}_made", source.name) };
    let start = Instant::now();
    let mut command = Command::new(support::binary())
        .args(args)
        .arg(&made.name)
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

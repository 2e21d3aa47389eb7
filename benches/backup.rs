//! `db backup` beside bare `pg_dump -Fc`, in one run on one server.
//!
//! `cargo bench --bench backup [PROFILE]`; the profile is of `db seed`.

#[path = "../tests/cli/support/mod.rs"]
mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use inboxctl::local::Client;
use nix::sys::resource::{UsageWho, getrusage};
use support::Database;

const RUNS: usize = 5;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let profile = args.first().map_or("medium", String::as_str);
    let database = Database::migrated();
    let seeded = inboxctl(&database, &["db", "seed", "--quiet", "--profile", profile]);
    assert!(seeded > Duration::ZERO);
    let pg_dump = Client::find_all("pg_dump", None).into_iter().next().expect("pg_dump");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, run: usize| {
        folder.path().join(format!("{name}-{run}")).to_str().expect("UTF-8").to_owned()
    };
    let key = age::x25519::Identity::generate().to_public().to_string();
    let (mut bare, mut plain, mut encrypted) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..RUNS {
        let (bare_file, plain_file) = (file("bare", run), file("plain", run));
        let encrypted_file = file("encrypted", run);
        let mut command = Command::new(&pg_dump.path);
        command.args(["-Fc", "-f", &bare_file, &database.url()]);
        bare.push(timed(&mut command));
        plain.push(inboxctl(&database, &["db", "backup", "--out", &plain_file]));
        let args = ["db", "backup", "--out", &encrypted_file, "--encrypt-to", &key];
        encrypted.push(inboxctl(&database, &args));
        if run == 0 {
            let size = |path: &str| Path::new(path).metadata().expect("it was written").len();
            println!("backup   dump of {profile}  {:>9} KiB", size(&bare_file) / 1024);
        }
        for path in [bare_file, plain_file, encrypted_file] {
            std::fs::remove_file(path).expect("it was written");
        }
    }
    let (bare, plain, encrypted) = (median(bare), median(plain), median(encrypted));
    println!("backup   pg_dump -Fc      {:>9.1} ms", millis(bare));
    println!(
        "backup   inboxctl         {:>9.1} ms, {:.2} times (bound: 1.2)",
        millis(plain),
        plain.as_secs_f64() / bare.as_secs_f64()
    );
    println!(
        "backup   and encrypted    {:>9.1} ms, {:.2} times (bound: 1.4)",
        millis(encrypted),
        encrypted.as_secs_f64() / bare.as_secs_f64()
    );
    // Of the largest of all children, pg_dump among them; in KiB on Linux.
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the kernel counts it").max_rss();
    println!("backup   peak memory      {:>9.1} MB (bound: 100 MB)", peak as f64 * 1024.0 / 1e6);
}

fn inboxctl(database: &Database, args: &[&str]) -> Duration {
    let mut command = Command::new(support::binary());
    command.args(args).env("DATABASE_URL", database.url()).stdout(Stdio::null());
    timed(&mut command)
}

fn timed(command: &mut Command) -> Duration {
    let start = Instant::now();
    let status = command.stderr(Stdio::null()).status().expect("it runs");
    assert!(status.success(), "{command:?}");
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

//! How long a key of `ui` takes to be a frame, and how much memory the screen has.
//!
//! `cargo bench --bench ui` on the medium profile, `-- large` on a million contacts.

#[path = "../tests/cli/support/mod.rs"]
mod support;

use std::process::Command;
use std::time::{Duration, Instant};

use support::screen::Screen;
use support::{Binary, Database};

/// What a person takes for at once, and what the program may have.
const AT_ONCE: Duration = Duration::from_millis(100);
const MEMORY_KB: u64 = 60 * 1024;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let profile = args.first().map_or("medium", String::as_str);
    let database = Database::migrated();
    Binary::on(&database).run(["db", "environment", "set", "test"]).expect_code(0);
    Binary::on(&database).run(["db", "seed", "--profile", profile]).expect_code(0);
    database.execute("VACUUM ANALYZE");
    let mut command = Command::new(support::binary());
    command.arg("ui").env("DATABASE_URL", database.url()).env("TERM", "xterm-256color");
    let mut screen = Screen::start(command, 120, 40);
    screen.expect("q quit");
    let mut keys = Keys { screen: &mut screen, took: Vec::new() };
    keys.all(&database);
    keys.tell(profile);
    let memory = memory_kb(screen.pid());
    println!("{profile}: memory at most {} MB{}", memory / 1024, over(memory > MEMORY_KB));
    screen.press("\x03");
    assert_eq!(screen.end(), Some(0));
}

fn over(is_over: bool) -> &'static str {
    if is_over { "  TOO MUCH" } else { "" }
}

struct Keys<'a> {
    screen: &'a mut Screen,
    took: Vec<(String, Duration)>,
}

impl Keys<'_> {
    /// From the key to the frame that shows what it leads to.
    fn press(&mut self, what: &str, key: &str, is_shown: impl Fn(&str) -> bool) {
        let began = Instant::now();
        self.screen.press(key);
        loop {
            if is_shown(&self.screen.contents()) {
                break;
            }
            assert!(
                began.elapsed() < Duration::from_secs(30),
                "{what}: {}",
                self.screen.contents()
            );
            std::thread::sleep(Duration::from_micros(200));
        }
        self.took.push((what.to_owned(), began.elapsed()));
    }

    fn all(&mut self, database: &Database) {
        self.press("contacts", "2", |shown| shown.contains("1/100+"));
        for row in 2..=120 {
            self.press("a row down", "j", |shown| shown.contains(&format!(" {row}/")));
        }
        let names = database.value(
            "(SELECT string_agg(DISTINCT split_part(name, ' ', 1), ' ') \
              FROM (SELECT name FROM contacts WHERE name ~ '^[A-Za-z]{4,} ' ORDER BY id LIMIT 12) c)",
        );
        self.press("to search", "/", |shown| shown.contains("  / "));
        for name in names.split(' ') {
            self.press("the line empty", "\x15", |shown| {
                shown.contains("00+") && !shown.contains("found by")
            });
            for end in 1..=name.len() {
                let (typed, letter) = (&name[..end], &name[end - 1..end]);
                // The answer to this very text: its note, or that there is nothing.
                self.press("a letter of a search", letter, |shown| {
                    shown.contains(&format!("/ {typed}"))
                        && !shown.contains("…\n")
                        && (shown.contains("found by") || shown.contains("Nothing has that"))
                });
            }
        }
        self.press("the search kept", "\r", |shown| shown.contains("found by"));
        self.press("a thread", "\r", |shown| shown.contains("i about"));
        self.press("back", "\x1b[D", |shown| shown.contains("found by"));
        for (what, key, text) in [
            ("jobs", "4", "Jobs  "),
            ("failed", "5", "Failed messages"),
            ("audit", "6", "Audit log"),
            ("sizes", "7", " in all; "),
            ("tables", "8", "messages"),
            ("overview", "1", "last 24 hours"),
        ] {
            self.press(what, key, |shown| shown.contains(text));
        }
    }

    fn tell(&mut self, profile: &str) {
        let mut kinds: Vec<String> = self.took.iter().map(|(what, _)| what.clone()).collect();
        kinds.dedup();
        kinds.sort();
        kinds.dedup();
        for kind in kinds.iter().chain([&String::from("all")]) {
            let of = self.took.iter().filter(|(what, _)| what == kind || kind == "all");
            let mut took: Vec<Duration> = of.map(|(_, took)| *took).collect();
            took.sort();
            let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize];
            let p99 = at(0.99);
            println!(
                "{profile}: {kind}: {} keys, p50 {:.1} ms, p99 {:.1} ms, most {:.1} ms{}",
                took.len(),
                at(0.5).as_secs_f64() * 1e3,
                p99.as_secs_f64() * 1e3,
                at(1.0).as_secs_f64() * 1e3,
                over(p99 > AT_ONCE)
            );
        }
    }
}

/// The most that the process ever had.
fn memory_kb(pid: i32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("it runs");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("its memory");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).expect("a number")
}

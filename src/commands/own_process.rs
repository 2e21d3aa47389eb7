//! A process of this very program, which is told to stop as any is.

use std::ffi::OsString;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use std::{io, iter};

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::backup::process;
use crate::context::{Context, itself};
use crate::error::Failure;

/// After the words of a command: one of its own is an error then.
const FORMAT: [&str; 2] = ["--format", "json"];
/// So much of its document is kept; a longer one is left out of the report.
const DOCUMENT_BYTES: usize = 1 << 20;
/// So much of what it says on stderr is kept.
const COMPLAINT_BYTES: usize = 64 << 10;
const POLL: Duration = Duration::from_millis(20);
/// A batch ends within seconds. What doesn't stop by then is told again, and ends at once; else it is
/// ended.
const GRACE: Duration = Duration::from_secs(120);

/// Reads a command line as whoever runs it does.
pub(super) type ReadLine = fn(&[OsString]) -> Result<ArgMatches, Failure>;

/// The words with the format; what stands behind -- is another program's.
pub(super) fn with_format(words: &[String]) -> Vec<String> {
    let (own, others) =
        words.split_at(words.iter().position(|it| it == "--").unwrap_or(words.len()));
    own.iter().cloned().chain(FORMAT.map(String::from)).chain(others.iter().cloned()).collect()
}

/// Flags that say where to work, which are those of whoever has the line run.
pub(super) const OF_PLACE: [&str; 6] =
    ["--database-url", "--env-file", "--config", "--profile", "--schema", "--local"];

/// The command that a line is read as: its name, and what it was given.
pub(super) struct Leaf {
    pub name: String,
    pub matches: ArgMatches,
}

impl Leaf {
    /// # Errors
    /// Nobody could run it.
    pub(super) fn read(words: &[String], read: ReadLine) -> Result<Leaf, Failure> {
        let given: Vec<OsString> = iter::once("inboxctl")
            .chain(words.iter().map(String::as_str))
            .map(OsString::from)
            .collect();
        let mut matches = read(&given)?;
        let mut names = Vec::new();
        while let Some((name, below)) = matches.remove_subcommand() {
            names.push(name);
            matches = below;
        }
        Ok(Leaf { name: names.join(" "), matches })
    }

    /// The first of these flags, which every command takes, that it was given.
    pub(super) fn flag_of<'a>(&self, flags: &[&'a str]) -> Option<&'a str> {
        let is_given = |flag: &&&str| {
            let id = flag.trim_start_matches("--").replace('-', "_");
            self.matches.value_source(&id) == Some(ValueSource::CommandLine)
        };
        flags.iter().find(is_given).copied()
    }
}

/// How it ended, and what it said.
pub(super) struct Ended {
    /// `None`: a signal ended it.
    pub code: Option<i32>,
    document: String,
    said: String,
    pub is_out_of_time: bool,
}

/// What it said on stderr.
#[derive(Default)]
pub(super) struct Heard {
    /// The error's message.
    pub why: Option<String>,
    pub hint: Option<String>,
    pub warnings: Vec<String>,
}

impl Ended {
    /// What it printed, in one line, as a line of JSON lines has to be: no text in JSON has a line
    /// break.
    pub(super) fn document(&self) -> Option<Box<RawValue>> {
        let line: String = self.document.lines().map(str::trim_start).collect();
        serde_json::from_str(&line).ok()
    }

    pub(super) fn heard(&self) -> Heard {
        let mut heard = Heard::default();
        for line in self.said.lines() {
            if let Some(warning) = line.strip_prefix("warning: ") {
                heard.warnings.push(warning.to_owned());
            }
            let Ok(document) = serde_json::from_str::<Value>(line) else { continue };
            let text = |key: &str| document["error"][key].as_str().map(str::to_owned);
            if let Some(message) = text("message") {
                heard.why = Some(message);
                heard.hint = text("hint");
            }
        }
        // A defect of ours has no document.
        let last = self.said.lines().find_map(|line| line.strip_prefix("error: "));
        // Nor has another program in our place, such as psql.
        let is_failure = self.code.is_some_and(|code| !matches!(code, 0 | 3));
        let mut lines =
            self.said.lines().map(str::trim).filter(|line| is_failure && !line.is_empty());
        let is_error = |line: &&str| line.to_ascii_lowercase().contains("error:");
        let last = last.or_else(|| lines.clone().find(is_error).or(lines.next_back()));
        heard.why = heard.why.take().or_else(|| last.map(str::to_owned));
        heard
    }
}

/// Runs this program with these arguments until it ends; SIGTERM tells it to stop when the budget
/// is used up, or when the night is told to. If we are killed, it stops too.
///
/// # Errors
/// It can't be started.
pub(super) fn run(ctx: &Context, words: &[String], budget: Option<Duration>) -> io::Result<Ended> {
    let mut command = ctx.itself(&with_format(words))?;
    // An interrupt at the terminal is ours alone: we pass it on.
    itself::stop_with_us(&mut command);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    watch(ctx, command.spawn()?, budget)
}

fn watch(ctx: &Context, mut child: Child, budget: Option<Duration>) -> io::Result<Ended> {
    let began = Instant::now();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let is_over = AtomicBool::new(false);
    let over = || is_over.load(Ordering::Relaxed);
    thread::scope(|scope| {
        let document = scope.spawn(|| {
            let mut text = Vec::new();
            // One byte more tells that it was cut.
            stdout.map(|pipe| process::read_into(&mut text, DOCUMENT_BYTES + 1, pipe, &over));
            text
        });
        let said = scope.spawn(|| {
            let mut text = Vec::new();
            stderr.map(|pipe| process::read_into(&mut text, COMPLAINT_BYTES, pipe, &over));
            text
        });
        let mut told: Option<Instant> = None;
        let mut times = 0;
        let mut is_out_of_time = false;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            let is_late = budget.is_some_and(|budget| began.elapsed() >= budget);
            match told {
                None if ctx.interrupted().is_some() || is_late => {
                    is_out_of_time = is_late && ctx.interrupted().is_none();
                    itself::tell_to_stop(child.id());
                    told = Some(Instant::now());
                }
                // Asked twice in vain: it hangs.
                Some(at) if at.elapsed() >= GRACE && times > 0 => child.kill()?,
                Some(at) if at.elapsed() >= GRACE => {
                    itself::tell_to_stop(child.id());
                    (told, times) = (Some(Instant::now()), 1);
                }
                _ => {}
            }
            thread::sleep(POLL);
        };
        is_over.store(true, Ordering::Relaxed);
        // A thread that only reads doesn't panic.
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let document = document.join().unwrap_or_default();
        let said = said.join().unwrap_or_default();
        Ok(Ended {
            code: status.code(),
            document: if document.len() > DOCUMENT_BYTES { String::new() } else { text(document) },
            said: text(said),
            is_out_of_time,
        })
    })
}

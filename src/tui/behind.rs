//! Commands of ours that run behind the screen for what takes long: the doctor, and the matching of
//! all contacts. Their documents are what `--format json` prints.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

use serde::Deserialize;
use uuid::Uuid;

use super::data::{Check, Compared, Pair};
use super::reading;
use super::state::Event;
use crate::context::Context;
use crate::context::itself;
use crate::domain::agreement;

/// A document is no longer than this.
const DOCUMENT_BYTES: u64 = 8 << 20;
/// Pairs that are kept.
const DOUBTFUL: usize = 2_000;
const CERTAIN: usize = 200;
/// What it says of a failure.
const COMPLAINT_BYTES: u64 = 64 << 10;

/// A process that somebody waits for.
pub(super) struct Behind {
    id: u32,
    is_over: Arc<AtomicBool>,
}

impl Drop for Behind {
    /// It is told to stop where it hasn't ended by itself.
    fn drop(&mut self) {
        if !self.is_over.load(Ordering::SeqCst) {
            itself::tell_to_stop(self.id);
        }
    }
}

/// Makes all checks.
///
/// # Errors
/// It can't be started.
pub(super) fn examine(ctx: &Context, events: Sender<Event>) -> io::Result<Behind> {
    start(ctx, (&["doctor"], "json"), checks, move |checks| {
        let _ = events.send(Event::Examined(checks));
    })
}

/// Compares all contacts; only what is worth a person's look comes back.
///
/// # Errors
/// It can't be started.
pub(super) fn match_all(ctx: &Context, events: Sender<Event>) -> io::Result<Behind> {
    // A line a cluster: of a large table the whole would be many megabytes.
    let words = ["contacts", "dedupe", "--dry-run", "--explain", "--threshold", "0.3"];
    let (mut doubtful, mut certain) = (Vec::new(), Vec::new());
    let read = move |pipe: ChildStdout| -> io::Result<Vec<Pair>> {
        for line in BufReader::new(pipe).lines() {
            for pair in pairs(&line?)? {
                let (kept, most) = match pair.is_certain {
                    true => (&mut certain, CERTAIN),
                    false => (&mut doubtful, DOUBTFUL),
                };
                if kept.len() < most {
                    kept.push(pair);
                }
            }
        }
        // Somebody has to be asked about the doubtful ones; both are in the order of likelihood.
        doubtful.append(&mut certain);
        Ok(doubtful)
    };
    start(ctx, (&words, "jsonl"), read, move |pairs| {
        let _ = events.send(Event::Matched(pairs));
    })
}

fn start<T>(
    ctx: &Context,
    (words, format): (&[&str], &str),
    read: impl FnOnce(ChildStdout) -> io::Result<T> + Send + 'static,
    done: impl FnOnce(Result<T, String>) + Send + 'static,
) -> io::Result<Behind> {
    let words: Vec<String> = words
        .iter()
        .chain(&["--format", format, "--quiet"])
        .map(|word| (*word).to_owned())
        .collect();
    let mut command = ctx.itself(&words)?;
    itself::stop_with_us(&mut command);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let is_over = Arc::new(AtomicBool::new(false));
    let behind = Behind { id: child.id(), is_over: Arc::clone(&is_over) };
    let stdout = child.stdout.take();
    thread::spawn(move || {
        let found = listen(&mut child, stdout, read);
        is_over.store(true, Ordering::SeqCst);
        done(found);
    });
    Ok(behind)
}

/// What it printed, or why it failed.
fn listen<T>(
    child: &mut Child,
    stdout: Option<ChildStdout>,
    read: impl FnOnce(ChildStdout) -> io::Result<T>,
) -> Result<T, String> {
    let found = stdout.ok_or_else(|| io::Error::other("it has no output")).and_then(read);
    let mut said = String::new();
    if let Some(pipe) = child.stderr.take() {
        // What can't be read says nothing.
        let _ = pipe.take(COMPLAINT_BYTES).read_to_string(&mut said);
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    match status.code() {
        // It found trouble, which is what it looks for.
        Some(0 | 3) => found.map_err(|error| error.to_string()),
        _ => Err(complaint(&said).unwrap_or_else(|| status.to_string())),
    }
}

/// The error of a document, or of a line to read.
fn complaint(said: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Document {
        error: Told,
    }
    #[derive(Deserialize)]
    struct Told {
        message: String,
    }
    let told = |line: &str| match serde_json::from_str::<Document>(line) {
        Ok(document) => Some(document.error.message),
        Err(_) => line.strip_prefix("error: ").map(str::to_owned),
    };
    said.lines().rev().find_map(told)
}

fn checks(pipe: ChildStdout) -> io::Result<Vec<Check>> {
    #[derive(Deserialize)]
    struct Document {
        checks: Vec<One>,
    }
    #[derive(Deserialize)]
    struct One {
        check: String,
        status: String,
        detail: String,
        remedy: Option<String>,
    }
    let document: Document = serde_json::from_reader(BufReader::new(pipe.take(DOCUMENT_BYTES)))?;
    let check = |one: One| Check {
        name: one.check,
        status: reading::status(&one.status),
        detail: one.detail,
        remedy: one.remedy,
    };
    Ok(document.checks.into_iter().map(check).collect())
}

/// Those of a cluster.
fn pairs(line: &str) -> io::Result<Vec<Pair>> {
    #[derive(Deserialize)]
    struct Cluster {
        survivor_id: Uuid,
        certain: Vec<Vec<Uuid>>,
        #[serde(default)]
        pairs: Vec<One>,
    }
    #[derive(Deserialize)]
    struct One {
        left_id: Uuid,
        right_id: Uuid,
        probability: f64,
        fields: Vec<Field>,
    }
    #[derive(Deserialize)]
    struct Field {
        field: String,
        left: String,
        right: String,
        agreement: String,
        weight_bits: f64,
    }
    let Cluster { survivor_id, certain, pairs } = serde_json::from_str(line)?;
    let pair = |one: One| {
        // The one that would survive stands first.
        let turns = one.right_id == survivor_id;
        let field = |field: Field| {
            let mut values = [field.left, field.right];
            if turns {
                values.reverse();
            }
            let how = agreement::level(&field.agreement).map(str::to_owned);
            let how = how.unwrap_or(field.agreement);
            Compared { field: field.field, values, how, bits: field.weight_bits }
        };
        let mut ids = [one.left_id, one.right_id];
        let is_certain = certain.iter().any(|core| ids.iter().all(|id| core.contains(id)));
        if turns {
            ids.reverse();
        }
        let fields = one.fields.into_iter().map(field).collect();
        Pair { ids, probability: one.probability, is_certain, fields }
    };
    Ok(pairs.into_iter().map(pair).collect())
}

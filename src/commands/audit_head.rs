//! The head of the audit log's chains on its way out of the database: into the file, and to the
//! command, of the configuration.

use std::io::{self, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::atomic_file::{self, AtomicFile, Destination, READABLE};
use crate::backup::process;
use crate::bounded_file;
use crate::context::Context;
use crate::domain::audit_head::Head;
use crate::error::Failure;
use crate::local::environment;

/// Of the file of heads: those of many years.
pub const LIMIT_BYTES: usize = 64 << 20;
/// A command that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Writes the head out wherever the configuration says; what fails keeps nothing else from it.
pub fn keep(ctx: &Context, head: &Head) -> Vec<Failure> {
    let line = serde_json::to_string(head).unwrap_or_default() + "\n";
    let file = ctx.config.audit_head_file.as_deref().map(|file| add(file, &line));
    let command = ctx.config.audit_head_command.as_deref().map(|command| tell(command, &line));
    [file, command].into_iter().flatten().filter_map(Result::err).collect()
}

/// Adds the line to the file, unless it is the last one there.
fn add(file: &Path, line: &str) -> Result<(), Failure> {
    let written = || match atomic_file::destination(file)? {
        Destination::Stream(mut stream) => stream.write_all(line.as_bytes()),
        Destination::Free => AtomicFile::written(file, READABLE, line.as_bytes())?.replace(),
        Destination::File => {
            let mut text = bounded_file::read_text(file, LIMIT_BYTES)?;
            if text.ends_with(line) {
                return Ok(());
            }
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(line);
            AtomicFile::written(file, READABLE, text.as_bytes())?.replace()
        }
    };
    written().map_err(|error| {
        Failure::failed(format!("can't write the head of the audit log to {}", file.display()))
            .why(error.to_string())
            .hint("audit_head_file, or INBOXCTL_AUDIT_HEAD_FILE, names a file in a folder that is there")
    })
}

/// Runs the command by the shell, with the line on its standard input.
fn tell(text: &str, line: &str) -> Result<(), Failure> {
    let mut command = environment::shell(text);
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    let started = Instant::now();
    // Not a signal: what was closed is told of, and that takes a moment.
    let stop = || started.elapsed() > PATIENCE;
    let ended = process::run(&mut command, &stop, |stdin, _| match stdin {
        Some(mut stdin) => stdin.write_all(line.as_bytes()),
        None => Ok(()),
    });
    let why = match ended {
        Err(error) => error.to_string(),
        Ok(ended) if ended.stopped => String::from("it did not end, and was ended"),
        Ok(ended) => match (ended.complaint(), ended.worked) {
            (Some(complaint), _) => complaint,
            // It had enough before the end.
            (None, Err(error)) if error.kind() != io::ErrorKind::BrokenPipe => error.to_string(),
            (None, _) => return Ok(()),
        },
    };
    Err(Failure::failed("the command for the head of the audit log failed").why(why).hint(
        "audit_head_command, or INBOXCTL_AUDIT_HEAD_COMMAND, is run by sh with the head on its standard input",
    ))
}

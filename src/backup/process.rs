//! A client program with its pipes, watched until it ends.

use std::io::{self, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

/// So much of what it says on stderr is kept.
const COMPLAINT_BYTES: usize = 16 * 1024;
const POLL: Duration = Duration::from_millis(5);

/// How a program ended.
pub struct Ended<T> {
    pub worked: T,
    pub status: ExitStatus,
    /// What it said on stderr.
    pub said: String,
    /// It was ended because `stop` said so.
    pub stopped: bool,
}

impl<T> Ended<T> {
    /// Why it failed, in one line; `None` if it didn't.
    pub fn complaint(&self) -> Option<String> {
        if self.status.success() {
            return None;
        }
        let errors = ["error: ", "ERROR: ", "FATAL: "];
        let line = self
            .said
            .lines()
            .find(|line| errors.iter().any(|word| line.contains(word)))
            .or_else(|| self.said.lines().rfind(|line| !line.trim().is_empty()));
        Some(match (line, self.status.signal()) {
            (_, Some(signal)) => format!("it was ended by signal {signal}"),
            (Some(line), None) => line.trim().to_owned(),
            (None, None) => self.status.to_string(),
        })
    }
}

/// Runs `command`, and `work` on its pipes in another thread, until both have
/// ended; ends the program when `stop` says so. In a process group of its own,
/// so that an interrupt at the terminal is ours alone.
///
/// # Errors
/// The program can't be started.
pub fn run<T: Send>(
    command: &mut Command,
    stop: &dyn Fn() -> bool,
    work: impl FnOnce(Option<ChildStdin>, Option<ChildStdout>) -> T + Send,
) -> io::Result<Ended<T>> {
    let mut child = command.process_group(0).stderr(Stdio::piped()).spawn()?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        let listener = scope.spawn(move || stderr.map(listen).unwrap_or_default());
        let worker = scope.spawn(move || work(stdin, stdout));
        let mut stopped = false;
        let mut status = None;
        while status.is_none() || !worker.is_finished() {
            if !stopped && stop() {
                stopped = true;
                end_group(child.id());
            }
            if status.is_none() {
                status = child.try_wait()?;
            }
            thread::sleep(POLL);
        }
        let worked = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let said = listener.join().unwrap_or_default();
        let status = status.unwrap_or_default();
        Ok(Ended { worked, status, said, stopped })
    })
}

/// A program may be a script that started the real one.
fn end_group(leader: u32) {
    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        // It may have ended by itself.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

fn listen(mut stderr: impl Read) -> String {
    let mut said = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stderr.read(&mut buffer) {
            Ok(0) => break,
            // Read on, or the program would wait for us.
            Ok(read) if said.len() < COMPLAINT_BYTES => said.extend_from_slice(&buffer[..read]),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&said).into_owned()
}

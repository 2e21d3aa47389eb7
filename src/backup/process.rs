//! A client program with its pipes, watched until it ends.

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process_group};
use zeroize::Zeroizing;

use super::pace::{Meter, Pace};

/// So much of what it says on stderr is kept.
const COMPLAINT_BYTES: usize = 16 * 1024;
const POLL: Duration = Duration::from_millis(5);
/// How often it is looked at what a program computes.
const LOOK: Duration = Duration::from_secs(1);
/// Nothing came for so long.
const QUIET: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };

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
    run_metered(command, &Meter::default(), &|_| stop(), work)
}

/// As [`run`]; `stop` is told of the program's pace, as far as `work` has its pipes metered.
///
/// # Errors
/// The program can't be started.
pub fn run_metered<T: Send>(
    command: &mut Command,
    meter: &Meter,
    stop: &dyn Fn(Pace) -> bool,
    work: impl FnOnce(Option<ChildStdin>, Option<ChildStdout>) -> T + Send,
) -> io::Result<Ended<T>> {
    let mut child = command.process_group(0).stderr(Stdio::piped()).spawn()?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let listener =
            scope.spawn(|| stderr.map(|stderr| listen(stderr, &is_over)).unwrap_or_default());
        let worker = scope.spawn(move || work(stdin, stdout));
        let mut stopped = false;
        let mut status = None;
        let mut looked = Instant::now();
        while status.is_none() || !worker.is_finished() {
            if looked.elapsed() >= LOOK {
                meter.look(child.id());
                looked = Instant::now();
            }
            if !stopped && stop(meter.pace().filter(|_| status.is_none())) {
                stopped = true;
                end_group(child.id());
            }
            if status.is_none() {
                status = child.try_wait()?;
            }
            thread::sleep(POLL);
        }
        is_over.store(true, Ordering::Relaxed);
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

fn listen(stderr: impl Read + AsFd, is_over: &AtomicBool) -> String {
    let mut said = Vec::new();
    // What can't be read any more was its last word.
    let _ = read_into(&mut said, COMPLAINT_BYTES, stderr, &|| is_over.load(Ordering::Relaxed));
    String::from_utf8_lossy(&said).into_owned()
}

/// Keeps the first `most` bytes of a pipe and reads on, or the program would wait for us. It ends
/// with the pipe, or where nothing comes any more and `is_over`: what a program leaves behind in the
/// background may hold its pipes for ever.
///
/// # Errors
/// The pipe can't be read.
pub fn read_into(
    said: &mut Vec<u8>,
    most: usize,
    mut pipe: impl Read + AsFd,
    is_over: &dyn Fn() -> bool,
) -> io::Result<()> {
    let mut buffer = Zeroizing::new([0; 4096]);
    loop {
        let mut fds = [PollFd::new(&pipe, PollFlags::IN)];
        match poll(&mut fds, Some(&QUIET)) {
            Ok(0) if is_over() => return Ok(()),
            Ok(0) | Err(Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
            Ok(_) => {}
        }
        match pipe.read(&mut buffer[..]) {
            Ok(0) => return Ok(()),
            Ok(read) => {
                let room = most.saturating_sub(said.len());
                said.extend_from_slice(&buffer[..read.min(room)]);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

//! The running server: recognised by its postmaster.pid and by the process of that number, which
//! may be another one since a crash or a reboot. Stops it. Starting is in `start`.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::{LocalError, Shutdown, environment};

const STOP_DEADLINE: Duration = Duration::from_secs(60);
pub(super) const POLL: Duration = Duration::from_millis(5);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Starting,
    Ready,
    Stopping,
}

/// A server process that is alive and has this data folder.
#[derive(Debug, Clone)]
pub(super) struct Postmaster {
    pub(super) pid: u32,
    pub(super) since: Option<SystemTime>,
    pub(super) phase: Phase,
    data_dir: PathBuf,
}

impl Postmaster {
    pub(super) fn find(data_dir: &Path) -> Option<Postmaster> {
        let text = fs::read_to_string(pid_file(data_dir)).ok()?;
        let pid = first_pid(&text)?;
        if !is_server_of(pid, data_dir) {
            return None;
        }
        let since = text.lines().nth(2).and_then(|line| line.trim().parse().ok());
        let phase = match text.lines().nth(7).map(str::trim) {
            Some("ready") => Phase::Ready,
            Some("stopping") => Phase::Stopping,
            _ => Phase::Starting,
        };
        Some(Postmaster {
            pid,
            since: since.map(|seconds| UNIX_EPOCH + Duration::from_secs(seconds)),
            phase,
            data_dir: data_dir.to_path_buf(),
        })
    }

    pub(super) fn is_ready(&self) -> bool {
        self.phase == Phase::Ready
    }

    /// Whether its program was replaced since it was started, by a package update: what its
    /// sessions load from now on is of another build, and ends with "undefined symbol".
    pub(super) fn is_outdated(&self) -> bool {
        let program = fs::read_link(format!("/proc/{}/exe", self.pid));
        program.is_ok_and(|path| path.to_string_lossy().ends_with(" (deleted)"))
    }

    /// Whether anybody is connected. Only where [`Postmaster::is_outdated`] can be said.
    pub(super) fn has_sessions(&self) -> bool {
        let parent = format!("PPid:\t{}\n", self.pid);
        fs::read_dir("/proc").into_iter().flatten().flatten().any(|entry| {
            let read = |file: &str| fs::read_to_string(entry.path().join(file)).unwrap_or_default();
            read("status").contains(&parent) && read("cmdline").contains(" [local] ")
        })
    }

    /// Asks it to stop, and waits until the process and its file are gone.
    pub(super) fn stop(&self, how: Shutdown) -> Result<(), LocalError> {
        let signal = match how {
            Shutdown::Fast => "INT",
            Shutdown::Immediate => "QUIT",
        };
        send_signal(self.pid, signal)?;
        let deadline = Instant::now() + STOP_DEADLINE;
        while is_server_of(self.pid, &self.data_dir) {
            if Instant::now() >= deadline {
                return Err(LocalError::StillRunning { pid: self.pid });
            }
            thread::sleep(POLL);
        }
        Ok(())
    }
}

pub(super) fn pid_file(data_dir: &Path) -> PathBuf {
    data_dir.join("postmaster.pid")
}

/// A server in single-user mode writes its number with a minus.
pub(super) fn first_pid(text: &str) -> Option<u32> {
    text.lines().next()?.trim().trim_start_matches('-').parse().ok()
}

/// Whether process `pid` is a server that was started for this data folder, by its owner.
fn is_server_of(pid: u32, data_dir: &Path) -> bool {
    let Ok(owner) = fs::metadata(data_dir).map(|found| found.uid()) else { return false };
    let wanted = data_dir.to_string_lossy();
    process(pid).is_some_and(|found| {
        found.uid == owner
            && found.command.contains("postgres")
            && found.command.contains(&format!("-D {wanted} "))
    })
}

/// Whether there is a process `pid`, and it certainly is no server of this data folder. A zombie
/// counts: PostgreSQL would take it for alive, and where nobody reaps it, for ever. In doubt it
/// isn't: a folder that was moved under its server is still in use, and PostgreSQL itself then
/// refuses to start a second one.
pub(super) fn is_taken_by_another(pid: u32, data_dir: &Path) -> bool {
    let Some(found) = process(pid) else { return false };
    let is_session = found.command.starts_with("postgres: ");
    if !found.command.contains("postgres") || is_session {
        return true;
    }
    // A server works in its data folder.
    fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|folder| folder != data_dir)
}

struct Process {
    uid: u32,
    /// The arguments, each followed by one space; none for a zombie.
    command: String,
}

fn process(pid: u32) -> Option<Process> {
    if !cfg!(target_os = "linux") {
        return process_by_ps(pid);
    }
    let dir = PathBuf::from(format!("/proc/{pid}"));
    let command = fs::read(dir.join("cmdline")).ok()?;
    let uid = fs::metadata(&dir).ok()?.uid();
    Some(Process { uid, command: String::from_utf8_lossy(&command).replace('\0', " ") })
}

fn process_by_ps(pid: u32) -> Option<Process> {
    let said = environment::minimal(&mut Command::new("ps"))
        .args(["-ww", "-o", "uid=,stat=,command=", "-p", &pid.to_string()])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&said.stdout);
    let (uid, rest) = text.trim().split_once(' ')?;
    let (state, command) = rest.trim_start().split_once(' ')?;
    let command =
        if state.starts_with('Z') { String::new() } else { format!("{} ", command.trim()) };
    Some(Process { uid: uid.parse().ok()?, command })
}

/// Through the shell, whose `kill` is built in: minimal systems lack the program. That the
/// process may have ended in the meantime is no failure, so only the shell's own absence is.
fn send_signal(pid: u32, signal: &str) -> Result<(), LocalError> {
    let shell = Path::new("/bin/sh");
    environment::minimal(&mut Command::new(shell))
        .args(["-c", "kill -s \"$1\" \"$2\"", "sh", signal, &pid.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map(|_| ())
        .map_err(LocalError::io("run", shell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unrelated_process_is_no_server() {
        assert!(process(std::process::id()).is_some());
        assert!(process_by_ps(std::process::id()).is_none_or(|found| !found.command.is_empty()));
        assert!(!is_server_of(std::process::id(), &std::env::temp_dir()));
        assert!(process(u32::MAX).is_none());
    }

    #[test]
    fn the_pid_is_read_from_whole_and_broken_files() {
        assert_eq!(first_pid("123\n/data\n"), Some(123));
        assert_eq!(first_pid("-77\n"), Some(77));
        assert_eq!(first_pid(""), None);
        assert_eq!(first_pid("x"), None);
    }
}

//! Starts the server of a data folder, under the caller's lock, and waits until it accepts
//! connections.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::layout::{Layout, make_dir};
use super::postmaster::{POLL, Phase, Postmaster, first_pid, is_taken_by_another, pid_file};
use super::server_user::{ServerUser, effective_uid};
use super::{Binaries, LocalError, environment, settings};

const DEADLINE: Duration = Duration::from_secs(60);
const LOG_LIMIT_BYTES: u64 = 10_000_000;
const LOG_LINES_IN_ERROR: usize = 8;
/// What PostgreSQL says while sessions of a killed server are still ending.
const OLD_SESSIONS: &str = "pre-existing shared memory block";
/// `exec` with the files closed that our caller left open for us, such as the lock of `flock` in
/// a crontab: the server outlives this command and would hold it for ever. A plain POSIX shell
/// can only name files 3 to 9.
const WITHOUT_INHERITED_FILES: &str = r#"
    for file in /dev/fd/*; do
        n=${file##*/}
        case $n in
            [0-2] | *[!0-9]*) ;;
            [3-9]) eval "exec $n>&-" ;;
            *) [ -z "${BASH_VERSION-}" ] || eval "exec $n>&-" ;;
        esac
    done
    exec "$@""#;
const SHELLS: [&str; 2] = ["/bin/bash", "/bin/sh"];

pub(super) fn start(
    layout: &Layout,
    binaries: &Binaries,
    user: &ServerUser,
    own_settings: &[(String, String)],
) -> Result<(), LocalError> {
    let major = binaries.major;
    make_socket_dir(&layout.socket_dir(), user)?;
    settings::write(&layout.settings_file(major), own_settings)?;
    clear_stale_locks(layout, major, user)?;
    let deadline = Instant::now() + DEADLINE;
    loop {
        let log_start = rotate_log(&layout.log_file(major))?;
        let mut child = spawn(layout, binaries, user)?;
        match wait_for_child(layout, major, &mut child, deadline)? {
            Outcome::Ready => {
                reap(child);
                return Ok(());
            }
            Outcome::TooSlow => {
                let pid = child.id();
                reap(child);
                return Err(LocalError::StillStarting { pid, log: layout.log_file(major) });
            }
            Outcome::Ended(status) => {
                // Whoever started another was killed before that one gave a sign of itself.
                if let Some(other) = Postmaster::find(&layout.data_dir(major))
                    && wait_for_other(layout, major, other.pid)?
                {
                    return Ok(());
                }
                let said = last_lines(&layout.log_file(major), log_start);
                if !said.contains(OLD_SESSIONS) || Instant::now() >= deadline {
                    let why = if said.is_empty() { status } else { said };
                    return Err(LocalError::Start { log: layout.log_file(major), why });
                }
                thread::sleep(10 * POLL);
            }
        }
    }
}

/// Waits for a server that this call didn't start: true once it is ready, false once it is gone.
pub(super) fn wait_for_other(layout: &Layout, major: u32, pid: u32) -> Result<bool, LocalError> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        match Postmaster::find(&layout.data_dir(major)).map(|server| server.phase) {
            None => return Ok(false),
            Some(Phase::Ready) => return Ok(true),
            Some(_) if Instant::now() < deadline => thread::sleep(POLL),
            Some(Phase::Starting) => {
                return Err(LocalError::StillStarting { pid, log: layout.log_file(major) });
            }
            Some(Phase::Stopping) => return Err(LocalError::StillRunning { pid }),
        }
    }
}

enum Outcome {
    Ready,
    TooSlow,
    Ended(String),
}

/// In a process group of its own, so that an interrupt at the terminal is ours alone.
fn spawn(layout: &Layout, binaries: &Binaries, user: &ServerUser) -> Result<Child, LocalError> {
    let data_dir = layout.data_dir(binaries.major);
    let log_file = layout.log_file(binaries.major);
    let open = || OpenOptions::new().create(true).append(true).mode(0o600).open(&log_file);
    let log = open().map_err(LocalError::io("open", &log_file))?;
    let log_again = log.try_clone().map_err(LocalError::io("open", &log_file))?;
    let shell =
        SHELLS.iter().map(Path::new).find(|shell| shell.exists()).unwrap_or(Path::new("sh"));
    let mut command = Command::new(shell);
    command
        .args(["-c", WITHOUT_INHERITED_FILES, "sh"])
        .arg(binaries.dir.join("postgres"))
        .arg("-D")
        .arg(&data_dir);
    for setting in settings::fixed(layout, binaries.major) {
        command.arg("-c").arg(setting);
    }
    environment::minimal(&mut command);
    user.apply(&mut command);
    command.current_dir("/").process_group(0).stdin(Stdio::null()).stdout(log).stderr(log_again);
    command.spawn().map_err(LocalError::io("run", shell))
}

/// In /tmp anybody could have made it before us.
fn make_socket_dir(dir: &Path, user: &ServerUser) -> Result<(), LocalError> {
    let refuse = |why: &str| LocalError::SocketDir { path: dir.to_path_buf(), why: why.to_owned() };
    if fs::symlink_metadata(dir).is_err() {
        make_dir(dir, 0o700)?;
        user.give(dir)?;
    }
    let found = fs::symlink_metadata(dir).map_err(LocalError::io("look at", dir))?;
    if !found.is_dir() {
        return Err(refuse("it isn't a folder"));
    }
    if found.uid() == effective_uid() {
        // Perhaps neither closed nor given away yet: a command may have been killed before it
        // could.
        fs::set_permissions(dir, Permissions::from_mode(0o700))
            .map_err(LocalError::io("set the mode of", dir))?;
        user.give(dir)
    } else if found.uid() != user.uid() {
        Err(refuse(&format!("it belongs to the user with id {}", found.uid())))
    } else if found.mode() & 0o077 != 0 {
        // Root doesn't repair it: its owner could put a link there in between.
        Err(refuse("it is open to other users"))
    } else {
        Ok(())
    }
}

/// The number in a lock file may be another process by now, for which PostgreSQL would wait in
/// vain. The data folder's lock file also says which shared memory sessions of the old server may
/// still use, so it isn't removed: PostgreSQL takes its parent's number for a stale one, and goes
/// on to check that memory. Called only when no server runs here.
fn clear_stale_locks(layout: &Layout, major: u32, user: &ServerUser) -> Result<(), LocalError> {
    let data_dir = layout.data_dir(major);
    let stale = |path: &Path| {
        let text = fs::read_to_string(path).ok()?;
        first_pid(&text).is_none_or(|pid| is_taken_by_another(pid, &data_dir)).then_some(text)
    };
    let socket_lock = layout.socket_lock();
    if stale(&socket_lock).is_some() {
        fs::remove_file(&socket_lock).map_err(LocalError::io("remove", &socket_lock))?;
    }
    let path = pid_file(&data_dir);
    let Some(text) = stale(&path) else { return Ok(()) };
    let Some((_, rest)) = text.split_once('\n') else {
        // A crash between making and writing it.
        return fs::remove_file(&path).map_err(LocalError::io("remove", &path));
    };
    let fresh = layout.major_dir(major).join("postmaster.pid.new");
    fs::write(&fresh, format!("{}\n{rest}", std::process::id()))
        .map_err(LocalError::io("write", &fresh))?;
    fs::set_permissions(&fresh, Permissions::from_mode(0o600))
        .map_err(LocalError::io("set the mode of", &fresh))?;
    user.give(&fresh)?;
    fs::rename(&fresh, &path).map_err(LocalError::io("write", &path))
}

fn wait_for_child(
    layout: &Layout,
    major: u32,
    child: &mut Child,
    deadline: Instant,
) -> Result<Outcome, LocalError> {
    let data_dir = layout.data_dir(major);
    loop {
        if let Some(status) =
            child.try_wait().map_err(LocalError::io("watch the server of", &data_dir))?
        {
            return Ok(Outcome::Ended(format!("it ended with {status}")));
        }
        if Postmaster::find(&data_dir)
            .is_some_and(|server| server.is_ready() && server.pid == child.id())
        {
            return Ok(Outcome::Ready);
        }
        if Instant::now() >= deadline {
            return Ok(Outcome::TooSlow);
        }
        thread::sleep(POLL);
    }
}

/// The server outlives this call, and mostly this process. If it ends first, a thread takes note:
/// no zombie stays.
fn reap(mut child: Child) {
    let _ = thread::Builder::new().name("reap postgres".to_owned()).spawn(move || child.wait());
}

/// Where the log of this start begins.
fn rotate_log(path: &Path) -> Result<u64, LocalError> {
    let length = fs::metadata(path).map_or(0, |found| found.len());
    if length <= LOG_LIMIT_BYTES {
        return Ok(length);
    }
    fs::rename(path, path.with_extension("old")).map_err(LocalError::io("rename", path))?;
    Ok(0)
}

fn last_lines(path: &Path, from: u64) -> String {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|mut file| {
        file.seek(SeekFrom::Start(from))?;
        file.take(LOG_LIMIT_BYTES).read_to_end(&mut bytes)
    });
    if read.is_err() {
        return String::new();
    }
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LOG_LINES_IN_ERROR)..].join("\n")
}

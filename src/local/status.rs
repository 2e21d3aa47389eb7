//! What is there and what it is doing. Looks only: makes nothing, waits for nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::layout::Layout;
use super::postmaster::Phase;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing was made yet.
    Absent,
    Stopped,
    Starting {
        pid: u32,
    },
    Running {
        pid: u32,
        since: Option<SystemTime>,
    },
    Stopping {
        pid: u32,
    },
}

#[derive(Debug, Clone)]
pub struct Status {
    pub state: State,
    pub root: PathBuf,
    pub socket_dir: PathBuf,
    /// Of the data folder; None while there is none, like the rest.
    pub major: Option<u32>,
    pub data_dir: Option<PathBuf>,
    pub log_file: Option<PathBuf>,
    pub size_bytes: Option<u64>,
}

pub(super) fn status(layout: &Layout) -> Status {
    let running = layout.find_postmaster();
    let major =
        running.as_ref().map(|(major, _)| *major).or_else(|| layout.majors().first().copied());
    let state = match (running, major) {
        (Some((_, server)), _) => match server.phase {
            Phase::Starting => State::Starting { pid: server.pid },
            Phase::Ready => State::Running { pid: server.pid, since: server.since },
            Phase::Stopping => State::Stopping { pid: server.pid },
        },
        (None, Some(_)) => State::Stopped,
        (None, None) => State::Absent,
    };
    Status {
        state,
        root: layout.root.clone(),
        socket_dir: layout.socket_dir(),
        major,
        data_dir: major.map(|major| layout.data_dir(major)),
        log_file: major.map(|major| layout.log_file(major)),
        size_bytes: major.map(|_| size_bytes(&layout.root)),
    }
}

/// Files come and go under a running server; what vanishes meanwhile counts nothing.
pub(super) fn size_bytes(path: &Path) -> u64 {
    let Ok(found) = fs::symlink_metadata(path) else { return 0 };
    if !found.is_dir() {
        return found.len();
    }
    fs::read_dir(path).into_iter().flatten().flatten().map(|entry| size_bytes(&entry.path())).sum()
}

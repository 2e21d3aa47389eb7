//! Everything that can go wrong with the private server: what, why, and what to do next. Texts
//! only, no decisions.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::binaries::MINIMUM_MAJOR;

#[derive(Debug)]
pub enum LocalError {
    /// No server programs anywhere; `install` is the command that gets them on this system.
    NotInstalled {
        install: String,
    },
    /// Only versions that are too old.
    TooOld {
        dir: PathBuf,
        version: String,
    },
    /// The folder that the operator named has no usable programs.
    NamedBinaries {
        dir: PathBuf,
        why: String,
    },
    /// The data folder needs another major version than the programs that are here.
    WrongMajor {
        data_dir: PathBuf,
        major: u32,
        found: Vec<u32>,
    },
    /// No place for data: neither a home nor a named folder.
    NoHome,
    /// The root folder belongs to another user.
    NotYours {
        path: PathBuf,
        owner_uid: u32,
        uid: u32,
    },
    /// As root: no ordinary user to run the server as.
    NoServerUser,
    /// As root: the ordinary user that runs the server can't get to `path`, because of `closed`.
    Unreachable {
        path: PathBuf,
        closed: PathBuf,
        user: String,
    },
    /// The folder for the socket can't be trusted.
    SocketDir {
        path: PathBuf,
        why: String,
    },
    /// Another command has held the lock for too long.
    Busy {
        lock: PathBuf,
    },
    /// initdb failed; its last words.
    Create {
        why: String,
    },
    /// The server ended before it was ready; the last lines of its log.
    Start {
        log: PathBuf,
        why: String,
    },
    /// The server runs but isn't ready yet, recovering probably.
    StillStarting {
        pid: u32,
        log: PathBuf,
    },
    /// The server doesn't stop.
    StillRunning {
        pid: u32,
    },
    Io {
        what: &'static str,
        path: PathBuf,
        source: io::Error,
    },
}

impl LocalError {
    pub(super) fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> LocalError {
        let path = path.to_path_buf();
        move |source| LocalError::Io { what, path, source }
    }

    pub(super) fn not_installed() -> LocalError {
        LocalError::NotInstalled { install: super::binaries::install_command() }
    }

    /// Whether trying again later may help.
    pub fn is_busy(&self) -> bool {
        matches!(self, LocalError::Busy { .. } | LocalError::StillStarting { .. })
    }

    /// The cause, where it is known; may have several lines.
    pub fn why(&self) -> Option<String> {
        match self {
            LocalError::NotInstalled { .. } => {
                Some("neither PATH nor the usual places hold `postgres` and `initdb`".to_owned())
            }
            LocalError::TooOld { dir, version } => {
                let dir = dir.display();
                Some(format!("{dir} has version {version}; {MINIMUM_MAJOR} or later is needed"))
            }
            LocalError::WrongMajor { data_dir, major, found } => Some(format!(
                "{} was made by PostgreSQL {major}; this machine has {}",
                data_dir.display(),
                list(found)
            )),
            LocalError::NotYours { owner_uid, uid, .. } => {
                Some(format!("it belongs to the user with id {owner_uid}, and this runs as {uid}"))
            }
            LocalError::Unreachable { closed, user, .. } => Some(format!(
                "PostgreSQL refuses root, so the server runs as {user}, whom {} doesn't let through",
                closed.display()
            )),
            LocalError::NoServerUser => {
                Some("PostgreSQL refuses root, and there is no user postgres or nobody".to_owned())
            }
            LocalError::NamedBinaries { why, .. }
            | LocalError::SocketDir { why, .. }
            | LocalError::Create { why }
            | LocalError::Start { why, .. } => Some(why.clone()),
            LocalError::Io { source, .. } => Some(source.to_string()),
            LocalError::NoHome => Some("neither HOME nor XDG_DATA_HOME is set".to_owned()),
            LocalError::StillStarting { .. } => {
                Some("after a crash it first replays its log".to_owned())
            }
            LocalError::Busy { .. } | LocalError::StillRunning { .. } => None,
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Option<String> {
        match self {
            LocalError::NotInstalled { install } => Some(format!(
                "{install}; or name the folder of the server's programs in INBOXCTL_PG_BIN"
            )),
            LocalError::TooOld { .. } => {
                Some("install a newer one, or name its folder in INBOXCTL_PG_BIN".to_owned())
            }
            LocalError::NamedBinaries { .. } => Some(
                "set INBOXCTL_PG_BIN to a folder with `postgres` and `initdb`, or unset it"
                    .to_owned(),
            ),
            LocalError::WrongMajor { major, .. } => Some(format!(
                "install PostgreSQL {major}, or name its folder in INBOXCTL_PG_BIN; \
                 `inboxctl local destroy` gives the data up"
            )),
            LocalError::NoHome => Some("name a folder in INBOXCTL_DATA_DIR".to_owned()),
            LocalError::NotYours { .. } => {
                Some("run as its owner, or name another folder in INBOXCTL_DATA_DIR".to_owned())
            }
            LocalError::NoServerUser => {
                Some("run as an ordinary user, or add a user named postgres".to_owned())
            }
            LocalError::Unreachable { closed, .. } => Some(format!(
                "chmod o+x {}, or name another folder in INBOXCTL_DATA_DIR, or run as another user",
                closed.display()
            )),
            LocalError::SocketDir { .. } => {
                Some("name a folder with a shorter path in INBOXCTL_DATA_DIR".to_owned())
            }
            LocalError::Busy { .. } => Some("try again when that command has ended".to_owned()),
            LocalError::Start { log, .. } => Some(format!("the whole log is {}", log.display())),
            LocalError::StillStarting { log, .. } => {
                Some(format!("try again soon; it reports to {}", log.display()))
            }
            LocalError::StillRunning { pid } => {
                Some(format!("see what process {pid} is doing, then try again"))
            }
            LocalError::Create { .. } | LocalError::Io { .. } => None,
        }
    }
}

impl fmt::Display for LocalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LocalError::NotInstalled { .. } => {
                write!(f, "PostgreSQL's server programs aren't installed")
            }
            LocalError::TooOld { .. } => write!(f, "PostgreSQL's server programs are too old"),
            LocalError::NamedBinaries { dir, .. } => {
                write!(f, "no usable PostgreSQL server programs in {}", dir.display())
            }
            LocalError::WrongMajor { major, .. } => {
                write!(f, "the private server's data needs PostgreSQL {major}")
            }
            LocalError::NoHome => write!(f, "no place for the private server's data"),
            LocalError::NotYours { path, .. } => {
                write!(f, "{} belongs to another user", path.display())
            }
            LocalError::NoServerUser => write!(f, "no user to run the private server as"),
            LocalError::Unreachable { path, user, .. } => {
                write!(f, "{user} can't reach {}", path.display())
            }
            LocalError::SocketDir { path, .. } => {
                write!(f, "can't use {} for the socket", path.display())
            }
            LocalError::Busy { lock } => {
                write!(
                    f,
                    "another inboxctl has been starting or stopping the private server, holding {}",
                    lock.display()
                )
            }
            LocalError::Create { .. } => {
                write!(f, "initdb couldn't make the private server's data")
            }
            LocalError::Start { .. } => write!(f, "the private server didn't start"),
            LocalError::StillStarting { pid, .. } => {
                write!(f, "the private server (process {pid}) is still starting")
            }
            LocalError::StillRunning { pid } => {
                write!(f, "the private server (process {pid}) doesn't stop")
            }
            LocalError::Io { what, path, .. } => write!(f, "can't {what} {}", path.display()),
        }
    }
}

impl std::error::Error for LocalError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            LocalError::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

fn list(majors: &[u32]) -> String {
    majors.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

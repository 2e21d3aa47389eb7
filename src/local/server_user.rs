//! Who we are, and whom the server runs as. PostgreSQL refuses root, so root's server runs as an
//! ordinary user.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, lchown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{LocalError, environment};

/// initdb wants a user that has an entry in passwd; every system has the second of these.
const ORDINARY_USERS: &[&str] = &["postgres", "nobody"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ServerUser {
    Ourselves { uid: u32 },
    Other { uid: u32, gid: u32, name: String },
}

impl ServerUser {
    /// The owner of the data, if there are any; else ourselves, or as root an ordinary user.
    pub(super) fn choose(data_dir: &Path) -> Result<ServerUser, LocalError> {
        let uid = effective_uid();
        if uid != 0 {
            return Ok(ServerUser::Ourselves { uid });
        }
        if let Ok(data) = fs::symlink_metadata(data_dir)
            && data.uid() != 0
        {
            let name = id(&["-un", &data.uid().to_string()])
                .unwrap_or_else(|| format!("user {}", data.uid()));
            return Ok(ServerUser::Other { uid: data.uid(), gid: data.gid(), name });
        }
        let known = ORDINARY_USERS.iter().find_map(|name| {
            let uid = id(&["-u", name])?.parse().ok()?;
            let gid = id(&["-g", name])?.parse().ok()?;
            Some(ServerUser::Other { uid, gid, name: (*name).to_owned() })
        });
        known.ok_or(LocalError::NoServerUser)
    }

    pub(super) fn uid(&self) -> u32 {
        match self {
            ServerUser::Ourselves { uid } | ServerUser::Other { uid, .. } => *uid,
        }
    }

    /// Lets `command` run as this user; the standard library then drops root's supplementary
    /// groups too.
    pub(super) fn apply(&self, command: &mut Command) {
        if let ServerUser::Other { uid, gid, .. } = self {
            command.uid(*uid).gid(*gid);
        }
    }

    pub(super) fn give(&self, path: &Path) -> Result<(), LocalError> {
        match self {
            ServerUser::Ourselves { .. } => Ok(()),
            ServerUser::Other { uid, gid, .. } => lchown(path, Some(*uid), Some(*gid))
                .map_err(LocalError::io("change the owner of", path)),
        }
    }

    /// Whether this user can get to `path`; folders on the way that don't exist yet will let them
    /// through.
    pub(super) fn check_reach(&self, path: &Path) -> Result<(), LocalError> {
        let ServerUser::Other { uid, gid, name } = self else { return Ok(()) };
        let mut on_the_way: Vec<&Path> = path.ancestors().collect();
        on_the_way.reverse();
        for dir in on_the_way {
            let Ok(found) = fs::metadata(dir) else { return Ok(()) };
            let search_bit = if found.uid() == *uid {
                0o100
            } else if found.gid() == *gid {
                0o010
            } else {
                0o001
            };
            if found.permissions().mode() & search_bit == 0 {
                return Err(LocalError::Unreachable {
                    path: path.to_path_buf(),
                    closed: dir.to_path_buf(),
                    user: name.clone(),
                });
            }
        }
        Ok(())
    }
}

/// Refuses a root folder of somebody else: root would be led by the owner's links, and anybody
/// else would see nothing there and call that "absent".
pub(super) fn check_own(root: &Path) -> Result<(), LocalError> {
    let uid = effective_uid();
    match fs::metadata(root) {
        Ok(found) if found.uid() != uid => {
            Err(LocalError::NotYours { path: root.to_path_buf(), owner_uid: found.uid(), uid })
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(LocalError::io("look at", root)(error))
        }
        _ => Ok(()),
    }
}

/// The standard library doesn't tell. A process's folder in /proc always belongs to its effective
/// user.
pub(super) fn effective_uid() -> u32 {
    static UID: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    *UID.get_or_init(|| match fs::metadata("/proc/self") {
        Ok(found) => found.uid(),
        // Without an answer, the one that promises least: an ordinary user that owns nothing.
        Err(_) => id(&["-u"]).and_then(|text| text.parse().ok()).unwrap_or(u32::MAX),
    })
}

fn id(arguments: &[&str]) -> Option<String> {
    let said = environment::minimal(&mut Command::new("id"))
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    said.status.success().then(|| String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

//! Where things lie: the default root, the paths below it, the socket's folder, the URL. Makes
//! folders, decides nothing about the server.

use std::env;
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::postmaster::Postmaster;
use super::server_user::effective_uid;
use super::{LocalError, SUPERUSER};

/// Bytes of a socket's path that fit beside the closing zero in `sockaddr_un`.
const SOCKET_PATH_LIMIT: usize = if cfg!(target_os = "linux") { 107 } else { 103 };
/// Data folders that are half made or half removed start like this, and are swept.
const LEFTOVER: &str = "data.";

/// Paths below one root; the root is absolute, and free of links as far as it exists.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) root: PathBuf,
    /// Names the socket, and is TCP's if the settings open that.
    pub(super) port: u16,
}

impl Layout {
    pub(super) fn new(root: &Path, port: u16) -> Layout {
        Layout { root: resolve(root), port }
    }

    pub(super) fn lock_file(&self) -> PathBuf {
        self.root.join("lock")
    }

    pub(super) fn major_dir(&self, major: u32) -> PathBuf {
        self.root.join(major.to_string())
    }

    pub(super) fn data_dir(&self, major: u32) -> PathBuf {
        self.major_dir(major).join("data")
    }

    pub(super) fn settings_file(&self, major: u32) -> PathBuf {
        self.major_dir(major).join("settings.conf")
    }

    pub(super) fn log_file(&self, major: u32) -> PathBuf {
        self.major_dir(major).join("log")
    }

    pub(super) fn has_data(&self, major: u32) -> bool {
        self.is_ours(major) && self.data_dir(major).join("PG_VERSION").exists()
    }

    /// The settings are written before the data and removed after them: data without them are
    /// somebody else's, whose packages may use the same names.
    pub(super) fn is_ours(&self, major: u32) -> bool {
        self.settings_file(major).exists()
    }

    /// Of the data folders that are here, the newest first.
    pub(super) fn majors(&self) -> Vec<u32> {
        let mut majors = self.major_dirs();
        majors.retain(|major| self.has_data(*major));
        majors.sort_unstable_by(|a, b| b.cmp(a));
        majors
    }

    pub(super) fn major_dirs(&self) -> Vec<u32> {
        let majors = names_in(&self.root).into_iter().filter_map(|name| name.parse().ok());
        majors.filter(|major| self.is_ours(*major)).collect()
    }

    /// The server that runs, if any; only one of the data folders can have one.
    pub(super) fn find_postmaster(&self) -> Option<(u32, Postmaster)> {
        let majors = self.majors().into_iter();
        majors.filter_map(|major| Some((major, Postmaster::find(&self.data_dir(major))?))).next()
    }

    /// A name for a data folder that is being made or removed, which no other process takes.
    pub(super) fn leftover(&self, major: u32) -> PathBuf {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let name = format!("{LEFTOVER}{}-{}", std::process::id(), now.as_nanos());
        self.major_dir(major).join(name)
    }

    /// Removes what a killed command left. What an orphaned initdb still writes to waits for the
    /// next time.
    pub(super) fn sweep(&self) {
        for major in self.major_dirs() {
            let dir = self.major_dir(major);
            for name in names_in(&dir).iter().filter(|name| name.starts_with(LEFTOVER)) {
                let _ = fs::remove_dir_all(dir.join(name));
            }
        }
    }

    pub(super) fn socket(&self) -> PathBuf {
        self.socket_dir().join(self.socket_name())
    }

    pub(super) fn socket_lock(&self) -> PathBuf {
        self.socket_dir().join(format!("{}.lock", self.socket_name()))
    }

    fn socket_name(&self) -> String {
        format!(".s.PGSQL.{}", self.port)
    }

    /// Below the root, where that fits and has no comma, at which libpq would split a list of
    /// hosts. Else in /tmp, and not in XDG_RUNTIME_DIR: that goes away when the user logs out and
    /// isn't set for cron, while the server runs on and every command must find the same place.
    pub(super) fn socket_dir(&self) -> PathBuf {
        let near = self.root.join("socket");
        let length = near.join(self.socket_name()).as_os_str().len();
        if length <= SOCKET_PATH_LIMIT && !near.as_os_str().as_bytes().contains(&b',') {
            return near;
        }
        let hash = fnv1a(self.root.as_os_str().as_bytes());
        PathBuf::from(format!("/tmp/inboxctl-{}-{hash:016x}", effective_uid()))
    }
}

/// `data_dir`/postgres if the operator named one, else where this system keeps a user's data.
/// Root's home is closed to the user that the server then runs as, so root's data lie with those
/// of the system's services.
pub(super) fn default_root(data_dir: Option<&Path>, uid: u32) -> Result<PathBuf, LocalError> {
    if let Some(dir) = data_dir {
        return Ok(dir.join("postgres"));
    }
    let mac = cfg!(target_os = "macos");
    if uid == 0 {
        let base = if mac { "/Library/Application Support" } else { "/var/lib" };
        return Ok(Path::new(base).join("inboxctl/postgres"));
    }
    let home = env::home_dir().filter(|home| home.is_absolute());
    let named = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|dir| dir.is_absolute());
    let base = match (named, home) {
        (_, Some(home)) if mac => home.join("Library/Application Support"),
        (Some(named), _) => named,
        (None, Some(home)) => home.join(".local/share"),
        (None, None) => return Err(LocalError::NoHome),
    };
    Ok(base.join("inboxctl/postgres"))
}

/// Links in the part that exists are followed, so that one folder has one name, whichever way it
/// is reached.
fn resolve(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for existing in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(existing), path.strip_prefix(existing)) {
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    path
}

pub(super) fn names_in(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// Folders above the root. Root's get a mode that lets the server's user through, whatever the
/// umask says.
pub(super) fn make_parents(root: &Path) -> Result<(), LocalError> {
    let missing: Vec<&Path> = root.ancestors().skip(1).take_while(|dir| !dir.exists()).collect();
    for dir in missing.into_iter().rev() {
        if effective_uid() == 0 {
            make_own_dir(dir)?;
        } else {
            ignore_existing(fs::create_dir(dir)).map_err(LocalError::io("make the folder", dir))?;
        }
    }
    Ok(())
}

/// A folder of ours: for nobody else, or, if we are root, passable for the server's user.
pub(super) fn make_own_dir(dir: &Path) -> Result<(), LocalError> {
    make_dir(dir, if effective_uid() == 0 { 0o711 } else { 0o700 })
}

pub(super) fn make_dir(dir: &Path, mode: u32) -> Result<(), LocalError> {
    let made = DirBuilder::new().mode(mode).create(dir);
    let fresh = made.is_ok();
    ignore_existing(made).map_err(LocalError::io("make the folder", dir))?;
    if fresh {
        // The umask may have taken bits away.
        fs::set_permissions(dir, Permissions::from_mode(mode))
            .map_err(LocalError::io("set the mode of", dir))?;
    }
    Ok(())
}

fn ignore_existing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

pub(super) fn url(socket_dir: &Path, port: u16, database: &str) -> String {
    let host = percent_encode(socket_dir.as_os_str().as_bytes(), b"/");
    let database = percent_encode(database.as_bytes(), b"");
    format!("postgresql:///{database}?host={host}&port={port}&user={SUPERUSER}")
}

fn percent_encode(bytes: &[u8], also_plain: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || also_plain.contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// Written out because the standard library's hashes may change from one release to the next, and
/// a program must find the socket of a server that its predecessor started.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_survive_any_path_and_name() {
        assert_eq!(
            url(Path::new("/a b/ü&=?/socket"), 5432, "x/y z"),
            "postgresql:///x%2Fy%20z?host=/a%20b/%C3%BC%26%3D%3F/socket&port=5432&user=inbox"
        );
    }

    #[test]
    fn a_long_root_moves_the_socket_and_always_to_the_same_place() {
        let short = Layout::new(Path::new("/nonexistent/root"), 5432);
        assert_eq!(short.socket_dir(), Path::new("/nonexistent/root/socket"));
        let root = PathBuf::from(format!("/nonexistent/{}", "x".repeat(100)));
        let long = Layout::new(&root, 5432);
        assert!(long.socket_dir().starts_with("/tmp"));
        assert!(long.socket().as_os_str().len() <= SOCKET_PATH_LIMIT);
    }

    #[test]
    fn the_operators_folder_goes_before_the_usual_place() {
        let root = default_root(Some(Path::new("/somewhere")), 0);
        assert_eq!(root.ok(), Some(PathBuf::from("/somewhere/postgres")));
    }
}

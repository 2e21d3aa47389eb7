//! The lock that lets one command at a time make, start, stop or remove the server. It ends with
//! the process that holds it, and no child inherits it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::LocalError;

/// More than a server may take to start under the lock.
const PATIENCE: Duration = Duration::from_secs(90);
const POLL: Duration = Duration::from_millis(10);

/// Held until the file is dropped; None if the lock's folder is missing. `waiting` is called
/// once, if another holds it. Polled, so that a signal is noticed and a holder that hangs doesn't
/// hang everybody.
pub(super) fn exclusive(
    path: &Path,
    waiting: &mut dyn FnMut(),
) -> Result<Option<File>, LocalError> {
    let deadline = Instant::now() + PATIENCE;
    let mut told = false;
    loop {
        let mut options = OpenOptions::new();
        let file = match options.create(true).truncate(false).write(true).mode(0o600).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(LocalError::io("open the lock file", path)(error)),
        };
        match file.try_lock() {
            Ok(()) if is_still_there(&file, path) => return Ok(Some(file)),
            // Its last holder was `destroy`, which removed it: the next one to come would lock
            // another file.
            Ok(()) => continue,
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::Error(error)) => {
                return Err(LocalError::io("lock", path)(error));
            }
        }
        if Instant::now() >= deadline {
            return Err(LocalError::Busy { lock: path.to_path_buf() });
        }
        if !told {
            waiting();
            told = true;
        }
        thread::sleep(POLL);
    }
}

fn is_still_there(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(named)) => (held.dev(), held.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

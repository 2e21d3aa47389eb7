//! The keyring's file: who may read it, and how it is replaced.
//!
//! A room of its own: it is I/O, so no matter of `domain`; it speaks no SQL; and
//! `config` only reads what the environment says. What the text means is
//! `domain::vault`'s.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::atomic_file::{AtomicFile, PRIVATE};
use crate::bounded_file;
use crate::domain::consent::Consent;
use crate::error::Failure;

/// Hundreds of keys are less.
const LIMIT_BYTES: usize = 1 << 20;
/// A writer holds the lock for as long as a file takes to write.
const PATIENCE: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(10);

/// The text of a keyring that nobody else can read or change.
///
/// # Errors
/// Usage: it isn't there. Refused: others can read or write it, or it belongs to
/// somebody else.
pub fn read(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let file = bounded_file::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => missing(path),
        _ => unreadable(path, error.to_string()),
    })?;
    // Of the open file, so that it can't be exchanged between check and use.
    let facts = file.metadata().map_err(|error| unreadable(path, error.to_string()))?;
    require_private(path, &facts)?;
    let bytes = bounded_file::read_from(file, LIMIT_BYTES)
        .map_err(|error| unreadable(path, error.to_string()))?;
    let bytes = Zeroizing::new(bytes);
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(unreadable(path, String::from("it is not UTF-8"))),
    }
}

fn require_private(path: &Path, facts: &fs::Metadata) -> Result<(), Failure> {
    let refused = |why: String, hint: String| {
        Err(Failure::refused(format!("will not use the keyring {}", path.display()))
            .why(why)
            .hint(hint))
    };
    let own = rustix::process::geteuid().as_raw();
    if facts.uid() != own && facts.uid() != 0 {
        return refused(
            format!("it belongs to the user with the number {}", facts.uid()),
            String::from("have it owned by the user that runs inboxctl, or by root"),
        );
    }
    if facts.mode() & 0o077 != 0 {
        return refused(
            format!("others can get at it: its mode is {:04o}", facts.mode() & 0o7777),
            format!(
                "run `chmod 600 {}`; if others had the chance to read it, rotate to a new key",
                path.display()
            ),
        );
    }
    Ok(())
}

fn missing(path: &Path) -> Failure {
    Failure::usage("there is no keyring")
        .why(format!("{} does not exist", path.display()))
        .hint("run `inboxctl keys generate`, or name another file in INBOXCTL_KEYRING_FILE")
}

fn unreadable(path: &Path, why: String) -> Failure {
    Failure::failed(format!("the keyring {} can't be read", path.display())).why(why)
}

fn unwritable(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| {
        Failure::failed(format!("the keyring {} can't be written", path.display()))
            .why(error.to_string())
    }
}

/// The right to replace a keyring, for as long as it lives. Ends with the
/// process, however that ends.
#[derive(Debug)]
pub struct Writer {
    path: PathBuf,
    _lock: File,
}

impl Writer {
    /// Waits for another writer. Makes the folder if it isn't there.
    ///
    /// # Errors
    /// Busy, or the folder can't be made or locked.
    pub fn open(path: &Path) -> Result<Writer, Failure> {
        // A link stays one: what it points at is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .map_err(unwritable(&path))?;
        // The folder is locked and not the file, which each writer replaces.
        let lock = File::open(&folder).map_err(unwritable(&path))?;
        let end = Instant::now() + PATIENCE;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Writer { path, _lock: lock }),
                Err(TryLockError::WouldBlock) if Instant::now() < end => thread::sleep(POLL),
                Err(TryLockError::WouldBlock) => {
                    return Err(Failure::busy("another inboxctl is changing the keyring")
                        .hint("try again when it is done"));
                }
                Err(TryLockError::Error(error)) => return Err(unwritable(&path)(error)),
            }
        }
    }

    /// Writes the first keyring. One that is there is never overwritten.
    ///
    /// # Errors
    /// Refused: there is a file. Or it can't be written.
    pub fn create(&self, text: &str) -> Result<(), Failure> {
        match self.write_aside(text)?.place() {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(Failure::refused("there is a keyring already")
                    .why(format!(
                        "{} exists, and without its keys no credentials open",
                        self.path.display()
                    ))
                    .hint("to change to a new key, run `inboxctl keys stage`"))
            }
            Err(error) => Err(unwritable(&self.path)(error)),
        }
    }

    /// Replaces the keyring by one that has all its keys.
    ///
    /// # Errors
    /// It can't be written; the old one is still there.
    pub fn extend(&self, text: &str) -> Result<(), Failure> {
        self.write_aside(text)?.replace().map_err(unwritable(&self.path))
    }

    /// Replaces the keyring by one that lacks a key: what was sealed under it is
    /// lost.
    ///
    /// # Errors
    /// As for [`Writer::extend`].
    pub fn remove(&self, text: &str, _consent: &Consent) -> Result<(), Failure> {
        self.extend(text)
    }

    /// Keeps a key that goes, beside the keyring and as private, for backups that need it.
    ///
    /// # Errors
    /// It can't be written.
    pub fn keep_copy(&self, id: &str, text: &str) -> Result<PathBuf, Failure> {
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".retired-{id}"));
        let path = self.path.with_file_name(name);
        AtomicFile::written(&path, PRIVATE, text.as_bytes())
            .and_then(AtomicFile::replace)
            .map_err(unwritable(&path))?;
        Ok(path)
    }

    fn write_aside(&self, text: &str) -> Result<AtomicFile, Failure> {
        AtomicFile::written(&self.path, PRIVATE, text.as_bytes()).map_err(unwritable(&self.path))
    }
}

//! The table of contents of a backup in the custom format, read without a program.

use std::io::{self, Write};

use age::x25519::Identity;

use super::stored::Stored;
use super::stream::{self, ReadError};
use crate::domain::backup::toc::{self, Entry, Unread};
use crate::error::Failure;

/// No table of contents is longer.
const MOST_BYTES: usize = 1 << 30;
const FIRST_LOOK_BYTES: usize = 1 << 20;

/// `None` where it is of no known form.
///
/// # Errors
/// The file can't be read.
pub fn entries(stored: Stored<'_>, identities: &[Identity]) -> Result<Option<Vec<Entry>>, Failure> {
    beginning(stored, identities, toc::read)
}

/// The version of the pg_dump that wrote it; `None` as above.
///
/// # Errors
/// The file can't be read.
pub fn pg_dump_version(
    stored: Stored<'_>,
    identities: &[Identity],
) -> Result<Option<String>, Failure> {
    beginning(stored, identities, toc::pg_dump_version)
}

fn beginning<T>(
    stored: Stored<'_>,
    identities: &[Identity],
    read: fn(&[u8]) -> Result<T, Unread>,
) -> Result<Option<T>, Failure> {
    let file = stored.open()?;
    let found = Err(Unread::Cut);
    let mut start = Start { bytes: Vec::new(), look_at: FIRST_LOOK_BYTES, read, found };
    match stream::feed(&file, identities, &mut start) {
        Err(ReadError::Io(error)) if error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(stored.unreadable(&error));
        }
        // What is damaged ends there.
        _ => start.look(),
    }
    Ok(start.found.ok())
}

/// Takes as much as it needs.
struct Start<T> {
    bytes: Vec<u8>,
    look_at: usize,
    read: fn(&[u8]) -> Result<T, Unread>,
    found: Result<T, Unread>,
}

impl<T> Start<T> {
    fn is_cut(&self) -> bool {
        matches!(self.found, Err(Unread::Cut))
    }

    fn look(&mut self) {
        if self.is_cut() {
            self.found = (self.read)(&self.bytes);
        }
    }
}

impl<T> Write for Start<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= self.look_at {
            self.look();
            self.look_at *= 2;
        }
        match self.is_cut() && self.bytes.len() <= MOST_BYTES {
            true => Ok(bytes.len()),
            false => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

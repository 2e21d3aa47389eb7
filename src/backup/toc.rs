//! The table of contents of a backup in the custom format, read without a program.

use std::io::{self, Write};
use std::path::Path;

use age::x25519::Identity;

use super::programs::unreadable;
use super::stream::{self, ReadError};
use crate::bounded_file;
use crate::domain::backup::toc::{self, Entry, Unread};
use crate::error::Failure;

/// No table of contents is longer.
const MOST_BYTES: usize = 1 << 30;
const FIRST_LOOK_BYTES: usize = 1 << 20;

/// `None` where it is of no known form.
///
/// # Errors
/// The file can't be read.
pub fn entries(path: &Path, identities: &[Identity]) -> Result<Option<Vec<Entry>>, Failure> {
    let file = bounded_file::open(path).map_err(|error| unreadable(path, &error))?;
    let mut start = Start { bytes: Vec::new(), look_at: FIRST_LOOK_BYTES, found: Err(Unread::Cut) };
    match stream::feed(&file, identities, &mut start) {
        Err(ReadError::Io(error)) if error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(unreadable(path, &error));
        }
        // What is damaged ends there.
        _ => start.look(),
    }
    Ok(start.found.ok())
}

/// Takes as much as it needs.
struct Start {
    bytes: Vec<u8>,
    look_at: usize,
    found: Result<Vec<Entry>, Unread>,
}

impl Start {
    fn look(&mut self) {
        if self.found == Err(Unread::Cut) {
            self.found = toc::read(&self.bytes);
        }
    }
}

impl Write for Start {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= self.look_at {
            self.look();
            self.look_at *= 2;
        }
        match self.found == Err(Unread::Cut) && self.bytes.len() <= MOST_BYTES {
            true => Ok(bytes.len()),
            false => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

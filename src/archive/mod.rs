//! Files of archived rows: written so that what is on the disk is known to be
//! right before anything is deleted, and read with the same care.
//!
//! A room of its own, as `keyring` is: I/O without SQL. What a manifest says and
//! what it is held against is `domain::archive`'s.

mod folder;
mod reader;
mod writer;

pub use folder::{Entry, list};
pub use reader::Archive;
pub use writer::Writer;

pub use crate::domain::archive::{About, Manifest};

use std::fs::File;
use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

use crate::domain::archive::hex;

/// A row is in memory as a whole, several times over. No message, no contact is as long; what
/// unpacks to longer lines was made to fill the memory.
const ROW_LIMIT_BYTES: u64 = 64 << 20;

/// A file that passes through here is counted and hashed on its way.
struct Hashed<F> {
    file: F,
    bytes: u64,
    hash: Sha256,
}

impl<F> Hashed<F> {
    fn new(file: F) -> Hashed<F> {
        Hashed { file, bytes: 0, hash: Sha256::new() }
    }

    fn note(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.hash.update(bytes);
    }

    /// The file, the number of bytes, and their SHA-256.
    fn end(self) -> (F, u64, String) {
        (self.file, self.bytes, hex(&self.hash.finalize()))
    }
}

impl<F: Write> Write for Hashed<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.note(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl<F: Read> Read for Hashed<F> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(bytes)?;
        self.note(&bytes[..read]);
        Ok(read)
    }
}

/// Has the next reader read the disk and not the memory that was written to it.
/// Where the system can't, it reads the memory.
fn forget_cached(file: &File) {
    #[cfg(target_os = "linux")]
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
    #[cfg(not(target_os = "linux"))]
    let _ = file;
}

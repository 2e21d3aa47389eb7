//! Files of archived rows: written so that what is on the disk is known to be
//! right before anything is deleted, and read with the same care.
//!
//! A room of its own, as `keyring` is: I/O without SQL. What a manifest says and
//! what it is held against is `domain::archive`'s.

mod folder;
mod reader;
mod rewriting;
mod writer;

pub use folder::{Entry, list};
pub use reader::Archive;
pub use rewriting::{manifest_of, remove_replaced, rewrite};
pub use writer::Writer;

pub use crate::domain::archive::{About, Manifest};

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::domain::archive::{AGE_SUFFIX, MANIFEST_SUFFIX, ROWS_SUFFIX, hex};
use crate::error::Failure;

/// A row is in memory as a whole, several times over. No message, no contact is as long; what
/// unpacks to longer lines was made to fill the memory.
const ROW_LIMIT_BYTES: u64 = 64 << 20;

/// Takes an archive away, by the path of its manifest.
///
/// # Errors
/// One of its files can't be removed.
pub fn remove(manifest: &Path) -> Result<(), Failure> {
    let path = manifest.display().to_string();
    let rows = path.strip_suffix(MANIFEST_SUFFIX).unwrap_or(&path).to_owned() + ROWS_SUFFIX;
    let sealed = rows.clone() + AGE_SUFFIX;
    let rows = if Path::new(&sealed).exists() { sealed } else { rows };
    // Rows without a manifest are known to be nothing.
    fs::remove_file(manifest)
        .and_then(|()| fs::remove_file(&rows))
        .map_err(|error| Failure::failed(format!("{path} can't be removed")).why(error.to_string()))
}

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

/// Has the next reader read the disk and not the memory that was written to it.
/// Where the system can't, it reads the memory.
fn forget_cached(file: &File) {
    #[cfg(target_os = "linux")]
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
    #[cfg(not(target_os = "linux"))]
    let _ = file;
}

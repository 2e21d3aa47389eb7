//! A file in Prometheus' text format, for the textfile collector of its node
//! exporter, which may read it at any moment.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::atomic_file::{self, AtomicFile, Destination, READABLE};
use crate::bounded_file;
use crate::error::Failure;

/// Larger than any text of metrics.
const LIMIT_BYTES: usize = 16 << 20;

/// What the last run wrote; nothing where there is no such file.
pub fn previous(path: &Path) -> String {
    match fs::symlink_metadata(path) {
        Ok(facts) if facts.is_file() => {
            bounded_file::read_text(path, LIMIT_BYTES).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// Replaces the file: a reader sees the old text or the new one. A device or a pipe is written to.
///
/// # Errors
/// The folder isn't there, can't be written to, or is full; a link stands there.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let written = || match atomic_file::destination(path)? {
        Destination::Stream(mut stream) => stream.write_all(text.as_bytes()),
        Destination::Free | Destination::File => {
            AtomicFile::written(path, READABLE, text.as_bytes())?.replace()
        }
    };
    written().map_err(|error| {
        Failure::failed(format!("can't write the metrics to {}", path.display()))
            .why(error.to_string())
            .hint("name a file in a folder that is there and may be written to")
    })
}

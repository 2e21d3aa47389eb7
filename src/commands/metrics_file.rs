//! A file in Prometheus' text format, for the textfile collector of its node
//! exporter, which may read it at any moment.

use std::path::Path;

use crate::error::Failure;
use crate::whole_file::{READABLE, WholeFile};

/// Replaces the file: a reader sees the old text or the new one.
///
/// # Errors
/// The folder isn't there, can't be written to, or is full.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let written = WholeFile::written(path, READABLE, text.as_bytes());
    written.and_then(WholeFile::replace).map_err(|error| {
        Failure::failed(format!("can't write the metrics to {}", path.display()))
            .why(error.to_string())
            .hint("name a file in a folder that is there and may be written to")
    })
}

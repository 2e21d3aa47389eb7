//! A file in Prometheus' text format, for the textfile collector of its node
//! exporter, which may read it at any moment.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Failure;

/// Writes beside it, then renames: a reader sees the old text or the new one.
///
/// # Errors
/// The folder isn't there, can't be written to, or is full.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let beside = beside(path);
    replace(path, &beside, text).map_err(|error| {
        // What is left of a failed try is in nobody's way, but untidy.
        let _ = fs::remove_file(&beside);
        Failure::failed(format!("can't write the metrics to {}", path.display()))
            .why(error.to_string())
            .hint("name a file in a folder that is there and may be written to")
    })
}

fn replace(path: &Path, beside: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(beside, path)
}

/// The collector reads `*.prom` only; two runs at once don't share a name.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

//! `--config`, and reading the file that it names.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::domain::settings_file::{self, SettingsFile};
use crate::error::Failure;

/// The file of a folder, where no other one is named.
const USUAL: &str = "inboxctl.toml";

/// What is longer is no file of settings.
const LIMIT_BYTES: u64 = 1 << 20;

#[derive(Debug, Args)]
pub struct SettingsArgs {
    /// Read the settings from this file [default: inboxctl.toml, if it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl SettingsArgs {
    /// Without a file and without a name for one, everything is as usual.
    ///
    /// # Errors
    /// A file that can't be read or understood.
    pub fn read(&self) -> Result<SettingsFile, Failure> {
        match &self.config {
            Some(file) => read(file),
            None if Path::new(USUAL).exists() => read(Path::new(USUAL)),
            None => Ok(SettingsFile::default()),
        }
    }
}

/// Reads the settings of a file that has to be there.
///
/// # Errors
/// A file that can't be read or understood.
pub fn read(path: &Path) -> Result<SettingsFile, Failure> {
    let file = path.display();
    let text = text(path).map_err(|error| {
        Failure::usage(format!("{file} can't be read"))
            .why(error.to_string())
            .hint("the README shows one; --config names another file")
    })?;
    settings_file::parse(&text)
        .map_err(|why| Failure::usage(format!("{file} can't be used")).why(why))
}

fn text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let read = fs::File::open(path)?.take(LIMIT_BYTES + 1).read_to_string(&mut text)? as u64;
    if read > LIMIT_BYTES {
        return Err(io::Error::other("it is longer than a megabyte"));
    }
    Ok(text)
}

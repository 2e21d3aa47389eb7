//! A dump that is read: by its path, and by the name that people know.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::bounded_file;
use crate::error::Failure;

/// A dump to read.
#[derive(Clone, Copy)]
pub struct Stored<'a> {
    /// Where its bytes are.
    pub path: &'a Path,
    /// As people read it.
    pub name: &'a str,
}

impl Stored<'_> {
    /// # Errors
    /// It isn't there, or can't be read.
    pub fn open(self) -> Result<File, Failure> {
        bounded_file::open(self.path).map_err(|error| self.unreadable(&error))
    }

    pub fn unreadable(self, error: &io::Error) -> Failure {
        unreadable(Path::new(self.name), error)
    }
}

pub fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::failed(format!("{} can't be read", path.display())).why(error.to_string())
}

//! What a backup is written into: a file that gets its name when it is whole, or standard output.

use std::io::{self, IsTerminal as _, Seek as _, Write};
use std::path::{Path, PathBuf};

use crate::atomic_file::AtomicFile;
use crate::backup::files;
use crate::backup::pipe::Pipe;
use crate::domain::backup::Manifest;
use crate::error::Failure;

/// Where a backup goes.
#[derive(Debug, Clone, Copy)]
pub enum Out<'a> {
    /// A file, or a folder; `None` is the folder that is set.
    Path(Option<&'a Path>),
    /// Standard output; its manifest goes there.
    Stream(&'a Path),
}

impl Out<'_> {
    /// What speaks against a stream, before any work.
    ///
    /// # Errors
    /// Its manifest has no place, or standard output is a terminal.
    pub(super) fn require_free(self) -> Result<(), Failure> {
        let Out::Stream(manifest) = self else { return Ok(()) };
        files::require_free(manifest)?;
        files::require_folder(manifest)?;
        if io::stdout().is_terminal() {
            return Err(Failure::usage("standard output is a terminal")
                .why("a backup is no text")
                .hint("let a program take it from there: ... | rclone rcat REMOTE:FILE"));
        }
        Ok(())
    }
}

pub(super) enum Sink<'a> {
    File(AtomicFile),
    Stream { pipe: Pipe<'a>, manifest: &'a Path, is_untouched: bool },
}

impl<'a> Sink<'a> {
    /// # Errors
    /// Something has a name that it needs already, the folder can't be written to, or standard output
    /// is a terminal.
    pub(super) fn open(
        out: Out<'a>,
        path: &Path,
        stop: &'a (dyn Fn() -> bool + Sync),
    ) -> Result<Sink<'a>, Failure> {
        let Out::Stream(manifest) = out else { return files::create(path).map(Sink::File) };
        out.require_free()?;
        let closed = |error: io::Error| {
            Failure::failed("standard output can't be written").why(error.to_string())
        };
        let pipe = Pipe::stdout(stop).map_err(closed)?;
        Ok(Sink::Stream { pipe, manifest, is_untouched: true })
    }

    /// Whether what was written can be taken back, and it was.
    ///
    /// # Errors
    /// The file.
    pub(super) fn begin_again(&mut self) -> io::Result<bool> {
        match self {
            Sink::File(partial) => {
                partial.file.set_len(0)?;
                partial.file.rewind()?;
                Ok(true)
            }
            Sink::Stream { is_untouched, .. } => Ok(*is_untouched),
        }
    }

    pub(super) fn stand_at(&mut self, path: &Path) {
        if let Sink::File(partial) = self {
            partial.stand_at(path.to_owned());
        }
    }

    /// Gives it its name and its manifest, and says where that is.
    ///
    /// # Errors
    /// They can't be written, or something took a name meanwhile.
    pub(super) fn keep(self, path: &Path, manifest: &Manifest) -> Result<PathBuf, Failure> {
        match self {
            Sink::File(partial) => {
                files::keep(partial, manifest)?;
                Ok(files::manifest_path(path))
            }
            Sink::Stream { manifest: place, .. } => {
                files::place_manifest(place, manifest)?;
                Ok(place.to_owned())
            }
        }
    }
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::File(partial) => partial.write(bytes),
            Sink::Stream { pipe, is_untouched, .. } => {
                *is_untouched = false;
                pipe.write(bytes)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::File(partial) => partial.flush(),
            Sink::Stream { pipe, .. } => pipe.flush(),
        }
    }
}

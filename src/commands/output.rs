//! A file that the operator named for a result: whole or not there, and nothing is overwritten
//! unasked. A device or a pipe takes it as a stream.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context as _;

use crate::atomic_file::{self, AtomicFile, Destination, PRIVATE};
use crate::context::Context;
use crate::ui::human;

pub(super) enum Output {
    New(AtomicFile),
    /// Agreed to.
    Other(AtomicFile),
    Stream(File),
}

impl Output {
    /// Asks, where a file would be overwritten.
    ///
    /// # Errors
    /// Refused; or nothing can be written there.
    pub(super) fn open(ctx: &Context, path: &Path, yes: bool) -> anyhow::Result<Output> {
        let cannot = || cannot_write(path);
        let overwrites = match atomic_file::destination(path).with_context(cannot)? {
            Destination::Stream(stream) => return Ok(Output::Stream(stream)),
            Destination::File => true,
            Destination::Free => false,
        };
        if overwrites {
            ctx.consent_here(&format!("overwrite {}", path.display()), yes)?;
        }
        let whole = AtomicFile::create(path, PRIVATE).with_context(cannot)?;
        Ok(if overwrites { Output::Other(whole) } else { Output::New(whole) })
    }

    /// # Errors
    /// The program has none.
    pub(super) fn stdout() -> io::Result<Output> {
        Ok(Output::Stream(rustix::stdio::stdout().try_clone_to_owned()?.into()))
    }

    /// Ends it; its size, where it has one.
    ///
    /// # Errors
    /// The disk, or something took the name meanwhile.
    pub(super) fn finish(self) -> io::Result<Option<u64>> {
        let size_bytes = match &self {
            Output::New(whole) | Output::Other(whole) => Some(whole.file.metadata()?.len()),
            Output::Stream(_) => None,
        };
        match self {
            Output::New(whole) => whole.place()?,
            Output::Other(whole) => whole.replace()?,
            Output::Stream(_) => {}
        }
        Ok(size_bytes)
    }
}

/// `Wrote 3 contacts to FILE (2.2 MiB).`; a device or a pipe has no size.
pub(super) fn told(what: &str, path: &str, size_bytes: Option<u64>) -> String {
    let size = size_bytes.map(|bytes| format!(" ({})", human::bytes(bytes)));
    format!("Wrote {what} to {path}{}.", size.unwrap_or_default())
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::New(whole) | Output::Other(whole) => whole.write(bytes),
            Output::Stream(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(super) fn cannot_write(path: &Path) -> String {
    format!("can't write {}", path.display())
}

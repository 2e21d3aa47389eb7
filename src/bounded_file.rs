//! Reading a file that somebody named, perhaps by mistake: one that has no end, or that is far too
//! large, is an error before it is in memory.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;

/// All that a file or a pipe has.
///
/// # Errors
/// It can't be read, or is larger than `limit_bytes`.
pub fn read(path: &Path, limit_bytes: usize) -> io::Result<Vec<u8>> {
    read_from(open_any(path)?, limit_bytes)
}

/// How long whoever writes into a pipe may take to open it.
const WRITER: Duration = Duration::from_secs(10);
/// How long a writer may say nothing: a program that fetches a secret may ask somebody first.
const SILENCE: Duration = Duration::from_secs(30);

/// A file, or a pipe whose writer is not waited for for ever.
#[derive(Debug)]
pub struct Input {
    file: File,
    patience: Option<Duration>,
}

impl Input {
    /// # Errors
    /// The system has none.
    pub fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(patience) = self.patience {
            let patience = Timespec::try_from(patience).map_err(io::Error::other)?;
            if poll(&mut [PollFd::new(&self.file, PollFlags::IN)], Some(&patience))? == 0 {
                return Err(io::Error::other("it is a pipe, and its writer writes nothing"));
            }
        }
        self.file.read(buffer)
    }
}

/// Opens a file, or a pipe that somebody writes into.
///
/// # Errors
/// It can't be opened; nobody writes into the pipe.
pub fn open_any(path: &Path) -> io::Result<Input> {
    if !path.metadata()?.file_type().is_fifo() {
        return Ok(Input { file: File::open(path)?, patience: None });
    }
    // Opening it waits for a writer, for ever if none comes: so a thread does, which may be left behind.
    let (opened, answered) = mpsc::channel();
    let path = path.to_owned();
    thread::spawn(move || opened.send(File::open(path)));
    let nobody = || Err(io::Error::other("it is a pipe, and nobody writes into it"));
    let file = answered.recv_timeout(WRITER).unwrap_or_else(|_| nobody())?;
    Ok(Input { file, patience: Some(SILENCE) })
}

/// As [`read`], as text.
///
/// # Errors
/// As for [`read`]; it is not UTF-8.
pub fn read_text(path: &Path, limit_bytes: usize) -> io::Result<String> {
    String::from_utf8(read(path, limit_bytes)?).map_err(|_| io::Error::other("it is not UTF-8"))
}

/// As [`read`], of what is open already.
///
/// # Errors
/// As for [`read`].
pub fn read_from(source: impl Read, limit_bytes: usize) -> io::Result<Vec<u8>> {
    // Large enough never to move: a secret leaves no copies behind. Memory that isn't touched
    // costs nothing.
    let mut bytes = Vec::with_capacity(limit_bytes + 32);
    source.take(limit_bytes as u64 + 1).read_to_end(&mut bytes)?;
    match bytes.len() > limit_bytes {
        true => Err(io::Error::other(format!("it has more than {} KiB", limit_bytes / 1024))),
        false => Ok(bytes),
    }
}

/// Opens what has to be a file, for it is read more than once or to its end, however large it is.
/// Nothing else is waited for.
///
/// # Errors
/// It isn't there, can't be read, or is a folder, a device or a pipe.
pub fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK.bits().cast_signed();
    let file = File::options().read(true).custom_flags(flags).open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::other("it is not a file")),
    }
}

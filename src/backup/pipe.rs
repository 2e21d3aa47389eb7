//! Standard input and output as a backup flows through them: a signal is heard while the other end
//! keeps us waiting.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// How long a signal may go unheard.
const TICK: Timespec = Timespec { tv_sec: 0, tv_nsec: 250_000_000 };
/// A pipe that can be written to takes this much at once (PIPE_BUF of Linux) without waiting.
const AT_ONCE_BYTES: usize = 4096;

/// One of them. With `stop` it fails as `Interrupted` does, but for good: `ConnectionAborted`.
pub struct Pipe<'a> {
    file: File,
    stop: &'a (dyn Fn() -> bool + Sync),
}

impl<'a> Pipe<'a> {
    /// # Errors
    /// It is closed.
    pub fn stdin(stop: &'a (dyn Fn() -> bool + Sync)) -> io::Result<Pipe<'a>> {
        Ok(Pipe { file: rustix::io::dup(rustix::stdio::stdin())?.into(), stop })
    }

    /// # Errors
    /// It is closed.
    pub fn stdout(stop: &'a (dyn Fn() -> bool + Sync)) -> io::Result<Pipe<'a>> {
        Ok(Pipe { file: rustix::io::dup(rustix::stdio::stdout())?.into(), stop })
    }

    pub fn is_terminal(&self) -> bool {
        self.file.is_terminal()
    }

    fn wait(&self, flags: PollFlags) -> io::Result<()> {
        while poll(&mut [PollFd::new(&self.file, flags)], Some(&TICK))? == 0 {
            if (self.stop)() {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
        }
        Ok(())
    }
}

impl Read for Pipe<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.wait(PollFlags::IN)?;
        self.file.read(buffer)
    }
}

impl Write for Pipe<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.wait(PollFlags::OUT)?;
        self.file.write(&bytes[..bytes.len().min(AT_ONCE_BYTES)])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

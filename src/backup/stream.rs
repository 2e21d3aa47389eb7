//! A backup as it flows: through SHA-256 on both sides of the encryption.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};

use age::x25519::{Identity, Recipient};
use sha2::{Digest, Sha256};

pub use crate::age_files::ReadError;
use crate::age_files::{self, MAGIC, decrypt};
use crate::domain::backup::manifest::Sums;

const BUFFER_BYTES: usize = 256 * 1024;
/// How a dump in the custom format begins.
const CUSTOM_MAGIC: &[u8] = b"PGDMP";
/// The last line that pg_dump writes into a plain dump, but for `\unrestrict`.
const PLAIN_END: &[u8] = b"\n-- PostgreSQL database dump complete\n";
const TAIL_BYTES: usize = 1024;

/// What the plain text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// pg_dump -Fc: for pg_restore.
    Custom,
    /// pg_dump without -F: for psql.
    Plain,
}

/// Counts and hashes what goes through.
struct Hashing<T> {
    inner: T,
    sha256: Sha256,
    size_bytes: u64,
}

impl<T> Hashing<T> {
    fn new(inner: T) -> Hashing<T> {
        Hashing { inner, sha256: Sha256::new(), size_bytes: 0 }
    }

    fn add(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.size_bytes += bytes.len() as u64;
    }

    fn finish(self) -> (u64, String) {
        (self.size_bytes, hex(&self.sha256.finalize()))
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.add(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.add(&buffer[..read]);
        Ok(read)
    }
}

/// Writes the dump that `plain` gives to `file`, encrypted if there is a recipient, and hands the
/// plain text to `listener`, for as long as that wants it.
///
/// # Errors
/// Either side fails; `InvalidData` or `UnexpectedEof` where it doesn't begin as a dump does.
pub fn write(
    mut plain: impl Read,
    file: impl Write,
    recipients: &[Recipient],
    listener: &mut dyn Write,
) -> io::Result<Sums> {
    let mut start = [0; CUSTOM_MAGIC.len()];
    let length = fill(&mut plain, &mut start)?;
    if start != CUSTOM_MAGIC {
        let is_cut = length < start.len();
        return Err(match is_cut {
            true => io::ErrorKind::UnexpectedEof.into(),
            false => io::ErrorKind::InvalidData.into(),
        });
    }
    let plain = Heard { inner: start.chain(plain), by: Tap { sink: Some(listener) } };
    let mut plain = Hashing::new(plain);
    let mut file = Hashing::new(file);
    if recipients.is_empty() {
        copy(&mut plain, &mut file)?;
        let (size_bytes, sha256) = file.finish();
        return Ok(Sums {
            plain_size_bytes: size_bytes,
            plain_sha256: sha256.clone(),
            size_bytes,
            sha256,
        });
    }
    let mut cipher = age_files::encrypt(&mut file, recipients)?;
    copy(&mut plain, &mut cipher)?;
    cipher.finish()?;
    let (size_bytes, sha256) = file.finish();
    let (plain_size_bytes, plain_sha256) = plain.finish();
    Ok(Sums { size_bytes, sha256, plain_size_bytes, plain_sha256 })
}

/// Hashes a file without looking into it.
///
/// # Errors
/// It can't be read.
pub fn hash(file: impl Read) -> io::Result<(u64, String)> {
    let mut file = Hashing::new(file);
    copy(&mut file, &mut io::sink())?;
    Ok(file.finish())
}

/// Reads a file to its end and hands the plain text to `sink`. A sink that
/// wants no more doesn't end it: the sums are those of the whole file.
///
/// # Errors
/// See [`ReadError`].
pub fn read(
    file: impl Read,
    identities: &[Identity],
    sink: &mut dyn Write,
) -> Result<Sums, ReadError> {
    let mut file = Hashing::new(file);
    let mut start = [0; MAGIC.len()];
    let length = fill(&mut file, &mut start).map_err(ReadError::Io)?;
    let start = &start[..length];
    let mut plain = Hashing::new(Tap { sink: Some(sink) });
    if start == MAGIC {
        let mut whole = BufReader::with_capacity(BUFFER_BYTES, start.chain(&mut file));
        let mut opened = decrypt(&mut whole, identities)?;
        copy(&mut opened, &mut plain).map_err(damaged)?;
        drop(opened);
        copy(&mut whole, &mut io::sink()).map_err(ReadError::Io)?;
    } else {
        plain.write_all(start).map_err(ReadError::Io)?;
        copy(&mut file, &mut plain).map_err(ReadError::Io)?;
    }
    let (size_bytes, sha256) = file.finish();
    let (plain_size_bytes, plain_sha256) = plain.finish();
    Ok(Sums { size_bytes, sha256, plain_size_bytes, plain_sha256 })
}

/// Hands the plain text to `sink`, for as long as that wants it.
///
/// # Errors
/// See [`ReadError`]; of kind `BrokenPipe` where the sink has enough.
pub fn feed(
    mut file: impl Read,
    identities: &[Identity],
    sink: &mut dyn Write,
) -> Result<(), ReadError> {
    let mut start = [0; MAGIC.len()];
    let length = fill(&mut file, &mut start).map_err(ReadError::Io)?;
    let mut whole = BufReader::with_capacity(BUFFER_BYTES, start[..length].chain(file));
    match start[..length] == *MAGIC {
        true => copy(&mut decrypt(whole, identities)?, sink).map_err(damaged),
        false => copy(&mut whole, sink).map_err(ReadError::Io),
    }
}

/// Whether the file is encrypted, and what is in it; `None` for neither of the
/// kinds that pg_dump writes in one piece.
///
/// # Errors
/// See [`ReadError`].
pub fn kind(file: &File, identities: &[Identity]) -> Result<(bool, Option<Kind>), ReadError> {
    let mut start = [0; MAGIC.len()];
    let mut file = BufReader::new(file);
    let length = fill(&mut file, &mut start).map_err(ReadError::Io)?;
    if start[..length] != *MAGIC {
        return Ok((false, kind_of(&start[..length])));
    }
    let mut plain = decrypt(BufReader::new(start.chain(file)), identities)?;
    let mut inside = [0; MAGIC.len()];
    let length = fill(&mut plain, &mut inside).map_err(damaged)?;
    Ok((true, kind_of(&inside[..length])))
}

fn kind_of(start: &[u8]) -> Option<Kind> {
    match start {
        _ if start.starts_with(CUSTOM_MAGIC) => Some(Kind::Custom),
        _ if start.starts_with(b"--\n-- PostgreSQL dat") => Some(Kind::Plain),
        _ => None,
    }
}

/// The last bytes of what is written to it.
#[derive(Default)]
pub struct Tail(Vec<u8>);

impl Tail {
    /// Whether a plain dump came to its end.
    pub fn is_complete(&self) -> bool {
        self.0.windows(PLAIN_END.len()).any(|window| window == PLAIN_END)
    }
}

impl Write for Tail {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(&bytes[bytes.len().saturating_sub(TAIL_BYTES)..]);
        let surplus = self.0.len().saturating_sub(TAIL_BYTES);
        self.0.drain(..surplus);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A sink until it has enough: pg_restore stops reading at the end of the last
/// entry, or at the first error, which its exit code tells.
struct Tap<'a> {
    sink: Option<&'a mut dyn Write>,
}

impl Write for Tap<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(sink) = &mut self.sink {
            match sink.write_all(bytes) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.sink = None,
                written => written?,
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is read, with somebody who hears it.
struct Heard<'a, R> {
    inner: R,
    by: Tap<'a>,
}

impl<R: Read> Read for Heard<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.by.write_all(&buffer[..read])?;
        Ok(read)
    }
}

/// age reports a broken chunk, and one that is missing, as such errors.
fn damaged(error: io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            ReadError::Damaged(String::from("it doesn't decrypt to its end: cut off or changed"))
        }
        _ => ReadError::Io(error),
    }
}

/// # Errors
/// Either side fails.
pub fn copy(from: &mut dyn Read, to: &mut dyn Write) -> io::Result<()> {
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return to.flush(),
            Ok(read) => to.write_all(&buffer[..read])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Reads until the buffer is full or the input ends.
fn fill(from: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match from.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

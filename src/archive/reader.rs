//! Reading an archive, and finding out whether it is what its manifest says.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::Path;

use age::x25519::Identity;
use sha2::{Digest, Sha256};
use zstd::stream::read::Decoder;

use super::{Hashed, ROW_LIMIT_BYTES};
use crate::age_files::{self, ReadError};
use crate::bounded_file;
use crate::domain::archive::{Found, Manifest, hex, key_of};
use crate::error::Failure;

/// More than any manifest has.
const MANIFEST_LIMIT_BYTES: usize = 1 << 20;
/// A damaged header shall not ask for more memory than an archive needs.
const WINDOW_LOG_MAX: u32 = 23;
/// A caller that wants to stop is asked about every so many bytes.
const PULSE_BYTES: u64 = 1 << 22;

/// An archive with a manifest that is intact. Its rows are as trustworthy as
/// [`Archive::verify`] finds them.
pub struct Archive {
    manifest: Manifest,
    /// One and the same file, however often it is read.
    file: File,
    name: String,
    /// That open it, if it is encrypted.
    identities: Vec<Identity>,
}

impl Archive {
    /// # Errors
    /// The manifest can't be read or was changed, or its file isn't there.
    pub fn open(manifest: &Path) -> Result<Archive, Failure> {
        let unreadable =
            |why: String| Failure::failed(format!("{} can't be read", manifest.display())).why(why);
        let text = read_text(manifest).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Failure::usage(format!("there is no manifest {}", manifest.display()))
                    .hint("name a file that ends with .manifest.json")
            }
            _ => unreadable(error.to_string()).hint(
                "name one manifest, which ends with .manifest.json; \
                 `inboxctl retention verify` lists the archives of a folder",
            ),
        })?;
        let parsed = Manifest::parse(&text).map_err(|why| damaged(&manifest.display(), why))?;
        let folder = manifest.parent().unwrap_or(Path::new(""));
        if manifest.file_name().is_none_or(|name| name.to_string_lossy() != parsed.name()) {
            let why = format!("it is the manifest of {:?}", parsed.file);
            return Err(damaged(&manifest.display(), why));
        }
        let path = folder.join(&parsed.file);
        let name = path.display().to_string();
        let file = bounded_file::open(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => damaged(&name, String::from("the file of its rows is gone")),
            _ => self::unreadable(&name, &error),
        })?;
        Archive::of(file, name, parsed)
    }

    pub(super) fn of(file: File, name: String, manifest: Manifest) -> Result<Archive, Failure> {
        if manifest.longest_row_bytes > ROW_LIMIT_BYTES {
            let why = format!("it says that a row has {} bytes", manifest.longest_row_bytes);
            return Err(damaged(&name, why));
        }
        Ok(Archive { manifest, file, name, identities: Vec::new() })
    }

    /// The same, read with these secret keys if it is encrypted.
    pub fn with_identities(self, identities: &[Identity]) -> Archive {
        Archive { identities: identities.to_vec(), ..self }
    }

    /// Whether its rows can be read: whoever has no key for it knows its file alone.
    ///
    /// # Errors
    /// Damaged or unreadable.
    pub fn is_readable(&self) -> Result<bool, Failure> {
        match self.rows() {
            Ok(_) => Ok(true),
            Err(ReadError::NoKey) => Ok(false),
            Err(error) => Err(self.explain_opening(error)),
        }
    }

    /// # Errors
    /// It is encrypted and no key opens it; or damaged, or unreadable.
    pub fn require_readable(&self) -> Result<(), Failure> {
        self.rows().map(drop).map_err(|error| self.explain_opening(error))
    }

    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    pub(super) fn into_manifest(self) -> Manifest {
        self.manifest
    }

    /// Reads everything that can be read and holds it against the manifest. `interrupted` tells
    /// the signal that wants it to stop.
    ///
    /// # Errors
    /// Damaged, unreadable, or interrupted.
    pub fn verify(&self, interrupted: &dyn Fn() -> Option<u8>) -> Result<(), Failure> {
        if !self.is_readable()? {
            return self.check_file();
        }
        let mut next_pulse = 0;
        let mut bytes = 0;
        self.read(|line| {
            bytes += line.len() as u64;
            if bytes >= next_pulse {
                next_pulse = bytes + PULSE_BYTES;
                if let Some(signal) = interrupted() {
                    return Err(Failure::interrupted(signal));
                }
            }
            Ok(())
        })
    }

    /// Hands every row to `each`, in the order in which they were written, and
    /// verifies the archive on the way: an error may come after the last row.
    ///
    /// # Errors
    /// Damaged or unreadable, or what `each` says.
    pub fn read<E: From<Failure>>(
        &self,
        mut each: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        // What isn't the file of the manifest is not even unpacked.
        self.check_file()?;
        let rows = self.rows().map_err(|error| self.explain_opening(error))?;
        let mut lines =
            Lines::start(rows, &self.manifest).map_err(|error| unreadable(&self.name, &error))?;
        while lines.next().map_err(|error| self.explain(&error))? {
            each(&lines.line)?;
        }
        let found = lines.end().map_err(|why| damaged(&self.name, why))?;
        self.manifest.check(&found).map_err(|why| damaged(&self.name, why))?;
        Ok(())
    }

    /// Holds the file as it lies there against the manifest.
    fn check_file(&self) -> Result<(), Failure> {
        let hashed = || {
            let mut file = &self.file;
            file.rewind()?;
            let mut hashed = Hashed::new(io::sink());
            io::copy(&mut file, &mut hashed)?;
            Ok(hashed.end())
        };
        let (_, bytes, sha256) = hashed().map_err(|error| unreadable(&self.name, &error))?;
        self.manifest.check_file(bytes, &sha256).map_err(|why| damaged(&self.name, why))
    }

    /// The compressed rows.
    fn rows(&self) -> Result<Box<dyn Read + '_>, ReadError> {
        let mut file = &self.file;
        file.rewind().map_err(ReadError::Io)?;
        Ok(match self.manifest.is_encrypted() {
            true => Box::new(age_files::decrypt(BufReader::new(file), &self.identities)?),
            false => Box::new(file),
        })
    }

    fn explain_opening(&self, error: ReadError) -> Failure {
        match error {
            ReadError::NoKey => {
                let (why, hint) = match self.identities.is_empty() {
                    true => ("no secret key was given", "name its file: --identity FILE"),
                    false => (
                        "it was encrypted to another key than was given",
                        "name the file of that key: --identity FILE",
                    ),
                };
                Failure::usage(format!("{} is encrypted", self.name)).why(why).hint(hint)
            }
            ReadError::Damaged(why) => damaged(&self.name, why),
            ReadError::Io(error) => unreadable(&self.name, &error),
        }
    }

    /// The decoder tells damage as an error of I/O of its own.
    fn explain(&self, error: &io::Error) -> Failure {
        match error.raw_os_error() {
            Some(_) => unreadable(&self.name, error),
            None => damaged(&self.name, format!("it can't be unpacked: {error}")),
        }
    }
}

fn read_text(path: &Path) -> io::Result<String> {
    let bytes = bounded_file::read_from(bounded_file::open(path)?, MANIFEST_LIMIT_BYTES)?;
    String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8"))
}

fn damaged(name: &dyn std::fmt::Display, why: String) -> Failure {
    Failure::failed(format!("{name} is damaged"))
        .why(why)
        .hint("nothing of it was used; bring a good copy of the two files back")
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::failed(format!("{name} can't be read")).why(error.to_string())
}

/// The lines of an archive, one after the other in the same buffer.
struct Lines<'a> {
    input: BufReader<Decoder<'static, BufReader<Box<dyn Read + 'a>>>>,
    manifest: &'a Manifest,
    /// Without its line break.
    line: Vec<u8>,
    first: Vec<u8>,
    hash: Sha256,
    found: Found,
}

impl<'a> Lines<'a> {
    fn start(rows: Box<dyn Read + 'a>, manifest: &'a Manifest) -> io::Result<Lines<'a>> {
        let mut decoder = Decoder::new(rows)?;
        decoder.window_log_max(WINDOW_LOG_MAX)?;
        Ok(Lines {
            input: BufReader::with_capacity(1 << 17, decoder),
            manifest,
            line: Vec::new(),
            first: Vec::new(),
            hash: Sha256::new(),
            found: Found::default(),
        })
    }

    /// False at the end; then `line` is still the last one.
    fn next(&mut self) -> io::Result<bool> {
        if self.input.fill_buf()?.is_empty() {
            return Ok(false);
        }
        self.line.clear();
        let limit = self.manifest.longest_row_bytes + 1;
        (&mut self.input).take(limit).read_until(b'\n', &mut self.line)?;
        self.hash.update(&self.line);
        self.found.plain_bytes += self.line.len() as u64;
        self.found.rows += 1;
        // What goes on for longer than the manifest says is not read to its end.
        if self.found.plain_bytes > self.manifest.plain_bytes {
            return Err(io::Error::other("it holds more than its manifest says"));
        }
        if self.line.pop() != Some(b'\n') {
            return Err(io::Error::other("a row is cut off"));
        }
        if self.found.rows == 1 {
            self.first.clone_from(&self.line);
        }
        Ok(true)
    }

    fn end(mut self) -> Result<Found, String> {
        if self.found.rows > 0 {
            self.found.first_key = Some(key_of(&self.first, &self.manifest.key)?);
            self.found.last_key = Some(key_of(&self.line, &self.manifest.key)?);
        }
        self.found.plain_sha256 = hex(&self.hash.finalize());
        // The file was held against the manifest before it was unpacked.
        self.found.compressed_bytes = self.manifest.compressed_bytes;
        self.found.compressed_sha256.clone_from(&self.manifest.compressed_sha256);
        Ok(self.found)
    }
}

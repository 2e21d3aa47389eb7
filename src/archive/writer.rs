//! Writing an archive.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use age::stream::StreamWriter;
use age::x25519::Recipient;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use zstd::stream::write::Encoder;

use super::{Archive, Hashed, ROW_LIMIT_BYTES, forget_cached};
use crate::age_files;
use crate::atomic_file::{AtomicFile, PRIVATE, place_all};
use crate::domain::archive::{AGE_SUFFIX, About, Found, Manifest, ROWS_SUFFIX, hex, stem};
use crate::error::Failure;

/// Rows are hashed and compressed in pieces of this size.
const CHUNK_BYTES: usize = 128 * 1024;
/// zstd's own default: at this level the server is the slower side.
const LEVEL: i32 = 3;

/// An archive in the making. It has no name until it is complete: given up or killed, it is gone.
pub struct Writer {
    path: PathBuf,
    created_at: Timestamp,
    about: About,
    /// Gone once the file is complete.
    encoder: Option<Encoder<'static, Sink>>,
    /// Rows on their way.
    buffer: Vec<u8>,
    plain_hash: Sha256,
    found: Found,
    longest_row_bytes: u64,
}

/// Where compressed rows go: to the file, or through age.
enum Sink {
    Plain(Hashed<AtomicFile>),
    Sealed(Box<StreamWriter<Hashed<AtomicFile>>>),
}

impl Sink {
    fn new(file: Hashed<AtomicFile>, recipients: &[Recipient]) -> io::Result<Sink> {
        Ok(match recipients.is_empty() {
            true => Sink::Plain(file),
            false => Sink::Sealed(Box::new(age_files::encrypt(file, recipients)?)),
        })
    }

    fn finish(self) -> io::Result<Hashed<AtomicFile>> {
        match self {
            Sink::Plain(file) => Ok(file),
            Sink::Sealed(cipher) => cipher.finish(),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Plain(file) => file.write(bytes),
            Sink::Sealed(cipher) => cipher.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Plain(file) => file.flush(),
            Sink::Sealed(cipher) => cipher.flush(),
        }
    }
}

impl Writer {
    /// Starts an archive in a folder that is there: one that isn't may be a
    /// disk that nobody mounted, and is not made.
    ///
    /// # Errors
    /// There is no such folder, or it can't be written to.
    pub fn create(folder: &Path, about: About) -> Result<Writer, Failure> {
        Writer::encrypted(folder, about, &[])
    }

    /// As [`Writer::create`], for these keys alone, if there are any.
    ///
    /// # Errors
    /// As for [`Writer::create`].
    pub fn encrypted(
        folder: &Path,
        about: About,
        recipients: &[Recipient],
    ) -> Result<Writer, Failure> {
        if !folder.is_dir() {
            return Err(Failure::usage(format!("there is no folder {}", folder.display()))
                .why("archives are written into a folder that is there already")
                .hint("mount it, or make it with mkdir, and run the command again"));
        }
        let created_at = Timestamp::now();
        let mut random = [0; 4];
        getrandom::fill(&mut random).map_err(|error| {
            Failure::failed("the system gives no random numbers").why(error.to_string())
        })?;
        let mut name = stem(&about.table, created_at, random) + ROWS_SUFFIX;
        if !recipients.is_empty() {
            name += AGE_SUFFIX;
        }
        let path = folder.join(name);
        // Deleted rows are nobody else's business.
        let whole = AtomicFile::create(&path, PRIVATE).map_err(unwritable(&path))?;
        Writer::onto(whole, created_at, about, recipients)
    }

    fn onto(
        whole: AtomicFile,
        created_at: Timestamp,
        about: About,
        recipients: &[Recipient],
    ) -> Result<Writer, Failure> {
        let path = whole.path().to_owned();
        let sink = Sink::new(Hashed::new(whole), recipients);
        let encoder = sink.and_then(|sink| Encoder::new(sink, LEVEL)).and_then(|mut encoder| {
            encoder.include_checksum(true)?;
            Ok(encoder)
        });
        Ok(Writer {
            encoder: Some(encoder.map_err(unwritable(&path))?),
            path,
            created_at,
            about,
            buffer: Vec::with_capacity(2 * CHUNK_BYTES),
            plain_hash: Sha256::new(),
            found: Found::default(),
            longest_row_bytes: 0,
        })
    }

    /// Where the rows go.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many rows it has so far.
    pub fn rows(&self) -> u64 {
        self.found.rows
    }

    /// Appends a row: a JSON object on one line, and its primary key as
    /// `domain::archive::key_of` finds it there.
    ///
    /// # Errors
    /// The disk, or a row of more than one line.
    pub fn write_row(&mut self, json: &[u8], key: &str) -> Result<(), Failure> {
        if json.contains(&b'\n') {
            return Err(self.refused(format!("row {key} has a line break in it")));
        }
        if json.len() as u64 >= ROW_LIMIT_BYTES {
            let limit = ROW_LIMIT_BYTES >> 20;
            return Err(self.refused(format!("row {key} is larger than {limit} MiB")));
        }
        if self.found.rows == 0 {
            self.found.first_key = Some(key.to_owned());
        }
        let last_key = self.found.last_key.get_or_insert_default();
        last_key.clear();
        last_key.push_str(key);
        self.found.rows += 1;
        self.longest_row_bytes = self.longest_row_bytes.max(json.len() as u64 + 1);
        self.buffer.extend_from_slice(json);
        self.buffer.push(b'\n');
        if self.buffer.len() >= CHUNK_BYTES { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        self.plain_hash.update(&self.buffer);
        self.found.plain_bytes += self.buffer.len() as u64;
        if let Some(encoder) = &mut self.encoder {
            encoder.write_all(&self.buffer).map_err(unwritable(&self.path))?;
        }
        self.buffer.clear();
        Ok(())
    }

    /// Brings the archive to the disk, reads all of it back from there, and only
    /// when it holds exactly what was written, gives it and its manifest their names. When this
    /// returns `Ok`, the rows may be deleted.
    ///
    /// # Errors
    /// The disk, or what was read is not what was written. There is neither file then.
    pub fn finish(mut self) -> Result<Manifest, Failure> {
        self.flush()?;
        let encoder = self.encoder.take().expect("only finish() takes it");
        let hashed = encoder.finish().and_then(Sink::finish).map_err(unwritable(&self.path))?;
        let (rows, bytes, sha256) = hashed.end();
        let synced = rows.file.sync_all().and_then(|()| rows.file.try_clone());
        let file = synced.map_err(unwritable(&self.path))?;
        forget_cached(&file);
        self.found.compressed_bytes = bytes;
        self.found.compressed_sha256 = sha256;
        self.found.plain_sha256 = hex(&self.plain_hash.clone().finalize());
        let manifest = Manifest::new(
            self.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            self.about.clone(),
            self.found.clone(),
            self.longest_row_bytes,
            self.created_at,
        );
        let archive = Archive::of(file, self.path.display().to_string(), manifest)?;
        // Of an encrypted one, which nobody here can read, that it lies there as it was written.
        archive.verify(&|| None)?;
        let manifest = archive.into_manifest();
        let path = self.path.with_file_name(manifest.name());
        let written = AtomicFile::written(&path, PRIVATE, manifest.to_text().as_bytes());
        written.and_then(|manifest| place_all([rows, manifest])).map_err(unwritable(&self.path))?;
        Ok(manifest)
    }

    fn refused(&self, why: String) -> Failure {
        Failure::failed(format!("{} can't be written", self.path.display())).why(why)
    }
}

fn unwritable(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| {
        let failure =
            Failure::failed(format!("{} can't be written", path.display())).why(error.to_string());
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => failure
                .hint("free space there or name another folder: no row goes without its archive"),
            _ => failure.hint(
                "see to it that the folder can be written to: no row goes without its archive",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, OpenOptions};

    use super::*;

    fn about() -> About {
        About {
            table: String::from("audit_logs"),
            columns: Vec::new(),
            key: vec![String::from("id")],
            schema_version: String::from("1"),
            cutoff: Timestamp::UNIX_EPOCH,
            dependants: Vec::new(),
            audit_head: None,
            replaces: Vec::new(),
        }
    }

    fn row(number: u32) -> (String, String) {
        let id = format!("{:08x}", number.wrapping_mul(2_654_435_761));
        (format!(r#"{{"id":"{id}","number":{number}}}"#), id)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_full_disk_is_an_error_and_leaves_no_manifest() {
        let folder = tempfile::tempdir().unwrap();
        // Few rows fail when the file is completed, many while they are written.
        for rows in [1, 200_000] {
            let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
            let path = folder.path().join("audit_logs.jsonl.zst");
            let mut whole = AtomicFile::create(&path, PRIVATE).unwrap();
            whole.file = full;
            let mut writer = Writer::onto(whole, Timestamp::UNIX_EPOCH, about(), &[]).unwrap();
            let written = (0..rows).try_for_each(|number| {
                let (json, key) = row(number);
                writer.write_row(json.as_bytes(), &key)
            });
            let failure = written.and_then(|()| writer.finish().map(drop)).unwrap_err();
            assert!(failure.why.unwrap().contains("No space left"), "{rows} rows");
            assert!(failure.hint.unwrap().starts_with("free space"));
            assert!(names(folder.path()).is_empty());
        }
    }

    #[test]
    fn a_wrong_key_is_found_before_there_is_a_manifest() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::create(folder.path(), about()).unwrap();
        writer.write_row(br#"{"id":"a"}"#, "b").unwrap();
        let failure = writer.finish().unwrap_err();
        assert!(failure.why.unwrap().contains("first key"));
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn a_row_is_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::create(folder.path(), about()).unwrap();
        assert!(writer.write_row(b"{\"id\":\n\"a\"}", "a").is_err());
    }

    #[test]
    fn given_up_it_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::create(folder.path(), about()).unwrap();
        writer.write_row(br#"{"id":"a"}"#, "a").unwrap();
        drop(writer);
        assert!(names(folder.path()).is_empty());
        assert!(Writer::create(&folder.path().join("missing"), about()).is_err());
    }
}

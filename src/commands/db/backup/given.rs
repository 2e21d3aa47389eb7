//! The backup that a command is given: a file with its manifest beside it, or standard input.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::atomic_file::{AtomicFile, PRIVATE};
use crate::backup::pipe::Pipe;
use crate::backup::stored::Stored;
use crate::backup::{files, stream};
use crate::context::Context;
use crate::domain::backup::Manifest;
use crate::error::{Failure, Kind};

/// What a backup is read from that is no file.
const STDIN: &str = "-";

#[derive(Debug, Args)]
pub struct ManifestArg {
    /// The manifest of the backup, where it doesn't lie beside it
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

pub struct Given {
    /// As people read it.
    pub name: String,
    /// Where its bytes are, to be read more than once.
    pub path: PathBuf,
    /// Where its manifest is, or would be; `None` for standard input without one.
    pub manifest: Option<PathBuf>,
    /// What standard input held; gone with this value.
    _spooled: Option<AtomicFile>,
}

impl Given {
    /// A file with its manifest beside it.
    pub fn at(path: &Path) -> Given {
        Given {
            name: path.display().to_string(),
            path: path.to_owned(),
            manifest: Some(files::manifest_path(path)),
            _spooled: None,
        }
    }

    /// Reads standard input to its end, where that is meant.
    ///
    /// # Errors
    /// The manifest isn't there; standard input is a terminal, or can't be kept meanwhile; a signal.
    pub fn open(ctx: &Context, file: &Path, manifest: &ManifestArg) -> Result<Given, Failure> {
        let mut given = match file.to_str() == Some(STDIN) {
            true => Given::spooled(ctx)?,
            false => Given::at(file),
        };
        if let Some(path) = &manifest.manifest {
            if !path.exists() {
                return Err(Failure::new(
                    Kind::NotFound,
                    format!("there is no manifest {}", path.display()),
                )
                .hint(
                    "`inboxctl db backup` writes it: FILE.manifest.json, or where --manifest says",
                ));
            }
            given.manifest = Some(path.clone());
        }
        Ok(given)
    }

    /// What is read more than once has to be a file: one without a name, where the system has such.
    fn spooled(ctx: &Context) -> Result<Given, Failure> {
        let stop = || ctx.interrupted().is_some();
        let unread = |error: io::Error| {
            Failure::failed("standard input can't be read").why(error.to_string())
        };
        let mut stdin = Pipe::stdin(&stop).map_err(unread)?;
        if stdin.is_terminal() {
            return Err(Failure::usage("standard input is a terminal")
                .why("a backup is read from it")
                .hint("name a file, or let a program write into it: rclone cat ... | inboxctl db restore -"));
        }
        let folder = std::env::temp_dir();
        let unwritable = |error: io::Error| {
            Failure::failed(format!("standard input can't be kept in {}", folder.display()))
                .why(error.to_string())
                .hint("TMPDIR names a folder with room for the whole backup")
        };
        let mut spool =
            AtomicFile::create(&folder.join("inboxctl-backup"), PRIVATE).map_err(unwritable)?;
        let progress = ctx.ui.spinner("reading standard input");
        let copied = stream::copy(&mut stdin, &mut spool.file);
        drop(progress);
        if let Some(signal) = ctx.interrupted() {
            return Err(Failure::interrupted(signal));
        }
        copied.map_err(unwritable)?;
        let path = readable(&mut spool).map_err(unwritable)?;
        Ok(Given {
            name: String::from("standard input"),
            path,
            manifest: None,
            _spooled: Some(spool),
        })
    }

    /// `None` if it has none.
    ///
    /// # Errors
    /// It can't be read, or relied on.
    pub fn read_manifest(&self) -> Result<Option<Manifest>, Failure> {
        self.manifest.as_deref().map_or(Ok(None), files::read_manifest_at)
    }

    /// The last part of its name.
    pub fn file_name(&self) -> String {
        let path = Path::new(&self.name);
        path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    pub fn stored(&self) -> Stored<'_> {
        Stored { path: &self.path, name: &self.name }
    }
}

/// A name under which it can be opened again, and again.
fn readable(spool: &mut AtomicFile) -> io::Result<PathBuf> {
    use std::os::fd::AsRawFd;
    let by_number = PathBuf::from(format!("/proc/self/fd/{}", spool.file.as_raw_fd()));
    match by_number.exists() {
        true => Ok(by_number),
        false => spool.aside().map(Path::to_owned),
    }
}

//! Opening a file of settings: bounded, and with how far it is trusted.

use std::env;
use std::fs::{Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;
use rustix::process::{getegid, geteuid, getgroups};

use crate::bounded_file;
use crate::domain::file_trust::{self, Doubt, FileFacts, Origin, Person, Trust};
use crate::error::Failure;

/// What is longer is no file of settings, and what somebody named by mistake may have no end.
const LIMIT_BYTES: usize = 1 << 20;

/// A file that may be used, if only for what is harmless.
pub(super) struct Opened {
    pub text: String,
    pub trust: Trust,
}

/// Who runs this.
pub(super) fn person() -> Person {
    let number = |key: &str| env::var(key).ok()?.parse().ok();
    let mut groups = vec![getegid().as_raw()];
    // A pod's groups are its own, and the volumes belong to one of them.
    if env::var_os("KUBERNETES_SERVICE_HOST").is_some() {
        groups.extend(getgroups().unwrap_or_default().iter().map(|group| group.as_raw()));
    }
    let sudo = number("SUDO_UID").zip(number("SUDO_GID"));
    Person { uid: geteuid().as_raw(), groups, sudo }
}

/// A file that somebody named, links and pipes too.
///
/// # Errors
/// It can't be read.
pub(super) fn named(path: &Path, person: &Person) -> Result<Opened, Failure> {
    let opened = bounded_file::open_any(path);
    let file = opened.map_err(|error| unreadable(path, &error.to_string()))?;
    let trust =
        trust(file.metadata(), Origin::Named, person).map_err(|why| unreadable(path, &why))?;
    let text = text(file).map_err(|why| unreadable(path, &why))?;
    Ok(Opened { text, trust })
}

/// Why a file that is there is not used.
pub(super) struct Unused {
    pub why: String,
    /// Whoever names it has it read; else it can't be read at all.
    pub is_readable: bool,
}

impl From<String> for Unused {
    fn from(why: String) -> Unused {
        Unused { why: format!("it can't be read: {why}"), is_readable: false }
    }
}

/// A file that may be there; `None` if it isn't.
///
/// # Errors
/// Why it can't be used.
pub(super) fn found(
    path: &Path,
    in_working_folder: bool,
    person: &Person,
) -> Result<Option<Opened>, Unused> {
    let Ok(name) = path.symlink_metadata() else { return Ok(None) };
    // A pipe in its place must not be waited for.
    let flags = OFlags::NONBLOCK.bits().cast_signed();
    let file = match OpenOptions::new().read(true).custom_flags(flags).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.to_string().into()),
    };
    if !file.metadata().is_ok_and(|facts| facts.is_file()) {
        return Ok(None);
    }
    let origin = match in_working_folder {
        false => Origin::Usual,
        true => {
            let folder = Path::new(".").metadata().map_err(|error| error.to_string())?;
            Origin::WorkingFolder { folder_owner: folder.uid(), name_owner: name.uid() }
        }
    };
    match trust(file.metadata(), origin, person)? {
        Trust::Nothing(doubt) => Err(Unused { why: because(doubt), is_readable: true }),
        trust => Ok(Some(Opened { text: text(file)?, trust })),
    }
}

/// Why, in words.
pub(super) fn because(doubt: Doubt) -> String {
    match doubt {
        Doubt::Found => String::from("it was found in the working folder"),
        Doubt::OthersWrite => String::from("others may write it"),
        Doubt::Belongs(uid) => format!("it belongs to another user (uid {uid})"),
    }
}

/// # Errors
/// It can't be read.
pub(super) fn bounded_text(path: &Path) -> Result<String, Failure> {
    let file = bounded_file::open_any(path).map_err(|error| error.to_string());
    file.and_then(text).map_err(|why| unreadable(path, &why))
}

fn trust(facts: io::Result<Metadata>, origin: Origin, person: &Person) -> Result<Trust, String> {
    let facts = facts.map_err(|error| error.to_string())?;
    let facts = FileFacts { owner: facts.uid(), group: facts.gid(), mode: facts.mode() };
    Ok(file_trust::judge(facts, origin, person))
}

fn text(file: impl Read) -> Result<String, String> {
    let bytes = bounded_file::read_from(file, LIMIT_BYTES).map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn unreadable(path: &Path, why: &str) -> Failure {
    Failure::usage(format!("{} can't be read", path.display())).why(why)
}

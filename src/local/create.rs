//! Makes the data folder: initdb into a folder beside it, then a rename, so that it is there
//! whole or not at all.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use super::layout::{Layout, make_dir, make_own_dir};
use super::server_user::ServerUser;
use super::{Binaries, LocalError, SUPERUSER, environment, settings};

/// Tried in this order. Without a UTF-8 LC_CTYPE, `lower()` and trigrams know ASCII only; not
/// every system has the first, macOS has the second, and the last is always there.
const LOCALES: &[&[&str]] =
    &[&["--locale=C.UTF-8"], &["--locale=C", "--lc-ctype=UTF-8"], &["--locale=C"]];

pub(super) fn create(
    layout: &Layout,
    binaries: &Binaries,
    user: &ServerUser,
    settings: &[(String, String)],
) -> Result<(), LocalError> {
    let parent = layout.major_dir(binaries.major);
    let data_dir = layout.data_dir(binaries.major);
    if data_dir.exists() {
        let why = format!("{} is there already, and not inboxctl's", data_dir.display());
        return Err(LocalError::Create { why });
    }
    make_own_dir(&parent)?;
    settings::write(&layout.settings_file(binaries.major), settings)?;
    let mut why = String::new();
    for locale in LOCALES {
        let fresh = layout.leftover(binaries.major);
        make_dir(&fresh, 0o700)?;
        user.give(&fresh)?;
        match initdb(&fresh, binaries, user, locale)? {
            None => return put_in_place(&fresh, &data_dir, &parent),
            Some(complaint) => {
                let _ = fs::remove_dir_all(&fresh);
                let about_locale = complaint.contains("locale");
                why = complaint;
                if !about_locale {
                    break;
                }
            }
        }
    }
    Err(LocalError::Create { why })
}

/// What initdb complains about, if it does. It stays in our process group: an interrupt ends it
/// too, and it then cleans up behind itself.
fn initdb(
    dir: &Path,
    binaries: &Binaries,
    user: &ServerUser,
    locale: &[&str],
) -> Result<Option<String>, LocalError> {
    let program = binaries.dir.join("initdb");
    let mut command = Command::new(&program);
    command.arg("-D").arg(dir).args([
        "-U",
        SUPERUSER,
        "--auth=trust",
        "--encoding=UTF8",
        "--data-checksums",
    ]);
    command.args(locale).current_dir("/").stdin(Stdio::null());
    environment::minimal(&mut command);
    user.apply(&mut command);
    let said = command.output().map_err(LocalError::io("run", &program))?;
    if said.status.success() {
        return Ok(None);
    }
    let complaint = String::from_utf8_lossy(&said.stderr).trim().to_owned();
    Ok(Some(if complaint.is_empty() { said.status.to_string() } else { complaint }))
}

fn put_in_place(fresh: &Path, data_dir: &Path, parent: &Path) -> Result<(), LocalError> {
    fs::rename(fresh, data_dir).map_err(LocalError::io("move the new data to", data_dir))?;
    // The rename itself must survive a power cut; where a folder can't be synced, there is
    // nothing to do about it.
    let _ = File::open(parent).and_then(|dir| dir.sync_all());
    Ok(())
}

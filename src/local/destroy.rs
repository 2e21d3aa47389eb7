//! Removes everything that was made below a root, and nothing else that may lie there.

use std::fs;
use std::io;
use std::path::Path;

use super::layout::{Layout, names_in};
use super::status::size_bytes;
use super::{LocalError, Shutdown, lock};

/// What [`super::Cluster::destroy`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destroyed {
    pub was_running: bool,
    pub freed_bytes: u64,
}

pub(super) fn destroy(layout: &Layout) -> Result<Option<Destroyed>, LocalError> {
    let Some(held) = lock::exclusive(&layout.lock_file(), &mut || {})? else { return Ok(None) };
    let running = layout.find_postmaster();
    if let Some((_, server)) = &running {
        // Nothing is kept, so nothing needs to be flushed.
        server.stop(Shutdown::Immediate)?;
    }
    let freed_bytes = size_bytes(&layout.root);
    for major in layout.major_dirs() {
        remove_major(layout, major)?;
    }
    remove_dir(&layout.socket_dir())?;
    remove_file(&layout.lock_file())?;
    drop(held);
    remove_if_empty(&layout.root);
    if let Some(parent) = layout.root.parent().filter(|parent| parent.ends_with("inboxctl")) {
        remove_if_empty(parent);
    }
    Ok(Some(Destroyed { was_running: running.is_some(), freed_bytes }))
}

/// The data are renamed first: half a data folder must never be taken for a whole one.
fn remove_major(layout: &Layout, major: u32) -> Result<(), LocalError> {
    let data_dir = layout.data_dir(major);
    if data_dir.exists() {
        fs::rename(&data_dir, layout.leftover(major))
            .map_err(LocalError::io("remove", &data_dir))?;
    }
    layout.sweep();
    let dir = layout.major_dir(major);
    if names_in(&dir).iter().any(|name| name.starts_with("data.")) {
        let error = io::Error::other("files in it couldn't be removed");
        return Err(LocalError::io("remove", &dir)(error));
    }
    // The settings last: they mark the folder as ours.
    for name in ["settings.conf.new", "postmaster.pid.new", "log", "log.old", "settings.conf"] {
        remove_file(&dir.join(name))?;
    }
    remove_if_empty(&dir);
    Ok(())
}

fn remove_file(path: &Path) -> Result<(), LocalError> {
    ignore_missing(fs::remove_file(path)).map_err(LocalError::io("remove", path))
}

fn remove_dir(path: &Path) -> Result<(), LocalError> {
    ignore_missing(fs::remove_dir_all(path)).map_err(LocalError::io("remove", path))
}

fn ignore_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Somebody's own files in it are a reason to leave it, not a failure.
fn remove_if_empty(dir: &Path) {
    let _ = fs::remove_dir(dir);
}

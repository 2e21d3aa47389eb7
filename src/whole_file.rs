//! A file that is there as a whole or not at all: written beside its place, brought to the disk, and
//! only then given its name.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

/// For its owner alone from its first moment.
pub const PRIVATE: u32 = 0o600;
/// For everybody to read, as far as the umask lets them.
pub const READABLE: u32 = 0o666;

/// A file that has no name of its own yet. Removed unless it gets one.
#[derive(Debug)]
pub struct WholeFile {
    pub file: File,
    aside: PathBuf,
    path: PathBuf,
}

impl WholeFile {
    /// Starts what shall stand at `path`, under a hidden name that no other process uses.
    ///
    /// # Errors
    /// The folder isn't there or can't be written to.
    pub fn create(path: &Path, mode: u32) -> io::Result<WholeFile> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let aside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        // Left behind by a killed process with the same number.
        let _ = fs::remove_file(&aside);
        let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&aside)?;
        Ok(WholeFile { file, aside, path: path.to_owned() })
    }

    /// As [`WholeFile::create`], with all that it shall hold.
    ///
    /// # Errors
    /// As for [`WholeFile::create`]; the disk is full.
    pub fn written(path: &Path, mode: u32, bytes: &[u8]) -> io::Result<WholeFile> {
        let mut whole = WholeFile::create(path, mode)?;
        whole.file.write_all(bytes)?;
        Ok(whole)
    }

    /// Where it lies as long as it has no name: for a program that reads it meanwhile.
    pub fn aside(&self) -> &Path {
        &self.aside
    }

    /// Gives it its name, in place of what has it now: a reader sees the old file or the new one.
    ///
    /// # Errors
    /// The disk, or the folder.
    pub fn replace(self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.aside, &self.path)?;
        sync_folder_of(&self.path)
    }

    /// Gives it its name, if nothing has it.
    ///
    /// # Errors
    /// `AlreadyExists` if something has; the disk, or the folder.
    pub fn place(self) -> io::Result<()> {
        self.file.sync_all()?;
        match renameat_with(CWD, &self.aside, CWD, &self.path, RenameFlags::NOREPLACE) {
            // Some network file systems can't do it in one step.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
                if fs::symlink_metadata(&self.path).is_ok() {
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                fs::rename(&self.aside, &self.path)?;
            }
            renamed => renamed?,
        }
        sync_folder_of(&self.path)
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        // Once it has its name, there is nothing under this one.
        let _ = fs::remove_file(&self.aside);
    }
}

/// A name must survive a power cut. Where folders can't be synced, there is nothing to do about it.
///
/// # Errors
/// The disk.
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match File::open(folder.unwrap_or(Path::new(".")))?.sync_all() {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
        {
            Ok(())
        }
        synced => synced,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(path: &Path, text: &str) -> WholeFile {
        WholeFile::written(path, PRIVATE, text.as_bytes()).unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn it_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        drop(written(&path, "given up"));
        assert!(names(folder.path()).is_empty());

        let first = written(&path, "first");
        assert!(!path.exists());
        first.place().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "first");

        let refused = written(&path, "second").place().unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "first");

        written(&path, "third").replace().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "third");
        assert_eq!(names(folder.path()), ["keys"]);
    }
}

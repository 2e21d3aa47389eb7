//! The one way to write a file. It is there as a whole or not at all: it has no name, or a hidden
//! one, until all of it is on the disk. A run that is killed meanwhile leaves nothing where the
//! file system knows files without a name; elsewhere it leaves a hidden file that nobody has
//! locked, and the next run that writes into that folder removes it.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustix::fs::{AtFlags, CWD, Mode, OFlags, RenameFlags, fcntl_setfl, linkat, renameat_with};
use rustix::io::Errno;

/// For its owner alone from its first moment.
pub const PRIVATE: u32 = 0o600;
/// For everybody to read, as far as the umask lets them.
pub const READABLE: u32 = 0o666;

/// The hidden name of a file in the making is PREFIX, a random number, SUFFIX.
const PREFIX: &str = ".inboxctl-";
const SUFFIX: &str = ".part";

/// What killed runs had left behind and this one has removed, until [`take_swept`] tells of it.
static SWEPT: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A file that has no name of its own yet. Gone unless it gets one.
#[derive(Debug)]
pub struct AtomicFile {
    pub file: File,
    /// The hidden name, if it has one.
    aside: Option<PathBuf>,
    path: PathBuf,
}

impl AtomicFile {
    /// Starts what shall stand at `path`.
    ///
    /// # Errors
    /// The folder isn't there or can't be written to.
    pub fn create(path: &Path, mode: u32) -> io::Result<AtomicFile> {
        let folder = folder_of(path);
        sweep(folder);
        let (file, aside) = match unnamed(folder, mode) {
            Some(file) => {
                // For the moment in which it has a hidden name all the same.
                let _ = file.try_lock();
                (file, None)
            }
            None => named(folder, mode).map(|(file, aside)| (file, Some(aside)))?,
        };
        Ok(AtomicFile { file, aside, path: path.to_owned() })
    }

    /// As [`AtomicFile::create`], with all that it shall hold.
    ///
    /// # Errors
    /// As for [`AtomicFile::create`]; the disk is full.
    pub fn written(path: &Path, mode: u32, bytes: &[u8]) -> io::Result<AtomicFile> {
        let mut whole = AtomicFile::create(path, mode)?;
        whole.file.write_all(bytes)?;
        Ok(whole)
    }

    /// Where it will stand.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// It shall stand there instead, in the same folder.
    pub fn stand_at(&mut self, path: PathBuf) {
        self.path = path;
    }

    /// A name under which another program can read it meanwhile.
    ///
    /// # Errors
    /// The folder.
    pub fn aside(&mut self) -> io::Result<&Path> {
        let aside = match self.aside.take() {
            Some(aside) => aside,
            None => {
                let aside = hidden(folder_of(&self.path))?;
                link(&self.file, &aside)?;
                aside
            }
        };
        Ok(self.aside.insert(aside))
    }

    /// Gives it its name, in place of the file that has it now: a reader sees the old file or the
    /// new one.
    ///
    /// # Errors
    /// A link, a folder, a device or a pipe has the name; the disk, or the folder.
    pub fn replace(mut self) -> io::Result<()> {
        self.file.sync_all()?;
        if let Destination::Stream(_) = destination(&self.path)? {
            return Err(io::Error::other("it is no file that can be replaced"));
        }
        let aside = self.aside()?.to_owned();
        fs::rename(&aside, &self.path)?;
        self.aside = None;
        sync_folder_of(&self.path)
    }

    /// Gives it its name, if nothing has it.
    ///
    /// # Errors
    /// `AlreadyExists` if something has; the disk, or the folder.
    pub fn place(self) -> io::Result<()> {
        place_all([self])
    }

    fn take_name(&mut self) -> io::Result<()> {
        let Some(aside) = &self.aside else { return link(&self.file, &self.path) };
        match renameat_with(CWD, aside, CWD, &self.path, RenameFlags::NOREPLACE) {
            // Some network file systems can't do it in one step.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
                if fs::symlink_metadata(&self.path).is_ok() {
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                fs::rename(aside, &self.path)?;
            }
            renamed => renamed?,
        }
        self.aside = None;
        Ok(())
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if let Some(aside) = &self.aside {
            let _ = fs::remove_file(aside);
        }
    }
}

/// Gives files of one folder that belong together their names, one right after the other: all of
/// them are on the disk before the first one gets its name.
///
/// # Errors
/// As for [`AtomicFile::place`]; then none of them has its name.
pub fn place_all<const N: usize>(mut files: [AtomicFile; N]) -> io::Result<()> {
    for whole in &files {
        whole.file.sync_all()?;
    }
    for index in 0..N {
        if let Err(error) = files[index].take_name() {
            for placed in &files[..index] {
                let _ = fs::remove_file(&placed.path);
            }
            return Err(error);
        }
    }
    files.first().map_or(Ok(()), |whole| sync_folder_of(&whole.path))
}

/// What stands where an operator wants something written.
#[derive(Debug)]
pub enum Destination {
    Free,
    File,
    /// A device or a pipe: it is written to and stays what it is.
    Stream(File),
}

/// Finds out what stands at `path`, and opens it if it can only be written to as a stream. Links
/// aren't followed but those of the system, such as /dev/stdout: another one leads to where
/// somebody else wants it to.
///
/// # Errors
/// A link, a folder, a disk, or a pipe that nobody reads.
pub fn destination(path: &Path) -> io::Result<Destination> {
    let is_own = path.starts_with("/dev") || path.starts_with("/proc/self/fd");
    let facts = if is_own { fs::metadata(path) } else { fs::symlink_metadata(path) };
    let kind = match facts {
        Ok(facts) => facts.file_type(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Destination::Free),
        Err(error) => return Err(error),
    };
    let refused = |why| Err(io::Error::other(why));
    if is_own && path.file_name() == Some(OsStr::new("stdout")) {
        // Opened anew, a file would be written from its beginning.
        let stdout = rustix::io::dup(rustix::stdio::stdout())?;
        return Ok(Destination::Stream(stdout.into()));
    }
    if kind.is_symlink() {
        return refused("it is a link: name the file that it leads to");
    }
    if kind.is_dir() {
        return refused("it is a folder");
    }
    if kind.is_block_device() {
        return refused("it is a disk");
    }
    if kind.is_file() && !is_own {
        return Ok(Destination::File);
    }
    let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::APPEND;
    flags.set(OFlags::NOFOLLOW, !is_own);
    let opened = rustix::fs::open(path, flags | OFlags::WRONLY | OFlags::CLOEXEC, Mode::empty());
    let stream = match opened {
        Err(Errno::NXIO) if kind.is_fifo() => return refused("nobody reads from this pipe"),
        opened => opened?,
    };
    // Only the opening may not wait.
    fcntl_setfl(&stream, OFlags::APPEND)?;
    Ok(Destination::Stream(stream.into()))
}

/// What this process has swept since it was last asked.
pub fn take_swept() -> Vec<PathBuf> {
    std::mem::take(&mut *SWEPT.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Removes what killed runs of this user have left in a folder.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_hidden = name.to_str().is_some_and(|name| {
            name.strip_prefix(PREFIX).is_some_and(|name| name.ends_with(SUFFIX))
        });
        if !is_hidden {
            continue;
        }
        // The lock is held until the file is gone: its maker, were it just starting, would see it.
        let left = left_behind(&entry.path());
        if left.is_ok_and(|left| left.is_some() && fs::remove_file(entry.path()).is_ok()) {
            SWEPT.lock().unwrap_or_else(PoisonError::into_inner).push(entry.path());
        }
    }
}

/// The file, locked, if its maker is gone.
fn left_behind(path: &Path) -> io::Result<Option<File>> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)?;
    let facts = file.metadata()?;
    let is_ours = facts.is_file() && facts.uid() == rustix::process::geteuid().as_raw();
    Ok((is_ours && file.try_lock().is_ok()).then_some(file))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn hidden(folder: &Path) -> io::Result<PathBuf> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    Ok(folder.join(format!("{PREFIX}{:016x}{SUFFIX}", u64::from_ne_bytes(random))))
}

/// A file without a name, where there are such files.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path, mode: u32) -> Option<File> {
    // It gets its name through /proc.
    if !Path::new("/proc/self/fd").exists() {
        return None;
    }
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    rustix::fs::open(folder, flags, Mode::from_raw_mode(mode)).ok().map(File::from)
}

#[cfg(not(target_os = "linux"))]
fn unnamed(_folder: &Path, _mode: u32) -> Option<File> {
    None
}

/// A file with a hidden name, locked for as long as its maker lives.
fn named(folder: &Path, mode: u32) -> io::Result<(File, PathBuf)> {
    loop {
        let aside = hidden(folder)?;
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create_new(true).mode(mode).open(&aside)?;
        let is_taken = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
        // Before it was locked another run may have swept it.
        if !is_taken && file.metadata()?.nlink() > 0 {
            return Ok((file, aside));
        }
    }
}

fn link(file: &File, path: &Path) -> io::Result<()> {
    use std::os::fd::AsRawFd;
    let unnamed = format!("/proc/self/fd/{}", file.as_raw_fd());
    Ok(linkat(CWD, unnamed, CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

/// A name must survive a power cut. Where folders can't be synced, there is nothing to do about it.
///
/// # Errors
/// The disk.
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    match File::open(folder_of(path))?.sync_all() {
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

    fn written(path: &Path, text: &str) -> AtomicFile {
        AtomicFile::written(path, PRIVATE, text.as_bytes()).unwrap()
    }

    /// As on a file system that knows no files without a name.
    fn with_hidden_name(path: &Path, text: &str) -> AtomicFile {
        let (file, aside) = named(folder_of(path), PRIVATE).unwrap();
        let mut whole = AtomicFile { file, aside: Some(aside), path: path.to_owned() };
        whole.write_all(text.as_bytes()).unwrap();
        whole
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn it_is_there_whole_or_not_at_all() {
        for make in [written, with_hidden_name] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("keys");
            drop(make(&path, "given up"));
            assert!(names(folder.path()).is_empty());

            let first = make(&path, "first");
            assert!(!path.exists());
            first.place().unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "first");

            let refused = make(&path, "second").place().unwrap_err();
            assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
            assert_eq!(fs::read_to_string(&path).unwrap(), "first");

            make(&path, "third").replace().unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "third");
            assert_eq!(names(folder.path()), ["keys"]);
        }
    }

    #[test]
    fn files_that_belong_together_get_their_names_together() {
        for make in [written, with_hidden_name] {
            let folder = tempfile::tempdir().unwrap();
            let [rows, manifest] = ["rows", "manifest"].map(|name| folder.path().join(name));
            fs::write(&manifest, "of somebody else").unwrap();
            let refused = place_all([make(&rows, "r"), make(&manifest, "m")]).unwrap_err();
            assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
            assert_eq!(names(folder.path()), ["manifest"]);
            assert_eq!(fs::read_to_string(&manifest).unwrap(), "of somebody else");
        }
    }

    #[test]
    fn what_has_no_maker_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let alive = with_hidden_name(&path("keys"), "in the making");
        fs::write(path(".inboxctl-0.part"), "left behind").unwrap();
        fs::write(path(".other.part"), "of another program").unwrap();
        std::os::unix::fs::symlink(path(".other.part"), path(".inboxctl-1.part")).unwrap();
        written(&path("new"), "new").place().unwrap();
        let mut left = names(folder.path());
        left.sort();
        let own = alive.aside.as_ref().unwrap().file_name().unwrap().to_str().unwrap();
        let mut expected = [own, ".inboxctl-1.part", ".other.part", "new"];
        expected.sort_unstable();
        assert_eq!(left, expected);
        assert!(take_swept().contains(&path(".inboxctl-0.part")));
        alive.place().unwrap();
    }
}

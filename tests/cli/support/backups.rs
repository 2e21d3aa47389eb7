//! Backups of a test, and client programs that misbehave.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use inboxctl::domain::backup::Manifest;
use inboxctl::local::Client;

use super::{Binary, Database};

/// A folder for backups, gone with the test.
pub(crate) struct Folder {
    folder: tempfile::TempDir,
}

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self, name: &str) -> String {
        self.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    /// What lies in it, hidden files too.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).expect("the folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// Backs the database up into `name`, and returns the file.
    pub(crate) fn back_up(&self, database: &Database, name: &str) -> String {
        let file = self.file(name);
        Binary::on(database).run(["db", "backup", "--out", &file]).expect_code(0);
        file
    }

    /// A folder whose `program` is this shell script; `$REAL` in it is the real
    /// one, and it tells the real one's version or the one in `version`.
    pub(crate) fn program(&self, program: &str, version: Option<&str>, script: &str) -> PathBuf {
        let real = Client::find_all(program, None).into_iter().next().expect("the program");
        let version = version.unwrap_or(&real.version);
        let folder = self.path().join("bin");
        fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join(program);
        let text = format!(
            "#!/bin/sh\nREAL='{}'\n\
             if [ \"$1\" = --version ]; then echo \"{program} (PostgreSQL) {version}\"; exit; fi\n\
             {script}\n",
            real.path.display()
        );
        fs::write(&file, text).expect("the script");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("its mode");
        folder
    }
}

/// The manifest of a backup.
pub(crate) fn manifest(file: &str) -> serde_json::Value {
    let text = fs::read(format!("{file}.manifest.json")).expect("a manifest");
    serde_json::from_slice(&text).expect("JSON")
}

/// A copy of a backup under another name in its folder, whose manifest says something else.
pub(crate) fn copy(file: &str, name: &str, edit: impl FnOnce(&mut Manifest)) {
    let copied = Path::new(file).with_file_name(name);
    fs::copy(file, &copied).expect("a copy");
    let mut manifest: Manifest = serde_json::from_value(manifest(file)).expect("a manifest");
    manifest.file = name.to_owned();
    edit(&mut manifest);
    fs::write(format!("{}.manifest.json", copied.display()), manifest.to_text()).expect("it");
}

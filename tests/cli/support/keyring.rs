//! A keyring for a test, and commands that use it.

use std::path::PathBuf;

use inboxctl::domain::vault::{self, Keyring};

use super::binary::{Binary, Ran};
use super::database::Database;

/// A folder with a keyring, gone with the test.
pub(crate) struct TestKeyring {
    folder: tempfile::TempDir,
}

impl TestKeyring {
    /// No keyring yet.
    pub(crate) fn none() -> TestKeyring {
        TestKeyring { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// With one key.
    pub(crate) fn generated() -> TestKeyring {
        let keyring = TestKeyring::none();
        keyring.keys(&["generate"]).expect_code(0);
        keyring
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("keyring.json")
    }

    pub(crate) fn text(&self) -> String {
        std::fs::read_to_string(self.path()).unwrap_or_default()
    }

    pub(crate) fn read(&self) -> Keyring {
        vault::parse(&self.text(), None).expect("a keyring")
    }

    pub(crate) fn primary(&self) -> String {
        self.read().primary().id().to_string()
    }

    /// The binary with this keyring and a database.
    pub(crate) fn on(&self, database: &Database) -> Binary {
        Binary::on(database).env("INBOXCTL_KEYRING_FILE", self.path())
    }

    /// `inboxctl keys ...` without a database.
    pub(crate) fn keys(&self, args: &[&str]) -> Ran {
        Binary::new().env("INBOXCTL_KEYRING_FILE", self.path()).run([&["keys"], args].concat())
    }

    /// Stages a key and promotes it. Returns the former primary's id.
    pub(crate) fn change_key(&self) -> String {
        let former = self.primary();
        self.keys(&["stage"]).expect_code(0);
        let newest = self.read().entries().last().expect("the staged one").key.id().to_string();
        self.keys(&["promote", &newest]).expect_code(0);
        former
    }
}

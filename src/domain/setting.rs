//! The settings that the environment and files give, each written once.

/// One setting.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name in `inboxctl.toml`.
    pub key: &'static str,
    /// Its name in the environment and in `.env` files.
    pub variable: &'static str,
    pub shape: Shape,
    /// It names no program, no key and no folder that the operator trusts: a file of a working
    /// folder may give it.
    pub is_harmless: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Text,
    /// In `inboxctl.toml` it counts from the folder of the file.
    Path,
    /// Shown without its password.
    Url,
    /// Never shown.
    Secret,
}

const fn harmless(key: &'static str, variable: &'static str, shape: Shape) -> Setting {
    Setting { key, variable, shape, is_harmless: true }
}

const fn powerful(key: &'static str, variable: &'static str, shape: Shape) -> Setting {
    Setting { key, variable, shape, is_harmless: false }
}

/// In `inboxctl.toml` the word stands for the profiles themselves. First of all: where a URL is set
/// in the same place, the profile counts.
pub static PROFILE: Setting = harmless("profile", "INBOXCTL_PROFILE", Shape::Text);
pub static DATABASE_URL: Setting = harmless("database_url", "DATABASE_URL", Shape::Url);
/// How containers are given secrets.
pub static DATABASE_URL_FILE: Setting =
    harmless("database_url_file", "DATABASE_URL_FILE", Shape::Path);
/// Run by the shell; it prints the URL.
pub static DATABASE_URL_COMMAND: Setting =
    powerful("database_url_command", "INBOXCTL_DATABASE_URL_COMMAND", Shape::Text);
pub static DIRECT_URL: Setting = harmless("direct_url", "DIRECT_URL", Shape::Url);
pub static DIRECT_URL_FILE: Setting = harmless("direct_url_file", "DIRECT_URL_FILE", Shape::Path);
/// A standby, for what reads much.
pub static REPLICA_URL: Setting = harmless("replica_url", "INBOXCTL_REPLICA_URL", Shape::Url);
pub static ACTOR: Setting = harmless("actor", "INBOXCTL_ACTOR", Shape::Text);
pub static PHONE_REGION: Setting = harmless("phone_region", "INBOXCTL_PHONE_REGION", Shape::Text);
/// Where backups go, and are looked for, if no flag says so.
pub static BACKUPS: Setting = powerful("backups", "INBOXCTL_BACKUPS", Shape::Path);
pub static PG_BIN: Setting = powerful("pg_bin", "INBOXCTL_PG_BIN", Shape::Path);
pub static DATA_DIR: Setting = powerful("data_dir", "INBOXCTL_DATA_DIR", Shape::Path);
pub static KEYRING: Setting = powerful("keyring", "INBOXCTL_KEYRING", Shape::Secret);
pub static KEYRING_FILE: Setting = powerful("keyring_file", "INBOXCTL_KEYRING_FILE", Shape::Path);
pub static KEYRING_PASSPHRASE: Setting =
    powerful("keyring_passphrase", "INBOXCTL_KEYRING_PASSPHRASE", Shape::Secret);
/// It may lie where nobody who owns the database can write.
pub static AUDIT_HEAD_FILE: Setting =
    powerful("audit_head_file", "INBOXCTL_AUDIT_HEAD_FILE", Shape::Path);
/// Run by the shell, with a head on its standard input.
pub static AUDIT_HEAD_COMMAND: Setting =
    powerful("audit_head_command", "INBOXCTL_AUDIT_HEAD_COMMAND", Shape::Text);

/// In the order in which they are shown; a URL comes before the file that may hold it.
pub static ALL: [&Setting; 17] = [
    &PROFILE,
    &DATABASE_URL,
    &DATABASE_URL_FILE,
    &DATABASE_URL_COMMAND,
    &DIRECT_URL,
    &DIRECT_URL_FILE,
    &REPLICA_URL,
    &ACTOR,
    &PHONE_REGION,
    &BACKUPS,
    &PG_BIN,
    &DATA_DIR,
    &KEYRING,
    &KEYRING_FILE,
    &KEYRING_PASSPHRASE,
    &AUDIT_HEAD_FILE,
    &AUDIT_HEAD_COMMAND,
];

/// Whether it says which database is meant.
pub fn leads_to_the_database(setting: &Setting) -> bool {
    [&DATABASE_URL, &DATABASE_URL_FILE, &DATABASE_URL_COMMAND].contains(&setting)
}

/// Those that `inboxctl.toml` gives.
pub fn of_files() -> impl Iterator<Item = &'static Setting> {
    ALL.into_iter().filter(|setting| *setting != &PROFILE)
}

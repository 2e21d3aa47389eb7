//! One database among several, under a name: a section `[profile.NAME]` of `inboxctl.toml`.

use serde::{Deserialize, Serialize};

use super::environment::Environment;
use super::retention::policy::Retention;
use super::setting::{self, Setting};
use super::setting_lines::{Line, Text, Wrong, lines};

/// What a profile lays down. It counts whole or not at all.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    url: Text,
    url_file: Text,
    url_command: Text,
    direct_url: Text,
    replica_url: Text,
    phone_region: Text,
    backups: Text,
    /// The schema of the inbox.
    pub schema: Option<String>,
    /// How the pooler that the URL leads to shares its sessions.
    pub pooler: Option<Pooler>,
    /// What the database is for, if it is production: what its own mark says is never lowered.
    pub environment: Option<Environment>,
    /// From which probability on two contacts are one, for dedupe.
    pub threshold: Option<f64>,
    /// In place of `[retention]`.
    pub retention: Option<Retention>,
}

/// How a pooler shares its sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pooler {
    /// A client has its session until it ends.
    Session,
    /// Each transaction may be on another one.
    Transaction,
}

/// What can be set without a profile too.
const SETTINGS: [&Setting; 7] = [
    &setting::DATABASE_URL,
    &setting::DATABASE_URL_FILE,
    &setting::DATABASE_URL_COMMAND,
    &setting::DIRECT_URL,
    &setting::REPLICA_URL,
    &setting::PHONE_REGION,
    &setting::BACKUPS,
];

/// Whether a profile of a working folder may give it: there nothing but the URL itself.
pub fn is_harmless(setting: &Setting) -> bool {
    setting.is_harmless && setting != &setting::DATABASE_URL_FILE
}

impl Profile {
    /// Its settings, with their lines in `text`, which this was read from.
    pub fn values(&self, text: &str) -> Vec<Line<'_>> {
        let values = [
            &self.url,
            &self.url_file,
            &self.url_command,
            &self.direct_url,
            &self.replica_url,
            &self.phone_region,
            &self.backups,
        ];
        lines(text, SETTINGS.into_iter().zip(values))
    }

    /// # Errors
    /// What is wrong with it, in one line.
    pub fn check(&self) -> Result<(), Wrong> {
        let urls = [&self.url, &self.url_file, &self.url_command];
        let named = urls.into_iter().flatten().filter(|value| !value.get_ref().is_empty());
        if named.count() != 1 {
            return Err(Wrong::from("it takes one of url, url_file and url_command"));
        }
        match self.threshold {
            Some(number) if !(number > 0.0 && number < 1.0) => {
                return Err(Wrong::from("threshold is a number between 0 and 1"));
            }
            _ => {}
        }
        self.retention.as_ref().map_or(Ok(()), Retention::check)
    }
}

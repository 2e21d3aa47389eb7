//! What is handed to client programs, which show it in a list of processes.

use super::super::session_settings::Settings;
use super::{Db, Target, with_settings};
use crate::domain::profile::Pooler;

impl Target {
    /// How a client program of this major version reaches the same place: a connection string
    /// without secrets, and the password, if the URL has one.
    pub fn for_clients(&self, major: u32) -> (String, Option<String>) {
        self.for_a_client(Some(&Settings::pinned()), major)
    }

    fn for_a_client(&self, settings: Option<&Settings>, major: u32) -> (String, Option<String>) {
        let password = self.info.get("password").map(str::to_owned);
        // A pooler refuses them, though it gives the session to one client.
        let settings = settings.filter(|_| self.options.pooler != Some(Pooler::Session));
        let info = match settings {
            Some(settings) => with_settings(&self.info, settings),
            None => self.info.clone(),
        };
        let text = info.for_clients(major).to_connection_string();
        (text.trim_end().to_owned(), password)
    }
}

impl Db {
    /// As [`Target::for_clients`], for a person: names without a schema are the inbox's. A pooler
    /// refuses settings, and the role's own hold there.
    pub fn for_psql(&self, major: u32) -> (String, Option<String>) {
        let path = self.target.search_path();
        let settings = Settings::pinned().with("search_path", path);
        self.target.for_a_client(Some(&settings).filter(|_| !self.pooled), major)
    }
}

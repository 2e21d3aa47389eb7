//! The head of the audit log's chains: what is kept of them outside of the database.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// All chains at one moment, in one digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// How many links there were, and so the number of the last one.
    pub links: u64,
    pub days: u64,
    /// All up to this one are closed.
    pub closed_to: String,
    /// Over the day and the hash of the last link of each day.
    pub sha256: String,
    /// When the last link was written, in UTC.
    pub at: String,
    /// Of which database they are; a role may not be told the number of the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system_identifier: Option<String>,
}

/// Which database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    pub database: Option<String>,
    pub system_identifier: Option<String>,
}

/// What a file has of heads.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Heads {
    pub heads: Vec<Head>,
    /// Lines that should be one, and are none.
    pub junk: Vec<usize>,
}

/// A comment of a metrics file that holds a head.
const METRICS_MARK: &str = "# inboxctl_audit_head ";

impl Head {
    pub fn written_at(&self) -> Option<Timestamp> {
        self.at.parse().ok()
    }

    /// Of which database it is, unless it says so.
    pub fn say_of(&mut self, identity: &Identity) {
        if self.database.is_none() && self.system_identifier.is_none() {
            self.database.clone_from(&identity.database);
            self.system_identifier.clone_from(&identity.system_identifier);
        }
    }

    /// Whether it is of a database on the server that this one is on.
    pub fn is_of_server(&self, here: &Identity) -> bool {
        self.system_identifier.is_some() && self.system_identifier == here.system_identifier
    }

    /// As a line of a metrics file.
    pub fn to_metrics(&self) -> String {
        format!("{METRICS_MARK}{}\n", serde_json::to_string(self).unwrap_or_default())
    }

    /// All heads that a file has: a line each, or within a manifest or metrics.
    pub fn all_in(text: &str) -> Heads {
        #[derive(Deserialize)]
        struct Manifest {
            audit_head: Option<Head>,
            database: Option<String>,
            system_identifier: Option<String>,
        }
        if let Ok(Manifest { audit_head, database, system_identifier }) = serde_json::from_str(text)
            && let Some(mut head) = audit_head
        {
            head.say_of(&Identity { database, system_identifier });
            return Heads { heads: vec![head], junk: Vec::new() };
        }
        let of_metrics = text.lines().any(|line| line.starts_with("# "));
        let mut found = Heads::default();
        for (line, number) in text.lines().zip(1..) {
            let marked = line.strip_prefix(METRICS_MARK);
            if marked.is_none() && (of_metrics || line.trim().is_empty()) {
                continue;
            }
            match serde_json::from_str(marked.unwrap_or(line)) {
                Ok(head) => found.heads.push(head),
                Err(_) => found.junk.push(number),
            }
        }
        found
    }

    /// Of which other database it says that it is, than of this one.
    pub fn of_another(&self, here: &Identity) -> Option<String> {
        let differs = |one: &Option<String>, other: &Option<String>| {
            one.is_some() && other.is_some() && one != other
        };
        let name = self.database.as_deref().unwrap_or("?");
        match differs(&self.system_identifier, &here.system_identifier) {
            true => Some(format!("of the database {name} on another server")),
            false => {
                differs(&self.database, &here.database).then(|| format!("of the database {name}"))
            }
        }
    }
}

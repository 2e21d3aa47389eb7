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
}

/// A comment of a metrics file that holds a head.
const METRICS_MARK: &str = "# inboxctl_audit_head ";

impl Head {
    pub fn written_at(&self) -> Option<Timestamp> {
        self.at.parse().ok()
    }

    /// As a line of a metrics file.
    pub fn to_metrics(&self) -> String {
        format!("{METRICS_MARK}{}\n", serde_json::to_string(self).unwrap_or_default())
    }

    /// All heads that a file has: a line each, or within a manifest or metrics.
    pub fn all_in(text: &str) -> Vec<Head> {
        #[derive(Deserialize)]
        struct Manifest {
            audit_head: Option<Head>,
        }
        if let Ok(manifest) = serde_json::from_str::<Manifest>(text)
            && let Some(head) = manifest.audit_head
        {
            return vec![head];
        }
        let head =
            |line: &str| serde_json::from_str(line.strip_prefix(METRICS_MARK).unwrap_or(line)).ok();
        text.lines().filter_map(head).collect()
    }
}

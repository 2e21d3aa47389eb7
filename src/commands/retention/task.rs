//! What one command, or one policy, deletes.

use std::path::PathBuf;

use crate::domain::audit_action::Action;
use crate::domain::retention::cutoff::Older;
use crate::domain::retention::policy::Table;
use crate::store::retention::Subject;

#[derive(Debug, Clone)]
pub struct Task {
    /// `audit prune`.
    pub command: &'static str,
    pub action: Action,
    pub policy: Option<String>,
    pub table: Table,
    pub targets: Vec<Target>,
    /// Holds of the configuration file.
    pub marks: Vec<String>,
    /// More than this is refused; `None`: the tripwire's share.
    pub max_rows: Option<u64>,
    /// The folder that rows go to before they are deleted.
    pub archive: Option<PathBuf>,
}

impl Task {
    /// What becomes of its rows: `deleted`.
    pub fn deed(&self) -> &'static str {
        self.targets.first().map_or("deleted", |target| target.subject.deed())
    }

    /// What metrics and questions call it.
    pub fn name(&self) -> String {
        self.policy.clone().unwrap_or_else(|| self.command.to_owned())
    }
}

#[derive(Debug, Clone)]
pub struct Target {
    pub subject: Subject,
    pub older: Older,
}

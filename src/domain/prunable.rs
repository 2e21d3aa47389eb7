//! Which rows are old enough to go, where nobody configured anything else.

use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

/// Rows of a table that may go from an age on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub table: &'static str,
    pub rows: Rows,
    pub older_than: Duration,
    /// The command that removes them.
    pub remedy: &'static str,
}

/// Which rows of the table, and what their age counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// All audit entries, from `created_at`.
    AuditEntries,
    /// Failed jobs, from `finished_at`, else from `updated_at`.
    FailedJobs,
}

pub fn default_rules() -> [Rule; 2] {
    [
        Rule {
            table: "audit_logs",
            rows: Rows::AuditEntries,
            older_than: 90 * DAY,
            remedy: "inboxctl audit prune --dry-run",
        },
        Rule {
            table: "scheduled_jobs",
            rows: Rows::FailedJobs,
            older_than: 7 * DAY,
            remedy: "inboxctl jobs cleanup --dry-run",
        },
    ]
}

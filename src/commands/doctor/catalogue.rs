//! The checks, in the order in which they are made and shown.

use super::probe::Check;
use super::{audit, backup, credentials, data, indexes, jobs, server, sessions, tables};

pub(super) const CHECKS: [Check; 32] = [
    Check { name: "connection", run: server::connection },
    Check { name: "encryption", run: server::encryption },
    Check { name: "schema-rights", run: server::schema_rights },
    Check { name: "server-version", run: server::version },
    Check { name: "clock", run: server::clock },
    Check { name: "connections", run: server::connections },
    Check { name: "wraparound", run: server::wraparound },
    Check { name: "replication", run: server::replication },
    Check { name: "replication-slots", run: server::slots },
    Check { name: "long-transactions", run: sessions::long },
    Check { name: "idle-transactions", run: sessions::idle },
    Check { name: "blocked-sessions", run: sessions::blocked },
    Check { name: "slow-queries", run: sessions::slow_queries },
    Check { name: "migrations", run: tables::migrations },
    Check { name: "primary-keys", run: tables::primary_keys },
    Check { name: "enums", run: tables::enums },
    Check { name: "sequences", run: tables::sequences },
    Check { name: "dead-rows", run: tables::dead_rows },
    Check { name: "partitions", run: tables::partitions_ahead },
    Check { name: "default-partition", run: tables::default_partition },
    Check { name: "invalid-indexes", run: indexes::invalid },
    Check { name: "missing-indexes", run: indexes::missing },
    Check { name: "scanned-tables", run: indexes::scanned },
    Check { name: "duplicate-indexes", run: indexes::duplicate },
    Check { name: "unused-indexes", run: indexes::unused },
    Check { name: "orphans", run: data::orphans },
    Check { name: "retention", run: data::retention },
    Check { name: "stuck-jobs", run: jobs::stuck },
    Check { name: "overdue-jobs", run: jobs::overdue },
    Check { name: "credentials", run: credentials::credentials },
    Check { name: "audit-trail", run: audit::closed },
    Check { name: "backup", run: backup::backup },
];

/// Those that say nothing of a database that another program made.
pub(super) const OF_AN_INBOX: [&str; 9] = [
    "enums",
    "partitions",
    "default-partition",
    "orphans",
    "retention",
    "stuck-jobs",
    "overdue-jobs",
    "credentials",
    "audit-trail",
];

//! What becomes of each column of our own tables. A migration that adds a column says it here.

use super::kind::Kind::{self, *};

/// A table of ours.
pub(super) struct Ours {
    pub name: &'static str,
    /// Its rows aren't copied: they were computed from values that the copy doesn't have.
    pub is_emptied: bool,
    /// The column by which a row hangs on a contact, for a sample.
    pub contact: Option<&'static str>,
    pub columns: &'static [(&'static str, Kind)],
}

const fn table(
    name: &'static str,
    contact: Option<&'static str>,
    columns: &'static [(&'static str, Kind)],
) -> Ours {
    Ours { name, is_emptied: false, contact, columns }
}

const CONTACT: Option<&str> = Some("contact_id");

pub(super) const OURS: &[Ours] = &[
    table("adopted_ids", None, &[("resource", Label), ("old_id", Reference), ("id", Keep)]),
    table(
        "assignments",
        CONTACT,
        &[
            ("id", Keep),
            ("user_id", Keep),
            ("contact_id", Keep),
            ("created_at", Keep),
            ("updated_at", Keep),
        ],
    ),
    Ours {
        // Digests of what the entries were.
        is_emptied: true,
        ..table(
            "audit_days",
            None,
            &[
                ("day", Keep),
                ("link", Keep),
                ("number", Keep),
                ("format", Keep),
                ("kind", Keep),
                ("entries", Keep),
                ("digest", Empty),
                ("changed", Keep),
                ("details", Json),
                ("actor", Actor),
                ("written_at", Keep),
                ("written_by", Actor),
                ("written_from", Ip),
                ("snapshot", Keep),
                ("hash", Empty),
            ],
        )
    },
    table(
        "audit_logs",
        None,
        &[
            ("id", Keep),
            ("user_id", Keep),
            ("actor", Actor),
            ("action", Label),
            ("resource", Label),
            ("resource_id", Reference),
            ("details", Json),
            ("created_at", Keep),
            ("recorded_at", Keep),
            ("recorded_by", Actor),
            ("recorded_from", Ip),
        ],
    ),
    table(
        "contact_identities",
        CONTACT,
        &[
            ("id", Keep),
            ("contact_id", Keep),
            ("kind", Keep),
            ("network", Label),
            ("value", Handle),
            ("created_at", Keep),
            ("updated_at", Keep),
        ],
    ),
    table(
        "contact_merges",
        Some("survivor_id"),
        &[
            ("id", Keep),
            ("survivor_id", Keep),
            ("merged_ids", Keep),
            ("probability", Keep),
            ("actor", Actor),
            ("before", Json),
            ("after", Json),
            ("moved", Json),
            ("merged_at", Keep),
            ("undone_at", Keep),
            ("undone_by", Actor),
            ("run_id", Keep),
        ],
    ),
    table(
        "contacts",
        Some("id"),
        &[
            ("id", Keep),
            ("name", Name),
            ("phone", Phone),
            ("email", Email),
            ("social_handles", Handles),
            ("metadata", Json),
            ("created_at", Keep),
            ("updated_at", Keep),
        ],
    ),
    table(
        "distinct_contacts",
        None,
        &[("low_id", Keep), ("high_id", Keep), ("actor", Actor), ("created_at", Keep)],
    ),
    table(
        "erased_contacts",
        None,
        &[
            ("contact_id", Keep),
            ("merged_ids", Keep),
            ("reason", Text),
            ("actor", Actor),
            ("erased_at", Keep),
        ],
    ),
    table(
        "imported_contacts",
        CONTACT,
        &[("import_id", Keep), ("contact_id", Keep), ("imported_at", Keep), ("before", Json)],
    ),
    table(
        "integrations",
        None,
        &[
            ("id", Keep),
            ("channel", Keep),
            ("config", Json),
            ("status", Status),
            ("credentials", Empty),
            ("created_at", Keep),
            ("updated_at", Keep),
        ],
    ),
    table(
        "maintenance_runs",
        None,
        &[
            ("id", Keep),
            ("command", Label),
            ("policy", Label),
            ("table_name", Label),
            ("actor", Actor),
            ("cutoff", Keep),
            ("eligible", Keep),
            ("held", Keep),
            ("deleted", Keep),
            ("archived", Keep),
            ("duration_ms", Keep),
            ("outcome", Keep),
            ("details", Json),
            ("started_at", Keep),
            ("finished_at", Keep),
        ],
    ),
    Ours {
        // Learned from the names that people had.
        is_emptied: true,
        ..table(
            "matching_lessons",
            None,
            &[("learned_at", Keep), ("figures", Json), ("counts", Empty)],
        )
    },
    table(
        "merged_contacts",
        Some("survivor_id"),
        &[("contact_id", Keep), ("survivor_id", Keep), ("merge_id", Keep)],
    ),
    table(
        "messages",
        CONTACT,
        &[
            ("id", Keep),
            ("contact_id", Keep),
            ("channel", Keep),
            ("direction", Keep),
            ("content", Text),
            ("status", Keep),
            ("thread_id", Handle),
            ("scheduled_at", Keep),
            ("sent_at", Keep),
            ("read_at", Keep),
            ("external_id", Handle),
            ("user_id", Keep),
            ("metadata", Json),
            ("created_at", Keep),
            ("updated_at", Keep),
        ],
    ),
    table(
        "notes",
        CONTACT,
        &[
            ("id", Keep),
            ("contact_id", Keep),
            ("user_id", Keep),
            ("content", Text),
            ("type", Keep),
            ("created_at", Keep),
            ("updated_at", Keep),
        ],
    ),
    table(
        "presence",
        CONTACT,
        &[
            ("id", Keep),
            ("user_id", Keep),
            ("contact_id", Keep),
            ("status", Keep),
            ("last_seen", Keep),
            ("created_at", Keep),
            ("updated_at", Keep),
        ],
    ),
    table(
        "retention_holds",
        None,
        &[
            ("id", Keep),
            ("kind", Keep),
            ("value", Reference),
            ("reason", Text),
            ("actor", Actor),
            ("created_at", Keep),
            ("released_at", Keep),
            ("released_by", Actor),
        ],
    ),
    table(
        "scheduled_jobs",
        None,
        &[
            ("id", Keep),
            ("type", Label),
            ("payload", Json),
            ("scheduled_at", Keep),
            ("status", Keep),
            ("attempts", Keep),
            ("last_error", Text),
            ("started_at", Keep),
            ("locked_by", Actor),
            ("message_id", Keep),
            ("finished_at", Keep),
            ("created_at", Keep),
            ("updated_at", Keep),
        ],
    ),
    table(
        "table_size_snapshots",
        None,
        &[
            ("taken_at", Keep),
            ("table_name", Label),
            ("total_bytes", Keep),
            ("estimated_rows", Keep),
        ],
    ),
    table(
        "templates",
        None,
        &[
            ("id", Keep),
            ("name", Label),
            ("content", Text),
            ("variables", Label),
            ("channel", Keep),
            ("category", Label),
            ("is_active", Keep),
            ("created_at", Keep),
            ("updated_at", Keep),
        ],
    ),
    table(
        "users",
        None,
        &[
            ("id", Keep),
            ("email", Email),
            ("name", Name),
            ("role", Keep),
            ("deactivated_at", Keep),
            ("created_at", Keep),
            ("updated_at", Keep),
        ],
    ),
    // Books of inboxctl, which no migration makes.
    table(
        "inboxctl_settings",
        None,
        &[("key", Keep), ("value", Keep), ("updated_at", Keep), ("updated_by", Actor)],
    ),
    table("__diesel_schema_migrations", None, &[("version", Keep), ("run_on", Keep)]),
    table(
        "inboxctl_migrations",
        None,
        &[
            ("id", Keep),
            ("version", Keep),
            ("name", Keep),
            ("event", Keep),
            ("sha256", Keep),
            ("started_at", Keep),
            ("finished_at", Keep),
            ("duration_ms", Keep),
            ("binary_version", Keep),
            ("actor", Actor),
            ("error", Text),
            ("backup", Empty),
        ],
    ),
];

pub(super) fn of_table(name: &str) -> Option<&'static Ours> {
    OURS.iter().find(|ours| ours.name == name)
}

pub(super) fn of_column(ours: &Ours, name: &str) -> Option<Kind> {
    ours.columns.iter().find(|(column, _)| *column == name).map(|(_, kind)| *kind)
}

/// The columns that the migrations give to a table of ours.
pub fn own_columns(table: &str) -> Vec<&'static str> {
    let columns = of_table(table).map_or(&[][..], |ours| ours.columns);
    columns.iter().map(|(name, _)| *name).collect()
}

/// Whether a table or a column of ours is called so.
pub(super) fn is_word(name: &str) -> bool {
    OURS.iter().any(|ours| ours.name == name || of_column(ours, name).is_some())
}

#[cfg(test)]
#[path = "fates_tests.rs"]
mod tests;

//! Every command, what it does to the database, and how to try it.

use inboxctl::domain::access::Right;

/// What a command does to the database.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Does {
    /// Reads, or has no database at all.
    Reads,
    Changes(Right, Change),
}

/// How to try it: what must be there before, and its arguments after the name.
/// `{db}`, `{merge}` and others are filled in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change {
    pub before: &'static [Before],
    pub args: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    Merged,
    Credentials,
    Enabled,
    KeyChanged,
    HistoryEdited,
    /// As another tool made it.
    WithoutLedger,
    BackedUp,
    /// A job that failed lies in an archive.
    Archived,
    Held,
    /// Into a day of the audit log that was closed, and flagged.
    LateEntry,
}

pub(crate) const A: &str = "01900000-0000-7000-8000-000000000101";
pub(crate) const B: &str = "01900000-0000-7000-8000-000000000107";
const WAITING_JOB: &str = "01900000-0000-7000-8000-000000000701";

const fn changes(right: Right, before: &'static [Before], args: &'static [&'static str]) -> Does {
    Does::Changes(right, Change { before, args })
}

/// Every command. One that changes something calls `Context::actor` or
/// `Context::schema_actor`, and stands here with its right.
pub(crate) const COMMANDS: &[(&str, Does)] = {
    use Before::{
        Archived, BackedUp, Credentials, Enabled, Held, HistoryEdited, KeyChanged, LateEntry,
        Merged, WithoutLedger,
    };
    use Does::Reads;
    use Right::{
        Assignments, Contacts, Integrations, Jobs, Keys, Retention, Schema, Settings, Users,
    };
    &[
        ("assignments clear", changes(Assignments, &[], &[A, "--yes"])),
        ("assignments list", Reads),
        (
            "assignments move",
            changes(Assignments, &[], &["editor@inbox.example", "admin@inbox.example", "--yes"]),
        ),
        ("assignments set", changes(Assignments, &[], &[A, "editor@inbox.example", "--yes"])),
        (
            "audit acknowledge",
            changes(Retention, &[LateEntry], &["{day}", "--reason", "a slow job"]),
        ),
        ("audit close", changes(Retention, &[], &[])),
        ("audit export", Reads),
        ("audit list", Reads),
        ("audit verify", Reads),
        ("audit prune", changes(Retention, &[], &["--yes"])),
        ("completions", Reads),
        ("config show", Reads),
        ("each", Reads),
        ("profile list", Reads),
        ("profile show", Reads),
        ("contacts data", Reads),
        ("contacts dedupe", changes(Contacts, &[], &["--yes"])),
        ("contacts distinct", changes(Contacts, &[], &[A, B])),
        ("contacts erase", changes(Retention, &[], &[A, "--yes"])),
        ("contacts export", Reads),
        (
            "contacts import",
            changes(Contacts, &[], &["{contacts}", "--on-match", "update", "--yes"]),
        ),
        ("contacts list", Reads),
        ("contacts merge", changes(Contacts, &[], &[A, B, "--yes"])),
        ("contacts merges", Reads),
        ("contacts search", Reads),
        ("contacts show", Reads),
        ("contacts unmerge", changes(Contacts, &[Merged], &["{merge}", "--yes"])),
        ("db access grant-roles", changes(Settings, &[], &["--yes"])),
        ("db access require-actor", changes(Settings, &[], &["on"])),
        ("db access show", Reads),
        // It changes what isn't an inbox yet, and so has no users who may or may not.
        ("db adopt", Reads),
        // It reads all of it, as a backup does, and writes another database.
        ("db anonymise", Reads),
        ("db backup verify", Reads),
        ("db backups list", Reads),
        ("db baseline", changes(Schema, &[WithoutLedger], &[])),
        ("db check", Reads),
        ("db drift", Reads),
        ("db environment set", changes(Schema, &[], &["staging"])),
        ("db generate", Reads),
        ("db leftovers drop", changes(Settings, &[], &["--yes"])),
        ("db lint", Reads),
        ("db locks", Reads),
        ("db migrate", changes(Schema, &[], &[])),
        ("db redo", changes(Schema, &[], &["--yes"])),
        ("db psql", Reads),
        ("db repair", changes(Schema, &[HistoryEdited], &["--yes"])),
        ("db reset", changes(Schema, &[], &["--confirm-db", "{db}"])),
        ("db restore", changes(Schema, &[BackedUp], &["{backup}", "--confirm-db", "{db}"])),
        ("db rollback", changes(Schema, &[], &["--yes"])),
        ("db seed", changes(Schema, &[], &["--profile", "small"])),
        ("db space", Reads),
        ("db status", Reads),
        ("db verify", Reads),
        ("db wait", Reads),
        ("demo", Reads),
        ("doctor", Reads),
        (
            "integrations clear-credentials",
            changes(Integrations, &[Credentials], &["SMS", "--yes"]),
        ),
        ("integrations check-webhook", Reads),
        ("integrations disable", changes(Integrations, &[Credentials, Enabled], &["SMS"])),
        ("integrations enable", changes(Integrations, &[Credentials], &["SMS"])),
        ("integrations list", Reads),
        ("integrations rotate-keys", changes(Integrations, &[Credentials, KeyChanged], &[])),
        ("integrations set-config", changes(Integrations, &[], &["SMS", "rate:=5"])),
        ("integrations set-credentials", changes(Integrations, &[], &["SMS"])),
        // Prints the secrets, which is a matter of rights too.
        ("integrations show", changes(Integrations, &[Credentials], &["SMS", "--reveal", "--yes"])),
        ("integrations verify", Reads),
        ("jobs cancel", changes(Jobs, &[], &[WAITING_JOB, "--yes"])),
        ("jobs cleanup", changes(Retention, &[], &["--yes"])),
        ("jobs list", Reads),
        ("jobs release", changes(Jobs, &[], &["--stuck", "--older-than", "0s", "--yes"])),
        ("jobs reschedule", changes(Jobs, &[], &[WAITING_JOB, "--in", "1h", "--yes"])),
        ("jobs retry", changes(Jobs, &[], &["--failed", "--yes"])),
        ("jobs show", Reads),
        ("jobs stats", Reads),
        // These change the keyring's file, which the database never sees.
        ("keys generate", Reads),
        ("keys list", Reads),
        ("keys promote", Reads),
        ("keys retire", changes(Keys, &[KeyChanged], &["{key}", "--yes"])),
        ("keys stage", Reads),
        // The private server itself; what is in it has the rights above.
        ("local destroy", Reads),
        ("local psql", Reads),
        ("local start", Reads),
        ("local status", Reads),
        ("local stop", Reads),
        ("local url", Reads),
        ("maintenance log", Reads),
        ("man", Reads),
        ("messages failed", Reads),
        ("messages search", Reads),
        ("messages show", Reads),
        ("messages thread", Reads),
        ("messages unread", Reads),
        ("nightly", changes(Retention, &[], &["--config", "{policies}", "--yes"])),
        ("presence list", Reads),
        ("presence sweep", changes(Retention, &[], &["--older-than", "0d", "--yes"])),
        (
            "retention holds add",
            changes(Retention, &[], &["--action", "contact.merge", "--reason", "a case"]),
        ),
        ("retention holds list", Reads),
        ("retention holds release", changes(Retention, &[Held], &["{hold}", "--yes"])),
        ("retention plan", Reads),
        ("retention restore", changes(Retention, &[Archived], &["{manifest}"])),
        ("retention run", changes(Retention, &[], &["--config", "{policies}", "--yes"])),
        ("retention verify", Reads),
        ("stats", Reads),
        // What it changes, it changes by the commands that stand here.
        ("ui", Reads),
        ("table-sizes", changes(Settings, &[], &["--snapshot"])),
        ("templates check", Reads),
        ("templates list", Reads),
        ("templates show", Reads),
        ("users activate", changes(Users, &[], &["gone@inbox.example", "--yes"])),
        (
            "users create",
            changes(Users, &[], &["new@inbox.example", "--name", "New", "--role", "VIEWER"]),
        ),
        ("users deactivate", changes(Users, &[], &["viewer@inbox.example", "--yes"])),
        ("users list", Reads),
        ("users rename", changes(Users, &[], &["viewer@inbox.example", "Other", "--yes"])),
        ("users set-role", changes(Users, &[], &["viewer@inbox.example", "EDITOR", "--yes"])),
    ]
};

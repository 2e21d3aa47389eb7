//! The commands, and for each the large tables that it may read whole, with the reason.

/// Tables of which a command reads every row because it is about every row.
pub(super) enum Whole {
    No,
    Tables(&'static [&'static str]),
    /// Of any table.
    All,
}

use Whole::{All, No, Tables};

/// What is looked for of a person stands in documents, and in records that nobody else asks by a
/// contact.
const OF_A_PERSON: Whole = Tables(&[
    "scheduled_jobs",
    "audit_logs",
    "adopted_ids",
    "imported_contacts",
    "distinct_contacts",
    "retention_holds",
]);

/// What is old is counted, and so is what hangs on it.
const OF_POLICIES: Whole = Tables(&[
    "audit_logs",
    "scheduled_jobs",
    "messages",
    "notes",
    "contacts",
    "contact_identities",
    "contact_merges",
    "merged_contacts",
    "assignments",
]);

/// In any order; they change nothing.
pub(super) const READING: &[(&str, Whole)] = &[
    ("messages thread {thread}", No),
    ("messages thread --contact {contact}", No),
    ("messages thread {thread} --channel sms --since 30d --until 1d", No),
    ("messages unread --since 2d --until 1d", No),
    ("messages search order --channel sms --since 20d --until 2d", No),
    ("jobs list --since 2d --until 1d", No),
    ("contacts merges --since 2d --until 1d", No),
    ("maintenance log --since 2d --until 1d", No),
    ("messages unread", No),
    ("messages unread --channel sms", No),
    ("messages unread --by contact", No),
    // About every contact that is assigned waits: one pass over the assignments is shorter than
    // to look each of them up.
    ("messages unread --by user", Tables(&["assignments"])),
    ("messages unread --by channel", No),
    ("messages failed", No),
    ("messages failed --channel sms --since 2d", No),
    ("messages search order --contact {contact}", No),
    ("messages show {message}", No),
    ("contacts search {email}", No),
    ("contacts search {phone}", No),
    ("contacts search @{handle}", No),
    ("jobs release --stuck --dry-run", No),
    // Nearly all are this user's.
    ("assignments move {user} admin@inbox.example --dry-run", Tables(&["assignments"])),
    // There is no index on texts, which would cost each new message too much. The search goes
    // back in time, from range to range, until it has found enough.
    ("messages search order", No),
    ("messages search no-such-text", No),
    ("jobs list", No),
    ("jobs list --status running", No),
    ("jobs list --status completed", No),
    ("jobs list --overdue", No),
    ("jobs list --type export_report", No),
    ("jobs list --type no_such_type", No),
    ("jobs list --status failed --type export_report", No),
    ("jobs show {job}", No),
    // Counts all jobs, by type and status.
    ("jobs stats", Tables(&["scheduled_jobs"])),
    ("audit list", No),
    ("audit list --action contact.delete", No),
    ("audit list --action no.such", No),
    ("audit list --user viewer@inbox.example", No),
    ("audit list --user os:nobody", No),
    ("audit list --resource contacts", No),
    ("audit list --resource contacts:{contact}", No),
    ("audit list --user {user} --action message.send", No),
    ("audit list --action message.send --since 30d", No),
    ("audit list --since 2d", No),
    ("audit list --since 400d --until 300d", No),
    // Hash every entry of a closed day, and count them all.
    ("audit close", Tables(&["audit_logs"])),
    ("audit verify", Tables(&["audit_logs"])),
    // Writes every entry to a file.
    ("audit export --out {folder}/audit.jsonl", Tables(&["audit_logs"])),
    // A day of a month that is full: of one that has just begun all is wanted.
    ("audit export --out {folder}/day.jsonl --since 40d --until 39d", No),
    ("assignments list", No),
    ("assignments list --user viewer@inbox.example", No),
    ("assignments list --user {user}", No),
    ("presence list", No),
    ("presence list --status online", No),
    ("users list", No),
    ("users list --role ADMIN", No),
    ("templates list", No),
    ("templates check", No),
    ("templates show welcome", No),
    // Counts the contacts assigned to each user, which is all that are assigned.
    ("stats", Tables(&["assignments"])),
    ("stats --since 2h", Tables(&["assignments"])),
    ("stats --by contact --since 1h", No),
    ("stats --by day --since 7d", Tables(&["assignments"])),
    ("stats --by month --since 90d", Tables(&["assignments"])),
    // What could be pruned is counted up to a limit; in months that are old to their end, every
    // row counts.
    ("table-sizes", Tables(&["audit_logs"])),
    ("table-sizes --since 30d", Tables(&["audit_logs"])),
    ("table-sizes --partitions", No),
    ("table-sizes --indexes", No),
    // Counts every row, as it was told to.
    ("table-sizes --exact", All),
    // Looks for rows that point to nothing, in the small tables first, and says which it left
    // out; with --thorough in all.
    ("doctor --skip orphans", No),
    ("doctor --only orphans", All),
    ("contacts search {name}", No),
    ("contacts search Ana", No),
    ("contacts search no-such-name", No),
    ("contacts search 600123456", No),
    ("contacts search @anna", No),
    ("contacts search anna.schmidt@example.com", No),
    ("contacts show {contact}", No),
    ("contacts list", No),
    ("contacts list --since 30d", No),
    ("contacts list --channel sms", No),
    ("contacts list --channel linkedin --limit 5", No),
    ("contacts list --assigned {user}", No),
    ("contacts list --without identifier", No),
    ("contacts list --without messages", No),
    // Writes every contact to a file.
    ("contacts export {folder}/contacts.csv", Tables(&["contacts"])),
    ("contacts export {folder}/new.jsonl --since 1d", No),
    ("contacts data {contact} --out {folder}/person", OF_A_PERSON),
    ("contacts merges", No),
    ("contacts merges --contact {survivor}", No),
    // Compares all contacts with one another, but for those that somebody called different.
    (
        "contacts dedupe --dry-run",
        Tables(&["contacts", "contact_identities", "distinct_contacts", "contact_merges"]),
    ),
    // Counts what is old, in months that are old to their end, and the whole table, of which no
    // more than a part may go.
    ("retention plan --config {folder}/inboxctl.toml", OF_POLICIES),
    ("retention run --dry-run --config {folder}/inboxctl.toml", OF_POLICIES),
    ("audit prune --dry-run", Tables(&["audit_logs"])),
    ("jobs cleanup --dry-run", Tables(&["scheduled_jobs"])),
    ("jobs retry --failed --dry-run", No),
    ("presence sweep --older-than 0d --dry-run", No),
    ("retention holds list", No),
    ("retention holds list --all", Tables(&["retention_holds"])),
    ("maintenance log", No),
    ("integrations list", No),
    ("integrations show SMS", No),
    ("integrations verify", No),
    (
        "integrations check-webhook SMS --body /dev/null -H X-Twilio-Signature:x --url https://inbox.example/sms",
        No,
    ),
    ("db status", No),
    ("db check", No),
    ("db locks", No),
    ("db space", No),
    ("db leftovers drop --dry-run", No),
    ("db drift", No),
    ("db wait", No),
    ("db generate mermaid", No),
    ("db access show", No),
    // Checks every row against every constraint.
    ("db verify", All),
];

/// In this order: each changes what the next one meets.
pub(super) const CHANGING: &[(&str, Whole)] = &[
    ("contacts unmerge {merge} --yes", No),
    ("contacts merge {one} {other} --dry-run", No),
    ("contacts merge {one} {other} --yes", No),
    ("contacts distinct {contact} {survivor}", No),
    (
        "contacts dedupe --yes",
        Tables(&["contacts", "contact_identities", "distinct_contacts", "contact_merges"]),
    ),
    // The run before it has changed so many that all are compared again.
    (
        "contacts dedupe --yes --since 1h",
        Tables(&["contacts", "contact_identities", "distinct_contacts", "contact_merges"]),
    ),
    // Compares those of the file with all contacts.
    (
        "contacts import {folder}/new.csv --on-match update --yes",
        Tables(&["contacts", "contact_identities", "distinct_contacts"]),
    ),
    ("jobs retry {job} --yes", No),
    ("jobs retry --failed --yes", No),
    ("jobs reschedule {waiting} --in 1h --yes", No),
    ("jobs cancel {waiting} --yes", No),
    ("jobs release --stuck --older-than 0s --yes", No),
    ("assignments set {contact} {user} --yes", No),
    ("assignments clear {contact} --yes", No),
    // Nearly all are this user's.
    ("assignments move {user} admin@inbox.example --yes", Tables(&["assignments"])),
    ("users create new@inbox.example --name New --role VIEWER", No),
    ("users rename new@inbox.example Other --yes", No),
    ("users set-role new@inbox.example EDITOR --yes", No),
    ("users deactivate {user} --yes", No),
    ("users activate {user} --yes", No),
    ("presence sweep --older-than 0d --yes", No),
    ("table-sizes --snapshot", Tables(&["audit_logs"])),
    ("retention holds add --contact {contact} --reason court", No),
    ("retention holds release {hold} --yes", No),
    ("audit prune --action session.login --older-than 30d --yes", Tables(&["audit_logs"])),
    ("audit prune --older-than 330d --yes --archive {folder}", Tables(&["audit_logs"])),
    // The server checks a month that is put back against its constraints, row by row.
    ("retention restore {manifest}", Tables(&["audit_logs", "maintenance_runs"])),
    ("jobs cleanup --yes", Tables(&["scheduled_jobs"])),
    ("retention run --yes --config {folder}/inboxctl.toml", OF_POLICIES),
    ("integrations set-credentials SMS --yes", No),
    ("integrations set-config SMS rate:=5", No),
    ("integrations enable SMS", No),
    ("integrations disable SMS", No),
    ("integrations show SMS --reveal --yes", No),
    ("integrations rotate-keys", No),
    ("integrations clear-credentials SMS --yes", No),
    ("db access grant-roles --yes", No),
    ("db access require-actor on --actor admin@inbox.example", No),
    ("db access require-actor off --actor admin@inbox.example", No),
    ("db environment set test", No),
    ("db migrate", No),
    ("db seed", No),
    ("db seed --profile medium", No),
    // Who else names the person stands in texts.
    ("contacts erase {one} --yes", All),
];

/// Commands, or all below one, that are not tried here.
pub(super) const LEFT_OUT: [(&str, &str); 29] = [
    ("ui", "needs a terminal: tests/cli/ui.rs looks at its plans"),
    ("audit acknowledge", "reads one day, as audit close does"),
    ("nightly", "runs commands that stand here"),
    ("completions", "no database"),
    ("config show", "no database"),
    ("each", "runs commands that stand here"),
    ("profile list", "no database"),
    ("profile show", "no database"),
    ("man", "no database"),
    ("demo", "a private server of its own"),
    ("local", "the private server itself"),
    ("keys generate", "a file"),
    ("keys list", "a file"),
    ("keys promote", "a file"),
    ("keys stage", "a file"),
    ("keys retire", "reads envelopes as integrations rotate-keys does"),
    ("db lint", "files"),
    ("db psql", "runs what is typed there"),
    ("db backup verify", "a file"),
    ("db backups list", "files"),
    ("retention verify", "files"),
    ("db adopt", "reads and writes another database, all of it"),
    ("db anonymise", "reads all of the database and writes another one"),
    ("db baseline", "reads the catalogue alone, as db drift does"),
    ("db repair", "writes rows of the ledger alone"),
    ("db redo", "takes tables away and makes them anew"),
    ("db reset", "takes everything away"),
    ("db restore", "writes everything anew"),
    ("db rollback", "takes tables away"),
];

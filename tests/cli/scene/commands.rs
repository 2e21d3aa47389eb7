//! The commands that are tried, and how each may end on a database with an application in it.

/// How a command may end.
type Codes = &'static [i32];

const DONE: Codes = &[0];
/// Looks for trouble, and finds what the application brought.
const LOOKS: Codes = &[0, 3];

/// They change nothing.
pub(crate) const READING: &[(&str, Codes)] = &[
    ("assignments list", DONE),
    ("audit export --out {folder}/audit.jsonl --yes", DONE),
    ("audit list --limit 200", DONE),
    ("audit verify", DONE),
    ("contacts data {ana} --out {folder}/ana", DONE),
    ("contacts export {folder}/contacts.csv --yes", DONE),
    ("contacts list", DONE),
    ("contacts merges", DONE),
    ("contacts search Prueba", DONE),
    ("contacts show {ana}", DONE),
    ("db access show", DONE),
    // It is an inbox already.
    ("db adopt --plan", DONE),
    // Columns of the application have no rules.
    ("db anonymise --into {database}_staging --dry-run", &[4]),
    ("db backup --out {folder}/inbox.dump", DONE),
    ("db backup verify {folder}/inbox.dump", DONE),
    ("db backups list --dir {folder}", DONE),
    ("db check", LOOKS),
    ("db drift", LOOKS),
    ("db generate mermaid", DONE),
    ("db generate prisma", DONE),
    ("db leftovers drop --dry-run", DONE),
    ("db lint", DONE),
    ("db reset --dry-run", DONE),
    // Its owner may not make the database that it restores into first.
    ("db restore {folder}/inbox.dump --dry-run --confirm-db {database}", &[4]),
    ("db locks", DONE),
    ("db space", DONE),
    ("db status", DONE),
    ("db verify", LOOKS),
    ("db wait", DONE),
    ("doctor --thorough", LOOKS),
    ("each --schemas {inbox} -- jobs stats", DONE),
    ("integrations list", DONE),
    ("integrations show SMS", DONE),
    ("integrations verify", DONE),
    ("jobs list --limit 200", DONE),
    ("jobs show {job}", DONE),
    ("jobs stats", DONE),
    ("keys list", DONE),
    ("maintenance log", DONE),
    ("messages failed", DONE),
    ("messages search control", DONE),
    ("messages show 01900000-0000-7000-8000-000000000210", DONE),
    ("messages thread --contact {ana}", DONE),
    ("messages unread", DONE),
    ("presence list", DONE),
    ("retention holds list", DONE),
    ("retention plan --config {folder}/inboxctl.toml", DONE),
    ("stats", DONE),
    ("stats --by contact --since 1h", DONE),
    ("table-sizes --exact", DONE),
    ("templates check", LOOKS),
    ("templates list", DONE),
    ("templates show welcome", DONE),
    ("users list", DONE),
];

/// In this order: each changes what the next one meets.
pub(crate) const CHANGING: &[(&str, Codes)] = &[
    ("contacts merge {ana} {anas-other} --yes", DONE),
    ("contacts unmerge {merge} --yes", DONE),
    ("contacts distinct {ana} {amara}", DONE),
    ("contacts import {folder}/contacts.csv", DONE),
    ("contacts dedupe --yes", DONE),
    ("contacts unmerge {merge} --yes", DONE),
    // The application keeps rows that refer to her.
    ("contacts erase {amara} --yes", &[4]),
    ("assignments set {amara} editor@inbox.example --yes", DONE),
    // The application gives a reason for it, which would go along.
    ("assignments clear {amara} --yes", &[4]),
    ("assignments move editor@inbox.example admin@inbox.example --yes", DONE),
    ("jobs retry {failed} --yes", DONE),
    ("jobs reschedule {waiting} --in 1h --yes", DONE),
    ("jobs cancel {waiting} --yes", DONE),
    ("jobs release --stuck --older-than 0s --yes", DONE),
    ("jobs cleanup --yes --archive {folder}/archives", DONE),
    ("retention restore {jobs}", DONE),
    ("jobs cleanup --older-than 0d --yes", DONE),
    ("presence sweep --older-than 0d --yes", DONE),
    ("table-sizes --snapshot", DONE),
    ("retention holds add --contact {amara} --reason court", DONE),
    ("retention holds release {hold} --yes", DONE),
    // Two months have a view of the application on them.
    ("audit close", DONE),
    // Nothing came late.
    ("audit acknowledge 2020-01-01 --reason looked", &[2]),
    ("audit prune --yes --max-rows 9999 --archive {folder}/archives", &[1]),
    ("retention verify {folder}/archives", DONE),
    ("retention restore {entries}", DONE),
    ("retention run --yes --config {folder}/inboxctl.toml", &[0, 1]),
    ("nightly --yes --config {folder}/inboxctl.toml", DONE),
    ("users create new@inbox.example --name New --role VIEWER", DONE),
    ("users rename new@inbox.example Other --yes", DONE),
    ("users set-role new@inbox.example EDITOR --yes", DONE),
    ("users deactivate new@inbox.example --yes", DONE),
    ("users activate new@inbox.example --yes", DONE),
    ("integrations set-credentials SMS --yes", DONE),
    (
        "integrations check-webhook SMS --body /dev/null -H X-Twilio-Signature:x --url https://inbox.example/sms",
        LOOKS,
    ),
    ("integrations set-config SMS rate:=5", DONE),
    ("integrations enable SMS", DONE),
    ("integrations disable SMS", DONE),
    ("integrations show SMS --reveal --yes", DONE),
    ("keys stage", DONE),
    ("keys promote {staged}", DONE),
    ("integrations rotate-keys", DONE),
    ("integrations clear-credentials SMS --yes", DONE),
    ("keys retire {retired} --yes", DONE),
    // Only an administrator makes the group roles; once made they are the whole server's.
    ("db access grant-roles --yes", &[0, 1, 4]),
    ("db access require-actor on --actor admin@inbox.example", DONE),
    ("db access require-actor off --actor admin@inbox.example", DONE),
    ("db environment set test --yes", DONE),
    ("db migrate", DONE),
    ("db seed", DONE),
    ("db baseline", &[2, 4]),
    ("db repair --yes", DONE),
    // The application's tables hang on ours.
    ("db rollback --yes", &[0, 1, 4]),
    ("db migrate", DONE),
    ("db redo --yes", &[0, 1, 4]),
];

/// Commands, or all below one, that are not tried here.
pub(crate) const LEFT_OUT: &[(&str, &str)] = &[
    ("ui", "needs a terminal: tests/cli/ui.rs"),
    ("completions", "no database"),
    ("config show", "no database"),
    ("profile list", "no database"),
    ("profile show", "no database"),
    ("db psql", "runs what is typed there"),
    ("man", "no database"),
    ("demo", "a private server of its own"),
    ("local", "the private server itself"),
    ("keys generate", "a file that is there"),
];

//! What must be true of a database and its folders after whatever happened.

use super::support::backups::Folder;
use super::support::{Binary, Database};

/// What no command here may change but in a way that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    messages: String,
    /// Those that were merged away are known.
    contacts: String,
    /// Merges without an entry of the log, or the other way round; a sample has entries of its own.
    merges_untold: String,
    /// Of the log, without what is written now.
    old_entries: u64,
    jobs: u64,
}

pub(crate) fn count(database: &Database, began: &str) -> Counts {
    let value = |query: &str| database.value(query);
    let number = |query: &str| value(query).parse().unwrap_or_default();
    Counts {
        messages: value("(SELECT count(*) FROM messages)"),
        contacts: value(
            "((SELECT count(*) FROM contacts) + (SELECT count(*) FROM merged_contacts))",
        ),
        merges_untold: value(&format!(
            "((SELECT count(*) FROM contact_merges) - \
              (SELECT count(*) FROM audit_logs WHERE action = 'contact.merge' AND created_at > '{began}'))"
        )),
        old_entries: number(
            "(SELECT count(*) FROM audit_logs WHERE created_at < now() - interval '30 days')",
        ),
        jobs: number("(SELECT count(*) FROM scheduled_jobs)"),
    }
}

/// What is gone without a trace.
pub(crate) fn lost(
    database: &Database,
    (began, before): (&str, &Counts),
    archives: &Folder,
) -> Vec<String> {
    let now = count(database, began);
    let mut lost = Vec::new();
    let archived = archived(archives, &mut lost);
    let same = |what: &str, before: &str, now: &str| {
        (before != now).then(|| format!("{what}: {before} became {now}"))
    };
    lost.extend(same("messages", &before.messages, &now.messages));
    lost.extend(same("contacts", &before.contacts, &now.contacts));
    lost.extend(same("merges untold", &before.merges_untold, &now.merges_untold));
    let rows = now.old_entries + now.jobs + archived;
    let meant = before.old_entries + before.jobs;
    if rows < meant {
        lost.push(format!("{rows} old entries and jobs are there or archived, of {meant}"));
    }
    lost.extend(unsound(database));
    lost
}

/// What is wrong with the schema, or with rows that it speaks of.
pub(crate) fn unsound(database: &Database) -> Vec<String> {
    let commands = [&["db", "verify"][..], &["db", "drift"], &["db", "status"]];
    let ran = commands.map(|command| (command.join(" "), Binary::on(database).run(command)));
    let wrong = ran.into_iter().filter(|(_, ran)| ran.code != 0);
    wrong.map(|(command, ran)| format!("{command}: {ran}")).collect()
}

/// A reset that was disturbed took all rows, or none.
pub(crate) fn half_reset(database: &Database, before: &Counts) -> Option<String> {
    if database.value("to_regclass('messages') IS NULL OR to_regclass('merged_contacts') IS NULL")
        == "true"
    {
        return None;
    }
    let now = (
        database.value("(SELECT count(*) FROM messages)"),
        database
            .value("((SELECT count(*) FROM contacts) + (SELECT count(*) FROM merged_contacts))"),
    );
    let is_whole = now == (before.messages.clone(), before.contacts.clone());
    let is_empty = now == (String::from("0"), String::from("0"));
    (!is_whole && !is_empty)
        .then(|| format!("half a reset: {now:?} messages and contacts are there"))
}

fn archived(archives: &Folder, lost: &mut Vec<String>) -> u64 {
    if archives.names().is_empty() {
        return 0;
    }
    let path = archives.path().to_str().expect("UTF-8").to_owned();
    let verified = Binary::new().run(["retention", "verify", &path, "--format", "json"]);
    if verified.code != 0 {
        lost.push(format!("retention verify: {verified}"));
        return 0;
    }
    let document = verified.json();
    let archives = document["archives"].as_array().cloned().unwrap_or_default();
    archives.iter().filter_map(|one| one["rows"].as_u64()).sum()
}

/// What nobody looks after any more.
pub(crate) fn left(database: &Database, folders: &[&Folder]) -> Vec<String> {
    let mut left = Vec::new();
    for folder in folders {
        let strange = |name: &String| name.starts_with('.') || name.ends_with(".part");
        left.extend(folder.names().into_iter().filter(strange).map(|name| format!("file {name}")));
    }
    for (what, query) in [
        (
            "database",
            "SELECT datname AS name FROM pg_database WHERE starts_with(datname, {}) AND datname ~ '_inboxctl_'",
        ),
        (
            "role",
            "SELECT rolname AS name FROM pg_roles WHERE starts_with(rolname, {}) AND rolname ~ '_inboxctl_'",
        ),
        (
            "session",
            "SELECT application_name AS name FROM pg_stat_activity WHERE datname = current_database() AND application_name ~ '^inboxctl [a-z]'",
        ),
        ("run", "SELECT command AS name FROM maintenance_runs WHERE outcome = 'RUNNING'"),
    ] {
        let query = query.replace("{}", &format!("'{}_'", database.name));
        let names =
            database.value(&format!("(SELECT string_agg(name, ', ') FROM ({query}) AS found)"));
        if !names.is_empty() {
            left.push(format!("{what} {names}"));
        }
    }
    left
}

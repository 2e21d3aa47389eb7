//! SQL that is put together of pieces: every place is listed with the reason why no name and no value
//! in it can become SQL of somebody else's.

use std::collections::BTreeMap;

use super::rooms;

/// Why it is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Safe {
    /// Names by `quote_identifier`, texts by `quote_literal`.
    Quoted,
    /// Names as the server quoted them, by `format('%I')` or `quote_ident` in the query that read them;
    /// definitions as `pg_get_constraintdef` and its like print them.
    ByTheServer,
    /// Constants, labels and column names of ours, numbers.
    Ours,
    /// Expressions that other places of this list made.
    Pieces,
    /// Shown to people, as a reason or a hint, with names quoted.
    Shown,
    /// Printed for the operator to read and run, or compared as text; names are quoted by
    /// `schema_diff::identifier`.
    Printed,
}

use Safe::{ByTheServer, Ours, Pieces, Printed, Quoted, Shown};

/// File, number of places, and what is put in there. A number that grows is a new place: see what it
/// puts in before it is listed.
const BUILT: &[(&str, usize, &[Safe])] = &[
    ("domain/adopt/stands.rs", 6, &[Quoted, ByTheServer]),
    ("domain/backup/entries.rs", 1, &[Shown]),
    ("domain/backup/trusted.rs", 1, &[Shown]),
    ("domain/grants/statements.rs", 3, &[ByTheServer, Ours]),
    ("domain/integrity.rs", 5, &[Printed, Pieces]),
    ("domain/schema_diff/create.rs", 9, &[Printed]),
    ("domain/schema_diff/enums.rs", 10, &[Printed]),
    ("domain/schema_diff/repair.rs", 16, &[Printed]),
    ("domain/schema_diff/order.rs", 1, &[Printed]),
    ("domain/schema_diff/partition.rs", 1, &[Printed]),
    ("domain/schema_diff/parts.rs", 1, &[Printed]),
    ("domain/schema_diff/way.rs", 7, &[Printed]),
    ("domain/schema_text/prisma/like/notes.rs", 1, &[Printed]),
    ("store/adopt/application.rs", 12, &[ByTheServer, Quoted]),
    ("store/adopt/aside.rs", 13, &[ByTheServer, Quoted, Ours]),
    ("store/adopt/besides.rs", 3, &[ByTheServer, Quoted]),
    ("store/adopt/convert.rs", 22, &[ByTheServer, Quoted, Pieces]),
    ("store/adopt/count.rs", 12, &[Quoted, Pieces]),
    ("store/adopt/event_triggers.rs", 1, &[Quoted, Ours]),
    ("store/adopt/expression.rs", 37, &[Quoted, Pieces]),
    ("store/adopt/follow.rs", 4, &[ByTheServer, Quoted, Pieces]),
    ("store/adopt/hold.rs", 5, &[ByTheServer, Quoted, Ours]),
    ("store/adopt/identities.rs", 2, &[ByTheServer, Ours]),
    ("store/adopt/lent.rs", 1, &[Quoted]),
    ("store/adopt/merge.rs", 3, &[Quoted, Pieces]),
    ("store/adopt/months.rs", 1, &[Pieces]),
    ("store/adopt/own_keys.rs", 2, &[Quoted, Ours]),
    ("store/adopt/rehearse.rs", 6, &[Quoted, Pieces]),
    ("store/adopt/tenant.rs", 16, &[ByTheServer, Quoted, Pieces]),
    ("store/anonymise.rs", 5, &[ByTheServer, Quoted, Ours]),
    ("store/archive_dependants.rs", 2, &[Pieces, Ours]),
    ("store/archive_insert.rs", 3, &[ByTheServer, Quoted, Pieces]),
    ("store/archive_return.rs", 16, &[ByTheServer, Quoted, Pieces]),
    ("store/archive_rows.rs", 4, &[Quoted, Pieces]),
    ("store/audit_log.rs", 1, &[Ours]),
    ("store/audit_log_redaction.rs", 1, &[Ours]),
    ("store/backups.rs", 4, &[Quoted, Ours]),
    ("store/brought/backed_up.rs", 4, &[ByTheServer, Quoted, Pieces]),
    ("store/brought/circles.rs", 2, &[ByTheServer, Quoted, Pieces]),
    ("store/brought/columns.rs", 3, &[ByTheServer, Quoted, Pieces]),
    ("store/brought/fitting.rs", 3, &[ByTheServer, Quoted, Pieces]),
    ("store/brought/judged.rs", 3, &[Ours, Quoted, Pieces]),
    ("store/brought/obstacles.rs", 7, &[ByTheServer, Quoted, Pieces]),
    ("store/brought/reasons.rs", 1, &[ByTheServer, Quoted, Pieces]),
    ("store/brought/sequences.rs", 1, &[ByTheServer, Quoted]),
    ("store/brought/target.rs", 3, &[ByTheServer, Quoted, Pieces]),
    ("store/brought/unique.rs", 1, &[ByTheServer, Quoted]),
    ("store/catalog.rs", 1, &[Quoted]),
    ("store/connect.rs", 1, &[Ours]),
    ("store/contact_followers.rs", 2, &[ByTheServer, Pieces]),
    ("store/contact_hanging.rs", 3, &[Quoted, Pieces]),
    ("store/contact_import_undo.rs", 4, &[ByTheServer, Quoted, Pieces]),
    ("store/contact_list.rs", 10, &[Quoted, Ours, Pieces]),
    ("store/contact_moves.rs", 4, &[Quoted, Pieces]),
    ("store/contact_reference.rs", 9, &[Quoted, Pieces]),
    ("store/contact_returns.rs", 10, &[Quoted, Pieces]),
    ("store/contact_search.rs", 1, &[Ours]),
    ("store/databases.rs", 13, &[Quoted, ByTheServer, Ours]),
    ("store/dependents.rs", 2, &[Quoted, Pieces]),
    ("store/diesel_tables.rs", 2, &[Shown]),
    ("store/envelopes.rs", 6, &[Quoted, ByTheServer, Ours]),
    ("store/erasing.rs", 5, &[Quoted, Ours, Pieces]),
    ("store/foreign_keys.rs", 3, &[ByTheServer, Quoted, Ours]),
    ("store/grants.rs", 1, &[Quoted, ByTheServer]),
    ("store/guest.rs", 5, &[Quoted, ByTheServer]),
    ("store/handover.rs", 3, &[Quoted, ByTheServer]),
    ("store/health/activity.rs", 1, &[Quoted]),
    ("store/health/references.rs", 1, &[Pieces]),
    ("store/health/tables.rs", 2, &[Quoted]),
    ("store/hold_marks.rs", 6, &[Quoted, Ours]),
    ("store/inheritance.rs", 1, &[Quoted]),
    ("store/integrity.rs", 1, &[Quoted]),
    ("store/interference.rs", 3, &[ByTheServer, Quoted, Ours]),
    ("store/lacking.rs", 5, &[Shown]),
    ("store/login_roles.rs", 5, &[Quoted, Ours]),
    ("store/maintenance.rs", 2, &[Ours]),
    ("store/merge_foresight.rs", 1, &[Quoted, Pieces]),
    ("store/merge_obstacles.rs", 5, &[Quoted, Pieces]),
    ("store/merges.rs", 1, &[Pieces, Ours]),
    ("store/merging.rs", 1, &[Pieces]),
    ("store/messages.rs", 5, &[Ours]),
    ("store/move_statements.rs", 4, &[Quoted, Pieces]),
    ("store/nullable_keys.rs", 4, &[Quoted, ByTheServer, Pieces]),
    ("store/partition_split.rs", 16, &[ByTheServer, Ours]),
    ("store/partitions.rs", 11, &[ByTheServer, Ours]),
    ("store/people.rs", 1, &[Ours]),
    ("store/person_records.rs", 1, &[Ours]),
    ("store/person_rows.rs", 9, &[ByTheServer, Quoted, Pieces]),
    ("store/presence.rs", 3, &[ByTheServer, Ours]),
    ("store/prunable.rs", 5, &[Ours]),
    ("store/recognition.rs", 7, &[Shown]),
    ("store/retention_delete.rs", 1, &[ByTheServer, Pieces]),
    ("store/retention.rs", 1, &[ByTheServer, Ours, Pieces]),
    ("store/retention_archive.rs", 4, &[ByTheServer, Pieces]),
    ("store/retention_count.rs", 11, &[ByTheServer, Quoted, Pieces]),
    ("store/retention_partitions.rs", 4, &[ByTheServer, Pieces]),
    ("store/retention_meant.rs", 3, &[ByTheServer, Quoted, Pieces]),
    ("store/retention_redact.rs", 2, &[ByTheServer, Ours, Pieces]),
    ("store/retention_references.rs", 10, &[ByTheServer, Pieces]),
    ("store/retention_subject.rs", 10, &[Quoted, Ours, Pieces]),
    ("store/retention_versions.rs", 18, &[ByTheServer, Quoted, Pieces]),
    ("store/row_shape.rs", 5, &[Quoted, ByTheServer]),
    ("store/server.rs", 2, &[Quoted]),
    ("store/server_time.rs", 1, &[Ours]),
    ("store/session_settings.rs", 2, &[Quoted, Pieces]),
    ("store/sessions.rs", 9, &[Ours]),
    ("store/sheet.rs", 4, &[ByTheServer, Quoted, Pieces]),
    ("store/strangers.rs", 1, &[ByTheServer, Ours]),
    ("store/survivors.rs", 3, &[Quoted, Pieces]),
    ("store/tx.rs", 1, &[Ours]),
    ("store/watched_tables.rs", 11, &[ByTheServer, Quoted, Pieces]),
];

/// How many statements are run whose text doesn't stand there itself: it is built above, is a constant
/// with a name, or came from the server as a statement whose names it quoted.
const RUN: &[(&str, usize)] = &[
    ("store/adopt/aside.rs", 1),
    ("store/adopt/convert.rs", 4),
    ("store/adopt/count.rs", 3),
    ("store/adopt/follow.rs", 1),
    ("store/adopt/hold.rs", 2),
    ("store/adopt/merge.rs", 2),
    ("store/adopt/months.rs", 1),
    ("store/adopt/tenant.rs", 2),
    ("store/anonymise.rs", 2),
    ("store/archive_dependants.rs", 1),
    ("store/archive_insert.rs", 3),
    ("store/archive_return.rs", 2),
    ("store/audit_log.rs", 1),
    ("store/audit_log_redaction.rs", 1),
    ("store/backups.rs", 2),
    ("store/brought/backed_up.rs", 1),
    ("store/brought/fitting.rs", 1),
    ("store/brought/judged.rs", 2),
    ("store/brought/obstacles.rs", 1),
    ("store/brought/reasons.rs", 1),
    ("store/brought/sequences.rs", 1),
    ("store/brought/target.rs", 3),
    ("store/catalog.rs", 2),
    ("store/contact_followers.rs", 1),
    ("store/contact_hanging.rs", 1),
    ("store/contact_import_undo.rs", 2),
    ("store/contact_imports.rs", 1),
    ("store/contact_list.rs", 1),
    ("store/contact_moves.rs", 3),
    ("store/contact_reference.rs", 2),
    ("store/contact_returns.rs", 6),
    ("store/contact_search.rs", 2),
    ("store/databases.rs", 9),
    ("store/envelopes.rs", 3),
    ("store/erasing.rs", 4),
    ("store/foreign_keys.rs", 1),
    ("store/grants.rs", 1),
    ("store/handover.rs", 1),
    ("store/health/activity.rs", 1),
    ("store/health/references.rs", 1),
    ("store/health/tables.rs", 2),
    ("store/id_ranges.rs", 1),
    ("store/integrity.rs", 2),
    ("store/interference.rs", 2),
    ("store/lock.rs", 1),
    ("store/maintenance.rs", 2),
    ("store/merge_obstacles.rs", 1),
    ("store/merges.rs", 1),
    ("store/merging.rs", 1),
    ("store/messages.rs", 5),
    ("store/partition_split.rs", 1),
    ("store/partitions.rs", 2),
    ("store/people.rs", 2),
    ("store/person_rows.rs", 3),
    ("store/presence.rs", 3),
    ("store/prunable.rs", 3),
    ("store/retention.rs", 2),
    ("store/retention_archive.rs", 2),
    ("store/retention_count.rs", 2),
    ("store/retention_partitions.rs", 3),
    ("store/retention_versions.rs", 2),
    ("store/seed.rs", 1),
    ("store/server.rs", 3),
    ("store/sessions.rs", 9),
    ("store/sheet.rs", 1),
    ("store/statements.rs", 3),
    ("store/stats.rs", 1),
    ("store/strangers.rs", 1),
    ("store/survivors.rs", 1),
    ("store/watched_tables.rs", 2),
];

/// What goes to the server as a batch without being a literal: constants, numbers, a statement of a
/// migration of ours, and settings whose names and values are quoted.
const BATCHES: [(&str, &str); 11] = [
    ("store/adopt/convert.rs", "include_str!(\"../sql/adopt_helpers.sql"),
    ("store/adopt/hold.rs", "&format!(\"SET LOCAL lock_timeout = {wait_ms}"),
    ("store/backups.rs", "&format!(\"SET LOCAL idle"),
    ("store/connect.rs", "&format!(\"SET statement_timeout = {statement_timeout_ms}"),
    ("store/connect.rs", "&settings.for_a_session())"),
    ("store/holder.rs", "settings)"),
    ("store/migrations.rs", "statement.text)"),
    ("store/recognition.rs", "&format!(\"{END_WITH_THE_CLIENT}; {asks}"),
    ("store/recognition.rs", "END_WITH_THE_CLIENT)"),
    ("store/tx.rs", "&format!(\"SET LOCAL statement_timeout = {}"),
    ("store/tx.rs", "settings)"),
];

const WORDS: [&str; 25] = [
    "SELECT",
    "INSERT INTO",
    "UPDATE",
    "DELETE",
    "CREATE",
    "ALTER",
    "DROP",
    "GRANT",
    "REVOKE",
    "LOCK TABLE",
    "TRUNCATE",
    "REFRESH MATERIALIZED",
    "VACUUM",
    "ANALYZE",
    "SET ",
    "EXPLAIN",
    "WHERE",
    "FROM",
    "JOIN",
    "EXISTS",
    "ARRAY",
    "CASE",
    " AND ",
    " OR ",
    "::",
];

/// The string literal that `text` begins with, as it is written.
fn literal(text: &str) -> Option<&str> {
    let inner = text.trim_start().strip_prefix('"')?;
    let mut is_escaped = false;
    let end = inner.find(|c: char| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    });
    Some(&inner[..end?])
}

fn is_built(literal: &str) -> bool {
    let holes = literal.replace("{{", "").replace("}}", "");
    holes.contains('{') && WORDS.iter().any(|word| literal.contains(word))
}

fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or_default()
}

fn after<'a>(code: &'a str, call: &'a str) -> impl Iterator<Item = &'a str> {
    code.split(call).skip(1)
}

#[test]
fn every_place_that_builds_sql_is_listed() {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for (room, file, text) in rooms() {
        if !["store", "domain"].contains(&room.as_str()) || file.ends_with("tests.rs") {
            continue;
        }
        let code = code(&text);
        let places = ["format!(", "write!(", "writeln!(", "concat!("];
        let places = places.iter().flat_map(|call| after(code, call).filter_map(literal));
        let number = places.filter(|place| is_built(place)).count();
        if number > 0 {
            found.insert(file, number);
        }
    }
    let listed: BTreeMap<String, usize> =
        BUILT.iter().map(|(file, number, _)| ((*file).to_owned(), *number)).collect();
    for (file, number) in &found {
        assert_eq!(listed.get(file), Some(number), "{file} builds SQL {number} times");
    }
    assert_eq!(found.len(), listed.len(), "a file that builds none is listed");
    assert!(BUILT.iter().all(|(_, _, reasons)| !reasons.is_empty()));
}

#[test]
fn only_the_store_runs_sql_and_one_statement_a_call() {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for (room, file, text) in rooms() {
        let code = code(&text);
        for argument in after(code, "sql_query(") {
            assert_eq!(room, "store", "{file} runs SQL");
            let argument = argument.trim_start();
            let is_fixed = argument.starts_with('"')
                || argument.starts_with("include_str!(")
                || argument.starts_with("concat!(");
            if !is_fixed {
                *found.entry(file.clone()).or_default() += 1;
            }
        }
        for argument in after(code, ".batch_execute(") {
            assert_eq!(room, "store", "{file} runs SQL");
            let words: Vec<&str> = argument.split_whitespace().take(12).collect();
            let argument = words.join(" ").replace("( ", "(");
            let is_listed = BATCHES
                .iter()
                .any(|(listed, begin)| *listed == file && argument.starts_with(begin));
            assert!(argument.starts_with('"') || is_listed, "{file}: a batch of {argument:.60}");
        }
    }
    let listed: BTreeMap<String, usize> =
        RUN.iter().map(|(file, number)| ((*file).to_owned(), *number)).collect();
    assert_eq!(found, listed, "statements that are no constants");
}

//! Every statement of every command, as the server planned it on the medium profile: none reads a
//! large table from end to end that has an index for what it asks, and none calls what somebody put
//! into the open schema.

mod commands;
mod scene;

use std::collections::BTreeSet;

use self::commands::{CHANGING, LEFT_OUT, READING, Whole};
use self::scene::{Scene, template};
use crate::support::overloads::Stranger;

/// Runs the commands one after the other, and fails with every large table that one reads whole
/// and is not down to do so.
fn check(database: &str, commands: &[(&str, Whole)]) {
    let Some(template) = template() else { return };
    let scene = Scene::new(template, database);
    let url = template.server.url(database);
    let stranger = Stranger::of(&url, database, "public", Some(template.server.log_file()));
    stranger.overload();
    let mut offences = BTreeSet::new();
    for (command, whole) in commands {
        let seen = scene.run(command);
        stranger.expect_nothing(command);
        // The doctor finds things to mend.
        assert!([0, 3].contains(&seen.ran.code), "{command}: {}", seen.ran);
        assert!(seen.plans > 0, "{command}: nothing was logged");
        let unexpected = seen.whole_reads.into_iter().filter(|read| match whole {
            Whole::No => true,
            Whole::Tables(tables) => !tables.contains(&read.table.as_str()),
            Whole::All => false,
        });
        offences
            .extend(unexpected.map(|read| format!("{command}: {}: {}", read.table, read.evidence)));
    }
    let offences: Vec<String> = offences.into_iter().collect();
    assert!(offences.is_empty(), "read from end to end:\n{}", offences.join("\n"));
}

#[test]
fn no_command_that_reads_scans_a_large_table_without_need() {
    check("reading", READING);
}

#[test]
fn no_command_that_changes_scans_a_large_table_without_need() {
    check("changing", CHANGING);
}

#[test]
fn every_command_is_looked_at() {
    let begins = |line: &str, leaf: &str| {
        line.strip_prefix(leaf).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    for leaf in crate::access::leaves() {
        let is_run = READING.iter().chain(CHANGING).any(|(line, _)| begins(line, &leaf));
        let is_left_out = LEFT_OUT.iter().any(|(command, _)| begins(&leaf, command));
        assert_ne!(is_run, is_left_out, "{leaf}: run it here, or say why not");
    }
}

#[test]
fn a_scan_would_be_seen() {
    let Some(template) = template() else { return };
    let scene = Scene::new(template, "scanned");
    let large = scene.database.large_tables();
    for table in ["messages", "contacts", "audit_logs", "scheduled_jobs", "contact_merges"] {
        assert!(large.contains(table), "{table} is small: {large:?}");
    }
    // Without the second one, too: how many rows a few of one contact's are apart in time is a
    // matter of what ANALYZE drew, and to walk them by time until there are enough is no scan.
    let drops = "DROP INDEX messages_contact_id_created_at_idx, messages_created_at_idx";
    template.server.execute(&scene.database.name, drops);
    let seen = scene.run("messages thread --contact {contact}");
    let tables: Vec<&str> = seen.whole_reads.iter().map(|read| read.table.as_str()).collect();
    assert_eq!(tables, ["messages"], "{:?}", seen.whole_reads);
}

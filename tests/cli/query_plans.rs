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

/// Each view, a search, a thread to its beginning, sheets in each of their orders with a filter. What the
/// doctor reads, which runs behind, is looked at above.
#[test]
fn the_screen_scans_no_large_table() {
    let Some(template) = template() else { return };
    let scene = Scene::new(template, "screen");
    let of_doctor = scene.run("doctor").whole_reads;
    let seen = scene.walk(|screen| {
        screen.press("2");
        screen.expect("1/100+");
        screen.press("G");
        screen.expect("/200+");
        for word in ["{email}", "{phone}", "{name}"] {
            screen.press(&format!("/\x15{}", scene.filled(word)));
            screen.expect("found by");
            screen.press("\r");
        }
        screen.press(&format!("/\x15{}", scene.filled("{contact}")));
        screen.expect(" 1/1 │");
        screen.press("\r\r");
        screen.expect("i about");
        for _ in 0..40 {
            screen.press("\x1b[5~");
        }
        screen.press("h");
        for (key, shown) in [("4", "Jobs"), ("o", "Jobs, failed"), ("5", "Failed messages")] {
            screen.press(key);
            screen.until(shown, |contents| {
                contents.contains(shown) && !contents.contains("…") || contents.contains("1/")
            });
        }
        for (key, shown) in [("6", "Audit log"), ("7", " in all; ")] {
            screen.press(key);
            screen.expect(shown);
        }
        for table in ["messages", "audit_logs", "scheduled_jobs", "contacts"] {
            screen.press(&format!("88/\x15{table}"));
            // What is chosen of is there: a key before that would find nothing.
            screen.until("lists the tables", |contents| {
                contents.contains(&format!("/ {table} ")) && contents.contains(" read  1/")
            });
            screen.press("\r\r");
            screen.expect("1/100+");
            screen.press("G");
            screen.expect("/200+");
            // From the other end, in another order, and through a filter that finds nothing.
            screen.press("O");
            screen.expect(", from the end");
            screen.press("o");
            screen.expect("1/100+");
            screen.press("/no-such-text-anywhere");
            screen.expect("looked through");
            screen.press("\x1b");
            screen.expect_no("no-such-text");
        }
    });
    assert_eq!(seen.ran.code, 0);
    assert!(seen.plans > 30, "{} statements", seen.plans);
    let offences: Vec<_> =
        seen.whole_reads.iter().filter(|read| !of_doctor.contains(read)).collect();
    assert!(offences.is_empty(), "read from end to end: {offences:#?}");
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

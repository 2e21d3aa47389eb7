//! What every command keeps: streams, formats, colours, exit codes.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::assert_ran;
use crate::support::{Binary, Database, binary};

/// Commands that succeed on a migrated database.
const COMMANDS: [&[&str]; 12] = [
    &["db", "migrate"],
    &["db", "migrate", "--dry-run"],
    &["db", "status"],
    &["db", "check"],
    &["db", "wait"],
    &["db", "seed"],
    &["db", "environment"],
    &["db", "environment", "set", "test"],
    &["db", "rollback", "--dry-run"],
    &["db", "repair"],
    &["db", "reset", "--dry-run"],
    &["table-sizes"],
];

#[test]
fn json_is_one_document_and_stderr_has_no_result() {
    let database = Database::migrated();
    for command in COMMANDS {
        let ran =
            Binary::on(&database).run([command, &["--format", "json"]].concat()).expect_code(0);
        assert!(ran.json().is_object(), "{command:?}: {ran}");
    }
}

#[test]
fn jsonl_has_an_object_a_line_and_csv_a_header() {
    let database = Database::migrated();
    for command in COMMANDS {
        let ran =
            Binary::on(&database).run([command, &["--format", "jsonl"]].concat()).expect_code(0);
        for line in ran.stdout.lines() {
            let value: serde_json::Value = serde_json::from_str(line).expect(line);
            assert!(value.is_object(), "{command:?}: {line}");
        }
        let ran =
            Binary::on(&database).run([command, &["--format", "csv"]].concat()).expect_code(0);
        let mut csv = csv::Reader::from_reader(ran.stdout.as_bytes());
        assert!(csv.records().all(|record| record.is_ok()), "{command:?}: {ran}");
    }
}

/// What reads a file of lines finds its columns, also on the night on which there are none.
#[test]
fn a_list_has_one_header_with_rows_and_without() {
    let (empty, full) = (Database::migrated(), Database::migrated());
    empty.execute("TRUNCATE audit_logs");
    Binary::on(&full).run(["db", "seed", "--profile", "small"]).expect_code(0);
    for list in [
        &["jobs", "list"][..],
        &["users", "list"],
        &["presence", "list"],
        &["templates", "list"],
        &["messages", "failed"],
        &["audit", "list"],
        &["assignments", "list"],
    ] {
        let header = |database: &Database| {
            let ran = Binary::on(database).run([list, &["--format", "csv"]].concat());
            ran.expect_code(0).stdout.lines().next().map(String::from)
        };
        let known = header(&full);
        assert!(known.is_some(), "{list:?}");
        assert_eq!(header(&empty), known, "{list:?}");
    }
    let twice = ["jobs", "list", "--columns", "id,type,id", "--format", "csv"];
    let refused = Binary::on(&full).run(twice).expect_code(2);
    assert!(refused.stderr.contains("--columns names id twice"), "{refused}");
}

#[test]
fn quiet_prints_the_result_alone() {
    let database = Database::empty();
    let ran = Binary::on(&database).run(["db", "migrate", "--quiet"]).expect_code(0);
    assert!(ran.stderr.is_empty(), "{ran}");
    assert!(ran.stdout.contains("create_contacts"), "{ran}");
}

#[test]
fn colour_only_when_asked_for() {
    let database = Database::migrated();
    let status = |flags: &[&str]| Binary::on(&database).run([&["db", "status"], flags].concat());
    assert!(!status(&[]).stdout.contains('\x1b'), "a pipe");
    assert!(status(&["--color", "always"]).stdout.contains('\x1b'));
    let refused = |binary: Binary, flags: &[&str]| {
        binary.run([&["db", "status", "--database-url", "nonsense://"], flags].concat()).stderr
    };
    assert!(!refused(Binary::new().env("NO_COLOR", "1"), &[]).contains('\x1b'));
    assert!(refused(Binary::new(), &["--color", "always"]).contains('\x1b'));
}

#[test]
fn errors_are_json_for_programs() {
    let ran = Binary::new().run(["db", "status", "--format", "json"]).expect_code(2);
    assert!(ran.stdout.is_empty());
    let error: serde_json::Value = serde_json::from_str(&ran.stderr).expect("one document");
    assert_eq!(error["error"]["kind"], "usage");
    assert!(error["error"]["hint"].as_str().unwrap().contains("--local"), "{ran}");
    let ran = Binary::new().run(["db", "statsu", "--format", "json"]).expect_code(2);
    let error: serde_json::Value = serde_json::from_str(&ran.stderr).expect("one document");
    assert!(error["error"]["hint"].as_str().unwrap().contains("status"), "{ran}");
    // What is missing, and what may stand there.
    for (args, message) in [
        (&["contacts", "merge"][..], "not provided: <SURVIVOR>, <OTHER>..."),
        (
            &["jobs", "list", "--status", "x"],
            "'--status <STATUS>': possible values: PENDING, RUNNING",
        ),
        (&["db"], "subcommands: migrate, status"),
    ] {
        let ran = Binary::new().run([args, &["--format", "json"]].concat()).expect_code(2);
        let error: serde_json::Value = serde_json::from_str(&ran.stderr).expect("one document");
        assert!(error["error"]["message"].as_str().unwrap().contains(message), "{ran}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "environment", "set", "test"]).expect_code(0);
    // Larger than a pipe holds, so that the writer must meet the closed end.
    for args in [&["db", "migrate", "--to", "0"][..], &["completions", "bash"]] {
        let mut child = Command::new(binary())
            .args(args)
            .env("DATABASE_URL", database.url())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let status = child.wait().unwrap();
        let mut stderr = String::new();
        child.stderr.unwrap().read_to_string(&mut stderr).unwrap();
        if args[0] == "completions" {
            assert_eq!(status.code(), Some(0), "{stderr}");
            assert_eq!(stderr, "");
        }
        assert!(!stderr.contains("panicked"), "{stderr}");
    }
}

#[test]
fn a_near_miss_is_helped() {
    assert_ran!("near_command", Binary::new().run(["db", "migrat"]));
    assert_ran!("near_value", Binary::new().run(["db", "seed", "--profile", "smal"]));
    assert_ran!("near_duration", Binary::new().run(["db", "wait", "--timeout", "30"]));
}

#[test]
fn no_database_says_how_to_name_one() {
    assert_ran!(Binary::new().run(["db", "status"]));
}

#[test]
fn verbose_logs_statements_without_their_parameters() {
    let database = Database::migrated();
    let ran = Binary::on(&database)
        .env("INBOXCTL_ACTOR", "canary@example.org")
        .run(["db", "environment", "set", "test", "-vv"])
        .expect_code(0);
    assert!(
        ran.stderr.contains("INSERT INTO") && ran.stderr.contains("inboxctl_settings"),
        "{ran}"
    );
    assert!(!ran.stderr.contains("canary"), "{ran}");
    let ran =
        Binary::on(&database).run(["db", "status", "-vv", "--log-format", "json"]).expect_code(0);
    for line in ran.stderr.lines() {
        let event: serde_json::Value = serde_json::from_str(line).expect(line);
        assert!(event["level"].is_string(), "{line}");
    }
}

#[test]
fn the_session_can_be_recognised() {
    let database = Database::empty();
    Binary::on(&database).run(["db", "migrate", "--to", "create_contacts"]).expect_code(0);
    let lock = database.lock("application", "LOCK TABLE contacts");
    let run = Binary::on(&database).start(["db", "migrate", "--lock-timeout", "60s"]);
    crate::support::eventually("it is connected", || database.somebody_waits());
    let settings = "(SELECT application_name FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database())";
    assert_eq!(database.value(settings), "inboxctl db migrate");
    drop(lock);
    run.wait().expect_code(0);
}

#[test]
fn words_of_other_programs_lead_to_those_of_this_one() {
    let tip = |args: &[&str]| {
        let ran = Binary::new().run(args).expect_code(2);
        let tip = ran.stderr.lines().find_map(|line| line.trim().strip_prefix("tip: "));
        tip.unwrap_or_else(|| panic!("{ran}")).to_owned()
    };
    for (args, expected) in [
        (&["help"][..], "`inboxctl --help`"),
        (&["db", "help"], "`inboxctl db --help`"),
        (&["version"], "`inboxctl --version`"),
        (&["migrate"], "`inboxctl db migrate`"),
        (&["status"], "`inboxctl db status`"),
        (&["stauts"], "`inboxctl db status`"),
        (&["db", "backup", "list"], "`inboxctl db backups list`"),
        (&["db", "backups", "verify"], "`inboxctl db backup verify`"),
        (&["jobs", "list", "--json"], "--format json"),
        (&["jobs", "list", "-o", "json"], "--format json"),
        (&["jobs", "list", "-n", "5"], "--limit"),
        (&["jobs", "retry", "-n"], "--dry-run"),
    ] {
        assert!(tip(args).contains(expected), "{args:?}: {}", tip(args));
    }
}

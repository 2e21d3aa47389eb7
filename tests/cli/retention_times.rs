//! Times that are easily taken for others: nights in which clocks change, entries that are
//! written late, entries at the very cut-off.

use serde_json::Value;

use crate::support::{Binary, Database};

fn prune(database: &Database, before: &str) -> Value {
    let args = ["audit", "prune", "--before", before, "--yes", "--max-rows", "9999"];
    // Neither the client's zone nor the server's has a say.
    let binary = Binary::on(database).env("TZ", "Europe/Berlin").env("PGTZ", "Europe/Berlin");
    binary.run([&args[..], &["--format", "json"]].concat()).expect_code(0).json()
}

/// A year of months in a database whose own zone is Berlin's.
fn in_berlin() -> Database {
    let database = Database::migrated();
    database.execute(&format!("ALTER DATABASE {} SET timezone = 'Europe/Berlin'", database.name));
    database.add_months("timestamp '2025-01-01'", 12);
    database
}

fn insert(database: &Database, first: &str, every: &str, rows: u32) {
    database.execute(&format!(
        "INSERT INTO audit_logs (actor, action, resource, created_at)
         SELECT 'x', 'old.entry', 'c', '{first}'::timestamptz + n * interval '{every}'
         FROM generate_series(0, {rows} - 1) AS n"
    ));
}

fn oldest(database: &Database) -> String {
    database.value(
        "(SELECT min(created_at) AT TIME ZONE 'UTC' FROM audit_logs WHERE action = 'old.entry')",
    )
}

#[test]
fn the_night_in_which_clocks_go_forward() {
    let database = in_berlin();
    // Six hours around 01:00 UTC, at which 02:00 became 03:00.
    insert(&database, "2025-03-29T22:00:00Z", "10 min", 36);
    assert_eq!(prune(&database, "2025-03-30T01:59:59+01:00")["deleted"], 18);
    assert_eq!(oldest(&database), "2025-03-30 01:00:00");
    assert_eq!(prune(&database, "2025-03-30T03:00:00+02:00")["deleted"], 0, "it is the same time");
    assert_eq!(prune(&database, "2025-03-30T03:10:00+02:00")["deleted"], 1);
}

#[test]
fn the_night_in_which_an_hour_comes_twice() {
    let database = in_berlin();
    insert(&database, "2025-10-25T22:00:00Z", "10 min", 36);
    assert_eq!(prune(&database, "2025-10-26T02:30:00+02:00")["deleted"], 15);
    assert_eq!(oldest(&database), "2025-10-26 00:30:00");
    assert_eq!(prune(&database, "2025-10-26T02:30:00+01:00")["deleted"], 6);
    assert_eq!(oldest(&database), "2025-10-26 01:30:00");
}

/// Midnight of Berlin lies an hour or two before the month's end.
#[test]
fn months_are_those_of_utc_whatever_the_zone() {
    let database = in_berlin();
    insert(&database, "2025-07-31T21:30:00Z", "30 min", 10);
    let done = prune(&database, "2025-08-01");
    assert_eq!(done["deleted"], 5, "{done}");
    let ways: Vec<_> = done["by_partition"].as_array().unwrap().iter().collect();
    assert_eq!((ways.len(), &ways[6]["way"]), (7, &Value::from("drop")), "{done}");
    assert_eq!(oldest(&database), "2025-08-01 00:00:00");
    // What has no partition any more gets one with the bounds that it had.
    insert(&database, "2025-07-31T21:30:00Z", "1 min", 1);
    assert_eq!(prune(&database, "2025-07-31")["moved"], 1);
    assert_eq!(
        database.value(
            "(SELECT created_at FROM audit_logs_2025_07) = '2025-07-31T21:30:00Z'::timestamptz \
             AND NOT EXISTS (SELECT FROM audit_logs_default)"
        ),
        "true"
    );
}

#[test]
fn an_entry_that_is_written_late_goes_by_its_own_time() {
    let database = in_berlin();
    insert(&database, "2025-02-10T00:00:00Z", "1 hour", 24);
    assert_eq!(prune(&database, "2025-03-01")["deleted"], 24);
    // One for a month that was dropped, one for the month of the boundary, one that is young.
    for at in ["2025-02-11T00:00:00Z", "2025-03-02T00:00:00Z", "2025-04-01T00:00:00Z"] {
        insert(&database, at, "1 hour", 1);
    }
    let done = prune(&database, "2025-03-20");
    assert_eq!((&done["eligible"], &done["deleted"]), (&2.into(), &2.into()), "{done}");
    assert_eq!(oldest(&database), "2025-04-01 00:00:00");
}

#[test]
fn an_entry_at_the_very_cutoff_stays() {
    let database = in_berlin();
    // Sixty of each of three microseconds.
    for at in ["59.999999", "60.000000", "60.000001"] {
        insert(&database, &format!("2025-05-05T11:59:{at}Z"), "0", 60);
    }
    assert_eq!(prune(&database, "2025-05-05T12:00:00Z")["deleted"], 60);
    assert_eq!(oldest(&database), "2025-05-05 12:00:00");
    assert_eq!(prune(&database, "2025-05-05T12:00:00.000001Z")["deleted"], 60);
    assert_eq!(prune(&database, "2025-05-05T14:00:00.000002+02:00")["deleted"], 60);
}

#[test]
fn ages_that_make_no_sense_are_refused_everywhere() {
    let database = Database::migrated();
    for command in [&["jobs", "cleanup"][..], &["presence", "sweep"], &["audit", "prune"]] {
        for age in ["-1d", "50000d", "99999999999999d", "1.5.5d", "soon", "7", ""] {
            let args = [command, &["--older-than", age, "--yes"]].concat();
            let ran = Binary::on(&database).run(args).expect_code(2);
            assert!(ran.stderr.contains("--older-than"), "{age}: {ran}");
        }
    }
    // Of a policy each command says so, with the line; nobody sees what a zero deletes at night.
    let policy = |lines: &str| {
        let binary = Binary::on(&database);
        let text =
            format!("[[retention.policy]]\nname = \"jobs\"\ntable = \"scheduled_jobs\"\n{lines}\n");
        std::fs::write(binary.folder().join("inboxctl.toml"), text).unwrap();
        binary
    };
    for (lines, line) in [
        ("status = \"failed\"\nolder_than = \"-1d\"", 5),
        ("status = \"failed\"\nolder_than = \"50000d\"", 5),
        ("status = \"failed\"\nolder_than = \"99999999999999d\"", 5),
        ("status = \"failed\"\nolder_than = \"soon\"", 5),
        ("status = \"failed\"\nolder_than = \"7\"", 5),
        ("status = \"failed\"\nolder_than = \"0d\"", 5),
        ("status = \"pending\"\nolder_than = \"7d\"", 4),
        ("status = \"done\"\nolder_than = \"7d\"", 4),
    ] {
        let said = format!("inboxctl.toml can't be used: line {line}: ");
        let shown = policy(lines).run(["config", "show"]).expect_code(3);
        assert!(shown.stdout.contains(&said), "{lines}: {shown}");
        for command in [&["retention", "plan"][..], &["retention", "run", "--yes"]] {
            let ran = policy(lines).run(command).expect_code(2);
            let why = format!("reason: line {line}: ");
            assert!(ran.stderr.contains("inboxctl.toml can't be used"), "{lines}: {ran}");
            assert!(ran.stderr.contains(&why), "{lines}: {ran}");
        }
    }
}

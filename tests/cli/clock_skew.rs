//! A client whose clock is years off: told by those who look, and without a say in what is old.

#![cfg(target_os = "linux")]

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::support::clock::WrongClock;
use crate::support::{Binary, Database};

const YEAR_S: i64 = 365 * 86_400;

/// The check of this name, and what the command exited with.
fn check(binary: Binary, args: &[&str], name: &str) -> (Value, i32) {
    let ran = binary.run([args, &["--format", "json"]].concat());
    let document = ran.json();
    let checks = document["checks"].as_array().unwrap();
    (checks.iter().find(|check| check["check"] == name).expect("the check").clone(), ran.code)
}

#[test]
fn doctor_and_check_tell_how_far_the_clocks_are_apart() {
    let database = Database::migrated();
    let clock = WrongClock::build();
    for command in [&["doctor", "--only", "clock"][..], &["db", "check"]] {
        for (seconds, is_right, text) in [
            (0, true, "the server is "),
            (1, true, "behind"),
            (-1, true, "ahead"),
            (10 * YEAR_S, false, "behind"),
            (-10 * YEAR_S, false, "ahead"),
            (60, false, "behind"),
        ] {
            let binary = clock.ahead_by(seconds, Binary::on(&database));
            let (found, code) = check(binary, command, "clock");
            assert_eq!(found["status"], if is_right { "ok" } else { "fail" }, "{seconds}: {found}");
            assert_eq!(code, if is_right { 0 } else { 3 }, "{seconds}: {found}");
            assert!(found.to_string().contains(text), "{seconds}: {found}");
        }
    }
}

/// Entries and jobs of each day of the last 200.
fn with_rows() -> Database {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at)
         SELECT 'x', 'old.entry', 'c', now() - make_interval(days => n, mins => 30) FROM generate_series(0, 199) AS n;
         INSERT INTO scheduled_jobs (type, payload, scheduled_at, status, finished_at)
         SELECT 'send.reminder', '{}', now(), 'FAILED', now() - make_interval(days => n, mins => 30)
         FROM generate_series(0, 199) AS n",
    );
    database
}

fn now(database: &Database) -> Timestamp {
    database
        .value("to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
        .parse()
        .unwrap()
}

#[test]
fn what_is_old_is_said_by_the_clock_of_the_server() {
    let database = with_rows();
    let clock = WrongClock::build();
    for seconds in [10 * YEAR_S, -10 * YEAR_S] {
        for (args, days) in [
            (&["audit", "prune", "--older-than", "90d", "--dry-run"][..], 90),
            (&["jobs", "cleanup", "--older-than", "7d", "--dry-run"], 7),
        ] {
            let args = [args, &["--format", "json"]].concat();
            let before = now(&database);
            let binary = clock.ahead_by(seconds, Binary::on(&database));
            let planned = binary.run(args).expect_code(0).json();
            let after = now(&database);
            let cutoff: Timestamp = planned["cutoff"].as_str().unwrap().parse().unwrap();
            let age = SignedDuration::from_hours(days * 24);
            assert!(before - age <= cutoff && cutoff <= after - age, "{seconds}: {planned}");
            assert_eq!(planned["eligible"], 200 - days, "{seconds}: {planned}");
        }
    }
    // Nor does the clock of the client say which partitions are ahead, or when a run was.
    let args =
        ["audit", "prune", "--older-than", "90d", "--yes", "--max-rows", "999", "--format", "json"];
    let done = clock.ahead_by(10 * YEAR_S, Binary::on(&database)).run(args).expect_code(0).json();
    assert_eq!(done["deleted"], 110, "{done}");
    assert_eq!(
        database.value("(SELECT min(created_at) > now() - interval '90 days' FROM audit_logs)"),
        "true"
    );
    assert_eq!(
        database.value("(SELECT bool_and(abs(extract(epoch FROM now() - started_at)) < 3600) FROM maintenance_runs)"),
        "true"
    );
    assert_eq!(
        database.value(
            "(SELECT count(*) FROM pg_inherits WHERE inhparent = 'audit_logs'::regclass \
              AND inhrelid::regclass::text > 'audit_logs_' || to_char(now() + interval '1 year', 'YYYY_MM') \
              AND inhrelid::regclass::text <> 'audit_logs_default')"
        ),
        "0"
    );
}

#[test]
fn a_time_that_only_the_client_thinks_has_passed_is_refused() {
    let database = with_rows();
    let clock = WrongClock::build();
    let tomorrow = database.value("(now() AT TIME ZONE 'UTC' + interval '2 days')::date");
    let args = ["audit", "prune", "--before", &tomorrow, "--yes", "--max-rows", "999"];
    let ran = clock.ahead_by(10 * YEAR_S, Binary::on(&database)).run(args).expect_code(2);
    assert!(ran.stderr.contains("by the database's clock"), "{ran}");
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs WHERE action = 'old.entry')"),
        "200"
    );
}

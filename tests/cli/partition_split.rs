//! Months that the DEFAULT partition took by the ten thousand leave it while the
//! application writes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use serde_json::Value;

use crate::support::{Binary, Database, Ran, eventually};

/// Without a partition for the next three months, whose entries came nevertheless: many for two
/// of them, few for the third. `mirror` has all that must be in the log at the end.
fn with_strays() -> Database {
    let database = Database::migrated();
    database.execute(
        "DO $$ DECLARE part text; BEGIN
             FOR n IN 1..3 LOOP
                 part := to_char(now() AT TIME ZONE 'UTC' + make_interval(months => n), '_YYYY_MM');
                 EXECUTE 'DROP TABLE audit_logs' || part;
             END LOOP; END $$;
         INSERT INTO users (email, name, role) VALUES ('ana@example.org', 'Ana', 'ADMIN');
         CREATE VIEW month AS SELECT n, (date_trunc('month', now() AT TIME ZONE 'UTC')
             + make_interval(months => n::int)) AT TIME ZONE 'UTC' AS starts FROM generate_series(1, 3) AS n;
         INSERT INTO audit_logs (user_id, actor, action, resource, details, created_at)
         SELECT CASE WHEN r % 3 = 0 THEN (SELECT id FROM users) END, 'x', 'clock.ahead', 'c',
             jsonb_build_object('n', r), starts + make_interval(mins => r % 30000)
         FROM month, generate_series(1, 25000) AS r WHERE n < 3 OR r < 6;
         INSERT INTO audit_logs (actor, action, resource, created_at) VALUES
             ('x', 'no.end', 'c', 'infinity'), ('x', 'no.start', 'c', '-infinity'), ('x', 'of.now', 'c', now());
         CREATE TABLE mirror AS SELECT * FROM audit_logs WHERE created_at > '-infinity' AND actor = 'x';
         CREATE INDEX ON mirror (id)",
    );
    database
}

/// What an application does that may use the log and nothing else.
const WRITES: &str = "
    WITH new AS (
        INSERT INTO audit_logs (actor, action, resource, created_at)
        SELECT 'x', 'written.meanwhile', 'c', starts + random() * interval '27 days' FROM month
        UNION ALL SELECT 'x', 'written.meanwhile', 'c', 'infinity'
        RETURNING *)
    INSERT INTO mirror SELECT * FROM new;
    WITH one AS (SELECT id, created_at FROM mirror WHERE action = 'clock.ahead' OFFSET 1 LIMIT 1),
        gone AS (DELETE FROM audit_logs a USING one WHERE a.id = one.id AND a.created_at = one.created_at RETURNING a.id)
    DELETE FROM mirror USING gone WHERE mirror.id = gone.id;
    WITH one AS (SELECT id, created_at FROM mirror WHERE action = 'clock.ahead'
            AND created_at < (SELECT starts FROM month WHERE n = 2) LIMIT 1),
        moved AS (UPDATE audit_logs a SET created_at = a.created_at + interval '31 days', action = 'was.moved'
            FROM one WHERE a.id = one.id AND a.created_at = one.created_at RETURNING a.id, a.created_at)
    UPDATE mirror SET created_at = moved.created_at, action = 'was.moved' FROM moved WHERE mirror.id = moved.id;";

/// How often the application wrote, until `done`. It never waits for longer than a run waits for
/// a lock, a second; half of one more is for a busy machine.
fn write_until(database: &Database, role: &str, done: &AtomicBool) -> u32 {
    let mut conn = database.connect();
    conn.batch_execute(&format!("SET lock_timeout = '1500ms'; SET ROLE {role}")).unwrap();
    let mut times = 0;
    while !done.load(Ordering::Relaxed) {
        conn.batch_execute(&format!("BEGIN; {WRITES} COMMIT")).unwrap();
        times += 1;
    }
    times
}

fn prune(database: &Database) -> Ran {
    Binary::on(database).run(["audit", "prune", "--yes", "--format", "json"])
}

const IN_DEFAULT: &str =
    "(SELECT count(*) FROM audit_logs_default WHERE action IN ('clock.ahead', 'was.moved'))";

const BEGUN: &str = "(SELECT to_regclass('audit_logs_split') IS NOT NULL)";

#[track_caller]
fn assert_is_whole(database: &Database) {
    for (one, other) in [("audit_logs", "mirror"), ("mirror", "audit_logs")] {
        let missing = format!(
            "(SELECT count(*) FROM (SELECT id, user_id, actor, action, details, created_at FROM {one} WHERE actor = 'x'
              EXCEPT ALL SELECT id, user_id, actor, action, details, created_at FROM {other} WHERE actor = 'x') AS m)"
        );
        assert_eq!(database.value(&missing), "0", "in {one}, not in {other}");
    }
}

/// No table or index that was made on the way.
#[track_caller]
fn assert_nothing_is_left(database: &Database) {
    assert_eq!(
        database.value("(SELECT count(*) FROM pg_class WHERE relname LIKE 'audit_logs_split%')"),
        "0"
    );
}

/// Nothing is left of the way, and the partitions are as any other.
#[track_caller]
fn assert_is_tidy(database: &Database) {
    assert_nothing_is_left(database);
    database.execute("DROP VIEW month; DROP TABLE mirror");
    Binary::on(database).run(["db", "drift"]).expect_code(0);
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs_default WHERE isfinite(created_at))"),
        "0"
    );
}

#[test]
fn they_move_while_the_application_writes() {
    let database = with_strays();
    let role = format!("writer_of_{}", database.name);
    database.execute(&format!(
        "CREATE ROLE {role}; GRANT SELECT, INSERT, UPDATE, DELETE ON audit_logs, mirror TO {role};
         GRANT SELECT ON month, users TO {role}"
    ));
    // A migration makes the small month and leaves the others to a run that takes its time.
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    assert_eq!(database.value(IN_DEFAULT), "50000");
    let done = AtomicBool::new(false);
    let summary = thread::scope(|scope| {
        let application = scope.spawn(|| write_until(&database, &role, &done));
        let ran = prune(&database);
        // Written to the new partitions too.
        let after = "(SELECT count(*) FROM audit_logs WHERE action = 'written.meanwhile')";
        let written: u64 = database.value(after).parse().unwrap();
        eventually("it goes on", || database.value(after).parse::<u64>().unwrap() > written + 8);
        done.store(true, Ordering::Relaxed);
        assert!(application.join().unwrap() > 5);
        ran.expect_code(0).json()
    });
    assert_eq!(summary["partitions_made"].as_array().unwrap().len(), 2, "{summary}");
    assert!(summary["moved"].as_u64().unwrap() >= 49_000, "{summary}");
    assert_eq!(summary["warnings"], Value::Array(Vec::new()), "{summary}");
    assert_eq!(database.value(IN_DEFAULT), "0");
    assert_is_whole(&database);
    assert_eq!(
        database
            .value("(SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated)"),
        "0"
    );
    assert_is_tidy(&database);
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn killed_the_next_run_begins_anew() {
    let database = with_strays();
    let mut left = 0;
    for delay_ms in (0..400).step_by(40) {
        let run = Binary::on(&database).start(["audit", "prune", "--yes"]);
        eventually("it is under way", || {
            database.value(BEGUN) == "true" || database.value(IN_DEFAULT) == "0"
        });
        // The point at which it is killed, not a wait for anything.
        thread::sleep(Duration::from_millis(delay_ms));
        run.signal("KILL");
        run.wait();
        left += u32::from(database.value(BEGUN) == "true");
        assert_is_whole(&database);
    }
    assert!(left > 0, "none was killed on the way");
    let done = prune(&database).expect_code(0).json();
    assert_eq!(done["warnings"], Value::Array(Vec::new()), "{done}");
    assert_is_whole(&database);
    assert_is_tidy(&database);
}

#[test]
fn interrupted_it_leaves_nothing_behind() {
    let database = with_strays();
    let run = Binary::on(&database).start(["audit", "prune", "--yes", "--rate", "5000"]);
    eventually("some are copied", || {
        database.value(BEGUN) == "true"
            && database.value("(SELECT count(*) FROM audit_logs_split)") != "0"
    });
    run.signal("TERM");
    let ran = run.wait();
    assert!(ran.stderr.contains("the run is to end"), "{ran}");
    assert_eq!(database.value(IN_DEFAULT), "50000");
    assert_is_whole(&database);
    assert_nothing_is_left(&database);
}

/// The run can't go on to its end while somebody writes to `users`, so that what happens until
/// then happens in the middle of it.
fn in_the_middle(database: &Database, what: impl FnOnce()) -> Ran {
    // The small month can't be made either then.
    Binary::on(database).run(["db", "migrate"]).expect_code(0);
    let lock = database.lock("in the middle", "LOCK TABLE users IN ROW EXCLUSIVE MODE");
    let run = Binary::on(database).start(["audit", "prune", "--yes", "--format", "json"]);
    eventually("all is copied", || {
        database.value(BEGUN) == "true"
            && database.value("(SELECT count(*) FROM audit_logs_split)") == "50001"
            && database.somebody_waits()
    });
    what();
    drop(lock);
    run.wait()
}

#[test]
fn what_is_emptied_meanwhile_does_not_come_back() {
    let database = with_strays();
    let ran = in_the_middle(&database, || database.execute("TRUNCATE audit_logs_default"));
    let summary = ran.expect_code(0).json();
    assert!(summary["warnings"][0].as_str().unwrap().contains("somebody emptied it"), "{summary}");
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs WHERE action = 'clock.ahead')"),
        "5"
    );
}

#[test]
fn a_reader_in_its_way_is_told_of_and_no_writer_waits_longer_than_the_lock_timeout() {
    let database = with_strays();
    let mut reader = database.connect();
    let done = AtomicBool::new(false);
    let summary = thread::scope(|scope| {
        let ran = in_the_middle(&database, || {
            reader.batch_execute("BEGIN; SELECT count(*) FROM audit_logs").unwrap();
            scope.spawn(|| write_until(&database, "none", &done));
        });
        done.store(true, Ordering::Relaxed);
        ran.expect_code(0).json()
    });
    let warning = summary["warnings"][0].as_str().unwrap();
    assert!(warning.contains("50,000 rows of it stay") && warning.contains("lock"), "{summary}");
    assert_is_whole(&database);
    reader.batch_execute("COMMIT").unwrap();
    let summary = prune(&database).expect_code(0).json();
    assert_eq!(summary["warnings"], Value::Array(Vec::new()), "{summary}");
    assert_is_whole(&database);
    assert_is_tidy(&database);
}

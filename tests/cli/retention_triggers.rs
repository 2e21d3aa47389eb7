//! What a trigger of the application's does to other tables when old rows are deleted: what they would lose
//! keeps the rows, what it counts, notes or derives is told.

use crate::retention_obstacles::{filled, rows, run};
use crate::support::{Binary, Database};

/// Tables that no foreign key binds, of which some speak of the jobs that go.
const TABLES: &str = "CREATE SCHEMA app; \
     CREATE TABLE app.sizes (id int PRIMARY KEY); INSERT INTO app.sizes VALUES (1), (2); \
     CREATE TABLE app.notes (job uuid, doc json); \
     INSERT INTO app.notes SELECT id, json_build_object('a', ARRAY[id]) FROM scheduled_jobs; \
     CREATE TABLE app.counts (jobs int); INSERT INTO app.counts VALUES (10); \
     CREATE TABLE app.gone (id uuid); CREATE TABLE app.totals (jobs int); \
     INSERT INTO app.totals VALUES (9); \
     INSERT INTO contacts (name) VALUES ('Ana'); \
     INSERT INTO scheduled_jobs (type, scheduled_at) VALUES ('wait', now() + interval '1 year');";

fn with_trigger(table: &str, deed: &str) -> Database {
    let database = filled();
    database.execute(&format!(
        "{TABLES} \
         CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {deed} RETURN OLD; END $$; \
         CREATE TRIGGER tidy AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION tidy()"
    ));
    database
}

fn of_application(database: &Database) -> String {
    let of = |table: &str| {
        database.value(&format!(
            "(SELECT coalesce(string_agg(t::text, '|' ORDER BY t::text), '') FROM {table} t)"
        ))
    };
    ["app.sizes", "app.notes", "contacts"].map(of).join("\n")
}

#[test]
fn what_other_tables_would_lose_by_a_trigger_keeps_old_rows() {
    for (deed, table) in [
        ("DELETE FROM app.notes WHERE job = OLD.id;", "app.notes"),
        ("DELETE FROM app.sizes WHERE id = 1;", "app.sizes"),
        ("TRUNCATE app.sizes;", "app.sizes"),
        ("DROP TABLE IF EXISTS app.sizes;", "app.sizes"),
        ("UPDATE app.notes SET job = NULL WHERE job = OLD.id;", "app.notes"),
        ("UPDATE app.notes SET doc = '{}' WHERE doc ->> 'a' ~ OLD.id::text;", "app.notes"),
        ("DELETE FROM contacts;", "contacts"),
        ("DELETE FROM scheduled_jobs WHERE type = 'wait';", "scheduled_jobs"),
    ] {
        for is_archived in [false, true] {
            let database = with_trigger("scheduled_jobs", deed);
            let before = of_application(&database);
            let folder = tempfile::tempdir().unwrap();
            let archive = ["--archive", folder.path().to_str().unwrap()];
            let more: &[&str] = if is_archived { &archive } else { &[] };
            let dry = Binary::on(&database).run(["jobs", "cleanup", "--dry-run"]).expect_code(0);
            for word in ["trigger tidy of scheduled_jobs acts on rows that go", table] {
                assert!(dry.stdout.contains(word), "{deed}: {dry}");
            }
            // The other policy runs.
            let ran = run(&database, more).expect_code(1);
            for word in [table, "trigger tidy of scheduled_jobs", "rolled back"] {
                assert!(ran.stderr.contains(word), "{deed}: {ran}");
            }
            assert_eq!(rows(&database), "0 0 11", "{deed}: {ran}");
            assert_eq!(of_application(&database), before, "{deed}");
            let left = std::fs::read_dir(folder.path()).unwrap();
            let left: Vec<String> =
                left.map(|one| one.unwrap().file_name().into_string().unwrap()).collect();
            assert!(left.iter().all(|name| !name.contains("scheduled_jobs")), "{deed}: {left:?}");
            let alone = Binary::on(&database).run(["jobs", "cleanup", "--yes"]).expect_code(1);
            assert!(alone.stderr.contains(table), "{deed}: {alone}");
        }
    }
}

#[test]
fn entries_of_the_log_stay_where_a_trigger_would_take_rows_along() {
    let database = with_trigger("audit_logs", "DELETE FROM app.sizes;");
    let before = of_application(&database);
    let args = ["audit", "prune", "--older-than", "90d", "--max-rows", "999"];
    let dry = Binary::on(&database).run([&args[..], &["--dry-run"]].concat()).expect_code(0);
    assert!(dry.stdout.contains("trigger tidy of audit_logs acts on rows that go"), "{dry}");
    let ran = Binary::on(&database).run([&args[..], &["--yes"]].concat()).expect_code(1);
    for word in ["2 rows of app.sizes were deleted", "trigger tidy of audit_logs"] {
        assert!(ran.stderr.contains(word), "{ran}");
    }
    assert_eq!((rows(&database).as_str(), of_application(&database)), ("10 10 11", before));
}

/// Which no trigger of a row sees.
#[test]
fn a_month_stays_where_an_event_trigger_would_take_rows_along() {
    let database = filled();
    database.execute(&format!(
        "{TABLES} CREATE FUNCTION tidy() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF EXISTS (SELECT FROM pg_event_trigger_dropped_objects() WHERE object_name = 'audit_logs_2025_03') \
             THEN DELETE FROM app.sizes; END IF; END $$; \
         CREATE EVENT TRIGGER tidy_{0} ON sql_drop EXECUTE FUNCTION tidy()",
        database.name
    ));
    let before = of_application(&database);
    let ran = run(&database, &[]).expect_code(1);
    assert!(ran.stderr.contains("2 rows of app.sizes were deleted"), "{ran}");
    assert_eq!((rows(&database).as_str(), of_application(&database)), ("10 0 1", before));
}

#[test]
fn what_a_trigger_counts_notes_or_derives_is_told_and_keeps_nothing() {
    for (deed, changed) in [
        ("UPDATE app.counts SET jobs = jobs - 1;", Some(("app.counts", 10))),
        ("INSERT INTO app.gone VALUES (OLD.id);", None),
        ("DELETE FROM app.totals; INSERT INTO app.totals VALUES (1);", Some(("app.totals", 10))),
        (
            "BEGIN DELETE FROM app.sizes; RAISE EXCEPTION 'no'; EXCEPTION WHEN raise_exception THEN NULL; END;",
            None,
        ),
        ("CREATE TEMP TABLE bag ON COMMIT DROP AS SELECT OLD.id; DROP TABLE bag;", None),
    ] {
        let database = with_trigger("scheduled_jobs", deed);
        let ran = Binary::on(&database)
            .run(["jobs", "cleanup", "--yes", "--format", "json"])
            .expect_code(0);
        let found = ran.json();
        assert_eq!(found["deleted"], 10, "{deed}: {ran}");
        match changed {
            Some((table, number)) => assert_eq!(found["changed"][table], number, "{deed}: {ran}"),
            None => assert!(found["changed"].is_null(), "{deed}: {ran}"),
        }
    }
}

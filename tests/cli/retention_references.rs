//! Rows of the application that point at what is old: kept, or archived and restored with it.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Binary, Database, Ran};

/// Failed jobs of long ago, and a table of the application for each that points at one of them.
fn with_jobs(keys: &[&str]) -> Database {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO scheduled_jobs (id, type, scheduled_at, status, finished_at)
         SELECT lpad(n::text, 32, '0')::uuid, 'send', now() - interval '30 days', 'FAILED', now() - interval '30 days' + make_interval(mins => n)
         FROM generate_series(1, 20) AS n",
    );
    for key in keys {
        database.execute(key);
    }
    database
}

const CASCADE: &str = "
    CREATE TABLE job_runs (id int, job_id uuid REFERENCES scheduled_jobs (id) ON DELETE CASCADE, cost numeric(20, 2), note jsonb);
    CREATE INDEX ON job_runs (job_id);
    INSERT INTO job_runs SELECT n, lpad(n::text, 32, '0')::uuid, 9007199254740993.01,
        '{\"crm_id\":12345678901234567890123,\"price\":1.10}' FROM generate_series(1, 3) AS n";

fn cleanup(database: &Database, more: &[&str]) -> Ran {
    let args = ["jobs", "cleanup", "--max-rows", "999", "--format", "json"];
    Binary::on(database).run([&args, more].concat())
}

fn jobs(database: &Database) -> String {
    database.value("(SELECT count(*) FROM scheduled_jobs)")
}

fn manifests(folder: &tempfile::TempDir) -> Vec<PathBuf> {
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    names.filter(|path| path.to_string_lossy().ends_with(".manifest.json")).collect()
}

#[test]
fn whatever_a_key_would_do_what_it_points_at_stays() {
    for (action, nullable) in [
        ("ON DELETE CASCADE", ""),
        ("ON DELETE SET NULL", ""),
        ("ON DELETE SET DEFAULT", ""),
        ("ON DELETE RESTRICT", "NOT NULL"),
        ("DEFERRABLE INITIALLY DEFERRED", "NOT NULL"),
    ] {
        let database = with_jobs(&[&format!(
            "CREATE SCHEMA app;
             CREATE TABLE app.\"job runs\" (id int, job_id uuid {nullable} REFERENCES scheduled_jobs (id) {action});
             INSERT INTO app.\"job runs\" SELECT n, lpad((1 + n % 12)::text, 32, '0')::uuid FROM generate_series(1, 24) AS n"
        )]);
        let rows = "(SELECT string_agg(r::text, ',' ORDER BY id) FROM app.\"job runs\" r)";
        let before = database.value(rows);
        let kept = serde_json::json!([{ "rows": 12, "referenced_by": "app.job runs" }]);
        let planned = cleanup(&database, &["--dry-run"]).expect_code(0).json();
        assert_eq!((&planned["eligible"], &planned["kept"]), (&8.into(), &kept), "{action}");
        let done = cleanup(&database, &["--yes"]).expect_code(0).json();
        assert_eq!((&done["deleted"], &done["kept"]), (&8.into(), &kept), "{action}");
        assert_eq!((jobs(&database).as_str(), database.value(rows)), ("12", before), "{action}");
        let told =
            "(SELECT string_agg(details ->> 'kept', '' ORDER BY started_at) FROM maintenance_runs)";
        assert_eq!(database.value(told), r#"{"app.job runs": 12}"#);
        let text = Binary::on(&database).run(["jobs", "cleanup", "--dry-run"]).expect_code(0);
        assert!(text.stdout.contains("kept: 12 referenced by app.job runs"), "{text}");
    }
}

/// Rows of the other partition point at jobs too, and nothing keeps them.
#[test]
fn a_key_of_a_single_partition_keeps_what_its_rows_point_at() {
    let database = with_jobs(&["CREATE TABLE runs (job_id uuid, day date) PARTITION BY RANGE (day);
         CREATE TABLE runs_a PARTITION OF runs FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
         CREATE TABLE runs_b PARTITION OF runs DEFAULT;
         ALTER TABLE runs_a ADD FOREIGN KEY (job_id) REFERENCES scheduled_jobs ON DELETE CASCADE;
         INSERT INTO runs SELECT lpad(n::text, 32, '0')::uuid, '2026-05-05' FROM generate_series(1, 3) AS n;
         INSERT INTO runs SELECT lpad(n::text, 32, '0')::uuid, '2027-05-05' FROM generate_series(1, 5) AS n"]);
    let rows = "(SELECT string_agg(r.tableoid::regclass || r::text, ',' ORDER BY r) FROM runs r)";
    let before = database.value(rows);
    let done = cleanup(&database, &["--yes"]).expect_code(0).json();
    let kept = serde_json::json!([{ "rows": 3, "referenced_by": "runs_a" }]);
    assert_eq!((&done["deleted"], &done["kept"]), (&17.into(), &kept), "{done}");
    assert_eq!(database.value(rows), before);
    let folder = tempfile::tempdir().unwrap();
    let archive = ["--yes", "--archive", folder.path().to_str().unwrap()];
    assert_eq!(cleanup(&database, &archive).expect_code(0).json()["deleted"], 3);
    let manifest = manifests(&folder).remove(0);
    let restore = ["retention", "restore", manifest.to_str().unwrap(), "--yes"];
    Binary::on(&database).run(restore).expect_code(0);
    assert_eq!((jobs(&database).as_str(), database.value(rows)), ("3", before));
}

#[test]
fn what_a_key_would_delete_is_archived_and_comes_back() {
    let database = with_jobs(&[
        CASCADE,
        // Its own dependants, of a table without any key, two of them alike.
        "ALTER TABLE job_runs ADD PRIMARY KEY (id);
         CREATE TABLE steps (run_id int NOT NULL REFERENCES job_runs (id) ON DELETE CASCADE, n float8, at timestamptz,
             total int GENERATED ALWAYS AS (run_id * 2) STORED);
         INSERT INTO steps VALUES (1, 'NaN', 'infinity'), (1, 'NaN', 'infinity'), (2, 0.1, '20000-01-01')",
    ]);
    let contents = |table: &str| {
        database
            .value(&format!("(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM {table} t)"))
    };
    let before = (contents("job_runs"), contents("steps"), contents("scheduled_jobs"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let done = cleanup(&database, &["--yes", "--archive", path]).expect_code(0).json();
    assert_eq!((&done["deleted"], &done["kept"]), (&20.into(), &serde_json::json!([])), "{done}");
    assert_eq!((contents("job_runs"), contents("steps")), (String::new(), String::new()));
    let manifest = manifests(&folder).remove(0);
    Binary::new().run(["retention", "verify", path]).expect_code(0);
    let restore = |more: &[&str]| -> Value {
        let args = [
            "retention",
            "restore",
            manifest.to_str().unwrap(),
            "--format",
            "json",
            "--batch-size",
            "2",
        ];
        Binary::on(&database).run([&args, more].concat()).expect_code(0).json()
    };
    let along = serde_json::json!({ "job_runs": 3, "steps": 3 });
    assert_eq!(restore(&["--dry-run"])["along"], along);
    assert_eq!(restore(&[])["along"], along);
    assert_eq!((contents("job_runs"), contents("steps"), contents("scheduled_jobs")), before);
    // A second time nothing comes twice.
    assert_eq!(restore(&[])["restored"], 0);
    assert_eq!(contents("steps"), before.1);
}

#[test]
fn what_in_turn_is_pointed_at_stays_with_all_above_it() {
    let database = with_jobs(&[
        CASCADE,
        "ALTER TABLE job_runs ADD PRIMARY KEY (id);
         CREATE TABLE bills (run_id int REFERENCES job_runs (id));
         INSERT INTO bills VALUES (2)",
    ]);
    let folder = tempfile::tempdir().unwrap();
    let args = ["--yes", "--archive", folder.path().to_str().unwrap()];
    let done = cleanup(&database, &args).expect_code(0).json();
    assert_eq!(done["kept"], serde_json::json!([{ "rows": 1, "referenced_by": "bills" }]));
    assert_eq!(database.value("(SELECT string_agg(id::text, ',') FROM job_runs)"), "2");
    assert_eq!(jobs(&database), "1");
}

#[test]
fn jobs_that_point_at_jobs_go_one_run_after_the_other() {
    let database = with_jobs(&[
        "ALTER TABLE scheduled_jobs ADD parent uuid REFERENCES scheduled_jobs (id) ON DELETE CASCADE;
         -- The first points at itself, the third at the second, and a job that waits at the fourth.
         UPDATE scheduled_jobs SET parent = id WHERE id = lpad('1', 32, '0')::uuid;
         UPDATE scheduled_jobs SET parent = lpad('2', 32, '0')::uuid WHERE id = lpad('3', 32, '0')::uuid;
         INSERT INTO scheduled_jobs (type, scheduled_at, parent) VALUES ('send', now(), lpad('4', 32, '0')::uuid)",
    ]);
    let left = |expected: &str| {
        cleanup(&database, &["--yes"]).expect_code(0);
        let ids = "(SELECT coalesce(string_agg(ltrim(id::text, '0-'), ',' ORDER BY id), '') FROM scheduled_jobs WHERE status = 'FAILED')";
        assert_eq!(database.value(ids), expected);
    };
    left("2,4");
    left("4");
    assert_eq!(jobs(&database), "2");
}

/// Entries of long ago in a month of their own, and one of them pointed at.
fn with_entries(key: &str) -> Database {
    let database = Database::migrated();
    database.execute(
        "DELETE FROM audit_logs;
         CREATE TABLE audit_logs_2025_01 PARTITION OF audit_logs FOR VALUES FROM ('2025-01-01+00') TO ('2025-02-01+00');
         CREATE TABLE audit_logs_2025_02 PARTITION OF audit_logs FOR VALUES FROM ('2025-02-01+00') TO ('2025-03-01+00');
         INSERT INTO audit_logs (id, actor, action, resource, created_at)
         SELECT lpad(n::text, 32, '0')::uuid, 'x', 'old', 'r', '2025-01-05+00'::timestamptz + make_interval(days => n)
         FROM generate_series(1, 40) AS n",
    );
    database.execute(key);
    database
}

fn prune(database: &Database, more: &[&str]) -> Value {
    let args = [
        "audit",
        "prune",
        "--before",
        "2025-03-01",
        "--yes",
        "--max-rows",
        "999",
        "--format",
        "json",
    ];
    Binary::on(database).run([&args, more].concat()).expect_code(0).json()
}

const OLD: &str = "(SELECT string_agg(ltrim(id::text, '0-'), ',' ORDER BY created_at) FROM audit_logs WHERE action = 'old')";
const REASONS: &str = "CREATE TABLE reasons (entry uuid, at timestamptz, FOREIGN KEY (entry, at) REFERENCES audit_logs (id, created_at) ON DELETE CASCADE);
    INSERT INTO reasons SELECT id, created_at FROM audit_logs WHERE id IN (lpad('3', 32, '0')::uuid, lpad('35', 32, '0')::uuid)";

#[test]
fn a_month_with_an_entry_that_is_pointed_at_goes_row_by_row_but_for_it() {
    let database = with_entries(REASONS);
    let done = prune(&database, &[]);
    assert_eq!(
        done["kept"],
        serde_json::json!([{ "rows": 2, "referenced_by": "reasons" }]),
        "{done}"
    );
    assert_eq!(database.value(OLD), "3,35");
    assert_eq!(database.value("(SELECT count(*) FROM reasons)"), "2");
    // Pointed at no more, the month is dropped although a key points at the log.
    database.execute("DELETE FROM reasons");
    assert_eq!(prune(&database, &[])["deleted"], 2);
    assert_eq!(database.value("to_regclass('audit_logs_2025_01')"), "");
}

#[test]
fn with_an_archive_what_points_at_entries_goes_along() {
    let database = with_entries(REASONS);
    let folder = tempfile::tempdir().unwrap();
    let done = prune(&database, &["--archive", folder.path().to_str().unwrap()]);
    assert_eq!((&done["deleted"], &done["archived"]), (&40.into(), &40.into()), "{done}");
    assert_eq!(database.value("(SELECT count(*) FROM reasons)"), "0");
    for manifest in manifests(&folder) {
        Binary::on(&database)
            .run(["retention", "restore", manifest.to_str().unwrap()])
            .expect_code(0);
    }
    assert_eq!(database.value("(SELECT count(*) FROM reasons)"), "2");
    assert_eq!(database.value(OLD).split(',').count(), 40);
}

#[test]
fn a_key_onto_one_month_keeps_that_months_row() {
    let database = with_entries(
        "CREATE UNIQUE INDEX ON audit_logs_2025_01 (id);
         -- Another month may have the same id.
         UPDATE audit_logs SET id = lpad('3', 32, '0')::uuid WHERE id = lpad('35', 32, '0')::uuid;
         CREATE TABLE reasons (entry uuid REFERENCES audit_logs_2025_01 (id) ON DELETE SET NULL);
         INSERT INTO reasons SELECT lpad('3', 32, '0')::uuid",
    );
    let done = prune(&database, &[]);
    assert_eq!(
        done["kept"],
        serde_json::json!([{ "rows": 1, "referenced_by": "reasons" }]),
        "{done}"
    );
    assert_eq!(database.value(OLD), "3");
    assert_eq!(database.value("(SELECT count(entry) FROM reasons)"), "1");
}

#[test]
fn a_table_that_the_role_may_not_read_is_named_before_anything_goes() {
    let database = with_jobs(&[CASCADE]);
    let name = &database.name;
    database.execute(&format!(
        "CREATE ROLE {name};
         GRANT SELECT, DELETE, UPDATE ON scheduled_jobs TO {name};
         GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {name}; REVOKE ALL ON job_runs FROM {name}"
    ));
    let separator = if database.url().contains('?') { '&' } else { '?' };
    let url = format!("{}{separator}options=-c%20role%3D{name}", database.url());
    let ran = Binary::on(&database).env("DATABASE_URL", &url).run([
        "jobs",
        "cleanup",
        "--yes",
        "--max-rows",
        "99",
    ]);
    database.execute(&format!("DROP OWNED BY {name}; DROP ROLE {name}"));
    assert_eq!((ran.code, jobs(&database).as_str()), (1, "20"), "{ran}");
    assert!(ran.stderr.contains("GRANT SELECT ON public.job_runs TO"), "{ran}");
}

/// A key that comes between the survey and the DELETE, in a transaction that is still open.
#[test]
fn a_reference_that_comes_in_the_middle_of_a_run_is_not_lost() {
    let database = with_jobs(&[
        "CREATE TABLE job_runs (job_id uuid REFERENCES scheduled_jobs (id) ON DELETE CASCADE)",
    ]);
    let lock = database.lock("app", "INSERT INTO job_runs VALUES (lpad('7', 32, '0')::uuid)");
    let done = cleanup(&database, &["--yes"]).expect_code(0).json();
    assert_eq!(done["deleted"], 19, "{done}");
    lock.commit();
    assert_eq!(database.value("(SELECT count(*) FROM job_runs)"), "1");
    assert_eq!(jobs(&database), "1");
}

/// The server deletes by a key without asking whether a trigger kept the rows: what hangs on them
/// would point at nothing.
#[test]
fn what_a_trigger_would_keep_does_not_go_along() {
    let database = with_jobs(&[
        CASCADE,
        "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
         CREATE TRIGGER keep BEFORE DELETE ON job_runs FOR EACH ROW EXECUTE FUNCTION keep()",
    ]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let done = cleanup(&database, &["--yes", "--archive", path]).expect_code(0).json();
    let kept = serde_json::json!([{ "rows": 3, "referenced_by": "job_runs" }]);
    assert_eq!((&done["deleted"], &done["kept"]), (&17.into(), &kept), "{done}");
    let orphans = "(SELECT count(*) FROM job_runs r WHERE NOT EXISTS \
                    (SELECT FROM scheduled_jobs j WHERE j.id = r.job_id))";
    assert_eq!(database.value(orphans), "0");
}

/// Whatever a hold would keep if it were asked for itself, keeps what it hangs on.
#[test]
fn a_hold_keeps_what_its_rows_hang_on() {
    let contact = "lpad('c', 32, '0')::uuid";
    let database = with_jobs(&[
        CASCADE,
        &format!(
            "INSERT INTO contacts (id, name, phone) VALUES ({contact}, 'Ana', '+34600111222'), (lpad('d', 32, '0')::uuid, 'Bea', '+34600111223');
             ALTER TABLE messages ADD job_id uuid REFERENCES scheduled_jobs (id) ON DELETE CASCADE;
             INSERT INTO messages (contact_id, channel, direction, content, job_id)
             SELECT CASE n WHEN 4 THEN {contact} ELSE lpad('d', 32, '0')::uuid END, 'SMS', 'OUTBOUND', 'x', lpad(n::text, 32, '0')::uuid
             FROM generate_series(3, 6) AS n;
             -- By a key of another name, by a name without a key, inside a document, a level further down.
             ALTER TABLE job_runs ADD PRIMARY KEY (id), ADD who uuid REFERENCES contacts (id);
             UPDATE job_runs SET who = {contact} WHERE id = 1;
             CREATE TABLE steps (run_id int REFERENCES job_runs (id) ON DELETE CASCADE, \"contactId\" text);
             INSERT INTO steps VALUES (2, {contact}::text);
             -- A document under two domains, which holds what no text may.
             CREATE DOMAIN document AS json;
             CREATE DOMAIN notice AS document;
             CREATE TABLE notices (job_id uuid REFERENCES scheduled_jobs (id) ON DELETE CASCADE, about notice);
             INSERT INTO notices VALUES (lpad('7', 32, '0')::uuid, ('{{\"title\": \"\\u0000\\ud83d\", \"contact_id\": \"' || {contact} || '\"}}')::json)"
        ),
    ]);
    let all = |what: &str| {
        database.value(&format!("(SELECT string_agg(t::text, ',' ORDER BY t::text) FROM {what} t)"))
    };
    let hold = ["retention", "holds", "add", "--reason", "court", "--contact"];
    let id = database.value(contact);
    let hold = Binary::on(&database).run([&hold[..], &[id.as_str(), "--format", "json"]].concat());
    let hold = hold.expect_code(0).json()["id"].as_str().unwrap().to_owned();
    let held = || {
        let messages = "(SELECT * FROM messages WHERE contact_id = lpad('c', 32, '0')::uuid)";
        (all("steps"), all("notices"), all(messages))
    };
    let before = held();
    let folder = tempfile::tempdir().unwrap();
    let archive = ["--archive", folder.path().to_str().unwrap()];
    let planned =
        cleanup(&database, &[&archive[..], &["--dry-run"]].concat()).expect_code(0).json();
    assert_eq!((&planned["eligible"], &planned["held"]), (&16.into(), &4.into()), "{planned}");
    assert_eq!(
        planned["along"],
        serde_json::json!({ "job_runs": 1, "messages": 3, "notices": 0, "steps": 0 })
    );
    let done = cleanup(&database, &[&archive[..], &["--yes"]].concat()).expect_code(0).json();
    assert_eq!((&done["deleted"], &done["held"]), (&16.into(), &4.into()), "{done}");
    assert_eq!(done["along"], planned["along"]);
    assert_eq!(held(), before);
    let kept = "(SELECT string_agg(ltrim(id::text, '0-'), ',' ORDER BY id) FROM scheduled_jobs)";
    assert_eq!(database.value(kept), "1,2,4,7");
    Binary::on(&database).run(["retention", "holds", "release", &hold, "--yes"]).expect_code(0);
    let done = cleanup(&database, &[&archive[..], &["--yes"]].concat()).expect_code(0).json();
    assert_eq!(done["deleted"], 4, "{done}");
}

/// A row of a table that inherits has columns of its own, and no key reaches it.
#[test]
fn tables_that_inherit_are_left_alone_and_named() {
    let database = with_jobs(&[
        "CREATE TABLE special_jobs (extra text) INHERITS (scheduled_jobs);
         INSERT INTO special_jobs (id, type, scheduled_at, status, finished_at, extra)
         VALUES (lpad('99', 32, '0')::uuid, 'send', now(), 'FAILED', now() - interval '30 days', 'mine');
         CREATE UNIQUE INDEX ON special_jobs (id);
         CREATE TABLE bills (job_id uuid REFERENCES special_jobs (id) ON DELETE CASCADE);
         INSERT INTO bills VALUES (lpad('99', 32, '0')::uuid);
         CREATE TABLE job_runs (id int, job_id uuid REFERENCES scheduled_jobs (id) ON DELETE CASCADE);
         CREATE TABLE old_runs (what text) INHERITS (job_runs);
         INSERT INTO job_runs VALUES (1, lpad('1', 32, '0')::uuid);
         INSERT INTO old_runs VALUES (2, lpad('2', 32, '0')::uuid, 'mine')",
    ]);
    let mine = "(SELECT (SELECT string_agg(s::text, ',') FROM special_jobs s) || (SELECT string_agg(o::text, ',') FROM old_runs o) || (SELECT count(*) FROM bills))";
    let before = database.value(mine);
    let folder = tempfile::tempdir().unwrap();
    let args = ["--yes", "--archive", folder.path().to_str().unwrap()];
    let done = cleanup(&database, &args).expect_code(0).json();
    assert_eq!(
        (&done["deleted"], &done["along"]),
        (&19.into(), &serde_json::json!({ "job_runs": 1 })),
        "{done}"
    );
    assert_eq!(done["kept"], serde_json::json!([{ "rows": 1, "referenced_by": "old_runs" }]));
    let note = done["notes"][0].as_str().unwrap();
    assert!(note.starts_with("1 old row of special_jobs stays"), "{note}");
    assert_eq!(database.value(mine), before);
    let manifest = manifests(&folder).remove(0);
    let path = manifest.to_str().unwrap();
    Binary::on(&database).run(["retention", "restore", path]).expect_code(0);
    assert_eq!(database.value("(SELECT count(*) FROM ONLY scheduled_jobs)"), "20");
    assert_eq!(database.value("(SELECT count(*) FROM ONLY job_runs)"), "1");
}

/// What went along and is there again did not go.
#[test]
fn a_row_that_went_along_and_that_a_trigger_brings_back_is_named() {
    let database = with_jobs(&[
        CASCADE,
        "ALTER TABLE job_runs ADD PRIMARY KEY (id);
         CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO job_runs (id, cost) VALUES (OLD.id, OLD.cost); RETURN NULL; END';
         CREATE TRIGGER again AFTER DELETE ON job_runs FOR EACH ROW EXECUTE FUNCTION again()",
    ]);
    let before = database.value("(SELECT string_agg(r::text, ',') FROM job_runs r)");
    let folder = tempfile::tempdir().unwrap();
    let args = ["--yes", "--archive", folder.path().to_str().unwrap()];
    let ran = cleanup(&database, &args).expect_code(1);
    assert!(ran.stderr.contains("trigger again") && ran.stderr.contains("job_runs"), "{ran}");
    assert_eq!(database.value("(SELECT string_agg(r::text, ',') FROM job_runs r)"), before);
    assert_eq!((jobs(&database).as_str(), manifests(&folder).len()), ("20", 0));
    // One that only looks on is in nobody's way.
    database.execute("CREATE OR REPLACE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
    let done = cleanup(&database, &args).expect_code(0).json();
    assert_eq!((&done["deleted"], &done["along"]["job_runs"]), (&20.into(), &3.into()), "{done}");
}

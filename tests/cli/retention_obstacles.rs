//! What of the application's is in the way: it is told of, and keeps nothing else from its work.

use crate::support::{Binary, Database, Ran};

/// Two old months of ten entries each, and ten failed jobs of long ago.
pub(crate) fn filled() -> Database {
    let database = Database::migrated();
    database.execute(
        "DELETE FROM audit_logs;
         CREATE TABLE audit_logs_2025_03 PARTITION OF audit_logs FOR VALUES FROM ('2025-03-01+00') TO ('2025-04-01+00');
         CREATE TABLE audit_logs_2025_04 PARTITION OF audit_logs FOR VALUES FROM ('2025-04-01+00') TO ('2025-05-01+00');
         INSERT INTO audit_logs (actor, action, resource, details, created_at)
         SELECT 'x', 'old', 'r', jsonb_build_object('tenant', n % 2), '2025-03-10+00'::timestamptz + make_interval(days => 31 * (n % 2), hours => n)
         FROM generate_series(1, 20) AS n;
         INSERT INTO scheduled_jobs (type, scheduled_at, status, finished_at)
         SELECT 'send', now() - interval '30 days', 'FAILED', now() - interval '30 days' FROM generate_series(1, 10)",
    );
    database
}

/// Both policies of a file, the log's first.
pub(crate) fn run(database: &Database, more: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("inboxctl.toml");
    std::fs::write(
        &file,
        "[[retention.policy]]\nname = \"audit\"\ntable = \"audit_logs\"\nolder_than = \"90d\"\nmax_rows = 999\n\
         [[retention.policy]]\nname = \"jobs\"\ntable = \"scheduled_jobs\"\nstatus = \"failed\"\nolder_than = \"7d\"\nmax_rows = 999\n",
    )
    .unwrap();
    let args =
        ["retention", "run", "--yes", "--format", "json", "--config", file.to_str().unwrap()];
    Binary::on(database).run([&args, more].concat())
}

pub(crate) fn rows(database: &Database) -> String {
    database.value(
        "(SELECT (SELECT count(*) FROM audit_logs WHERE action = 'old' AND created_at < '2025-04-01') || ' ' \
          || (SELECT count(*) FROM audit_logs WHERE action = 'old' AND created_at >= '2025-04-01') || ' ' \
          || (SELECT count(*) FROM scheduled_jobs))",
    )
}

#[test]
fn a_view_on_a_month_leaves_that_month_alone() {
    for view in ["CREATE VIEW march AS", "CREATE MATERIALIZED VIEW march AS"] {
        let database = filled();
        database.execute(&format!("{view} SELECT * FROM audit_logs_2025_03"));
        let folder = tempfile::tempdir().unwrap();
        let ran = run(&database, &["--archive", folder.path().to_str().unwrap()]).expect_code(1);
        assert_eq!(rows(&database), "10 0 0", "{ran}");
        for told in ["audit_logs_2025_03", "march", "\"hint\":\"drop"] {
            assert!(ran.stderr.contains(told), "{told}: {ran}");
        }
        assert_eq!(ran.json()["policies"][0]["left_out"][0]["name"], "audit_logs_2025_03");
        let planned = Binary::on(&database)
            .run(["audit", "prune", "--dry-run", "--before", "2025-06-01"])
            .expect_code(0);
        assert!(planned.stdout.contains("left out: audit_logs_2025_03"), "{planned}");
        let told = "(SELECT outcome || ' ' || (details -> 'left_out' -> 0 ->> 'name') FROM maintenance_runs WHERE table_name = 'audit_logs')";
        assert_eq!(database.value(told), "FAILED audit_logs_2025_03");
        database.execute(&format!("DROP {} march", &view[7..view.len() - 9]));
        run(&database, &[]).expect_code(0);
        assert_eq!(rows(&database), "0 0 0");
    }
}

#[test]
fn an_event_trigger_that_raises_is_told_and_the_rest_runs() {
    let database = filled();
    database.execute(
        "CREATE FUNCTION no_drop() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
             IF EXISTS (SELECT FROM pg_event_trigger_dropped_objects() WHERE object_name = 'audit_logs_2025_03') THEN
                 RAISE EXCEPTION 'nothing of March is dropped';
             END IF; END $$;
         CREATE EVENT TRIGGER no_drop ON sql_drop EXECUTE FUNCTION no_drop()",
    );
    let ran = run(&database, &[]).expect_code(1);
    assert!(ran.stderr.contains("nothing of March is dropped"), "{ran}");
    assert_eq!(rows(&database), "10 0 0");
    let log = &ran.json()["policies"][0];
    assert_eq!(log["deleted"], 10, "{ran}");
    assert_eq!(log["left_out"][0]["name"], "audit_logs_2025_03", "{ran}");
    let args = ["audit", "prune", "--before", "2025-06-01", "--max-rows", "999", "--yes"];
    let alone = Binary::on(&database).run(args).expect_code(1);
    assert!(alone.stdout.contains("Nothing was deleted of audit_logs"), "{alone}");
}

#[test]
fn a_month_in_a_publication_is_emptied_and_stays_in_it() {
    let database = filled();
    database.execute("CREATE PUBLICATION march FOR TABLE audit_logs_2025_03");
    let ran = run(&database, &[]).expect_code(0);
    assert_eq!(rows(&database), "0 0 0");
    assert_eq!(database.value("(SELECT count(*) FROM pg_publication_rel)"), "1");
    assert!(ran.stdout.contains("publication march"), "{ran}");
}

const SWALLOW: &str =
    "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';";

#[test]
fn a_delete_that_is_swallowed_is_rolled_back_and_named() {
    let soft = "ALTER TABLE scheduled_jobs ADD deleted_at timestamptz;
        CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            UPDATE scheduled_jobs SET deleted_at = now(), status = 'CANCELLED' WHERE id = OLD.id; RETURN NULL;
        EXCEPTION WHEN division_by_zero THEN RETURN NULL; END $$;";
    let trigger = "CREATE TRIGGER soft_delete BEFORE DELETE ON scheduled_jobs FOR EACH ROW EXECUTE FUNCTION swallow()";
    for (what, name) in [
        (format!("{SWALLOW} {trigger}"), "trigger soft_delete"),
        (format!("{soft} {trigger}"), "trigger soft_delete"),
        (
            String::from("CREATE RULE soft AS ON DELETE TO scheduled_jobs DO INSTEAD NOTHING"),
            "rule soft",
        ),
        (
            String::from(
                "CREATE RULE soft AS ON DELETE TO scheduled_jobs DO INSTEAD UPDATE scheduled_jobs SET last_error = 'x' WHERE id = OLD.id",
            ),
            "rule soft",
        ),
    ] {
        for archived in [false, true] {
            let database = filled();
            database.execute(&what);
            let before = database.contents();
            let folder = tempfile::tempdir().unwrap();
            let archive = ["--archive", folder.path().to_str().unwrap()];
            let more: &[&str] = if archived { &archive } else { &[] };
            let ran = run(&database, more).expect_code(1);
            let why = "0 of 10 rows were deleted";
            assert!(ran.stderr.contains(name) && ran.stderr.contains(why), "{what}: {ran}");
            assert_eq!(rows(&database), "0 0 10", "{what}: {ran}");
            let jobs = |contents: Vec<(String, String)>| {
                contents.into_iter().find(|(table, _)| table == "scheduled_jobs")
            };
            assert_eq!(jobs(database.contents()), jobs(before), "{what}");
        }
    }
}

#[test]
fn a_trigger_of_one_month_is_asked_for_each_row() {
    let database = filled();
    database.execute(&format!(
        "{SWALLOW} CREATE TRIGGER keep BEFORE DELETE ON audit_logs_2025_03 FOR EACH ROW EXECUTE FUNCTION swallow()"
    ));
    let ran = run(&database, &[]).expect_code(1);
    assert!(ran.stderr.contains("trigger keep"), "{ran}");
    assert_eq!(rows(&database), "10 0 0");
    // One that lets rows through sees each of them.
    database.execute(
        "DROP TRIGGER keep ON audit_logs_2025_03; CREATE TABLE gone (id uuid);
         CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO gone VALUES (OLD.id); RETURN OLD; END';
         CREATE TRIGGER note AFTER DELETE ON audit_logs_2025_03 FOR EACH ROW EXECUTE FUNCTION note()",
    );
    run(&database, &[]).expect_code(0);
    assert_eq!(
        (rows(&database).as_str(), database.value("(SELECT count(*) FROM gone)").as_str()),
        ("0 0 0", "10")
    );
}

#[test]
fn rows_that_a_policy_hides_are_never_destroyed() {
    let policies = "ALTER TABLE audit_logs_2025_03 ENABLE ROW LEVEL SECURITY; ALTER TABLE audit_logs_2025_03 FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON audit_logs_2025_03 USING ((details ->> 'tenant') IS DISTINCT FROM '0') WITH CHECK (true)";
    for archived in [false, true] {
        let database = filled();
        database.execute(policies);
        let name = &database.name;
        database.execute(&format!("CREATE ROLE {name}; ALTER SCHEMA public OWNER TO {name}"));
        database.execute(&format!(
            "DO $$ DECLARE name text; BEGIN
                 FOR name IN SELECT format('%I', relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') LOOP
                     EXECUTE 'ALTER TABLE ' || name || ' OWNER TO {name}';
                 END LOOP; END $$"
        ));
        let folder = tempfile::tempdir().unwrap();
        let separator = if database.url().contains('?') { '&' } else { '?' };
        let url = format!("{}{separator}options=-c%20role%3D{name}", database.url());
        let mut args =
            vec!["audit", "prune", "--before", "2025-06-01", "--yes", "--max-rows", "99"];
        if archived {
            args.extend(["--archive", folder.path().to_str().unwrap()]);
        }
        let ran = Binary::on(&database).env("DATABASE_URL", &url).run(args);
        database.execute(&format!(
            "REASSIGN OWNED BY {name} TO CURRENT_USER; DROP OWNED BY {name}; DROP ROLE {name}"
        ));
        assert_eq!((ran.code, rows(&database).as_str()), (1, "10 0 10"), "{ran}");
        assert!(ran.stderr.contains("policy tenant") && ran.stderr.contains("BYPASSRLS"), "{ran}");
    }
}

/// The manifests of a folder.
fn archives(folder: &tempfile::TempDir) -> usize {
    inboxctl::archive::list(folder.path()).unwrap().len()
}

/// What was deleted and is there again was not deleted, whenever it was that it came.
#[test]
fn a_row_that_a_trigger_brings_back_is_not_called_deleted() {
    let again = "CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO scheduled_jobs SELECT OLD.*; RETURN NULL; END';";
    for trigger in [
        "CREATE TRIGGER again AFTER DELETE ON scheduled_jobs FOR EACH ROW EXECUTE FUNCTION again()",
        "CREATE CONSTRAINT TRIGGER again AFTER DELETE ON scheduled_jobs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION again()",
    ] {
        let database = filled();
        database.execute(&format!("{again} {trigger}"));
        let folder = tempfile::tempdir().unwrap();
        let ran = run(&database, &["--archive", folder.path().to_str().unwrap()]).expect_code(1);
        assert!(
            ran.stderr.contains("trigger again") && ran.stderr.contains("0 of 10 rows were"),
            "{ran}"
        );
        let jobs = ran.json()["policies"][1].clone();
        assert_eq!((&jobs["deleted"], &jobs["archived"]), (&0.into(), &0.into()), "{ran}");
        assert_eq!(rows(&database), "0 0 10");
        // The two months' alone: nothing of the jobs went.
        assert_eq!(archives(&folder), 2);
    }
    let database = filled();
    database.execute(
        "INSERT INTO users (id, email, name, role) VALUES (lpad('1', 32, '0')::uuid, 'u@inbox.example', 'U', 'EDITOR');
         INSERT INTO presence (user_id, status, last_seen) VALUES (lpad('1', 32, '0')::uuid, 'ONLINE', now() - interval '9 days');
         CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.status := 'ONLINE'; RETURN NEW; END $$;
         CREATE TRIGGER stay BEFORE UPDATE ON presence FOR EACH ROW EXECUTE FUNCTION stay()",
    );
    let ran = Binary::on(&database).run(["presence", "sweep", "--yes"]).expect_code(1);
    assert!(ran.stderr.contains("trigger stay"), "{ran}");
}

#[test]
fn each_month_that_is_left_out_has_its_reason_and_leaves_no_archive() {
    let database = filled();
    database.execute(
        "CREATE VIEW march AS SELECT * FROM audit_logs_2025_03;
         CREATE FUNCTION no_drop() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
             IF EXISTS (SELECT FROM pg_event_trigger_dropped_objects() WHERE object_name = 'audit_logs_2025_04') THEN
                 RAISE EXCEPTION 'nothing of April is dropped';
             END IF; END $$;
         CREATE EVENT TRIGGER no_drop ON sql_drop EXECUTE FUNCTION no_drop()",
    );
    let folder = tempfile::tempdir().unwrap();
    let ran = run(&database, &["--archive", folder.path().to_str().unwrap()]).expect_code(1);
    let error = ran.stderr.lines().last().unwrap();
    for told in ["audit_logs_2025_03: ", "march", "audit_logs_2025_04: ", "nothing of April"] {
        assert!(error.contains(told), "{told}: {ran}");
    }
    assert_eq!(rows(&database), "10 10 0");
    // The jobs' alone.
    assert_eq!(archives(&folder), 1);
    let told =
        "(SELECT details ->> 'archives' FROM maintenance_runs WHERE table_name = 'audit_logs')";
    assert_eq!(database.value(told), "[]");
}

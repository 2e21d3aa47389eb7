//! `audit prune`.

use serde_json::Value;

use crate::assert_ran;
use crate::support::{Binary, Database, Ran, eventually};

/// An old month, the month of the boundary, rows without a user, rows of one
/// instant, rows that fell into DEFAULT: `months` months before now.
fn with_entries() -> Database {
    let database = Database::migrated();
    database.execute(
        "DO $$ DECLARE month date; BEGIN
             FOR back IN 1..6 LOOP
                 month := date_trunc('month', now() AT TIME ZONE 'UTC')::date - make_interval(months => back);
                 EXECUTE format('CREATE TABLE audit_logs_%s PARTITION OF audit_logs FOR VALUES FROM (%L) TO (%L)',
                     to_char(month, 'YYYY_MM'), month || ' 00:00:00+00', (month + interval '1 month')::date || ' 00:00:00+00');
             END LOOP; END $$;
         INSERT INTO users (email, name, role) VALUES ('ana@example.org', 'Ana', 'ADMIN');
         INSERT INTO audit_logs (user_id, actor, action, resource, resource_id, details, created_at)
         SELECT CASE WHEN n % 3 = 0 THEN (SELECT id FROM users LIMIT 1) END, 'x',
             CASE n % 4 WHEN 0 THEN 'session.login' WHEN 1 THEN 'contact.update' ELSE 'message.send' END,
             CASE n % 4 WHEN 0 THEN 'sessions' WHEN 1 THEN 'contacts' ELSE 'messages' END,
             (n % 10)::text, jsonb_build_object('n', n),
             now() - make_interval(hours => n * 2)
         FROM generate_series(1, 2000) AS n;
         INSERT INTO audit_logs (actor, action, resource, created_at)
         SELECT 'x', 'import.run', 'contacts', date_trunc('hour', now()) - interval '100 days'
         FROM generate_series(1, 1500);
         INSERT INTO audit_logs (actor, action, resource, created_at)
         SELECT 'x', 'import.run', 'contacts', now() - interval '400 days' FROM generate_series(1, 10)",
    );
    database
}

const OLD: &str = "(SELECT count(*) FROM audit_logs WHERE created_at < now() - interval '90 days')";

fn prune(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["audit", "prune", "--lock-wait", "0s"], args].concat())
}

fn pruned(database: &Database, args: &[&str]) -> Value {
    let args = [&["--yes", "--max-rows", "99999", "--format", "json"], args].concat();
    prune(database, &args).expect_code(0).json()
}

#[test]
fn what_the_dry_run_says_is_what_goes() {
    let database = with_entries();
    let before = database.contents();
    let planned = prune(&database, &["--dry-run", "--format", "json"]).expect_code(0).json();
    assert_eq!(database.contents(), before);
    let old = database.value(OLD);
    assert_eq!(planned["eligible"].to_string(), old);
    let sum = |list: &Value| {
        list.as_array().unwrap().iter().map(|one| one["rows"].as_u64().unwrap()).sum::<u64>()
    };
    assert_eq!(sum(&planned["by_action"]).to_string(), old);
    assert_eq!(sum(&planned["by_partition"]).to_string(), old);
    let recent = database.value(
        "(SELECT md5(string_agg(id::text, ',' ORDER BY id)) FROM audit_logs WHERE created_at >= now() - interval '90 days' \
          AND action !~ '^(audit|partition)')",
    );
    let done = pruned(&database, &[]);
    assert_eq!(done["deleted"], planned["eligible"]);
    assert_eq!(done["eligible"], planned["eligible"]);
    assert_eq!(done["outcome"], "done");
    for (planned, done) in planned["by_partition"]
        .as_array()
        .unwrap()
        .iter()
        .zip(done["by_partition"].as_array().unwrap())
    {
        assert_eq!(planned["rows"], done["deleted"], "{planned}");
    }
    for key in ["cutoff", "eligible", "held", "deleted", "archived", "duration_ms", "outcome"] {
        assert!(!done[key].is_null(), "{key}");
    }
    assert_eq!(database.value(OLD), "0");
    let left = database.value(
        "(SELECT md5(string_agg(id::text, ',' ORDER BY id)) FROM audit_logs WHERE created_at >= now() - interval '90 days' \
          AND action !~ '^(audit|partition)')",
    );
    assert_eq!(left, recent, "what is younger stays");
    assert_eq!(pruned(&database, &[])["deleted"], 0);
}

#[test]
fn reads_well() {
    let database = Database::migrated();
    database.execute(
        "CREATE TABLE audit_logs_2025_01 PARTITION OF audit_logs
             FOR VALUES FROM ('2025-01-01 00:00:00+00') TO ('2025-02-01 00:00:00+00');
         CREATE TABLE audit_logs_2025_02 PARTITION OF audit_logs
             FOR VALUES FROM ('2025-02-01 00:00:00+00') TO ('2025-03-01 00:00:00+00');
         -- However many migrations there are.
         DELETE FROM audit_logs;
         -- Ids in order, so that the index has the same size on every run.
         INSERT INTO audit_logs (id, actor, action, resource, created_at)
         SELECT lpad(n::text, 32, '0')::uuid, 'x',
             CASE WHEN n % 3 = 0 THEN 'session.login' ELSE 'message.send' END, 'c',
             '2025-01-02T00:00:00Z'::timestamptz + make_interval(mins => n * 20)
         FROM generate_series(1, 3000) AS n",
    );
    let prune = |args: &[&str]| prune(&database, &[&["--before", "2025-02-11"], args].concat());
    assert_ran!("dry_run", prune(&["--dry-run"]));
    assert_ran!("refused", prune(&["--yes"]));
    assert_ran!("no_consent", prune(&["--max-rows", "9999"]));
    assert_ran!("done", prune(&["--yes", "--max-rows", "9999"]));
    let quiet = prune(&["--yes", "--quiet"]).expect_code(0);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
}

#[test]
fn whole_partitions_are_dropped_and_filters_keep_them() {
    let database = with_entries();
    let parts = "(SELECT count(*) FROM pg_inherits WHERE inhparent = 'audit_logs'::regclass)";
    let before: u32 = database.value(parts).parse().unwrap();
    let done = pruned(&database, &["--action", "session.login", "--resource", "sessions"]);
    assert!(done["deleted"].as_u64().unwrap() > 100, "{done}");
    assert!(done["by_partition"].as_array().unwrap().iter().all(|part| part["way"] == "rows"));
    // The rows in the DEFAULT partition have one of their own now.
    assert_eq!(database.value(parts), (before + 1).to_string());
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs WHERE action = 'session.login' AND created_at < now() - interval '90 days')"),
        "0"
    );
    assert_ne!(database.value(OLD), "0");
    let done = pruned(&database, &[]);
    let dropped = done["by_partition"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|part| part["way"] == "drop")
        .count();
    assert!(dropped >= 2, "{done}");
    assert_eq!(database.value(parts), (before + 1 - dropped as u32).to_string());
    assert_eq!(database.value(OLD), "0");
}

#[test]
fn every_run_is_recorded_with_its_last_batch() {
    let database = with_entries();
    // Of one action, so that no month goes whole, whatever the day.
    let done = pruned(&database, &["--action", "message.send", "--batch-size", "100"]);
    assert!(done["batches"]["number"].as_u64().unwrap() > 3, "{done}");
    assert_eq!(
        database.value("(SELECT deleted || ' ' || eligible || ' ' || outcome || ' ' || command FROM maintenance_runs)"),
        format!("{0} {0} DONE audit prune", done["deleted"])
    );
    let xmin = "(SELECT count(DISTINCT xmin::text) FROM (
        SELECT xmin FROM maintenance_runs UNION ALL
        SELECT xmin FROM audit_logs WHERE action = 'audit.prune' AND details->>'outcome' = 'done') AS rows)";
    assert_eq!(database.value(xmin), "1", "the entry and the run are of one transaction");
}

#[test]
fn equal_times_are_deleted_in_order_and_only_once() {
    let database = with_entries();
    let done = pruned(&database, &["--action", "import.run", "--batch-size", "70"]);
    assert_eq!(done["deleted"], 1510);
    assert!(done["batches"]["number"].as_u64().unwrap() >= 21, "{done}");
}

#[test]
fn cutoffs_that_make_no_sense_are_refused() {
    let database = with_entries();
    let before = database.contents();
    for wrong in [
        &["--older-than=-5d"][..],
        &["--older-than", "99999999d"],
        &["--older-than", "100y"],
        &["--older-than", "90"],
        &["--older-than", "50000d"],
        &["--before", "2999-01-01"],
        &["--before", "yesterday"],
        &["--before", "2025-01-01T00:00:00"],
        &["--before", "2025-01-01", "--older-than", "1d"],
    ] {
        let ran = prune(&database, &[wrong, &["--yes"]].concat()).expect_code(2);
        assert!(!ran.stderr.is_empty(), "{wrong:?}");
    }
    // Everything up to now: half of the table and more.
    prune(&database, &["--older-than", "0d", "--yes"]).expect_code(4);
    assert_eq!(database.contents(), before);
    // What happened of late stays: who did what, and who deleted what.
    let old = "(SELECT count(*) FROM audit_logs WHERE created_at < now() - interval '7 days')";
    let young = "(SELECT count(*) FROM audit_logs WHERE created_at >= now() - interval '6 days' AND action <> 'audit.prune')";
    let (all, kept) = (database.value(old), database.value(young));
    let done = pruned(&database, &["--older-than", "0d"]);
    assert_eq!(done["deleted"].to_string(), all);
    assert!(done["notes"][0].as_str().unwrap().contains("last 7 days"), "{done}");
    assert_eq!((database.value(old).as_str(), database.value(young)), ("0", kept));
    for action in ["audit.prune", "contact.merge"] {
        database.execute(&format!(
            "INSERT INTO audit_logs (action, resource) VALUES ('{action}', 'x')"
        ));
        let done = pruned(&database, &["--older-than", "0s", "--action", action]);
        assert_eq!(done["deleted"], 0, "{done}");
    }
}

#[test]
fn an_empty_table_and_a_table_with_one_row() {
    let database = Database::migrated();
    database.execute("DELETE FROM audit_logs");
    assert_eq!(pruned(&database, &[])["deleted"], 0);
    database.execute("DELETE FROM audit_logs; INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('x', 'a.b', 'c', now() - interval '91 days')");
    let ran = prune(&database, &["--yes", "--format", "json"]).expect_code(0);
    assert_eq!(ran.json()["deleted"], 1);
}

#[test]
fn partitions_are_made_ahead_and_default_is_emptied() {
    let database = with_entries();
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES \
         ('x', 'far.future', 'c', '2199-05-05'), ('x', 'no.end', 'c', 'infinity'), ('x', 'no.start', 'c', '-infinity')",
    );
    database.execute("DO $$ DECLARE p text; BEGIN
        FOR p IN SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_logs'::regclass
            AND inhrelid::regclass::text ~ to_char(now() + interval '2 months', '_YYYY_MM$') LOOP
            EXECUTE 'DROP TABLE ' || p; END LOOP; END $$");
    database.execute("INSERT INTO audit_logs (actor, action, resource, created_at) SELECT 'x', 'ahead.of', 'c', now() + interval '2 months' FROM generate_series(1, 5)");
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs_default WHERE action = 'ahead.of')"),
        "5"
    );
    let done = pruned(&database, &[]);
    assert_eq!(done["moved"], 6, "{done}");
    assert_eq!(done["partitions_made"].as_array().unwrap().len(), 2);
    assert_eq!(
        database.value(
            "(SELECT count(*) FROM audit_logs WHERE action IN ('ahead.of', 'far.future', 'no.end'))"
        ),
        "7"
    );
    assert_eq!(
        database.value("(SELECT string_agg(action, ',') FROM audit_logs_default)"),
        "no.end"
    );
}

#[test]
fn two_at_once_and_sigterm() {
    let database = with_entries();
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) \
         SELECT 'x', 'many.rows', 'c', now() - make_interval(mins => n) - interval '95 days' FROM generate_series(1, 20000) AS n",
    );
    let args = [
        "audit",
        "prune",
        "--yes",
        "--max-rows",
        "99999",
        "--rate",
        "1000",
        "--action",
        "many.rows",
        "--format",
        "json",
    ];
    let run = Binary::on(&database).start(args);
    let count = || {
        database
            .value("(SELECT count(*) FROM audit_logs WHERE action = 'many.rows')")
            .parse::<u64>()
            .unwrap()
    };
    eventually("some rows are gone", || count() < 20_000);
    let second = prune(&database, &["--yes"]).expect_code(75);
    assert!(second.stderr.contains("inboxctl audit prune"), "{second}");
    run.signal("TERM");
    let ran = run.wait().expect_code(143);
    let summary = ran.json();
    assert_eq!(summary["outcome"], "interrupted");
    let left = count();
    assert!(left > 0);
    assert_eq!(summary["deleted"].as_u64().unwrap(), 20_000 - left, "{ran}");
    assert_eq!(
        database.value("(SELECT deleted || ' ' || outcome FROM maintenance_runs)"),
        format!("{} INTERRUPTED", 20_000 - left)
    );
    let rest = pruned(&database, &["--action", "many.rows", "--rate", "0"]);
    assert_eq!(rest["deleted"].as_u64().unwrap(), left);
}

#[test]
fn out_of_time_the_next_run_goes_on() {
    let database = with_entries();
    let first =
        pruned(&database, &["--rate", "500", "--max-runtime", "300ms", "--action", "import.run"]);
    assert_eq!(first["outcome"], "out_of_time");
    let (deleted, left) = (first["deleted"].as_u64().unwrap(), first["left"].as_u64().unwrap());
    assert!(left > 0 && deleted > 0, "{first}");
    assert_eq!(deleted + left, 1510);
    assert_eq!(pruned(&database, &["--action", "import.run"])["deleted"], left);
}

#[test]
fn a_role_without_delete_is_told_what_it_lacks() {
    let database = with_entries();
    let role = format!("reader_of_{}", database.name);
    database.execute(&format!(
        "CREATE ROLE {role} LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"
    ));
    let before = database.contents();
    let separator = if database.url().contains('?') { '&' } else { '?' };
    let url = format!("{}{separator}options=-c%20role%3D{role}", database.url());
    let args = ["audit", "prune", "--yes", "--max-rows", "9999"];
    let ran = Binary::new().env("DATABASE_URL", url).run(args);
    let ran = ran.expect_code(1);
    assert!(ran.stderr.contains("lacks the privilege DELETE on audit_logs_"), "{ran}");
    assert!(ran.stderr.contains("a member of inbox_admin"), "{ran}");
    assert_eq!(database.contents(), before);
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn metrics_are_replaced_as_a_whole() {
    let database = with_entries();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("inbox.prom");
    let path = file.to_str().unwrap();
    pruned(&database, &["--metrics-file", path]);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("inboxctl_retention_exit_code{job=\"audit prune\"} 0\n"), "{text}");
    let success = text
        .lines()
        .find(|line| line.starts_with("inboxctl_retention_last_success"))
        .unwrap()
        .to_owned();
    database.execute("INSERT INTO audit_logs (actor, action, resource, created_at) SELECT 'x', 'a.b', 'c', now() - interval '91 days' FROM generate_series(1, 4000)");
    prune(&database, &["--yes", "--metrics-file", path]).expect_code(4);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("inboxctl_retention_exit_code{job=\"audit prune\"} 4\n"), "{text}");
    assert!(text.contains(&success), "{text}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_old_snapshot_is_named() {
    let database = with_entries();
    let _lock = database.lock(
        "reporting",
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM users",
    );
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let ran =
        prune(&database, &["--yes", "--max-rows", "9999", "--action", "import.run"]).expect_code(0);
    assert!(ran.stderr.contains("reporting"), "{ran}");
    assert!(ran.stderr.contains("old snapshot"), "{ran}");
}

/// A reader of the whole log keeps partitions from being dropped, not rows from
/// being deleted.
#[test]
fn a_partition_in_use_is_emptied_row_by_row() {
    let database = with_entries();
    let _lock = database.lock("reporting", "SELECT count(*) FROM audit_logs");
    let done = pruned(&database, &[]);
    assert_eq!(done["deleted"], done["eligible"], "{done}");
    assert!(done["warnings"].to_string().contains("is in use"), "{done}");
    assert_eq!(database.value(OLD), "0");
}

#[test]
fn vacuum_cleans_what_was_touched_and_nothing_else() {
    let database = with_entries();
    let done = pruned(&database, &["--vacuum"]);
    let vacuumed = done["vacuumed"].as_array().expect("a list").clone();
    assert!(!vacuumed.is_empty(), "{done}");
    for relation in &vacuumed {
        let relation = relation.as_str().expect("a name");
        let seen = "(SELECT last_vacuum IS NOT NULL AND last_analyze IS NOT NULL \
                    FROM pg_stat_user_tables WHERE relname = ";
        eventually("the statistics know of it", || {
            database.value(&format!("{seen}'{relation}')")) == "true"
        });
    }
    assert_eq!(
        database.value("(SELECT count(*) FROM pg_stat_user_tables WHERE last_vacuum IS NOT NULL)"),
        vacuumed.len().to_string()
    );
}

#[test]
fn an_age_is_not_negative() {
    let database = Database::migrated();
    for age in ["-5d", "-1", "-"] {
        let ran = prune(&database, &["--older-than", age, "--dry-run"]).expect_code(2);
        assert!(ran.stderr.contains("'--older-than <AGE>'"), "{ran}");
    }
}

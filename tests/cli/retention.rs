//! `retention plan`, `run`, `holds`; `presence sweep`; `maintenance log`; and
//! what archives, kills and an application at work do to a run.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use diesel::connection::SimpleConnection;
use inboxctl::archive;
use serde_json::Value;

use crate::assert_ran;
use crate::support::{Binary, Database, Ran, eventually};

const POLICIES: &str = r#"
[[retention.policy]]
name = "audit"
table = "audit_logs"
older_than = "90d"
max_rows = 100_000

[[retention.policy]]
name = "logins"
table = "audit_logs"
actions = ["session.login"]
older_than = "30d"
max_rows = 100_000

[[retention.policy]]
name = "failed jobs"
table = "scheduled_jobs"
status = "failed"
older_than = "7d"
max_rows = 1000

[[retention.policy]]
name = "presence"
table = "presence"
older_than = "1d"

[[retention.hold]]
action = "credentials.reveal"
reason = "they are looked at every year"
"#;

const CONTACT: &str = "01900000-0000-7000-8000-000000000101";

fn filled() -> Database {
    let database = Database::migrated();
    database.execute(&format!(
        "INSERT INTO users (email, name, role) VALUES ('ana@example.org', 'Ana', 'ADMIN'), ('bo@example.org', 'Bo', 'VIEWER');
         INSERT INTO contacts (id, name) VALUES ('{CONTACT}', 'Amara');
         INSERT INTO presence (user_id, contact_id, status, last_seen)
             SELECT id, '{CONTACT}', 'ONLINE', now() - interval '3 days' FROM users;
         INSERT INTO audit_logs (actor, user_id, action, resource, resource_id, details, created_at)
         SELECT 'x', CASE WHEN n % 2 = 0 THEN (SELECT id FROM users WHERE email LIKE 'ana%') END,
             CASE n % 4 WHEN 0 THEN 'session.login' WHEN 1 THEN 'credentials.reveal' ELSE 'contact.update' END,
             'contacts', CASE WHEN n % 10 = 3 THEN '{CONTACT}' END,
             CASE WHEN n % 10 = 7 THEN '{{\"contact_id\": \"{CONTACT}\"}}' ELSE '{{}}' END::jsonb,
             now() - make_interval(days => n)
         FROM generate_series(1, 200) AS n;
         INSERT INTO scheduled_jobs (type, payload, scheduled_at, status, finished_at)
         SELECT 'send.reminder', CASE WHEN n < 10 THEN '{{\"contact_id\": \"{CONTACT}\"}}' ELSE '{{}}' END::jsonb,
             now(), 'FAILED', now() - interval '8 days' FROM generate_series(0, 19) AS n"
    ));
    database
}

fn with_policies(database: &Database, policies: &str) -> Binary {
    let binary = Binary::on(database);
    fs::write(binary.folder().join("inboxctl.toml"), policies).unwrap();
    binary
}

fn retention(database: &Database, args: &[&str]) -> Ran {
    with_policies(database, POLICIES).run([&["retention"], args].concat())
}

fn hold(database: &Database, args: &[&str]) -> String {
    let args =
        [&["retention", "holds", "add", "--reason", "a court asks", "--format", "json"], args]
            .concat();
    Binary::on(database).run(args).expect_code(0).json()["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_plan_is_what_the_run_does() {
    let database = filled();
    let before = database.contents();
    let plan = retention(&database, &["plan", "--format", "json"]).expect_code(0).json();
    assert_eq!(database.contents(), before);
    retention(&database, &["run"]).expect_code(4);
    assert_eq!(database.contents(), before);
    let run = retention(&database, &["run", "--yes", "--format", "json"]).expect_code(0).json();
    let of = |view: &Value, name: &str, key: &str| {
        let policies = view["policies"].as_array().unwrap();
        policies.iter().find(|policy| policy["name"] == name).unwrap()[key].as_u64().unwrap()
    };
    for name in ["audit", "failed jobs"] {
        assert_eq!(of(&plan, name, "eligible"), of(&run, name, "deleted"), "{name}");
    }
    assert!(of(&run, "audit", "held") > 20);
    // The plan counts logins that the policy before it deletes.
    assert!(of(&plan, "logins", "eligible") > of(&run, "logins", "deleted"));
    assert_eq!(of(&run, "logins", "left"), 0);
    assert_eq!(of(&run, "presence", "released"), 2);
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs WHERE action = 'credentials.reveal')"),
        "50"
    );
    assert_eq!(
        database.value(
            "(SELECT count(*) FROM presence WHERE status = 'OFFLINE' AND contact_id IS NULL)"
        ),
        "2"
    );
    assert_eq!(
        database
            .value("(SELECT string_agg(policy, ',' ORDER BY started_at) FROM maintenance_runs)"),
        "audit,logins,failed jobs,presence"
    );
    assert_ran!("log", Binary::on(&database).run(["maintenance", "log"]));
    let again = retention(&database, &["run", "--yes", "--only", "audit", "--format", "json"])
        .expect_code(0)
        .json();
    assert_eq!(of(&again, "audit", "deleted"), 0);
}

#[test]
fn a_file_that_could_delete_too_much_is_refused() {
    let database = filled();
    for (policies, expected) in [
        (POLICIES.replace("actions", "action"), "unknown field `action`"),
        (POLICIES.replace("status = \"failed\"", "status = \"pending\""), "never deleted"),
        (POLICIES.replace("90d", "-90d"), "can't be negative"),
        (POLICIES.replace("90d", "90"), "a number with a unit"),
    ] {
        let ran =
            with_policies(&database, &policies).run(["retention", "run", "--yes"]).expect_code(2);
        assert!(ran.stderr.contains(expected), "{ran}");
    }
    Binary::on(&database).run(["retention", "plan"]).expect_code(2);
    let ran = retention(&database, &["plan", "--only", "audits"]).expect_code(2);
    assert!(ran.stderr.contains("did you mean \"audit\""), "{ran}");
    let small = POLICIES.replace("max_rows = 100_000", "max_rows = 3");
    let ran = with_policies(&database, &small).run(["retention", "run", "--yes"]).expect_code(4);
    assert!(ran.stderr.contains("max_rows of \"audit\""), "{ran}");
    assert_eq!(database.value("(SELECT count(*) FROM maintenance_runs)"), "0");
}

#[test]
fn what_is_held_stays_until_it_is_released() {
    let database = filled();
    let contact = hold(&database, &["--contact", CONTACT]);
    hold(&database, &["--user", "ANA@example.org"]);
    hold(&database, &["--action", "credentials.reveal"]);
    let of_contact = format!(
        "(SELECT count(*) FROM audit_logs WHERE resource_id = '{CONTACT}' OR details->>'contact_id' = '{CONTACT}')"
    );
    let before = database.value(&of_contact);
    let prune = || {
        let args = [
            "audit",
            "prune",
            "--yes",
            "--older-than",
            "1h",
            "--max-rows",
            "9999",
            "--format",
            "json",
        ];
        Binary::on(&database).run(args).expect_code(0).json()
    };
    let done = prune();
    assert_eq!(database.value(&of_contact), before);
    assert_eq!(database.value("(SELECT count(*) FROM audit_logs WHERE user_id IS NOT NULL AND action = 'session.login')"), "50");
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs WHERE action = 'credentials.reveal')"),
        "50"
    );
    assert_eq!(done["deleted"].as_u64().unwrap() + done["held"].as_u64().unwrap(), 200, "{done}");
    let jobs = Binary::on(&database)
        .run(["jobs", "cleanup", "--yes", "--max-rows", "99", "--format", "json"])
        .expect_code(0)
        .json();
    assert_eq!((&jobs["deleted"], &jobs["held"]), (&10.into(), &10.into()));
    let twice = ["retention", "holds", "add", "--contact", CONTACT, "--reason", "x"];
    Binary::on(&database).run(twice).expect_code(4);
    assert_ran!("holds", {
        let mut ran = Binary::on(&database).run(["retention", "holds", "list"]);
        let ids = regex_free_ids(&ran.stdout);
        for id in ids {
            ran.stdout = ran.stdout.replace(&id, "[id]");
        }
        for date in dates(&ran.stdout) {
            ran.stdout = ran.stdout.replace(&date, "[date]");
        }
        ran
    });
    Binary::on(&database).run(["retention", "holds", "release", &contact]).expect_code(0);
    Binary::on(&database).run(["retention", "holds", "release", &contact]).expect_code(4);
    Binary::on(&database).run(["retention", "holds", "release", CONTACT]).expect_code(2);
    assert_ne!(prune()["deleted"], 0);
    assert_ne!(database.value(&of_contact), before);
    assert_eq!(
        database.value(
            "(SELECT count(*) FROM audit_logs WHERE action ~ '^retention[.](hold|release)$')"
        ),
        "4"
    );
}

fn regex_free_ids(text: &str) -> Vec<String> {
    let words =
        text.split_whitespace().filter(|word| word.len() == 36 && word.matches('-').count() == 4);
    words.filter(|word| *word != CONTACT).map(str::to_owned).collect()
}

fn dates(text: &str) -> HashSet<String> {
    let is_date =
        |word: &&str| word.len() == 10 && word.starts_with("20") && word.matches('-').count() == 2;
    text.split_whitespace().filter(is_date).map(str::to_owned).collect()
}

#[test]
fn presence_that_went_stale_is_released() {
    let database = filled();
    database.execute("UPDATE presence SET last_seen = now() WHERE user_id = (SELECT id FROM users WHERE email LIKE 'bo%')");
    let sweep = |args: &[&str]| Binary::on(&database).run([&["presence", "sweep"], args].concat());
    let planned = sweep(&["--dry-run"]).expect_code(0);
    assert!(planned.stdout.starts_with("Would set 1 user offline"), "{planned}");
    sweep(&[]).expect_code(4);
    assert_eq!(sweep(&["--yes", "--format", "json"]).expect_code(0).json()["released"], 1);
    assert_eq!(
        database.value("(SELECT string_agg(status::text, ',' ORDER BY last_seen) FROM presence)"),
        "OFFLINE,ONLINE"
    );
    assert_eq!(sweep(&["--yes", "--format", "json"]).expect_code(0).json()["released"], 0);
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs WHERE action = 'presence.sweep')"),
        "2"
    );
}

#[test]
fn a_policy_that_falls_behind_is_named() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO maintenance_runs (command, policy, table_name, actor, cutoff, eligible, held, deleted, outcome, started_at, finished_at)
         SELECT 'retention run', policy, 'audit_logs', 'x', now(), CASE policy WHEN 'behind' THEN 100 + 100 * n ELSE 100 END, 0, 100, 'DONE',
             now() - interval '5 days' + make_interval(days => n), now()
         FROM generate_series(1, 4) AS n, unnest(ARRAY['behind', 'even']) AS policy",
    );
    let log = Binary::on(&database).run(["maintenance", "log"]).expect_code(0);
    assert!(
        log.stdout.contains(
            "behind falls behind: 200 rows a day grow old, 100 are deleted; 400 are left."
        ),
        "{log}"
    );
    assert!(!log.stdout.contains("even falls"), "{log}");
    let json = Binary::on(&database)
        .run(["maintenance", "log", "--limit", "7", "--format", "json"])
        .json();
    assert_eq!(json["truncated"], true);
}

/// Five months of entries before this month, each in its partition.
fn with_months(rows: u32) -> Database {
    let database = Database::migrated();
    database.execute(&format!(
        "DO $$ DECLARE month timestamp; BEGIN
             FOR back IN 1..5 LOOP
                 month := date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => back);
                 EXECUTE format('CREATE TABLE audit_logs_%s PARTITION OF audit_logs FOR VALUES FROM (%L) TO (%L)',
                     to_char(month, 'YYYY_MM'), month || '+00', month + interval '1 month' || '+00');
             END LOOP; END $$;
         INSERT INTO audit_logs (actor, action, resource, details, created_at)
         SELECT 'x', 'old.entry', 'contacts', jsonb_build_object('n', n), now() - interval '140 days' * n / {rows}
         FROM generate_series(1, {rows}) AS n"
    ));
    database
}

const OLD_IDS: &str = "(SELECT string_agg(id::text, ',') FROM audit_logs WHERE action = 'old.entry' AND created_at < now() - interval '90 days')";

fn ids(database: &Database) -> HashSet<String> {
    database.value(OLD_IDS).split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// The ids in all archives that are whole.
fn archived(folder: &Path) -> HashSet<String> {
    let mut ids = HashSet::new();
    for entry in archive::list(folder).unwrap() {
        let Some(manifest) = entry.manifest else { continue };
        let archive = archive::Archive::open(&manifest).unwrap();
        archive.verify(&|| None).unwrap();
        let file = fs::File::open(entry.rows.unwrap()).unwrap();
        let text = String::from_utf8(zstd::decode_all(file).unwrap()).unwrap();
        for line in text.lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            ids.insert(row["id"].as_str().unwrap().to_owned());
        }
    }
    ids
}

fn prune_args(folder: &str) -> Vec<&str> {
    vec![
        "audit",
        "prune",
        "--yes",
        "--max-rows",
        "999999",
        "--rate",
        "0",
        "--archive",
        folder,
        "--format",
        "json",
    ]
}

#[test]
fn every_row_is_archived_before_it_goes() {
    let database = with_months(3_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let before = ids(&database);
    let done = Binary::on(&database).run(prune_args(path)).expect_code(0).json();
    assert!(ids(&database).is_empty());
    assert_eq!(archived(folder.path()), before);
    assert_eq!(done["archived"], done["deleted"], "{done}");
    assert_eq!(done["archived"].as_u64().unwrap(), before.len() as u64);
    let dropped = done["by_partition"]
        .as_array()
        .unwrap()
        .iter()
        .any(|part| part["way"] == "drop" && part["rows"] != 0);
    assert!(dropped, "{done}");
}

#[test]
fn without_an_archive_nothing_goes() {
    let database = with_months(1_000);
    let before = ids(&database);
    for folder in ["/nowhere/at/all", "/dev/null", "/proc"] {
        let ran = Binary::on(&database).run(prune_args(folder));
        assert!([1, 2].contains(&ran.code) && !ran.stderr.is_empty(), "{ran}");
        assert_eq!(ids(&database), before, "{folder}");
    }
}

#[test]
fn killed_fifty_times_no_row_is_lost() {
    let database = with_months(6_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    database.execute("CREATE TABLE spare AS SELECT * FROM audit_logs WHERE action = 'old.entry'");
    let refill = || {
        // Dropped months come back as rows of the DEFAULT partition, and move.
        database.execute("INSERT INTO audit_logs SELECT * FROM spare ON CONFLICT DO NOTHING");
        for old in fs::read_dir(folder.path()).unwrap() {
            fs::remove_file(old.unwrap().path()).unwrap();
        }
    };
    let start = Instant::now();
    Binary::on(&database).run(prune_args(path)).expect_code(0);
    let whole = start.elapsed();
    refill();
    let all = ids(&database);
    let mut random = u64::from(std::process::id());
    let (mut partly, mut left_before) = (0, all.len());
    for kill in 0..50 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(kill + 1);
        let mut run = Binary::on(&database).start(prune_args(path));
        let part = (random >> 40) as f64 / f64::from(1 << 24);
        thread::sleep(whole.mul_f64(part));
        if run.is_running() {
            run.signal("KILL");
        }
        run.wait();
        // The server finishes what it was told before it notices.
        eventually("the killed session is gone", || {
            database.value("(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'inboxctl%')") == "0"
        });
        let left = ids(&database);
        let saved = archived(folder.path());
        let lost: Vec<_> =
            all.iter().filter(|id| !left.contains(*id) && !saved.contains(*id)).collect();
        assert!(lost.is_empty(), "{} rows are neither in the table nor in an archive", lost.len());
        if left.len() < left_before && !left.is_empty() {
            partly += 1;
        }
        left_before = left.len();
        if left.is_empty() {
            refill();
            left_before = all.len();
        }
    }
    assert!(partly >= 5, "only {partly} of 50 kills met a run at work");
    Binary::on(&database).run(prune_args(path)).expect_code(0);
    assert!(ids(&database).is_empty());
    assert_eq!(archived(folder.path()), all);
}

#[test]
fn an_application_that_inserts_all_the_while_loses_nothing() {
    let database = with_months(8_000);
    let stop = AtomicBool::new(false);
    let inserted = thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut conn = database.connect();
            let mut number = 0;
            while !stop.load(Ordering::Relaxed) {
                number += 1;
                // Now, later than any partition, and at the very cut-off.
                for at in ["now()", "now() + interval '9 months'", "now() - interval '89 days'"] {
                    conn.batch_execute(&format!(
                        "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('app', 'app.entry', 'x', {at})"
                    ))
                    .expect("no insert fails");
                }
            }
            number
        });
        for _ in 0..3 {
            let folder = tempfile::tempdir().unwrap();
            Binary::on(&database).run(prune_args(folder.path().to_str().unwrap())).expect_code(0);
            database.execute(
                "INSERT INTO audit_logs (actor, action, resource, created_at) \
                 SELECT 'x', 'old.entry', 'x', now() - interval '95 days' - make_interval(mins => n) FROM generate_series(1, 2000) AS n",
            );
            Binary::on(&database)
                .run(["audit", "prune", "--yes", "--max-rows", "99999", "--rate", "0"])
                .expect_code(0);
        }
        stop.store(true, Ordering::Relaxed);
        writer.join().expect("the application")
    });
    assert!(inserted > 10);
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs WHERE action = 'app.entry')"),
        (inserted * 3).to_string()
    );
    assert!(ids(&database).is_empty());
}

/// A hold that was added is known to the next batch.
#[test]
fn a_hold_works_in_the_middle_of_a_run() {
    let database = with_months(8_000);
    let args = [
        "audit",
        "prune",
        "--yes",
        "--max-rows",
        "99999",
        "--rate",
        "500",
        "--resource",
        "contacts",
        "--format",
        "json",
    ];
    let run = Binary::on(&database).start(args);
    let count = || ids(&database).len();
    let all = count();
    eventually("some rows are gone", || count() < all);
    hold(&database, &["--action", "old.entry"]);
    let left = count();
    let done = run.wait().expect_code(0).json();
    assert_eq!(count(), left);
    assert!(left > 0 && done["left"].as_u64().unwrap() == left as u64, "{done}");
}

//! `retention plan`, `run`, `holds`; `presence sweep`; `maintenance log`; and
//! what archives, kills and an application at work do to a run.

use std::fs;

use serde_json::Value;

use crate::assert_ran;
use crate::doctor::check;
use crate::merge_obstacles::{as_role, role};
use crate::support::{Binary, Database, Ran};

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

pub(crate) fn filled() -> Database {
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

pub(crate) fn with_policies(database: &Database, policies: &str) -> Binary {
    let binary = Binary::on(database);
    fs::write(binary.folder().join("inboxctl.toml"), policies).unwrap();
    binary
}

fn retention(database: &Database, args: &[&str]) -> Ran {
    with_policies(database, POLICIES).run([&["retention"], args].concat())
}

pub(crate) fn hold(database: &Database, args: &[&str]) -> String {
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
    let old: u64 = database
        .value("(SELECT count(*) FROM audit_logs WHERE created_at < now() - interval '7 days')")
        .parse()
        .unwrap();
    let prune = || {
        let args = [
            "audit",
            "prune",
            "--yes",
            "--older-than",
            "7d",
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
    assert_eq!(done["deleted"].as_u64().unwrap() + done["held"].as_u64().unwrap(), old, "{done}");
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
        ran
    });
    let list = ["retention", "holds", "list", "--columns", "value,kind", "--format"];
    let csv = Binary::on(&database).run([&list[..], &["csv"]].concat()).expect_code(0).stdout;
    assert!(csv.starts_with("value,kind") && csv.contains(&format!("{CONTACT},contact")), "{csv}");
    let table = Binary::on(&database).run([&list[..], &["table"]].concat()).expect_code(0).stdout;
    assert!(table.starts_with("value ") && !table.contains("in force"), "{table}");
    Binary::on(&database).run(["retention", "holds", "release", &contact, "--yes"]).expect_code(0);
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

/// Rows of a table that inherits from it are the application's.
#[test]
fn presence_of_tables_that_inherit_stays_and_is_named() {
    let database = filled();
    let role = role(&database);
    database.execute(
        "CREATE TABLE robots (model text) INHERITS (presence); \
         INSERT INTO robots (user_id, status, last_seen, model) \
             SELECT user_id, 'ONLINE', '2020-01-01', 'R2' FROM presence",
    );
    let dry = as_role(&database, &role, &["presence", "sweep", "--dry-run"]).expect_code(0);
    assert!(dry.stdout.contains("old rows of robots, which this role may not read, stay"), "{dry}");
    for flag in ["--dry-run", "--yes"] {
        let ran = Binary::on(&database).run(["presence", "sweep", flag]).expect_code(0);
        assert!(ran.stdout.contains("2 old rows of robots stay: that table inherits"), "{ran}");
    }
    assert_eq!(database.value("(SELECT count(*) FROM robots WHERE status = 'ONLINE')"), "2");
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn a_sweep_that_a_trigger_swallows_is_no_success() {
    let database = filled();
    database.execute(
        "UPDATE presence SET last_seen = now() - interval '3 days', status = 'ONLINE'; \
         CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; \
         CREATE TRIGGER keep BEFORE UPDATE ON presence FOR EACH ROW EXECUTE FUNCTION keep()",
    );
    let before = database.contents();
    let ran = Binary::on(&database).run(["presence", "sweep", "--yes"]).expect_code(1);
    assert!(ran.stderr.contains("trigger keep"), "{ran}");
    assert_eq!(database.contents(), before);
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
    // It is judged by its runs, however few are shown.
    assert_eq!(json["trends"][0]["job"], "behind");
    check(&database, "retention").is(
        "warn",
        "1 behind: behind (100 of 200 rows a day, 400 are left)",
        "inboxctl maintenance log",
    );
}

#[test]
fn who_prunes_every_night_decides_what_is_old() {
    let database = Database::migrated();
    // Older than the usual age by far.
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at)
         VALUES ('x', 'contact.update', 'contacts', now() - interval '104 days')",
    );
    let retention = || check(&database, "retention");
    retention().is("warn", "1 behind: audit_logs 14 d", "inboxctl audit prune");
    // Nightly, of what is older than 100 days; the last one so many days ago.
    let nightly = |last: u32| {
        database.execute(&format!(
            "DELETE FROM maintenance_runs;
             INSERT INTO maintenance_runs (command, table_name, actor, cutoff, eligible, held, deleted, outcome, started_at)
             SELECT 'audit prune', 'audit_logs', 'x', at - interval '100 days', 5, 1, 5, 'DONE', at
             FROM generate_series({last}, 9) AS n, LATERAL (SELECT now() - n * interval '1 day') AS t (at)"
        ));
    };
    nightly(0);
    retention().is("ok", "nothing falls behind", "");
    nightly(4);
    retention().is("warn", "1 behind: audit_logs 4 d", "inboxctl audit prune");
}

#[test]
fn the_release_of_a_hold_is_tried_first() {
    let database = Database::migrated();
    let id = hold(&database, &["--action", "contact.merge"]);
    let release = |args: &[&str]| {
        Binary::on(&database).run([&["retention", "holds", "release"], args].concat())
    };
    let begins = &id[..20];
    let ran = release(&[begins, "--dry-run"]).expect_code(0);
    assert!(ran.stdout.contains("Would release the hold on the action contact.merge"), "{ran}");
    release(&[begins, "--yes"]).expect_code(2);
    let in_force = "(SELECT count(*) FROM retention_holds WHERE released_at IS NULL)";
    assert_eq!(database.value(in_force), "1");
    release(&[&id, "--yes"]).expect_code(0);
    assert_eq!(database.value(in_force), "0");
    release(&[&id, "--yes"]).expect_code(4);
}

//! `audit close`: which days it closes, what comes late, and what it runs beside.

use std::fs;

use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran, eventually};

/// Entries of some days of the last months, five hours apart, most of them closed by the next close.
pub(crate) fn with_days() -> Database {
    let database = Database::migrated();
    database.add_months("date_trunc('month', now() AT TIME ZONE 'UTC') - interval '3 months'", 3);
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, resource_id, details, created_at) \
         SELECT 'zoë', 'message.' || n % 3, 'messages', n::text, jsonb_build_object('n', n, 'text', E'a\\nb'), \
             date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - n * interval '5 hours' \
         FROM generate_series(0, 200) AS n",
    );
    database
}

/// So slow that something can be done in the middle of it.
const SLOW_PRUNE: [&str; 11] = [
    "audit",
    "prune",
    "--older-than",
    "8d",
    "--yes",
    "--max-rows",
    "999",
    "--batch-size",
    "2",
    "--rate",
    "20",
];

pub(crate) fn close(database: &Database) -> Ran {
    Binary::on(database).run(["audit", "close", "--format", "json"])
}

pub(crate) fn verify(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["audit", "verify", "--format", "json"], args].concat())
}

fn links(database: &Database) -> String {
    database.value("(SELECT count(*) || ' ' || max(number) FROM audit_days)")
}

#[test]
fn days_that_ended_two_days_ago_are_closed_once() {
    let database = with_days();
    let folder = Folder::new();
    let (heads, metrics) = (folder.file("heads.jsonl"), folder.file("inbox.prom"));
    let run = |args: &[&str]| {
        let args = [&["audit", "close", "--format", "json"], args].concat();
        Binary::on(&database).env("INBOXCTL_AUDIT_HEAD_FILE", &heads).run(args).expect_code(0)
    };
    let first = run(&["--metrics-file", &metrics]).json();
    let days = first["closed"].as_array().unwrap();
    // 42 days, of which the last three are open.
    assert_eq!(
        days.len().to_string(),
        database.value(
            "(SELECT count(DISTINCT created_at::date) FROM audit_logs \
          WHERE created_at < date_trunc('day', now() - interval '48 hours'))",
        )
    );
    assert_eq!(
        first["head"]["closed_to"].as_str().unwrap(),
        database.value("((now() - interval '48 hours')::date - 1)")
    );
    let again = run(&[]).json();
    assert_eq!((&again["closed"], &again["head"]), (&serde_json::json!([]), &first["head"]));
    assert_eq!(fs::read_to_string(&heads).unwrap().lines().count(), 1);
    let text = fs::read_to_string(&metrics).unwrap();
    assert!(text.contains("inboxctl_audit_trouble_days 0\n"), "{text}");
    for file in [&heads, &metrics] {
        let found = verify(&database, &["--against", file]).expect_code(0).json();
        assert_eq!((&found["heads"], &found["head"]), (&1.into(), &first["head"]));
    }
    verify(&database, &["--against", "/nowhere"]).expect_code(2);
    // By a backup too.
    database.execute("DELETE FROM audit_days WHERE day = (SELECT max(day) FROM audit_days)");
    let manifest = folder.back_up(&database, "inbox.dump") + ".manifest.json";
    assert_eq!(
        database.value("((now() - interval '48 hours')::date - 1)"),
        database.value("(SELECT max(day) FROM audit_days)")
    );
    verify(&database, &["--against", &manifest]).expect_code(0);
}

#[test]
fn every_close_tells_the_head_to_the_command_of_the_configuration() {
    let database = with_days();
    let folder = Folder::new();
    let (heads, metrics, seen) =
        (folder.file("heads.jsonl"), folder.file("x.prom"), folder.file("environment"));
    let run = |command: &str, args: &[&str]| {
        let config = folder.file("inboxctl.toml");
        fs::write(&config, format!("audit_head_command = \"\"\"{command}\"\"\"\n")).unwrap();
        Binary::on(&database).run([&["--config", &config], args].concat())
    };
    let close = ["audit", "close", "--format", "json", "--metrics-file", &metrics];
    // What fails is said, and no reason to close nothing.
    let failed = run("echo 'vault: no route' >&2; exit 7", &close).expect_code(1);
    assert!(failed.stderr.contains("vault: no route"), "{failed}");
    assert!(!failed.json()["closed"].as_array().unwrap().is_empty(), "{failed}");
    verify(&database, &["--against", &metrics]).expect_code(0);
    // A command that reads nothing, and one that can't be run.
    run("true", &close).expect_code(0);
    let unknown = run("/no/such/command", &close).expect_code(1);
    assert!(unknown.stderr.contains("/no/such/command"), "{unknown}");
    let tell = format!("cat >>'{heads}'; env >'{seen}'");
    let told = run(&tell, &close).expect_code(0);
    assert_eq!(told.json()["closed"].as_array().unwrap().len(), 0);
    verify(&database, &["--against", &heads]).expect_code(0);
    let environment = fs::read_to_string(&seen).unwrap();
    assert!(
        environment.contains("PATH=") && !environment.contains("DATABASE_URL"),
        "{environment}"
    );
    // By a prune too, whose metrics have the head after it; it only warns where that fails.
    let prune = |command: &str, age: &str| {
        let args = ["audit", "prune", "--older-than", age, "--yes", "--max-rows", "999"];
        run(command, &[&args[..], &["--metrics-file", &metrics]].concat()).expect_code(0)
    };
    prune(&tell, "30d");
    assert_eq!(fs::read_to_string(&heads).unwrap().lines().count(), 2);
    let found = verify(&database, &["--against", &metrics]).expect_code(0).json();
    let text = fs::read_to_string(&metrics).unwrap();
    assert!(text.contains(found["head"]["sha256"].as_str().unwrap()), "{text}");
    let warned = prune("exit 7", "20d");
    assert!(warned.stderr.contains("the command for the head of the audit log failed"), "{warned}");
    verify(&database, &["--against", &metrics, "--against", &heads]).expect_code(0);
    // A run with nothing to say of the log keeps the last head.
    let jobs = ["jobs", "cleanup", "--yes", "--metrics-file", &metrics];
    Binary::on(&database).run(jobs).expect_code(0);
    verify(&database, &["--against", &metrics]).expect_code(0);
}

#[test]
fn what_comes_late_is_flagged_and_not_swallowed() {
    let database = with_days();
    // Written before the day is closed, and committed after.
    let slow = database.lock(
        "slow",
        "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('x', 'slow', 'x', now() - interval '6 days')",
    );
    // A transaction from before midnight that ends the next noon is in time.
    let noon = database.lock(
        "noon",
        "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('x', 'noon', 'x', now() - interval '36 hours')",
    );
    close(&database).expect_code(0);
    noon.commit();
    verify(&database, &[]).expect_code(0);
    slow.commit();
    let late = |day: &str, why: &str| {
        let found = verify(&database, &[]).expect_code(3);
        assert!(found.stdout.contains("added, at least"), "{found}");
        let closed = close(&database).expect_code(3);
        let trouble = closed.json()["trouble"][0].as_str().unwrap().to_owned();
        assert_eq!(
            trouble,
            format!("1 entry came late into {day}, which was closed before: flagged")
        );
        assert!(database.value(&format!(
            "(SELECT details::text FROM audit_days WHERE day = '{day}' ORDER BY link DESC LIMIT 1)"
        )).contains(why));
        close(&database).expect_code(0);
        let found = verify(&database, &[]).expect_code(3).json();
        let findings = found["findings"].as_array().unwrap();
        assert!(
            findings
                .iter()
                .all(|one| one["what"].as_str().unwrap().starts_with("entries came late")),
            "{found}"
        );
    };
    late(&database.value("((now() - interval '6 days')::date)"), "ids");
    let back_date = |action: &str, ago: &str| {
        database.execute(&format!(
            "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('x', '{action}', 'x', now() - interval '{ago}')"
        ));
        database.value(&format!("((now() - interval '{ago}')::date)"))
    };
    late(&back_date("back.dated", "9 days"), "recorded_after");
    // Of a day that never had any.
    late(&back_date("from.nowhere", "999 days"), "{}");
    // Others were changed meanwhile: that no link hides.
    let day = back_date("cover", "12 days");
    database.execute(&format!(
        "UPDATE audit_logs SET actor = 'y' WHERE id = (SELECT min(id::text)::uuid FROM audit_logs WHERE created_at::date = '{day}')"
    ));
    let before = links(&database);
    let said = close(&database).expect_code(3);
    assert!(
        said.stdout.contains("1 entry more than when it was closed, and others were changed"),
        "{said}"
    );
    assert_eq!(links(&database), before);
    verify(&database, &[]).expect_code(3);
}

#[test]
fn what_came_late_is_acknowledged_by_name_and_stays_listed() {
    let database = with_days();
    close(&database).expect_code(0);
    let day = database.value("(now() - interval '9 days')::date");
    let back_date = || {
        database.execute(&format!(
            "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('x', 'late', 'x', '{day}Z')"
        ));
        close(&database).expect_code(3);
        verify(&database, &[]).expect_code(3).json()["findings"].as_array().unwrap().len()
    };
    let acknowledge = |day: &str, reason: &str| {
        Binary::on(&database).run(["audit", "acknowledge", day, "--reason", reason])
    };
    let is_told = |told: &[&str]| {
        let found = verify(&database, &[]).expect_code(0).json();
        let listed = found["acknowledged"].as_array().unwrap().iter();
        let reasons: Vec<&str> = listed.map(|one| one["reason"].as_str().unwrap()).collect();
        assert_eq!(reasons, told, "{found}");
        assert_eq!(found["acknowledged"][0]["recorded_by"], database.value("session_user"));
    };
    assert_eq!(back_date(), 1);
    acknowledge(&day, "").expect_code(2);
    acknowledge("2001-02-03", "x").expect_code(2);
    acknowledge(&day, "a job that hung").expect_code(0);
    is_told(&["a job that hung"]);
    acknowledge(&day, "again").expect_code(2);
    let by_sql = format!(
        "acknowledge_late_entries('{day}', (SELECT max(link) FROM audit_days WHERE day = '{day}'), 'again', 'x')"
    );
    assert_eq!(database.value(&by_sql), "false");
    // It speaks for no later one.
    assert_eq!(back_date(), 1);
    acknowledge(&day, "its other half").expect_code(0);
    is_told(&["a job that hung", "its other half"]);
    // The chain is followed back past it.
    let folder = Folder::new();
    let archive = folder.file("archive");
    fs::create_dir(&archive).unwrap();
    let prune = ["audit", "prune", "--older-than", "8d", "--action", "late", "--yes", "--max-rows"];
    Binary::on(&database).run([&prune[..], &["9", "--archive", &archive]].concat()).expect_code(0);
    let found = verify(&database, &["--archive", &archive]).expect_code(0).json();
    assert_eq!(found["archived"], 2, "{found}");
    // Nobody hides a change behind it: not by the command, and not by a link of the owner's making.
    assert_eq!(back_date(), 1);
    database.execute(&format!(
        "UPDATE audit_logs SET actor = 'y' WHERE id = (SELECT min(id::text)::uuid FROM audit_logs WHERE created_at::date = '{day}')"
    ));
    let refused = acknowledge(&day, "nothing to see").expect_code(4);
    assert!(refused.stderr.contains("is not what its last link says"), "{refused}");
    database.execute(&format!(
        "SELECT audit_day_link('{day}', 'acknowledge', s.entries, s.digest, 0, '{{}}', 'x', '1:1:')          FROM audit_day_state('{day}', NULL, NULL) s"
    ));
    let found = verify(&database, &[]).expect_code(3);
    assert!(
        found.stdout.contains("of the kind acknowledge, which can't change entries"),
        "{found}"
    );
}

#[test]
fn two_at_once_and_one_beside_a_prune_write_one_chain() {
    let database = with_days();
    let both = [0, 1].map(|_| Binary::on(&database).start(["audit", "close", "--format", "json"]));
    let closed: usize = both
        .into_iter()
        .map(|one| one.wait().expect_code(0).json()["closed"].as_array().unwrap().len())
        .sum();
    assert_eq!(links(&database), format!("{closed} {closed}"));
    let mut prune = Binary::on(&database).start(SLOW_PRUNE);
    eventually("the prune begins", || links(&database) != format!("{closed} {closed}"));
    let busy = Binary::on(&database).run(["audit", "close", "--lock-wait", "100ms"]);
    assert!(!prune.is_running() || busy.code == 75, "{busy}");
    // By SQL it ends what is begun, and the prune begins anew.
    database.execute("SELECT close_audit_day('x')");
    verify(&database, &[]).expect_code(0);
    prune.wait().expect_code(0);
    verify(&database, &[]).expect_code(0);
    close(&database).expect_code(0);
    verify(&database, &[]).expect_code(0);
}

#[test]
fn a_kill_leaves_nothing_half() {
    let database = with_days();
    let gate = database.lock("gate", "LOCK TABLE audit_days IN SHARE MODE");
    let closing = Binary::on(&database).start(["audit", "close"]);
    eventually("it waits", || database.somebody_waits());
    closing.signal("KILL");
    closing.wait();
    drop(gate);
    eventually("its session ends", || !database.somebody_waits());
    close(&database).expect_code(0);
    verify(&database, &[]).expect_code(0);
    let prune = Binary::on(&database).start(SLOW_PRUNE);
    let is_begun = "EXISTS (SELECT FROM audit_days b WHERE kind = 'before' AND NOT EXISTS ( \
        SELECT FROM audit_days l WHERE l.day = b.day AND l.link > b.link))";
    eventually("it begins", || database.value(is_begun) == "true");
    prune.signal("KILL");
    prune.wait();
    let alive = format!(
        "EXISTS (SELECT FROM pg_stat_activity WHERE datname = '{}' AND application_name ~ 'prune')",
        database.name
    );
    eventually("its session ends", || database.value(&alive) == "false");
    if database.value(is_begun) == "true" {
        let found = verify(&database, &[]).expect_code(3);
        assert!(
            found.stdout.contains("begun on") && found.stdout.contains("nobody is working on it"),
            "{found}"
        );
    }
    close(&database).expect_code(0);
    assert_eq!(database.value(is_begun), "false");
    let found = verify(&database, &[]).expect_code(0);
    assert!(!found.stdout.contains("begun"), "{found}");
}

/// Where anybody may create: ours run as the owner, and must not take another's for one of theirs.
#[test]
fn functions_of_the_log_call_no_other_of_the_same_name() {
    let database = with_days();
    for signature in [
        "end_audit_change(text, text)",
        "audit_day_state(date, text, text)",
        "audit_day_state(date, timestamptz, text)",
        "audit_day_state(date, text, uuid[])",
    ] {
        database.execute(&format!(
            "CREATE FUNCTION {signature} RETURNS record LANGUAGE plpgsql AS \
                 $$ BEGIN RAISE EXCEPTION 'captured by %', '{signature}'; END $$"
        ));
    }
    close(&database).expect_code(0);
    let prune = ["audit", "prune", "--older-than", "20d", "--yes", "--max-rows", "1000"];
    Binary::on(&database).run(prune).expect_code(0);
    close(&database).expect_code(0);
    verify(&database, &[]).expect_code(0);
}

/// An entry that is made while a prune is at work is no part of what the prune says of itself.
#[test]
fn a_prune_takes_no_entry_in() {
    let database = with_days();
    close(&database).expect_code(0);
    let day = "date_trunc('day', now() - interval '20 days')";
    // Begun, as by a prune of several batches that is killed.
    database.execute(&format!(
        "SELECT begin_audit_change(ARRAY[{day}], '{{\"change\": \"prune\"}}', 'x')"
    ));
    database.execute(&format!(
        "INSERT INTO audit_logs (actor, action, resource, created_at) \
         VALUES ('os:ceo', 'contact.merge', 'contacts', {day} + interval '1 hour')"
    ));
    // It came late, and not by the prune.
    close(&database).expect_code(3);
    let found = verify(&database, &[]).expect_code(3);
    let day = database.value(&format!("({day})::date"));
    assert!(found.stdout.contains(&day) && found.stdout.contains("came late: 1"), "{found}");
    let acknowledge = ["audit", "acknowledge", &day, "--reason", "seen"];
    Binary::on(&database).run(acknowledge).expect_code(0);
    verify(&database, &[]).expect_code(0);
}

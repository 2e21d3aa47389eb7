//! `audit list`, `audit export`.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::assert_ran;
use crate::support::{Binary, Database, Ran, binary, eventually};

fn filled() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database.execute(
        "DELETE FROM audit_logs; \
         INSERT INTO audit_logs (user_id, actor, action, resource, resource_id, details, created_at) \
         SELECT CASE WHEN n % 2 = 0 THEN id END, CASE WHEN n % 2 = 0 THEN email ELSE 'os:root' END, \
                CASE WHEN n % 3 = 0 THEN 'contact.merge' ELSE 'message.send' END, \
                'contacts', n::text, jsonb_build_object('n', n), \
                now() - n * interval '1 day' \
         FROM generate_series(1, 12) n, users WHERE email = 'editor@inbox.example' ORDER BY n DESC",
    );
    database
}

fn audit(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["audit"], args].concat())
}

fn numbers(database: &Database, args: &[&str]) -> Vec<i64> {
    let list = audit(database, &[&["list"], args, &["--format", "json"]].concat());
    let list = list.expect_code(0).json();
    let entries = list["entries"].as_array().unwrap().iter();
    entries.map(|entry| entry["details"]["n"].as_i64().unwrap()).collect()
}

#[test]
fn a_list_is_filtered() {
    let database = filled();
    assert_eq!(numbers(&database, &["--limit", "3"]), [1, 2, 3]);
    assert_eq!(numbers(&database, &["--action", "contact.merge"]), [3, 6, 9, 12]);
    assert_eq!(numbers(&database, &["--user", "EDITOR@inbox.example"]), [2, 4, 6, 8, 10, 12]);
    assert_eq!(numbers(&database, &["--user", "os:root", "--limit", "2"]), [1, 3]);
    assert_eq!(numbers(&database, &["--resource", "contacts:7"]), [7]);
    assert_eq!(numbers(&database, &["--since", "36h"]), [1]);
    assert_eq!(numbers(&database, &["--since", "100h", "--until", "36h"]), [2, 3, 4]);
    assert_ran!("list", audit(&database, &["list", "--limit", "3"]).expect_code(0));
}

#[test]
fn near_misses_are_helped() {
    let database = filled();
    let ran = audit(&database, &["list", "--action", "contact.mrege"]).expect_code(0);
    assert_ran!("near_action", ran);
    let ran = audit(&database, &["list", "--resource", "contact"]).expect_code(0);
    assert!(ran.stderr.contains("did you mean contacts?"), "{ran}");
    let ran = audit(&database, &["list", "--user", "editr@inbox.example"]).expect_code(2);
    assert!(ran.stderr.contains("did you mean editor@inbox.example?"), "{ran}");
}

/// `audit list --follow` with its output.
struct Following {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Following {
    fn start(database: &Database, args: &[&str]) -> Following {
        let mut child = Command::new(binary())
            .args(["audit", "list", "--follow", "--format", "jsonl"])
            .args(args)
            .env("DATABASE_URL", database.url())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Following { child, lines }
    }

    fn next(&mut self) -> i64 {
        let line = self.lines.next().unwrap().unwrap();
        serde_json::from_str::<Value>(&line).unwrap()["details"]["n"].as_i64().unwrap()
    }
}

fn insert(n: i64) -> String {
    format!(
        "INSERT INTO audit_logs (actor, action, resource, details) \
         VALUES ('os:root', 'a.b', 'c', '{{\"n\": {n}}}')"
    )
}

#[test]
fn following_misses_nothing_that_is_committed_late() {
    let database = filled();
    // Written before the first poll, committed after many.
    let oldest = database.lock("early", &insert(100));
    let mut following = Following::start(&database, &["--limit", "2"]);
    assert_eq!((following.next(), following.next()), (2, 1));
    let late = database.lock("late", &insert(101));
    for n in 102..105 {
        database.execute(&insert(n));
        assert_eq!(following.next(), n);
    }
    late.commit();
    assert_eq!(following.next(), 101);
    database.execute(&insert(105));
    assert_eq!(following.next(), 105);
    oldest.commit();
    assert_eq!(following.next(), 100);
    database.execute(&insert(106));
    assert_eq!(following.next(), 106, "and nothing came twice");
    let pid = following.child.id().to_string();
    assert!(Command::new("kill").args(["-s", "INT", &pid]).status().unwrap().success());
    assert_eq!(following.child.wait().unwrap().code(), Some(130));
    assert!(following.lines.next().is_none());
}

/// Neither its id nor its time says when an entry was written.
#[test]
fn following_sees_entries_with_any_time_and_any_id() {
    let database = filled();
    let mut following = Following::start(&database, &["--limit", "1"]);
    assert_eq!(following.next(), 1);
    let entries = [
        ("00000000-0000-4000-8000-000000000001", "now()"),
        ("ffffffff-0000-4000-8000-000000000002", "now() - interval '40 days'"),
        ("00000000-0000-1000-8000-000000000003", "now() - interval '3 days'"),
        ("88888888-0000-8000-8000-000000000004", "'-infinity'"),
        ("00000000-0000-4000-8000-000000000005", "'infinity'"),
    ];
    for (n, (id, time)) in (201..).zip(entries) {
        database.execute(&format!(
            "INSERT INTO audit_logs (id, actor, action, resource, details, created_at) \
             VALUES ('{id}', 'os:root', 'a.b', 'c', '{{\"n\": {n}}}', {time})"
        ));
        assert_eq!(following.next(), n);
    }
    // In a savepoint, which has a number of its own, of a transaction that began long before.
    let nested = database.lock("nested", "SAVEPOINT s");
    database.execute(&insert(206));
    assert_eq!(following.next(), 206);
    drop(nested);
    let nested = database.lock("nested", &format!("SAVEPOINT s; {}", insert(207)));
    database.execute(&insert(208));
    assert_eq!(following.next(), 208);
    nested.commit();
    assert_eq!(following.next(), 207);
    // What was shown is changed, or moved to another partition, and is no new entry.
    database.execute(
        "UPDATE audit_logs SET actor = 'os:else'; \
         WITH gone AS (DELETE FROM audit_logs WHERE details->>'n' = '206' RETURNING *) \
         INSERT INTO audit_logs SELECT * FROM gone",
    );
    database.execute(&insert(209));
    assert_eq!(following.next(), 209, "and nothing came twice");
    let pid = following.child.id().to_string();
    assert!(Command::new("kill").args(["-s", "INT", &pid]).status().unwrap().success());
    assert_eq!(following.child.wait().unwrap().code(), Some(130));
}

#[test]
fn following_ends_when_nobody_reads() {
    let database = filled();
    let mut following = Following::start(&database, &["--limit", "1"]);
    assert_eq!(following.next(), 1);
    drop(following.lines);
    let output = following.child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
    audit(&database, &["list", "--follow", "--format", "json"]).expect_code(2);
}

#[test]
fn an_export_has_every_entry_and_stands_whole_or_not_at_all() {
    let database = filled();
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, details) \
         SELECT 'os:root', 'bulk.add', 'bulk', jsonb_build_object('n', n) \
         FROM generate_series(1, 5000) n",
    );
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("audit.jsonl");
    let export = |flags: &[&str]| {
        audit(&database, &[&["export", "--out", out.to_str().unwrap()], flags].concat())
    };
    let ran = export(&["--format", "json"]).expect_code(0).json();
    assert_eq!(ran["entries"], 5012);
    let text = std::fs::read_to_string(&out).unwrap();
    assert_eq!(text.lines().count(), 5012);
    assert_eq!(ran["size_bytes"], text.len());
    let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!(last["action"], "bulk.add");

    let refused = export(&[]).expect_code(4);
    assert!(refused.stderr.contains("overwrite"), "{refused}");
    export(&["--as", "csv", "--action", "contact.merge", "--yes"]).expect_code(0);
    let text = std::fs::read_to_string(&out).unwrap();
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(csv.records().map(Result::unwrap).count(), 4);
    // For the owner alone, and nothing is left beside it.
    let mode = std::os::unix::fs::PermissionsExt::mode(&out.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_export_that_is_interrupted_leaves_nothing() {
    let database = filled();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("audit.jsonl");
    let lock = database.lock("other", "LOCK TABLE audit_logs IN ACCESS EXCLUSIVE MODE");
    let run = Binary::on(&database).start(["audit", "export", "--out", out.to_str().unwrap()]);
    eventually("it waits", || database.somebody_waits());
    run.signal("INT");
    drop(lock);
    run.wait().expect_code(130);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let missing = folder.path().join("missing").join("audit.jsonl");
    audit(&database, &["export", "--out", missing.to_str().unwrap()]).expect_code(1);
}

#[test]
fn an_entry_says_where_the_command_ran_as_a_claim() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let create = ["users", "create", "ana@inbox.example", "--name", "Ana"];
    Binary::on(&database).env("USER", "ceo").run(create).expect_code(0);
    let entry = |what: &str| {
        database.value(&format!(
            "(SELECT {what} FROM audit_logs WHERE details ->> 'email' = 'ana@inbox.example')"
        ))
    };
    let uid = rustix::process::getuid().as_raw();
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    let host = host.trim();
    assert_eq!(entry("actor"), "os:ceo");
    assert_eq!(entry("details #>> '{client,uid}'"), uid.to_string());
    assert_eq!(entry("details #>> '{client,host}'"), host);
    let login = entry("recorded_by");
    let list = audit(&database, &["list", "--action", "user.create"]).expect_code(0);
    let told = format!("os:ceo (as {login}, says uid {uid} on {host})");
    assert!(list.stdout.contains(&told), "{told}: {list}");
}

#[test]
fn a_contact_that_was_merged_away_leads_to_its_merge() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let [survivor, gone] =
        ["01900000-0000-7000-8000-000000000101", "01900000-0000-7000-8000-000000000107"];
    Binary::on(&database).run(["contacts", "merge", survivor, gone, "--yes"]).expect_code(0);
    let resource = format!("contacts:{gone}");
    let list = ["audit", "list", "--resource", &resource, "--format", "json"];
    let entries = Binary::on(&database).run(list).expect_code(0).json();
    assert_eq!(entries["entries"][0]["action"], "contact.merge");
    let by_email = ["audit", "list", "--resource", "contacts:amara.okafor@mail.example"];
    let ran = Binary::on(&database).run(by_email).expect_code(0);
    assert!(ran.stdout.contains("contact.merge"), "{ran}");
}

//! `db locks`, `db space`, `db psql`.

use std::thread;

use diesel::connection::SimpleConnection;

use crate::support::{Binary, Database, OwnServer, eventually};

#[test]
fn who_waits_stands_below_whom_it_waits_for() {
    let database = Database::migrated();
    let ran = Binary::on(&database).run(["db", "locks"]).expect_code(0);
    assert!(ran.stdout.contains("Nobody waits for a lock."), "{ran}");

    let lock = database.lock("nightly import", "LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE");
    let waits = |sql: &'static str| {
        let mut conn = database.connect();
        thread::spawn(move || conn.batch_execute(sql).map_err(drop))
    };
    let first = waits("BEGIN; LOCK TABLE contacts IN SHARE MODE; COMMIT");
    eventually("the first waits", || database.somebody_waits());
    let second = waits("BEGIN; SELECT count(*) FROM contacts; COMMIT");
    let waiting = "(SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) \
                   WHERE NOT l.granted AND a.datname = current_database())";
    eventually("both wait", || database.value(waiting) == "2");

    let ran = Binary::on(&database).run(["db", "locks", "--format", "json"]).expect_code(0);
    let seen = ran.json();
    let sessions = seen["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 3, "{ran}");
    assert_eq!(sessions[0]["pid"].to_string(), lock.pid);
    assert_eq!(sessions[0]["application"], "nightly import");
    assert_eq!(sessions[0]["depth"], 0);
    for waiter in &sessions[1..] {
        assert_eq!(waiter["waits_for"], "contacts", "{ran}");
        assert!(waiter["depth"].as_i64() > Some(0), "{ran}");
    }
    // The lock is held by a transaction that does nothing: there is no statement to cancel.
    let remedy = seen["remedies"][0].as_str().unwrap();
    let ends = format!("inboxctl db psql -- -c 'SELECT pg_terminate_backend({})'", lock.pid);
    assert_eq!(remedy, ends);
    let ran = Binary::on(&database).run(["db", "locks"]).expect_code(0);
    assert!(
        ran.stdout.contains("2 sessions wait; each is listed below the session that it waits for."),
        "{ran}"
    );

    // What is suggested ends it.
    let statement = format!("SELECT pg_terminate_backend({})", lock.pid);
    Binary::on(&database).run(["db", "psql", "--", "-c", &statement]).expect_code(0);
    first.join().unwrap().unwrap();
    second.join().unwrap().unwrap();
}

#[test]
fn what_fills_the_disk_comes_with_what_makes_it_smaller() {
    let server = OwnServer::start(&[]);
    for sql in [
        "CREATE DATABASE \"in-box\"",
        "CREATE DATABASE \"in-box_before_20260102_030405\"",
        "CREATE DATABASE shop_before_20260102_030405",
        "CREATE DATABASE inbox_inboxctl_0000000000000001",
        "CREATE DATABASE inbox_inboxctl_0000000000000002",
        "SELECT pg_create_physical_replication_slot('empty')",
        "SELECT pg_create_physical_replication_slot('gone', true)",
    ] {
        server.execute("postgres", sql);
    }
    server.binary("in-box").run(["db", "migrate"]).expect_code(0);
    // A run that works has the lock of its number.
    let mut works = server.connect("in-box");
    works.batch_execute("SELECT pg_advisory_lock(2)").unwrap();
    let space = server.binary("in-box").run(["db", "space", "--format", "json"]).json();
    let part = |kind: &str| {
        let parts = space["parts"].as_array().unwrap();
        parts.iter().find(|part| part["kind"] == kind).unwrap_or_else(|| panic!("{space}")).clone()
    };
    for kind in ["database", "tables", "indexes", "kept_database", "wal"] {
        assert!(part(kind)["size_bytes"].as_u64() > Some(0), "{kind}: {space}");
    }
    let kept = part("kept_database");
    assert_eq!(kept["name"], "in-box_before_20260102_030405");
    let drops = "inboxctl db leftovers drop in-box_before_20260102_030405";
    assert_eq!(kept["remedy"], drops);
    let named = |name: &str| {
        let parts = space["parts"].as_array().unwrap();
        parts.iter().find(|part| part["name"] == name).unwrap_or_else(|| panic!("{space}")).clone()
    };
    assert_eq!(named("shop_before_20260102_030405")["remedy"], serde_json::Value::Null);
    assert_eq!(named("inbox_inboxctl_0000000000000002")["remedy"], serde_json::Value::Null);
    assert!(
        named("inbox_inboxctl_0000000000000001")["remedy"].to_string().contains("leftovers drop")
    );
    assert_eq!(named("empty")["size_bytes"], serde_json::Value::Null);
    let held = part("slot")["remedy"].as_str().unwrap().to_owned();
    assert!(held.contains("pg_drop_replication_slot"), "{space}");
    let ran = server.binary("in-box").env("COLUMNS", "80").run(["db", "space"]).expect_code(0);
    assert!(ran.stdout.contains("in use by a run"), "{ran}");
    assert!(!ran.stdout.contains("hidden") && !ran.stderr.contains("pg_monitor"), "{ran}");
    assert!(ran.stdout.contains(&format!("`{drops}`")), "{ran}");

    // Both remedies work as a shell reads them.
    let drop_it = ["db", "leftovers", "drop", "in-box_before_20260102_030405", "--yes"];
    server.binary("in-box").run(drop_it).expect_code(0);
    let statement = "SELECT pg_drop_replication_slot('gone')";
    server.binary("in-box").run(["db", "psql", "--", "-c", statement]).expect_code(0);
    let ran = server.binary("in-box").run(["db", "space"]).expect_code(0);
    assert!(!ran.stdout.contains("kept by a restore"), "{ran}");
}

#[test]
fn leftovers_are_shown_asked_for_dropped_and_recorded() {
    let server = OwnServer::start(&[]);
    let all = [
        "inbox",
        "inbox_before_20260102_030405",
        "inbox_before_20260103_030405",
        "inbox_inboxctl_0000000000000001",
        // At work, and of others.
        "inbox_inboxctl_0000000000000002",
        "shop_before_20260102_030405",
        "shop",
    ];
    for name in all {
        server.execute("postgres", &format!("CREATE DATABASE {name}"));
    }
    server.binary("inbox").run(["db", "migrate"]).expect_code(0);
    let mut works = server.connect("inbox");
    works.batch_execute("SELECT pg_advisory_lock(2)").unwrap();
    let left = |names: &[&str]| {
        let there = "(SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database \
             WHERE NOT datistemplate AND datname <> 'postgres')";
        assert_eq!(server.value("postgres", there), names.join(" "));
    };
    let drop =
        |more: &[&str]| server.binary("inbox").run([&["db", "leftovers", "drop"], more].concat());
    let entries = "(SELECT string_agg(resource_id, ' ' ORDER BY id) FROM audit_logs \
         WHERE action = 'leftover.drop' AND details ->> 'size_bytes' IS NOT NULL)";
    let plan = drop(&["--dry-run", "--format", "json"]).expect_code(0).json();
    assert_eq!(plan["leftovers"].as_array().unwrap().len(), 3, "{plan}");
    let refused = drop(&[]).expect_code(4);
    assert!(refused.stderr.contains("drop 3 leftover databases ("), "{refused}");
    for (name, code) in [("shop_before_20260102_030405", 2), ("shop", 2), ("inbox", 2), (all[4], 4)]
    {
        let ran = drop(&[all[1], name, "--yes"]).expect_code(code);
        assert!(ran.stderr.contains(name), "{ran}");
    }
    let mut sorted = all;
    sorted.sort_unstable();
    left(&sorted);
    // Without its entry in the log nothing goes.
    server.execute(
        "inbox",
        "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; \
         CREATE TRIGGER swallow BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION keep()",
    );
    drop(&["--yes"]).expect_code(1);
    left(&sorted);
    server.execute("inbox", "DROP TRIGGER swallow ON audit_logs");
    drop(&[all[3], "--yes"]).expect_code(0);
    assert_eq!(server.value("inbox", entries), all[3]);
    // Who looks into one keeps it; the other goes.
    let looks = server.connect(all[1]);
    let ran = drop(&["--yes"]).expect_code(0);
    assert!(ran.stdout.contains("in use") && ran.stdout.contains("Dropped 1 leftover"), "{ran}");
    std::mem::drop(looks);
    drop(&["--yes"]).expect_code(0);
    assert_eq!(server.value("inbox", entries), [all[3], all[2], all[1]].join(" "));
    left(&["inbox", all[4], "shop", all[5]]);
    let ran = drop(&["--yes"]).expect_code(0);
    assert!(ran.stdout.contains("Nothing is left over."), "{ran}");
}

#[test]
fn psql_sees_the_inbox() {
    let database = Database::migrated();
    let query =
        ["db", "psql", "--", "-Atc", "SELECT current_database(), current_setting('search_path')"];
    let ran = Binary::on(&database).run(query).expect_code(0);
    assert_eq!(ran.stdout, format!("{}|\"public\", pg_temp\n", database.name));
    let ran =
        Binary::new().env("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x").run(["db", "psql"]);
    assert_ne!(ran.code, 0, "{ran}");
}

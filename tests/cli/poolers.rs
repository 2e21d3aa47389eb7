//! Commands through a pooler that shares its sessions, and what becomes of their locks there.

use std::thread;
use std::time::Duration;

use crate::support::{Binary, Database, Pooler, TestKeyring, eventually};

const TWO: &str = "pool_mode = transaction\ndefault_pool_size = 2";
/// The lock of what deletes by age.
const RETENTION: &str = "pg_advisory_lock((x'696e626f78' || x'0006')::bit(56)::bigint)";

fn on(pooler: &Pooler, database: &Database) -> Binary {
    Binary::new().env("DATABASE_URL", pooler.url(database))
}

fn old_entries(database: &Database, rows: u32) {
    database.execute(&format!(
        "INSERT INTO audit_logs (actor, action, resource, created_at)
         SELECT 'x', 'session.login', 'sessions', now() - interval '100 days' FROM generate_series(1, {rows})"
    ));
}

const LEFT: &str = "(SELECT count(*) FROM audit_logs WHERE action = 'session.login' \
                    AND created_at < now() - interval '99 days')";

/// The backend that holds a lock in an open transaction.
const HOLDER: &str = "FROM pg_locks l JOIN pg_stat_activity a USING (pid) \
    WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database() \
    AND a.state = 'idle in transaction'";

#[test]
fn what_needs_a_lock_works_in_transaction_mode() {
    let database = Database::migrated();
    let Some(pooler) = Pooler::with(&database, TWO) else { return };
    let keyring = TestKeyring::generated();
    keyring.on(&database).run(["db", "seed", "--size", "small"]).expect_code(0);
    old_entries(&database, 100);
    for args in [
        &["audit", "prune", "--yes", "--max-rows", "9999"][..],
        &["jobs", "cleanup", "--yes"],
        &["presence", "sweep", "--yes"],
        &["contacts", "dedupe", "--yes"],
        &["audit", "close"],
        &["integrations", "rotate-keys", "--yes"],
    ] {
        let through = keyring.on(&database).env("DATABASE_URL", pooler.url(&database));
        through.run(args).expect_code(0);
    }
    assert_eq!(database.value(LEFT), "0");
    let merged = "(SELECT count(*) > 0 FROM merged_contacts)";
    assert_eq!(database.value(merged), "true");
    let locks = format!("(SELECT count(*) {HOLDER})");
    eventually("nothing is held any more", || database.value(&locks) == "0");
}

#[test]
fn it_excludes_others_as_a_lock_of_a_session_does() {
    let database = Database::migrated();
    let Some(pooler) = Pooler::with(&database, TWO) else { return };
    let prune = ["audit", "prune", "--yes", "--lock-wait", "0s"];
    let held = database.lock("another prune", &format!("SELECT {RETENTION}"));
    let ran = on(&pooler, &database).run(prune).expect_code(75);
    assert!(ran.stderr.contains("another prune"), "{ran}");
    drop(held);
    old_entries(&database, 2_000);
    let slow = ["audit", "prune", "--yes", "--max-rows", "9999", "--rate", "400"];
    let running = on(&pooler, &database).start(slow);
    eventually("it deletes", || database.value(LEFT) != "2000");
    let ran = Binary::on(&database).run(prune).expect_code(75);
    assert!(ran.stderr.contains("inboxctl audit prune"), "{ran}");
    running.wait().expect_code(0);
    assert_eq!(database.value(LEFT), "0");
}

#[test]
fn the_poolers_own_limit_of_idle_transactions_is_kept_away() {
    let database = Database::migrated();
    let lines = format!("{TWO}\nidle_transaction_timeout = 5");
    let Some(pooler) = Pooler::with(&database, &lines) else { return };
    Binary::on(&database).run(["db", "seed", "--size", "small"]).expect_code(0);
    // A table that somebody has for seven seconds: the first batch waits, and begins again.
    let lock = database.lock("a long import", "LOCK TABLE contacts IN EXCLUSIVE MODE");
    let running = on(&pooler, &database).start(["contacts", "dedupe", "--yes"]);
    eventually("it waits", || database.somebody_waits());
    thread::sleep(Duration::from_secs(7));
    drop(lock);
    running.wait().expect_code(0);
    assert_eq!(database.value("(SELECT count(*) > 0 FROM merged_contacts)"), "true");
}

#[test]
fn no_batch_begins_once_the_lock_is_lost() {
    let database = Database::migrated();
    let Some(pooler) = Pooler::with(&database, TWO) else { return };
    old_entries(&database, 5_000);
    let args = ["audit", "prune", "--yes", "--max-rows", "9999", "--rate", "400"];
    let running = on(&pooler, &database).start(args);
    eventually("it deletes", || database.value(LEFT) != "5000");
    // Not that of a batch under way, which is younger.
    let oldest = format!("SELECT l.pid {HOLDER} ORDER BY a.xact_start LIMIT 1");
    let end = format!("(SELECT pg_terminate_backend(pid) FROM ({oldest}) AS holder)");
    eventually("its lock is ended", || database.value(&end) == "true");
    let ran = running.wait().expect_code(75);
    assert!(ran.stderr.contains("the lock of this command was lost"), "{ran}");
    assert_ne!(database.value(LEFT), "0", "{ran}");
    // The next run goes on.
    let args = ["audit", "prune", "--yes", "--max-rows", "9999"];
    on(&pooler, &database).run(args).expect_code(0);
    assert_eq!(database.value(LEFT), "0");
}

#[test]
fn a_pool_of_one_connection_is_told() {
    let database = Database::migrated();
    let Some(pooler) = Pooler::start(&database) else { return };
    old_entries(&database, 10);
    let ran = on(&pooler, &database).run(["audit", "prune", "--yes"]).expect_code(75);
    assert!(ran.stderr.contains("the pooler gives no second connection"), "{ran}");
    assert!(ran.stderr.contains("DIRECT_URL"), "{ran}");
    assert_eq!(database.value(LEFT), "10");
}

#[test]
fn statement_mode_is_refused() {
    let database = Database::migrated();
    let lines = "pool_mode = statement\ndefault_pool_size = 2";
    let Some(pooler) = Pooler::with(&database, lines) else { return };
    for args in [&["db", "status"][..], &["audit", "prune", "--yes"]] {
        let ran = on(&pooler, &database).run(args).expect_code(4);
        assert!(ran.stderr.contains("pool_mode"), "{ran}");
    }
}

#[test]
fn a_session_is_used_where_the_profile_says_that_the_pooler_gives_one() {
    let database = Database::empty();
    let lines = "pool_mode = session\ndefault_pool_size = 5";
    let Some(pooler) = Pooler::with(&database, lines) else { return };
    on(&pooler, &database).run(["db", "migrate"]).expect_code(4);
    let through = |pooled: &str| {
        let binary = Binary::new();
        let url = pooler.url(&database);
        let text = format!("[profile.pooled]\nurl = '{url}'\npooler = '{pooled}'\n");
        std::fs::write(binary.folder().join("inboxctl.toml"), text).unwrap();
        binary.env("INBOXCTL_PROFILE", "pooled")
    };
    through("transaction").run(["db", "migrate"]).expect_code(4);
    through("session").run(["db", "migrate"]).expect_code(0);
    through("session").run(["db", "seed"]).expect_code(0);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("inbox.dump");
    through("session").run(["db", "backup", "--out", out.to_str().unwrap()]).expect_code(0);
    through("session").run(["db", "drift"]).expect_code(0);
}

#[test]
fn nothing_is_written_where_citus_is() {
    let database = Database::migrated();
    // As much of it as is looked at.
    database.execute(
        "SET allow_system_table_mods = on;
         INSERT INTO pg_extension
         SELECT 9999, 'citus', extowner, extnamespace, extrelocatable, '13.2', NULL, NULL
         FROM pg_extension WHERE extname = 'plpgsql'",
    );
    let run = |args: &[&str]| Binary::on(&database).run(args);
    for args in [&["db", "seed"][..], &["jobs", "cleanup", "--yes"], &["db", "rollback", "--yes"]] {
        let ran = run(args).expect_code(4);
        assert!(ran.stderr.contains("Citus"), "{ran}");
    }
    run(&["contacts", "list"]).expect_code(0);
    let ran = run(&["table-sizes"]).expect_code(0);
    assert!(ran.stderr.contains("on other servers"), "{ran}");
    let folder = tempfile::tempdir().unwrap();
    let up = folder.path().join("up.sql");
    std::fs::write(&up, "CREATE INDEX x ON contacts (name);").unwrap();
    let lint = ["db", "lint", up.to_str().unwrap()];
    let ran = run(&lint).expect_code(3);
    assert!(ran.stdout.contains("contacts") && !ran.stdout.contains("small now"), "{ran}");
}

//! `doctor`: every check on a database that has what it looks for.

use std::fs;
use std::thread;

use diesel::connection::SimpleConnection;
use jiff::SignedDuration;
use serde_json::Value;

use crate::assert_ran;
use crate::support::backups::{self, Folder};
use crate::support::{Binary, Database, TestKeyring, eventually};

/// One check as a program reads it.
pub(crate) struct Found {
    pub status: String,
    pub evidence: String,
    pub remedy: String,
}

impl Found {
    pub(crate) fn of(document: &Value, name: &str) -> Found {
        let checks = document["checks"].as_array().unwrap();
        let check = checks.iter().find(|check| check["check"] == name).unwrap();
        let text = |key: &str| check[key].as_str().unwrap_or_default().to_owned();
        Found { status: text("status"), evidence: text("detail"), remedy: text("remedy") }
    }

    #[track_caller]
    pub(crate) fn is(&self, status: &str, evidence: &str, remedy: &str) {
        let Found { status: s, evidence: e, remedy: r } = self;
        assert_eq!(s, status, "{e}: {r}");
        assert!(e.contains(evidence), "{evidence:?} is not in {e:?}");
        assert!(r.contains(remedy), "{remedy:?} is not in {r:?}");
    }
}

pub(crate) fn check_with(binary: Binary, name: &str, more: &[&str]) -> Found {
    let ran = binary.run([&["doctor", "--format", "json", "--only", name], more].concat());
    let document = ran.json();
    let found = Found::of(&document, name);
    assert_eq!(document["checks"].as_array().unwrap().len(), 1, "{ran}");
    assert_eq!(ran.code, if found.status == "fail" { 3 } else { 0 }, "{ran}");
    found
}

pub(crate) fn check(database: &Database, name: &str) -> Found {
    check_with(Binary::on(database), name, &[])
}

#[test]
fn a_fresh_database_has_nothing_wrong() {
    let database = Database::migrated();
    // Without what differs from server to server and from month to month.
    const SKIPPED: &str =
        "connection,encryption,server-version,clock,connections,migrations,partitions";
    let ran = Binary::on(&database).run(["doctor", "--skip", SKIPPED]);
    assert_ran!(ran);
    let json = Binary::on(&database).run(["doctor", "--format", "json"]).json();
    let checks = json["checks"].as_array().unwrap();
    assert_eq!(checks.len(), 32);
    assert_eq!(json["fail"], 0, "{json}");
    assert!(checks.iter().all(|check| check["duration_ms"].as_f64().unwrap() < 5_000.0), "{json}");
}

#[test]
fn in_a_pipe_nothing_is_cut() {
    let database = Database::migrated();
    for number in 0..30 {
        database.execute(&format!("CREATE TABLE table_without_any_key_{number} (id integer)"));
    }
    let doctor = |format: &str| {
        let args = ["doctor", "--only", "primary-keys", "--format", format];
        Binary::on(&database).run(args).expect_code(0)
    };
    let told = doctor("json").json();
    let detail = told["checks"][0]["detail"].as_str().unwrap().to_owned();
    assert!(detail.len() > 60, "{detail}");
    assert!(doctor("table").stdout.contains(&detail));
}

#[test]
fn only_failures_change_the_exit_code_unless_it_is_strict() {
    let database = Database::migrated();
    database.execute("CREATE TABLE keyless (id integer)");
    let doctor = |args: &[&str]| {
        Binary::on(&database).run([&["doctor", "--only", "primary-keys,clock"], args].concat())
    };
    doctor(&[]).expect_code(0);
    doctor(&["--strict"]).expect_code(3);
    doctor(&["--strict", "--skip", "primary-keys"]).expect_code(0);
}

#[test]
fn a_name_that_is_none_suggests_one() {
    let database = Database::migrated();
    for flag in ["--only", "--skip"] {
        let ran = Binary::on(&database).run(["doctor", flag, "invalid-index"]).expect_code(2);
        assert!(ran.stderr.contains("did you mean invalid-indexes?"), "{ran}");
        assert!(ran.stdout.is_empty(), "{ran}");
    }
    let ran = Binary::on(&database).run(["doctor", "--only", "xyzzy"]).expect_code(2);
    assert!(ran.stderr.contains("there are connection, encryption"), "{ran}");
}

#[test]
fn indexes() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO contacts (name) VALUES ('Ana'), ('Ana'); \
         CREATE INDEX notes_again ON notes (user_id); \
         CREATE TABLE follow_ups (id uuid PRIMARY KEY, contact_id uuid REFERENCES contacts (id))",
    );
    let failed = database
        .connect()
        .batch_execute("CREATE UNIQUE INDEX CONCURRENTLY contacts_twice ON contacts (name)");
    assert!(failed.is_err(), "the name stands there twice");
    check(&database, "invalid-indexes").is(
        "warn",
        "1 invalid index: contacts_twice",
        "REINDEX INDEX CONCURRENTLY contacts_twice",
    );
    check(&database, "duplicate-indexes").is(
        "warn",
        "1 duplicate: notes_again (as notes_user_id_idx)",
        "",
    );
    check(&database, "missing-indexes").is(
        "warn",
        "follow_ups(contact_id)",
        "CREATE INDEX CONCURRENTLY ON follow_ups (contact_id)",
    );
    database.execute(
        "CREATE TABLE large (id integer PRIMARY KEY, word text); \
         INSERT INTO large SELECT n, repeat('x', 100) || n FROM generate_series(1, 100000) n; \
         CREATE INDEX large_word ON large (word)",
    );
    check(&database, "unused-indexes").is("ok", "too early to tell of 1", "");
}

#[test]
fn tables_sequences_and_enums() {
    let database = Database::migrated();
    database.execute(
        "CREATE TABLE keyless (id serial, word text); \
         INSERT INTO keyless (id) VALUES (7); \
         ALTER TABLE keyless SET (autovacuum_enabled = false); \
         INSERT INTO keyless (id, word) SELECT 1, 'x' FROM generate_series(1, 20000); \
         DELETE FROM keyless WHERE word = 'x'; \
         ALTER TYPE note_type ADD VALUE 'SECRET'",
    );
    check(&database, "primary-keys").is("warn", "keyless", "ALTER TABLE keyless ADD PRIMARY KEY");
    check(&database, "dead-rows").is("warn", "keyless (100%)", "VACUUM (ANALYZE) keyless");
    check(&database, "enums").is("ok", "note_type.SECRET", "");
    check(&database, "sequences").is("warn", "keyless_id_seq is behind keyless.id", "setval");
    database.execute("SELECT setval('keyless_id_seq', 2000000000)");
    check(&database, "sequences").is("warn", "93% used (keyless_id_seq)", "bigint");
    database.execute("ALTER TYPE note_type RENAME VALUE 'PRIVATE' TO 'HIDDEN'");
    check(&database, "enums").is("fail", "note_type.PRIVATE", "db drift --sql");
}

#[test]
fn partitions() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES \
                      ('a', 'b.c', 'd', '1999-12-31')",
    );
    check(&database, "default-partition").is("warn", "audit_logs_default (1 row)", "audit prune");
    check(&database, "retention").is("warn", "audit_logs", "inboxctl audit prune --dry-run");
    let month = |ahead: u32| {
        database.value(&format!(
            "'audit_logs_' || to_char(now() AT TIME ZONE 'UTC' + interval '{ahead} months', 'YYYY_MM')"
        ))
    };
    database.execute(&format!("DROP TABLE {}", month(2)));
    check(&database, "partitions").is("warn", &month(2), "inboxctl db migrate");
    database.execute(&format!("DROP TABLE {}", month(0)));
    check(&database, "partitions").is("fail", &month(0), "inboxctl db migrate");
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    check(&database, "partitions").is("ok", "audit_logs has them", "");
}

#[test]
fn sessions() {
    let database = Database::migrated();
    let lock = database.lock("forgetful", "LOCK TABLE notes");
    let idle = |limit: &str| {
        check_with(Binary::on(&database), "idle-transactions", &["--max-idle", limit])
    };
    let terminate = format!("SELECT pg_terminate_backend({})", lock.pid);
    eventually("a whole second passes", || idle("1s").status != "ok");
    let found = idle("1s");
    found.is("warn", "1 session: pid", &terminate);
    assert!(found.evidence.contains("forgetful"), "{}", found.evidence);
    assert!(!found.evidence.contains("LOCK TABLE"), "no statement: {}", found.evidence);
    idle("1h").is("ok", "none for longer than 1 h", "");
    let url = database.url();
    let waiting = thread::spawn(move || {
        use diesel::Connection;
        diesel::PgConnection::establish(&url).unwrap().batch_execute("SELECT count(*) FROM notes")
    });
    eventually("somebody waits", || database.somebody_waits());
    let blocked =
        || check_with(Binary::on(&database), "blocked-sessions", &["--max-blocked", "0s"]);
    blocked().is("fail", "1 session waits for pid", &terminate);
    let long =
        || check_with(Binary::on(&database), "long-transactions", &["--max-transaction", "1s"]);
    eventually("a second passes", || long().status != "ok");
    long().is("warn", "1 transaction: pid", "pg_terminate_backend");
    drop(lock);
    waiting.join().unwrap().unwrap();
    blocked().is("ok", "no session waits", "");
}

#[test]
fn connections_against_the_limit_of_the_database() {
    let database = Database::migrated();
    let _sessions: Vec<_> = (0..4).map(|_| database.connect()).collect();
    database.execute(&format!("ALTER DATABASE {} CONNECTION LIMIT 5", database.name));
    // Superusers are let in beyond it.
    check(&database, "connections").is("fail", "of the database's 5 in use", "pools");
}

#[test]
fn jobs() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO scheduled_jobs (type, scheduled_at, status, updated_at) VALUES \
         ('sync', now() - interval '3 hours', 'RUNNING', now() - interval '3 hours'), \
         ('sync', now() - interval '1 minute', 'RUNNING', now()), \
         ('send', now() - interval '2 hours', 'PENDING', now()), \
         ('send', now() + interval '2 hours', 'PENDING', now())",
    );
    check(&database, "stuck-jobs").is(
        "fail",
        "1 job RUNNING for up to 3 h",
        "jobs release --stuck --older-than ",
    );
    check(&database, "overdue-jobs").is("warn", "1 job PENDING, overdue by up to 2 h", "jobs list");
    let patient = ["--max-running", "4h"];
    check_with(Binary::on(&database), "stuck-jobs", &patient).is("ok", "none RUNNING", "");
}

#[test]
fn orphans_that_no_constraint_kept_out() {
    let database = Database::migrated();
    database.execute(
        "SET session_replication_role = replica; \
         INSERT INTO assignments (user_id, contact_id) VALUES (gen_random_uuid(), gen_random_uuid())",
    );
    check(&database, "orphans").is(
        "fail",
        "assignments.contact_id (1), assignments.user_id (1)",
        "",
    );
    // What the planner takes for large is left to a thorough run, and that is said.
    database.execute("ANALYZE assignments");
    database.execute("UPDATE pg_class SET reltuples = 1e6 WHERE relname = 'assignments'");
    check(&database, "orphans").is("ok", "2 not read: assignments.contact_id", "");
    check_with(Binary::on(&database), "orphans", &["--thorough"]).is("fail", "assignments", "");
}

#[test]
fn pending_and_edited_migrations() {
    let database = Database::empty();
    check(&database, "migrations").is("fail", "pending", "inboxctl db migrate");
    let database = Database::migrated();
    database.execute("UPDATE inboxctl_migrations SET sha256 = 'other' WHERE name = 'create_notes'");
    check(&database, "migrations").is("fail", "create_notes (edited)", "inboxctl db status");
}

#[test]
fn credentials() {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    check(&database, "credentials").is("ok", "no channel has any", "");
    let fields = r#"{"account_sid":"AC0123456789abcdef0123456789abcdef","auth_token":"0123456789abcdef0123456789abcdef"}"#;
    keyring
        .on(&database)
        .input(fields)
        .run(["integrations", "set-credentials", "SMS", "--provider", "twilio"])
        .expect_code(0);
    let with = |keyring: &TestKeyring| check_with(keyring.on(&database), "credentials", &[]);
    with(&keyring).is("ok", "1 channel's open", "");
    // The key that is needed, wherever the keyring is.
    with(&TestKeyring::none()).is("unknown", "there is no keyring", &keyring.primary());
    with(&TestKeyring::generated()).is("fail", "SMS", &keyring.primary());
    keyring.change_key();
    with(&keyring).is("warn", "old key: SMS", "inboxctl integrations rotate-keys");
    database.execute("UPDATE integrations SET status = 'ACTIVE', credentials = NULL");
    with(&keyring).is("fail", "without any: SMS", "set-credentials SMS");
}

#[test]
fn the_last_backup_of_this_database() {
    let database = Database::migrated();
    check(&database, "backup").is("unknown", "in the folder backups", "inboxctl db backup");
    let folder = Folder::new();
    let place = folder.path().to_str().unwrap();
    let now = folder.back_up(&database, "now.dump");
    let made = |name: &str, of: &str, hours: i64| {
        backups::copy(&now, name, |manifest| {
            manifest.taken_at -= SignedDuration::from_hours(hours);
            manifest.database = of.to_owned();
        });
    };
    made("old.dump", &database.name, 100);
    made("last.dump", &database.name, 30);
    made("gone.dump", &database.name, 1);
    made("other.dump", "another", 1);
    fs::write(folder.file("torn.dump.manifest.json"), "{").unwrap();
    fs::write(folder.file("torn.dump"), "").unwrap();
    for file in ["gone.dump", "now.dump", "now.dump.manifest.json"] {
        fs::remove_file(folder.file(file)).unwrap();
    }
    let with = |limit: &str| {
        let more = ["--backups", place, "--max-backup-age", limit];
        check_with(Binary::on(&database), "backup", &more)
    };
    with("26h").is("warn", "30 h ago: last.dump", "inboxctl db backup");
    with("2d").is("ok", "30 h", "");
    with("1h").is("fail", "30 h", "");
}

#[test]
fn a_check_that_cannot_run_is_unknown_and_stops_no_other() {
    let database = Database::migrated();
    let _lock = database.lock("migration", "LOCK TABLE scheduled_jobs");
    let ran = Binary::on(&database).run(["doctor", "--format", "json"]).expect_code(0);
    let document = ran.json();
    Found::of(&document, "stuck-jobs").is("unknown", "a lock was not granted in time", "");
    Found::of(&document, "invalid-indexes").is("ok", "", "");
    Found::of(&document, "credentials").is("ok", "", "");
    // A database with nothing in it: the tables are missing, the rest is told.
    let empty = Database::empty();
    let document = Binary::on(&empty).run(["doctor", "--format", "json"]).expect_code(3).json();
    Found::of(&document, "overdue-jobs").is("unknown", "a table is missing", "");
    Found::of(&document, "wraparound").is("ok", "", "");
}

#[test]
fn a_server_that_is_not_there_is_a_finding() {
    let binary = Binary::new().env("DATABASE_URL", "postgres://inbox:secret@127.0.0.1:1/inbox");
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("doctor.prom");
    let ran = binary
        .run(["doctor", "--format", "json", "--metrics-file", kept.to_str().unwrap()])
        .expect_code(3);
    let document = ran.json();
    Found::of(&document, "connection").is("fail", "can't connect", "");
    Found::of(&document, "backup").is("unknown", "no connection", "");
    assert!(!ran.to_string().contains("secret"), "{ran}");
    let metrics = fs::read_to_string(kept).unwrap();
    assert!(metrics.contains("check=\"connection\",status=\"fail\"} 1\n"), "{metrics}");
    assert!(metrics.ends_with("inboxctl_doctor_exit_code 3\n"), "{metrics}");
    Binary::new().run(["doctor"]).expect_code(2);
}

#[test]
fn metrics_are_there_whole_or_not_at_all() {
    let database = Database::migrated();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("doctor.prom");
    let doctor = |path: &std::path::Path| {
        Binary::on(&database).run([
            "doctor",
            "--quiet",
            "--only",
            "clock",
            "--metrics-file",
            path.to_str().unwrap(),
        ])
    };
    fs::write(&path, "old").unwrap();
    doctor(&path).expect_code(0);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("inboxctl_doctor_check{check=\"clock\",status=\"ok\"} 1\n"), "{text}");
    assert!(text.contains("# TYPE inboxctl_doctor_last_run_timestamp_seconds gauge\n"), "{text}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    let ran = doctor(&folder.path().join("absent/doctor.prom")).expect_code(1);
    assert!(ran.stderr.contains("can't write the metrics"), "{ran}");
}

#[test]
fn the_known_enum_values_are_those_of_the_migrations() {
    let database = Database::migrated();
    let kinds = database.value(
        "(SELECT string_agg(typname, ',' ORDER BY typname) FROM pg_type \
          WHERE typtype = 'e' AND typnamespace = 'public'::regnamespace)",
    );
    let known = inboxctl::domain::vocabulary::ENUM_VALUES.map(|(kind, _)| kind);
    assert_eq!(kinds, known.join(","));
}

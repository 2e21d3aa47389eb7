//! `db baseline`, and the gate of a pipeline.

use crate::support::{Binary, Database, migrations};

/// As another tool would have left it.
fn foreign() -> Database {
    let database = Database::migrated();
    database.execute("DROP TABLE __diesel_schema_migrations, inboxctl_migrations");
    database
}

#[test]
fn a_database_that_matches_is_taken_over() {
    let database = foreign();
    let dry = Binary::on(&database).run(["db", "baseline", "--dry-run"]).expect_code(0);
    assert!(dry.stdout.contains("Would record"), "{dry}");
    assert_eq!(database.value("to_regclass('inboxctl_migrations')"), "");
    let ran = Binary::on(&database).run(["db", "baseline", "--format", "json"]).expect_code(0);
    assert_eq!(ran.json()["recorded"].as_array().unwrap().len(), migrations());
    Binary::on(&database).run(["db", "status", "--check"]).expect_code(0);
    Binary::on(&database).run(["db", "check", "--ci"]).expect_code(0);
    let audited = "(SELECT count(*) FROM audit_logs WHERE action = 'migration.baseline')";
    assert_eq!(database.value(audited), "1");
    Binary::on(&database).run(["db", "baseline"]).expect_code(4);
}

#[test]
fn the_ledger_of_another_program_is_left_alone() {
    let database = foreign();
    database.execute(
        "CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY, \
             run_on timestamp NOT NULL DEFAULT now()); \
         INSERT INTO __diesel_schema_migrations VALUES ('20250101000000')",
    );
    let ran = Binary::on(&database).run(["db", "baseline"]).expect_code(4);
    assert!(ran.stderr.contains("another program keeps its versions"), "{ran}");
    assert_eq!(database.value("(SELECT count(*) FROM __diesel_schema_migrations)"), "1");
}

#[test]
fn one_that_differs_needs_a_word() {
    let database = foreign();
    database.execute("DROP INDEX contacts_phone_idx; ALTER TABLE contacts ADD nickname text");
    let ran = Binary::on(&database).run(["db", "baseline"]).expect_code(3);
    assert!(ran.stdout.contains("CREATE INDEX contacts_phone_idx"), "{ran}");
    assert!(!ran.stdout.contains("DROP"), "{ran}");
    assert!(ran.stdout.contains("column contacts.nickname"), "{ran}");
    assert!(ran.stderr.contains("--accept-drift"), "{ran}");
    assert_eq!(database.value("to_regclass('inboxctl_migrations')"), "");
    Binary::on(&database).run(["db", "baseline", "--accept-drift"]).expect_code(0);
    Binary::on(&database).run(["db", "status", "--check"]).expect_code(0);
}

#[test]
fn what_the_code_needs_must_be_there_whatever_is_accepted() {
    for lack in [
        "DROP TABLE presence",
        "ALTER TABLE contacts DROP COLUMN metadata CASCADE",
        "ALTER TABLE contacts RENAME COLUMN phone TO telephone",
        "ALTER TABLE scheduled_jobs ALTER COLUMN attempts TYPE bigint",
        "ALTER TYPE channel RENAME VALUE 'TWITTER' TO 'X'",
        "DROP FUNCTION uuid_v7() CASCADE",
    ] {
        let database = foreign();
        database.execute(lack);
        let ran = Binary::on(&database).run(["db", "baseline", "--accept-drift"]).expect_code(4);
        assert!(ran.stderr.contains("is missing, or of another type"), "{lack}: {ran}");
        assert_eq!(database.value("to_regclass('inboxctl_migrations')"), "", "{lack}");
    }
}

#[test]
fn an_empty_database_is_no_ones_to_take_over() {
    let ran = Binary::on(&Database::empty()).run(["db", "baseline"]).expect_code(4);
    assert!(ran.stderr.contains("db migrate"), "{ran}");
}

#[test]
fn the_gate_tells_pending_from_drift() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "rollback", "--yes"]).expect_code(0);
    let gate = || {
        Binary::on(&database).run(["db", "check", "--ci", "--format", "json"]).expect_code(3).json()
    };
    let json = gate();
    assert_eq!(json["pending"].as_array().unwrap().len(), 1, "{json}");
    assert_eq!(json["drift"].as_array().unwrap().len(), 0, "{json}");
    database.execute("CREATE TABLE archive (id int); DROP INDEX contacts_phone_idx");
    let json = gate();
    assert_eq!(json["drift"][0]["object"], "contacts.contacts_phone_idx", "{json}");
    assert_eq!(json["not_ours"][0]["object"], "archive", "{json}");
    assert_eq!(json["history"].as_array().unwrap().len(), 0, "{json}");
}

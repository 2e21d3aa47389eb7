//! `db lint` on files, folders, and what is pending.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::assert_ran;
use crate::support::{Binary, Database, binary, migrations};

fn file(sql: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("change.sql");
    fs::write(&path, sql).unwrap();
    (folder, path)
}

fn migration(root: &Path, name: &str, up: &str, metadata: Option<&str>) -> PathBuf {
    let folder = root.join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("up.sql"), up).unwrap();
    fs::write(folder.join("down.sql"), "SELECT 1;").unwrap();
    if let Some(metadata) = metadata {
        fs::write(folder.join("metadata.toml"), metadata).unwrap();
    }
    folder
}

fn lint(binary: Binary, path: &Path, code: i32) -> Value {
    let args = ["db", "lint", path.to_str().unwrap(), "--format", "json"];
    binary.run(args).expect_code(code).json()
}

/// Rule and severity of each finding in `sql`.
fn found(sql: &str) -> Vec<(String, String)> {
    let (_folder, path) = file(sql);
    let args = ["db", "lint", path.to_str().unwrap(), "--format", "json"];
    let json = Binary::new().run(args).json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let findings = json["findings"].as_array().unwrap();
    findings.iter().map(|one| (text(&one["rule"]), text(&one["severity"]))).collect()
}

#[test]
fn each_kind_is_found() {
    for (sql, rule, severity) in [
        ("ALTER TABLE t ALTER COLUMN a TYPE bigint", "changing-column-type", "error"),
        ("CREATE INDEX i ON t (a)", "require-concurrent-index-creation", "error"),
        ("DROP INDEX i", "require-concurrent-index-deletion", "error"),
        ("REINDEX TABLE t", "require-concurrent-reindex", "error"),
        ("CREATE INDEX CONCURRENTLY i ON t (a)", "not-in-transaction", "error"),
        ("DROP INDEX CONCURRENTLY i", "not-in-transaction", "error"),
        ("REINDEX (CONCURRENTLY) INDEX i", "not-in-transaction", "error"),
        ("VACUUM t", "not-in-transaction", "error"),
        ("ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "not-in-transaction", "error"),
        ("ALTER TABLE t DETACH PARTITION p", "require-concurrent-partition-detach", "error"),
        ("ALTER TABLE t ADD COLUMN a text NOT NULL", "adding-required-field", "error"),
        ("ALTER TABLE t ALTER COLUMN a SET NOT NULL", "adding-not-nullable-field", "error"),
        ("ALTER TABLE t ADD COLUMN a uuid DEFAULT uuid_v7()", "adding-field-with-default", "error"),
        (
            "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u",
            "adding-foreign-key-constraint",
            "error",
        ),
        ("ALTER TABLE t ADD CHECK (a > 0)", "constraint-missing-not-valid", "error"),
        ("ALTER TABLE t ADD COLUMN a int CHECK (a > 0)", "constraint-missing-not-valid", "error"),
        ("ALTER TABLE t ADD UNIQUE (a)", "disallowed-unique-constraint", "error"),
        ("ALTER TABLE t ADD PRIMARY KEY (a)", "adding-serial-primary-key-field", "error"),
        ("ALTER TABLE t RENAME COLUMN a TO b", "renaming-column", "error"),
        ("ALTER TABLE t RENAME TO u", "renaming-table", "error"),
        ("ALTER TABLE t DROP COLUMN a", "ban-drop-column", "warn"),
        ("DROP TABLE t", "ban-drop-table", "warn"),
        ("ALTER TABLE t SET UNLOGGED", "rewriting-table", "error"),
        ("CLUSTER t USING i", "rewriting-table", "error"),
        ("REFRESH MATERIALIZED VIEW v", "refreshing-view", "error"),
        ("LOCK TABLE t", "locking-table", "error"),
        ("UPDATE t SET a = 1", "changing-every-row", "error"),
        ("TRUNCATE t", "truncating-table", "warn"),
        ("TRUNCATE t CASCADE", "ban-truncate-cascade", "error"),
        ("COMMIT", "transaction-nesting", "error"),
        (
            "ALTER TYPE channel ADD VALUE 'FAX'; SELECT 'FAX'::channel",
            "enum-value-used-in-transaction",
            "error",
        ),
        ("ALTER TABLE t ADD COLUM", "syntax-error", "error"),
    ] {
        assert_eq!(found(sql), [(rule.to_owned(), severity.to_owned())], "{sql}");
    }
}

#[test]
fn the_safe_ways_are_clean() {
    for sql in [
        "",
        "-- nothing yet",
        "ALTER TABLE t ADD COLUMN a text; ALTER TABLE t ADD COLUMN b int NOT NULL DEFAULT 0;",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;",
        "ALTER TABLE t VALIDATE CONSTRAINT c; ALTER TABLE t ALTER COLUMN a SET NOT NULL;",
        "ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i;",
        "ALTER TYPE channel ADD VALUE 'FAX';",
        "CREATE TABLE t (id uuid PRIMARY KEY); CREATE INDEX i ON t (id);",
        "-- squawk-ignore ban-drop-column -- nobody has read it since May\n\
         ALTER TABLE t DROP COLUMN a;",
        "-- squawk-disable-assume-in-transaction\nCREATE INDEX CONCURRENTLY i ON t (a);",
    ] {
        assert_eq!(found(sql), [], "{sql}");
    }
}

#[test]
fn reads_well() {
    let database = Database::migrated();
    database.execute(
        "ALTER TABLE messages DISABLE TRIGGER ALL; \
         INSERT INTO messages (contact_id, channel, direction, content, status) \
             SELECT uuid_v7(), 'SMS', 'INBOUND', repeat('x', 500), 'RECEIVED' \
             FROM generate_series(1, 20000); \
         ALTER TABLE messages ENABLE TRIGGER ALL; \
         ANALYZE messages",
    );
    let (_folder, path) = file(
        "CREATE INDEX messages_content_idx ON messages (content);\n\n\
         ALTER TABLE notes\n    ALTER COLUMN content TYPE varchar(100),\n    DROP COLUMN type;\n\
         DROP INDEX messages_status_idx;\n",
    );
    let mut ran = Binary::on(&database).run(["db", "lint", path.to_str().unwrap()]);
    assert!(ran.stdout.lines().all(|line| line.chars().count() <= 80), "{ran}");
    // How many pages it takes differs from server to server.
    let is_number = |letter: char| letter.is_ascii_digit() || letter == '.';
    let without_size = |line: &str| match line.split_once(" MiB, ") {
        Some((before, rows)) => format!("{}[size], {rows}\n", before.trim_end_matches(is_number)),
        None => format!("{line}\n"),
    };
    ran.stdout = ran.stdout.lines().map(without_size).collect();
    assert_ran!(ran);

    let json = lint(Binary::on(&database), &path, 3);
    assert_eq!((&json["errors"], &json["warnings"]), (&2.into(), &2.into()));
    assert_eq!(json["sizes_known"], true);
    let first = &json["findings"][0];
    assert_eq!((&first["migration"], &first["line"]), (&"change.sql".into(), &1.into()));
    assert_eq!((&first["table"], &first["lock"]), (&"messages".into(), &"SHARE".into()));
    assert!(first["size_bytes"].as_u64().unwrap() > 8 << 20, "{first}");
    assert_eq!(first["estimated_rows"], 20_000);
    // It is the index's table that waits.
    let last = &json["findings"][3];
    assert_eq!((&last["table"], &last["severity"]), (&"messages".into(), &"error".into()));
    let small = &json["findings"][1];
    assert_eq!((&small["severity"], &small["is_small"]), (&"warn".into(), &true.into()));
}

#[test]
fn warnings_alone_are_no_trouble() {
    let database = Database::migrated();
    let (_folder, path) = file("CREATE INDEX i ON notes (content);");
    let json = lint(Binary::on(&database), &path, 0);
    assert_eq!((&json["errors"], &json["warnings"]), (&0.into(), &1.into()));
}

#[test]
fn folders_run_in_order_and_say_whether_in_a_transaction() {
    let root = tempfile::tempdir().unwrap();
    let alone = Some("run_in_transaction = false\n");
    let index = "CREATE INDEX CONCURRENTLY faxes_number_idx ON faxes (number);";
    let create = "CREATE TABLE faxes (number text);";
    migration(root.path(), "2026-06-01-090000_create_faxes", create, None);
    let last = migration(root.path(), "2026-06-02-090000_index_faxes", index, alone);
    let json = lint(Binary::new(), root.path(), 0);
    assert_eq!((&json["migrations"], &json["sizes_known"]), (&2.into(), &false.into()));

    let rules = |json: &Value| -> Vec<String> {
        let findings = json["findings"].as_array().unwrap();
        findings.iter().map(|one| one["rule"].as_str().unwrap().to_owned()).collect()
    };
    let several = format!("{index} CREATE INDEX faxes_idx ON faxes (number);");
    migration(root.path(), "2026-06-02-090000_index_faxes", &several, alone);
    let one_statement = "one-statement-without-transaction";
    assert_eq!(rules(&lint(Binary::new(), root.path(), 3)), [one_statement]);
    // By itself nobody knows that the table is new.
    let json = lint(Binary::new(), &last, 3);
    assert_eq!(rules(&json), ["require-concurrent-index-creation", one_statement]);
    assert_eq!(json["findings"][0]["migration"], "2026-06-02-090000_index_faxes");
    assert_eq!(lint(Binary::new(), &last.join("up.sql"), 3), json);
    // From within, too.
    let inside = ["-c", "cd \"$0\" && exec \"$1\" db lint up.sql"];
    let ran = std::process::Command::new("sh").args(inside).arg(&last).arg(binary()).output();
    assert!(String::from_utf8_lossy(&ran.unwrap().stdout).contains("06-02-090000_index_faxes:1"));
    // Without the file it runs in a transaction.
    fs::remove_file(last.join("metadata.toml")).unwrap();
    let json = lint(Binary::new(), &last, 3);
    assert_eq!(rules(&json), ["not-in-transaction", "require-concurrent-index-creation"]);
}

#[test]
fn what_is_in_the_repository_is_safe() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let json = lint(Binary::new(), Path::new(folder), 0);
    assert_eq!(json["migrations"], migrations());
    assert_eq!(json["findings"], Value::Array(Vec::new()));
}

#[test]
fn what_is_pending_is_linted_without_a_path() {
    let empty = Database::empty();
    let ran = Binary::on(&empty).run(["db", "lint", "--format", "json"]).expect_code(0);
    assert_eq!(ran.json()["migrations"], migrations());
    assert_ran!("db_lint_nothing_pending", Binary::on(&Database::migrated()).run(["db", "lint"]));

    // A migration that was left out, on a table that is large by now.
    let database = Database::migrated();
    database.execute(
        "DELETE FROM __diesel_schema_migrations WHERE version = '20261128090300'; \
         DELETE FROM inboxctl_migrations WHERE version = '20261128090300'; \
         DROP INDEX contacts_name_keys_idx, contacts_name_sound_idx; \
         INSERT INTO contacts (metadata) \
             SELECT jsonb_build_object('text', repeat('x', 500)) FROM generate_series(1, 20000)",
    );
    let ran = Binary::on(&database).run(["db", "lint", "--format", "json"]).expect_code(3);
    let finding = &ran.json()["findings"][0];
    assert_eq!(finding["migration"], "20261128090300_index_contact_names");
    assert_eq!(finding["rule"], "require-concurrent-index-creation");
    assert!(finding["remedy"].as_str().unwrap().contains("CONCURRENTLY"), "{finding}");
    assert!(finding["size_bytes"].as_u64().unwrap() > 8 << 20, "{finding}");

    let gate = Binary::on(&database).run(["db", "check", "--ci", "--format", "json"]);
    let json = gate.expect_code(3).json();
    assert_eq!(json["pending"][0], "20261128090300 out of order");
    assert_eq!(json["lint"][0], *finding);
    let gate = Binary::on(&database).run(["db", "check", "--ci"]).expect_code(3);
    assert!(gate.stdout.contains("2 findings: see `inboxctl db lint`"), "{gate}");
}

#[test]
fn the_gate_has_a_part_for_it() {
    let database = Database::migrated();
    assert_ran!("db_check_ci", Binary::on(&database).run(["db", "check", "--ci"]));
    let gate = Binary::on(&database).run(["db", "check", "--ci", "--format", "json"]);
    let json = gate.expect_code(0).json();
    let parts: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(parts, ["pending", "history", "lint", "drift", "not_ours"]);
    // On a new database all is pending, and nothing of it hurts anybody.
    let gate = Binary::on(&Database::empty()).run(["db", "check", "--ci", "--format", "json"]);
    assert_eq!(gate.json()["lint"], Value::Array(Vec::new()));
}

#[test]
fn a_database_that_is_not_there_is_no_reason_not_to_lint() {
    let (_folder, path) = file("LOCK TABLE t;");
    let path = path.to_str().unwrap();
    let nowhere = || Binary::new().env("DATABASE_URL", "postgres://127.0.0.1:1/inbox");
    for binary in [Binary::new(), nowhere()] {
        let ran = binary.run(["db", "lint", path]).expect_code(3);
        assert!(ran.stderr.starts_with("warning: linted without the sizes of tables"), "{ran}");
    }
    // A URL that nobody can read is a mistake; without a path there is nothing to lint.
    Binary::new().env("DATABASE_URL", "postgres://[").run(["db", "lint", path]).expect_code(2);
    Binary::new().run(["db", "lint"]).expect_code(2);
    nowhere().run(["db", "lint"]).expect_code(1);
}

#[test]
fn what_cannot_be_read_is_said() {
    let root = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = root.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let empty = root.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let odd = migration(root.path(), "odd", "SELECT 1;", Some("run_in_transaction = no"));
    for (path, word) in [
        (root.path().join("nothing.sql"), "can't be read"),
        (write("program.sql", b"\x7fELF\x02\xff\xfe"), "UTF-8"),
        (write("zero.sql", b"SELECT 1;\0"), "zero byte"),
        (write("notes.txt", b"SELECT 1;"), "no .sql file"),
        (write("huge.sql", &vec![b' '; (4 << 20) + 1]), "4 MiB"),
        (empty, "no migration"),
        (odd, "not understood"),
        (PathBuf::from("/dev/null"), "neither"),
    ] {
        let ran = Binary::new().run(["db", "lint", path.to_str().unwrap()]).expect_code(2);
        assert!(ran.stderr.contains(word), "{ran}");
        assert_eq!(ran.stdout, "");
    }
}

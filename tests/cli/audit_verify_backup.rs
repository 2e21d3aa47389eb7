//! `audit verify --backup`: which entries are others than when a backup was made.

use secrecy::ExposeSecret;
use serde_json::Value;

use crate::audit_close::{close, verify, with_days};
use crate::support::backups::Folder;
use crate::support::{Binary, Database};

const DAY: &str = "(now() - interval '12 days')::date";

/// The entries of that day in the order of their ids.
fn of_day(database: &Database) -> Vec<String> {
    let ids = format!(
        "(SELECT string_agg(id::text, ' ' ORDER BY id) FROM audit_logs WHERE created_at::date = {DAY})"
    );
    database.value(&ids).split(' ').map(str::to_owned).collect()
}

/// What is told of that day's entries.
fn told(database: &Database, found: &Value) -> Vec<String> {
    let day = database.value(DAY);
    let findings = found["findings"].as_array().unwrap().iter().filter(|one| one["day"] == day);
    let entries = findings.filter_map(|one| one["entries"].as_array()).flatten();
    let mut told: Vec<String> = entries.map(|entry| entry.as_str().unwrap().to_owned()).collect();
    told.sort();
    told
}

/// Each gets the other's name.
fn take_the_place(one: &Database, other: &Database) {
    let beside = Database::empty();
    let rename = |from: &str, to: &str| {
        beside.execute(&format!("ALTER DATABASE {from} RENAME TO {to}"));
    };
    let aside = format!("{}_aside", one.name);
    rename(&other.name, &aside);
    rename(&one.name, &other.name);
    rename(&aside, &one.name);
}

#[test]
fn entries_that_differ_from_a_backup_are_named() {
    let database = with_days();
    // Dumped in another zone, with what COPY escapes.
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, resource_id, created_at) \
         VALUES (E'a\\tb\\\\c\\r\\n\\x08\\x0b\\x0c', 'odd', '', '\\N', now() - interval '12 days'); \
         DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = ''Asia/Kolkata''', current_database()); END $$",
    );
    let folder = Folder::new();
    let key = age::x25519::Identity::generate();
    let identity = folder.file("key.txt");
    std::fs::write(&identity, key.to_string().expose_secret()).unwrap();
    let plain = folder.back_up(&database, "inbox.dump");
    let sealed = folder.file("sealed.dump.age");
    let recipient = key.to_public().to_string();
    Binary::on(&database)
        .run(["db", "backup", "--out", &sealed, "--encrypt-to", &recipient])
        .expect_code(0);
    let ids = of_day(&database);
    let with = |database: &Database, code: i32| {
        let one = verify(database, &["--backup", &plain]).expect_code(code).json();
        let other = verify(database, &["--backup", &sealed, "--identity", &identity]);
        assert_eq!(one["findings"].as_array().unwrap().len(), {
            let other = other.expect_code(code).json();
            assert_eq!(told(database, &other), told(database, &one));
            other["findings"].as_array().unwrap().len()
        });
        one
    };
    assert_eq!(with(&database, 0)["heads"], 1);
    verify(&database, &["--backup", &sealed]).expect_code(2);
    let prune =
        ["audit", "prune", "--older-than", "10d", "--action", "odd", "--yes", "--max-rows", "9"];
    let rewrite = "DO $$ DECLARE one record; BEGIN \
        CREATE TEMP TABLE old AS SELECT * FROM audit_days; TRUNCATE audit_days; \
        FOR one IN SELECT * FROM old ORDER BY number LOOP \
            PERFORM audit_day_link(one.day, one.kind, s.entries, s.digest, s.entries, one.details, one.actor, one.snapshot) \
            FROM audit_day_state(one.day, NULL, NULL) s; \
        END LOOP; END $$";
    let change = format!("UPDATE audit_logs SET actor = 'y' WHERE id = '{}'", ids[1]);
    let changed = format!("{} changed", ids[1]);
    for (attack, sql, expected) in [
        ("change", change.clone(), vec![changed.clone()]),
        (
            "empty the day",
            format!("DELETE FROM audit_logs WHERE created_at::date = {DAY}"),
            ids.iter().map(|id| format!("{id} removed")).collect(),
        ),
        (
            "move to another month",
            format!(
                "UPDATE audit_logs SET created_at = created_at - interval '1 month' WHERE id = '{}'",
                ids[0]
            ),
            vec![format!("{} removed", ids[0])],
        ),
        // What the chain itself can't tell: written anew, and a prune that deleted nothing.
        ("write all anew", format!("{change}; {rewrite}"), vec![changed.clone()]),
        (
            "change under the name of a prune",
            format!(
                "SELECT begin_audit_change(ARRAY[{DAY}::timestamptz], '{{\"change\": \"prune\"}}', 'x'); \
                 {change}; SELECT end_audit_prune('x')"
            ),
            vec![changed.clone()],
        ),
    ] {
        // The copy stays what it was, and takes the place again.
        let kept = database.copy();
        database.execute(&sql);
        let found = with(&database, 3);
        let mut expected: Vec<String> = expected;
        expected.sort();
        assert_eq!(told(&database, &found), expected, "{attack}: {found}");
        take_the_place(&kept, &database);
    }
    // What is lawful is none: a prune of the day, what came late and was flagged.
    Binary::on(&database).run(prune).expect_code(0);
    with(&database, 0);
    database.execute(&format!(
        "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('x', 'late', 'x', {DAY})"
    ));
    close(&database).expect_code(3);
    assert_eq!(told(&database, &with(&database, 3)), Vec::<String>::new());
    // A change in what was left after it isn't.
    database.execute(&change);
    assert_eq!(told(&database, &with(&database, 3)), vec![changed; 2]);
}

#[test]
fn a_manifest_is_no_backup() {
    let (database, folder) = (with_days(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    let manifest = format!("{file}.manifest.json");
    let refused = verify(&database, &["--backup", &manifest]).expect_code(2);
    assert!(refused.stderr.contains("is the manifest of a backup"), "{refused}");
    assert!(refused.stderr.contains(&format!("name the backup itself: {file}\"")), "{refused}");
}

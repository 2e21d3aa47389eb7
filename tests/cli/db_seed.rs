//! `db seed`: idempotent, deterministic, and careful with other people's rows.

use crate::assert_ran;
use crate::support::{Binary, Database, eventually};

fn seed(database: &Database, flags: &[&str]) -> crate::support::Ran {
    Binary::on(database).run([&["db", "seed"], flags].concat())
}

#[test]
fn twice_changes_nothing() {
    let database = Database::migrated();
    assert_ran!("seed_base_first", seed(&database, &[]));
    let before = database.contents();
    assert_ran!("seed_base_again", seed(&database, &[]));
    assert_eq!(database.contents(), before);
}

#[test]
fn base_has_something_of_everything() {
    let database = Database::migrated();
    seed(&database, &[]).expect_code(0);
    let values = |query: &str| {
        database.value(&format!("(SELECT string_agg(x, ',' ORDER BY x) FROM ({query}) AS r (x))"))
    };
    assert_eq!(values("SELECT role::text FROM users"), "ADMIN,EDITOR,VIEWER");
    assert_eq!(values("SELECT DISTINCT channel::text FROM messages").split(',').count(), 7);
    assert_eq!(
        values("SELECT channel::text FROM integrations WHERE credentials IS NULL")
            .split(',')
            .count(),
        7
    );
    assert_eq!(
        values("SELECT status::text FROM scheduled_jobs"),
        "CANCELLED,COMPLETED,FAILED,PENDING,RUNNING"
    );
    for table in ["templates", "notes", "assignments", "presence", "audit_logs"] {
        assert_ne!(database.value(&format!("(SELECT count(*) FROM {table})")), "0", "{table}");
    }
}

#[test]
fn a_contact_that_was_merged_into_another_stays_away() {
    let database = Database::migrated();
    seed(&database, &[]).expect_code(0);
    // The one that others point to goes, as does its twin.
    let (first, other) =
        ("01900000-0000-7000-8000-000000000101", "01900000-0000-7000-8000-000000000102");
    let run = |args: &[&str]| Binary::on(&database).run(args).expect_code(0);
    run(&["contacts", "dedupe", "--yes", "--max-wrong", "1"]);
    run(&["contacts", "merge", other, first, "--yes"]);
    database.execute("DELETE FROM notes; DELETE FROM assignments; DELETE FROM presence");
    seed(&database, &[]).expect_code(0);
    assert_eq!(
        database.value("(SELECT count(*) FROM contacts WHERE name LIKE 'Amara%')"),
        "0",
        "it is back"
    );
    run(&["contacts", "dedupe", "--yes", "--threshold", "0.5"]);
}

#[test]
fn what_people_changed_is_not_overwritten() {
    let database = Database::migrated();
    seed(&database, &[]).expect_code(0);
    database.execute(
        "UPDATE users SET email = 'boss@example.org' WHERE role = 'ADMIN';
         UPDATE contacts SET name = 'Changed' WHERE email = 'sofia.rossi@mail.example';
         DELETE FROM notes;
         DELETE FROM assignments;",
    );
    seed(&database, &[]).expect_code(0);
    assert_eq!(
        database.value("(SELECT email FROM users WHERE role = 'ADMIN')"),
        "boss@example.org"
    );
    assert_eq!(database.value("(SELECT count(*) FROM users)"), "3");
    assert_eq!(
        database.value("(SELECT name FROM contacts WHERE email = 'sofia.rossi@mail.example')"),
        "Changed"
    );
    assert_eq!(database.value("(SELECT count(*) FROM notes)"), "3", "what is missing comes back");
}

#[test]
fn a_user_with_the_same_email_takes_the_part() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO users (email, name, role) VALUES ('Editor@Inbox.example', 'E', 'VIEWER')",
    );
    seed(&database, &[]).expect_code(0);
    assert_eq!(database.value("(SELECT count(*) FROM users)"), "3");
    assert_eq!(
        database.value("(SELECT count(*) FROM assignments a JOIN users u ON u.id = a.user_id WHERE u.name = 'E')"),
        "1"
    );
}

#[test]
fn the_same_number_gives_the_same_rows() {
    let load = |number: &str| {
        let database = Database::migrated();
        seed(&database, &["--profile", "small", "--seed", number, "--as-of", "2026-06-30"])
            .expect_code(0);
        let of_sample = |table: &str| {
            database.value(&format!(
                "(SELECT md5(string_agg(t::text, '|' ORDER BY t.id)) FROM {table} t WHERE id::text > '01900000-0000-7000-8000-ffffffffffff')"
            ))
        };
        assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "1007");
        ["contacts", "messages", "notes", "assignments", "scheduled_jobs"].map(of_sample)
    };
    let first = load("7");
    assert_eq!(first, load("7"));
    assert_ne!(first, load("8"));
}

#[test]
fn a_sized_profile_is_added_once() {
    let database = Database::migrated();
    seed(&database, &["--profile", "small"]).expect_code(0);
    let again = seed(&database, &["--profile", "small"]).expect_code(0);
    assert!(again.stderr.contains("is there already"), "{again}");
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "1007");
    // Another sample is no other people's row.
    seed(&database, &["--profile", "small", "--seed", "2"]).expect_code(0);
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "2007");
}

#[test]
fn other_peoples_rows_are_left_alone() {
    let database = Database::migrated();
    database.execute("INSERT INTO contacts (name) VALUES ('Somebody')");
    assert_ran!(seed(&database, &["--profile", "small"]));
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "1");
    seed(&database, &["--profile", "small", "--allow-existing"]).expect_code(0);
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "1008");
}

#[test]
fn interrupted_it_leaves_nothing() {
    let database = Database::migrated();
    seed(&database, &[]).expect_code(0);
    let lock = database.lock("application", "LOCK TABLE messages");
    let run = Binary::on(&database).start(["db", "seed", "--profile", "medium"]);
    eventually("it waits for the table", || database.somebody_waits());
    run.signal("INT");
    drop(lock);
    let ran = run.wait().expect_code(130);
    assert!(ran.stderr.contains("nothing was changed"), "{ran}");
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "7");
}

#[test]
fn two_at_once_add_it_once() {
    let database = Database::migrated();
    let runs = [0, 1].map(|_| Binary::on(&database).start(["db", "seed", "--profile", "small"]));
    let codes: Vec<i32> = runs.into_iter().map(|run| run.wait().code).collect();
    assert!(codes.contains(&0), "{codes:?}");
    assert!(codes.iter().all(|code| [0, 75].contains(code)), "{codes:?}");
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "1007");
}

#[test]
fn an_empty_database_must_be_migrated_first() {
    let database = Database::empty();
    assert_ran!(seed(&database, &[]));
}

#[test]
fn the_audit_log_says_who_seeded() {
    let database = Database::migrated();
    seed(&database, &[]).expect_code(0);
    assert_eq!(
        database.value("(SELECT actor FROM audit_logs WHERE action = 'database.seed')"),
        "os:operator"
    );
}

//! `db verify` on rows that no constraint kept out.

use crate::support::{Binary, Database};

fn problems(database: &Database, code: i32) -> Vec<(String, String, Option<u64>)> {
    let ran = Binary::on(database).run(["db", "verify", "--format", "json"]).expect_code(code);
    let list = ran.json()["problems"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    list.iter()
        .map(|one| (text(&one["check"]), text(&one["object"]), one["rows"].as_u64()))
        .collect()
}

#[test]
fn sample_rows_are_sound() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database.execute("CREATE EXTENSION IF NOT EXISTS amcheck");
    assert_eq!(problems(&database, 0), []);
    let ran = Binary::on(&database).run(["db", "verify"]).expect_code(0);
    assert!(ran.stdout.contains("no problem"), "{ran}");
}

#[test]
fn rows_that_came_in_with_triggers_off_are_found() {
    let database = Database::migrated();
    database.execute(
        "SET session_replication_role = replica; \
         INSERT INTO notes (contact_id, user_id, content) \
             SELECT uuid_v7(), uuid_v7(), 'lost' FROM generate_series(1, 3)",
    );
    let bad = |key: &str| (String::from("orphans"), format!("notes.{key}"), Some(3));
    assert_eq!(problems(&database, 3), [bad("notes_contact_id_fkey"), bad("notes_user_id_fkey")]);
}

#[test]
fn rows_against_open_constraints_are_found() {
    let database = Database::migrated();
    database.execute(
        "ALTER TABLE scheduled_jobs DROP CONSTRAINT scheduled_jobs_attempts_not_negative; \
         INSERT INTO scheduled_jobs (type, scheduled_at, attempts) VALUES ('send', now(), -1); \
         ALTER TABLE scheduled_jobs ADD CONSTRAINT scheduled_jobs_attempts_not_negative \
             CHECK (attempts >= 0) NOT VALID; \
         ALTER TABLE notes ADD CONSTRAINT no_templates CHECK (content <> '{equal} {bounds}'); \
         ALTER TABLE notes DISABLE TRIGGER notes_set_updated_at",
    );
    let object = String::from("scheduled_jobs.scheduled_jobs_attempts_not_negative");
    assert_eq!(
        problems(&database, 3),
        [
            (String::from("trigger disabled"), String::from("notes.notes_set_updated_at"), None),
            (String::from("constraint not validated"), object.clone(), None),
            (String::from("rows against a check"), object, Some(1)),
        ]
    );
}

#[test]
fn credentials_without_a_keyring_are_not_called_sound() {
    let database = Database::migrated();
    database.execute("INSERT INTO integrations (channel, credentials) VALUES ('SMS', 'rubbish')");
    let ran = Binary::on(&database)
        .env("INBOXCTL_KEYRING_FILE", "/nowhere/keyring.json")
        .run(["db", "verify"])
        .expect_code(0);
    assert!(ran.stdout.contains("Not checked: credentials"), "{ran}");
}

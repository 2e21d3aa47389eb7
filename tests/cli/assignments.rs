//! `assignments list`, `set`, `clear`, and `presence list`.

use crate::assert_ran;
use crate::support::{Binary, Database, Ran};

const AMARA: &str = "01900000-0000-7000-8000-000000000101";
const JOSE: &str = "01900000-0000-7000-8000-000000000102";
const EDITOR: &str = "editor@inbox.example";
const ADMIN: &str = "admin@inbox.example";

fn seeded() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database
}

fn assignments(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["assignments"], args].concat())
}

fn user_of(database: &Database, contact: &str) -> String {
    database.value(&format!(
        "(SELECT email FROM assignments a JOIN users u ON u.id = a.user_id \
          WHERE a.contact_id = '{contact}')"
    ))
}

fn last_entry(database: &Database) -> String {
    database.value(
        "(SELECT concat_ws(' ', action, (details->>'before') IS NOT NULL, resource_id) \
          FROM audit_logs WHERE action LIKE 'assignment.%' AND actor = 'os:operator' \
          ORDER BY created_at DESC LIMIT 1)",
    )
}

#[test]
fn a_list_by_user() {
    let database = seeded();
    assert_ran!("list", assignments(&database, &["list"]).expect_code(0));
    let list = assignments(&database, &["list", "--user", EDITOR, "--format", "json"]).json();
    assert_eq!(list["assignments"].as_array().unwrap().len(), 1);
    assert_eq!(list["assignments"][0]["contact_id"], AMARA);
    assignments(&database, &["list", "--user", "nobody@inbox.example"]).expect_code(2);
}

#[test]
fn what_is_nobodys_is_assigned_without_asking() {
    let database = seeded();
    let before = database.contents();
    assignments(&database, &["set", JOSE, EDITOR, "--dry-run"]).expect_code(0);
    assert_eq!(database.contents(), before);
    assert_ran!("set", assignments(&database, &["set", JOSE, EDITOR]).expect_code(0));
    assert_eq!(user_of(&database, JOSE), EDITOR);
    assert_eq!(last_entry(&database), format!("assignment.set f {JOSE}"));
    let again = assignments(&database, &["set", JOSE, EDITOR, "--format", "json"]).json();
    assert_eq!(again["state"], "unchanged");
}

#[test]
fn taking_a_contact_from_somebody_needs_consent() {
    let database = seeded();
    assert_ran!("set_refused", assignments(&database, &["set", AMARA, ADMIN]).expect_code(4));
    assignments(&database, &["clear", AMARA]).expect_code(4);
    assert_eq!(user_of(&database, AMARA), EDITOR);
    assignments(&database, &["set", AMARA, ADMIN, "--yes"]).expect_code(0);
    assert_eq!(user_of(&database, AMARA), ADMIN);
    assert_eq!(last_entry(&database), format!("assignment.set t {AMARA}"));
    assignments(&database, &["clear", AMARA, "--yes"]).expect_code(0);
    assert_eq!(user_of(&database, AMARA), "");
    assert_eq!(last_entry(&database), format!("assignment.clear t {AMARA}"));
}

#[test]
fn nobody_is_given_to_one_who_left() {
    let database = seeded();
    Binary::on(&database).run(["users", "deactivate", EDITOR, "--yes"]).expect_code(0);
    let ran = assignments(&database, &["set", JOSE, EDITOR]).expect_code(4);
    assert!(ran.stderr.contains("is deactivated"), "{ran}");
    let missing = "01900000-0000-7000-8000-000000000999";
    assignments(&database, &["set", missing, ADMIN]).expect_code(2);
}

#[test]
fn presence_tells_who_is_there() {
    let database = seeded();
    let presence =
        |args: &[&str]| Binary::on(&database).run([&["presence", "list"], args].concat());
    assert_ran!("presence", presence(&[]).expect_code(0));
    let list = presence(&["--status", "online", "--format", "json"]).json();
    assert_eq!(list["presence"][0]["user_email"], EDITOR);
    assert_eq!(list["presence"].as_array().unwrap().len(), 1);
}

/// Rows of the application that would go with the assignment, or lose it.
#[test]
fn an_assignment_that_is_referenced_stays() {
    for on_delete in ["CASCADE", "SET NULL", "NO ACTION"] {
        let database = seeded();
        database.execute(&format!(
            "CREATE SCHEMA app; \
             CREATE TABLE app.reasons (assignment_id uuid REFERENCES assignments (id) ON DELETE {on_delete}); \
             INSERT INTO app.reasons SELECT id FROM assignments"
        ));
        let reasons = "(SELECT string_agg(assignment_id::text, ',' ORDER BY 1) FROM app.reasons)";
        let before = (database.contents(), database.value(reasons));
        let planned = assignments(&database, &["clear", AMARA, "--dry-run"]).expect_code(0);
        assert!(planned.stdout.contains("1 row of app.reasons"), "{planned}");
        let refused = assignments(&database, &["clear", AMARA, "--yes"]).expect_code(4);
        assert!(refused.stderr.contains("1 row of app.reasons"), "{refused}");
        assert_eq!((database.contents(), database.value(reasons)), before, "{on_delete}");
        // Another user may have it: the row stays.
        assignments(&database, &["set", AMARA, ADMIN, "--yes"]).expect_code(0);
        assert_eq!(database.value(reasons), before.1);
    }
}

#[test]
fn what_a_trigger_swallows_is_no_success() {
    let database = seeded();
    database.execute(
        "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; \
         CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON assignments FOR EACH ROW EXECUTE FUNCTION keep()",
    );
    let before = database.contents();
    for args in [["clear", AMARA, "--yes"].as_slice(), &["set", AMARA, ADMIN, "--yes"]] {
        let ran = assignments(&database, args).expect_code(1);
        assert!(ran.stderr.contains("trigger keep"), "{ran}");
        assert_eq!(database.contents(), before);
    }
}

#[test]
fn all_contacts_of_a_user_move_to_another_one() {
    let database = seeded();
    database.execute(
        "INSERT INTO contacts (name) SELECT 'c' || n FROM generate_series(1, 600) n; \
         INSERT INTO assignments (contact_id, user_id) \
         SELECT c.id, u.id FROM contacts c, users u \
         WHERE c.name LIKE 'c%' AND u.email = 'editor@inbox.example'",
    );
    let before = database.contents();
    let planned = assignments(&database, &["move", EDITOR, ADMIN, "--dry-run"]).expect_code(0);
    assert_ran!("move_dry_run", planned);
    assert_ran!("move_refused", assignments(&database, &["move", EDITOR, ADMIN]).expect_code(4));
    assignments(&database, &["move", EDITOR, EDITOR, "--yes"]).expect_code(2);
    assert_eq!(database.contents(), before);

    assert_ran!("move_yes", assignments(&database, &["move", EDITOR, ADMIN, "--yes"]));
    assert_eq!(user_of(&database, AMARA), ADMIN);
    let entries = "(SELECT count(*) FROM audit_logs WHERE action = 'assignment.set' \
                     AND details @> '{\"before\": \"editor@inbox.example\", \"after\": \"admin@inbox.example\"}')";
    assert_eq!(database.value(entries), "601");
    let left = "(SELECT count(*) FROM assignments a JOIN users u ON u.id = a.user_id \
                 WHERE u.email = 'editor@inbox.example')";
    assert_eq!(database.value(left), "0");
    assignments(&database, &["move", EDITOR, ADMIN, "--yes"]).expect_code(0);

    // What was moved before a failure is told.
    database.execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF (SELECT count(*) FROM assignments a JOIN users u ON u.id = a.user_id \
                 WHERE u.email = 'editor@inbox.example') > 500 THEN RAISE EXCEPTION 'too many'; END IF; \
             RETURN NULL; END $$; \
         CREATE TRIGGER refuse AFTER UPDATE ON assignments \
             FOR EACH STATEMENT EXECUTE FUNCTION refuse()",
    );
    let ran = assignments(&database, &["move", ADMIN, EDITOR, "--yes"]);
    assert_ne!(ran.code, 0, "{ran}");
    assert!(ran.stdout.contains("Moved 500 contacts; "), "{ran}");
    assert!(ran.stderr.contains("too many"), "{ran}");
    database.execute("DROP TRIGGER refuse ON assignments");

    // Nobody takes care of a contact of somebody who is gone; from there they move away.
    Binary::on(&database).run(["users", "deactivate", EDITOR, "--yes"]).expect_code(0);
    assignments(&database, &["move", ADMIN, EDITOR, "--yes"]).expect_code(4);
}

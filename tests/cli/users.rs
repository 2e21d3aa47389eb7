//! `users list`, `create`, `set-role`, `rename`, `deactivate`, `activate`.

use serde_json::Value;

use crate::assert_ran;
use crate::support::{Binary, Database, Ran, eventually};

const ADMIN: &str = "admin@inbox.example";
const EDITOR: &str = "editor@inbox.example";

fn seeded() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database
}

fn users(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["users"], args].concat())
}

fn json(database: &Database, args: &[&str]) -> Value {
    users(database, &[args, &["--format", "json"]].concat()).expect_code(0).json()
}

fn role(database: &Database, email: &str) -> String {
    database.value(&format!("(SELECT role FROM users WHERE email = '{email}')"))
}

fn active_admins(database: &Database) -> String {
    database.value("(SELECT count(*) FROM users WHERE role = 'ADMIN' AND deactivated_at IS NULL)")
}

#[test]
fn a_list_by_role_and_state() {
    let database = seeded();
    assert_ran!("list", users(&database, &["list"]).expect_code(0));
    users(&database, &["deactivate", EDITOR, "--yes"]).expect_code(0);
    let emails = |args: &[&str]| -> Vec<String> {
        let list = json(&database, args);
        let rows = list["users"].as_array().unwrap().iter();
        rows.map(|user| user["email"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(emails(&["list", "--role", "admin"]), [ADMIN]);
    assert_eq!(emails(&["list", "--active"]), [ADMIN, "viewer@inbox.example"]);
    let ran = users(&database, &["list", "--role", "editr"]).expect_code(2);
    assert!(ran.stderr.contains("'EDITOR'"), "{ran}");
}

#[test]
fn an_e_mail_is_one_and_nobody_else_has_it() {
    let database = seeded();
    let create = |email: &str, flags: &[&str]| {
        users(&database, &[&["create", email, "--name", "Ana"], flags].concat())
    };
    assert_ran!("create_no_email", create("ana", &[]).expect_code(2));
    let before = database.contents();
    create("Ana@Inbox.example", &["--dry-run"]).expect_code(0);
    assert_eq!(database.contents(), before);
    create("Ana@Inbox.example", &["--role", "editor"]).expect_code(0);
    assert_eq!(role(&database, "ana@inbox.example"), "EDITOR");
    assert_ran!("create_taken", create("ANA@inbox.EXAMPLE", &[]).expect_code(4));
    create("ANA@inbox.EXAMPLE", &["--dry-run"]).expect_code(4);
    let entry = "(SELECT details->>'email' FROM audit_logs WHERE action = 'user.create' AND actor = 'os:operator')";
    assert_eq!(database.value(entry), "ana@inbox.example");
}

#[test]
fn a_change_needs_consent_and_is_recorded() {
    let database = seeded();
    let before = database.contents();
    assert_ran!(
        "set_role_refused",
        users(&database, &["set-role", EDITOR, "admin"]).expect_code(4)
    );
    let planned = users(&database, &["set-role", EDITOR, "admin", "--dry-run"]).expect_code(0);
    assert_ran!("set_role_dry_run", planned);
    assert_eq!(database.contents(), before);
    users(&database, &["set-role", "EDITOR@inbox.example", "admin", "--yes"]).expect_code(0);
    assert_eq!(role(&database, EDITOR), "ADMIN");
    // Again: nothing to do, nothing to ask.
    assert_eq!(json(&database, &["set-role", EDITOR, "admin"])["state"], "unchanged");
    users(&database, &["rename", EDITOR, " Eda Editor ", "--yes"]).expect_code(0);
    let name = format!("(SELECT name FROM users WHERE email = '{EDITOR}')");
    assert_eq!(database.value(&name), "Eda Editor");
    assert_ran!("deactivate", users(&database, &["deactivate", EDITOR, "--yes"]).expect_code(0));
    assert_eq!(json(&database, &["activate", EDITOR, "--yes"])["state"], "changed");
    let actions = "(SELECT string_agg(action, ' ' ORDER BY created_at, id) FROM audit_logs WHERE action ~ '^user' AND actor = 'os:operator')";
    assert_eq!(database.value(actions), "user.set_role user.rename user.deactivate user.activate");
}

#[test]
fn the_last_admin_stays() {
    let database = seeded();
    let before = database.contents();
    for args in [
        &["set-role", ADMIN, "editor", "--yes"][..],
        &["set-role", ADMIN, "editor", "--dry-run"],
        &["deactivate", ADMIN, "--yes"],
    ] {
        let ran = users(&database, args).expect_code(4);
        assert!(ran.stderr.contains("is the last ADMIN"), "{ran}");
    }
    assert_eq!(database.contents(), before);
    assert_ran!("last_admin", users(&database, &["deactivate", ADMIN, "--yes"]));
    // One who is deactivated is no admin who could help.
    users(&database, &["set-role", EDITOR, "admin", "--yes"]).expect_code(0);
    users(&database, &["deactivate", EDITOR, "--yes"]).expect_code(0);
    users(&database, &["deactivate", ADMIN, "--yes"]).expect_code(4);
}

#[test]
fn of_two_who_take_away_the_last_two_admins_one_is_refused() {
    let database = seeded();
    users(&database, &["set-role", EDITOR, "admin", "--yes"]).expect_code(0);
    // Both have looked and wait for the same rows.
    let held = database.lock("other", "SELECT FROM users FOR NO KEY UPDATE");
    let first = Binary::on(&database).start(["users", "set-role", EDITOR, "viewer", "--yes"]);
    let second = Binary::on(&database).start(["users", "deactivate", ADMIN, "--yes"]);
    let waiting = "(SELECT count(*) FROM pg_stat_activity \
                    WHERE datname = current_database() AND wait_event_type = 'Lock')";
    eventually("both wait", || database.value(waiting) == "2");
    held.commit();
    let mut codes = [first.wait().code, second.wait().code];
    codes.sort_unstable();
    assert_eq!(codes, [0, 4]);
    assert_eq!(active_admins(&database), "1");
}

#[test]
fn an_unknown_user_is_suggested() {
    let database = seeded();
    assert_ran!(
        "near_email",
        users(&database, &["rename", "editr@inbox.example", "E"]).expect_code(2)
    );
}

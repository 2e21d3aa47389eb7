//! Whom a phone, the beginning of an id or an old id names, and where that isn't enough.

use crate::assert_ran;
use crate::support::{Binary, Database};

const JOSE: &str = "01900000-0000-7000-8000-000000000102";
const LINH: &str = "01900000-0000-7000-8000-000000000103";
const RUNNING_JOB: &str = "01900000-0000-7000-8000-000000000702";
const SPANIARD: &str = "aa110000-0000-7000-8000-000000000001";

fn seeded() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database
}

fn shown(database: &Database, text: &str) -> String {
    let args = ["contacts", "show", text, "--format", "json"];
    Binary::on(database).run(args).expect_code(0).json()["id"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_changed_without_a_question_is_named_by_a_whole_id() {
    let database = seeded();
    let email = database.value(&format!("(SELECT email FROM contacts WHERE id = '{JOSE}')"));
    let user = "editor@inbox.example";
    database.execute(&format!(
        "INSERT INTO distinct_contacts (low_id, high_id, actor) VALUES ('{JOSE}', '{LINH}', 'os:ana')"
    ));
    let before = database.contents();
    let run = |args: &[&str]| Binary::on(&database).run(args);
    for args in [
        &["contacts", "distinct", &email, "01900000-0000-7000-8000-000000000101"][..],
        &["contacts", "distinct", &email, LINH, "--remove"],
        &["retention", "holds", "add", "--contact", &email, "--reason", "court"],
        &["assignments", "set", &email, user],
        &["assignments", "clear", "amara.okafor@mail.example", "--yes"],
        &["jobs", "cancel", &RUNNING_JOB[..35], "--yes"],
        &["jobs", "retry", &RUNNING_JOB[..35], "--yes"],
        &["jobs", "release", &RUNNING_JOB[..35], "--yes"],
        &["jobs", "reschedule", &RUNNING_JOB[..35], "--in", "1h", "--yes"],
    ] {
        let ran = run(args).expect_code(2);
        let whole = if args[0] == "jobs" { "01900000-0000-7000-8000-0000000007" } else { "0190" };
        assert!(ran.stderr.contains(whole), "{ran}");
    }
    assert_eq!(database.contents(), before);
    assert_ran!("assign_by_email", run(&["assignments", "set", &email, user]));
    run(&["assignments", "set", &email, user, "--dry-run"]).expect_code(0);
    run(&["contacts", "distinct", &email, LINH, "--dry-run"]).expect_code(0);
    assert_eq!(database.contents(), before);
}

#[test]
fn a_number_with_its_country_is_no_other_countrys() {
    let database = seeded();
    database.execute(&format!(
        "INSERT INTO contacts (id, phone) VALUES ('{SPANIARD}', '641 595 854'), \
             (gen_random_uuid(), '01234567')"
    ));
    let show = |text: &str| Binary::on(&database).run(["contacts", "show", text]);
    for another in ["+49641595854", "+34641595854", "+346001234567"] {
        show(another).expect_code(2);
    }
    assert_eq!(shown(&database, "641595854"), SPANIARD);
    let in_spain = |text: &str| {
        let args = ["contacts", "show", text];
        Binary::on(&database).env("INBOXCTL_PHONE_REGION", "ES").run(args)
    };
    in_spain("+34641595854").expect_code(0);
    in_spain("+49641595854").expect_code(2);
}

#[test]
fn the_right_number_is_found_behind_many_newer_ones() {
    let database = seeded();
    database.execute(&format!(
        "INSERT INTO contacts (id, phone, created_at) \
             VALUES ('{SPANIARD}', '+34641595854', now() - interval '1 year'); \
         INSERT INTO contacts (phone) SELECT '+' || n || '41595854' FROM generate_series(400, 430) n"
    ));
    assert_eq!(shown(&database, "+34641595854"), SPANIARD);
}

#[test]
fn an_old_id_hides_nobody_who_is_known_so_today() {
    let database = seeded();
    let email = database.value(&format!("(SELECT email FROM contacts WHERE id = '{JOSE}')"));
    database.execute(&format!(
        "INSERT INTO adopted_ids (old_id, resource, id) VALUES \
             ('4711', 'contacts', '{LINH}'), ('0815', 'contacts', '{LINH}'), \
             ('{email}', 'contacts', '{LINH}'); \
         INSERT INTO contacts (id, name) VALUES ('47110000-0000-7000-8000-000000000001', 'Ana')"
    ));
    assert_eq!(shown(&database, " 0815 "), LINH);
    for text in ["4711", &email] {
        let ran = Binary::on(&database).run(["contacts", "merge", text, JOSE, "--yes"]);
        let ran = ran.expect_code(2);
        assert!(ran.stderr.contains("matches several contacts"), "{ran}");
        assert!(ran.stderr.contains(LINH), "{ran}");
    }
}

#[test]
fn the_audit_log_may_have_ids_that_are_no_contacts() {
    let database = seeded();
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, resource_id) \
         VALUES ('os:ana', 'application.sync', 'contacts', '4711'), \
             ('os:ana', 'application.sync', 'contacts', 'nobody@inbox.example')",
    );
    for id in ["4711", "nobody@inbox.example"] {
        let resource = format!("contacts:{id}");
        let ran = Binary::on(&database).run(["audit", "list", "--resource", &resource]);
        assert!(ran.stdout.contains("application.sync"), "{ran}");
    }
}

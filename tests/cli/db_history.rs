//! `db status`, `rollback`, `redo`, `repair`: a history that isn't as it should be.

use crate::assert_ran;
use crate::db_migrate::with_user;
use crate::support::{Binary, Database};

#[test]
fn status_of_an_empty_and_of_a_migrated_database() {
    let empty = Database::empty();
    assert_ran!("status_empty", Binary::on(&empty).run(["db", "status", "--check"]));
    let migrated = Database::migrated();
    assert_ran!("status_migrated", Binary::on(&migrated).run(["db", "status", "--check"]));
    let json = Binary::on(&migrated).run(["db", "status", "--format", "json"]).json();
    assert_eq!(json["pending"], 0);
    assert_eq!(json["migrations"][0]["checksum"], "ok");
}

#[test]
fn status_works_for_a_role_that_can_only_read() {
    let database = Database::migrated();
    let role = format!("{}_reader", database.name);
    database.execute(&format!(
        "CREATE ROLE {role} LOGIN; ALTER ROLE {role} SET default_transaction_read_only = on;
         GRANT SELECT ON __diesel_schema_migrations, inboxctl_migrations TO {role};
         REVOKE CREATE ON SCHEMA public FROM public;"
    ));
    let url = with_user(&database.url(), &role);
    Binary::new().env("DATABASE_URL", &url).run(["db", "status", "--check"]).expect_code(0);
    Binary::new().env("DATABASE_URL", &url).run(["db", "migrate", "--dry-run"]).expect_code(0);
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn an_edited_migration_stops_the_run_until_it_is_accepted() {
    let database = Database::migrated();
    database.execute("UPDATE inboxctl_migrations SET sha256 = 'other' WHERE name = 'create_notes'");
    assert_ran!("edited_migrate", Binary::on(&database).run(["db", "migrate"]));
    let status = Binary::on(&database).run(["db", "status", "--check"]).expect_code(3);
    assert!(status.stdout.contains("edited"), "{status}");
    Binary::on(&database).run(["db", "repair"]).expect_code(4);
    assert_ran!("edited_repair", Binary::on(&database).run(["db", "repair", "--yes"]));
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    Binary::on(&database).run(["db", "status", "--check"]).expect_code(0);
}

#[test]
fn a_migration_that_the_binary_does_not_have_stops_the_run() {
    let database = Database::migrated();
    database.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20300101000000')");
    assert_ran!(Binary::on(&database).run(["db", "migrate"]));
    Binary::on(&database).run(["db", "status", "--check"]).expect_code(3);
    // A repair alone doesn't forget: most often the binary is too old.
    Binary::on(&database).run(["db", "repair", "--yes"]).expect_code(0);
    Binary::on(&database).run(["db", "migrate"]).expect_code(4);
    Binary::on(&database)
        .run(["db", "repair", "--forget", "20300102000000", "--yes"])
        .expect_code(2);
    Binary::on(&database)
        .run(["db", "repair", "--forget", "20300101000000", "--yes"])
        .expect_code(0);
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
}

#[test]
fn a_late_migration_runs_only_when_allowed() {
    let database = Database::migrated();
    database.execute(
        "DROP TABLE templates; DELETE FROM __diesel_schema_migrations WHERE version = '20261128091300'",
    );
    assert_ran!(Binary::on(&database).run(["db", "migrate"]));
    Binary::on(&database).run(["db", "migrate", "--allow-out-of-order"]).expect_code(0);
    assert_ne!(database.value("to_regclass('templates')"), "");
    Binary::on(&database).run(["db", "status", "--check"]).expect_code(0);
}

#[test]
fn rollback_says_what_goes_and_asks() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "environment", "set", "test"]).expect_code(0);
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let to = ["db", "rollback", "--to", "create_scheduled_jobs"];
    assert_ran!("rollback_refused", Binary::on(&database).run(to));
    let dry_run = Binary::on(&database).run([&to[..], &["--dry-run"]].concat());
    assert_ran!("rollback_dry_run", dry_run);
    assert_ne!(database.value("to_regclass('templates')"), "");
    assert_ran!("rollback_yes", Binary::on(&database).run([&to[..], &["--yes"]].concat()));
    assert_eq!(database.value("to_regclass('templates')"), "");
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    assert_eq!(database.value("(SELECT count(*) FROM templates)"), "0");
}

#[test]
fn rollback_in_production_keeps_rows() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    Binary::on(&database).run(["db", "environment", "set", "production", "--yes"]).expect_code(0);
    let to = ["db", "rollback", "--to", "create_audit_logs", "--yes"];
    let refused = Binary::on(&database).run(to).expect_code(4);
    assert!(refused.stderr.contains("production"), "{refused}");
    assert_ne!(database.value("(SELECT count(*) FROM templates)"), "0");
    Binary::on(&database).run([&to[..], &["--allow-production"]].concat()).expect_code(0);
}

#[test]
fn rollback_of_nothing_and_of_something_unknown() {
    let database = Database::empty();
    Binary::on(&database).run(["db", "rollback", "--yes"]).expect_code(0);
    Binary::on(&database).run(["db", "rollback", "--to", "20991231"]).expect_code(2);
}

#[test]
fn redo_reverts_and_applies_again() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "environment", "set", "test"]).expect_code(0);
    database.execute("INSERT INTO templates (name, content) VALUES ('a', 'b')");
    let templates_and_later = "(SELECT count(*) FROM __diesel_schema_migrations \
        WHERE version >= '20261128091300')";
    let steps = database.value(templates_and_later);
    Binary::on(&database).run(["db", "redo", "--steps", &steps]).expect_code(4);
    let redone = Binary::on(&database).run(["db", "redo", "--steps", &steps, "--yes"]);
    assert!(redone.stdout.contains(&format!("Applied {steps} migrations")), "{redone}");
    let told = |word: &str| {
        let lines = redone.stderr.lines();
        lines.filter_map(|line| line.strip_prefix(word)).map(str::to_owned).collect::<Vec<_>>()
    };
    let (reverted, mut applied) = (told("reverting "), told("applying "));
    applied.reverse();
    assert_eq!(reverted, applied, "the newest goes first and comes last");
    assert_eq!(reverted.len().to_string(), steps);
    assert_eq!(database.value("(SELECT count(*) FROM templates)"), "0");
    Binary::on(&database).run(["db", "status", "--check"]).expect_code(0);
}

//! `db reset` and `db environment`: each way in which a reset refuses.

use crate::assert_ran;
use crate::support::{Binary, Database, Ran};

fn seeded(environment: &str) -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    Binary::on(&database).run(["db", "environment", "set", environment, "--yes"]).expect_code(0);
    database
}

fn reset(database: &Database, flags: &[&str]) -> Ran {
    Binary::on(database).run([&["db", "reset"], flags].concat())
}

fn assert_untouched(database: &Database) {
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "7");
}

#[test]
fn yes_alone_is_never_enough() {
    let database = seeded("test");
    assert_ran!(reset(&database, &["--yes"]));
    assert_untouched(&database);
}

#[test]
fn the_name_must_be_the_right_one() {
    let database = seeded("test");
    assert_ran!(reset(&database, &["--confirm-db", "postgres"]));
    assert_untouched(&database);
}

#[test]
fn production_needs_a_flag_of_its_own() {
    let database = seeded("production");
    assert_ran!(reset(&database, &["--confirm-db", &database.name]));
    assert_untouched(&database);
    reset(&database, &["--confirm-db", &database.name, "--allow-production"]).expect_code(0);
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "0");
    // What the database is for was not forgotten.
    let environment = Binary::on(&database).run(["db", "environment", "--format", "json"]).json();
    assert_eq!(environment["environment"], "production");
}

#[test]
fn other_sessions_are_named_and_ended_only_by_force() {
    let database = seeded("test");
    let lock = database.lock("inbox-web", "SELECT 1");
    let refused = reset(&database, &["--confirm-db", &database.name]).expect_code(4);
    assert!(refused.stderr.contains("inbox-web"), "{refused}");
    assert!(refused.stderr.contains(&format!("pid {}", lock.pid)), "{refused}");
    assert_untouched(&database);
    reset(&database, &["--confirm-db", &database.name, "--force"]).expect_code(0);
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "0");
}

#[test]
fn what_hangs_on_it_in_another_schema_is_not_dropped() {
    let database = seeded("test");
    database.execute(
        "CREATE SCHEMA bi; CREATE VIEW bi.people AS SELECT name FROM public.contacts; \
         CREATE MATERIALIZED VIEW bi.sounds AS SELECT public.contact_name_sounds('x'); \
         CREATE TABLE bi.m (ch public.channel, r public.contacts, k uuid DEFAULT public.uuid_v7()); \
         CREATE TABLE bi.heir () INHERITS (public.contacts); CREATE DOMAIN bi.ch AS public.channel; \
         CREATE FUNCTION bi.f(public.contacts) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    );
    let planned = reset(&database, &["--dry-run"]).expect_code(0);
    for lost in [
        "view people",
        "materialized view sounds",
        "column ch of m",
        "column r of m",
        "column k of m",
        "table heir",
        "type",
        "function f(contacts)",
    ] {
        assert!(planned.stdout.contains(&format!("In the way: {lost}")), "{lost}: {planned}");
    }
    let refused = reset(&database, &["--confirm-db", &database.name, "--force"]).expect_code(4);
    assert!(refused.stderr.contains("column ch of m in the schema bi"), "{refused}");
    assert_untouched(&database);
}

#[test]
fn what_is_on_tables_of_ours_is_dropped_only_by_force() {
    let database = seeded("test");
    database.execute(
        "ALTER TABLE contacts ADD COLUMN vip boolean; CREATE INDEX vips ON contacts (vip); \
         ALTER TYPE channel ADD VALUE 'TELEX'; CREATE PUBLICATION feed FOR TABLE contacts; \
         ALTER TABLE notes ADD CONSTRAINT short CHECK (length(content) < 100000); \
         CREATE SCHEMA other; CREATE TABLE other.month PARTITION OF audit_logs \
             FOR VALUES FROM ('1999-01-01') TO ('1999-02-01')",
    );
    let refused = reset(&database, &["--confirm-db", &database.name]).expect_code(4);
    for lost in [
        "column contacts.vip",
        "index contacts.vips",
        "enum value channel.TELEX",
        "publication feed",
        "constraint notes.short",
    ] {
        assert!(refused.stderr.contains(lost), "{lost}: {refused}");
    }
    reset(&database, &["--confirm-db", &database.name, "--force"]).expect_code(0);
}

#[test]
fn names_of_ours_that_another_program_has_are_left_alone() {
    let database = Database::empty();
    database.execute("CREATE VIEW contacts AS SELECT 1 AS id; CREATE TYPE channel AS ENUM ('a')");
    let reset = reset(&database, &["--confirm-db", &database.name]).expect_code(4);
    for ran in [
        reset,
        Binary::on(&database).run(["db", "baseline"]),
        Binary::on(&database).run(["contacts", "search", "x"]),
    ] {
        let ran = ran.expect_code(4);
        assert!(ran.stderr.contains("names that an inbox needs are taken"), "{ran}");
    }
    assert_eq!(database.value("(SELECT id FROM contacts)"), "1");
}

#[test]
fn a_dry_run_shows_what_goes() {
    let database = seeded("test");
    assert_ran!(reset(&database, &["--dry-run"]));
    assert_untouched(&database);
}

#[test]
fn it_drops_migrates_and_seeds() {
    let database = seeded("test");
    database
        .execute("CREATE TABLE left_over (id integer); CREATE VIEW v AS SELECT * FROM left_over");
    // What inboxctl never made isn't dropped without being named and meant.
    let refused = reset(&database, &["--confirm-db", &database.name]).expect_code(4);
    assert!(refused.stderr.contains("table left_over, view v"), "{refused}");
    let planned = reset(&database, &["--dry-run"]).expect_code(0);
    assert!(
        planned.stdout.contains("Not ours, and dropped only with --force: view v"),
        "{planned}"
    );
    assert_eq!(database.value("to_regclass('left_over')"), "left_over");
    assert_ran!(reset(&database, &["--confirm-db", &database.name, "--force", "--seed"]));
    assert_eq!(database.value("to_regclass('left_over')"), "");
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "7");
    let audited = "(SELECT count(*) FROM audit_logs WHERE action = 'database.reset')";
    assert_eq!(database.value(audited), "1");
    Binary::on(&database).run(["db", "status", "--check"]).expect_code(0);
    let json = reset(&database, &["--confirm-db", &database.name, "--format", "json"]).json();
    assert_eq!(json["seeded"], serde_json::Value::Null);
}

#[test]
fn leaving_production_needs_consent() {
    let database = seeded("production");
    assert_ran!(Binary::on(&database).run(["db", "environment", "set", "test"]));
    Binary::on(&database).run(["db", "environment", "set", "test", "--yes"]).expect_code(0);
    let audited = "(SELECT count(*) FROM audit_logs WHERE action = 'environment.set')";
    assert_eq!(database.value(audited), "2");
    assert_ran!(
        "environment_unknown",
        Binary::on(&database).run(["db", "environment", "set", "prodction"])
    );
}

//! `db migrate`: everything once, whatever happens.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};

use crate::assert_ran;
pub(crate) use crate::support::with_user;
use crate::support::{Binary, Database, eventually, migrations};

fn assert_each_applied_once(database: &Database) {
    let total = migrations().to_string();
    assert_eq!(database.value("(SELECT count(*) FROM __diesel_schema_migrations)"), total);
    let once = "(SELECT count(*) FROM (SELECT version FROM inboxctl_migrations \
                 WHERE event = 'up' AND error IS NULL AND finished_at IS NOT NULL \
                 GROUP BY version HAVING count(*) = 1) once)";
    assert_eq!(database.value(once), total);
    let invalid = "(SELECT count(*) FROM pg_index WHERE NOT indisvalid)";
    assert_eq!(database.value(invalid), "0");
}

#[test]
fn applies_everything_and_then_nothing() {
    let database = Database::empty();
    assert_ran!("migrate_first", Binary::on(&database).run(["db", "migrate"]));
    assert_ran!("migrate_again", Binary::on(&database).run(["db", "migrate"]));
    assert_each_applied_once(&database);
}

#[test]
fn makes_the_audit_partitions_of_four_months() {
    let database = Database::migrated();
    let months = "(SELECT count(*) FROM generate_series(0, 3) n WHERE to_regclass(\
                   'audit_logs_' || to_char(now() AT TIME ZONE 'UTC' + n * interval '1 month', 'YYYY_MM')) IS NOT NULL)";
    assert_eq!(database.value(months), "4");
}

#[test]
fn rows_in_the_default_partition_move_into_the_new_month() {
    let database = Database::migrated();
    database.execute(
        "DO $$ DECLARE month text := 'audit_logs_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM');
         BEGIN EXECUTE 'DROP TABLE ' || month; END $$;
         INSERT INTO audit_logs (actor, action, resource) VALUES ('a', 'b.c', 'd');",
    );
    assert_eq!(database.value("(SELECT count(*) FROM audit_logs_default)"), "1");
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    assert_eq!(database.value("(SELECT count(*) FROM audit_logs_default)"), "0");
    assert_eq!(database.value("(SELECT count(*) FROM audit_logs WHERE action = 'b.c')"), "1");
}

#[test]
fn two_at_once_apply_everything_once() {
    let database = Database::empty();
    let runs: Vec<_> = (0..4)
        .map(|_| Binary::on(&database).start(["db", "migrate", "--format", "json"]))
        .collect();
    let applied: usize = runs
        .into_iter()
        .map(|run| run.wait().expect_code(0).json()["applied"].as_array().unwrap().len())
        .sum();
    assert_eq!(applied, migrations());
    assert_each_applied_once(&database);
}

#[test]
fn the_one_that_waits_names_the_one_that_works() {
    let database = Database::empty();
    Binary::on(&database)
        .run(["db", "migrate", "--to", "create_contact_identities"])
        .expect_code(0);
    let lock = database.lock("long report", "LOCK TABLE contacts");
    let first = Binary::on(&database).start(["db", "migrate", "--lock-timeout", "60s"]);
    eventually("the first run is blocked", || database.somebody_waits());
    let second =
        Binary::on(&database).run(["db", "migrate", "--lock-wait", "300ms"]).expect_code(75);
    assert!(second.stderr.contains("waiting for pid"), "{second}");
    assert!(second.stderr.contains("inboxctl db migrate"), "{second}");
    drop(lock);
    first.wait().expect_code(0);
    assert_each_applied_once(&database);
}

#[test]
fn a_lock_that_is_not_granted_names_its_holder() {
    let database = Database::empty();
    Binary::on(&database)
        .run(["db", "migrate", "--to", "create_contact_identities"])
        .expect_code(0);
    let lock = database.lock("long report", "LOCK TABLE contacts");
    let ran =
        Binary::on(&database).run(["db", "migrate", "--lock-timeout", "400ms"]).expect_code(75);
    assert!(ran.stderr.contains(&format!("pid {}", lock.pid)), "{ran}");
    assert!(ran.stderr.contains("long report"), "{ran}");
    assert!(ran.stderr.contains("trying again (4 of 5)"), "{ran}");
    drop(lock);
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    assert_eq!(
        database.value("(SELECT count(*) FROM __diesel_schema_migrations)"),
        migrations().to_string()
    );
}

#[test]
fn killed_in_a_transaction_it_leaves_nothing_of_it() {
    let database = Database::empty();
    Binary::on(&database)
        .run(["db", "migrate", "--to", "create_contact_identities"])
        .expect_code(0);
    let lock = database.lock("application", "LOCK TABLE contacts");
    let run = Binary::on(&database).start(["db", "migrate", "--lock-timeout", "60s"]);
    eventually("the run is blocked", || database.somebody_waits());
    run.signal("KILL");
    run.wait().expect_code(128 + 9);
    assert_eq!(database.value("to_regclass('messages')"), "");
    drop(lock);
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    assert_each_applied_once(&database);
}

#[test]
fn interrupted_it_finishes_the_migration_in_hand() {
    let database = Database::empty();
    Binary::on(&database)
        .run(["db", "migrate", "--to", "create_contact_identities"])
        .expect_code(0);
    let lock = database.lock("application", "LOCK TABLE contacts");
    let run = Binary::on(&database).start(["db", "migrate", "--lock-timeout", "60s"]);
    eventually("the run is blocked", || database.somebody_waits());
    run.signal("TERM");
    drop(lock);
    let ran = run.wait().expect_code(143);
    assert!(ran.stdout.contains("create_messages"), "{ran}");
    assert!(ran.stdout.contains("still pending"), "{ran}");
    assert_ne!(database.value("to_regclass('messages')"), "");
    assert_eq!(database.value("to_regclass('notes')"), "");
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let database = Database::empty();
    Binary::on(&database)
        .run(["db", "migrate", "--to", "create_contact_identities"])
        .expect_code(0);
    let _lock = database.lock("application", "LOCK TABLE contacts");
    let mut run = Binary::on(&database).start(["db", "migrate", "--lock-timeout", "60s"]);
    eventually("the run is blocked", || database.somebody_waits());
    run.signal("INT");
    // The first one must have arrived, or both count as one.
    std::thread::yield_now();
    eventually("it ends", || {
        if run.is_running() {
            run.signal("INT");
        }
        !run.is_running()
    });
    run.wait().expect_code(130);
}

#[test]
fn a_dry_run_writes_nothing() {
    let database = Database::empty();
    let ran = Binary::on(&database).run(["db", "migrate", "--dry-run"]).expect_code(0);
    assert!(ran.stdout.contains("CREATE TABLE contacts"), "{ran}");
    let tables = "(SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace)";
    assert_eq!(database.value(tables), "0");
    // What it prints is a script that does what it says.
    database.execute("SET search_path = public");
    let json = Binary::on(&database).run(["db", "migrate", "--dry-run", "--format", "json"]).json();
    assert_eq!(json["migrations"].as_array().unwrap().len(), migrations());
}

#[test]
fn an_error_shows_the_migration_the_line_and_the_statement() {
    let database = Database::empty();
    Binary::on(&database).run(["db", "migrate", "--to", "create_contacts"]).expect_code(0);
    database.execute("CREATE TABLE notes (id integer)");
    assert_ran!(Binary::on(&database).run(["db", "migrate"]));
    let status = Binary::on(&database).run(["db", "status", "--check"]).expect_code(3);
    assert!(status.stdout.contains("failed"), "{status}");
    // Of the failed one nothing was kept, of those before it everything.
    assert_eq!(database.value("to_regtype('note_type')"), "");
    database.execute("DROP TABLE notes");
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
}

#[test]
fn a_database_of_the_diesel_cli_is_taken_over() {
    let database = Database::empty();
    let mut conn = database.connect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let source = FileBasedMigrations::from_path(folder).unwrap();
    conn.run_pending_migrations(source).unwrap();
    assert_ran!("taken_over_status", Binary::on(&database).run(["db", "status", "--check"]));
    assert_ran!("taken_over_migrate", Binary::on(&database).run(["db", "migrate"]));
    Binary::on(&database).run(["db", "baseline"]).expect_code(0);
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    let status = Binary::on(&database).run(["db", "status", "--check"]).expect_code(0);
    assert!(!status.stdout.contains("unverified"), "{status}");
}

#[test]
fn to_stops_there() {
    let database = Database::empty();
    let ran = Binary::on(&database)
        .run(["db", "migrate", "--to", "2026-11-28-090200", "--format", "json"])
        .expect_code(0);
    assert_eq!(ran.json()["applied"].as_array().unwrap().len(), 3);
    assert_ran!(Binary::on(&database).run(["db", "migrate", "--to", "create_contact"]));
}

#[test]
fn the_ledger_and_the_audit_log_say_who_did_it() {
    let database = Database::empty();
    Binary::on(&database)
        .env("INBOXCTL_ACTOR", "ops@example.org")
        .run(["db", "migrate"])
        .expect_code(0);
    let actors = "(SELECT string_agg(DISTINCT actor, ',') FROM inboxctl_migrations)";
    assert_eq!(database.value(actors), "ops@example.org");
    let audited = "(SELECT count(*) FROM audit_logs WHERE action = 'migration.apply' AND actor = 'ops@example.org')";
    assert_ne!(database.value(audited), "0");
}

#[test]
fn without_the_right_it_says_which_is_missing() {
    let database = Database::empty();
    database.execute(&format!(
        "CREATE ROLE {0}_plain LOGIN; REVOKE CREATE ON SCHEMA public FROM public",
        database.name
    ));
    let mut conn = database.connect();
    let url = with_user(&database.url(), &format!("{}_plain", database.name));
    let ran = Binary::new().env("DATABASE_URL", url).run(["db", "migrate"]).expect_code(4);
    assert!(ran.stderr.contains("may not create tables in the schema public"), "{ran}");
    assert!(ran.stderr.contains("hint:"), "{ran}");
    conn.batch_execute(&format!("DROP ROLE {}_plain", database.name)).unwrap();
}

#[test]
fn updated_at_is_kept_by_the_trigger() {
    let database = Database::migrated();
    let mut conn = database.connect();
    conn.batch_execute(
        "INSERT INTO contacts (name, created_at, updated_at) VALUES ('Ana', '2020-01-01', '2020-01-01')",
    )
    .unwrap();
    let year = |conn: &mut PgConnection| -> i32 {
        diesel::select(diesel::dsl::sql::<diesel::sql_types::Integer>(
            "(SELECT extract(year FROM updated_at)::integer FROM contacts)",
        ))
        .get_result(conn)
        .unwrap()
    };
    conn.batch_execute("UPDATE contacts SET name = name").unwrap();
    assert_eq!(year(&mut conn), 2020, "nothing changed");
    conn.batch_execute("UPDATE contacts SET name = 'Anna'").unwrap();
    assert_ne!(year(&mut conn), 2020, "the name changed");
    conn.batch_execute("UPDATE contacts SET name = 'Ana', updated_at = '2021-01-01'").unwrap();
    assert_eq!(year(&mut conn), 2021, "the statement said when");
}

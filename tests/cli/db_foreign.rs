//! A database that another program made: recognised by every command, left as it is, and never
//! led to `db migrate`.

use crate::support::{Binary, Database, migrations};

/// As Prisma leaves it: names in its own case, its ledger, and tables whose names are ours with
/// columns that aren't.
const PRISMA: &str = r#"
    CREATE TABLE _prisma_migrations (id text PRIMARY KEY, checksum text NOT NULL);
    CREATE TABLE "Contact" (id text PRIMARY KEY, "contactId" text);
    CREATE TABLE "Message" (id text PRIMARY KEY, body text);
    INSERT INTO "Contact" VALUES ('a', 'b')"#;

fn made_by(sql: &str) -> Database {
    let database = Database::empty();
    database.execute(sql);
    database
}

/// Everything in the schema, by name.
fn names(database: &Database) -> String {
    database.value(
        "(SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class \
          WHERE relnamespace = 'public'::regnamespace)",
    )
}

#[test]
fn each_program_is_named_and_nothing_is_made() {
    for (program, sql) in [
        ("Prisma", PRISMA),
        (
            "Ruby on Rails",
            "CREATE TABLE schema_migrations (version text); CREATE TABLE ar_internal_metadata (key text)",
        ),
        ("Django", "CREATE TABLE django_migrations (id int); CREATE TABLE auth_user (id int)"),
        ("Flyway", "CREATE TABLE flyway_schema_history (installed_rank int)"),
        ("Liquibase", "CREATE TABLE databasechangelog (id text)"),
        ("Alembic", "CREATE TABLE alembic_version (version_num text)"),
        ("Knex", "CREATE TABLE knex_migrations (id int)"),
        ("Sequelize", "CREATE TABLE \"SequelizeMeta\" (name text)"),
        ("TypeORM", "CREATE TABLE migrations (id int, \"timestamp\" bigint, name text)"),
        ("Laravel", "CREATE TABLE migrations (id int, migration text, batch int)"),
        ("Drizzle", "CREATE TABLE __drizzle_migrations (id int)"),
        ("goose", "CREATE TABLE goose_db_version (id int)"),
        (
            "Diesel",
            "CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY, run_on timestamp); INSERT INTO __diesel_schema_migrations VALUES ('20200101000000', now()); CREATE TABLE posts (id int)",
        ),
        ("another program", "CREATE TABLE \"Order\" (id int)"),
        (
            "another program",
            "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE far (id int) SERVER s",
        ),
    ] {
        let database = made_by(sql);
        let before = names(&database);
        let ran = Binary::on(&database).run(["db", "migrate"]).expect_code(4);
        assert!(ran.stderr.contains(&format!("made by {program}: ")), "{program}: {ran}");
        assert!(ran.stderr.contains("hint: "), "{ran}");
        assert_eq!(names(&database), before, "{program}");
    }
}

#[test]
fn every_command_says_the_same_and_prints_no_drop() {
    let database = made_by(PRISMA);
    let before = names(&database);
    for args in [
        &["db", "migrate", "--dry-run"][..],
        &["db", "baseline"],
        &["db", "baseline", "--accept-drift"],
        &["db", "drift"],
        &["db", "drift", "--sql"],
        &["db", "verify"],
        &["db", "seed"],
        &["db", "check", "--ci"],
        &["db", "reset", "--confirm-db", &database.name],
        &["contacts", "search", "x"],
        &["integrations", "list"],
        &["jobs", "list"],
        &["messages", "unread"],
        &["db", "lint"],
        &["db", "rollback", "--yes"],
        &["db", "rollback", "--dry-run"],
        &["db", "redo", "--yes"],
        &["db", "repair", "--yes"],
        &["db", "access", "grant-roles", "--dry-run"],
    ] {
        let ran = Binary::on(&database).run(args).expect_code(4);
        assert!(
            ran.stderr.contains("made by Prisma: _prisma_migrations, \"Contact\""),
            "{args:?}: {ran}"
        );
        assert!(ran.stderr.contains("--beside"), "{args:?}: {ran}");
        assert!(!format!("{ran}").contains("DROP"), "{args:?}: {ran}");
    }
    let status = Binary::on(&database).run(["db", "status", "--check"]).expect_code(3);
    assert!(status.stdout.contains("made by Prisma"), "{status}");
    let doctor = Binary::on(&database).run(["doctor", "--format", "json"]).expect_code(3);
    assert!(doctor.stdout.contains("made by Prisma"), "{doctor}");
    assert!(!doctor.stdout.contains("\"inboxctl db migrate\""), "{doctor}");
    for check in ["enums", "partitions", "default-partition", "credentials"] {
        let is_unknown =
            |one: &serde_json::Value| one["check"] == check && one["status"] == "unknown";
        let checks = doctor.json()["checks"].clone();
        assert!(checks.as_array().unwrap().iter().any(is_unknown), "{check}: {checks:#}");
    }
    // What can be written down of any database says nothing of an inbox.
    let prisma = Binary::on(&database).run(["db", "generate", "prisma"]).expect_code(0);
    assert!(!prisma.stdout.contains("inboxctl migrates"), "{prisma}");
    let json = Binary::on(&database).run(["db", "generate", "json"]).expect_code(0).json();
    assert_eq!(json["migrations"], serde_json::json!([]));
    let check = Binary::on(&database).run(["db", "check"]).expect_code(0);
    assert!(check.stdout.contains("made by Prisma"), "{check}");
    Binary::on(&database).run(["table-sizes"]).expect_code(0);
    assert_eq!(names(&database), before);
    assert_eq!(database.value("(SELECT count(*) FROM \"Contact\")"), "1");
}

#[test]
fn beside_works_where_no_name_is_taken() {
    let database = made_by(PRISMA);
    Binary::on(&database).run(["db", "migrate", "--beside"]).expect_code(0);
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    Binary::on(&database).run(["db", "check", "--ci"]).expect_code(0);
    Binary::on(&database).run(["db", "verify"]).expect_code(0);
    let status =
        Binary::on(&database).run(["db", "status", "--check", "--format", "json"]).expect_code(0);
    assert_eq!(status.json()["applied"], migrations());
    assert_eq!(database.value("(SELECT count(*) FROM \"Contact\")"), "1");
}

#[test]
fn a_name_that_is_taken_is_told_and_nothing_is_made() {
    for (what, sql) in [
        ("table contacts", "CREATE TABLE contacts (id int)"),
        ("view messages", "CREATE VIEW messages AS SELECT 1 AS x"),
        ("type channel", "CREATE TYPE channel AS ENUM ('A')"),
        ("type users", "CREATE DOMAIN users AS text"),
        ("function uuid_v7()", "CREATE FUNCTION uuid_v7() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
        (
            "index contacts_phone_idx",
            "CREATE TABLE t (x int); CREATE INDEX contacts_phone_idx ON t (x)",
        ),
        ("index contacts_pkey", "CREATE TABLE t (x int CONSTRAINT contacts_pkey PRIMARY KEY)"),
        ("sequence notes", "CREATE SEQUENCE notes"),
        ("table audit_logs_2031_07", "CREATE TABLE audit_logs_2031_07 (id int)"),
        ("table inboxctl_settings", "CREATE TABLE inboxctl_settings (id int)"),
        (
            "table __diesel_schema_migrations",
            "CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY, run_on timestamp)",
        ),
    ] {
        let database = made_by(sql);
        let before = names(&database);
        let ran = Binary::on(&database).run(["db", "migrate", "--beside"]).expect_code(4);
        assert!(ran.stderr.contains("names that an inbox needs are taken"), "{what}: {ran}");
        assert!(ran.stderr.contains(what), "{what}: {ran}");
        // Without a table nobody else lives there, and the name is taken all the same.
        Binary::on(&database).run(["db", "migrate"]).expect_code(4);
        assert_eq!(names(&database), before, "{what}");
    }
}

#[test]
fn what_belongs_to_an_extension_or_takes_no_name_of_ours_is_in_nobodys_way() {
    let database = made_by(
        "CREATE TABLE spatial_ref_sys (id int); \
         CREATE EXTENSION hstore; ALTER EXTENSION hstore ADD TABLE spatial_ref_sys; \
         CREATE SEQUENCE numbers; CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    );
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    Binary::on(&database).run(["db", "drift"]).expect_code(0);
}

#[test]
fn a_ledger_of_diesels_own_is_no_ledger_of_ours() {
    let database = Database::migrated();
    database.execute("DROP TABLE inboxctl_migrations");
    let ran = Binary::on(&database).run(["db", "migrate"]).expect_code(4);
    assert!(ran.stderr.contains("db baseline"), "{ran}");
    Binary::on(&database).run(["db", "baseline"]).expect_code(0);
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    Binary::on(&database).run(["db", "status", "--check"]).expect_code(0);
}

#[test]
fn a_dump_without_rows_is_taken_over() {
    let database = Database::migrated();
    database.execute("DELETE FROM __diesel_schema_migrations; TRUNCATE inboxctl_migrations");
    let ran = Binary::on(&database).run(["db", "migrate"]).expect_code(4);
    assert!(ran.stderr.contains("db baseline"), "{ran}");
    assert!(ran.stderr.lines().all(|line| line.len() < 300), "{ran}");
    let ran = Binary::on(&database).run(["db", "status"]).expect_code(0);
    assert!(ran.stderr.contains("db baseline"), "{ran}");
    let ran = Binary::on(&database).run(["doctor", "--only", "migrations"]).expect_code(3);
    assert!(ran.stdout.contains("db baseline"), "{ran}");
    Binary::on(&database).run(["db", "baseline"]).expect_code(0);
    Binary::on(&database).run(["db", "status", "--check"]).expect_code(0);
}

#[test]
fn ledgers_of_other_programs_lead_out() {
    let database = made_by("CREATE TABLE inboxctl_migrations (id int)");
    for args in [&["db", "migrate"][..], &["db", "migrate", "--beside"], &["db", "seed"]] {
        let ran = Binary::on(&database).run(args).expect_code(4);
        assert!(ran.stderr.contains("a database of its own"), "{args:?}: {ran}");
    }
    Binary::on(&database).run(["db", "status"]).expect_code(0);
    let database = Database::migrated();
    database.execute(
        "DELETE FROM __diesel_schema_migrations; INSERT INTO __diesel_schema_migrations VALUES ('99')",
    );
    let ran = Binary::on(&database).run(["db", "migrate"]).expect_code(4);
    assert!(ran.stderr.contains("db baseline"), "{ran}");
    Binary::on(&database).run(["db", "baseline"]).expect_code(0);
    let ran = Binary::on(&database).run(["db", "migrate"]).expect_code(4);
    assert!(ran.stderr.contains("--forget"), "{ran}");
    Binary::on(&database).run(["db", "repair", "--forget", "99", "--yes"]).expect_code(0);
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    Binary::on(&database).run(["db", "status", "--check"]).expect_code(0);
}

#[test]
fn a_database_in_another_encoding_is_refused_before_the_first_table() {
    for encoding in ["LATIN1", "SQL_ASCII"] {
        let database = Database::encoded_in(encoding);
        let ran = Binary::on(&database).run(["db", "migrate"]).expect_code(4);
        assert!(ran.stderr.contains(encoding) && ran.stderr.contains("UTF8"), "{ran}");
        assert_eq!(names(&database), "");
    }
}

/// Sizes are told of any database, also where a table has a name of ours; and saying what an empty
/// database is for doesn't make it somebody else's.
#[test]
fn tables_of_our_names_are_measured_and_an_environment_makes_nobody_foreign() {
    let database = Database::empty();
    database.execute(
        "CREATE TABLE audit_logs (id int, \"createdAt\" timestamp); \
         CREATE TABLE scheduled_jobs (id int, status text); \
         CREATE TABLE table_size_snapshots (a int)",
    );
    Binary::on(&database).run(["table-sizes"]).expect_code(0);
    let database = Database::empty();
    Binary::on(&database).run(["db", "environment", "set", "staging", "--yes"]).expect_code(0);
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
}

//! In which schema migrations work, by whatever program they are run, and what a dump brings back.

use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use inboxctl::store::migrations::MIGRATIONS;

use crate::support::{Binary, Database};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");

/// Schemas with tables of the inbox.
const WHERE: &str = "(SELECT string_agg(DISTINCT relnamespace::regnamespace::text, ',') \
                      FROM pg_class WHERE relname IN ('contacts', 'messages', 'follow_merged_contact'))";

/// Runs a client program with the database as its last argument; what it says on stderr.
fn client(database: &Database, program: &str, options: &str, args: &[&str]) -> Result<(), String> {
    let binaries = inboxctl::local::Binaries::find(None).unwrap();
    let path = binaries.tool(program).expect("it comes with the server");
    let output = Command::new(path)
        .env("PGOPTIONS", options)
        .args(args)
        .arg("--dbname")
        .arg(database.url())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(told) }
}

fn psql(database: &Database, path: &str, file: &str) -> Result<(), String> {
    let options = format!("-c search_path={path}");
    client(database, "psql", &options, &["-qX1", "-v", "ON_ERROR_STOP=1", "-f", file])
}

#[test]
fn psql_makes_everything_in_the_first_schema_of_the_path() {
    let database = Database::empty();
    database.execute("CREATE SCHEMA inbox; CREATE SCHEMA other");
    let mut folders: Vec<_> =
        std::fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    for folder in &folders {
        psql(&database, "missing,inbox,other", &folder.join("up.sql").display().to_string())
            .unwrap();
    }
    assert_eq!(database.value(WHERE), "inbox");
    database.execute(
        "SET search_path = ''; INSERT INTO inbox.contacts (name, metadata) VALUES ('Ana', NULL); \
         INSERT INTO inbox.messages (contact_id, channel, direction, content) \
             SELECT id, 'SMS', 'INBOUND', 'Hi' FROM inbox.contacts",
    );
    for folder in folders.iter().rev() {
        psql(&database, "inbox", &folder.join("down.sql").display().to_string()).unwrap();
    }
    assert_eq!(database.value(WHERE), "");
}

#[test]
fn without_a_schema_that_may_be_used_nothing_is_made() {
    let database = Database::empty();
    let role = format!("{}_stranger", database.name);
    database.execute(&format!(
        "CREATE SCHEMA locked; CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA locked TO {role}; \
         GRANT TEMPORARY ON DATABASE {} TO {role}",
        database.name
    ));
    let refused = |error: String| {
        assert!(error.contains("no schema that the search_path names"), "{error}");
    };
    for migration in MIGRATIONS {
        let mut conn = database.connect();
        for text in [migration.up, migration.down] {
            for path in ["missing", "''", "pg_temp", "missing, pg_temp", "pg_catalog"] {
                let sql = format!("BEGIN; SET LOCAL search_path = {path}; {text}");
                refused(conn.batch_execute(&sql).expect_err(path).to_string());
                conn.batch_execute("ROLLBACK").unwrap();
            }
            let sql = format!(
                "BEGIN; SET LOCAL ROLE {role}; SET LOCAL search_path = locked, pg_temp; {text}"
            );
            refused(conn.batch_execute(&sql).expect_err("no USAGE").to_string());
            conn.batch_execute("ROLLBACK").unwrap();
        }
    }
    let mut conn = database.connect();
    conn.batch_execute("CREATE TABLE public.__diesel_schema_migrations (version varchar(50) PRIMARY KEY, run_on timestamp NOT NULL DEFAULT now()); \
         SET search_path = missing, pg_temp; CREATE TEMPORARY TABLE __diesel_schema_migrations (LIKE public.__diesel_schema_migrations INCLUDING ALL)").unwrap();
    let source = FileBasedMigrations::from_path(FOLDER).unwrap();
    refused(conn.run_pending_migrations(source).expect_err("no schema").to_string());
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn an_inbox_lives_in_a_schema_of_any_name() {
    let database = Database::empty();
    database.execute("CREATE SCHEMA \"My Inbox\"");
    let separator = if database.url().contains('?') { '&' } else { '?' };
    let url = format!("{}{separator}schema=My%20Inbox", database.url());
    let run = |args: &[&str]| Binary::new().env("DATABASE_URL", &url).run(args).expect_code(0);
    run(&["db", "migrate"]);
    run(&["db", "status", "--check"]);
    run(&["db", "seed"]);
    run(&["contacts", "search", "Amara"]);
    run(&["doctor", "--only", "partitions"]);
    assert_eq!(database.value(WHERE), "\"My Inbox\"");
}

/// A dump has an empty path, and its rows are what they were, odd ones too.
#[test]
fn rows_of_a_dump_come_back_as_they_were() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database.execute(
        "UPDATE messages SET status = 'DELIVERED' WHERE direction = 'INBOUND'; \
         UPDATE contacts SET social_handles = '[{\"network\": \"x\", \"handle\": \"@a\"}]', metadata = '[1.10]'",
    );
    let before = database.contents();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rows.dump").display().to_string();
    let tables =
        ["--data-only", "-Fc", "--exclude-table=__diesel*", "--exclude-table=inboxctl*", "-f"];
    client(&database, "pg_dump", "", &[&tables[..], &[&file]].concat()).unwrap();
    let copy = Database::migrated();
    copy.execute("TRUNCATE audit_logs");
    client(&copy, "pg_restore", "", &["--exit-on-error", &file]).unwrap();
    assert_eq!(copy.contents(), before);
}

//! Backups of databases that inboxctl knows nothing of, and by roles that may not do everything.

use diesel::connection::SimpleConnection;

use super::db_migrate::with_user;
use crate::support::backups::{self, Folder, manifest};
use crate::support::{Binary, Database, OwnServer, eventually};

/// A database that a restore made; dropped with the test.
fn adopt(name: String) -> Database {
    Database { name }
}

#[test]
fn any_database_is_backed_up_and_restored() {
    let seed = "CREATE TYPE \"Channel\" AS ENUM ('SMS');
        CREATE TABLE users (id text PRIMARY KEY, email text);
        CREATE TABLE audit_logs (id text, \"createdAt\" timestamp(3));
        CREATE TABLE integrations (id text, credentials jsonb, channel \"Channel\");
        INSERT INTO integrations VALUES ('a', '{\"key\": 1}', 'SMS')";
    let elsewhere = "CREATE SCHEMA app; CREATE SCHEMA \"Other One\"; DROP SCHEMA public;
        CREATE TABLE app.t (id int); INSERT INTO app.t VALUES (1), (2);
        CREATE TABLE \"Other One\".\"T t\" (id int)";
    let secrets = "CREATE TABLE integrations (id text, credentials text, channel text);
        INSERT INTO integrations VALUES ('a', 'plain', 'SMS')";
    for (sql, table, rows) in [
        (seed, "public.integrations", 1),
        (elsewhere, "app.t", 2),
        (secrets, "public.integrations", 1),
        ("SELECT 1", "", 0),
    ] {
        let (database, folder) = (Database::empty(), Folder::new());
        database.execute(sql);
        let file = folder.back_up(&database, "any.dump");
        if !table.is_empty() {
            assert_eq!(manifest(&file)["rows"][table], rows, "{sql}");
        }
        let copy = adopt(format!("{}_copy", database.name));
        let actor = ["--actor", "ops@example.org"];
        let into = ["db", "restore", &file, "--into", &copy.name];
        Binary::on(&database).run([&into[..], &actor].concat()).expect_code(0);
        Binary::on(&database).run(["db", "backup", "verify", &file, "--level", "3"]).expect_code(0);
        // Without the schema there is no place for an inbox, and in an empty one all is pending.
        if sql != elsewhere && !table.is_empty() {
            Binary::on(&database).run(["db", "check"]).expect_code(0);
        }
    }
}

#[test]
fn only_backups_of_this_very_server_are_deleted() {
    let (database, folder) = (Database::empty(), Folder::new());
    let own = folder.back_up(&database, "own.dump");
    backups::copy(&own, "other-server.dump", |one| one.system_identifier = Some(String::from("7")));
    backups::copy(&own, "unknown-server.dump", |one| one.system_identifier = None);
    backups::copy(&own, "other-database.dump", |one| one.database = String::from("inbox"));
    let ran = Binary::on(&database)
        .run(["db", "backup", "--out", &folder.file("new.dump"), "--keep", "1", "--yes"])
        .expect_code(0);
    assert!(ran.stdout.contains("own.dump"), "{ran}");
    let names = folder.names();
    let dumps: Vec<_> = names.iter().filter(|name| name.ends_with(".dump")).collect();
    assert_eq!(
        dumps,
        ["new.dump", "other-database.dump", "other-server.dump", "unknown-server.dump"]
    );
}

#[test]
fn a_server_that_does_not_say_which_one_it_is_has_none_deleted() {
    let (database, folder) = (Database::empty(), Folder::new());
    let role = format!("{}_keeper", database.name);
    database.execute(&format!(
        "CREATE ROLE {role} LOGIN; REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC"
    ));
    let url = with_user(&database.url(), &role);
    let keep = |name: &str| {
        let out = folder.file(name);
        Binary::new()
            .env("DATABASE_URL", &url)
            .run(["db", "backup", "--out", &out, "--keep", "1", "--yes"])
            .expect_code(0)
    };
    keep("first.dump");
    let second = keep("second.dump");
    assert!(second.stderr.contains("no backup will be deleted"), "{second}");
    assert_eq!(folder.names().len(), 4, "{:?}", folder.names());
    database.execute(&format!("DROP ROLE {role}"));
}

#[test]
fn a_url_is_no_folder_and_a_dash_no_file() {
    let (database, folder) = (Database::empty(), Folder::new());
    for out in ["s3://bucket/x/", "gs://bucket/x", "file:///tmp/x/", "-"] {
        let binary = Binary::on(&database);
        let here = binary.folder().to_owned();
        let ran = binary.run(["db", "backup", "--out", out]).expect_code(2);
        assert!(ran.stderr.contains("a folder"), "{out}: {ran}");
        assert!(!here.join("s3:").exists() && !here.join("-").exists(), "{out}");
        Binary::on(&database)
            .run(["db", "migrate", "--backup", "--backup-out", out])
            .expect_code(2);
    }
    assert!(folder.names().is_empty());
}

#[test]
fn more_tables_than_there_are_locks_for_twice_are_backed_up_and_restored() {
    let server =
        OwnServer::start(&[("max_connections", "20"), ("max_locks_per_transaction", "10")]);
    // So many that pg_dump finds a lock for each, and nobody another for each and its index.
    server.execute("postgres", "CREATE DATABASE many");
    server.execute("postgres", "CREATE DATABASE too_many");
    let make = |database: &str, from: u32, to: u32| {
        let mut conn = server.connect(database);
        for first in (from..to).step_by(50) {
            conn.batch_execute(&format!(
                "DO $$ BEGIN FOR n IN {first}..{} LOOP \
                 EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY)', n); END LOOP; END $$",
                (first + 49).min(to - 1)
            ))
            .expect("tables");
        }
    };
    make("many", 0, 400);
    let folder = Folder::new();
    let file = folder.file("many.dump");
    server.binary("many").run(["db", "backup", "--out", &file]).expect_code(0);
    assert_eq!(manifest(&file)["rows"].as_object().map(serde_json::Map::len), Some(400));
    server.binary("many").run(["db", "restore", &file, "--into", "copy"]).expect_code(0);
    make("too_many", 0, 3_000);
    let out = folder.file("too_many.dump");
    let ran = server.binary("too_many").run(["db", "backup", "--out", &out]).expect_code(1);
    assert!(ran.stderr.contains("max_locks_per_transaction"), "{ran}");
    assert_eq!(folder.names().len(), 2, "{:?}", folder.names());
}

#[test]
fn who_holds_a_table_is_named_and_the_wait_has_an_end() {
    let (database, folder) = (Database::migrated(), Folder::new());
    let lock = database.lock("nightly import", "LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE");
    let out = folder.file("inbox.dump");
    let ran = Binary::on(&database)
        .run(["db", "backup", "--out", &out, "--lock-wait", "2s"])
        .expect_code(75);
    for word in [&format!("pid {}", lock.pid), "nightly import", "--lock-wait"] {
        assert!(ran.stderr.contains(word), "{word}: {ran}");
    }
    assert!(folder.names().is_empty(), "{:?}", folder.names());
    let waiting = Binary::on(&database).start(["db", "backup", "--out", &out, "--lock-wait", "1m"]);
    eventually("the backup waits", || database.somebody_waits());
    drop(lock);
    waiting.wait().expect_code(0);
}

#[test]
fn an_owner_restores_what_takes_no_more_rights_and_is_told_the_rest() {
    let (database, folder) = (Database::migrated(), Folder::new());
    let role = format!("{}_owner", database.name);
    database.execute(&format!(
        "CREATE ROLE {role} LOGIN CREATEDB; GRANT SELECT ON inboxctl_settings TO {role}; \
         CREATE EXTENSION hstore; \
         COMMENT ON EXTENSION hstore IS 'pairs'; \
         CREATE PUBLICATION everything FOR ALL TABLES; \
         CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; \
         CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watch(); \
         ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {role}"
    ));
    let file = folder.back_up(&database, "inbox.dump");
    let url = with_user(&database.url(), &role);
    let run = |args: &[&str]| Binary::new().env("DATABASE_URL", &url).run(args);
    let copy = adopt(format!("{}_copy", database.name));
    let name = copy.name.clone();
    let into = ["db", "restore", file.as_str(), "--into", &name];
    let refused = run(&into).expect_code(4);
    assert!(refused.stderr.contains("the backup is sound"), "{refused}");
    assert!(refused.stderr.contains(&format!("TO {role}")), "{refused}");
    assert!(refused.stderr.contains("--no-owner"), "{refused}");
    let done = run(&[&into[..], &["--no-owner"]].concat()).expect_code(0);
    for statement in [
        "CREATE EVENT TRIGGER watch",
        "CREATE PUBLICATION everything",
        "COMMENT ON EXTENSION hstore",
    ] {
        assert!(done.stdout.contains(statement), "{statement}: {done}");
    }
    // It may make no role for that, and here is no other server.
    let verify = |how: &[&str]| {
        let command = Binary::new().env("DATABASE_URL", &url).env("INBOXCTL_DATA_DIR", "/dev/null");
        command.run([&["db", "backup", "verify", &file, "--level", "3"], how].concat())
    };
    let asked = verify(&[]).expect_code(4);
    assert!(asked.stderr.contains(&format!("as {role}, with whose rights")), "{asked}");
    let verified = verify(&["--yes"]).expect_code(0);
    assert!(verified.stdout.contains("whole"), "{verified}");
    drop(copy);
    database.execute(&format!(
        "DROP EVENT TRIGGER watch; ALTER ROLE {role} NOCREATEDB; \
         ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM {role}"
    ));
    for args in [&into[..], &["db", "restore", &file, "--confirm-db", &database.name]] {
        let ran = run(args).expect_code(4);
        assert!(ran.stderr.contains(&format!("ALTER ROLE \"{role}\" CREATEDB")), "{ran}");
    }
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn what_the_database_says_of_encodings_changes_no_dump() {
    let database = Database::migrated();
    database.execute("INSERT INTO contacts (name) VALUES ('Āris 你好')");
    database.execute(&format!("ALTER DATABASE {} SET client_encoding = 'LATIN1'", database.name));
    let folder = Folder::new();
    let out = folder.file("inbox.dump");
    Binary::on(&database).run(["db", "backup", "--out", &out]).expect_code(0);
    Binary::on(&database).run(["db", "backup", "verify", &out, "--level", "3"]).expect_code(0);
}

//! `db backup verify --level 3`: what a backup holds runs as nobody.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::support::backups::Folder;
use crate::support::{Binary, OwnServer, Ran, with_user};

/// Somebody who has a schema of his own, and what he would do as a superuser.
const STRANGER: &str = r"
    CREATE ROLE eve LOGIN; CREATE SCHEMA ev AUTHORIZATION eve;
    SET SESSION AUTHORIZATION eve;
    CREATE FUNCTION ev.f(i int) RETURNS bool LANGUAGE plpgsql AS $f$
    DECLARE
        attempt text;
    BEGIN
        FOREACH attempt IN ARRAY ARRAY['RESET ROLE', 'RESET SESSION AUTHORIZATION',
            'SET SESSION AUTHORIZATION inbox', 'SET ROLE inbox', 'ALTER ROLE eve SUPERUSER',
            'COPY (SELECT 1) TO PROGRAM ''false''', 'CREATE ROLE mallory SUPERUSER'] LOOP
            BEGIN
                EXECUTE attempt;
            EXCEPTION WHEN OTHERS THEN NULL;
            END;
        END LOOP;
        RAISE WARNING 'the check runs as %/% %', session_user, current_user,
            (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user);
        RETURN true;
    END $f$;
    CREATE TABLE ev.t (i int CHECK (ev.f(i)));
    RESET SESSION AUTHORIZATION;
    CREATE FUNCTION native() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
    CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
    CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watch();
    CREATE PUBLICATION everything FOR ALL TABLES;
    CREATE ROLE operator LOGIN CREATEDB CREATEROLE; CREATE ROLE keeper LOGIN CREATEDB";

/// Roles and databases that a command made.
const LEFT: &str = "(SELECT string_agg(name, ',') FROM (
    SELECT rolname::text AS name FROM pg_roles UNION ALL SELECT datname FROM pg_database) AS names
    WHERE name ~ '_inboxctl_')";

const PARTS: [&str; 5] = [
    "whole",
    "Not restored here",
    "EVENT TRIGGER watch",
    "PUBLICATION everything",
    "FUNCTION public native()",
];

/// In a folder that the server's ordinary user can reach.
fn local_server() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mode = fs::Permissions::from_mode(0o711);
    fs::set_permissions(folder.path(), mode).expect("its mode");
    let start = Binary::new().env("INBOXCTL_DATA_DIR", folder.path()).run(["local", "start"]);
    start.expect_code(0);
    folder
}

#[test]
fn what_a_backup_holds_runs_as_nobody() {
    let (server, folder) = (OwnServer::start(&[]), Folder::new());
    server.execute("postgres", "CREATE DATABASE inbox");
    let done = |url: &str, args: &[&str]| -> Ran {
        server.binary("inbox").env("DATABASE_URL", url).run(args).expect_code(0)
    };
    let superuser = server.url("inbox");
    done(&superuser, &["db", "migrate"]);
    server.execute("inbox", STRANGER);
    ["operator", "keeper"].into_iter().for_each(|role| server.let_read("inbox", role));
    // Logged in as the stranger, it runs as the stranger.
    let mut stranger = PgConnection::establish(&with_user(&superuser, "eve")).expect("a login");
    stranger.batch_execute("INSERT INTO ev.t VALUES (1)").expect("a row");
    drop(stranger);
    let file = folder.file("inbox.dump");
    done(&superuser, &["db", "backup", "--out", &file]);
    // What a kill leaves, a database and a role, goes with the next.
    let killed = "inbox_inboxctl_00000000000000aa";
    server.execute("postgres", &format!("CREATE ROLE {killed} VALID UNTIL 'tomorrow'"));
    server.execute("postgres", &format!("CREATE DATABASE {killed} OWNER {killed}"));
    let log = || fs::read_to_string(server.log_file()).expect("a log");
    for url in [&superuser, &with_user(&superuser, "operator")] {
        let before = log().len();
        let verified = done(url, &["db", "backup", "verify", &file, "--level", "3"]);
        for part in PARTS {
            assert!(verified.stdout.contains(part), "{part}: {verified}");
        }
        let log = log().split_off(before);
        let ran: Vec<&str> =
            log.lines().filter(|line| line.contains("the check runs as")).collect();
        assert!(!ran.is_empty(), "nothing ran");
        let is_nobody =
            |line: &&str| line.contains("_inboxctl_") && line.trim_end().ends_with(" f");
        assert!(ran.iter().all(is_nobody), "{ran:?}");
        assert_eq!(server.value("postgres", LEFT), "");
    }
    // Who may make no role has it restored by nobody on the private server of this machine.
    let own = local_server();
    let before = log().len();
    let binary = server.binary("inbox").env("DATABASE_URL", with_user(&superuser, "keeper"));
    let verified = binary
        .env("INBOXCTL_DATA_DIR", own.path())
        .run(["db", "backup", "verify", &file, "--level", "3"]);
    let destroy =
        Binary::new().env("INBOXCTL_DATA_DIR", own.path()).run(["local", "destroy", "--yes"]);
    let verified = verified.expect_code(0);
    destroy.expect_code(0);
    assert!(verified.stderr.contains("restoring on the private server"), "{verified}");
    assert!(!log().split_off(before).contains("the check runs as"), "it ran here");
    assert_eq!(server.value("postgres", LEFT), "");
    // Without one it is asked, and nothing runs unasked.
    let binary = server.binary("inbox").env("DATABASE_URL", with_user(&superuser, "keeper"));
    let asked = binary
        .env("INBOXCTL_DATA_DIR", "/dev/null")
        .run(["db", "backup", "verify", &file, "--level", "3"])
        .expect_code(4);
    assert!(asked.stderr.contains("with whose rights the functions in it will run"), "{asked}");
    assert!(!log().split_off(before).contains("the check runs as"), "it ran unasked");
    let raised = "(SELECT count(*) FROM pg_roles \
                   WHERE rolname = 'mallory' OR rolname = 'eve' AND rolsuper)";
    assert_eq!(server.value("postgres", raised), "0");
}

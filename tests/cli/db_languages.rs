//! A server that speaks German to a role that may not choose the language.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use inboxctl::local::Binaries;

use crate::support::{Binary, OwnServer, fresh_root, skip};

/// The server's programs, with a folder of locales that this test made. None where the system has
/// no sources of locales, or the server no German.
fn german_programs(folder: &Path) -> Option<Binaries> {
    let german = Path::new("/usr/share/i18n/locales/de_DE").exists()
        && fs::read_dir("/usr/share/locale/de/LC_MESSAGES").is_ok_and(|names| {
            names.flatten().any(|name| name.file_name().to_string_lossy().starts_with("postgres-"))
        });
    fs::create_dir(folder).unwrap();
    let made = german
        && Command::new("localedef")
            .args(["--no-archive", "-i", "de_DE", "-f", "UTF-8"])
            .arg(folder.join("de_DE.UTF-8"))
            .status()
            .is_ok_and(|status| status.success());
    if !made {
        skip("german", "the locale de_DE can't be made here (Debian: the package locales)");
        return None;
    }
    let real = Binaries::find(None).unwrap();
    let bin = folder.join("bin");
    fs::create_dir(&bin).unwrap();
    let script = format!(
        "#!/bin/sh\nLOCPATH={} exec {}/postgres \"$@\"\n",
        folder.display(),
        real.dir.display()
    );
    fs::write(bin.join("postgres"), script).unwrap();
    std::os::unix::fs::symlink(real.dir.join("initdb"), bin.join("initdb")).unwrap();
    for path in [folder, bin.as_path(), bin.join("postgres").as_path()] {
        fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
    }
    Some(Binaries { dir: bin, ..real })
}

#[test]
fn conditions_are_known_in_german() {
    let folder = fresh_root();
    let Some(programs) = german_programs(&folder) else {
        let _ = fs::remove_dir_all(&folder);
        return;
    };
    let server = OwnServer::of(programs, fresh_root(), &[("lc_messages", "de_DE.UTF-8")]);
    server.execute("postgres", "CREATE ROLE app LOGIN");
    server.execute("postgres", "CREATE DATABASE inbox OWNER app");
    server.execute("inbox", "GRANT ALL ON SCHEMA public TO app");
    let url = |database: &str| server.url(database).replace("user=inbox", "user=app");
    let app = || Binary::new().env("DATABASE_URL", url("inbox"));
    // A relation that is missing.
    let ran = app().run(["contacts", "search", "Ana"]).expect_code(1);
    assert!(ran.stderr.contains("existiert nicht"), "the server speaks German: {ran}");
    assert!(ran.stderr.contains("inboxctl db migrate"), "{ran}");
    let check = app().run(["db", "check"]);
    assert!(check.stdout.contains("lc_messages = de_DE"), "{check}");
    // A database that may come.
    let wait = Binary::new().env("DATABASE_URL", url("absent"));
    wait.run(["db", "wait", "--timeout", "500ms"]).expect_code(75);
    // A lock that isn't granted.
    app().run(["db", "migrate"]).expect_code(0);
    let mut blocker = server.connect("inbox");
    use diesel::connection::SimpleConnection;
    blocker.batch_execute("BEGIN; LOCK TABLE __diesel_schema_migrations").unwrap();
    let ran = app().run(["db", "rollback", "--yes", "--lock-timeout", "50ms"]).expect_code(75);
    assert!(!ran.stderr.contains("refused a statement"), "{ran}");
    drop(blocker);
    rights_and_rows_are_told_in_german(&server);
    drop(server);
    let _ = fs::remove_dir_all(&folder);
}

/// What is lacking, and what stands in the way of a row that comes back.
fn rights_and_rows_are_told_in_german(server: &OwnServer) {
    let as_role = |role: &str, args: &[&str]| {
        let url = server.url("inbox").replace("user=inbox", &format!("user={role}"));
        Binary::new().env("DATABASE_URL", url).run(args)
    };
    let [a, b] = ["01900000-0000-7000-8000-000000000101", "01900000-0000-7000-8000-000000000107"];
    as_role("app", &["db", "seed"]).expect_code(0);
    server.execute(
        "inbox",
        "CREATE ROLE viewer LOGIN; GRANT USAGE ON SCHEMA public TO viewer; \
         GRANT SELECT ON ALL TABLES IN SCHEMA public TO viewer; REVOKE SELECT ON users, inboxctl_migrations FROM viewer",
    );
    for (args, code, grant) in [
        (&["users", "list"][..], 1, "GRANT SELECT ON users TO"),
        (&["contacts", "merge", a, b, "--yes"], 4, "GRANT DELETE, UPDATE ON contacts TO"),
        (&["contacts", "dedupe", "--yes"], 4, "GRANT DELETE, UPDATE ON contacts TO"),
        (
            &["db", "backup", "--out", "x.dump"],
            1,
            "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO",
        ),
    ] {
        let ran = as_role("viewer", args).expect_code(code);
        assert!(ran.stderr.contains(grant), "{ran}");
    }
    let check = as_role("viewer", &["db", "check", "--format", "json"]).expect_code(0);
    assert!(check.stdout.contains("GRANT SELECT ON inboxctl_migrations TO"), "{check}");
    server.execute(
        "inbox",
        &format!(
            "CREATE TABLE profiles (contact_id uuid UNIQUE REFERENCES contacts (id), j json); \
             GRANT ALL ON profiles TO app; INSERT INTO profiles VALUES ('{b}', '{{}}'); \
             CREATE FUNCTION app() RETURNS trigger LANGUAGE plpgsql AS \
                 'BEGIN INSERT INTO profiles VALUES (NEW.id); RETURN NEW; END'; \
             CREATE TRIGGER app AFTER INSERT ON contacts FOR EACH ROW EXECUTE FUNCTION app()"
        ),
    );
    let merged = as_role("app", &["contacts", "merge", a, b, "--yes", "--format", "json"]);
    let id = merged.expect_code(0).json()["id"].as_str().unwrap().to_owned();
    let ran = as_role("app", &["contacts", "unmerge", &id, "--yes"]).expect_code(4);
    for part in ["profiles_contact_id_key of profiles", "trigger app", "doppelter"] {
        assert!(ran.stderr.contains(part), "{part}: {ran}");
    }
    server.execute("inbox", "ALTER TABLE contacts DISABLE TRIGGER app");
    server.execute(
        "inbox",
        "ALTER TABLE notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; \
         CREATE POLICY p ON notes USING (true)",
    );
    let verified = as_role("app", &["db", "verify"]).expect_code(0);
    assert!(verified.stdout.contains("Not checked"), "{verified}");
    server.execute("inbox", "ALTER TABLE notes DISABLE ROW LEVEL SECURITY");
    as_role("app", &["contacts", "unmerge", &id, "--yes"]).expect_code(0);
    // As a killed `db adopt` leaves a database.
    server.execute("postgres", "ALTER DATABASE inbox ALLOW_CONNECTIONS false");
    let ran = as_role("app", &["db", "status"]);
    assert_ne!(ran.code, 0);
    assert!(ran.stderr.contains("inboxctl db adopt --abort"), "{ran}");
    as_role("app", &["db", "adopt", "--abort"]).expect_code(0);
    as_role("app", &["db", "status"]).expect_code(0);
}

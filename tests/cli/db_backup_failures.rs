//! `db backup` when something gives way under it: no backup, and nothing that looks like one.

use std::fs;
use std::process::{Command, Stdio};

use inboxctl::backup::stream;

use crate::db_backup::seeded;
use crate::support::backups::Folder;
use crate::support::npm::output;
use crate::support::{Binary, binary, eventually, say};

#[test]
fn a_pg_dump_that_dies_leaves_nothing() {
    let database = seeded();
    for script in [
        "\"$REAL\" \"$@\" | head -c 2000; kill -9 $$",
        "\"$REAL\" \"$@\" | head -c 2000; exit 1",
        "exit 7",
    ] {
        let (folder, out) = (Folder::new(), Folder::new());
        let bin = folder.program("pg_dump", None, script);
        let failed = Binary::on(&database)
            .env("INBOXCTL_PG_BIN", bin)
            .run(["db", "backup", "--out", &out.file("inbox.dump")])
            .expect_code(1);
        assert!(failed.stderr.contains("no backup was made"), "{failed}");
        assert!(out.names().is_empty(), "{script}: {:?}", out.names());
    }
}

#[test]
fn what_passes_by_itself_is_told_from_what_does_not() {
    let database = seeded();
    for (said, told) in [
        (
            "query failed: ERROR:  canceling statement due to conflict with recovery",
            "a conflict with recovery",
        ),
        (
            "connection to server failed: FATAL:  too many connections for role \\\"x\\\"",
            "no connection left",
        ),
        (
            "connection to server failed: FATAL:  sorry, too many clients already",
            "no connection left",
        ),
    ] {
        let (folder, out) = (Folder::new(), Folder::new());
        let script = format!("echo \"pg_dump: error: {said}\" >&2; exit 1");
        let bin = folder.program("pg_dump", None, &script);
        let failed = Binary::on(&database)
            .env("INBOXCTL_PG_BIN", bin)
            .run(["db", "backup", "--out", &out.file("inbox.dump")])
            .expect_code(75);
        assert!(failed.stderr.contains(told), "{failed}");
        assert!(out.names().is_empty(), "{:?}", out.names());
    }
}

#[test]
fn what_is_no_dump_is_no_backup() {
    let database = seeded();
    let key = age::x25519::Identity::generate().to_public().to_string();
    for (script, why) in [
        ("echo -- PostgreSQL database dump", "doesn't begin as a dump"),
        ("true", "doesn't begin as a dump"),
        ("printf PG", "doesn't begin as a dump"),
        ("printf 'PGDMP and no more'", "pg_restore can't list it"),
        ("\"$REAL\" \"$@\" | head -c 2000", "pg_restore can't list it"),
    ] {
        for encrypted in [&[][..], &["--encrypt-to", &key]] {
            let (folder, out) = (Folder::new(), Folder::new());
            let bin = folder.program("pg_dump", None, script);
            let file = out.file("inbox.dump");
            let ran = Binary::on(&database)
                .env("INBOXCTL_PG_BIN", bin)
                .run([&["db", "backup", "--out", &file][..], encrypted].concat())
                .expect_code(1);
            assert!(ran.stderr.contains("no backup was made"), "{script}: {ran}");
            assert!(ran.stderr.contains(why), "{script}: {ran}");
            assert!(out.names().is_empty(), "{script}: {:?}", out.names());
        }
    }
}

#[test]
fn a_program_that_is_started_inherits_no_secret() {
    let database = seeded();
    let (folder, out) = (Folder::new(), Folder::new());
    let seen = out.file("environment");
    let bin = folder.program("pg_dump", None, &format!("env >{seen}; exec \"$REAL\" \"$@\""));
    Binary::on(&database)
        .env("INBOXCTL_PG_BIN", bin)
        .env("DIRECT_URL", database.url())
        .env("INBOXCTL_PHONE_REGION", "ES")
        .env("AWS_SECRET_ACCESS_KEY", "canary")
        .env("PGSSLMODE", "prefer")
        .env("HOME", out.path())
        .run(["db", "backup", "--out", &out.file("inbox.dump")])
        .expect_code(0);
    let seen = fs::read_to_string(seen).expect("it was written");
    assert!(!seen.contains("INBOXCTL_") && !seen.contains("DATABASE_URL"), "{seen}");
    assert!(!seen.contains("canary"), "{seen}");
    assert!(seen.contains("PGSSLMODE=prefer") && seen.contains("HOME="), "{seen}");
}

#[test]
fn a_full_disk_is_told_and_leaves_nothing() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("it is there");
    let key = age::x25519::Identity::generate().to_public();
    let dump = [b"PGDMP".as_slice(), &[7; 1_000_000]].concat();
    for recipients in [vec![], vec![key]] {
        let written = stream::write(&dump[..], &full, &recipients, &mut std::io::sink());
        assert!(written.unwrap_err().to_string().contains("No space left"));
    }

    // A limit on the size of files stands in for the end of the disk.
    let (database, out) = (seeded(), Folder::new());
    let ran = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""])
        .arg(binary())
        .args(["db", "backup", "--out", &out.file("inbox.dump")])
        .env("DATABASE_URL", database.url())
        .current_dir(out.path())
        .stdin(Stdio::null())
        .output()
        .expect("sh runs");
    let stderr = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("the backup can't be written"), "{stderr}");
    assert!(out.names().is_empty(), "{:?}", out.names());
}

/// pg_dump's session, waiting for the lock that the test holds.
const PG_DUMP: &str = "FROM pg_stat_activity WHERE datname = current_database() \
                       AND wait_event_type = 'Lock' AND query LIKE 'LOCK TABLE%'";

#[test]
fn a_lost_connection_leaves_nothing() {
    let (database, out) = (seeded(), Folder::new());
    let lock = database.lock("alter", "LOCK TABLE contacts");
    let file = out.file("inbox.dump");
    let running = Binary::on(&database).start(["db", "backup", "--out", &file]);
    eventually("pg_dump waits", || database.value(&format!("(SELECT count(*) {PG_DUMP})")) == "1");
    database.execute(&format!("SELECT pg_terminate_backend(pid) {PG_DUMP}"));
    let failed = running.wait().expect_code(75);
    assert!(failed.stderr.contains("connection to the database was lost"), "{failed}");
    assert!(out.names().is_empty(), "{:?}", out.names());
    lock.commit();
}

#[test]
fn a_table_that_is_dropped_meanwhile_takes_another_snapshot() {
    let (database, out) = (seeded(), Folder::new());
    database.execute("CREATE TABLE passing (id int); INSERT INTO passing VALUES (1)");
    let lock = database.lock("prune", "DROP TABLE passing");
    let file = out.file("inbox.dump");
    let running = Binary::on(&database).start(["db", "backup", "--out", &file]);
    eventually("pg_dump waits", || database.value(&format!("(SELECT count(*) {PG_DUMP})")) == "1");
    lock.commit();
    let ran = running.wait().expect_code(0);
    assert!(ran.stderr.contains("a table was dropped meanwhile"), "{ran}");
    let verify = ["db", "backup", "verify", &file, "--level", "2"];
    Binary::on(&database).run(verify).expect_code(0);
}

/// The catalogue names what isn't there, in whatever snapshot.
#[test]
fn a_damaged_catalogue_is_told_as_that() {
    let (database, out) = (seeded(), Folder::new());
    database.execute(
        "CREATE FUNCTION lost() RETURNS int LANGUAGE sql AS 'SELECT 1'; \
         CREATE VIEW calls AS SELECT lost() AS one; \
         DELETE FROM pg_proc WHERE proname = 'lost'",
    );
    let backup = ["db", "backup", "--out", &out.file("inbox.dump")];
    let failed = Binary::on(&database).run(backup).expect_code(1);
    assert!(failed.stderr.contains("cache lookup failed for function"), "{failed}");
    assert!(failed.stderr.contains("the catalogue is damaged"), "{failed}");
    assert!(out.names().is_empty(), "{:?}", out.names());
}

#[test]
fn a_signal_leaves_nothing() {
    let (database, out) = (seeded(), Folder::new());
    let lock = database.lock("alter", "LOCK TABLE contacts");
    let file = out.file("inbox.dump");
    let running = Binary::on(&database).start(["db", "backup", "--out", &file]);
    eventually("pg_dump waits", || database.value(&format!("(SELECT count(*) {PG_DUMP})")) == "1");
    running.signal("TERM");
    running.wait().expect_code(143);
    assert!(out.names().is_empty(), "{:?}", out.names());
    lock.commit();
}

/// A small disk, in a mount namespace that goes with its process: there the folder is the disk, to
/// which `$@` then writes. Last comes what lies on it, after a line that tells the exit code.
const ON_A_SMALL_DISK: &str = "set -e; folder=$1 size=$2; shift 2
    mount -t tmpfs -o size=$size none \"$folder\"
    set +e; \"$@\" >/dev/null; echo \"code $?\"; ls -A \"$folder\"";

/// The exit code of a backup onto a disk of so many pages of 4 KiB, and the files on it; or why
/// there can be no such disk.
fn back_up_onto(pages: u64, url: &str, flags: &[&str]) -> Result<(String, Vec<String>), String> {
    let folder = Folder::new();
    let mut command = Command::new("unshare");
    // Who isn't root is root in a namespace of users, where the system lets them.
    let is_root = output(Command::new("id").arg("-u"))?.trim() == "0";
    command.args(if is_root { &["--mount"][..] } else { &["--mount", "--map-root-user"] });
    command.args(["sh", "-c", ON_A_SMALL_DISK, "sh"]).arg(folder.path());
    command.arg(format!("{}k", pages * 4)).arg(binary()).args(["db", "backup", "--out"]);
    command.arg(folder.file("inbox.dump")).args(flags).env("DATABASE_URL", url);
    let said = output(&mut command)?;
    let mut lines = said.lines().map(str::to_owned);
    Ok((lines.next().unwrap_or_default(), lines.collect()))
}

#[test]
fn a_disk_that_fills_up_at_any_point_has_no_half_a_backup() {
    let (database, folder) = (seeded(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    let pages = fs::metadata(&file).expect("the file").len().div_ceil(4096);
    let key = age::x25519::Identity::generate().to_public().to_string();
    let encrypted = ["--encrypt-to", key.as_str()];
    if let Err(why) = back_up_onto(1, &database.url(), &[]) {
        say(&format!("skipped, no backup was made onto a small disk: {why}"));
        return;
    }
    // Early, in the last page, at the manifest; and on disks that are large enough.
    for (pages, fits) in [
        (1, Some(false)),
        (pages / 2, Some(false)),
        (pages - 2, Some(false)),
        (pages - 1, None),
        (pages, None),
        (pages + 1, None),
        (pages + 8, Some(true)),
    ] {
        for flags in [&[][..], &encrypted] {
            let (code, names) = back_up_onto(pages, &database.url(), flags).expect("a small disk");
            let expected: &[&str] = match code.as_str() {
                "code 0" => &["inbox.dump", "inbox.dump.manifest.json"],
                _ => &[],
            };
            assert_eq!(names, expected, "{pages} pages, {code}");
            assert!(["code 0", "code 1"].contains(&code.as_str()), "{pages} pages: {code}");
            assert!(fits.is_none_or(|fits| fits == (code == "code 0")), "{pages} pages: {code}");
        }
    }
}

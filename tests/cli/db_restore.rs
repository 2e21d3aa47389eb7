//! `db restore`: what comes back, and that the live database is left alone
//! until it does.

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use inboxctl::backup::stream::{self, Tail};
use inboxctl::local::Client;

use crate::support::backups::{self, Folder, manifest};
use crate::support::{Binary, Database, Ran};

fn seeded(environment: &str) -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    Binary::on(&database).run(["db", "environment", "set", environment, "--yes"]).expect_code(0);
    database
}

fn restore(database: &Database, file: &str, flags: &[&str]) -> Ran {
    Binary::on(database).run([&["db", "restore", file], flags].concat())
}

/// Databases of the server whose names begin with the test's own.
fn relatives(database: &Database) -> Vec<String> {
    let all = database.value(&format!(
        "(SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database \
          WHERE starts_with(datname, '{}_') AND datname ~ '(before|inboxctl|copy)')",
        database.name
    ));
    all.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// A database that a restore made; dropped with the test.
fn adopt(name: &str) -> Database {
    Database { name: name.to_owned() }
}

#[test]
fn beside_the_live_one_it_holds_the_same() {
    let (database, folder) = (seeded("production"), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    let before = database.contents();
    let name = format!("{}_copy", database.name);
    restore(&database, &file, &["--into", &name, "--dry-run"]).expect_code(0);
    assert!(relatives(&database).is_empty());
    let ran = restore(&database, &file, &["--into", &name]).expect_code(0);
    assert!(ran.stdout.contains("as its manifest says"), "{ran}");
    let copy = adopt(&name);
    assert_eq!(database.contents(), before);
    // But for the entry that tells of the restore.
    copy.execute("DELETE FROM audit_logs WHERE action = 'database.restore'");
    assert_eq!(copy.contents(), before);
    Binary::on(&copy).run(["db", "status", "--check"]).expect_code(0);
    restore(&database, &file, &["--into", &name]).expect_code(4);
    assert_eq!(copy.contents(), before);
}

#[test]
fn in_place_of_the_live_one_which_is_kept() {
    let (database, folder) = (seeded("test"), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    database.execute(&format!(
        "DELETE FROM messages; DELETE FROM notes; \
         REVOKE CONNECT ON DATABASE {name} FROM PUBLIC; \
         ALTER DATABASE {name} SET work_mem = '7MB'; \
         ALTER DATABASE {name} SET search_path = 'public', 'inbox'",
        name = database.name
    ));
    let changed = database.contents();
    let acl = "(SELECT string_agg(acl::text, ',' ORDER BY acl::text) \
                FROM pg_database, unnest(datacl) AS acl WHERE datname = current_database())";
    let rights = database.value(acl);

    restore(&database, &file, &["--yes"]).expect_code(4);
    restore(&database, &file, &["--confirm-db", "postgres"]).expect_code(4);
    let planned = restore(&database, &file, &["--dry-run"]).expect_code(0);
    assert!(planned.stdout.contains("Nothing was changed"), "{planned}");
    assert!(relatives(&database).is_empty());
    assert_eq!(database.contents(), changed);

    let ran = restore(&database, &file, &["--confirm-db", &database.name, "--format", "json"]);
    let json = ran.expect_code(0).json();
    let former = adopt(json["former"].as_str().expect("a name"));
    assert_eq!(relatives(&database), std::slice::from_ref(&former.name));
    assert_eq!(former.contents(), changed);
    assert_ne!(database.value("(SELECT count(*) FROM messages)"), "0");
    let audited = "(SELECT count(*) FROM audit_logs WHERE action = 'database.restore')";
    assert_eq!(database.value(audited), "1");
    assert_eq!(database.value("current_setting('work_mem')"), "7MB");
    assert_eq!(database.value("current_setting('search_path')"), "public, inbox");
    assert_eq!(database.value(acl), rights);
}

#[test]
fn production_and_other_sessions_are_guarded() {
    let (database, folder) = (seeded("production"), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    let confirmed = |flags: &[&str]| {
        restore(&database, &file, &[&["--confirm-db", database.name.as_str()], flags].concat())
    };
    let refused = confirmed(&[]).expect_code(4);
    assert!(refused.stderr.contains("production"), "{refused}");
    let lock = database.lock("inbox-web", "DELETE FROM notes");
    let refused = confirmed(&["--allow-production"]).expect_code(4);
    assert!(refused.stderr.contains("inbox-web"), "{refused}");
    assert!(refused.stderr.contains(&format!("pid {}", lock.pid)), "{refused}");
    assert!(relatives(&database).is_empty());
    let ran = confirmed(&["--allow-production", "--force", "--format", "json"]).expect_code(0);
    adopt(ran.json()["former"].as_str().expect("a name"));
}

#[test]
fn a_damaged_backup_is_refused_and_nothing_is_touched() {
    let (database, folder) = (seeded("test"), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    let before = database.contents();
    let whole = fs::read(&file).expect("the file");
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 4;
    for damaged in [&whole[..whole.len() - 1], &whole[..whole.len() / 2], &flipped] {
        fs::write(&file, damaged).expect("a file");
        let flags = ["--confirm-db", database.name.as_str()];
        let refused = restore(&database, &file, &flags).expect_code(1);
        assert!(refused.stderr.contains("damaged"), "{refused}");
        restore(&database, &file, &["--into", &format!("{}_copy", database.name)]).expect_code(1);
    }
    assert_eq!(database.contents(), before);
    assert!(relatives(&database).is_empty());
}

/// pg_dump as an operator would run it.
fn plain_dump(database: &Database, folder: &Folder) -> String {
    let pg_dump = Client::find_all("pg_dump", None).into_iter().next().expect("pg_dump");
    let file = folder.file("inbox.sql");
    let ran = Command::new(pg_dump.path).args(["--file", &file, &database.url()]).status();
    assert!(ran.expect("pg_dump runs").success());
    file
}

#[test]
fn plain_dumps_are_taken_when_they_are_whole() {
    let (database, folder) = (seeded("test"), Folder::new());
    let file = plain_dump(&database, &folder);
    let before = database.contents();
    let name = format!("{}_copy", database.name);
    let ran = restore(&database, &file, &["--into", &name]).expect_code(0);
    assert!(ran.stderr.contains("no manifest"), "{ran}");
    let copy = adopt(&name);
    copy.execute("DELETE FROM audit_logs WHERE action = 'database.restore'");
    assert_eq!(copy.contents(), before);
    drop(copy);

    restore(&database, &file, &["--into", &name, "--no-owner"]).expect_code(2);
    let whole = fs::read(&file).expect("the file");
    let is_complete = |bytes: &[u8]| {
        let mut tail = Tail::default();
        stream::read(bytes, &[], &mut tail).is_ok() && tail.is_complete()
    };
    assert!(is_complete(&whole));
    let last = b"database dump complete\n";
    let end = whole.windows(last.len()).rposition(|window| window == last).expect("its end");
    for step in 0..=500 {
        assert!(!is_complete(&whole[..end * step / 500]), "cut off at {}", end * step / 500);
    }
    fs::write(&file, &whole[..whole.len() / 2]).expect("a file");
    let refused = restore(&database, &file, &["--into", &name]).expect_code(1);
    assert!(refused.stderr.contains("cut off"), "{refused}");
    assert!(relatives(&database).is_empty());
}

#[test]
fn a_restore_that_fails_leaves_no_trace() {
    let (database, folder) = (seeded("test"), Folder::new());
    let file = plain_dump(&database, &folder);
    let text = fs::read_to_string(&file).expect("the file");
    let end = "\n-- PostgreSQL database dump complete";
    let broken = text.replace(end, &format!("\nSELECT 1 / 0;\n{end}"));
    assert_ne!(text, broken);
    fs::write(&file, broken).expect("a file");
    let before = database.contents();
    let failed =
        restore(&database, &file, &["--confirm-db", database.name.as_str()]).expect_code(1);
    assert!(failed.stderr.contains("division by zero"), "{failed}");
    assert_eq!(database.contents(), before);
    assert!(relatives(&database).is_empty());
}

#[test]
fn a_backup_under_writes_restores_to_the_rows_of_its_manifest() {
    let (database, folder) = (seeded("test"), Folder::new());
    let stop = AtomicBool::new(false);
    let file = thread::scope(|scope| {
        for writer in 0..2 {
            let (database, stop) = (&database, &stop);
            scope.spawn(move || {
                let mut conn = database.connect();
                while !stop.load(Ordering::Relaxed) {
                    let sql = format!(
                        "INSERT INTO contacts (name) SELECT 'writer {writer} ' || n \
                         FROM generate_series(1, 20) n; \
                         INSERT INTO audit_logs (actor, action, resource) \
                         SELECT 'os:writer', 'test.write', 'contacts' FROM generate_series(1, 20)"
                    );
                    diesel::connection::SimpleConnection::batch_execute(&mut conn, &sql)
                        .expect("a write");
                }
            });
        }
        let files: Vec<String> =
            (0..3).map(|number| folder.back_up(&database, &format!("{number}.dump"))).collect();
        stop.store(true, Ordering::Relaxed);
        files
    });
    let counts: Vec<u64> = file
        .iter()
        .map(|file| manifest(file)["rows"]["public.contacts"].as_u64().expect("a number"))
        .collect();
    assert!(counts.is_sorted() && counts[0] < counts[2], "rows were written: {counts:?}");
    for file in &file {
        let verified = Binary::on(&database).run(["db", "backup", "verify", file, "--level", "3"]);
        verified.expect_code(0);
    }
    assert!(relatives(&database).is_empty(), "the scratch database is gone");
}

#[test]
fn level_3_notices_rows_that_are_not_those_of_the_manifest() {
    let (database, folder) = (seeded("test"), Folder::new());
    let (whole, file) = (folder.back_up(&database, "inbox.dump"), folder.file("other.dump"));
    backups::copy(&whole, "other.dump", |manifest| {
        manifest.rows.insert(String::from("public.contacts"), 8);
        manifest.migrations.push(String::from("20990101"));
    });
    Binary::on(&database).run(["db", "backup", "verify", &file, "--level", "2"]).expect_code(0);
    let found =
        Binary::on(&database).run(["db", "backup", "verify", &file, "--level", "3"]).expect_code(3);
    assert!(found.stdout.contains("public.contacts: 7 rows of 8"), "{found}");
    assert!(found.stdout.contains("migrations are missing: 20990101"), "{found}");
    assert!(relatives(&database).is_empty());
    restore(&database, &file, &["--confirm-db", database.name.as_str()]).expect_code(1);
    assert!(relatives(&database).is_empty());
}

/// Whoever may log in chooses settings of his own: they come along as they are, and nothing in them
/// becomes a statement of the operator's.
#[test]
fn a_stored_setting_is_never_run_as_sql() {
    const ATTACKS: [&str; 4] = [
        "public;alter/**/role/**/{eve}/**/superuser",
        "public\", public; ALTER ROLE {eve} SUPERUSER; --",
        "\"\", \"a\"\"; ALTER ROLE {eve} SUPERUSER; --\"",
        "$user, public",
    ];
    let (database, folder) = (seeded("test"), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    let eve = format!("{}_eve", database.name);
    database.execute(&format!("CREATE ROLE {eve} LOGIN"));
    for attack in ATTACKS {
        let attack = attack.replace("{eve}", &eve);
        for name in ["search_path", "temp_tablespaces", "application_name", "eve.words"] {
            // What the server refuses to store is no attack.
            let _ = database.try_execute(&format!(
                "SET ROLE {eve}; SELECT set_config('{name}', $eve${attack}$eve$, false); \
                 ALTER ROLE {eve} IN DATABASE {} SET {name} FROM CURRENT",
                database.name
            ));
        }
        let settings = format!(
            "(SELECT array_to_string(setconfig, E'\\n') FROM pg_db_role_setting s \
              JOIN pg_database d ON d.oid = s.setdatabase \
              WHERE d.datname = current_database() AND s.setrole = '{eve}'::regrole)"
        );
        let before = database.value(&settings);
        let ran = restore(&database, &file, &["--confirm-db", &database.name, "--format", "json"]);
        let former = adopt(ran.expect_code(0).json()["former"].as_str().expect("a name"));
        let is_superuser = format!("(SELECT rolsuper FROM pg_roles WHERE rolname = '{eve}')");
        assert_eq!(database.value(&is_superuser), "false", "{attack}");
        let after = database.value(&settings);
        assert_eq!(after.lines().count(), before.lines().count(), "{before}\n{after}");
        drop(former);
    }
    database.execute(&format!(
        "DROP OWNED BY {eve}; ALTER ROLE {eve} RESET ALL; \
        ALTER ROLE {eve} IN DATABASE {} RESET ALL; DROP ROLE {eve}",
        database.name
    ));
}

/// One takes the place first; the other waits, and replaces that one.
#[test]
fn two_in_one_second_lose_nothing() {
    let (database, folder) = (seeded("test"), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    for round in 0..3 {
        let marked = format!("INSERT INTO contacts (name) VALUES ('before round {round}')");
        database.execute(&marked);
        let both = [(); 2].map(|()| {
            let restore = ["db", "restore", &file, "--confirm-db", &database.name];
            Binary::on(&database).start(restore)
        });
        for one in both {
            one.wait().expect_code(0);
        }
        let formers: Vec<Database> = relatives(&database).iter().map(|name| adopt(name)).collect();
        assert_eq!(formers.len(), 2);
        let kept = format!("(SELECT count(*) FROM contacts WHERE name = 'before round {round}')");
        let kept: Vec<String> = formers.iter().map(|one| one.value(&kept)).collect();
        assert!(kept.contains(&String::from("1")), "{kept:?}");
        database.value("(SELECT count(*) FROM contacts)");
    }
    let name = format!("{}_copy", database.name);
    let both =
        [(); 2].map(|()| Binary::on(&database).start(["db", "restore", &file, "--into", &name]));
    let mut codes = both.map(|one| one.wait()).map(|ran| {
        assert!([0, 4, 75].contains(&ran.code), "{ran}");
        ran.code
    });
    codes.sort_unstable();
    let copy = adopt(&name);
    assert_eq!((codes[0], relatives(&database)), (0, vec![name.clone()]));
    assert_ne!(codes[1], 0);
    drop(copy);
}

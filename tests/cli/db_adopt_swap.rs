//! `db adopt` in place: writers wait, the names are swapped, and whatever stops it leaves the
//! application's database as it was.

use std::thread;
use std::time::Instant;

use diesel::connection::SimpleConnection;

use crate::db_adopt::{application, decided, made};
use crate::support::{Binary, Database, binary, eventually};

fn args(database: &Database, map: &tempfile::TempDir) -> Vec<String> {
    let map = map.path().join("map.toml").to_str().unwrap().to_owned();
    ["db", "adopt", "--map", &map, "--allow-production", "--confirm-db", &database.name]
        .map(str::to_owned)
        .to_vec()
}

/// Databases that were made of it.
fn relatives(admin: &Database, name: &str) -> Vec<String> {
    let all = admin.value(&format!(
        "(SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database WHERE starts_with(datname, '{name}_'))"
    ));
    all.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Who is an application: the tables have its spelling.
fn is_the_applications(database: &Database) -> bool {
    database.value("(SELECT count(*) FROM pg_attribute WHERE attname = 'contactId' AND attrelid = to_regclass('messages'))") == "1"
}

#[test]
fn it_takes_the_place_of_the_database_which_is_kept() {
    let (database, admin) = (application(), Database::empty());
    let map = decided(&database);
    database.execute(&format!("ALTER DATABASE {} SET work_mem = '7MB'", database.name));
    // Not without consent, and not by a wrong name.
    Binary::on(&database).run(&args(&database, &map)[..4]).expect_code(4);
    let mut wrong = args(&database, &map);
    *wrong.last_mut().unwrap() = String::from("another");
    Binary::on(&database).run(&wrong).expect_code(4);
    assert!(is_the_applications(&database) && relatives(&admin, &database.name).is_empty());

    let mut idle = database.connect();
    idle.batch_execute("SELECT 1").unwrap();
    let ran = Binary::on(&database).run(args(&database, &map)).expect_code(0);
    assert!(ran.stdout.contains("is an inbox"), "{ran}");
    assert!(idle.batch_execute("SELECT 1").is_err(), "its sessions were ended");
    for command in [
        &["db", "status", "--check"][..],
        &["db", "drift"],
        &["db", "verify"],
        &["audit", "close"],
        &["audit", "verify"],
    ] {
        Binary::on(&database).run(command).expect_code(0);
    }
    assert_eq!(database.value("(SELECT count(*) FROM messages)"), "240");
    assert_eq!(database.value("current_setting('work_mem')"), "7MB");
    let kept = relatives(&admin, &database.name);
    assert_eq!(kept.len(), 1, "{kept:?}");
    let former = made(&kept[0]);
    assert!(is_the_applications(&former), "what was there is kept, and can be looked at");
    let again = Binary::on(&database).run(args(&database, &map)).expect_code(0);
    assert!(again.stdout.contains("Already adopted"), "{again}");
    let abort = Binary::on(&database).run(["db", "adopt", "--abort"]).expect_code(0);
    assert!(abort.stdout.contains("nothing to open"), "{abort}");
}

#[test]
fn nothing_that_is_written_meanwhile_is_lost() {
    let (database, admin) = (application(), Database::empty());
    let map = decided(&database);
    // The last writer before: its transaction is waited for.
    let writer = database.lock(
        "writer",
        "INSERT INTO \"Invoice\" (\"contactId\", amount) SELECT id, 99 FROM contacts LIMIT 1",
    );
    let running = Binary::on(&database).start(args(&database, &map));
    eventually("it waits for the writer", || {
        admin.value("(SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'ShareLock')")
            != "0"
    });
    // Who comes now waits behind it, and is ended without having written.
    let mut conn = database.connect();
    let late = thread::spawn(move || {
        conn.batch_execute(
            "INSERT INTO \"Invoice\" (\"contactId\", amount) SELECT id, 77 FROM contacts LIMIT 1",
        )
    });
    writer.commit();
    running.wait().expect_code(0);
    let late = late.join().unwrap();
    let rows = |amount: u32| {
        database.value(&format!("(SELECT count(*) FROM \"Invoice\" WHERE amount = {amount})"))
    };
    assert_eq!(rows(99), "1", "what was committed before the snapshot came along");
    if late.is_err() {
        assert_eq!(rows(77), "0");
    } else {
        assert_eq!(rows(77), "1", "it was committed before the tables were held");
    }
    for name in relatives(&admin, &database.name) {
        drop(made(&name));
    }
}

/// Until the copy is being made, which is after the snapshot.
fn eventually_copying(admin: &Database, database: &Database) {
    let name = &database.name;
    // What was tried before, without the rows, held nobody up.
    let copying = format!(
        "(SELECT EXISTS (SELECT FROM pg_stat_activity WHERE starts_with(datname, '{name}_inboxctl_')) \
         AND EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database \
             WHERE d.datname = '{name}' AND l.mode = 'ShareLock' AND l.granted))"
    );
    eventually("the copy is made", || admin.value(&copying) == "true");
}

#[test]
fn what_is_made_while_writers_wait_is_not_left_behind_unsaid() {
    let (database, admin) = (application(), Database::empty());
    let map = decided(&database);
    let running = Binary::on(&database).start(args(&database, &map));
    eventually_copying(&admin, &database);
    database.execute("CREATE VIEW made_meanwhile AS SELECT 1 AS one");
    let ran = running.wait().expect_code(75);
    assert!(ran.stderr.contains("made, changed or dropped meanwhile"), "{ran}");
    assert!(is_the_applications(&database) && relatives(&admin, &database.name).is_empty());
    assert_eq!(database.value("(SELECT one FROM made_meanwhile)"), "1", "it is open again");
}

#[test]
fn large_objects_come_along_and_are_watched_or_it_is_refused() {
    let (database, admin) = (application(), Database::empty());
    let map = decided(&database);
    database.execute(
        "CREATE TABLE attachments (id int PRIMARY KEY, data oid NOT NULL); \
         INSERT INTO attachments VALUES (1, lo_from_bytea(0, 'a scan'))",
    );
    let plan = Binary::on(&database).run(["db", "adopt", "--plan"]);
    assert!(plan.stdout.contains("Large objects come along: 1"), "{plan}");
    // Its owner may do everything but keep others from writing to them.
    let owner = format!("{}_owner", database.name);
    admin.execute(&format!("CREATE ROLE {owner} LOGIN CREATEDB"));
    database.execute(&format!(
        "ALTER DATABASE {} OWNER TO {owner}; GRANT ALL ON ALL TABLES IN SCHEMA public TO {owner}",
        database.name
    ));
    let url = crate::support::with_user(&database.url(), &owner);
    let ran = Binary::on(&database).env("DATABASE_URL", &url).run(args(&database, &map));
    assert!(ran.code == 4 && ran.stderr.contains("large objects"), "{ran}");

    // Who writes to one is seen, too.
    let running = Binary::on(&database).start(args(&database, &map));
    eventually_copying(&admin, &database);
    database.execute("SELECT lo_put(data, 0, 'A') FROM attachments");
    running.wait().expect_code(75);

    Binary::on(&database).run(args(&database, &map)).expect_code(0);
    assert_eq!(database.value("(SELECT lo_get(data) FROM attachments)"), "\\x41207363616e");
    for name in relatives(&admin, &database.name) {
        drop(made(&name));
    }
}

#[test]
fn a_kill_at_any_moment_leaves_the_source_or_the_whole() {
    let admin = Database::empty();
    let source = application();
    let map = decided(&source);
    // How long it takes here, undisturbed.
    let (whole, start) = (source.copy(), Instant::now());
    Binary::on(&whole).run(args(&whole, &map)).expect_code(0);
    let took = start.elapsed();
    relatives(&admin, &whole.name).iter().for_each(|name| drop(made(name)));
    let mut adopted = 0;
    for point in 0..30 {
        let database = source.copy();
        let mut process = std::process::Command::new(binary())
            .args(args(&database, &map))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("USER", "operator")
            .env("DATABASE_URL", database.url())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(took.mul_f64(f64::from(point) / 28.0));
        let _ = process.kill();
        let _ = process.wait();
        eventually("its sessions are gone", || {
            admin.value(&format!(
                "(SELECT count(*) FROM pg_stat_activity WHERE datname LIKE '{}%')",
                database.name
            )) == "0"
        });
        Binary::on(&database).run(["db", "adopt", "--abort"]).expect_code(0);
        if is_the_applications(&database) {
            assert_eq!(database.value("(SELECT count(*) FROM messages)"), "240", "at {point}");
            // The server may still think that the killed one is there.
            eventually("what was made is swept", || {
                Binary::on(&database).run(["db", "adopt", "--abort"]).expect_code(0);
                relatives(&admin, &database.name).is_empty()
            });
        } else {
            adopted += 1;
            Binary::on(&database).run(["db", "drift"]).expect_code(0);
            assert_eq!(database.value("(SELECT count(*) FROM messages)"), "240", "at {point}");
        }
        for name in relatives(&admin, &database.name) {
            drop(made(&name));
        }
    }
    assert!(adopted < 30, "no kill came before the end");
}

#[test]
fn a_database_that_a_killed_run_closed_is_opened_again() {
    let (database, admin) = (application(), Database::empty());
    admin.execute(&format!("ALTER DATABASE {} ALLOW_CONNECTIONS false", database.name));
    for command in [&["db", "adopt", "--plan"][..], &["db", "check"], &["db", "migrate"]] {
        let ran = Binary::on(&database).run(command);
        assert_ne!(ran.code, 0, "{ran}");
        assert!(ran.stderr.contains("db adopt --abort"), "{ran}");
    }
    let ran = Binary::on(&database).run(["db", "adopt", "--abort"]).expect_code(0);
    assert!(ran.stdout.contains("takes connections again"), "{ran}");
    assert!(is_the_applications(&database));
}

#[test]
fn what_is_undecided_in_another_schema_stops_it_and_changes_nothing() {
    let (database, admin) = (application(), Database::empty());
    let map = decided(&database);
    // In a table of another schema: a key that leads to no key of an inbox.
    database.execute(
        "ALTER TABLE contacts ADD slug text GENERATED ALWAYS AS (id) STORED UNIQUE; \
         CREATE TABLE billing.calls (slug text REFERENCES contacts (slug))",
    );
    let ran = Binary::on(&database).run(args(&database, &map)).expect_code(4);
    assert!(ran.stderr.contains("calls") && ran.stderr.contains("no key here"), "{ran}");
    assert!(is_the_applications(&database) && relatives(&admin, &database.name).is_empty());
    database.execute("INSERT INTO contacts (id, \"updatedAt\") VALUES ('x', now())");
}

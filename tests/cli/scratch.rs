//! Databases that commands make for themselves: those of killed ones are swept away, and
//! no others. On a server of its own, for other tests make such databases too.

use std::path::PathBuf;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::db_migrate::with_user;
use crate::local::Private;
use crate::support::backups::Folder;
use crate::support::{Binary, Ran, Running, eventually};

struct Server {
    url: String,
    _private: Private,
}

impl Server {
    fn migrated() -> Server {
        let private = Private::new();
        private.run(&["--local", "db", "migrate"]).expect_code(0);
        let url = private.run(&["local", "url"]).expect_code(0).stdout.trim().to_owned();
        Server { url, _private: private }
    }

    fn binary(&self) -> Binary {
        Binary::new().env("DATABASE_URL", &self.url)
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.binary().run(args)
    }

    fn connect_to(&self, database: &str) -> PgConnection {
        let url = self.url.replacen("/inbox?", &format!("/{database}?"), 1);
        PgConnection::establish(&url).expect("a connection")
    }

    /// Not to the inbox, whose restore minds other sessions.
    fn connect(&self) -> PgConnection {
        self.connect_to("postgres")
    }

    fn execute(&self, sql: &str) {
        self.connect().batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Databases with such names, in order.
    fn databases(&self) -> Vec<String> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Text)]
            name: String,
        }
        let query = "SELECT datname::text AS name FROM pg_database \
                     WHERE datname ~ 'inboxctl' ORDER BY 1";
        let rows: Vec<Row> = diesel::sql_query(query).load(&mut self.connect()).expect("a list");
        rows.into_iter().map(|row| row.name).collect()
    }
}

/// A folder with a pg_restore that connects only when there is a file `go`, or the folder is gone.
fn waiting_pg_restore(folder: &Folder) -> PathBuf {
    let script = format!(
        "case \"$*\" in *--dbname=*) while [ -d '{0}' ] && [ ! -e '{0}/go' ]; do sleep 0.05; done ;; esac\n\
         exec \"$REAL\" \"$@\"",
        folder.path().display()
    );
    folder.program("pg_restore", None, &script)
}

/// The database of a command that was killed while it had one. On a busy machine a quick command
/// may be done before anybody looks: then again.
fn left_by_killed(server: &Server, start: impl Fn() -> Running) -> String {
    for _ in 0..50 {
        let mut running = start();
        while running.is_running() && server.databases().is_empty() {
            std::thread::sleep(Duration::from_millis(2));
        }
        if !running.is_running() {
            running.wait().expect_code(0);
            continue;
        }
        running.signal("KILL");
        running.wait();
        if let [left] = server.databases().as_slice() {
            return left.clone();
        }
    }
    panic!("it was always faster");
}

#[test]
fn what_a_killed_command_leaves_goes_with_the_next_one() {
    let (server, folder) = (Server::migrated(), Folder::new());
    server.run(&["db", "seed"]).expect_code(0);
    let file = folder.file("inbox.dump");
    server.run(&["db", "backup", "--out", &file]).expect_code(0);
    let waiting = waiting_pg_restore(&folder);
    for args in [
        &["db", "drift"][..],
        &["db", "backup", "verify", &file, "--level", "3"],
        &["db", "restore", &file, "--into", "inbox_copy"],
        &["db", "restore", &file, "--confirm-db", "inbox", "--allow-production"],
    ] {
        let left = left_by_killed(&server, || {
            server.binary().env("INBOXCTL_PG_BIN", &waiting).start(args)
        });
        // The server notices in its own time that nobody listens any more.
        let mut told = String::new();
        eventually("the database is dropped", || {
            told.push_str(&server.run(&["db", "drift"]).expect_code(0).stderr);
            server.databases().is_empty()
        });
        assert!(told.contains(&format!("dropped {left}, which a command left")), "{told}");
    }
    server.run(&["db", "status", "--check"]).expect_code(0);
}

/// A name as commands give it, with the number of its lock.
fn name(number: i64) -> String {
    format!("inbox_inboxctl_{number:016x}")
}

#[test]
fn what_is_in_use_or_not_ours_stays() {
    let server = Server::migrated();
    let (abandoned, held, entered) = (name(1), name(0x7fff_ffff_8000_0002), name(-3));
    // As long as, and almost like those.
    let strangers = ["inbox_inboxctl_0123", "inbox_inboxctl_0123456789ABCDEF", "inboxctl_copy"];
    for database in [&abandoned, &held, &entered].map(String::as_str).iter().chain(&strangers) {
        server.execute(&format!("CREATE DATABASE \"{database}\""));
    }
    let mut creator = server.connect();
    creator.batch_execute("SELECT pg_advisory_lock(x'7fffffff80000002'::bigint)").unwrap();
    let visitor = server.connect_to(&entered);

    // One that may make databases, but doesn't own these.
    let mut inbox = server.connect_to("inbox");
    inbox
        .batch_execute(
            "CREATE ROLE maker LOGIN CREATEDB; \
             GRANT SELECT ON ALL TABLES IN SCHEMA public TO maker",
        )
        .expect("a role");
    let before = server.databases();
    assert_eq!(before.len(), 6, "{before:?}");
    Binary::new()
        .env("DATABASE_URL", with_user(&server.url, "maker"))
        .run(["db", "drift"])
        .expect_code(0);
    assert_eq!(server.databases(), before);

    let ran = server.run(&["db", "drift"]).expect_code(0);
    assert!(ran.stderr.contains(&format!("dropped {abandoned},")), "{ran}");
    let mut expected: Vec<&str> = vec![&held, &entered];
    expected.extend(strangers);
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    let expected = expected.into_iter().map(str::to_owned).collect();
    assert_eq!(sorted(server.databases()), sorted(expected));
    drop((creator, visitor));
}

#[test]
fn commands_at_the_same_time_leave_each_other_alone() {
    let (server, folder) = (Server::migrated(), Folder::new());
    let file = folder.file("inbox.dump");
    server.run(&["db", "backup", "--out", &file]).expect_code(0);
    let waiting = waiting_pg_restore(&folder);
    let verifying = server
        .binary()
        .env("INBOXCTL_PG_BIN", &waiting)
        .start(["db", "backup", "verify", &file, "--level", "3"]);
    // Nobody is connected to it yet.
    eventually("a database is made", || !server.databases().is_empty());
    let made = server.databases();
    let drifts: Vec<_> = (0..2).map(|_| server.binary().start(["db", "drift"])).collect();
    for drift in drifts {
        let ran = drift.wait().expect_code(0);
        assert!(!ran.stderr.contains("dropped"), "{ran}");
    }
    assert_eq!(server.databases(), made);
    std::fs::write(folder.file("go"), "").expect("a file");
    verifying.wait().expect_code(0);
    assert!(server.databases().is_empty());
}

//! A database for each test, dropped with it. Those of a run that crashed on a
//! server that outlives it are swept by the next run.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use super::binary::Binary;
use super::server;

pub(crate) struct Database {
    pub name: String,
}

impl Database {
    /// Makes partitions of `audit_logs` for so many months, from the one that an expression without
    /// a time zone begins.
    pub(crate) fn add_months(&self, first: &str, months: u32) {
        self.execute(&add_months(first, months));
    }

    /// Without any table.
    pub(crate) fn empty() -> Database {
        let database = Database::from_template("template0");
        if let Some(rights) = server::rights_of_public() {
            database.execute(rights);
        }
        database
    }

    /// Without any table, and not in UTF-8.
    pub(crate) fn encoded_in(encoding: &str) -> Database {
        let database = Database::empty();
        let name = &database.name;
        let mut admin = run().admin.lock().unwrap_or_else(PoisonError::into_inner);
        for sql in [
            format!("DROP DATABASE {name}"),
            format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'"),
        ] {
            admin.batch_execute(&sql).expect("a database of that encoding");
        }
        drop(admin);
        database
    }

    /// With every migration applied.
    pub(crate) fn migrated() -> Database {
        static TEMPLATE: OnceLock<String> = OnceLock::new();
        let template = TEMPLATE.get_or_init(|| {
            let database = Database::empty();
            let ran = Binary::on(&database).run(["db", "migrate"]);
            assert_eq!(ran.code, 0, "{ran}");
            let name = database.name.clone();
            // Kept for the run; swept with it.
            std::mem::forget(database);
            name
        });
        Database::from_template(template)
    }

    /// Another one that holds the same. Nobody may be connected to this one.
    pub(crate) fn copy(&self) -> Database {
        // Files are copied as they are: with gigabytes that is quicker than through the log. Before
        // version 15 there was no other way.
        let has_strategies = self.value("current_setting('server_version_num')::int >= 150000");
        let strategy = if has_strategies == "true" { " STRATEGY file_copy" } else { "" };
        Database::from_template(&format!("{}{strategy}", self.name))
    }

    fn from_template(template: &str) -> Database {
        let run = run();
        let number = run.next.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}_{number}", run.prefix);
        // Nobody may be connected to a template while it is copied.
        let mut admin = run.admin.lock().unwrap_or_else(PoisonError::into_inner);
        admin
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'"))
            .expect("a database for the test");
        Database { name }
    }

    pub(crate) fn url(&self) -> String {
        server::url(&self.name)
    }

    pub(crate) fn connect(&self) -> PgConnection {
        PgConnection::establish(&self.url()).expect("the test's own connection")
    }

    pub(crate) fn try_execute(&self, sql: &str) -> QueryResult<()> {
        self.connect().batch_execute(sql)
    }

    pub(crate) fn execute(&self, sql: &str) {
        self.connect().batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// The one value of a query, as text; empty for NULL.
    pub(crate) fn value(&self, query: &str) -> String {
        value(&mut self.connect(), query)
    }

    /// A session that holds an uncommitted transaction after `sql`, until dropped.
    pub(crate) fn lock(&self, application: &str, sql: &str) -> Lock {
        let mut conn = self.connect();
        conn.batch_execute(&format!("SET application_name = '{application}'; BEGIN; {sql}"))
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        let pid = value(&mut conn, "pg_backend_pid()");
        Lock { conn, pid }
    }

    /// Everything that the tables of the inbox hold, as one checksum each.
    pub(crate) fn contents(&self) -> Vec<(String, String)> {
        const TABLES: [&str; 10] = [
            "users",
            "contacts",
            "messages",
            "notes",
            "integrations",
            "assignments",
            "presence",
            "audit_logs",
            "scheduled_jobs",
            "templates",
        ];
        let mut conn = self.connect();
        let checksum = |table: &str| {
            format!("SELECT md5(string_agg(t::text, '|' ORDER BY t.id)) FROM {table} t")
        };
        TABLES
            .iter()
            .map(|table| ((*table).to_owned(), value(&mut conn, &format!("({})", checksum(table)))))
            .collect()
    }

    /// Whether some session of this database waits for a lock.
    pub(crate) fn somebody_waits(&self) -> bool {
        self.value(
            "(SELECT count(*) FROM pg_stat_activity \
              WHERE datname = current_database() AND wait_event_type = 'Lock')",
        ) != "0"
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let mut admin = run().admin.lock().unwrap_or_else(PoisonError::into_inner);
        // A test that fails shall say why it failed, not that this did.
        let _ = admin.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// What makes partitions of `audit_logs` for so many months.
pub(crate) fn add_months(first: &str, months: u32) -> String {
    format!(
        "DO $$ DECLARE month timestamp; BEGIN
             FOR n IN 0..{months} - 1 LOOP
                 month := {first} + make_interval(months => n);
                 EXECUTE format('CREATE TABLE audit_logs_%s PARTITION OF audit_logs FOR VALUES FROM (%L) TO (%L)',
                     to_char(month, 'YYYY_MM'), month || '+00', month + interval '1 month' || '+00');
             END LOOP; END $$"
    )
}

/// A session with an open transaction. Rolls back when dropped.
pub(crate) struct Lock {
    conn: PgConnection,
    pub pid: String,
}

impl Lock {
    /// Keeps what it wrote.
    pub(crate) fn commit(mut self) {
        self.conn.batch_execute("COMMIT").expect("a commit");
    }
}

/// The one value of an expression, as text; empty for NULL.
pub(crate) fn value(conn: &mut PgConnection, expression: &str) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Text>)]
        value: Option<String>,
    }
    let row: Row = diesel::sql_query(format!("SELECT ({expression})::text AS value"))
        .get_result(conn)
        .unwrap_or_else(|error| panic!("{expression}: {error}"));
    row.value.unwrap_or_default()
}

/// This process among all that may test on the same server.
struct Run {
    prefix: String,
    next: AtomicU32,
    /// Its application_name says that the run lives.
    admin: Mutex<PgConnection>,
}

fn run() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let prefix = format!("inboxctl_test_{}_{:x}", std::process::id(), now & 0xffff_ffff);
        let mut admin = admin(&prefix);
        sweep(&mut admin);
        Run { prefix, next: AtomicU32::new(0), admin: Mutex::new(admin) }
    })
}

fn admin(prefix: &str) -> PgConnection {
    let mut admin =
        PgConnection::establish(&server::url("postgres")).expect("a connection to the server");
    let name = format!("SET application_name = '{prefix}'; SET client_min_messages = error");
    admin.batch_execute(&name).expect("a name for the session");
    admin
}

/// Ends the shared server as a crash does, whatever is at work there, and starts it again.
pub(crate) fn crash() {
    let run = run();
    let mut held = run.admin.lock().unwrap_or_else(PoisonError::into_inner);
    server::crash();
    *held = admin(&run.prefix);
}

/// Drops the databases of runs that are gone.
fn sweep(admin: &mut PgConnection) {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let left: Vec<Row> = diesel::sql_query(
        "SELECT datname::text AS name FROM pg_database d \
         WHERE datname ~ '^inboxctl_test_[0-9]+_[0-9a-f]+_[0-9]+$' AND NOT EXISTS ( \
             SELECT FROM pg_stat_activity a \
             WHERE starts_with(d.datname, a.application_name || '_'))",
    )
    .load(admin)
    .expect("the list of databases");
    for row in left {
        let _ = admin.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", row.name));
    }
}

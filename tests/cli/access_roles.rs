//! `db access grant-roles`: logs in as a member of each group role and tries
//! everything, against a matrix that is written out here.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::assert_ran;
use crate::db_migrate::with_user;
use crate::support::{Binary, Database, Ran};

/// For a table: what viewer, editor and administrator may. S, I, U, D, and u for
/// an UPDATE of some columns, s for a SELECT of some.
const MATRIX: [(&str, [&str; 3]); 21] = [
    ("users", ["S", "S", "SIUD"]),
    ("contacts", ["S", "SIUD", "SIUD"]),
    ("contact_identities", ["S", "SIUD", "SIUD"]),
    ("contact_merges", ["S", "SIu", "SIUD"]),
    ("merged_contacts", ["S", "SID", "SIUD"]),
    ("distinct_contacts", ["S", "SID", "SIUD"]),
    ("imported_contacts", ["S", "SID", "SIUD"]),
    ("erased_contacts", ["S", "S", "SIU"]),
    ("matching_lessons", ["S", "SID", "SIUD"]),
    ("messages", ["S", "Su", "SIUD"]),
    ("notes", ["S", "Su", "SIUD"]),
    ("presence", ["S", "Su", "SIUD"]),
    ("assignments", ["S", "SIUD", "SIUD"]),
    ("scheduled_jobs", ["S", "SIUD", "SIUD"]),
    ("templates", ["S", "SIUD", "SIUD"]),
    ("integrations", ["s", "s", "SIUD"]),
    ("audit_logs", ["S", "SI", "SI"]),
    ("audit_days", ["S", "S", "S"]),
    ("inboxctl_settings", ["S", "S", "SIUD"]),
    ("inboxctl_migrations", ["S", "S", "S"]),
    ("__diesel_schema_migrations", ["S", "S", "S"]),
];

/// Columns behind a small letter.
const SOME_COLUMNS: [(&str, &str); 5] = [
    ("contact_merges", "undone_at,undone_by"),
    ("messages", "contact_id"),
    ("notes", "contact_id"),
    ("presence", "contact_id"),
    ("integrations", "channel,config,created_at,id,status,updated_at"),
];

const GROUPS: [&str; 3] = ["inbox_viewer", "inbox_editor", "inbox_admin"];

fn expected(table: &str, is_partition: bool, group: usize) -> &'static str {
    if is_partition {
        return ["S", "S", "S"][group];
    }
    match MATRIX.iter().find(|(name, _)| *name == table) {
        Some((_, rights)) => rights[group],
        None => ["S", "S", "SIUD"][group],
    }
}

/// A database with the roles' rights, and a login in each group.
pub(crate) struct Members {
    pub database: Database,
}

impl Members {
    pub(crate) fn new() -> Members {
        let database = Database::migrated();
        Binary::on(&database).run(["db", "seed"]).expect_code(0);
        grant(&database, &["--yes"]).expect_code(0);
        let members = Members { database };
        for group in GROUPS {
            let login = members.login(group);
            members.database.execute(&format!("CREATE ROLE {login} LOGIN IN ROLE {group}"));
        }
        members
    }

    pub(crate) fn login(&self, group: &str) -> String {
        format!("{}_{group}", self.database.name)
    }

    pub(crate) fn url(&self, group: &str) -> String {
        with_user(&self.database.url(), &self.login(group))
    }

    pub(crate) fn binary(&self, group: &str) -> Binary {
        Binary::new().env("DATABASE_URL", self.url(group))
    }
}

impl Drop for Members {
    fn drop(&mut self) {
        for group in GROUPS {
            let drop = format!("DROP ROLE {}", self.login(group));
            let _ = self.database.connect().batch_execute(&drop);
        }
    }
}

fn grant(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["db", "access", "grant-roles"], args].concat())
}

/// Whether the server lets the session do it, whatever else it may find wrong.
fn may(conn: &mut PgConnection, sql: &str) -> bool {
    conn.batch_execute("BEGIN").unwrap();
    let result = conn.batch_execute(sql);
    conn.batch_execute("ROLLBACK").unwrap();
    match result {
        Ok(()) => true,
        Err(error) => {
            let text = error.to_string();
            let refused = text.starts_with("permission denied")
                || text.starts_with("must be ")
                || text.starts_with("must have ")
                || text.contains("permission denied to");
            // A row without its values got as far as the check of them.
            assert!(refused || text.contains("violates"), "{sql}: {text}");
            !refused
        }
    }
}

fn list(database: &Database, expression: &str) -> Vec<String> {
    let text = database.value(&format!("(SELECT string_agg({expression})"));
    text.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn tables(database: &Database) -> Vec<(String, bool)> {
    let from =
        "FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace";
    list(database, &format!("relname || ' ' || relispartition, ',' ORDER BY relname) {from}"))
        .iter()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(name, is_partition)| (name.to_owned(), is_partition == "true"))
        .collect()
}

fn columns(database: &Database, table: &str) -> Vec<String> {
    list(
        database,
        &format!(
            "attname, ',' ORDER BY attname) FROM pg_attribute \
             WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped"
        ),
    )
}

/// The letters of what a session may do with a table.
fn tried(conn: &mut PgConnection, table: &str, columns: &[String]) -> String {
    let mut letters = String::new();
    let some = SOME_COLUMNS.iter().find(|(name, _)| *name == table).map(|(_, columns)| *columns);
    let mut by_column = |statement: &dyn Fn(&str) -> String, letter: char| {
        let open: Vec<&str> = columns
            .iter()
            .map(String::as_str)
            .filter(|column| may(conn, &statement(column)))
            .collect();
        if open.len() == columns.len() {
            letters.push(letter);
        } else if !open.is_empty() {
            assert_eq!(Some(open.join(",").as_str()), some, "{letter} of {table}");
            letters.push(letter.to_ascii_lowercase());
        }
    };
    by_column(&|column| format!("SELECT {column} FROM {table} LIMIT 0"), 'S');
    by_column(&|column| format!("UPDATE {table} SET {column} = DEFAULT WHERE false"), 'U');
    if may(conn, &format!("INSERT INTO {table} DEFAULT VALUES")) {
        letters.push('I');
    }
    if may(conn, &format!("DELETE FROM {table} WHERE false")) {
        letters.push('D');
    }
    for sql in [
        format!("TRUNCATE {table} CASCADE"),
        format!("ALTER TABLE {table} ADD COLUMN mine text"),
        format!("ALTER TABLE {table} DISABLE TRIGGER ALL"),
        format!("CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION set_updated_at()"),
        format!("CREATE INDEX ON {table} (({}))", columns[0]),
        format!("DROP TABLE {table} CASCADE"),
    ] {
        assert!(!may(conn, &sql), "{sql}");
    }
    let order = |letter: &char| "SIUD".find(letter.to_ascii_uppercase());
    let mut ordered: Vec<char> = letters.chars().collect();
    ordered.sort_by_key(order);
    ordered.into_iter().collect()
}

#[test]
fn each_role_may_on_each_table_what_it_should_and_no_more() {
    let members = Members::new();
    for (number, group) in GROUPS.iter().enumerate() {
        let mut conn = PgConnection::establish(&members.url(group)).unwrap();
        for (table, is_partition) in tables(&members.database) {
            let columns = columns(&members.database, &table);
            assert_eq!(
                tried(&mut conn, &table, &columns),
                expected(&table, is_partition, number),
                "{group} on {table}"
            );
        }
        for sql in [
            "CREATE TABLE mine (id integer)",
            "CREATE VIEW mine AS SELECT 1",
            "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
            "CREATE SCHEMA mine",
            "CREATE TYPE mine AS ENUM ('a')",
            "CREATE EXTENSION pgcrypto",
            "CREATE ROLE mine",
            "DROP FUNCTION set_updated_at() CASCADE",
            "DROP SCHEMA public CASCADE",
            "ALTER ROLE inbox_viewer SUPERUSER",
            "GRANT inbox_admin TO inbox_viewer",
            "SET ROLE inbox",
            "COPY contacts TO PROGRAM 'cat'",
            "COPY contacts TO '/tmp/contacts'",
        ] {
            assert!(!may(&mut conn, sql), "{group}: {sql}");
        }
    }
}

#[test]
fn ciphertext_is_read_by_administrators_only() {
    let members = Members::new();
    members.database.execute(
        "ALTER TABLE templates ADD COLUMN secret text;
         COMMENT ON COLUMN templates.secret IS 'inboxctl: envelopes'",
    );
    grant(&members.database, &["--yes"]).expect_code(0);
    for (group, may_read) in
        [("inbox_viewer", false), ("inbox_editor", false), ("inbox_admin", true)]
    {
        let mut conn = PgConnection::establish(&members.url(group)).unwrap();
        for sql in [
            "SELECT credentials FROM integrations",
            "SELECT * FROM integrations",
            "SELECT i FROM integrations i",
            "SELECT to_jsonb(i) FROM integrations i",
            "SELECT count(*) FROM integrations WHERE credentials LIKE 'sc1:%'",
            "SELECT id FROM integrations ORDER BY credentials",
            "SELECT secret FROM templates",
            "UPDATE integrations SET status = status RETURNING credentials",
        ] {
            assert_eq!(may(&mut conn, sql), may_read, "{group}: {sql}");
        }
        assert!(may(&mut conn, "SELECT id FROM templates"));
    }
}

#[test]
fn the_commands_work_with_these_rights() {
    let members = Members::new();
    let contacts = ["01900000-0000-7000-8000-000000000101", "01900000-0000-7000-8000-000000000107"];
    let merge = [&["contacts", "merge"], &contacts[..], &["--yes", "--format", "json"]].concat();
    let denied = members.binary("inbox_viewer").run(&merge).expect_code(4);
    assert!(denied.stderr.contains("GRANT DELETE, UPDATE ON contacts TO"), "{denied}");
    members.binary("inbox_viewer").run(["contacts", "show", contacts[0]]).expect_code(0);
    members.binary("inbox_viewer").run(["db", "status", "--check"]).expect_code(0);
    members.binary("inbox_viewer").run(["db", "access", "show"]).expect_code(0);
    // Whether there are credentials is not for everybody; the channels are.
    let list = members.binary("inbox_viewer").run(["integrations", "list"]).expect_code(0);
    assert!(list.stdout.contains("not for this role"), "{list}");

    let merged = members.binary("inbox_editor").run(&merge).expect_code(0).json();
    let id = merged["id"].as_str().unwrap();
    members.binary("inbox_editor").run(["contacts", "unmerge", id, "--yes"]).expect_code(0);
    members.binary("inbox_editor").run(["contacts", "dedupe", "--yes"]).expect_code(0);
    let audited = "(SELECT count(*) FROM audit_logs WHERE action LIKE 'contact.%')";
    assert_ne!(members.database.value(audited), "0");

    let require = ["db", "access", "require-actor", "on", "--actor", "admin@inbox.example"];
    members.binary("inbox_editor").run(require).expect_code(1);
    members.binary("inbox_admin").run(require).expect_code(0);
    let set = ["integrations", "set-config", "SMS", "rate:=5", "--actor", "admin@inbox.example"];
    members.binary("inbox_admin").run(set).expect_code(0);
    let migrate = ["db", "rollback", "--yes", "--actor", "admin@inbox.example"];
    members.binary("inbox_admin").run(migrate).expect_code(4);
}

#[test]
fn twice_changes_nothing_and_what_is_wrong_is_mended() {
    let database = Database::migrated();
    let show = || Binary::on(&database).run(["db", "access", "show"]);
    // Members belong to the server, and other tests make some meanwhile.
    let wrong = || {
        let ran = Binary::on(&database).run(["db", "access", "show", "--format", "json"]);
        let mut shown = ran.expect_code(3).json();
        for role in shown["roles"].as_array_mut().unwrap() {
            role.as_object_mut().unwrap().remove("members");
        }
        shown
    };
    let first = grant(&database, &["--dry-run"]).expect_code(0);
    assert!(first.stdout.contains("GRANT SELECT ON TABLE"), "{first}");
    assert!(grant(&database, &["--yes"]).expect_code(0).stdout.starts_with("Granted"));
    let shown = show().expect_code(0);
    assert_eq!(shown.stdout.matches("exact").count(), 3, "{shown}");
    assert_ran!("grant_again", grant(&database, &[]));
    let audited = "(SELECT count(*) FROM audit_logs WHERE action = 'access.grant_roles')";
    assert_eq!(database.value(audited), "1");

    database.execute(
        "GRANT SELECT, TRUNCATE ON integrations TO inbox_viewer;
         GRANT UPDATE (content) ON messages TO inbox_editor;
         GRANT SELECT ON contacts TO PUBLIC;
         REVOKE DELETE ON contacts FROM inbox_admin",
    );
    let shown = show().expect_code(3);
    assert!(shown.stdout.contains("too many"), "{shown}");
    let before = wrong();
    assert_ran!("grant_refused", grant(&database, &[]));
    assert_ran!("grant_dry_run", grant(&database, &["--dry-run"]));
    assert_eq!(wrong(), before);
    grant(&database, &["--yes"]).expect_code(0);
    show().expect_code(0);
    assert_ran!("grant_again", grant(&database, &["--yes"]));
}

#[test]
fn two_at_once_wait_for_one_another() {
    let database = Database::migrated();
    grant(&database, &["--yes"]).expect_code(0);
    for _ in 0..3 {
        database
            .execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM inbox_viewer, inbox_editor");
        let both =
            [(); 3].map(|()| Binary::on(&database).start(["db", "access", "grant-roles", "--yes"]));
        for ran in both {
            ran.wait().expect_code(0);
        }
    }
}

#[test]
fn what_only_adds_needs_no_consent() {
    let database = Database::migrated();
    database.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    grant(&database, &[]).expect_code(0);
    database.execute("REVOKE SELECT ON contacts FROM inbox_viewer");
    grant(&database, &[]).expect_code(0);
}

#[test]
fn what_the_application_made_keeps_its_rights() {
    let members = Members::new();
    let rights = || {
        members.database.value(
            "(SELECT json_build_array(json_agg(c.relacl::text ORDER BY c.oid), (
                 SELECT json_agg(p.proacl::text ORDER BY p.oid) FROM pg_proc p WHERE proname ~ '^app_'), (
                 SELECT json_agg(d.defaclacl::text) FROM pg_default_acl d))
             FROM pg_class c WHERE relname ~ '^app_')",
        )
    };
    members.database.execute(
        "CREATE TABLE app_extras (id serial PRIMARY KEY, secret text);
         COMMENT ON COLUMN app_extras.secret IS 'inboxctl: envelopes';
         CREATE TABLE app_open (id integer);
         GRANT ALL ON app_open TO PUBLIC;
         GRANT UPDATE ON app_open TO inbox_viewer;
         CREATE VIEW app_peek AS SELECT id FROM contacts;
         CREATE SEQUENCE app_numbers;
         GRANT USAGE ON app_numbers TO PUBLIC;
         CREATE FUNCTION app_one() RETURNS int LANGUAGE sql AS 'SELECT 1';
         REVOKE ALL ON FUNCTION app_one FROM PUBLIC;
         ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC;
         REVOKE SELECT ON contacts FROM inbox_viewer;
         GRANT SELECT ON contacts TO PUBLIC",
    );
    let before = rights();
    let planned =
        grant(&members.database, &["--dry-run", "--format", "json"]).expect_code(0).json();
    assert_eq!(planned["not_ours"], 6, "{planned:#}");
    assert!(!planned["statements"].to_string().contains("app_"), "{planned:#}");
    let ran = grant(&members.database, &["--yes"]).expect_code(0);
    assert!(ran.stdout.contains("Not ours, and left alone: 6 objects"), "{ran}");
    assert_eq!(rights(), before);
    assert_eq!(
        members.database.value("has_table_privilege('inbox_viewer', 'contacts', 'SELECT')"),
        "true"
    );
    Binary::on(&members.database).run(["db", "access", "show"]).expect_code(0);
}

#[test]
fn new_partitions_are_read_through_their_table_at_once() {
    let members = Members::new();
    members.database.execute(
        "CREATE TABLE audit_logs_2031_01 PARTITION OF audit_logs
             FOR VALUES FROM ('2031-01-01 00:00+00') TO ('2031-02-01 00:00+00')",
    );
    let mut viewer = PgConnection::establish(&members.url("inbox_viewer")).unwrap();
    assert!(may(&mut viewer, "SELECT * FROM audit_logs WHERE created_at > '2031-01-01'"));
    grant(&members.database, &[]).expect_code(0);
    assert!(may(&mut viewer, "SELECT * FROM audit_logs_2031_01"));
    let mut admin = PgConnection::establish(&members.url("inbox_admin")).unwrap();
    assert!(!may(&mut admin, "UPDATE audit_logs_2031_01 SET actor = 'x'"));
    assert!(!may(&mut admin, "DELETE FROM audit_logs WHERE created_at > '2031-01-01'"));
}

#[test]
fn an_empty_database_is_migrated_first() {
    assert_ran!("grant_empty", grant(&Database::empty(), &["--dry-run"]));
}

#[test]
fn a_reset_opens_nothing() {
    let members = Members::new();
    let reset = ["db", "reset", "--seed", "--confirm-db", &members.database.name];
    Binary::on(&members.database).run(["db", "environment", "set", "test", "--yes"]).expect_code(0);
    Binary::on(&members.database).run(reset).expect_code(0);
    let mut viewer = PgConnection::establish(&members.url("inbox_viewer")).unwrap();
    assert!(!may(&mut viewer, "SELECT credentials FROM integrations"));
    assert!(may(&mut viewer, "SELECT id FROM integrations"));
    Binary::on(&members.database).run(["db", "access", "show"]).expect_code(0);
}

//! `db restore --only`: a contact with all that belongs to it, or the rows of a table, out of a backup
//! into the live database.

use std::process::Command;

use rexpect::session::spawn_command;
use serde_json::Value;

use crate::contacts_data::{BRUNO, ROSA, ROSA_AT_WORK, spread};
use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran, binary, eventually, with_user};

pub(crate) fn restore(database: &Database, file: &str, only: &str, flags: &[&str]) -> Ran {
    Binary::on(database).run([&["db", "restore", file, "--only", only], flags].concat())
}

/// What the tables hold that rows come back into, one checksum each.
fn held(database: &Database) -> Vec<(String, String)> {
    let tables = [
        "users",
        "contacts",
        "contact_identities",
        "messages",
        "notes",
        "assignments",
        "presence",
        "scheduled_jobs",
        "contact_merges",
        "merged_contacts",
        "distinct_contacts",
        "attachments",
        "orders",
        "order_lines",
        "visits",
    ];
    let sum = |table: &str| {
        database.value(&format!(
            "(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t)"
        ))
    };
    tables.iter().map(|table| ((*table).to_owned(), sum(table))).collect()
}

/// Rosa goes by mistake, with all that hangs on her.
pub(crate) fn delete_rosa(database: &Database) {
    database.execute(&format!(
        "DELETE FROM scheduled_jobs WHERE message_id IN (SELECT id FROM messages WHERE contact_id = '{ROSA}');
         DELETE FROM messages WHERE contact_id = '{ROSA}';
         DELETE FROM notes WHERE contact_id = '{ROSA}';
         DELETE FROM assignments WHERE contact_id = '{ROSA}';
         DELETE FROM presence WHERE contact_id = '{ROSA}';
         DELETE FROM contact_identities WHERE contact_id = '{ROSA}';
         DELETE FROM visits WHERE contact_id = '{ROSA}';
         DELETE FROM distinct_contacts WHERE low_id = '{ROSA}';
         DELETE FROM contacts WHERE id = '{ROSA}'"
    ));
}

/// The counts of one table of a view.
pub(crate) fn table<'a>(view: &'a Value, name: &str) -> &'a Value {
    let tables = view["tables"].as_array().expect("tables");
    tables.iter().find(|one| one["table"] == name).unwrap_or_else(|| panic!("{name}: {view:#}"))
}

fn left_behind(database: &Database) -> String {
    database.value(&format!(
        "(SELECT string_agg(datname, ',') FROM pg_database WHERE starts_with(datname, '{}_inboxctl'))",
        database.name
    ))
}

#[test]
fn a_contact_comes_back_with_all_that_hangs_on_it() {
    let (database, folder) = (spread(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    let before = held(&database);
    delete_rosa(&database);
    let without = held(&database);
    assert_ne!(without, before);
    let rosa = format!("contacts:{ROSA}");
    let planned =
        restore(&database, &file, &rosa, &["--dry-run", "--format", "json"]).expect_code(0).json();
    assert_eq!(held(&database), without);
    assert_eq!(table(&planned, "messages")["inserted"], 9, "{planned:#}");
    assert_eq!(table(&planned, "order_lines")["inserted"], 1, "{planned:#}");
    // A job of hers is due: a worker would run it at once.
    let refused = restore(&database, &file, &rosa, &[]).expect_code(4);
    assert!(refused.stderr.contains("at once"), "{refused}");
    assert_eq!(held(&database), without);
    let done =
        restore(&database, &file, &rosa, &["--yes", "--format", "json"]).expect_code(0).json();
    assert_eq!(held(&database), before);
    assert_eq!(done["tables"], planned["tables"]);
    let again = restore(&database, &file, &rosa, &[]).expect_code(0);
    assert!(again.stdout.contains("Nothing to do"), "{again}");
    assert_eq!(held(&database), before);
    assert_eq!(left_behind(&database), "");
    let entry = "(SELECT details FROM audit_logs WHERE action = 'database.restore_rows')";
    let entry: Value = serde_json::from_str(&database.value(entry)).expect("one entry");
    assert_eq!(entry["only"], rosa.as_str());
    assert_eq!(entry["tables"]["messages"]["inserted"], 9, "{entry:#}");
    assert!(entry["backup"].is_string(), "{entry:#}");
}

#[test]
fn what_differs_is_left_until_it_is_said() {
    let (database, folder) = (spread(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    let before = held(&database);
    database.execute(&format!(
        "UPDATE contacts SET name = 'Somebody else' WHERE id = '{ROSA}';
         DELETE FROM notes WHERE contact_id = '{ROSA}'"
    ));
    // By a phone, in the backup.
    let phone = "contacts:+34 600 111 222";
    let ran = restore(&database, &file, phone, &["--format", "json"]).expect_code(0).json();
    assert_eq!(table(&ran, "contacts")["different"], 1, "{ran:#}");
    assert_eq!(table(&ran, "notes")["inserted"], 3, "{ran:#}");
    let name = format!("(SELECT name FROM contacts WHERE id = '{ROSA}')");
    assert_eq!(database.value(&name), "Somebody else");
    // Nobody can be asked, and so nothing is even begun.
    let refused = restore(&database, &file, phone, &["--overwrite"]).expect_code(4);
    assert!(refused.stderr.contains("overwrite rows"), "{refused}");
    let planned =
        restore(&database, &file, phone, &["--overwrite", "--dry-run", "--format", "json"]);
    let planned = planned.expect_code(0).json();
    assert_eq!(database.value(&name), "Somebody else");
    let done = restore(&database, &file, phone, &["--overwrite", "--yes", "--format", "json"]);
    let done = done.expect_code(0).json();
    assert_eq!(done["tables"], planned["tables"]);
    assert_eq!(table(&done, "contacts")["overwritten"], 1, "{done:#}");
    assert_eq!(held(&database), before);
}

#[test]
fn the_rows_of_a_table_come_back_and_its_numbers_go_on() {
    let (database, folder) = (spread(), Folder::new());
    database.execute(
        "CREATE SCHEMA shop;
         CREATE TABLE shop.\"Tickets\" (id bigserial PRIMARY KEY, what text, size int GENERATED ALWAYS AS (length(what)) STORED);
         INSERT INTO shop.\"Tickets\" (what) SELECT 'ticket ' || n FROM generate_series(1, 5000) AS n;
         INSERT INTO order_lines SELECT 2, 'alike' FROM generate_series(1, 3)",
    );
    let file = folder.back_up(&database, "inbox.dump");
    let sum = "(SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM shop.\"Tickets\" t)";
    let before = (database.value(sum), held(&database));
    database.execute(
        "DELETE FROM shop.\"Tickets\" WHERE id % 3 = 0;
         UPDATE shop.\"Tickets\" SET what = 'other' WHERE id = 1;
         SELECT setval('shop.\"Tickets_id_seq\"', 1, false);
         DELETE FROM order_lines WHERE ctid IN (SELECT ctid FROM order_lines WHERE what = 'alike' LIMIT 2)",
    );
    let tickets = "table:shop.Tickets";
    let ran = restore(&database, &file, tickets, &["--format", "json"]).expect_code(0).json();
    let counts = table(&ran, "shop.Tickets");
    assert_eq!(counts["rows"], 5000, "{ran:#}");
    assert_eq!((&counts["inserted"], &counts["different"]), (&1666.into(), &1.into()), "{ran:#}");
    database.execute("INSERT INTO shop.\"Tickets\" (what) VALUES ('new'); DELETE FROM shop.\"Tickets\" WHERE id = 5001");
    restore(&database, &file, tickets, &["--overwrite", "--yes"]).expect_code(0);
    assert_eq!(database.value(sum), before.0);
    // Of rows without a key, as many come back as are missing.
    let ran = restore(&database, &file, "table:order_lines", &[]).expect_code(0);
    assert!(ran.stdout.contains("Inserted 2 rows"), "{ran}");
    assert_eq!(held(&database), before.1);
    for (what, code, said) in [
        ("table:audit_logs", 4, "retention restore"),
        ("table:audit_logs_default", 4, "retention restore"),
        ("table:contact_merges", 4, "record of merges"),
        ("table:erased_contacts", 4, "a book that inboxctl keeps"),
        ("table:__diesel_schema_migrations", 4, "a book that inboxctl keeps"),
        ("table:nowhere", 2, "there is no table nowhere"),
        ("table:pg_catalog.pg_description", 2, "server's own catalogue"),
        ("table:information_schema.sql_features", 2, "server's own catalogue"),
        ("messages:1", 2, "contacts:ID or table:NAME"),
        ("contacts:01900000-0000-7000-8000-0000000000ff", 2, "holds no contact"),
        (&format!("contacts:{ROSA_AT_WORK}"), 2, ROSA),
    ] {
        let refused = restore(&database, &file, what, &["--yes"]).expect_code(code);
        assert!(refused.stderr.contains(said), "{what}: {refused}");
    }
    assert_eq!(left_behind(&database), "");
}

#[test]
fn who_was_erased_or_merged_away_does_not_come_back() {
    let (database, folder) = (spread(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    Binary::on(&database)
        .run(["contacts", "erase", ROSA, "--reason", "asked", "--yes"])
        .expect_code(0);
    let erased = held(&database);
    let refused = restore(&database, &file, &format!("contacts:{ROSA}"), &["--yes"]).expect_code(4);
    assert!(refused.stderr.contains("was erased") && refused.stderr.contains("asked"), "{refused}");
    for name in ["contacts", "messages", "orders", "order_lines", "attachments"] {
        let only = format!("table:{name}");
        let flags = ["--overwrite", "--yes", "--format", "json"];
        let ran = restore(&database, &file, &only, &flags).expect_code(0).json();
        assert_eq!(table(&ran, name)["inserted"], 0, "{ran:#}");
        let is_told = table(&ran, name)["erased"] != 0
            || table(&ran, name)["left_out"] != Value::Array(vec![]);
        assert!(is_told, "{ran:#}");
        assert_eq!(held(&database), erased, "{name}");
    }
    let other = Database::migrated();
    other.execute(&format!(
        "INSERT INTO contacts (id, name) VALUES ('{ROSA}', 'Rosa'), ('{BRUNO}', 'Bruno')"
    ));
    let file = folder.back_up(&other, "other.dump");
    Binary::on(&other).run(["contacts", "merge", BRUNO, ROSA, "--yes"]).expect_code(0);
    let refused = restore(&other, &file, &format!("contacts:{ROSA}"), &["--yes"]).expect_code(4);
    assert!(refused.stderr.contains("contacts unmerge"), "{refused}");
    let ran = restore(&other, &file, "table:contacts", &["--yes"]).expect_code(0);
    assert!(ran.stdout.contains("were merged into other contacts"), "{ran}");
    assert_eq!(other.value("(SELECT count(*) FROM contacts)"), "1");
}

#[test]
fn what_rows_refer_to_may_be_gone() {
    let (database, folder) = (spread(), Folder::new());
    database.execute(&format!(
        "INSERT INTO users (id, email, name) VALUES
             ('01900000-0000-7000-8000-0000000000c2', 'gone@inbox.example', 'Gone');
         UPDATE messages SET user_id = '01900000-0000-7000-8000-0000000000c2' WHERE contact_id = '{ROSA}';
         UPDATE notes SET user_id = '01900000-0000-7000-8000-0000000000c2' WHERE contact_id = '{ROSA}'"
    ));
    let file = folder.back_up(&database, "inbox.dump");
    delete_rosa(&database);
    database.execute("DELETE FROM users WHERE email = 'gone@inbox.example'");
    let rosa = format!("contacts:{ROSA}");
    let planned =
        restore(&database, &file, &rosa, &["--dry-run", "--format", "json"]).expect_code(0).json();
    let ran = restore(&database, &file, &rosa, &["--yes", "--format", "json"]);
    let done = ran.expect_code(0).json();
    assert_eq!(done["tables"], planned["tables"]);
    let notes = table(&done, "notes");
    assert_eq!((&notes["missing"], &notes["inserted"]), (&3.into(), &0.into()), "{done:#}");
    assert_eq!(notes["left_out"][0]["rows"], 3, "{done:#}");
    assert_eq!(notes["gone"]["users"][0], "01900000-0000-7000-8000-0000000000c2", "{done:#}");
    assert_eq!(table(&done, "messages")["emptied"]["user_id -> users"], 9, "{done:#}");
    let of_rosa =
        format!("(SELECT count(*) FROM messages WHERE contact_id = '{ROSA}' AND user_id IS NULL)");
    assert_eq!(database.value(&of_rosa), "9");
    let again = restore(&database, &file, &rosa, &["--yes"]).expect_code(0);
    assert!(again.stdout.contains("Nothing to do"), "{again}");
}

#[test]
fn a_trigger_that_swallows_rows_takes_all_of_it_back() {
    let (database, folder) = (spread(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    delete_rosa(&database);
    database.execute(
        "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
         CREATE TRIGGER swallow BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION swallow()",
    );
    let before = held(&database);
    let failed = restore(&database, &file, &format!("contacts:{ROSA}"), &["--yes"]).expect_code(1);
    assert!(failed.stderr.contains("trigger swallow may do that"), "{failed}");
    assert_eq!(held(&database), before);
    assert_eq!(left_behind(&database), "");
}

#[test]
fn one_that_is_killed_leaves_the_database_as_it_was() {
    let (database, folder) = (spread(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    let whole = held(&database);
    delete_rosa(&database);
    let before = held(&database);
    database.execute(
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END';
         CREATE TRIGGER slow BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION slow()",
    );
    let rosa = format!("contacts:{ROSA}");
    let running = Binary::on(&database).start(["db", "restore", &file, "--only", &rosa, "--yes"]);
    let sleeping = "(SELECT count(*) FROM pg_stat_activity \
                     WHERE datname = current_database() AND wait_event = 'PgSleep')";
    eventually("the rows to come in", || database.value(sleeping) == "1");
    running.signal("KILL");
    running.wait();
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                      WHERE datname = current_database() AND wait_event = 'PgSleep'",
    );
    eventually("the session to end", || database.value(sleeping) == "0");
    assert_eq!(held(&database), before);
    database.execute("DROP TRIGGER slow ON notes");
    restore(&database, &file, &rosa, &["--yes"]).expect_code(0);
    assert_eq!(held(&database), whole);
    assert_eq!(left_behind(&database), "");
}

#[test]
fn a_role_with_few_rights_is_told_what_it_lacks() {
    let (database, folder) = (spread(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    delete_rosa(&database);
    let role = format!("{}_few", database.name);
    database.execute(&format!(
        "CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA public TO {role};
         GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"
    ));
    let url = with_user(&database.url(), &role);
    let rosa = format!("contacts:{ROSA}");
    let run = |flags: &[&str]| {
        let args = [&["db", "restore", &file, "--only", &rosa], flags].concat();
        Binary::on(&database).env("DATABASE_URL", &url).run(args)
    };
    let refused = run(&["--yes"]).expect_code(4);
    assert!(refused.stderr.contains("CREATEDB"), "{refused}");
    database.execute(&format!("ALTER ROLE {role} CREATEDB CREATEROLE"));
    // To look takes no more.
    run(&["--dry-run"]).expect_code(0);
    let before = held(&database);
    let refused = run(&["--yes"]).expect_code(4);
    assert!(refused.stderr.contains("GRANT INSERT ON"), "{refused}");
    assert_eq!(held(&database), before);
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn production_is_asked_about_and_named() {
    let (database, folder) = (spread(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    delete_rosa(&database);
    Binary::on(&database).run(["db", "environment", "set", "production", "--yes"]).expect_code(0);
    let rosa = format!("contacts:{ROSA}");
    let before = held(&database);
    let refused = restore(&database, &file, &rosa, &[]).expect_code(4);
    assert!(refused.stderr.contains("production database"), "{refused}");
    // Where nothing may be written, it can be looked at all the same.
    let name = &database.name;
    database.execute(&format!("ALTER DATABASE {name} SET default_transaction_read_only = on"));
    restore(&database, &file, &rosa, &["--dry-run"]).expect_code(0);
    database.execute(&format!(
        "BEGIN READ WRITE; ALTER DATABASE {name} RESET default_transaction_read_only; COMMIT"
    ));
    let mut command = Command::new(binary());
    command
        .args(["db", "restore", &file, "--only", &rosa])
        .env("DATABASE_URL", database.url())
        .env("TERM", "xterm")
        .env_remove("NO_COLOR");
    let mut session = spawn_command(command, Some(120_000)).expect("a pseudo-terminal");
    let place = format!(" in {name} on the private server (\x1b[31;1mPRODUCTION\x1b[0m)? [y/N]");
    let seen = session.exp_string(&place).unwrap_or_else(|error| panic!("{error}"));
    assert!(seen.contains("Insert ") && seen.contains("would insert"), "{seen}");
    session.send_line("n").unwrap();
    session.exp_string("You answered no").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(held(&database), before);
    assert_eq!(left_behind(&database), "");
}

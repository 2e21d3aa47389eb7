//! `db anonymise`: a copy in which nobody is recognisable and everything still works.

use std::fs;

use serde_json::Value;

use crate::contacts_data::{ROSA, TRACES, spread};
use crate::contacts_erase::dump;
use crate::support::backups::Folder;
use crate::support::{Binary, Database, OwnServer, Ran, eventually, with_user};

const RULES: &str = r#"[anonymise.columns]
"orders.buyer" = "name"
"order_lines.what" = "text"
"attachments.name" = "text"
"#;

fn rules(folder: &Folder, text: &str) -> String {
    let file = folder.file("inboxctl.toml");
    fs::write(&file, text).unwrap();
    file
}

/// One that is dropped with the test.
fn copy_of(database: &Database, ending: &str) -> Database {
    Database { name: format!("{}_{ending}", database.name) }
}

fn anonymise(database: &Database, copy: &Database, more: &[&str]) -> Ran {
    let args = ["db", "anonymise", "--into", &copy.name, "--format", "json"];
    Binary::on(database).run([&args, more].concat())
}

fn check(database: &Database, copy: &Database, more: &[&str]) -> Ran {
    let args = ["db", "anonymise", "--check", &copy.name, "--format", "json"];
    Binary::on(database).run([&args, more].concat())
}

/// Nothing is wrong with the copy that isn't with the source.
fn expect_sound(database: &Database, copy: &Database) {
    for args in [["db", "verify"], ["db", "drift"], ["db", "status"]] {
        let ran = Binary::on(copy).run(args);
        assert_eq!(ran.code, 0, "{args:?} {ran}");
    }
    let failed = |database: &Database| -> Vec<String> {
        let ran = Binary::on(database).run(["doctor", "--format", "json"]);
        let checks = ran.json()["checks"].as_array().unwrap().clone();
        let failed = checks.iter().filter(|one| one["status"] == "fail");
        failed.map(|one| one["check"].to_string()).collect()
    };
    assert_eq!(failed(copy), failed(database));
}

fn found(copy: &Database) -> Value {
    let args = ["contacts", "dedupe", "--dry-run", "--format", "json"];
    Binary::on(copy).run(args).expect_code(0).json()
}

#[test]
fn nothing_of_a_person_is_in_the_copy_and_all_of_it_works() {
    let (database, folder) = (spread(), Folder::new());
    database.execute(&format!(
        "INSERT INTO retention_holds (kind, value, reason, actor) VALUES
             ('contact', '{ROSA}', 'Rosa Quintanilla sues', 'agent@inbox.example'),
             ('resource', 'contacts/rosaq_privada', 'Berenjena', 'os:rosa');
         INSERT INTO erased_contacts (contact_id, merged_ids, reason, actor)
             VALUES (gen_random_uuid(), '{{}}', 'Rosa Quintanilla asked for it', 'rosa@correo.example');
         INSERT INTO imported_contacts VALUES (gen_random_uuid(), '{ROSA}', now(), '{{\"name\": \"Rosa Quintanilla\"}}');
         INSERT INTO audit_logs (actor, action, resource, resource_id, details) VALUES
             ('rosa@correo.example', 'login', 'sessions', 'rosaq_privada',
              '{{\"rosaq_privada\": 1, \"who\": [\"Rosa Quintanilla\", 34600111222], \"status\": \"rosaq_privada\"}}');
         INSERT INTO adopted_ids VALUES ('contacts', 'rosa@correo.example', '{ROSA}');
         INSERT INTO templates (name, content) VALUES ('hello', 'Hello {{{{name}}}}, ask Rosa Quintanilla: 600 111 222');
         INSERT INTO integrations (channel, config, status, credentials) VALUES
             ('EMAIL', '{{\"from\": \"rosa@correo.example\", \"secret\": \"hunter2hunter2\"}}', 'ACTIVE', 'v1.sealed')"
    ));
    let config = rules(&folder, RULES);
    let copy = copy_of(&database, "staging");
    let before = database.contents();
    let view = anonymise(&database, &copy, &["--config", &config]).expect_code(0).json();
    assert_eq!(database.contents(), before, "the source is only read");
    assert_eq!(view["database"], copy.name.as_str());
    let text = dump(&copy);
    for trace in
        TRACES.iter().chain(&["Rosa", "600111222", "hunter2", "v1.sealed", "Zanahoria", "agent@"])
    {
        let found = text.lines().find(|line| line.contains(trace));
        assert_eq!(found, None, "{trace}");
    }
    expect_sound(&database, &copy);
    assert_eq!(copy.value("(SELECT status FROM integrations)"), "INACTIVE");
    assert_eq!(
        copy.value("(SELECT value #>> '{}' FROM inboxctl_settings WHERE key = 'environment')"),
        "staging"
    );
    // The same in whatever column.
    let name = copy.value(&format!("(SELECT name FROM contacts WHERE id = '{ROSA}')"));
    for same in [
        "(SELECT buyer FROM orders WHERE id = 1)",
        "(SELECT after ->> 'name' FROM contact_merges LIMIT 1)",
        "(SELECT before ->> 'name' FROM imported_contacts)",
        "(SELECT details #>> '{who,0}' FROM audit_logs WHERE action = 'login')",
    ] {
        assert_eq!(copy.value(same), name, "{same}");
    }
    let template = copy.value("(SELECT content FROM templates)");
    assert!(template.contains("{{name}}") && template.contains(&name), "{template}");
    let handle = copy
        .value("(SELECT social_handles ->> 'twitter' FROM contacts WHERE social_handles <> '{}')");
    let seen = copy.value("(SELECT resource_id FROM audit_logs WHERE action = 'login')");
    assert_eq!(handle.trim_start_matches('@'), seen);
    let clean = check(&database, &copy, &["--config", &config]).expect_code(0).json();
    assert_eq!(clean["leaks"], serde_json::json!([]));
    // What is planted is found, in whatever place.
    copy.execute(
        "UPDATE orders SET buyer = 'for Rosa Quintanilla' WHERE id = 1;
         UPDATE scheduled_jobs SET payload = '{\"a\": [{\"b\": \"call 600 111 222\"}]}' WHERE type = 'call';
         UPDATE templates SET name = 'rosaq_privada'; UPDATE notes SET content = 'to rqv@work.example.'",
    );
    let leaks =
        check(&database, &copy, &["--config", &config]).expect_code(3).json()["leaks"].clone();
    for (column, what) in [
        ("orders.buyer", "name"),
        ("scheduled_jobs.payload", "phone"),
        ("templates.name", "handle"),
        ("notes.content", "email"),
    ] {
        let is_it = |leak: &Value| leak["column"] == column && leak["what"] == what;
        assert!(leaks.as_array().unwrap().iter().any(is_it), "{column} {leaks:#}");
    }
    // An erasure names the copy, for who has its key.
    let plan = Binary::on(&database)
        .run(["contacts", "erase", ROSA, "--dry-run", "--format", "json"])
        .expect_code(4);
    assert!(plan.stderr.contains("hold"), "{plan}");
    database.execute("DELETE FROM retention_holds");
    let plan = Binary::on(&database)
        .run(["contacts", "erase", ROSA, "--dry-run", "--format", "json"])
        .expect_code(0);
    assert!(plan.stdout.contains(&copy.name), "{plan}");
    // What was merged comes apart again.
    let merge = copy.value("(SELECT id FROM contact_merges ORDER BY merged_at DESC LIMIT 1)");
    Binary::on(&copy).run(["contacts", "unmerge", &merge, "--yes"]).expect_code(0);
}

#[test]
fn the_sample_is_another_one_with_the_same_duplicates() {
    let database = Database::migrated();
    Binary::on(&database)
        .run(["db", "seed", "--profile", "small", "--as-of", "2026-06-30"])
        .expect_code(0);
    let (copy, folder) = (copy_of(&database, "staging"), Folder::new());
    let key = folder.file("key");
    fs::write(&key, "a secret that nobody guesses\n").unwrap();
    anonymise(&database, &copy, &["--key", &key]).expect_code(0);
    check(&database, &copy, &[]).expect_code(0);
    expect_sound(&database, &copy);
    let (source, made) = (found(&database), found(&copy));
    let [before, after] = [&source, &made].map(|found| found["clusters_found"].as_f64().unwrap());
    assert!((after - before).abs() <= 0.05 * before, "{before} {after}");
    for count in
        ["contacts", "messages", "notes", "assignments", "scheduled_jobs", "users", "audit_logs"]
    {
        let count = format!("(SELECT count(*) FROM {count})");
        assert_eq!(copy.value(&count), database.value(&count), "{count}");
    }
    // Nobody's number, nobody's domain.
    let rings = "(SELECT count(*) FROM contacts WHERE phone ~ '^\\+(?!28|83|89)' OR email !~ '\\.example$')";
    assert_eq!(copy.value(rings), "0");
    let gaps = "(SELECT md5(string_agg(created_at::text, ' ' ORDER BY id)) FROM messages)";
    assert_eq!(copy.value(gaps), database.value(gaps));

    // One key, one copy; another key, another one.
    let (again, other) = (copy_of(&database, "again"), copy_of(&database, "other"));
    anonymise(&database, &again, &["--key", &key]).expect_code(0);
    anonymise(&database, &other, &[]).expect_code(0);
    let people = "(SELECT md5(string_agg(c::text, ' ' ORDER BY id)) FROM contacts c)";
    assert_eq!(again.value(people), copy.value(people));
    assert_ne!(other.value(people), copy.value(people));
}

#[test]
fn a_sample_is_whole() {
    let database = Database::migrated();
    Binary::on(&database)
        .run(["db", "seed", "--profile", "small", "--as-of", "2026-06-30"])
        .expect_code(0);
    database.execute(
        "CREATE TABLE calls (id int PRIMARY KEY, contact_id uuid REFERENCES contacts (id), job_id uuid REFERENCES scheduled_jobs (id));
         CREATE TABLE ratings (call_id int NOT NULL REFERENCES calls (id));
         INSERT INTO calls SELECT row_number() OVER (), id, NULL FROM contacts;
         INSERT INTO ratings SELECT id FROM calls",
    );
    let copy = copy_of(&database, "sample");
    anonymise(&database, &copy, &["--sample", "10%"]).expect_code(0);
    let count = |table: &str| {
        copy.value(&format!("(SELECT count(*) FROM {table})")).parse::<u32>().unwrap()
    };
    let contacts = count("contacts");
    assert!((50..=160).contains(&contacts), "{contacts}");
    assert_eq!(count("calls"), contacts);
    assert_eq!(count("ratings"), contacts);
    assert_eq!(
        count("messages m WHERE NOT EXISTS (SELECT FROM contacts c WHERE c.id = m.contact_id)"),
        0
    );
    assert!(count("messages") > contacts && count("users") == 3);
    expect_sound(&database, &copy);
    check(&database, &copy, &[]).expect_code(0);
}

#[test]
fn what_looks_personal_and_has_no_rule_stops_it() {
    let (database, folder) = (spread(), Folder::new());
    let copy = copy_of(&database, "staging");
    let refused = anonymise(&database, &copy, &[]).expect_code(4);
    for line in
        ["[anonymise.columns]", r#"orders.buyer\" = \"name\""#, r#"attachments.name\" = \"name\""#]
    {
        assert!(
            refused.stderr.contains(&line.replace("\\\"", "\\\\\\\""))
                || refused.stderr.contains(line),
            "{line} {refused}"
        );
    }
    let exists =
        format!("(SELECT count(*) FROM pg_database WHERE datname LIKE '{}\\_%')", database.name);
    assert_eq!(database.value(&exists), "0");
    let wrong = rules(&folder, &format!("{RULES}\"orders.bayer\" = \"name\"\n"));
    let refused = anonymise(&database, &copy, &["--config", &wrong]).expect_code(2);
    assert!(refused.stderr.contains("orders.bayer is no column"), "{refused}");
    let wrong = rules(&folder, "[anonymise.columns]\n\"orders.buyer\" = \"nmae\"\n");
    let refused = anonymise(&database, &copy, &["--config", &wrong]);
    assert!(refused.code != 0 && refused.stderr.contains("line 2"), "{refused}");
    // The plan names each column; nothing is made.
    let config = rules(&folder, RULES);
    let plan =
        anonymise(&database, &copy, &["--config", &config, "--dry-run"]).expect_code(0).json();
    let holds = |name: &str| {
        let columns = plan["columns"].as_array().unwrap();
        columns.iter().find(|one| one["column"] == name).map(|one| one["holds"].clone())
    };
    assert_eq!(holds("orders.buyer").unwrap(), "name");
    assert_eq!(holds("contacts.created_at").unwrap(), "keep");
    assert_eq!(holds("audit_days.hash").unwrap(), "no_rows");
    assert_eq!(database.value(&exists), "0");
    // Never over another database.
    let refused = anonymise(&database, &database, &["--config", &config]).expect_code(4);
    assert!(refused.stderr.contains("already"), "{refused}");
    check(&database, &copy, &["--config", &config]).expect_code(4);
    // A key that can be guessed is none.
    let key = folder.file("key");
    fs::write(&key, "secret").unwrap();
    anonymise(&database, &copy, &["--config", &config, "--key", &key]).expect_code(4);
}

#[test]
fn values_of_all_types_come_out_as_their_types() {
    let (database, folder) = (Database::migrated(), Folder::new());
    database.execute(
        "CREATE SCHEMA crm;
         CREATE TYPE crm.mood AS ENUM ('good', 'bad');
         CREATE DOMAIN crm.mail AS varchar(24);
         CREATE TABLE crm.people (id int PRIMARY KEY, \"Full Name\" text UNIQUE, mails crm.mail[], born date, ip inet,
             extra json, scan bytea NOT NULL, mobile bigint, mood crm.mood, code varchar(12), twice int GENERATED ALWAYS AS (id * 2) STORED);
         CREATE VIEW crm.names AS SELECT \"Full Name\" FROM crm.people;
         INSERT INTO crm.people VALUES (1, E'Zoë \\\"Tab\\tQuirinius\\\\', '{zoe@quirinius.example,NULL}', '1980-05-04', '10.1.2.3',
             '{\"deep\": [1, {\"mail\": \"zoe@quirinius.example\"}], \"big\": 12345678901234567890123}', '\\x010203', 600111222, 'good', 'Quirinius-77');
         CREATE TABLE crm.links (person text REFERENCES crm.people (\"Full Name\"));
         INSERT INTO crm.links SELECT \"Full Name\" FROM crm.people",
    );
    let copy = copy_of(&database, "staging");
    let config = rules(
        &folder,
        r#"[anonymise.columns]
"crm.people.Full Name" = "name"
"crm.people.mails" = "email"
"crm.people.born" = "birth"
"crm.people.ip" = "ip"
"crm.people.extra" = "json"
"crm.people.scan" = "empty"
"crm.people.mobile" = "phone"
"crm.people.code" = "handle"
"crm.links.person" = "name"
"#,
    );
    anonymise(&database, &copy, &["--config", &config]).expect_code(0);
    let text = dump(&copy);
    for trace in ["Quirinius", "quirinius", "10.1.2.3", "600111222", "010203", "05-04"] {
        assert!(!text.contains(trace), "{trace}");
    }
    assert_eq!(copy.value("(SELECT mood FROM crm.people)"), "good");
    assert_eq!(copy.value("(SELECT twice FROM crm.people)"), "2");
    assert_eq!(copy.value("(SELECT extract(year FROM born) FROM crm.people)"), "1980");
    assert_eq!(copy.value("(SELECT octet_length(scan) FROM crm.people)"), "0");
    assert_eq!(
        copy.value("(SELECT count(*) FROM crm.links JOIN crm.people ON person = \"Full Name\")"),
        "1"
    );
    assert_eq!(copy.value("(SELECT extra #>> '{deep,0}' FROM crm.people)"), "1");
}

/// What is proposed is taken, and where the values don't fit the error says which rule would.
#[test]
fn what_is_proposed_works_or_is_named() {
    let (database, folder) = (Database::migrated(), Folder::new());
    // No word has nine consonants in a row, so no other text passes these guards by chance.
    database.execute(
        "CREATE SCHEMA shop; CREATE TABLE shop.nocols (); INSERT INTO shop.nocols DEFAULT VALUES;
         CREATE DOMAIN shop.zip AS text CHECK (VALUE ~ '^[B-DF-HJ-NP-TV-Z]{9}-[0-9]$');
         CREATE TABLE shop.people (mac macaddr, fixed macaddr8 NOT NULL DEFAULT '01:02:03:04:05:06:07:08', bday date,
             birth_year int, passport bigint, account_id bigint, due date, place point NOT NULL DEFAULT '(1,2)',
             code text CHECK (code ~ '^[B-DF-HJ-NP-TV-Z]{9}-[0-9]$'), zip shop.zip NOT NULL, serial text UNIQUE);
         INSERT INTO shop.people (mac, bday, birth_year, passport, code, zip, serial)
             VALUES ('01:02:03:04:05:06', '1990-02-03', 1990, 1234567, 'BCDFGHJKL-1', 'BCDFGHJKL-1', 'x')",
    );
    let copy = copy_of(&database, "staging");
    let refused =
        Binary::on(&database).run(["db", "anonymise", "--into", &copy.name]).expect_code(4);
    let (_, proposed) = refused.stderr.split_once("[anonymise.columns]").expect("rules");
    for line in [
        r#""shop.people.mac" = "empty""#,
        r#""shop.people.fixed" = "keep""#,
        r#""shop.people.place" = "keep""#,
        r#""shop.people.bday" = "birth""#,
        r#""shop.people.birth_year" = "empty""#,
        r#""shop.people.passport" = "empty""#,
        r#""shop.people.code" = "text""#,
    ] {
        assert!(proposed.contains(line), "{line} {refused}");
    }
    assert!(!proposed.contains("account_id") && !proposed.contains("due"), "{refused}");
    let mut lines = format!("[anonymise.columns]{proposed}");
    for (column, guard, answer, rule) in [
        ("zip", "zip_check", r#"= "keep""#, "keep"),
        ("code", "people_code_check", r#"= "empty" or "keep""#, "empty"),
    ] {
        let config = rules(&folder, &lines);
        let args = ["db", "anonymise", "--into", &copy.name, "--config", &config];
        let failed = Binary::on(&database).run(args).expect_code(1);
        let named = format!(
            "{guard} takes no value that was made for shop.people.{column} (by the rule text)"
        );
        assert!(failed.stderr.contains(&named), "{failed}");
        assert!(failed.stderr.contains(&format!("\"shop.people.{column}\" {answer}")), "{failed}");
        let line = |rule: &str| format!("\"shop.people.{column}\" = \"{rule}\"");
        lines = lines.replace(&line("text"), &line(rule));
    }
    let config = rules(&folder, &lines);
    anonymise(&database, &copy, &["--config", &config]).expect_code(0);
    assert_eq!(copy.value("(SELECT count(*) FROM shop.nocols)"), "1");
    assert_eq!(
        copy.value("(SELECT count(*) FROM shop.people WHERE mac IS NULL AND passport IS NULL)"),
        "1"
    );
}

#[test]
fn a_killed_run_leaves_what_the_next_one_drops() {
    let server = OwnServer::start(&[]);
    server.execute("postgres", "CREATE DATABASE inbox");
    server.binary("inbox").run(["db", "migrate"]).expect_code(0);
    server.binary("inbox").run(["db", "seed", "--profile", "small"]).expect_code(0);
    // The copy waits for this lock with its database made.
    let mut lock = server.connect("inbox");
    diesel::connection::SimpleConnection::batch_execute(&mut lock, "BEGIN; LOCK TABLE notes")
        .unwrap();
    let running = server.binary("inbox").start(["db", "anonymise", "--into", "staging"]);
    let left =
        "(SELECT string_agg(datname, ',') FROM pg_database WHERE datname ~ '_inboxctl_|staging')";
    eventually("a database is made", || server.value("postgres", left).contains("inbox_inboxctl_"));
    running.signal("KILL");
    running.wait();
    drop(lock);
    let named = || {
        let ran =
            server.binary("inbox").run(["db", "leftovers", "drop", "--dry-run"]).expect_code(0);
        ran.stdout.contains("inbox_inboxctl_")
    };
    eventually("it is a leftover", named);
    server.binary("inbox").run(["db", "anonymise", "--into", "staging"]).expect_code(0);
    assert_eq!(server.value("postgres", left), "staging");
}

#[test]
fn who_may_make_no_database_is_told_so() {
    let server = OwnServer::start(&[]);
    server.execute("postgres", "CREATE DATABASE inbox");
    server.binary("inbox").run(["db", "migrate"]).expect_code(0);
    server.execute("inbox", "CREATE ROLE reader LOGIN; GRANT pg_read_all_data TO reader");
    let url = with_user(&server.url("inbox"), "reader");
    let args = ["db", "anonymise", "--into", "staging"];
    let refused = server.binary("inbox").env("DATABASE_URL", &url).run(args).expect_code(4);
    assert!(refused.stderr.contains("ALTER ROLE \"reader\" CREATEDB"), "{refused}");
    assert!(refused.stderr.contains("the copy is a database of its own"), "{refused}");
}

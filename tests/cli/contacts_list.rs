//! `contacts list`, `contacts export`.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::assert_ran;
use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran, eventually};

const AMARA: &str = "01900000-0000-7000-8000-000000000101";
const AMARA_AGAIN: &str = "01900000-0000-7000-8000-000000000107";

fn seeded() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database
}

fn contacts(database: &Database, line: &str) -> Ran {
    Binary::on(database).run(["contacts"].into_iter().chain(line.split_whitespace()))
}

/// Names of the contacts that a list shows.
fn names(database: &Database, line: &str) -> Vec<String> {
    let found = contacts(database, &format!("list --format json {line}")).expect_code(0).json();
    let rows = found["contacts"].as_array().unwrap().iter();
    rows.map(|row| row["name"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Four contacts: one that nothing hangs on, one with a message, one assigned, one with an identity alone.
fn four() -> Database {
    let database = seeded();
    database.execute(
        "DELETE FROM assignments; DELETE FROM presence; DELETE FROM notes; DELETE FROM messages; \
         DELETE FROM contacts; \
         INSERT INTO contacts (name, created_at) VALUES ('nobody', now() - interval '4 days'); \
         INSERT INTO contacts (name, phone, created_at) VALUES ('wrote', '+1', now() - interval '3 days'); \
         INSERT INTO contacts (name, social_handles, created_at) \
             VALUES ('assigned', '{\"twitter\": \"@a\"}', now() - interval '2 days'); \
         INSERT INTO contacts (name, phone, email, created_at) \
             VALUES ('known otherwise', '', NULL, now() - interval '1 day'); \
         INSERT INTO messages (contact_id, channel, direction, content) \
             SELECT id, 'SMS', 'INBOUND', 'x' FROM contacts WHERE name = 'wrote'; \
         INSERT INTO assignments (contact_id, user_id) \
             SELECT c.id, u.id FROM contacts c, users u \
             WHERE c.name = 'assigned' AND u.email = 'editor@inbox.example'; \
         INSERT INTO contact_identities (contact_id, kind, value) \
             SELECT id, 'PHONE', '+34600000000' FROM contacts WHERE name = 'known otherwise'",
    );
    database
}

#[test]
fn a_list_shows_the_newest_and_says_when_it_is_cut() {
    let database = four();
    assert_eq!(names(&database, ""), ["known otherwise", "assigned", "wrote", "nobody"]);
    assert_eq!(names(&database, "--limit 2"), ["known otherwise", "assigned"]);
    let cut = contacts(&database, "list --limit 2 --format json").expect_code(0).json();
    assert_eq!(cut["truncated"], true);
    let cut = contacts(&database, "list --limit 2 --format csv").expect_code(0);
    assert!(cut.stderr.contains("there are more than 2 contacts"), "{cut}");
    assert_ran!(
        "contacts_list",
        contacts(&database, "list --columns name,phone,email,assigned_to_email")
    );
    let one = contacts(&database, "list --columns name,assigned_to_email --limit 1 --format jsonl");
    assert_eq!(
        one.expect_code(0).stdout,
        "{\"name\":\"known otherwise\",\"assigned_to_email\":null}\n"
    );
}

#[test]
fn a_list_and_an_export_take_the_same_filters() {
    let database = four();
    let folder = Folder::new();
    for (filter, expected) in [
        ("--channel sms", &["wrote"][..]),
        ("--channel email", &[]),
        ("--since 60h", &["known otherwise", "assigned"]),
        ("--assigned editor@inbox.example", &["assigned"]),
        ("--assigned viewer@inbox.example", &[]),
        ("--without identifier", &["nobody"]),
        ("--without messages", &["known otherwise", "assigned", "nobody"]),
        ("--without messages --since 60h", &["known otherwise", "assigned"]),
    ] {
        assert_eq!(names(&database, filter), expected, "{filter}");
        let file = folder.file("names.csv");
        contacts(&database, &format!("export {file} --columns name --yes {filter}")).expect_code(0);
        let mut written: Vec<String> =
            fs::read_to_string(&file).unwrap().lines().skip(1).map(str::to_owned).collect();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        written.sort();
        assert_eq!(written, expected, "{filter}");
    }
    let unknown = contacts(&database, "list --assigned editr@inbox.example").expect_code(2);
    assert!(unknown.stderr.contains("did you mean editor@inbox.example?"), "{unknown}");
}

#[test]
fn who_was_merged_away_is_named_by_the_contact_that_stays() {
    let database = seeded();
    contacts(&database, &format!("merge {AMARA} {AMARA_AGAIN} --yes")).expect_code(0);
    let found = contacts(&database, "list --format json").expect_code(0).json();
    let rows = found["contacts"].as_array().unwrap();
    let amara = rows.iter().find(|row| row["id"] == AMARA).expect("she is listed");
    assert_eq!(amara["merged_ids"], serde_json::json!([AMARA_AGAIN]));
    assert!(rows.iter().all(|row| row["id"] != AMARA_AGAIN));
    let written = contacts(&database, "export - --columns id,merged_ids,identities").expect_code(0);
    let line = written.stdout.lines().find(|line| line.starts_with(AMARA)).expect("it is written");
    assert!(line.contains(AMARA_AGAIN) && line.contains("(415) 555-0101"), "{line}");
}

/// Values that a spreadsheet, a shell or a careless writer would change.
fn with_strange_values() -> Database {
    let database = seeded();
    database.execute(
        "INSERT INTO contacts (id, name, phone, email, social_handles, metadata, created_at, updated_at) VALUES \
         ('00000000-0000-4000-8000-000000000001', E'Ana \"la\" López,\\nSeville\\r\\n\\\\.\\t;', '', NULL, \
          '[\"a\", {\"b\": [1, 2]}]', '{\"crm\": 12345678901234567890123, \"price\": 1.10, \"t\": \"a\\nb\"}', \
          'infinity', '-infinity'), \
         ('00000000-0000-4000-8000-000000000002', '', '=1+1', '用户@例子.example', '{}', '{}', \
          '20000-01-01 00:00:00+00', '0044-03-15 00:00:00+00 BC'), \
         ('00000000-0000-4000-8000-000000000003', NULL, NULL, NULL, '{}', '{}', \
          '2026-01-02 03:04:05.6+00', '2026-01-02 03:04:05+00')",
    );
    database
}

fn by_id(rows: Vec<BTreeMap<String, String>>) -> BTreeMap<String, BTreeMap<String, String>> {
    rows.into_iter().map(|row| (row["id"].clone(), row)).collect()
}

#[test]
fn an_export_has_every_value_as_it_is_in_both_forms() {
    let database = with_strange_values();
    let count = database.value("(SELECT count(*) FROM contacts)");
    let csv = contacts(&database, "export -").expect_code(0);
    assert!(csv.stderr.contains(&format!("Wrote {count} contacts to -.")), "{csv}");
    let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(
        header,
        ["id", "name", "phone", "email", "social_handles", "metadata", "created_at", "updated_at"]
    );
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        header.iter().cloned().zip(row.iter().map(str::to_owned)).collect()
    });
    let from_csv = by_id(rows.collect());
    let jsonl = contacts(&database, "export - --format jsonl").expect_code(0);
    let rows = jsonl.stdout.lines().map(|line| {
        let row: serde_json::Map<String, Value> = serde_json::from_str(line).unwrap();
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        row.iter().map(|(key, value)| (key.clone(), text(value))).collect()
    });
    let from_json = by_id(rows.collect());
    assert_eq!(from_csv.len().to_string(), count);
    assert_eq!(from_json.len().to_string(), count);
    for (id, row) in &from_csv {
        let of = |column: &str| {
            database.value(&format!("(SELECT {column}::text FROM contacts WHERE id = '{id}')"))
        };
        for column in ["name", "phone", "email", "social_handles", "metadata"] {
            assert_eq!(row[column], of(column), "{id} {column}");
        }
        for column in ["name", "phone", "email", "created_at", "updated_at"] {
            assert_eq!(from_json[id][column], row[column], "{id} {column}");
        }
    }
    // Nothing is told from an empty text, and numbers keep their digits.
    assert!(csv.stdout.contains("000000000002,\"\",=1+1,"), "{csv}");
    assert!(csv.stdout.contains("000000000003,,,,"), "{csv}");
    assert!(jsonl.stdout.contains("12345678901234567890123") && jsonl.stdout.contains("1.10"));
    let times = |id: &str| {
        let row = &from_csv[&format!("00000000-0000-4000-8000-00000000000{id}")];
        (row["created_at"].clone(), row["updated_at"].clone())
    };
    assert_eq!(times("1"), ("infinity".into(), "-infinity".into()));
    assert_eq!(times("2").0, "20000-01-01T00:00:00Z");
    assert_eq!(times("3"), ("2026-01-02T03:04:05.6Z".into(), "2026-01-02T03:04:05Z".into()));
}

#[test]
fn every_column_can_be_chosen() {
    let database = four();
    let columns = "merged_ids,last_message_at,assigned_to_email,identities,updated_at,created_at,\
                   metadata,social_handles,email,phone,name,id";
    let ran = contacts(&database, &format!("export - --format jsonl --columns {columns}"));
    for line in ran.expect_code(0).stdout.lines() {
        let row: serde_json::Map<String, Value> = serde_json::from_str(line).unwrap();
        assert_eq!(row.keys().cloned().collect::<Vec<_>>().join(","), columns);
        let is_assigned = row["name"] == "assigned";
        assert_eq!(row["assigned_to_email"].is_string(), is_assigned, "{line}");
        assert_eq!(row["last_message_at"].is_string(), row["name"] == "wrote", "{line}");
        assert!(row["merged_ids"].is_array(), "{line}");
    }
    contacts(&database, "export - --columns no_such").expect_code(2);
}

#[test]
fn an_export_is_a_whole_file_for_its_owner_in_the_form_of_its_name() {
    let database = four();
    let folder = Folder::new();
    let file = folder.file("contacts.jsonl");
    let ran = contacts(&database, &format!("export {file} --format json")).expect_code(0).json();
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(ran["contacts"], 4);
    assert_eq!(ran["size_bytes"], text.len());
    assert!(text.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{text}");
    let refused = contacts(&database, &format!("export {file}")).expect_code(4);
    assert!(refused.stderr.contains("overwrite"), "{refused}");
    contacts(&database, &format!("export {file} --format csv --yes")).expect_code(0);
    assert!(fs::read_to_string(&file).unwrap().starts_with("id,name,phone,"));
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(folder.names(), ["contacts.jsonl"]);
    // Nobody at all is a line of names.
    let ran = contacts(&database, "export - --channel linkedin").expect_code(0);
    assert_eq!(ran.stdout.lines().count(), 1, "{ran}");
    let ran = contacts(&database, "export - --channel linkedin --format jsonl").expect_code(0);
    assert_eq!(ran.stdout, "");
}

#[test]
fn an_export_that_is_interrupted_or_fails_leaves_nothing() {
    let database = four();
    let folder = Folder::new();
    let file = folder.file("contacts.csv");
    // More than is written before a signal arrives.
    database.execute(
        "INSERT INTO contacts (name, metadata) SELECT 'many', jsonb_build_object('n', n) FROM generate_series(1, 20000) n",
    );
    let lock = database.lock("other", "LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE");
    let run = Binary::on(&database).start(["contacts", "export", &file]);
    eventually("it waits", || database.somebody_waits());
    run.signal("TERM");
    drop(lock);
    run.wait().expect_code(143);
    assert_eq!(folder.names(), [] as [&str; 0]);
    // The server fails in the middle of the rows.
    database.execute(
        "CREATE FUNCTION fails(uuid) RETURNS text LANGUAGE plpgsql AS \
             'BEGIN RAISE EXCEPTION ''out of order''; END'; \
         ALTER TABLE contacts RENAME TO kept; \
         CREATE VIEW contacts AS SELECT id, name, phone, email, social_handles, metadata, created_at, \
             CASE WHEN metadata ->> 'n' = '15000' THEN fails(id)::timestamptz ELSE updated_at END AS updated_at \
             FROM kept",
    );
    let ran = contacts(&database, &format!("export {file}")).expect_code(1);
    assert!(ran.stderr.contains("the server broke off"), "{ran}");
    assert_eq!(folder.names(), [] as [&str; 0]);
}

#[test]
fn an_export_is_no_json_document() {
    let refused = contacts(&seeded(), "export - --format json").expect_code(2);
    assert!(refused.stdout.is_empty() && refused.stderr.contains("--format jsonl"), "{refused}");
}

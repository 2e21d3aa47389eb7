//! Merges on a database with an application's tables: what refers to contacts moves and comes back.

use std::fs;

use serde_json::Value;

use crate::support::{Binary, Database, Ran};

pub(crate) const A: &str = "aaaaaaaa-1111-4111-8111-111111111111";
pub(crate) const B: &str = "11111111-1111-4111-8111-111111111111";
pub(crate) const C: &str = "cccccccc-1111-4111-8111-111111111111";
/// With letters in all its parts.
const LETTERS: &str = "deadbeef-abcd-4abc-8abc-abcdefabcdef";

/// The same as an application may write it.
const MIXED: &str = "DeadBeef-abcd-4ABC-8abc-abcdefabcdef";

/// The e-mails of twins differ, so that they are no sure thing.
pub(crate) const DEDUPE: [&str; 3] = ["dedupe", "--max-wrong", "1"];

/// Two contacts of one person and another one; A is the older one, though its id is greater.
pub(crate) fn twins() -> Database {
    let database = Database::migrated();
    database.execute(&format!(
        "INSERT INTO contacts (id, name, phone, email, created_at) VALUES \
         ('{A}', 'Ana Prueba', '+34600111222', 'ana@prueba.example', '2020-01-01'), \
         ('{B}', 'Ana Prueba', '+34600111222', 'ana.prueba@mail.example', '2025-01-01'), \
         ('{C}', 'Boris Klein', '+34600111333', NULL, '2025-01-01')"
    ));
    database
}

pub(crate) fn run(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["contacts"], args].concat())
}

pub(crate) fn merge(database: &Database) -> String {
    run(database, &["merge", A, B, "--yes", "--quiet"]).expect_code(0);
    database.value("(SELECT id FROM contact_merges WHERE undone_at IS NULL)")
}

/// All rows of these tables.
pub(crate) fn rows(database: &Database, tables: &[&str]) -> Vec<String> {
    let all = |table: &&str| {
        let rows = format!("(SELECT string_agg(t::text, '|' ORDER BY t::text) FROM {table} t)");
        format!("{table}: {}", database.value(&rows))
    };
    tables.iter().map(all).collect()
}

/// A merge leaves no row with B, and taking it back leaves every row as it was.
pub(crate) fn round_trip(schema: &str, tables: &[&str]) {
    let database = twins();
    database.execute(&schema.replace("{A}", A).replace("{B}", B).replace("{C}", C));
    let all = [tables, &["contacts"]].concat();
    let before = rows(&database, &all);
    let id = merge(&database);
    let merged = rows(&database, tables);
    assert!(!merged.join("").contains(B), "{merged:?}");
    let ran = run(&database, &["unmerge", &id, "--yes"]).expect_code(0);
    assert_eq!(rows(&database, &all), before, "{ran}");
}

#[test]
fn rows_move_whatever_their_key_does_on_delete() {
    for action in ["CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"] {
        round_trip(
            &format!(
                "CREATE TABLE invoices (id int PRIMARY KEY, amount numeric, \
                     contact_id uuid REFERENCES contacts (id) ON DELETE {action}); \
                 INSERT INTO invoices VALUES (1, 1.10, '{{B}}'), (2, 9007199254740993.01, '{{B}}'), \
                     (3, 0, '{{A}}'), (4, 0, '{{C}}'), (5, 0, NULL)"
            ),
            &["invoices"],
        );
    }
}

#[test]
fn rows_move_without_a_key_of_their_own() {
    round_trip(
        "CREATE TABLE tags (contact_id uuid REFERENCES contacts (id), tag text, n json, b bytea); \
         INSERT INTO tags VALUES ('{B}', 'x', '{\"a\": 1.10}', '\\x00ff'), ('{B}', 'x', '{\"a\": 1.10}', '\\x00ff'), \
             ('{A}', 'x', '{\"a\": 1.10}', '\\x00ff'), ('{B}', NULL, NULL, NULL), ('{C}', 'y', 'null', NULL)",
        &["tags"],
    );
}

#[test]
fn rows_move_in_other_schemas_and_by_several_keys() {
    round_trip(
        "CREATE SCHEMA app; \
         CREATE TABLE app.\"Deals\" (\"dealId\" int PRIMARY KEY, \
             \"contactId\" uuid REFERENCES contacts (id), \"wonBy\" uuid REFERENCES contacts (id) ON DELETE CASCADE); \
         INSERT INTO app.\"Deals\" VALUES (1, '{B}', '{B}'), (2, '{A}', '{B}'), (3, '{B}', '{C}'); \
         CREATE TABLE labels (contact_id uuid REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, \
             label text, PRIMARY KEY (contact_id, label)); \
         INSERT INTO labels VALUES ('{A}', 'x'), ('{B}', 'y')",
        &["app.\"Deals\"", "labels"],
    );
}

#[test]
fn rows_move_by_composite_keys_partitions_and_other_columns() {
    round_trip(
        "ALTER TABLE contacts ADD tenant int NOT NULL DEFAULT 7, ADD UNIQUE (tenant, id), ADD UNIQUE (email); \
         CREATE TABLE deals (id int PRIMARY KEY, tenant int, contact uuid, \
             FOREIGN KEY (tenant, contact) REFERENCES contacts (tenant, id) ON DELETE CASCADE); \
         INSERT INTO deals VALUES (1, 7, '{B}'), (2, 7, '{A}'), (3, NULL, NULL); \
         CREATE TABLE events (day date, contact_id uuid REFERENCES contacts (id) ON DELETE CASCADE) \
             PARTITION BY RANGE (day); \
         CREATE TABLE events_old PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('2026-01-01'); \
         CREATE TABLE events_new PARTITION OF events FOR VALUES FROM ('2026-01-01') TO (MAXVALUE); \
         INSERT INTO events VALUES ('2025-01-01', '{B}'), ('2026-01-01', '{B}'), ('2026-01-01', '{A}'); \
         CREATE TABLE subscriptions (list text, email text REFERENCES contacts (email) ON DELETE CASCADE); \
         INSERT INTO subscriptions VALUES ('news', 'ana@prueba.example'), ('news', 'ana.prueba@mail.example')",
        &["deals", "events", "subscriptions"],
    );
}

/// What points at rows that move by a column that changes: the server moves it, there and back.
#[test]
fn rows_that_follow_rows_come_back_with_them() {
    for action in ["ON UPDATE CASCADE", "DEFERRABLE"] {
        round_trip(
            &format!(
                "ALTER TABLE messages ADD UNIQUE (id, contact_id); \
                 CREATE TABLE attachments (contact_id uuid REFERENCES contacts, message_id uuid, n int, \
                     UNIQUE (n, contact_id), \
                     FOREIGN KEY (message_id, contact_id) REFERENCES messages (id, contact_id) {action}); \
                 CREATE TABLE thumbs (of_contact uuid, n int, FOREIGN KEY (n, of_contact) \
                     REFERENCES attachments (n, contact_id) ON UPDATE CASCADE); \
                 INSERT INTO messages (id, contact_id, channel, direction, content) SELECT uuid_v7(), id, 'SMS', 'INBOUND', 'x' FROM contacts; \
                 INSERT INTO attachments SELECT contact_id, id, row_number() OVER (ORDER BY id) FROM messages; \
                 INSERT INTO attachments VALUES ('{{B}}', NULL, 4); INSERT INTO thumbs SELECT contact_id, n FROM attachments"
            ),
            &["messages", "attachments", "thumbs"],
        );
    }
}

/// No key of a table goes over to those that inherit from it, and ids may stand in both.
#[test]
fn rows_of_tables_that_inherit_move_each_in_its_own() {
    round_trip(
        "CREATE TABLE letters (stamp int) INHERITS (messages); CREATE TABLE shifts (hours int) INHERITS (assignments); \
         CREATE TABLE calls (id int PRIMARY KEY, contact_id uuid REFERENCES contacts); \
         CREATE TABLE long_calls (minutes int) INHERITS (calls); \
         INSERT INTO messages (id, contact_id, channel, direction, content) VALUES ('{C}', '{B}', 'SMS', 'INBOUND', 'x'); \
         INSERT INTO letters (id, contact_id, channel, direction, content, stamp) VALUES \
             ('{C}', '{A}', 'SMS', 'INBOUND', 'x', 1), ('{A}', '{B}', 'SMS', 'INBOUND', 'y', 2); \
         INSERT INTO users (id, email, name) VALUES ('{A}', 'a@inbox.example', 'A'); \
         INSERT INTO assignments (contact_id, user_id) VALUES ('{A}', '{A}'); \
         INSERT INTO shifts (contact_id, user_id, hours) VALUES ('{B}', '{A}', 8); \
         INSERT INTO calls VALUES (1, '{A}'), (2, '{B}'); INSERT INTO long_calls VALUES (1, '{B}', 60), (2, '{A}', 70)",
        &["messages", "letters", "assignments", "shifts", "calls", "long_calls"],
    );
}

#[test]
fn ids_in_text_are_found_and_stay_in_their_letters() {
    let database = twins();
    let types = ["text", "varchar(60)", "char(40)", "who"];
    let columns = types.map(|one| format!("calls_{}.c", one.split('(').next().unwrap()));
    let tables = columns.each_ref().map(|column| column.trim_end_matches(".c"));
    database.execute("CREATE DOMAIN who AS uuid");
    database
        .execute(&format!("INSERT INTO contacts (id, name) VALUES ('{LETTERS}', 'Ana Prueba')"));
    for (table, kind) in tables.iter().zip(types) {
        let as_written = if kind == "who" { "::uuid" } else { "" };
        database.execute(&format!(
            "CREATE TABLE {table} (c {kind}, n int); \
             INSERT INTO {table} SELECT id{as_written}, row_number() OVER () FROM unnest(ARRAY[ \
                 '{C}', '{LETTERS}', upper('{C}'), upper('{LETTERS}'), '{MIXED}']) AS t (id)"
        ));
    }
    let before = rows(&database, &[&tables[..], &["contacts"]].concat());
    let named = format!("[merge]\nreferences = ['{}']", columns.join("', '"));
    let run = |args: &[&str]| {
        let binary = Binary::on(&database);
        fs::write(binary.folder().join("inboxctl.toml"), &named).unwrap();
        binary.run([&["contacts"], args].concat())
    };
    let merged = run(&["merge", C, LETTERS, "--yes", "--format", "json"]).expect_code(0).json();
    for table in &tables[..3] {
        let written = format!("(SELECT string_agg(trim(c), ' ' ORDER BY n) FROM {table})");
        assert_eq!(
            database.value(&written),
            [C, C, &C.to_uppercase(), &C.to_uppercase(), &C.to_uppercase()].join(" ")
        );
    }
    run(&["unmerge", merged["id"].as_str().unwrap(), "--yes"]).expect_code(0);
    assert_eq!(rows(&database, &[&tables[..], &["contacts"]].concat()), before);
}

/// A row that two merges moved goes back from the first while the second stands.
#[test]
fn ids_in_text_are_known_again_by_their_letters() {
    for kind in ["text", "char(40)", "uuid"] {
        let database = twins();
        let as_written = if kind == "uuid" { "::uuid" } else { "" };
        database.execute(&format!(
            "INSERT INTO contacts (id, name) VALUES ('{LETTERS}', 'Ana Prueba'); \
             CREATE TABLE calls (x {kind}, y {kind}); \
             INSERT INTO calls SELECT x{as_written}, y{as_written} FROM (VALUES \
                 ('{B}', '{LETTERS}'), (upper('{B}'), upper('{LETTERS}'))) AS t (x, y)"
        ));
        let run = |args: &[&str]| {
            let binary = Binary::on(&database);
            let named = "[merge]\nreferences = ['calls.x', 'calls.y']";
            fs::write(binary.folder().join("inboxctl.toml"), named).unwrap();
            binary
                .run([&["contacts"], args, &["--yes", "--format", "json"]].concat())
                .expect_code(0)
        };
        let first = run(&["merge", A, B]).json();
        run(&["merge", C, LETTERS]);
        run(&["unmerge", first["id"].as_str().unwrap()]);
        let written = "(SELECT string_agg(concat(trim(x::text), ' ', trim(y::text)), ' ' \
             ORDER BY y::text COLLATE \"C\" DESC) FROM calls)";
        let other = if kind == "uuid" { C.to_owned() } else { C.to_uppercase() };
        let expected = [B, C, B, &other];
        assert_eq!(database.value(written), expected.join(" "), "{kind}");
    }
}

/// Whatever we record of contacts: on an inbox without an application nothing looks like a reference.
#[test]
fn no_record_of_ours_looks_like_a_reference() {
    let database = twins();
    run(&database, &["erase", C, "--yes"]).expect_code(0);
    database.execute(&format!(
        "INSERT INTO erased_contacts (contact_id, merged_ids, actor) VALUES ('{B}', '{{}}', 'ana')"
    ));
    let ran = run(&database, &["merge", A, B, "--dry-run"]).expect_code(0);
    assert!(!ran.stdout.contains("look as if"), "{ran}");
}

#[test]
fn a_column_of_inboxctl_is_no_reference_of_the_settings() {
    let database = twins();
    database.execute(
        "CREATE VIEW people AS SELECT * FROM contacts; ALTER TABLE messages ADD about uuid",
    );
    for (name, code) in [
        ("contacts.id", 2),
        ("audit_logs.resource_id", 2),
        ("merged_contacts.contact_id", 2),
        ("inboxctl_settings.value", 2),
        ("people.id", 2),
        ("messages.about", 0),
    ] {
        let binary = Binary::on(&database);
        let settings = format!("[merge]\nreferences = ['{name}']");
        fs::write(binary.folder().join("inboxctl.toml"), settings).unwrap();
        let ran = binary.run(["contacts", "merge", A, B, "--dry-run"]).expect_code(code);
        assert_eq!(ran.stderr.contains(name), code == 2, "{ran}");
    }
}

/// An empty one is filled, as ours are; what stands in the way of another is told and recorded.
#[test]
fn columns_of_the_application_are_filled_and_what_goes_is_named() {
    let database = twins();
    database.execute(&format!(
        "CREATE TYPE tier AS ENUM ('GOLD'); CREATE TYPE place AS (x int, y text); \
         ALTER TABLE contacts ADD tier tier, ADD balance numeric(20,2), ADD crm text UNIQUE, ADD \"at \"\"home\" place, \
             ADD raw json, ADD level int NOT NULL DEFAULT 1, ADD boss uuid REFERENCES contacts, ADD owner uuid REFERENCES contacts, \
             ADD name_lower text GENERATED ALWAYS AS (lower(name)) STORED, ADD number int GENERATED BY DEFAULT AS IDENTITY; \
         UPDATE contacts SET metadata = '{{\"a\":1,\"b\":2}}', level = 3 WHERE id = '{A}'; \
         UPDATE contacts SET owner = '{A}' WHERE id = '{C}'; \
         UPDATE contacts SET tier = 'GOLD', balance = 9007199254740993.01, crm = 'C-1', \"at \"\"home\" = (1, NULL), \
             raw = '{{\"a\": 1.10}}', level = 2, boss = '{C}', owner = '{C}' WHERE id = '{B}'"
    ));
    let all = rows(&database, &["contacts"]);
    let dry = run(&database, &["merge", A, B, "--dry-run"]).expect_code(0);
    assert!(dry.stdout.contains("balance 9007199254740993.01"), "{dry}");
    // C is below A: it doesn't come above it.
    assert!(dry.stdout.contains(&format!("record alone: level 2, owner {C}")), "{dry}");
    assert_eq!(rows(&database, &["contacts"]), all);
    let dry = run(&database, &[&DEDUPE[..], &["--dry-run", "--format", "json"]].concat());
    let dry = dry.expect_code(0).json();
    assert_eq!(dry["discarded"], serde_json::json!([{ "column": "level", "contacts": 1 }]));
    let id = merge(&database);
    let survivor = format!(
        "(SELECT concat_ws('|', tier, balance, crm, \"at \"\"home\", raw, level, boss, owner IS NULL) \
         FROM contacts WHERE id = '{A}')"
    );
    let filled = format!("GOLD|9007199254740993.01|C-1|(1,)|{{\"a\": 1.10}}|3|{C}|t");
    assert_eq!(database.value(&survivor), filled);
    let ran = run(&database, &["unmerge", &id, "--yes"]).expect_code(0);
    assert_eq!(rows(&database, &["contacts"]), all, "{ran}");
}

#[test]
fn contacts_that_refer_to_contacts_move_and_come_back() {
    round_trip(
        "ALTER TABLE contacts ADD parent_id uuid REFERENCES contacts; UPDATE contacts SET parent_id = id; \
         UPDATE contacts SET parent_id = '{B}' WHERE id = '{C}'; ALTER TABLE contacts ALTER parent_id SET NOT NULL",
        &[],
    );
    for action in ["RESTRICT", "NO ACTION", "CASCADE", "SET NULL"] {
        round_trip(
            &format!(
                "ALTER TABLE contacts ADD parent_id uuid REFERENCES contacts (id) ON DELETE {action}; \
                 UPDATE contacts SET parent_id = '{{B}}' WHERE id IN ('{{A}}', '{{C}}'); \
                 UPDATE contacts SET parent_id = '{{A}}' WHERE id = '{{B}}'"
            ),
            &[],
        );
    }
}

#[test]
fn columns_of_the_application_come_back_digit_for_digit() {
    round_trip(
        "ALTER TABLE contacts ADD balance numeric(20,2), ADD score double precision, \
             ADD name_lower text GENERATED ALWAYS AS (lower(name)) STORED, \
             ADD number bigint GENERATED ALWAYS AS IDENTITY, ADD owner text NOT NULL DEFAULT 'x'; \
         CREATE TYPE tier AS ENUM ('GOLD'); ALTER TABLE contacts ADD tier tier; \
         UPDATE contacts SET balance = 9007199254740993.01, tier = 'GOLD', owner = 'y', \
             created_at = CASE WHEN id = '{B}' THEN 'infinity' ELSE '20000-01-01' END::timestamptz; \
         UPDATE contacts SET metadata = ('{\"crm_id\":12345678901234567890123,\"price\":1.10,\"huge\":1e400,\"deep\":' \
             || repeat('[', 1000) || repeat(']', 1000) || '}')::jsonb WHERE id = '{B}'",
        &[],
    );
    let database = twins();
    let metadata = "{\"price\": 1.10, \"crm_id\": 12345678901234567890123}";
    database.execute(&format!("UPDATE contacts SET metadata = '{metadata}' WHERE id = '{B}'"));
    let id = merge(&database);
    let of = |from: &str| database.value(&format!("(SELECT metadata::text FROM {from})"));
    assert_eq!(of(&format!("contacts WHERE id = '{A}'")), metadata);
    let snapshot = format!(
        "(SELECT c -> 'metadata' AS metadata FROM contact_merges, \
         jsonb_array_elements(before -> 'contacts') AS c WHERE c ->> 'id' = '{B}') AS s"
    );
    assert_eq!(of(&snapshot), metadata);
    run(&database, &["unmerge", &id, "--yes"]).expect_code(0);
    assert_eq!(of(&format!("contacts WHERE id = '{B}'")), metadata);
}

#[test]
fn a_value_that_may_stand_once_is_free_before_the_survivor_gets_it() {
    round_trip(
        "UPDATE contacts SET email = NULL WHERE id = '{A}'; \
         UPDATE contacts SET email = 'ana@prueba.example' WHERE id = '{B}'; \
         CREATE UNIQUE INDEX ON contacts (lower(email))",
        &[],
    );
}

#[test]
fn the_dry_run_and_the_run_say_what_moves() {
    let database = twins();
    database.execute(&format!(
        "CREATE TABLE invoices (id int PRIMARY KEY, contact_id uuid REFERENCES contacts (id) ON DELETE CASCADE); \
         INSERT INTO invoices VALUES (1, '{B}'), (2, '{B}'), (3, '{A}')"
    ));
    let expected = serde_json::json!([
        { "reference": "invoices.contact_id", "rows": 2, "moves": true }
    ]);
    let dry = run(&database, &["merge", A, B, "--dry-run", "--format", "json"]).expect_code(0);
    assert_eq!(dry.json()["rows"], expected);
    let dry = run(&database, &[&DEDUPE[..], &["--dry-run", "--format", "json"]].concat());
    let dry = dry.expect_code(0).json();
    assert_eq!((&dry["rows"], &dry["clusters_found"]), (&expected, &Value::from(1)));
    let table = run(&database, &[&DEDUPE[..], &["--yes"]].concat()).expect_code(0);
    assert!(table.stdout.contains("2 of invoices.contact_id"), "{table}");
    assert_eq!(
        database.value(&format!("(SELECT count(*) FROM invoices WHERE contact_id = '{A}')")),
        "3"
    );
}

/// A key over several columns says nothing of a row where one is empty.
#[test]
fn rows_that_follow_are_told_from_those_that_only_could() {
    let database = twins();
    database.execute(&format!(
        "CREATE TABLE labels (contact_id uuid REFERENCES contacts, label text, PRIMARY KEY (contact_id, label)); \
         CREATE TABLE uses (contact_id uuid, label text, FOREIGN KEY (contact_id, label) REFERENCES labels ON UPDATE CASCADE); \
         INSERT INTO labels VALUES ('{B}', 'x'); INSERT INTO uses VALUES ('{B}', 'x'), ('{B}', 'x'), ('{B}', NULL)"
    ));
    for flag in ["--dry-run", "--yes"] {
        let ran = run(&database, &["merge", A, B, flag, "--format", "json"]).expect_code(0).json();
        assert_eq!(
            ran["rows"],
            serde_json::json!([
                { "reference": "labels.contact_id", "rows": 1, "moves": true },
                { "reference": "uses.contact_id", "rows": 2, "moves": true },
                { "reference": "uses.contact_id", "rows": 1, "moves": false },
            ])
        );
    }
    let left = format!("(SELECT count(*) FROM uses WHERE contact_id = '{B}')");
    assert_eq!(database.value(&left), "1");
}

#[test]
fn a_column_of_a_foreign_table_is_named() {
    let database = twins();
    database.execute(
        "CREATE FOREIGN DATA WRAPPER far; CREATE SERVER far FOREIGN DATA WRAPPER far; \
         CREATE FOREIGN TABLE calls (contact_id uuid) SERVER far",
    );
    let dry = run(&database, &["merge", A, B, "--dry-run"]).expect_code(0);
    // Nobody knows how to read it.
    let told = "calls.contact_id, which this role can't read (a foreign table).";
    assert!(dry.stdout.contains(told) && !dry.stdout.contains("[merge]"), "{dry}");
}

#[test]
fn a_column_without_a_key_is_named_and_moves_when_the_settings_say_so() {
    let database = twins();
    database.execute(&format!(
        "CREATE SCHEMA app; CREATE TABLE app.calls (\"contactId\" text, n int); \
         CREATE TABLE notes_of (contact_id uuid, id int PRIMARY KEY); CREATE TABLE visits (contact uuid); \
         INSERT INTO app.calls VALUES ('{B}', 1), ('{A}', 2), ('x', 3); INSERT INTO notes_of VALUES ('{B}', 1); \
         INSERT INTO visits VALUES ('{B}')"
    ));
    let before = rows(&database, &["app.calls", "notes_of", "contacts"]);
    let dry = run(&database, &["merge", A, B, "--dry-run"]).expect_code(0);
    assert!(
        dry.stdout
            .contains("1 of app.calls.contactId, 1 of notes_of.contact_id, 1 of visits.contact"),
        "{dry}"
    );
    assert!(dry.stdout.contains("stay"), "{dry}");
    let id = merge(&database);
    assert_eq!(rows(&database, &["app.calls", "notes_of"]), before[..2]);
    run(&database, &["unmerge", &id, "--yes"]).expect_code(0);

    let settings = |text: &str, args: &[&str]| {
        let binary = Binary::on(&database);
        fs::write(binary.folder().join("inboxctl.toml"), text).unwrap();
        binary.run([&["contacts"], args].concat())
    };
    let named = "[merge]\nreferences = ['app.calls.contactId', 'notes_of.contact_id']";
    let ran = settings(named, &["merge", A, B, "--yes", "--format", "json"]).expect_code(0);
    assert!(!rows(&database, &["app.calls", "notes_of"]).join("").contains(B));
    let id = ran.json()["id"].as_str().unwrap().to_owned();
    let refused = run(&database, &["unmerge", &id, "--yes"]).expect_code(4);
    assert!(refused.stderr.contains("app.calls.contactId is no reference"), "{refused}");
    settings(named, &["unmerge", &id, "--yes"]).expect_code(0);
    assert_eq!(rows(&database, &["app.calls", "notes_of", "contacts"]), before);
    let wrong =
        settings("[merge]\nreferences = ['notes_of.contactid']", &["merge", A, B, "--dry-run"]);
    assert!(wrong.stderr.contains("did you mean \"contact_id\"?"), "{wrong}");
    let wrong = settings("[merge]\nreferences = ['notes_of.id']", &["merge", A, B, "--dry-run"]);
    assert!(wrong.expect_code(2).stderr.contains("type integer"));
}

#[test]
fn what_changed_since_is_named_before_anything_is_changed() {
    let database = twins();
    database.execute(&format!(
        "CREATE TABLE calls (contact_id uuid REFERENCES contacts (id) ON DELETE SET NULL, n int); \
         INSERT INTO calls VALUES ('{B}', 1), ('{B}', 2); \
         CREATE TABLE invoices (id int PRIMARY KEY, contact_id uuid REFERENCES contacts (id)); \
         INSERT INTO invoices VALUES (1, '{B}')"
    ));
    let id = merge(&database);
    database.execute(&format!(
        "UPDATE calls SET n = 3 WHERE n = 2; DELETE FROM invoices; INSERT INTO invoices VALUES (2, '{A}')"
    ));
    let before = rows(&database, &["calls", "invoices", "contacts"]);
    let refused = run(&database, &["unmerge", &id, "--yes"]).expect_code(4);
    assert!(refused.stderr.contains("1 of calls is gone, changed or moved on since"), "{refused}");
    assert!(refused.stderr.contains("1 of invoices is gone or moved on since"), "{refused}");
    assert_eq!(rows(&database, &["calls", "invoices", "contacts"]), before);
    // One by which a row is known has another name.
    database.execute("ALTER TABLE invoices RENAME id TO number; ALTER TABLE calls RENAME n TO m");
    let refused = run(&database, &["unmerge", &id, "--yes"]).expect_code(4);
    for table in ["calls", "invoices"] {
        assert!(refused.stderr.contains(&format!("columns of {table} were renamed")), "{refused}");
    }
    database.execute("ALTER TABLE invoices RENAME number TO id; ALTER TABLE calls RENAME m TO n");
    // A column that came since is no change; a row that came since stays, and is named.
    database.execute(
        "UPDATE calls SET n = 2 WHERE n = 3; INSERT INTO invoices SELECT 1, contact_id FROM invoices; \
         ALTER TABLE calls ADD came_later int DEFAULT 5; ALTER TABLE contacts ADD came_later int DEFAULT 5",
    );
    let ran = run(&database, &["unmerge", &id, "--yes", "--format", "json"]).expect_code(0).json();
    let invoices =
        serde_json::json!({ "reference": "invoices.contact_id", "come_back": 1, "stay": 1 });
    assert!(ran["rows"].as_array().unwrap().contains(&invoices), "{ran}");
}

#[test]
fn the_age_of_a_contact_is_never_read_from_its_id() {
    let database = twins();
    // Of versions 8, 1 and 7: the oldest one has the id that would be the newest.
    database.execute(
        "INSERT INTO contacts (id, name, phone, created_at) VALUES \
         ('ffffffff-2222-8222-8222-222222222222', 'Zoe Muster', '+34600222333', '2019-01-01'), \
         ('22222222-2222-1222-8222-222222222222', 'Zoe Muster', '+34600222333', '2024-01-01'), \
         ('01900000-2222-7222-8222-222222222222', 'Zoe Muster', '+34600222333', '2023-01-01')",
    );
    let survivors = |args: &[&str]| {
        let found = run(&database, &[&DEDUPE[..], args].concat()).expect_code(0).json();
        assert!(found["skipped"].as_array().unwrap().is_empty(), "{found}");
        let clusters = found["clusters"].as_array().unwrap().iter();
        let mut ids: Vec<String> =
            clusters.map(|one| one["survivor_id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    let expected = [A, "ffffffff-2222-8222-8222-222222222222"];
    assert_eq!(survivors(&["--dry-run", "--format", "json"]), expected);
    assert_eq!(survivors(&["--yes", "--format", "json"]), expected);
    let left =
        "(SELECT string_agg(id::text, ',' ORDER BY id) FROM contacts WHERE name <> 'Boris Klein')";
    assert_eq!(database.value(left), expected.join(","));
}

/// A foreign key that stands on one partition, or on each by itself, and not on the whole.
#[test]
fn a_key_of_a_single_partition_says_what_its_column_holds() {
    for action in ["CASCADE", "SET NULL", "RESTRICT"] {
        let key =
            format!("ADD FOREIGN KEY (contact_id) REFERENCES contacts (id) ON DELETE {action}");
        let schema = format!(
            "CREATE TABLE visits (id int, contact_id uuid, day date) PARTITION BY RANGE (day); \
             CREATE TABLE visits_a PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01'); \
             CREATE TABLE visits_b PARTITION OF visits DEFAULT; ALTER TABLE visits_a {key}; \
             INSERT INTO visits VALUES (1, '{{B}}', '2026-02-01'), (2, '{{B}}', '2027-02-01'), (3, '{{A}}', '2026-02-01'); \
             CREATE TABLE moods (id int, contact_id uuid) PARTITION BY HASH (contact_id); \
             CREATE TABLE moods_0 PARTITION OF moods FOR VALUES WITH (MODULUS 2, REMAINDER 0); \
             CREATE TABLE moods_1 PARTITION OF moods FOR VALUES WITH (MODULUS 2, REMAINDER 1); \
             ALTER TABLE moods_0 {key}; ALTER TABLE moods_1 {key}; \
             INSERT INTO moods VALUES (1, '{{A}}'), (2, '{{B}}'), (3, '{{C}}'); \
             INSERT INTO moods SELECT n, '{{B}}' FROM generate_series(4, 9) AS n"
        );
        round_trip(&schema, &["visits", "moods"]);
        let database = twins();
        database.execute(&schema.replace("{A}", A).replace("{B}", B).replace("{C}", C));
        let dry = run(&database, &["merge", A, B, "--dry-run", "--format", "json"]);
        let moving = serde_json::json!([
            { "reference": "moods.contact_id", "rows": 7, "moves": true },
            { "reference": "visits.contact_id", "rows": 2, "moves": true },
        ]);
        assert_eq!(dry.expect_code(0).json()["rows"], moving, "{action}");
        let args = [&DEDUPE[..], &["--yes", "--format", "json"]].concat();
        let found = run(&database, &args).expect_code(0).json();
        assert_eq!((&found["merged"], &found["rows"]), (&1.into(), &moving), "{found}");
    }
}

//! `contacts unmerge` on a database with an application's tables: every row comes back as it was,
//! or it is said what doesn't.

use serde_json::{Value, json};

use crate::merge_references::{A, B, C, DEDUPE, merge, round_trip, rows, run, twins};
use crate::support::{Binary, Database};

#[test]
fn values_come_back_byte_for_byte() {
    // Spacing, order and equal keys of a json, a null that is a value, bounds, signs and escapes.
    let values = "' {\"b\" : 1,\"a\":2, \"a\":1.10}  ', '[\"\\u0000\", 1 ]', 'null', '\"text\"', \
                  '[0:1]={1,NULL}', ROW(1, '{\"x\" : 1}')::pair, '-0', '{\"z\": 1,\"a\": 2}', \
                  ARRAY['{ \"b\":1}', NULL]::json[], 'ab', '1 mon -3 days', '0044-03-15 BC', '[1,5)'";
    let columns = "a json, \"B'b\" json, t jsonb, r jsonb, o int[], p pair, f float8, d doc, js json[], \
                   c char(5), i interval, bc timestamptz, rg int4range";
    let names = "a, \"B'b\", t, r, o, p, f, d, js, c, i, bc, rg";
    let added = columns.replace(", ", ", ADD ");
    round_trip(
        &format!(
            "CREATE TYPE pair AS (n int, j json); CREATE DOMAIN doc AS json; \
             ALTER TABLE contacts ADD {added}; ALTER TABLE assignments ADD {added}; \
             UPDATE contacts SET ({names}) = ({values}); \
             INSERT INTO users (email, name, role) VALUES ('a@inbox.example', 'A', 'EDITOR'); \
             INSERT INTO assignments (contact_id, user_id, {names}) SELECT c.id, u.id, {values} FROM contacts c, users u; \
             CREATE TABLE tags (contact_id uuid REFERENCES contacts (id), {columns}); \
             INSERT INTO tags SELECT c.id, {values} FROM contacts c; \
             INSERT INTO tags SELECT c.id FROM contacts c; \
             CREATE TABLE keyed (f float8, j json, contact_id uuid REFERENCES contacts (id), ids int[], PRIMARY KEY (f, ids)); \
             INSERT INTO keyed VALUES (0.1, '{{ }}', '{{B}}', '[0:1]={{1,2}}'), (0.1, '{{ }}', '{{B}}', '{{1,2}}')"
        ),
        &["assignments", "tags", "keyed"],
    );
}

/// Rows that refer several times, by every mix of the twins and others.
fn deals(key: &str) -> String {
    format!(
        "CREATE TABLE deals (id int GENERATED ALWAYS AS IDENTITY, \
             buyer uuid REFERENCES contacts (id) ON DELETE CASCADE, \
             seller uuid REFERENCES contacts (id) ON DELETE SET NULL, note text {key}); \
         INSERT INTO deals (buyer, seller, note) SELECT b.id, s.id, n FROM contacts b, contacts s, \
             unnest(ARRAY['x', 'y']) AS n; \
         INSERT INTO deals (buyer, seller) VALUES ('{{B}}', NULL), (NULL, '{{B}}'), ('{{B}}', '{{B}}'), ('{{A}}', '{{B}}')"
    )
}

#[test]
fn a_row_that_refers_twice_comes_back_whole() {
    round_trip(&deals(""), &["deals"]);
    round_trip(&format!("{}; ALTER TABLE deals DROP id", deals("")), &["deals"]);
    round_trip(&deals(", PRIMARY KEY (id)"), &["deals"]);
    round_trip(
        "CREATE TABLE pk2 (c1 uuid REFERENCES contacts (id), c2 uuid REFERENCES contacts (id), PRIMARY KEY (c1, c2)); \
         INSERT INTO pk2 VALUES ('{B}', '{B}'), ('{B}', '{C}'), ('{C}', '{B}'), ('{C}', '{C}'); \
         CREATE SCHEMA app; \
         CREATE TABLE app.\"Pairs\" (day date, one uuid REFERENCES contacts (id), two uuid, \"Three\" uuid REFERENCES contacts (id)) \
             PARTITION BY RANGE (day); \
         CREATE TABLE app.p1 PARTITION OF app.\"Pairs\" FOR VALUES FROM (MINVALUE) TO ('2026-01-01'); \
         CREATE TABLE app.p2 PARTITION OF app.\"Pairs\" FOR VALUES FROM ('2026-01-01') TO (MAXVALUE); \
         ALTER TABLE app.\"Pairs\" ADD FOREIGN KEY (two) REFERENCES contacts (id); \
         INSERT INTO app.\"Pairs\" SELECT d::date, a.id, b.id, c.id FROM contacts a, contacts b, contacts c, \
             unnest(ARRAY['2025-05-05', '2026-06-06']) AS d",
        &["pk2", "app.\"Pairs\""],
    );
    // What a row refers by leads another table's rows, which refer themselves.
    round_trip(
        "CREATE TABLE p (c uuid REFERENCES contacts (id), d uuid REFERENCES contacts (id), PRIMARY KEY (c, d)); \
         CREATE TABLE k (c uuid, d uuid, e uuid REFERENCES contacts (id), \
             FOREIGN KEY (c, d) REFERENCES p (c, d) ON UPDATE CASCADE); \
         INSERT INTO p VALUES ('{B}', '{B}'), ('{B}', '{C}'), ('{C}', '{B}'); \
         INSERT INTO k SELECT c, d, c FROM p; INSERT INTO k SELECT c, d, NULL FROM p",
        &["p", "k"],
    );
    // Two keys over one column, a key to something else than the id, and one from contacts to themselves.
    round_trip(
        "ALTER TABLE contacts ADD tenant int NOT NULL DEFAULT 7, ADD UNIQUE (tenant, id), ADD code text UNIQUE, \
             ADD boss uuid REFERENCES contacts (id), ADD friend uuid REFERENCES contacts (id) ON DELETE CASCADE; \
         UPDATE contacts SET code = left(id::text, 4), tenant = CASE WHEN id = '{B}' THEN 8 ELSE 7 END; \
         UPDATE contacts SET boss = '{B}', friend = '{B}' WHERE id <> '{B}'; \
         UPDATE contacts SET boss = '{A}', friend = '{B}' WHERE id = '{B}'; \
         CREATE TABLE visits (tenant int, contact uuid REFERENCES contacts (id), code text REFERENCES contacts (code), \
             by_code text REFERENCES contacts (code), FOREIGN KEY (tenant, contact) REFERENCES contacts (tenant, id)); \
         INSERT INTO visits SELECT a.tenant, a.id, b.code, c.code FROM contacts a, contacts b, contacts c; \
         INSERT INTO visits (contact) VALUES ('{B}'), ('{A}')",
        &["visits"],
    );
}

/// Merges of one run that share rows can be taken back in any order, and after each other's.
#[test]
fn rows_that_several_merges_share_come_back_in_any_order() {
    let d = "dddddddd-1111-4111-8111-111111111111";
    for order in [[0, 1], [1, 0]] {
        let database = twins();
        database.execute(&format!(
            "INSERT INTO contacts (id, name, phone, created_at) VALUES ('{d}', 'Boris Klein', '+34600111333', '2026-01-01')"
        ));
        let schema = deals("").replace("{A}", A).replace("{B}", B);
        database.execute(&format!("{schema}; ALTER TABLE deals DROP id"));
        database.execute(
            "CREATE TABLE friends (a uuid REFERENCES contacts (id), b uuid REFERENCES contacts (id), \
                 PRIMARY KEY (a, b) DEFERRABLE INITIALLY DEFERRED)",
        );
        database.execute(&format!("INSERT INTO friends VALUES ('{B}', '{d}'), ('{d}', '{B}')"));
        let tables = ["deals", "friends", "contacts"];
        let before = rows(&database, &tables);
        run(&database, &[&DEDUPE[..], &["--yes"]].concat()).expect_code(0);
        assert!(!rows(&database, &tables).join("").contains(d));
        let merges = run(&database, &["merges", "--format", "json"]).json();
        for turn in order {
            let id = merges["merges"][turn]["id"].as_str().unwrap();
            run(&database, &["unmerge", id, "--yes"]).expect_code(0);
        }
        assert_eq!(rows(&database, &tables), before, "{order:?}");
    }
}

/// What `unmerge` says before and afterwards, as JSON.
fn said(database: &Database, id: &str) -> [Value; 2] {
    ["--dry-run", "--yes"].map(|how| {
        let ran = run(database, &["unmerge", id, how, "--format", "json"]).expect_code(0);
        let mut said = ran.json();
        said.as_object_mut().unwrap().remove("dry_run");
        said
    })
}

#[test]
fn the_numbers_are_those_of_what_happens() {
    let database = twins();
    database.execute(&format!(
        "INSERT INTO users (email, name, role) SELECT n || '@inbox.example', 'U', 'EDITOR' FROM unnest(ARRAY['a', 'b', 'c']) AS n; \
         INSERT INTO assignments (contact_id, user_id) SELECT c.id, u.id FROM contacts c, users u WHERE u.email LIKE 'a@%'; \
         INSERT INTO presence (user_id, contact_id) SELECT id, '{B}' FROM users; \
         INSERT INTO notes (contact_id, user_id, content) SELECT c.id, u.id, 'x' FROM contacts c, users u; \
         ALTER TABLE contacts ADD boss uuid REFERENCES contacts (id); \
         UPDATE contacts SET boss = '{B}' WHERE id <> '{B}'; UPDATE contacts SET boss = '{A}' WHERE id = '{B}'; \
         UPDATE contacts SET phone = '+34600999888' WHERE id = '{B}'; \
         CREATE TABLE deals (buyer uuid REFERENCES contacts (id), seller uuid REFERENCES contacts (id)); \
         INSERT INTO deals VALUES ('{B}', '{B}'), ('{A}', '{B}'), ('{B}', '{C}')"
    ));
    let id = merge(&database);
    database.execute(&format!(
        "UPDATE presence SET contact_id = '{C}' WHERE user_id = (SELECT id FROM users WHERE email LIKE 'a@%')"
    ));
    let [dry, done] = said(&database, &id);
    assert_eq!(dry, done);
    assert_eq!(
        done["rows"],
        json!([
            { "reference": "assignments.contact_id", "come_back": 1, "stay": 1 },
            { "reference": "contacts.boss", "come_back": 1, "stay": 0 },
            { "reference": "deals.buyer", "come_back": 2, "stay": 1 },
            { "reference": "deals.seller", "come_back": 2, "stay": 0 },
            { "reference": "notes.contact_id", "come_back": 3, "stay": 3 },
            { "reference": "presence.contact_id", "come_back": 2, "stay": 0, "elsewhere": 1 },
        ])
    );
}

/// A function that a trigger runs.
fn function(body: &str) -> String {
    format!(
        "CREATE FUNCTION app() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NEW; END $$;"
    )
}

#[test]
fn what_a_trigger_makes_of_rows_that_come_back_is_set_right_or_said() {
    let alter = |when: &str| {
        let database = twins();
        database.execute(&format!(
            "ALTER TABLE contacts ADD amount int DEFAULT 1, ADD seen timestamptz DEFAULT '2020-01-01'; \
             UPDATE contacts SET amount = 5; \
             CREATE TABLE deals (id int PRIMARY KEY, contact_id uuid REFERENCES contacts (id), amount int); \
             INSERT INTO deals VALUES (1, '{B}', 5)"
        ));
        let before = rows(&database, &["contacts", "deals"]);
        let id = merge(&database);
        database.execute(when);
        (database, id, before)
    };
    // Once they are there, they are updated.
    let (database, id, before) = alter(&format!(
        "{} CREATE TRIGGER app BEFORE INSERT ON contacts FOR EACH ROW EXECUTE FUNCTION app()",
        function("NEW.amount = 0; NEW.phone = NULL;")
    ));
    run(&database, &["unmerge", &id, "--yes"]).expect_code(0);
    assert_eq!(rows(&database, &["contacts", "deals"]), before);
    // A time that it insists on is said.
    let (database, id, _) = alter(&format!(
        "{} CREATE TRIGGER app BEFORE INSERT OR UPDATE ON contacts FOR EACH ROW WHEN (NEW.id = '{B}') EXECUTE FUNCTION app()",
        function("NEW.seen = now();")
    ));
    let ran = run(&database, &["unmerge", &id, "--yes"]).expect_code(0);
    assert!(
        ran.stdout.contains("A trigger of contacts changed 1 row as it came back: seen."),
        "{ran}"
    );
    // So is what it makes of rows that only move.
    let (database, id, _) = alter(&format!(
        "{} CREATE TRIGGER app BEFORE UPDATE ON deals FOR EACH ROW EXECUTE FUNCTION app()",
        function("NEW.amount = NEW.amount + 1;")
    ));
    let ran = run(&database, &["unmerge", &id, "--yes", "--format", "json"]).expect_code(0);
    let altered = json!([{ "table": "deals", "rows": 1, "columns": ["amount"] }]);
    assert_eq!(ran.json()["altered"], altered, "{ran}");
    // Anything else that doesn't come back is no undoing.
    let (database, id, _) = alter(&format!(
        "{} CREATE TRIGGER app BEFORE INSERT OR UPDATE ON contacts FOR EACH ROW WHEN (NEW.id = '{B}') EXECUTE FUNCTION app()",
        function("NEW.amount = NEW.amount + 1;")
    ));
    let merged = rows(&database, &["contacts", "deals"]);
    let ran = run(&database, &["unmerge", &id, "--yes"]).expect_code(4);
    for part in ["contacts", "amount", "trigger app", "nothing was changed"] {
        assert!(ran.stderr.contains(part), "{part}: {ran}");
    }
    assert_eq!(rows(&database, &["contacts", "deals"]), merged);
}

#[test]
fn what_a_trigger_puts_in_place_of_a_row_is_the_reason() {
    for unique in ["UNIQUE", ""] {
        let database = twins();
        database.execute(&format!(
            "CREATE TABLE profiles (contact_id uuid {unique} REFERENCES contacts (id) ON DELETE CASCADE, note text); \
             INSERT INTO profiles VALUES ('{B}', 'mine'); \
             {} CREATE TRIGGER app AFTER INSERT ON contacts FOR EACH ROW EXECUTE FUNCTION app()",
            function("INSERT INTO profiles VALUES (NEW.id, 'made');")
        ));
        let id = merge(&database);
        let merged = rows(&database, &["contacts", "profiles"]);
        if unique.is_empty() {
            let dry = run(&database, &["unmerge", &id, "--dry-run"]).expect_code(0);
            assert!(dry.stdout.contains("profiles.contact_id: 1 back, 0 with"), "{dry}");
            let ran = run(&database, &["unmerge", &id, "--yes"]).expect_code(0);
            let line = "profiles.contact_id: 1 back, 0 with the survivor, 1 made by a trigger";
            assert!(ran.stdout.contains(line), "{ran}");
        } else {
            let ran = run(&database, &["unmerge", &id, "--yes"]).expect_code(4);
            for part in ["profiles_contact_id_key of profiles", "trigger app", "hint:"] {
                assert!(ran.stderr.contains(part), "{part}: {ran}");
            }
            assert_eq!(rows(&database, &["contacts", "profiles"]), merged);
        }
    }
}

#[test]
fn a_contact_that_a_trigger_puts_back_is_no_merge() {
    for when in [
        "CREATE TRIGGER app AFTER DELETE ON contacts",
        "CREATE CONSTRAINT TRIGGER app AFTER DELETE ON contacts DEFERRABLE INITIALLY DEFERRED",
    ] {
        let database = twins();
        database.execute(&format!(
            "{} {when} FOR EACH ROW EXECUTE FUNCTION app()",
            function("INSERT INTO contacts SELECT OLD.*;").replace("RETURN NEW", "RETURN OLD")
        ));
        let before = rows(&database, &["contacts"]);
        let ran = Binary::on(&database).run(["contacts", "merge", A, B, "--yes"]);
        assert_ne!(ran.code, 0, "{ran}");
        assert!(ran.stderr.contains("put back") && ran.stderr.contains("trigger app"), "{ran}");
        assert_eq!(rows(&database, &["contacts"]), before);
    }
}

#[test]
fn where_nothing_had_moved_nothing_comes_back() {
    let database = twins();
    database.execute(&format!(
        "CREATE TABLE calls (contact_id uuid REFERENCES contacts); \
         INSERT INTO calls SELECT '{A}' FROM generate_series(1, 4)"
    ));
    let id = merge(&database);
    for flag in ["--dry-run", "--yes"] {
        let ran = run(&database, &["unmerge", &id, flag]).expect_code(0);
        let line = "calls.contact_id: none had moved, 4 stay with the survivor";
        assert!(ran.stdout.contains(line), "{ran}");
    }
}

/// As with the merge itself.
#[test]
fn rows_of_nobody_stay_when_contacts_come_back() {
    let database = twins();
    let id = merge(&database);
    database.execute(
        "CREATE TABLE pins (id int); INSERT INTO pins VALUES (1), (2); \
         CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS \
             'BEGIN DELETE FROM pins; RETURN NULL; END'; \
         CREATE TRIGGER tidy AFTER INSERT ON contacts FOR EACH ROW EXECUTE FUNCTION tidy()",
    );
    let ran = run(&database, &["unmerge", &id, "--yes"]).expect_code(1);
    for word in ["2 rows of pins were deleted", "trigger tidy of contacts", "rolled back"] {
        assert!(ran.stderr.contains(word), "{ran}");
    }
    assert_eq!(database.value("(SELECT count(*) FROM pins)"), "2");
    database.execute("DROP TRIGGER tidy ON contacts");
    run(&database, &["unmerge", &id, "--yes"]).expect_code(0);
}

/// Whoever looks for a contact that is gone has its id, not the merge's.
#[test]
fn the_contact_that_was_taken_away_names_its_merge() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let [kept, gone] =
        ["01900000-0000-7000-8000-000000000101", "01900000-0000-7000-8000-000000000107"];
    let before = database.contents();
    Binary::on(&database).run(["contacts", "merge", kept, gone, "--yes"]).expect_code(0);
    Binary::on(&database).run(["contacts", "unmerge", gone, "--yes"]).expect_code(0);
    let names = |all: Vec<(String, String)>| -> Vec<_> {
        all.into_iter().filter(|(table, _)| !table.contains("audit")).collect()
    };
    assert_eq!(names(database.contents()), names(before));
    // Nothing of the kind is there now.
    Binary::on(&database).run(["contacts", "unmerge", gone, "--yes"]).expect_code(2);
}

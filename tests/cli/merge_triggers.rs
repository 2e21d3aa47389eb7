//! What a trigger of the application's does to other tables while contacts are merged: what they
//! would lose keeps a cluster, what they count, send or derive keeps none.

use crate::merge_obstacles::{dedupe, new, old, pairs};
use crate::support::{Binary, Database};

/// Two clusters, and tables that no foreign key binds, of which each speaks of the contacts that go.
const TABLES: &str = "CREATE SCHEMA app; \
     CREATE TABLE app.sizes (id int PRIMARY KEY, note text); INSERT INTO app.sizes VALUES (1, 'a'), (2, 'b'); \
     CREATE TABLE app.tasks (id int, owner uuid, who text); \
     INSERT INTO app.tasks SELECT 1, id, upper(id::text) FROM contacts; \
     CREATE TABLE app.teams (members uuid[]); INSERT INTO app.teams SELECT ARRAY[id] FROM contacts; \
     CREATE TABLE app.letters (email text); INSERT INTO app.letters SELECT DISTINCT email FROM contacts; \
     CREATE TABLE app.calls (contact_id uuid REFERENCES contacts ON DELETE SET NULL, number text); \
     INSERT INTO app.calls SELECT id, phone FROM contacts; \
     CREATE TABLE app.index (ref uuid PRIMARY KEY, words text); INSERT INTO app.index SELECT id, name FROM contacts; \
     CREATE TABLE app.events (id serial, entity uuid, sent bool) PARTITION BY LIST (sent); \
     CREATE TABLE app.unsent PARTITION OF app.events FOR VALUES IN (false); \
     CREATE TABLE app.sent PARTITION OF app.events FOR VALUES IN (true); \
     INSERT INTO app.events (sent) SELECT true FROM generate_series(1, 9); \
     CREATE TABLE app.counts (tenant uuid, contacts int); INSERT INTO app.counts VALUES (gen_random_uuid(), 4); \
     CREATE TABLE app.totals (name text, contacts int); \
     CREATE TABLE app.forms (doc json, notes jsonb); \
     INSERT INTO app.forms SELECT json_build_object('who', ARRAY[id]), jsonb_build_object('mail', email) FROM contacts; \
     CREATE TABLE app.words (ref uuid, lang text, phone text, PRIMARY KEY (lang, ref)); \
     INSERT INTO app.words SELECT id, lang, phone FROM contacts, unnest('{de,en}'::text[]) AS lang;";

fn with_trigger(deed: &str) -> Database {
    let database = pairs(1..=2);
    database.execute(&format!(
        "{TABLES} \
         CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {deed} RETURN OLD; END $$; \
         CREATE TRIGGER tidy AFTER DELETE ON contacts FOR EACH ROW EXECUTE FUNCTION tidy()"
    ));
    database
}

/// What the tables hold, whether the second cluster is merged or not.
fn everything(database: &Database) -> String {
    let of = |table: &str| {
        let (old, new) = (old(2), new(2));
        let rows = format!("SELECT replace(t::text, '{old}', '{new}') AS one FROM app.{table} t");
        database.value(&format!("(SELECT string_agg(one, '|' ORDER BY one) FROM ({rows}) AS r)"))
    };
    ["sizes", "tasks", "teams", "letters", "calls", "index", "forms", "words"].map(of).join("\n")
}

#[test]
fn what_other_tables_would_lose_by_a_trigger_keeps_a_cluster() {
    for (deed, table, how) in [
        ("TRUNCATE app.sizes", "app.sizes", "would be emptied"),
        ("DROP TABLE app.sizes", "app.sizes", "would be dropped"),
        ("ALTER TABLE app.sizes DROP COLUMN note", "app.sizes", "note text"),
        ("ALTER TABLE app.sizes ALTER note TYPE char(1)", "app.sizes", "note text"),
        ("UPDATE app.tasks SET owner = NULL WHERE owner = OLD.id", "app.tasks", "in owner"),
        ("DELETE FROM app.tasks WHERE owner = OLD.id", "app.tasks", "in owner"),
        ("UPDATE app.tasks SET who = '-' WHERE lower(who) = OLD.id::text", "app.tasks", "in who"),
        ("UPDATE app.teams SET members = array_remove(members, OLD.id)", "app.teams", "in members"),
        ("DELETE FROM app.letters WHERE email = OLD.email", "app.letters", "in email"),
        // After its rows have moved.
        (
            "UPDATE app.calls SET contact_id = NULL WHERE number = OLD.phone",
            "app.calls",
            "in contact_id",
        ),
        ("DELETE FROM app.calls WHERE number = OLD.phone", "app.calls", "in contact_id"),
        (
            "UPDATE app.forms SET doc = '[]' WHERE doc ->> 'who' ~ OLD.id::text",
            "app.forms",
            "in doc",
        ),
        (
            "UPDATE app.forms SET notes = '{}' WHERE notes ->> 'mail' = OLD.email",
            "app.forms",
            "in notes",
        ),
        // The survivor has no such row.
        (
            "UPDATE app.words SET lang = 'fr' WHERE ref <> OLD.id AND lang = 'de'; \
             DELETE FROM app.words WHERE ref = OLD.id",
            "app.words",
            "in ref",
        ),
    ] {
        let database = with_trigger(&format!("IF OLD.id = '{}' THEN {deed}; END IF;", new(1)));
        let before = everything(&database);
        let ran = dedupe(&database).expect_code(0);
        let found = ran.json();
        assert_eq!(found["merged"], 1, "{deed}: {ran}");
        assert_eq!(found["skipped"][0]["survivor_id"].as_str(), Some(old(1).as_str()), "{deed}");
        let said = found["skipped"][0]["reason"].as_str().unwrap();
        for word in [table, how, "trigger tidy of contacts"] {
            assert!(said.contains(word), "{deed}: {said}");
        }
        // Of the other cluster the calls moved, and nothing else.
        let now = everything(&database);
        assert_eq!(now, before, "{deed}");
        let args = ["contacts", "merge", &old(1), &new(1), "--yes"];
        let refused = Binary::on(&database).run(args).expect_code(4);
        assert!(refused.stderr.contains(table), "{deed}: {refused}");
        assert_eq!(everything(&database), now, "{deed}");
    }
}

/// The way out that is named: rows of a column of any name move first.
#[test]
fn a_column_of_any_name_moves_once_the_settings_name_it() {
    let database = with_trigger("UPDATE app.tasks SET owner = NULL WHERE owner = OLD.id;");
    let binary = Binary::on(&database);
    let found = dedupe(&database).expect_code(0).json();
    assert_eq!(found["merged"], 0, "{found}");
    let said = found["skipped"][0]["reason"].as_str().unwrap();
    assert!(said.contains("[merge] references"), "{said}");
    let settings = "[merge]\nreferences = ['app.tasks.owner']";
    std::fs::write(binary.folder().join("inboxctl.toml"), settings).unwrap();
    binary.run(["contacts", "merge", &old(1), &new(1), "--yes"]).expect_code(0);
    let owners = format!("(SELECT count(*) FROM app.tasks WHERE owner = '{}')", old(1));
    assert_eq!(database.value(&owners), "2");
}

#[test]
fn what_a_trigger_counts_sends_or_derives_keeps_no_cluster() {
    for deed in [
        "UPDATE app.counts SET contacts = contacts - 1;",
        "INSERT INTO app.events (entity, sent) VALUES (OLD.id, false); \
         DELETE FROM app.sent WHERE id = (SELECT min(id) FROM app.sent);",
        "TRUNCATE app.totals; INSERT INTO app.totals SELECT name, count(*) FROM contacts GROUP BY name;",
        // Empty as it was.
        "TRUNCATE app.totals; TRUNCATE app.unsent;",
        // The survivor has its own.
        "DELETE FROM app.index WHERE ref = OLD.id;",
        // In each language, with the same number.
        "DELETE FROM app.words WHERE ref = OLD.id;",
        "UPDATE app.tasks SET id = id + 1;",
        // Given to the survivor by the application itself.
        "UPDATE app.tasks SET owner = (SELECT id FROM contacts WHERE phone = OLD.phone) WHERE owner = OLD.id;",
        "CREATE TEMP TABLE bag ON COMMIT DROP AS SELECT OLD.id; DROP TABLE bag;",
        "EXECUTE format('CREATE TABLE IF NOT EXISTS app.%I (LIKE app.sizes)', OLD.id);",
        "CREATE TABLE IF NOT EXISTS app.gone (n int); INSERT INTO app.gone VALUES (1); \
         UPDATE app.gone SET n = n + 1; DELETE FROM app.gone WHERE n > 9;",
        "LOCK TABLE app.sizes, contacts, messages IN ACCESS EXCLUSIVE MODE;",
        "ALTER TABLE app.sizes ADD COLUMN IF NOT EXISTS more int;",
        // Rolled back by the trigger itself.
        "BEGIN DELETE FROM app.tasks; TRUNCATE app.sizes; DROP TABLE app.teams; RAISE EXCEPTION 'no'; \
         EXCEPTION WHEN raise_exception THEN NULL; END;",
        "BEGIN DELETE FROM messages; RAISE EXCEPTION 'no'; EXCEPTION WHEN raise_exception THEN NULL; END;",
    ] {
        let database = with_trigger(deed);
        database.execute(
            "INSERT INTO messages (contact_id, channel, direction, content, created_at) \
             SELECT id, 'SMS', 'INBOUND', 'x', now() FROM contacts WHERE id::text LIKE '00000001%'",
        );
        let ran = dedupe(&database).expect_code(0);
        assert_eq!(ran.json()["merged"], 2, "{deed}: {ran}");
        assert_eq!(database.value("(SELECT count(*) FROM messages)"), "2", "{deed}");
    }
}

/// Reading it twice with each batch would hold up everybody who writes to it.
#[test]
fn a_large_table_that_no_index_leads_into_is_not_read_through() {
    let deed = "UPDATE app.tasks SET id = id + 1 WHERE owner = OLD.id;";
    let database = with_trigger(deed);
    database.execute("UPDATE pg_class SET reltuples = 2e8 WHERE oid = 'app.tasks'::regclass");
    let found = dedupe(&database).expect_code(0).json();
    assert_eq!(found["merged"], 0, "{found}");
    let said = found["skipped"][0]["reason"].as_str().unwrap();
    assert!(said.contains("app.tasks") && said.contains("no index leads to"), "{said}");
    assert!(said.contains("owner") && said.contains("trigger tidy of contacts"), "{said}");
    // With an index it is compared.
    database.execute("CREATE INDEX ON app.tasks (owner); CREATE INDEX ON app.tasks (who)");
    database.execute("UPDATE pg_class SET reltuples = 2e8 WHERE oid = 'app.tasks'::regclass");
    assert_eq!(dedupe(&database).expect_code(0).json()["merged"], 2);
}

/// The merge adds as many as the trigger deletes.
#[test]
fn rows_of_ours_that_a_trigger_deletes_are_seen_beside_those_that_came() {
    for deed in [
        "DELETE FROM contact_identities WHERE value = 'first@away.example';",
        "DELETE FROM audit_logs WHERE action = 'x.y';",
    ] {
        let database = with_trigger(deed);
        database.execute(&format!(
            "INSERT INTO contact_identities (contact_id, kind, value) VALUES ('{old}', 'EMAIL', 'first@away.example'); \
             INSERT INTO audit_logs (actor, action, resource) VALUES ('x', 'x.y', 'z'); \
             UPDATE contacts SET email = 'other@away.example' WHERE id = '{new}'",
            old = old(1),
            new = new(1)
        ));
        let args = ["contacts", "merge", &old(1), &new(1), "--yes"];
        let refused = Binary::on(&database).run(args).expect_code(4);
        assert!(refused.stderr.contains("1 was deleted"), "{deed}: {refused}");
    }
}

/// Of a table on another server nobody counts what is done to it.
#[test]
fn a_foreign_table_is_compared_too() {
    for (deed, merged) in [
        ("DELETE FROM app.far WHERE owner = OLD.id;", 0),
        ("UPDATE app.far SET number = number + 1;", 2),
    ] {
        let database = with_trigger(deed);
        database.execute(&format!(
            "CREATE TABLE app.near (owner uuid, number int); INSERT INTO app.near SELECT id, 1 FROM contacts; \
             CREATE EXTENSION postgres_fdw; \
             CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (dbname '{}', host '{}', port '{}'); \
             CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (user '{}', password_required 'false'); \
             CREATE FOREIGN TABLE app.far (owner uuid, number int) SERVER far OPTIONS (table_name 'near', schema_name 'app')",
            database.name,
            database.value("(current_setting('unix_socket_directories'))").trim_matches('"'),
            database.value("(current_setting('port'))"),
            database.value("(current_user)"),
        ));
        let ran = dedupe(&database).expect_code(0);
        assert_eq!(ran.json()["merged"], merged, "{deed}: {ran}");
        assert_eq!(database.value("(SELECT count(*) FROM app.near)"), "4", "{deed}");
        assert!(merged > 0 || ran.stdout.contains("app.far"), "{deed}: {ran}");
    }
}

/// It could go on for ever.
#[test]
fn a_trigger_that_writes_to_another_table_each_time_keeps_its_clusters() {
    let database = with_trigger("EXECUTE format('UPDATE app.t%s SET n = 2', nextval('app.next'));");
    database.execute(
        "CREATE SEQUENCE app.next; \
         DO $$ BEGIN FOR one IN 1..200 LOOP \
             EXECUTE format('CREATE TABLE app.t%s AS SELECT 1 AS n', one); END LOOP; END $$",
    );
    let ran = dedupe(&database).expect_code(0);
    assert_eq!(ran.json()["merged"], 0, "{ran}");
    assert!(ran.stdout.contains("writes to other tables each time"), "{ran}");
}

#[test]
fn what_is_skipped_is_not_expected_to_be_wrong() {
    let database =
        with_trigger(&format!("IF OLD.id = '{}' THEN TRUNCATE app.sizes; END IF;", new(1)));
    let dry = Binary::on(&database).run(["contacts", "dedupe", "--dry-run", "--format", "json"]);
    let expected = |found: &serde_json::Value| found["expected_wrong"].as_f64().unwrap();
    let (planned, done) = (dry.expect_code(0).json(), dedupe(&database).expect_code(0).json());
    assert_eq!((&planned["certain"], &done["certain"]), (&2.into(), &1.into()), "{done}");
    assert!(
        expected(&done) > 0.0 && expected(&done) < 0.75 * expected(&planned),
        "{planned} {done}"
    );
}

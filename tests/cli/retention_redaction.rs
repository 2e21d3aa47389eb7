//! What other tables would lose when old messages lose their text, or merges what they recorded, keeps
//! these as they are; what is counted, noted or derived is told.

use serde_json::{Value, json};

use crate::retention::with_policies;
use crate::support::{Database, Ran};

const TABLES: &str = "CREATE SCHEMA app; \
     CREATE TABLE app.pins (id int); INSERT INTO app.pins SELECT generate_series(1, 11); \
     CREATE TABLE app.tags (message_id uuid, n int); INSERT INTO app.tags SELECT id, 1 FROM messages; \
     CREATE TABLE app.counts (n int); INSERT INTO app.counts VALUES (1); CREATE TABLE app.log (id uuid);";

/// Eleven old messages, and a merge of long ago; `more` is SQL.
fn filled(more: &str) -> Database {
    let database = Database::migrated();
    database.execute(&format!(
        "INSERT INTO contacts (name) VALUES ('Ana'); \
         INSERT INTO messages (contact_id, channel, direction, content, created_at) \
             SELECT c.id, 'SMS', 'INBOUND', 'text ' || n, now() - interval '2 years' \
             FROM contacts c, generate_series(1, 11) AS n; \
         INSERT INTO contact_merges (survivor_id, merged_ids, before, after, moved, actor, merged_at) \
             SELECT id, ARRAY[gen_random_uuid()], '{{\"a\": 1}}', '{{}}', '{{}}', 'x', now() - interval '2 years' \
             FROM contacts; {TABLES} {more}"
    ));
    database
}

fn trigger(table: &str, deed: &str) -> String {
    format!(
        "CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {deed} RETURN NULL; END $$; \
         CREATE TRIGGER tidy AFTER UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION tidy()"
    )
}

fn run(database: &Database, table: &str, args: &[&str]) -> Ran {
    let then = if table == "messages" { "then = \"redact\"" } else { "" };
    let policy = format!(
        "[retention]\n[[retention.policy]]\nname = \"it\"\ntable = \"{table}\"\nolder_than = \"365d\"\nmax_rows = 999\n{then}\n"
    );
    with_policies(database, &policy).run([&["retention"], args, &["--format", "json"]].concat())
}

fn everything(database: &Database) -> String {
    let of = |table: &str| {
        database
            .value(&format!("(SELECT string_agg(t::text, '|' ORDER BY t::text) FROM {table} t)"))
    };
    ["contacts", "messages", "contact_merges", "app.pins", "app.tags"].map(of).join("\n")
}

fn only(ran: &Ran) -> Value {
    ran.json()["policies"][0].clone()
}

#[test]
fn what_other_tables_would_lose_keeps_the_text() {
    for (on, deed, table) in [
        ("messages", "DELETE FROM app.pins;", "app.pins"),
        ("messages", "TRUNCATE app.pins;", "app.pins"),
        ("messages", "DROP TABLE IF EXISTS app.pins;", "app.pins"),
        ("messages", "DELETE FROM app.tags WHERE message_id = OLD.id;", "app.tags"),
        (
            "messages",
            "UPDATE app.tags SET message_id = NULL WHERE message_id = OLD.id;",
            "app.tags",
        ),
        ("messages", "DELETE FROM messages WHERE id <> OLD.id;", "messages"),
        ("contact_merges", "DELETE FROM app.pins;", "app.pins"),
    ] {
        let database = filled(&trigger(on, deed));
        let before = everything(&database);
        let plan = only(&run(&database, on, &["plan"]).expect_code(0)).to_string();
        assert!(
            plan.contains(&format!("trigger tidy of {on} acts on rows that are redacted")),
            "{plan}"
        );
        let ran = run(&database, on, &["run", "--yes"]).expect_code(1);
        for word in [table, &format!("trigger tidy of {on}"), "rolled back"] {
            assert!(ran.stderr.contains(word), "{deed}: {ran}");
        }
        assert_eq!(everything(&database), before, "{deed}: {ran}");
    }
}

#[test]
fn what_a_trigger_counts_or_notes_is_told() {
    for (deed, changed) in [
        ("UPDATE app.counts SET n = n + 1;", json!({ "app.counts": 11 })),
        ("INSERT INTO app.log VALUES (NEW.id);", Value::Null),
        ("DELETE FROM app.counts; INSERT INTO app.counts VALUES (2);", json!({ "app.counts": 11 })),
        (
            "UPDATE messages SET metadata = '{\"n\": 1}' WHERE id = NEW.id AND metadata = '{}';",
            json!({ "messages": 11 }),
        ),
    ] {
        let database = filled(&trigger("messages", deed));
        let done = only(&run(&database, "messages", &["run", "--yes"]).expect_code(0));
        assert_eq!((&done["redacted"], &done["changed"]), (&11.into(), &changed), "{deed}: {done}");
    }
}

/// Whatever the key would do.
#[test]
fn a_text_that_a_foreign_key_needs_stays_and_is_counted() {
    for action in ["NO ACTION", "RESTRICT", "SET NULL", "CASCADE"] {
        let database = filled(&format!(
            "ALTER TABLE messages ADD UNIQUE (id, content); \
             CREATE TABLE app.quotes (message_id uuid, txt text, \
                 FOREIGN KEY (message_id, txt) REFERENCES messages (id, content) ON UPDATE {action}); \
             INSERT INTO app.quotes SELECT id, content FROM messages WHERE content = 'text 7'"
        ));
        let quotes = "(SELECT md5(string_agg(t::text, '|')) FROM app.quotes t)";
        let before = database.value(quotes);
        let plan = only(&run(&database, "messages", &["plan"]).expect_code(0));
        let done = only(&run(&database, "messages", &["run", "--yes"]).expect_code(0));
        let kept = json!([{ "rows": 1, "referenced_by": "app.quotes" }]);
        assert_eq!((&plan["eligible"], &plan["kept"]), (&10.into(), &kept), "{action}: {plan}");
        assert_eq!((&done["redacted"], &done["kept"]), (&10.into(), &kept), "{action}: {done}");
        assert_eq!(database.value(quotes), before, "{action}");
        assert_eq!(database.value("(SELECT content FROM messages WHERE content <> '')"), "text 7");
    }
}

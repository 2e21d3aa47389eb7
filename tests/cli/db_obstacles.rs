//! What the application made stands on what is ours: a script that mends the schema names
//! it and runs all the same, a rollback is refused before its first statement, and what is
//! missing is said with a way out that works.

use super::db_drift_application::psql;
use crate::support::{Binary, Database};

/// Rows, so that no column is NOT NULL for nothing.
const ROWS: &str = "
    INSERT INTO users (email, name) VALUES ('a@b.example', 'Ada');
    INSERT INTO contacts (name) VALUES ('Ada');
    INSERT INTO messages (contact_id, channel, direction, content)
        SELECT id, 'SMS', 'INBOUND', 'hello' FROM contacts;
    INSERT INTO notes (contact_id, user_id, content) SELECT c.id, u.id, 'x' FROM contacts c, users u;";

const SHORT_NAME: &str = "ALTER TABLE contacts ALTER name TYPE varchar(50)";
const TEXT_DIRECTION: &str = "
    DROP TRIGGER messages_receive_inbound ON messages;
    DROP INDEX messages_unread_contact_idx, messages_unread_idx;
    ALTER TABLE messages ALTER direction TYPE text";
const ANOTHER_ORDER: &str = "
    CREATE TYPE other AS ENUM ('FAILED', 'QUEUED', 'SCHEDULED', 'SENT', 'DELIVERED', 'READ', 'RECEIVED');
    DROP TRIGGER messages_receive_inbound ON messages;
    DROP INDEX messages_failed_idx;
    ALTER TABLE messages ALTER status DROP DEFAULT, ALTER status TYPE other USING status::text::other;
    DROP TYPE message_status;
    ALTER TYPE other RENAME TO message_status;
    CREATE TRIGGER messages_receive_inbound BEFORE INSERT ON messages FOR EACH ROW
        WHEN (new.status = 'QUEUED') EXECUTE FUNCTION receive_inbound_message()";
const OTHER_ARGUMENT: &str = "
    DROP FUNCTION contact_name_sound(text[]) CASCADE;
    CREATE FUNCTION contact_name_sound(x text[]) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT ''x'''";
const WIDER_KEY: &str = "
    ALTER TABLE users DROP CONSTRAINT users_email_key;
    ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email, name)";

/// A change by hand, what the application made since, and what stands in the way.
const STUCK: [(&str, &str, &str); 24] = [
    (
        "ALTER TABLE contacts DROP CONSTRAINT contacts_pkey CASCADE",
        "INSERT INTO contacts SELECT * FROM contacts",
        "constraint contacts.contacts_pkey comes first",
    ),
    (
        SHORT_NAME,
        "CREATE TABLE app_heir () INHERITS (contacts); CREATE VIEW app AS SELECT name FROM app_heir",
        "view app",
    ),
    (
        "ALTER TABLE notes DROP CONSTRAINT notes_user_id_fkey",
        "UPDATE notes SET user_id = gen_random_uuid()",
        "not valid yet",
    ),
    (
        "ALTER TABLE scheduled_jobs DROP CONSTRAINT scheduled_jobs_attempts_not_negative",
        "INSERT INTO scheduled_jobs (type, attempts, scheduled_at) VALUES ('x', -1, now())",
        "not valid yet",
    ),
    (
        "DROP INDEX users_email_lower_key",
        "INSERT INTO users (email, name) VALUES ('A@B.example', 'Ada')",
        "can't make it here",
    ),
    (
        "DROP INDEX users_email_lower_key; ALTER TABLE users DROP CONSTRAINT users_email_key",
        "INSERT INTO users (email, name) VALUES ('a@b.example', 'Ada')",
        "can't make it here",
    ),
    (SHORT_NAME, "CREATE VIEW app AS SELECT name FROM contacts", "view app"),
    (SHORT_NAME, "CREATE MATERIALIZED VIEW app AS SELECT name FROM contacts", "materialized view app"),
    (SHORT_NAME, "CREATE POLICY app ON contacts USING (name <> 'x')", "policy app of contacts"),
    (
        SHORT_NAME,
        "CREATE RULE app AS ON UPDATE TO contacts WHERE new.name = 'x' DO ALSO NOTHING",
        "rule app of contacts",
    ),
    (
        SHORT_NAME,
        "ALTER TABLE contacts ADD app text GENERATED ALWAYS AS (lower(name)) STORED",
        "generated column app of contacts",
    ),
    (
        SHORT_NAME,
        "CREATE FUNCTION app() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
         CREATE TRIGGER app BEFORE UPDATE ON contacts FOR EACH ROW WHEN (new.name <> old.name) EXECUTE FUNCTION app()",
        "trigger app of contacts",
    ),
    (
        SHORT_NAME,
        "CREATE FUNCTION app() RETURNS text BEGIN ATOMIC SELECT name FROM contacts LIMIT 1; END",
        "function app()",
    ),
    (
        SHORT_NAME,
        "CREATE PUBLICATION app FOR TABLE contacts WHERE (name <> 'x')",
        "publication app",
    ),
    (SHORT_NAME, "CREATE TABLE app (whole contacts)", "column whole of app"),
    (
        SHORT_NAME,
        "CREATE SCHEMA app; CREATE VIEW app.\"a\nDROP TABLE contacts; --\u{202e}\" AS SELECT name FROM contacts",
        "view \"a\\nDROP TABLE contacts; --\\u{202e}\" in the schema app",
    ),
    ("ALTER TABLE audit_logs ALTER action TYPE varchar(99)",
        "CREATE VIEW app AS SELECT action FROM audit_logs_default", "view app"),
    (TEXT_DIRECTION, "CREATE VIEW app AS SELECT direction FROM messages", "view app"),
    (ANOTHER_ORDER, "CREATE VIEW app AS SELECT status FROM messages", "view app"),
    (ANOTHER_ORDER, "CREATE FUNCTION app(message_status) RETURNS int LANGUAGE sql AS 'SELECT 1'", "function app(message_status)"),
    (OTHER_ARGUMENT, "CREATE VIEW app AS SELECT contact_name_sound(ARRAY[name]) AS n FROM contacts", "view app"),
    (WIDER_KEY, "CREATE TABLE app (e text, n text, FOREIGN KEY (e, n) REFERENCES users (email, name))", "foreign key app_e_n_fkey of app"),
    ("ALTER TABLE messages DROP COLUMN channel", "", "messages.channel stays without NOT NULL"),
    ("ALTER TABLE templates ALTER is_active DROP NOT NULL",
        "INSERT INTO templates (name, content, is_active) VALUES ('x', 'y', NULL)", "templates.is_active stays without NOT NULL"),
];

/// Nothing of the application's is in the way of these.
const MENDED: [&str; 9] = [
    "ALTER TABLE scheduled_jobs SET UNLOGGED;
     ALTER TABLE assignments SET UNLOGGED; ALTER TABLE presence SET UNLOGGED;
     ALTER TABLE contact_identities SET UNLOGGED; ALTER TABLE notes SET UNLOGGED;
     ALTER TABLE messages SET UNLOGGED; ALTER TABLE contacts SET UNLOGGED",
    SHORT_NAME,
    TEXT_DIRECTION,
    ANOTHER_ORDER,
    OTHER_ARGUMENT,
    WIDER_KEY,
    "DROP TRIGGER messages_receive_inbound ON messages;
     DROP INDEX messages_failed_idx;
     ALTER TABLE messages ALTER status DROP DEFAULT, ALTER status TYPE text;
     CREATE TRIGGER messages_receive_inbound BEFORE INSERT ON messages FOR EACH ROW
         WHEN (new.status = 'QUEUED') EXECUTE FUNCTION receive_inbound_message()",
    "ALTER TABLE notes DROP COLUMN id",
    "ALTER TABLE templates DROP COLUMN content",
];

fn script(database: &Database) -> String {
    Binary::on(database).run(["db", "drift", "--fingerprint", "--sql"]).expect_code(3).stdout
}

#[test]
fn what_the_application_depends_on_is_named_and_the_rest_is_mended() {
    for (change, application, named) in STUCK {
        let database = Database::migrated();
        database.execute(&format!("{ROWS} {change}; {application}"));
        let sql = script(&database);
        assert!(
            sql.lines().any(|line| line.starts_with("--") && line.contains(named)),
            "{named}: {sql}"
        );
        assert!(!sql.lines().any(|line| line.starts_with("DROP TABLE")), "{sql}");
        psql(&database, &sql)
            .unwrap_or_else(|said| panic!("{change}; {application}: {said}\n{sql}"));
    }
}

#[test]
fn what_only_ours_depends_on_is_taken_out_and_comes_back() {
    for change in MENDED {
        let database = Database::migrated();
        database.execute(&format!("{ROWS} {change}"));
        let sql = script(&database);
        psql(&database, &sql).unwrap_or_else(|said| panic!("{change}: {said}\n{sql}"));
        let left = Binary::on(&database).run(["db", "drift", "--fingerprint"]);
        assert_eq!(left.code, 0, "{change}: {sql}\n{left}");
    }
}

#[test]
fn what_others_made_on_our_tables_is_told_with_whose_it_is() {
    let database = Database::migrated();
    let eve = format!("{}_eve", database.name);
    database.execute(&format!(
        "CREATE ROLE {eve};
         CREATE FUNCTION steal() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
         ALTER FUNCTION steal() OWNER TO {eve};
         CREATE TRIGGER steal AFTER INSERT ON contacts FOR EACH ROW EXECUTE FUNCTION steal();
         CREATE RULE \"r\u{202e}\" AS ON DELETE TO notes DO ALSO NOTHING;
         ALTER TABLE presence OWNER TO {eve};
         ALTER FUNCTION uuid_v7() OWNER TO {eve}"
    ));
    let ran = Binary::on(&database).run(["db", "drift", "--fingerprint"]).expect_code(0);
    for named in [
        format!("trigger contacts.steal (runs steal() of {eve})"),
        String::from("\\u{202e}"),
        format!("owner presence (of {eve})"),
        format!("owner uuid_v7() (of {eve})"),
    ] {
        assert!(ran.stdout.contains(&named), "{named}: {ran}");
    }
    let shown = Binary::on(&database).run(["db", "drift", "--fingerprint", "--format", "json"]);
    let list = shown.expect_code(0).json()["not_ours"].clone();
    let steal = list.as_array().unwrap().iter().find(|one| one["object"] == "contacts.steal");
    assert_eq!(steal.unwrap()["owner"], *eve, "{list:#}");
    database.execute(&format!("REASSIGN OWNED BY {eve} TO CURRENT_USER; DROP ROLE {eve}"));
}

#[test]
fn a_rollback_that_would_stop_half_way_is_refused_before() {
    for (application, named) in [
        ("CREATE VIEW app AS SELECT id FROM contacts", "view app"),
        ("CREATE MATERIALIZED VIEW app AS SELECT actor FROM audit_logs_default", "materialized view app"),
        ("CREATE TABLE app (id int, contact_id uuid REFERENCES contacts)", "foreign key app_contact_id_fkey of app"),
        ("CREATE TABLE app (kind channel)", "column kind of app"),
        ("CREATE TABLE app (kinds channel[])", "column kinds of app"),
        ("CREATE TABLE app (id uuid DEFAULT uuid_v7())", "column id of app"),
        ("CREATE TABLE app () INHERITS (contacts)", "table app"),
        ("CREATE SCHEMA app; CREATE VIEW app.\"p\nq\" AS SELECT id FROM users", "view \"p\\nq\" in the schema app"),
        ("CREATE FUNCTION app(contacts) RETURNS int LANGUAGE sql AS 'SELECT 1'", "function app(contacts)"),
        (
            "CREATE TABLE app (updated_at timestamptz);
             CREATE TRIGGER app BEFORE UPDATE ON app FOR EACH ROW EXECUTE FUNCTION set_updated_at()",
            "trigger app of app",
        ),
    ] {
        let database = Database::migrated();
        database.execute(application);
        let versions = "(SELECT count(*) FROM __diesel_schema_migrations)";
        let before = database.value(versions);
        for args in [
            &["db", "rollback", "--to", "0", "--dry-run"][..],
            &["db", "rollback", "--to", "0", "--yes"],
            &["db", "redo", "--steps", "99", "--yes"],
        ] {
            let ran = Binary::on(&database).run(args).expect_code(4);
            assert!(ran.stderr.contains(named), "{named}: {ran}");
        }
        assert_eq!(database.value(versions), before, "{application}");
        // What isn't needed goes.
        Binary::on(&database).run(["db", "rollback", "--yes"]).expect_code(0);
    }
}

#[test]
fn what_is_missing_is_said_with_a_way_out() {
    for (change, named) in [
        ("DROP TABLE templates", "missing table templates"),
        ("DROP TABLE integrations", "missing table integrations"),
        ("ALTER TABLE contacts RENAME COLUMN email TO mail", "renamed column contacts.email"),
        ("ALTER TABLE contacts DROP COLUMN phone", "missing column contacts.phone"),
        ("ALTER TABLE users RENAME TO people", "renamed table users"),
        ("DROP TYPE note_type CASCADE", "missing enum note_type"),
    ] {
        let database = Database::migrated();
        database.execute(change);
        let verified = Binary::on(&database).run(["db", "verify"]).expect_code(3);
        assert!(verified.stdout.contains(named), "{verified}");
        assert!(verified.stderr.contains("db drift --sql"), "{verified}");
        let doctor = Binary::on(&database).run(["doctor"]).expect_code(3);
        assert!(doctor.stdout.contains("db drift --sql"), "{doctor}");
        assert!(doctor.stdout.replace('\n', " ").contains("as they should be"), "{doctor}");
        assert!(!doctor.stdout.contains("then `inboxctl db migrate`"), "{doctor}");
        psql(&database, &script(&database)).unwrap_or_else(|said| panic!("{change}: {said}"));
        Binary::on(&database).run(["db", "verify"]).expect_code(0);
    }
    let database = Database::migrated();
    database.execute("DROP TABLE templates");
    let ran = Binary::on(&database).run(["templates", "list"]).expect_code(1);
    assert!(ran.stderr.contains("db drift"), "{ran}");
    assert!(!ran.stderr.contains("db migrate"), "{ran}");
}

//! Databases of the kind that are built otherwise: each is adopted, and its rows are all there.

use std::fs;

use crate::db_adopt::made;
use crate::support::{Binary, Database};

const PEOPLE: &str = r#"
    INSERT INTO "User" (id, email, name) VALUES ('u1', 'a@x.example', 'Ana'), ('u2', 'b@x.example', 'Ben');
    INSERT INTO "Contact" (id, name, phone) VALUES ('k1', 'Kim', '+1'), ('k2', 'Lee', '+2'), ('k3', NULL, '+3');"#;

const TIMES: &str = r#""createdAt" timestamp(3) NOT NULL DEFAULT now(), "updatedAt" timestamp(3) NOT NULL DEFAULT now()"#;

/// Models without a map of their names: tables in PascalCase, in the singular.
pub(crate) fn pascal(more: &str) -> Database {
    let database = Database::empty();
    database.execute(&format!(
        r#"CREATE TABLE "User" (id text PRIMARY KEY, email text UNIQUE NOT NULL, name text, "passwordHash" text, {TIMES});
           CREATE TABLE "Contact" (id text PRIMARY KEY, name text, phone text, email text, {TIMES});
           {PEOPLE}"#
    ));
    database.execute(more);
    database
}

/// Adopts it, with `answers` to what is asked, and returns the inbox.
pub(crate) fn adopted(database: &Database, answers: &[(&str, &str)]) -> Database {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.toml");
    let map = path.to_str().unwrap();
    let expected = if answers.is_empty() { 0 } else { 3 };
    Binary::on(database).run(["db", "adopt", "--plan", "--out", map]).expect_code(expected);
    let mut text = fs::read_to_string(&path).unwrap();
    for (key, answer) in answers {
        let line = format!("{key} = \"?\"");
        assert!(text.contains(&line), "{line} is not asked: {text}");
        text = text.replace(&line, &format!("{key} = \"{answer}\""));
    }
    fs::write(&path, text).unwrap();
    let inbox = made(&format!("{}_inbox", database.name));
    Binary::on(database).run(["db", "adopt", "--into", &inbox.name, "--map", map]).expect_code(0);
    for command in [&["db", "status", "--check"][..], &["db", "drift"], &["db", "verify"]] {
        Binary::on(&inbox).run(command).expect_code(0);
    }
    inbox
}

/// What is still asked, with a line of the map a line.
fn asked(database: &Database) -> String {
    let plan = Binary::on(database).run(["db", "adopt", "--plan", "--format", "json"]);
    assert!(plan.code == 3 || plan.code == 0, "{plan}");
    plan.json()["undecided"].to_string() + &plan.json()["notes"].to_string()
}

fn rows(inbox: &Database, table: &str) -> String {
    inbox.value(&format!("(SELECT count(*) FROM {table})"))
}

#[test]
fn pascal_case_with_two_tables_only() {
    let database = pascal("ANALYZE");
    let inbox = adopted(&database, &[]);
    assert_eq!(rows(&inbox, "users"), "2");
    assert_eq!(rows(&inbox, "contacts"), "3");
    assert_eq!(rows(&inbox, "messages"), "0", "made empty");
    let shown = Binary::on(&inbox).run(["contacts", "show", "k2"]).expect_code(0);
    assert!(shown.stdout.contains("Lee"), "{shown}");
    let unknown = Binary::on(&inbox).run(["contacts", "show", "k9"]).expect_code(2);
    assert!(unknown.stderr.contains("k9"), "{unknown}");
    assert_eq!(inbox.value("to_regclass('\"Contact\"')"), "", "it became ours");
}

#[test]
fn messages_that_hang_on_conversations() {
    let database = pascal(&format!(
        r#"CREATE TYPE "ConversationChannel" AS ENUM ('sms', 'email');
           CREATE TABLE "Conversation" (id text PRIMARY KEY, "contactId" text NOT NULL REFERENCES "Contact" ON DELETE CASCADE,
               channel "ConversationChannel" NOT NULL, "assigneeId" text REFERENCES "User" ON DELETE SET NULL);
           CREATE TABLE "Message" (id text PRIMARY KEY, "conversationId" text NOT NULL REFERENCES "Conversation" ON DELETE CASCADE,
               "isInbound" boolean NOT NULL, body text NOT NULL, status text, "authorId" text REFERENCES "User", {TIMES});
           CREATE TABLE "Note" (id text PRIMARY KEY, "conversationId" text NOT NULL REFERENCES "Conversation" ON DELETE CASCADE,
               "authorId" text NOT NULL REFERENCES "User", text text NOT NULL, {TIMES});
           INSERT INTO "Conversation" VALUES ('v1', 'k1', 'sms', 'u1'), ('v2', 'k2', 'email', NULL);
           INSERT INTO "Message" VALUES ('m1', 'v1', true, 'hi', NULL, NULL), ('m2', 'v1', false, 'yes?', 'sent', 'u1'),
               ('m3', 'v2', true, 'mail', 'read', NULL);
           INSERT INTO "Note" VALUES ('n1', 'v2', 'u2', 'call back')"#
    ));
    let inbox = adopted(&database, &[]);
    assert_eq!(
        inbox.value(
            "(SELECT string_agg(concat_ws(' ', c.name, m.channel, m.direction, m.content, m.status, m.thread_id, u.name), '; ' ORDER BY m.content) \
             FROM messages m JOIN contacts c ON c.id = m.contact_id LEFT JOIN users u ON u.id = m.user_id)"
        ),
        "Kim SMS INBOUND hi RECEIVED v1; Lee EMAIL INBOUND mail READ v2; Kim SMS OUTBOUND yes? SENT v1 Ana"
    );
    // It was read at a time that nobody wrote down.
    assert_eq!(rows(&inbox, "messages WHERE status = 'READ' AND read_at IS NOT NULL"), "1");
    assert_eq!(
        inbox.value(
            "(SELECT c.name || n.content FROM notes n JOIN contacts c ON c.id = n.contact_id)"
        ),
        "Leecall back"
    );
    // The application's own table goes on, and so does what leads to it.
    assert_eq!(inbox.value("(SELECT string_agg(c.name, ' ' ORDER BY v.id) FROM \"Conversation\" v JOIN contacts c ON c.id = v.\"contactId\")"), "Kim Lee");
    inbox.execute("DELETE FROM \"Conversation\" WHERE id = 'v2'");
    assert_eq!(rows(&inbox, "messages"), "2", "its key still cascades");
}

#[test]
fn a_job_without_a_time_is_asked_about() {
    let database = pascal(&format!(
        r#"CREATE TABLE "ScheduledMessage" (id text PRIMARY KEY, "scheduledFor" timestamp(3), status text, {TIMES});
           INSERT INTO "ScheduledMessage" VALUES ('j1', NULL, 'PENDING'), ('j2', '2030-01-01', 'PENDING')"#
    ));
    let inbox = adopted(&database, &[("\"scheduled_jobs.scheduled_at\"", "leave out")]);
    assert_eq!(rows(&inbox, "scheduled_jobs"), "1");
}

#[test]
fn ids_that_are_uuids_in_text_stay_what_they_are() {
    let database = Database::empty();
    database.execute(&format!(
        r#"CREATE TABLE users (id text PRIMARY KEY, email text NOT NULL, {TIMES});
           CREATE TABLE contacts (id text PRIMARY KEY DEFAULT gen_random_uuid()::text, "fullName" text, {TIMES});
           CREATE TABLE messages (id text PRIMARY KEY, "contactId" text REFERENCES contacts, channel text, direction text, content text, {TIMES});
           CREATE TABLE calls (id uuid PRIMARY KEY, "contactId" text NOT NULL REFERENCES contacts ON DELETE CASCADE);
           INSERT INTO contacts VALUES ('01900000-0000-4000-8000-00000000000A', 'Ana');
           INSERT INTO messages VALUES ('01900000-0000-1000-8000-000000000001', '01900000-0000-4000-8000-00000000000A', 'whatsapp', 'outgoing', 'x'),
               ('01900000-0000-7000-8000-000000000002', NULL, 'whatsapp', 'incoming', 'lost');
           INSERT INTO calls SELECT gen_random_uuid(), id FROM contacts"#
    ));
    let inbox = adopted(&database, &[("\"messages.contact_id\"", "leave out")]);
    assert_eq!(inbox.value("(SELECT id FROM contacts)"), "01900000-0000-4000-8000-00000000000a");
    assert_eq!(inbox.value("(SELECT name FROM contacts)"), "Ana");
    assert_eq!(inbox.value("(SELECT id FROM messages)"), "01900000-0000-1000-8000-000000000001");
    assert_eq!(
        inbox.value("(SELECT c.name FROM calls JOIN contacts c ON c.id = calls.\"contactId\")"),
        "Ana"
    );
    // Only the one that was in capitals was another text.
    assert_eq!(rows(&inbox, "adopted_ids"), "1");
}

#[test]
fn a_dozen_tables_of_its_own_that_lead_to_contacts_and_users() {
    let tables: String = (1..=12)
        .map(|n| {
            let action = ["CASCADE", "SET NULL", "RESTRICT", "NO ACTION"][n % 4];
            format!(
                r#"CREATE TABLE "Thing{n}" (id int PRIMARY KEY, "contactId" text REFERENCES "Contact" ON DELETE {action},
                       "userId" text REFERENCES "User" ON DELETE {action} DEFERRABLE, UNIQUE ("contactId", "userId"));
                   INSERT INTO "Thing{n}" VALUES (1, 'k1', 'u1'), (2, 'k2', NULL);"#
            )
        })
        .collect();
    let database = pascal(&format!(
        r#"{tables} CREATE TABLE "_ContactToTag" ("A" text REFERENCES "Contact" ON DELETE CASCADE, "B" int, PRIMARY KEY ("A", "B"));
           INSERT INTO "_ContactToTag" VALUES ('k1', 1), ('k3', 2)"#
    ));
    let inbox = adopted(&database, &[]);
    let actions = "(SELECT string_agg(conrelid::regclass || ' ' || conname || confdeltype::text || condeferrable, ',' ORDER BY conrelid::regclass::text, conname) \
                   FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text LIKE '%Thing%')";
    assert_eq!(inbox.value(actions), database.value(actions));
    for n in 1..=12 {
        assert_eq!(
            inbox.value(&format!(
                "(SELECT string_agg(concat(c.name, u.name), ' ' ORDER BY t.id) FROM \"Thing{n}\" t \
                 LEFT JOIN contacts c ON c.id = t.\"contactId\" LEFT JOIN users u ON u.id = t.\"userId\")"
            )),
            "KimAna Lee"
        );
    }
    assert_eq!(
        inbox.value("(SELECT count(*) FROM \"_ContactToTag\" t JOIN contacts c ON c.id = t.\"A\")"),
        "2"
    );
}

#[test]
fn users_that_own_contacts_and_numbers_for_ids() {
    let database = Database::empty();
    database.execute(&format!(
        r#"CREATE TABLE agents (id serial PRIMARY KEY, email text NOT NULL, "firstName" text, "lastName" text, role text, "managerId" int REFERENCES agents, badge serial, {TIMES});
           CREATE TABLE customers (id bigserial PRIMARY KEY, name text, "ownerId" int NOT NULL REFERENCES agents ON DELETE RESTRICT, vip boolean NOT NULL DEFAULT false CHECK (vip IS NOT NULL), {TIMES},
               words tsvector GENERATED ALWAYS AS (to_tsvector('simple', coalesce(name, ''))) STORED);
           INSERT INTO agents (email, "firstName", "lastName", role, "managerId") VALUES ('a@x.example', 'Ana', 'Lima', 'admin', NULL), ('b@x.example', NULL, NULL, 'agent', 1);
           INSERT INTO customers (name, "ownerId", vip) VALUES ('Kim', 1, true), ('Lee', 2, false)"#
    ));
    let plan = Binary::on(&database).run(["db", "adopt", "--plan"]).expect_code(3);
    for left in ["generated column customers.words", "check customers.customers_vip_check"] {
        assert!(plan.stdout.contains(left), "{left}: {plan}");
    }
    let inbox = adopted(&database, &[("agent", "EDITOR")]);
    inbox.execute("INSERT INTO users (email, name) VALUES ('c@x.example', 'Cleo')");
    assert_eq!(inbox.value("(SELECT badge FROM users WHERE name = 'Cleo')"), "3");
    assert_eq!(
        inbox.value("(SELECT string_agg(concat_ws(' ', c.name, u.name, u.role, c.vip, m.name), '; ' ORDER BY c.name) FROM contacts c JOIN users u ON u.id = c.\"ownerId\" LEFT JOIN users m ON m.id = u.\"managerId\")"),
        "Kim Ana Lima ADMIN t; Lee b EDITOR f Ana Lima"
    );
    let error = inbox.try_execute("DELETE FROM users WHERE name = 'b'").unwrap_err();
    assert!(
        error.to_string().contains("ownerId"),
        "their key keeps users that own contacts: {error}"
    );
    assert_eq!(inbox.value("(SELECT column_default FROM information_schema.columns WHERE table_name = 'contacts' AND column_name = 'vip')"), "false");
    Binary::on(&inbox).run(["contacts", "show", "2"]).expect_code(0);
}

#[test]
fn a_view_of_a_view_a_function_and_a_policy_are_asked_about() {
    let database = pascal(
        r#"CREATE VIEW everybody AS SELECT name FROM "Contact"; CREATE VIEW somebody AS SELECT * FROM everybody LIMIT 1;
           CREATE FUNCTION number_of_contacts() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM "Contact"';
           CREATE POLICY all_of_it ON "Contact" USING (true)"#,
    );
    let plan = Binary::on(&database).run(["db", "adopt", "--plan"]).expect_code(3);
    for object in [
        "view everybody",
        "view somebody",
        "function number_of_contacts()",
        "policy Contact.all_of_it",
    ] {
        assert!(plan.stdout.contains(object), "{object}: {plan}");
    }
    let inbox = adopted(
        &database,
        &[
            ("\"view everybody\"", "drop"),
            ("\"view somebody\"", "drop"),
            ("\"function number_of_contacts()\"", "keep"),
            ("\"policy Contact.all_of_it\"", "drop"),
        ],
    );
    assert_eq!(inbox.value("to_regclass('somebody')"), "");
    assert_eq!(inbox.value("to_regprocedure('number_of_contacts()')"), "number_of_contacts()");
}

#[test]
fn a_trigger_that_fails_afterwards_is_named_and_what_it_did_is_taken_back() {
    let database = pascal(
        r#"CREATE TABLE "Order" (id int PRIMARY KEY, "contactId" text REFERENCES "Contact", total int);
           CREATE TABLE log (line text);
           CREATE FUNCTION note_it() RETURNS trigger LANGUAGE plpgsql AS
               'BEGIN INSERT INTO log VALUES (NEW.id); RETURN NEW; END';
           CREATE FUNCTION ask_contact() RETURNS trigger LANGUAGE plpgsql AS
               'BEGIN PERFORM name FROM "Contact" WHERE id = NEW."contactId"; RETURN NEW; END';
           CREATE TRIGGER note_it BEFORE INSERT OR UPDATE ON "Order" FOR EACH ROW EXECUTE FUNCTION note_it();
           INSERT INTO "Order" VALUES (1, 'k1', 10);
           CREATE TRIGGER ask_contact BEFORE UPDATE ON "Order" FOR EACH ROW EXECUTE FUNCTION ask_contact()"#,
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.toml");
    fs::write(&path, "[objects]\n\"function ask_contact()\" = \"keep\"").unwrap();
    let inbox = made(&format!("{}_inbox", database.name));
    let map = path.to_str().unwrap();
    let ran = Binary::on(&database)
        .run(["db", "adopt", "--into", &inbox.name, "--map", map])
        .expect_code(0);
    assert!(ran.stderr.contains("update of Order"), "{ran}");
    assert!(ran.stderr.contains("\"Contact\" does not exist"), "{ran}");
    assert!(!ran.stderr.contains("insert into Order"), "{ran}");
    assert_eq!(rows(&inbox, "log"), "1", "only what was there before");
    assert_eq!(rows(&inbox, "\"Order\""), "1");
}

#[test]
fn references_without_a_key_are_followed_by_their_name_and_their_value() {
    let database = pascal(
        r#"INSERT INTO "Contact" (id, name) VALUES ('cjld2cjxh0000qzrmn831i7rn', 'Cuid');
           CREATE SCHEMA crm;
           CREATE TABLE crm.deals (id int, "ownerId" text, "anybody" varchar(50), "contactIds" text[], note jsonb);
           INSERT INTO crm.deals VALUES (1, 'u1', 'cjld2cjxh0000qzrmn831i7rn', '{k1,cjld2cjxh0000qzrmn831i7rn,x}',
               '{"contactId": "k2", "deep": [{"userIds": ["u2"]}, "cjld2cjxh0000qzrmn831i7rn"], "size": "k1", "none": []}'),
               (2, NULL, 'k1', NULL, '{}');
           CREATE TABLE "Short" (who varchar(25)); INSERT INTO "Short" VALUES ('cjld2cjxh0000qzrmn831i7rn')"#,
    );
    let inbox = adopted(&database, &[]);
    let id = |old: &str| inbox.value(&format!("adopted_id('{old}')"));
    let (cuid, k1, k2) = (id("cjld2cjxh0000qzrmn831i7rn"), id("k1"), id("k2"));
    let deal =
        |column: &str| inbox.value(&format!("(SELECT {column} FROM crm.deals WHERE id = 1)"));
    assert_eq!(deal("\"ownerId\""), id("u1"));
    assert_eq!(deal("anybody"), cuid);
    assert_eq!(deal("\"contactIds\""), format!("{{{k1},{cuid},x}}"));
    let note: serde_json::Value = serde_json::from_str(&deal("note")).unwrap();
    let expected = serde_json::json!({
        "contactId": k2, "deep": [{ "userIds": [id("u2")] }, cuid], "size": "k1", "none": []
    });
    assert_eq!(note, expected);
    assert_eq!(
        inbox.value("(SELECT anybody FROM crm.deals WHERE id = 2)"),
        "k1",
        "a short text is no id"
    );
    // It has no room for a uuid: said, and left.
    assert_eq!(inbox.value("(SELECT who FROM \"Short\")"), "cjld2cjxh0000qzrmn831i7rn");
}

#[test]
fn ids_that_are_numbers_are_followed_where_a_name_says_so() {
    let database = Database::empty();
    database.execute(&format!(
        r#"CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, {TIMES});
           CREATE TABLE contacts (id serial PRIMARY KEY, name text, {TIMES});
           CREATE TABLE jobs (id serial PRIMARY KEY, payload jsonb, "runAt" timestamp(3) NOT NULL, {TIMES});
           CREATE TABLE audit_logs (id serial PRIMARY KEY, action text NOT NULL, entity text, "entityId" text, "createdAt" timestamp NOT NULL);
           CREATE TABLE calls (id int, "contactId" int);
           INSERT INTO users (email) VALUES ('a@x.example');
           INSERT INTO contacts (name) VALUES ('Kim'), ('Lee');
           INSERT INTO jobs (payload, "runAt") VALUES ('{{"contactId": 2, "attempt": 1, "user_id": "1"}}', now());
           INSERT INTO audit_logs (action, entity, "entityId", "createdAt") VALUES ('a', 'Contact', '2', '2026-01-01'), ('b', 'session', '2', '20000-01-01');
           INSERT INTO calls VALUES (1, 2)"#
    ));
    assert!(asked(&database).contains("calls.contactId (1 row)"), "{}", asked(&database));
    let inbox = adopted(&database, &[]);
    let lee = inbox.value("(SELECT id FROM contacts WHERE name = 'Lee')");
    let user = inbox.value("(SELECT id FROM users)");
    let payload: serde_json::Value =
        serde_json::from_str(&inbox.value("(SELECT payload FROM scheduled_jobs)")).unwrap();
    let expected = serde_json::json!({ "contactId": lee, "attempt": 1, "user_id": user });
    assert_eq!(payload, expected);
    assert_eq!(
        inbox.value("(SELECT string_agg(resource_id, ' ' ORDER BY action) FROM audit_logs WHERE action IN ('a', 'b'))"),
        format!("{lee} 2"),
        "what is no row of an inbox keeps its number, in whatever year"
    );
}

#[test]
fn what_reads_a_column_that_becomes_a_uuid_is_asked_about() {
    let database = pascal(
        r#"CREATE TABLE "Call" (id int PRIMARY KEY, "contactId" text REFERENCES "Contact" CHECK ("contactId" <> ''),
               short text GENERATED ALWAYS AS (left("contactId", 1)) STORED, "contactName" text CHECK (true));
           CREATE INDEX call_lower ON "Call" (lower("contactId"));
           CREATE POLICY own ON "Call" USING ("contactId" = current_user);
           CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
           CREATE TRIGGER on_contact BEFORE UPDATE OF "contactId" ON "Call" FOR EACH ROW EXECUTE FUNCTION nothing();
           CREATE TRIGGER off BEFORE UPDATE ON "Call" FOR EACH ROW EXECUTE FUNCTION nothing();
           ALTER TABLE "Call" DISABLE TRIGGER off;
           INSERT INTO "Call" VALUES (1, 'k1')"#,
    );
    let inbox = adopted(
        &database,
        &[
            ("\"check Call.Call_contactId_check\"", "drop"),
            ("\"generated column Call.short\"", "drop"),
            ("\"index Call.call_lower\"", "drop"),
            ("\"policy Call.own\"", "drop"),
            ("\"trigger Call.on_contact\"", "drop"),
        ],
    );
    assert_eq!(
        inbox.value("(SELECT c.name FROM \"Call\" k JOIN contacts c ON c.id = k.\"contactId\")"),
        "Kim"
    );
}

#[test]
fn users_that_are_one_are_merged_and_local_times_are_asked_about() {
    let database = pascal(
        r#"INSERT INTO "User" (id, email, name, "createdAt", "updatedAt") VALUES ('u3', 'A@X.example', 'Ana too', '2030-01-01', '2030-01-01');
           CREATE TABLE "Note" (id text PRIMARY KEY, "contactId" text NOT NULL REFERENCES "Contact", "authorId" text NOT NULL REFERENCES "User",
               content text NOT NULL, "createdAt" timestamp NOT NULL DEFAULT '2026-07-01 12:00', "updatedAt" timestamp NOT NULL DEFAULT '2026-07-01 12:00');
           CREATE TABLE "Task" (id int, "userId" text REFERENCES "User");
           CREATE TABLE "Presence" ("userId" text REFERENCES "User", "contactId" text, status text, "lastSeen" timestamp NOT NULL, PRIMARY KEY ("userId", "lastSeen"));
           INSERT INTO "Note" (id, "contactId", "authorId", content) VALUES ('n1', 'k1', 'u3', 'hers');
           INSERT INTO "Task" VALUES (1, 'u3');
           INSERT INTO "Presence" VALUES ('u1', NULL, 'ONLINE', '2026-01-01'), ('u3', NULL, 'AWAY', '2026-01-02')"#,
    );
    database.execute(&format!("ALTER DATABASE {} SET TimeZone = 'Asia/Tokyo'", database.name));
    let asked = asked(&database);
    assert!(asked.contains("Asia/Tokyo") && asked.contains("userId + lastSeen"), "{asked}");
    let inbox = adopted(
        &database,
        &[("\"A@X.example\"", "merge"), ("zone", "Asia/Tokyo"), ("id", "userId + lastSeen")],
    );
    assert_eq!(rows(&inbox, "users"), "2");
    for (table, column) in
        [("notes", "user_id"), ("\"Task\"", "\"userId\""), ("presence", "user_id")]
    {
        let name = format!("(SELECT u.name FROM {table} t JOIN users u ON u.id = t.{column})");
        assert_eq!(inbox.value(&name), "Ana", "{table}");
    }
    assert_eq!(
        inbox.value("(SELECT created_at AT TIME ZONE 'UTC' FROM notes)"),
        "2026-07-01 03:00:00"
    );
    assert_eq!(
        inbox.value("(SELECT id = adopted_id('u1') FROM adopted_ids WHERE old_id = 'u3')"),
        "true"
    );
}

#[test]
fn what_would_be_lost_or_hidden_is_refused() {
    let database = Database::empty();
    database.execute(&format!(
        r#"CREATE TABLE contacts (id text PRIMARY KEY, name text, {TIMES});
           INSERT INTO contacts VALUES ('01900000-0000-4000-8000-00000000000A'), ('01900000-0000-4000-8000-00000000000a')"#
    ));
    assert!(asked(&database).contains("contacts.id"), "{}", asked(&database));
    let database = pascal(&format!(
        r#"CREATE TABLE "Message" (id text PRIMARY KEY, "contactId" text REFERENCES "Contact", channel text, direction text, content text, {TIMES});
           INSERT INTO "Message" VALUES ('m1', NULL, 'sms', 'inbound', 'lost');
           CREATE TABLE "Star" ("messageId" text REFERENCES "Message"); INSERT INTO "Star" VALUES ('m1')"#
    ));
    let folder = tempfile::tempdir().unwrap();
    let map = folder.path().join("map.toml");
    fs::write(&map, "[missing]\n\"messages.contact_id\" = \"leave out\"").unwrap();
    let name = format!("{}_inbox", database.name);
    let ran = Binary::on(&database)
        .run(["db", "adopt", "--into", &name, "--map", map.to_str().unwrap()])
        .expect_code(4);
    assert!(ran.stderr.contains("Star") && ran.stderr.contains("left out"), "{ran}");
}

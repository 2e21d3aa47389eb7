//! Databases of the kind that are built otherwise: each is adopted, and its rows are all there.

use std::fs;

use crate::db_adopt::made;
use crate::support::{Binary, Database};

const PEOPLE: &str = r#"
    INSERT INTO "User" (id, email, name) VALUES ('u1', 'a@x.example', 'Ana'), ('u2', 'b@x.example', 'Ben');
    INSERT INTO "Contact" (id, name, phone) VALUES ('k1', 'Kim', '+1'), ('k2', 'Lee', '+2'), ('k3', NULL, '+3');"#;

const TIMES: &str = r#""createdAt" timestamp(3) NOT NULL DEFAULT now(), "updatedAt" timestamp(3) NOT NULL DEFAULT now()"#;

/// Models without a map of their names: tables in PascalCase, in the singular.
fn pascal(more: &str) -> Database {
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
fn adopted(database: &Database, answers: &[(&str, &str)]) -> Database {
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

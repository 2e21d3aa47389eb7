//! Databases of the kind as other frameworks make them: numbers for labels, references that lead to
//! several tables, event triggers and publications of everything.

use crate::db_adopt_kinds::adopted;
use crate::support::{Binary, Database, OwnServer, with_user};

/// As Rails makes one. Contact 1 and user 1 are two people.
fn rails(more: &str) -> Database {
    let database = Database::empty();
    database.execute(
        "CREATE TABLE users (id bigserial PRIMARY KEY, email varchar NOT NULL, name varchar, role integer NOT NULL DEFAULT 0, \
             date_joined timestamp(6) NOT NULL DEFAULT now()); \
         CREATE TABLE contacts (id bigserial PRIMARY KEY, name varchar, email varchar, created_at timestamp(6) NOT NULL DEFAULT now()); \
         CREATE TABLE messages (id bigserial PRIMARY KEY, contact_id bigint NOT NULL REFERENCES contacts, sender_type varchar, sender_id bigint, \
             channel varchar NOT NULL, direction varchar NOT NULL, content text NOT NULL, status integer NOT NULL, \
             created_at timestamp(6) NOT NULL DEFAULT now()); \
         CREATE TABLE taggings (id bigserial PRIMARY KEY, taggable_type varchar, taggable_id bigint, contact_ids bigint[]); \
         INSERT INTO users (email, name, role, date_joined) VALUES ('ana@x.example', 'Ana', 2, '2020-02-02'), ('ben@x.example', 'Ben', 0, now()); \
         INSERT INTO contacts (name) VALUES ('Kim'), ('Lee'); \
         INSERT INTO messages (contact_id, sender_type, sender_id, channel, direction, content, status) VALUES \
             (1, 'Contact', 1, 'sms', 'incoming', 'of Kim', 1), (1, 'User', 1, 'sms', 'outgoing', 'of Ana', 3), \
             (2, 'AgentBot', 2, 'sms', 'outgoing', 'of a bot', 1); \
         INSERT INTO taggings (taggable_type, taggable_id, contact_ids) VALUES ('Contact', 1, '{1,2}')",
    );
    database.execute(more);
    database
}

const ANSWERS: [(&str, &str); 4] =
    [("0", "VIEWER"), ("2", "ADMIN"), ("1", "SENT"), ("3", "FAILED")];

#[test]
fn a_column_that_leads_to_several_tables_leads_to_users_where_it_says_so() {
    let database = rails("SELECT 1");
    let plan = Binary::on(&database).run(["db", "adopt", "--plan"]).expect_code(3);
    for named in ["taggings.taggable_id (1 row)", "taggings.contact_ids (1 row)"] {
        assert!(plan.stdout.replace("\n  ", " ").contains(named), "{named}: {plan}");
    }
    let inbox = adopted(&database, &ANSWERS);
    let by = |content: &str| {
        inbox.value(&format!(
            "(SELECT u.name FROM messages m JOIN users u ON u.id = m.user_id WHERE content = '{content}')"
        ))
    };
    assert_eq!([by("of Kim"), by("of Ana"), by("of a bot")], ["", "Ana", ""]);
    let kept = "(SELECT string_agg(sender_type || sender_id, ' ' ORDER BY content COLLATE \"C\") FROM messages)";
    assert_eq!(inbox.value(kept), "User1 Contact1 AgentBot2", "what it was is kept");
}

#[test]
fn numbers_that_stand_for_labels_are_asked_about() {
    let inbox = adopted(&rails("SELECT 1"), &ANSWERS);
    assert_eq!(
        inbox.value("(SELECT string_agg(role::text, ' ' ORDER BY name) FROM users)"),
        "ADMIN VIEWER"
    );
    let status =
        "(SELECT string_agg(status::text, ' ' ORDER BY content COLLATE \"C\") FROM messages)";
    assert_eq!(inbox.value(status), "FAILED RECEIVED SENT");
    assert_eq!(
        inbox.value("(SELECT created_at::date FROM users WHERE name = 'Ana')"),
        "2020-02-02"
    );
}

#[test]
fn who_may_not_work_any_more_is_deactivated() {
    let database = rails(
        "ALTER TABLE users ADD is_active boolean NOT NULL DEFAULT true; UPDATE users SET is_active = false WHERE name = 'Ana'",
    );
    let inbox = adopted(&database, &ANSWERS);
    let off = "(SELECT string_agg(name || ' ' || deactivated_at::date || ' ' || is_active, ',') FROM users WHERE deactivated_at IS NOT NULL)";
    assert_eq!(inbox.value(off), "Ana 2020-02-02 false");
}

#[test]
fn an_email_that_two_users_have_is_no_matter_of_the_map() {
    let database = rails("UPDATE users SET email = ''");
    let plan =
        Binary::on(&database).run(["db", "adopt", "--plan", "--format", "json"]).expect_code(3);
    let undecided = plan.json()["undecided"].to_string();
    assert!(undecided.contains("several users have this very e-mail"), "{undecided}");
}

/// What makes an inbox of the copy isn't what they are for.
#[test]
fn event_triggers_do_not_fire_and_publications_of_everything_keep_nothing_back() {
    let database = rails(
        "CREATE TABLE ddl_log (tag text); CREATE TABLE links (contact_email text, \"contactId\" text); \
         INSERT INTO links VALUES ('x', '1'); \
         CREATE FUNCTION logs() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.ddl_log VALUES (tg_tag); END'; \
         CREATE EVENT TRIGGER logged ON ddl_command_end EXECUTE FUNCTION logs(); \
         ALTER EVENT TRIGGER logged ENABLE ALWAYS; \
         CREATE PUBLICATION everything FOR ALL TABLES",
    );
    let before = database.value("(SELECT count(*) FROM ddl_log)");
    let inbox = adopted(&database, &ANSWERS);
    assert_eq!(inbox.value("(SELECT count(*) FROM ddl_log)"), before);
    assert_eq!(
        inbox.value("(SELECT evtenabled FROM pg_event_trigger WHERE evtname = 'logged')"),
        "A"
    );
    let followed = inbox.value("(SELECT \"contactId\" FROM links)");
    assert_eq!(followed, inbox.value("(SELECT id FROM contacts WHERE name = 'Kim')"));
    let identity = "(SELECT relreplident FROM pg_class WHERE oid = 'links'::regclass)";
    assert_eq!(inbox.value(identity), "d");
}

/// Nothing is sent once more for want of a column that says that it was sent.
#[test]
fn without_a_status_nothing_waits_to_be_sent() {
    let database = rails("ALTER TABLE messages DROP COLUMN status");
    let plan =
        Binary::on(&database).run(["db", "adopt", "--plan", "--format", "json"]).expect_code(3);
    assert!(plan.json()["notes"].to_string().contains("messages.status SENT"), "{plan}");
    let inbox = adopted(&database, &ANSWERS[..2]);
    let status =
        "(SELECT string_agg(status::text, ' ' ORDER BY content COLLATE \"C\") FROM messages)";
    assert_eq!(inbox.value(status), "SENT RECEIVED SENT");
}

#[test]
fn what_may_not_be_read_is_said_in_the_words_of_who_reads_it() {
    let server = OwnServer::start(&[]);
    server.execute("postgres", "CREATE ROLE limited LOGIN CREATEDB");
    server.execute("postgres", "CREATE DATABASE app OWNER limited");
    server.execute(
        "app",
        "SET ROLE limited; CREATE TABLE contacts (id text PRIMARY KEY, name text); RESET ROLE; CREATE TABLE hidden (id int)",
    );
    let url = with_user(&server.url("app"), "limited");
    let ran = Binary::new().env("DATABASE_URL", url).run(["db", "adopt", "--into", "inbox"]);
    assert!(ran.code != 0 && ran.stderr.contains("permission denied for table hidden"), "{ran}");
}

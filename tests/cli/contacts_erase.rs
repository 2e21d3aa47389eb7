//! `contacts erase`, and restores that bring nobody back.

use std::fs;

use inboxctl::local::Client;
use serde_json::Value;

use crate::contacts_data::{BRUNO, ROSA, ROSA_AT_WORK, TRACES, spread};
use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran, eventually};

fn erase(database: &Database, more: &[&str]) -> Ran {
    let args = ["contacts", "erase", ROSA, "--format", "json"];
    Binary::on(database).run([&args, more].concat())
}

/// All that pg_dump writes of the database.
pub(crate) fn dump(database: &Database) -> String {
    let client = Client::find_all("pg_dump", None).into_iter().next().expect("pg_dump");
    let output = std::process::Command::new(client.path)
        .args(["--inserts", "--dbname", &database.url()])
        .output()
        .expect("pg_dump runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn expect_gone(database: &Database) {
    let dump = dump(database);
    for trace in TRACES.iter().chain(&["Rosa", "no answer"]) {
        let found = dump.lines().find(|line| line.contains(trace));
        assert_eq!(found, None, "{trace}");
    }
    let verified = Binary::on(database).run(["audit", "verify", "--format", "json"]);
    assert_eq!(verified.expect_code(0).json()["findings"], serde_json::json!([]));
}

/// What is Bruno's, and what is nobody's.
fn of_others(database: &Database) -> String {
    database.value(&format!(
        "(SELECT string_agg(r, E'\\n' ORDER BY r) FROM (
             SELECT c::text FROM contacts c WHERE id = '{BRUNO}'
             UNION ALL SELECT m::text FROM messages m WHERE contact_id = '{BRUNO}'
             UNION ALL SELECT n::text FROM notes n WHERE contact_id = '{BRUNO}'
             UNION ALL SELECT a::text FROM assignments a WHERE contact_id = '{BRUNO}'
             UNION ALL SELECT o::text FROM orders o WHERE contact_id = '{BRUNO}'
             UNION ALL SELECT l::text FROM order_lines l WHERE order_id = 2
             UNION ALL SELECT v::text FROM visits v WHERE contact_id = '{BRUNO}'
             UNION ALL SELECT t::text FROM attachments t WHERE name = 'of Bruno'
             UNION ALL SELECT j::text FROM scheduled_jobs j WHERE id = '01900000-0000-7000-8000-0000000000d3'
             UNION ALL SELECT l::text FROM audit_logs l WHERE resource_id = '{BRUNO}'
             UNION ALL SELECT u::text FROM users u) AS r (r))"
    ))
}

#[test]
fn nothing_of_a_person_is_left_and_all_of_the_others() {
    let (database, folder) = (spread(), Folder::new());
    database.execute(&format!(
        "INSERT INTO imported_contacts VALUES (gen_random_uuid(), '{ROSA}', now(), '{{\"name\": \"Quintanilla\"}}');
         INSERT INTO adopted_ids VALUES ('contacts', 'rosa@correo.example', '{ROSA}')"
    ));
    let (before, others) = (database.contents(), of_others(&database));
    let plan = erase(&database, &["--dry-run"]).expect_code(0).json();
    // Before the question, in short.
    let text = Binary::on(&database).run(["contacts", "erase", ROSA, "--dry-run"]).expect_code(0);
    assert!(text.stdout.contains("Not reached: backups (a restore "), "{text}");
    assert!(text.stdout.matches("Not reached").count() < 3, "{text}");
    assert!(plan["not_reached"].as_array().unwrap().len() >= 3, "{plan:#}");
    assert_eq!(database.contents(), before, "a dry run changes nothing");
    let refused = erase(&database, &[]).expect_code(4);
    assert!(
        refused.stderr.contains("erase Rosa Quintanilla with 2 contacts that were merged"),
        "{refused}"
    );
    assert_eq!(database.contents(), before, "without consent nothing is changed");

    let certificate = folder.file("certificate.json");
    let ran =
        erase(&database, &["--yes", "--reason", "asked for it", "--certificate", &certificate]);
    let done = ran.expect_code(0).json();
    assert_eq!(done["places"], plan["places"], "what was shown is what was done");
    let becomes = |name: &str| {
        let mut places = done["places"].as_array().unwrap().iter();
        places
            .find(|one| one["place"] == name)
            .map(|one| one["becomes"].as_str().unwrap().to_owned())
    };
    for (place, expected) in [
        ("messages", "deleted"),
        ("attachments.message_id", "deleted"),
        ("orders.contact_id", "deleted"),
        ("order_lines.order_id", "deleted"),
        ("visits.contact_id", "emptied"),
        ("presence", "emptied"),
        ("contact_merges", "deleted"),
        ("scheduled_jobs", "redacted"),
        ("audit_logs", "redacted"),
    ] {
        assert_eq!(becomes(place).as_deref(), Some(expected), "{place} of {done:#}");
    }
    let kept: Value = serde_json::from_str(&fs::read_to_string(&certificate).unwrap()).unwrap();
    assert_eq!(kept, done);

    expect_gone(&database);
    assert_eq!(of_others(&database), others);
    // A job for several is sent to the others still, one for her alone isn't.
    assert_eq!(
        database.value("(SELECT payload::text || ' ' || status FROM scheduled_jobs WHERE id = '01900000-0000-7000-8000-0000000000d1')"),
        r#"{"to": [{"phone": "+34600111223"}]} PENDING"#
    );
    assert_eq!(
        database.value("(SELECT count(*) FROM scheduled_jobs WHERE status = 'CANCELLED')"),
        "1"
    );
    assert_eq!(database.value("(SELECT count(*) FROM visits WHERE contact_id IS NULL)"), "1");
    assert_eq!(
        database.value("(SELECT contact_id || ' ' || cardinality(merged_ids) || ' ' || reason FROM erased_contacts)"),
        format!("{ROSA} 2 asked for it")
    );
    let verified = Binary::on(&database).run(["audit", "verify", "--format", "json"]).json();
    assert!(verified["changes"]["redact"].as_u64() > Some(0), "{verified}");

    let before = database.contents();
    erase(&database, &["--yes"]).expect_code(0);
    assert_eq!(database.contents(), before, "there is nothing left to do");
    let shown = Binary::on(&database).run(["contacts", "show", ROSA_AT_WORK]).expect_code(2);
    assert!(shown.stderr.contains("there is no contact"), "{shown}");
}

#[test]
fn what_stands_in_the_way_is_named_and_nothing_is_changed() {
    for (before, name) in [
        (format!("INSERT INTO retention_holds (kind, value, reason, actor) VALUES ('contact', '{ROSA}', 'x', 'x')"), "is under a hold"),
        (
            format!("INSERT INTO retention_holds (kind, value, reason, actor) VALUES ('contact', '{ROSA_AT_WORK}', 'x', 'x')"),
            "is under a hold",
        ),
        (
            String::from(
                "INSERT INTO retention_holds (kind, value, reason, actor)
                 SELECT 'resource', 'notes/' || id, 'x', 'x' FROM notes WHERE content = 'Berenjena' LIMIT 1",
            ),
            "rows of notes are under a hold",
        ),
        (
            String::from("INSERT INTO retention_holds (kind, value, reason, actor) VALUES ('resource', 'orders/1', 'x', 'x')"),
            "rows of orders.contact_id are under a hold",
        ),
        (
            format!("CREATE TABLE rooms (contact_id uuid NOT NULL REFERENCES contacts (id) ON DELETE SET NULL); INSERT INTO rooms VALUES ('{ROSA}')"),
            "1 row of rooms.contact_id would have to be emptied",
        ),
        (
            String::from("INSERT INTO retention_holds (kind, value, reason, actor) VALUES ('action', 'call', 'x', 'x')"),
            "under a hold",
        ),
        (
            format!("CREATE TABLE contracts (contact_id uuid REFERENCES contacts (id)); INSERT INTO contracts VALUES ('{ROSA}')"),
            "1 row of contracts.contact_id would stay and refer to the contact",
        ),
        (
            format!("CREATE TABLE calls (contact_id text); INSERT INTO calls VALUES ('{ROSA_AT_WORK}')"),
            "1 row of calls.contact_id would stay and refer to the contact",
        ),
        (
            format!(
                "CREATE TABLE files (name text, \"messageId\" uuid);
                 INSERT INTO files SELECT 'Calabaza', id FROM messages WHERE contact_id = '{ROSA}' LIMIT 1"
            ),
            "1 row of files.messageId would stay and refer to a message of the contact",
        ),
        (
            format!(
                "ALTER TABLE contacts ADD COLUMN boss uuid REFERENCES contacts (id) ON DELETE CASCADE;
                 UPDATE contacts SET boss = '{ROSA}' WHERE id = '{BRUNO}'"
            ),
            "they are contacts themselves",
        ),
    ] {
        let database = spread();
        database.execute(&before);
        let contents = database.contents();
        let refused = erase(&database, &["--yes"]).expect_code(4);
        assert!(refused.stderr.contains(name), "{name}: {refused}");
        assert_eq!(database.contents(), contents, "{name}");
    }
}

#[test]
fn what_a_trigger_swallows_or_puts_back_is_an_error() {
    let swallows =
        "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'";
    for (event, table) in [
        ("DELETE", "messages"),
        ("DELETE", "notes"),
        ("DELETE", "contacts"),
        ("DELETE", "contact_merges"),
        ("DELETE", "distinct_contacts"),
        ("UPDATE", "scheduled_jobs"),
        ("UPDATE", "audit_logs"),
        ("INSERT", "erased_contacts"),
    ] {
        let database = spread();
        database.execute(&format!(
            "{swallows}; CREATE TRIGGER keep BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION keep()"
        ));
        let ran = erase(&database, &["--yes"]).expect_code(1);
        assert!(
            ran.stderr.contains("trigger keep") && ran.stderr.contains(table),
            "{table}: {ran}"
        );
        database.execute(&format!("DROP TRIGGER keep ON {table}"));
        erase(&database, &["--yes"]).expect_code(0);
        expect_gone(&database);
    }
}

#[test]
fn what_triggers_take_along_of_other_tables_is_told() {
    let database = spread();
    database.execute(
        "CREATE TABLE crm (contact text, note text); \
         INSERT INTO crm SELECT id::text, 'x' FROM contacts; \
         CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             DELETE FROM crm WHERE contact = OLD.id::text; RETURN NULL; END $$; \
         CREATE TRIGGER forget AFTER DELETE ON contacts FOR EACH ROW EXECUTE FUNCTION forget()",
    );
    let told = erase(&database, &["--yes"]).expect_code(0).json();
    assert_eq!(told["changed"], serde_json::json!({ "crm": 1 }), "{told}");
}

#[test]
fn killed_anywhere_it_converges() {
    for (table, lock) in [
        ("audit_logs", "SHARE"),
        ("scheduled_jobs", "SHARE"),
        ("distinct_contacts", "SHARE"),
        ("messages", "SHARE"),
        ("notes", "SHARE"),
        ("contact_identities", "SHARE"),
        ("contact_merges", "SHARE"),
        ("contacts", "ROW EXCLUSIVE"),
        ("erased_contacts", "SHARE"),
    ] {
        let database = spread();
        let lock = match table {
            "contacts" => database
                .lock("a test", &format!("SELECT FROM contacts WHERE id = '{ROSA}' FOR UPDATE")),
            _ => database.lock("a test", &format!("LOCK TABLE {table} IN {lock} MODE")),
        };
        let run = Binary::on(&database).start(["contacts", "erase", ROSA, "--yes"]);
        eventually("it waits for the lock", || database.somebody_waits());
        run.signal("KILL");
        run.wait();
        lock.commit();
        eventually("the server has noticed", || {
            database.value("(SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'inboxctl contacts%' AND datname = current_database())") == "0"
        });
        erase(&database, &["--yes"]).expect_code(0);
        expect_gone(&database);
        assert_eq!(database.value("(SELECT count(*) FROM erased_contacts)"), "1", "{table}");
    }
}

#[test]
fn who_writes_again_is_a_new_contact() {
    let database = spread();
    erase(&database, &["--yes"]).expect_code(0);
    database.execute(
        "INSERT INTO contacts (name, phone) VALUES ('Rosa Quintanilla', '+34 600 111 222')",
    );
    let found = Binary::on(&database).run(["contacts", "search", "600111222", "--format", "json"]);
    let found = found.expect_code(0).stdout;
    assert!(found.contains("Rosa Quintanilla") && !found.contains(ROSA), "{found}");
}

#[test]
fn an_older_backup_brings_nobody_back() {
    let (database, folder) = (spread(), Folder::new());
    let backup = folder.back_up(&database, "older.dump");
    assert!(!folder.names().contains(&String::from("erased_contacts.json")));
    erase(&database, &["--yes"]).expect_code(0);

    // Into another name: by the list of the live database.
    let beside = format!("{}_beside", database.name.clone());
    let restore = |database: &Database, more: &[&str]| {
        Binary::on(database).run([&["db", "restore", &backup, "--format", "json"], more].concat())
    };
    let restored = restore(&database, &["--into", &beside]).expect_code(0).json();
    assert_eq!(restored["erased_again"]["erased"], 1, "{restored}");
    assert!(restored["erased_again"]["newest"].is_string(), "{restored}");
    let other = Database { name: beside.clone() };
    expect_gone(&other);
    drop(other);

    // In place: the list is read before it is replaced.
    let name = database.name.clone();
    let plan = restore(&database, &["--dry-run"]).expect_code(0).json();
    assert_eq!(plan["erased_contacts"], 1, "{plan}");
    let restored = restore(&database, &["--confirm-db", &name]).expect_code(0).json();
    assert_eq!(restored["erased_again"]["erased"], 1, "{restored}");
    expect_gone(&database);
    assert_eq!(database.value("(SELECT count(*) FROM erased_contacts)"), "1");
    let former = restored["former"].as_str().unwrap().to_owned();
    let plan =
        Binary::on(&database).run(["contacts", "erase", BRUNO, "--dry-run", "--format", "json"]);
    let copies = plan.expect_code(0).json()["copies"].clone();
    assert_eq!(
        copies,
        serde_json::json!([{ "database": former, "drop": format!("DROP DATABASE \"{former}\"") }])
    );
    drop(Database { name: former.clone() });

    // After a disaster: by the list that a later backup left beside it.
    folder.back_up(&database, "later.dump");
    database.execute("DELETE FROM erased_contacts");
    let restored = restore(&database, &["--into", &beside]).expect_code(0).json();
    assert_eq!(restored["erased_again"]["erased"], 1, "{restored}");
    assert!(restored["erased_again"]["lists"].to_string().contains("erased_contacts.json"));
    expect_gone(&Database { name: beside.clone() });
}

#[test]
fn a_restore_says_that_it_found_no_list() {
    let (database, folder) = (spread(), Folder::new());
    let backup = folder.back_up(&database, "only.dump");
    let name = database.name.clone();
    let ran = Binary::on(&database).run(["db", "restore", &backup, "--confirm-db", &name]);
    let ran = ran.expect_code(0);
    assert!(ran.stdout.contains("No list of erased contacts of this database was found."), "{ran}");
}

#[test]
fn however_it_is_written_it_is_found() {
    let database = spread();
    let agent = "01900000-0000-7000-8000-0000000000c1";
    database.execute(&format!(
        "UPDATE contact_merges SET before = jsonb_set(before, '{{contacts,0,phone}}', '\"+34 911 222 333\"');
         INSERT INTO users (email, name, role) VALUES ('rqv@work.example', 'Rosa at work', 'VIEWER');
         INSERT INTO scheduled_jobs (type, scheduled_at, status, payload, last_error) VALUES
             ('a', now(), 'FAILED', '{{}}', E'no answer at +34\\u00a0600\\u2011111\\u202f222'),
             ('b', now(), 'FAILED', '{{\"was\": \"+34911222333\"}}', NULL);
         INSERT INTO audit_logs (actor, user_id, action, resource, resource_id, details) VALUES
             ('+34600111222', NULL, 'call', 'calls', 'rosa@correo.example', '{{\"n\": 1}}'),
             ('rqv@work.example', NULL, 'login', 'session', '1', '{{\"n\": 2}}'),
             ('agent@inbox.example', '{agent}', 'call', 'calls', '9', '{{\"n\": 3}}');
         INSERT INTO messages (contact_id, channel, direction, content) VALUES ('{BRUNO}', 'SMS', 'INBOUND', 'ask rosa@correo.example')"
    ));
    let done = erase(&database, &["--yes"]).expect_code(0).json();
    assert_eq!(done["mentions"][0]["table"], "messages", "{done:#}");
    assert_eq!(done["mentions"][0]["rows"], 1, "{done:#}");
    assert_eq!(
        database.value("(SELECT string_agg(payload::text || coalesce(last_error, '-'), ' ' ORDER BY type) FROM scheduled_jobs WHERE type IN ('a', 'b'))"),
        "{}- {}-"
    );
    // What a user did stays: the address is the user's, too.
    assert_eq!(
        database.value("(SELECT string_agg(actor || ' ' || resource_id || ' ' || details, ', ' ORDER BY actor COLLATE \"C\") FROM audit_logs WHERE action IN ('call', 'login') AND resource <> 'calls' OR resource_id IN ('erased', '9'))"),
        r#"agent@inbox.example 9 {"n": 3}, erased erased {"erased": true}, rqv@work.example 1 {"n": 2}"#
    );
}

#[test]
fn messages_stay_without_text_and_by_nobody() {
    let database = spread();
    let kept = ["--yes", "--keep-messages", "anonymised"];
    let refused = erase(&database, &kept).expect_code(4);
    assert!(refused.stderr.contains("attachments.message_id would stay"), "{refused}");
    database.execute("DELETE FROM attachments");
    let facts = "(SELECT string_agg(concat(id, channel, direction, status, created_at, updated_at), ' ' ORDER BY id) FROM messages)";
    let before = database.value(facts);
    let done = erase(&database, &kept).expect_code(0).json();
    let messages = done["places"].as_array().unwrap().iter().find(|one| one["place"] == "messages");
    assert_eq!(messages.unwrap()["becomes"], "anonymised", "{done:#}");
    assert_eq!(database.value(facts), before);
    assert_eq!(
        database.value("(SELECT count(DISTINCT contact_id) || ' ' || count(*) FROM messages WHERE content = '')"),
        "1 9"
    );
    expect_gone(&database);
    let text = dump(&database);
    assert!(
        !text.lines().any(|line| line.contains("INTO public.contacts ") && line.contains(ROSA)),
        "{text}"
    );
}

#[test]
fn messages_with_words_of_the_applications_do_not_stay() {
    let database = spread();
    database.execute(
        "DELETE FROM attachments; ALTER TABLE messages ADD subject text, ADD mark int;
         UPDATE messages SET subject = 'from Rosa', mark = 1 WHERE content LIKE '%Zanahoria 3%'",
    );
    let keep = ["--keep-messages", "anonymised", "--yes"];
    let refused = erase(&database, &keep).expect_code(4);
    assert!(refused.stderr.contains("in subject of messages would stay"), "{refused}");
    database.execute("UPDATE messages SET subject = ''");
    erase(&database, &keep).expect_code(0);
    expect_gone(&database);
}

#[test]
fn what_went_before_an_error_is_told() {
    let database = spread();
    database.execute(
        "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; \
         CREATE TRIGGER keep BEFORE DELETE ON contacts FOR EACH ROW EXECUTE FUNCTION keep()",
    );
    let ran = erase(&database, &["--yes"]).expect_code(1);
    assert!(ran.stderr.contains("what was erased before that stays erased"), "{ran}");
}

#[test]
fn who_may_not_redact_the_log_is_told_who_may() {
    let database = spread();
    let role = format!("admin_{}", database.name);
    database.execute(&format!(
        "CREATE ROLE {role} LOGIN; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
         REVOKE INSERT ON audit_days FROM {role}"
    ));
    let separator = if database.url().contains('?') { '&' } else { '?' };
    let url = format!("{}{separator}options=-c%20role%3D{role}", database.url());
    let ran = Binary::new().env("DATABASE_URL", url).run(["contacts", "erase", ROSA, "--yes"]);
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
    let ran = ran.expect_code(4);
    assert!(ran.stderr.contains("who owns audit_logs") && ran.stderr.contains(&role), "{ran}");
}

#[test]
fn nobody_is_merged_while_a_contact_is_erased() {
    let database = spread();
    let lock = database.lock("a test", "LOCK TABLE scheduled_jobs IN SHARE MODE");
    let run = Binary::on(&database).start(["contacts", "erase", ROSA, "--yes"]);
    eventually("it waits for the lock", || database.somebody_waits());
    let merge = id_of_a_merge(&database);
    let merges = ["contacts", "merge", BRUNO, ROSA, "--yes"];
    for args in [&merges[..], &["contacts", "unmerge", &merge, "--yes"]] {
        let refused = Binary::on(&database).run(args.iter().copied()).expect_code(75);
        assert!(refused.stderr.contains("a contact is being erased"), "{refused}");
    }
    lock.commit();
    run.wait().expect_code(0);
    expect_gone(&database);
}

fn id_of_a_merge(database: &Database) -> String {
    database.value("(SELECT id FROM contact_merges ORDER BY merged_at DESC LIMIT 1)")
}

#[test]
fn what_comes_before_the_first_step_refuses_it() {
    for (meanwhile, why) in [
        (
            format!("UPDATE contacts SET phone = '+34600999888' WHERE id = '{ROSA}'"),
            "the contact changed meanwhile",
        ),
        (
            String::from(
                "INSERT INTO retention_holds (kind, value, reason, actor) VALUES ('resource', 'orders/1', 'x', 'x')",
            ),
            "rows of orders.contact_id are under a hold",
        ),
        (
            format!(
                "INSERT INTO merged_contacts (contact_id, survivor_id, merge_id) SELECT '01900000-0000-7000-8000-0000000000f1', '{ROSA}', id FROM contact_merges LIMIT 1"
            ),
            "the contact is merged with others",
        ),
    ] {
        let database = spread();
        let lock = database.lock(
            "a test",
            &format!("SELECT FROM contacts WHERE id = '{ROSA}' FOR UPDATE; {meanwhile}"),
        );
        let run = Binary::on(&database).start(["contacts", "erase", ROSA, "--yes"]);
        eventually("it waits for the contact", || database.somebody_waits());
        lock.commit();
        let before = database.contents();
        let refused = run.wait().expect_code(4);
        assert!(refused.stderr.contains(why), "{why}: {refused}");
        assert_eq!(database.contents(), before, "{why}");
    }
}

#[test]
fn a_job_loses_what_it_says_whatever_stands_around_the_address() {
    let database = spread();
    database.execute(
        "INSERT INTO scheduled_jobs (type, scheduled_at, status, payload, last_error) VALUES
             ('send', now(), 'PENDING', '{\"name\": \"Quintanilla\"}', '发送给rosa@correo.example失败'),
             ('send', now(), 'PENDING', '{\"text\": \"write to:\\nrosa@correo.example\"}', NULL),
             ('send', now(), 'PENDING', '{\"to\": \"rqv@work.example\"}', 'Rosa hung up')",
    );
    erase(&database, &["--yes"]).expect_code(0);
    expect_gone(&database);
}

#[test]
fn the_list_beside_backups_is_of_its_database_and_grows() {
    let (database, folder) = (spread(), Folder::new());
    let backup = folder.back_up(&database, "older.dump");
    erase(&database, &["--yes"]).expect_code(0);
    // Its id is there again, with another one merged into it, and both are erased again.
    let other = "01900000-0000-7000-8000-0000000000f1";
    database.execute(&format!(
        "INSERT INTO contacts (id, name) VALUES ('{ROSA}', 'again'), ('{other}', 'more')"
    ));
    Binary::on(&database).run(["contacts", "merge", ROSA, other, "--yes"]).expect_code(0);
    erase(&database, &["--yes"]).expect_code(0);
    let known = "(SELECT count(*) || ' ' || max(cardinality(merged_ids)) FROM erased_contacts)";
    assert_eq!(database.value(known), "1 3");
    folder.back_up(&database, "later.dump");

    // Who was erased from a copy of the same name on another server is not erased here.
    database.execute("DELETE FROM erased_contacts");
    let list = folder.file("erased_contacts.json");
    let mut told: Value = serde_json::from_str(&fs::read_to_string(&list).unwrap()).unwrap();
    assert_eq!(told[0]["database"], database.name.as_str(), "{told}");
    told[0]["system_identifier"] = "1".into();
    fs::write(&list, told.to_string()).unwrap();
    let beside = format!("{}_beside", database.name);
    let args = ["db", "restore", &backup, "--into", &beside, "--format", "json"];
    let restored = Binary::on(&database).run(args).expect_code(0).json();
    let other = Database { name: beside };
    let again = &restored["erased_again"];
    assert_eq!((&again["erased"], &again["of_others"]), (&0.into(), &1.into()), "{restored}");
    assert_eq!(other.value(&format!("(SELECT count(*) FROM contacts WHERE id = '{ROSA}')")), "1");
}

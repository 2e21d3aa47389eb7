//! Values that an application may keep: whatever they are, each list and page shows them, and what
//! is only carried stays what it was.

use crate::support::{Binary, Database, Ran};

const CONTACT: &str = "01900000-0000-7000-8000-000000000101";
const BIG: &str = "12345678901234567890123";
const PRICE: &str = "1.10";

fn run(database: &Database, line: &str) -> Ran {
    Binary::on(database).run(line.split(' ')).expect_code(0)
}

/// Numbers beyond any float, and lists in lists in lists.
fn json() -> String {
    let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
    format!("{{\"crm_id\": {BIG}, \"price\": {PRICE}, \"deep\": {deep}}}")
}

/// The sample with such JSON in every column that takes it.
fn with_json() -> Database {
    let database = Database::migrated();
    run(&database, "db seed");
    let json = json();
    database.execute(&format!(
        "UPDATE contacts SET metadata = '{json}', social_handles = '{json}'; \
         UPDATE messages SET metadata = jsonb_build_object('error', '{json}'::jsonb), status = 'FAILED'; \
         UPDATE scheduled_jobs SET payload = '{json}'; \
         UPDATE integrations SET config = '{json}'; \
         UPDATE audit_logs SET details = '{json}'"
    ));
    database
}

#[test]
fn carried_json_keeps_its_digits_and_its_depth() {
    let database = with_json();
    let job = database.value("(SELECT min(id::text) FROM scheduled_jobs)");
    let lines = [
        format!("contacts show {CONTACT}"),
        String::from("contacts list --columns id,metadata,social_handles"),
        format!("jobs show {job}"),
        String::from("jobs list --columns payload,id"),
        String::from("audit list --columns details,actor"),
        String::from("messages failed"),
        String::from("integrations list"),
        String::from("integrations show SMS"),
    ];
    for line in &lines {
        for format in ["table", "json", "jsonl", "csv"] {
            let ran = run(&database, &format!("{line} --format {format}"));
            // A table cuts what is long.
            if format != "table" {
                assert!(ran.stdout.contains(PRICE), "{line} as {format}: {ran}");
                assert!(ran.stdout.contains(BIG), "{line} as {format}: {ran}");
                assert!(ran.stdout.contains(&"[".repeat(300)), "{line} as {format}: {ran}");
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    for kind in ["jsonl", "csv"] {
        let out = folder.path().join(kind);
        run(&database, &format!("audit export --as {kind} --out {}", out.display()));
        let text = std::fs::read_to_string(out).unwrap();
        assert!(text.contains(BIG) && text.contains(&"[".repeat(300)), "{kind}");
    }
}

#[test]
fn what_is_no_object_is_shown_as_it_is() {
    let database = Database::migrated();
    run(&database, "db seed");
    for table in ["contacts", "messages", "scheduled_jobs", "integrations", "audit_logs"] {
        database.execute(&format!(
            "DO $$ DECLARE c record; BEGIN \
                 FOR c IN SELECT conname FROM pg_constraint \
                          WHERE conrelid = '{table}'::regclass AND contype = 'c' LOOP \
                     EXECUTE format('ALTER TABLE {table} DROP CONSTRAINT %I', c.conname); \
                 END LOOP; \
                 ALTER TABLE {table} DISABLE TRIGGER USER; END $$"
        ));
    }
    for value in ["null", "[1, 2]", "7", "\"seven\""] {
        database.execute(&format!(
            "UPDATE contacts SET metadata = '{value}'; UPDATE messages SET metadata = '{value}'; \
             UPDATE scheduled_jobs SET payload = '{value}'; UPDATE integrations SET config = '{value}'; \
             UPDATE audit_logs SET details = '{value}'"
        ));
        for line in [
            &format!("contacts show {CONTACT}"),
            "contacts list",
            "jobs list",
            "audit list",
            "messages unread",
            "integrations list",
        ] {
            run(&database, line);
            run(&database, &format!("{line} --format json")).json();
        }
        // What is of another shape is left to the application.
        let ran = Binary::on(&database).run(["integrations", "set-config", "SMS", "a=b", "--yes"]);
        assert!(ran.expect_code(1).stderr.contains("is no object"));
    }
}

#[test]
fn a_config_is_set_digit_for_digit() {
    let database = Database::migrated();
    run(&database, "db seed");
    database.execute(&format!("UPDATE integrations SET config = '{}'", json()));
    let args = ["integrations", "set-config", "SMS", "limit:=98765432109876543210.50", "--yes"];
    Binary::on(&database).run(args).expect_code(0);
    let config = "(SELECT config FROM integrations WHERE channel = 'SMS')";
    assert_eq!(database.value(&format!("{config} ->> 'limit'")), "98765432109876543210.50");
    assert_eq!(database.value(&format!("({config} - 'limit') = '{}'", json())), "true");
    assert_eq!(database.value(&format!("{config} ->> 'price'")), PRICE);
    let entry = "(SELECT details::text FROM audit_logs WHERE action = 'integration.update')";
    assert!(database.value(entry).contains("98765432109876543210.50"));
    // The same value in another spelling is the same value.
    let again = ["integrations", "set-config", "SMS", "list:=[1,2]", "--yes", "--format", "json"];
    assert_eq!(Binary::on(&database).run(again).expect_code(0).json()["changes"][0]["key"], "list");
    assert_eq!(
        Binary::on(&database).run(again).expect_code(0).json()["changes"],
        serde_json::json!([])
    );
}

#[test]
fn labels_that_the_application_added_are_shown() {
    let database = Database::migrated();
    run(&database, "db seed");
    for (label, kind) in [
        ("TELEGRAM", "channel"),
        ("DRAFT", "message_status"),
        ("INTERNAL", "message_direction"),
        ("PAUSED", "job_status"),
        ("OWNER", "user_role"),
        ("BUSY", "presence_status"),
        ("TRIAL", "integration_status"),
    ] {
        database.execute(&format!("ALTER TYPE {kind} ADD VALUE '{label}'"));
    }
    database.execute(
        "UPDATE messages SET channel = 'TELEGRAM', status = 'DRAFT', direction = 'INTERNAL', \
             thread_id = '01900000-0000-7000-8000-0000000000aa', content = 'needle'; \
         INSERT INTO messages (contact_id, channel, direction, content, status) \
         SELECT contact_id, 'TELEGRAM', 'INBOUND', 'needle', 'FAILED' FROM messages LIMIT 1; \
         UPDATE scheduled_jobs SET status = 'PAUSED'; UPDATE users SET role = 'OWNER'; \
         UPDATE presence SET status = 'BUSY'; UPDATE templates SET channel = 'TELEGRAM'; \
         UPDATE integrations SET channel = 'TELEGRAM', status = 'TRIAL' WHERE channel = 'SMS'",
    );
    let job = database.value("(SELECT min(id::text) FROM scheduled_jobs)");
    let template = database.value("(SELECT min(id::text) FROM templates)");
    for (line, shown) in [
        ("messages thread 01900000-0000-7000-8000-0000000000aa", "DRAFT"),
        ("messages search needle", "TELEGRAM"),
        ("messages unread", "TELEGRAM"),
        ("messages unread --by channel", "TELEGRAM"),
        ("messages failed", "TELEGRAM"),
        ("stats", "TELEGRAM"),
        ("jobs list", "PAUSED"),
        ("jobs stats", "other"),
        (&format!("jobs show {job}"), "PAUSED"),
        ("users list", "OWNER"),
        ("presence list", "BUSY"),
        ("templates list", "TELEGRAM"),
        (&format!("templates show {template}"), "TELEGRAM"),
        ("templates check", ""),
        ("integrations list", "TRIAL"),
        ("assignments list", ""),
    ] {
        let ran = run(&database, line);
        assert!(ran.stdout.contains(shown), "{line}: {ran}");
        let ran = run(&database, &format!("{line} --format json"));
        assert!(ran.stdout.contains(shown), "{line}: {ran}");
    }
    // What we know is found among them, and a status of the application's own is left alone.
    run(&database, "messages unread --channel SMS");
    let ran = Binary::on(&database).run(["jobs", "cancel", &job, "--yes"]).expect_code(3);
    assert!(ran.stdout.contains("application's own"), "{ran}");
}

#[test]
fn times_without_end_and_far_away_are_shown() {
    let database = Database::migrated();
    run(&database, "db seed");
    database.execute(
        "ALTER TABLE contacts DISABLE TRIGGER USER; ALTER TABLE users DISABLE TRIGGER USER",
    );
    let template = database.value("(SELECT min(id::text) FROM templates)");
    let job = database.value("(SELECT min(id::text) FROM scheduled_jobs)");
    for (time, shown) in [
        ("infinity", "infinity"),
        ("-infinity", "-infinity"),
        ("20000-01-01 00:00:00+00", "20000-01-01T00:00:00Z"),
        ("0044-03-15 00:00:00+00 BC", "-000043-03-15T00:00:00Z"),
    ] {
        database.execute(&format!(
            "ALTER TABLE messages DISABLE TRIGGER USER; ALTER TABLE scheduled_jobs DISABLE TRIGGER USER; \
             ALTER TABLE assignments DISABLE TRIGGER USER; ALTER TABLE templates DISABLE TRIGGER USER; \
             ALTER TABLE presence DISABLE TRIGGER USER; ALTER TABLE integrations DISABLE TRIGGER USER; \
             UPDATE contacts SET created_at = '{time}', updated_at = '{time}'; \
             UPDATE users SET created_at = '{time}', deactivated_at = '{time}'; \
             UPDATE messages SET created_at = '{time}', sent_at = '{time}', status = 'FAILED', read_at = NULL, \
                 direction = 'INBOUND', content = 'needle', thread_id = '01900000-0000-7000-8000-0000000000aa'; \
             UPDATE scheduled_jobs SET created_at = '{time}', scheduled_at = '{time}', finished_at = '{time}'; \
             UPDATE assignments SET updated_at = '{time}'; UPDATE presence SET last_seen = '{time}'; \
             UPDATE templates SET created_at = '{time}', updated_at = '{time}'; \
             UPDATE integrations SET updated_at = '{time}'; \
             UPDATE audit_logs SET created_at = '{time}'"
        ));
        for line in [
            &format!("contacts show {CONTACT}"),
            "users list",
            "messages thread 01900000-0000-7000-8000-0000000000aa",
            "messages unread",
            "messages unread --by contact",
            "messages failed",
            "jobs list",
            &format!("jobs show {job}"),
            "assignments list",
            "presence list",
            "templates list",
            &format!("templates show {template}"),
            "integrations list",
            "audit list",
        ] {
            run(&database, line);
            let ran = run(&database, &format!("{line} --format json"));
            assert!(ran.stdout.contains(shown), "{line}: {ran}");
        }
        run(&database, "jobs stats");
        run(&database, "stats");
        run(&database, "messages search needle");
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("audit");
        run(&database, &format!("audit export --out {}", out.display()));
        assert!(std::fs::read_to_string(out).unwrap().contains(shown));
    }
}

#[test]
fn arrays_of_variables_may_have_gaps() {
    let database = Database::migrated();
    run(&database, "db seed");
    database.execute("UPDATE templates SET variables = '{{a,NULL},{b,c}}'");
    let ran = run(&database, "templates list --format json").json();
    assert_eq!(ran["templates"][0]["variables"], serde_json::json!(["a", "b", "c"]));
}

/// Ids of versions 1, 4 and 8 say nothing of time; the newest is what was made last.
#[test]
fn time_is_when_a_row_was_made_whatever_its_id() {
    let database = Database::migrated();
    run(&database, "db seed");
    database.execute(&format!(
        "DELETE FROM messages; DELETE FROM scheduled_jobs; \
         INSERT INTO messages (id, contact_id, channel, direction, content, status, created_at) VALUES \
             ('ffffffff-1111-4111-8111-111111111111', '{CONTACT}', 'SMS', 'INBOUND', 'needle 1', 'RECEIVED', now() - interval '20 days'), \
             ('11111111-1111-1111-8111-111111111111', '{CONTACT}', 'SMS', 'INBOUND', 'needle 3', 'RECEIVED', now() - interval '1 hour'), \
             ('88888888-1111-8111-8111-111111111111', '{CONTACT}', 'SMS', 'INBOUND', 'needle 2', 'RECEIVED', now() - interval '9 days'), \
             ('00000000-1111-4111-8111-111111111111', '{CONTACT}', 'SMS', 'INBOUND', 'needle 0', 'RECEIVED', now() - interval '90 days'); \
         DELETE FROM audit_logs; \
         INSERT INTO audit_logs (id, actor, action, resource, created_at) \
         SELECT id, 'x', content, 'messages', created_at FROM messages; \
         INSERT INTO scheduled_jobs (id, type, scheduled_at, created_at) \
         SELECT id, content, now(), created_at FROM messages"
    ));
    let texts = |line: &str, list: &str, key: &str| -> Vec<String> {
        let json = run(&database, &format!("{line} --format json")).json();
        let rows = json[list].as_array().unwrap().iter();
        rows.map(|row| row[key].as_str().unwrap().replace("needle ", "")).collect()
    };
    assert_eq!(texts("messages search needle", "messages", "content"), ["3", "2", "1"]);
    assert_eq!(texts("messages search needle --limit 1", "messages", "content"), ["3"]);
    assert_eq!(
        texts("messages search needle --since 365d", "messages", "content"),
        ["3", "2", "1", "0"]
    );
    assert_eq!(texts("messages unread", "messages", "content"), ["3", "2", "1", "0"]);
    assert_eq!(texts("jobs list", "jobs", "type"), ["3", "2", "1", "0"]);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("audit");
    run(&database, &format!("audit export --out {}", out.display()));
    let text = std::fs::read_to_string(out).unwrap();
    let actions: Vec<usize> = (0..4).map(|n| text.find(&format!("needle {n}")).unwrap()).collect();
    assert!(actions.is_sorted(), "the oldest first: {text}");
}

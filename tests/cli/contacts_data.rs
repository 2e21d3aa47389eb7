//! `contacts data`, and a person who is spread over every table.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran};

pub(crate) const ROSA: &str = "01900000-0000-7000-8000-0000000000a1";
pub(crate) const ROSA_AT_WORK: &str = "01900000-0000-7000-8000-0000000000a2";
const ROSA_AGAIN: &str = "01900000-0000-7000-8000-0000000000a3";
pub(crate) const BRUNO: &str = "01900000-0000-7000-8000-0000000000b1";

/// What must be found of her, and of which nothing may be left.
pub(crate) const TRACES: [&str; 11] = [
    "Quintanilla",
    "600 111 222",
    "600-111-222",
    "correo.example",
    "699888777",
    "699 888 777",
    "rqv@work.example",
    "rosaq_privada",
    "Zanahoria",
    "Berenjena",
    "Calabaza",
];

/// Rosa, whom two others were merged into, and Bruno, who is nobody's business. The application has
/// tables of its own; two rows are old enough for an archive.
pub(crate) fn spread() -> Database {
    let database = Database::migrated();
    database.execute(&format!(
        "CREATE TABLE orders (id int PRIMARY KEY, contact_id uuid REFERENCES contacts (id) ON DELETE CASCADE, buyer text);
         CREATE TABLE order_lines (order_id int REFERENCES orders (id) ON DELETE CASCADE, what text);
         CREATE TABLE visits (id int, contact_id uuid REFERENCES contacts (id) ON DELETE SET NULL);
         CREATE TABLE attachments (message_id uuid REFERENCES messages (id) ON DELETE CASCADE, name text);
         INSERT INTO users (id, email, name, role) VALUES
             ('01900000-0000-7000-8000-0000000000c1', 'agent@inbox.example', 'Agent', 'ADMIN');
         INSERT INTO contacts (id, name, phone, email, social_handles) VALUES
             ('{ROSA}', 'Rosa Quintanilla', '+34 600 111 222', 'rosa@correo.example', '{{}}'),
             ('{ROSA_AT_WORK}', 'R. Quintanilla', '+34699888777', 'rqv@work.example', '{{}}'),
             ('{ROSA_AGAIN}', 'Rosa Q', NULL, NULL, '{{\"twitter\": \"@rosaq_privada\"}}'),
             ('{BRUNO}', 'Bruno Costa', '+34 600 111 223', 'maria.rosa@correo-bruno.example', '{{}}');
         INSERT INTO messages (contact_id, channel, direction, content, created_at)
             SELECT c.id, 'SMS', 'INBOUND', 'Zanahoria ' || n, now() - make_interval(days => n)
             FROM contacts c, generate_series(1, 3) AS n WHERE c.id <> '{BRUNO}';
         INSERT INTO messages (contact_id, channel, direction, content)
             SELECT '{BRUNO}', 'SMS', 'INBOUND', 'Bruno writes ' || n FROM generate_series(1, 4) AS n;
         INSERT INTO attachments SELECT id, 'Calabaza.pdf' FROM messages WHERE contact_id = '{ROSA}';
         INSERT INTO attachments SELECT id, 'of Bruno' FROM messages WHERE contact_id = '{BRUNO}';
         INSERT INTO notes (contact_id, user_id, content)
             SELECT id, '01900000-0000-7000-8000-0000000000c1', CASE id WHEN '{BRUNO}' THEN 'x' ELSE 'Berenjena' END FROM contacts;
         INSERT INTO assignments (contact_id, user_id)
             VALUES ('{ROSA}', '01900000-0000-7000-8000-0000000000c1'), ('{BRUNO}', '01900000-0000-7000-8000-0000000000c1');
         INSERT INTO presence (user_id, contact_id) VALUES ('01900000-0000-7000-8000-0000000000c1', '{ROSA_AT_WORK}');
         INSERT INTO orders VALUES (1, '{ROSA}', 'Rosa Quintanilla'), (2, '{BRUNO}', 'Bruno');
         INSERT INTO order_lines VALUES (1, 'Calabaza'), (2, 'Bruno');
         INSERT INTO visits VALUES (1, '{ROSA_AT_WORK}'), (2, '{BRUNO}');
         INSERT INTO distinct_contacts VALUES ('{ROSA}', '{BRUNO}', 'agent@inbox.example');
         INSERT INTO scheduled_jobs (type, scheduled_at, status, payload, message_id, last_error)
             SELECT 'send', now(), 'PENDING', '{{\"text\": \"Zanahoria again\"}}', m.id, 'no answer'
             FROM messages m WHERE contact_id = '{ROSA}' LIMIT 1;
         INSERT INTO scheduled_jobs (id, type, scheduled_at, status, payload, finished_at) VALUES
             ('01900000-0000-7000-8000-0000000000d1', 'call', now(), 'PENDING',
              '{{\"to\": [{{\"phone\": \"0034 699 888 777\", \"name\": \"Quintanilla\"}}, {{\"phone\": \"+34600111223\"}}]}}', NULL),
             ('01900000-0000-7000-8000-0000000000d2', 'old', now() - interval '90 days', 'FAILED',
              '{{\"to\": \"RQV@work.example\", \"say\": \"Berenjena\"}}', now() - interval '90 days'),
             ('01900000-0000-7000-8000-0000000000d3', 'old', now() - interval '91 days', 'FAILED',
              '{{\"to\": \"maria.rosa@correo-bruno.example\"}}', now() - interval '91 days');
         INSERT INTO audit_logs (actor, action, resource, resource_id, details, created_at) VALUES
             ('app', 'contact.edit', 'contacts', '{ROSA}', '{{\"name\": [\"Rosa\", \"Rosa Quintanilla\"]}}', now() - interval '5 days'),
             ('app', 'call', 'calls', '7', '{{\"number\": \"+34-600-111-222\", \"heard\": \"Calabaza\"}}', now() - interval '4 days'),
             ('app', 'contact.edit', 'contacts', '{BRUNO}', '{{\"name\": \"Bruno\"}}', now() - interval '5 days')"
    ));
    for other in [ROSA_AT_WORK, ROSA_AGAIN] {
        Binary::on(&database).run(["contacts", "merge", ROSA, other, "--yes"]).expect_code(0);
    }
    Binary::on(&database).run(["audit", "close"]).expect_code(0);
    database
}

/// The old jobs are in an archive afterwards.
pub(crate) fn archive(database: &Database, folder: &Folder) -> String {
    let archives = folder.file("archives");
    fs::create_dir(&archives).unwrap();
    Binary::on(database).run(["jobs", "cleanup", "--archive", &archives, "--yes"]).expect_code(0);
    archives
}

fn data(database: &Database, id: &str, out: &str, more: &[&str]) -> Ran {
    let args = ["contacts", "data", id, "--out", out, "--format", "json"];
    Binary::on(database).run([&args, more].concat())
}

#[test]
fn all_that_is_stored_of_a_person_is_found_and_nothing_of_others() {
    let (database, folder) = (spread(), Folder::new());
    let archives = archive(&database, &folder);
    let out = folder.file("rosa");
    let before = database.contents();
    // By an id that was merged away.
    let view = data(&database, ROSA_AT_WORK, &out, &["--archive", &archives]).expect_code(0).json();
    assert_eq!(database.contents(), before, "it only reads");
    assert_eq!(view["contact"], ROSA);
    assert_eq!(view["merged_ids"], serde_json::json!([ROSA_AT_WORK, ROSA_AGAIN]));
    let places = view["places"].as_array().unwrap();
    let rows = |name: &str| {
        let of = |place: &&Value| place["place"].as_str().unwrap().starts_with(name);
        places.iter().find(of).map(|place| place["rows"].as_u64().unwrap())
    };
    for (place, number) in [
        ("contacts", 1),
        ("contact_identities", 2),
        ("messages", 9),
        ("notes", 3),
        ("assignments", 1),
        ("presence", 1),
        ("contact_merges", 2),
        ("merged_contacts", 2),
        ("distinct_contacts", 1),
        ("orders.contact_id", 1),
        ("order_lines.order_id", 1),
        ("visits.contact_id", 1),
        ("attachments.message_id", 3),
        ("scheduled_jobs", 2),
        ("scheduled_jobs-", 1),
        // The edit, the call, and the two merges.
        ("audit_logs", 4),
    ] {
        assert_eq!(rows(place), Some(number), "{place} of {view:#}");
    }
    let [json, page] = ["data.json", "data.md"].map(|name| format!("{out}/{name}"));
    for (path, mode) in [(&out, 0o700), (&json, 0o600), (&page, 0o600)] {
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode, "{path}");
    }
    let [json, page] = [json, page].map(|path| fs::read_to_string(path).unwrap());
    let document: Value = serde_json::from_str(&json).expect("one document");
    assert_eq!(document["places"]["messages"].as_array().unwrap().len(), 9);
    assert!(page.contains("channel: SMS; content: Zanahoria 3"), "{page}");
    for trace in TRACES {
        assert!(json.contains(trace), "{trace}");
    }
    for text in [&json, &page] {
        assert!(!text.contains("Bruno writes") && !text.contains("correo-bruno"), "{text}");
    }
}

#[test]
fn what_could_not_be_searched_is_said() {
    let (database, folder) = (spread(), Folder::new());
    database.execute(
        "UPDATE contacts SET phone = '+34600111222' WHERE name = 'Bruno Costa';
         CREATE TABLE calls (id int, contact_id text);
         INSERT INTO calls SELECT 1, upper(id::text) FROM contacts WHERE name = 'Rosa Quintanilla'",
    );
    let out = folder.file("rosa");
    let view = data(&database, ROSA, &out, &[]).expect_code(0).json();
    let missing = view["not_searched"].to_string();
    for part in ["none was named, see --archive", "backups", "+34 600 111 222, which another"] {
        assert!(missing.contains(part), "{missing}");
    }
    // No key says that it is one, and a column may have any name.
    database.execute(
        "CREATE TABLE outings (contact_id uuid, t text, t0 text, archived text, r text);
         INSERT INTO outings SELECT id, 'here' FROM contacts WHERE name = 'Rosa Quintanilla'",
    );
    let seen = data(&database, ROSA, &folder.file("again"), &[]).expect_code(0).json();
    assert!(seen["places"].to_string().contains("outings.contact_id"), "{seen}");
    let places = view["places"].to_string();
    assert!(places.contains("calls.contact_id"), "{places}");
}

#[test]
fn a_folder_with_something_in_it_stays_as_it_is() {
    let (database, folder) = (spread(), Folder::new());
    let out = folder.file("rosa");
    data(&database, "01900000-0000-7000-8000-00000000ffff", &out, &[]).expect_code(2);
    assert!(folder.names().is_empty(), "an unknown contact makes no folder");
    data(&database, ROSA, &out, &[]).expect_code(0);
    let again = data(&database, ROSA, &out, &[]).expect_code(4);
    assert!(again.stderr.contains("there is something in it"), "{again}");
    let damaged = folder.file("archives");
    fs::create_dir(&damaged).unwrap();
    fs::write(format!("{damaged}/x.manifest.json"), "{}").unwrap();
    let other = folder.file("other");
    data(&database, ROSA, &other, &["--archive", &damaged]).expect_code(1);
    assert_eq!(folder.names(), ["archives", "rosa"]);
}

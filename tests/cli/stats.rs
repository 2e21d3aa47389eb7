//! `stats`.

use serde_json::Value;

use crate::assert_ran;
use crate::support::{Binary, Database, eventually};

/// Two users, two contacts, and a conversation whose figures are known.
fn conversation() -> Database {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO users (id, email, name) VALUES \
             ('00000000-0000-7000-8000-000000000001', 'ana@inbox.example', 'Ana'), \
             ('00000000-0000-7000-8000-000000000002', 'ben@inbox.example', 'Ben'); \
         INSERT INTO contacts (id, name) VALUES \
             ('00000000-0000-7000-8000-0000000000c1', 'One'), \
             ('00000000-0000-7000-8000-0000000000c2', 'Two'); \
         INSERT INTO assignments (user_id, contact_id) VALUES \
             ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000c1'); \
         INSERT INTO messages (contact_id, channel, direction, content, status, user_id, created_at) \
         SELECT ('00000000-0000-7000-8000-0000000000' || contact)::uuid, channel::channel, \
             direction::message_direction, 'x', status::message_status, \
             ('00000000-0000-7000-8000-00000000000' || author)::uuid, \
             date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - ago::interval \
         FROM (VALUES \
             ('c1', 'SMS', 'INBOUND', 'RECEIVED', NULL, '50:00:00'), \
             ('c1', 'SMS', 'INBOUND', 'RECEIVED', NULL, '49:50:00'), \
             ('c1', 'SMS', 'OUTBOUND', 'DELIVERED', '1', '49:00:00'), \
             ('c1', 'SMS', 'OUTBOUND', 'FAILED', '1', '48:59:00'), \
             ('c2', 'EMAIL', 'INBOUND', 'RECEIVED', NULL, '26:00:00'), \
             ('c2', 'EMAIL', 'OUTBOUND', 'READ', '2', '23:00:00'), \
             ('c2', 'EMAIL', 'OUTBOUND', 'QUEUED', NULL, '22:00:00'), \
             ('c2', 'SMS', 'INBOUND', 'RECEIVED', NULL, '01:00:00'), \
             ('c2', 'SMS', 'INBOUND', 'RECEIVED', NULL, '1000 hours') \
         ) AS m (contact, channel, direction, status, author, ago)",
    );
    database
}

fn json(database: &Database, args: &[&str]) -> Value {
    let binary = Binary::on(database);
    binary.run([&["stats", "--format", "json"], args].concat()).expect_code(0).json()
}

fn group<'a>(document: &'a Value, key: &str) -> &'a Value {
    let groups = document["groups"].as_array().unwrap();
    groups.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("no {key}: {document}"))
}

#[test]
fn channels_directions_rates_and_responses() {
    let database = conversation();
    let document = json(&database, &[]);
    let sms = group(&document, "SMS");
    assert_eq!((&sms["inbound"], &sms["outbound"]), (&3.into(), &2.into()));
    assert_eq!((&sms["delivery_ratio"], &sms["failure_ratio"]), (&0.5.into(), &0.5.into()));
    // From the first of two messages on: an hour. The other contact waits.
    assert_eq!(sms["response_median_seconds"], 3600.0);
    assert_eq!((&sms["answered"], &sms["waiting"]), (&1.into(), &1.into()));
    assert_eq!(sms["active_contacts"], 2);
    let email = group(&document, "EMAIL");
    assert_eq!(email["delivery_ratio"], 1.0, "what is queued is not counted: {email}");
    assert_eq!(email["response_median_seconds"], 3.0 * 3600.0);
    assert_eq!(group(&document, "LINKEDIN")["messages"], 0);
    assert!(group(&document, "LINKEDIN")["delivery_ratio"].is_null());
    let total = &document["total"];
    assert_eq!((&total["messages"], &total["active_contacts"]), (&8.into(), &2.into()));
    assert_eq!(total["response_median_seconds"], 2.0 * 3600.0);
    let days = sms["daily"].as_array().unwrap();
    assert_eq!(days.len(), 31, "thirty days and today");
    assert_eq!(days[30 - 3], 4, "{days:?}");
    // Those before the span count when the span reaches them.
    assert_eq!(json(&database, &["--since", "60d"])["total"]["messages"], 9);
}

#[test]
fn users_and_their_load() {
    let database = conversation();
    let document = json(&database, &[]);
    let users = document["users"].as_array().unwrap();
    assert_eq!(users[0]["user_email"], "ana@inbox.example");
    assert_eq!(
        (&users[0]["sent"], &users[0]["contacts"], &users[0]["assigned_contacts"]),
        (&2.into(), &1.into(), &1.into())
    );
    assert_eq!((&users[1]["sent"], &users[1]["assigned_contacts"]), (&1.into(), &0.into()));
}

#[test]
fn days_begin_where_the_time_zone_says() {
    let database = conversation();
    let day = |zone: &str| {
        let document = json(&database, &["--by", "day", "--since", "3d", "--time-zone", zone]);
        let counts: Vec<u64> = document["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["messages"].as_u64().unwrap())
            .collect();
        assert_eq!(document["time_zone"], zone);
        counts
    };
    // Today and the three days before it; today has none.
    assert_eq!(day("UTC"), [4, 1, 3, 0]);
    // Two hours east of it, two messages of late evening belong to the next day.
    let east = day("Etc/GMT-2");
    assert_eq!(east.iter().sum::<u64>(), 8, "{east:?}");
    assert_ne!(east[..3], [4, 1, 3], "{east:?}");
    for by in ["week", "month"] {
        let document = json(&database, &["--by", by, "--since", "3d"]);
        assert!((1..=2).contains(&document["groups"].as_array().unwrap().len()), "{document}");
    }
    let ran = Binary::on(&database).run(["stats", "--time-zone", "Europe/Madird"]).expect_code(2);
    assert!(ran.stderr.contains("did you mean Europe/Madrid?"), "{ran}");
}

#[test]
fn who_floods_the_inbox_comes_first() {
    let database = conversation();
    database.execute(
        "INSERT INTO contacts (id, phone) VALUES ('00000000-0000-7000-8000-0000000000c3', '+34600111222'); \
         INSERT INTO messages (contact_id, channel, direction, content, status, created_at) \
         SELECT ('00000000-0000-7000-8000-0000000000c' || contact)::uuid, 'SMS', direction::message_direction, 'x', \
             status::message_status, now() - number * interval '1 min' \
         FROM (VALUES (3, 'INBOUND', 'RECEIVED', 30), (2, 'INBOUND', 'RECEIVED', 2), \
                      (2, 'OUTBOUND', 'FAILED', 3)) AS m (contact, direction, status, last), \
         generate_series(1, last) AS number",
    );
    let document = json(&database, &["--by", "contact", "--since", "1h"]);
    let contacts = document["contacts"].as_array().unwrap();
    let numbers = |row: &Value| {
        ["messages", "inbound", "outbound", "failed"].map(|key| row[key].as_u64().unwrap())
    };
    assert_eq!(contacts.len(), 2, "only of the last hour: {document}");
    assert_eq!(numbers(&contacts[0]), [30, 30, 0, 0]);
    assert_eq!(contacts[0]["contact_known_by"], "+34600111222");
    assert_eq!(numbers(&contacts[1]), [5, 2, 3, 3]);
    assert_eq!(contacts[1]["contact_name"], "Two");
    assert_eq!(document["truncated"], false);
    let first = json(&database, &["--by", "contact", "--since", "1h", "--limit", "1"]);
    assert_eq!(
        (first["contacts"].as_array().unwrap().len(), &first["truncated"]),
        (1, &true.into())
    );
    let text =
        Binary::on(&database).run(["stats", "--by", "contact", "--since", "1h"]).expect_code(0);
    assert!(
        text.stdout.starts_with("contact") && text.stdout.contains("2 contacts since "),
        "{text}"
    );
    let none =
        Binary::on(&database).run(["stats", "--by", "contact", "--since", "1s"]).expect_code(0);
    assert!(none.stdout.contains("No messages since "), "{none}");
}

#[test]
fn less_than_two_days_are_told_by_the_hour() {
    let database = conversation();
    database.execute(
        "DELETE FROM messages WHERE direction = 'INBOUND'; UPDATE messages SET created_at = now() - interval '90 min'",
    );
    let hours = json(&database, &["--since", "3h"]);
    let hourly = group(&hours, "SMS")["hourly"].as_array().unwrap();
    assert!(hourly.len() == 4 && group(&hours, "SMS")["daily"].is_null(), "{hours}");
    assert_eq!(hourly[1..3].iter().map(|hour| hour.as_u64().unwrap()).sum::<u64>(), 2, "{hours}");
    // It begins with the hour, not with the day.
    let since: jiff::Timestamp = hours["since"].as_str().unwrap().parse().unwrap();
    let until: jiff::Timestamp = hours["until"].as_str().unwrap().parse().unwrap();
    assert!(until.duration_since(since) < jiff::SignedDuration::from_hours(4), "{hours}");
    assert!(group(&json(&database, &["--since", "2d"]), "SMS")["daily"].is_array());
    let text = Binary::on(&database).run(["stats", "--since", "3h"]).expect_code(0);
    assert!(text.stdout.contains("from hour to hour") && text.stdout.contains("an hour"), "{text}");
    // An hour of a zone that is half an hour off, and each of a day of 25.
    let by_hour =
        json(&database, &["--by", "hour", "--since", "2h", "--time-zone", "Asia/Kolkata"]);
    assert!(by_hour["groups"][0]["key"].as_str().unwrap().ends_with(":00"), "{by_hour}");
    assert!(by_hour["since"].as_str().unwrap().contains(":30:00"), "{by_hour}");
    let autumn =
        ["--by", "hour", "--since", "2025-10-25T22:00:00Z", "--time-zone", "Europe/Madrid"];
    let autumn = json(&database, &autumn);
    let keys = autumn["groups"]
        .as_array()
        .unwrap()
        .iter()
        .take(25)
        .map(|row| row["key"].as_str().unwrap());
    assert_eq!(keys.filter(|key| *key == "2025-10-26 02:00").count(), 2);
}

#[test]
fn it_reads_well() {
    let database = conversation();
    for by in ["channel", "day"] {
        let ran = Binary::on(&database).run(["stats", "--by", by, "--since", "3d"]);
        assert_eq!(ran.code, 0, "{ran}");
        for line in ran.stdout.lines() {
            assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
        }
    }
    let empty = Database::migrated();
    let json = json(&empty, &[]);
    assert!(json["total"]["response_median_seconds"].is_null(), "{json}");
    assert_ran!(Binary::on(&database).run(["stats"]));
}

#[test]
fn messages_before_the_span_are_not_read() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO contacts (name) SELECT n::text FROM generate_series(1, 100) n; \
         INSERT INTO messages (contact_id, channel, direction, content, status, created_at) \
         SELECT c.id, 'SMS', 'INBOUND', repeat('x', 200), 'RECEIVED', now() - n * interval '1 hour' \
         FROM generate_series(1, 400) n, contacts c",
    );
    database.execute("VACUUM ANALYZE messages");
    let scans =
        || database.value("(SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'messages')");
    let index_scans = || {
        let scans = "SELECT idx_scan FROM pg_stat_user_indexes \
                     WHERE indexrelname = 'messages_created_at_idx'";
        database.value(&format!("({scans})")).parse::<u64>().unwrap()
    };
    let before = (scans(), index_scans());
    for by in ["channel", "day"] {
        let document = json(&database, &["--by", by, "--since", "1d"]);
        let messages = document["total"]["messages"].as_u64().unwrap();
        assert!(messages < 5_000, "{messages} of 40,000");
    }
    eventually("the scans are counted", || index_scans() > before.1);
    assert_eq!(scans(), before.0, "messages were read from end to end");
}

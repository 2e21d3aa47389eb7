//! `messages thread`, `unread`, `search`, `failed`.

use serde_json::Value;

use crate::assert_ran;
use crate::support::{Binary, Database, Ran};

const AMARA: &str = "01900000-0000-7000-8000-000000000101";
const THREAD: &str = "01900000-0000-7000-8000-0000000000aa";

/// The base rows without their messages, and a conversation of our own.
fn filled() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database.execute(&format!(
        "DELETE FROM messages; \
         INSERT INTO messages (contact_id, channel, direction, content, status, thread_id, \
                               read_at, user_id, metadata, created_at) \
         SELECT '{AMARA}', channel::channel, direction::message_direction, content, \
                status::message_status, thread, \
                CASE WHEN status = 'READ' THEN now() END, \
                (SELECT id FROM users WHERE email = editor), metadata::jsonb, now() - ago::interval \
         FROM (VALUES \
             ('SMS', 'INBOUND', 'Is the blue one in stock?', 'READ', '{THREAD}', NULL, '{{}}', '3 hours'), \
             ('SMS', 'OUTBOUND', 'It is: 100% sure.', 'DELIVERED', '{THREAD}', 'editor@inbox.example', '{{}}', '2 hours'), \
             ('SMS', 'INBOUND', E'Then I \\x1b[31mtake\\x1b[0m it', 'RECEIVED', '{THREAD}', NULL, '{{}}', '1 hour'), \
             ('EMAIL', 'INBOUND', 'Order of the BLUE one', 'RECEIVED', NULL, NULL, '{{}}', '30 minutes'), \
             ('EMAIL', 'OUTBOUND', 'Your bill', 'FAILED', NULL, NULL, \
              '{{\"error\": {{\"code\": \"550\", \"message\": \"mailbox unavailable\"}}}}', '10 minutes') \
         ) AS rows (channel, direction, content, status, thread, editor, metadata, ago) \
         ORDER BY ago DESC"
    ));
    database
}

fn messages(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["messages"], args].concat())
}

fn json(database: &Database, args: &[&str]) -> Value {
    messages(database, &[args, &["--format", "json"]].concat()).expect_code(0).json()
}

fn contents(list: &Value) -> Vec<&str> {
    let rows = list["messages"].as_array().unwrap().iter();
    rows.map(|message| message["content"].as_str().unwrap()).collect()
}

#[test]
fn a_thread_is_read_from_top_to_bottom() {
    let database = filled();
    let ran = messages(&database, &["thread", THREAD]).expect_code(0);
    assert!(!ran.stdout.contains('\x1b'), "a message steers no terminal: {ran}");
    assert_ran!("thread", ran);
    let cut = json(&database, &["thread", THREAD, "--limit", "1"]);
    assert_eq!(contents(&cut), ["Then I \x1b[31mtake\x1b[0m it"]);
    assert_eq!(cut["truncated"], true);
    let all = json(&database, &["thread", "--contact", AMARA]);
    assert_eq!(contents(&all).len(), 5);
    assert_eq!(contents(&all)[4], "Your bill");
}

#[test]
fn a_contact_that_was_merged_away_leads_to_its_survivor() {
    let database = filled();
    let again = "01900000-0000-7000-8000-000000000107";
    Binary::on(&database).run(["contacts", "merge", AMARA, again, "--yes"]).expect_code(0);
    assert_eq!(contents(&json(&database, &["thread", "--contact", again])).len(), 5);
}

#[test]
fn an_unknown_thread_is_helped() {
    let database = filled();
    let missing = "01900000-0000-7000-8000-000000000999";
    messages(&database, &["thread", missing]).expect_code(2);
    messages(&database, &["thread", "--contact", missing]).expect_code(2);
    assert_ran!("thread_is_contact", messages(&database, &["thread", AMARA]).expect_code(2));
}

#[test]
fn unread_is_listed_and_counted() {
    let database = filled();
    let unread = json(&database, &["unread"]);
    assert_eq!(contents(&unread)[0], "Order of the BLUE one");
    assert_eq!(contents(&unread).len(), 2);
    assert_eq!(contents(&json(&database, &["unread", "--channel", "sms"])).len(), 1);
    assert_ran!("unread_by_user", messages(&database, &["unread", "--by", "user"]));
    assert_ran!("unread_by_contact", messages(&database, &["unread", "--by", "contact"]));
    assert_ran!("unread_by_channel", messages(&database, &["unread", "--by", "channel"]));
    let cut = json(&database, &["unread", "--by", "channel", "--limit", "1"]);
    assert_eq!(cut["truncated"], true);
    assert_eq!(cut["groups"].as_array().unwrap().len(), 1);
    database.execute("UPDATE messages SET read_at = now()");
    let ran = messages(&database, &["unread", "--by", "user"]).expect_code(0);
    assert!(ran.stdout.contains("Nothing is unread."), "{ran}");
}

#[test]
fn search_finds_text_and_takes_it_literally() {
    let database = filled();
    let found = |args: &[&str]| {
        let list = json(&database, &[&["search"], args].concat());
        contents(&list).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found(&["blue ONE"]), ["Order of the BLUE one", "Is the blue one in stock?"]);
    assert_eq!(found(&["100% s"]), ["It is: 100% sure."]);
    assert!(found(&["100_ s"]).is_empty());
    assert_eq!(found(&["blue one", "--contact", AMARA]).len(), 2);
    let near = messages(&database, &["unread", "--channel", "watsapp"]).expect_code(2);
    assert!(near.stderr.contains("'WHATSAPP'"), "{near}");
    let ran = messages(&database, &["search", "xyzzy", "--since", "2026-01-01"]).expect_code(0);
    assert!(ran.stderr.contains("looked back to 2026-01-01 00:00 UTC"), "{ran}");
}

#[test]
fn failed_says_why() {
    let database = filled();
    assert_ran!("failed", messages(&database, &["failed"]).expect_code(0));
    assert!(contents(&json(&database, &["failed", "--channel", "sms"])).is_empty());
    assert!(contents(&json(&database, &["failed", "--since", "5m"])).is_empty());
    assert_eq!(contents(&json(&database, &["failed", "--since", "1h"])), ["Your bill"]);
}

#[test]
fn a_message_is_shown_with_why_it_failed_and_its_jobs() {
    let database = filled();
    database.execute(
        "UPDATE messages SET id = 'ab120000-0000-7000-8000-000000000001', \
             external_id = 'SM-provider-1', thread_id = 'bills' WHERE status = 'FAILED'; \
         INSERT INTO scheduled_jobs (id, type, scheduled_at, payload, message_id) VALUES \
             ('01900000-0000-7000-8000-00000000ab01', 'send_message', now(), '{}', \
              'ab120000-0000-7000-8000-000000000001'), \
             ('01900000-0000-7000-8000-00000000ab02', 'track', now(), \
              '{\"of\": \"SM-provider-1\"}', NULL), \
             ('01900000-0000-7000-8000-00000000ab03', 'track', now(), '{\"of\": \"other\"}', NULL)",
    );
    for text in ["ab12", "AB120000-0000-7000-8000-000000000001", "SM-provider-1"] {
        let shown = json(&database, &["show", text]);
        assert_eq!(shown["error"], "550 mailbox unavailable", "{text}");
        assert_eq!(shown["contact"]["id"], AMARA);
        assert_eq!(shown["thread_id"], "bills");
        let jobs = shown["jobs"].as_array().unwrap().iter().map(|job| job["type"].as_str());
        assert_eq!(jobs.collect::<Vec<_>>(), [Some("send_message"), Some("track")]);
    }
    let ran = messages(&database, &["show", "ab12"]).expect_code(0);
    assert!(ran.stdout.contains("550 mailbox unavailable"), "{ran}");
    // A piece of another text is no name of it, and many are cut.
    database.execute(
        "INSERT INTO scheduled_jobs (type, scheduled_at, payload) VALUES \
             ('survey', now(), '{\"of\": \"SM-provider-11\"}'); \
         INSERT INTO scheduled_jobs (type, scheduled_at, payload) \
             SELECT 'track', now(), '{\"of\": \"SM-provider-1\"}' FROM generate_series(1, 30)",
    );
    let shown = json(&database, &["show", "ab12"]);
    assert_eq!(shown["jobs"].as_array().unwrap().len(), 20);
    assert_eq!(shown["truncated"], true);
    assert!(!shown["jobs"].to_string().contains("survey"), "{shown}");
    let nobodys = "ab120000-0000-7000-8000-00000000000f";
    let ran = messages(&database, &["show", nobodys]).expect_code(2);
    assert!(ran.stderr.contains("--since 30d"), "{ran}");
    database.execute(&format!(
        "UPDATE messages SET external_id = '{nobodys}' WHERE external_id = 'SM-provider-1'"
    ));
    let shown = json(&database, &["show", nobodys, "--since", "30d"]);
    assert_eq!(shown["external_id"], nobodys);
    let ran = messages(&database, &["show", "SM-provider-2"]).expect_code(2);
    assert!(ran.stderr.contains("--since looks further back"), "{ran}");
}

#[test]
fn every_list_is_cut_by_channel_and_time() {
    let database = filled();
    let contents = |args: &[&str]| {
        let list = json(&database, args);
        let rows = list["messages"].as_array().unwrap().clone();
        rows.iter().map(|row| row["content"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let of_contact = ["thread", "--contact", AMARA];
    assert_eq!(contents(&of_contact).len(), 5);
    let cut = [&of_contact[..], &["--channel", "email"]].concat();
    assert_eq!(contents(&cut), ["Order of the BLUE one", "Your bill"]);
    let cut = [&of_contact[..], &["--since", "150m", "--until", "90m"]].concat();
    assert_eq!(contents(&cut), ["It is: 100% sure."]);
    // A thread of which nothing is shown is there all the same.
    assert!(contents(&["thread", THREAD, "--until", "30d"]).is_empty());
    assert_eq!(contents(&["unread", "--since", "45m"]), ["Order of the BLUE one"]);
    assert!(contents(&["failed", "--until", "1h"]).is_empty());
    assert_eq!(contents(&["search", "blue", "--channel", "sms"]), ["Is the blue one in stock?"]);
    assert_eq!(contents(&["search", "blue", "--until", "1h"]), ["Is the blue one in stock?"]);
    let of_one = ["search", "blue", "--contact", AMARA, "--channel", "email"];
    assert_eq!(contents(&of_one), ["Order of the BLUE one"]);
}

#[test]
fn a_contact_without_a_name_is_known_by_its_phone() {
    let database = filled();
    database.execute(&format!("UPDATE contacts SET name = NULL WHERE id = '{AMARA}'"));
    for args in [&["unread"][..], &["unread", "--by", "contact"], &["failed"]] {
        let ran = messages(&database, args).expect_code(0);
        assert!(ran.stdout.contains("+14155550101"), "{ran}");
    }
    assert!(json(&database, &["failed"])["messages"][0]["contact_name"].is_null());
    let ran = Binary::on(&database).run(["assignments", "list"]).expect_code(0);
    assert!(ran.stdout.contains("+14155550101"), "{ran}");
}

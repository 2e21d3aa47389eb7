//! Policies for what people wrote and for who they are: messages, notes, contacts, merges.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::retention::{hold, with_policies};
use crate::support::{Binary, Database, Ran};

const ANA: &str = "01900000-0000-7000-8000-0000000000a1";
const BEA: &str = "01900000-0000-7000-8000-0000000000b1";
const CRIS: &str = "01900000-0000-7000-8000-0000000000c1";
const USER: &str = "01900000-0000-7000-8000-0000000000f1";

/// Three contacts of long ago: Ana wrote lately, Bea and Cris didn't; Cris is assigned.
fn filled() -> Database {
    let database = Database::migrated();
    database.execute(&format!(
        "INSERT INTO users (id, email, name, role) VALUES ('{USER}', 'ana@example.org', 'Ana', 'ADMIN');
         INSERT INTO contacts (id, name, created_at, updated_at) SELECT id::uuid, name, now() - interval '9 years', now() - interval '9 years'
             FROM (VALUES ('{ANA}', 'Ana'), ('{BEA}', 'Bea'), ('{CRIS}', 'Cris')) AS v (id, name);
         INSERT INTO assignments (user_id, contact_id) VALUES ('{USER}', '{CRIS}');
         INSERT INTO contact_identities (contact_id, kind, value) VALUES ('{BEA}', 'EMAIL', 'bea@example.com');
         INSERT INTO notes (contact_id, user_id, content, created_at)
             SELECT '{BEA}', '{USER}', 'note ' || n, now() - make_interval(days => n) FROM generate_series(10, 2000, 10) AS n;
         INSERT INTO messages (contact_id, channel, direction, status, content, thread_id, created_at, updated_at, metadata)
             SELECT CASE WHEN n < 1200 THEN '{ANA}' ELSE '{BEA}' END::uuid,
                 (ARRAY['SMS', 'EMAIL']::channel[])[1 + n / 10 % 2], (ARRAY['INBOUND', 'OUTBOUND']::message_direction[])[1 + n / 10 % 2],
                 (ARRAY['RECEIVED', 'SENT']::message_status[])[1 + n / 10 % 2], 'text ' || n,
                 CASE WHEN n % 20 = 0 THEN 'thread ' || n / 1000 END, now() - make_interval(days => n), now() - make_interval(days => n), '{{\"n\": 1}}'
             FROM generate_series(10, 2000, 10) AS n"
    ));
    database
}

fn policy(table: &str, days: u32, more: &str) -> String {
    format!(
        "[retention]\n[[retention.policy]]\nname = \"it\"\ntable = \"{table}\"\nolder_than = \"{days}d\"\nmax_rows = 100_000\n{more}\n"
    )
}

fn run(database: &Database, policy: &str, args: &[&str]) -> Ran {
    let args = [&["retention"], args, &["--format", "json"]].concat();
    with_policies(database, policy).run(args)
}

/// What a plan says of the only policy, and what its run says then.
fn plan_and_run(database: &Database, policy: &str, args: &[&str]) -> (Value, Value) {
    let before = database.contents();
    let plan = run(database, policy, &["plan"]).expect_code(0).json()["policies"][0].clone();
    assert_eq!(database.contents(), before, "a plan changes nothing");
    let args = [&["run", "--yes"], args].concat();
    let done = run(database, policy, &args).expect_code(0).json()["policies"][0].clone();
    (plan, done)
}

fn count(database: &Database, from: &str) -> u64 {
    database.value(&format!("(SELECT count(*) FROM {from})")).parse().unwrap()
}

fn manifests(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<PathBuf> =
        all.filter(|path| path.to_string_lossy().ends_with(".manifest.json")).collect();
    all.sort();
    all
}

#[test]
fn old_messages_go_by_their_age_and_the_filters() {
    for (more, condition) in [
        ("then = \"delete\"", "true"),
        ("then = \"delete\"\nchannel = \"sms\"", "channel = 'SMS'"),
        ("then = \"delete\"\nstatus = \"sent\"\ndirection = \"outbound\"", "status = 'SENT'"),
    ] {
        let database = filled();
        // One that is to be sent yet is as old as that day.
        database.execute("UPDATE messages SET scheduled_at = now() + interval '1 day' WHERE content = 'text 1990'");
        let old = format!(
            "messages WHERE {condition} AND created_at < now() - interval '365 days' AND scheduled_at IS NULL"
        );
        let (all, meant) = (count(&database, "messages"), count(&database, &old));
        let (plan, done) = plan_and_run(&database, &policy("messages", 365, more), &[]);
        assert_eq!(plan["eligible"], meant, "{plan:#}");
        assert_eq!(plan["examples"].as_array().unwrap().len(), 3, "{plan:#}");
        assert_eq!(done["deleted"], meant, "{done:#}");
        assert_eq!(count(&database, &old), 0, "{more}");
        assert_eq!(count(&database, "messages"), all - meant, "{more}");
    }
}

#[test]
fn a_whole_thread_waits_for_its_newest_message() {
    let database = filled();
    let more = "then = \"delete\"\nwhole_threads = true";
    // Thread 0 is of the last 1,000 days.
    let (_, done) = plan_and_run(&database, &policy("messages", 365, more), &[]);
    assert_eq!(count(&database, "messages WHERE thread_id = 'thread 0'"), 49);
    assert_eq!(count(&database, "messages WHERE thread_id = 'thread 1'"), 0);
    assert_eq!(
        count(
            &database,
            "messages WHERE created_at < now() - interval '365 days' AND thread_id IS NULL"
        ),
        0
    );
    assert!(done["deleted"].as_u64() > Some(90), "{done:#}");
}

#[test]
fn what_keeps_a_message_is_named() {
    let database = filled();
    hold(&database, &["--contact", BEA]);
    database.execute(
        "INSERT INTO scheduled_jobs (type, scheduled_at, message_id, status)
             SELECT 'x', now(), id, 'COMPLETED' FROM messages WHERE content = 'text 1000';
         INSERT INTO scheduled_jobs (type, scheduled_at, message_id)
             SELECT 'x', now(), id FROM messages WHERE content = 'text 1010'",
    );
    let (plan, done) = plan_and_run(&database, &policy("messages", 365, "then = \"redact\""), &[]);
    assert_eq!(plan["kept"][0]["rows"], 1, "a job that waits needs its text: {plan:#}");
    assert_eq!((&plan["held"], &done["held"]), (&Value::from(81), &Value::from(81)), "{plan:#}");
    let (plan, _) = plan_and_run(&database, &policy("messages", 365, "then = \"delete\""), &[]);
    assert_eq!(plan["kept"][0]["rows"], 2, "{plan:#}");
    assert_eq!(count(&database, &format!("messages WHERE contact_id = '{BEA}'")), 81);
    assert_eq!(count(&database, "messages WHERE content IN ('', 'text 1010')"), 2);
    // A hold on one that was merged away is one on what the survivor has.
    let merged = filled();
    merged.execute(&format!("INSERT INTO contacts (id, name) VALUES ('{USER}', 'Old Bea')"));
    hold(&merged, &["--contact", USER]);
    Binary::on(&merged).run(["contacts", "merge", BEA, USER, "--yes"]).expect_code(0);
    let (plan, _) = plan_and_run(&merged, &policy("messages", 365, "then = \"delete\""), &[]);
    assert_eq!(plan["held"], 81, "{plan:#}");
}

#[test]
fn redacted_messages_keep_all_but_their_text_and_come_back() {
    let database = filled();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let rest =
        "(SELECT md5(string_agg((to_jsonb(m) - 'content')::text, '' ORDER BY id)) FROM messages m)";
    let before = database.value(rest);
    let policy = policy("messages", 365, "then = \"redact\"");
    let (plan, done) = plan_and_run(&database, &policy, &["--archive", path]);
    assert_eq!((&plan["becomes"], &done["becomes"]), (&"redacted".into(), &"redacted".into()));
    assert_eq!((&plan["eligible"], &done["deleted"]), (&done["redacted"], &Value::from(0)));
    assert_eq!(database.value(rest), before, "nothing but the text is another");
    assert_eq!(count(&database, "messages WHERE content = ''"), done["redacted"].as_u64().unwrap());
    assert_eq!(
        count(
            &database,
            "messages WHERE content = '' AND created_at > now() - interval '365 days'"
        ),
        0
    );
    let (again, _) = plan_and_run(&database, &policy, &["--archive", path]);
    assert_eq!(again["eligible"], 0, "{again:#}");

    let manifests = manifests(folder.path());
    let manifest = manifests[0].to_str().unwrap();
    let ran = Binary::on(&database).run(["retention", "restore", manifest, "--format", "json"]);
    let restored = ran.expect_code(0).json();
    assert_eq!(restored["refilled"], done["redacted"], "{restored:#}");
    assert_eq!(count(&database, "messages WHERE content = ''"), 0);
    assert_eq!(database.value(rest), before);
}

#[test]
fn what_a_trigger_makes_of_a_redaction_is_seen() {
    let database = filled();
    let before = count(&database, "messages WHERE content <> ''");
    for body in ["RETURN NULL", "NEW.content := OLD.content; RETURN NEW"] {
        database.execute(&format!(
            "CREATE OR REPLACE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {body}; END';
             DROP TRIGGER IF EXISTS keep ON messages;
             CREATE TRIGGER keep BEFORE UPDATE ON messages FOR EACH ROW EXECUTE FUNCTION keep()"
        ));
        let ran = run(&database, &policy("messages", 365, "then = \"redact\""), &["run", "--yes"]);
        let ran = ran.expect_code(1);
        assert!(ran.stderr.contains("trigger keep"), "{ran}");
        assert_eq!(count(&database, "messages WHERE content <> ''"), before);
    }
}

#[test]
fn old_notes_go_and_come_back() {
    let database = filled();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let before = database.value("(SELECT md5(string_agg(n::text, '' ORDER BY id)) FROM notes n)");
    let args = ["--archive", path, "--batch-size", "7"];
    let (plan, done) = plan_and_run(&database, &policy("notes", 365, ""), &args);
    assert_eq!((&plan["eligible"], &done["archived"]), (&done["deleted"], &done["deleted"]));
    assert_eq!(count(&database, "notes"), 36, "{done:#}");
    for manifest in manifests(folder.path()) {
        Binary::on(&database)
            .run(["retention", "restore", manifest.to_str().unwrap()])
            .expect_code(0);
    }
    let after = database.value("(SELECT md5(string_agg(n::text, '' ORDER BY id)) FROM notes n)");
    assert_eq!(after, before);
    // Without an archive, in batches too.
    let done = run(&database, &policy("notes", 365, ""), &["run", "--yes", "--batch-size", "7"]);
    assert_eq!(done.expect_code(0).json()["policies"][0]["deleted"], plan["eligible"]);
    assert_eq!(count(&database, "notes"), 36);
}

#[test]
fn who_did_not_write_for_long_goes_with_what_is_theirs() {
    let database = filled();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let policy = policy("contacts", 1095, "");
    // Bea wrote 1,200 days ago; without an archive, her messages and notes keep her.
    let (plan, done) = plan_and_run(&database, &policy, &[]);
    assert_eq!((&plan["eligible"], &done["deleted"]), (&0.into(), &0.into()), "{plan:#}");
    let kept: Vec<&str> = plan["kept"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["referenced_by"].as_str().unwrap())
        .collect();
    assert_eq!(kept, ["messages", "notes"], "{plan:#}");

    let policy = policy.replace("[retention]", &format!("[retention]\narchive = \"{path}\""));
    database.execute(&format!(
        "CREATE TABLE attachments (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), message_id uuid REFERENCES messages (id) ON DELETE CASCADE);
         INSERT INTO attachments (message_id) SELECT id FROM messages WHERE contact_id = '{BEA}' LIMIT 5;
         CREATE TABLE calls (contact_id uuid)"
    ));
    let before = database.contents();
    // What looks like a reference keeps her, too, and so does a hold on one of her messages.
    for (keeps, undo) in [
        (format!("INSERT INTO calls VALUES ('{BEA}')"), "DELETE FROM calls"),
        (
            format!(
                "INSERT INTO retention_holds (kind, value, reason, actor) SELECT 'resource', 'messages/' || min(id::text), 'x', 'x' FROM messages WHERE contact_id = '{BEA}'"
            ),
            "DELETE FROM retention_holds",
        ),
        (
            format!(
                "INSERT INTO messages (contact_id, channel, direction, content) VALUES ('{BEA}', 'SMS', 'INBOUND', 'hello')"
            ),
            "DELETE FROM messages WHERE content = 'hello'",
        ),
        (
            format!("INSERT INTO assignments (contact_id, user_id) VALUES ('{BEA}', '{USER}')"),
            "DELETE FROM assignments WHERE contact_id <> '01900000-0000-7000-8000-0000000000c1'",
        ),
    ] {
        database.execute(&keeps);
        let done = run(&database, &policy, &["run", "--yes"]).expect_code(0).json();
        assert_eq!(done["policies"][0]["deleted"], 0, "{keeps}: {done:#}");
        database.execute(undo);
    }
    let (plan, done) = plan_and_run(&database, &policy, &[]);
    assert_eq!(plan["examples"][0]["about"], "Bea", "{plan:#}");
    assert_eq!(done["deleted"], 1, "{done:#}");
    assert_eq!(plan["along"], done["along"]);
    assert_eq!(done["along"]["messages"], 81, "{done:#}");
    assert_eq!(done["along"]["attachments"], 5, "{done:#}");
    assert_eq!(done["along"]["contact_identities"], 1, "{done:#}");
    assert_eq!(count(&database, "contacts"), 2);
    assert_eq!(count(&database, "messages"), 119);
    let manifest = manifests(folder.path()).pop().unwrap();
    Binary::on(&database).run(["retention", "restore", manifest.to_str().unwrap()]).expect_code(0);
    let own = ["contacts", "contact_identities", "messages", "notes", "attachments"];
    let of = |contents: Vec<(String, String)>| -> Vec<(String, String)> {
        contents
            .into_iter()
            .filter(|(table, _)| own.iter().any(|own| table.ends_with(own)))
            .collect()
    };
    assert_eq!(of(database.contents()), of(before));
    assert_eq!(count(&database, "messages"), 200);
    assert_eq!(count(&database, "contact_identities"), 1);
}

#[test]
fn merges_forget_what_they_recorded_and_lead_on() {
    let database = filled();
    Binary::on(&database).run(["contacts", "merge", ANA, BEA, "--yes"]).expect_code(0);
    let id = database.value("(SELECT id FROM contact_merges)");
    let policy = policy("contact_merges", 90, "");
    let listed = with_policies(&database, &policy).run(["contacts", "merges", "--format", "json"]);
    let until = listed.expect_code(0).json()["merges"][0]["undo_until"].as_str().map(str::to_owned);
    assert!(until.is_some(), "a policy empties it one day");
    let unmerge = with_policies(&database, &policy).run(["contacts", "unmerge", &id, "--dry-run"]);
    let unmerge = unmerge.expect_code(0);
    assert!(unmerge.stdout.contains("It can be undone until"), "{unmerge}");
    let (plan, _) = plan_and_run(&database, &policy, &[]);
    assert_eq!(plan["eligible"], 0, "{plan:#}");

    database.execute("UPDATE contact_merges SET merged_at = now() - interval '91 days'");
    let folder = tempfile::tempdir().unwrap();
    let before = database.value("(SELECT md5(m::text) FROM contact_merges m)");
    let (plan, done) =
        plan_and_run(&database, &policy, &["--archive", folder.path().to_str().unwrap()]);
    assert_eq!((&plan["eligible"], &done["redacted"]), (&1.into(), &1.into()), "{done:#}");
    assert_eq!(
        database.value("(SELECT before::text || after || moved FROM contact_merges)"),
        "{}{}{}"
    );
    assert_eq!(database.value("(SELECT survivor_id FROM merged_contacts)"), ANA);
    let refused = Binary::on(&database).run(["contacts", "unmerge", &id, "--yes"]).expect_code(4);
    assert!(refused.stderr.contains("was emptied"), "{refused}");
    let merges = Binary::on(&database).run(["contacts", "merges", "--format", "json"]).json();
    assert_eq!(merges["merges"][0]["emptied"], true, "{merges:#}");

    let manifest = manifests(folder.path()).pop().unwrap();
    Binary::on(&database).run(["retention", "restore", manifest.to_str().unwrap()]).expect_code(0);
    assert_eq!(database.value("(SELECT md5(m::text) FROM contact_merges m)"), before);
    Binary::on(&database).run(["contacts", "unmerge", &id, "--yes"]).expect_code(0);
    assert_eq!(count(&database, &format!("contacts WHERE id = '{BEA}'")), 1);
}

#[test]
fn a_policy_says_what_it_means() {
    let database = Database::migrated();
    for (policy, expected) in [
        (policy("messages", 9, ""), "it needs then = "),
        (policy("messages", 9, "then = \"hide\""), "unknown variant"),
        (policy("messages", 9, "then = \"delete\"\nchannel = \"fax\""), "is no channel"),
        (policy("messages", 9, "then = \"delete\"\nstatus = \"gone\""), "is no status"),
        (policy("notes", 9, "then = \"redact\""), "are of messages"),
        (policy("contacts", 9, "status = \"sent\""), "a status is of"),
        (policy("contact_merges", 9, "actions = [\"x\"]"), "are of audit_logs"),
    ] {
        let ran = run(&database, &policy, &["plan"]).expect_code(2);
        assert!(ran.stderr.contains(expected), "{policy}: {ran}");
    }
}

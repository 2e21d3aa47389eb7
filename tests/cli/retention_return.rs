//! Rows of the application that went along with archived ones, on their way back: what can't come
//! back is said, the plan says the same, and what stands is what was archived.

use std::fs;
use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::support::{Binary, Database, Ran};

const USER: &str = "33333333-1111-4111-8111-111111111111";

/// Six old jobs whose messages hang on them, and flags on those. Archived and gone.
pub(crate) fn archived(more: &str) -> (Database, tempfile::TempDir, PathBuf) {
    let database = Database::migrated();
    database.execute(&format!(
        "INSERT INTO contacts (id, name, phone) VALUES (lpad('c', 32, '0')::uuid, 'Ana', '+34600111222');
         INSERT INTO users (id, email, name, role) VALUES ('{USER}', 'u@inbox.example', 'U', 'EDITOR');
         INSERT INTO scheduled_jobs (id, type, scheduled_at, status, finished_at)
         SELECT lpad(n::text, 32, '0')::uuid, 'send', now() - interval '30 days', 'FAILED', now() - interval '30 days'
         FROM generate_series(1, 6) AS n;
         ALTER TABLE messages ADD job_id uuid REFERENCES scheduled_jobs (id) ON DELETE CASCADE;
         CREATE UNIQUE INDEX ON messages (external_id);
         INSERT INTO messages (id, contact_id, channel, direction, content, status, job_id, external_id, user_id)
         SELECT lpad((100 + n)::text, 32, '0')::uuid, lpad('c', 32, '0')::uuid, 'SMS', 'OUTBOUND', 'hello', 'DELIVERED',
             lpad(n::text, 32, '0')::uuid, 'e' || n, CASE n WHEN 3 THEN '{USER}'::uuid END
         FROM generate_series(1, 6) AS n;
         UPDATE messages SET direction = 'INBOUND' WHERE external_id IN ('e4', 'e5');
         CREATE TABLE flags (message_id uuid REFERENCES messages ON DELETE CASCADE, note text);
         INSERT INTO flags SELECT lpad((100 + n % 2 + 1)::text, 32, '0')::uuid, 'same' FROM generate_series(1, 4) AS n;
         {more}"
    ));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    Binary::on(&database)
        .run(["jobs", "cleanup", "--yes", "--max-rows", "99", "--archive", path])
        .expect_code(0);
    let manifest = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.to_string_lossy().ends_with(".manifest.json"))
        .unwrap();
    (database, folder, manifest)
}

fn restore(database: &Database, manifest: &Path, more: &[&str]) -> Ran {
    let args = ["retention", "restore", manifest.to_str().unwrap(), "--format", "json"];
    Binary::on(database).run([&args, more].concat())
}

/// The plan, and that the run does what it says.
fn planned_and_done(database: &Database, manifest: &Path, code: i32) -> (Value, Ran) {
    let before = database.contents();
    let mut planned = restore(database, manifest, &["--dry-run"]).expect_code(0).json();
    assert_eq!(database.contents(), before, "a plan changes nothing");
    let ran = restore(database, manifest, &["--batch-size", "4"]).expect_code(code);
    let mut done = ran.json();
    for view in [&mut planned, &mut done] {
        let view = view.as_object_mut().unwrap();
        view.remove("dry_run");
        view.remove("duration_ms");
    }
    assert_eq!(planned, done);
    (done, ran)
}

fn messages(database: &Database) -> String {
    database.value("(SELECT string_agg(external_id || ' ' || status, ', ' ORDER BY external_id) FROM messages WHERE job_id IS NOT NULL)")
}

#[test]
fn what_is_in_the_way_is_named_and_keeps_nothing_else_back() {
    let (database, _folder, manifest) = archived("");
    database.execute(
        "INSERT INTO messages (contact_id, channel, direction, content, external_id) VALUES (lpad('c', 32, '0')::uuid, 'SMS', 'OUTBOUND', 'new', 'e1');
         INSERT INTO messages (id, contact_id, channel, direction, content, external_id) VALUES (lpad('105', 32, '0')::uuid, lpad('c', 32, '0')::uuid, 'SMS', 'OUTBOUND', 'new', 'x');
         -- There again, with nothing on it.
         INSERT INTO scheduled_jobs (id, type, scheduled_at) VALUES (lpad('6', 32, '0')::uuid, 'again', now());
         DELETE FROM users WHERE email = 'u@inbox.example'",
    );
    let (done, ran) = planned_and_done(&database, &manifest, 1);
    assert_eq!((&done["restored"], &done["existing"]), (&5.into(), &1.into()), "{done}");
    // Two flags hung on the first message, two on the second.
    assert_eq!(done["along"], json!({ "messages": 4, "flags": 2 }));
    let refused: Vec<(&str, u64)> = done["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["table"].as_str().unwrap(), one["rows"].as_u64().unwrap()))
        .collect();
    assert_eq!(refused, [("flags", 2), ("messages", 1), ("messages", 1)]);
    for told in
        ["4 rows were not brought back", "messages_external_id_idx", "other rows have their key"]
    {
        assert!(ran.stderr.contains(told), "{told}: {ran}");
    }
    assert_eq!(done["emptied"], json!({ "messages.user_id -> users": 1 }));
    // What came in keeps what was known of it.
    assert_eq!(messages(&database), "e2 DELIVERED, e3 DELIVERED, e4 DELIVERED, e6 DELIVERED");
    // With the way free, the rest comes, and nothing twice.
    database.execute("DELETE FROM messages WHERE content = 'new'");
    let (done, _) = planned_and_done(&database, &manifest, 0);
    assert_eq!(done["along"], json!({ "messages": 2, "flags": 2 }), "{done}");
    assert_eq!(done["along_existing"], json!({ "messages": 4, "flags": 2 }));
    assert_eq!(database.value("(SELECT count(*) FROM flags)"), "4");
}

#[test]
fn what_a_trigger_swallows_or_alters_is_said() {
    let (database, _folder, manifest) = archived("");
    database.execute(
        "CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             NEW.content := 'altered';
             RETURN CASE WHEN NEW.external_id = 'e2' THEN NULL ELSE NEW END; END $$;
         CREATE TRIGGER meddle BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION meddle();
         CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 'other'; RETURN NEW; END $$;
         CREATE TRIGGER note BEFORE INSERT ON flags FOR EACH ROW EXECUTE FUNCTION note();
         CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE scheduled_jobs SET attempts = 9 WHERE id = NEW.id; RETURN NULL; END $$;
         CREATE TRIGGER later AFTER INSERT ON scheduled_jobs FOR EACH ROW WHEN (NEW.id = lpad('1', 32, '0')::uuid) EXECUTE FUNCTION later();
         CREATE FUNCTION away() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM messages WHERE id = NEW.id; RETURN NULL; END $$;
         CREATE TRIGGER away AFTER INSERT ON messages FOR EACH ROW WHEN (NEW.external_id = 'e3') EXECUTE FUNCTION away()",
    );
    let (done, ran) = planned_and_done(&database, &manifest, 1);
    assert_eq!(done["along"], json!({ "messages": 4, "flags": 2 }), "{done}");
    assert_eq!(done["altered"]["messages"]["content"], 4, "{done}");
    assert_eq!(done["altered"]["flags"], json!({ "note": 2 }));
    assert_eq!(done["altered"]["scheduled_jobs"]["attempts"], 1);
    assert!(ran.stderr.contains("trigger meddle"), "{ran}");
    let text = Binary::on(&database).run(["retention", "restore", manifest.to_str().unwrap()]);
    assert!(text.expect_code(1).stdout.contains("not brought back: 2 rows of messages"));
}

#[test]
fn a_row_of_its_own_table_that_is_refused_keeps_no_other_back() {
    let (database, _folder, manifest) = archived("");
    database.execute(
        "ALTER TABLE scheduled_jobs ADD CONSTRAINT odd CHECK (id <> lpad('3', 32, '0')::uuid)",
    );
    let (done, ran) = planned_and_done(&database, &manifest, 1);
    assert_eq!((&done["restored"], &done["along"]["messages"]), (&5.into(), &5.into()), "{done}");
    assert!(ran.stderr.contains("constraint odd") && ran.stderr.contains("is not there"), "{ran}");
}

#[test]
fn only_what_a_run_recorded_comes_back_unasked() {
    let (database, _folder, manifest) = archived("");
    database.execute("UPDATE maintenance_runs SET details = '{}'");
    let ran = restore(&database, &manifest, &[]).expect_code(4);
    assert!(ran.stderr.contains("--unknown-archive"), "{ran}");
    restore(&database, &manifest, &["--unknown-archive"]).expect_code(4);
    assert_eq!(database.value("(SELECT count(*) FROM scheduled_jobs)"), "0");
    let planned = restore(&database, &manifest, &["--unknown-archive", "--dry-run"]).expect_code(0);
    let done = restore(&database, &manifest, &["--unknown-archive", "--yes"]).expect_code(0);
    assert_eq!(done.json()["restored"], planned.json()["restored"]);
    assert_eq!(messages(&database).split(", ").count(), 6);
}

#[test]
fn an_archive_is_encrypted_as_a_backup_is() {
    let (database, folder, manifest) = archived("");
    let before = database.value("(SELECT count(*) FROM messages)");
    restore(&database, &manifest, &[]).expect_code(0);
    let sealed = tempfile::tempdir().unwrap();
    let path = sealed.path().to_str().unwrap();
    let key = age::x25519::Identity::generate();
    let secret = folder.path().join("key.txt");
    fs::write(&secret, key.to_string().expose_secret()).unwrap();
    let other = folder.path().join("other.txt");
    fs::write(&other, age::x25519::Identity::generate().to_string().expose_secret()).unwrap();
    let recipient = key.to_public().to_string();
    let cleanup = ["jobs", "cleanup", "--yes", "--max-rows", "99", "--encrypt-to", &recipient];
    let ran = Binary::on(&database).run(cleanup).expect_code(2);
    assert!(ran.stderr.contains("--archive"), "{ran}");
    Binary::on(&database).run([&cleanup[..], &["--archive", path]].concat()).expect_code(0);
    let entry = inboxctl::archive::list(sealed.path()).unwrap().remove(0);
    let rows = entry.rows.unwrap();
    let bytes = fs::read(&rows).unwrap();
    assert!(rows.to_string_lossy().ends_with(".jsonl.zst.age"));
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    let verify = |more: &[&str]| {
        Binary::new().run([&["retention", "verify", path, "--format", "json"], more].concat())
    };
    let [secret, other] = [&secret, &other].map(|path| path.to_str().unwrap());
    for (more, code, state, is_sealed) in [
        (&[][..], 0, "ok", true),
        (&["--identity", other], 3, "locked", true),
        (&["--identity", secret], 0, "ok", false),
    ] {
        let told = verify(more).expect_code(code).json();
        assert_eq!(told["archives"][0]["state"], state, "{told}");
        assert_eq!(told["archives"][0]["sealed"], is_sealed, "{told}");
    }
    let manifest = entry.manifest.unwrap();
    for more in [&[][..], &["--identity", other]] {
        let ran = restore(&database, &manifest, more).expect_code(2);
        assert!(ran.stderr.contains("--identity"), "{ran}");
    }
    let done = restore(&database, &manifest, &["--identity", secret]).expect_code(0).json();
    assert_eq!((&done["restored"], &done["along"]["messages"]), (&6.into(), &6.into()), "{done}");
    assert_ne!(database.value("(SELECT count(*) FROM messages)"), before);
    // A changed byte is found without any key.
    let mut changed = bytes;
    *changed.last_mut().unwrap() ^= 1;
    fs::write(&rows, changed).unwrap();
    assert_eq!(verify(&[]).expect_code(3).json()["damaged"], 1);
}

//! `retention restore` and `retention verify`, on archives as runs write them.

use std::fs;
use std::path::{Path, PathBuf};

use diesel::prelude::*;
use diesel::sql_types::Text;
use inboxctl::archive::{Manifest, Writer};
use inboxctl::store::archive_rows;

use crate::assert_ran;
use crate::support::{Binary, Database, Ran, eventually};

/// Rows that are hard to keep: in several months, in none, with every sign that
/// JSON, COPY or zstd could trip over.
const NASTY_ROWS: &str = r#"
    INSERT INTO users (id, email, name, role) VALUES
        ('0190a000-0000-7000-8000-00000000000a', 'ana@example.com', 'Ana', 'ADMIN');
    INSERT INTO audit_logs (user_id, actor, action, resource, resource_id, details, created_at) VALUES
        (NULL, 'os:root', 'a', 'r', NULL, '{}', '2024-02-29 23:59:59.999999+00'),
        ('0190a000-0000-7000-8000-00000000000a', 'ana@example.com', 'quote "\ '' %', E'tab\tnew\nline\r', '',
         '{"n": 1.0000000000000000000000000000001, "big": 123456789012345678901234567890, "null": null, "a": [[], {}, ""]}',
         '2025-03-30 01:30:00+00'),
        (NULL, E'\x01\x7f', 'ärger 名前 🙂', E'\u2028', 'null', '{"text": "a\\u0001\n\\b\\/", "": {"": [null, true]}}',
         '2025-10-26 01:30:00.000001+00'),
        (NULL, '\N', '\.', '{}', '"', '{"\"": "\\\\"}', '2025-10-26 01:30:00.000001+00'),
        (NULL, repeat('x', 300000), 'long', repeat('é', 500), NULL, jsonb_build_object('k', repeat('y', 200000)),
         '2025-12-31 23:59:59.999999+00'),
        (NULL, 'old', 'a', 'r', NULL, '{}', '0044-03-15 12:00:00+00 BC'),
        (NULL, 'far', 'a', 'r', NULL, '{}', '-infinity');
    INSERT INTO scheduled_jobs (type, payload, scheduled_at, status, attempts, last_error, finished_at, updated_at)
        SELECT 'send' || n, jsonb_build_object('n', n), '2025-01-01'::timestamptz + n * interval '1 h', 'FAILED', n,
            CASE WHEN n % 2 = 0 THEN E'line 1\nline 2' END, '2025-01-02', '2025-01-03 04:05:06.789+00'
        FROM generate_series(1, 50) AS n;
"#;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
    #[diesel(sql_type = Text)]
    key: String,
}

/// Writes an archive of what the condition on `t` finds, by the library.
fn archive(
    database: &Database,
    folder: &Path,
    table: &str,
    condition: &str,
) -> (PathBuf, Manifest) {
    let mut conn = database.connect();
    diesel::sql_query("SET TimeZone = 'UTC'").execute(&mut conn).unwrap();
    let layout = archive_rows::layout(&mut conn, table).unwrap().unwrap();
    let cutoff = "2026-01-01T00:00:00Z".parse().unwrap();
    let mut writer = Writer::create(folder, layout.about(cutoff)).unwrap();
    let query = format!(
        "SELECT {} FROM {table} AS t WHERE {condition} ORDER BY {}",
        layout.line_columns("t"),
        layout.key.join(", ")
    );
    let lines: Vec<Line> = diesel::sql_query(query).load(&mut conn).unwrap();
    for row in &lines {
        writer.write_row(row.line.as_bytes(), &row.key).unwrap();
    }
    let manifest = writer.finish().unwrap();
    assert_eq!(manifest.rows, lines.len() as u64);
    (folder.join(manifest.name()), manifest)
}

fn restore(database: &Database, manifest: &Path, more: &[&str]) -> Ran {
    let path = manifest.to_str().unwrap();
    let args = ["retention", "restore", "--unknown-archive", "--yes", "--format", "json", path];
    Binary::on(database).run([&args, more].concat())
}

fn verify(folder: &Path) -> Ran {
    Binary::new().run(["retention", "verify", "--format", "json", folder.to_str().unwrap()])
}

fn nasty() -> (Database, tempfile::TempDir) {
    let database = Database::migrated();
    database.execute(
        "TRUNCATE audit_logs;
         CREATE TABLE audit_logs_2025_03 PARTITION OF audit_logs
             FOR VALUES FROM ('2025-03-01 00:00:00+00') TO ('2025-04-01 00:00:00+00')",
    );
    database.execute(NASTY_ROWS);
    (database, tempfile::tempdir().unwrap())
}

/// Every row of the table as the server prints it, without what commands log.
fn rows(database: &Database, table: &str) -> String {
    database.value(&format!(
        "(SELECT string_agg(t::text, E'\n' ORDER BY t.id) FROM {table} AS t \
          WHERE to_jsonb(t) ->> 'actor' IS DISTINCT FROM 'os:operator')"
    ))
}

#[test]
fn rows_come_back_to_the_last_byte_once() {
    let (database, folder) = nasty();
    for table in ["audit_logs", "scheduled_jobs"] {
        let before = rows(&database, table);
        let (manifest, about) = archive(&database, folder.path(), table, "true");
        database.execute(&format!("DELETE FROM {table}"));
        let dry = restore(&database, &manifest, &["--dry-run"]).expect_code(0).json();
        assert_eq!(dry["restored"], about.rows);
        assert_eq!(database.value(&format!("(SELECT count(*) FROM {table})")), "0");
        let json = restore(&database, &manifest, &["--batch-size", "3"]).expect_code(0).json();
        assert_eq!((&json["restored"], &json["existing"]), (&dry["restored"], &dry["existing"]));
        assert_eq!(json["partitions"], dry["partitions"]);
        assert_eq!(rows(&database, table), before);
        let again = restore(&database, &manifest, &[]).expect_code(0).json();
        assert_eq!((&again["restored"], &again["existing"]), (&0.into(), &about.rows.into()));
        assert_eq!(rows(&database, table), before);
        // A run that changed nothing is no change.
        let logged = "(SELECT count(*) FROM audit_logs WHERE action = 'retention.restore' \
                       AND resource = '{}' AND (details ->> 'rows')::bigint > 0)";
        assert_eq!(database.value(&logged.replace("{}", table)), "1");
    }
    // Each in the partition of its month, and in none what has no month.
    let partitions = database.value(
        "(SELECT string_agg(tableoid::regclass::text, ',' ORDER BY created_at) FROM audit_logs \
          WHERE action <> 'retention.restore')",
    );
    assert_eq!(
        partitions,
        "audit_logs_default,audit_logs_default,audit_logs_2024_02,audit_logs_2025_03,\
         audit_logs_2025_10,audit_logs_2025_10,audit_logs_2025_12"
    );
    let ran = Binary::new().run(["retention", "verify", folder.path().to_str().unwrap()]);
    let ran = ran.expect_code(0);
    assert!(ran.stdout.contains("2 ok."), "{ran}");
}

#[test]
fn what_runs_archived_comes_back_once_however_often_it_was_archived() {
    let (database, folder) = nasty();
    let before = rows(&database, "audit_logs");
    let path = folder.path().to_str().unwrap();
    let prune = ["audit", "prune", "--older-than", "1d", "--max-rows", "99", "--yes", "--archive"];
    for times in 1..=2 {
        Binary::on(&database).run([&prune[..], &[path]].concat()).expect_code(0);
        assert_eq!(rows(&database, "audit_logs"), "", "the {times}. run");
        let json = verify(folder.path()).expect_code(0).json();
        let archived = json["archives"].as_array().unwrap();
        let archived = archived.iter().map(|one| one["rows"].as_u64().unwrap()).sum::<u64>();
        assert_eq!(archived, 7 * times, "{json}");
        for entry in inboxctl::archive::list(folder.path()).unwrap() {
            restore(&database, &entry.manifest.unwrap(), &[]).expect_code(0);
        }
        assert_eq!(rows(&database, "audit_logs"), before, "the {times}. run");
    }
}

#[test]
fn what_exists_is_left_as_it_is() {
    let (database, folder) = nasty();
    let (manifest, _) = archive(&database, folder.path(), "scheduled_jobs", "true");
    database.execute("UPDATE scheduled_jobs SET attempts = 99 WHERE type = 'send7'");
    database.execute("DELETE FROM scheduled_jobs WHERE type IN ('send1', 'send2')");
    let path = manifest.to_str().unwrap();
    let ran =
        Binary::on(&database).run(["retention", "restore", path, "--unknown-archive", "--yes"]);
    assert_ran!("restored_some", ran.expect_code(0));
    assert_eq!(database.value("(SELECT count(*) FROM scheduled_jobs)"), "50");
    assert_eq!(database.value("(SELECT attempts FROM scheduled_jobs WHERE type = 'send7')"), "99");
}

#[test]
fn every_type_that_a_table_may_have_comes_back() {
    let (database, folder) = nasty();
    database.execute(
        r#"CREATE TABLE odd (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Weird ""name" bytea, address inet, numbers int[],
            texts text[], document jsonb, raw json, amount numeric, ratio float8, span interval, day date,
            period tstzrange, twice bigint GENERATED ALWAYS AS (id * 2) STORED, kept jsonb NOT NULL, flag bool,
            job uuid REFERENCES scheduled_jobs (id) ON DELETE CASCADE);
        INSERT INTO odd ("Weird ""name", address, numbers, texts, document, raw, amount, ratio, span, day, period, kept, flag) VALUES
            ('\x00ff0a', '2001:db8::1/64', '[0:1]={1,NULL}', '{"a,b","",NULL,"\"\n"}', 'null', E'{"b": 1,\n "a":  2, "b": 3}',
             'NaN', '-Infinity', '1 mon -2 days 03:04:05.000006', 'infinity', '[2025-01-01,infinity)', 'null', true),
            (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '"null"', NULL),
            ('', '::/0', '{}', '{}', '"null"', 'null', 1e300, 0.1, '0', '0001-01-01 BC', 'empty', '[1.0]', false);
        UPDATE odd SET job = (SELECT min(id::text)::uuid FROM scheduled_jobs)"#,
    );
    let before = rows(&database, "odd");
    let path = folder.path().to_str().unwrap();
    let args = ["jobs", "cleanup", "--yes", "--max-rows", "99", "--archive", path];
    Binary::on(&database).run(args).expect_code(0);
    assert_eq!(rows(&database, "odd"), "");
    let written = inboxctl::archive::list(folder.path()).unwrap().remove(0);
    restore(&database, &written.manifest.unwrap(), &[]).expect_code(0);
    assert_eq!(rows(&database, "odd"), before);
    // Nothing else is archived, so nothing else comes back from an archive.
    let (forged, _) = archive(&database, folder.path(), "users", "true");
    let ran = restore(&database, &forged, &[]).expect_code(4);
    assert!(ran.stderr.contains("rows of users, which nothing archives"), "{ran}");
}

/// Changes the manifest and the rows.
type Damage<'a> = &'a dyn Fn(&mut Vec<u8>, &mut Vec<u8>);

/// Damages a copy of the archive in the given way and has it looked at.
fn damaged(
    manifest: &Path,
    rows: &Path,
    damage: impl Fn(&mut Vec<u8>, &mut Vec<u8>),
) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut texts = [fs::read(manifest).unwrap(), fs::read(rows).unwrap()];
    let [text, data] = &mut texts;
    damage(text, data);
    fs::write(folder.path().join(manifest.file_name().unwrap()), &texts[0]).unwrap();
    fs::write(folder.path().join(rows.file_name().unwrap()), &texts[1]).unwrap();
    folder
}

#[test]
fn no_truncation_and_no_flipped_bit_is_overlooked() {
    let (database, folder) = nasty();
    let (manifest, about) = archive(&database, folder.path(), "scheduled_jobs", "true");
    database.execute("DELETE FROM scheduled_jobs");
    let rows = folder.path().join(&about.file);
    let (text_bytes, data_bytes) = (
        fs::metadata(&manifest).unwrap().len() as usize,
        fs::metadata(&rows).unwrap().len() as usize,
    );
    let name = manifest.file_name().unwrap();
    let open = |folder: &Path| {
        inboxctl::archive::Archive::open(&folder.join(name))
            .and_then(|archive| archive.verify(&|| None))
    };
    assert!(open(folder.path()).is_ok());
    for part in 0..200 {
        let (cut_text, cut_data) = (text_bytes * part / 200, data_bytes * part / 200);
        let bit = 1u8 << (part % 8);
        let cases = [
            damaged(&manifest, &rows, |text, _| text.truncate(cut_text)),
            damaged(&manifest, &rows, |_, data| data.truncate(cut_data)),
            damaged(&manifest, &rows, |text, _| text[cut_text] ^= bit),
            damaged(&manifest, &rows, |_, data| data[cut_data] ^= bit),
        ];
        for (case, folder) in cases.iter().enumerate() {
            assert!(open(folder.path()).is_err(), "case {case} at {part} of 200");
        }
    }
    // The same by the commands, where each is run for itself.
    let ends: [Damage<'_>; 4] = [
        &|text, _| text.truncate(text_bytes - 1),
        &|_, data| data.truncate(data_bytes - 1),
        &|_, data| data.push(0),
        &|_, data| data[data_bytes / 2] ^= 1,
    ];
    for damage in ends {
        let folder = damaged(&manifest, &rows, damage);
        let json = verify(folder.path()).expect_code(3).json();
        assert_eq!((&json["damaged"], &json["ok"]), (&1.into(), &0.into()));
        for more in [&[][..], &["--dry-run"]] {
            let ran = restore(&database, &folder.path().join(name), more).expect_code(1);
            assert!(ran.stderr.contains("is damaged"), "{ran}");
        }
    }
    assert_eq!(database.value("(SELECT count(*) FROM scheduled_jobs)"), "0");
}

#[test]
fn verify_tells_damaged_and_unfinished_archives() {
    let (database, folder) = nasty();
    let (unfinished, _) = archive(&database, folder.path(), "scheduled_jobs", "attempts < 10");
    fs::remove_file(&unfinished).unwrap();
    let (_, gone) = archive(&database, folder.path(), "audit_logs", "true");
    fs::remove_file(folder.path().join(gone.file)).unwrap();
    archive(&database, folder.path(), "users", "false");
    fs::write(folder.path().join("notes.txt"), "not ours").unwrap();
    // A backup lies here too: its manifest is no archive's.
    for name in ["inbox.dump", "inbox.dump.manifest.json"] {
        fs::write(folder.path().join(name), "{}").unwrap();
    }
    let json = verify(folder.path()).expect_code(3).json();
    let states: Vec<&str> = json["archives"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["state"].as_str().unwrap())
        .collect();
    assert_eq!(states[0], "damaged");
    assert_eq!((&json["ok"], &json["unfinished"]), (&1.into(), &1.into()));
    let ran = Binary::new().run(["retention", "verify", folder.path().to_str().unwrap()]);
    assert_ran!("verify_trouble", ran.expect_code(3));
    let empty = tempfile::tempdir().unwrap();
    let ran = Binary::new().run(["retention", "verify", empty.path().to_str().unwrap()]);
    assert!(ran.expect_code(0).stdout.contains("no archive"));
    verify(Path::new("/nowhere")).expect_code(2);
}

#[test]
fn a_table_that_changed_since_gets_what_it_can() {
    let (database, folder) = nasty();
    let (manifest, _) = archive(&database, folder.path(), "scheduled_jobs", "true");
    database.execute(
        "DELETE FROM scheduled_jobs;
         ALTER TABLE scheduled_jobs ADD COLUMN priority integer NOT NULL DEFAULT 5, ALTER attempts TYPE bigint",
    );
    restore(&database, &manifest, &[]).expect_code(0);
    assert_eq!(database.value("(SELECT sum(priority) FROM scheduled_jobs)"), "250");
    database.execute(
        "TRUNCATE scheduled_jobs; ALTER TABLE scheduled_jobs DROP COLUMN last_error, ADD COLUMN owner text NOT NULL",
    );
    let args = ["retention", "restore", manifest.to_str().unwrap(), "--unknown-archive", "--yes"];
    let ran = Binary::on(&database).run(args).expect_code(4);
    for told in ["no column last_error", "owner came since", "hint: restore it into a database"] {
        assert!(ran.stderr.contains(told), "{ran}");
    }
    database.execute("DROP TABLE scheduled_jobs");
    let ran = restore(&database, &manifest, &[]).expect_code(1);
    assert!(ran.stderr.contains("no table scheduled_jobs"), "{ran}");
}

#[test]
fn an_entry_whose_user_is_gone_comes_back_and_keeps_the_id() {
    let (database, folder) = nasty();
    let (manifest, about) = archive(&database, folder.path(), "audit_logs", "true");
    let before = "(SELECT count(*) FROM audit_logs WHERE user_id IS NOT NULL)";
    assert_eq!(database.value(before), "1");
    database.execute("TRUNCATE audit_logs; DELETE FROM users");
    let gone = serde_json::json!({ "user_id -> users": 1 });
    for (more, rows) in [(&["--dry-run"][..], about.rows), (&[], about.rows), (&[], 0)] {
        let done = restore(&database, &manifest, more).expect_code(0).json();
        assert_eq!(done["restored"], rows);
        assert_eq!(done["emptied"], if rows > 0 { gone.clone() } else { serde_json::json!({}) });
    }
    let kept = "(SELECT actor || ' ' || (details ->> 'user_id') || ' ' || (details ->> 'n') FROM audit_logs WHERE details ? 'user_id')";
    let text =
        "ana@example.com 0190a000-0000-7000-8000-00000000000a 1.0000000000000000000000000000001";
    assert_eq!(database.value(kept), text);
}

/// Depth and digits that a reader of documents gives up at, and columns of the application.
#[test]
fn values_that_nobody_understands_come_back_too() {
    let (database, folder) = nasty();
    database.execute(
        "ALTER TABLE scheduled_jobs ADD balance numeric(20, 2) DEFAULT 9007199254740993.01,
             ADD twice numeric GENERATED ALWAYS AS (balance * 2) STORED, ADD number int GENERATED ALWAYS AS IDENTITY,
             ADD at timestamptz DEFAULT '20000-01-01+00', ADD ends timestamptz DEFAULT 'infinity';
         UPDATE scheduled_jobs SET payload = ('{\"a\":' || repeat('[', 300) || repeat(']', 300) || ',\"n\":1e400,\"p\":1.10}')::jsonb",
    );
    let before = rows(&database, "scheduled_jobs");
    let args = [
        "jobs",
        "cleanup",
        "--yes",
        "--max-rows",
        "99",
        "--archive",
        folder.path().to_str().unwrap(),
    ];
    Binary::on(&database).run(args).expect_code(0);
    assert_eq!(database.value("(SELECT count(*) FROM scheduled_jobs)"), "0");
    verify(folder.path()).expect_code(0);
    let written = inboxctl::archive::list(folder.path()).unwrap().remove(0);
    restore(&database, &written.manifest.unwrap(), &[]).expect_code(0);
    assert_eq!(rows(&database, "scheduled_jobs"), before);
}

#[test]
fn a_signal_ends_it_after_the_batch_and_it_goes_on_from_there() {
    let (database, folder) = nasty();
    let (manifest, about) = archive(&database, folder.path(), "scheduled_jobs", "true");
    database.execute("DELETE FROM scheduled_jobs WHERE type = 'send30'");
    let id = "(SELECT md5(string_agg(id::text, ',')) FROM scheduled_jobs)";
    let path = manifest.to_str().unwrap();
    let args = [
        "retention",
        "restore",
        "--unknown-archive",
        "--yes",
        "--format",
        "json",
        "--batch-size",
        "1",
        path,
    ];
    // Whatever locks the table holds the command up in its first batch.
    database.execute("TRUNCATE scheduled_jobs");
    let lock = database.lock("other", "LOCK TABLE scheduled_jobs IN SHARE MODE");
    let run = Binary::on(&database).start(args);
    eventually("it waits for the lock", || database.somebody_waits());
    run.signal("TERM");
    drop(lock);
    let json = run.wait().expect_code(143).json();
    assert_eq!(json["restored"], 1);
    assert_eq!(database.value("(SELECT count(*) FROM scheduled_jobs)"), "1");
    let json = restore(&database, &manifest, &[]).expect_code(0).json();
    assert_eq!((&json["restored"], &json["existing"]), (&(about.rows - 1).into(), &1.into()));
    assert_ne!(database.value(id), "");
}

//! Deleting with an archive, killed, beside an application, and beside a hold that comes.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use diesel::connection::SimpleConnection;
use inboxctl::archive;
use serde_json::Value;

use crate::retention::hold;
use crate::support::{Binary, Database, eventually};

/// Five months of entries before this month, each in its partition.
fn with_months(rows: u32) -> Database {
    let database = Database::migrated();
    database.add_months("date_trunc('month', now() AT TIME ZONE 'UTC') - interval '5 months'", 5);
    database.execute(&format!(
        "INSERT INTO audit_logs (actor, action, resource, details, created_at)
         SELECT 'x', 'old.entry', 'contacts', jsonb_build_object('n', n), now() - interval '140 days' * n / {rows}
         FROM generate_series(1, {rows}) AS n"
    ));
    database
}

const OLD_IDS: &str = "(SELECT string_agg(id::text, ',') FROM audit_logs WHERE action = 'old.entry' AND created_at < now() - interval '90 days')";

fn ids(database: &Database) -> HashSet<String> {
    database.value(OLD_IDS).split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// The ids in all archives that are whole.
fn archived(folder: &Path) -> HashSet<String> {
    let mut ids = HashSet::new();
    for entry in archive::list(folder).unwrap() {
        let Some(manifest) = entry.manifest else { continue };
        let archive = archive::Archive::open(&manifest).unwrap();
        archive.verify(&|| None).unwrap();
        let file = fs::File::open(entry.rows.unwrap()).unwrap();
        let text = String::from_utf8(zstd::decode_all(file).unwrap()).unwrap();
        for line in text.lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            ids.insert(row["id"].as_str().unwrap().to_owned());
        }
    }
    ids
}

fn prune_args(folder: &str) -> Vec<&str> {
    vec![
        "audit",
        "prune",
        "--yes",
        "--max-rows",
        "999999",
        "--rate",
        "0",
        "--archive",
        folder,
        "--format",
        "json",
    ]
}

#[test]
fn every_row_is_archived_before_it_goes() {
    let database = with_months(3_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let before = ids(&database);
    let done = Binary::on(&database).run(prune_args(path)).expect_code(0).json();
    assert!(ids(&database).is_empty());
    assert_eq!(archived(folder.path()), before);
    assert_eq!(done["archived"], done["deleted"], "{done}");
    assert_eq!(done["archived"].as_u64().unwrap(), before.len() as u64);
    let dropped = done["by_partition"]
        .as_array()
        .unwrap()
        .iter()
        .any(|part| part["way"] == "drop" && part["rows"] != 0);
    assert!(dropped, "{done}");
}

#[test]
fn without_an_archive_nothing_goes() {
    let database = with_months(1_000);
    let before = ids(&database);
    for folder in ["/nowhere/at/all", "/dev/null", "/proc"] {
        let ran = Binary::on(&database).run(prune_args(folder));
        assert!([1, 2].contains(&ran.code) && !ran.stderr.is_empty(), "{ran}");
        assert_eq!(ids(&database), before, "{folder}");
    }
}

#[test]
fn killed_fifty_times_no_row_is_lost() {
    let database = with_months(6_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    database.execute("CREATE TABLE spare AS SELECT * FROM audit_logs WHERE action = 'old.entry'");
    let refill = || {
        // Dropped months come back as rows of the DEFAULT partition, and move.
        database.execute("INSERT INTO audit_logs SELECT * FROM spare ON CONFLICT DO NOTHING");
        for old in fs::read_dir(folder.path()).unwrap() {
            fs::remove_file(old.unwrap().path()).unwrap();
        }
    };
    let start = Instant::now();
    Binary::on(&database).run(prune_args(path)).expect_code(0);
    let mut whole = start.elapsed();
    refill();
    let all = ids(&database);
    let mut random = u64::from(std::process::id());
    let (mut partly, mut left_before) = (0, all.len());
    for kill in 0..50 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(kill + 1);
        let mut run = Binary::on(&database).start(prune_args(path));
        let part = (random >> 40) as f64 / f64::from(1 << 24);
        thread::sleep(whole.mul_f64(part));
        let met = run.is_running();
        match met {
            true => run.signal("KILL"),
            // The machine is faster than it was.
            false => whole = whole.mul_f64(0.9),
        }
        run.wait();
        // The server finishes what it was told before it notices.
        eventually("the killed session is gone", || {
            database.value("(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'inboxctl%')") == "0"
        });
        let left = ids(&database);
        let saved = archived(folder.path());
        let lost: Vec<_> =
            all.iter().filter(|id| !left.contains(*id) && !saved.contains(*id)).collect();
        assert!(lost.is_empty(), "{} rows are neither in the table nor in an archive", lost.len());
        if left.len() < left_before && !left.is_empty() {
            partly += 1;
        }
        if met && left.len() == left_before {
            // It is slower: the kill came before the first batch.
            whole = whole.mul_f64(1.1);
        }
        left_before = left.len();
        if left.is_empty() {
            refill();
            left_before = all.len();
        }
    }
    assert!(partly >= 5, "only {partly} of 50 kills met a run at work");
    Binary::on(&database).run(prune_args(path)).expect_code(0);
    assert!(ids(&database).is_empty());
    assert_eq!(archived(folder.path()), all);
    // No half archive is left, and nothing hidden.
    Binary::on(&database).run(["retention", "verify", path]).expect_code(0);
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?}");
}

#[test]
fn an_application_that_inserts_all_the_while_loses_nothing() {
    let database = with_months(8_000);
    let stop = AtomicBool::new(false);
    let inserted = thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut conn = database.connect();
            let mut number = 0;
            while !stop.load(Ordering::Relaxed) {
                number += 1;
                // Now, later than any partition, and at the very cut-off.
                for at in ["now()", "now() + interval '9 months'", "now() - interval '89 days'"] {
                    conn.batch_execute(&format!(
                        "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('app', 'app.entry', 'x', {at})"
                    ))
                    .expect("no insert fails");
                }
            }
            number
        });
        for _ in 0..3 {
            let folder = tempfile::tempdir().unwrap();
            Binary::on(&database).run(prune_args(folder.path().to_str().unwrap())).expect_code(0);
            database.execute(
                "INSERT INTO audit_logs (actor, action, resource, created_at) \
                 SELECT 'x', 'old.entry', 'x', now() - interval '95 days' - make_interval(mins => n) FROM generate_series(1, 2000) AS n",
            );
            Binary::on(&database)
                .run(["audit", "prune", "--yes", "--max-rows", "99999", "--rate", "0"])
                .expect_code(0);
        }
        stop.store(true, Ordering::Relaxed);
        writer.join().expect("the application")
    });
    assert!(inserted > 10);
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs WHERE action = 'app.entry')"),
        (inserted * 3).to_string()
    );
    assert!(ids(&database).is_empty());
}

/// A hold that was added is known to the next batch.
#[test]
fn a_hold_works_in_the_middle_of_a_run() {
    let database = with_months(8_000);
    let args = [
        "audit",
        "prune",
        "--yes",
        "--max-rows",
        "99999",
        "--rate",
        "500",
        "--resource",
        "contacts",
        "--format",
        "json",
    ];
    let run = Binary::on(&database).start(args);
    let count = || ids(&database).len();
    let all = count();
    eventually("some rows are gone", || count() < all);
    hold(&database, &["--action", "old.entry"]);
    let left = count();
    let done = run.wait().expect_code(0).json();
    assert_eq!(count(), left);
    assert!(left > 0 && done["left"].as_u64().unwrap() == left as u64, "{done}");
}

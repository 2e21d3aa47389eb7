//! `jobs cleanup`.

use serde_json::Value;

use crate::assert_ran;
use crate::support::{Binary, Database, Ran};

/// 50 jobs of each status, a day apart. Failed ones have no `finished_at` in
/// every second row: their age counts from `updated_at`.
fn with_jobs() -> Database {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO scheduled_jobs (type, payload, scheduled_at, status, finished_at, created_at, updated_at)
         SELECT 'send.reminder', jsonb_build_object('contact_id', 'c' || n % 5, 'user_id', 'u' || n % 7),
             now() - make_interval(days => 400), status,
             CASE WHEN n % 2 = 0 AND status::text !~ 'PENDING|RUNNING' THEN now() - make_interval(days => n, hours => 1) END,
             now() - make_interval(days => 400), now() - make_interval(days => n, hours => 1)
         FROM generate_series(0, 49) AS n, unnest(enum_range(NULL::job_status)) AS status",
    );
    database
}

fn cleanup(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["jobs", "cleanup", "--lock-wait", "0s"], args].concat())
}

fn cleaned(database: &Database, args: &[&str]) -> Value {
    let args = [&["--yes", "--max-rows", "9999", "--format", "json"], args].concat();
    cleanup(database, &args).expect_code(0).json()
}

fn by_status(database: &Database) -> String {
    database.value(
        "(SELECT string_agg(status || ' ' || n, ', ' ORDER BY status) \
          FROM (SELECT status, count(*) AS n FROM scheduled_jobs GROUP BY 1) AS counts)",
    )
}

#[test]
fn failed_jobs_go_a_week_after_they_ended() {
    let database = with_jobs();
    let before = by_status(&database);
    assert_ran!("dry_run", cleanup(&database, &["--dry-run"]));
    assert_eq!(by_status(&database), before);
    cleanup(&database, &[]).expect_code(4);
    assert_eq!(by_status(&database), before);
    let done = cleaned(&database, &[]);
    assert_eq!(
        (&done["deleted"], &done["eligible"], &done["left"]),
        (&43.into(), &43.into(), &0.into())
    );
    assert_eq!(
        by_status(&database),
        "PENDING 50, RUNNING 50, COMPLETED 50, FAILED 7, CANCELLED 50"
    );
    assert_eq!(
        database.value(
            "(SELECT deleted || outcome::text FROM maintenance_runs WHERE command = 'jobs cleanup')"
        ),
        "43DONE"
    );
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs WHERE action = 'jobs.cleanup')"),
        "1"
    );
}

#[test]
fn each_status_has_its_own_age() {
    let database = with_jobs();
    let args = ["--status", "completed=30d", "--status", "cancelled", "--older-than", "40d"];
    let done = cleaned(&database, &args);
    assert_eq!(done["deleted"], 30);
    assert_eq!(
        by_status(&database),
        "PENDING 50, RUNNING 50, COMPLETED 30, FAILED 50, CANCELLED 40"
    );
    let names: Vec<&str> = done["by_status"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["COMPLETED", "CANCELLED"]);
}

#[test]
fn work_that_is_ahead_is_never_deleted() {
    let database = with_jobs();
    for wrong in ["pending", "RUNNING", "done", "failed=soon", "failed=-1d", "failed=7", ""] {
        let ran = cleanup(&database, &["--yes", "--status", wrong]).expect_code(2);
        assert!(!ran.stderr.is_empty());
    }
    cleanup(&database, &["--yes", "--status", "failed", "--status", "failed=3d"]).expect_code(2);
    let all = ["--status", "failed=0d", "--status", "completed=0d", "--status", "cancelled=0d"];
    assert_eq!(cleaned(&database, &all)["deleted"], 150);
    assert_eq!(by_status(&database), "PENDING 50, RUNNING 50");
}

/// A worker has one old job in hand, and another one is tried again meanwhile.
#[test]
fn a_job_in_hand_is_left_alone() {
    let database = with_jobs();
    let worker = database.lock(
        "worker",
        "UPDATE scheduled_jobs SET status = 'PENDING' WHERE id IN (SELECT id FROM scheduled_jobs \
         WHERE status = 'FAILED' ORDER BY coalesce(finished_at, updated_at) LIMIT 3)",
    );
    let done = cleaned(&database, &[]);
    assert_eq!((&done["deleted"], &done["left"]), (&40.into(), &3.into()), "{done}");
    worker.commit();
    assert_eq!(
        by_status(&database),
        "PENDING 53, RUNNING 50, COMPLETED 50, FAILED 7, CANCELLED 50"
    );
    assert_eq!(cleaned(&database, &[])["deleted"], 0);
}

#[test]
fn a_job_that_was_archived_and_then_tried_again_stays() {
    let database = with_jobs();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let done = cleaned(&database, &["--archive", path]);
    assert_eq!((&done["deleted"], &done["archived"]), (&43.into(), &43.into()), "{done}");
    assert_eq!(done["archives"].as_array().unwrap().len(), 1);
    let none = folder.path().join("missing");
    let ran =
        cleanup(&database, &["--yes", "--older-than", "1d", "--archive", none.to_str().unwrap()]);
    assert!(ran.expect_code(2).stderr.contains("nothing was deleted"));
}

//! `jobs list`, `show`, `retry`, `cancel`, `stats`.

use serde_json::Value;

use crate::assert_ran;
use crate::support::{Binary, Database, Ran};

const PENDING: &str = "01900000-0000-7000-8000-000000000701";
const RUNNING: &str = "01900000-0000-7000-8000-000000000702";
const COMPLETED: &str = "01900000-0000-7000-8000-000000000703";
const FAILED: &str = "01900000-0000-7000-8000-000000000704";
const CANCELLED: &str = "01900000-0000-7000-8000-000000000705";

fn seeded() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database
}

fn jobs(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["jobs"], args].concat())
}

fn json(database: &Database, args: &[&str]) -> Value {
    Binary::on(database).run([&["jobs"], args, &["--format", "json"]].concat()).json()
}

fn ids(list: &Value) -> Vec<&str> {
    list["jobs"].as_array().unwrap().iter().map(|job| job["id"].as_str().unwrap()).collect()
}

fn status(database: &Database, id: &str) -> String {
    database.value(&format!("(SELECT status FROM scheduled_jobs WHERE id = '{id}')"))
}

fn entries(database: &Database, action: &str) -> String {
    database.value(&format!("(SELECT count(*) FROM audit_logs WHERE action = '{action}')"))
}

#[test]
fn a_list_is_filtered_and_says_when_it_is_cut() {
    let database = seeded();
    database.execute(
        "UPDATE scheduled_jobs \
         SET created_at = now() - (800 - right(id::text, 3)::int) * interval '1 min'",
    );
    assert_eq!(ids(&json(&database, &["list"])), [CANCELLED, FAILED, COMPLETED, RUNNING, PENDING]);
    assert_eq!(ids(&json(&database, &["list", "--status", "failed"])), [FAILED]);
    assert_eq!(ids(&json(&database, &["list", "--type", "sync_channel"])), [COMPLETED, RUNNING]);
    assert!(ids(&json(&database, &["list", "--overdue"])).is_empty());
    database.execute(&format!(
        "UPDATE scheduled_jobs SET scheduled_at = now() - interval '2 min' WHERE id = '{PENDING}'"
    ));
    assert_eq!(ids(&json(&database, &["list", "--overdue"])), [PENDING]);

    let cut = json(&database, &["list", "--limit", "2"]);
    assert_eq!(ids(&cut), [CANCELLED, FAILED]);
    assert_eq!(cut["truncated"], true);
    assert_eq!(json(&database, &["list", "--limit", "5"])["truncated"], false);
    let ran = jobs(&database, &["list", "--limit", "2", "--format", "csv"]).expect_code(0);
    assert!(ran.stderr.contains("more than 2 jobs"), "{ran}");
    assert_ran!("list_cut", jobs(&database, &["list", "--limit", "2"]));
}

#[test]
fn columns_are_chosen_by_name_in_every_format() {
    let database = seeded();
    let chosen = ["list", "--status", "failed", "--columns", "last_error,id"];
    assert_ran!("list_columns", jobs(&database, &chosen));
    database.execute(&format!(
        "UPDATE scheduled_jobs SET locked_by = 'worker-7' WHERE id = '{RUNNING}'"
    ));
    let running = ["list", "--status", "running", "--columns", "id,locked_by"];
    let ran = jobs(&database, &running).expect_code(0);
    assert!(ran.stdout.contains("worker") && ran.stdout.contains("worker-7"), "{ran}");
    let row = &json(&database, &chosen)["jobs"][0];
    let keys: Vec<&String> = row.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["last_error", "id"]);
    let ran = jobs(&database, &[&chosen[..], &["--format", "csv"]].concat()).expect_code(0);
    assert!(ran.stdout.starts_with("last_error,id\n"), "{ran}");
    assert_ran!("near_column", jobs(&database, &["list", "--columns", "statsu"]).expect_code(2));
}

#[test]
fn near_misses_are_helped() {
    let database = seeded();
    assert_ran!("near_status", jobs(&database, &["list", "--status", "pendng"]).expect_code(2));
    assert_ran!("near_type", jobs(&database, &["list", "--type", "send_mesage"]).expect_code(0));
    let missing = "01900000-0000-7000-8000-000000000799";
    assert_ran!("unknown", jobs(&database, &["show", missing]).expect_code(2));
}

#[test]
fn a_job_is_shown_with_its_error_and_payload() {
    let database = seeded();
    let ran = jobs(&database, &["show", FAILED]).expect_code(0);
    assert!(ran.stdout.contains("the provider answered 503 five times"), "{ran}");
    assert!(ran.stdout.contains("survey"), "{ran}");
    let job = json(&database, &["show", FAILED]);
    assert_eq!((&job["attempts"], &job["overdue"]), (&5.into(), &false.into()));
}

#[test]
fn retry_needs_consent_and_touches_what_may_be_retried() {
    let database = seeded();
    let all = [PENDING, RUNNING, COMPLETED, FAILED, CANCELLED];
    let before = database.contents();
    assert_ran!("retry_refused", jobs(&database, &["retry", FAILED]).expect_code(4));
    let args = [&["retry"], &all[..]].concat();
    let planned = jobs(&database, &[&args[..], &["--dry-run"]].concat()).expect_code(3);
    assert_ran!("retry_dry_run", planned);
    assert_eq!(database.contents(), before);

    assert_ran!("retry_yes", jobs(&database, &[&args[..], &["--yes"]].concat()).expect_code(3));
    for (id, expected) in [
        (PENDING, "PENDING"),
        (RUNNING, "RUNNING"),
        (COMPLETED, "COMPLETED"),
        (FAILED, "PENDING"),
        (CANCELLED, "PENDING"),
    ] {
        assert_eq!(status(&database, id), expected);
    }
    let row = database.value(&format!(
        "(SELECT row(attempts, last_error, finished_at, scheduled_at <= now()) \
          FROM scheduled_jobs WHERE id = '{FAILED}')"
    ));
    assert_eq!(row, "(0,,,t)");
    assert_eq!(entries(&database, "job.retry"), "2");
    let kept = database.value(&format!(
        "(SELECT details->>'last_error' FROM audit_logs WHERE resource_id = '{FAILED}')"
    ));
    assert!(kept.contains("503"), "{kept}");
}

#[test]
fn retry_of_all_that_failed() {
    let database = seeded();
    database.execute(
        "INSERT INTO scheduled_jobs (type, scheduled_at, status, finished_at) \
         SELECT 'bulk', now(), 'FAILED', now() FROM generate_series(1, 450)",
    );
    let retried = json(&database, &["retry", "--failed", "--type", "bulk", "--yes"]);
    assert_eq!(retried["changed"], 450);
    assert_eq!(retried["truncated"], true);
    assert_eq!(retried["jobs"].as_array().unwrap().len(), 50);
    assert_eq!(entries(&database, "job.retry"), "450");
    assert_eq!(status(&database, FAILED), "FAILED");
    jobs(&database, &["retry", "--failed", "--yes"]).expect_code(0);
    assert_eq!(status(&database, FAILED), "PENDING");
    // Nothing is left: nothing to ask about.
    let ran = jobs(&database, &["retry", "--failed"]).expect_code(0);
    assert!(ran.stdout.contains("0 jobs retried"), "{ran}");
}

#[test]
fn cancel_takes_what_waits_and_nothing_else() {
    let database = seeded();
    let args = ["cancel", PENDING, RUNNING, "--yes"];
    assert_ran!("cancel_yes", jobs(&database, &args).expect_code(3));
    assert_eq!(status(&database, PENDING), "CANCELLED");
    assert_eq!(status(&database, RUNNING), "RUNNING");
    assert_eq!(entries(&database, "job.cancel"), "1");
    let missing = "01900000-0000-7000-8000-000000000799";
    let before = database.contents();
    jobs(&database, &["cancel", PENDING, missing, "--yes"]).expect_code(2);
    assert_eq!(database.contents(), before);
}

#[test]
fn a_job_that_a_worker_holds_is_left_alone() {
    let database = seeded();
    let worker = database.lock(
        "worker",
        &format!("SELECT FROM scheduled_jobs WHERE id = '{PENDING}' FOR UPDATE SKIP LOCKED"),
    );
    let cancelled = jobs(&database, &["cancel", PENDING, "--yes"]).expect_code(3);
    assert!(cancelled.stdout.contains("skipped: another session works on it"), "{cancelled}");
    worker.commit();
    assert_eq!(status(&database, PENDING), "PENDING");
    assert_eq!(entries(&database, "job.cancel"), "0");
}

#[test]
fn no_audit_entry_no_change() {
    let database = seeded();
    database.execute("ALTER TABLE audit_logs ADD CONSTRAINT shut CHECK (action <> 'job.cancel')");
    jobs(&database, &["cancel", PENDING, "--yes"]).expect_code(1);
    assert_eq!(status(&database, PENDING), "PENDING");
}

#[test]
fn stats_count_by_type() {
    let database = seeded();
    assert_ran!("stats", jobs(&database, &["stats"]).expect_code(0));
    let types = json(&database, &["stats"]);
    assert_eq!(types["types"][0]["type"], "send_message");
    assert_eq!(types["types"][0]["failed_ratio"], 1.0);
}

#[test]
fn what_a_trigger_swallows_is_no_success() {
    let database = seeded();
    database.execute(
        "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; \
         CREATE TRIGGER keep BEFORE UPDATE ON scheduled_jobs FOR EACH ROW EXECUTE FUNCTION keep(); \
         CREATE TRIGGER keep BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION keep(); \
         CREATE TRIGGER keep BEFORE INSERT OR UPDATE ON inboxctl_settings FOR EACH ROW EXECUTE FUNCTION keep()",
    );
    let before = database.contents();
    for args in [
        &["jobs", "retry", "--failed", "--yes"][..],
        &["users", "deactivate", "editor@inbox.example", "--yes"],
        &["db", "environment", "set", "production", "--yes"],
    ] {
        let ran = Binary::on(&database).run(args).expect_code(1);
        assert!(ran.stderr.contains("trigger keep"), "{ran}");
        assert_eq!(database.contents(), before);
    }
}

#[test]
fn the_beginning_of_an_id_is_enough() {
    let database = seeded();
    database.execute(
        "INSERT INTO scheduled_jobs (id, type, scheduled_at) \
         VALUES ('ab120000-0000-7000-8000-000000000001', 'survey', now())",
    );
    assert_eq!(json(&database, &["show", "AB12"])["type"], "survey");
    let id = "ab120000-0000-7000-8000-000000000001";
    jobs(&database, &["cancel", id, "--yes"]).expect_code(0);
    assert_ran!("show_ambiguous", jobs(&database, &["show", "01900000"]).expect_code(2));
    assert_ran!("show_no_id", jobs(&database, &["show", "send_message"]).expect_code(2));
    jobs(&database, &["show", "ffff"]).expect_code(2);
}

#[test]
fn what_a_worker_left_is_released() {
    let database = seeded();
    database.execute(&format!(
        "ALTER TABLE scheduled_jobs DISABLE TRIGGER scheduled_jobs_set_updated_at; \
         UPDATE scheduled_jobs SET updated_at = now() - interval '3 hours', \
             started_at = now() - interval '3 hours', locked_by = 'worker-7' \
         WHERE id = '{RUNNING}'; \
         ALTER TABLE scheduled_jobs ENABLE TRIGGER scheduled_jobs_set_updated_at; \
         INSERT INTO scheduled_jobs (type, status, scheduled_at) \
         VALUES ('survey', 'RUNNING', now())"
    ));
    let before = database.contents();
    assert_ran!("release_dry_run", jobs(&database, &["release", "--stuck", "--dry-run"]));
    assert_ran!("release_refused", jobs(&database, &["release", "--stuck"]).expect_code(4));
    // One that isn't stuck is its worker's, whoever names it.
    let ran = jobs(&database, &["release", RUNNING, "--older-than", "4h", "--yes"]);
    assert_ran!("release_too_young", ran.expect_code(3));
    assert_ran!("release_waiting", jobs(&database, &["release", PENDING, "--yes"]).expect_code(3));
    assert_eq!(database.contents(), before);

    jobs(&database, &["release", "--stuck", "--type", "survey", "--yes"]).expect_code(0);
    assert_eq!(status(&database, RUNNING), "RUNNING");
    jobs(&database, &["release", "--stuck", "--yes"]).expect_code(0);
    let released = format!(
        "(SELECT row(status, started_at, locked_by, attempts) FROM scheduled_jobs WHERE id = '{RUNNING}')"
    );
    assert_eq!(database.value(&released), "(PENDING,,,1)");
    let entry = "(SELECT details ->> 'locked_by' FROM audit_logs WHERE action = 'job.release')";
    assert_eq!(database.value(entry), "worker-7");
    let survey = "(SELECT status FROM scheduled_jobs WHERE type = 'survey')";
    assert_eq!(database.value(survey), "RUNNING");
}

#[test]
fn a_job_that_waits_is_rescheduled() {
    let database = seeded();
    let at = "2031-02-03T04:05:06Z";
    let args = ["reschedule", PENDING, RUNNING, FAILED, "--at", at];
    let before = database.contents();
    let planned = jobs(&database, &[&args[..], &["--dry-run"]].concat()).expect_code(3);
    assert_ran!("reschedule_dry_run", planned);
    jobs(&database, &args).expect_code(4);
    jobs(&database, &["reschedule", PENDING, "--yes"]).expect_code(2);
    assert_eq!(database.contents(), before);
    jobs(&database, &[&args[..], &["--yes"]].concat()).expect_code(3);
    assert_eq!(json(&database, &["show", PENDING])["scheduled_at"], at);
    assert_eq!(
        (status(&database, RUNNING), status(&database, FAILED)),
        ("RUNNING".into(), "FAILED".into())
    );
    let planned = json(&database, &["reschedule", PENDING, "--at", "2031-02-04", "--dry-run"]);
    assert_eq!(planned["scheduled_at"], "2031-02-04T00:00:00Z");
    let entry = "(SELECT details ->> 'to' FROM audit_logs WHERE action = 'job.reschedule')";
    assert_eq!(database.value(entry), at);
    jobs(&database, &["reschedule", PENDING, "--in", "0s", "--yes"]).expect_code(0);
    assert_eq!(json(&database, &["list", "--overdue"])["jobs"][0]["id"], PENDING);
}

#[test]
fn a_list_is_cut_by_time() {
    let database = seeded();
    database.execute(&format!(
        "UPDATE scheduled_jobs SET created_at = now() - interval '100 days' WHERE id = '{FAILED}'"
    ));
    assert_eq!(ids(&json(&database, &["list", "--until", "90d"])), [FAILED]);
    assert!(!ids(&json(&database, &["list", "--since", "90d"])).contains(&FAILED));
}

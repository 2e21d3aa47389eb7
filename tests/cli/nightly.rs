//! `nightly`: steps in order, each failing in turn, killed and run again.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Binary, Database, Ran, eventually};

const POLICIES: &str = r#"
[[retention.policy]]
name = "audit"
table = "audit_logs"
older_than = "90d"
max_rows = 1_000

"#;

const STEPS: [&str; 6] = [
    "db backup --out FOLDER/backups/",
    "db backup verify {backup}",
    "retention run",
    "contacts dedupe --since {last}",
    "audit close",
    "doctor --only connection",
];

/// A database with rows that are old enough and one person twice, and a configuration.
struct Scene {
    database: Database,
    folder: tempfile::TempDir,
}

impl Scene {
    fn new(steps: &[&str]) -> Scene {
        let database = Database::migrated();
        database.execute(
            "INSERT INTO audit_logs (actor, action, resource, created_at)
             SELECT 'x', 'message.send', 'messages', now() - make_interval(days => n) FROM generate_series(0, 99) AS n;
             INSERT INTO contacts (name, email) VALUES ('Ana Ray', 'ana@example.org'), ('Ana Ray', 'ana@example.org')",
        );
        let scene = Scene { database, folder: tempfile::tempdir().unwrap() };
        scene.configure(steps);
        scene
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn configure(&self, steps: &[&str]) {
        let folder = self.folder.path().to_str().unwrap();
        let step = |run: &&str| format!("[[nightly.step]]\nrun = '{run}'\n");
        let steps: String = steps.iter().map(step).collect();
        let text = format!("{POLICIES}{steps}").replace("FOLDER", folder);
        fs::write(self.at("inboxctl.toml"), text).unwrap();
    }

    fn binary(&self, args: &[&str]) -> (Binary, Vec<String>) {
        let config = self.at("inboxctl.toml");
        let given = ["nightly", "--config", config.to_str().unwrap()];
        let args = given.into_iter().chain(args.iter().copied()).map(String::from).collect();
        (Binary::on(&self.database), args)
    }

    fn run(&self, args: &[&str]) -> Ran {
        let (binary, args) = self.binary(args);
        binary.run(args)
    }

    fn old_entries(&self) -> String {
        self.database.value(
            "(SELECT count(*) FROM audit_logs WHERE action = 'message.send' \
              AND created_at < now() - interval '90 days')",
        )
    }

    fn merged(&self) -> String {
        self.database.value("(SELECT count(*) FROM contact_merges)")
    }
}

/// Each step with how it ended.
fn outcomes(ran: &Ran) -> Vec<(String, String)> {
    let steps = ran.json()["steps"].as_array().unwrap().clone();
    let text = |step: &Value, key: &str| step[key].as_str().unwrap().to_owned();
    steps.iter().map(|step| (text(step, "step"), text(step, "outcome"))).collect()
}

fn all(outcome: &str, ran: &Ran) {
    assert!(outcomes(ran).iter().all(|(_, ended)| ended == outcome), "{ran}");
}

#[test]
fn a_night_does_its_steps_and_the_next_one_begins_where_it_ended() {
    let scene = Scene::new(&STEPS);
    let plan = scene.run(&["--plan"]).expect_code(0);
    assert!(plan.stdout.contains("never") && scene.old_entries() == "10", "{plan}");
    scene.run(&[]).expect_code(4);
    let metrics = scene.at("night.prom");
    let args = ["--yes", "--format", "json", "--metrics-file", metrics.to_str().unwrap()];
    let ran = scene.run(&args).expect_code(0);
    all("done", &ran);
    assert_eq!((scene.old_entries(), scene.merged()), ("0".into(), "1".into()));
    let night = ran.json();
    let (backup, verified) = (&night["steps"][0], &night["steps"][1]["result"]);
    assert!(fs::metadata(backup["backup"].as_str().unwrap()).is_ok(), "{ran}");
    assert_eq!(verified["file"], backup["backup"]);
    let told = fs::read_to_string(&metrics).unwrap();
    assert!(told.contains("inboxctl_nightly_exit_code{step=\"contacts dedupe\"} 0\n"), "{told}");
    // Who did it, of each step.
    let entries = "(SELECT string_agg(action, ' ' ORDER BY created_at, id) FROM audit_logs WHERE resource = 'nightly')";
    let told = format!("nightly.begin{} nightly.end", " nightly.step".repeat(6));
    assert_eq!(scene.database.value(entries), told);
    // What changed since the last time is all that the next one looks at.
    let next = scene.run(&["--yes", "--format", "json"]).expect_code(0);
    let command = next.json()["steps"][3]["command"].as_str().unwrap().to_owned();
    let since = night["steps"][3]["began_at"].as_str().unwrap().to_owned();
    assert!(command.contains(&format!("--since {since}")), "{command}");
    // From cron, no news is good news.
    let quiet = scene.run(&["--yes", "--quiet"]).expect_code(0);
    assert_eq!(quiet.stdout + &quiet.stderr, "");
}

#[test]
fn a_step_that_fails_keeps_no_other_back_unless_rows_would_go_without_a_backup() {
    let wrong = [
        "db backup --out FOLDER/inboxctl.toml",
        "db backup verify FOLDER/inboxctl.toml",
        "retention run --archive FOLDER/nowhere",
        "contacts dedupe --max-merges 0",
        "audit verify --backup FOLDER/nowhere",
        "doctor --only nothing",
    ];
    for (place, run) in wrong.into_iter().enumerate() {
        let mut steps = STEPS;
        steps[place] = run;
        let scene = Scene::new(&steps);
        let ran = scene.run(&["--yes", "--format", "json"]).expect_code(1);
        for (other, (name, outcome)) in outcomes(&ran).into_iter().enumerate() {
            let expected = match other {
                _ if other == place => "failed",
                // There is nothing to verify.
                1 if place == 0 => "skipped",
                2 | 3 if place < 2 => "skipped",
                _ => "done",
            };
            assert_eq!(outcome, expected, "{name} after {run}: {ran}");
        }
        let error: Value = serde_json::from_str(ran.stderr.lines().last().unwrap()).unwrap();
        let name = outcomes(&ran)[place].0.clone();
        assert!(error["error"]["message"].as_str().unwrap().contains(&name), "{ran}");
        let gone = if place < 3 { "10" } else { "0" };
        assert_eq!(scene.old_entries(), gone, "{run}");
    }
}

#[test]
fn what_found_trouble_or_somebody_at_work_has_its_own_exit_code() {
    let scene = Scene::new(&["retention run --lock-wait 0s", "db status --check"]);
    scene.database.execute(
        "DELETE FROM __diesel_schema_migrations WHERE version = \
         (SELECT max(version) FROM __diesel_schema_migrations)",
    );
    let ran = scene.run(&["--yes", "--quiet"]).expect_code(3);
    assert!(ran.stdout.contains("trouble"), "what is wrong is told from cron, too: {ran}");
    // "inbox" in ASCII, then the number of the lock of what deletes by age.
    let retention = "SELECT pg_advisory_lock((x'696e626f78' || x'0006')::bit(56)::bigint)";
    let other = scene.database.lock("another prune", retention);
    let ran = scene.run(&["--yes"]).expect_code(75);
    assert!(ran.stderr.contains("another prune"), "{ran}");
    drop(other);
    let night = "SELECT pg_advisory_lock((x'696e626f78' || x'0009')::bit(56)::bigint)";
    let _other = scene.database.lock("another night", night);
    let ran = scene.run(&["--yes", "--lock-wait", "0s"]).expect_code(75);
    assert!(ran.stderr.contains("another night") && ran.stdout.is_empty(), "{ran}");
}

#[test]
fn without_a_database_the_metrics_say_so_of_each_step() {
    let scene = Scene::new(&STEPS);
    let metrics = scene.at("night.prom");
    let metrics = ["--yes", "--metrics-file", metrics.to_str().unwrap()];
    scene.run(&metrics).expect_code(0);
    let (binary, args) = scene.binary(&metrics);
    let ran = binary.env("DATABASE_URL", "postgres://inbox@127.0.0.1:1/inbox").run(args);
    assert!([1, 75].contains(&ran.code), "{ran}");
    let told = fs::read_to_string(metrics[2]).unwrap();
    let failed = told.lines().filter(|line| line.ends_with(&format!("}} {}", ran.code))).count();
    assert_eq!(failed, STEPS.len(), "{told}");
    let successes = told.lines().filter(|line| line.contains("last_success_timestamp_seconds{"));
    assert_eq!(successes.count(), STEPS.len(), "the last success is kept: {told}");
}

#[test]
fn a_line_that_is_no_step_is_refused_before_anything_runs() {
    let wrong = [
        ("db reset --confirm-db inbox", "no step of a night"),
        ("nightly", "no step of a night"),
        ("doctor --ony connection", "--ony"),
        ("db backup --help", "can't be run"),
        ("doctor --format table", "--format"),
        ("doctor --database-url postgres://u:secret@h/other", "--database-url is the night's"),
        ("db backup \"--out", "a quote is not closed"),
    ];
    for (run, why) in wrong {
        let scene = Scene::new(&["audit close", run]);
        let ran = scene.run(&["--yes"]).expect_code(2);
        assert!(ran.stderr.contains(why), "{run}: {ran}");
        assert!(!ran.to_string().contains("secret"), "{ran}");
        let entries = "(SELECT count(*) FROM audit_logs WHERE resource = 'nightly')";
        assert_eq!(scene.database.value(entries), "0", "{run}");
    }
    let none = Scene::new(&[]).run(&["--yes"]).expect_code(2);
    assert!(none.stderr.contains("there are no steps for a night"), "{none}");
    // A file that somebody left in the working folder runs nothing.
    let database = Database::migrated();
    let binary = Binary::on(&database);
    fs::write(binary.folder().join("inboxctl.toml"), "[[nightly.step]]\nrun = 'doctor'\n").unwrap();
    let ran = binary.run(["nightly", "--yes"]).expect_code(4);
    assert!(ran.stderr.contains("--config"), "{ran}");
}

#[test]
fn a_budget_stops_a_step_as_sigterm_does_and_the_next_one_begins() {
    let scene = Scene::new(&["doctor --only connection"]);
    let text = format!(
        "{POLICIES}[[nightly.step]]\nrun = 'retention run --lock-wait 5m'\nbudget = '1s'\n\
         [[nightly.step]]\nrun = 'audit verify'\n"
    );
    fs::write(scene.at("inboxctl.toml"), text).unwrap();
    let retention = "SELECT pg_advisory_lock((x'696e626f78' || x'0006')::bit(56)::bigint)";
    let _other = scene.database.lock("another prune", retention);
    let ran = scene.run(&["--yes", "--format", "json"]).expect_code(3);
    let ended: Vec<String> = outcomes(&ran).into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(ended, ["out_of_time", "done"], "{ran}");
}

#[test]
fn a_night_that_is_told_to_stop_ends_its_step_and_goes_on_in_the_next_run() {
    // Only the second one needs the lock that somebody holds.
    let steps = ["audit verify", "retention run --lock-wait 5m", "doctor --only connection"];
    let scene = Scene::new(&steps);
    let retention = "SELECT pg_advisory_lock((x'696e626f78' || x'0006')::bit(56)::bigint)";
    let first = "(SELECT count(*) FROM audit_logs WHERE resource_id = 'audit verify')";
    let other = scene.database.lock("another prune", retention);
    let (binary, args) = scene.binary(&["--yes", "--format", "json"]);
    let running = binary.start(args);
    eventually("the first step is done", || scene.database.value(first) == "1");
    let waits = "(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'inboxctl retention run')";
    eventually("the second step waits", || scene.database.value(waits) == "1");
    running.signal("TERM");
    let ran = running.wait().expect_code(143);
    let ended: Vec<String> = outcomes(&ran).into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(ended, ["done", "interrupted", "interrupted"], "{ran}");
    assert_eq!(scene.database.value(waits), "0");
    drop(other);
    let plan = scene.run(&["--plan"]).expect_code(0);
    assert!(plan.stdout.contains("in this night"), "{plan}");
    let ran = scene.run(&["--yes", "--format", "json"]).expect_code(0);
    let ended: Vec<String> = outcomes(&ran).into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(ended, ["done_before", "done", "done"], "{ran}");
    assert!(ran.json()["resumed_from"].is_string(), "{ran}");
    assert_eq!(scene.old_entries(), "0");
    all("done", &scene.run(&["--yes", "--format", "json"]).expect_code(0));
}

#[test]
fn what_failed_before_the_kill_is_not_well_after_it() {
    let steps = ["doctor --only nothing", "retention run --lock-wait 5m"];
    let scene = Scene::new(&steps);
    let retention = "SELECT pg_advisory_lock((x'696e626f78' || x'0006')::bit(56)::bigint)";
    let other = scene.database.lock("another prune", retention);
    let (binary, args) = scene.binary(&["--yes"]);
    let running = binary.start(args);
    let first = "(SELECT count(*) FROM audit_logs WHERE resource_id = 'doctor')";
    eventually("the first step has failed", || scene.database.value(first) == "1");
    running.signal("KILL");
    running.wait();
    drop(other);
    let metrics = scene.at("night.prom");
    let args = ["--yes", "--format", "json", "--metrics-file", metrics.to_str().unwrap()];
    let ran = scene.run(&args).expect_code(1);
    let ended: Vec<String> = outcomes(&ran).into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(ended, ["failed", "done"], "{ran}");
    let told = fs::read_to_string(metrics).unwrap();
    assert!(told.contains("exit_code{step=\"doctor\"} 2\n"), "{told}");
}

#[test]
fn what_others_wrote_into_the_log_is_no_backup() {
    let scene = Scene::new(&["db backup --out FOLDER/backups/", "retention run"]);
    let folder = scene.folder.path().to_str().unwrap().to_owned();
    let run = format!("db backup --out {folder}/backups/");
    let night = "01900000-0000-7000-8000-00000000aaaa";
    scene.database.execute(&format!(
        "INSERT INTO audit_logs (actor, action, resource, details, recorded_by) VALUES
         ('x', 'nightly.begin', 'nightly', jsonb_build_object('night', '{night}',
             'steps', jsonb_build_array('{run}', 'retention run')), 'eve'),
         ('x', 'nightly.step', 'nightly', jsonb_build_object('night', '{night}', 'step', 'db backup',
             'run', '{run}', 'outcome', 'done', 'exit_code', 0, 'began_at', now(), 'backup', '/etc/passwd'), 'eve')"
    ));
    let ran = scene.run(&["--yes", "--format", "jsonl"]).expect_code(0);
    let steps: Vec<Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).expect("a line a step")).collect();
    assert_eq!(steps.len(), 2, "{ran}");
    assert!(steps.iter().all(|step| step["outcome"] == "done"), "{ran}");
}

#[test]
fn a_backup_that_is_gone_is_made_again_and_another_night_ends_no_other() {
    let steps = ["db backup --out FOLDER/backups/", "retention run --lock-wait 5m"];
    let scene = Scene::new(&steps);
    let retention = "SELECT pg_advisory_lock((x'696e626f78' || x'0006')::bit(56)::bigint)";
    let other = scene.database.lock("another prune", retention);
    let (binary, args) = scene.binary(&["--yes"]);
    let running = binary.start(args);
    let first = "(SELECT count(*) FROM audit_logs WHERE resource_id = 'db backup')";
    eventually("the backup is there", || scene.database.value(first) == "1");
    running.signal("KILL");
    running.wait();
    drop(other);
    fs::remove_dir_all(scene.at("backups")).unwrap();
    let ours = fs::read(scene.at("inboxctl.toml")).unwrap();
    scene.configure(&["audit verify"]);
    all("done", &scene.run(&["--yes", "--format", "json"]).expect_code(0));
    fs::write(scene.at("inboxctl.toml"), ours).unwrap();
    let ran = scene.run(&["--yes", "--format", "json"]).expect_code(0);
    assert!(ran.json()["resumed_from"].is_string(), "{ran}");
    all("done", &ran);
    assert!(fs::read_dir(scene.at("backups")).unwrap().count() > 0);
}

/// Five steps, and in each of them four moments.
#[test]
fn killed_at_twenty_points_the_next_run_ends_the_night() {
    let steps = [
        "audit verify",
        "retention run",
        "contacts dedupe --since {last}",
        "audit close",
        "doctor --only connection",
    ];
    let ended = "(SELECT count(*) FROM audit_logs WHERE action = 'nightly.step')";
    for point in 0..20 {
        let (before, wait_ms) = (point / 4, u64::from(point % 4) * 60);
        let scene = Scene::new(&steps);
        let (binary, args) = scene.binary(&["--yes", "--format", "json"]);
        let mut running = binary.start(args);
        eventually("steps are done", || {
            !running.is_running() || scene.database.value(ended).parse::<u32>().unwrap() >= before
        });
        // Where in the step it falls is no matter: these are twenty of its moments.
        std::thread::sleep(std::time::Duration::from_millis(wait_ms));
        running.signal("KILL");
        running.wait();
        let ours = "(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'inboxctl%')";
        eventually("the step ends with the night", || scene.database.value(ours) == "0");
        let ran = scene.run(&["--yes", "--format", "json"]).expect_code(0);
        assert!(
            outcomes(&ran).iter().all(|(_, ended)| ended.starts_with("done")),
            "{point}: {ran}"
        );
        assert_eq!((scene.old_entries(), scene.merged()), ("0".into(), "1".into()), "{point}");
        let begun = "(SELECT count(*) FROM audit_logs WHERE action = 'nightly.begin')";
        let resumed = ran.json()["resumed_from"].is_string();
        let nights = scene.database.value(begun);
        assert!(resumed == (nights == "1") || point < 4, "{point}: {nights} nights: {ran}");
    }
}

//! What a standby that doesn't keep up does to a run, and what the doctor says of it.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use inboxctl::local::{Binaries, Cluster};

use crate::support::{Binary, eventually, fast_settings, fresh_root, watch};

/// A primary and a standby of their own: a standby that stands still would hold up every
/// other test on the shared server.
struct Pair {
    primary: Cluster,
    standby: Cluster,
    _watchdogs: [Child; 2],
}

impl Pair {
    fn new() -> Pair {
        let cluster = || {
            let binaries = Binaries::find(None).expect("server programs");
            let cluster = Cluster::at(fresh_root(), binaries, fast_settings());
            let watchdog = watch(cluster.root(), &cluster.socket_dir());
            (cluster, watchdog)
        };
        let ((primary, first), (standby, second)) = (cluster(), cluster());
        primary.ensure_running(&mut |_| {}).expect("the primary starts");
        Pair::copy(&primary, &standby);
        standby.ensure_running(&mut |_| {}).expect("the standby starts");
        Pair { primary, standby, _watchdogs: [first, second] }
    }

    /// The standby's data, made as an operator makes them.
    fn copy(primary: &Cluster, standby: &Cluster) {
        let binaries = primary.binaries().expect("server programs");
        let version = std::fs::read_dir(primary.root())
            .expect("the primary's folder")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .find(|path| path.join("data").is_dir())
            .expect("a data folder");
        let place = standby.root().join(version.file_name().expect("a version"));
        std::fs::create_dir_all(&place).expect("a folder");
        // The server's user must get through to its data.
        for folder in [standby.root(), &place] {
            std::fs::set_permissions(folder, Permissions::from_mode(0o711)).expect("a mode");
        }
        let copied = Command::new(binaries.tool("pg_basebackup").expect("a server has it"))
            .args([
                "--write-recovery-conf",
                "--wal-method=stream",
                "--checkpoint=fast",
                "--no-sync",
            ])
            .arg("--pgdata")
            .arg(place.join("data"))
            .arg("--dbname")
            .arg(primary.url("postgres"))
            .status();
        assert!(copied.expect("pg_basebackup runs").success());
        // What tells that the folder is inboxctl's; the start writes it anew.
        std::fs::write(place.join("settings.conf"), "").expect("a file");
        let mut owner = std::ffi::OsString::from("--reference=");
        owner.push(version.join("data"));
        let owned = Command::new("chown").arg("-R").arg(owner).arg(place.join("data")).status();
        assert!(owned.expect("chown runs").success());
    }

    fn on_primary(&self) -> Binary {
        Binary::new().env("DATABASE_URL", self.primary.url("postgres"))
    }

    fn execute(cluster: &Cluster, sql: &str) {
        connect(cluster).batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

fn connect(cluster: &Cluster) -> PgConnection {
    PgConnection::establish(&cluster.url("postgres")).expect("the test's own connection")
}

fn truth(cluster: &Cluster, condition: &str) -> bool {
    use diesel::dsl::sql;
    diesel::select(sql::<diesel::sql_types::Bool>(condition))
        .get_result(&mut connect(cluster))
        .unwrap_or_else(|error| panic!("{condition}: {error}"))
}

#[test]
fn a_run_waits_for_a_standby_that_stands_still_and_the_doctor_sees_it() {
    let pair = Pair::new();
    pair.on_primary().run(["db", "migrate"]).expect_code(0);
    Pair::execute(
        &pair.primary,
        "INSERT INTO audit_logs (actor, action, resource, created_at)
         SELECT 'x', 'session.login', 'sessions', now() - interval '100 days' FROM generate_series(1, 3000)",
    );
    let follows = "(SELECT count(*) = 1 FROM pg_stat_replication \
                   WHERE state = 'streaming' AND replay_lsn >= pg_current_wal_insert_lsn())";
    eventually("the standby follows", || truth(&pair.primary, follows));
    let replication = |ran: &crate::support::Ran| {
        let document = ran.json();
        let checks = document["checks"].as_array().expect("checks").clone();
        let check = checks.into_iter().find(|check| check["check"] == "replication");
        check.expect("a check of that name")
    };
    let doctor = ["doctor", "--only", "replication", "--format", "json"];
    assert_eq!(replication(&pair.on_primary().run(doctor).expect_code(0))["status"], "ok");

    Pair::execute(&pair.standby, "SELECT pg_wal_replay_pause()");
    eventually("replay stands still", || {
        truth(&pair.standby, "(SELECT pg_get_wal_replay_pause_state() = 'paused')")
    });
    let prune = |more: &[&str]| {
        let args = ["audit", "prune", "--yes", "--max-rows", "9999", "--format", "json"];
        pair.on_primary().run([&args, more].concat())
    };
    let ran = prune(&["--max-lag", "1s", "--max-runtime", "4s", "--rate", "400"]).expect_code(0);
    let document = ran.json();
    assert_eq!(document["outcome"], "out_of_time", "{ran}");
    let deleted = document["deleted"].as_u64().expect("a number");
    assert!((1..=1_600).contains(&deleted), "{ran}");
    assert!(ran.stderr.contains("behind; waiting for it"), "{ran}");

    // 70 MB of log that the standby doesn't replay.
    Pair::execute(
        &pair.primary,
        "CREATE TABLE ballast AS SELECT repeat(md5(n::text), 60) AS text FROM generate_series(1, 40000) AS n",
    );
    let check = replication(&pair.on_primary().run(doctor).expect_code(0));
    assert_eq!(check["status"], "warn", "{check}");
    let standby = Binary::new().env("DATABASE_URL", pair.standby.url("postgres"));
    let ran = standby.run(["audit", "prune", "--yes", "--max-rows", "9999"]);
    assert_eq!(ran.code, 4, "a standby takes no changes: {ran}");

    Pair::execute(&pair.standby, "SELECT pg_wal_replay_resume()");
    let ran = prune(&["--max-lag", "10s"]).expect_code(0);
    assert_eq!(ran.json()["deleted"].as_u64(), Some(3_000 - deleted), "{ran}");
    // The log is checked on the standby too.
    eventually("the standby follows", || truth(&pair.primary, follows));
    let verify = |cluster: &Cluster| {
        let binary = Binary::new().env("DATABASE_URL", cluster.url("postgres"));
        binary.run(["audit", "verify", "--format", "json"]).expect_code(0).json()
    };
    let found = verify(&pair.standby);
    assert_eq!(found["changes"]["prune"].as_u64(), Some(2), "{found}");
    assert_eq!(found, verify(&pair.primary));
}

#[test]
fn the_doctor_names_a_slot_that_nobody_reads() {
    let pair = Pair::new();
    pair.on_primary().run(["db", "migrate"]).expect_code(0);
    let slots = |code: i32| {
        let doctor = ["doctor", "--only", "replication-slots", "--format", "json"];
        let document = pair.on_primary().run(doctor).expect_code(code).json();
        document["checks"][0].clone()
    };
    assert_eq!(slots(0)["status"], "ok");
    Pair::execute(&pair.primary, "SELECT pg_create_physical_replication_slot('old_standby', true)");
    let check = slots(0);
    assert_eq!(check["status"], "warn", "{check}");
    assert!(check["remedy"].as_str().is_some_and(|text| text.contains("old_standby")), "{check}");
}

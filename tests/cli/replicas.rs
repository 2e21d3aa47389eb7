//! What a standby that doesn't keep up does to a run, and what the doctor says of it.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use inboxctl::local::{Binaries, Cluster};

use crate::access::commands::{COMMANDS, Does};
use crate::support::{Binary, TestKeyring, eventually, fast_settings, fresh_root, watch};

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
    let remedy = check["remedy"].as_str().expect("a remedy");
    // Its standby may only be down.
    let safe = "start the standby that reads it; only if that is gone for good: ";
    assert!(remedy.starts_with(safe) && remedy.contains("old_standby"), "{check}");
    Pair::execute(
        &pair.primary,
        "INSERT INTO audit_logs (actor, action, resource, created_at)
         VALUES ('x', 'session.login', 'sessions', now() - interval '100 days')",
    );
    let prune = ["audit", "prune", "--yes", "--max-rows", "9"];
    let ran = pair.on_primary().run(prune).expect_code(0);
    assert!(ran.stderr.contains("no standby is connected to the slot old_standby"), "{ran}");
}

#[test]
fn a_standby_takes_no_changes_and_serves_what_reads_much() {
    let pair = Pair::new();
    pair.on_primary().run(["db", "migrate"]).expect_code(0);
    pair.on_primary().run(["db", "seed"]).expect_code(0);
    let follows = "(SELECT count(*) = 1 FROM pg_stat_replication \
                   WHERE state = 'streaming' AND replay_lsn >= pg_current_wal_insert_lsn())";
    eventually("the standby follows", || truth(&pair.primary, follows));
    let on_standby = || Binary::new().env("DATABASE_URL", pair.standby.url("postgres"));

    let keyring = TestKeyring::generated();
    let (mut tried, mut wrong) = (0, Vec::new());
    for (name, does) in COMMANDS {
        let Does::Changes(_, change) = does else { continue };
        let is_simple =
            change.before.is_empty() && change.args.iter().all(|arg| !arg.contains('{'));
        // It leaves the database as it is, or reads another one first.
        if !is_simple || ["db adopt", "db restore", "db repair"].contains(name) {
            continue;
        }
        tried += 1;
        let there = on_standby().env("INBOXCTL_KEYRING_FILE", keyring.path());
        let args = name.split(' ').chain(change.args.iter().copied());
        let ran = there.input(crate::integrations::SMS).run(args);
        let hint = "target_session_attrs=read-write";
        if ran.code != 4 || !ran.stderr.contains(hint) || !ran.stdout.is_empty() {
            wrong.push(format!("{name}: {ran}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 20, "{tried}");

    let ran = on_standby().run(["doctor", "--format", "json"]);
    let document = ran.json();
    let status = |name: &str| {
        let mut checks = document["checks"].as_array().expect("checks").iter();
        checks.find(|check| check["check"] == name).expect("a check of that name")["status"].clone()
    };
    for name in ["dead-rows", "unused-indexes"] {
        assert_eq!(status(name), "unknown", "{ran}");
    }

    let reading = |url: String, args: &[&str]| {
        pair.on_primary().env("INBOXCTL_REPLICA_URL", url).run(args).expect_code(0)
    };
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("inbox.dump");
    let backup = ["db", "backup", "--out", out.to_str().expect("a name")];
    for args in [&["stats"][..], &["db", "verify"], &["contacts", "export", "-"], &backup] {
        let ran = reading(pair.standby.url("postgres"), args);
        assert!(ran.stderr.contains("reading from the standby"), "{args:?}: {ran}");
    }
    let ran = reading(pair.primary.url("postgres"), &["stats"]);
    assert!(ran.stderr.contains("not reading from the standby: it is no standby"), "{ran}");
    let ran = reading("postgres://127.0.0.1:1/x".into(), &["stats"]);
    assert!(ran.stderr.contains("not reading from the standby: can't connect"), "{ran}");
}

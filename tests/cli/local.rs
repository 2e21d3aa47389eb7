//! `local` and `--local`: the private server, from nothing to nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Child;

use crate::support::{Binary, Ran, fresh_root, watch};

/// A data folder of its own, removed with whatever runs in it.
pub(crate) struct Private {
    pub folder: PathBuf,
    _watchdog: Child,
}

impl Private {
    pub(crate) fn new() -> Private {
        let folder = fresh_root();
        fs::create_dir(&folder).unwrap();
        // As root, the server's ordinary user must get through.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o711)).unwrap();
        let watchdog = watch(&folder, &folder);
        Private { folder, _watchdog: watchdog }
    }

    pub(crate) fn binary(&self) -> Binary {
        Binary::new().env("INBOXCTL_DATA_DIR", &self.folder)
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.binary().run(args)
    }
}

fn state(private: &Private) -> String {
    let json = private.run(&["local", "status", "--format", "json"]).expect_code(0).json();
    json["state"].as_str().unwrap().to_owned()
}

#[test]
fn from_nothing_to_nothing() {
    let private = Private::new();
    assert_eq!(state(&private), "absent");
    assert!(private.run(&["local", "stop"]).expect_code(0).stdout.contains("was not running"));
    assert!(private.run(&["local", "destroy"]).expect_code(0).stdout.contains("There is no"));
    let started = private.run(&["local", "start"]).expect_code(0);
    assert!(started.stderr.contains("creating the private PostgreSQL"), "{started}");
    assert!(private.run(&["local", "start"]).expect_code(0).stderr.is_empty());
    assert_eq!(state(&private), "running");

    let url = private.run(&["local", "url"]).expect_code(0).stdout;
    let query = [
        "local",
        "psql",
        "--",
        "-Atc",
        "SELECT current_setting('listen_addresses'), current_database()",
    ];
    assert_eq!(private.run(&query).expect_code(0).stdout, "|inbox\n");
    Binary::new().env("DATABASE_URL", url.trim()).run(["db", "migrate"]).expect_code(0);
    private.run(&["--local", "db", "status", "--check"]).expect_code(0);
    let environment = private.run(&["--local", "db", "environment", "--format", "json"]).json();
    assert_eq!(environment["environment"], "development");
    assert_eq!(environment["marked"], false);

    assert!(private.run(&["local", "stop"]).expect_code(0).stdout.contains("is stopped"));
    assert_eq!(state(&private), "stopped");
    // Started on demand, with its data.
    private.run(&["--local", "db", "status", "--check"]).expect_code(0);

    private.run(&["local", "destroy"]).expect_code(4);
    assert!(
        private.run(&["local", "destroy", "--dry-run"]).expect_code(0).stdout.contains("Would")
    );
    assert_eq!(state(&private), "running");
    private.run(&["local", "destroy", "--yes"]).expect_code(0);
    assert_eq!(state(&private), "absent");
    assert_eq!(fs::read_dir(&private.folder).unwrap().count(), 0);
}

#[test]
fn concurrent_commands_share_one_server() {
    let private = Private::new();
    let runs: Vec<_> =
        (0..3).map(|_| private.binary().start(["--local", "db", "migrate"])).collect();
    for run in runs {
        run.wait().expect_code(0);
    }
    private.run(&["--local", "db", "status", "--check"]).expect_code(0);
    private.run(&["local", "destroy", "--yes"]).expect_code(0);
}

#[test]
fn it_comes_back_after_kill_9() {
    let private = Private::new();
    private.run(&["--local", "db", "migrate"]).expect_code(0);
    let status = private.run(&["local", "status", "--format", "json"]).json();
    let pid = status["pid"].as_u64().unwrap().to_string();
    std::process::Command::new("kill").args(["-9", &pid]).status().unwrap();
    private.run(&["--local", "db", "status", "--check"]).expect_code(0);
    private.run(&["local", "destroy", "--yes"]).expect_code(0);
}

#[test]
fn a_wrong_folder_of_programs_is_named() {
    let private = Private::new();
    let ran =
        private.binary().env("INBOXCTL_PG_BIN", "/nonexistent").run(["--local", "db", "status"]);
    assert!(ran.stderr.contains("/nonexistent"), "{ran}");
    assert_eq!(ran.code, 1, "{ran}");
    assert!(ran.stderr.contains("hint:"), "{ran}");
}

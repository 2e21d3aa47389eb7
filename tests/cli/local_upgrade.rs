//! A package update that replaces the programs of the private server while it runs.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;

use diesel::prelude::*;
use inboxctl::local::Binaries;

use crate::local::Private;
use crate::support::{Binary, eventually};

/// As a package manager does it: the new file takes the old one's name.
fn install(real: &Path, bin: &Path) {
    fs::copy(real, bin.join("postgres.new")).unwrap();
    fs::rename(bin.join("postgres.new"), bin.join("postgres")).unwrap();
}

#[test]
fn an_updated_server_is_restarted_when_nobody_uses_it() {
    let private = Private::new();
    let real = Binaries::find(None).unwrap().dir;
    // Called bin, it would have to have the server's libraries beside it.
    let bin = private.folder.join("programs");
    fs::create_dir(&bin).unwrap();
    std::os::unix::fs::symlink(real.join("initdb"), bin.join("initdb")).unwrap();
    install(&real.join("postgres"), &bin);
    let run = |words: &[&str]| private.binary().env("INBOXCTL_PG_BIN", &bin).run(words);
    let pid = || run(&["local", "status", "--format", "json"]).expect_code(0).json()["pid"].clone();
    run(&["--local", "db", "wait"]).expect_code(0);
    let url = run(&["local", "url"]).expect_code(0).stdout;
    let first = pid();
    let session = PgConnection::establish(url.trim()).unwrap();
    install(&real.join("postgres"), &bin);
    let ran = run(&["local", "start"]).expect_code(0);
    assert!(ran.stderr.contains("once nobody is connected"), "{ran}");
    assert_eq!(pid(), first);
    drop(session);
    // The session's process ends in its own time.
    eventually("the server is restarted", || {
        run(&["local", "start"]).expect_code(0).stderr.contains("its programs were updated")
    });
    assert_ne!(pid(), first);
    Binary::new().env("DATABASE_URL", url.trim()).run(["db", "wait"]).expect_code(0);
    assert!(run(&["local", "start"]).expect_code(0).stderr.is_empty());
}

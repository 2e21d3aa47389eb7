//! Help, completions, man pages: what is generated from the command tree.

use std::fs;

use clap::Command;

use crate::support::Binary;

fn leaves(command: &Command, path: &[String], found: &mut Vec<Vec<String>>) {
    found.push(path.to_vec());
    for below in command.get_subcommands() {
        let mut path = path.to_vec();
        path.push(below.get_name().to_owned());
        leaves(below, &path, found);
    }
}

#[test]
fn help_of_every_command() {
    let mut commands = Vec::new();
    leaves(&inboxctl::cli::tree(), &[], &mut commands);
    for path in commands {
        let mut args = path.clone();
        args.push(String::from("--help"));
        let ran = Binary::new().run(args).expect_code(0);
        assert!(ran.stderr.is_empty(), "{ran}");
        for line in ran.stdout.lines() {
            assert!(line.chars().count() <= 100, "too wide: {line}");
        }
        let name =
            format!("help_{}", if path.is_empty() { "inboxctl".into() } else { path.join("_") });
        // The global options are the same everywhere: once is enough.
        let text = if path.is_empty() {
            ran.stdout
        } else {
            ran.stdout.split("Global options:").next().unwrap_or_default().to_owned()
        };
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn every_argument_has_help_in_the_imperative() {
    fn check(command: &Command) {
        for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(!help.is_empty(), "{} of {} has no help", arg.get_id(), command.get_name());
            assert!(!help.ends_with('.'), "{help:?} ends with a full stop");
        }
        command.get_subcommands().for_each(check);
    }
    check(&inboxctl::cli::tree());
}

#[test]
fn version_is_the_packages() {
    let ran = Binary::new().run(["--version"]).expect_code(0);
    assert_eq!(ran.stdout, format!("inboxctl {}\n", env!("CARGO_PKG_VERSION")));
}

/// Regenerate with `INBOXCTL_UPDATE=1 cargo test completions`.
#[test]
fn completions_are_fresh() {
    for (shell, file) in [
        ("bash", "inboxctl.bash"),
        ("zsh", "_inboxctl"),
        ("fish", "inboxctl.fish"),
        ("powershell", "_inboxctl.ps1"),
    ] {
        let path = format!("{}/completions/{file}", env!("CARGO_MANIFEST_DIR"));
        let generated = Binary::new().run(["completions", shell]).expect_code(0).stdout;
        if std::env::var_os("INBOXCTL_UPDATE").is_some() {
            fs::write(&path, &generated).unwrap();
        }
        let stored = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            stored == generated,
            "{path} is out of date: INBOXCTL_UPDATE=1 cargo test completions"
        );
    }
}

#[test]
fn man_pages_are_written() {
    let binary = Binary::new();
    let folder = tempfile::tempdir().unwrap();
    binary
        .run([std::ffi::OsStr::new("man"), folder.path().join("man1").as_os_str()])
        .expect_code(0);
    let page = fs::read_to_string(folder.path().join("man1/inboxctl-db-migrate.1")).unwrap();
    assert!(page.contains("lock\\-timeout"), "{page}");
    let ran = Binary::new().run(["man", "/dev/null/x"]).expect_code(1);
    assert!(ran.stderr.contains("can't write"), "{ran}");
}

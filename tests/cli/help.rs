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
    let version = format!("inboxctl {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(ran.stdout, version);
    // For a report of a fault: which build it is.
    for line in [["--version", "-v"], ["-v", "--version"]] {
        let ran = Binary::new().run(line).expect_code(0);
        assert!(ran.stdout.starts_with(&version), "{ran}");
        for name in ["commit: ", "built: ", "target: "] {
            assert!(ran.stdout.contains(&format!("\n{name}")), "{ran}");
        }
    }
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
    assert!(page.contains(".SH EXAMPLES"), "{page}");
    let ran = Binary::new().run(["man", "/dev/null/x"]).expect_code(1);
    assert!(ran.stderr.contains("can't write"), "{ran}");
}

/// A line of a shell, whose quotes are about whole words, as far as it is ours.
fn words(line: &str) -> Vec<std::ffi::OsString> {
    let ours = line.split(" | ").next().and_then(|line| line.split(" < ").next());
    let parts = ours.unwrap_or(line).split('"').enumerate();
    let words = parts.flat_map(|(place, part)| match place % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    std::iter::once("inboxctl".to_owned()).chain(words).map(Into::into).collect()
}

#[test]
fn every_command_has_examples_that_are_understood() {
    let mut commands = Vec::new();
    leaves(&inboxctl::cli::tree(), &[], &mut commands);
    for path in commands {
        let mut command = &inboxctl::cli::tree();
        for word in &path {
            command = command.find_subcommand(word).unwrap();
        }
        if command.is_subcommand_required_set() {
            continue;
        }
        let args: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let help = Binary::new().run(args);
        let examples: Vec<&str> =
            help.stdout.lines().filter_map(|line| line.strip_prefix("  inboxctl ")).collect();
        assert!(!examples.is_empty(), "{path:?} has no example");
        for line in examples {
            let cli = inboxctl::cli::parse(&words(line));
            let cli = cli.unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(cli.path, path.join(" "), "{line}");
        }
    }
}

#[test]
fn what_all_commands_take_stands_at_the_top_alone() {
    let top = Binary::new().run(["--help"]).expect_code(0);
    let below = Binary::new().run(["jobs", "list", "--help"]).expect_code(0);
    assert!(top.stdout.contains("--log-format"), "{top}");
    assert!(!below.stdout.contains("--log-format"), "{below}");
    assert!(below.stdout.contains("inboxctl --help"), "{below}");
}

/// Of what changes the database, what doesn't take both, and why.
const WITHOUT_BOTH: [(&str, &str); 8] = [
    ("audit acknowledge", "adds one line about a day that `audit close` showed"),
    ("audit close", "only adds; `audit verify` shows what it would close"),
    ("db reset", "its name is said: --confirm-db"),
    ("db restore", "its name is said: --confirm-db"),
    ("db seed", "adds sample rows, and refuses where they are not wanted"),
    ("integrations show", "shows"),
    ("retention holds add", "only adds"),
    ("table-sizes", "shows, and adds what it saw"),
];

/// What lists, too, under another name.
const LISTS: [&str; 4] = ["contacts search", "contacts merges", "maintenance log", "table-sizes"];
/// A handful of lines, with few columns.
const WITHOUT_COLUMNS: [&str; 2] = ["keys list", "profile list"];

#[test]
fn what_changes_the_database_takes_yes_and_dry_run() {
    let tree = inboxctl::cli::tree();
    for (name, does) in crate::access::commands::COMMANDS {
        let mut command = &tree;
        for word in name.split(' ') {
            command = command.find_subcommand(word).unwrap();
        }
        let has = |long: &str| {
            let is_it = |arg: &clap::Arg| {
                let aliases = arg.get_all_aliases().unwrap_or_default();
                arg.get_long() == Some(long) || aliases.contains(&long)
            };
            command.get_arguments().any(is_it)
        };
        let is_left_out = WITHOUT_BOTH.iter().any(|(one, _)| one == name);
        if matches!(does, crate::access::commands::Does::Changes(..)) && !is_left_out {
            assert!(has("yes"), "{name} has no --yes");
            assert!(has("dry-run"), "{name} has no --dry-run");
        }
        let is_list = name.ends_with(" list") || LISTS.contains(name);
        assert!(!is_list || has("columns") || WITHOUT_COLUMNS.contains(name), "{name}");
    }
}

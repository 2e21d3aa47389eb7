//! README.md and docs/: links lead somewhere, command lines exist and run, errors are what is printed, and the page of
//! every command is what the command tree says.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Command;

use crate::support::{Binary, Database, Ran, TestKeyring, pages};

/// README.md, and every page.
fn all() -> Vec<PathBuf> {
    let listed = fs::read_dir(pages::folder()).unwrap().map(|entry| entry.unwrap().path());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let others = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "migrations/README.md"];
    listed
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .chain(others.map(|name| root.join(name)))
        .collect()
}

/// The targets of `[text](target)`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
}

/// As a heading is linked to: `A night` is `a-night`.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let slug = |heading: &str| {
        let kept = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = kept.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(slug).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut dead = Vec::new();
    for page in all() {
        let text = fs::read_to_string(&page).unwrap();
        for target in links(&text).filter(|target| !target.contains("://")) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let there = match file {
                "" => page.clone(),
                _ => page.parent().unwrap().join(file),
            };
            let is_there = match (there.exists(), anchor) {
                (exists, "") => exists,
                (exists, anchor) => {
                    exists && anchors(&fs::read_to_string(&there).unwrap()).contains(anchor)
                }
            };
            if !is_there {
                dead.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn every_page_stands_in_the_summary() {
    let summary = pages::read("SUMMARY.md");
    let listed: BTreeSet<&str> = links(&summary).collect();
    for page in all().iter().filter(|page| page.starts_with(pages::folder())) {
        let name = page.file_name().unwrap().to_str().unwrap();
        assert!(name == "SUMMARY.md" || listed.contains(name), "SUMMARY.md lacks {name}");
    }
}

#[test]
fn every_command_line_is_one() {
    let mut wrong = Vec::new();
    for page in all() {
        for (words, _) in pages::lines(&fs::read_to_string(&page).unwrap()) {
            // What stands for the reader's own, in capitals or brackets, is no value.
            let is_pattern = words.iter().any(|word| word.contains("..."));
            let parsed = inboxctl::cli::tree().try_get_matches_from(
                std::iter::once("inboxctl").chain(words.iter().map(String::as_str)),
            );
            if let Err(error) = parsed
                && !is_pattern
            {
                wrong.push(format!("{}: {}: {error}", page.display(), words.join(" ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The exit code that a line's comment names: `# exits 3: ...`.
fn expected(comment: &str) -> i32 {
    let code = comment.strip_prefix("exits ").and_then(|rest| rest.split([':', ' ']).next());
    code.map_or(0, |code| code.parse().expect("a number behind `exits`"))
}

/// Runs what a page says, from top to bottom, on the rows that `db seed` makes.
fn follow(page: &str) {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("backups")).unwrap();
    fs::write(folder.path().join("twilio.json"), r#"{"account_sid": "AC1", "auth_token": "x"}"#)
        .unwrap();
    fs::write(folder.path().join("body.txt"), "Body=hello").unwrap();
    let policies: String = pages::blocks(&pages::read("retention.md"), "toml").concat();
    let look = format!("{}_look", database.value("current_database()"));
    let newest = || {
        let written = fs::read_dir(folder.path().join("backups")).unwrap();
        let mut dumps = written.map(|entry| entry.unwrap().path());
        dumps
            .find(|path| path.extension().is_some_and(|ending| ending == "dump"))
            .expect("a backup")
    };
    let here = |word: &str| match word {
        "/srv/backups/newest.dump" => newest().to_str().unwrap().to_owned(),
        _ => word.replace("/srv", folder.path().to_str().unwrap()).replace("inbox_look", &look),
    };
    fs::create_dir(folder.path().join("archive")).unwrap();
    let policies = policies.replace("/var/lib/inbox", folder.path().to_str().unwrap());
    fs::write(folder.path().join("inboxctl.toml"), policies).unwrap();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    for (words, comment) in pages::lines(&pages::read(page)) {
        let ran =
            keyring.on(&database).within(folder.path()).run(words.iter().map(|word| here(word)));
        assert_eq!(ran.code, expected(&comment), "{}\n{ran}", words.join(" "));
    }
    database.execute(&format!("DROP DATABASE IF EXISTS {look}"));
}

#[test]
fn the_cookbook_can_be_followed() {
    follow("cookbook.md");
}

/// What makes inboxctl say each heading of the page.
fn trouble(heading: &str) -> Ran {
    let migrated = || {
        let database = Database::migrated();
        Binary::on(&database).run(["db", "seed"]).expect_code(0);
        database
    };
    let sealed = |database: &Database| {
        let keyring = TestKeyring::generated();
        let secret = r#"{"account_sid": "AC1", "auth_token": "x"}"#;
        keyring
            .on(database)
            .input(secret)
            .run(["integrations", "set-credentials", "SMS"])
            .expect_code(0);
    };
    match heading {
        "no database was named" => Binary::new().run(["db", "status"]),
        "can't connect to" => {
            Binary::new().env("DATABASE_URL", "postgres://u@127.0.0.1:1/x").run(["db", "status"])
        }
        "the database role may not do this" => {
            let database = migrated();
            let role = format!("{}_reader", database.value("current_database()"));
            database.execute(&format!("CREATE ROLE {role} LOGIN"));
            let url = crate::support::with_user(&database.url(), &role);
            let ran = Binary::new().env("DATABASE_URL", url).run(["contacts", "list"]);
            database.execute(&format!("DROP ROLE {role}"));
            ran
        }
        "this database belongs to another program" => {
            let database = Database::empty();
            database.execute("CREATE TABLE \"Contact\" (id text)");
            Binary::on(&database).run(["contacts", "list"])
        }
        "a table is missing" => Binary::on(&Database::empty()).run(["contacts", "list"]),
        "without consent" => Binary::on(&migrated()).run(["jobs", "cleanup"]),
        "it is a production database" => {
            let database = migrated();
            Binary::on(&database)
                .run(["db", "environment", "set", "production", "--yes"])
                .expect_code(0);
            Binary::on(&database).run(["db", "seed"])
        }
        "no contact is known by" => {
            Binary::on(&migrated()).run(["contacts", "show", "nobody@mail.example"])
        }
        "matches several" => Binary::on(&migrated()).run(["messages", "show", "0190"]),
        "another run is still working" => {
            let database = migrated();
            let lock = "SELECT pg_advisory_lock((x'696e626f78' || x'0006')::bit(56)::bigint)";
            let _held = database.lock("another", lock);
            Binary::on(&database).run(["jobs", "cleanup", "--yes", "--lock-wait", "0s"])
        }
        "there is no keyring" => {
            TestKeyring::none().on(&migrated()).run(["integrations", "verify"])
        }
        "the keyring has no key" => {
            let database = migrated();
            sealed(&database);
            TestKeyring::generated().on(&database).run(["integrations", "verify"])
        }
        "pg_dump was not found" => {
            let found =
                include_str!("../../src/backup/tools.rs").contains("{program} was not found");
            assert!(found, "the words have changed");
            Binary::new().run(["db", "backup", "--out", "x"])
        }
        "is not a dump that can be restored" => {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("inbox.dump");
            fs::write(&file, "nothing of the kind").unwrap();
            Binary::on(&migrated()).run(["db", "restore", file.to_str().unwrap(), "--into", "x"])
        }
        other => {
            panic!("docs/troubleshooting.md speaks of {other:?}, and nothing here makes it happen")
        }
    }
}

#[test]
fn what_the_page_of_troubles_quotes_is_printed() {
    let page = pages::read("troubleshooting.md");
    for heading in page.lines().filter_map(|line| line.strip_prefix("### ")) {
        let ran = trouble(heading);
        let is_said = ran.stderr.contains(heading) || ran.stdout.contains(heading);
        // Its programs can't be taken from a server's machine.
        assert!(is_said || heading == "pg_dump was not found", "{heading}: {ran}");
        assert_ne!(ran.code, 0, "{heading}: {ran}");
    }
}

/// A page of the whole tree: `INBOXCTL_UPDATE=1 cargo test --test cli book` writes it anew.
#[test]
fn the_page_of_commands_is_fresh() {
    let mut page = String::from(
        "# Every command\n\nWritten from the command tree. What every command takes stands once, at the end. Exit codes \
         are in\n[safety](safety.md#exit-codes), settings in [configuration](configuration.md).\n",
    );
    let mut tree = inboxctl::cli::tree();
    tree.build();
    for command in tree.get_subcommands().filter(|command| !command.is_hide_set()) {
        describe(command, command.get_name(), &mut page);
    }
    page.push_str("\n## Global options\n\n");
    options(&tree, true, &mut page);
    let path = pages::folder().join("commands.md");
    if std::env::var_os("INBOXCTL_UPDATE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(pages::read("commands.md") == page, "INBOXCTL_UPDATE=1 cargo test --test cli book");
}

fn describe(command: &Command, path: &str, page: &mut String) {
    let level = if path.contains(' ') { "###" } else { "##" };
    write!(page, "\n{level} {path}\n\n").unwrap();
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string);
    writeln!(page, "{}", about.unwrap_or_default().trim()).unwrap();
    let below: Vec<&Command> = command
        .get_subcommands()
        .filter(|below| !below.is_hide_set() && below.get_name() != "help")
        .collect();
    if below.is_empty() {
        let usage = command.clone().bin_name(format!("inboxctl {path}")).render_usage().to_string();
        write!(page, "\n```text\n{}\n```\n\n", usage.trim_start_matches("Usage: ")).unwrap();
        options(command, false, page);
        let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        if let Some(lines) = examples.strip_prefix("Examples:\n") {
            let lines: Vec<&str> = lines.lines().map(str::trim).collect();
            write!(page, "\n```text\n{}\n```\n", lines.join("\n")).unwrap();
        }
    }
    for command in below {
        describe(command, &format!("{path} {}", command.get_name()), page);
    }
}

/// A table of the arguments; nothing where there are none.
fn options(command: &Command, is_global: bool, page: &mut String) {
    let listed: Vec<String> = command
        .get_arguments()
        .filter(|arg| !arg.is_hide_set() && arg.is_global_set() == is_global)
        .filter(|arg| !["help", "version"].contains(&arg.get_id().as_str()))
        .map(|arg| {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            let default: Vec<_> =
                arg.get_default_values().iter().filter_map(|value| value.to_str()).collect();
            let default = match default.is_empty() || !arg.get_action().takes_values() {
                true => String::new(),
                false => format!(" (`{}`)", default.join(",")),
            };
            let text = help.replace('|', "\\|").replace('\n', " ").replace('<', "\\<");
            format!("| `{}` | {text}{default} |", arg.to_string().replace('|', "\\|"))
        })
        .collect();
    if !listed.is_empty() {
        write!(page, "| argument | meaning |\n|---|---|\n{}\n", listed.join("\n")).unwrap();
    }
}

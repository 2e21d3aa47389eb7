//! Backups that never lie on this machine: to standard output, and from standard input.

use std::process::{Command, Output};

use crate::db_backup::seeded;
use crate::prompts::{at_terminal, exit_code};
use crate::support::backups::Folder;
use crate::support::{Binary, Database, binary};

/// Runs a line of the shell in the folder, where `inboxctl` is the binary.
fn shell(database: &Database, folder: &Folder, line: &str) -> Output {
    let script = format!("set -eu; inboxctl() {{ '{}' \"$@\"; }}; {line}", binary().display());
    Command::new("bash")
        .args(["-o", "pipefail", "-c", &script])
        .current_dir(folder.path())
        .env("DATABASE_URL", database.url())
        .env("USER", "operator")
        .output()
        .expect("the shell runs")
}

fn expect_code(output: &Output, code: i32) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{stdout}\n{stderr}");
    stderr
}

#[test]
fn a_backup_goes_through_pipes_and_comes_back() {
    let (database, folder) = (seeded(), Folder::new());
    let taken = shell(
        &database,
        &folder,
        "inboxctl db backup --out - --manifest m.json --format json | cat > elsewhere",
    );
    let said = expect_code(&taken, 0);
    assert!(said.contains("to standard output; the manifest is m.json"), "{said}");
    assert_eq!(folder.names(), ["elsewhere", "m.json"]);

    for level in ["1", "2", "3"] {
        let line = format!(
            "cat elsewhere | inboxctl db backup verify - --manifest m.json --level {level}"
        );
        expect_code(&shell(&database, &folder, &line), 0);
    }
    // A manifest may lie elsewhere for a file, too.
    let line = "inboxctl db backup verify elsewhere --manifest m.json";
    expect_code(&shell(&database, &folder, line), 0);
    let text = std::fs::read_to_string(folder.file("m.json")).expect("the manifest");
    let whole: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(whole["verifications"].as_array().map(Vec::len), Some(4));

    let restored = format!("{}_restored", database.name);
    let line = format!("cat elsewhere | inboxctl db restore - --manifest m.json --into {restored}");
    expect_code(&shell(&database, &folder, &line), 0);
    let count = database.value("(SELECT count(*) FROM contacts)");
    let url = database.url().replace(&database.name, &restored);
    let found =
        Binary::new().env("DATABASE_URL", url).run(["contacts", "list", "--format", "jsonl"]);
    assert_eq!(found.expect_code(0).stdout.lines().count().to_string(), count);
    database.execute(&format!("DROP DATABASE {restored}"));
}

#[test]
fn what_a_pipe_lost_is_seen() {
    let (database, folder) = (seeded(), Folder::new());
    // Who reads goes away: no manifest says that there is a backup.
    let cut = shell(&database, &folder, "inboxctl db backup --out - --manifest m.json | true");
    let said = expect_code(&cut, 1);
    assert!(said.contains("the backup can't be written"), "{said}");
    assert_eq!(folder.names(), [""; 0]);

    let take = "inboxctl db backup --out - --manifest m.json > whole";
    expect_code(&shell(&database, &folder, take), 0);
    let again = shell(&database, &folder, "inboxctl db backup --out - --manifest m.json > other");
    assert!(expect_code(&again, 4).contains("m.json is there already"));
    let half = "head -c 20000 whole | inboxctl db backup verify - --manifest m.json";
    expect_code(&shell(&database, &folder, half), 3);
    let into = format!("{}_half", database.name);
    let half =
        format!("head -c 20000 whole | inboxctl db restore - --manifest m.json --into {into}");
    let said = expect_code(&shell(&database, &folder, &half), 1);
    assert!(said.contains("standard input is damaged"), "{said}");
    assert_eq!(
        database.value(&format!("(SELECT count(*) FROM pg_database WHERE datname = '{into}')")),
        "0"
    );

    let none = shell(&database, &folder, "cat whole | inboxctl db backup verify -");
    assert!(expect_code(&none, 2).contains("--manifest"));
    let missing = shell(&database, &folder, "cat whole | inboxctl db restore - --manifest x.json");
    assert!(expect_code(&missing, 2).contains("there is no manifest x.json"));
    // In place there is nobody to ask: the name must be given.
    let place = "cat whole | inboxctl db restore - --manifest m.json";
    assert!(expect_code(&shell(&database, &folder, place), 4).contains("--confirm-db"));
}

#[test]
fn a_stream_is_asked_for_whole() {
    let (database, folder) = (seeded(), Folder::new());
    for (line, says) in [
        ("--out -", "needs --manifest"),
        ("--manifest m.json", "goes with --out -"),
        ("--out - --manifest m.json --keep-daily 3", "--keep doesn't work"),
    ] {
        let line = format!("inboxctl db backup {line} > out");
        let said = expect_code(&shell(&database, &folder, &line), 2);
        assert!(said.contains(says), "{line}: {said}");
    }
    let plan = "inboxctl db backup --out - --manifest m.json --dry-run";
    let planned = shell(&database, &folder, plan);
    // Who reads there would keep it for a backup.
    assert_eq!(String::from_utf8_lossy(&planned.stdout), "");
    let planned = expect_code(&planned, 0);
    assert!(planned.contains("Would write to standard output"), "{planned}");
    for more in ["", " --dry-run"] {
        let line = format!("inboxctl db backup --out - --manifest nodir/m.json{more} > out");
        let said = expect_code(&shell(&database, &folder, &line), 1);
        assert!(said.contains("nodir/m.json can't be written"), "{said}");
        assert_eq!(std::fs::metadata(folder.file("out")).unwrap().len(), 0, "nothing was streamed");
    }
    assert_eq!(folder.names(), ["out"]);
}

/// Before anything is done for it.
#[test]
fn a_terminal_takes_no_backup() {
    let (database, folder) = (seeded(), Folder::new());
    database.execute("INSERT INTO audit_logs (actor, action, resource, created_at) SELECT 'x', 'y', 'z', now() - interval '3 days'");
    let before = database.contents();
    let line = format!("db backup --out - --manifest {}", folder.file("m.json"));
    let mut session = at_terminal(&database, &line);
    session.exp_string("standard output is a terminal").expect("said");
    session.exp_eof().expect("ended");
    assert_eq!(exit_code(&session), Some(2));
    assert_eq!(database.contents(), before);
}

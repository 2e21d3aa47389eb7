//! What a shell is answered while a line is typed.

use std::process::Command;

use crate::support::{Binary, Database, binary};

/// What may stand for the last of the words.
fn asked(binary: Binary, words: &[&str]) -> Vec<String> {
    let args = ["--", "inboxctl"].iter().chain(words).copied();
    let ran = binary
        .env("INBOXCTL_COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", words.len().to_string())
        .env("_CLAP_IFS", "\n")
        .run(args)
        .expect_code(0);
    assert_eq!(ran.stderr, "", "{ran}");
    ran.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn values_come_from_the_database() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let values = |words: &[&str]| asked(Binary::on(&database), words);
    let ids = values(&["contacts", "show", "01900000"]);
    assert!(ids.len() > 3 && ids.iter().all(|id| id.starts_with("01900000-")), "{ids:?}");
    assert!(!values(&["contacts", "merge", ""]).is_empty());
    let email = database.value("(SELECT min(email) FROM contacts)");
    assert!(values(&["contacts", "show", &email[..5].to_uppercase()]).contains(&email));
    let phone = database.value("(SELECT min(phone) FROM contacts WHERE phone LIKE '+%')");
    let phones = values(&["messages", "thread", "--contact", &phone[..6]]);
    assert!(phones.contains(&phone), "{phone}: {phones:?}");
    assert_eq!(values(&["assignments", "list", "--user", "ed"]), ["editor@inbox.example"]);
    assert_eq!(values(&["--actor", "adm"]), ["admin@inbox.example"]);
    let template = database.value("(SELECT min(name) FROM templates)");
    assert!(values(&["templates", "show", &template[..2]]).contains(&template));
    // A new e-mail is none that is there.
    assert_eq!(values(&["users", "create", "ed"]), [""; 0]);
}

#[test]
fn what_needs_no_database_is_told_without_one() {
    let values = |words: &[&str]| asked(Binary::new(), words);
    assert_eq!(values(&["contac"]), ["contacts"]);
    assert!(values(&["db", "migrate", "--to", "2026"]).len() > 10);
    assert_eq!(values(&["contacts", "list", "--channel", "wh"]), ["whatsapp"]);
    assert_eq!(values(&["contacts", "list", "--channel", "WH"]), ["WHATSAPP"]);
    assert_eq!(values(&["jobs", "list", "--columns", "id,pay"]), ["id,payload"]);
    // Nobody answers, and nothing is said of it.
    assert_eq!(values(&["contacts", "show", "0190"]), [""; 0]);
    let far = Binary::new().env("DATABASE_URL", "postgres://inbox@127.0.0.1:1/inbox");
    assert_eq!(asked(far, &["contacts", "show", "0190"]), [""; 0]);
    let folder = tempfile::tempdir().unwrap();
    let profiles = "[profile.prod]\nurl = 'postgres://db.example/inbox'\n";
    std::fs::write(folder.path().join("inboxctl.toml"), profiles).unwrap();
    assert_eq!(asked(Binary::new().within(folder.path()), &["--profile", "p"]), ["prod"]);
}

/// The place that the line names is where it is asked.
#[test]
fn the_line_says_where_to_ask() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let url = database.url();
    let words = ["--database-url", &url, "users", "rename", "view"];
    assert_eq!(asked(Binary::new(), &words), ["viewer@inbox.example"]);
}

/// What bash would put into the line for the last word, one each line.
fn in_bash(folder: &std::path::Path, url: &str, words: &str) -> Vec<String> {
    let script = format!(
        "source <(inboxctl completions bash); COMP_WORDS=({words}); COMP_TYPE=9; \
         COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
         _clap_complete_inboxctl inboxctl \"${{COMP_WORDS[COMP_CWORD]}}\" x; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    );
    let programs = binary().parent().expect("a folder").to_owned();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let output = Command::new("bash")
        .args(["--norc", "-c", &script])
        .current_dir(folder)
        .env("PATH", path)
        .env("DATABASE_URL", url)
        .output()
        .expect("bash runs");
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn bash_asks_as_its_script_says() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let here = tempfile::tempdir().unwrap();
    let found = in_bash(here.path(), &database.url(), "inboxctl users rename ad");
    assert_eq!(found, ["admin@inbox.example"]);
}

/// Enter would run them, a terminal obey them, and bash spread them out to file names.
#[test]
fn what_a_shell_would_interpret_is_not_offered() {
    let database = Database::migrated();
    for (place, local) in
        ["$(touch x)", "`id`", "*", "?", "a b", "a\\'b", "~root", "-rf", "\\x1b[2J", "a\\nb", "ann"]
            .iter()
            .enumerate()
    {
        database.execute(&format!(
            "INSERT INTO users (email, name, role) VALUES (E'{local}@x{place}.example', 'Eve', 'EDITOR')"
        ));
    }
    database.execute(
        "INSERT INTO contacts (email, name) VALUES ('ann@x.example', E'An\\x1b]0;n\\x07')",
    );
    let here = tempfile::tempdir().unwrap();
    for name in
        ["$(touch PWN).dump", "a b.dump", "q'\".dump", "*.dump", "-rf", "good.dump", "~root"]
    {
        std::fs::write(here.path().join(name), "").unwrap();
    }
    let values = |words: &str| {
        let mut found = in_bash(here.path(), &database.url(), words);
        found.retain(|one| !one.starts_with("--"));
        found
    };
    assert_eq!(values("inboxctl users rename ''"), ["ann@x10.example"]);
    assert_eq!(values("inboxctl retention restore ''"), [".", "good.dump"]);
    assert_eq!(values("inboxctl retention restore '$('"), [""]);
    let shown = Binary::on(&database)
        .env("INBOXCTL_COMPLETE", "fish")
        .run(["--", "inboxctl", "contacts", "show", "ann"])
        .expect_code(0);
    assert!(shown.stdout.starts_with("ann@x.example\tAn"), "{shown}");
    assert!(!shown.stdout.contains(['\x1b', '\x07']), "{shown}");
}

/// Left behind in the environment, it turns no command into a question.
#[test]
fn only_a_shell_that_asks_is_answered() {
    let ran = Binary::new().env("INBOXCTL_COMPLETE", "bash").run(["completions", "fish"]);
    assert!(ran.expect_code(0).stdout.starts_with("complete "));
    for index in ["99", "-1", "x"] {
        let ran = Binary::new()
            .env("INBOXCTL_COMPLETE", "bash")
            .env("_CLAP_COMPLETE_INDEX", index)
            .run(["--", "inboxctl", "contac"])
            .expect_code(0);
        assert_eq!(ran.stderr, "", "{ran}");
    }
}

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

#[test]
fn bash_asks_as_its_script_says() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let script = "source <(inboxctl completions bash); COMP_WORDS=(inboxctl users rename ad); COMP_CWORD=3; \
                  COMP_TYPE=9; _clap_complete_inboxctl inboxctl ad rename; echo \"${COMPREPLY[@]}\"";
    let folder = binary().parent().expect("a folder").to_owned();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let output = Command::new("bash")
        .args(["--norc", "-c", script])
        .env("PATH", path)
        .env("DATABASE_URL", database.url())
        .output()
        .expect("bash runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "admin@inbox.example");
}

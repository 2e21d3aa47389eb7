//! Profiles: databases that `inboxctl.toml` knows by name.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use crate::support::{Binary, Database};

/// A file in a folder below the one that it runs in; `inboxctl.toml` there is the user's own.
fn write(binary: &Binary, name: &str, text: &str) {
    let path = binary.folder().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
}

fn with(here: &str, home: &str) -> Binary {
    let binary = Binary::new();
    write(&binary, "inboxctl.toml", here);
    write(&binary, "home/inboxctl/inboxctl.toml", home);
    let home = binary.folder().join("home");
    binary.env("XDG_CONFIG_HOME", home)
}

const NOWHERE: &str = "postgres://ana:hunter2@127.0.0.1:1/elsewhere";

#[test]
fn a_profile_leads_to_its_database() {
    let database = Database::migrated();
    let text = format!("[profile.prod]\nurl = '{}'\nphone_region = 'ES'\n", database.url());
    let ready = || with(&text, "").env("DATABASE_URL", NOWHERE).env("DIRECT_URL", NOWHERE);
    ready().run(["db", "status"]).expect_code(1);
    ready().run(["db", "status", "--profile", "prod"]).expect_code(0);
    ready().run(["--profile", "prod", "db", "seed", "--profile", "base"]).expect_code(0);
    ready().env("INBOXCTL_PROFILE", "prod").run(["db", "status"]).expect_code(0);
    // What is named nearer wins over the whole of it.
    let named = ["db", "status", "--database-url", NOWHERE];
    ready().env("INBOXCTL_PROFILE", "prod").run(named).expect_code(1);
    let ran = ready().run(["db", "status", "--profile", "prdo"]).expect_code(2);
    assert!(ran.stderr.contains("did you mean prod?"), "{ran}");
    let ran = ready().run(["db", "status", "--profile", "prod", "--local"]).expect_code(2);
    assert!(ran.stderr.contains("--local"), "{ran}");

    let shown = ready().env("INBOXCTL_PROFILE", "prod").run(["config", "show", "--format", "json"]);
    let settings = shown.json()["settings"].clone();
    let of = |name: &str| {
        let mut rows = settings.as_array().unwrap().iter();
        rows.find(|row| row["setting"] == name).unwrap().clone()
    };
    assert_eq!(of("profile")["value"], "prod");
    assert_eq!(of("database_url")["from"], "inboxctl.toml, line 2");
    assert_eq!(of("phone_region")["value"], "ES");
    assert!(of("direct_url")["value"].is_null(), "another database's: {shown}");
    assert!(!shown.to_string().contains("hunter2"), "{shown}");
}

#[test]
fn profiles_are_listed_and_shown_without_their_secrets() {
    let here = format!(
        "[profile.prod]\nurl = '{NOWHERE}'\nenvironment = 'production'\nschema = 'crm'\n\
         [profile.other]\nurl = 'postgres://127.0.0.1:1/x'\nthreshold = 0.9\npooler = 'session'\n"
    );
    let home = "[profile.vault]\nurl_command = 'touch ran; cat secret'\n";
    let ready = || with(&here, home);
    let ran = ready().run(["profile", "list", "--profile", "prod", "--format", "json"]);
    let listed = ran.json()["profiles"].clone();
    let names: Vec<_> = listed.as_array().unwrap().iter().map(|row| row["name"].clone()).collect();
    assert_eq!(names, [json!("other"), json!("prod"), json!("vault")], "{ran}");
    assert_eq!(listed[1]["current"], true);
    assert_eq!(listed[1]["place"], "ana@127.0.0.1:1/elsewhere");
    assert_eq!(listed[1]["environment"], "production");
    assert_eq!(listed[2]["place"], "touch ran; cat secret", "it is shown, and not run");
    let ran = ready().run(["profile", "show", "prod"]).expect_code(0);
    assert!(ran.stdout.contains("production") && ran.stdout.contains("crm"), "{ran}");
    assert!(!ran.to_string().contains("hunter2"), "{ran}");
    let ran = ready().run(["profile", "show"]).expect_code(2);
    assert!(ran.stderr.contains("no profile is in use"), "{ran}");
    let ran = ready().run(["profile", "show", "prdo"]).expect_code(2);
    assert!(ran.stderr.contains("did you mean prod?"), "{ran}");
    let ran = with("[profile.prod\n", "").run(["profile", "show", "prod"]).expect_code(2);
    assert!(ran.stderr.contains("inboxctl.toml can't be used"), "{ran}");
    let ran = Binary::new().run(["profile", "list"]).expect_code(0);
    assert!(ran.stdout.contains("There are no profiles"), "{ran}");
}

#[test]
fn a_file_of_the_working_folder_gives_nothing_but_the_url() {
    for line in ["url_command = 'touch ran'", "url_file = 'secret'"] {
        let text = format!("[profile.prod]\n{line}\n");
        let ran = with(&text, "").run(["db", "status"]).expect_code(2);
        assert!(ran.stderr.contains("inboxctl.toml, line 2"), "{ran}");
        let binary = with("", &text);
        write(&binary, "home/inboxctl/secret", NOWHERE);
        let ran = binary.run(["db", "status", "--profile", "prod"]);
        assert!(!ran.stderr.contains("may not stand"), "{ran}");
    }
    // One that anybody may have put there takes no trusted one's place.
    let text = format!("[profile.prod]\nurl = '{NOWHERE}'\n");
    let ran = with(&text, &text).run(["db", "status", "--profile", "prod"]).expect_code(4);
    assert!(ran.stderr.contains("stands in two files"), "{ran}");
    for wrong in
        ["", "url = 'a'\nurl_file = 'b'", "url = 'a'\nthreshold = 2.0", "url = 'a'\npooler = 'x'"]
    {
        let ran = with(&format!("[profile.prod]\n{wrong}\n"), "").run(["db", "status"]);
        assert_eq!(ran.code, 2, "{ran}");
        assert!(ran.stderr.contains("can't be used"), "{ran}");
    }
}

#[test]
fn a_command_prints_the_url() {
    let database = Database::migrated();
    let ready = |command: &str| {
        let binary = with("", &format!("[profile.vault]\nurl_command = '''{command}'''\n"));
        write(&binary, "secret", &format!("{}\n", database.url()));
        binary.env("INBOXCTL_PROFILE", "vault")
    };
    ready("cat secret").run(["db", "status"]).expect_code(0);
    ready("cat secret").run(["contacts", "dedupe", "--dry-run"]).expect_code(0);
    for (command, why) in [("exit 3", "exit status: 3"), ("true", "it printed nothing")] {
        let ran = ready(command).run(["db", "status"]).expect_code(1);
        assert!(ran.stderr.contains(why), "{ran}");
    }
}

#[test]
fn a_profile_makes_it_production_and_never_less() {
    let database = Database::migrated();
    let ready = |environment: &str| {
        let url = database.url();
        let text = format!("[profile.it]\nurl = '{url}'\nenvironment = '{environment}'\n");
        with(&text, "").env("INBOXCTL_PROFILE", "it")
    };
    Binary::on(&database).run(["db", "environment", "set", "test"]).expect_code(0);
    ready("staging").run(["db", "seed", "--yes"]).expect_code(0);
    let ran = ready("production").run(["db", "seed", "--yes"]).expect_code(4);
    assert!(
        ran.stderr.contains("the profile it calls it") && ran.stderr.contains("--allow-production"),
        "{ran}"
    );
    Binary::on(&database).run(["db", "environment", "set", "production", "--yes"]).expect_code(0);
    let ran = ready("development").run(["db", "seed", "--yes"]).expect_code(4);
    assert!(ran.stderr.contains("--allow-production"), "{ran}");
}

#[test]
fn a_profile_brings_its_policies_and_its_folder_of_backups() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at)
         SELECT 'x', 'session.login', 'sessions', now() - interval '100 days' FROM generate_series(1, 3)",
    );
    let home = format!(
        "[[retention.policy]]\nname = 'all'\ntable = 'audit_logs'\nolder_than = '9000d'\n\
         [profile.it]\nurl = '{}'\nbackups = 'kept'\n\
         [[profile.it.retention.policy]]\nname = 'its'\ntable = 'audit_logs'\nolder_than = '90d'\n",
        database.url()
    );
    let ready = || with("", &home).env("INBOXCTL_PROFILE", "it");
    let ran = ready().run(["retention", "plan", "--format", "json"]).expect_code(0);
    assert!(ran.stdout.contains("\"its\"") && !ran.stdout.contains("\"all\""), "{ran}");
    let ran = ready().run(["db", "backup", "--dry-run", "--format", "json"]).expect_code(0);
    let file = ran.json()["file"].as_str().unwrap().to_owned();
    assert!(file.contains("home/inboxctl/kept/"), "{ran}");
}

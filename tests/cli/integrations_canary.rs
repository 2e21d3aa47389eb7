//! A secret that is searched for in everything that was printed and stored.

use std::process::Command;

use crate::local::Private;
use crate::support::{Database, TestKeyring};

const CANARY: &str = "canary-5e1f-kestrel";

fn assert_silent(place: &str, text: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!text.contains(secret), "{place} tells a secret: {text}");
    }
}

#[test]
fn no_secret_is_printed_logged_or_stored() {
    let database = Database::migrated();
    let keyring = TestKeyring::none();
    let passphrase = "canary-passphrase-osprey";
    let input = format!(r#"{{"account_sid": "AC-x", "auth_token": "{CANARY}"}}"#);
    let broken = format!(r#"{{"acount_sid": "{CANARY}", "auth_token": "{CANARY}""#);
    let misspelt = format!("{broken}}}");
    let commands: [(&[&str], &str); 19] = [
        (&["keys", "generate"], ""),
        (&["integrations", "set-credentials", "SMS"], &broken),
        (&["integrations", "set-credentials", "SMS"], &misspelt),
        (&["integrations", "set-credentials", "SMS", "--dry-run"], &input),
        (&["integrations", "set-credentials", "SMS"], &input),
        (&["integrations", "set-credentials", "SMS"], &input),
        (&["integrations", "set-credentials", "SMS", "--merge", "--yes"], &input),
        (&["integrations", "list"], ""),
        (&["integrations", "show", "SMS"], ""),
        (&["integrations", "show", "SMS", "--reveal"], ""),
        (&["integrations", "verify"], ""),
        (&["integrations", "enable", "SMS"], ""),
        (&["integrations", "disable", "SMS"], ""),
        (&["integrations", "set-config", "SMS", "from=1"], ""),
        (&["integrations", "rotate-keys"], ""),
        (&["keys", "list"], ""),
        (&["keys", "stage"], ""),
        (&["keys", "promote", "0011223344556677"], ""),
        (&["keys", "retire", "0011223344556677"], ""),
    ];
    let mut printed = String::new();
    for (args, input) in commands {
        for flags in [&["-vv"][..], &["-vv", "--log-format", "json", "--format", "json"]] {
            let ran = keyring
                .on(&database)
                .env("INBOXCTL_KEYRING_PASSPHRASE", passphrase)
                .input(input)
                .run([args, flags].concat());
            printed.push_str(&ran.to_string());
        }
    }
    // A constraint that fails has the server quote the row.
    database.execute(
        "ALTER TABLE integrations ADD CHECK (credentials IS NULL OR status <> 'INACTIVE') NOT VALID",
    );
    let set = ["integrations", "set-credentials", "EMAIL", "--allow-unknown-fields", "-vv"];
    let email =
        format!(r#"{{"smtp_host": "h", "smtp_username": "u", "smtp_password": "{CANARY}"}}"#);
    let refused = keyring.on(&database).input(email.as_str()).run(set).expect_code(1);
    printed.push_str(&refused.to_string());
    let document: serde_json::Value = serde_json::from_str(&keyring.text()).unwrap();
    let keys: Vec<&str> = document["keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| key["key"].as_str().unwrap())
        .collect();
    let secrets = [&[CANARY, passphrase], &keys[..]].concat();
    assert!(printed.contains("FOR UPDATE"), "no statement was logged: {printed}");
    assert_silent("the output", &printed, &secrets);
    let dump = Command::new("pg_dump").arg(database.url()).output().expect("pg_dump runs");
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    let dump = String::from_utf8_lossy(&dump.stdout);
    assert!(dump.contains("sc1:") && dump.contains("credentials.set"), "{dump}");
    assert_silent("the dump", &dump, &secrets);
    // An envelope is no secret, but has no business elsewhere either.
    let envelope = database.value("(SELECT credentials FROM integrations WHERE channel = 'SMS')");
    assert_eq!(dump.matches(&envelope).count(), 1);
    assert_silent("the output", &printed, &[&envelope[4..]]);
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let ran = keyring.on(&database).run(["completions", shell]).expect_code(0);
        assert_silent(shell, &ran.stdout, &secrets);
    }
}

/// The arguments of a running command are everybody's to read.
#[cfg(target_os = "linux")]
#[test]
fn no_secret_is_among_the_arguments() {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    let lock = database.lock("application", "LOCK TABLE integrations");
    let run = keyring
        .on(&database)
        .input(format!(r#"{{"account_sid": "AC-x", "auth_token": "{CANARY}"}}"#))
        .start(["integrations", "set-credentials", "SMS"]);
    crate::support::eventually("it waits for the table", || database.somebody_waits());
    let arguments = std::fs::read(format!("/proc/{}/cmdline", run.pid())).unwrap();
    let environment = std::fs::read(format!("/proc/{}/environ", run.pid())).unwrap();
    for bytes in [arguments, environment] {
        assert_silent("/proc", &String::from_utf8_lossy(&bytes), &[CANARY]);
    }
    drop(lock);
    run.wait().expect_code(0);
}

#[test]
fn no_child_inherits_the_keyring() {
    let keyring = TestKeyring::generated();
    let private = Private::new();
    let ran = private
        .binary()
        .env("INBOXCTL_KEYRING", keyring.text())
        .env("INBOXCTL_KEYRING_PASSPHRASE", CANARY)
        .run(["local", "psql", "--", "-c", "\\! env"])
        .expect_code(0);
    assert!(ran.stdout.contains("PATH="), "{ran}");
    assert!(!ran.stdout.contains("INBOXCTL_KEYRING"), "{ran}");
    assert_silent("the environment", &ran.stdout, &[CANARY]);
    private.run(&["local", "destroy", "--yes"]).expect_code(0);
}

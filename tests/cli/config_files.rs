//! Files of settings: which are read, which win, and what each may give.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown, lchown, symlink};
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Binary, Ran, skip};

const URL: &str = "postgres://ana:hunter2@127.0.0.1:1/inbox";
const ANA: u32 = 1000;
const EVE: u32 = 1001;

fn write(binary: &Binary, name: &str, text: &str, mode: u32) -> PathBuf {
    let path = binary.folder().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(&path, text).expect("written");
    fs::set_permissions(&path, Permissions::from_mode(mode)).expect("its mode");
    path
}

fn show(binary: Binary, args: &[&str]) -> Ran {
    let ran = binary.run([&["config", "show", "--format", "json"], args].concat());
    assert!(!ran.to_string().contains("hunter2"), "{ran}");
    ran
}

/// The value of a setting and where it comes from.
fn setting(ran: &Ran, name: &str) -> (Value, String) {
    let shown = ran.json();
    let mut rows = shown["settings"].as_array().expect("rows").iter();
    let row = rows.find(|row| row["setting"] == name).expect("the setting");
    (row["value"].clone(), row["from"].as_str().unwrap_or_default().to_owned())
}

/// Only root can give files away and be somebody else.
fn is_root() -> bool {
    let is_root = rustix::process::geteuid().is_root();
    if !is_root {
        skip("root", "only root can give files away");
    }
    is_root
}

#[test]
fn a_file_of_the_working_folder_is_used_if_it_is_ours_alone() {
    if !is_root() {
        return;
    }
    let sudo = ("SUDO_UID", "SUDO_GID");
    for (folder, owner, group, mode, uid, is_sudo, is_used) in [
        (0, 0, 0, 0o644, 0, false, true),
        (0, 0, 0, 0o664, 0, false, true),
        (0, 0, ANA, 0o664, 0, false, false),
        (0, 0, 0, 0o666, 0, false, false),
        (0, EVE, EVE, 0o644, 0, false, false),
        // Root on a mount of somebody's.
        (ANA, ANA, ANA, 0o644, 0, false, true),
        (ANA, ANA, ANA, 0o666, 0, false, false),
        (ANA, EVE, EVE, 0o644, 0, false, false),
        (0, ANA, ANA, 0o664, 0, true, true),
        (0, EVE, EVE, 0o644, 0, true, false),
        (ANA, 0, 0, 0o644, ANA, false, true),
        (ANA, 0, 0, 0o600, ANA, false, false),
        (ANA, ANA, ANA, 0o664, ANA, false, true),
        (ANA, EVE, EVE, 0o644, ANA, false, false),
        (EVE, EVE, EVE, 0o644, ANA, false, false),
    ] {
        for (name, text, flag) in [
            (".env", format!("DATABASE_URL={URL}\n"), "--env-file"),
            ("inboxctl.toml", format!("database_url = '{URL}'\n"), "--config"),
        ] {
            let about = format!("{name} of {owner}:{group} {mode:o}, folder of {folder}, {uid}");
            let ready = || {
                let binary = Binary::new();
                let path = write(&binary, name, &text, mode);
                chown(&path, Some(owner), Some(group)).expect("root");
                chown(binary.folder(), Some(folder), Some(folder)).expect("root");
                fs::set_permissions(binary.folder(), Permissions::from_mode(0o755)).expect("root");
                let binary = if uid == 0 { binary } else { binary.user(uid) };
                match is_sudo {
                    true => binary.env(sudo.0, ANA.to_string()).env(sudo.1, ANA.to_string()),
                    false => binary,
                }
            };
            let shown = show(ready(), &[]).expect_code(0);
            assert_eq!(setting(&shown, "database_url").0.is_string(), is_used, "{about}: {shown}");
            let status = ready().run(["db", "status"]);
            assert_eq!(status.code == 4, !is_used, "{about}: {status}");
            assert_eq!(status.stderr.contains(&format!("{name} is not used")), !is_used, "{about}");
            assert_eq!(status.stderr.contains(&format!("{flag} {name}")), !is_used, "{status}");
            let other = ready().env("DATABASE_URL", URL).run(["db", "status"]);
            assert_eq!(other.code, 1, "a URL from elsewhere is enough: {other}");
        }
    }
}

#[test]
fn a_link_is_as_good_as_who_made_it() {
    let ready = || {
        let binary = Binary::new();
        write(&binary, "data/real", &format!("DATABASE_URL={URL}\n"), 0o644);
        symlink("data/real", binary.folder().join(".env")).expect("a link");
        binary
    };
    let shown = show(ready(), &[]).expect_code(0);
    assert_eq!(setting(&shown, "database_url").1, ".env, line 1");
    if !is_root() {
        return;
    }
    let hers = ready();
    lchown(hers.folder().join(".env"), Some(EVE), Some(EVE)).expect("root");
    let shown = show(hers, &[]).expect_code(0);
    assert!(setting(&shown, "database_url").0.is_null(), "{shown}");
    // Named, it is read as it is: how Kubernetes mounts secrets.
    let hers = ready();
    lchown(hers.folder().join(".env"), Some(EVE), Some(EVE)).expect("root");
    let shown = show(hers, &["--env-file", ".env"]).expect_code(0);
    assert!(setting(&shown, "database_url").0.is_string(), "{shown}");
}

#[test]
fn no_program_and_no_key_comes_from_the_working_folder() {
    for (name, text, line) in [
        (".env", "# x\nINBOXCTL_PG_BIN=/evil\n", 2),
        (".env", "export INBOXCTL_DATA_DIR='/evil'\n", 1),
        (".env.local", "INBOXCTL_KEYRING='{\"hunter2\": 1}'\n", 1),
        (".env", "A=\"1\n2\"\nINBOXCTL_KEYRING_FILE=/evil\nINBOXCTL_KEYRING_FILE=\n", 3),
        (".env", "INBOXCTL_KEYRING_PASSPHRASE=hunter2\n", 1),
        ("inboxctl.toml", "\n\npg_bin = '/evil'\n", 3),
        ("inboxctl.toml", "keyring = '{\"hunter2\": 1}'\n", 1),
        ("inboxctl.toml", "keyring_file = 'evil'\n[schema]\nignore = []\n", 1),
        ("inboxctl.toml", "keyring_passphrase = 'hunter2'\n", 1),
        ("inboxctl.toml", "data_dir = '.'\n", 1),
        ("inboxctl.toml", "audit_head_command = 'evil'\n", 1),
        (".env", "INBOXCTL_AUDIT_HEAD_COMMAND=evil\n", 1),
    ] {
        let ready = || {
            let binary = Binary::new();
            write(&binary, name, text, 0o644);
            // Never passed over, whatever wins.
            binary.env("INBOXCTL_PG_BIN", "/usr/bin").env("DATABASE_URL", URL)
        };
        let ran = ready().run(["db", "status"]).expect_code(2);
        assert!(ran.stderr.contains(&format!("{name}, line {line}")), "{ran}");
        assert!(ran.stderr.contains("/etc/inboxctl/inboxctl.toml"), "{ran}");
        assert!(!ran.to_string().contains("hunter2"), "{ran}");
        let shown = show(ready(), &[]).expect_code(3);
        let problem = shown.json()["problems"][0]["message"].to_string();
        assert!(problem.contains(&format!("{name}, line {line}")), "{shown}");
        ready().run(["completions", "bash"]).expect_code(0);
    }
}

#[test]
fn a_file_that_is_named_gives_programs_if_nobody_else_writes_it() {
    for (flag, name, text) in [
        ("--config", "prod.toml", "pg_bin = 'bin'\nactor = 'ana@example.com'\n"),
        ("--env-file", "prod.env", "INBOXCTL_PG_BIN=bin\nINBOXCTL_ACTOR=ana@example.com\n"),
    ] {
        for (mode, is_trusted) in [(0o600, true), (0o644, true), (0o660, true), (0o666, false)] {
            let binary = Binary::new();
            write(&binary, name, text, mode);
            let shown = show(binary, &[flag, name]).expect_code(if is_trusted { 0 } else { 3 });
            assert_eq!(setting(&shown, "pg_bin").0.is_string(), is_trusted, "{mode:o}: {shown}");
            assert_eq!(setting(&shown, "actor").0, "ana@example.com", "{mode:o}: {shown}");
        }
    }
    if !is_root() {
        return;
    }
    for (owner, group, mode) in [(EVE, EVE, 0o644), (0, EVE, 0o664)] {
        let binary = Binary::new();
        let path = write(&binary, "x.toml", "pg_bin = 'bin'\n", mode);
        chown(path, Some(owner), Some(group)).expect("root");
        let ran = binary.run(["db", "status", "--config", "x.toml"]).expect_code(2);
        assert!(ran.stderr.contains("x.toml, line 1"), "{ran}");
    }
}

#[test]
fn the_nearer_file_wins_setting_by_setting() {
    let ready = || {
        let binary = Binary::new();
        write(&binary, "inboxctl.toml", "actor = 'here'\n[schema]\nignore = ['here_*']\n", 0o644);
        let text = "actor = 'user'\nphone_region = 'ES'\nkeyring_file = 'k.json'\n\
                    [merge]\nreferences = ['calls.contact_id']\n";
        write(&binary, "home/inboxctl/inboxctl.toml", text, 0o600);
        write(&binary, "other.toml", "[schema]\nignore = ['other_*']\n", 0o600);
        let home = binary.folder().join("home");
        binary.env("XDG_CONFIG_HOME", home)
    };
    let shown = show(ready(), &[]).expect_code(0);
    let is = |name: &str, value: &str, from: &str| {
        let found = setting(&shown, name);
        assert!(found.0 == value && found.1.ends_with(from), "{name}: {found:?}");
    };
    is("actor", "here", "inboxctl.toml, line 1");
    is("phone_region", "ES", "home/inboxctl/inboxctl.toml, line 2");
    is("schema.ignore", "here_*", "inboxctl.toml");
    is("merge.references", "calls.contact_id", "home/inboxctl/inboxctl.toml");
    // A path counts from its file.
    let keyring = setting(&shown, "keyring_file").0;
    assert!(keyring.as_str().expect("a path").ends_with("home/inboxctl/k.json"), "{keyring}");
    let shown = show(ready().env("INBOXCTL_ACTOR", "environment"), &["--actor", "flag"]);
    assert_eq!(setting(&shown, "actor"), (Value::from("flag"), String::from("--actor")));
    let shown = show(ready(), &["--config", "other.toml"]).expect_code(0);
    assert_eq!(setting(&shown, "schema.ignore").0, "other_*");
    assert!(setting(&shown, "actor").0.is_null(), "a file that is named stands alone: {shown}");
}

#[test]
fn show_says_what_is_set_and_what_is_wrong() {
    let binary = Binary::new();
    write(&binary, ".env", &format!("DATABASE_URL={URL}\n"), 0o644);
    let text = "[[retention.policy]]\nname = 'audit'\ntable = 'audit_logs'\nolder_than = '90d'\n";
    write(&binary, "inboxctl.toml", text, 0o644);
    let ran = binary.env("INBOXCTL_KEYRING", "hunter2").run(["config", "show"]).expect_code(0);
    crate::assert_ran!(ran);
    let binary = Binary::new();
    write(&binary, "inboxctl.toml", "[retention]\nolder = 1\n", 0o644);
    let ran = binary.run(["config", "show"]).expect_code(3);
    assert!(ran.stdout.contains("inboxctl.toml can't be used: line 2"), "{ran}");
    let shown = show(Binary::new(), &["--config", "absent.toml"]).expect_code(3);
    assert!(shown.stdout.contains("absent.toml can't be read"), "{shown}");
    let shown = show(Binary::new(), &["--config", "/dev/zero"]).expect_code(3);
    assert!(shown.stdout.contains("more than 1024 KiB"), "{shown}");
}

#[test]
fn a_file_that_can_not_be_read_is_told_with_the_way_out() {
    if !is_root() {
        return;
    }
    let binary = Binary::new();
    write(&binary, ".env", &format!("DATABASE_URL={URL}\n"), 0o600);
    chown(binary.folder(), Some(ANA), Some(ANA)).expect("root");
    fs::set_permissions(binary.folder(), Permissions::from_mode(0o755)).expect("root");
    let ran = binary.user(ANA).run(["db", "status"]).expect_code(4);
    let hint =
        "hint: let this user read it, with chmod or chown, then name it with --env-file .env";
    assert!(ran.stderr.contains(hint), "{ran}");
}

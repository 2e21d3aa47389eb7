//! `keys`: a keyring's life.

use std::os::unix::fs::{MetadataExt, PermissionsExt};

use crate::assert_ran;
use crate::integrations::SMS;
use crate::support::{Binary, Database, TestKeyring};

#[test]
fn generated_once_and_never_overwritten() {
    let keyring = TestKeyring::none();
    assert_ran!("keys_none", keyring.keys(&["list"]));
    assert_ran!("keys_generate", keyring.keys(&["generate"]));
    let text = keyring.text();
    assert_eq!(std::fs::metadata(keyring.path()).unwrap().mode() & 0o777, 0o600);
    assert_ran!("keys_generate_again", keyring.keys(&["generate"]));
    assert_eq!(keyring.text(), text);
    assert_ran!("keys_list", keyring.keys(&["list"]));
    let json = keyring.keys(&["list", "--format", "json"]).json();
    assert_eq!(json["keys"][0]["state"], "primary");
    let left: Vec<_> = std::fs::read_dir(keyring.path().parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn two_at_once_make_one() {
    let keyring = TestKeyring::none();
    let start =
        || Binary::new().env("INBOXCTL_KEYRING_FILE", keyring.path()).start(["keys", "generate"]);
    let runs: Vec<_> = (0..6).map(|_| start()).collect();
    let codes: Vec<i32> = runs.into_iter().map(|run| run.wait().code).collect();
    assert_eq!(codes.iter().filter(|code| **code == 0).count(), 1, "{codes:?}");
    assert_eq!(keyring.read().entries().len(), 1);
    // And of those that add to it, none is lost.
    let runs: Vec<_> = (0..6)
        .map(|_| {
            Binary::new().env("INBOXCTL_KEYRING_FILE", keyring.path()).start(["keys", "stage"])
        })
        .collect();
    for run in runs {
        run.wait().expect_code(0);
    }
    assert_eq!(keyring.read().entries().len(), 7);
}

#[test]
fn in_the_users_configuration() {
    let home = tempfile::tempdir().unwrap();
    Binary::new().env("HOME", home.path()).run(["keys", "generate"]).expect_code(0);
    let path = home.path().join(".config/inboxctl/keyring.json");
    assert_eq!(std::fs::metadata(path.parent().unwrap()).unwrap().mode() & 0o777, 0o700);
    assert!(path.is_file());
    let nowhere = Binary::new().run(["keys", "list"]).expect_code(2);
    assert!(nowhere.stderr.contains("INBOXCTL_KEYRING_FILE"), "{nowhere}");
}

#[test]
fn stage_promote_rotate_retire() {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    let run = |args: &[&str]| keyring.on(&database).input(SMS).run(args);
    run(&["integrations", "set-credentials", "SMS"]).expect_code(0);
    let old = keyring.primary();
    assert_ran!("keys_stage", keyring.keys(&["stage"]));
    let new = keyring.read().entries()[1].key.id().to_string();
    assert_eq!(keyring.primary(), old);
    assert_ran!("keys_promote_dry_run", keyring.keys(&["promote", &new, "--dry-run"]));
    assert_eq!(keyring.primary(), old);
    assert_ran!("keys_promote", keyring.keys(&["promote", &new]));
    assert_ran!("keys_promote_again", keyring.keys(&["promote", &new]));
    assert_ran!("keys_retire_primary", run(&["keys", "retire", &new, "--yes"]));
    assert_ran!("keys_retire_needed", run(&["keys", "retire", &old, "--yes"]));
    assert_ran!("rotate_dry_run", run(&["integrations", "rotate-keys", "--dry-run"]));
    assert_ran!("rotate", run(&["integrations", "rotate-keys"]));
    assert_ran!("rotate_again", run(&["integrations", "rotate-keys"]));
    run(&["integrations", "verify"]).expect_code(0);
    assert_ran!("keys_retire_refused", run(&["keys", "retire", &old]));
    assert_ran!("keys_retire_dry_run", run(&["keys", "retire", &old, "--dry-run"]));
    assert_ran!("keys_retire", run(&["keys", "retire", &old, "--yes"]));
    assert_ran!("keys_retire_unknown", run(&["keys", "retire", &old, "--yes"]));
    let audited = "(SELECT resource_id FROM audit_logs WHERE action = 'keys.retire')";
    assert_eq!(database.value(audited), old);
    run(&["integrations", "verify"]).expect_code(0);
    let mistyped = keyring.keys(&["promote", "xyz"]).expect_code(2);
    assert!(mistyped.stderr.contains("16 hex digits"), "{mistyped}");
}

#[test]
fn a_retired_key_is_kept_for_the_backups_that_need_it() {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    let run = |args: &[&str]| keyring.on(&database).input(SMS).run(args);
    run(&["integrations", "set-credentials", "SMS"]).expect_code(0);
    let sealed = database.value("(SELECT credentials FROM integrations WHERE channel = 'SMS')");
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("old.dump");
    run(&["db", "backup", "--out", backup.to_str().unwrap()]).expect_code(0);
    let old = keyring.change_key();
    run(&["integrations", "rotate-keys"]).expect_code(0);
    let backups = folder.path().to_str().unwrap();
    let retire = ["keys", "retire", &old, "--backups", backups];
    for last in ["--dry-run", "--yes"] {
        let ran = run(&[&retire[..], &[last]].concat()).expect_code(0);
        let told = format!("1 backup needs {old}: {}", backup.display());
        assert!(ran.stdout.contains(&told), "{ran}");
    }
    let mut copy = keyring.path().into_os_string();
    copy.push(format!(".retired-{old}"));
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&copy).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    // What an old backup brings back opens with it, and with nothing else.
    database.execute(&format!("UPDATE integrations SET credentials = '{sealed}'"));
    run(&["integrations", "verify"]).expect_code(3);
    let with = |file: &std::ffi::OsStr| Binary::on(&database).env("INBOXCTL_KEYRING_FILE", file);
    with(&copy).run(["integrations", "verify"]).expect_code(0);
}

#[test]
fn a_key_stays_where_its_entry_can_not_be_written() {
    let (database, keyring) = (Database::migrated(), TestKeyring::generated());
    let old = keyring.change_key();
    database.execute(
        "CREATE FUNCTION no_entries() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no more entries'; END $$;
         DO $$ BEGIN EXECUTE format('CREATE CONSTRAINT TRIGGER late AFTER INSERT ON %I DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW EXECUTE FUNCTION no_entries()', 'audit_logs_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')); END $$",
    );
    let before = keyring.text();
    let ran = keyring.on(&database).run(["keys", "retire", &old, "--yes"]).expect_code(1);
    assert!(ran.stderr.contains("no more entries"), "{ran}");
    assert_eq!(keyring.text(), before);
}

#[test]
fn a_key_that_another_column_needs_is_not_retired() {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    keyring.on(&database).input(SMS).run(["integrations", "set-credentials", "SMS"]).expect_code(0);
    let old = keyring.change_key();
    database.execute(
        "CREATE TABLE tokens (id integer PRIMARY KEY, secret text);
         INSERT INTO tokens SELECT 1, credentials FROM integrations;",
    );
    keyring.on(&database).run(["integrations", "rotate-keys"]).expect_code(0);
    database.execute("COMMENT ON COLUMN tokens.secret IS 'inboxctl: envelopes'");
    let retire = ["keys", "retire", &old, "--yes"];
    let refused = keyring.on(&database).run(retire).expect_code(4);
    assert!(refused.stderr.contains("1 row of tokens.secret"), "{refused}");
    // It doesn't open there, so it can't be rotated either.
    assert_ran!("rotate_bad", keyring.on(&database).run(["integrations", "rotate-keys"]));
    let verified = keyring.on(&database).run(["integrations", "verify"]).expect_code(3);
    assert!(verified.stdout.contains("tokens.secret: 1 envelope checked, 1"), "{verified}");
    database.execute("DELETE FROM tokens");
    keyring.on(&database).run(retire).expect_code(0);
}

#[test]
fn locked_with_a_passphrase() {
    let database = Database::migrated();
    let keyring = TestKeyring::none();
    let run = |passphrase: &str, args: &[&str]| {
        keyring.on(&database).env("INBOXCTL_KEYRING_PASSPHRASE", passphrase).input(SMS).run(args)
    };
    run("too short", &["keys", "generate", "--passphrase"]).expect_code(2);
    run("correct horse battery", &["keys", "generate", "--passphrase"]).expect_code(0);
    assert!(keyring.text().contains("argon2id") && !keyring.text().contains("\"key\""));
    run("correct horse battery", &["integrations", "set-credentials", "SMS"]).expect_code(0);
    run("correct horse battery", &["keys", "stage"]).expect_code(0);
    assert!(keyring.text().contains("argon2id"), "it stays locked");
    assert_ran!("keys_list_locked", run("correct horse battery", &["keys", "list"]));
    assert_ran!("keys_wrong_passphrase", run("wrong horse battery", &["keys", "list"]));
    assert_ran!("keys_no_passphrase", keyring.keys(&["list"]));
}

#[test]
fn a_keyring_of_others_is_not_used() {
    let keyring = TestKeyring::generated();
    let text = keyring.text();
    std::fs::set_permissions(keyring.path(), std::fs::Permissions::from_mode(0o644)).unwrap();
    for args in [&["list"][..], &["stage"]] {
        let ran = keyring.keys(args).expect_code(4);
        assert!(ran.stderr.contains("mode is 0644"), "{ran}");
    }
    std::fs::set_permissions(keyring.path(), std::fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(keyring.text(), text);
    // Only root can give a file away.
    if std::os::unix::fs::chown(keyring.path(), Some(65_533), None).is_ok() {
        let ran = keyring.keys(&["list"]).expect_code(4);
        assert!(ran.stderr.contains("number 65533"), "{ran}");
    }
    let folder = TestKeyring::none();
    std::fs::create_dir(folder.path()).unwrap();
    folder.keys(&["list"]).expect_code(1);
    folder.keys(&["generate"]).expect_code(4);
}

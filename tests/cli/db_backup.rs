//! `db backup`, `db backups list`, `db backup verify`: what is written, what
//! is refused, and that no damage passes.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;

use age::secrecy::ExposeSecret;
use inboxctl::backup::stream::{self, Tail};
use inboxctl::domain::backup::Manifest;

use crate::assert_ran;
use crate::support::backups::{Folder, manifest};
use crate::support::{Binary, Database, Ran, TestKeyring};

pub(crate) fn seeded() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database
}

fn verify(file: &str, level: &str) -> Ran {
    Binary::new().run(["db", "backup", "verify", file, "--level", level])
}

/// Without the folder of the test and what differs with each migration.
fn steady(mut ran: Ran, folder: &Folder) -> Ran {
    for text in [&mut ran.stdout, &mut ran.stderr] {
        *text = text.replace(folder.path().to_str().expect("UTF-8"), "[folder]");
        let lines = text.lines().map(|line| match line.split(' ').next() {
            Some("size") => "size  [size]",
            Some("holds") => "holds  [rows] in [tables]",
            _ => line,
        });
        *text = lines.collect::<Vec<_>>().join("\n");
    }
    ran
}

#[test]
fn a_backup_has_a_manifest_and_is_read_through() {
    let (database, folder) = (seeded(), Folder::new());
    let file = folder.file("inbox.dump");
    let ran = Binary::on(&database).run(["db", "backup", "--out", &file]).expect_code(0);
    assert_ran!("backup", steady(ran, &folder));
    assert_eq!(folder.names(), ["inbox.dump", "inbox.dump.manifest.json"]);
    for name in folder.names() {
        let mode = fs::metadata(folder.file(&name)).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let manifest = manifest(&file);
    assert_eq!(manifest["database"], database.name);
    assert_eq!(manifest["rows"]["public.contacts"], 7);
    assert_eq!(manifest["size_bytes"], fs::metadata(&file).expect("the file").len());
    let applied = database.value("(SELECT count(*) FROM __diesel_schema_migrations)");
    assert_eq!(manifest["migrations"].as_array().map(|all| all.len().to_string()), Some(applied));

    let json = Binary::on(&database)
        .run(["db", "backup", "--out", &folder.file(""), "--format", "json"])
        .json();
    let path = json["path"].as_str().expect("a path");
    assert!(path.ends_with("Z.dump") && fs::metadata(path).is_ok(), "{path}");

    assert_ran!("verify_2", steady(verify(&file, "2").expect_code(0), &folder));
    verify(&file, "1").expect_code(0);
    let levels: Vec<_> = self::manifest(&file)["verifications"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["level"].as_u64())
        .collect();
    assert_eq!(levels, [Some(2), Some(1)]);
}

#[test]
fn nothing_is_overwritten() {
    let (database, folder) = (seeded(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    let before = fs::read(&file).expect("the file");
    Binary::on(&database).run(["db", "backup", "--out", &file]).expect_code(4);
    assert_eq!(fs::read(&file).expect("the file"), before);
    Binary::on(&database).run(["db", "backup", "--out", "/dev/full"]).expect_code(4);
}

#[test]
fn an_encrypted_backup_needs_its_key() {
    let (database, folder) = (seeded(), Folder::new());
    database.execute("UPDATE contacts SET name = 'Canary Finch'");
    let key = age::x25519::Identity::generate();
    let other = age::x25519::Identity::generate();
    let write = |name: &str, key: &age::x25519::Identity| {
        let file = folder.file(name);
        fs::write(&file, format!("# a comment\n{}\n", key.to_string().expose_secret()))
            .expect("a file");
        file
    };
    let (right, wrong) = (write("right.txt", &key), write("wrong.txt", &other));
    let file = folder.file("inbox.dump.age");
    let recipient = key.to_public().to_string();
    Binary::on(&database)
        .run(["db", "backup", "--out", &file, "--encrypt-to", &recipient])
        .expect_code(0);
    assert!(fs::read(&file).expect("the file").starts_with(b"age-encryption.org/v1"));
    assert_eq!(manifest(&file)["encrypted_to"][0], recipient);
    verify(&file, "1").expect_code(0);
    let refused = verify(&file, "2").expect_code(2);
    assert!(refused.stderr.contains("--identity"), "{refused}");
    let with = |identity: &str| {
        Binary::new().run(["db", "backup", "verify", &file, "--identity", identity])
    };
    with(&wrong).expect_code(1);
    with(&right).expect_code(0);

    let secret = key.to_string();
    let refused = Binary::on(&database)
        .run(["db", "backup", "--out", &folder.file("x"), "--encrypt-to", secret.expose_secret()])
        .expect_code(2);
    assert!(refused.stderr.contains("secret key"), "{refused}");
}

/// Reads it as level 2 does, without pg_restore.
fn problems(manifest: &Manifest, bytes: &[u8], keys: &[age::x25519::Identity]) -> bool {
    match stream::read(bytes, keys, &mut Tail::default()) {
        Ok(sums) => !manifest.problems(&sums).is_empty(),
        Err(_) => true,
    }
}

#[test]
fn a_thousand_truncations_and_bit_flips_are_all_caught() {
    let (database, folder) = (seeded(), Folder::new());
    let key = age::x25519::Identity::generate();
    let (plain, encrypted) = (folder.back_up(&database, "inbox.dump"), folder.file("inbox.age"));
    Binary::on(&database)
        .run(["db", "backup", "--out", &encrypted, "--encrypt-to", &key.to_public().to_string()])
        .expect_code(0);
    let keys = [key];
    for file in [&plain, &encrypted] {
        let manifest: Manifest = serde_json::from_value(manifest(file)).expect("a manifest");
        let whole = fs::read(file).expect("the file");
        assert!(!problems(&manifest, &whole, &keys));
        for step in 0..500 {
            let at = whole.len() * step / 500;
            assert!(problems(&manifest, &whole[..at], &keys), "cut off at {at}");
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (step % 8);
            assert!(problems(&manifest, &flipped, &keys), "flipped at {at}");
        }
        let mut longer = whole.clone();
        longer.push(0);
        assert!(problems(&manifest, &longer, &keys), "a byte more");
    }
}

#[test]
fn damage_is_trouble_and_the_manifest_remembers_it() {
    let (database, folder) = (seeded(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    verify(&file, "2").expect_code(0);
    let whole = fs::read(&file).expect("the file");
    for at in [0, 3, whole.len() / 2, whole.len() - 1] {
        fs::write(&file, &whole[..at]).expect("a file");
        verify(&file, "2").expect_code(3);
        let mut flipped = whole.clone();
        flipped[at] ^= 0x10;
        fs::write(&file, &flipped).expect("a file");
        verify(&file, "2").expect_code(3);
    }
    let found = verify(&file, "1").expect_code(3);
    assert_ran!("verify_damaged", steady(found, &folder));
    let list = Binary::new().run(["db", "backups", "list", "--dir", &folder.file("")]);
    assert!(list.stdout.contains("damaged"), "{list}");

    // A hash that was made to fit doesn't help: pg_restore reads it too.
    let mut manifest: Manifest = serde_json::from_value(manifest(&file)).expect("a manifest");
    let cut = &whole[..whole.len() * 3 / 4];
    let (size, sha256) = stream::hash(cut).expect("a hash");
    (manifest.size_bytes, manifest.sha256) = (size, sha256.clone());
    (manifest.plain_size_bytes, manifest.plain_sha256) = (size, sha256);
    fs::write(&file, cut).expect("a file");
    let sealed = format!("{file}.manifest.json");
    fs::write(&sealed, manifest.to_text()).expect("a file");
    verify(&file, "1").expect_code(0);
    verify(&file, "2").expect_code(3);

    // What the manifest says of the rows is said by nothing else.
    let other = folder.back_up(&database, "other.dump");
    let altered = manifest.to_text().replace("\"public.contacts\": 7", "\"public.contacts\": 6");
    assert_ne!(altered, manifest.to_text());
    fs::write(&sealed, altered).expect("a file");
    for level in ["1", "2"] {
        let refused = verify(&file, level).expect_code(1);
        assert!(refused.stderr.contains("changed after it was written"), "{refused}");
    }
    let list = Binary::new().run(["db", "backups", "list", "--dir", &folder.file("")]);
    assert!(list.stdout.contains("other.dump") && list.stderr.contains("relied on"), "{list}");
    verify(&other, "1").expect_code(0);
}

#[test]
fn client_programs_older_than_the_server_are_refused() {
    let (database, folder) = (seeded(), Folder::new());
    let bin = folder.program("pg_dump", Some("9.6.24"), "exec \"$REAL\" \"$@\"");
    let refused = Binary::on(&database)
        .env("INBOXCTL_PG_BIN", bin)
        .run(["db", "backup", "--out", &folder.file("inbox.dump")])
        .expect_code(1);
    assert!(refused.stderr.contains("pg_dump is too old: version"), "{refused}");
    assert!(refused.stderr.contains("9.6.24"), "{refused}");
    assert_eq!(folder.names(), ["bin"]);
}

#[test]
fn the_password_is_no_argument() {
    let (database, folder) = (seeded(), Folder::new());
    let script = format!(
        "echo \"$@\" >'{}'; echo \"$PGPASSWORD\" >'{}'; exec \"$REAL\" \"$@\"",
        folder.file("arguments"),
        folder.file("password")
    );
    let bin = folder.program("pg_dump", None, &script);
    let url = database.url();
    let with = if url.contains('?') { "&" } else { "?" };
    Binary::new()
        .env("DATABASE_URL", format!("{url}{with}password=hunter2"))
        .env("INBOXCTL_PG_BIN", bin)
        .run(["db", "backup", "--out", &folder.file("inbox.dump")])
        .expect_code(0);
    let read = |name: &str| fs::read_to_string(folder.file(name)).expect("the script's file");
    assert!(read("arguments").contains(&database.name), "{}", read("arguments"));
    assert!(!read("arguments").contains("hunter2"));
    assert_eq!(read("password").trim(), "hunter2");
}

#[test]
fn rules_delete_by_consent_and_never_the_newest_verified_one() {
    let (database, folder) = (seeded(), Folder::new());
    let first = folder.back_up(&database, "first.dump");
    folder.back_up(&database, "second.dump");
    verify(&first, "2").expect_code(0);
    let mut stranger = fs::File::create(folder.file("notes.txt")).expect("a file");
    stranger.write_all(b"not a backup").expect("written");
    let before = folder.names();
    let keep = |flags: &[&str]| {
        let out = folder.file("third.dump");
        Binary::on(&database).run([&["db", "backup", "--out", &out, "--keep", "1"], flags].concat())
    };
    let planned = keep(&["--dry-run"]).expect_code(0);
    assert!(planned.stdout.contains("second.dump"), "{planned}");
    assert!(!planned.stdout.contains("first.dump"), "{planned}");
    let refused = keep(&[]).expect_code(4);
    assert!(
        refused.stderr.contains("delete 1 older backup in")
            && refused.stderr.contains("(second.dump)"),
        "{refused}"
    );
    assert_eq!(folder.names(), before, "nothing was done");
    let kept = keep(&["--yes", "--format", "json"]).expect_code(0).json();
    assert_eq!(kept["deleted"].as_array().map(Vec::len), Some(1));
    let names = folder.names();
    let dumps: Vec<_> = names.iter().filter(|name| name.ends_with(".dump")).collect();
    assert_eq!(dumps, ["first.dump", "third.dump"]);
    assert!(names.contains(&String::from("notes.txt")));
    // There is nothing to delete, so nothing to consent to.
    Binary::on(&database)
        .run(["db", "backup", "--out", &folder.file("fourth.dump"), "--keep", "3"])
        .expect_code(0);
}

#[test]
fn the_list_is_newest_first_with_what_is_known_of_each() {
    let (database, folder) = (seeded(), Folder::new());
    let first = folder.back_up(&database, "first.dump");
    let second = folder.back_up(&database, "second.dump");
    folder.back_up(&database, "third.dump");
    verify(&first, "2").expect_code(0);
    fs::remove_file(second).expect("it was there");
    let list = |format: &str| {
        Binary::new()
            .run(["db", "backups", "list", "--dir", &folder.file(""), "--format", format])
            .expect_code(0)
    };
    let json = list("json").json();
    let states: Vec<_> = json["backups"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["file"].as_str().unwrap_or(""), one["state"].as_str().unwrap_or("")))
        .collect();
    let expected =
        [("third.dump", "unverified"), ("second.dump", "missing"), ("first.dump", "verified")];
    assert_eq!(states, expected);
    let table = list("table");
    assert!(table.stdout.lines().all(|line| line.chars().count() <= 80), "{table}");
    let nowhere = Binary::new().run(["db", "backups", "list"]).expect_code(0);
    assert_ran!("list_none", nowhere);
}

#[test]
fn the_keys_that_its_credentials_need_are_in_the_manifest() {
    let (database, folder) = (Database::migrated(), Folder::new());
    let keyring = TestKeyring::generated();
    keyring
        .on(&database)
        .input(crate::integrations::SMS)
        .run(["integrations", "set-credentials", "SMS"])
        .expect_code(0);
    let file = folder.back_up(&database, "inbox.dump");
    assert_eq!(manifest(&file)["key_ids"], serde_json::json!([keyring.primary()]));
    let verify = |keyring: &TestKeyring| {
        keyring.on(&database).run(["db", "backup", "verify", &file, "--level", "3"])
    };
    verify(&keyring).expect_code(0);
    let shut = verify(&TestKeyring::generated()).expect_code(3);
    let key = format!("keyring.json.retired-{}", keyring.primary());
    for told in ["nothing is known to be", "whole, but for", &key] {
        assert!(shut.stdout.contains(told), "{told}: {shut}");
    }
    assert!(!shut.stdout.contains("Problem"), "{shut}");

    // After a disaster its rows matter more than the keys that went with it.
    let elsewhere = [
        ("beside_other_key", TestKeyring::generated().on(&database)),
        (
            "beside_no_key",
            Binary::on(&database).env("INBOXCTL_KEYRING_FILE", "/nowhere/keyring.json"),
        ),
    ];
    for (name, binary) in elsewhere {
        let name = format!("{}_{name}", database.name);
        let ran = binary.run(["db", "restore", &file, "--into", &name, "--format", "json"]);
        let shown = ran.expect_code(3).json();
        assert!(shown["unopened"].as_str().unwrap().contains("INBOXCTL_KEYRING_FILE"), "{shown}");
        // Dropped with the test.
        let restored = Database { name };
        assert_eq!(restored.value("(SELECT count(*) FROM integrations)"), "1");
    }
}

#[test]
fn migrate_backs_up_first_and_ledger_and_audit_log_name_the_backup() {
    let (database, folder) = (seeded(), Folder::new());
    // As an older inboxctl left it.
    database.execute("ALTER TABLE inboxctl_migrations DROP COLUMN backup");
    let status = || {
        let ran = Binary::on(&database).run(["db", "status", "--format", "json"]).expect_code(0);
        ran.json()["migrations"].as_array().and_then(|all| all.last().cloned()).expect("the last")
    };
    assert!(status()["backup"].is_null());
    let migrate = |flags: &[&str]| {
        let out = folder.file("before.dump");
        Binary::on(&database).run(
            [&["db", "migrate", "--backup", "--backup-out", &out, "--format", "json"], flags]
                .concat(),
        )
    };
    // Nothing is pending: there is nothing to go back to.
    migrate(&[]).expect_code(0);
    assert!(folder.names().is_empty());
    Binary::on(&database).run(["db", "rollback", "--yes"]).expect_code(0);
    let json = migrate(&[]).expect_code(0).json();
    assert_eq!(json["backup"], folder.file("before.dump"));
    let manifest = manifest(&folder.file("before.dump"));
    assert_eq!(manifest["verifications"][0]["level"], 2);
    let named = "(SELECT string_agg(DISTINCT details->>'backup', ',') FROM audit_logs \
                  WHERE action = 'migration.apply')";
    assert_eq!(database.value(named), "before");
    let recorded = "(SELECT string_agg(event || ' ' || backup, ',' ORDER BY id) \
                     FROM inboxctl_migrations WHERE backup IS NOT NULL)";
    assert_eq!(database.value(recorded), "up before");
    assert_eq!(status()["backup"], "before");

    // Encrypted, it can't be read on this host, but its hash can be compared.
    Binary::on(&database).run(["db", "rollback", "--yes"]).expect_code(0);
    let key = age::x25519::Identity::generate();
    let identity = folder.file("key.txt");
    fs::write(&identity, key.to_string().expose_secret()).expect("a file");
    let (recipient, out) = (key.to_public().to_string(), folder.file("before.dump.age"));
    let encrypt = ["db", "migrate", "--encrypt-to", recipient.as_str()];
    Binary::on(&database).run(encrypt).expect_code(2);
    let ran = Binary::on(&database)
        .run([&encrypt[..], &["--backup", "--backup-out", &out]].concat())
        .expect_code(0);
    assert!(ran.stdout.contains("which is encrypted; its hash was checked"), "{ran}");
    let manifest = self::manifest(&out);
    assert_eq!(manifest["encrypted_to"], serde_json::json!([recipient]));
    assert_eq!(manifest["verifications"][0]["level"], 1);
    let opened = ["db", "backup", "verify", &out, "--identity", &identity, "--level", "3"];
    Binary::on(&database).run(opened).expect_code(0);

    // Without a backup, no migration.
    Binary::on(&database).run(["db", "rollback", "--yes"]).expect_code(0);
    migrate(&[]).expect_code(4);
    Binary::on(&database).run(["db", "status", "--check"]).expect_code(3);
}

#[test]
fn the_newest_backup_of_a_folder_is_checked() {
    let (database, folder) = (Database::migrated(), Folder::new());
    let latest = format!("--latest={}", folder.path().display());
    let ran = Binary::new().run(["db", "backup", "verify", &latest]).expect_code(2);
    assert!(ran.stderr.contains("there is no backup in"), "{ran}");
    folder.back_up(&database, "one.dump");
    let newest = folder.back_up(&database, "another.dump");
    let ran =
        Binary::new().run(["db", "backup", "verify", &latest, "--level", "1", "--format", "json"]);
    assert_eq!(ran.expect_code(0).json()["file"], newest.to_string());
}

//! What is written is there as a whole or not at all, is where it was asked for and nowhere else,
//! and leaves nothing behind; what is read has an end.

use std::fs;
use std::os::unix::fs::{FileTypeExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use inboxctl::archive::About;
use inboxctl::domain::archive::{Found, Manifest, hex};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::support::backups::Folder;
use crate::support::{Binary, Database, Running, TestKeyring, binary};

const ENTRIES: &str = "INSERT INTO audit_logs (actor, action, resource) SELECT 'x', 'y', 'z' FROM generate_series(1, 500)";

/// Two contacts that are one person, and entries in the log.
fn filled() -> Database {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO contacts (name, phone, email) VALUES \
         ('Ana Prueba', '+34600111222', 'ana@prueba.example'), ('Ana Prueba', '+34600111222', 'ana@prueba.example')",
    );
    database.execute(ENTRIES);
    database
}

fn run(database: &Database, args: &[&str]) -> crate::support::Ran {
    Binary::on(database).run(args)
}

fn pipe(path: &str) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn a_pipe_that_nobody_writes_into_is_not_waited_for() {
    let binary = Binary::new();
    pipe(&binary.folder().join("pipe").display().to_string());
    let ran = binary.run(["db", "status", "--env-file", "pipe"]).expect_code(2);
    assert!(ran.stderr.contains("nobody writes into it"), "{ran}");
}

#[test]
fn a_writer_that_says_nothing_is_not_waited_for() {
    let database = Database::migrated();
    let folder = Folder::new();
    let path = folder.file("pipe");
    pipe(&path);
    let keyring = TestKeyring::generated();
    let _writer = fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
    let readers: [&[&str]; 6] = [
        &["db", "status", "--env-file", &path],
        &["db", "status", "--config", &path],
        &["db", "generate", "prisma", "--like", &path],
        &["audit", "verify", "--against", &path],
        &["integrations", "set-credentials", "SMS", "--from-file", &path],
        &["retention", "verify", folder.path().to_str().unwrap(), "--identity", &path],
    ];
    thread::scope(|scope| {
        for args in readers {
            let binary = keyring.on(&database);
            scope.spawn(move || {
                let ran = binary.run(args);
                assert!(ran.code == 2 && ran.stderr.contains("its writer writes nothing"), "{ran}");
            });
        }
    });
}

/// Each command that writes a file which the operator names, without the name.
const WRITERS: [&[&str]; 6] = [
    &["audit", "export", "--yes", "--out"],
    &["contacts", "export", "--yes"],
    &["contacts", "dedupe", "--dry-run", "--yes", "--export"],
    &["doctor", "--metrics-file"],
    &["audit", "prune", "--yes", "--metrics-file"],
    &["presence", "sweep", "--yes", "--metrics-file"],
];

#[test]
fn a_device_or_a_pipe_is_written_to_and_stays_what_it_is() {
    let database = filled();
    let folder = Folder::new();
    for (number, writer) in WRITERS.into_iter().enumerate() {
        let path = folder.file(&format!("pipe{number}"));
        pipe(&path);
        // Nobody reads it yet: that is an error and no long wait.
        let ran = run(&database, &[writer, &[path.as_str()]].concat());
        assert!(ran.code != 0 && ran.stderr.contains("nobody reads from this pipe"), "{ran}");
        let reader = Command::new("cat").arg(&path).stdout(Stdio::piped()).spawn().unwrap();
        crate::support::eventually("it is written to", || {
            !run(&database, &[writer, &[path.as_str()]].concat()).stderr.contains("nobody reads")
        });
        let read = reader.wait_with_output().unwrap().stdout;
        assert!(!read.is_empty(), "{writer:?}");
        assert!(fs::symlink_metadata(&path).unwrap().file_type().is_fifo(), "{writer:?}");

        let ran = run(&database, &[writer, &["/dev/full"]].concat());
        assert!(ran.code != 0 && ran.stderr.contains("can't write"), "{ran}");
        assert!(ran.stderr.contains("No space left on device"), "{ran}");
        let device = fs::metadata("/dev/full").unwrap();
        assert!(device.file_type().is_char_device(), "{writer:?} replaced a device");
    }
    assert_eq!(folder.names().len(), WRITERS.len());
    let ran = run(&database, &["audit", "export", "--out", "/dev/stdout"]).expect_code(0);
    assert!(ran.stdout.lines().count() >= 500, "{ran}");
    for line in ran.stdout.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
}

#[test]
fn no_link_is_followed_and_none_replaced() {
    let database = filled();
    let folder = Folder::new();
    let target = folder.file("target");
    for writer in WRITERS {
        for is_there in [true, false] {
            let link = folder.file("link");
            symlink(&target, &link).unwrap();
            if is_there {
                fs::write(&target, "of somebody else").unwrap();
            }
            let ran = run(&database, &[writer, &[link.as_str()]].concat());
            assert!(ran.code != 0 && ran.stderr.contains("it is a link"), "{ran}");
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink(), "{writer:?}");
            match is_there {
                true => assert_eq!(fs::read_to_string(&target).unwrap(), "of somebody else"),
                false => assert_eq!(folder.names(), ["link"], "{writer:?}"),
            }
            let _ = fs::remove_file(&target);
            fs::remove_file(&link).unwrap();
        }
    }
}

#[test]
fn nothing_is_overwritten_unasked_but_the_metrics_of_the_last_run() {
    let database = filled();
    let folder = Folder::new();
    let file = folder.file("there");
    fs::write(&file, "mine").unwrap();
    for writer in [
        &["audit", "export", "--out"][..],
        &["contacts", "dedupe", "--dry-run", "--export"],
        &["contacts", "export"],
    ] {
        let args = [writer, &[file.as_str()]].concat();
        let ran = run(&database, &args).expect_code(4);
        assert!(ran.stderr.contains("overwrite"), "{ran}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        run(&database, &[args.as_slice(), &["--yes"]].concat()).expect_code(0);
        assert_ne!(fs::read_to_string(&file).unwrap(), "mine");
        fs::write(&file, "mine").unwrap();
    }
    for _ in 0..2 {
        run(&database, &["presence", "sweep", "--yes", "--metrics-file", &file]).expect_code(0);
    }
    assert!(fs::read_to_string(&file).unwrap().contains("inboxctl_"));
    assert_eq!(folder.names(), ["there"]);
}

/// Kills runs of what `start` starts, at moments that are spread over the time that one takes.
fn kill_runs(number: u32, start: impl Fn() -> Running) {
    let began = Instant::now();
    start().wait().expect_code(0);
    let whole = began.elapsed();
    for kill in 0..number {
        let mut run = start();
        thread::sleep(whole.mul_f64(f64::from(kill + 1) / f64::from(number)));
        if run.is_running() {
            run.signal("KILL");
        }
        run.wait();
    }
}

#[test]
fn a_killed_run_leaves_no_key_behind() {
    let keyring = TestKeyring::generated();
    let folder = keyring.path().parent().unwrap().to_owned();
    kill_runs(60, || {
        Binary::new().env("INBOXCTL_KEYRING_FILE", keyring.path()).start(["keys", "stage"])
    });
    keyring.keys(&["list"]).expect_code(0);
    let names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()).collect();
    assert_eq!(names.len(), 1, "{names:?}");
}

#[test]
fn a_killed_backup_leaves_nothing_or_a_whole_one() {
    let database = filled();
    let folder = Folder::new();
    let out = format!("{}/", folder.path().display());
    kill_runs(12, || Binary::on(&database).start(["db", "backup", "--out", &out]));
    let names = folder.names();
    let backups: Vec<_> = names.iter().filter(|name| !name.ends_with(".manifest.json")).collect();
    assert_eq!(names.len(), 2 * backups.len(), "{names:?}");
    for name in backups {
        let file = folder.file(name);
        Binary::new().run(["db", "backup", "verify", &file, "--level", "1"]).expect_code(0);
    }
}

#[test]
fn what_a_killed_run_had_to_leave_is_swept_by_the_next_one_which_says_so() {
    let database = filled();
    let folder = Folder::new();
    let left = folder.file(".inboxctl-00000000000000ab.part");
    let out = folder.file("entries.jsonl");
    fs::write(&left, "half").unwrap();
    fs::write(folder.file(".of-another-program.part"), "half").unwrap();
    let ran = run(&database, &["audit", "export", "--out", &out]).expect_code(0);
    assert!(ran.stderr.contains(&format!("removed {left}")), "{ran}");
    assert_eq!(folder.names(), [".of-another-program.part", "entries.jsonl"]);
}

/// A file that never ends, where a file is read: an error, in little memory.
#[test]
fn an_input_without_an_end_is_refused() {
    let database = filled();
    let folder = Folder::new();
    let backup = folder.back_up(&database, "inbox.dump");
    let endless = |name: &str| {
        let path = folder.file(name);
        symlink("/dev/zero", &path).unwrap();
        path
    };
    let (sql, dump) = (endless("up.sql"), endless("endless.dump"));
    endless("other.dump.manifest.json");
    fs::copy(&backup, folder.file("other.dump")).unwrap();
    let other = folder.file("other.dump");
    let endless_manifest = endless("rows.manifest.json");
    let cases: [(&[&str], &str); 6] = [
        (&["db", "lint", &sql], "neither a file nor a folder"),
        (
            &["db", "backup", "verify", &backup, "--level", "2", "--identity", "/dev/zero"],
            "more than 1024 KiB",
        ),
        (&["db", "restore", &dump, "--into", "elsewhere", "--yes"], "not a file"),
        (&["db", "backup", "verify", &other], "not a file"),
        (&["retention", "restore", &endless_manifest], "not a file"),
        (
            &["integrations", "set-credentials", "SMS", "--from-file", "/dev/zero"],
            "more than 64 KiB",
        ),
    ];
    for (case, why) in cases {
        let (code, text) = within_a_gigabyte(&database, case);
        assert!([1, 2, 3].contains(&code) && text.contains(why), "{case:?}: {code} {text}");
    }
    let keyring = Binary::on(&database).env("INBOXCTL_KEYRING_FILE", "/dev/zero");
    let ran = keyring.run(["keys", "list"]).expect_code(1);
    assert!(ran.stderr.contains("not a file"), "{ran}");
}

/// The exit code and what it printed, of a run that may not take more memory.
fn within_a_gigabyte(database: &Database, args: &[&str]) -> (i32, String) {
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 1000000; exec timeout 60 \"$@\"", "sh"])
        .arg(binary())
        .args(args)
        .env("DATABASE_URL", database.url())
        .env("INBOXCTL_KEYRING_FILE", TestKeyring::generated().path())
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&text).into_owned())
}

/// An archive whose manifest is as it should be, of these lines.
fn forged(folder: &Path, lines: impl Iterator<Item = Vec<u8>>, longest: u64, told: Option<u64>) {
    use std::io::Write as _;
    let name = String::from("audit_logs.forged.jsonl.zst");
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    let mut plain = Sha256::new();
    let mut found = Found::default();
    for line in lines {
        encoder.write_all(&line).unwrap();
        plain.update(&line);
        found.plain_bytes += line.len() as u64;
        found.rows += 1;
    }
    let packed = encoder.finish().unwrap();
    found.plain_bytes = told.unwrap_or(found.plain_bytes);
    found.plain_sha256 = hex(&plain.finalize());
    found.compressed_bytes = packed.len() as u64;
    found.compressed_sha256 = hex(&Sha256::digest(&packed));
    let about = About {
        table: String::from("audit_logs"),
        columns: Vec::new(),
        key: vec![String::from("id")],
        schema_version: String::from("1"),
        cutoff: Timestamp::UNIX_EPOCH,
        dependants: Vec::new(),
        audit_head: None,
        replaces: Vec::new(),
    };
    let manifest = Manifest::new(name.clone(), about, found, longest, Timestamp::UNIX_EPOCH);
    fs::write(folder.join(name), packed).unwrap();
    fs::write(folder.join(manifest.name()), manifest.to_text()).unwrap();
}

#[test]
fn an_archive_that_unpacks_to_gigabytes_takes_no_memory() {
    let database = Database::migrated();
    let piece = vec![b'a'; 1 << 20];
    let nested = [b"{\"id\":".to_vec(), vec![b'['; 30 << 20], b"\n".to_vec()].concat();
    let cases = [
        // One line, as the manifest says, and one that the manifest says is short.
        ("a row has", &piece, 300, 300 << 20),
        ("cut off", &piece, 300, 1_000),
        ("no row", &nested, 1, 40 << 20),
    ];
    for (why, piece, number, longest) in cases {
        let folder = Folder::new();
        forged(folder.path(), std::iter::repeat_n(piece.clone(), number), longest, None);
        let path = folder.path().to_str().unwrap();
        let (code, text) =
            within_a_gigabyte(&database, &["retention", "verify", path, "--format", "json"]);
        assert!(code == 3 && text.contains(why), "{code} {text}");
    }
    // One that goes on and on, line by line, is left where its manifest ends.
    let folder = Folder::new();
    let lines = (0..100).map(|_| b"{\"id\":1}\n".repeat(100_000));
    forged(folder.path(), lines, 10, Some(900));
    let path = folder.path().to_str().unwrap();
    let start = Instant::now();
    let ran = Binary::on(&database).run(["retention", "verify", path, "--format", "json"]);
    assert!(ran.code == 3 && ran.stdout.contains("more than its manifest says"), "{ran}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_killed_reset_has_its_entry_in_the_audit_log() {
    let database = Database::migrated();
    let name = database.value("current_database()");
    let resets =
        || database.value("(SELECT count(*) FROM inboxctl_migrations WHERE event = 'reset')");
    let start = || Binary::on(&database).start(["db", "reset", "--confirm-db", &name, "--force"]);
    let mut before = resets();
    for part in 1..=12 {
        let mut run = start();
        thread::sleep(Duration::from_millis(40 * part));
        if run.is_running() {
            run.signal("KILL");
        }
        run.wait();
        run_until_free(&database, &["db", "migrate"]);
        let after = resets();
        if after != before {
            let told = database.value(
                "(SELECT count(*) FROM audit_logs WHERE action = 'database.reset' AND details -> 'dropped' <> '[]')",
            );
            assert_eq!(told, "1", "the log was dropped and says nothing of it");
        }
        before = after;
    }
}

/// The session of the killed one ends when the server notices.
fn run_until_free(database: &Database, args: &[&str]) {
    crate::support::eventually("the killed one is gone", || run(database, args).code == 0);
}

#[test]
fn a_killed_run_is_lost_in_the_log_of_runs() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) \
         SELECT 'x', 'y', 'z', now() - interval '200 days' FROM generate_series(1, 20000)",
    );
    let prune = ["audit", "prune", "--yes", "--max-rows", "99999", "--rate", "1000"];
    let run = Binary::on(&database).start(prune);
    crate::support::eventually("it has begun", || {
        database.value("(SELECT count(*) FROM maintenance_runs)") == "1"
    });
    let outcome = || {
        let log = crate::files::run(&database, &["maintenance", "log", "--format", "json"]);
        let runs = log.expect_code(0).json()["runs"].as_array().unwrap().clone();
        runs.last().unwrap()["outcome"].as_str().unwrap().to_owned()
    };
    assert_eq!(outcome(), "running");
    run.signal("KILL");
    run.wait();
    crate::support::eventually("the server notices", || outcome() == "lost");
    assert_eq!(database.value("(SELECT outcome::text FROM maintenance_runs)"), "RUNNING");
    let ran = Binary::on(&database).run(["presence", "sweep", "--yes"]).expect_code(0);
    assert!(ran.stderr.contains("marked as lost"), "{ran}");
    assert_eq!(
        database.value(
            "(SELECT min(outcome::text) FROM maintenance_runs WHERE command = 'audit prune')"
        ),
        "LOST"
    );
    assert_eq!(outcome(), "lost");
}

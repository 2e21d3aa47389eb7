//! The crontabs, steps and systemd units of docs/nights.md and the policies of docs/retention.md, run as cron and systemd
//! run them.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::support::{Database, binary, pages};

/// What the two pages have between fences of a language.
fn blocks(language: &str) -> Vec<String> {
    ["nights.md", "retention.md"].map(|page| pages::blocks(&pages::read(page), language)).concat()
}

/// One line of a crontab that runs something, with the settings above it.
struct Entry {
    times: Vec<String>,
    command: String,
    environment: Vec<(String, String)>,
}

/// Reads a crontab as cron does: settings count for the lines after them.
fn crontab(text: &str) -> Vec<Entry> {
    let mut environment = Vec::new();
    let mut entries = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_name = |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        match line.split_once('=') {
            _ if line.starts_with('#') => {}
            Some((name, value)) if is_name(name) => {
                environment.push((name.to_owned(), value.to_owned()));
            }
            _ => {
                let mut rest = line;
                let mut times = Vec::new();
                for _ in 0..5 {
                    let (time, after) = rest.split_once(' ').expect("five times and a command");
                    times.push(time.to_owned());
                    rest = after.trim_start();
                }
                let (command, environment) = (rest.to_owned(), environment.clone());
                entries.push(Entry { times, command, environment });
            }
        }
    }
    entries
}

/// A machine as the pages see it, its folders elsewhere.
struct Machine {
    database: Database,
    root: tempfile::TempDir,
}

impl Machine {
    /// With rows that are old enough, and the pages' policies.
    fn new() -> Machine {
        let database = Database::migrated();
        database.execute(
            "INSERT INTO audit_logs (actor, action, resource, created_at)
             SELECT 'x', 'message.send', 'messages', now() - make_interval(days => n) FROM generate_series(0, 99) AS n;
             INSERT INTO contacts (name, email) VALUES ('Ana Ray', 'ana@example.org'), ('Ana Ray', 'ana@example.org')",
        );
        let root = tempfile::tempdir().unwrap();
        let machine = Machine { database, root };
        for folder in ["bin", "etc", "metrics", "backups", "archive", "secrets"] {
            fs::create_dir(machine.at(folder)).unwrap();
        }
        symlink(binary(), machine.at("bin/inboxctl")).unwrap();
        let is_settings = |block: &String| {
            ["[[retention.policy]]", "[[nightly.step]]"].iter().any(|part| block.contains(part))
        };
        let settings: String = blocks("toml").into_iter().filter(is_settings).collect();
        fs::write(machine.at("etc/inboxctl.toml"), machine.here(&settings)).unwrap();
        let setting = format!("DATABASE_URL={}\n", machine.database.url());
        fs::write(machine.at("etc/inboxctl.env"), setting).unwrap();
        machine
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// The text with this machine's folders in place of the pages'.
    fn here(&self, text: &str) -> String {
        let folder = |name: &str| self.at(name).to_str().unwrap().to_owned();
        text.replace("/usr/local/bin", &folder("bin"))
            .replace("/etc/", &format!("{}/", folder("etc")))
            .replace("/var/lib/node_exporter", &folder("metrics"))
            .replace("/var/lib/inbox/archive", &folder("archive"))
            .replace("/srv/backups", &folder("backups"))
    }

    /// What cron would send by mail, and the exit code: by sh, in the home folder, without a
    /// terminal, with the environment that cron gives and no other.
    fn run(&self, command: &str, environment: &[(String, String)]) -> (String, i32) {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", command]).env_clear().current_dir(self.root.path());
        shell.env("HOME", self.root.path()).env("LOGNAME", "inbox").env("SHELL", "/bin/sh");
        shell.env("PATH", "/usr/bin:/bin");
        for (name, value) in environment {
            let is_url = name == "DATABASE_URL";
            let value = if is_url { self.database.url() } else { self.here(value) };
            shell.env(name, value);
        }
        let output = shell.stdin(Stdio::null()).output().unwrap();
        let mail = [output.stdout, output.stderr].concat();
        (String::from_utf8(mail).unwrap(), output.status.code().unwrap())
    }

    fn old_entries(&self) -> String {
        self.database.value(
            "(SELECT count(*) FROM audit_logs WHERE action = 'message.send' \
              AND created_at < now() - interval '90 days')",
        )
    }
}

fn all_entries() -> Vec<Entry> {
    blocks("cron").iter().flat_map(|block| crontab(block)).collect()
}

#[test]
fn crontabs_are_written_as_cron_reads_them() {
    let entries = all_entries();
    assert_eq!(entries.len(), 2);
    for Entry { times, command, environment } in entries {
        for (time, most) in times.iter().zip([59, 23, 31, 12, 7]) {
            let is_right = |one: &str| one.parse::<u32>().is_ok_and(|one| one <= most);
            assert!(time == "*" || time.split(['-', ',']).all(is_right), "{time}");
        }
        // To cron a percent sign ends the command.
        assert!(!command.contains('%'), "{command}");
        assert!(environment.iter().any(|(name, _)| name == "PATH"), "{command}: no PATH");
    }
}

#[test]
fn from_cron_a_run_is_silent_and_writes_its_metrics() {
    let machine = Machine::new();
    let entries = all_entries();
    let run = entries.iter().find(|entry| entry.command.contains("nightly")).unwrap();
    let command = machine.here(&run.command);
    assert_eq!(machine.old_entries(), "10");
    assert_eq!(machine.run(&command, &run.environment), (String::new(), 0));
    assert_eq!(machine.old_entries(), "0");
    let metrics = fs::read_to_string(machine.at("metrics/inbox.prom")).unwrap();
    let line = |name: &str| format!("inboxctl_nightly_{name}{{step=\"retention run\"}} ");
    assert!(metrics.contains(&format!("{}0\n", line("exit_code"))), "{metrics}");
    assert!(metrics.contains(&line("last_success_timestamp_seconds")), "{metrics}");
    // What cron mails when it goes wrong is what, why and what to do.
    fs::write(machine.at("etc/inboxctl.toml"), "[[retention.policy]]\nname = 1").unwrap();
    let (mail, code) = machine.run(&command, &run.environment);
    assert_eq!(code, 2, "{mail}");
    assert!(mail.starts_with("error: ") && mail.contains("inboxctl.toml"), "{mail}");
}

#[test]
fn the_other_crontab_is_silent_too() {
    let machine = Machine::new();
    let entries = all_entries();
    let status = entries.iter().find(|entry| entry.command.contains("db status")).unwrap();
    let command = machine.here(&status.command);
    assert_eq!(machine.run(&command, &status.environment), (String::new(), 0), "{command}");
    // Once a migration is missing, somebody is told.
    machine.database.execute(
        "DELETE FROM __diesel_schema_migrations WHERE version = \
         (SELECT max(version) FROM __diesel_schema_migrations)",
    );
    let (mail, _) = machine.run(&command, &status.environment);
    assert!(mail.contains("inbox: see inboxctl db status"), "{mail}");
}

#[test]
fn from_systemd_a_run_that_waits_for_another_is_no_failure() {
    let machine = Machine::new();
    let units = blocks("ini");
    let service = units.iter().find(|unit| unit.contains("nightly")).unwrap();
    let setting = |name: &str| {
        let mark = format!("{name}=");
        service.lines().find_map(|line| line.strip_prefix(&mark)).expect("it is set").to_owned()
    };
    let file = fs::read_to_string(machine.here(&setting("EnvironmentFile"))).unwrap();
    let (name, value) = file.trim().split_once('=').unwrap();
    let environment = [(name.to_owned(), value.to_owned())];
    let command = machine.here(&setting("ExecStart"));
    // "inbox" in ASCII, then the number of the lock of a night.
    let other = machine
        .database
        .lock("other run", "SELECT pg_advisory_lock((x'696e626f78' || x'0009')::bit(56)::bigint)");
    // The unit waits for a minute first, as every command does.
    let (mail, code) = machine.run(&format!("{command} --lock-wait 0s"), &environment);
    assert_eq!(code.to_string(), setting("SuccessExitStatus"), "{mail}");
    assert!(mail.contains("other run"), "{mail}");
    drop(other);
    assert_eq!(machine.run(&command, &environment), (String::new(), 0));
    assert_eq!(machine.old_entries(), "0");
}

/// The package's units are the README's, with the package's path.
#[test]
fn the_package_has_the_same_units() {
    for (name, mark) in [("service", "[Service]"), ("timer", "[Timer]")] {
        let file = format!("{}/packaging/inbox-nightly.{name}", env!("CARGO_MANIFEST_DIR"));
        let unit = fs::read_to_string(file).unwrap().replace("/usr/bin/", "/usr/local/bin/");
        let readme = blocks("ini").into_iter().find(|block| block.contains(mark)).unwrap();
        assert!(unit.ends_with(&readme), "{unit}");
    }
}

#[test]
fn in_a_pod_it_takes_its_steps_from_a_config_map_and_the_url_from_a_secret() {
    let machine = Machine::new();
    let job = blocks("yaml").into_iter().find(|block| block.contains("CronJob")).unwrap();
    let value = |mark: &str| {
        let line = job.lines().find_map(|line| line.trim().strip_prefix(mark)).expect(mark);
        machine.here(line).replace("/etc/inboxctl/", "/etc/")
    };
    let command: Vec<String> = serde_json::from_str(&value("command: ")).unwrap();
    let url_file = machine.at("secrets/database-url");
    fs::write(&url_file, machine.database.url()).unwrap();
    assert!(value("value: ").ends_with("/database-url"));
    assert!(job.contains("- name: DATABASE_URL_FILE"), "{job}");
    let program = machine.at("bin/inboxctl");
    let path = |word: &String| word.replace("/etc/inboxctl/", "/etc/");
    let ran = Command::new(program)
        .args(command.iter().skip(1).map(path))
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("DATABASE_URL_FILE", url_file)
        .current_dir(machine.root.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap();
    assert_eq!((said.as_str(), ran.status.code()), ("", Some(0)));
    assert_eq!(machine.old_entries(), "0");
}

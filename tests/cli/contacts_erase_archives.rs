//! `contacts erase` and archives: written anew without the person, whatever kills the run, and what
//! comes back from an older copy of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Instant;

use secrecy::ExposeSecret;
use serde_json::Value;

use crate::contacts_erase::dump;
use crate::retention::with_policies;
use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran, eventually};

const ROSA: &str = "01900000-0000-7000-8000-0000000000a1";
const BRUNO: &str = "01900000-0000-7000-8000-0000000000b1";

const TRACES: [&str; 6] =
    ["Quintanilla", "600111222", "600 111 222", "rosa@correo.example", "Zanahoria", "Berenjena"];

const POLICIES: &str = r#"
[[retention.policy]]
name = "messages"
table = "messages"
then = "delete"
older_than = "365d"
max_rows = 1000
[[retention.policy]]
name = "notes"
table = "notes"
older_than = "365d"
max_rows = 1000
[[retention.policy]]
name = "audit"
table = "audit_logs"
older_than = "10d"
max_rows = 1000
[[retention.policy]]
name = "jobs"
table = "scheduled_jobs"
status = "failed"
older_than = "7d"
max_rows = 1000
[[retention.policy]]
name = "merges"
table = "contact_merges"
older_than = "1d"
max_rows = 1000
"#;

/// Rosa and Bruno, of whom five archives hold rows.
fn archived(folder: &str, more: &[&str]) -> Database {
    let database = Database::migrated();
    database.execute(&format!(
        "INSERT INTO users (id, email, name, role) VALUES ('01900000-0000-7000-8000-0000000000c1', 'agent@inbox.example', 'Agent', 'ADMIN');
         INSERT INTO contacts (id, name, phone, email) VALUES
             ('{ROSA}', 'Rosa Quintanilla', '+34 600 111 222', 'rosa@correo.example'),
             ('{BRUNO}', 'Bruno Costa', '+34 600 111 223', 'bruno@correo.example'),
             (gen_random_uuid(), 'Rosa Quintanilla', '+34 600111222', NULL);
         INSERT INTO messages (contact_id, channel, direction, content, created_at)
             SELECT c.id, 'SMS', 'INBOUND', CASE c.id WHEN '{ROSA}' THEN 'Zanahoria ' ELSE 'hello ' END || n, now() - make_interval(days => 400 + n)
             FROM contacts c, generate_series(1, 20) AS n WHERE phone NOT LIKE '%600111222';
         INSERT INTO messages (contact_id, channel, direction, content)
             VALUES ('{ROSA}', 'SMS', 'INBOUND', 'Zanahoria now'), ('{BRUNO}', 'SMS', 'INBOUND', 'hello now');
         INSERT INTO notes (contact_id, user_id, content, created_at)
             SELECT c.id, '01900000-0000-7000-8000-0000000000c1', CASE c.id WHEN '{ROSA}' THEN 'Berenjena' ELSE 'x' END, now() - interval '500 days'
             FROM contacts c WHERE phone NOT LIKE '%600111222';
         INSERT INTO scheduled_jobs (type, scheduled_at, status, payload, finished_at, last_error) VALUES
             ('call', now(), 'FAILED', '{{\"to\": [{{\"phone\": \"0034 600 111 222\"}}, {{\"phone\": \"+34600111223\"}}]}}', now() - interval '90 days', 'no Quintanilla at +34600111222'),
             ('call', now(), 'FAILED', '{{\"to\": \"bruno@correo.example\"}}', now() - interval '90 days', NULL);
         INSERT INTO audit_logs (actor, action, resource, resource_id, details, created_at) VALUES
             ('app', 'contact.edit', 'contacts', '{ROSA}', '{{\"name\": \"Rosa Quintanilla\"}}', now() - interval '20 days'),
             ('+34600111222', 'call', 'calls', 'rosa@correo.example', '{{\"heard\": \"Zanahoria\"}}', now() - interval '20 days'),
             ('app', 'contact.edit', 'contacts', '{BRUNO}', '{{\"name\": \"Bruno\"}}', now() - interval '20 days'),
             ('app', 'contact.edit', 'contacts', '{BRUNO}', '{{\"name\": \"Bruno\"}}', now() - interval '80 days')"
    ));
    let again = database.value("(SELECT id FROM contacts WHERE phone = '+34 600111222')");
    Binary::on(&database).run(["contacts", "merge", ROSA, &again, "--yes"]).expect_code(0);
    database.execute("UPDATE contact_merges SET merged_at = now() - interval '2 days'");
    Binary::on(&database).run(["audit", "close"]).expect_code(0);
    let args = ["retention", "run", "--yes", "--archive", folder];
    with_policies(&database, POLICIES).run([&args, more].concat()).expect_code(0);
    database
}

fn erase(database: &Database, folder: &str, more: &[&str]) -> Ran {
    let args = ["contacts", "erase", ROSA, "--yes", "--archive", folder, "--format", "json"];
    Binary::on(database).run([&args, more].concat())
}

/// The rows of all archives, by table.
fn rows(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()) {
        if name.to_string_lossy().ends_with(".jsonl.zst") {
            let table =
                name.file_name().unwrap().to_string_lossy().split('-').next().unwrap().to_owned();
            let text = zstd::decode_all(fs::File::open(&name).unwrap()).unwrap();
            let lines = String::from_utf8(text).unwrap();
            rows.entry(table).or_default().extend(lines.lines().map(str::to_owned));
        }
    }
    rows.values_mut().for_each(|lines| lines.sort());
    rows
}

fn manifests(folder: &str) -> Vec<String> {
    let all = fs::read_dir(folder).unwrap().map(|one| one.unwrap().path().display().to_string());
    let mut all: Vec<String> = all.filter(|path| path.ends_with(".manifest.json")).collect();
    all.sort();
    all
}

/// No byte of her is left, all that is Bruno's is, and the archives are sound.
fn expect_gone(
    database: &Database,
    folder: &str,
    before: &BTreeMap<String, Vec<String>>,
    number: usize,
) {
    let path = Path::new(folder);
    let after = rows(path);
    let text = format!("{after:?} {}", dump(database));
    for file in fs::read_dir(path).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        let bytes = String::from_utf8_lossy(&bytes).into_owned();
        assert!(TRACES.iter().all(|trace| !bytes.contains(trace)));
    }
    for trace in TRACES {
        assert!(!text.contains(trace), "{trace}");
    }
    let of_bruno = |rows: &BTreeMap<String, Vec<String>>| -> Vec<String> {
        let lines =
            rows.values().flatten().filter(|line| line.contains(BRUNO) || line.contains("bruno@"));
        lines.cloned().collect()
    };
    assert_eq!(of_bruno(&after), of_bruno(before));
    assert_eq!(manifests(folder).len(), number, "one in place of each");
    Binary::new().run(["retention", "verify", folder]).expect_code(0);
    let verified =
        Binary::on(database).run(["audit", "verify", "--archive", folder, "--format", "json"]);
    let verified = verified.expect_code(0).json();
    assert_eq!(verified["findings"], serde_json::json!([]));
    assert!(verified["not_covered"].to_string().contains("redacted by an erasure"), "{verified:#}");
    // What both have in the archives, and the job for both.
    assert_eq!(after["scheduled_jobs"].len(), 2, "{after:#?}");
    assert!(after["scheduled_jobs"].iter().any(|line| line.contains("600111223")), "{after:#?}");
}

fn copy(from: &str, to: &str) {
    fs::create_dir(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), Path::new(to).join(file.file_name())).unwrap();
    }
}

fn new_folder(folder: &Folder, name: &str) -> String {
    let path = folder.file(name);
    fs::create_dir(&path).unwrap();
    path
}

#[test]
fn archives_are_written_anew_without_the_person() {
    let folder = Folder::new();
    let archives = new_folder(&folder, "archives");
    let database = archived(&archives, &[]);
    let older = folder.file("older");
    copy(&archives, &older);
    let before = rows(Path::new(&archives));
    let names = manifests(&archives);
    let contents = database.contents();
    let args = ["contacts", "erase", ROSA, "--dry-run", "--archive", &archives, "--format", "json"];
    let plan = Binary::on(&database).run(args).expect_code(0).json();
    assert_eq!((database.contents(), manifests(&archives)), (contents, names.clone()), "{plan:#}");
    let done = erase(&database, &archives, &[]).expect_code(0).json();
    let of = |view: &Value| -> Vec<(String, u64)> {
        let all = view["archives"].as_array().unwrap().iter();
        all.map(|one| (one["archive"].as_str().unwrap().to_owned(), one["rows"].as_u64().unwrap()))
            .collect()
    };
    assert_eq!(of(&plan), of(&done));
    assert_eq!(of(&done).iter().map(|(_, rows)| rows).sum::<u64>(), 20 + 1 + 2 + 1 + 1, "{done:#}");
    expect_gone(&database, &archives, &before, names.len());
    let new = manifests(&archives);
    for manifest in &new {
        let text: Value = serde_json::from_str(&fs::read_to_string(manifest).unwrap()).unwrap();
        let old = &text["replaces"][0]["seal"];
        // What holds nothing of her was left alone.
        if old.is_null() {
            continue;
        }
        let known = "(SELECT count(*) FROM maintenance_runs WHERE details @> '{\"archives\": [{\"replaces\": SEAL}]}')";
        assert_eq!(database.value(&known.replace("SEAL", &old.to_string())), "1", "{text:#}");
        // The database knows them.
        Binary::on(&database).run(["retention", "restore", manifest, "--dry-run"]).expect_code(0);
    }
    assert!(Path::new(&archives).join("erased_contacts.json").exists());

    // An older copy of the archives brings back what is others', and nothing of hers.
    let mut left_out = 0;
    for manifest in manifests(&older) {
        let ran =
            Binary::on(&database).run(["retention", "restore", &manifest, "--format", "json"]);
        left_out += ran.expect_code(0).json()["erased"].as_u64().unwrap();
    }
    assert!(left_out >= 23, "{left_out}");
    let dump = dump(&database);
    for trace in ["Rosa Quintanilla", "Berenjena"] {
        assert!(!dump.contains(trace), "{trace}");
    }
    assert_eq!(
        database.value("(SELECT count(*) FROM messages WHERE content LIKE 'Zanahoria%')"),
        "0"
    );
    assert_eq!(
        database.value(&format!("(SELECT count(*) FROM messages WHERE contact_id = '{BRUNO}')")),
        "21"
    );
    Binary::on(&database).run(["audit", "verify"]).expect_code(0);
}

#[test]
fn killed_at_thirty_points_the_next_run_ends_it() {
    let folder = Folder::new();
    let archives = new_folder(&folder, "archives");
    let database = archived(&archives, &[]);
    let (before, number) = (rows(Path::new(&archives)), manifests(&archives).len());
    let whole = {
        let (database, archives) = (database.copy(), folder.file("first"));
        copy(&folder.file("archives"), &archives);
        let start = Instant::now();
        erase(&database, &archives, &[]).expect_code(0);
        start.elapsed()
    };
    let mut met = 0;
    for point in 0..30 {
        let (database, archives) = (database.copy(), folder.file(&format!("killed-{point}")));
        copy(&folder.file("archives"), &archives);
        let args = ["contacts", "erase", ROSA, "--yes", "--archive", &archives];
        let mut run = Binary::on(&database).start(args);
        thread::sleep(whole.mul_f64(f64::from(point) / 30.0));
        if run.is_running() {
            run.signal("KILL");
            met += 1;
        }
        run.wait();
        eventually("the killed session is gone", || {
            database.value("(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'inboxctl%')") == "0"
        });
        // Every archive that is there is whole, but for one that is being taken away.
        erase(&database, &archives, &[]).expect_code(0);
        expect_gone(&database, &archives, &before, number);
    }
    assert!(met > 15, "{met}");
}

#[test]
fn encrypted_archives_need_their_key() {
    let folder = Folder::new();
    let archives = new_folder(&folder, "archives");
    let identity = age::x25519::Identity::generate();
    let key = folder.file("key");
    fs::write(&key, identity.to_string().expose_secret()).unwrap();
    let database = archived(&archives, &["--encrypt-to", &identity.to_public().to_string()]);
    let database = (database.copy(), database);
    let without = erase(&database.0, &archives, &[]).expect_code(0).json();
    let named = without["not_reached"].to_string();
    assert!(named.contains("it is encrypted, see --identity"), "{without:#}");
    let names = manifests(&archives);
    let done = erase(&database.1, &archives, &["--identity", &key]).expect_code(0).json();
    assert_eq!(done["archives"].as_array().unwrap().len(), 5, "{done:#}");
    let same = manifests(&archives).iter().filter(|name| names.contains(name)).count();
    assert_eq!(same, names.len() - 5, "what holds nothing of her is left alone");
    Binary::new().run(["retention", "verify", &archives, "--identity", &key]).expect_code(0);
    for manifest in manifests(&archives) {
        let args = ["retention", "restore", &manifest, "--identity", &key];
        Binary::on(&database.1).run(args).expect_code(0);
    }
    let dump = dump(&database.1);
    for trace in TRACES {
        assert!(!dump.contains(trace), "{trace}");
    }
}

#[test]
fn an_archive_that_says_that_it_takes_the_place_of_another_is_not_believed() {
    let folder = Folder::new();
    let archives = new_folder(&folder, "archives");
    let database = archived(&archives, &[]);
    // Another database erased her, and this one knows nothing of it.
    let other = database.copy();
    erase(&other, &archives, &[]).expect_code(0);
    let verified =
        Binary::on(&database).run(["audit", "verify", "--archive", &archives]).expect_code(3);
    assert!(verified.stdout.contains("no erasure of this database wrote it"), "{verified}");
    let manifest =
        manifests(&archives).into_iter().find(|name| name.contains("messages-")).unwrap();
    let refused = Binary::on(&database).run(["retention", "restore", &manifest]).expect_code(4);
    assert!(refused.stderr.contains("unknown to this database"), "{refused}");
}

//! `contacts dedupe --since`: what changed, by what the last run over all contacts learned.

use std::collections::BTreeSet;

use crate::support::{Binary, Database, Ran};

fn sample() -> Database {
    let database = Database::migrated();
    Binary::on(&database)
        .run(["db", "seed", "--profile", "small", "--as-of", "2026-06-30"])
        .expect_code(0);
    database.execute("UPDATE contacts SET updated_at = now() - interval '9 days'");
    database
}

fn dedupe(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["contacts", "dedupe", "--format", "json"], args].concat())
}

/// Learns from all contacts, and merges nothing.
fn learn(database: &Database) {
    dedupe(database, &["--yes", "--max-wrong", "0"]).expect_code(0);
    assert_eq!(lessons(database), "1");
}

fn lessons(database: &Database) -> String {
    database.value("(SELECT count(*) FROM matching_lessons)")
}

type Clusters = BTreeSet<Vec<String>>;

fn clusters(ran: &Ran) -> Clusters {
    let document = ran.json();
    let ids = |cluster: &serde_json::Value| {
        let members = cluster["members"].as_array().unwrap().iter();
        let mut ids: Vec<String> =
            members.map(|one| one["id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    document["clusters"].as_array().unwrap().iter().map(ids).collect()
}

#[test]
fn a_night_finds_what_a_run_over_all_contacts_finds_for_them() {
    let database = sample();
    learn(&database);
    database.execute(
        "UPDATE contacts SET updated_at = now() WHERE id IN (SELECT id FROM contacts ORDER BY md5(id::text) LIMIT 100)",
    );
    let changed = database.value(
        "(SELECT string_agg(id::text, ' ') FROM contacts WHERE updated_at > now() - interval '1 hour')",
    );
    let changed: Vec<&str> = changed.split(' ').collect();
    assert_eq!(changed.len(), 100);
    let before = database.contents();
    let night = dedupe(&database, &["--dry-run", "--since", "1d"]).expect_code(0);
    assert_eq!(database.contents(), before);
    assert!(!night.stderr.contains("all contacts are read"), "{night}");
    let read = night.json()["scanned"].as_u64().unwrap();
    assert!((100..600).contains(&read), "{read} were read");
    let mut whole = clusters(&dedupe(&database, &["--dry-run"]).expect_code(0));
    whole.retain(|cluster| cluster.iter().any(|id| changed.contains(&id.as_str())));
    assert!(whole.len() > 20, "{}", whole.len());
    let found = clusters(&night);
    let differing = whole.symmetric_difference(&found).count();
    assert!(differing <= 2, "{differing} of {}: {found:?} {whole:?}", whole.len());
    // A rehearsal comes before the run itself, which leaves what was learned as it is.
    let learned_at = "(SELECT learned_at FROM matching_lessons)";
    let learned = database.value(learned_at);
    let merged = dedupe(&database, &["--yes", "--since", "1d"]).expect_code(0).json();
    assert!(merged["merged"].as_u64().unwrap() > 0, "{merged}");
    assert_eq!(merged["merged"], night.json()["certain"]);
    assert_eq!(database.value(learned_at), learned);
}

#[test]
fn without_lessons_all_contacts_are_read_and_teach_the_next_run() {
    let database = sample();
    database.execute("UPDATE contacts SET updated_at = now() WHERE id = (SELECT min(id::text)::uuid FROM contacts)");
    let ran = dedupe(&database, &["--dry-run", "--since", "1d"]).expect_code(0);
    assert!(
        ran.stderr.contains("all contacts are read: no run over all of them has left"),
        "{ran}"
    );
    assert_eq!(lessons(&database), "0");
    dedupe(&database, &["--yes", "--since", "1d"]).expect_code(0);
    assert_eq!(lessons(&database), "1");
    let entries = "(SELECT count(*) FROM audit_logs WHERE action = 'contacts.learn')";
    assert_eq!(database.value(entries), "1");
    let ran = dedupe(&database, &["--dry-run", "--since", "1d"]).expect_code(0);
    assert!(!ran.stderr.contains("all contacts are read"), "{ran}");
    database.execute("UPDATE matching_lessons SET figures = figures - 'format'");
    let ran = dedupe(&database, &["--dry-run", "--since", "1d"]).expect_code(0);
    assert!(ran.stderr.contains("another version of inboxctl"), "{ran}");
    // A database that has no such table yet.
    database.execute("DROP TABLE matching_lessons");
    dedupe(&database, &["--yes", "--since", "1d"]).expect_code(0);
}

#[test]
fn what_was_learned_long_ago_is_told() {
    let database = sample();
    learn(&database);
    let ran = dedupe(&database, &["--dry-run", "--since", "1d"]).expect_code(0);
    assert!(!ran.stderr.contains("old"), "{ran}");
    database.execute("UPDATE matching_lessons SET learned_at = now() - interval '40 days'");
    let ran = dedupe(&database, &["--dry-run", "--since", "1d"]).expect_code(0);
    assert!(
        ran.stderr.contains("what the last run over all contacts learned is 40 days old"),
        "{ran}"
    );
    assert!(ran.stderr.contains("without --since"), "{ran}");
}

#[test]
fn who_is_erased_is_nowhere_in_what_was_learned() {
    let database = sample();
    learn(&database);
    let names =
        "(SELECT count(*) FROM contacts, matching_lessons WHERE strpos(figures::text, name) > 0)";
    assert_eq!(database.value(names), "0");
    let id = database.value("(SELECT id FROM contacts ORDER BY id LIMIT 1)");
    Binary::on(&database).run(["contacts", "erase", &id, "--yes"]).expect_code(0);
    assert_eq!(lessons(&database), "0");
}

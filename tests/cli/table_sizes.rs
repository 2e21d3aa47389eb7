//! `table-sizes`.

use serde_json::Value;

use crate::assert_ran;
use crate::support::{Binary, Database, Ran};

fn sizes(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["table-sizes"], args].concat()).expect_code(0)
}

fn json(database: &Database, args: &[&str]) -> Value {
    sizes(database, &[args, &["--format", "json"]].concat()).json()
}

#[track_caller]
fn find<'a>(document: &'a Value, name: &str) -> &'a Value {
    let tables = document["tables"].as_array().unwrap();
    tables.iter().find(|row| row["table"] == name).unwrap_or_else(|| panic!("no {name}"))
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn partitions_are_rolled_up_and_sizes_add_up() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database.execute("ANALYZE");
    let document = json(&database, &[]);
    let tables = document["tables"].as_array().unwrap();
    assert!(tables.iter().all(|row| !row["table"].as_str().unwrap().starts_with("audit_logs_")));
    assert_eq!(find(&document, "audit_logs")["partitions"], 5);
    assert_eq!(find(&document, "contacts")["estimated_rows"], 7);
    let total: u64 = tables.iter().map(|row| number(&row["total_bytes"])).sum();
    assert_eq!(number(&document["total_bytes"]), total);
    assert_eq!(
        number(&find(&document, "contacts")["total_bytes"]).to_string(),
        database.value("pg_total_relation_size('contacts')")
    );
    for row in tables {
        let parts = ["heap_bytes", "toast_bytes", "index_bytes"].map(|part| number(&row[part]));
        assert_eq!(number(&row["total_bytes"]), parts.iter().sum::<u64>(), "{row}");
    }
    let sizes_in_order: Vec<u64> = tables.iter().map(|row| number(&row["total_bytes"])).collect();
    assert!(sizes_in_order.is_sorted_by(|left, right| left >= right), "{sizes_in_order:?}");
    let table = sizes(&database, &[]);
    assert!(table.stdout.contains("audit_logs (5 parts)"), "{table}");
    assert!(table.stdout.contains("~7"), "{table}");
    assert!(table.stdout.trim_end().ends_with("~ marks an estimate."), "{table}");
    for line in table.stdout.lines() {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
}

#[test]
fn partitions_on_their_own() {
    let database = Database::migrated();
    let document = json(&database, &["--partitions"]);
    let part = find(&document, "audit_logs_default");
    assert_eq!(part["partition_of"], "audit_logs");
    assert_eq!(
        number(&part["total_bytes"]).to_string(),
        database.value("pg_total_relation_size('audit_logs_default')")
    );
    let tables = document["tables"].as_array().unwrap();
    assert!(tables.iter().all(|row| row["table"] != "audit_logs"), "it holds nothing itself");
    assert_eq!(number(&document["total_bytes"]), number(&json(&database, &[])["total_bytes"]));
}

#[test]
fn rows_are_unknown_estimated_or_counted() {
    let database = Database::migrated();
    database.execute(
        "ALTER TABLE notes SET (autovacuum_enabled = false); \
         INSERT INTO users (email, name) VALUES ('ana@inbox.example', 'Ana'); \
         INSERT INTO contacts (name) SELECT n::text FROM generate_series(1, 50) n; \
         INSERT INTO notes (contact_id, user_id, content) \
         SELECT c.id, u.id, 'x' FROM contacts c, users u",
    );
    assert!(find(&json(&database, &[]), "notes")["estimated_rows"].is_null());
    let table = sizes(&database, &[]);
    assert!(
        table.stdout.lines().any(|line| line.starts_with("notes ") && line.ends_with("unknown"))
    );
    let exact = json(&database, &["--exact"]);
    assert_eq!(find(&exact, "notes")["exact_rows"], 50);
    assert!(find(&exact, "notes")["estimated_rows"].is_null(), "the estimate stays what it is");
    database.execute("DELETE FROM notes WHERE id IN (SELECT id FROM notes LIMIT 20)");
    let notes = json(&database, &["--sort", "dead"])["tables"][0].clone();
    assert_eq!(notes["table"], "notes");
    assert_eq!((number(&notes["dead_rows"]), notes["dead_ratio"].as_f64()), (20, Some(0.4)));
    assert!(notes["vacuumed_at"].is_null() && notes["analyzed_at"].is_null());
    database.execute("VACUUM notes");
    database.execute("ANALYZE notes");
    let notes = find(&json(&database, &[]), "notes").clone();
    assert_eq!(notes["estimated_rows"], 30);
    assert!(notes["vacuumed_at"].is_string() && notes["analyzed_at"].is_string(), "{notes}");
}

#[test]
fn growth_is_told_from_a_snapshot() {
    let database = Database::migrated();
    assert!(json(&database, &[])["grown_since"].is_null());
    let table = sizes(&database, &[]);
    assert!(table.stdout.contains("no snapshot to tell the growth from"), "{table}");
    sizes(&database, &["--snapshot"]);
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs WHERE action = 'table_sizes.snapshot')"),
        "1"
    );
    database.execute("UPDATE table_size_snapshots SET taken_at = taken_at - interval '2 days'");
    let before = number(&find(&json(&database, &[]), "contacts")["total_bytes"]);
    database.execute(
        "INSERT INTO contacts (name) SELECT 'Contact ' || n FROM generate_series(1, 5000) n",
    );
    let document = json(&database, &[]);
    let contacts = find(&document, "contacts");
    let growth = number(&contacts["growth_bytes"]);
    assert_eq!(growth, number(&contacts["total_bytes"]) - before);
    let per_day = number(&contacts["growth_bytes_per_day"]);
    assert!(per_day.abs_diff(growth / 2) < growth / 100, "{growth} in two days, {per_day} a day");
    // The newer snapshot has nothing to tell of; the older one still does.
    sizes(&database, &["--snapshot"]);
    assert_eq!(find(&json(&database, &[]), "contacts")["growth_bytes"], 0);
    let since = json(&database, &["--since", "1d"]);
    assert_eq!(number(&find(&since, "contacts")["growth_bytes"]), growth);
    let table = sizes(&database, &["--since", "1d"]);
    assert!(table.stdout.contains("since 2 d ago") || table.stdout.contains("since 48 h ago"));
}

#[test]
fn what_retention_lets_go_is_counted() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) \
         SELECT 'a', 'b.c', 'd', now() - age FROM (VALUES (interval '91 days'), ('89 days'), ('2 years')) v (age); \
         INSERT INTO scheduled_jobs (type, scheduled_at, status, finished_at, updated_at) VALUES \
         ('x', now(), 'FAILED', now() - interval '8 days', now()), \
         ('x', now(), 'FAILED', NULL, now() - interval '8 days'), \
         ('x', now(), 'FAILED', now() - interval '6 days', now() - interval '8 days'), \
         ('x', now(), 'COMPLETED', now() - interval '1 year', now() - interval '1 year'), \
         ('x', now() - interval '1 year', 'RUNNING', NULL, now() - interval '1 year')",
    );
    let document = json(&database, &[]);
    for table in ["audit_logs", "scheduled_jobs"] {
        let row = find(&document, table);
        assert_eq!((&row["prunable_rows"], &row["prunable_is_exact"]), (&2.into(), &true.into()));
    }
    assert!(find(&document, "contacts")["prunable_rows"].is_null());
    // More than are counted in passing.
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) \
         SELECT 'a', 'b.c', 'd', now() - interval '1 year' FROM generate_series(1, 30000)",
    );
    database.execute("ANALYZE audit_logs_default");
    let estimate = find(&json(&database, &[]), "audit_logs").clone();
    assert_eq!(estimate["prunable_is_exact"], false);
    let rows = number(&estimate["prunable_rows"]);
    assert!((20_000..40_000).contains(&rows), "{rows} of 30,002");
    let exact = find(&json(&database, &["--exact"]), "audit_logs").clone();
    assert_eq!(
        (&exact["prunable_rows"], &exact["prunable_is_exact"]),
        (&30_002.into(), &true.into())
    );
}

#[test]
fn a_locked_table_is_shown_as_such_and_nobody_waits() {
    let database = Database::migrated();
    let lock = database.lock("migration", "LOCK TABLE contacts; REINDEX INDEX notes_user_id_idx");
    for args in [&[][..], &["--exact"], &["--partitions"]] {
        let document = json(&database, args);
        for name in ["contacts", "notes"] {
            let row = find(&document, name);
            assert_eq!(row["is_readable"], false, "{name}");
            assert!(row["total_bytes"].is_null() && row["size_ratio"].is_null(), "{row}");
        }
        assert_eq!(find(&document, "messages")["is_readable"], true);
        assert!(number(&document["total_bytes"]) > 0);
    }
    let table = sizes(&database, &[]);
    let line = table.stdout.lines().find(|line| line.starts_with("contacts ")).unwrap();
    assert!(line.contains("locked"), "{table}");
    let indexes = json(&database, &["--indexes"]);
    let row = |name: &str| {
        let rows = indexes["indexes"].as_array().unwrap();
        rows.iter().find(|row| row["index"] == name).unwrap().clone()
    };
    assert!(row("notes_user_id_idx")["size_bytes"].is_null());
    assert!(row("messages_channel_idx")["size_bytes"].is_u64());
    drop(lock);
    assert_eq!(find(&json(&database, &[]), "contacts")["is_readable"], true);
}

#[test]
fn indexes_tell_what_is_wrong_with_them() {
    let database = Database::migrated();
    database.execute("CREATE INDEX zz_contacts_phone ON contacts (phone)");
    database.execute(
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'notes_user_id_idx'::regclass",
    );
    let document = json(&database, &["--indexes"]);
    let row = |name: &str| {
        let rows = document["indexes"].as_array().unwrap();
        rows.iter().find(|row| row["index"] == name).unwrap().clone()
    };
    assert_eq!(row("zz_contacts_phone")["duplicate_of"], "contacts_phone_idx");
    assert_eq!(row("zz_contacts_phone")["is_unused"], true);
    assert_eq!(row("notes_user_id_idx")["is_invalid"], true);
    assert_eq!(row("contacts_pkey")["is_unused"], false, "a constraint needs it");
    let table = sizes(&database, &["--indexes"]);
    assert!(
        table.stdout.contains("zz_contacts_phone is the same as contacts_phone_idx."),
        "{table}"
    );
    assert!(table.stdout.lines().all(|line| line.chars().count() <= 80), "{table}");
}

#[test]
fn a_list_that_is_cut_says_so() {
    let database = Database::migrated();
    let document = json(&database, &["--limit", "2"]);
    assert_eq!(document["tables"].as_array().unwrap().len(), 2);
    assert_eq!(document["truncated"], true);
    assert_eq!(document["total_bytes"], json(&database, &[])["total_bytes"]);
    let table = sizes(&database, &["--limit", "2"]);
    assert!(table.stdout.contains("2 of "), "{table}");
    assert_ran!(Binary::on(&database).run(["table-sizes", "--sort", "deed"]));
}

#[test]
fn each_key_is_a_column() {
    let database = Database::migrated();
    for flags in [&[][..], &["--partitions"]] {
        let all = json(&database, flags)["tables"][0].clone();
        let names: Vec<&str> = all.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(names.contains(&"partition_of"), "{names:?}");
        let columns = names.join(",");
        let chosen = [flags, &["--columns", &columns]].concat();
        assert_eq!(json(&database, &chosen)["tables"][0].as_object(), all.as_object());
        sizes(&database, &chosen);
    }
}

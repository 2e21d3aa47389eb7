//! `each`: one command for many inboxes of a database.

use serde_json::Value;

use crate::support::{Binary, Database, Ran};

/// The schemas of these names, the last of which somebody else's tables are in.
fn tenants(names: &[&str]) -> Database {
    let database = Database::empty();
    for name in names {
        database.execute(&format!("CREATE SCHEMA {name}"));
    }
    database
}

fn migrate(database: &Database, more: &[&str]) -> Ran {
    let args =
        [&["each", "--schemas", "tenant_*", "--format", "json"], more, &["--", "db", "migrate"]];
    Binary::on(database).run(args.concat())
}

fn outcomes(ran: &Ran) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let shown = ran.json();
    let inboxes = shown["inboxes"].as_array().expect("inboxes").clone();
    inboxes.iter().map(|one| (text(&one["schema"]), text(&one["outcome"]))).collect()
}

fn made(database: &Database) -> String {
    database.value(
        "(SELECT string_agg(schemaname::text, ' ' ORDER BY schemaname) FROM pg_tables WHERE tablename = 'contacts')",
    )
}

#[test]
fn it_runs_in_every_schema_of_the_name() {
    let database = tenants(&["tenant_1", "tenant_2", "\"Tenant 3\"", "other"]);
    let ran = migrate(&database, &["--jobs", "2"]).expect_code(0);
    assert_eq!(made(&database), "tenant_1 tenant_2");
    assert_eq!(outcomes(&ran).len(), 2, "{ran}");
    assert!(ran.json()["inboxes"][0]["result"]["applied"].is_array(), "{ran}");
    let each = |args: &[&str]| Binary::on(&database).run(args);
    let ran =
        each(&["each", "--schemas", "tenant_*", "--schemas", "Tenant*", "--", "db", "status"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(ran.stderr.contains("3 of 3: "), "{ran}");
    // Pending there: what was found counts, and stops nobody.
    let check = ["each", "--schemas", "*enant*", "--", "db", "status", "--check"];
    let ran = each(&check).expect_code(3);
    assert!(ran.stdout.contains("3 of 3 inboxes ended well"), "{ran}");
    let ran = each(&["each", "--schemas", "nobody_*", "--", "db", "status"]).expect_code(2);
    assert!(ran.stderr.contains("no schema is called nobody_*"), "{ran}");
    let behind = ["each", "--schemas", "tenant_*", "--", "db", "status", "--format=json"];
    let ran = each(&behind).expect_code(2);
    assert!(ran.stderr.contains("say --format before --"), "{ran}");
}

#[test]
fn the_first_ones_keep_the_others_from_harm() {
    let database = tenants(&["tenant_1", "tenant_2", "tenant_3", "tenant_4"]);
    // Somebody else's: migrate refuses.
    database.execute("CREATE TABLE tenant_2.contacts (id int)");
    let theirs = |ran: &Ran| ran.json()["not_run"].as_u64();
    let ran = migrate(&database, &["--first", "tenant_2", "--jobs", "3"]).expect_code(4);
    assert_eq!(outcomes(&ran), [("tenant_2".into(), "failed".into())], "{ran}");
    assert_eq!(theirs(&ran), Some(3), "{ran}");
    assert_eq!(made(&database), "tenant_2");
    let ran = migrate(&database, &["--stop-after", "1"]).expect_code(4);
    assert_eq!(theirs(&ran), Some(2), "{ran}");
    assert_eq!(made(&database), "tenant_1 tenant_2");
    let ran = migrate(&database, &["--first", "tenant_1", "--jobs", "3"]).expect_code(4);
    assert_eq!(theirs(&ran), Some(0), "{ran}");
    assert_eq!(made(&database), "tenant_1 tenant_2 tenant_3 tenant_4");
    assert!(ran.stderr.contains("tenant_2"), "{ran}");
    let ran = migrate(&database, &["--first", "tenant_9"]).expect_code(2);
    assert!(ran.stderr.contains("tenant_9"), "{ran}");
}

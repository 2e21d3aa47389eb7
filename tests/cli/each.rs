//! `each`: one command for many inboxes of a database.

use serde_json::Value;

use crate::support::backups::Folder;
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

#[test]
fn no_run_works_elsewhere_than_each_says() {
    let database = tenants(&["tenant_1", "tenant_2", "other"]);
    migrate(&database, &[]).expect_code(0);
    for given in [
        &["--schema", "other"][..],
        &["--schema=other"],
        &["--database-url", "postgres://nowhere/x"],
        &["--database-url=postgres://nowhere/x"],
        &["--profile", "other"],
        &["--profile=other"],
        &["--local"],
        &["--replica", "postgres://nowhere/x"],
        &["--env-file", "/dev/null"],
        &["--config=/dev/null"],
        &["--format", "csv"],
    ] {
        let flag = given[0].split('=').next().unwrap_or_default();
        let each = ["each", "--schemas", "tenant_*", "--"];
        for words in [[&["jobs", "stats"], given].concat(), [given, &["jobs", "stats"]].concat()] {
            let ran = Binary::on(&database).run([&each, &words[..]].concat()).expect_code(2);
            let told = format!("{flag} can't stand behind --");
            assert!(ran.stderr.contains(&told) && !ran.stderr.contains("of 2"), "{words:?}: {ran}");
        }
    }
    let size = ["each", "--schemas", "tenant_*", "--", "db", "seed", "--profile", "small"];
    Binary::on(&database).run(size).expect_code(0);
    // What is another program's is no business of ours.
    let psql = |sql: &str| {
        Binary::on(&database).run([
            "each",
            "--schemas",
            "tenant_*",
            "--",
            "db",
            "psql",
            "--",
            "-X",
            "-c",
            sql,
        ])
    };
    psql("SELECT 1").expect_code(0);
    let ran = psql("SELECT missing").expect_code(1);
    assert!(
        ran.stdout.contains("\"missing\" does not exist") || ran.stdout.contains("LINE 1"),
        "{ran}"
    );
}

#[test]
fn no_inbox_overwrites_the_file_of_another() {
    let (database, folder) = (tenants(&["tenant_1", "tenant_2"]), Folder::new());
    migrate(&database, &[]).expect_code(0);
    database.execute(
        "INSERT INTO tenant_1.contacts (name) VALUES ('One');
         INSERT INTO tenant_2.contacts (name) VALUES ('Two')",
    );
    let each = |schemas: &str, words: &[&str]| {
        Binary::on(&database)
            .run([&["each", "--jobs", "2", "--schemas", schemas, "--"], words].concat())
    };
    let file = |name: &str| folder.file(name);
    let (all, metrics) = (file("all.csv"), format!("--metrics-file={}", file("all.prom")));
    for words in [
        &["contacts", "export", &all, "--yes"][..],
        &["audit", "export", "--out", &all],
        &["db", "backup", "--out", &all],
        &["contacts", "dedupe", "--dry-run", "--export", &all],
        &["doctor", &metrics],
    ] {
        let ran = each("tenant_*", words).expect_code(2);
        assert!(ran.stderr.contains("{schema}"), "{words:?}: {ran}");
        assert_eq!(folder.names(), [""; 0], "{words:?}");
    }
    each("tenant_1", &["contacts", "export", &all]).expect_code(0);
    each("tenant_*", &["contacts", "export", &file("of {schema}.csv")]).expect_code(0);
    assert_eq!(folder.names(), ["all.csv", "of tenant_1.csv", "of tenant_2.csv"]);
    let text = |name: &str| std::fs::read_to_string(file(name)).expect("an export");
    assert!(text("of tenant_1.csv").contains("One") && text("of tenant_2.csv").contains("Two"));
    // Backups in one folder get names of their own, begun in the same second or not.
    let backups = Folder::new();
    each("tenant_*", &["db", "backup", "--out", &backups.file("")]).expect_code(0);
    let dumps = backups.names().into_iter().filter(|name| name.ends_with(".dump")).count();
    assert_eq!(dumps, 2, "{:?}", backups.names());
    database.execute("CREATE SCHEMA \"tenant_/../x\"; CREATE SCHEMA \"--yes\"");
    for schemas in ["tenant_*", "--yes"] {
        let schemas = format!("--schemas={schemas}");
        let words = ["each", &schemas, "--", "contacts", "export", &file("of {schema}.csv")];
        let ran = Binary::on(&database).run(words).expect_code(2);
        assert!(ran.stderr.contains("{schema} can't stand for"), "{ran}");
    }
}

#[test]
fn a_hint_of_a_run_has_the_flags_of_the_place_once() {
    let database = tenants(&["tenant_1", "tenant_2"]);
    database.execute("CREATE TABLE tenant_2.contacts (id int)");
    let flags = ["--env-file", "/dev/null", "each", "--schemas", "tenant_2"];
    for format in ["table", "json"] {
        let words = [&flags[..], &["--format", format, "--", "db", "migrate"]].concat();
        let ran = Binary::on(&database).run(words).expect_code(4);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(said.contains("inboxctl --env-file /dev/null --schema tenant_2 "), "{ran}");
        assert!(!said.contains("--env-file /dev/null --env-file"), "{ran}");
    }
}

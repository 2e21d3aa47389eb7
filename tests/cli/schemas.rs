//! An inbox in a schema of any name: everything that makes, changes, reads and moves it.

use super::db_drift_application::psql_in;
use crate::support::backups::Folder;
use crate::support::{Binary, Database};

const ODD: &str = "My In\"box, v1.2 \\ it's";

fn quoted(schema: &str) -> String {
    format!("\"{}\"", schema.replace('"', "\"\""))
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn url(database: &Database, query: &str) -> String {
    let joint = if database.url().contains('?') { '&' } else { '?' };
    format!("{}{joint}{query}", database.url())
}

fn binary(database: &Database, schema: &str) -> Binary {
    let url = url(database, &format!("schema={}", encoded(schema)));
    Binary::new().env("DATABASE_URL", url)
}

#[test]
fn an_inbox_lives_in_a_schema_of_any_name() {
    let database = Database::empty();
    database.execute(&format!("CREATE SCHEMA {}; CREATE TABLE public.app (id int)", quoted(ODD)));
    let folder = Folder::new();
    let file = folder.file("inbox.dump");
    let done = |args: &[&str]| binary(&database, ODD).run(args).expect_code(0);
    done(&["db", "migrate"]);
    done(&["db", "drift"]);
    done(&["db", "seed", "--profile", "small"]);
    done(&["db", "verify"]);
    done(&["db", "drift", "--fingerprint"]);
    done(&["db", "check", "--ci"]);
    done(&["contacts", "dedupe", "--yes"]);
    done(&["audit", "prune", "--older-than", "7d", "--max-rows", "999999", "--yes"]);
    done(&["jobs", "cleanup", "--yes"]);
    done(&["db", "access", "show"]);
    let sizes = done(&["table-sizes"]);
    assert!(sizes.stdout.contains("public (1)"), "{sizes}");
    done(&["db", "backup", "--out", &file]);
    done(&["db", "backup", "verify", &file, "--level", "2"]);
    let contacts = format!("(SELECT count(*) FROM {}.contacts)", quoted(ODD));
    let before = database.value(&contacts);
    database.execute(&format!("DELETE FROM {}.notes", quoted(ODD)));
    done(&["db", "restore", &file, "--confirm-db", &database.name]);
    assert_eq!(database.value(&contacts), before);
    assert_ne!(database.value(&format!("(SELECT count(*) FROM {}.notes)", quoted(ODD))), "0");
    done(&["db", "drift", "--fingerprint"]);
    // What was changed by hand is mended there, and nowhere else.
    let schema = quoted(ODD);
    database.execute(&format!(
        "CREATE OR REPLACE FUNCTION {schema}.follow_merged_contact() RETURNS trigger
             LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
         DROP TRIGGER notes_set_updated_at ON {schema}.notes;
         DROP INDEX {schema}.contacts_phone_idx;
         ALTER TABLE {schema}.contacts ALTER name TYPE varchar(50)"
    ));
    let sql = binary(&database, ODD).run(["db", "drift", "--fingerprint", "--sql"]).expect_code(3);
    psql_in(&database, &sql.stdout, "public").unwrap_or_else(|said| panic!("{said}\n{sql}"));
    done(&["db", "drift", "--fingerprint"]);
    done(&["db", "rollback", "--steps", "3", "--yes"]);
    done(&["db", "migrate"]);
    done(&["db", "redo", "--steps", "99", "--yes"]);
    done(&["db", "reset", "--confirm-db", &database.name]);
    done(&["db", "drift", "--fingerprint"]);
    let public = "(SELECT string_agg(relname, ',') FROM pg_class WHERE relnamespace = 'public'::regnamespace)";
    assert_eq!(database.value(public), "app");
}

#[test]
fn the_name_is_taken_as_it_was_written() {
    for (query, schema) in [
        ("schema=My%20Inbox%2C%201", "My Inbox, 1"),
        ("schema=Inbox.v2", "Inbox.v2"),
        ("schema=My%20In%22box", "My In\"box"),
        ("schema=%22My%20In%22%22box%22", "My In\"box"),
        ("schema=a%5Cb", "a\\b"),
        ("search_path=%22My%20Inbox%2C%201%22%2Cpublic", "My Inbox, 1"),
    ] {
        let database = Database::empty();
        database.execute(&format!("CREATE SCHEMA {}", quoted(schema)));
        let there = Binary::new().env("DATABASE_URL", url(&database, query));
        there.run(["db", "migrate"]).expect_code(0);
        let made = database.value("(SELECT string_agg(DISTINCT schemaname, '|') FROM pg_tables WHERE tablename = 'contacts')");
        assert_eq!(made, schema, "{query}");
    }
}

#[test]
fn no_inbox_is_in_a_schema_of_the_server() {
    let database = Database::migrated();
    for schema in ["pg_catalog", "information_schema", "pg_toast", "pg_temp", "pg_temp_3"] {
        for args in [&["db", "migrate"][..], &["db", "status"], &["db", "reset", "--yes"]] {
            let ran = binary(&database, schema).run(args).expect_code(4);
            let told = format!("no inbox can be in the schema {schema}");
            assert!(ran.stderr.contains(&told), "{args:?}: {ran}");
        }
    }
    let listed = url(&database, "search_path=pg_catalog,public");
    Binary::new().env("DATABASE_URL", listed).run(["db", "status"]).expect_code(0);
}

#[test]
fn a_schema_that_is_not_there_is_refused_by_all() {
    let database = Database::migrated();
    for args in [
        &["table-sizes"][..],
        &["table-sizes", "--indexes"],
        &["stats"],
        &["db", "status"],
        &["db", "drift"],
    ] {
        let ran = binary(&database, "nowhere").run(args).expect_code(4);
        assert!(ran.stderr.contains("there is no schema nowhere"), "{args:?}: {ran}");
    }
}

#[test]
fn what_looks_like_another_machine_is_no_folder_of_this_one() {
    let database = Database::migrated();
    for place in ["user@host:/x", "host.example:/x", "me@host:x", "s3://bucket/x"] {
        let ran = Binary::on(&database).run(["db", "backup", "--out", place]).expect_code(2);
        assert!(ran.stderr.contains("this looks like"), "{place}: {ran}");
    }
}

#[test]
fn inboxes_of_one_database_do_not_wait_for_each_other() {
    let database = Database::empty();
    for schema in ["one", "other"] {
        database.execute(&format!("CREATE SCHEMA {schema}"));
        let there = || Binary::on(&database);
        there().run(["db", "migrate", "--schema", schema]).expect_code(0);
        there().run(["db", "seed", "--schema", schema]).expect_code(0);
    }
    let prune = |schema: &str| {
        let args = ["audit", "prune", "--yes", "--lock-wait", "0s", "--schema", schema];
        Binary::on(&database).run(args)
    };
    // What a run in the schema `one` holds.
    let lock = database.lock(
        "a prune of one",
        "SET LOCAL search_path = one; \
         SELECT pg_advisory_lock((x'696e626f78' || x'0006')::bit(56)::bigint # hashtextextended('one', 0))",
    );
    prune("one").expect_code(75);
    prune("other").expect_code(0);
    drop(lock);
    prune("one").expect_code(0);
    // The flag wins over the URL.
    let named = || Binary::new().env("DATABASE_URL", url(&database, "schema=nowhere"));
    named().run(["contacts", "list"]).expect_code(4);
    named().run(["contacts", "list", "--schema", "one"]).expect_code(0);
    let ran = Binary::on(&database).run(["contacts", "list", "--schema", "pg_catalog"]);
    assert_eq!(ran.code, 4, "{ran}");
}

#[test]
fn a_name_that_no_schema_can_have_is_refused() {
    let database = Database::migrated();
    let named = |schema: &str| Binary::on(&database).run(["contacts", "list", "--schema", schema]);
    let ran = named("").expect_code(2);
    assert!(ran.stderr.contains("the name of the schema is empty"), "{ran}");
    // The server counts bytes, and cuts between letters.
    let (long, cut) = ("ä".repeat(40), "ä".repeat(31));
    database.execute(&format!("CREATE SCHEMA \"{long}\""));
    let ran = named(&long).expect_code(2);
    assert!(ran.stderr.contains("at most 63 bytes, and this one has 80"), "{ran}");
    assert!(ran.stderr.contains(&format!(", to {cut}\n")), "{ran}");
    Binary::on(&database).run(["db", "status", "--schema", &cut]).expect_code(0);
}

//! Several inboxes of one database, none of which is the business of another.

use std::fs;

use crate::contacts_data::{BRUNO, ROSA};
use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran};

/// One in `public` and one in `t1`, with the same people and a message of each.
fn two() -> Database {
    let database = Database::migrated();
    database.execute("CREATE SCHEMA t1");
    Binary::on(&database).run(["db", "migrate", "--schema", "t1"]).expect_code(0);
    for schema in ["public", "t1"] {
        database.execute(&format!(
            "SET search_path = {schema};
             INSERT INTO contacts (id, name) VALUES ('{ROSA}', 'Rosa'), ('{BRUNO}', 'Bruno');
             INSERT INTO messages (contact_id, channel, direction, content)
                 SELECT id, 'SMS', 'INBOUND', '{schema} of ' || name FROM contacts"
        ));
    }
    database
}

fn run(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run(args)
}

fn count(database: &Database, rows: &str) -> String {
    database.value(&format!("(SELECT count(*) FROM {rows})"))
}

#[test]
fn what_another_inbox_has_of_a_contact_is_its_own() {
    let (database, folder) = (two(), Folder::new());
    let out = folder.file("rosa");
    run(&database, &["contacts", "data", ROSA, "--out", &out]).expect_code(0);
    let data = fs::read_to_string(folder.file("rosa/data.json")).expect("data");
    assert!(data.contains("public of Rosa") && !data.contains("t1 of Rosa"), "{data}");
    // A table of nobody's inbox may mean ours, and a key does.
    database.execute(&format!(
        "CREATE SCHEMA shop;
         CREATE TABLE shop.calls (contact_id uuid);
         INSERT INTO shop.calls VALUES ('{ROSA}');
         CREATE TABLE t1.linked (contact_id uuid REFERENCES public.contacts);
         INSERT INTO t1.linked VALUES ('{ROSA}')"
    ));
    let erase = ["contacts", "erase", ROSA, "--yes"];
    let refused = run(&database, &erase).expect_code(4);
    assert!(!refused.stderr.contains("t1.messages"), "{refused}");
    database.execute("DELETE FROM t1.linked");
    let refused = run(&database, &erase).expect_code(4);
    assert!(refused.stderr.contains("shop.calls"), "{refused}");
    database
        .execute("DELETE FROM shop.calls; INSERT INTO t1.linked SELECT id FROM public.contacts");
    run(&database, &erase).expect_code(4);
    database.execute("DROP TABLE t1.linked");
    run(&database, &erase).expect_code(0);
    assert_eq!(count(&database, "public.contacts"), "1");
    assert_eq!(count(&database, "t1.messages"), "2");
}

#[test]
fn a_restore_brings_nobody_back_in_any_inbox() {
    let (database, folder) = (two(), Folder::new());
    let backup = folder.back_up(&database, "older.dump");
    run(&database, &["contacts", "erase", ROSA, "--yes", "--schema", "t1"]).expect_code(0);
    run(&database, &["contacts", "erase", BRUNO, "--yes"]).expect_code(0);
    let is_right = |database: &Database| {
        let names = |schema: &str| {
            database.value(&format!("(SELECT string_agg(name, ',') FROM {schema}.contacts)"))
        };
        assert_eq!([names("public"), names("t1")], ["Rosa", "Bruno"]);
        assert_eq!(count(database, "public.erased_contacts"), "1");
        assert_eq!(count(database, "t1.erased_contacts"), "1");
    };
    let beside = format!("{}_beside", database.name);
    let restore = |more: &[&str]| {
        run(&database, &[&["db", "restore", &backup, "--format", "json"], more].concat())
    };
    let restored = restore(&["--into", &beside]).expect_code(0).json();
    assert_eq!(restored["erased_again"]["erased"], 2, "{restored}");
    is_right(&Database { name: beside.clone() });
    let name = database.name.clone();
    let restored = restore(&["--confirm-db", &name, "--force"]).expect_code(0).json();
    is_right(&database);
    drop(Database { name: restored["former"].as_str().expect("a name").to_owned() });
    // After a disaster: by the list that a later backup of all inboxes left beside it.
    folder.back_up(&database, "later.dump");
    database.execute("DELETE FROM t1.erased_contacts; DELETE FROM public.erased_contacts");
    let restored = restore(&["--into", &beside]).expect_code(0).json();
    assert_eq!(restored["erased_again"]["erased"], 2, "{restored}");
    is_right(&Database { name: beside });
}

#[test]
fn who_can_not_be_erased_again_is_named_with_the_inbox() {
    let (database, folder) = (two(), Folder::new());
    database.execute(&format!(
        "CREATE TABLE t1.calls (contact_id uuid REFERENCES t1.contacts);
         INSERT INTO t1.calls VALUES ('{ROSA}')"
    ));
    let backup = folder.back_up(&database, "older.dump");
    database.execute("DELETE FROM t1.calls");
    run(&database, &["contacts", "erase", ROSA, "--yes", "--schema", "t1"]).expect_code(0);
    let beside = format!("{}_beside", database.name);
    let ran = run(&database, &["db", "restore", &backup, "--into", &beside]).expect_code(3);
    assert!(ran.stdout.contains(&format!("Not erased again: inbox t1, {ROSA}")), "{ran}");
    drop(Database { name: beside });
}

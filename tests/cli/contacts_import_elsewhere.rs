//! What an update by `contacts import`, or taking an import back, does to other tables: what they would lose
//! is taken back and named, what follows is told.

use std::fs;

use serde_json::{Value, json};

use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran};

const ANA: &str = "01900000-0000-7000-8000-0000000000a1";

/// Ana, tables of the application's that know her, and a file that gives her another address; `more` is SQL.
fn desk(more: &str) -> (Database, Folder, String) {
    let database = Database::migrated();
    database.execute(&format!(
        "INSERT INTO contacts (id, name, email) VALUES ('{ANA}', 'Ana', 'ana@mail.example'); \
         CREATE TABLE pins (id int); INSERT INTO pins VALUES (1), (2); \
         CREATE TABLE tasks (owner uuid, n int); INSERT INTO tasks VALUES ('{ANA}', 1); \
         ALTER TABLE contacts ADD UNIQUE (email); {more}"
    ));
    let folder = Folder::new();
    let file = folder.file("a.csv");
    fs::write(&file, format!("id,name,email\n{ANA},Ana,new@mail.example\n")).unwrap();
    (database, folder, file)
}

fn with_trigger(deed: &str) -> (Database, Folder, String) {
    desk(&trigger(deed))
}

fn trigger(deed: &str) -> String {
    format!(
        "CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {deed} RETURN NULL; END $$; \
         CREATE TRIGGER tidy AFTER UPDATE OR DELETE ON contacts FOR EACH ROW EXECUTE FUNCTION tidy()"
    )
}

fn import(database: &Database, file: &str) -> Ran {
    let args = ["contacts", "import", file, "--on-match", "update", "--yes", "--format", "json"];
    Binary::on(database).run(args)
}

fn undo(database: &Database, id: &Value) -> Ran {
    let id = id.as_str().unwrap();
    Binary::on(database).run(["contacts", "import", "--undo", id, "--yes", "--format", "json"])
}

#[test]
fn what_other_tables_would_lose_is_taken_back_and_named() {
    let key = |action: &str| {
        format!(
            "CREATE TABLE subs (n int, email text REFERENCES contacts (email) ON UPDATE {action}); \
             INSERT INTO subs VALUES (1, 'ana@mail.example')"
        )
    };
    for (more, table, by) in [
        (trigger("DELETE FROM pins;"), "pins", "trigger tidy of contacts"),
        (trigger("TRUNCATE pins;"), "pins", "trigger tidy of contacts"),
        (trigger("UPDATE tasks SET owner = NULL;"), "tasks", "trigger tidy of contacts"),
        (key("SET NULL"), "subs", "foreign key subs_email_fkey"),
    ] {
        let (database, _folder, file) = desk(&more);
        let before = database.contents();
        let ran = import(&database, &file).expect_code(1);
        for word in [table, by, "rolled back"] {
            assert!(ran.stderr.contains(word), "{more}: {ran}");
        }
        assert!(database.contents() == before, "{more}: {ran}");
    }
}

#[test]
fn what_follows_or_counts_is_told() {
    let key = "CREATE TABLE subs (n int, email text REFERENCES contacts (email) ON UPDATE CASCADE); \
               INSERT INTO subs VALUES (1, 'ana@mail.example')";
    for (more, changed) in [
        (trigger("UPDATE tasks SET n = n + 1;"), json!({ "tasks": 1 })),
        (String::from(key), json!({ "subs": 1 })),
        (trigger("INSERT INTO pins VALUES (3);"), Value::Null),
    ] {
        let (database, _folder, file) = desk(&more);
        let ran = import(&database, &file).expect_code(0).json();
        assert_eq!((&ran["updated"], &ran["changed"]), (&1.into(), &changed), "{more}: {ran}");
        let back = undo(&database, &ran["id"]).expect_code(0).json();
        assert_eq!((&back["restored"], &back["changed"]), (&1.into(), &changed), "{more}: {back}");
    }
}

#[test]
fn what_taking_it_back_would_lose_is_named() {
    let (database, _folder, file) = with_trigger("");
    fs::write(&file, "name,email\nBea,bea@mail.example\n").unwrap();
    let ran = import(&database, &file).expect_code(0).json();
    database.execute(
        "CREATE OR REPLACE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS \
             'BEGIN DELETE FROM pins; RETURN NULL; END'",
    );
    let before = database.contents();
    let refused = undo(&database, &ran["id"]).expect_code(1);
    assert!(refused.stderr.contains("2 rows of pins were deleted"), "{refused}");
    assert!(database.contents() == before, "{refused}");
}

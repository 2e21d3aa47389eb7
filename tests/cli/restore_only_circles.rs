//! `db restore --only`: rows that point at one another.

use std::process::Command;

use inboxctl::local::Client;

use crate::contacts_data::{BRUNO, ROSA};
use crate::restore_only::{restore, table};
use crate::support::Database;
use crate::support::backups::Folder;

#[test]
fn rows_that_point_at_one_another_come_back_out_of_a_script() {
    let (database, folder) = (Database::migrated(), Folder::new());
    database.execute(&format!(
        "INSERT INTO contacts (id, name) VALUES ('{ROSA}', 'Rosa'), ('{BRUNO}', 'Bruno');
         CREATE TABLE threads (id int PRIMARY KEY, contact_id uuid REFERENCES contacts (id), parent int REFERENCES threads (id));
         CREATE TABLE replies (id int PRIMARY KEY, thread int NOT NULL REFERENCES threads (id));
         ALTER TABLE threads ADD newest int REFERENCES replies (id);
         INSERT INTO threads VALUES (1, '{ROSA}', NULL), (2, '{ROSA}', 3), (3, NULL, 1), (4, '{BRUNO}', NULL);
         INSERT INTO replies VALUES (1, 3), (2, 4)"
    ));
    let pg_dump = Client::find_all("pg_dump", None).into_iter().next().expect("pg_dump");
    let file = folder.file("inbox.sql");
    let ran = Command::new(pg_dump.path).args(["--file", &file, &database.url()]).status();
    assert!(ran.expect("pg_dump runs").success());
    let sum = |table: &str| {
        database.value(&format!("(SELECT string_agg(t::text, '|' ORDER BY id) FROM {table} t)"))
    };
    let before = [sum("threads"), sum("replies"), sum("contacts")];
    database.execute(&format!(
        "DELETE FROM replies WHERE id = 1; DELETE FROM threads WHERE id < 4; DELETE FROM contacts WHERE id = '{ROSA}'"
    ));
    let rosa = format!("contacts:{ROSA}");
    // A script runs with the rights of who restores it.
    let refused = restore(&database, &file, &rosa, &[]).expect_code(4);
    assert!(refused.stderr.contains("with whose rights"), "{refused}");
    let planned = restore(&database, &file, &rosa, &["--dry-run", "--yes", "--format", "json"]);
    let planned = planned.expect_code(0).json();
    let done =
        restore(&database, &file, &rosa, &["--yes", "--format", "json"]).expect_code(0).json();
    assert_eq!(done["tables"], planned["tables"]);
    assert_eq!([sum("threads"), sum("replies"), sum("contacts")], before);
}

#[test]
fn tables_that_point_at_one_another_come_back_whole() {
    let (database, folder) = (Database::migrated(), Folder::new());
    let pair = |name: &str, kind: &str| {
        format!(
            "CREATE TABLE shop.{name}_a (id int PRIMARY KEY, b int {kind});
             CREATE TABLE shop.{name}_b (id int PRIMARY KEY, contact_id uuid REFERENCES contacts (id),
                 a int {kind} REFERENCES shop.{name}_a (id) DEFERRABLE INITIALLY DEFERRED);
             ALTER TABLE shop.{name}_a ADD FOREIGN KEY (b) REFERENCES shop.{name}_b (id) DEFERRABLE INITIALLY IMMEDIATE;
             BEGIN; SET CONSTRAINTS ALL DEFERRED; INSERT INTO shop.{name}_a VALUES (1, 2), (3, 4), (5, 6);
             INSERT INTO shop.{name}_b VALUES (2, '{ROSA}', 1), (4, '{ROSA}', 3), (6, '{ROSA}', 5); COMMIT;"
        )
    };
    database.execute(&format!(
        "INSERT INTO contacts (id, name) VALUES ('{ROSA}', 'Rosa'); CREATE SCHEMA shop; {} {}",
        pair("loose", ""),
        pair("tight", "NOT NULL")
    ));
    let file = folder.back_up(&database, "inbox.dump");
    let names = ["loose_a", "loose_b", "tight_a", "tight_b"];
    let held = || {
        names.map(|name| {
            database
                .value(&format!("(SELECT string_agg(t::text, ' ' ORDER BY id) FROM shop.{name} t)"))
        })
    };
    let whole = held();
    let delete = "BEGIN; SET CONSTRAINTS ALL DEFERRED;
         DELETE FROM shop.loose_a; DELETE FROM shop.loose_b; DELETE FROM shop.tight_a; DELETE FROM shop.tight_b; COMMIT";
    database.execute(delete);
    let rosa = format!("contacts:{ROSA}");
    let planned =
        restore(&database, &file, &rosa, &["--dry-run", "--format", "json"]).expect_code(0).json();
    let done = restore(&database, &file, &rosa, &["--format", "json"]).expect_code(0).json();
    assert_eq!(held(), whole);
    assert_eq!(done["tables"], planned["tables"]);
    assert!(!done.to_string().contains("\"gone\":{\""), "{done:#}");
    // One that another row keeps out takes along those that need it, and no others.
    database.execute(delete);
    database.execute("ALTER TABLE shop.tight_a ADD CONSTRAINT not_three CHECK (id <> 3)");
    let failed = restore(&database, &file, &rosa, &["--format", "json"]).expect_code(1);
    assert!(failed.stderr.contains("not_three"), "{failed}");
    let failed = failed.json();
    assert_eq!(table(&failed, "shop.tight_a")["inserted"], 2, "{failed:#}");
    assert_eq!(table(&failed, "shop.tight_b")["inserted"], 2, "{failed:#}");
    assert_eq!(database.value("(SELECT count(*) FROM shop.tight_b)"), "2");
    assert_eq!(database.value("(SELECT count(*) FROM shop.loose_a WHERE b IS NOT NULL)"), "3");
}

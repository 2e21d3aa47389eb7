//! `db restore --only ... --overwrite`: what it must not take, empty or change.

use serde_json::Value;

use crate::contacts_data::{BRUNO, ROSA};
use crate::restore_only::{restore, table};
use crate::support::backups::Folder;
use crate::support::{Binary, Database};

/// The database with two contacts, and a schema for tables of an application.
fn shop(tables: &str) -> Database {
    let database = Database::migrated();
    database.execute(&format!(
        "INSERT INTO contacts (id, name) VALUES ('{ROSA}', 'Rosa'), ('{BRUNO}', 'Bruno'); CREATE SCHEMA shop; {tables}"
    ));
    database
}

/// What the dry run says, and then the run.
fn overwrite(database: &Database, file: &str, only: &str) -> (Value, Value) {
    let run = |flag: &str| {
        let flags = ["--overwrite", flag, "--format", "json"];
        restore(database, file, only, &flags).expect_code(0).json()
    };
    (run("--dry-run"), run("--yes"))
}

#[test]
fn what_another_contact_has_by_now_stays_with_them() {
    let database = shop(&format!(
        "CREATE TABLE shop.orders (id int PRIMARY KEY, contact_id uuid REFERENCES contacts (id), what text);
         CREATE TABLE shop.lines (id int PRIMARY KEY, order_id int NOT NULL REFERENCES shop.orders (id), what text);
         INSERT INTO shop.orders SELECT n, '{ROSA}', 'hers' FROM generate_series(1, 3) AS n;
         INSERT INTO shop.lines VALUES (1, 1, 'hers'), (2, 2, 'hers'), (3, 3, 'hers'), (4, 2, 'hers')"
    ));
    let folder = Folder::new();
    let file = folder.back_up(&database, "inbox.dump");
    // The ids of an order and of a line are used again, a line is moved, and an order is nobody's.
    database.execute(&format!(
        "DELETE FROM shop.lines WHERE id IN (2, 3); DELETE FROM shop.lines WHERE id = 4; DELETE FROM shop.orders WHERE id = 2;
         INSERT INTO shop.orders VALUES (2, '{BRUNO}', 'his'); INSERT INTO shop.lines VALUES (3, 2, 'his'), (4, 1, 'hers');
         UPDATE shop.orders SET contact_id = NULL WHERE id = 3"
    ));
    let rosa = format!("contacts:{ROSA}");
    let without = restore(&database, &file, &rosa, &["--format", "json"]).expect_code(0).json();
    assert_eq!(table(&without, "shop.lines")["inserted"], 0, "{without:#}");
    let (planned, done) = overwrite(&database, &file, &rosa);
    assert_eq!(done["tables"], planned["tables"]);
    for name in ["shop.orders", "shop.lines"] {
        let why = &table(&done, name)["left_out"].to_string();
        assert!(why.contains("belong to other contacts now"), "{done:#}");
    }
    let held = |name: &str| {
        database.value(&format!(
            "(SELECT string_agg(concat_ws(' ', id, what), ', ' ORDER BY id) FROM shop.{name})"
        ))
    };
    assert_eq!(held("orders"), "1 hers, 2 his, 3 hers");
    assert_eq!(held("lines"), "1 hers, 3 his, 4 hers");
    let owners =
        "(SELECT count(DISTINCT o.contact_id) || ' ' || count(o.contact_id) FROM shop.orders o)";
    assert_eq!(database.value(owners), "2 3");
    assert_eq!(database.value("(SELECT order_id FROM shop.lines WHERE id = 4)"), "1");
}

#[test]
fn a_reference_that_leads_somewhere_is_never_emptied() {
    let database = shop(&format!(
        "CREATE TABLE shop.cust (id int PRIMARY KEY, contact_id uuid REFERENCES contacts (id) ON DELETE SET NULL, what text);
         INSERT INTO shop.cust VALUES (1, '{ROSA}', 'before'), (2, '{ROSA}', 'before'), (3, '{ROSA}', 'before')"
    ));
    let folder = Folder::new();
    let file = folder.back_up(&database, "inbox.dump");
    Binary::on(&database).run(["contacts", "merge", BRUNO, ROSA, "--yes"]).expect_code(0);
    database.execute(
        "UPDATE shop.cust SET what = 'after' WHERE id = 1; DELETE FROM shop.cust WHERE id = 3",
    );
    let (planned, done) = overwrite(&database, &file, "table:shop.cust");
    assert_eq!(done["tables"], planned["tables"]);
    let counts = table(&done, "shop.cust");
    assert_eq!(counts["kept"]["contact_id -> contacts"], 2, "{done:#}");
    assert_eq!(counts["overwritten"], 1, "{done:#}");
    let rows = "(SELECT string_agg(concat_ws(' ', id, contact_id, what), ', ' ORDER BY id) FROM shop.cust)";
    assert_eq!(database.value(rows), format!("1 {BRUNO} before, 2 {BRUNO} before, 3 before"));
    let again =
        restore(&database, &file, "table:shop.cust", &["--overwrite", "--yes"]).expect_code(0);
    assert!(again.stdout.contains("2 rows of shop.cust keep what they lead to"), "{again}");
}

#[test]
fn rows_of_other_tables_do_not_change_along() {
    let database = shop(
        "CREATE TABLE shop.items (id int PRIMARY KEY, code text UNIQUE, what text);
         CREATE TABLE shop.stock (id int PRIMARY KEY, code text REFERENCES shop.items (code) ON UPDATE CASCADE);
         INSERT INTO shop.items VALUES (1, 'one', 'before'), (2, 'two', 'before');
         INSERT INTO shop.stock VALUES (1, 'one'), (2, 'two')",
    );
    let folder = Folder::new();
    let file = folder.back_up(&database, "inbox.dump");
    database.execute(
        "UPDATE shop.items SET what = 'after'; UPDATE shop.items SET code = 'uno' WHERE id = 1",
    );
    let (planned, done) = overwrite(&database, &file, "table:shop.items");
    assert_eq!(done["tables"], planned["tables"]);
    let left = table(&done, "shop.items")["left_out"][0]["why"].as_str().unwrap_or_default();
    assert!(left.contains("shop.stock would change along"), "{done:#}");
    let rows = "(SELECT string_agg(concat_ws(' ', i.code, s.code, what), ', ' ORDER BY i.id) FROM shop.items i JOIN shop.stock s USING (id))";
    assert_eq!(database.value(rows), "uno uno after, two two before");
}

#[test]
fn a_flag_of_another_way_is_a_mistake_and_nothing_is_done() {
    let database = shop("CREATE TABLE shop.new (id int)");
    let folder = Folder::new();
    let file = folder.back_up(&database, "inbox.dump");
    let name = database.name.clone();
    let since = "(SELECT count(*) FROM audit_logs)";
    let before = database.value(since);
    for args in [
        vec!["db", "restore", &file, "--overwrite", "--confirm-db", &name],
        vec!["db", "restore", &file, "--overwrite", "--into", "zzz"],
        vec!["db", "restore", &file, "--overwrite", "--force", "--confirm-db", &name],
        vec!["db", "restore", &file, "--overwrite", "--no-owner"],
        vec!["db", "restore", &file, "--overwrite"],
        vec!["db", "adopt", "--out", "map.toml", "--confirm-db", &name],
        vec!["db", "adopt", "--out", "map.toml", "--abort"],
        vec!["db", "migrate", "--backup-out", "there", "--dry-run"],
        vec!["jobs", "retry", ROSA, "--type", "SEND_EMAIL"],
        vec!["jobs", "release", ROSA, "--type", "SEND_EMAIL"],
    ] {
        Binary::on(&database).run(&args).expect_code(2);
    }
    assert_eq!(database.value(since), before);
}

//! `db restore --only`: tables that can't take what the backup holds.

use std::time::{Duration, Instant};

use crate::contacts_data::{ROSA, spread};
use crate::restore_only::{delete_rosa, restore, table};
use crate::support::Database;
use crate::support::backups::Folder;

#[test]
fn the_live_tables_may_have_other_columns_by_now() {
    let (database, folder) = (spread(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    delete_rosa(&database);
    database.execute(
        "ALTER TABLE contacts ADD nickname text NOT NULL DEFAULT 'none';
         ALTER TABLE orders DROP COLUMN buyer;
         ALTER TABLE attachments ADD size int NOT NULL DEFAULT 0;
         ALTER TABLE attachments ALTER size DROP DEFAULT;
         DROP TABLE visits",
    );
    let rosa = format!("contacts:{ROSA}");
    let done =
        restore(&database, &file, &rosa, &["--yes", "--format", "json"]).expect_code(0).json();
    assert_eq!(table(&done, "contacts")["new_columns"][0], "nickname", "{done:#}");
    assert_eq!(table(&done, "orders")["gone_columns"][0], "buyer", "{done:#}");
    assert_eq!(table(&done, "orders")["inserted"], 1, "{done:#}");
    for (name, why) in [("attachments", "size came since"), ("visits", "no such table")] {
        let left = table(&done, name)["left_out"][0]["why"].as_str().unwrap_or_default();
        assert!(left.contains(why), "{name}: {done:#}");
    }
    assert_eq!(database.value("(SELECT nickname FROM contacts WHERE name ~ 'Rosa')"), "none");
}

#[test]
fn no_value_is_cut_to_fit() {
    let (database, folder) = (Database::migrated(), Folder::new());
    database.execute(
        "CREATE SCHEMA shop; CREATE TYPE shop.size AS ENUM ('small', 'large');
         CREATE TABLE shop.pf (id int PRIMARY KEY, code varchar(9), price numeric(9, 3), at timestamptz,
             size shop.size, big bigint);
         INSERT INTO shop.pf VALUES (1, 'du', 1.500, '2026-01-01 00:00Z', 'small', 1), (2, 'dup', 1, NULL, NULL, 1),
             (3, 'du', 1.255, NULL, NULL, 1), (4, 'du', 1, '2026-01-01 10:00Z', NULL, 1), (5, 'du', 1, NULL, 'large', 1),
             (6, 'du', 1, NULL, NULL, 5000000000), (7, 'dup', 1, NULL, NULL, 1)",
    );
    let file = folder.back_up(&database, "inbox.dump");
    database.execute(
        "DELETE FROM shop.pf WHERE id < 7; UPDATE shop.pf SET code = 'xx';
         ALTER TABLE shop.pf ALTER code TYPE varchar(2), ALTER price TYPE numeric(9, 2), ALTER at TYPE date, ALTER big TYPE int;
         ALTER TYPE shop.size RENAME VALUE 'large' TO 'huge'",
    );
    let flags = ["--overwrite", "--yes"];
    let dry =
        restore(&database, &file, "table:shop.pf", &["--overwrite", "--dry-run"]).expect_code(0);
    let ran = restore(&database, &file, "table:shop.pf", &flags).expect_code(1);
    for said in [
        "code is character varying(2) now",
        "price is numeric(9,2)",
        "at is date",
        "size is shop.size",
        "big is integer",
    ] {
        assert!(ran.stdout.contains(said) && dry.stdout.contains(said), "{said}: {ran} {dry}");
    }
    assert!(ran.stdout.contains("1 row differs and is left as it is now"), "{ran}");
    let rows = "(SELECT string_agg(concat_ws(' ', id, code, price, at, size), ', ' ORDER BY id) FROM shop.pf)";
    assert_eq!(database.value(rows), "1 du 1.50 2026-01-01 small, 7 xx 1.00");
}

#[test]
fn what_a_unique_key_keeps_out_is_foreseen_and_a_failure() {
    let (database, folder) = (Database::migrated(), Folder::new());
    database.execute(
        "CREATE SCHEMA shop; CREATE TABLE shop.items (id int PRIMARY KEY, code text UNIQUE);
         INSERT INTO shop.items VALUES (1, 'one'), (2, 'two'), (3, 'three')",
    );
    let file = folder.back_up(&database, "inbox.dump");
    let items = "table:shop.items";
    let rows = "(SELECT string_agg(id || code, ' ' ORDER BY id) FROM shop.items)";
    database
        .execute("DELETE FROM shop.items WHERE id = 1; INSERT INTO shop.items VALUES (9, 'one')");
    let dry = restore(&database, &file, items, &["--dry-run"]).expect_code(0);
    let ran = restore(&database, &file, items, &[]).expect_code(1);
    for ran in [&dry, &ran] {
        assert!(ran.stdout.contains("items_code_key"), "{ran}");
    }
    database.execute("UPDATE shop.items SET code = 'other' WHERE id = 2; UPDATE shop.items SET code = 'two' WHERE id = 9");
    let flags = ["--overwrite", "--yes", "--format", "json"];
    let dry = restore(&database, &file, items, &["--overwrite", "--dry-run", "--format", "json"]);
    let dry = dry.expect_code(0).json();
    let done = restore(&database, &file, items, &flags).expect_code(1).json();
    assert_eq!(table(&dry, "shop.items")["overwritten"], 0, "{dry:#}");
    assert_eq!(dry["tables"], done["tables"]);
    assert_eq!(database.value(rows), "1one 2other 3three 9two");
    // Two that have one another's make room for each other, if the key waits.
    database.execute(
        "DELETE FROM shop.items WHERE id = 9;
         ALTER TABLE shop.items DROP CONSTRAINT items_code_key, ADD UNIQUE (code) DEFERRABLE;
         UPDATE shop.items SET code = CASE id WHEN 2 THEN 'three' ELSE 'two' END WHERE id > 1",
    );
    restore(&database, &file, items, &flags).expect_code(0);
    assert_eq!(database.value(rows), "1one 2two 3three");
}

#[test]
fn rows_without_a_key_are_counted_once() {
    let (database, folder) = (Database::migrated(), Folder::new());
    database.execute(
        "CREATE TABLE seen (at int, what text);
         INSERT INTO seen SELECT n / 2, repeat('what was seen ', 5) FROM generate_series(1, 30000) AS n",
    );
    let file = folder.back_up(&database, "inbox.dump");
    let sum = "(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM seen t)";
    let before = database.value(sum);
    database.execute("DELETE FROM seen WHERE at % 3 > 0");
    let start = Instant::now();
    restore(&database, &file, "table:seen", &[]).expect_code(0);
    assert!(start.elapsed() < Duration::from_secs(40), "{:?}", start.elapsed());
    assert_eq!(database.value(sum), before);
}

//! `db restore --only`: a contact with all that belongs to it, or the rows of a table, out of a backup
//! into the live database.

use serde_json::Value;

use crate::contacts_data::{ROSA, spread};
use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran};

fn restore(database: &Database, file: &str, only: &str, flags: &[&str]) -> Ran {
    Binary::on(database).run([&["db", "restore", file, "--only", only], flags].concat())
}

/// What the tables hold that rows come back into, one checksum each.
fn held(database: &Database) -> Vec<(String, String)> {
    let tables = [
        "users",
        "contacts",
        "contact_identities",
        "messages",
        "notes",
        "assignments",
        "presence",
        "scheduled_jobs",
        "contact_merges",
        "merged_contacts",
        "distinct_contacts",
        "attachments",
        "orders",
        "order_lines",
        "visits",
    ];
    let sum = |table: &str| {
        database.value(&format!(
            "(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t)"
        ))
    };
    tables.iter().map(|table| ((*table).to_owned(), sum(table))).collect()
}

/// Rosa goes by mistake, with all that hangs on her.
fn delete_rosa(database: &Database) {
    database.execute(&format!(
        "DELETE FROM scheduled_jobs WHERE message_id IN (SELECT id FROM messages WHERE contact_id = '{ROSA}');
         DELETE FROM messages WHERE contact_id = '{ROSA}';
         DELETE FROM notes WHERE contact_id = '{ROSA}';
         DELETE FROM assignments WHERE contact_id = '{ROSA}';
         DELETE FROM presence WHERE contact_id = '{ROSA}';
         DELETE FROM contact_identities WHERE contact_id = '{ROSA}';
         DELETE FROM visits WHERE contact_id = '{ROSA}';
         DELETE FROM distinct_contacts WHERE low_id = '{ROSA}';
         DELETE FROM contacts WHERE id = '{ROSA}'"
    ));
}

/// The counts of one table of a view.
fn table<'a>(view: &'a Value, name: &str) -> &'a Value {
    let tables = view["tables"].as_array().expect("tables");
    tables.iter().find(|one| one["table"] == name).unwrap_or_else(|| panic!("{name}: {view:#}"))
}

fn left_behind(database: &Database) -> String {
    database.value(&format!(
        "(SELECT string_agg(datname, ',') FROM pg_database WHERE starts_with(datname, '{}_inboxctl'))",
        database.name
    ))
}

#[test]
fn a_contact_comes_back_with_all_that_hangs_on_it() {
    let (database, folder) = (spread(), Folder::new());
    let file = folder.back_up(&database, "inbox.dump");
    let before = held(&database);
    delete_rosa(&database);
    let without = held(&database);
    assert_ne!(without, before);
    let rosa = format!("contacts:{ROSA}");
    let planned =
        restore(&database, &file, &rosa, &["--dry-run", "--format", "json"]).expect_code(0).json();
    assert_eq!(held(&database), without);
    assert_eq!(table(&planned, "messages")["inserted"], 9, "{planned:#}");
    assert_eq!(table(&planned, "order_lines")["inserted"], 1, "{planned:#}");
    // A job of hers is due: a worker would run it at once.
    let refused = restore(&database, &file, &rosa, &[]).expect_code(4);
    assert!(refused.stderr.contains("at once"), "{refused}");
    assert_eq!(held(&database), without);
    let done =
        restore(&database, &file, &rosa, &["--yes", "--format", "json"]).expect_code(0).json();
    assert_eq!(held(&database), before);
    assert_eq!(done["tables"], planned["tables"]);
    let again = restore(&database, &file, &rosa, &[]).expect_code(0);
    assert!(again.stdout.contains("Nothing to do"), "{again}");
    assert_eq!(held(&database), before);
    assert_eq!(left_behind(&database), "");
    let entry = "(SELECT details FROM audit_logs WHERE action = 'database.restore_rows')";
    let entry: Value = serde_json::from_str(&database.value(entry)).expect("one entry");
    assert_eq!(entry["only"], rosa.as_str());
    assert_eq!(entry["tables"]["messages"]["inserted"], 9, "{entry:#}");
    assert!(entry["backup"].is_string(), "{entry:#}");
}

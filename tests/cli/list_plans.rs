//! No list reads a large table from end to end. Held against what the server
//! counted while the command ran: what EXPLAIN would say, of every statement
//! that really was executed.

use crate::support::{Binary, Database, eventually};

/// Tables that grow with the inbox.
const LARGE: &str = "^(messages|contacts|scheduled_jobs|assignments|audit_logs.*)$";

/// A partition with hardly a row may be read from end to end.
const FEW_ROWS: u64 = 500;

fn filled() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed", "--profile", "small"]).expect_code(0);
    database.execute(
        "INSERT INTO contacts (name, metadata)
         SELECT 'Contact ' || n, jsonb_build_object('about', repeat('x', 600))
         FROM generate_series(1, 10000) n;
         INSERT INTO messages (contact_id, channel, direction, content, status, thread_id, read_at, created_at)
         SELECT c.id, 'SMS', (ARRAY['INBOUND', 'OUTBOUND'])[1 + n % 2]::message_direction,
                'message ' || n, 'READ', c.id, now(), now() - n * interval '1 hour'
         FROM contacts c, generate_series(1, 5) n;
         UPDATE messages SET read_at = NULL WHERE direction = 'INBOUND' AND id::text LIKE '%00';
         UPDATE messages SET status = 'FAILED' WHERE direction = 'OUTBOUND' AND id::text LIKE '%11';
         INSERT INTO scheduled_jobs (type, scheduled_at, status, finished_at)
         SELECT 'sync', now() - n * interval '1 min', 'COMPLETED', now() FROM generate_series(1, 20000) n;
         INSERT INTO audit_logs (user_id, actor, action, resource, resource_id, created_at)
         SELECT u.id, u.email, 'bulk.' || n % 40, 'bulk', n::text, now() - n * interval '20 min'
         FROM generate_series(1, 30000) n, users u WHERE u.email = 'admin@inbox.example';
         INSERT INTO assignments (user_id, contact_id)
         SELECT u.id, c.id FROM contacts c, users u
         WHERE u.email = 'admin@inbox.example' AND c.name LIKE 'Contact %';",
    );
    // On its own: VACUUM runs in no transaction. It sets the visibility map, as
    // autovacuum does in time.
    database.execute("VACUUM ANALYZE");
    database
}

/// Rows that sequential scans have read of each large table, by sessions that ended.
fn scans(database: &Database) -> Vec<(String, u64)> {
    let counted = database.value(&format!(
        "(SELECT string_agg(relname || ' ' || seq_tup_read, ',' ORDER BY relname) \
          FROM pg_stat_user_tables WHERE relname ~ '{LARGE}')"
    ));
    let pair = |text: &str| {
        let (table, number) = text.split_once(' ').expect("a table and a number");
        (table.to_owned(), number.parse().expect("a number"))
    };
    counted.split(',').map(pair).collect()
}

#[test]
fn no_list_reads_a_large_table_from_end_to_end() {
    let database = filled();
    let contact = database.value("(SELECT id FROM contacts WHERE name = 'Contact 77')");
    let job = database.value("(SELECT id FROM scheduled_jobs LIMIT 1)");
    let commands: Vec<Vec<&str>> = vec![
        vec!["messages", "thread", &contact],
        vec!["messages", "thread", "--contact", &contact],
        vec!["messages", "unread"],
        vec!["messages", "unread", "--channel", "sms"],
        vec!["messages", "unread", "--by", "contact"],
        vec!["messages", "unread", "--by", "channel"],
        vec!["messages", "failed"],
        vec!["messages", "failed", "--channel", "sms", "--since", "2d"],
        vec!["messages", "search", "message 3", "--contact", &contact],
        vec!["jobs", "list"],
        vec!["jobs", "list", "--status", "running"],
        vec!["jobs", "list", "--overdue"],
        vec!["jobs", "list", "--type", "export_report"],
        vec!["jobs", "list", "--type", "no_such_type"],
        vec!["jobs", "show", &job],
        vec!["jobs", "retry", "--failed", "--type", "export_report", "--dry-run"],
        vec!["audit", "list"],
        vec!["audit", "list", "--action", "contact.delete"],
        vec!["audit", "list", "--action", "no.such"],
        vec!["audit", "list", "--user", "viewer@inbox.example"],
        vec!["audit", "list", "--user", "os:nobody"],
        vec!["audit", "list", "--resource", "bulk:77"],
        vec!["audit", "list", "--since", "2d"],
        vec!["assignments", "list"],
        vec!["assignments", "list", "--user", "viewer@inbox.example"],
        vec!["presence", "list"],
        vec!["users", "list"],
    ];
    let alone = "(SELECT count(*) FROM pg_stat_activity \
                  WHERE datname = current_database() AND pid <> pg_backend_pid() \
                  AND backend_type = 'client backend')";
    let mut offenders = Vec::new();
    for command in commands {
        eventually("other sessions ended", || database.value(alone) == "0");
        let before = scans(&database);
        Binary::on(&database).run(&command).expect_code(0);
        // A session counts what it did before it is gone.
        eventually("the session ended", || database.value(alone) == "0");
        let after = scans(&database).into_iter().zip(before);
        let scanned =
            after.filter(|(after, before)| after.1 - before.1 > FEW_ROWS).map(|(after, _)| after.0);
        offenders.extend(scanned.map(|table| format!("{table}: {}", command.join(" "))));
    }
    assert!(offenders.is_empty(), "from end to end:\n{}", offenders.join("\n"));
}

//! What the schema does with the rows that applications write.

use diesel::connection::SimpleConnection;

use crate::support::{Database, value};

const A: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const B: &str = "bbbbbbbb-0000-4000-8000-000000000002";

/// A contact B, and A that was merged into it.
fn merged() -> Database {
    let database = Database::migrated();
    database.execute(&format!(
        "INSERT INTO contacts (id, name) VALUES ('{B}', 'Ana'); \
         INSERT INTO users (email, name) VALUES ('ana@inbox.example', 'Ana')"
    ));
    follows(&database, A, B);
    database
}

/// Says that one contact was merged into another.
fn follows(database: &Database, gone: &str, survivor: &str) {
    database.execute(&format!(
        "WITH merge AS ( \
             INSERT INTO contact_merges (survivor_id, merged_ids, actor, before, after, moved) \
             VALUES ('{survivor}', ARRAY['{gone}'::uuid], 'a', '{{}}', '{{}}', '{{}}') RETURNING id) \
         INSERT INTO merged_contacts SELECT '{gone}', '{survivor}', id FROM merge"
    ));
}

const ROWS: [(&str, &str); 5] = [
    ("messages", "(contact_id, channel, direction, content) VALUES ($1, 'SMS', 'INBOUND', 'Hi')"),
    ("notes", "(contact_id, user_id, content) SELECT $1, id, 'n' FROM users"),
    ("assignments", "(contact_id, user_id) SELECT $1, id FROM users"),
    ("presence", "(contact_id, user_id) SELECT $1, id FROM users"),
    ("contact_identities", "(contact_id, kind, value) VALUES ($1, 'EMAIL', 'ana@b.example')"),
];

fn insert(table: &str, contact: &str) -> String {
    let (_, rest) = ROWS.iter().find(|(name, _)| *name == table).unwrap();
    format!("INSERT INTO {table} {}", rest.replace("$1", &format!("'{contact}'::uuid")))
}

fn error(database: &Database, sql: &str) -> String {
    database.connect().batch_execute(sql).expect_err(sql).to_string()
}

#[test]
fn rows_of_every_table_follow_a_merged_contact() {
    let database = merged();
    let third = "cccccccc-0000-4000-8000-000000000003";
    for (table, _) in ROWS {
        let contact = || database.value(&format!("(SELECT contact_id FROM {table})"));
        database.execute(&insert(table, A));
        assert_eq!(contact(), B, "{table}");
        // A row that is given to another contact, as an application gives it.
        database.execute(&format!(
            "INSERT INTO contacts (id) VALUES ('{third}') ON CONFLICT DO NOTHING"
        ));
        for (to, becomes) in [(third, third), (A, B)] {
            database.execute(&format!(
                "SET search_path = ''; UPDATE public.{table} SET contact_id = '{to}'"
            ));
            assert_eq!(contact(), becomes, "{table}");
        }
    }
    let referring = "(SELECT count(DISTINCT conrelid) FROM pg_constraint \
                      WHERE contype = 'f' AND confrelid = 'contacts'::regclass)";
    assert_eq!(database.value(referring), ROWS.len().to_string(), "a table that doesn't follow");
}

#[test]
fn an_assignment_of_a_merged_contact_meets_the_one_of_the_survivor() {
    let database = merged();
    database.execute(&insert("assignments", B));
    let refused = error(&database, &insert("assignments", A));
    assert!(refused.contains("assignments_contact_id_key"), "{refused}");
    database.execute(&format!(
        "INSERT INTO users (email, name) VALUES ('eva@inbox.example', 'Eva'); \
         INSERT INTO assignments (contact_id, user_id) \
             SELECT '{A}', id FROM users WHERE name = 'Eva' \
             ON CONFLICT (contact_id) DO UPDATE SET user_id = EXCLUDED.user_id"
    ));
    let whose = "(SELECT string_agg(u.name, ',') FROM assignments JOIN users u ON u.id = user_id)";
    assert_eq!(database.value(whose), "Eva");
}

#[test]
fn who_opens_a_merged_contact_sees_the_survivor() {
    let database = merged();
    database.execute(&format!(
        "INSERT INTO presence (user_id) SELECT id FROM users; \
         UPDATE presence SET contact_id = '{A}'"
    ));
    assert_eq!(database.value("(SELECT contact_id FROM presence)"), B);
    database.execute("UPDATE presence SET contact_id = NULL");
    assert_eq!(database.value("(SELECT contact_id FROM presence)"), "");
}

/// Merged into one another, with a contact that came back in between, and both gone.
#[test]
fn a_circle_of_merged_contacts_ends() {
    let database = merged();
    let third = "cccccccc-0000-4000-8000-000000000003";
    database.execute("DELETE FROM contacts");
    for (gone, survivor) in [(B, A), (third, third)] {
        follows(&database, gone, survivor);
        for (table, _) in ROWS {
            let refused = error(
                &database,
                &format!("SET statement_timeout = '20s'; {}", insert(table, gone)),
            );
            assert!(refused.contains("foreign key"), "{table}: {refused}");
        }
    }
}

#[test]
fn a_session_with_an_empty_path_can_write() {
    let database = merged();
    for path in [
        "SET search_path = ''",
        "SET search_path = pg_catalog, public",
        "CREATE SCHEMA elsewhere; SET search_path = elsewhere, public",
        // What stands before ours under the same name is another table.
        "CREATE TEMP TABLE contacts (x int); CREATE TEMP TABLE merged_contacts (x int)",
    ] {
        for (table, _) in ROWS {
            let sql =
                insert(table, A).replace("INTO ", "INTO public.").replace("users", "public.users");
            database.execute(&format!("DELETE FROM {table}"));
            database
                .execute(&format!("BEGIN; {path}; {sql}; DROP SCHEMA IF EXISTS elsewhere; COMMIT"));
            assert_eq!(database.value(&format!("(SELECT contact_id FROM {table})")), B, "{table}");
        }
    }
    database.execute(
        "SET search_path = ''; \
         INSERT INTO public.contacts (name, social_handles, metadata) \
             VALUES ('Philippa Weiß', '{\"twitter\": \"@pw\"}', 'null'); \
         UPDATE public.contacts SET name = 'Filipa Weiß', metadata = NULL WHERE name LIKE 'Ph%'; \
         INSERT INTO public.scheduled_jobs (type, scheduled_at, payload) VALUES ('a', now(), NULL); \
         INSERT INTO public.audit_logs (action, resource, details) VALUES ('a', 'b', NULL); \
         REINDEX TABLE public.contacts",
    );
    assert_eq!(database.value("(SELECT metadata FROM contacts WHERE name LIKE 'F%')"), "{}");
}

#[test]
fn what_comes_in_is_received() {
    let database = merged();
    let stored = |direction: &str, status: &str| {
        let (column, given) = match status {
            "" => ("", String::new()),
            status => (", status", format!(", '{status}'")),
        };
        database.execute(&format!(
            "DELETE FROM messages; \
             INSERT INTO messages (contact_id, channel, direction, content{column}) \
                 VALUES ('{B}', 'SMS', '{direction}', 'Hi'{given})"
        ));
        database.value("(SELECT status FROM messages)")
    };
    for (status, kept) in [
        ("", "RECEIVED"),
        ("QUEUED", "RECEIVED"),
        ("SENT", "RECEIVED"),
        ("DELIVERED", "RECEIVED"),
        ("READ", "READ"),
        ("FAILED", "FAILED"),
        ("RECEIVED", "RECEIVED"),
        ("SCHEDULED", "SCHEDULED"),
    ] {
        assert_eq!(stored("INBOUND", status), kept, "{status}");
        let sent = if status.is_empty() { "QUEUED" } else { status };
        assert_eq!(stored("OUTBOUND", status), sent);
    }
    database.execute("UPDATE messages SET direction = 'INBOUND', status = 'SENT'");
    assert_eq!(database.value("(SELECT status FROM messages)"), "SENT", "the application said so");
}

/// SQL's null and JSON's are {}; everything else is what was written.
#[test]
fn json_is_kept_as_it_is_written() {
    let database = merged();
    let columns = [
        ("contacts", "social_handles", "(name, {}) VALUES ('x', {})"),
        ("contacts", "metadata", "(name, {}) VALUES ('x', {})"),
        (
            "messages",
            "metadata",
            "(contact_id, channel, direction, content, {}) SELECT id, 'SMS', 'INBOUND', 'x', {} \
             FROM contacts WHERE name = 'Ana'",
        ),
        ("integrations", "config", "(channel, {}) VALUES ('SMS', {})"),
        ("scheduled_jobs", "payload", "(type, scheduled_at, {}) VALUES ('x', now(), {})"),
        ("audit_logs", "details", "(action, resource, {}) VALUES ('x', 'y', {})"),
    ];
    for (table, column, rest) in columns {
        for (written, kept) in [
            ("NULL", "{}"),
            ("'null'", "{}"),
            ("'[1.10, \"a\"]'", "[1.10, \"a\"]"),
            ("'\"text\"'", "\"text\""),
            ("'7'", "7"),
            ("'{\"a\": null}'", "{\"a\": null}"),
        ] {
            let place = format!("FROM {table} WHERE xmin::text = txid_current()::text");
            let rest = rest.replacen("{}", column, 1).replacen("{}", written, 1);
            let mut conn = database.connect();
            conn.batch_execute(&format!("BEGIN; INSERT INTO {table} {rest}")).unwrap();
            let of_row = |conn: &mut _| value(conn, &format!("(SELECT {column} {place})"));
            assert_eq!(of_row(&mut conn), kept, "{table}.{column} = {written}");
            conn.batch_execute(&format!(
                "UPDATE {table} SET {column} = '[]' WHERE xmin::text = txid_current()::text; \
                 UPDATE {table} SET {column} = {written} WHERE xmin::text = txid_current()::text"
            ))
            .unwrap();
            assert_eq!(of_row(&mut conn), kept, "{table}.{column} := {written}");
            conn.batch_execute("ROLLBACK").unwrap();
        }
    }
}

#[test]
fn an_entry_without_an_actor_names_who_logged_in() {
    let database = Database::migrated();
    database.execute(
        "SET ROLE pg_monitor; RESET ROLE; \
         INSERT INTO audit_logs (action, resource) VALUES ('contact.update', 'contacts')",
    );
    assert_eq!(
        database.value("(SELECT actor FROM audit_logs WHERE action = 'contact.update')"),
        "db:inbox"
    );
}

#[test]
fn an_upsert_by_email_and_a_second_spelling() {
    let database = merged();
    database.execute(
        "INSERT INTO users (email, name) VALUES ('ana@inbox.example', 'Anna') \
         ON CONFLICT (email) DO UPDATE SET name = EXCLUDED.name",
    );
    assert_eq!(database.value("(SELECT string_agg(name, ',') FROM users)"), "Anna");
    let sql = "INSERT INTO users (email, name) VALUES ('ANA@inbox.example', 'Ana')";
    assert!(error(&database, sql).contains("users_email_lower_key"));
}

/// A column of any type: not every one has an equality.
#[test]
fn updated_at_copes_with_columns_that_cannot_be_compared() {
    let database = Database::migrated();
    database.execute(
        "ALTER TABLE contacts ADD raw json, ADD place point; \
         INSERT INTO contacts (name, raw, place, updated_at) VALUES ('Ana', '[1]', '(1,2)', '2020-01-01'); \
         UPDATE contacts SET raw = raw",
    );
    let year = "(SELECT extract(year FROM updated_at) FROM contacts)";
    assert_eq!(database.value(year), "2020");
    database.execute("UPDATE contacts SET raw = '[2]'");
    assert_ne!(database.value(year), "2020");
}

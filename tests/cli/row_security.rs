//! Policies that hide rows: lists say so, and what counts or judges doesn't take a part for all.

use crate::support::{Binary, Database, Ran};

const CONTACT: &str = "01900000-0000-7000-8000-000000000101";

/// The sample, and a role that a policy shows nothing of the tables but one contact in two.
fn limited() -> (Database, String) {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let role = format!("limited_{}", database.name);
    database.execute(&format!(
        "CREATE ROLE {role} LOGIN; \
         GRANT USAGE ON SCHEMA public TO {role}; \
         GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"
    ));
    for table in ["contacts", "messages", "scheduled_jobs", "audit_logs", "users", "integrations"] {
        database.execute(&format!(
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; \
             CREATE POLICY tenant ON {table} USING (id::text < '01900000-0000-7000-8000-000000000103')"
        ));
    }
    (database, role)
}

fn run(database: &Database, role: &str, line: &str) -> Ran {
    let separator = if database.url().contains('?') { '&' } else { '?' };
    let url = format!("{}{separator}options=-c%20role%3D{role}", database.url());
    Binary::new().env("DATABASE_URL", url).run(line.split(' '))
}

#[test]
fn what_lists_says_that_policies_hide_rows() {
    let (database, role) = limited();
    for line in [
        "jobs list",
        "audit list",
        "users list",
        "messages unread",
        "messages search order",
        &format!("contacts show {CONTACT}"),
        "contacts search Amara",
        "contacts list",
        "integrations list",
    ] {
        let ran = run(&database, &role, line).expect_code(0);
        let told = ran.stderr.matches("row-level security hides rows from this role").count();
        assert_eq!(told, 1, "{line}: {ran}");
        assert!(ran.stderr.contains("by policy tenant"), "{line}: {ran}");
        // The owner, whom no policy binds, is told nothing.
        let ran = Binary::on(&database).run(line.split(' ')).expect_code(0);
        assert!(!ran.stderr.contains("row-level security"), "{line}: {ran}");
    }
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn what_counts_refuses_to_take_a_part_for_all() {
    let (database, role) = limited();
    for line in ["stats", "jobs stats", "messages unread --by contact", "contacts export -"] {
        let ran = run(&database, &role, line).expect_code(4);
        assert!(ran.stderr.contains("tenant"), "{line}: {ran}");
    }
    let ran = run(&database, &role, "doctor --only orphans,sequences --format json");
    for check in ran.json()["checks"].as_array().unwrap() {
        assert_ne!(check["status"], "fail", "{check}");
    }
    // A message of a contact that the role doesn't see is no orphan.
    assert!(!ran.stdout.contains("points to nothing"), "{ran}");
    let ran = run(&database, &role, "db backup --out x.dump").expect_code(4);
    assert!(ran.stderr.contains("tenant") && ran.stderr.contains("BYPASSRLS"), "{ran}");
    let ran = run(&database, &role, "db verify");
    assert!(ran.stdout.contains("row-level security"), "{ran}");
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn a_sequence_that_may_not_be_read_is_unknown() {
    let database = Database::migrated();
    let role = format!("reader_{}", database.name);
    database.execute(&format!(
        "CREATE TABLE tickets (id serial PRIMARY KEY); INSERT INTO tickets DEFAULT VALUES; \
         CREATE ROLE {role} LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"
    ));
    let look = || run(&database, &role, "doctor --only sequences --format json").json();
    let found = look();
    assert_eq!(found["checks"][0]["status"], "unknown", "{found}");
    // And the remedy works.
    database.execute(found["checks"][0]["remedy"].as_str().unwrap());
    assert_eq!(look()["checks"][0]["status"], "ok");
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

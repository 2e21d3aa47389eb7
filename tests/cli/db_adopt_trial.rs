//! What stops a rehearsal by how the database is built, and not by its rows: the plan tries it.

use crate::db_adopt::made;
use crate::db_adopt_kinds::pascal;
use crate::support::{Binary, Database};

const MESSAGES: &str = r#"id text, "contactId" text NOT NULL, channel text NOT NULL DEFAULT 'sms', direction text NOT NULL DEFAULT 'inbound',
    content text NOT NULL, "createdAt" timestamp(3) NOT NULL DEFAULT '2026-01-01'"#;

/// Databases that were made of it and are there still.
fn left(database: &Database) -> String {
    let name = &database.name;
    let count = "SELECT count(*) FROM pg_database WHERE starts_with(datname";
    database.value(&format!("({count}, '{name}_inboxctl_'))"))
}

/// The rehearsal fails, and the plan says so with what it says.
fn foretold(database: &Database, expected: &[&str]) {
    let copy = made(&format!("{}_copy", database.name));
    let plan = Binary::on(database).run(["db", "adopt", "--plan"]).expect_code(3);
    assert!(plan.stdout.contains("The rehearsal would stop: "), "{plan}");
    assert!(plan.stderr.contains("hint: "), "{plan}");
    let ran = Binary::on(database).run(["db", "adopt", "--into", &copy.name]);
    assert!(ran.code == 1 || ran.code == 4, "{ran}");
    let json = Binary::on(database).run(["db", "adopt", "--plan", "--format", "json"]);
    let json = json.expect_code(3).json();
    let said = |key: &str| json["obstacle"][key].as_str().unwrap_or_default().to_owned();
    let obstacle = said("what") + &said("why");
    for part in expected.iter().copied() {
        assert!(plan.stdout.contains(part), "{part}: {plan}");
        assert!(ran.stderr.contains(part), "{part}: {ran}");
        assert!(obstacle.contains(part), "{part}: {obstacle}");
    }
    // In place it is said before anybody waits.
    let args = ["db", "adopt", "--allow-production", "--confirm-db", &database.name];
    let ran = Binary::on(database).run(args);
    assert!(ran.code == 1 || ran.code == 4, "{ran}");
    assert!(!ran.stderr.contains("writers wait"), "{ran}");
    assert_eq!(left(database), "0", "nothing of the trial stays");
}

#[test]
fn tables_that_inherit_ids_stop_the_plan() {
    let database = pascal(
        r#"CREATE TABLE "Event" (id int, "contactId" text REFERENCES "Contact");
           CREATE TABLE "Call" (seconds int, FOREIGN KEY ("contactId") REFERENCES "Contact") INHERITS ("Event");
           INSERT INTO "Call" VALUES (1, 'k1', 60)"#,
    );
    foretold(&database, &[r#"the ids of public."Call" can't become uuids"#, "inherited column"]);
}

#[test]
fn a_table_that_inherits_an_inboxs_stops_the_plan() {
    let database = pascal(r#"CREATE TABLE "Customer" (since date) INHERITS ("Contact")"#);
    foretold(&database, &["stands on a table that became ours", "Customer"]);
}

#[test]
fn a_table_parted_by_an_id_stops_the_plan() {
    let database = pascal(
        r#"CREATE TABLE "Call" (id int, "contactId" text REFERENCES "Contact") PARTITION BY HASH ("contactId");
           CREATE TABLE "Call0" PARTITION OF "Call" FOR VALUES WITH (MODULUS 1, REMAINDER 0);
           INSERT INTO "Call" VALUES (1, 'k1')"#,
    );
    foretold(&database, &[r#"public."Call" can't become uuids"#, "partition key"]);
}

#[test]
fn partitions_in_another_schema_go_with_their_table() {
    let database = pascal(&format!(
        r#"CREATE SCHEMA parts;
           CREATE TABLE "Message" ({MESSAGES}, PRIMARY KEY (id, "createdAt")) PARTITION BY RANGE ("createdAt");
           CREATE TABLE parts.early PARTITION OF "Message" FOR VALUES FROM (MINVALUE) TO ('2026-06-01');
           CREATE INDEX of_whom ON "Message" ("contactId");
           ALTER TABLE "Message" ADD FOREIGN KEY ("contactId") REFERENCES "Contact";
           INSERT INTO "Message" (id, "contactId", content) VALUES ('m1', 'k1', 'hello')"#
    ));
    let inbox = made(&format!("{}_copy", database.name));
    let plan = Binary::on(&database).run(["db", "adopt", "--plan"]).expect_code(0);
    assert!(plan.stdout.contains("partition parts.early"), "{plan}");
    Binary::on(&database).run(["db", "adopt", "--into", &inbox.name]).expect_code(0);
    assert_eq!(inbox.value("(SELECT content FROM messages)"), "hello");
    assert_eq!(inbox.value("to_regclass('parts.early')"), "");
    Binary::on(&inbox).run(["db", "drift"]).expect_code(0);
}

#[test]
fn where_no_database_can_be_made_the_plan_says_that_it_was_not_tried() {
    let database = pascal("ANALYZE");
    let role = format!("{}_reader", database.name);
    database.execute(&format!("CREATE ROLE {role} LOGIN; GRANT pg_read_all_data TO {role}"));
    let url = crate::support::with_user(&database.url(), &role);
    let plan = Binary::new().env("DATABASE_URL", url).run(["db", "adopt", "--plan"]).expect_code(0);
    assert!(plan.stdout.contains("Only the rehearsal will tell what can't follow"), "{plan}");
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

/// Who adopts owns the database, and somebody else what is in it.
#[test]
fn what_the_role_may_not_do_is_told_before_anybody_waits() {
    let database = pascal(
        "CREATE SEQUENCE numbers; CREATE TABLE \"Own\" (id int); CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    );
    let (name, owner) = (&database.name, format!("{}_owner", database.name));
    database.execute(&format!(
        "CREATE ROLE {owner} LOGIN CREATEDB; ALTER DATABASE {name} OWNER TO {owner}"
    ));
    let url = crate::support::with_user(&database.url(), &owner);
    let run = |flags: &[&str]| {
        Binary::new().env("DATABASE_URL", &url).run([&["db", "adopt"], flags].concat())
    };
    let refused = |in_place: &str, in_plan: Option<&str>| {
        let ran = run(&["--allow-production", "--confirm-db", name]);
        assert!(ran.code == 1 || ran.code == 4, "{ran}");
        assert!(ran.stderr.contains(in_place), "{in_place}: {ran}");
        assert!(!ran.stderr.contains("writers wait"), "{ran}");
        let plan = run(&["--plan"]).expect_code(if in_plan.is_some() { 3 } else { 0 });
        assert!(plan.stdout.contains(in_plan.unwrap_or("Everything is decided")), "{plan}");
    };
    database.execute(&format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {owner}"));
    refused(
        "the role may not keep those out who write to public.\"User\"",
        Some("no right to read public.numbers"),
    );
    database.execute(&format!(
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO {owner}; GRANT ALL ON SEQUENCE numbers TO {owner}; \
         ALTER TABLE \"Own\" ENABLE ROW LEVEL SECURITY"
    ));
    let hidden = "row-level security hides rows of \"Own\"";
    refused(hidden, Some(hidden));
    database.execute("ALTER TABLE \"Own\" DISABLE ROW LEVEL SECURITY");
    // Whose they are they can't be made.
    refused("must be ", Some("must be "));
    database.execute(&format!(
        "ALTER TABLE \"User\" OWNER TO {owner}; ALTER TABLE \"Contact\" OWNER TO {owner}; ALTER TABLE \"Own\" OWNER TO {owner}; \
         ALTER SEQUENCE numbers OWNER TO {owner}; ALTER FUNCTION one() OWNER TO {owner}; ALTER DATABASE {name} SET log_statement = 'all'"
    ));
    refused("what is set for the database can't be set by this role", None);
    database.execute(&format!("ALTER DATABASE {name} RESET log_statement"));
    let superuser = database.connect();
    refused("may not end the sessions of others: pid ", None);
    drop(superuser);
    let ran = run(&["--allow-production", "--confirm-db", name]).expect_code(0);
    assert!(ran.stderr.contains("writers wait"), "{ran}");
    let former = database.value(&format!(
        "(SELECT datname FROM pg_database WHERE starts_with(datname, '{name}_before_'))"
    ));
    drop(made(&former));
    database.execute(&format!(
        "REASSIGN OWNED BY {owner} TO inbox; DROP OWNED BY {owner}; DROP ROLE {owner}"
    ));
}

//! One tenant of several that share the application's database.

use std::fs;

use crate::db_adopt::made;
use crate::support::{Binary, Database, Ran};

/// Two tenants: whatever is beta's has that word in it.
const SHARED: &str = r#"
    CREATE TABLE "Organization" (id text PRIMARY KEY, name text);
    CREATE TABLE "User" (id text PRIMARY KEY, "organizationId" text REFERENCES "Organization", email text NOT NULL, name text,
        "managerId" text REFERENCES "User" ON DELETE SET NULL);
    CREATE TABLE "Contact" (id text PRIMARY KEY, "organizationId" text NOT NULL REFERENCES "Organization", name text, UNIQUE ("organizationId", id));
    CREATE TABLE "Conversation" (id text PRIMARY KEY, "contactId" text NOT NULL REFERENCES "Contact", "assigneeId" text REFERENCES "User");
    CREATE TABLE "Message" (id text PRIMARY KEY, "conversationId" text NOT NULL REFERENCES "Conversation", channel text NOT NULL,
        direction text NOT NULL, body text NOT NULL, "authorId" text REFERENCES "User", "replyToId" text REFERENCES "Message");
    CREATE TABLE "Note" (id text PRIMARY KEY, "contactId" text NOT NULL REFERENCES "Contact", "authorId" text NOT NULL REFERENCES "User", content text);
    CREATE TABLE "Integration" (id text PRIMARY KEY, "organizationId" text NOT NULL, channel text NOT NULL, UNIQUE ("organizationId", channel));
    CREATE TABLE "AuditLog" (id text PRIMARY KEY, "userId" text REFERENCES "User", action text NOT NULL, "createdAt" timestamptz NOT NULL);
    CREATE TABLE "Tag" (id int PRIMARY KEY, name text);
    CREATE TABLE "Call" (id text PRIMARY KEY, "contactId" text);
    CREATE TABLE "Deal" (id text PRIMARY KEY, "organizationId" text, "contactId" text,
        FOREIGN KEY ("organizationId", "contactId") REFERENCES "Contact" ("organizationId", id));
    CREATE TABLE "Visit" (id text PRIMARY KEY, "organizationId" text, "contactId" text NOT NULL REFERENCES "Contact", "hostId" text REFERENCES "User");
    CREATE SCHEMA crm; CREATE TABLE crm.cards (id text PRIMARY KEY, contact text NOT NULL REFERENCES "Contact");
    CREATE TABLE crm.marks (id text PRIMARY KEY, card text REFERENCES crm.cards, "organizationId" text);
    INSERT INTO "Organization" VALUES ('acme', 'Acme'), ('beta', 'Beta');
    INSERT INTO "User" VALUES ('u-beta', 'beta', 'ANA@x.example', 'Beta Ben', NULL), ('u-acme', 'acme', 'ana@x.example', 'Ana', 'u-beta');
    INSERT INTO "Contact" VALUES ('k1', 'acme', 'Kim'), ('k2', 'acme', 'Lee'), ('k-beta', 'beta', 'Beta Bo');
    INSERT INTO "Conversation" VALUES ('v1', 'k1', 'u-beta'), ('v-beta', 'k-beta', 'u-beta');
    INSERT INTO "Message" VALUES ('m-beta', 'v-beta', 'sms', 'inbound', 'beta', NULL, NULL),
        ('m1', 'v1', 'sms', 'inbound', 'hi', NULL, 'm-beta'), ('m2', 'v1', 'sms', 'outbound', 'yes', 'u-beta', 'm1');
    INSERT INTO "Note" VALUES ('n1', 'k1', 'u-acme', 'x'), ('n-beta', 'k1', 'u-beta', 'by beta'), ('n-beta2', 'k-beta', 'u-acme', 'on beta');
    INSERT INTO "Integration" VALUES ('i1', 'acme', 'SMS'), ('i-beta', 'beta', 'SMS');
    INSERT INTO "AuditLog" VALUES ('a1', 'u-acme', 'login', now()), ('a-beta', 'u-beta', 'login of beta', now()), ('a-nobody', NULL, 'by nobody, of beta', now());
    INSERT INTO "Tag" VALUES (1, 'vip');
    INSERT INTO "Call" VALUES ('c1', 'k1'), ('c-beta', 'k-beta'), ('c-gone', 'beta?');
    INSERT INTO "Deal" VALUES ('d1', 'acme', 'k1'), ('d-beta', 'beta', 'k-beta'), ('d-nobody of beta', NULL, NULL);
    INSERT INTO "Visit" VALUES ('s1', 'acme', 'k1', 'u-beta'), ('s-beta', 'acme', 'k-beta', NULL), ('s2', NULL, 'k2', NULL);
    INSERT INTO crm.cards VALUES ('x1', 'k1'), ('x-beta', 'k-beta');
    INSERT INTO crm.marks VALUES ('y1', 'x1', NULL), ('y-beta', 'x-beta', 'beta')"#;

fn shared() -> Database {
    let database = Database::empty();
    database.execute(SHARED);
    database
}

fn adopt(database: &Database, flags: &[&str]) -> Ran {
    Binary::on(database).run([&["db", "adopt"], flags].concat())
}

/// Every row of every table, as text.
fn everything(database: &Database) -> String {
    database.value(
        "(SELECT string_agg(c.oid::regclass::text || ' ' || table_to_xml(c.oid::regclass, false, false, '')::text, E'\\n' ORDER BY c.oid) \
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
          WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'crm'))",
    )
}

#[test]
fn a_database_of_several_tenants_is_refused_and_names_them() {
    let database = shared();
    let before = everything(&database);
    for flags in [&["--plan"][..], &["--into", "nowhere"]] {
        let ran = adopt(&database, flags).expect_code(4);
        assert!(ran.stderr.contains("acme (2 rows), beta (1 row)"), "{ran}");
        assert!(ran.stderr.contains("--tenant ID"), "{ran}");
    }
    let ran = adopt(&database, &["--plan", "--tenant", "gamma"]).expect_code(2);
    assert!(ran.stderr.contains("gamma") && ran.stderr.contains("acme (2 rows)"), "{ran}");
    let ran =
        adopt(&database, &["--tenant", "acme", "--confirm-db", &database.name]).expect_code(4);
    assert!(ran.stderr.contains("--into NAME"), "{ran}");
    assert_eq!(everything(&database), before);
    let one = Database::empty();
    one.execute("CREATE TABLE contacts (id text PRIMARY KEY, name text)");
    let ran = adopt(&one, &["--plan", "--tenant", "acme"]).expect_code(2);
    assert!(ran.stderr.contains("leave --tenant out"), "{ran}");
}

#[test]
fn the_plan_says_what_of_each_table_comes_along_and_how_that_is_known() {
    let database = shared();
    let plan =
        adopt(&database, &["--plan", "--tenant", "acme", "--format", "json"]).expect_code(0).json();
    let shares = plan["shares"].as_array().unwrap();
    let share = |table: &str| {
        let found = shares.iter().find(|one| one["table"] == table);
        let found = found.unwrap_or_else(|| panic!("{table}: {plan:#}"));
        format!("{} of {}, {}", found["rows"], found["of"], found["how"].as_str().unwrap())
    };
    for (table, expected) in [
        ("Organization", "1 of 2, by id"),
        (
            "User",
            "1 of 2, by organizationId; managerId of 1 row is emptied, for it leads to a row that stays behind",
        ),
        ("Contact", "2 of 3, by organizationId"),
        (
            "Conversation",
            "1 of 2, by what they lead to: assigneeId, contactId; assigneeId of 1 row is emptied, for it leads to a row that stays behind",
        ),
        (
            "Note",
            "1 of 3, by what they lead to: authorId, contactId; 2 rows that lead to acme's stay behind, for they lead to another's rows too",
        ),
        ("AuditLog", "1 of 3, by what they lead to: userId"),
        ("Call", "1 of 3, by what they lead to: contactId"),
        ("Deal", "1 of 3, by organizationId"),
        ("Tag", "1 of 1, whole: nothing says whose its rows are"),
        ("crm.cards", "1 of 2, by what they lead to: contact"),
        ("crm.marks", "1 of 2, by organizationId"),
    ] {
        assert_eq!(share(table), expected);
    }
    assert!(share("Visit").contains("1 row that are acme's stay behind"), "{}", share("Visit"));
    // Those of the others aren't asked about.
    assert_eq!(plan["undecided"].as_array().unwrap().len(), 0, "{plan:#}");
    let table = adopt(&database, &["--plan", "--tenant", "acme"]).expect_code(0);
    assert!(table.stdout.contains("whole: nothing says"), "{table}");
}

#[test]
fn only_the_rows_of_the_tenant_come_along_and_each_reference_leads_to_one() {
    let database = shared();
    database.execute("SELECT lo_from_bytea(0, 'a scan of beta')");
    let before = everything(&database);
    let inbox = made(&format!("{}_acme", database.name));
    let ran = adopt(&database, &["--into", &inbox.name, "--tenant", "acme"]).expect_code(0);
    assert!(ran.stdout.contains("The rows of acme"), "{ran}");
    assert_eq!(everything(&database), before, "the source is only read");
    for command in [&["db", "status", "--check"][..], &["db", "drift"], &["db", "verify"]] {
        Binary::on(&inbox).run(command).expect_code(0);
    }
    let all = everything(&inbox);
    assert!(!all.to_lowercase().contains("beta"), "{all}");
    for (table, ids) in [
        ("\"Organization\"", "acme"),
        ("\"Conversation\"", "v1"),
        ("\"Tag\"", "1"),
        ("\"Call\"", "c1"),
        ("\"Deal\"", "d1"),
        ("\"Visit\"", "s1 s2"),
        ("crm.cards", "x1"),
        ("crm.marks", "y1"),
    ] {
        let found =
            inbox.value(&format!("(SELECT string_agg(id::text, ' ' ORDER BY id) FROM {table})"));
        assert_eq!(found, ids, "{table}");
    }
    for (query, expected) in [
        ("(SELECT string_agg(name, ' ' ORDER BY name) FROM contacts)", "Kim Lee"),
        (
            "(SELECT string_agg(m.content || c.name, ' ' ORDER BY m.content) FROM messages m JOIN contacts c ON c.id = m.contact_id)",
            "hiKim yesKim",
        ),
        (
            "(SELECT string_agg(n.content || u.name, ' ') FROM notes n JOIN users u ON u.id = n.user_id)",
            "xAna",
        ),
        ("(SELECT count(*) FROM integrations)", "1"),
        ("(SELECT string_agg(action, ' ') FROM audit_logs WHERE action ~ 'login')", "login"),
        ("(SELECT c.name FROM \"Deal\" d JOIN contacts c ON c.id = d.\"contactId\")", "Kim"),
        ("(SELECT c.name FROM \"Call\" d JOIN contacts c ON c.id::text = d.\"contactId\")", "Kim"),
        ("(SELECT details ->> 'tenant' FROM audit_logs WHERE action = 'database.adopt')", "acme"),
        ("(SELECT count(*) FROM pg_largeobject_metadata)", "0"),
    ] {
        assert_eq!(inbox.value(query), expected, "{query}");
    }
    // Whoever writes to it need not say whose it is.
    inbox.execute("INSERT INTO contacts (name) VALUES ('New')");
    assert_eq!(inbox.value("(SELECT \"organizationId\" FROM contacts WHERE name = 'New')"), "acme");
    // Nothing of the others lies in the files.
    let dead = "(SELECT pg_relation_size('crm.cards'))";
    assert_eq!(inbox.value(dead), "8192");
}

/// No column of theirs: users come by who names them, and all that is needed is read from a map too.
#[test]
fn users_that_say_nothing_of_tenants_come_where_a_row_names_them() {
    let database = Database::empty();
    database.execute(
        r#"CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL UNIQUE);
           CREATE TABLE members ("userId" int REFERENCES users, "workspaceId" int NOT NULL, PRIMARY KEY ("userId", "workspaceId"));
           CREATE TABLE customers (id serial PRIMARY KEY, workspace_id int NOT NULL, name text, "ownerId" int REFERENCES users);
           CREATE TABLE sessions (id serial PRIMARY KEY, "userId" int NOT NULL REFERENCES users);
           INSERT INTO users (email) VALUES ('both@x.example'), ('seven@x.example'), ('eight@x.example'), ('owner@x.example');
           INSERT INTO members VALUES (1, 7), (1, 8), (2, 7), (3, 8);
           INSERT INTO customers (workspace_id, name, "ownerId") VALUES (7, 'Kim', 4), (8, 'Lee', 3);
           INSERT INTO sessions ("userId") VALUES (1), (2), (3), (4)"#,
    );
    let folder = tempfile::tempdir().unwrap();
    let map = folder.path().join("map.toml");
    fs::write(&map, "").unwrap();
    let inbox = made(&format!("{}_seven", database.name));
    adopt(&database, &["--into", &inbox.name, "--tenant", "7", "--map", map.to_str().unwrap()])
        .expect_code(0);
    assert_eq!(
        inbox.value("(SELECT string_agg(email, ' ' ORDER BY email) FROM users)"),
        "both@x.example owner@x.example seven@x.example"
    );
    assert_eq!(
        inbox.value("(SELECT string_agg(s.id || u.email, ' ' ORDER BY s.id) FROM sessions s JOIN users u ON u.id = s.\"userId\")"),
        "1both@x.example 2seven@x.example 4owner@x.example"
    );
    assert_eq!(inbox.value("(SELECT string_agg(name, ' ') FROM contacts)"), "Kim");
}

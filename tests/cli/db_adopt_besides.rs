//! What an application keeps besides: columns that an inbox has none for, triggers, zones.

use std::fs;

use crate::db_adopt::made;
use crate::db_adopt_kinds::{adopted, pascal};
use crate::support::{Binary, Database, OwnServer};

#[test]
fn what_the_log_has_no_column_for_is_in_its_details() {
    let database = pascal(
        r#"CREATE TABLE "AuditLog" (id text PRIMARY KEY, "userId" text REFERENCES "User", action text NOT NULL, entity text,
               "entityId" text, details jsonb, "ipAddress" text, "contactId" text REFERENCES "Contact", "traceOf" text, seen json,
               "createdAt" timestamp(3) NOT NULL);
           INSERT INTO "AuditLog" VALUES
               ('a1', 'u1', 'one', 'contact', 'k1', '{"field": "name"}', '10.0.0.1', 'k2', NULL, '{"a": null, "contactId": "k1"}', '2026-01-01'),
               ('a2', NULL, 'two', 'contact', 'k1', '{"ipAddress": "none"}', '10.0.0.2', NULL, NULL, NULL, '2026-01-01'),
               ('a3', NULL, 'three', NULL, NULL, '["name"]', NULL, 'k1', 'k1', NULL, '2026-01-01'),
               ('a4', NULL, 'four', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-01-01')"#,
    );
    let inbox = adopted(&database, &[]);
    let id = |old: &str| inbox.value(&format!("adopted_id('{old}')"));
    let details = |action: &str| -> serde_json::Value {
        let query = format!("(SELECT details FROM audit_logs WHERE action = '{action}')");
        serde_json::from_str(&inbox.value(&query)).unwrap()
    };
    let expected = serde_json::json!({
        "field": "name", "ipAddress": "10.0.0.1", "contactId": id("k2"), "seen": { "a": null, "contactId": id("k1") }
    });
    assert_eq!(details("one"), expected);
    // Neither takes the place of the other.
    let expected =
        serde_json::json!({ "ipAddress": "10.0.0.2", "details": { "ipAddress": "none" } });
    assert_eq!(details("two"), expected);
    let expected =
        serde_json::json!({ "contactId": id("k1"), "traceOf": "k1", "details": ["name"] });
    assert_eq!(details("three"), expected);
    assert_eq!(details("four"), serde_json::json!({}));
}

#[test]
fn ids_in_columns_that_come_along_are_followed_without_a_key() {
    let database = pascal(
        r#"ALTER TABLE "Contact" ADD "referredBy" text, ADD "ownerId" text, ADD "linkedIds" text[], ADD extra jsonb, ADD raw json, ADD short varchar(25);
           INSERT INTO "Contact" (id, name) VALUES ('cjld2cjxh0000qzrmn831i7rn', 'Cuid');
           UPDATE "Contact" SET "referredBy" = 'cjld2cjxh0000qzrmn831i7rn', "ownerId" = 'u1', "linkedIds" = '{cjld2cjxh0000qzrmn831i7rn,x}',
               extra = '{"of": "cjld2cjxh0000qzrmn831i7rn"}', raw = '{ "b":1,  "a":2 }', short = 'cjld2cjxh0000qzrmn831i7rn' WHERE id = 'k1'"#,
    );
    let inbox = made(&format!("{}_inbox", database.name));
    let ran = Binary::on(&database).run(["db", "adopt", "--into", &inbox.name]).expect_code(0);
    assert!(ran.stdout.contains("contacts.short still holds the old ids"), "{ran}");
    let cuid = inbox.value("adopted_id('cjld2cjxh0000qzrmn831i7rn')");
    let kim =
        |column: &str| inbox.value(&format!("(SELECT {column} FROM contacts WHERE name = 'Kim')"));
    assert_eq!(kim("\"referredBy\""), cuid);
    assert_eq!(kim("\"ownerId\""), inbox.value("adopted_id('u1')"));
    assert_eq!(kim("\"linkedIds\""), format!("{{{cuid},x}}"));
    assert_eq!(kim("extra ->> 'of'"), cuid);
    assert_eq!(kim("raw"), r#"{ "b":1,  "a":2 }"#, "JSON without an id is the text that it was");
}

/// A function of a stranger, which does what only the operator may.
const STRANGER: &str = r#"
    CREATE FUNCTION by_whom() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) THEN
            RAISE EXCEPTION 'it has the rights of %', current_user;
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$;
    CREATE FUNCTION outdated() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM no_longer_there; RETURN NEW; END';"#;

#[test]
fn triggers_fire_on_empty_tables_and_in_other_schemas_and_as_nobody() {
    let database = pascal(&format!(
        r#"{STRANGER}
           CREATE SCHEMA crm;
           CREATE TYPE crm.kind AS ENUM ('call', 'visit');
           CREATE TABLE crm.visits (id bigint GENERATED ALWAYS AS IDENTITY, contact text NOT NULL REFERENCES "Contact", kind crm.kind NOT NULL,
               at timestamptz NOT NULL, tags text[] NOT NULL, more jsonb NOT NULL, price numeric NOT NULL, done boolean NOT NULL DEFAULT false);
           CREATE TABLE "Full" (id serial PRIMARY KEY, name text); INSERT INTO "Full" (name) VALUES ('x');
           CREATE TABLE "Checked" (id int PRIMARY KEY, size int NOT NULL CHECK (size > 1));
           CREATE TRIGGER by_whom BEFORE INSERT OR UPDATE OR DELETE ON crm.visits FOR EACH ROW EXECUTE FUNCTION by_whom();
           CREATE TRIGGER by_whom AFTER INSERT OR UPDATE OR DELETE ON "Full" FOR EACH ROW EXECUTE FUNCTION by_whom();
           CREATE TRIGGER outdated AFTER UPDATE ON crm.visits FOR EACH ROW EXECUTE FUNCTION outdated();
           CREATE TRIGGER off BEFORE INSERT ON "Full" FOR EACH ROW EXECUTE FUNCTION outdated();
           ALTER TABLE "Full" DISABLE TRIGGER off;
           CREATE TRIGGER by_whom AFTER INSERT ON "Checked" FOR EACH ROW EXECUTE FUNCTION by_whom();"#
    ));
    let inbox = made(&format!("{}_inbox", database.name));
    let ran = Binary::on(&database)
        .run(["db", "adopt", "--into", &inbox.name, "--format", "json"])
        .expect_code(0);
    let done = ran.json();
    let failing = done["failing_triggers"].to_string();
    assert_eq!(done["failing_triggers"].as_array().unwrap().len(), 1, "{failing}");
    assert!(
        failing.contains("update of crm.visits") && failing.contains("no_longer_there"),
        "{failing}"
    );
    let untried = done["untried_triggers"].to_string();
    assert!(untried.contains("insert into Checked"), "{untried}");
    assert_eq!(done["untried_triggers"].as_array().unwrap().len(), 1, "{untried}");
    // Nothing of it is left.
    assert_eq!(inbox.value("(SELECT count(*) FROM crm.visits)"), "0");
    assert_eq!(inbox.value("(SELECT string_agg(name, ' ') FROM \"Full\")"), "x");
    assert_eq!(inbox.value("nextval('\"Full_id_seq\"')"), "2");
    assert_eq!(
        inbox.value(
            "(SELECT count(*) FROM pg_roles WHERE rolname LIKE 'guest_inboxctl_%' AND rolname IN \
        (SELECT pg_get_userbyid(grantee)::text FROM pg_class, aclexplode(relacl)))"
        ),
        "0"
    );
}

#[test]
fn who_may_make_no_role_fires_what_is_its_own_and_says_what_is_not() {
    let server = OwnServer::start(&[]);
    server.execute(
        "postgres",
        "CREATE ROLE keeper LOGIN CREATEDB; CREATE ROLE other; GRANT other TO keeper",
    );
    server.execute("postgres", "CREATE DATABASE app OWNER keeper");
    let url = crate::db_migrate::with_user(&server.url("app"), "keeper");
    server.execute("app", "SET ROLE keeper; CREATE TABLE contacts (id text PRIMARY KEY, name text); \
         CREATE TABLE own (id int); CREATE TABLE strange (id int); INSERT INTO own VALUES (1); \
         CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''it fired''; END'; \
         CREATE TRIGGER t BEFORE INSERT ON own FOR EACH ROW EXECUTE FUNCTION fails(); \
         CREATE SCHEMA s AUTHORIZATION other; \
         CREATE FUNCTION s.others() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''it fired''; END'; \
         CREATE TRIGGER t BEFORE INSERT ON strange FOR EACH ROW EXECUTE FUNCTION s.others(); \
         ALTER FUNCTION s.others() OWNER TO other");
    let ran = Binary::new()
        .env("DATABASE_URL", url)
        .run(["db", "adopt", "--into", "inbox", "--format", "json"])
        .expect_code(0);
    let done = ran.json();
    assert!(done["failing_triggers"].to_string().contains("insert into own: it fired"), "{done:#}");
    assert_eq!(done["failing_triggers"].as_array().unwrap().len(), 1, "{done:#}");
    assert!(
        done["untried_triggers"]
            .to_string()
            .contains("strange: another role's code would run (s.others() of other"),
        "{done:#}"
    );
}

#[test]
fn a_zone_that_only_the_server_is_set_to_is_asked_about() {
    let server = OwnServer::start(&[("timezone", "Asia/Tokyo")]);
    server.execute("postgres", "CREATE DATABASE app");
    server.execute("app", "CREATE TABLE contacts (id text PRIMARY KEY, name text, \"createdAt\" timestamp DEFAULT now())");
    let plan = server.binary("app").run(["db", "adopt", "--plan"]).expect_code(3);
    assert!(plan.stdout.contains("Asia/Tokyo (the server)"), "{plan}");
    server.execute("app", "ALTER DATABASE app SET TimeZone = 'UTC'");
    server.binary("app").run(["db", "adopt", "--plan"]).expect_code(0);
}

#[test]
fn the_zone_of_the_operator_is_not_that_of_the_application() {
    let server = OwnServer::start(&[]);
    server.execute(
        "postgres",
        "CREATE ROLE app LOGIN; CREATE ROLE writer LOGIN; CREATE ROLE other LOGIN; \
         CREATE ROLE operator LOGIN SUPERUSER; ALTER ROLE operator SET timezone = 'Asia/Tokyo'; ALTER ROLE other SET timezone = 'Asia/Tokyo'",
    );
    server.execute("postgres", "CREATE DATABASE app OWNER app");
    server.execute("app", "SET ROLE app; CREATE TABLE contacts (id text PRIMARY KEY, name text, \"createdAt\" timestamp DEFAULT now()); \
         GRANT INSERT ON contacts TO writer");
    let plan = || {
        let url = crate::db_migrate::with_user(&server.url("app"), "operator");
        let ran = Binary::new()
            .env("DATABASE_URL", url)
            .run(["db", "adopt", "--plan", "--format", "json"]);
        ran.json()["undecided"].to_string()
    };
    // Of the server nothing can be said: it is asked, and not after a zone that is only the operator's.
    assert!(plan().contains("hides") && !plan().contains("Tokyo"), "{}", plan());
    server.execute("postgres", "ALTER DATABASE app SET timezone = 'UTC'");
    assert_eq!(plan(), "[]");
    server.execute("postgres", "ALTER ROLE operator SET timezone = 'UTC'; ALTER ROLE writer IN DATABASE app SET timezone = 'Europe/Paris'");
    assert!(
        plan().contains("Europe/Paris (role writer)") && !plan().contains("Tokyo"),
        "{}",
        plan()
    );
    server.execute("postgres", "ALTER ROLE writer IN DATABASE app RESET timezone; ALTER ROLE app SET timezone = 'Europe/Rome'");
    assert!(plan().contains("Europe/Rome (role app)"), "{}", plan());
}

#[test]
fn an_empty_database_that_was_there_is_empty_again_after_a_failure() {
    let database = pascal(
        r#"CREATE SCHEMA crm; CREATE TABLE crm.calls (id int, name text);
           CREATE FUNCTION crm.nothing() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE public.mood AS ENUM ('good');
           CREATE PUBLICATION everything FOR TABLE crm.calls;
           CREATE TABLE "Message" (id text PRIMARY KEY, "contactId" text, channel text, direction text, content text, status text);
           INSERT INTO "Message" VALUES ('m1', NULL, 'sms', 'inbound', 'lost', NULL);
           CREATE TABLE "Star" ("messageId" text REFERENCES "Message"); INSERT INTO "Star" VALUES ('m1')"#,
    );
    let folder = tempfile::tempdir().unwrap();
    let map = folder.path().join("map.toml");
    fs::write(&map, "[missing]\n\"messages.contact_id\" = \"leave out\"").unwrap();
    let target = Database::empty();
    let args = ["db", "adopt", "--into", &target.name, "--map", map.to_str().unwrap()];
    let ran = Binary::on(&database).run(args).expect_code(4);
    assert!(ran.stderr.contains("is empty again"), "{ran}");
    let left = "(SELECT string_agg(n.nspname || '.' || c.relname, ' ') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast'))";
    assert_eq!(target.value(left), "");
    assert_eq!(target.value("concat(to_regnamespace('crm'), to_regtype('public.mood'), (SELECT string_agg(pubname, '') FROM pg_publication))"), "");
    database.execute("DELETE FROM \"Star\"");
    Binary::on(&database).run(args).expect_code(0);
    // What somebody made in it is not touched.
    let used = Database::empty();
    used.execute("CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'");
    let ran = Binary::on(&database).run(["db", "adopt", "--into", &used.name]).expect_code(4);
    assert!(ran.stderr.contains("is not empty") || ran.stderr.contains("decided"), "{ran}");
    assert_eq!(used.value("mine()"), "1");
}

#[test]
fn keys_that_lead_to_ours_over_others_or_in_several_columns_are_followed() {
    let database = pascal(
        r#"ALTER TABLE "Contact" ADD team int NOT NULL DEFAULT 1, ADD UNIQUE (team, id), ADD UNIQUE (phone), ADD UNIQUE (email);
           CREATE TABLE "Profile" ("contactId" text PRIMARY KEY REFERENCES "Contact" ON DELETE CASCADE, bio text);
           CREATE TABLE "Link" (id int PRIMARY KEY, "profileId" text NOT NULL REFERENCES "Profile" ON DELETE CASCADE DEFERRABLE, UNIQUE ("profileId", id));
           CREATE TABLE "Deal" (n int, "contactId" text NOT NULL REFERENCES "Contact", PRIMARY KEY (n, "contactId"));
           CREATE TABLE "Line" (n int, "contactId" text, FOREIGN KEY (n, "contactId") REFERENCES "Deal" ON DELETE CASCADE);
           CREATE TABLE "Visit" (team int, contact text, FOREIGN KEY (team, contact) REFERENCES "Contact" (team, id));
           CREATE TABLE "Call" (phone text REFERENCES "Contact" (phone) ON UPDATE CASCADE);
           INSERT INTO "Profile" VALUES ('k1', 'x'), ('k2', 'y'); INSERT INTO "Link" VALUES (1, 'k2');
           INSERT INTO "Deal" VALUES (7, 'k1'); INSERT INTO "Line" VALUES (7, 'k1'); INSERT INTO "Visit" VALUES (1, 'k2');
           INSERT INTO "Call" VALUES ('+1')"#,
    );
    let inbox = adopted(&database, &[]);
    let keys = "(SELECT string_agg(pg_get_constraintdef(oid), '; ' ORDER BY conname) FROM pg_constraint \
                WHERE contype = 'f' AND conrelid::regclass::text ~ 'Profile|Link|Deal|Line|Visit|Call')";
    assert_eq!(inbox.value(keys), database.value(keys).replace("\"Contact\"", "contacts"));
    for (table, column, name) in [
        ("Profile", "contactId", "Kim Lee"),
        ("Link", "profileId", "Lee"),
        ("Deal", "contactId", "Kim"),
        ("Line", "contactId", "Kim"),
        ("Visit", "contact", "Lee"),
    ] {
        let found = format!(
            "(SELECT string_agg(c.name, ' ' ORDER BY c.name) FROM \"{table}\" t JOIN contacts c ON c.id = t.\"{column}\")"
        );
        assert_eq!(inbox.value(&found), name, "{table}");
    }
    let twice = inbox.try_execute("INSERT INTO contacts (email) VALUES ('a@b.c'), ('a@b.c')");
    assert!(twice.unwrap_err().to_string().contains("duplicate key"));
}

#[test]
fn a_key_to_what_is_no_key_here_is_asked_about() {
    let database = pascal(
        r#"ALTER TABLE "Contact" ADD slug text GENERATED ALWAYS AS (id) STORED UNIQUE;
           CREATE TABLE "Call" (slug text CONSTRAINT to_slug REFERENCES "Contact" (slug)); INSERT INTO "Call" VALUES ('k1')"#,
    );
    let inbox = adopted(&database, &[("\"key Call.to_slug\"", "drop")]);
    assert_eq!(inbox.value("(SELECT slug FROM \"Call\")"), "k1");
}

#[test]
fn what_is_made_again_is_as_it_was_and_what_is_not_kept_is_named() {
    let database = pascal(
        r#"ALTER TABLE "Contact" ADD vip boolean, ADD "parentTag" int; ALTER TABLE "Contact" ENABLE ROW LEVEL SECURITY;
           COMMENT ON TABLE "Contact" IS 'people'; COMMENT ON COLUMN "Contact".vip IS 'pays'; COMMENT ON COLUMN "Contact".phone IS 'E.164';
           CREATE STATISTICS pair ON name, phone FROM "Contact"; ALTER TABLE "User" SET (fillfactor = 70);
           CREATE TABLE "Tag" (id int PRIMARY KEY, "contactId" text REFERENCES "Contact");
           ALTER TABLE "Contact" ADD CONSTRAINT to_tag FOREIGN KEY ("parentTag") REFERENCES "Tag" DEFERRABLE INITIALLY DEFERRED;
           CREATE VIEW tags AS SELECT id, "contactId" FROM "Tag"; COMMENT ON COLUMN tags.id IS 'its number';
           CREATE TABLE made (id int);
           CREATE FUNCTION make() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO made VALUES (NEW.id); RETURN NEW; END';
           CREATE TRIGGER make INSTEAD OF INSERT ON tags FOR EACH ROW EXECUTE FUNCTION make();
           CREATE RULE nothing AS ON DELETE TO tags DO INSTEAD NOTHING;
           CREATE PUBLICATION outside FOR TABLE "Contact", "Tag";
           DO $$ BEGIN CREATE ROLE adopt_reader; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
           GRANT SELECT (name, phone, vip) ON "Contact" TO adopt_reader; GRANT SELECT (id) ON tags TO adopt_reader"#,
    );
    let plan = Binary::on(&database).run(["db", "adopt", "--plan"]).expect_code(0);
    for named in [
        "row-level security of Contact",
        "statistics Contact.pair",
        "storage parameters of User",
        "outside (Contact)",
    ] {
        assert!(plan.stdout.replace('"', "").contains(named), "{named}: {plan}");
    }
    assert!(!plan.stdout.contains(".vip"), "it is kept: {plan}");
    let inbox = adopted(&database, &[]);
    inbox.execute("INSERT INTO tags (id) VALUES (5); DELETE FROM tags");
    assert_eq!(inbox.value("(SELECT id FROM made)"), "5", "the view's trigger fires");
    assert_eq!(inbox.value("col_description('tags'::regclass, 1)"), "its number");
    assert_eq!(inbox.value("col_description('contacts'::regclass, (SELECT attnum FROM pg_attribute WHERE attrelid = 'contacts'::regclass AND attname = 'vip'))"), "pays");
    assert_eq!(
        inbox.value("(SELECT condeferred FROM pg_constraint WHERE conname = 'to_tag')"),
        "true"
    );
    let may = |what: &str| {
        inbox.value(&format!("has_column_privilege('adopt_reader', {what}, 'SELECT')"))
    };
    for what in ["'contacts', 'name'", "'contacts', 'vip'", "'tags', 'id'"] {
        assert_eq!(may(what), "true", "{what}");
    }
    assert_eq!(may("'contacts', 'email'"), "false");
    inbox.execute("DROP OWNED BY adopt_reader");
    database.execute("DROP OWNED BY adopt_reader");
}

#[test]
fn labels_of_a_type_in_another_schema_stay_what_they_are() {
    let database = pascal(
        r#"CREATE SCHEMA auth; CREATE TYPE auth."Role" AS ENUM ('ADMIN', 'EDITOR'); CREATE TYPE auth.channel AS ENUM ('SMS', 'EMAIL');
           ALTER TABLE "User" ADD role auth."Role" NOT NULL DEFAULT 'EDITOR'; UPDATE "User" SET role = 'ADMIN' WHERE id = 'u1';
           CREATE TABLE "Message" (id text PRIMARY KEY, "contactId" text NOT NULL REFERENCES "Contact", channel auth.channel NOT NULL, direction text NOT NULL, content text NOT NULL);
           INSERT INTO "Message" VALUES ('m1', 'k1', 'EMAIL', 'inbound', 'x')"#,
    );
    let inbox = adopted(&database, &[]);
    assert_eq!(
        inbox.value("(SELECT string_agg(name || ' ' || role, ', ' ORDER BY name) FROM users)"),
        "Ana ADMIN, Ben EDITOR"
    );
    assert_eq!(inbox.value("(SELECT channel FROM messages)"), "EMAIL");
}

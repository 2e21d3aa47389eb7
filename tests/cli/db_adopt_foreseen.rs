//! What the rehearsal would only meet is in the plan, with its line of the map; what stands in other
//! schemas too.

use crate::db_adopt::made;
use crate::db_adopt_kinds::{adopted, pascal};
use crate::support::{Binary, Database};

fn undecided(database: &Database) -> String {
    let plan =
        Binary::on(database).run(["db", "adopt", "--plan", "--format", "json"]).expect_code(3);
    plan.json()["undecided"].to_string()
}

const MESSAGES: &str = r#"channel text NOT NULL DEFAULT 'sms', direction text NOT NULL DEFAULT 'inbound', content text NOT NULL,
    "createdAt" timestamp(3) NOT NULL DEFAULT '2026-01-01'"#;

#[test]
fn a_number_in_a_key_of_two_columns_is_no_id_and_is_kept() {
    let database = pascal(&format!(
        r#"CREATE TABLE "Message" ("contactId" text NOT NULL REFERENCES "Contact", id int, {MESSAGES}, PRIMARY KEY ("contactId", id));
           INSERT INTO "Message" ("contactId", id, content) VALUES ('k1', 1, 'a'), ('k1', 2, 'b'), ('k2', 1, 'c')"#
    ));
    let asked = undecided(&database);
    assert!(asked.contains(r#"[duplicates] \"messages.id\" = \"?\""#), "{asked}");
    assert!(asked.contains("1 rows have an id that another has too"), "{asked}");
    assert!(asked.contains(r#"[columns.messages] id = \"contactId + id\""#), "{asked}");
    let folder = tempfile::tempdir().unwrap();
    let map = folder.path().join("map.toml");
    std::fs::write(&map, "[columns.messages]\nid = \"contactId + id\"").unwrap();
    let inbox = made(&format!("{}_inbox", database.name));
    let args = ["db", "adopt", "--into", &inbox.name, "--map", map.to_str().unwrap()];
    Binary::on(&database).run(args).expect_code(0);
    assert_eq!(
        inbox.value("(SELECT string_agg(c.name || m.application_id || m.content, ' ' ORDER BY m.content) FROM messages m JOIN contacts c ON c.id = m.contact_id)"),
        "Kim1a Kim2b Lee1c"
    );
}

#[test]
fn an_id_that_several_rows_have_is_counted_and_the_newest_may_stay() {
    let database = pascal(&format!(
        r#"CREATE TABLE "Message" (id text, "contactId" text REFERENCES "Contact", {MESSAGES});
           INSERT INTO "Message" (id, "contactId", content, "createdAt") VALUES ('m1', 'k1', 'old', '2026-01-01'), ('m1', 'k1', 'new', '2026-02-01'), ('m2', 'k2', 'other', '2026-01-01'),
               ('01900000-0000-4000-8000-00000000000A', 'k2', 'upper', '2026-01-01'), ('01900000-0000-4000-8000-00000000000a', 'k2', 'lower', '2026-03-01')"#
    ));
    let asked = undecided(&database);
    assert!(asked.contains("2 rows have an id that another has too"), "{asked}");
    let inbox = adopted(&database, &[("\"messages.id\"", "newest")]);
    assert_eq!(
        inbox.value("(SELECT string_agg(content, ' ' ORDER BY content) FROM messages)"),
        "lower new other"
    );
    assert_eq!(inbox.value("(SELECT count(*) FROM adopted_ids WHERE resource = 'messages')"), "3");
}

#[test]
fn ids_of_several_kinds_are_named_in_the_plan() {
    let database = pascal(
        r#"INSERT INTO "Contact" (id, name) VALUES ('cjld2cjxh0000qzrmn831i7rn', 'Cuid'), ('01900000-0000-4000-8000-00000000000a', 'Uuid')"#,
    );
    let plan = Binary::on(&database).run(["db", "adopt", "--plan"]).expect_code(0);
    assert!(plan.stdout.replace(['\n', ' '], "").contains("id:3under16characters"), "{plan}");
    assert_eq!(plan.stdout.matches("under 16").count(), 1, "users have one kind of id: {plan}");
}

#[test]
fn a_view_that_a_uuid_breaks_is_asked_about_and_one_that_it_does_not_is_made_again() {
    let database = pascal(
        r#"CREATE TABLE "Call" (id int PRIMARY KEY, "contactId" text DEFAULT 'k1' REFERENCES "Contact", note text);
           INSERT INTO "Call" VALUES (1, 'k1', 'x');
           CREATE VIEW of_kim AS SELECT id FROM "Call" WHERE "contactId" = 'k1'; CREATE VIEW on_of_kim AS SELECT * FROM of_kim;
           CREATE VIEW calls AS SELECT "contactId", count(*) AS number FROM "Call" GROUP BY 1; CREATE VIEW many AS SELECT * FROM calls WHERE number > 0;
           CREATE VIEW shouted AS SELECT upper("contactId") AS who FROM "Call"; CREATE VIEW noted AS SELECT note || '!' AS note FROM "Call";
           CREATE MATERIALIZED VIEW kept AS SELECT "contactId" FROM "Call"; CREATE MATERIALIZED VIEW notes_kept AS SELECT note FROM "Call";
           ALTER TABLE "Contact" ADD "ownerId" text DEFAULT 'u1' REFERENCES "User" "#,
    );
    let inbox = adopted(
        &database,
        &[
            ("\"view of_kim\"", "drop"),
            ("\"view on_of_kim\"", "drop"),
            ("\"view shouted\"", "drop"),
            ("\"materialized view kept\"", "drop"),
        ],
    );
    assert_eq!(
        inbox.value("(SELECT c.name FROM many JOIN contacts c ON c.id = many.\"contactId\")"),
        "Kim"
    );
    assert_eq!(inbox.value("(SELECT note FROM noted)"), "x!");
    assert_eq!(inbox.value("(SELECT note FROM notes_kept)"), "x");
    // A default that is an old id is the id here.
    inbox.execute(
        "INSERT INTO contacts (name) VALUES ('New'); INSERT INTO \"Call\" (id) VALUES (2)",
    );
    assert_eq!(inbox.value("(SELECT u.name FROM contacts c JOIN users u ON u.id = c.\"ownerId\" WHERE c.name = 'New')"), "Ana");
}

#[test]
fn what_stands_in_other_schemas_is_in_the_plan() {
    let database = pascal(
        r#"CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('good');
           CREATE TABLE app.cards (id int PRIMARY KEY, contact text NOT NULL REFERENCES "Contact" CHECK (contact <> ''), mood app.mood DEFAULT 'good',
               first text GENERATED ALWAYS AS (left(contact, 1)) STORED);
           INSERT INTO app.cards VALUES (1, 'k1');
           CREATE INDEX cards_lower ON app.cards (lower(contact));
           CREATE VIEW app.people AS SELECT name FROM "Contact"; CREATE VIEW app.names AS SELECT * FROM app.people;
           CREATE MATERIALIZED VIEW app.numbers AS SELECT count(*) FROM "User";
           CREATE VIEW app.moods AS SELECT mood FROM app.cards;
           CREATE FUNCTION app.of_contact() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM 1 FROM public."Contact"; RETURN NEW; END';
           CREATE FUNCTION app.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
           CREATE TRIGGER kept BEFORE UPDATE ON app.cards FOR EACH ROW EXECUTE FUNCTION app.nothing();
           CREATE TRIGGER changes BEFORE UPDATE ON "Contact" FOR EACH ROW EXECUTE FUNCTION app.nothing()"#,
    );
    let inbox = adopted(
        &database,
        &[
            ("\"view app.people\"", "drop"),
            ("\"view app.names\"", "drop"),
            ("\"materialized view app.numbers\"", "drop"),
            ("\"function app.of_contact()\"", "keep"),
            ("\"check app.cards.cards_contact_check\"", "drop"),
            ("\"generated column app.cards.first\"", "drop"),
            ("\"index app.cards.cards_lower\"", "drop"),
            ("\"trigger Contact.changes\"", "move"),
        ],
    );
    assert_eq!(
        inbox.value("(SELECT c.name FROM app.cards k JOIN contacts c ON c.id = k.contact)"),
        "Kim"
    );
    assert_eq!(inbox.value("(SELECT mood FROM app.moods)"), "good");
    assert_eq!(inbox.value("concat(to_regclass('app.people'), to_regclass('app.names'), to_regclass('app.numbers'))"), "");
}

#[test]
fn what_is_said_of_things_that_are_made_anew_is_said_again() {
    let database = pascal(
        r#"CREATE TABLE "Call" (id int PRIMARY KEY, "contactId" text CONSTRAINT to_contact REFERENCES "Contact");
           CREATE TABLE "Part" (id int, call int REFERENCES "Call");
           CREATE VIEW calls AS SELECT id, "contactId" FROM "Call";
           CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
           CREATE TRIGGER instead INSTEAD OF INSERT ON calls FOR EACH ROW EXECUTE FUNCTION nothing();
           CREATE RULE none AS ON DELETE TO calls DO INSTEAD NOTHING;
           CREATE TRIGGER moved BEFORE UPDATE ON "Contact" FOR EACH ROW EXECUTE FUNCTION nothing();
           ALTER TABLE "Contact" ADD code text CONSTRAINT one_code UNIQUE, ADD "callId" int CONSTRAINT to_call REFERENCES "Call";
           CREATE INDEX by_code ON "Contact" (code, name);
           COMMENT ON CONSTRAINT to_contact ON "Call" IS 'of whom'; COMMENT ON CONSTRAINT to_call ON "Contact" IS 'the last one';
           COMMENT ON TRIGGER instead ON calls IS 'does nothing'; COMMENT ON RULE none ON calls IS 'keeps them';
           COMMENT ON TRIGGER moved ON "Contact" IS 'goes along'; COMMENT ON CONSTRAINT one_code ON "Contact" IS 'one each';
           COMMENT ON INDEX by_code IS 'for the list'; COMMENT ON TABLE "Contact" IS 'people'; COMMENT ON COLUMN "Contact".phone IS 'E.164';
           COMMENT ON COLUMN "Contact".code IS 'theirs'"#,
    );
    let inbox = adopted(&database, &[("\"trigger Contact.moved\"", "move")]);
    let said = "(SELECT string_agg(description, ', ' ORDER BY description) FROM pg_description WHERE description IN \
        ('of whom', 'the last one', 'does nothing', 'keeps them', 'goes along', 'one each', 'for the list', 'people', 'E.164', 'theirs'))";
    assert_eq!(inbox.value(said), database.value(said));
    assert_eq!(inbox.value("obj_description('contacts'::regclass)"), "people");
}

#[test]
fn what_nothing_uses_comes_along_or_is_said_to_go() {
    let database = pascal(
        r#"CREATE TYPE mood AS ENUM ('good'); CREATE DOMAIN percent AS int CHECK (VALUE < 101); CREATE TYPE pair AS (a int);
           CREATE TYPE "Role" AS ENUM ('ADMIN', 'VIEWER'); CREATE TYPE kind AS ENUM ('x');
           CREATE FUNCTION nothing() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE SEQUENCE free;
           CREATE SEQUENCE bound OWNED BY "Contact".id; CREATE TYPE channel AS ENUM ('FAX');
           ALTER TABLE "User" ADD role "Role" NOT NULL DEFAULT 'VIEWER';
           CREATE COLLATION few (provider = icu, locale = 'de');
           ALTER TABLE "Contact" ADD kind kind, ADD title text COLLATE "C", ADD sorted text COLLATE few,
               ALTER name TYPE text COLLATE "POSIX";
           CREATE UNIQUE INDEX by_title ON "Contact" (title)"#,
    );
    let plan = Binary::on(&database).run(["db", "adopt", "--plan", "--format", "json"]);
    let plan = plan.expect_code(0).json();
    let (own, left) = (plan["not_ours"].to_string(), plan["left_behind"].to_string());
    for one in ["type mood", "type percent", "type pair", "type kind", "function nothing()"] {
        assert!(own.contains(one) && !left.contains(one), "{one}: {plan:#}");
    }
    for one in ["sequence bound", "type channel", r#"collation of \"Contact\".name"#] {
        assert!(left.contains(one), "{one}: {plan:#}");
    }
    assert!(
        !left.contains("title") && !own.contains("channel") && !own.contains("Role"),
        "{plan:#}"
    );
    let inbox = adopted(&database, &[]);
    assert_eq!(
        inbox.value(
            "concat_ws(' ', to_regtype('mood'), to_regtype('percent'), to_regtype('pair'), to_regtype('kind'), \
             to_regclass('free'), to_regclass('bound'), to_regtype('\"Role\"'), to_regproc('nothing'))"
        ),
        "mood percent pair kind free nothing"
    );
    assert_eq!(
        inbox.value(
            "(SELECT string_agg(attname || ' ' || collname, ', ' ORDER BY attname) FROM pg_attribute a \
             JOIN pg_collation l ON l.oid = attcollation AND l.collname <> 'default' \
             WHERE attrelid = 'contacts'::regclass AND attname IN ('name', 'title', 'sorted'))"
        ),
        "sorted few, title C"
    );
}

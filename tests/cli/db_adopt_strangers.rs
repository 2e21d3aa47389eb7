//! `db adopt` of a database with functions of somebody else: none of them runs as who adopts.

use std::fs;

use diesel::prelude::*;

use crate::support::{Binary, Database, OwnServer, eventually};

/// Of a stranger who may do nothing else; each function says as whom it ran.
const STRANGERS: &str = "
    CREATE ROLE eve LOGIN; CREATE SCHEMA e AUTHORIZATION eve;
    SET SESSION AUTHORIZATION eve;
    CREATE FUNCTION e.tell(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS
        'BEGIN RAISE WARNING ''eve runs as %'', session_user; RETURN true; END';
    CREATE FUNCTION e.say() RETURNS text LANGUAGE plpgsql AS
        'BEGIN RAISE WARNING ''eve runs as %'', session_user; RETURN ''x''; END';
    CREATE FUNCTION e.fire() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RAISE WARNING ''eve runs as %'', session_user; RETURN OLD; END';
    CREATE FUNCTION e.differ(int, int) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 1.0::float8';
    CREATE FUNCTION e.compare(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
    RESET SESSION AUTHORIZATION;
    CREATE TABLE contacts (id text PRIMARY KEY, name text);
    CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''it fired''; END';
    CREATE TABLE own (id int PRIMARY KEY); INSERT INTO own VALUES (1);
    CREATE TABLE conditional (id int, t text);
    CREATE TABLE filled (id int, t text NOT NULL DEFAULT e.say());
    CREATE TABLE parents (id int PRIMARY KEY); INSERT INTO parents VALUES (1);
    CREATE TABLE children (id int REFERENCES parents ON DELETE CASCADE); INSERT INTO children VALUES (1);
    CREATE TRIGGER t BEFORE INSERT ON own FOR EACH ROW EXECUTE FUNCTION fails();
    CREATE TRIGGER t BEFORE INSERT ON conditional FOR EACH ROW WHEN (e.tell(NEW.t)) EXECUTE FUNCTION fails();
    CREATE TRIGGER t BEFORE INSERT ON filled FOR EACH ROW EXECUTE FUNCTION fails();
    CREATE TRIGGER t AFTER INSERT ON parents FOR EACH ROW EXECUTE FUNCTION fails();
    CREATE TRIGGER t BEFORE DELETE ON children FOR EACH ROW EXECUTE FUNCTION e.fire();
    CREATE TABLE relayed (id int); CREATE TABLE spoken (id int); CREATE TABLE ruled (id int);
    CREATE VIEW seen_children AS SELECT id FROM children;
    CREATE FUNCTION relay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM \"seen_children\"; RETURN NEW; END';
    CREATE FUNCTION speak() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN EXECUTE ''DELETE FROM chil'' || ''dren''; RETURN NEW; END';
    CREATE TRIGGER t BEFORE INSERT ON relayed FOR EACH ROW EXECUTE FUNCTION relay();
    CREATE TRIGGER t BEFORE INSERT ON spoken FOR EACH ROW EXECUTE FUNCTION speak();
    CREATE TRIGGER t BEFORE INSERT ON ruled FOR EACH ROW EXECUTE FUNCTION fails();
    CREATE RULE r AS ON INSERT TO ruled DO ALSO DELETE FROM children";

/// What leads to a function of hers where rows are copied, and what takes it away again.
const LEADS: [(&str, &str, &str); 11] = [
    ("CREATE INDEX named ON own (e.tell(id::text))", "DROP INDEX named", "public.own"),
    (
        "CREATE VIEW calls AS SELECT e.tell(t) AS told FROM conditional; \
         CREATE MATERIALIZED VIEW kept AS SELECT told FROM calls",
        "DROP MATERIALIZED VIEW kept; DROP VIEW calls",
        "public.kept",
    ),
    (
        "CREATE FUNCTION relays(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN e.tell($1); END'; \
         CREATE INDEX named ON conditional (relays(t))",
        "DROP INDEX named; DROP FUNCTION relays(text)",
        "public.conditional",
    ),
    (
        "CREATE FUNCTION atomic(text) RETURNS boolean IMMUTABLE BEGIN ATOMIC SELECT e.tell($1); END; \
         ALTER TABLE conditional ADD CHECK (atomic(t))",
        "ALTER TABLE conditional DROP CONSTRAINT conditional_t_check; DROP FUNCTION atomic(text)",
        "public.conditional",
    ),
    (
        "CREATE TYPE span AS RANGE (subtype = int, subtype_diff = e.differ); CREATE TABLE spans (s span[])",
        "DROP TABLE spans; DROP TYPE span",
        "public.spans",
    ),
    (
        "CREATE DOMAIN named AS text CHECK (e.tell(VALUE)); CREATE TYPE pair AS (a int, b named); \
         CREATE TABLE pairs (p pair)",
        "DROP TABLE pairs; DROP TYPE pair; DROP DOMAIN named",
        "public.pairs",
    ),
    (
        "CREATE TYPE pair AS (a int); CREATE TABLE pairs (p pair); \
         CREATE FUNCTION e.of(pair) RETURNS text LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION e.of OWNER TO eve; \
         CREATE CAST (pair AS text) WITH FUNCTION e.of(pair)",
        "DROP TABLE pairs; DROP TYPE pair CASCADE",
        "public.pairs",
    ),
    (
        "CREATE OPERATOR CLASS odd FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, \
         OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 e.compare(int, int); CREATE INDEX named ON own (id odd)",
        "DROP OPERATOR FAMILY odd USING btree CASCADE",
        "public.own",
    ),
    (
        "CREATE FUNCTION relays(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS \
         $$ BEGIN RETURN query_to_xml('SELECT e.te' || 'll(1::text)', true, true, '') IS NULL; END $$; \
         CREATE INDEX named ON conditional (relays(t))",
        "DROP INDEX named; DROP FUNCTION relays(text)",
        "public.conditional",
    ),
    // Nobody reads what a library calls.
    (
        "CREATE FUNCTION native(text) RETURNS text IMMUTABLE STRICT LANGUAGE c AS '$libdir/fuzzystrmatch', 'soundex'; \
         CREATE INDEX named ON conditional (native(t))",
        "DROP INDEX named; DROP FUNCTION native(text)",
        "public.conditional",
    ),
    (
        "CREATE FUNCTION e.watch() RETURNS event_trigger LANGUAGE plpgsql AS \
         $$ BEGIN RAISE WARNING 'eve runs as %', session_user; END $$; ALTER FUNCTION e.watch() OWNER TO eve; \
         CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION e.watch()",
        "DROP EVENT TRIGGER watch; DROP FUNCTION e.watch()",
        "event trigger watch",
    ),
];

/// A superuser for whom no role can log in that he makes.
#[test]
fn nothing_of_a_stranger_runs_as_who_adopts() {
    let server = OwnServer::start(&[]);
    server.execute("postgres", "CREATE DATABASE app");
    server.execute("app", STRANGERS);
    let log = server.log_file();
    fs::write(server.value("app", "current_setting('hba_file')"), "local all inbox trust\n")
        .unwrap();
    server.execute("app", "SELECT pg_reload_conf()");
    let as_eve = crate::db_migrate::with_user(&server.url("app"), "eve");
    eventually("nobody else logs in", || PgConnection::establish(&as_eve).is_err());
    let adopt = |name: &str, flags: &[&str]| {
        let args = ["db", "adopt", "--into", name, "--format", "json"];
        server.binary("app").run([&args[..], flags].concat())
    };
    let done = adopt("inbox", &[]).expect_code(0).json();
    let untried = done["untried_triggers"].to_string();
    for table in ["conditional", "filled", "parents", "children", "relayed", "spoken", "ruled"] {
        assert!(
            untried.contains(&format!("{table}: another role's code would run (e.")),
            "{done:#}"
        );
    }
    assert!(done["failing_triggers"].to_string().contains("insert into own: it fired"), "{done:#}");
    let ran = || fs::read_to_string(&log).unwrap().matches("eve runs as inbox").count();
    assert_eq!(ran(), 0);
    // Where rows are copied, more runs.
    for (makes, drops, relation) in LEADS {
        server.execute("app", makes);
        let before = ran();
        let refused = adopt("again", &[]).expect_code(4);
        assert!(refused.stderr.contains(&format!("of eve, by {relation}")), "{makes}: {refused}");
        assert!(refused.stderr.contains("--trust-functions"), "{refused}");
        assert_eq!(ran(), before, "{makes}");
        server.execute("app", drops);
    }
    // To read a table is enough for what the server works out beforehand.
    server.execute("app", "CREATE INDEX told ON contacts (name) WHERE e.tell('x')");
    let before = ran();
    let plan =
        |flags: &[&str]| server.binary("app").run([&["db", "adopt", "--plan"], flags].concat());
    let refused = plan(&[]).expect_code(4);
    assert!(refused.stderr.contains("e.tell(text) of eve, by public.contacts"), "{refused}");
    assert_eq!(ran(), before);
    let trusted = plan(&["--trust-functions"]);
    assert!([0, 3].contains(&trusted.code), "{trusted}");
    server.execute("app", "DROP INDEX told");
    server.execute("app", LEADS[0].0);
    let before = ran();
    let refused = server.binary("app").run(["db", "adopt", "--confirm-db", "app"]).expect_code(4);
    assert!(refused.stderr.contains("e.tell(text) of eve"), "{refused}");
    assert_eq!(ran(), before);
    assert_eq!(
        server.value(
            "postgres",
            "(SELECT count(*) FROM pg_database WHERE datname ~ 'again|_inboxctl_')"
        ),
        "0"
    );
    adopt("again", &["--trust-functions"]).expect_code(0);
}

/// The catalogue names what isn't there, in whatever snapshot.
#[test]
fn a_damaged_catalogue_is_told_as_that() {
    let database = Database::empty();
    database.execute(
        "CREATE TABLE contacts (id text PRIMARY KEY, name text); \
         CREATE FUNCTION lost() RETURNS int LANGUAGE sql AS 'SELECT 1'; \
         CREATE VIEW calls AS SELECT lost() AS one; DELETE FROM pg_proc WHERE proname = 'lost'",
    );
    let copy = format!("{}_copy", database.name);
    for how in [&["--plan"][..], &["--into", &copy], &["--confirm-db", &database.name]] {
        let args = [&["db", "adopt"], how].concat();
        let failed = Binary::on(&database).run(args).expect_code(1);
        for part in ["cache lookup failed for function", "the catalogue is damaged"] {
            assert!(failed.stderr.contains(part), "{how:?}: {failed}");
        }
    }
}

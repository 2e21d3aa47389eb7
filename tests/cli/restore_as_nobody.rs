//! `db restore`: what a backup holds runs as nobody, and comes to its owners as it was.

use std::fs;
use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use inboxctl::local::Client;

use crate::support::backups::Folder;
use crate::support::{OwnServer, Ran, with_user};

/// Of a role that may make a schema, and no more; `raise` is what it would do as a superuser, in any
/// database but the one that it is from.
const ATTACK: &str = r"
    CREATE SCHEMA ev;
    CREATE FUNCTION ev.raise(kind text, t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $f$
    BEGIN
        IF current_database() <> 'inbox' THEN
            RAISE WARNING '% runs as %', kind, session_user;
            EXECUTE 'ALTER ROLE eve SUPERUSER';
        END IF;
        RETURN t;
    EXCEPTION WHEN OTHERS THEN
        RETURN t;
    END $f$;
    CREATE DOMAIN ev.d AS text CHECK (ev.raise('domain', VALUE) IS NOT NULL);
    CREATE TABLE ev.t (
        i text CHECK (ev.raise('check', i) IS NOT NULL),
        d ev.d,
        g text GENERATED ALWAYS AS (ev.raise('generated', i)) STORED
    );
    INSERT INTO ev.t VALUES ('x', 'y');
    CREATE INDEX t_expression ON ev.t (ev.raise('index', i));
    CREATE MATERIALIZED VIEW ev.m AS SELECT ev.raise('view', i) FROM ev.t;
    CREATE FUNCTION ev.fire() RETURNS trigger LANGUAGE plpgsql AS $f$
    BEGIN
        PERFORM ev.raise('trigger', 'x');
        RETURN NEW;
    END $f$;
    CREATE TRIGGER fire BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION ev.fire();";

const KINDS: [&str; 6] = ["domain", "check", "generated", "index", "view", "trigger"];

/// Something of each kind, of several owners.
const RICH: &str = r#"
    SET allow_in_place_tablespaces = on;
    CREATE TABLESPACE elsewhere LOCATION '';
    CREATE ROLE alice; CREATE ROLE "bob the ""builder"""; CREATE ROLE carol;
    GRANT CREATE ON DATABASE rich TO alice; GRANT CREATE ON TABLESPACE elsewhere TO alice;
    CREATE SCHEMA shop AUTHORIZATION alice;
    CREATE SCHEMA "odd; name" AUTHORIZATION "bob the ""builder""";
    CREATE EXTENSION pg_trgm WITH SCHEMA "odd; name";
    COMMENT ON EXTENSION pg_trgm IS 'as it is';
    SET SESSION AUTHORIZATION alice;
    SET search_path = shop;
    CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TYPE pair AS (a int, b text);
    CREATE DOMAIN amount AS numeric(10,2) CHECK (VALUE >= 0);
    CREATE TYPE span AS RANGE (subtype = float8);
    CREATE FUNCTION plus(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql IMMUTABLE AS $$
        -- ALTER TABLE shop.orders OWNER TO carol;
        SELECT a + b;
        $$;
    CREATE FUNCTION standard(a int) RETURNS int LANGUAGE sql IMMUTABLE
        BEGIN ATOMIC SELECT CASE WHEN a > 1 THEN a ELSE 1 END; END;
    CREATE PROCEDURE act(INOUT a int) LANGUAGE plpgsql AS $$ BEGIN a := 1; END $$;
    CREATE AGGREGATE total(int) (SFUNC = plus, STYPE = int, INITCOND = '0');
    CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = plus);
    CREATE COLLATION plain FROM "C";
    CREATE TEXT SEARCH CONFIGURATION words (COPY = pg_catalog.simple);
    CREATE TEXT SEARCH DICTIONARY dict (TEMPLATE = pg_catalog.simple);
    CREATE TABLE orders (id serial PRIMARY KEY, n int GENERATED ALWAYS AS IDENTITY, mood mood,
        price amount DEFAULT 1, twice int GENERATED ALWAYS AS (plus(1, 1)) STORED);
    CREATE TABLE parts (id int, at date, "order" int REFERENCES orders) PARTITION BY RANGE (at);
    CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE TABLE aside (a int) TABLESPACE elsewhere;
    CREATE UNLOGGED TABLE fast (a int);
    CREATE STATISTICS stats ON id, n FROM orders;
    CREATE INDEX expr ON orders (plus(id, 1)) TABLESPACE elsewhere;
    INSERT INTO orders (mood) SELECT 'good' FROM generate_series(1, 20);
    INSERT INTO parts SELECT n, '2026-05-01', n FROM generate_series(1, 20) n;
    CREATE VIEW seen AS SELECT id FROM orders; CREATE MATERIALIZED VIEW kept AS SELECT count(*) FROM orders;
    CREATE MATERIALIZED VIEW empty AS SELECT 1 AS one WITH NO DATA;
    CREATE RULE nothing AS ON DELETE TO orders DO INSTEAD NOTHING;
    CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touched();
    ALTER TABLE orders ENABLE ROW LEVEL SECURITY; ALTER TABLE orders FORCE ROW LEVEL SECURITY;
    CREATE POLICY mine ON orders FOR SELECT TO carol USING (id < 5);
    GRANT USAGE ON SCHEMA shop TO carol WITH GRANT OPTION; GRANT SELECT (id), UPDATE ON orders TO carol;
    GRANT SELECT ON parts TO carol WITH GRANT OPTION; REVOKE EXECUTE ON FUNCTION plus FROM PUBLIC;
    REVOKE ALL ON orders FROM alice;
    GRANT SELECT ON SEQUENCE orders_id_seq TO PUBLIC; GRANT USAGE ON TYPE mood TO carol;
    ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO carol;
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    COMMENT ON TABLE orders IS 'it''s; ALTER TABLE shop.orders OWNER TO carol;';
    COMMENT ON COLUMN orders.id IS E'two\nlines'; COMMENT ON FUNCTION plus IS 'plus';
    COMMENT ON CONSTRAINT amount_check ON DOMAIN amount IS 'none below';
    SELECT lo_from_bytea(4711, 'bytes'); GRANT SELECT ON LARGE OBJECT 4711 TO carol;
    COMMENT ON LARGE OBJECT 4711 IS 'large';
    SET SESSION AUTHORIZATION carol;
    GRANT SELECT ON parts TO "bob the ""builder""";
    SET SESSION AUTHORIZATION "bob the ""builder""";
    CREATE TABLE "odd; name"."a ""table""; with ()" (); CREATE SEQUENCE "odd; name".loose START 7;
    RESET SESSION AUTHORIZATION;
    CREATE TABLE "odd; name".mixed (id serial, b int); ALTER TABLE "odd; name".mixed OWNER TO carol;
    CREATE FOREIGN DATA WRAPPER dummy; CREATE SERVER far FOREIGN DATA WRAPPER dummy OPTIONS (host 'x');
    GRANT USAGE ON FOREIGN SERVER far TO alice; CREATE USER MAPPING FOR alice SERVER far OPTIONS (a 'b');
    CREATE FOREIGN TABLE shop.remote (a int) SERVER far; ALTER FOREIGN TABLE shop.remote OWNER TO alice;
    CREATE PUBLICATION a_few FOR TABLE shop.orders, TABLES IN SCHEMA "odd; name";
    CREATE PUBLICATION everything FOR ALL TABLES; ALTER PUBLICATION a_few OWNER TO alice;
    CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE WARNING ''watched''; END';
    CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watch();
    COMMENT ON EVENT TRIGGER watch IS 'watching';
    CREATE CAST (shop.pair AS text) WITH INOUT;
    REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO carol;
    COMMENT ON SCHEMA public IS 'the usual one'; ALTER DATABASE rich OWNER TO carol"#;

const LEFT: &str = "(SELECT string_agg(name, ',') FROM (
    SELECT rolname::text AS name FROM pg_roles UNION ALL SELECT datname FROM pg_database) AS names
    WHERE name ~ '_inboxctl_')";

fn done(server: &OwnServer, database: &str, args: &[&str]) -> Ran {
    server.binary(database).run(args).expect_code(0)
}

/// The whole database as pg_dump writes it, but for the lines that are different each time.
fn dumped(server: &OwnServer, database: &str) -> Vec<String> {
    let pg_dump = Client::find_all("pg_dump", None).into_iter().next().expect("pg_dump");
    let ran = Command::new(pg_dump.path)
        .args(["--encoding=UTF8", &server.url(database)])
        .output()
        .expect("pg_dump runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let text = String::from_utf8(ran.stdout).expect("UTF-8");
    let is_same =
        |line: &&str| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict");
    text.lines().filter(is_same).map(str::to_owned).collect()
}

fn assert_same(server: &OwnServer, one: &str, other: &str) {
    let (one, other) = (dumped(server, one), dumped(server, other));
    let differs = one.iter().zip(&other).position(|(one, other)| one != other);
    if let Some(at) = differs {
        let from = at.saturating_sub(8);
        panic!(
            "{:#?}\n{:#?}",
            &one[from..(at + 8).min(one.len())],
            &other[from..(at + 8).min(other.len())]
        );
    }
    assert_eq!(one.len(), other.len());
}

#[test]
fn nobody_becomes_superuser_by_a_restore() {
    let (server, folder) = (OwnServer::start(&[]), Folder::new());
    server.execute("postgres", "CREATE DATABASE inbox");
    done(&server, "inbox", &["db", "migrate"]);
    server.execute(
        "inbox",
        "CREATE ROLE keeper LOGIN CREATEDB CREATEROLE; \
         CREATE ROLE eve LOGIN; GRANT CREATE ON DATABASE inbox TO eve; \
         GRANT TRIGGER ON ALL TABLES IN SCHEMA public TO eve",
    );
    let login = with_user(&server.url("inbox"), "eve");
    let mut eve = PgConnection::establish(&login).expect("a login");
    eve.batch_execute(ATTACK).expect("a schema of her own");
    drop(eve);
    server.let_read("inbox", "keeper");
    let file = folder.file("inbox.dump");
    done(&server, "inbox", &["db", "backup", "--out", &file]);
    let is_superuser = "(SELECT rolsuper FROM pg_roles WHERE rolname = 'eve')";
    assert_eq!(server.value("postgres", is_superuser), "false", "before");
    let log = || fs::read_to_string(server.log_file()).expect("a log");
    for (role, flags) in [
        ("inbox", &["--into", "beside"][..]),
        ("inbox", &["--into", "ownerless", "--no-owner"]),
        ("keeper", &["--into", "kept", "--no-owner"]),
        ("inbox", &["--confirm-db", "inbox", "--allow-production", "--force"]),
    ] {
        let before = log().len();
        let binary =
            server.binary("inbox").env("DATABASE_URL", with_user(&server.url("inbox"), role));
        binary.run([&["db", "restore", &file], flags].concat()).expect_code(0);
        assert_eq!(server.value("postgres", is_superuser), "false", "{flags:?}");
        let log = log().split_off(before);
        let ran: Vec<&str> = log.lines().filter(|line| line.contains(" runs as ")).collect();
        assert!(ran.iter().all(|line| line.contains("_inboxctl_")), "{ran:?}");
        for kind in KINDS {
            let its = format!("{kind} runs as ");
            assert!(ran.iter().any(|line| line.contains(&its)), "{flags:?} {kind}: {ran:?}");
        }
        assert_eq!(server.value("postgres", LEFT), "", "{flags:?}");
    }
    for database in ["inbox", "beside", "ownerless"] {
        server.execute(database, "DELETE FROM audit_logs WHERE action = 'database.restore'");
    }
    let owner = "(SELECT relowner::regrole FROM pg_class WHERE oid = 'ev.t'::regclass)";
    assert_eq!(server.value("inbox", owner), "eve");
    assert_eq!(server.value("ownerless", owner), "inbox");
    assert_eq!(server.value("kept", owner), "keeper");
    done(&server, "inbox", &["db", "drift"]);
    done(&server, "inbox", &["db", "verify"]);
    assert_same(&server, "inbox", "beside");
}

/// Each by another way to the rows; the last two hold nothing that is hidden.
const VIEWS: &str = "
    CREATE ROLE owner; CREATE SCHEMA v AUTHORIZATION owner;
    SET SESSION AUTHORIZATION owner;
    CREATE TABLE v.secrets (id int, who text); INSERT INTO v.secrets VALUES (1, 'owner'), (2, 'boss');
    CREATE TABLE v.open (id int); INSERT INTO v.open VALUES (1);
    ALTER TABLE v.secrets ENABLE ROW LEVEL SECURITY; ALTER TABLE v.secrets FORCE ROW LEVEL SECURITY;
    CREATE POLICY own ON v.secrets USING (who = 'owner');
    CREATE VIEW v.through AS SELECT * FROM v.secrets;
    CREATE FUNCTION v.read() RETURNS SETOF v.secrets LANGUAGE sql STABLE AS 'SELECT * FROM v.secrets';
    CREATE MATERIALIZED VIEW v.m1 AS SELECT * FROM v.secrets;
    CREATE MATERIALIZED VIEW v.m2 AS SELECT * FROM v.through;
    CREATE MATERIALIZED VIEW v.m3 AS SELECT count(*) FROM v.m1;
    CREATE MATERIALIZED VIEW v.m4 AS SELECT id FROM v.read();
    CREATE MATERIALIZED VIEW v.m5 AS SELECT id + 1 AS next FROM v.open;
    CREATE MATERIALIZED VIEW v.m6 AS SELECT id FROM v.secrets WITH NO DATA;
    RESET SESSION AUTHORIZATION";

#[test]
fn no_view_is_filled_from_rows_that_its_owner_may_not_see() {
    let (server, folder) = (OwnServer::start(&[]), Folder::new());
    server.execute("postgres", "CREATE DATABASE app");
    server.execute("app", VIEWS);
    let seen = "(SELECT string_agg(who, ',') FROM v.m2)";
    assert_eq!(server.value("app", seen), "owner");
    let file = folder.file("app.dump");
    done(&server, "app", &["db", "backup", "--out", &file]);
    let restored = done(&server, "app", &["db", "restore", &file, "--into", "beside"]);
    for view in ["v.m1", "v.m2", "v.m3", "v.m4"] {
        let fill = format!("REFRESH MATERIALIZED VIEW {view};\n");
        assert!(restored.stdout.contains(&fill), "{view}: {restored}");
        server.execute("beside", &fill);
    }
    assert!(!restored.stdout.contains("v.m5") && !restored.stdout.contains("v.m6"), "{restored}");
    assert_eq!(server.value("beside", seen), "owner");
    assert_same(&server, "app", "beside");
}

fn shows_what_would_run(shown: &str) {
    for part in
        ["FUNCTION public.native", "'plpgsql_call_handler'", "FUNCTION shop.plus", "SELECT a + b"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(shown.contains("\\u{202e}") && !shown.contains('\u{202e}'), "{shown}");
    let hint = shown.lines().find(|line| line.contains("hint: it is harmless")).expect("its body");
    assert!(hint.starts_with("   "), "{shown}");
}

#[test]
fn what_is_restored_is_the_same_in_every_part() {
    let (server, folder) = (OwnServer::start(&[("wal_level", "logical")]), Folder::new());
    server.execute("postgres", "CREATE DATABASE rich");
    server.execute("rich", "COMMENT ON DATABASE rich IS 'it''s rich'");
    // A statement a time, for a tablespace isn't made in a block.
    let pieces = inboxctl::domain::sql::statements(RICH);
    let mut conn = server.connect("rich");
    let version = server.version_num();
    for piece in &pieces {
        // What an older server has no words for.
        let text = match version >= 150_000 {
            true => piece.text.to_owned(),
            false => piece.text.replace(", TABLES IN SCHEMA \"odd; name\"", ""),
        };
        if version < 140_000 && text.contains("BEGIN ATOMIC") {
            continue;
        }
        conn.batch_execute(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
    drop(conn);
    let before = dumped(&server, "rich");
    let file = folder.file("rich.dump");
    done(&server, "rich", &["db", "backup", "--out", &file]);
    // What its owner filled from the rows that it may see is filled from them again.
    let fill = |restored: Ran, database: &str| {
        let restored = restored.json();
        assert_eq!(
            restored["to_fill"],
            serde_json::json!(["REFRESH MATERIALIZED VIEW shop.kept;"])
        );
        let is_filled = "(SELECT relispopulated FROM pg_class WHERE oid = 'shop.kept'::regclass)";
        assert_eq!(server.value(database, is_filled), "false");
        // By its owner's rights, which he has lost by now.
        server.execute(
            database,
            "GRANT SELECT ON shop.orders TO alice; REFRESH MATERIALIZED VIEW shop.kept; \
             REVOKE SELECT ON shop.orders FROM alice",
        );
    };
    let restore = ["db", "restore", &file, "--format", "json"];
    fill(done(&server, "rich", &[&restore[..], &["--into", "beside"]].concat()), "beside");
    assert_same(&server, "rich", "beside");
    let over =
        done(&server, "rich", &[&restore[..], &["--confirm-db", "rich", "--force"]].concat());
    fill(over, "rich");
    assert_eq!(dumped(&server, "rich"), before);
    assert_eq!(server.value("postgres", LEFT), "");
    let of_database = "(SELECT pg_get_userbyid(datdba) || ': ' || shobj_description(oid, 'pg_database') \
                        FROM pg_database WHERE datname = 'rich')";
    assert_eq!(server.value("postgres", of_database), "carol: it's rich");
    // Who may make roles and is no superuser gives to those alone that he may act for.
    server.execute(
        "postgres",
        "CREATE ROLE keeper LOGIN CREATEDB CREATEROLE; CREATE ROLE clerk; GRANT clerk TO keeper",
    );
    server.execute("postgres", "CREATE DATABASE own OWNER keeper");
    server.execute(
        "own",
        "CREATE SCHEMA a AUTHORIZATION clerk; CREATE TABLE a.t (i serial CHECK (i > 0)); \
         ALTER TABLE a.t OWNER TO clerk; GRANT SELECT ON a.t TO alice; INSERT INTO a.t DEFAULT VALUES; \
         CREATE TABLE t AS SELECT 1 AS one; ALTER TABLE t OWNER TO keeper; COMMENT ON TABLE a.t IS 't'",
    );
    let file = folder.file("own.dump");
    let keeper = with_user(&server.url("own"), "keeper");
    done(&server, "own", &["db", "backup", "--out", &file]);
    let restore = ["db", "restore", &file, "--into", "own_beside"];
    server.binary("own").env("DATABASE_URL", keeper).run(restore).expect_code(0);
    assert_same(&server, "own", "own_beside");
    server.execute(
        "postgres",
        "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'",
    );
    server.execute(
        "latin",
        "CREATE SCHEMA \"größer\"; CREATE TABLE \"größer\".\"maß\" (i int); \
         ALTER TABLE \"größer\".\"maß\" OWNER TO alice; COMMENT ON TABLE \"größer\".\"maß\" IS 'Ã¤ ist ä'",
    );
    let file = folder.file("latin.dump");
    done(&server, "latin", &["db", "backup", "--out", &file]);
    done(&server, "latin", &["db", "restore", &file, "--into", "latin_beside"]);
    assert_same(&server, "latin", "latin_beside");
    // What only a superuser may make is restored by one, if that is said. By him, a materialized view
    // isn't filled from a table that hides its rows.
    server.execute(
        "rich",
        "DROP MATERIALIZED VIEW shop.kept; CREATE FUNCTION native() RETURNS language_handler LANGUAGE c \
         AS '$libdir/plpgsql', 'plpgsql_call_handler'; \
         CREATE FUNCTION sly() RETURNS int LANGUAGE sql AS E'SELECT 1 /* \u{202e}\r\nhint: it is harmless, say yes\n*/'",
    );
    let file = folder.file("native.dump");
    done(&server, "rich", &["db", "backup", "--out", &file]);
    let restore = ["db", "restore", &file, "--into", "native"];
    let refused = server.binary("rich").run(restore).expect_code(4);
    assert!(refused.stderr.contains("FUNCTION public.native"), "{refused}");
    assert!(refused.stderr.contains("--trust-functions"), "{refused}");
    // And the foreign table, whose rows may come from a program.
    let functions = server.value(
        "rich",
        "(SELECT count(*) + 1 FROM pg_proc p WHERE pronamespace::regnamespace::text !~ '^(pg_|info)' \
              AND prokind IN ('f', 'p') AND NOT EXISTS (SELECT FROM pg_depend d \
              WHERE d.objid = p.oid AND d.deptype IN ('e', 'i')))",
    );
    let would_run = format!("{functions} statements and functions of it would run");
    assert!(refused.stderr.contains(&would_run), "{would_run}: {refused}");
    let planned =
        done(&server, "rich", &[&restore[..], &["--dry-run", "--format", "json"]].concat());
    let planned = planned.json();
    assert_eq!(planned["with_own_rights"][0], "FUNCTION public.native");
    let runs = &planned["would_run"];
    assert_eq!(runs["total"].to_string(), functions);
    assert_eq!(runs["statements"][0]["what"], "FUNCTION public.native");
    let says = runs["statements"][0]["statement"].as_str().expect("what it says");
    assert!(says.contains("plpgsql_call_handler"), "{says}");
    // A person is shown it before the question, each line as one of the backup.
    let command = [&restore[..], &["--trust-functions", "--dry-run"]].concat();
    shows_what_would_run(&done(&server, "rich", &command).stdout);
    let mut asking = Command::new(crate::support::binary());
    asking.args(restore).env("DATABASE_URL", server.url("rich")).env("TERM", "xterm");
    let mut session = rexpect::session::spawn_command(asking, Some(120_000)).expect("a terminal");
    let shown = session.exp_string("[y/N]").expect("the question");
    shows_what_would_run(&shown);
    session.send_line("n").expect("an answer");
    session.exp_string("You answered no").expect("its end");
    done(&server, "rich", &[&restore[..], &["--trust-functions"]].concat());
    assert_same(&server, "rich", "native");
}

/// What pg_restore lists as data, and sends to the server as it stands.
#[test]
fn statements_in_place_of_data_are_shown_before_they_run() {
    let (server, folder) = (OwnServer::start(&[]), Folder::new());
    server.execute("postgres", "CREATE DATABASE inbox");
    done(&server, "inbox", &["db", "migrate"]);
    server.execute(
        "inbox",
        "CREATE TABLE rows_of_a_long_name (i int); CREATE SEQUENCE numbers_of_a_long_name; \
         CREATE MATERIALIZED VIEW view_of_a_long_name AS SELECT 1 AS one",
    );
    let file = folder.file("inbox.dump");
    done(&server, "inbox", &["db", "backup", "--out", &file]);
    let mut forged = fs::read(&file).expect("the backup");
    let mut put = |place: &str, other: &str| {
        let at = forged.windows(place.len()).position(|window| window == place.as_bytes());
        let at = at.unwrap_or_else(|| panic!("{place} stands in the backup"));
        forged[at..at + place.len()].fill(b' ');
        forged[at..at + other.len()].copy_from_slice(other.as_bytes());
    };
    put("COPY public.rows_of_a_long_name (i) FROM stdin;", "COPY public.x FROM PROGRAM 'true';");
    put("SELECT pg_catalog.setval('public.numbers_of_a_long_name'", "ALTER ROLE a SUPERUSER; --");
    put("REFRESH MATERIALIZED VIEW public.view_of_a_long_name;", "ALTER ROLE b SUPERUSER;");
    let file = folder.file("forged.dump");
    fs::write(&file, forged).expect("a file");
    let restore = ["db", "restore", &file, "--into", "forged", "--trust-functions", "--dry-run"];
    let shown = done(&server, "inbox", &restore).stdout;
    for statement in ["FROM PROGRAM 'true'", "ALTER ROLE a SUPERUSER", "ALTER ROLE b SUPERUSER"] {
        assert!(shown.contains(statement), "{statement}: {shown}");
    }
}

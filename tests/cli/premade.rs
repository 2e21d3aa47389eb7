//! Who may make tables in the schema makes some under our names before the first migration,
//! with what would run as the operator: refused, told with whose it is, and nothing of it runs.

use crate::db_migrate::with_user;
use crate::support::{Binary, OwnServer};

/// What runs is counted where no rollback forgets it.
const TRAP: &str = "
    CREATE SEQUENCE caught;
    GRANT ALL ON caught TO PUBLIC;
    CREATE FUNCTION trap() RETURNS boolean LANGUAGE sql AS $$ SELECT nextval('public.caught') > 0 $$;
    CREATE FUNCTION spring() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM public.trap(); RETURN NEW; END $$;";

const LEDGER: &str = "CREATE TABLE __diesel_schema_migrations (
    version varchar(50) PRIMARY KEY, run_on timestamp NOT NULL DEFAULT current_timestamp);";

/// What eve makes, and the name that is told.
const MADE: [(&str, &str); 9] = [
    (
        "DROP TABLE __diesel_schema_migrations;
         CREATE TABLE audit_logs (id uuid DEFAULT gen_random_uuid(), user_id uuid, actor text,
             action text, resource text, resource_id text, details jsonb, ip_address inet,
             created_at timestamptz DEFAULT now());
         CREATE TRIGGER spring BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION spring()",
        "table audit_logs",
    ),
    (
        "CREATE TRIGGER spring BEFORE INSERT ON __diesel_schema_migrations
             FOR EACH ROW EXECUTE FUNCTION spring()",
        "__diesel_schema_migrations",
    ),
    ("", "__diesel_schema_migrations"),
    (
        "DROP TABLE __diesel_schema_migrations;
         CREATE VIEW __diesel_schema_migrations AS
             SELECT 'x'::varchar(50) AS version, now()::timestamp AS run_on WHERE trap()",
        "__diesel_schema_migrations",
    ),
    (
        "CREATE POLICY spring ON __diesel_schema_migrations USING (trap());
         ALTER TABLE __diesel_schema_migrations ENABLE ROW LEVEL SECURITY",
        "__diesel_schema_migrations",
    ),
    (
        "DROP TABLE __diesel_schema_migrations;
         CREATE TABLE inboxctl_migrations (version text, name text, event text, sha256 text,
             finished_at timestamptz, guard boolean DEFAULT trap());
         CREATE RULE spring AS ON INSERT TO inboxctl_migrations DO ALSO SELECT trap()",
        "inboxctl_migrations",
    ),
    (
        "DROP TABLE __diesel_schema_migrations;
         CREATE VIEW inboxctl_settings AS SELECT 'environment' AS key, '\"test\"'::jsonb AS value,
             now() AS updated_at, 'eve' AS updated_by WHERE trap()",
        "inboxctl_settings",
    ),
    (
        "DROP TABLE __diesel_schema_migrations;
         CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql AS
             $$ SELECT gen_random_uuid() WHERE public.trap() $$",
        "function uuid_v7()",
    ),
    (
        "DROP TABLE __diesel_schema_migrations;
         CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN PERFORM public.trap(); RETURN NEW; END $$",
        "function set_updated_at()",
    ),
];

pub(crate) fn are_refused_on(server: &OwnServer) {
    server.execute("postgres", "CREATE ROLE eve LOGIN; CREATE ROLE operator LOGIN");
    for is_open in [true, false] {
        for (number, (made, named)) in MADE.iter().enumerate() {
            let database = format!("premade_{number}_{is_open}");
            server.execute("postgres", &format!("CREATE DATABASE {database} OWNER operator"));
            server.execute(&database, "GRANT CREATE ON SCHEMA public TO PUBLIC");
            let eves = format!("SET SESSION AUTHORIZATION eve; {TRAP} {LEDGER} {made}");
            server.execute(&database, &eves);
            if !is_open {
                let close = "REVOKE CREATE ON SCHEMA public FROM PUBLIC;
                             GRANT CREATE ON SCHEMA public TO operator";
                server.execute(&database, close);
            }
            refused(server, &database, named);
        }
    }
}

fn refused(server: &OwnServer, database: &str, named: &str) {
    let relations = "(SELECT count(*) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relname !~ '^inboxctl_settings')";
    let before = server.value(database, relations);
    let superusers = server.url(database);
    for url in [with_user(&superusers, "operator"), superusers] {
        let binary = || Binary::new().env("DATABASE_URL", &url);
        for args in [&["db", "migrate"][..], &["db", "migrate", "--beside"]] {
            let ran = binary().run(args).expect_code(4);
            // Whatever else is there, a way out is said.
            assert!(ran.stderr.contains("hint: "), "{database}: {ran}");
            if args.len() == 3 || named.contains("migrations") || named.contains("settings") {
                assert!(ran.stderr.contains(named), "{database} {named}: {ran}");
                assert!(ran.stderr.contains("eve"), "{database}: {ran}");
            }
        }
        assert_eq!(server.value(database, relations), before, "{database}: something was made");
        for args in [
            &["db", "status"][..],
            &["db", "baseline"],
            &["db", "repair", "--yes"],
            &["db", "environment", "set", "staging", "--yes"],
            &["db", "rollback", "--yes"],
            &["doctor"],
        ] {
            binary().run(args);
        }
        let caught = server.value(database, "(SELECT is_called FROM caught)");
        assert_eq!(caught, "false", "{database} {named}: what eve made was run");
    }
}

/// A whole inbox, made by another, with a trap in it.
#[test]
fn an_inbox_of_a_strangers_is_not_taken_over() {
    let server = OwnServer::start(&[]);
    server.execute("postgres", "CREATE ROLE eve LOGIN; CREATE ROLE operator LOGIN");
    server.execute("postgres", "CREATE DATABASE d OWNER operator");
    server.execute("d", "GRANT CREATE ON SCHEMA public TO eve");
    let eves = Binary::new().env("DATABASE_URL", with_user(&server.url("d"), "eve"));
    eves.run(["db", "migrate"]).expect_code(0);
    let trap = format!(
        "SET SESSION AUTHORIZATION eve; {TRAP}
         CREATE TRIGGER spring BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION spring();"
    );
    server.execute("d", &trap);
    for ledgers in [
        "DELETE FROM __diesel_schema_migrations; TRUNCATE inboxctl_migrations",
        "DROP TABLE inboxctl_migrations",
        "DROP TABLE __diesel_schema_migrations, inboxctl_settings",
    ] {
        server.execute("d", ledgers);
        for user in ["operator", "inbox"] {
            let url = with_user(&server.url("d"), user);
            let binary = || Binary::new().env("DATABASE_URL", &url);
            for args in [&["db", "baseline"][..], &["db", "migrate"]] {
                let ran = binary().run(args);
                // Who may not even read it is told that.
                let is_told = ran.code == 4 && ran.stderr.contains("eve")
                    || ran.code == 1 && ran.stderr.contains("permission denied");
                assert!(is_told, "{ledgers} {user}: {ran}");
            }
            assert_eq!(server.value("d", "(SELECT is_called FROM caught)"), "false", "{ledgers}");
        }
    }
}

#[test]
fn what_a_stranger_made_first_is_refused() {
    are_refused_on(&OwnServer::start(&[]));
}

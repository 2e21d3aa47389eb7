//! Which statements are of a known form.

use super::*;

#[test]
fn owners_are_given_by_whole_statements_of_that_form_alone() {
    for given in [
        "ALTER TABLE public.contacts OWNER TO alice",
        "ALTER TABLE \"a; b\".\"OWNER TO x\" OWNER TO \"shop owner\"",
        "ALTER FUNCTION ev.f(a integer, b numeric(10,2), VARIADIC c text[]) OWNER TO eve",
        "ALTER AGGREGATE ev.total(*) OWNER TO eve",
        "ALTER OPERATOR public.=== (integer, integer) OWNER TO eve",
        "ALTER OPERATOR CLASS public.ops USING btree OWNER TO eve",
        "ALTER LARGE OBJECT 16400 OWNER TO eve",
        "ALTER TEXT SEARCH DICTIONARY public.d OWNER TO eve",
    ] {
        assert_eq!(owners(&format!("SELECT 1;\n{given};\n")), [given]);
    }
    for other in [
        "ALTER TABLE ev.t ALTER COLUMN c TYPE text USING ev.f(c), OWNER TO postgres",
        "ALTER TABLE ev.t OWNER TO eve, ALTER COLUMN c SET DEFAULT ev.f()",
        "ALTER ROLE eve SUPERUSER",
        "ALTER DATABASE l4 OWNER TO eve",
        "CREATE FUNCTION f() LANGUAGE sql AS $$;\nALTER TABLE a OWNER TO eve;\n$$",
        "COMMENT ON TABLE a IS '; ALTER TABLE a OWNER TO eve;'",
        "CREATE FUNCTION f() BEGIN ATOMIC\n SELECT 1;\n ALTER TABLE a OWNER TO eve;\nEND",
    ] {
        assert!(owners(&format!("{other};\n")).is_empty(), "{other}");
    }
}

#[test]
fn rooms_hold_nothing_yet() {
    let script = "\\restrict abc\n\nSET row_security = off;\nCREATE SCHEMA ev;\n\
        CREATE SCHEMA x CREATE TABLE t (i int CHECK (f(i)));\n\
        CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA \"E v\";\nCREATE TABLE ev.t ();\n";
    assert_eq!(
        rooms(script),
        ["CREATE SCHEMA ev", "CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA \"E v\""]
    );
    assert_eq!(schema("CREATE SCHEMA \"E v\""), Some("\"E v\""));
}

#[test]
fn a_finish_of_another_form_is_none() {
    let script = "\\restrict abc\n\n-- Dumped\nSET statement_timeout = 0;\n\
        SELECT pg_catalog.set_config('search_path', '', false);\n\
        REVOKE ALL ON SCHEMA public FROM PUBLIC;\nGRANT SELECT(a),UPDATE ON TABLE t TO \"x ON y\";\n\
        CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION f();\n\
        ALTER TABLE ev.t ENABLE ROW LEVEL SECURITY;\n\\unrestrict abc\n";
    let found = finish(script).expect("known forms");
    let turns: Vec<Turn> = found.iter().map(|(turn, _)| *turn).collect();
    assert_eq!(turns, [Turn::Then, Turn::Then, Turn::AtLast, Turn::Then]);
    for other in [
        "GRANT postgres TO eve",
        "GRANT \"a ON b\" TO eve",
        "GRANT CREATE ON DATABASE inbox TO eve",
        "GRANT SET ON PARAMETER log_min_messages TO eve",
        "ALTER ROLE eve SUPERUSER",
        "SELECT ev.f()",
        "DO $$BEGIN END$$",
        "ALTER TABLE ev.t ENABLE ROW LEVEL SECURITY, ALTER c SET DEFAULT 1",
        "ALTER TABLE ev.t ENABLE ROW LEVEL SECURITY --\r, ALTER c TYPE text USING ev.f(c)",
        "ALTER TABLE ev.t OWNER TO CURRENT_USER --\r, ALTER c TYPE text USING ev.f(c)",
        "COMMENT ON TABLE ev.t IS /* */ 'x'",
        "CREATE PUBLICATION p FOR TABLE ev.t WHERE ('{x}'::ev.d[] IS NOT NULL)",
        "GRANT CREATE ON database postgres TO eve",
        "GRANT ALTER SYSTEM ON parameter archive_command TO eve",
        "GRANT ALL ON FUNCTION pg_catalog.lo_export(oid, text) TO PUBLIC",
        "GRANT SELECT ON TABLE \"pg_catalog\".pg_authid TO eve",
        "ALTER SCHEMA pg_catalog OWNER TO eve",
        "CREATE SUBSCRIPTION s CONNECTION 'host=eve' PUBLICATION p WITH (slot_name = 's')",
        "CREATE USER MAPPING FOR eve SERVER s OPTIONS (password_required 'false')",
    ] {
        assert_eq!(finish(&format!("{other};")), Err(other));
    }
}

#[test]
fn what_only_a_superuser_makes_is_named() {
    let script = "CREATE FUNCTION public.native(integer) RETURNS integer\n    LANGUAGE c\n    \
        AS '$libdir/x', 'y';\nCREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ LANGUAGE c $$;\n\
        CREATE FOREIGN DATA WRAPPER evil HANDLER file_fdw_handler NO VALIDATOR;\n\
        CREATE TYPE public.base;\nCREATE TYPE public.mood AS ENUM ('a');\n\
        CREATE FUNCTION tight() RETURNS bool LANGUAGE sql LEAKPROOF AS 'SELECT true';";
    let named = [
        "FUNCTION public.native",
        "FOREIGN DATA WRAPPER evil HANDLER file_fdw_handler NO VALIDATOR",
        "TYPE public.base",
        "FUNCTION tight",
    ];
    assert_eq!(for_superusers(script), named);
}

//! What of a backup would run with the rights of who restores it, to be looked at before: what only
//! a superuser may run, what pg_dump writes nowhere, and the functions that the rest may call.

use serde::Serialize;

use super::forms::{self, made};
use super::harmless::{is_copy, is_harmless};
use super::toc::Entry;
use crate::domain::sql::{Statement, statements, tokens};

/// Of so many statements it is shown what they say.
const MOST: usize = 20;
const LETTERS: usize = 2_000;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Trusted {
    /// How many there are; the first of them are shown.
    pub total: usize,
    pub statements: Vec<Shown>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// `FUNCTION public.native`
    pub what: String,
    pub statement: String,
    /// It goes on.
    pub is_cut: bool,
}

/// What there is of it in these entries of a dump; functions come last.
pub fn trusted(entries: &[Entry]) -> Trusted {
    let (mut found, mut functions) = (Vec::new(), Vec::new());
    for entry in entries.iter().filter(|entry| !is_of_database(entry)) {
        let makes = match entry.kind.as_str() {
            "BLOB METADATA" => "",
            _ if is_setting(entry) => "",
            _ => &entry.makes,
        };
        for statement in statements(makes) {
            let tokens = tokens(statement.text);
            let is_function = made(&tokens).is_some_and(forms::is_routine);
            let is_misread = may_be_misread(statement.text) && !is_function;
            if forms::is_superusers(&tokens) || !is_harmless(&tokens) || is_misread {
                found.push(shown(statement.text));
            } else if is_function {
                functions.push(shown(statement.text));
            }
        }
        found.extend(names_more(entry).or_else(|| data(entry)));
    }
    found.append(&mut functions);
    let total = found.len();
    found.truncate(MOST);
    Trusted { total, statements: found }
}

/// With which each dump begins: those alone under which the rest is read as we read it.
fn is_setting(entry: &Entry) -> bool {
    // Of these an ASCII character may be the second half of another.
    const DOUBLE: [&str; 7] = ["BIG5", "GB18030", "GBK", "JOHAB", "SHIFT_JIS_2004", "SJIS", "UHC"];
    let text = entry.makes.trim_end();
    match entry.kind.as_str() {
        "ENCODING" => {
            let name = text.strip_prefix("SET client_encoding = '");
            let name = name.and_then(|rest| rest.strip_suffix("';")).unwrap_or_default();
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            !name.is_empty() && name.bytes().all(is_name) && !DOUBLE.contains(&name)
        }
        "STDSTRINGS" => text == "SET standard_conforming_strings = 'on';",
        "SEARCHPATH" => text == "SELECT pg_catalog.set_config('search_path', '', false);",
        _ => false,
    }
}

/// Of a routine or an operator the statement that drops it is taken for its name where it gets its
/// owner; of a large object its tag.
fn names_more(entry: &Entry) -> Option<Shown> {
    const NAMED_SO: [&str; 6] =
        ["AGGREGATE", "FUNCTION", "OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY", "PROCEDURE"];
    let drops = entry.drops.trim_end_matches([';', '\n']);
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match entry.kind.as_str() {
        "BLOB" if !is_digits(&entry.tag) => Some(shown(&entry.tag)),
        kind if NAMED_SO.contains(&kind) && !drops.is_empty() => {
            let named = drops.strip_prefix("DROP ");
            let gives = named.map(|name| format!("ALTER {name} OWNER TO x"));
            (!gives.is_some_and(|text| forms::gives_owner(&text))).then(|| shown(drops))
        }
        _ => None,
    }
}

/// What pg_restore leaves out where it makes no database.
fn is_of_database(entry: &Entry) -> bool {
    match entry.kind.as_str() {
        "DATABASE" | "DATABASE PROPERTIES" => true,
        "ACL" | "COMMENT" | "SECURITY LABEL" => entry.tag.starts_with("DATABASE "),
        _ => false,
    }
}

/// Where it isn't known what a backup would run.
pub fn unknown() -> Trusted {
    let statement = String::from("its table of contents is of no known form");
    let what = String::from("the whole backup");
    Trusted { total: 1, statements: vec![Shown { what, statement, is_cut: false }] }
}

/// What an entry sends with its data, where that is anything but rows.
fn data(entry: &Entry) -> Option<Shown> {
    let what = format!("{} {}.{}", entry.kind, entry.schema, entry.tag);
    let as_it_is = |statement: &str| {
        let what = what.clone();
        Some(Shown { what, ..shown(statement) })
    };
    match entry.kind.as_str() {
        // Of each line is made a call, as pg_restore does.
        "BLOB METADATA"
            if entry.makes.bytes().all(|byte| byte.is_ascii_digit() || byte == b'\n') =>
        {
            None
        }
        "BLOB METADATA" => as_it_is(&entry.makes),
        "BLOBS" => None,
        _ if !entry.has_data => None,
        _ if entry.copy.is_empty() => as_it_is("statements, where rows are usual"),
        _ => {
            let copies = statements(&entry.copy);
            let is_copy = |one: &Statement<'_>| is_harmless_copy(one.text);
            match copies.len() == 1 && copies.iter().all(is_copy) {
                true => None,
                false => as_it_is(&entry.copy),
            }
        }
    }
}

fn is_harmless_copy(text: &str) -> bool {
    is_copy(&tokens(text)) && !may_be_misread(text)
}

/// Whether the server may read other words in it than we do: a line may end for it, and with that a
/// remark, where it goes on for us.
fn may_be_misread(text: &str) -> bool {
    text.contains('\r') && text.contains("--")
}

fn shown(text: &str) -> Shown {
    let end = |most: usize| text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let what: String = forms::told(text).chars().take(80).collect();
    let statement = text[..end(LETTERS)].to_owned();
    Shown { what, is_cut: statement.len() < text.len(), statement }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries of a kind that has nothing of its own.
    fn entries(scripts: &[&str]) -> Vec<Entry> {
        let entry = |script: &&str| Entry {
            kind: String::from("TABLE"),
            makes: (*script).to_owned(),
            ..Entry::default()
        };
        scripts.iter().map(entry).collect()
    }

    fn what(found: &Trusted) -> Vec<&str> {
        found.statements.iter().map(|one| one.what.as_str()).collect()
    }

    #[test]
    fn what_pg_dump_never_writes_comes_first_and_functions_last() {
        let found = trusted(&entries(&[
            "CREATE FUNCTION public.f(a int) RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;\n\
             CREATE TABLE public.t (i int);\nALTER ROLE eve SUPERUSER;\nDO $$ BEGIN END $$;\n\
             CREATE FUNCTION public.native() RETURNS int LANGUAGE c AS 'x';\n",
            "GRANT postgres TO eve;\nGRANT SELECT ON TABLE public.t TO eve;\nALTER SYSTEM SET x = 1;\n",
        ]));
        assert_eq!(
            what(&found),
            [
                "ALTER ROLE eve SUPERUSER",
                "DO $$ BEGIN END $$",
                "FUNCTION public.native",
                "GRANT postgres TO eve",
                "ALTER SYSTEM SET x = 1",
                "FUNCTION public.f"
            ]
        );
        assert_eq!(found.total, 6);
        assert!(found.statements[5].statement.ends_with("$$ SELECT 1; $$"));
    }

    #[test]
    fn what_is_shown_is_bounded() {
        let body = "ä".repeat(5_000);
        let one = format!("CREATE FUNCTION f() RETURNS text LANGUAGE sql AS '{body}';\n");
        let found = trusted(&entries(&[&one.repeat(500)]));
        assert_eq!((found.total, found.statements.len()), (500, MOST));
        let letters = |one: &Shown| one.statement.chars().count();
        assert!(found.statements.iter().all(|one| one.is_cut && letters(one) == LETTERS));
    }

    #[test]
    fn what_pg_dump_writes_runs_nothing() {
        let usual = [
            "CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;",
            "CREATE UNLOGGED TABLE a.\"b c\" (\n i integer DEFAULT nextval('a.s'::regclass) NOT NULL,\n \
             CONSTRAINT k CHECK ((i > 0))\n)\nPARTITION BY RANGE (i)\nWITH (fillfactor='70');",
            "ALTER TABLE ONLY a.t ALTER COLUMN c SET STATISTICS 0;\n\
             ALTER TABLE ONLY a.t ATTACH PARTITION a.p FOR VALUES FROM ('1', '2') TO ('3', '4');",
            "ALTER TABLE ONLY a.t ADD CONSTRAINT x EXCLUDE USING gist (a WITH =, b WITH &&);",
            "ALTER TABLE a.t ALTER COLUMN i ADD GENERATED BY DEFAULT AS IDENTITY (\n START WITH 1\n);",
            "CREATE MATERIALIZED VIEW a.m AS\n SELECT 1\n  WITH NO DATA;",
            "REFRESH MATERIALIZED VIEW a.m;",
            "SELECT pg_catalog.setval('a.s', -5, true);",
            "SELECT pg_catalog.lo_create('16400');",
            "SELECT * FROM pg_catalog.pg_restore_relation_stats(\n\t'version', '180000'::integer,\n\t\
             'relname', 't',\n\t'reltuples', '-1'::real\n);",
            "SET SESSION AUTHORIZATION \"a b\";\nGRANT SELECT ON TABLE a.t TO x;\n\
             RESET SESSION AUTHORIZATION;",
            "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = false, slot_name = 's');",
            "CREATE TYPE a.range AS RANGE (\n subtype = integer,\n subtype_diff = a.d\n);",
            "COMMENT ON TABLE a.t IS 'x -- y; z';",
        ];
        assert_eq!(what(&trusted(&entries(&usual))), [""; 0]);
        let setting = |kind: &str, makes: &str| Entry {
            kind: kind.to_owned(),
            makes: makes.to_owned(),
            ..Entry::default()
        };
        assert_eq!(
            what(&trusted(&[
                setting("ENCODING", "SET client_encoding = 'UTF8';\n"),
                setting("STDSTRINGS", "SET standard_conforming_strings = 'on';\n"),
                setting("SEARCHPATH", "SELECT pg_catalog.set_config('search_path', '', false);\n"),
                setting("STDSTRINGS", "SET standard_conforming_strings = 'off';\n"),
                setting("ENCODING", "SET client_encoding = 'SJIS';\n"),
                setting("SEARCHPATH", "SELECT evil();\n"),
            ])),
            [
                "SET standard_conforming_strings = 'off'",
                "SET client_encoding = 'SJIS'",
                "SELECT evil"
            ]
        );
    }

    #[test]
    fn what_is_of_no_form_of_pg_dump_is_shown() {
        for other in [
            "CREATE TABLE a.t AS SELECT lo_import('x')",
            "CREATE TABLE a.t (i) AS SELECT 1",
            "CREATE TABLE a.t (i int DEFAULT pg_read_file('x'))",
            "CREATE FOREIGN TABLE a.t (i int) SERVER s OPTIONS (program 'x')",
            "CREATE MATERIALIZED VIEW a.m AS SELECT 1",
            "CREATE MATERIALIZED VIEW a.m AS SELECT \"lo_export\"(1, 'x') WITH NO DATA",
            "CREATE VIEW a.v AS SELECT public.dblink_exec('x')",
            "SELECT pg_catalog.setval('a.s', a.f(), true)",
            "SELECT pg_catalog.set_config('x', a.f(), false)",
            "SELECT pg_catalog.lo_create(a.f())",
            "SELECT * FROM pg_catalog.pg_restore_relation_stats('x', a.f())",
            "ALTER TABLE a.t ALTER COLUMN c TYPE text USING a.f(c)",
            "ALTER TABLE a.t ALTER COLUMN c SET DATA TYPE text USING a.f(c)",
            "ALTER TABLE a.t ALTER COLUMN c SET DEFAULT 1, ADD COLUMN d int DEFAULT a.f()",
            "ALTER TABLE a.t ADD COLUMN d int DEFAULT a.f()",
            "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
            "ALTER SUBSCRIPTION s REFRESH PUBLICATION",
            "SET SESSION AUTHORIZATION x, y",
            "SET client_encoding = 'SJIS'",
            "INSERT INTO a.t VALUES (a.f())",
            "CREATE SCHEMA a CREATE VIEW v AS SELECT 1",
            "COMMENT ON TABLE a.t IS 'x' --\r; ALTER ROLE eve SUPERUSER",
        ] {
            assert_eq!(trusted(&entries(&[other])).total, 1, "{other}");
        }
    }

    #[test]
    fn data_are_rows() {
        let entry = |kind: &str, makes: &str, copy: &str| Entry {
            has_data: true,
            tag: String::from("t"),
            kind: kind.to_owned(),
            schema: String::from("a"),
            makes: makes.to_owned(),
            copy: copy.to_owned(),
            ..Entry::default()
        };
        let data = |copy: &str| trusted(&[entry("TABLE DATA", "", copy)]).total;
        assert_eq!(data("COPY a.t (i, \"j k\") FROM stdin;\n"), 0);
        for other in [
            "",
            "SELECT a.f(); COPY a.t (i) FROM stdin;\n",
            "COPY a.t (i) FROM PROGRAM 'x';\n",
            "COPY a.t (i) FROM stdin WHERE a.f();\n",
            "DELETE FROM a.t",
        ] {
            assert_eq!(data(other), 1, "{other}");
        }
        let blobs = |makes: &str| trusted(&[entry("BLOB METADATA", makes, "")]).total;
        assert_eq!((blobs("16400\n16401\n"), blobs("1'); SELECT a.f('") > 0), (0, true));
        let named = |kind: &str, tag: &str, drops: &str| {
            let named = Entry { tag: tag.to_owned(), drops: drops.to_owned(), ..Entry::default() };
            trusted(&[Entry { kind: kind.to_owned(), ..named }]).total
        };
        assert_eq!(named("FUNCTION", "f", "DROP FUNCTION a.f(integer, text[]);\n"), 0);
        assert_eq!(named("OPERATOR", "+", "DROP OPERATOR a.+ (integer, integer);\n"), 0);
        assert_eq!(named("FUNCTION", "f", "DROP FUNCTION a.f() OWNER TO x; ALTER ROLE eve;"), 1);
        assert_eq!((named("BLOB", "16400", ""), named("BLOB", "1 OWNER TO x; DROP", "")), (0, 1));
    }
}

//! What of a backup would run with the rights of who restores it, to be looked at before: what only
//! a superuser may run, what pg_dump writes nowhere, and the functions that the rest may call.

use serde::Serialize;

use super::forms::{self, OWNED, after, made};
use crate::domain::sql::{Token, statements, tokens};

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

/// What there is of it in these scripts of a dump; functions come last.
pub fn trusted(scripts: &[&str]) -> Trusted {
    let mut found = Vec::new();
    for statement in scripts.iter().flat_map(|script| statements(script)) {
        let tokens = tokens(statement.text);
        let is_function = made(&tokens).is_some_and(forms::is_routine);
        if forms::is_superusers(&tokens) || !is_usual(&tokens) {
            found.push((false, statement.text));
        } else if is_function {
            found.push((true, statement.text));
        }
    }
    found.sort_by_key(|(is_function, _)| *is_function);
    let shown = found.iter().take(MOST).map(|(_, text)| shown(text));
    Trusted { total: found.len(), statements: shown.collect() }
}

fn shown(text: &str) -> Shown {
    let end = |most: usize| text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let what: String = forms::told(text).chars().take(80).collect();
    let statement = text[..end(LETTERS)].to_owned();
    Shown { what, is_cut: statement.len() < text.len(), statement }
}

/// Whether pg_dump writes such: a setting, something of the kinds that there are, or of the forms
/// that end a restore.
fn is_usual(tokens: &[Token<'_>]) -> bool {
    const MADE: [&[&str]; 32] = [
        &["AGGREGATE"],
        &["CAST"],
        &["COLLATION"],
        &["CONSTRAINT", "TRIGGER"],
        &["CONVERSION"],
        &["DOMAIN"],
        &["EVENT", "TRIGGER"],
        &["EXTENSION"],
        &["FOREIGN", "DATA", "WRAPPER"],
        &["FOREIGN", "TABLE"],
        &["FUNCTION"],
        &["INDEX"],
        &["MATERIALIZED", "VIEW"],
        &["OPERATOR"],
        &["POLICY"],
        &["PROCEDURE"],
        &["PUBLICATION"],
        &["RULE"],
        &["SCHEMA"],
        &["SEQUENCE"],
        &["SERVER"],
        &["STATISTICS"],
        &["SUBSCRIPTION"],
        &["TABLE"],
        &["TEXT", "SEARCH", "CONFIGURATION"],
        &["TEXT", "SEARCH", "DICTIONARY"],
        &["TRIGGER"],
        &["TYPE"],
        &["UNIQUE", "INDEX"],
        &["UNLOGGED", "TABLE"],
        &["USER", "MAPPING"],
        &["VIEW"],
    ];
    let begins = |kinds: &[&[&str]], rest: &[Token<'_>]| {
        kinds.iter().any(|kind| after(rest, kind).is_some())
    };
    let makes = made(tokens).is_some_and(|rest| begins(&MADE, rest));
    let alters = after(tokens, &["ALTER"])
        .is_some_and(|rest| begins(&OWNED, rest) || begins(&[&["INDEX"]], rest));
    const LARGE_OBJECT: [Token<'_>; 4] = [
        Token::Word("SELECT"),
        Token::Word("pg_catalog"),
        Token::Sign(b'.'),
        Token::Word("lo_create"),
    ];
    makes
        || alters
        || tokens.starts_with(&LARGE_OBJECT)
        || forms::is_setting(tokens)
        || forms::turn(tokens).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pg_dump_never_writes_comes_first_and_functions_last() {
        let found = trusted(&[
            "SET standard_conforming_strings = on;\n\
             CREATE FUNCTION public.f(a int) RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;\n\
             CREATE TABLE public.t (i int);\nALTER ROLE eve SUPERUSER;\nDO $$ BEGIN END $$;\n\
             CREATE FUNCTION public.native() RETURNS int LANGUAGE c AS 'x';\n",
            "GRANT postgres TO eve;\nGRANT SELECT ON TABLE public.t TO eve;\nALTER SYSTEM SET x = 1;\n",
        ]);
        let what: Vec<&str> = found.statements.iter().map(|one| one.what.as_str()).collect();
        assert_eq!(
            what,
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
        let found = trusted(&[&one.repeat(500)]);
        assert_eq!((found.total, found.statements.len()), (500, MOST));
        let letters = |one: &Shown| one.statement.chars().count();
        assert!(found.statements.iter().all(|one| one.is_cut && letters(one) == LETTERS));
    }
}

//! Statements of a dump that run nothing by themselves: of the very forms in which pg_dump writes them.
//! What is of no such form is taken for one that runs something. The expressions in them call what they
//! call when rows come: functions of the dump are shown one by one, and those of the server that reach
//! beyond the database are known here.

use super::forms::{self, after, made, name};
use crate::domain::sql::Token;
use Token::{Sign, Text, Word};

/// Whether it is of a known form and calls nothing of the server's that reaches beyond the database.
pub(super) fn is_harmless(tokens: &[Token<'_>]) -> bool {
    let is_known = is_call(tokens)
        || is_made(tokens)
        || is_altered(tokens)
        || is_refreshed(tokens)
        || is_session(tokens)
        || forms::turn(tokens).is_some() && !begins_any(tokens, &[&["SET"], &["RESET"]]);
    is_known && !reaches_out(tokens)
}

fn begins_any(tokens: &[Token<'_>], kinds: &[&[&str]]) -> bool {
    kinds.iter().any(|kind| after(tokens, kind).is_some())
}

/// The arguments of `SELECT pg_catalog.name(...)`, with the bracket that closes them.
fn of_catalog<'t, 'a>(tokens: &'t [Token<'a>], name: &str) -> Option<&'t [Token<'a>]> {
    let rest = after(tokens, &["SELECT", "pg_catalog"])?;
    match rest {
        [Sign(b'.'), Word(called), Sign(b'('), rest @ ..] if *called == name => Some(rest),
        _ => None,
    }
}

/// Large objects, sequences and statistics.
fn is_call(tokens: &[Token<'_>]) -> bool {
    let is_made = matches!(of_catalog(tokens, "lo_create"), Some([Text, Sign(b')')]));
    let is_set = match of_catalog(tokens, "setval") {
        Some([Text, Sign(b','), Sign(b'-'), rest @ ..] | [Text, Sign(b','), rest @ ..]) => {
            matches!(rest, [Word(_), Sign(b','), Word("true" | "false"), Sign(b')')])
        }
        _ => false,
    };
    is_made || is_set || is_statistics(tokens)
}

fn is_statistics(tokens: &[Token<'_>]) -> bool {
    let [Word("SELECT"), Sign(b'*'), Word("FROM"), Word("pg_catalog"), Sign(b'.'), rest @ ..] =
        tokens
    else {
        return false;
    };
    let [
        Word("pg_restore_relation_stats" | "pg_restore_attribute_stats"),
        Sign(b'('),
        args @ ..,
        Sign(b')'),
    ] = rest
    else {
        return false;
    };
    let is_value = |token: &Token<'_>| match token {
        Text => true,
        Sign(sign) => b",:[]".contains(sign),
        Word(word) => {
            ["integer", "bigint", "real", "boolean", "text", "smallint", "regclass", "name"]
                .contains(word)
        }
        Token::Quoted(_) => false,
    };
    args.iter().all(is_value)
}

/// In whose name rights are given.
fn is_session(tokens: &[Token<'_>]) -> bool {
    let given = after(tokens, &["SET", "SESSION", "AUTHORIZATION"]);
    given.and_then(name).is_some_and(<[Token<'_>]>::is_empty)
        || after(tokens, &["RESET", "SESSION", "AUTHORIZATION"]).is_some_and(<[_]>::is_empty)
}

/// Calls what the view calls, which is shown or [reaches out](reaches_out).
fn is_refreshed(tokens: &[Token<'_>]) -> bool {
    let rest = after(tokens, &["REFRESH", "MATERIALIZED", "VIEW"]).and_then(name);
    rest.is_some_and(<[Token<'_>]>::is_empty)
}

fn is_made(tokens: &[Token<'_>]) -> bool {
    // Made as they are, and what is in them runs when something is done with them. A foreign table is
    // none: its rows may come from a program. Nor is a subscription, see `forms::turn`.
    const MADE: [&[&str]; 21] = [
        &["AGGREGATE"],
        &["CAST"],
        &["COLLATION"],
        &["CONSTRAINT", "TRIGGER"],
        &["CONVERSION"],
        &["DOMAIN"],
        &["FOREIGN", "DATA", "WRAPPER"],
        &["FUNCTION"],
        &["INDEX"],
        &["OPERATOR"],
        &["POLICY"],
        &["PROCEDURE"],
        &["RULE"],
        &["SEQUENCE"],
        &["SERVER"],
        &["STATISTICS"],
        &["TEXT", "SEARCH", "CONFIGURATION"],
        &["TEXT", "SEARCH", "DICTIONARY"],
        &["TRIGGER"],
        &["TYPE"],
        &["UNIQUE", "INDEX"],
    ];
    let Some(rest) = made(tokens) else { return false };
    if let Some(rest) = after(rest, &["MATERIALIZED", "VIEW"]) {
        return name(rest).is_some() && rest.ends_with(&[Word("WITH"), Word("NO"), Word("DATA")]);
    }
    if let Some(rest) = after(rest, &["SCHEMA"]) {
        return name(rest).is_some_and(<[Token<'_>]>::is_empty);
    }
    if let Some(rest) = after(rest, &["EXTENSION", "IF", "NOT", "EXISTS"]) {
        let place = name(rest).and_then(|rest| after(rest, &["WITH", "SCHEMA"])).and_then(name);
        return place.is_some_and(<[Token<'_>]>::is_empty);
    }
    let table = after(rest, &["UNLOGGED", "TABLE"]).or(after(rest, &["TABLE"])).and_then(name);
    if let Some(rest) = table {
        let columns = after(rest, &["OF"]).and_then(name).unwrap_or(rest);
        let is_query = |token: &Token<'_>| is_word(token, &["as", "select", "execute"]);
        return matches!(columns, [] | [Sign(b'('), ..]) && !outside(columns).any(is_query);
    }
    after(rest, &["VIEW"]).and_then(name).is_some() || begins_any(rest, &MADE)
}

fn is_altered(tokens: &[Token<'_>]) -> bool {
    // Several at once are no form of pg_dump's.
    if outside(tokens).any(|token| *token == Sign(b',')) {
        return false;
    }
    let of = |kind: &[&str], forms: &[&[&str]]| {
        let named = after(tokens, &["ALTER"]).and_then(|rest| after(rest, kind));
        let named = named.and_then(|rest| name(after(rest, &["ONLY"]).unwrap_or(rest)));
        named.is_some_and(|rest| begins_any(rest, forms) || is_column(rest))
    };
    let is_dependent = tokens.len() > 4
        && after(&tokens[tokens.len() - 4..], &["DEPENDS", "ON", "EXTENSION"]).is_some()
        && after(tokens, &["ALTER"]).is_some();
    const OF_TABLES: [&[&str]; 20] = [
        &["ADD", "CONSTRAINT"],
        &["ATTACH", "PARTITION"],
        &["CLUSTER", "ON"],
        &["REPLICA", "IDENTITY"],
        &["INHERIT"],
        &["SET", "WITHOUT"],
        &["SET", "LOGGED"],
        &["SET", "UNLOGGED"],
        &["SET"],
        &["ENABLE", "TRIGGER"],
        &["ENABLE", "ALWAYS", "TRIGGER"],
        &["ENABLE", "REPLICA", "TRIGGER"],
        &["DISABLE", "TRIGGER"],
        &["ENABLE", "RULE"],
        &["ENABLE", "ALWAYS", "RULE"],
        &["ENABLE", "REPLICA", "RULE"],
        &["DISABLE", "RULE"],
        &["ENABLE", "ROW", "LEVEL", "SECURITY"],
        &["FORCE", "ROW", "LEVEL", "SECURITY"],
        &["VALIDATE", "CONSTRAINT"],
    ];
    of(&["TABLE"], &OF_TABLES)
        || of(&["FOREIGN", "TABLE"], &[])
        || of(&["VIEW"], &[])
        || of(&["MATERIALIZED", "VIEW"], &[&["CLUSTER", "ON"], &["SET"]])
        || of(&["INDEX"], &[&["ATTACH", "PARTITION"], &["SET"]])
        || of(&["SEQUENCE"], &[&["OWNED", "BY"], &["SET", "LOGGED"], &["SET", "UNLOGGED"]])
        || of(&["DOMAIN"], &[&["ADD", "CONSTRAINT"]])
        || of(&["STATISTICS"], &[&["SET", "STATISTICS"]])
        || of(&["TEXT", "SEARCH", "CONFIGURATION"], &[&["ADD", "MAPPING"]])
        || is_dependent
}

/// `ALTER COLUMN name SET DEFAULT ...` and its like, but for another type, which is made of the rows.
fn is_column(tokens: &[Token<'_>]) -> bool {
    let Some(rest) = after(tokens, &["ALTER", "COLUMN"]).and_then(name) else { return false };
    let is_usual = begins_any(rest, &[&["SET"], &["ADD", "GENERATED"], &["OPTIONS"]]);
    is_usual && !outside(rest).any(|token| is_word(token, &["type", "using", "expression"]))
}

/// What stands in no brackets.
fn outside<'t, 'a>(tokens: &'t [Token<'a>]) -> impl Iterator<Item = &'t Token<'a>> {
    let mut depth = 0_usize;
    tokens.iter().filter(move |token| {
        match token {
            Sign(b'(' | b'[') => depth += 1,
            Sign(b')' | b']') => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    })
}

fn is_word(token: &Token<'_>, words: &[&str]) -> bool {
    matches!(token, Word(word) if words.iter().any(|one| word.eq_ignore_ascii_case(one)))
}

/// Whether something is called that reads or writes files, sends, ends sessions or runs a text as SQL.
fn reaches_out(tokens: &[Token<'_>]) -> bool {
    if is_call(tokens) {
        return false;
    }
    const QUIET: [&str; 4] = ["pg_typeof", "pg_column_size", "pg_size_pretty", "pg_input_is_valid"];
    let called = |at: usize| -> bool {
        let (Word(called) | Token::Quoted(called)) = tokens[at] else { return false };
        if tokens.get(at + 1) != Some(&Sign(b'(')) {
            return false;
        }
        let called = called.trim_matches('"').to_lowercase();
        let is_catalogs = match at.checked_sub(2).map(|from| &tokens[from..at]) {
            Some([Word(schema) | Token::Quoted(schema), Sign(b'.')]) => {
                schema.trim_matches('"').eq_ignore_ascii_case("pg_catalog")
            }
            _ => true,
        };
        let begins = |words: &[&str]| words.iter().any(|word| called.starts_with(word));
        begins(&["dblink"])
            || is_catalogs
                && (begins(&[
                    "pg_",
                    "lo_",
                    "loread",
                    "lowrite",
                    "set_config",
                    "ts_stat",
                    "binary_upgrade",
                ]) || called.contains("_to_xml"))
                && !QUIET.contains(&called.as_str())
    };
    (0..tokens.len()).any(called)
}

/// `COPY public.t (a, b) FROM stdin`, and no more.
pub(super) fn is_copy(tokens: &[Token<'_>]) -> bool {
    let Some(rest) = after(tokens, &["COPY"]).and_then(name) else { return false };
    let rest = match rest {
        [Sign(b'('), rest @ ..] => {
            let Some(end) = rest.iter().position(|token| *token == Sign(b')')) else {
                return false;
            };
            let is_name =
                |token: &Token<'_>| matches!(token, Word(_) | Token::Quoted(_) | Sign(b','));
            if !rest[..end].iter().all(is_name) {
                return false;
            }
            &rest[end + 1..]
        }
        rest => rest,
    };
    matches!(rest, [Word("FROM"), Word("stdin")])
}

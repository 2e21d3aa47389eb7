//! Cutting a migration into statements, as psql does.
//!
//! Needed to say which statement failed on which line: the server gives a
//! position for syntax errors only. squawk's lexer knows the lexical structure.

use squawk_lexer::{LiteralKind, TokenKind, tokenize};

/// One statement of a script, without its semicolon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement<'a> {
    pub text: &'a str,
    /// Line of its first word in the script, from 1.
    pub line: usize,
}

/// The statements of a script, in order; comments between them are left out.
pub fn statements(script: &str) -> Vec<Statement<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    // `BEGIN ATOMIC ... END` of an SQL-standard function body holds semicolons.
    let mut depth = 0usize;
    for (at, kind, text) in pieces(script) {
        match kind {
            TokenKind::Ident => depth = atomic_depth(text, &script[start..at], depth),
            TokenKind::Semi if depth == 0 => {
                push(script, start, at, &mut found);
                start = at + text.len();
            }
            _ => {}
        }
    }
    push(script, start, script.len(), &mut found);
    found
}

/// The tokens of a text, each with its place in it.
fn pieces(text: &str) -> impl Iterator<Item = (usize, TokenKind, &str)> {
    let mut at = 0;
    tokenize(text).map(move |token| {
        let start = at;
        at += token.len as usize;
        (start, token.kind, &text[start..at])
    })
}

/// A definition as the server writes it, with the operators that take any type by their full name: one
/// of the schema that fits better would be taken for the server's own.
pub fn with_full_operators(definition: &str) -> String {
    const OF_ANY_TYPE: [&str; 8] = ["=", "<>", "<", ">", "<=", ">=", "@>", "&&"];
    let mut written = String::with_capacity(definition.len());
    let mut signs = String::new();
    for (_, kind, text) in pieces(definition) {
        let is_sign = text.bytes().all(|byte| b"=<>@&|!~+-*/%#".contains(&byte));
        if is_sign {
            signs.push_str(text);
            continue;
        }
        // As in WITH (fillfactor='90'), what has no blank around it is none.
        let is_one = OF_ANY_TYPE.contains(&signs.as_str())
            && kind == TokenKind::Whitespace
            && written.ends_with(' ');
        match is_one {
            true => written.push_str(&format!("OPERATOR(pg_catalog.{signs})")),
            false => written.push_str(&signs),
        }
        signs.clear();
        written.push_str(text);
    }
    written + &signs
}

/// A piece of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A keyword, a number, or a name without quotes.
    Word(&'a str),
    /// A name in double quotes, with them.
    Quoted(&'a str),
    /// A string, of either kind.
    Text,
    Sign(u8),
}

/// The pieces of one statement, without its comments.
pub fn tokens(statement: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    for (_, kind, text) in pieces(statement) {
        match kind {
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. } => {}
            TokenKind::Ident
            | TokenKind::PositionalParam { .. }
            | TokenKind::Literal { kind: LiteralKind::Int { .. } | LiteralKind::Numeric { .. } } => {
                found.push(Token::Word(text));
            }
            TokenKind::QuotedIdent { uescape: false, .. } => found.push(Token::Quoted(text)),
            // A name with escapes isn't read: what it says is no name that anybody knows.
            TokenKind::QuotedIdent { .. } | TokenKind::Literal { .. } => found.push(Token::Text),
            _ => found.extend(text.bytes().map(Token::Sign)),
        }
    }
    found
}

/// What a script drops, as written there: `("table", "contacts")`, a function with its arguments.
pub fn dropped(script: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for statement in statements(script) {
        let mut words = statement.text.split_whitespace();
        let verb = words.next().unwrap_or_default();
        let Some(kind) = words.next().filter(|_| verb.eq_ignore_ascii_case("drop")) else {
            continue;
        };
        let names: Vec<&str> = words.filter(|word| !is_option(word)).collect();
        let kind = kind.to_lowercase();
        // The arguments of a function have commas of their own.
        let names = names.join(" ");
        let names: Vec<&str> =
            if names.contains('(') { vec![&names] } else { names.split(',').collect() };
        found.extend(names.into_iter().map(|name| (kind.clone(), name.trim().to_owned())));
    }
    found
}

fn is_option(word: &str) -> bool {
    ["if", "exists", "cascade", "restrict"].contains(&word.to_lowercase().as_str())
}

fn push<'a>(script: &'a str, start: usize, end: usize, found: &mut Vec<Statement<'a>>) {
    // Leading blanks and comments belong to nobody.
    let begin = pieces(&script[start..end]).find(|(_, kind, _)| {
        !matches!(
            kind,
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. }
        )
    });
    if let Some((begin, ..)) = begin {
        let begin = start + begin;
        let line = script[..begin].matches('\n').count() + 1;
        found.push(Statement { text: script[begin..end].trim_end(), line });
    }
}

fn atomic_depth(word: &str, before: &str, depth: usize) -> usize {
    let opens_body = word.eq_ignore_ascii_case("atomic")
        && before.trim_end().to_ascii_lowercase().ends_with("begin");
    match depth {
        0 if opens_body => 1,
        0 => 0,
        _ if word.eq_ignore_ascii_case("case") => depth + 1,
        _ if word.eq_ignore_ascii_case("end") => depth - 1,
        _ => depth,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(script: &str) -> Vec<&str> {
        statements(script).into_iter().map(|statement| statement.text).collect()
    }

    #[test]
    fn operators_that_take_any_type_are_written_in_full() {
        for (plain, full) in [
            (
                "CREATE INDEX a ON t USING btree (b) WITH (fillfactor='90') WHERE (c = 'X'::e)",
                "CREATE INDEX a ON t USING btree (b) WITH (fillfactor='90') \
                 WHERE (c OPERATOR(pg_catalog.=) 'X'::e)",
            ),
            (
                "((a >= 0) AND (b <> ' = '))",
                "((a OPERATOR(pg_catalog.>=) 0) AND (b OPERATOR(pg_catalog.<>) ' = '))",
            ),
            ("(x = ANY (ARRAY['a'::e]))", "(x OPERATOR(pg_catalog.=) ANY (ARRAY['a'::e]))"),
            ("((a || b) -> 'c'::text)", "((a || b) -> 'c'::text)"),
            ("(a OPERATOR(pg_catalog.=) b)", "(a OPERATOR(pg_catalog.=) b)"),
        ] {
            assert_eq!(with_full_operators(plain), full);
        }
    }

    #[test]
    fn semicolons_inside_something_do_not_cut() {
        for whole in [
            "SELECT ';'",
            "SELECT E'it\\'s; fine'",
            "SELECT 'it''s; fine'",
            "SELECT \"a;b\"",
            "DO $$ BEGIN; END $$",
            "DO $body$ $$ ; $$ $body$",
            "SELECT 1 /* a; /* b; */ c; */ + 1",
            "SELECT 1 -- one;\n + 1",
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END",
            "SELECT $1, a$b$c FROM t",
        ] {
            assert_eq!(texts(&format!("{whole};\nSELECT 2;")), [whole, "SELECT 2"]);
        }
    }

    #[test]
    fn a_statement_knows_its_line() {
        let script = "-- first\nSELECT 1;\n\n/* two\nlines */ SELECT\n2;";
        let lines: Vec<usize> = statements(script).iter().map(|found| found.line).collect();
        assert_eq!(lines, [2, 5]);
    }

    #[test]
    fn comments_alone_are_no_statement() {
        assert!(texts("-- nothing\n;; /* here */ ;\n").is_empty());
    }

    #[test]
    fn names_what_a_script_drops() {
        let script = "DROP TABLE IF EXISTS a, b CASCADE; DROP TYPE c; drop function d(text, int);";
        let expected =
            [("table", "a"), ("table", "b"), ("type", "c"), ("function", "d(text, int)")];
        let expected = expected.map(|(kind, name)| (kind.to_owned(), name.to_owned()));
        assert_eq!(dropped(script), expected);
    }

    proptest! {
        #[test]
        fn never_panics_and_loses_no_word(script in "[ -~\n$'\"/*;äß-]{0,80}") {
            let found = statements(&script);
            prop_assert!(found.iter().all(|statement| script.contains(statement.text)));
            prop_assert!(found.iter().all(|statement| !statement.text.is_empty()));
        }

        #[test]
        fn joining_and_cutting_again_changes_nothing(
            parts in prop::collection::vec("[a-z]{1,8}( '[a-z;]{0,5}')?", 1..6)
        ) {
            let script = parts.join(";\n");
            prop_assert_eq!(texts(&script), parts.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}

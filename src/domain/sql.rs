//! Cutting a migration into statements, as psql does.
//!
//! Needed to say which statement failed on which line: the server gives a
//! position for syntax errors only. Lexical structure: PostgreSQL manual,
//! chapter 4.1.

/// One statement of a script, without its semicolon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement<'a> {
    pub text: &'a str,
    /// Line of its first word in the script, from 1.
    pub line: usize,
}

/// The statements of a script, in order; comments between them are left out.
pub fn statements(script: &str) -> Vec<Statement<'_>> {
    let bytes = script.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    // `BEGIN ATOMIC ... END` of an SQL-standard function body holds semicolons.
    let mut depth = 0usize;
    while at < bytes.len() {
        if let Some(after) = skip_opaque(script, at) {
            at = after;
            continue;
        }
        let byte = bytes[at];
        if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 {
            let end = word_end(bytes, at);
            depth = atomic_depth(&script[at..end], &script[start..at], depth);
            at = end;
            continue;
        }
        if byte == b';' && depth == 0 {
            push(script, start, at, &mut found);
            start = at + 1;
        }
        at += 1;
    }
    push(script, start, bytes.len(), &mut found);
    found
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
    let bytes = statement.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(after) = skip_opaque(statement, at) {
            let after = after.min(bytes.len());
            match bytes[at] {
                b'"' => found.push(Token::Quoted(&statement[at..after])),
                b'\'' | b'$' => found.push(Token::Text),
                _ => {}
            }
            at = after;
            continue;
        }
        let end = word_end(bytes, at);
        if end > at {
            found.push(Token::Word(&statement[at..end]));
            at = end;
            continue;
        }
        if !bytes[at].is_ascii_whitespace() {
            found.push(Token::Sign(bytes[at]));
        }
        at += 1;
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
    let mut begin = start;
    // Leading blanks and comments belong to nobody.
    while begin < end {
        if script.as_bytes()[begin].is_ascii_whitespace() {
            begin += 1;
        } else if let Some(after) = skip_comment(script, begin) {
            begin = after.min(end);
        } else {
            break;
        }
    }
    let text = script[begin..end].trim_end();
    if !text.is_empty() {
        let line = script[..begin].matches('\n').count() + 1;
        found.push(Statement { text, line });
    }
}

/// Where the comment, string, quoted name or dollar-quoted text at `at` ends.
fn skip_opaque(script: &str, at: usize) -> Option<usize> {
    let bytes = script.as_bytes();
    skip_comment(script, at).or_else(|| match bytes[at] {
        b'\'' => Some(quoted_end(bytes, at, is_escape_string(bytes, at))),
        b'"' => Some(quoted_end(bytes, at, false)),
        b'$' => dollar_end(script, at),
        _ => None,
    })
}

fn skip_comment(script: &str, at: usize) -> Option<usize> {
    let rest = &script.as_bytes()[at..];
    if rest.starts_with(b"--") {
        let length =
            rest.iter().position(|byte| b"\n\r".contains(byte)).map_or(rest.len(), |end| end + 1);
        return Some(at + length);
    }
    if !rest.starts_with(b"/*") {
        return None;
    }
    let mut depth = 1;
    let mut offset = 2;
    while offset < rest.len() && depth > 0 {
        if rest[offset..].starts_with(b"/*") {
            depth += 1;
            offset += 2;
        } else if rest[offset..].starts_with(b"*/") {
            depth -= 1;
            offset += 2;
        } else {
            offset += 1;
        }
    }
    Some(at + offset)
}

/// `E'...'`: a backslash escapes the next character.
fn is_escape_string(bytes: &[u8], quote: usize) -> bool {
    let Some(prefix) = quote.checked_sub(1) else {
        return false;
    };
    let before = prefix.checked_sub(1).map(|index| bytes[index]);
    matches!(bytes[prefix], b'e' | b'E')
        && before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && byte != b'_' && byte < 0x80)
}

fn quoted_end(bytes: &[u8], open: usize, backslash: bool) -> usize {
    let quote = bytes[open];
    let mut at = open + 1;
    while at < bytes.len() {
        let doubled = bytes[at] == quote && bytes.get(at + 1) == Some(&quote);
        if doubled || (backslash && bytes[at] == b'\\') {
            at += 2;
        } else if bytes[at] == quote {
            return at + 1;
        } else {
            at += 1;
        }
    }
    bytes.len()
}

/// `$tag$ ... $tag$`; a `$1` or a `$` within a name opens nothing.
fn dollar_end(script: &str, open: usize) -> Option<usize> {
    let rest = &script[open + 1..];
    let length = rest.find('$')?;
    let tag = &rest[..length];
    let is_tag = tag.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        && !tag.starts_with(|letter: char| letter.is_ascii_digit());
    if !is_tag {
        return None;
    }
    let delimiter = &script[open..open + length + 2];
    let body = open + delimiter.len();
    Some(script[body..].find(delimiter).map_or(script.len(), |end| body + end + delimiter.len()))
}

fn word_end(bytes: &[u8], at: usize) -> usize {
    let is_word =
        |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'$' || *byte >= 0x80;
    // An `E` right before a quote is the string's, not a word of its own.
    at + bytes[at..].iter().take_while(|byte| is_word(byte)).count()
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

//! The statements of a dump that whoever restores it runs himself: of those forms alone that run no
//! code which the dump brings along. pg_restore writes them; a forged dump may write anything.

use crate::domain::sql::{Token, statements, tokens};

/// When a statement is run that the restoring role runs itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// After the owners.
    Then,
    /// Event triggers: from then on, they run.
    AtLast,
}

/// Kinds that have an owner, as `ALTER` names them. A longer one comes before its beginning.
pub(super) const OWNED: [&[&str]; 25] = [
    &["TABLE"],
    &["VIEW"],
    &["MATERIALIZED", "VIEW"],
    &["SEQUENCE"],
    &["FOREIGN", "TABLE"],
    &["TYPE"],
    &["DOMAIN"],
    &["SCHEMA"],
    &["FUNCTION"],
    &["PROCEDURE"],
    &["AGGREGATE"],
    &["OPERATOR", "CLASS"],
    &["OPERATOR", "FAMILY"],
    &["OPERATOR"],
    &["COLLATION"],
    &["CONVERSION"],
    &["TEXT", "SEARCH", "CONFIGURATION"],
    &["TEXT", "SEARCH", "DICTIONARY"],
    &["STATISTICS"],
    &["LARGE", "OBJECT"],
    &["SERVER"],
    &["FOREIGN", "DATA", "WRAPPER"],
    &["PUBLICATION"],
    &["SUBSCRIPTION"],
    &["EVENT", "TRIGGER"],
];

/// The encoding that a script says it is in.
pub fn encoding(script: &[u8]) -> Option<String> {
    let script = String::from_utf8_lossy(script);
    let (_, rest) = script.split_once("\nSET client_encoding = '")?;
    rest.split_once("';\n").map(|(name, _)| name.to_owned())
}

/// Whether a statement has what pg_restore writes into none of these: a remark, in which we might
/// take for words what the server reads otherwise, or something of the system's.
fn is_strange(statement: &str, tokens: &[Token<'_>]) -> bool {
    const SYSTEM: [&str; 3] = ["pg_catalog", "information_schema", "pg_toast"];
    let is_systems = |token: &Token<'_>| names(token, &SYSTEM);
    has_remark(statement) || tokens.iter().any(is_systems)
}

fn has_remark(statement: &str) -> bool {
    statement.contains("--") || statement.contains("/*")
}

/// Whether it is one of these names, quoted or not.
fn names(token: &Token<'_>, list: &[&str]) -> bool {
    match token {
        Token::Word(word) => list.iter().any(|one| word.eq_ignore_ascii_case(one)),
        Token::Quoted(word) => list.contains(&word.trim_matches('"')),
        _ => false,
    }
}

/// The statements that make what everything else is made in or of: schemas, extensions, foreign
/// servers. In a database that has nothing else yet.
pub fn rooms(script: &str) -> Vec<&str> {
    let makes_room = |statement: &&str| {
        let tokens = tokens(statement);
        if has_remark(statement) {
            return false;
        }
        let is_schema = after(&tokens, &["CREATE", "SCHEMA"])
            .and_then(name)
            .is_some_and(<[Token<'_>]>::is_empty);
        let is_extension = after(&tokens, &["CREATE", "EXTENSION", "IF", "NOT", "EXISTS"])
            .and_then(name)
            .and_then(|rest| after(rest, &["WITH", "SCHEMA"]))
            .and_then(name)
            .is_some_and(<[Token<'_>]>::is_empty);
        let is_server = after(&tokens, &["CREATE", "SERVER"]).is_some();
        is_schema || is_extension || is_server || makes_wrapper(&tokens) == Some(false)
    };
    statements(script).into_iter().map(|one| one.text).filter(makes_room).collect()
}

/// Whether a foreign-data wrapper has a handler, which may read any file for whoever has a server of
/// it; `None` where none is made.
fn makes_wrapper(tokens: &[Token<'_>]) -> Option<bool> {
    let rest = after(tokens, &["CREATE", "FOREIGN", "DATA", "WRAPPER"])?;
    Some(rest.iter().any(|token| names(token, &["handler"])))
}

/// The name in a statement that makes a schema, as SQL writes it.
pub fn schema(statement: &str) -> Option<&str> {
    let tokens = tokens(statement);
    match after(&tokens, &["CREATE", "SCHEMA"])? {
        [Token::Word(name) | Token::Quoted(name)] => Some(name),
        _ => None,
    }
}

pub fn gives_owner(statement: &str) -> bool {
    let tokens = tokens(statement);
    is_owner(&tokens) && !is_strange(statement, &tokens)
}

/// The statements that give something an owner; what stands within something else is none.
pub fn owners(script: &str) -> Vec<&str> {
    statements(script).into_iter().map(|one| one.text).filter(|text| gives_owner(text)).collect()
}

fn is_owner(tokens: &[Token<'_>]) -> bool {
    let Some(rest) = after(tokens, &["ALTER"]) else { return false };
    let is_operator = after(rest, &["OPERATOR"]).is_some();
    let found = OWNED.iter().find_map(|kind| after(rest, kind)).and_then(name);
    let Some(mut rest) = found else { return false };
    if is_operator {
        // `public.+ (integer, integer)`, or `public.ops USING btree`.
        while let [Token::Sign(sign), after @ ..] = rest
            && *sign != b'('
        {
            rest = after;
        }
        rest = after(rest, &["USING"]).and_then(name).unwrap_or(rest);
    }
    if let [Token::Sign(b'('), ..] = rest {
        let mut depth = 0_usize;
        let closing = rest.iter().position(|token| {
            match token {
                Token::Sign(b'(') => depth += 1,
                Token::Sign(b')') => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        });
        let Some(closing) = closing else { return false };
        rest = &rest[closing + 1..];
    }
    matches!(after(rest, &["OWNER", "TO"]), Some([Token::Word(_) | Token::Quoted(_)]))
}

/// What is done at the end: the rights to what there is by then, remarks on it, publications, event
/// triggers. The settings that pg_restore begins with are left out.
///
/// # Errors
/// A statement of another form.
pub fn finish(script: &str) -> Result<Vec<(Turn, &str)>, &str> {
    let mut found = Vec::new();
    for statement in statements(script) {
        let tokens = tokens(statement.text);
        if is_setting(&tokens) {
            continue;
        }
        match turn(&tokens).filter(|_| !is_strange(statement.text, &tokens)) {
            Some(turn) => found.push((turn, statement.text)),
            None => return Err(statement.text),
        }
    }
    Ok(found)
}

pub(super) fn is_setting(tokens: &[Token<'_>]) -> bool {
    match tokens {
        // `\\restrict`, with which psql reads on.
        [Token::Sign(b'\\'), ..] => true,
        [Token::Word("SET"), Token::Word(name), ..] => *name != "SESSION",
        [
            Token::Word("SELECT"),
            Token::Word("pg_catalog"),
            Token::Sign(b'.'),
            Token::Word(name),
            ..,
        ] => *name == "set_config",
        _ => false,
    }
}

pub(super) fn turn(tokens: &[Token<'_>]) -> Option<Turn> {
    const LAST: [&[&str]; 3] = [
        &["CREATE", "EVENT", "TRIGGER"],
        &["ALTER", "EVENT", "TRIGGER"],
        &["COMMENT", "ON", "EVENT", "TRIGGER"],
    ];
    const PLAIN: [&[&str]; 5] = [
        &["COMMENT", "ON"],
        &["ALTER", "DEFAULT", "PRIVILEGES"],
        &["SECURITY", "LABEL"],
        &["SET", "SESSION", "AUTHORIZATION"],
        &["RESET", "SESSION", "AUTHORIZATION"],
    ];
    let is_label = after(tokens, &["SECURITY", "LABEL"]).is_some()
        && tokens.windows(2).any(|pair| pair == [Token::Word("EVENT"), Token::Word("TRIGGER")]);
    if is_label || LAST.iter().any(|words| after(tokens, words).is_some()) {
        return Some(Turn::AtLast);
    }
    let enables_row_security = || {
        let rest = after(tokens, &["ALTER", "TABLE"]).and_then(name);
        rest.and_then(|rest| after(rest, &["ENABLE", "ROW", "LEVEL", "SECURITY"])) == Some(&[])
    };
    let is_plain = PLAIN.iter().any(|words| after(tokens, words).is_some())
        || is_owner(tokens)
        || gives_rights(tokens)
        || is_quiet(tokens)
        || enables_row_security();
    is_plain.then_some(Turn::Then)
}

/// Publications, subscriptions and mappings of users, as far as they run nothing: the condition of a
/// publication makes values, whose domains may check; a subscription that connects, and a mapping
/// without a password, go where the dump says, as who the operator is there.
fn is_quiet(tokens: &[Token<'_>]) -> bool {
    let has = |list: &[&str]| tokens.iter().any(|token| names(token, list));
    let is_publication = after(tokens, &["CREATE", "PUBLICATION"]).is_some()
        || after(tokens, &["ALTER", "PUBLICATION"]).is_some();
    let connects_not = [Token::Word("connect"), Token::Sign(b'='), Token::Word("false")];
    let is_subscription = after(tokens, &["CREATE", "SUBSCRIPTION"]).is_some()
        && tokens.windows(3).any(|three| three == connects_not);
    let is_mapping = after(tokens, &["CREATE", "USER", "MAPPING"]).is_some();
    is_publication && !has(&["where"])
        || is_subscription
        || is_mapping && !has(&["password_required"])
}

/// Rights to something of this database: neither a membership nor a database, a tablespace or a
/// setting, which are the server's.
fn gives_rights(tokens: &[Token<'_>]) -> bool {
    if after(tokens, &["GRANT"]).or(after(tokens, &["REVOKE"])).is_none() {
        return false;
    }
    let ends = |token: &Token<'_>| matches!(token, Token::Word("ON" | "TO" | "FROM"));
    let Some(at) = tokens.iter().position(ends) else { return false };
    const KINDS: [&str; 11] = [
        "TABLE",
        "SEQUENCE",
        "SCHEMA",
        "FUNCTION",
        "PROCEDURE",
        "ROUTINE",
        "TYPE",
        "DOMAIN",
        "LANGUAGE",
        "LARGE",
        "FOREIGN",
    ];
    tokens[at] == Token::Word("ON")
        && matches!(tokens.get(at + 1), Some(Token::Word(kind)) if KINDS.contains(kind))
}

/// What only a superuser makes, of what a script holds, and what everything else may need: as it
/// is told, `FUNCTION public.native`.
pub fn for_superusers(script: &str) -> Vec<String> {
    let statements = statements(script).into_iter();
    statements.filter(|one| is_superusers(&tokens(one.text))).map(|one| told(one.text)).collect()
}

/// What a statement makes, as it is told.
pub(super) fn told(statement: &str) -> String {
    let made = statement.strip_prefix("CREATE ").unwrap_or(statement);
    let made = made.strip_prefix("OR REPLACE ").unwrap_or(made);
    made.split(['(', '\n']).next().unwrap_or_default().trim().to_owned()
}

/// What follows `CREATE`.
pub(super) fn made<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let rest = after(tokens, &["CREATE"])?;
    Some(after(rest, &["OR", "REPLACE"]).unwrap_or(rest))
}

pub(super) fn is_superusers(tokens: &[Token<'_>]) -> bool {
    const KINDS: [&[&str]; 8] = [
        &["OPERATOR", "CLASS"],
        &["OPERATOR", "FAMILY"],
        &["ACCESS", "METHOD"],
        &["TEXT", "SEARCH", "PARSER"],
        &["TEXT", "SEARCH", "TEMPLATE"],
        &["TRANSFORM"],
        &["PROCEDURAL", "LANGUAGE"],
        &["TRUSTED"],
    ];
    let Some(rest) = made(tokens) else { return false };
    let is_base_type = after(rest, &["TYPE"])
        .and_then(name)
        .is_some_and(|rest| rest.is_empty() || after(rest, &["AS"]).is_none());
    let is_bare_cast = after(rest, &["CAST"]).is_some()
        && rest.windows(2).any(|pair| pair == [Token::Word("WITHOUT"), Token::Word("FUNCTION")]);
    is_base_type
        || is_bare_cast
        || makes_wrapper(tokens) == Some(true)
        || KINDS.iter().any(|kind| after(rest, kind).is_some())
        || is_routine(rest) && is_native(rest)
}

pub(super) fn is_routine(made: &[Token<'_>]) -> bool {
    matches!(made, [Token::Word("FUNCTION" | "PROCEDURE"), ..])
}

/// Written in C or another language that may do what the server may, or trusted like it.
fn is_native(tokens: &[Token<'_>]) -> bool {
    const UNTRUSTED: [&str; 7] =
        ["c", "internal", "plpython3u", "plpythonu", "plperlu", "pltclu", "plr"];
    let is_untrusted = |pair: &[Token<'_>]| {
        let [Token::Word("LANGUAGE"), Token::Word(language) | Token::Quoted(language)] = pair
        else {
            return false;
        };
        UNTRUSTED.contains(&language.trim_matches('"'))
    };
    tokens.windows(2).any(is_untrusted)
        || tokens.iter().any(|token| matches!(token, Token::Word("LEAKPROOF" | "SUPPORT")))
}

/// What follows these keywords.
pub(super) fn after<'t, 'a>(tokens: &'t [Token<'a>], words: &[&str]) -> Option<&'t [Token<'a>]> {
    let begins = tokens.len() >= words.len()
        && tokens.iter().zip(words).all(|(token, word)| *token == Token::Word(word));
    begins.then(|| &tokens[words.len()..])
}

/// What follows a name, `public.contacts`.
pub(super) fn name<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let [Token::Word(_) | Token::Quoted(_), rest @ ..] = tokens else { return None };
    let mut rest = rest;
    while let [Token::Sign(b'.'), Token::Word(_) | Token::Quoted(_), further @ ..] = rest {
        rest = further;
    }
    // The name of an operator.
    if let [Token::Sign(b'.'), further @ ..] = rest {
        rest = further;
    }
    Some(rest)
}

#[cfg(test)]
#[path = "forms_tests.rs"]
mod tests;

//! Unsafe DDL in migrations: what blocks the application while it runs, breaks what
//! is deployed, or can't work at all.
//!
//! squawk's linter reads the SQL and finds most of it; here is what we make of that:
//! which rules count and how much, tables that nobody uses yet, how large a table is,
//! and what squawk has no rule for.

mod ignores;
mod made;
mod own;
mod rules;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::thread;

use serde::Serialize;
use squawk_linter::{Linter, Rule as SquawkRule, Version};
use squawk_syntax::SourceFile;
use squawk_syntax::ast::AstNode;

use super::sql;
use ignores::Ignores;
use made::Made;
pub use rules::{Harm, Lock, Rule, Severity};
pub use table::RULES;

/// A migration's up.sql, or any other script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    pub name: String,
    pub text: String,
    pub transactional: bool,
}

impl Script {
    /// A script of which nothing else tells how it runs: in a transaction, unless it
    /// says so itself in squawk's words.
    pub fn alone(name: String, text: String) -> Script {
        let says_not = |line: &str| {
            line.trim_start()
                .strip_prefix("--")
                .is_some_and(|comment| comment.trim() == "squawk-disable-assume-in-transaction")
        };
        let transactional = !text.lines().any(says_not);
        Script { name, text, transactional }
    }
}

/// What a database says of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Table {
    /// With its indexes and partitions; `None` while somebody holds it exclusively.
    pub size_bytes: Option<u64>,
    pub estimated_rows: Option<u64>,
    pub is_partitioned: bool,
}

/// What is known of the database; nothing where there is none.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub server_major: Option<u32>,
    /// The one that the inbox is in.
    pub schema: Option<String>,
    /// Its tables by name.
    pub tables: BTreeMap<String, Table>,
    /// The table of each index.
    pub indexes: BTreeMap<String, String>,
}

impl Facts {
    /// Where names without a schema are; nobody told of another.
    fn own_schema(&self) -> &str {
        self.schema.as_deref().unwrap_or("public")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub severity: Severity,
    pub rule: &'static str,
    pub migration: String,
    /// From 1, as the column.
    pub line: usize,
    pub column: usize,
    /// What it does to production.
    pub what: String,
    /// The safe way.
    pub remedy: String,
    /// The table that it is about, as far as one can tell.
    pub table: Option<String>,
    /// The lock that it takes there.
    pub lock: Option<Lock>,
    pub size_bytes: Option<u64>,
    pub estimated_rows: Option<u64>,
    /// An error anywhere else, but this table is read and written in no time.
    pub is_small: bool,
}

/// Tables below this size are rewritten, scanned or indexed before anybody notices.
pub const SMALL_BYTES: u64 = 8 << 20;

/// The oldest server that the schema runs on: what is safe there is safe on all.
const DEFAULT_MAJOR: u32 = 13;

/// A statement with more words and signs than this is data, not DDL. squawk's parser
/// calls itself for what is nested, and takes a time that grows with the square.
const MOST_TOKENS: usize = 10_000;

/// Room for a token that is nested in the one before, several times what was measured.
const STACK_BYTES_A_TOKEN: usize = 24 << 10;
const LEAST_STACK_BYTES: usize = 8 << 20;

/// What is wrong with the scripts, which run in this order, one after the other.
pub fn lint(scripts: &[Script], facts: &Facts) -> Vec<Finding> {
    let statements = scripts.iter().flat_map(|script| sql::statements(&script.text));
    let longest = statements.map(|statement| tokens(statement.text)).max().unwrap_or_default();
    let stack_bytes = LEAST_STACK_BYTES + STACK_BYTES_A_TOKEN * longest.min(MOST_TOKENS);
    thread::scope(|scope| {
        thread::Builder::new()
            .stack_size(stack_bytes)
            .spawn_scoped(scope, || {
                let mut made = Made::default();
                scripts.iter().flat_map(|script| lint_script(script, facts, &mut made)).collect()
            })
            .ok()
            .and_then(|thread| thread.join().ok())
            .unwrap_or_else(|| scripts.iter().map(unread).collect())
    })
}

/// Something that a rule has an opinion on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hit {
    rule: &'static Rule,
    /// Bytes before it in the script.
    start: usize,
    end: usize,
    /// In place of the rule's own words.
    what: Option<String>,
}

impl Hit {
    fn new(rule: &str, start: usize, end: usize) -> Option<Hit> {
        table::find(rule).map(|rule| Hit { rule, start, end, what: None })
    }

    fn saying(self, what: impl Into<String>) -> Hit {
        Hit { what: Some(what.into()), ..self }
    }
}

fn lint_script(script: &Script, facts: &Facts, made: &mut Made) -> Vec<Finding> {
    let (text, mut hits) = without_long_statements(&script.text);
    let parse = SourceFile::parse(&text);
    let ignores = Ignores::read(&parse.syntax_node(), &text);
    hits.extend(ignores.unknown());
    if let Some(error) = parse.errors().first() {
        let start = usize::from(error.range().start());
        let what = format!("It can't be read: {}.", error.message().trim_end_matches('.'));
        hits.extend(Hit::new("syntax-error", start, start).map(|hit| hit.saying(what)));
    }
    hits.extend(squawk(script, &parse, &text, facts));
    hits.extend(own::whole(script, &parse.tree()));

    let place =
        |hit: Hit, subject: Option<String>| finding(script, &text, hit, subject.as_deref(), facts);
    let mut findings = Vec::new();
    let mut before = own::Before::default();
    for statement in parse.tree().stmts() {
        let range = statement.syntax().text_range();
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        let subjects = made::subjects(&statement, facts);
        let within = |hit: &Hit| (start..end).contains(&hit.start);
        let mut here: Vec<Hit> = hits.extract_if(.., |hit| within(hit)).collect();
        here.extend(own::statement(script, &statement, &before, made, facts));
        let used = made.used(&subjects, facts);
        for hit in without_echoes(here) {
            let is_harmless = hit.rule.harm != Harm::Fails && used.is_none();
            if !is_harmless && !ignores.cover(&hit, start) {
                findings.push(place(hit, used.clone().flatten()));
            }
        }
        before.add(&statement);
        made.add(&statement, facts);
    }
    // What stands outside of every statement.
    for hit in hits {
        if !ignores.cover(&hit, hit.start) {
            findings.push(place(hit, None));
        }
    }
    findings.sort_by_key(|finding| (finding.line, finding.column));
    findings
}

/// What squawk finds, as far as one of our rules is its.
fn squawk(
    script: &Script,
    parse: &squawk_syntax::Parse<SourceFile>,
    text: &str,
    facts: &Facts,
) -> Vec<Hit> {
    let rules = RULES.iter().filter_map(|rule| SquawkRule::try_from(rule.name).ok());
    let mut linter = Linter::from(rules);
    linter.settings.assume_in_transaction = script.transactional;
    let major = facts.server_major.unwrap_or(DEFAULT_MAJOR);
    linter.settings.pg_version = major.to_string().parse::<Version>().unwrap_or_default();
    linter
        .lint(parse, text)
        .into_iter()
        .filter_map(|violation| {
            let (start, end) = (violation.text_range.start(), violation.text_range.end());
            let hit = Hit::new(&violation.code.to_string(), start.into(), end.into())?;
            let rewrites_nothing = hit.rule.name == "adding-field-with-default"
                && text[hit.start..hit.end].trim_end().to_ascii_lowercase().ends_with("virtual");
            Some(hit).filter(|_| !rewrites_nothing)
        })
        .collect()
}

/// Less the general rule of constraints where a rule of its own names the same one.
fn without_echoes(hits: Vec<Hit>) -> Vec<Hit> {
    const GENERAL: &str = "constraint-missing-not-valid";
    const SPECIAL: [&str; 3] = [
        "adding-foreign-key-constraint",
        "disallowed-unique-constraint",
        "adding-serial-primary-key-field",
    ];
    let is_named = |general: &Hit| {
        hits.iter().any(|hit| {
            SPECIAL.contains(&hit.rule.name) && (general.start..general.end).contains(&hit.start)
        })
    };
    hits.iter().filter(|hit| hit.rule.name != GENERAL || !is_named(hit)).cloned().collect()
}

fn finding(script: &Script, text: &str, hit: Hit, table: Option<&str>, facts: &Facts) -> Finding {
    let known = table.and_then(|table| facts.tables.get(table)).copied().unwrap_or_default();
    let rule = hit.rule;
    let is_small = rule.harm == Harm::Grows
        && rule.severity == Severity::Error
        && known.size_bytes.is_some_and(|size| size < SMALL_BYTES);
    let (line, column) = position(text, hit.start);
    let remedy = match rule.remedy_if_partitioned {
        Some(remedy) if known.is_partitioned => remedy,
        _ => rule.remedy,
    };
    Finding {
        severity: if is_small { Severity::Warn } else { rule.severity },
        rule: rule.name,
        migration: script.name.clone(),
        line,
        column,
        what: hit.what.unwrap_or_else(|| rule.what.to_owned()),
        remedy: remedy.to_owned(),
        table: table.map(str::to_owned),
        lock: rule.lock.filter(|_| table.is_some()),
        size_bytes: known.size_bytes,
        estimated_rows: known.estimated_rows,
        is_small,
    }
}

/// Line and column, from 1, the column in characters.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// The text with blanks in place of statements that are too long, and a hit for each.
fn without_long_statements(text: &str) -> (String, Vec<Hit>) {
    let mut hits = Vec::new();
    let mut kept = text.to_owned();
    for statement in sql::statements(text) {
        if tokens(statement.text) <= MOST_TOKENS {
            continue;
        }
        let start = statement.text.as_ptr() as usize - text.as_ptr() as usize;
        let end = start + statement.text.len();
        let blank: String =
            statement.text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        kept.replace_range(start..end, &blank);
        hits.extend(Hit::new("statement-too-long", start, start));
    }
    (kept, hits)
}

/// Words, and signs between them.
fn tokens(text: &str) -> usize {
    let mut number = 0;
    let mut in_word = false;
    for byte in text.bytes() {
        let is_word = byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        let goes_on = is_word && in_word;
        if !goes_on && !byte.is_ascii_whitespace() {
            number += 1;
        }
        in_word = is_word;
    }
    number
}

/// The parser gave up; that must not pass for clean.
fn unread(script: &Script) -> Finding {
    let hit = Hit { rule: &rules::UNREAD, start: 0, end: 0, what: None };
    finding(script, &script.text, hit, None, &Facts::default())
}

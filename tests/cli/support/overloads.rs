//! A stranger who may create in the schema of the inbox, and overloads all that commands call
//! there, so that they would call him.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::server;
use super::{Database, with_user};

/// All that stand in our statements.
const OPERATORS: &[&str] = &[
    "=", "<>", "<", ">", "<=", ">=", "||", "->", "->>", "#>", "#>>", "@>", "<@", "&&", "?", "?|",
    "?&", "+", "-", "*", "/", "%", "&", "|", "<<", ">>", "~", "~*", "!~", "!~*", "~~", "~~*",
    "!~~", "!~~*", "@@", "^@", "#-",
];

/// Where our statements stand.
const PLACES: [&str; 3] = ["src/store", "src/domain", "migrations"];

/// A role that may log in, connect, and create in the schema of an inbox.
pub(crate) struct Stranger {
    url: String,
    schema: String,
    database: String,
    log: Option<PathBuf>,
}

impl Stranger {
    /// On the shared server.
    pub(crate) fn on(database: &Database, schema: &str) -> Stranger {
        Stranger::of(&database.url(), &database.name, schema, server::log_file())
    }

    /// At a superuser's URL.
    pub(crate) fn of(url: &str, database: &str, schema: &str, log: Option<PathBuf>) -> Stranger {
        let name = format!("{database}_eve");
        let sql = format!(
            "CREATE ROLE {name} LOGIN; GRANT CREATE, USAGE ON SCHEMA \"{schema}\" TO {name}"
        );
        let mut admin = PgConnection::establish(url).expect("the administrator's connection");
        admin.batch_execute(&sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        let url = with_user(url, &name);
        Stranger { url, schema: schema.to_owned(), database: database.to_owned(), log }
    }

    /// Overloads everything for all types that there are.
    pub(crate) fn overload(&self) {
        let mut conn = PgConnection::establish(&self.url).expect("the stranger's connection");
        make(&mut conn, &self.schema);
    }

    /// Fails with all that was called so far.
    pub(crate) fn expect_nothing(&self, what: &str) {
        let Some(log) = &self.log else { return };
        let called: Vec<String> = captured(log, &self.database).into_iter().collect();
        assert!(called.is_empty(), "{what} called:\n{}", called.join("\n"));
    }
}

/// Makes the overloads, as who owns them.
fn make(stranger: &mut PgConnection, schema: &str) {
    let list = |words: &[&str]| {
        let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        format!("ARRAY[{}]::text[]", quoted.join(", "))
    };
    let names = called();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let sql = include_str!("overloads.sql")
        .replace("{schema_literal}", &format!("'\"{schema}\"'"))
        .replace("{schema}", &format!("\"{schema}\""))
        .replace("{names}", &list(&names))
        .replace("{operators}", &list(OPERATORS));
    stranger.batch_execute(&sql).unwrap_or_else(|error| panic!("the overloads: {error}"));
}

/// What the server logged of calls in a database, each once.
fn captured(log: &Path, database: &str) -> BTreeSet<String> {
    let log = fs::read(log).expect("the server's log");
    let begin = format!("captured in {database}: ");
    String::from_utf8_lossy(&log)
        .lines()
        .filter_map(|line| line.split_once(&begin))
        .map(|(_, what)| what.to_owned())
        .collect()
}

/// Words before a parenthesis, in all our statements.
fn called() -> BTreeSet<String> {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let mut found = BTreeSet::new();
    for (_, text) in texts() {
        for (at, _) in text.match_indices('(') {
            let word = &text[text[..at].trim_end_matches(is_word).len()..at];
            if !word.is_empty() {
                found.insert(word.to_owned());
            }
        }
    }
    found
}

/// Our statements, file by file, and the code around them.
pub(crate) fn texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    PLACES.iter().for_each(|place| collect(&root.join(place), &mut texts));
    texts
}

fn collect(folder: &Path, texts: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the sources") {
        let path = entry.expect("an entry").path();
        let is_text = path.extension().is_some_and(|end| end == "rs" || end == "sql");
        if path.is_dir() {
            collect(&path, texts);
        } else if is_text {
            let text = fs::read_to_string(&path).expect("UTF-8");
            texts.push((path.display().to_string(), text));
        }
    }
}

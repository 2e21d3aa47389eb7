//! The order in which the SQL of all differences runs as one script, in one
//! transaction: types before tables, functions after what they call.

use super::difference::Difference;
use super::identifier::{name, shown};
use super::phase::{Phase, mentions};
use crate::domain::sql::with_full_operators;

/// The statements of all differences, each after what it needs, with a comment
/// above that says what it mends. Empty if there are none. First what the session
/// must be set to, whoever runs it, for as long as its transaction lasts.
pub fn script(differences: &[Difference], schema: &str) -> Vec<String> {
    let mut parts: Vec<(Phase, &Difference, Vec<&str>)> = Vec::new();
    for difference in differences {
        for (phase, sql) in &difference.steps {
            match parts.last_mut() {
                Some((last, of, list)) if last == phase && std::ptr::eq(*of, difference) => {
                    list.push(sql);
                }
                _ => parts.push((*phase, difference, vec![sql])),
            }
        }
    }
    parts.sort_by_key(|(phase, _, _)| *phase);
    let mut lines = Vec::new();
    for group in parts.chunk_by(|one, other| one.0 == other.0) {
        for (_, difference, list) in after_what_they_name(group) {
            lines.push(format!("-- {}", difference.title()));
            lines.extend(list.iter().map(|sql| spelled_out(sql)));
        }
    }
    if !lines.is_empty() {
        let settings = [
            format!("SET LOCAL search_path = {}, pg_temp", name(schema)),
            // A body is checked when it is called.
            String::from("SET LOCAL check_function_bodies = off"),
            String::from("SET LOCAL standard_conforming_strings = on"),
        ];
        lines.splice(0..0, settings);
    }
    lines
}

/// A routine's body names what it calls as it was written; what the server writes down itself doesn't.
fn spelled_out(sql: &str) -> String {
    const WRITTEN_BY_THE_SERVER: [&str; 5] = [
        "CREATE INDEX ",
        "CREATE UNIQUE INDEX ",
        "CREATE TRIGGER ",
        "CREATE CONSTRAINT TRIGGER ",
        "CREATE POLICY ",
    ];
    let is_check = sql.starts_with("ALTER TABLE ") && sql.contains(" CHECK (");
    match is_check || WRITTEN_BY_THE_SERVER.iter().any(|start| sql.starts_with(start)) {
        true => with_full_operators(sql),
        false => sql.to_owned(),
    }
}

type Part<'a> = (Phase, &'a Difference, Vec<&'a str>);

/// Routines and views name each other; what names nobody that is still to come
/// goes first.
fn after_what_they_name<'a, 'b>(group: &'b [Part<'a>]) -> Vec<&'b Part<'a>> {
    let mut left: Vec<&Part<'a>> = group.iter().collect();
    if !left.first().is_some_and(|(phase, _, _)| phase.is_of_definitions()) {
        return left;
    }
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let names_another = |one: &&Part<'a>| {
            left.iter().any(|other| {
                !std::ptr::eq(one.1, other.1)
                    && one.2.iter().any(|sql| mentions(sql, other.1.bare_name()))
            })
        };
        // Those that name each other in a circle keep their order.
        let next = left.iter().position(|one| !names_another(one)).unwrap_or(0);
        ordered.push(left.remove(next));
    }
    ordered
}

/// A comment in place of a statement that would fail.
pub(super) fn taken(kind: &str, wanted: &str) -> String {
    format!("-- {kind} {} {TAKEN}", shown(wanted))
}

const TAKEN: &str = "can't be made: something else has that name";

/// Whether it is such a comment.
pub(super) fn is_taken(sql: &str) -> bool {
    sql.starts_with("--") && sql.ends_with(TAKEN)
}

//! What is said of things that are made anew: read in the source, and said again in the copy.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{Array, Text};

use crate::domain::adopt::mapping::Mapping;
use crate::store::statements::{self, quote_identifier, quote_literal};
use crate::store::tx;

#[derive(Debug, Clone, QueryableByName)]
pub struct Comment {
    /// `TRIGGER`, as COMMENT ON names it.
    #[diesel(sql_type = Text)]
    kind: String,
    /// Empty for the table itself.
    #[diesel(sql_type = Text)]
    part: String,
    #[diesel(sql_type = Text)]
    relation: String,
    /// Empty where it becomes one of ours.
    #[diesel(sql_type = Text)]
    written: String,
    #[diesel(sql_type = Text)]
    description: String,
}

/// `taken` become ours.
///
/// # Errors
/// The server refuses.
pub fn read(conn: &mut PgConnection, taken: &[String]) -> QueryResult<Vec<Comment>> {
    diesel::sql_query(include_str!("../sql/adopt_comments.sql"))
        .bind::<Array<Text>, _>(taken)
        .load(conn)
}

/// Of what is there under its name; what isn't was left behind, and is named as such.
///
/// # Errors
/// The connection is gone.
pub fn say_again(
    conn: &mut PgConnection,
    mapping: &Mapping,
    comments: &[Comment],
) -> QueryResult<()> {
    for comment in comments {
        for statement in comment.statements(mapping) {
            match tx::attempt(conn, |conn| statements::run(conn, &statement)) {
                Ok(()) => break,
                Err(Error::DatabaseError(kind, _))
                    if kind != DatabaseErrorKind::ClosedConnection => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

impl Comment {
    /// The likeliest first: a unique key of theirs is an index here, whose name may have been taken.
    fn statements(&self, mapping: &Mapping) -> Vec<String> {
        let Comment { kind, part, relation, written, description } = self;
        let ours = mapping.of(relation).filter(|_| written.is_empty());
        let table = match ours {
            Some(table) => quote_identifier(table.model.table),
            None if written.is_empty() => return Vec::new(),
            None => written.clone(),
        };
        let is = format!(" IS {}", quote_literal(description));
        let name = quote_identifier(part);
        let index = |name: &str| format!("COMMENT ON INDEX {}{is}", quote_identifier(name));
        let indexes = || [index(part), index(&format!("application_{part}"))];
        let on_table = format!("COMMENT ON {kind} {name} ON {table}{is}");
        match kind.as_str() {
            "TABLE" => vec![format!("COMMENT ON TABLE {table}{is}")],
            "COLUMN" => ours
                .and_then(|ours| ours.column_of(part))
                .map(|here| format!("COMMENT ON COLUMN {table}.{}{is}", quote_identifier(here)))
                .into_iter()
                .collect(),
            "INDEX" => indexes().into(),
            "CONSTRAINT" if ours.is_some() => [on_table].into_iter().chain(indexes()).collect(),
            _ => vec![on_table],
        }
    }
}

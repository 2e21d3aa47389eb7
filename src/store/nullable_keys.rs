//! Foreign keys that a row can do without: where what they point at has gone, it comes back with
//! nothing in their place.

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text};

use super::archive_rows::Layout;
use super::statements::quote_identifier;

#[derive(Debug, Clone, QueryableByName)]
pub struct NullableKey {
    /// The table that it points at, as SQL writes it and as people read it.
    #[diesel(sql_type = Text)]
    pub parent: String,
    #[diesel(sql_type = Text)]
    pub label: String,
    #[diesel(sql_type = Text)]
    pub constraint_name: String,
    /// The table points at itself.
    #[diesel(sql_type = Bool)]
    pub is_own: bool,
    #[diesel(sql_type = Array<Text>)]
    pub columns: Vec<String>,
    /// Those that are emptied.
    #[diesel(sql_type = Array<Text>)]
    pub nullable: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    referenced: Vec<String>,
    /// What the server compares each pair with, the referenced column first.
    #[diesel(sql_type = Array<Text>)]
    operators: Vec<String>,
    /// Emptied as a whole or not at all.
    #[diesel(sql_type = Bool)]
    is_whole: bool,
    /// A row goes with what it points at.
    #[diesel(sql_type = Bool)]
    pub cascades: bool,
    /// The constraint as SQL writes it, where it may be checked at the end.
    #[diesel(sql_type = Nullable<Text>)]
    pub deferrable: Option<String>,
}

pub fn of_table(conn: &mut PgConnection, relation: &str) -> QueryResult<Vec<NullableKey>> {
    Ok(all_of_table(conn, relation)?.into_iter().filter(NullableKey::can_be_empty).collect())
}

/// With those that no row can do without.
pub fn all_of_table(conn: &mut PgConnection, relation: &str) -> QueryResult<Vec<NullableKey>> {
    diesel::sql_query(include_str!("sql/nullable_keys.sql")).bind::<Text, _>(relation).load(conn)
}

impl NullableKey {
    /// Of one that must be empty as a whole or not at all, every column can be.
    pub fn can_be_empty(&self) -> bool {
        match self.is_whole {
            true => self.nullable.len() == self.columns.len(),
            false => !self.nullable.is_empty(),
        }
    }

    /// As people read it.
    pub fn name(&self) -> String {
        format!("{} -> {}", self.columns.join(", "), self.label)
    }

    /// The columns that it points at.
    pub fn referenced(&self) -> &[String] {
        &self.referenced
    }

    /// Whether what a record `r` of texts points at has gone: it is neither in the table nor, where
    /// the table points at itself, among the lines of `$2`.
    pub fn is_gone(&self, layout: &Layout) -> String {
        self.is_gone_beside(layout, self.is_own)
    }

    /// The same; what it points at may be among the lines of `$2` if `comes` says so.
    pub fn is_gone_beside(&self, layout: &Layout, comes: bool) -> String {
        let pairs = self.columns.iter().zip(&self.referenced);
        let set =
            self.columns.iter().map(|name| format!("r.{} IS NOT NULL", quote_identifier(name)));
        let equal = pairs.zip(&self.operators).map(|((own, theirs), operator)| {
            format!("p.{} {operator} {}", quote_identifier(theirs), typed(layout, own, "r", own))
        });
        let mut condition = format!(
            "{} AND NOT EXISTS (SELECT FROM {} p WHERE {})",
            set.collect::<Vec<_>>().join(" AND "),
            self.parent,
            equal.collect::<Vec<_>>().join(" AND ")
        );
        if comes {
            condition += &format!(" AND {} IS NOT TRUE", self.is_beside(layout));
        }
        format!("({condition})")
    }

    /// Whether what a record `r` of texts points at is among the lines of `$2`.
    pub fn is_beside(&self, layout: &Layout) -> String {
        let pairs = || self.columns.iter().zip(&self.referenced);
        let ours: Vec<String> = pairs().map(|(own, _)| typed(layout, own, "r", own)).collect();
        let theirs: Vec<String> = pairs().map(|(own, to)| typed(layout, to, "s", own)).collect();
        // One for all the columns, as rows are compared.
        let operator = match self.operators.as_slice() {
            [first, others @ ..] if others.iter().all(|other| other == first) => first,
            _ => "OPERATOR(pg_catalog.=)",
        };
        let record = self.referenced.iter().map(|name| format!("{} text", quote_identifier(name)));
        format!(
            "(({}) {operator} ANY (SELECT {} FROM pg_catalog.unnest($2::text[]) AS o (line), \
                 json_to_record(o.line::json) AS s ({})))",
            ours.join(", "),
            theirs.join(", "),
            record.collect::<Vec<_>>().join(", ")
        )
    }
}

/// A text of a record, as the type of one of the columns that point.
fn typed(layout: &Layout, name: &str, record: &str, own: &str) -> String {
    format!("{record}.{}::{}", quote_identifier(name), layout.type_of(own))
}

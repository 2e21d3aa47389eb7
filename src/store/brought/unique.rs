//! Unique keys of a table: a row that isn't there may still be kept out by another that has the same
//! values.

use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

use crate::store::statements::quote_identifier;

/// A unique key of all rows, of columns alone: what others look at only the server can tell.
#[derive(Debug, Clone, QueryableByName)]
pub(super) struct Unique {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Array<Text>)]
    pub columns: Vec<String>,
    /// What their values are compared with.
    #[diesel(sql_type = Array<Text>)]
    operators: Vec<String>,
}

/// Those of a table, as SQL writes it, that have one of these columns.
pub(super) fn of_table(
    conn: &mut PgConnection,
    relation: &str,
    columns: &[&str],
) -> QueryResult<Vec<Unique>> {
    diesel::sql_query(concat!(
        "WITH ",
        include_str!("../sql/named.sql"),
        include_str!("../sql/unique_keys.sql")
    ))
    .bind::<Array<Text>, _>(vec![relation])
    .bind::<Array<Text>, _>(columns)
    .load(conn)
}

impl Unique {
    /// That a row `t` of the table, of which `others` is true, has the values of a row `a`.
    pub(super) fn is_taken(&self, relation: &str, others: &str) -> String {
        let pairs = self.columns.iter().zip(&self.operators).map(|(column, operator)| {
            let name = quote_identifier(column);
            format!("t.{name} {operator} a.{name}")
        });
        let pairs: Vec<String> = pairs.collect();
        format!("EXISTS (SELECT FROM {relation} t WHERE {} AND {others})", pairs.join(" AND "))
    }
}

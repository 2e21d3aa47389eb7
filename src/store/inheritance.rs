//! Tables that inherit from others. A row of theirs has columns of its own, and other keys point at
//! it: it is neither deleted nor archived as a row of the table above. Partitions are no such tables.

use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

use super::statements::{quote_literal, truth};

/// A table that inherits from another, at whatever remove.
#[derive(Debug, Clone, QueryableByName)]
pub struct Heir {
    /// As SQL writes it, and as people read it.
    #[diesel(sql_type = Text)]
    pub relation: String,
    #[diesel(sql_type = Text)]
    pub label: String,
}

/// What inherits from a table, as SQL writes it.
pub fn heirs(conn: &mut PgConnection, relation: &str) -> QueryResult<Vec<Heir>> {
    diesel::sql_query(concat!(
        "WITH RECURSIVE ",
        include_str!("sql/named.sql"),
        ", heirs AS ( \
             SELECT inhrelid AS id FROM pg_inherits WHERE inhparent = (SELECT id FROM named) \
             UNION SELECT i.inhrelid FROM pg_inherits i JOIN heirs ON i.inhparent = heirs.id) \
         SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation, \
             CASE WHEN n.nspname = current_schema() THEN c.relname::text \
                 ELSE n.nspname::text || '.' || c.relname::text END AS label \
         FROM heirs JOIN pg_class c ON c.oid = heirs.id JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE NOT c.relispartition ORDER BY 2",
    ))
    .bind::<Array<Text>, _>(vec![relation])
    .load(conn)
}

/// What FROM says of a table, as SQL writes it, for the rows that are its own: of a partitioned one
/// those of its partitions.
pub fn own_rows(conn: &mut PgConnection, relation: &str) -> QueryResult<String> {
    let is_partitioned = truth(
        conn,
        &format!(
            "SELECT coalesce((SELECT relkind::text = 'p' FROM pg_class WHERE oid = to_regclass({})::oid), false) AS truth",
            quote_literal(relation)
        ),
    )?;
    Ok(if is_partitioned { relation.to_owned() } else { format!("ONLY {relation}") })
}

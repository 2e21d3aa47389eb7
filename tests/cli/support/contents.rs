//! Every row of every table of a database, to compare one moment with another.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::Text;

/// By table (with its schema, quoted where needed) its rows as JSON, sorted. A partitioned table
/// has the rows of its partitions.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Contents(pub BTreeMap<String, Vec<String>>);

impl Contents {
    pub(crate) fn read(conn: &mut PgConnection) -> Contents {
        let tables = lines(
            conn,
            "SELECT pg_catalog.format('%I.%I', nspname, relname) AS line \
             FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace \
             WHERE relkind IN ('r', 'p') AND NOT relispartition \
                 AND nspname <> 'information_schema' AND NOT starts_with(nspname::text, 'pg_')",
        );
        let rows = |table: &String| {
            lines(
                conn,
                &format!("SELECT pg_catalog.to_jsonb(t)::text AS line FROM {table} t ORDER BY 1"),
            )
        };
        let rows: Vec<Vec<String>> = tables.iter().map(rows).collect();
        Contents(tables.into_iter().zip(rows).collect())
    }

    /// But for these tables.
    pub(crate) fn without(mut self, tables: &[&str]) -> Contents {
        self.0.retain(|table, _| !tables.contains(&table.as_str()));
        self
    }

    pub(crate) fn tables(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    pub(crate) fn rows(&self, table: &str) -> &[String] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }
}

fn lines(conn: &mut PgConnection, query: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let rows: Vec<Row> =
        diesel::sql_query(query).load(conn).unwrap_or_else(|error| panic!("{query}: {error}"));
    rows.into_iter().map(|row| row.line).collect()
}

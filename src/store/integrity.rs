//! Asking whether rows and indexes are sound.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use crate::domain::integrity::Question;

/// How many rows are wrong.
pub fn count(conn: &mut PgConnection, question: &Question) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        bad: i64,
    }
    let sql = match question.sql.contains("{bounds}") {
        true => question.sql.replace("{bounds}", &bounds(conn, &question.object)?),
        false => question.sql.clone(),
    };
    let row: Row = diesel::sql_query(sql).get_result(conn)?;
    Ok(row.bad)
}

/// The condition that the rows of a partition meet.
fn bounds(conn: &mut PgConnection, partition: &str) -> QueryResult<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Text>)]
        bounds: Option<String>,
    }
    let row: Row = diesel::sql_query(
        "SELECT pg_get_partition_constraintdef(quote_ident($1)::regclass) AS bounds",
    )
    .bind::<Text, _>(partition)
    .get_result(conn)?;
    Ok(row.bounds.unwrap_or_else(|| String::from("true")))
}

/// The B-trees that amcheck can look into; `None` where it isn't installed.
pub fn checkable_indexes(conn: &mut PgConnection) -> QueryResult<Option<Vec<String>>> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Bool)]
        found: bool,
    }
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let amcheck: Found = diesel::sql_query(
        "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'amcheck') AS found",
    )
    .get_result(conn)?;
    if !amcheck.found {
        return Ok(None);
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT c.relname::text AS name FROM pg_index i \
         JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam \
         WHERE m.amname = 'btree' AND c.relkind = 'i' AND i.indisvalid \
           AND c.relnamespace = quote_ident(current_schema()::text)::regnamespace ORDER BY 1",
    )
    .load(conn)?;
    Ok(Some(rows.into_iter().map(|row| row.name).collect()))
}

/// Looks into one of them; an error says what is broken.
pub fn check_index(conn: &mut PgConnection, index: &str) -> QueryResult<()> {
    diesel::sql_query(
        "SELECT e.nspname FROM pg_extension x JOIN pg_namespace e ON e.oid = x.extnamespace, \
             LATERAL (SELECT bt_index_check(quote_ident($1)::regclass)) c \
         WHERE x.extname = 'amcheck'",
    )
    .bind::<Text, _>(index)
    .execute(conn)
    .map(drop)
}

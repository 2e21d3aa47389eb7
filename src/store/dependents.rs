//! What depends on the objects of the inbox's schema; `domain::schema_diff` says what follows.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};

use super::statements::{quote_identifier, truth};
use crate::domain::schema_diff::{Dependent, On, Question};

/// Everything, whoever made it.
///
/// # Errors
/// The server refuses.
pub fn read(conn: &mut PgConnection) -> QueryResult<Vec<Dependent>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        on_kind: String,
        #[diesel(sql_type = Text)]
        on_table: String,
        #[diesel(sql_type = Text)]
        on_name: String,
        #[diesel(sql_type = Text)]
        kind: String,
        #[diesel(sql_type = Text)]
        table_name: String,
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Bool)]
        is_here: bool,
        #[diesel(sql_type = Nullable<Text>)]
        schema: Option<String>,
    }
    let rows: Vec<Row> = diesel::sql_query(include_str!("sql/dependents.sql")).load(conn)?;
    let dependent = |row: Row| Dependent {
        on: match row.on_kind.as_str() {
            "rows" => On::Rows,
            "column" => On::Column,
            "index" => On::Index,
            "constraint" => On::Constraint,
            "type" => On::Type,
            "function" => On::Function,
            _ => On::Table,
        },
        on_table: row.on_table,
        on_name: row.on_name,
        kind: row.kind,
        table: Some(row.table_name).filter(|table| !table.is_empty()),
        name: row.name,
        is_here: row.is_here,
        schema: row.schema,
    };
    Ok(rows.into_iter().map(dependent).collect())
}

/// Whether rows lack a value for what is to be NOT NULL.
///
/// # Errors
/// The server refuses: the role may not read the table.
pub fn is_unfilled(conn: &mut PgConnection, question: &Question) -> QueryResult<bool> {
    let table = quote_identifier(&question.table);
    let lacks = match question.is_there {
        true => format!(" WHERE {} IS NULL", quote_identifier(&question.column)),
        false => String::new(),
    };
    truth(conn, &format!("SELECT EXISTS (SELECT FROM {table}{lacks}) AS truth"))
}

//! For a copy in which nobody is recognisable: which columns there are, what identifies somebody, and what
//! has to go from the copy.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Nullable, Text};

use super::statements::{names, quote_identifier, run};
use crate::domain::anonymise::{Column, Kind, Plan, Shape, Table};
use crate::store::scalar::ScalarQuery;

/// Values that are read at once.
const BATCH: usize = 5_000;

/// Every table that has rows of its own.
pub fn tables(conn: &mut PgConnection) -> QueryResult<Vec<Table>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        schema_name: String,
        #[diesel(sql_type = Text)]
        table_name: String,
        #[diesel(sql_type = Text)]
        root: String,
        #[diesel(sql_type = Bool)]
        is_beside: bool,
        #[diesel(sql_type = Bool)]
        is_lent: bool,
        #[diesel(sql_type = Text)]
        column_name: String,
        #[diesel(sql_type = Bool)]
        is_nullable: bool,
        #[diesel(sql_type = Text)]
        of_type: String,
        #[diesel(sql_type = Text)]
        shape: String,
        #[diesel(sql_type = Nullable<Integer>)]
        length: Option<i32>,
    }
    let rows: Vec<Row> = diesel::sql_query(include_str!("sql/anonymise_columns.sql")).load(conn)?;
    let mut tables: Vec<Table> = Vec::new();
    for row in rows {
        let is_another = tables
            .last()
            .is_none_or(|table| table.schema != row.schema_name || table.name != row.table_name);
        if is_another {
            tables.push(Table {
                schema: row.schema_name,
                name: row.table_name,
                root: row.root,
                is_beside: row.is_beside,
                is_lent: row.is_lent,
                columns: Vec::new(),
            });
        }
        let column = Column {
            name: row.column_name,
            shape: match row.shape.as_str() {
                "json" => Shape::Json,
                "text" => Shape::Text,
                "list" => Shape::List,
                "opaque" => Shape::Opaque,
                _ => Shape::Other,
            },
            of_type: row.of_type,
            length: row.length.and_then(|length| usize::try_from(length).ok()),
            is_nullable: row.is_nullable,
        };
        if let Some(table) = tables.last_mut() {
            table.columns.push(column);
        }
    }
    Ok(tables)
}

/// Hands over what people are called and reached by, of every column that holds it.
pub fn identifying(
    conn: &mut PgConnection,
    plan: &Plan,
    each: &mut dyn FnMut(Kind, &str),
) -> QueryResult<()> {
    for planned in plan.tables() {
        for (column, kind) in planned.table.columns.iter().zip(&planned.kinds) {
            if planned.is_identifying(*kind) {
                read(conn, &planned.table, &column.name, &mut |text| each(*kind, text))?;
            }
        }
    }
    Ok(())
}

fn read(
    conn: &mut PgConnection,
    table: &Table,
    column: &str,
    each: &mut dyn FnMut(&str),
) -> QueryResult<()> {
    let (schema, name) = (quote_identifier(&table.schema), quote_identifier(&table.name));
    let column = quote_identifier(column);
    run(
        conn,
        &format!(
            "DECLARE inboxctl_values NO SCROLL CURSOR FOR \
             SELECT {column}::text AS value FROM ONLY {schema}.{name} WHERE {column} IS NOT NULL"
        ),
    )?;
    loop {
        let values = diesel::sql_query(format!("FETCH FORWARD {BATCH} FROM inboxctl_values"))
            .scalars::<Text, String>(conn)?;
        values.iter().for_each(|value| each(value));
        if values.len() < BATCH {
            return run(conn, "CLOSE inboxctl_values");
        }
    }
}

/// Words that are the application's and nobody's: tables and columns, labels, and actions that are held.
pub fn words(conn: &mut PgConnection, plan: &Plan) -> QueryResult<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    for Table { schema, name, root, columns, .. } in plan.tables().map(|one| &one.table) {
        words.extend([schema, name, root].map(String::clone));
        words.extend(columns.iter().map(|column| column.name.clone()));
    }
    words.extend(names(conn, "SELECT enumlabel::text AS name FROM pg_enum")?);
    let has_holds =
        plan.tables().any(|one| one.table.is_beside && one.table.name == "retention_holds");
    if has_holds {
        let held = "SELECT DISTINCT value AS name FROM retention_holds WHERE kind = 'action'";
        words.extend(names(conn, held)?);
    }
    Ok(words)
}

/// What judges values of a column.
#[derive(Debug, QueryableByName)]
pub struct Guard {
    /// Of a constraint or an index.
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub schema_name: String,
    #[diesel(sql_type = Text)]
    pub table_name: String,
    #[diesel(sql_type = Text)]
    pub column_name: String,
}

pub fn guards(conn: &mut PgConnection) -> QueryResult<Vec<Guard>> {
    diesel::sql_query(include_str!("sql/anonymise_guards.sql")).load(conn)
}

/// A foreign key, as pieces of SQL that the server quoted.
#[derive(Debug, QueryableByName)]
pub struct Key {
    #[diesel(sql_type = Text)]
    relation: String,
    #[diesel(sql_type = Text)]
    points: String,
    #[diesel(sql_type = Text)]
    referenced: String,
    #[diesel(sql_type = Text)]
    is_met: String,
    /// What is set where a row that it points at goes.
    #[diesel(sql_type = Nullable<Text>)]
    emptied: Option<String>,
}

/// Of the source: the copy has none until its rows are there.
pub fn keys(conn: &mut PgConnection) -> QueryResult<Vec<Key>> {
    diesel::sql_query(include_str!("sql/anonymise_keys.sql")).load(conn)
}

/// Takes rows of the copy away that lead nowhere, or what leads there; whether there were any.
pub fn drop_dangling(conn: &mut PgConnection, keys: &[Key]) -> QueryResult<bool> {
    let mut is_changed = false;
    for key in keys {
        let Key { relation, points, referenced, is_met, emptied } = key;
        let leads_nowhere =
            format!("{points} AND NOT EXISTS (SELECT FROM {referenced} AS p WHERE {is_met})");
        let statement = match emptied {
            Some(emptied) => format!("UPDATE {relation} AS c SET {emptied} WHERE {leads_nowhere}"),
            None => format!("DELETE FROM {relation} AS c WHERE {leads_nowhere}"),
        };
        is_changed |= diesel::sql_query(statement).execute(conn)? > 0;
    }
    Ok(is_changed)
}

/// Logins at other servers that the schema brought along.
pub fn drop_credentials(conn: &mut PgConnection) -> QueryResult<()> {
    let statements = names(
        conn,
        "SELECT pg_catalog.format('DROP USER MAPPING FOR %s SERVER %I', \
             CASE WHEN umuser = 0::oid THEN 'PUBLIC' ELSE quote_ident(usename::text) END, srvname) AS name \
         FROM pg_user_mappings ORDER BY 1",
    )?;
    statements.iter().try_for_each(|statement| run(conn, statement))
}

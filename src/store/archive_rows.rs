//! Rows as lines of an archive. As rows again they are `archive_return`'s.
//!
//! Who deletes rows selects [`Layout::line_columns`] of them, hands each to an
//! `archive::Writer`, has it finish, and only then deletes, in any number of
//! transactions, the versions of rows that it selected and no others. Killed in
//! between, the rows are in the archive and in the table; the next run archives
//! them again, and restoring both archives brings each row back once.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use jiff::Timestamp;

use super::statements::quote_identifier;
use crate::domain::archive::{About, Column, DEPENDANTS, Form, TableColumn};
use crate::store::scalar::ScalarQuery;

/// What a table's rows look like in an archive.
#[derive(Debug, Clone)]
pub struct Layout {
    pub table: String,
    /// As SQL writes it.
    pub relation: String,
    pub columns: Vec<Column>,
    /// The columns of the primary key, in its order.
    pub key: Vec<String>,
    /// What their values are compared with.
    pub(super) key_operators: Vec<String>,
    /// The newest migration of the database.
    pub schema_version: String,
    now: Vec<TableColumn>,
}

#[derive(QueryableByName)]
struct CatalogColumn {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    data_type: String,
    #[diesel(sql_type = Text)]
    form: String,
    #[diesel(sql_type = Bool)]
    is_required: bool,
    #[diesel(sql_type = Bool)]
    is_generated: bool,
    /// From 1; 0 is no part of it.
    #[diesel(sql_type = BigInt)]
    key_place: i64,
    /// By which the index of the key compares it.
    #[diesel(sql_type = Nullable<Text>)]
    equals: Option<String>,
}

/// Looks a table up in the catalogue. `None`: there is no such table.
pub fn layout(conn: &mut PgConnection, table: &str) -> QueryResult<Option<Layout>> {
    layout_of(conn, &quote_identifier(table), table)
}

/// As [`layout`], of any table, as SQL writes it and as people read it.
pub fn layout_of(
    conn: &mut PgConnection,
    relation: &str,
    table: &str,
) -> QueryResult<Option<Layout>> {
    let found: Vec<CatalogColumn> = diesel::sql_query(include_str!("sql/archive_columns.sql"))
        .bind::<Text, _>(relation)
        .load(conn)?;
    if found.is_empty() {
        return Ok(None);
    }
    let mut key: Vec<_> = found.iter().filter(|column| column.key_place > 0).collect();
    key.sort_by_key(|column| column.key_place);
    let key_operators = key.iter().filter_map(|column| column.equals.clone()).collect();
    let key = key.iter().map(|column| column.name.clone()).collect();
    let columns = found.iter().map(|column| Column {
        name: column.name.clone(),
        data_type: column.data_type.clone(),
        form: match column.form.as_str() {
            "scalar" => Form::Scalar,
            "document" => Form::Document,
            _ => Form::Text,
        },
    });
    Ok(Some(Layout {
        table: table.to_owned(),
        relation: relation.to_owned(),
        columns: columns.collect(),
        key,
        key_operators,
        schema_version: schema_version(conn)?,
        now: found
            .into_iter()
            .map(|column| TableColumn {
                name: column.name,
                data_type: column.data_type,
                is_required: column.is_required,
                is_generated: column.is_generated,
            })
            .collect(),
    }))
}

fn schema_version(conn: &mut PgConnection) -> QueryResult<String> {
    diesel::sql_query(
        "SELECT coalesce(max(version::text), '') AS version FROM __diesel_schema_migrations",
    )
    .scalar::<Text, _>(conn)
}

impl Layout {
    /// What the manifest of an archive of this table says of it.
    pub fn about(&self, cutoff: Timestamp) -> About {
        About {
            table: self.table.clone(),
            columns: self.columns.clone(),
            key: self.key.clone(),
            schema_version: self.schema_version.clone(),
            cutoff,
            dependants: Vec::new(),
            audit_head: None,
            replaces: Vec::new(),
        }
    }

    /// What SQL calls the type of a column.
    pub fn type_of(&self, column: &str) -> &str {
        let found = self.now.iter().find(|now| now.name == column);
        found.map_or("text", |now| now.data_type.as_str())
    }

    /// The columns as they are now, to hold archived ones against.
    pub fn table_columns(&self) -> &[TableColumn] {
        &self.now
    }

    /// `... AS line, ... AS key`: two texts, the row that goes by `alias` as its
    /// line, and its key as `domain::archive::key_of` finds it there.
    ///
    /// The session's time zone must be UTC, as `connect` sets it.
    pub fn line_columns(&self, alias: &str) -> String {
        format!("{} AS line, {}", self.line_sql(alias, None), self.key_column(alias))
    }

    /// `... AS key`.
    pub(super) fn key_column(&self, alias: &str) -> String {
        let key: Vec<String> =
            self.key.iter().map(|column| self.value_sql(alias, column)).collect();
        format!("pg_catalog.concat_ws(' ', {}) AS key", key.join(", "))
    }

    /// The row as the text of its line, with what hangs on it.
    pub(super) fn line_sql(&self, alias: &str, dependants: Option<&str>) -> String {
        if dependants.is_none() && self.columns.iter().all(|column| column.form != Form::Text) {
            return format!("pg_catalog.row_to_json({alias}.*)::text");
        }
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|column| {
                let name = quote_identifier(&column.name);
                let cast = if column.form == Form::Text { "::text" } else { "" };
                format!("{alias}.{name}{cast} AS {name}")
            })
            .chain(dependants.map(|lists| format!("{lists} AS \"{DEPENDANTS}\"")))
            .collect();
        format!(
            "(SELECT pg_catalog.row_to_json(archived.*)::text FROM (SELECT {}) AS archived)",
            columns.join(", ")
        )
    }

    /// A value of the key as JSON prints it: times with `T` and zone.
    fn value_sql(&self, alias: &str, column: &str) -> String {
        let value = format!("{alias}.{}", quote_identifier(column));
        let is = |start: &str| {
            self.columns.iter().any(|it| it.name == column && it.data_type.starts_with(start))
        };
        match is("timestamp") {
            true => format!("pg_catalog.to_json({value})#>>'{{}}'::text[]"),
            false => format!("{value}::text"),
        }
    }
}

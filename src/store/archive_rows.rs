//! Rows as lines of an archive, and lines as rows again.
//!
//! Who deletes rows selects [`Layout::line_columns`] of them, hands each to an
//! `archive::Writer`, has it finish, and only then deletes, in any number of
//! transactions, the versions of rows that it selected and no others. Killed in
//! between, the rows are in the archive and in the table; the next run archives
//! them again, and restoring both archives brings each row back once.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text};
use jiff::Timestamp;

use super::statements::quote_identifier;
use crate::domain::archive::{About, Column, Form, TableColumn};

/// What a table's rows look like in an archive.
#[derive(Debug, Clone)]
pub struct Layout {
    pub table: String,
    pub columns: Vec<Column>,
    /// The columns of the primary key, in its order.
    pub key: Vec<String>,
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
}

/// Looks a table up in the catalogue. `None`: there is no such table.
pub fn layout(conn: &mut PgConnection, table: &str) -> QueryResult<Option<Layout>> {
    let found: Vec<CatalogColumn> = diesel::sql_query(include_str!("sql/archive_columns.sql"))
        .bind::<Text, _>(table)
        .load(conn)?;
    if found.is_empty() {
        return Ok(None);
    }
    let mut key: Vec<_> = found.iter().filter(|column| column.key_place > 0).collect();
    key.sort_by_key(|column| column.key_place);
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
        columns: columns.collect(),
        key,
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
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        version: String,
    }
    let row: Row = diesel::sql_query(
        "SELECT coalesce(max(version), '') AS version FROM __diesel_schema_migrations",
    )
    .get_result(conn)?;
    Ok(row.version)
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
        }
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
        let key: Vec<String> =
            self.key.iter().map(|column| self.value_sql(alias, column)).collect();
        format!("{} AS line, concat_ws(' ', {}) AS key", self.line_sql(alias), key.join(", "))
    }

    /// The row as the text of its line.
    fn line_sql(&self, alias: &str) -> String {
        if self.columns.iter().all(|column| column.form != Form::Text) {
            return format!("row_to_json({alias})::text");
        }
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|column| {
                let name = quote_identifier(&column.name);
                let cast = if column.form == Form::Text { "::text" } else { "" };
                format!("{alias}.{name}{cast} AS {name}")
            })
            .collect();
        format!(
            "(SELECT row_to_json(archived)::text FROM (SELECT {}) AS archived)",
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
            true => format!("to_json({value})#>>'{{}}'"),
            false => format!("{value}::text"),
        }
    }
}

/// How many of these lines have a row with their key.
pub fn count_existing(
    conn: &mut PgConnection,
    layout: &Layout,
    lines: &[&str],
) -> QueryResult<u64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let row: Row = diesel::sql_query(format!(
        "SELECT count(*) AS rows FROM ({}) AS archived WHERE EXISTS (SELECT FROM {} AS t WHERE {})",
        keys_sql(layout),
        quote_identifier(&layout.table),
        same_key(layout, "archived"),
    ))
    .bind::<Array<Text>, _>(lines)
    .get_result(conn)?;
    Ok(u64::try_from(row.rows).unwrap_or_default())
}

/// The keys in the lines of `$1`, with the types of the table.
fn keys_sql(layout: &Layout) -> String {
    let columns: Vec<String> = layout
        .now
        .iter()
        .filter(|column| layout.key.contains(&column.name))
        .map(|column| format!("{} {}", quote_identifier(&column.name), column.data_type))
        .collect();
    format!(
        "SELECT l.line, k.* FROM unnest($1::text[]) AS l (line), \
         json_to_record(l.line::json) AS k ({})",
        columns.join(", ")
    )
}

fn same_key(layout: &Layout, alias: &str) -> String {
    let pairs = layout.key.iter().map(|column| {
        let name = quote_identifier(column);
        format!("t.{name} = {alias}.{name}")
    });
    pairs.collect::<Vec<_>>().join(" AND ")
}

/// Inserts the lines whose keys the table doesn't have, with the columns that
/// `domain::archive::restorable` found. Returns how many it inserted.
pub fn insert(
    conn: &mut PgConnection,
    layout: &Layout,
    columns: &[(&Column, &str)],
    lines: &[&str],
) -> QueryResult<usize> {
    let name = |column: &Column| quote_identifier(&column.name);
    let list = |each: &dyn Fn(&(&Column, &str)) -> String| {
        columns.iter().map(each).collect::<Vec<_>>().join(", ")
    };
    let record = list(&|(column, _)| match column.form {
        Form::Document => format!("{} json", name(column)),
        Form::Scalar | Form::Text => format!("{} text", name(column)),
    });
    // A record has NULL for the document `null`, and a document is never NULL.
    let values = list(&|(column, data_type)| match column.form {
        Form::Document => format!("coalesce(r.{}, 'null')::{data_type}", name(column)),
        Form::Scalar | Form::Text => format!("r.{}::{data_type}", name(column)),
    });
    let key: Vec<String> = layout.key.iter().map(|column| quote_identifier(column)).collect();
    diesel::sql_query(format!(
        "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE \
         SELECT {values} FROM unnest($1::text[]) AS l (line), \
         json_to_record(l.line::json) AS r ({record}) \
         ON CONFLICT ({}) DO NOTHING",
        quote_identifier(&layout.table),
        list(&|(column, _)| name(column)),
        key.join(", "),
    ))
    .bind::<Array<Text>, _>(lines)
    .execute(conn)
}

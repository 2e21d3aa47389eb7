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
use crate::domain::archive::{About, Column, DEPENDANTS, Form, TableColumn};

/// What a table's rows look like in an archive.
#[derive(Debug, Clone)]
pub struct Layout {
    pub table: String,
    /// As SQL writes it.
    pub relation: String,
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
            dependants: Vec::new(),
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
        format!("{} AS line, {}", self.line_sql(alias, None), self.key_column(alias))
    }

    /// `... AS key`.
    pub(super) fn key_column(&self, alias: &str) -> String {
        let key: Vec<String> =
            self.key.iter().map(|column| self.value_sql(alias, column)).collect();
        format!("concat_ws(' ', {}) AS key", key.join(", "))
    }

    /// The row as the text of its line, with what hangs on it.
    pub(super) fn line_sql(&self, alias: &str, dependants: Option<&str>) -> String {
        if dependants.is_none() && self.columns.iter().all(|column| column.form != Form::Text) {
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
            .chain(dependants.map(|lists| format!("{lists} AS \"{DEPENDANTS}\"")))
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

/// Those of these lines whose key no row has.
pub fn absent(
    conn: &mut PgConnection,
    layout: &Layout,
    lines: &[&str],
) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let rows: Vec<Row> = diesel::sql_query(format!(
        "SELECT archived.line FROM ({}) AS archived \
         WHERE NOT EXISTS (SELECT FROM {} AS t WHERE {})",
        keys_sql(layout),
        layout.relation,
        same_key(layout, "archived"),
    ))
    .bind::<Array<Text>, _>(lines)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.line).collect())
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

/// A foreign key of the table that a row can do without.
#[derive(Debug, Clone, QueryableByName)]
pub struct NullableKey {
    /// The table that it points at, as SQL writes it and as people read it.
    #[diesel(sql_type = Text)]
    pub parent: String,
    #[diesel(sql_type = Text)]
    pub label: String,
    #[diesel(sql_type = Array<Text>)]
    pub columns: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    referenced: Vec<String>,
}

pub fn nullable_keys(conn: &mut PgConnection, relation: &str) -> QueryResult<Vec<NullableKey>> {
    diesel::sql_query(include_str!("sql/nullable_keys.sql")).bind::<Text, _>(relation).load(conn)
}

impl NullableKey {
    /// Whether what a record `r` of texts points at has gone.
    fn is_gone(&self, layout: &Layout) -> String {
        let typed = |name: &String| {
            let found = layout.now.iter().find(|column| column.name == *name);
            let data_type = found.map_or("text", |column| column.data_type.as_str());
            format!("r.{}::{data_type}", quote_identifier(name))
        };
        let set =
            self.columns.iter().map(|name| format!("r.{} IS NOT NULL", quote_identifier(name)));
        let equal = self
            .columns
            .iter()
            .zip(&self.referenced)
            .map(|(own, theirs)| format!("p.{} = {}", quote_identifier(theirs), typed(own)));
        format!(
            "({} AND NOT EXISTS (SELECT FROM {} p WHERE {}))",
            set.collect::<Vec<_>>().join(" AND "),
            self.parent,
            equal.collect::<Vec<_>>().join(" AND ")
        )
    }

    /// How many of the lines point at a row that has gone.
    pub fn count_gone(
        &self,
        conn: &mut PgConnection,
        layout: &Layout,
        lines: &[&str],
    ) -> QueryResult<u64> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = BigInt)]
            rows: i64,
        }
        let record: Vec<String> =
            self.columns.iter().map(|name| format!("{} text", quote_identifier(name))).collect();
        let row: Row = diesel::sql_query(format!(
            "SELECT count(*) AS rows FROM unnest($1::text[]) AS l (line), \
             json_to_record(l.line::json) AS r ({}) WHERE {}",
            record.join(", "),
            self.is_gone(layout)
        ))
        .bind::<Array<Text>, _>(lines)
        .get_result(conn)?;
        Ok(u64::try_from(row.rows).unwrap_or_default())
    }
}

/// `INSERT ... SELECT` of the lines that `lines` has as `l.line`. Where `keys` point at nothing any
/// more their columns are empty, and an entry of the audit log keeps its user's id in its details.
pub(super) fn insert_statement(
    layout: &Layout,
    columns: &[(&Column, &str)],
    keys: &[NullableKey],
    lines: &str,
) -> String {
    let name = |column: &Column| quote_identifier(&column.name);
    let list = |each: &dyn Fn(&(&Column, &str)) -> String| {
        columns.iter().map(each).collect::<Vec<_>>().join(", ")
    };
    let record = list(&|(column, _)| match column.form {
        Form::Document => format!("{} json", name(column)),
        Form::Scalar | Form::Text => format!("{} text", name(column)),
    });
    let key_of = |column: &str| keys.iter().find(|key| key.columns.iter().any(|own| own == column));
    let user = key_of("user_id").filter(|_| layout.table == "audit_logs");
    // A record has NULL for the document `null`, and a document is never NULL.
    let values = list(&|(column, data_type)| {
        let value = match column.form {
            Form::Document => format!("coalesce(r.{}, 'null')::{data_type}", name(column)),
            Form::Scalar | Form::Text => format!("r.{}::{data_type}", name(column)),
        };
        match (key_of(&column.name), user) {
            (Some(key), _) => format!("CASE WHEN NOT {} THEN {value} END", key.is_gone(layout)),
            (None, Some(user)) if column.name == "details" => format!(
                "CASE WHEN {} AND jsonb_typeof({value}) = 'object' THEN {value} || jsonb_build_object( \
                     CASE WHEN {value} ? 'user_id' THEN 'archived_user_id' ELSE 'user_id' END, r.user_id) \
                 ELSE {value} END",
                user.is_gone(layout)
            ),
            (None, _) => value,
        }
    });
    format!(
        "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {values} \
         FROM {lines}, json_to_record(l.line::json) AS r ({record})",
        layout.relation,
        list(&|(column, _)| name(column)),
    )
}

/// Inserts the lines whose keys the table doesn't have, with the columns that
/// `domain::archive::restorable` found. Returns how many it inserted.
pub fn insert(
    conn: &mut PgConnection,
    layout: &Layout,
    columns: &[(&Column, &str)],
    keys: &[NullableKey],
    lines: &[&str],
) -> QueryResult<usize> {
    let key: Vec<String> = layout.key.iter().map(|column| quote_identifier(column)).collect();
    let statement = insert_statement(layout, columns, keys, "unnest($1::text[]) AS l (line)");
    diesel::sql_query(format!("{statement} ON CONFLICT ({}) DO NOTHING", key.join(", ")))
        .bind::<Array<Text>, _>(lines)
        .execute(conn)
}

//! Whole rows as documents from which they come back byte for byte.
//!
//! `to_jsonb` alone loses the spacing, the order and the second of two equal keys of a `json`, the
//! bounds of an array, the sign of a zero, a JSON null beside none at all, and it fails where a
//! `json` says `\u0000`. Whatever isn't certain to come back is recorded as its text.

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use super::statements::quote_identifier;

/// The columns of a table.
#[derive(Debug, Clone, Default)]
pub struct RowShape(Vec<Column>);

#[derive(Debug, Clone, QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    /// As SQL writes it.
    #[diesel(sql_type = Text)]
    type_name: String,
    /// `plain` and `time` are documented as they are; `json`, `jsonb` and `other`.
    #[diesel(sql_type = Text)]
    form: String,
    #[diesel(sql_type = Bool)]
    is_generated: bool,
    #[diesel(sql_type = Bool)]
    is_always_identity: bool,
    #[diesel(sql_type = Bool)]
    is_identity: bool,
    #[diesel(sql_type = Bool)]
    can_select: bool,
}

/// The columns of a table, as SQL writes it; none where there is no such table.
pub fn load(conn: &mut PgConnection, table: &str) -> QueryResult<RowShape> {
    let columns = diesel::sql_query(concat!(
        "WITH ",
        include_str!("sql/named.sql"),
        include_str!("sql/row_shape.sql")
    ))
    .bind::<Array<Text>, _>(vec![table]);
    Ok(RowShape(columns.load(conn)?))
}

impl RowShape {
    fn names(&self, is_wanted: impl Fn(&Column) -> bool) -> Vec<String> {
        self.0.iter().filter(|one| is_wanted(one)).map(|one| one.name.clone()).collect()
    }

    pub fn all(&self) -> Vec<String> {
        self.names(|_| true)
    }

    pub fn readable(&self) -> Vec<String> {
        self.names(|one| one.can_select)
    }

    /// Those that an INSERT may name.
    pub fn insertable(&self) -> Vec<String> {
        self.names(|one| !one.is_generated)
    }

    /// Those that an UPDATE may set.
    pub fn updatable(&self) -> Vec<String> {
        self.names(|one| !one.is_generated && !one.is_always_identity)
    }

    /// Those that hold what somebody gave them.
    pub fn given(&self) -> Vec<String> {
        self.names(|one| !one.is_generated && !one.is_identity)
    }

    pub fn is_time(&self, name: &str) -> bool {
        self.0.iter().any(|one| one.name == name && one.form == "time")
    }

    fn of<'a>(&'a self, names: &'a [String]) -> impl Iterator<Item = &'a Column> {
        self.0.iter().filter(|one| names.contains(&one.name))
    }

    /// The document of these columns of the row `alias`, for a list of results.
    pub fn document(&self, alias: &str, names: &[String]) -> String {
        let value = |column: &Column| {
            let name = quote_identifier(&column.name);
            let value = format!("{alias}.{name}");
            let text = match column.form.as_str() {
                "plain" | "time" => value,
                "json" => format!("{value}::text"),
                "jsonb" => format!(
                    "CASE WHEN jsonb_typeof({value}::jsonb) IN ('object', 'array') THEN {value}::jsonb \
                     ELSE pg_catalog.to_jsonb({value}::text) END"
                ),
                // A cast to text might be the application's own.
                _ => format!(
                    "CASE WHEN pg_catalog.num_nulls({value}) = 0 THEN pg_catalog.format('%s', {value}) END"
                ),
            };
            format!("{text} AS {name}")
        };
        let values: Vec<String> = self.of(names).map(value).collect();
        format!("(SELECT pg_catalog.to_jsonb(r.*) FROM (SELECT {}) AS r)", values.join(", "))
    }

    /// What documents are read as, for `jsonb_to_recordset(...) AS o (...)`.
    pub fn definitions(&self, names: &[String]) -> String {
        let definition = |column: &Column| {
            let type_name = if column.is_json() { "text" } else { &column.type_name };
            format!("{} {type_name}", quote_identifier(&column.name))
        };
        self.of(names).map(definition).collect::<Vec<_>>().join(", ")
    }

    /// Each of these columns as SQL writes it, with its value in such a record.
    pub fn values(&self, names: &[String]) -> Vec<(String, String)> {
        let value = |column: &Column| {
            let name = quote_identifier(&column.name);
            let cast =
                if column.is_json() { format!("::{}", column.type_name) } else { String::new() };
            (name.clone(), format!("o.{name}{cast}"))
        };
        self.of(names).map(value).collect()
    }
}

impl Column {
    fn is_json(&self) -> bool {
        self.form.starts_with("json")
    }
}

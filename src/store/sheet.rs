//! Any table of the database as a sheet: its rows as text, in the order of an index, page by page.
//!
//! Every statement takes a part of the table by that order and no more; a filter goes through it part
//! by part, so that it can stop anywhere and say how far it came.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Double, Nullable, Text};

use super::retention;
use super::statements::{quote_identifier, quote_literal};

/// A table that the role may read.
#[derive(Debug, Clone, QueryableByName)]
pub struct TableName {
    /// As SQL writes it, with its schema.
    #[diesel(sql_type = Text)]
    pub relation: String,
    /// As people read it: without the schema, where that is the inbox's.
    #[diesel(sql_type = Text)]
    pub label: String,
    #[diesel(sql_type = BigInt)]
    pub oid: i64,
    /// The planner's; none where nothing was ever analysed.
    #[diesel(sql_type = Nullable<Double>)]
    pub estimated_rows: Option<f64>,
    #[diesel(sql_type = BigInt)]
    pub columns: i64,
}

/// Tables of all schemas but the server's own, those of the inbox first; partitions with their table.
pub fn tables(conn: &mut PgConnection, limit: i64) -> QueryResult<Vec<TableName>> {
    diesel::sql_query(include_str!("sql/sheet_tables.sql")).bind::<BigInt, _>(limit).load(conn)
}

#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Column {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub type_name: String,
    /// The table that it leads to, by a foreign key of this column alone, as SQL writes it; the same
    /// for the three that follow.
    #[diesel(sql_type = Nullable<Text>)]
    pub leads_to: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub leads_to_label: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub leads_to_oid: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    pub leads_to_column: Option<String>,
}

/// An order in which rows can be read without sorting the table.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Order {
    #[diesel(sql_type = Array<Text>)]
    pub columns: Vec<String>,
    /// Of each of those.
    #[diesel(sql_type = Array<Text>)]
    pub types: Vec<String>,
    /// Columns that may be empty: such rows have no place in this order.
    #[diesel(sql_type = Array<Text>)]
    pub nullable: Vec<String>,
}

/// What is known of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    pub columns: Vec<Column>,
    /// The primary key's comes first; none where the table has no index that tells rows apart.
    pub orders: Vec<Order>,
}

/// None where it is gone.
pub fn shape(conn: &mut PgConnection, oid: i64) -> QueryResult<Option<Shape>> {
    let columns: Vec<Column> = diesel::sql_query(include_str!("sql/sheet_columns.sql"))
        .bind::<BigInt, _>(oid)
        .load(conn)?;
    let orders = diesel::sql_query(include_str!("sql/sheet_orders.sql"))
        .bind::<BigInt, _>(oid)
        .load(conn)?;
    Ok(Some(Shape { columns, orders }).filter(|shape| !shape.columns.is_empty()))
}

/// Which rows of which table, in which order.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// As SQL writes it.
    pub relation: &'a str,
    pub shape: &'a Shape,
    /// The place of the order in the shape.
    pub order: usize,
    pub is_descending: bool,
    /// A column of the shape and what it is to be.
    pub only: Option<(&'a str, &'a str)>,
    /// The key of the last row that was seen.
    pub after: Option<&'a [String]>,
    /// What a row has to have somewhere, in any case.
    pub text: Option<&'a str>,
}

#[derive(Debug, Clone, QueryableByName)]
pub struct Row {
    #[diesel(sql_type = Array<Nullable<Text>>)]
    pub cells: Vec<Option<String>>,
    #[diesel(sql_type = Array<Text>)]
    pub key: Vec<String>,
    /// The last one that was looked at may be none that was looked for.
    #[diesel(sql_type = Bool)]
    pub is_hit: bool,
    /// How many rows were looked at with this one.
    #[diesel(sql_type = BigInt)]
    pub place: i64,
}

/// Characters of a value that are shown.
const SHOWN: u32 = 400;

impl Wanted<'_> {
    fn statement(&self) -> String {
        let order = self.shape.orders.get(self.order);
        let text = |name: &str| format!("{}::text", quote_identifier(name));
        let cells = self.shape.columns.iter();
        let cells: Vec<String> =
            cells.map(|one| format!("pg_catalog.left({}, {SHOWN})", text(&one.name))).collect();
        let sorted: Vec<String> = order
            .map(|one| one.columns.iter().map(|name| quote_identifier(name)).collect())
            .unwrap_or_default();
        let key: Vec<String> = order
            .map(|one| one.columns.iter().map(|name| text(name)).collect())
            .unwrap_or_default();
        let mut conditions = vec![String::from("true")];
        for name in order.iter().flat_map(|one| &one.nullable) {
            conditions.push(format!("{} IS NOT NULL", quote_identifier(name)));
        }
        if let Some((column, value)) = self.only
            && let Some(column) = self.shape.columns.iter().find(|one| one.name == column)
        {
            conditions.push(format!(
                "{} OPERATOR(pg_catalog.=) {}::{}",
                quote_identifier(&column.name),
                quote_literal(value),
                column.type_name
            ));
        }
        let (compared, direction) = if self.is_descending { ("<", " DESC") } else { (">", "") };
        if let (Some(after), Some(order)) = (self.after, order) {
            let values = after.iter().zip(&order.types);
            let values: Vec<String> =
                values.map(|(value, of)| format!("{}::{of}", quote_literal(value))).collect();
            conditions.push(format!(
                "ROW({}) OPERATOR(pg_catalog.{compared}) ROW({})",
                sorted.join(", "),
                values.join(", ")
            ));
        }
        let by: Vec<String> = sorted.iter().map(|name| format!("{name}{direction}")).collect();
        let by = if by.is_empty() { String::new() } else { format!("ORDER BY {}", by.join(", ")) };
        format!(
            "SELECT cells, key, is_hit, place FROM ( \
                 SELECT cells, key, row_number() OVER () AS place, count(*) OVER () AS looked_at, \
                     $1 IS NULL OR pg_catalog.array_to_string(cells, ' '::text) ILIKE $1 AS is_hit \
                 FROM (SELECT ARRAY[{}]::text[] AS cells, ARRAY[{}]::text[] AS key \
                       FROM {} WHERE {} {by} LIMIT $2) AS part) AS seen \
             WHERE is_hit OR place = looked_at ORDER BY place",
            cells.join(", "),
            key.join(", "),
            self.relation,
            conditions.join(" AND ")
        )
    }
}

/// Of the next `rows` rows those that are hits, and the last one.
pub fn page(conn: &mut PgConnection, wanted: Wanted<'_>, rows: i64) -> QueryResult<Vec<Row>> {
    retention::walk_by_index(conn)?;
    let pattern = wanted.text.map(super::messages::pattern);
    diesel::sql_query(wanted.statement())
        .bind::<Nullable<Text>, _>(pattern)
        .bind::<BigInt, _>(rows)
        .load(conn)
}

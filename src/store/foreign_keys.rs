//! Foreign keys of any table, ours or the application's, that point at a table of the inbox.
//!
//! Whatever deletes a row or moves what belongs to it asks here first: rows of tables that
//! inboxctl doesn't know are never lost, and never go unmentioned.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text};
use uuid::Uuid;

use super::statements::quote_identifier;
use crate::store::scalar::ScalarQuery;

/// A foreign key that points at a table.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct ForeignKey {
    /// The table that points, with its schema, quoted for SQL.
    #[diesel(sql_type = Text)]
    pub relation: String,
    /// What FROM says for the rows of that table without those of tables that inherit from it.
    #[diesel(sql_type = Text)]
    pub own_rows: String,
    /// As people read it.
    #[diesel(sql_type = Text)]
    pub label: String,
    /// What that is a partition of, as SQL writes it: the key is this one partition's alone.
    #[diesel(sql_type = Nullable<Text>)]
    pub whole: Option<String>,
    #[diesel(sql_type = Text)]
    pub schema_name: String,
    #[diesel(sql_type = Text)]
    pub table_name: String,
    #[diesel(sql_type = BigInt)]
    pub table_oid: i64,
    #[diesel(sql_type = Text)]
    pub constraint_name: String,
    /// The columns that point, and those that they point at, in the same order.
    #[diesel(sql_type = Array<Text>)]
    pub columns: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    pub referenced: Vec<String>,
    /// What it points at, as SQL writes it.
    #[diesel(sql_type = Text)]
    pub referenced_relation: String,
    /// What the server compares each pair with, the referenced column first.
    #[diesel(sql_type = Array<Text>)]
    pub operators: Vec<String>,
    /// What it compares the columns that point with one another.
    #[diesel(sql_type = Array<Text>)]
    pub own_operators: Vec<String>,
    #[diesel(sql_type = BigInt)]
    referenced_oid: i64,
    /// It points at one partition, not at the whole table.
    #[diesel(sql_type = Bool)]
    is_of_partition: bool,
    /// The table points at itself.
    #[diesel(sql_type = Bool)]
    pub is_own: bool,
    #[diesel(sql_type = Text)]
    on_delete: String,
    #[diesel(sql_type = Text)]
    on_update: String,
    #[diesel(sql_type = Bool)]
    pub is_deferrable: bool,
}

/// What the server does with a row that points, when what it points at is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// Refuses: NO ACTION and RESTRICT.
    Refuse,
    /// Deletes it too.
    Cascade,
    /// Empties its columns: SET NULL and SET DEFAULT.
    Reset,
}

/// The same, when what it points at gets other values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnUpdate {
    Refuse,
    /// Gives them to it too.
    Cascade,
    /// Empties its columns.
    Reset,
}

impl ForeignKey {
    pub fn on_delete(&self) -> OnDelete {
        match self.on_delete.as_str() {
            "c" => OnDelete::Cascade,
            "n" | "d" => OnDelete::Reset,
            _ => OnDelete::Refuse,
        }
    }

    /// What the server does with a row that points, when what it points at changes.
    pub fn on_update(&self) -> OnUpdate {
        match self.on_update.as_str() {
            "c" => OnUpdate::Cascade,
            "n" | "d" => OnUpdate::Reset,
            _ => OnUpdate::Refuse,
        }
    }

    /// That a row `child` has what a row `parent` is referred to by, quoted for SQL.
    pub fn join(&self, child: &str, parent: &str) -> String {
        let equal = |((column, referenced), operator): ((&String, &String), &String)| {
            format!(
                "{parent}.{} {operator} {child}.{}",
                quote_identifier(referenced),
                quote_identifier(column)
            )
        };
        let pairs = self.columns.iter().zip(&self.referenced).zip(&self.operators);
        pairs.map(equal).collect::<Vec<_>>().join(" AND ")
    }
}

impl ForeignKey {
    /// As if a table that inherits from the one that points had it too.
    pub fn of_heir(&self, relation: String, label: String) -> ForeignKey {
        ForeignKey { own_rows: format!("ONLY {relation}"), relation, label, ..self.clone() }
    }

    /// Whether a row `child` points at a row `parent`, which is another one.
    pub fn points(&self, child: &str, parent: &str) -> String {
        let mut condition = self.join(child, parent);
        if self.is_of_partition {
            // Another partition may have the same values.
            condition += &format!(
                " AND {parent}.tableoid IN (SELECT relid::oid FROM pg_partition_tree({}::oid::regclass))",
                self.referenced_oid
            );
        }
        if self.is_own {
            condition += &format!(
                " AND ({child}.tableoid, {child}.ctid) <> ({parent}.tableoid, {parent}.ctid)"
            );
        }
        condition
    }
}

/// Every foreign key that points at a table of the inbox or at one of its partitions, from any
/// schema; in the order of the names.
pub fn pointing_at(conn: &mut PgConnection, table: &str) -> QueryResult<Vec<ForeignKey>> {
    pointing_at_relation(conn, &quote_identifier(table))
}

/// As [`pointing_at`], of any table, as SQL writes it.
pub fn pointing_at_relation(
    conn: &mut PgConnection,
    relation: &str,
) -> QueryResult<Vec<ForeignKey>> {
    diesel::sql_query(concat!(
        "WITH ",
        include_str!("sql/named.sql"),
        include_str!("sql/foreign_keys.sql")
    ))
    .bind::<Array<Text>, _>(vec![relation])
    .load(conn)
}

/// A column that may not be NULL and that the server would make so, when what it points at is deleted.
pub fn never_empty(conn: &mut PgConnection, key: &ForeignKey) -> QueryResult<Option<String>> {
    let found = diesel::sql_query(
        "SELECT a.attname::text AS name FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid \
         WHERE k.conrelid = $1::regclass::oid AND k.conname = $2 AND k.confdeltype::text = 'n' \
             AND a.attnotnull AND a.attnum = ANY (k.conkey) \
             AND (coalesce(pg_catalog.to_jsonb(k) -> 'confdelsetcols'::text, 'null'::jsonb) = 'null'::jsonb \
                 OR pg_catalog.to_jsonb(k) -> 'confdelsetcols'::text @> pg_catalog.to_jsonb(a.attnum)) ORDER BY a.attnum LIMIT 1",
    )
    .bind::<Text, _>(&key.relation)
    .bind::<Text, _>(&key.constraint_name)
    .scalars::<Text, String>(conn)?;
    Ok(found.into_iter().next())
}

/// Rows that point at a row, of one table and by one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointing {
    /// The table, quoted as SQL writes it.
    pub relation: String,
    pub rows: i64,
}

/// What points at the row of a table of the inbox with that id.
pub fn rows_pointing_at(
    conn: &mut PgConnection,
    table: &str,
    id: Uuid,
) -> QueryResult<Vec<Pointing>> {
    let mut pointing = Vec::new();
    for key in pointing_at(conn, table)? {
        let rows = diesel::sql_query(format!(
            "SELECT count(*) AS rows FROM {} AS child JOIN {} AS parent ON {} WHERE parent.id = $1",
            key.relation,
            quote_identifier(table),
            key.join("child", "parent"),
        ))
        .bind::<diesel::sql_types::Uuid, _>(id)
        .scalar::<BigInt, i64>(conn)?;
        if rows > 0 {
            pointing.push(Pointing { relation: key.relation, rows });
        }
    }
    Ok(pointing)
}

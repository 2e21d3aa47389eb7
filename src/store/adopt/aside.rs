//! In the copy: what becomes ours goes aside, into a schema of its own, until it was converted.

use diesel::prelude::*;
use diesel::sql_types::{Array, Nullable, Text};

use super::expression::ASIDE;
use crate::domain::adopt::mapping::{Mapping, Value};
use crate::domain::adopt::room;
use crate::domain::adopt::stands::{Kind, Stand};
use crate::domain::schema_diff::Catalog;
use crate::store::statements::{self, quote_identifier};
use crate::store::tx;

/// A foreign key of a table of the application to one that goes aside.
#[derive(Debug, Clone, QueryableByName)]
pub struct Key {
    /// With its schema, quoted.
    #[diesel(sql_type = Text)]
    pub relation: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Array<Text>)]
    pub columns: Vec<String>,
    /// Theirs.
    #[diesel(sql_type = Text)]
    pub target: String,
    #[diesel(sql_type = Array<Text>)]
    pub target_columns: Vec<String>,
    /// What it says after the columns: ` ON DELETE CASCADE`.
    #[diesel(sql_type = Text)]
    pub manner: String,
}

/// A column of a table of the application that holds ids of ours, by a key or by a key to such a one.
#[derive(Debug, Clone, QueryableByName)]
pub struct Changed {
    /// With its schema, quoted.
    #[diesel(sql_type = Text)]
    pub relation: String,
    #[diesel(sql_type = Text)]
    pub column_name: String,
    #[diesel(sql_type = Text)]
    pub sql_type: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub default_value: Option<String>,
    /// Theirs whose ids it holds.
    #[diesel(sql_type = Text)]
    pub resource: String,
}

/// What was learned before they went.
pub struct Aside {
    pub keys: Vec<Key>,
    pub changed: Vec<Changed>,
    /// Theirs and the statement's end: `SELECT ... TO "reader"`.
    pub grants: Vec<Grant>,
}

#[derive(Debug, Clone, QueryableByName)]
pub struct Grant {
    /// Theirs.
    #[diesel(sql_type = Text)]
    pub table_name: String,
    /// Theirs, where it is about one.
    #[diesel(sql_type = Nullable<Text>)]
    pub column_name: Option<String>,
    #[diesel(sql_type = Text)]
    pub privilege: String,
    /// Quoted, or PUBLIC.
    #[diesel(sql_type = Text)]
    pub grantee: String,
    #[diesel(sql_type = Text)]
    pub option: String,
}

/// Moves them, and drops what was decided to be dropped. Run it in a transaction.
///
/// # Errors
/// Something hangs on them that nobody decided about.
pub fn set_aside(
    conn: &mut PgConnection,
    catalog: &Catalog,
    mapping: &Mapping,
    types: &[String],
    dropped: &[&Stand],
) -> QueryResult<Aside> {
    let tables = mapping.taken(catalog);
    // What reads a view goes before it.
    for stand in dropped.iter().rev() {
        if let Some(statement) = drop_statement(stand) {
            diesel::sql_query(statement).execute(conn)?;
        }
    }
    let aside = Aside {
        keys: keys(conn, &tables)?,
        changed: changed(conn, &tables, mapping)?,
        grants: grants(conn, mapping)?,
    };
    for key in &aside.keys {
        let name = quote_identifier(&key.name);
        statements::run(conn, &format!("ALTER TABLE {} DROP CONSTRAINT {name}", key.relation))?;
    }
    statements::run(conn, &format!("CREATE SCHEMA {ASIDE}"))?;
    for table in &tables {
        let name = quote_identifier(table);
        statements::run(conn, &format!("ALTER TABLE {name} SET SCHEMA {ASIDE}"))?;
    }
    for name in types {
        let name = quote_identifier(name);
        statements::run(conn, &format!("ALTER TYPE {name} SET SCHEMA {ASIDE}"))?;
    }
    Ok(aside)
}

/// What hangs on a table that goes aside goes with it.
fn drop_statement(stand: &Stand) -> Option<String> {
    match stand.kind {
        Kind::View => Some(format!("DROP VIEW {}", quote_identifier(&stand.name))),
        Kind::MaterializedView => {
            Some(format!("DROP MATERIALIZED VIEW {}", quote_identifier(&stand.name)))
        }
        // As the server spells it, with its arguments.
        Kind::Routine => Some(format!("DROP ROUTINE {}", stand.name)),
        Kind::ByStatement => Some(stand.definition.clone()),
        Kind::Trigger | Kind::Policy => None,
    }
}

/// In the source: what makes the keys of `tables` on which something stands that comes along.
pub fn keys_stood_on(conn: &mut PgConnection, tables: &[String]) -> QueryResult<Vec<String>> {
    let rows: Vec<statements::Name> = diesel::sql_query(include_str!("../sql/adopt_bare.sql"))
        .bind::<Array<Text>, _>(tables)
        .load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// Partitions of `tables` that lie in other schemas, which go with them.
///
/// # Errors
/// The server refuses.
pub fn partitions_elsewhere(
    conn: &mut PgConnection,
    tables: &[String],
) -> QueryResult<Vec<String>> {
    let rows: Vec<statements::Name> =
        diesel::sql_query(include_str!("../sql/adopt_partitions_elsewhere.sql"))
            .bind::<Array<Text>, _>(tables)
            .load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// Of any schema.
fn keys(conn: &mut PgConnection, tables: &[String]) -> QueryResult<Vec<Key>> {
    diesel::sql_query(include_str!("../sql/adopt_keys.sql"))
        .bind::<Array<Text>, _>(tables)
        .load(conn)
}

fn changed(
    conn: &mut PgConnection,
    tables: &[String],
    mapping: &Mapping,
) -> QueryResult<Vec<Changed>> {
    let ids = mapping.tables.iter().filter_map(|table| {
        let Value::Column(id) = &table.column("id")?.value else { return None };
        Some((table.name()?, id.as_str()))
    });
    let (names, ids): (Vec<&str>, Vec<&str>) = ids.unzip();
    diesel::sql_query(include_str!("../sql/adopt_changed.sql"))
        .bind::<Array<Text>, _>(tables)
        .bind::<Array<Text>, _>(names)
        .bind::<Array<Text>, _>(ids)
        .load(conn)
}

fn grants(conn: &mut PgConnection, mapping: &Mapping) -> QueryResult<Vec<Grant>> {
    let tables: Vec<&str> = mapping.tables.iter().filter_map(|table| table.name()).collect();
    diesel::sql_query(include_str!("../sql/adopt_grants.sql"))
        .bind::<Array<Text>, _>(tables)
        .load(conn)
}

/// Drops what went aside. Whatever of the application still hangs on it stays, and stops this.
///
/// # Errors
/// Something does, or the server refuses.
pub fn drop_aside(
    conn: &mut PgConnection,
    catalog: &Catalog,
    mapping: &Mapping,
    types: &[String],
) -> QueryResult<()> {
    let taken = catalog.tables.iter().filter(|table| mapping.is_taken(catalog, &table.name));
    // Partitions go with their table.
    let tables: Vec<String> = taken
        .filter(|table| table.partition_of.is_none())
        .map(|table| format!("{ASIDE}.{}", quote_identifier(&table.name)))
        .collect();
    if !tables.is_empty() {
        statements::run(conn, &format!("DROP TABLE {}", tables.join(", ")))?;
    }
    for name in types {
        statements::run(conn, &format!("DROP TYPE {ASIDE}.{}", quote_identifier(name)))?;
    }
    statements::run(
        conn,
        &format!(
            "DROP FUNCTION {ASIDE}.id(text), {ASIDE}.same(text), {ASIDE}.known(text, text), {ASIDE}.resource(text), {ASIDE}.followed(jsonb, text), \
             {ASIDE}.\"references\"(jsonb), {ASIDE}.names(jsonb)"
        ),
    )?;
    statements::run(conn, &format!("DROP TABLE {ASIDE}.inboxctl_words"))?;
    statements::run(conn, &format!("DROP SCHEMA {ASIDE}"))?;
    for name in room::replaced_types(catalog, mapping) {
        if !types.iter().any(|one| one == name) {
            let name = quote_identifier(name);
            // It stays where the application uses it elsewhere.
            let _ = tx::attempt(conn, |conn| statements::run(conn, &format!("DROP TYPE {name}")));
        }
    }
    Ok(())
}

//! References without a key in the application's own tables: by what a column is called, and by what
//! stands in it.

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use super::convert::count;
use super::expression::{ASIDE, is_id, renamed_list};
use super::identities;
use crate::domain::adopt::mapping::Mapping;
use crate::domain::adopt::words::{resource, says_where};
use crate::domain::schema_diff::Catalog;
use crate::store::statements::{quote_identifier, setting_is_on};
use crate::store::tx;

/// References without a key: `calls.contactId`, and the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    pub column: String,
    pub rows: usize,
    /// Why they still hold the old ids.
    pub why_not: Option<String>,
}

#[derive(Debug, QueryableByName)]
struct Column {
    /// With its schema, quoted.
    #[diesel(sql_type = Text)]
    relation: String,
    #[diesel(sql_type = Text)]
    shown: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    sql_type: String,
    #[diesel(sql_type = Bool)]
    says_where: bool,
}

fn columns(
    conn: &mut PgConnection,
    catalog: &Catalog,
    mapping: &Mapping,
) -> QueryResult<Vec<Column>> {
    let names = catalog.tables.iter().map(|table| table.name.as_str());
    let own: Vec<&str> = names.filter(|name| !mapping.is_taken(catalog, name)).collect();
    diesel::sql_query(include_str!("../sql/adopt_columns.sql"))
        .bind::<Array<Text>, _>(own)
        .load(conn)
}

/// In the source: columns of numbers that are called as if they held ids of what becomes ours, which
/// aren't followed, each with the rows that have one.
///
/// # Errors
/// The server refuses.
pub fn numbers(
    conn: &mut PgConnection,
    catalog: &Catalog,
    mapping: &Mapping,
) -> QueryResult<Vec<(String, u64)>> {
    let mut found = Vec::new();
    for column in columns(conn, catalog, mapping)?.into_iter().chain(own_numbers(mapping)) {
        let named = resource(&column.column_name).and_then(|name| mapping.ours(name));
        let may_lead = named.map_or(column.says_where, |table| table.theirs.is_some());
        if !may_lead || column.kind() != Kind::Number {
            continue;
        }
        let Column { relation, shown, column_name, .. } = column;
        let at = quote_identifier(&column_name);
        let rows =
            count(conn, &format!("SELECT pg_catalog.count({at}) AS number FROM {relation}"))?;
        if rows > 0 {
            found.push((shown, rows.unsigned_abs()));
        }
    }
    Ok(found)
}

/// The like of tables that become ours, in the source: what no column of ours is made of.
fn own_numbers(mapping: &Mapping) -> impl Iterator<Item = Column> {
    let tables = mapping.tables.iter().filter_map(|table| Some((table, table.theirs.as_ref()?)));
    let own =
        tables.flat_map(|(table, theirs)| table.own.iter().map(move |(own, _)| (theirs, own)));
    own.filter(|(theirs, own)| !theirs.refers_by(&own.name)).map(|(theirs, own)| Column {
        relation: quote_identifier(&theirs.name),
        shown: format!("{}.{}", theirs.name, own.name),
        column_name: own.name.clone(),
        sql_type: own.sql_type.clone(),
        says_where: says_where(theirs, &own.name).is_some(),
    })
}

/// In the copy: the old ids in such columns become the ones here. The application's triggers don't
/// fire where the role may say so.
///
/// # Errors
/// The server refuses more than a value.
pub fn follow(
    conn: &mut PgConnection,
    catalog: &Catalog,
    mapping: &Mapping,
) -> QueryResult<Vec<Followed>> {
    let is_superuser = setting_is_on(conn, "is_superuser")?;
    if is_superuser {
        role_of_triggers(conn, "replica")?;
    }
    let identities = identities::complete(conn)?;
    let mut followed = Vec::new();
    let bounded = bounded(mapping);
    for column in columns(conn, catalog, mapping)?.into_iter().chain(bounded) {
        let Some(statement) = column.statement() else { continue };
        let tried = tx::attempt(conn, |conn| diesel::sql_query(&statement).execute(conn));
        match tried {
            Ok(0) => {}
            Ok(rows) => followed.push(Followed { column: column.shown, rows, why_not: None }),
            Err(diesel::result::Error::DatabaseError(_, info)) => followed.push(Followed {
                column: column.shown,
                rows: 0,
                why_not: Some(info.message().to_owned()),
            }),
            Err(error) => return Err(error),
        }
    }
    identities::put_back(conn, &identities)?;
    if is_superuser {
        role_of_triggers(conn, "origin")?;
    }
    Ok(followed)
}

/// Columns that came along with a table of ours, and may have no room for a longer id.
fn bounded(mapping: &Mapping) -> impl Iterator<Item = Column> {
    let tables = mapping.tables.iter().filter(|table| table.model.table != "audit_logs");
    let own = tables.flat_map(|table| table.own.iter().map(move |(own, here)| (table, own, here)));
    own.filter(|(_, own, _)| own.sql_type.starts_with("character") && own.sql_type.ends_with(')'))
        .map(|(table, own, here)| Column {
            relation: quote_identifier(table.model.table),
            shown: format!("{}.{here}", table.model.table),
            column_name: here.clone(),
            sql_type: own.sql_type.clone(),
            says_where: false,
        })
}

fn role_of_triggers(conn: &mut PgConnection, role: &str) -> QueryResult<()> {
    diesel::sql_query("SELECT set_config('session_replication_role'::text, $1, true)")
        .bind::<Text, _>(role)
        .execute(conn)
        .map(drop)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    List,
    Json,
    Number,
}

impl Column {
    fn kind(&self) -> Kind {
        match self.sql_type.as_str() {
            "integer" | "bigint" | "integer[]" | "bigint[]" => Kind::Number,
            name if name.ends_with("[]") => Kind::List,
            name if name.starts_with("json") => Kind::Json,
            _ => Kind::Text,
        }
    }

    fn statement(&self) -> Option<String> {
        let Column { relation, sql_type, .. } = self;
        let at = quote_identifier(&self.column_name);
        let is_id = is_id(&self.column_name);
        Some(match self.kind() {
            Kind::Number => return None,
            Kind::Text => format!(
                "UPDATE {relation} AS t SET {at} = a.id::text FROM adopted_ids AS a \
                 WHERE a.old_id = t.{at}::text AND {is_id}"
            ),
            Kind::List => format!(
                "UPDATE {relation} AS t SET {at} = {} \
                 WHERE pg_catalog.array_ndims(t.{at}) = 1 AND EXISTS (SELECT FROM pg_catalog.unnest(t.{at}) AS one \
                     JOIN adopted_ids AS a ON a.old_id = one::text WHERE {is_id})",
                renamed_list(&format!("t.{at}"), sql_type, &self.column_name)
            ),
            Kind::Json => format!(
                "UPDATE {relation} AS t SET {at} = made.value::{sql_type} FROM (SELECT o.tableoid AS part, o.ctid AS place, \
                     {ASIDE}.\"references\"(o.{at}::jsonb) AS value FROM {relation} AS o) AS made \
                 WHERE made.part = t.tableoid AND made.place = t.ctid AND made.value <> t.{at}::jsonb"
            ),
        })
    }
}

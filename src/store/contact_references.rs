//! What refers to contacts: foreign keys of any table, ours or the application's, columns that the
//! settings name, and columns that look like a reference and are none.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text};
use uuid::Uuid;

use super::foreign_keys::{self, ForeignKey, OnDelete};
use super::row_shape::{self, RowShape};
use super::statements::quote_identifier;
use crate::domain::suggest;
use crate::error::Failure;

type SqlUuid = diesel::sql_types::Uuid;

/// Columns of a table that refer to contacts.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The table as statements of the inbox write it: `messages`, `app."Calls"`.
    pub table: String,
    pub columns: Vec<String>,
    /// The columns of contacts that they refer to, in the same order.
    referenced: Vec<String>,
    /// What the server compares each pair with.
    operators: Vec<String>,
    /// Columns by which a row is known; none, and it is known by all that it holds.
    pub key: Vec<String>,
    pub on_delete: OnDelete,
    pub can_select: bool,
    pub can_update: bool,
    /// The statement that gives both rights to this role.
    pub grant: String,
    /// A trigger or a rule of the application's may swallow or alter an update.
    pub may_interfere: bool,
    /// What the server keeps, and not the settings.
    pub is_foreign_key: bool,
    /// All columns of the table.
    pub shape: RowShape,
    /// The column holds ids as text.
    is_text: bool,
}

impl Reference {
    /// `calls.contact_id`.
    pub fn label(&self) -> String {
        format!("{}.{}", self.table, self.columns.join("+"))
    }

    /// Of contacts to contacts.
    pub fn is_own(&self) -> bool {
        self.table == "contacts"
    }

    /// Of the columns, the one that holds the id of a contact.
    pub fn id_column(&self) -> Option<&String> {
        let pairs = self.referenced.iter().zip(&self.columns);
        pairs.filter(|(referenced, _)| *referenced == "id").map(|(_, column)| column).next()
    }

    /// What the columns hold that refer to the contact `alias`, in order.
    pub fn values(&self, alias: &str) -> Vec<String> {
        let cast = if self.is_text { "::text" } else { "" };
        let value = |column: &String| format!("{alias}.{}{cast}", quote_identifier(column));
        self.referenced.iter().map(value).collect()
    }

    /// That row `child` refers to the contact `parent`.
    pub fn matches(&self, child: &str, parent: &str) -> String {
        self.pairs(child, parent).join(" AND ")
    }

    /// The same column by column.
    pub fn pairs(&self, child: &str, parent: &str) -> Vec<String> {
        let values = self.values(parent);
        let pairs = values.iter().zip(&self.operators).zip(&self.columns);
        let equal = |((value, operator), column): ((&String, &String), &String)| {
            format!("{value} {operator} {child}.{}", quote_identifier(column))
        };
        pairs.map(equal).collect()
    }
}

/// All references that there are.
#[derive(Debug, Clone, Default)]
pub struct References {
    pub all: Vec<Reference>,
    /// All columns of contacts.
    pub contacts: RowShape,
    /// Changes with every foreign key and every column that comes or goes.
    mark: String,
}

#[derive(QueryableByName)]
struct Details {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Array<Text>)]
    key: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    operators: Vec<String>,
    #[diesel(sql_type = Bool)]
    can_select: bool,
    #[diesel(sql_type = Bool)]
    can_update: bool,
    #[diesel(sql_type = Text)]
    grants: String,
    #[diesel(sql_type = Bool)]
    may_interfere: bool,
}

/// The references by foreign keys, and those that the settings name (`calls.contact_id`).
///
/// # Errors
/// Usage: the settings name what isn't there, or what can't hold an id.
pub fn load(conn: &mut PgConnection, named: &[String]) -> anyhow::Result<References> {
    let mark = mark(conn)?;
    let contacts = row_shape::load(conn, "contacts")?;
    let mut all = Vec::new();
    for key in foreign_keys::pointing_at(conn, "contacts")? {
        all.push(of_key(conn, key)?);
    }
    for name in named {
        let reference = named_one(conn, name)?;
        if !all
            .iter()
            .any(|known| known.table == reference.table && known.columns == reference.columns)
        {
            all.push(reference);
        }
    }
    Ok(References { all, contacts, mark })
}

impl References {
    /// Whether no foreign key to contacts came or went since they were read, nor a column of what
    /// is recorded and deleted.
    pub fn is_current(&self, conn: &mut PgConnection) -> QueryResult<bool> {
        Ok(mark(conn)? == self.mark)
    }

    /// Those of one table.
    pub fn of_table(&self, table: &str) -> Vec<&Reference> {
        self.all.iter().filter(|one| one.table == table).collect()
    }

    pub fn find(&self, table: &str, columns: &[String]) -> Option<&Reference> {
        self.all.iter().find(|one| one.table == table && one.columns == columns)
    }

    /// The tables whose rows a merge looks at, beside those that only we write.
    pub fn tables(&self) -> Vec<&str> {
        let mut tables: Vec<&str> = self.all.iter().map(|one| one.table.as_str()).collect();
        tables.extend(["contacts", "assignments", "contact_identities", "messages"]);
        tables.sort_unstable();
        tables.dedup();
        tables
    }
}

/// Each foreign key has two triggers at the table that it points at, found by an index.
fn mark(conn: &mut PgConnection) -> QueryResult<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        mark: String,
    }
    let row: Row = diesel::sql_query(
        "SELECT pg_catalog.concat( \
             (SELECT string_agg(t.oid::text, ',' ORDER BY t.oid) \
              FROM pg_trigger t WHERE t.tgrelid = to_regclass('contacts')::oid AND t.tgisinternal), '/', \
             (SELECT string_agg(a.attname::text || ':' || a.atttypid::text, ',' ORDER BY a.attrelid, a.attnum) \
              FROM pg_attribute a \
              WHERE a.attrelid IN (to_regclass('contacts')::oid, to_regclass('assignments')::oid) \
                  AND a.attnum > 0)) AS mark",
    )
    .get_result(conn)?;
    Ok(row.mark)
}

fn of_key(conn: &mut PgConnection, key: ForeignKey) -> QueryResult<Reference> {
    let on_delete = key.on_delete();
    let details = details(conn, key.table_oid, Some(&key.constraint_name), &key.columns)?;
    let shape = row_shape::load(conn, &details.name)?;
    Ok(reference(details, shape, key.columns, key.referenced, on_delete))
}

fn reference(
    details: Details,
    shape: RowShape,
    columns: Vec<String>,
    referenced: Vec<String>,
    on_delete: OnDelete,
) -> Reference {
    Reference {
        table: details.name,
        columns,
        referenced,
        operators: details.operators,
        key: details.key,
        on_delete,
        can_select: details.can_select,
        can_update: details.can_update,
        grant: details.grants,
        may_interfere: details.may_interfere,
        is_foreign_key: true,
        shape,
        is_text: false,
    }
}

fn details(
    conn: &mut PgConnection,
    table_oid: i64,
    constraint: Option<&str>,
    columns: &[String],
) -> QueryResult<Details> {
    diesel::sql_query(include_str!("sql/contact_reference.sql"))
        .bind::<BigInt, _>(table_oid)
        .bind::<Nullable<Text>, _>(constraint)
        .bind::<Array<Text>, _>(columns)
        .get_result(conn)
}

/// A column that could refer to a contact.
#[derive(Debug, Clone, QueryableByName)]
struct Column {
    #[diesel(sql_type = BigInt)]
    table_oid: i64,
    #[diesel(sql_type = Text)]
    name: String,
    /// uuid or text, or what else it is.
    #[diesel(sql_type = Text)]
    type_name: String,
}

impl Column {
    /// As a reference by id, without a key that says so.
    fn reference(self, conn: &mut PgConnection) -> QueryResult<Reference> {
        let columns = vec![self.name];
        let mut details = details(conn, self.table_oid, None, &columns)?;
        details.operators = vec![String::from("OPERATOR(pg_catalog.=)")];
        let shape = row_shape::load(conn, &details.name)?;
        let found = reference(details, shape, columns, vec![String::from("id")], OnDelete::Refuse);
        let is_text = self.type_name != "uuid";
        Ok(Reference { is_foreign_key: false, is_text, ..found })
    }
}

/// A reference of the settings: a table and a column, with a schema before them if need be.
fn named_one(conn: &mut PgConnection, name: &str) -> anyhow::Result<Reference> {
    let wrong = |why: String| {
        Failure::usage(format!("inboxctl.toml names no reference to contacts with {name:?}"))
            .why(why)
    };
    let parts: Vec<String> = name.split('.').map(quote_identifier).collect();
    let (relation, column) = match (name.rsplit_once('.'), parts.as_slice()) {
        (Some((_, column)), [table, _]) => (table.clone(), column),
        (Some((_, column)), [schema, table, _]) => (format!("{schema}.{table}"), column),
        _ => {
            return Err(
                wrong(String::from("it is written table.column or schema.table.column")).into()
            );
        }
    };
    let columns: Vec<Column> = diesel::sql_query(
        "SELECT a.attrelid::bigint AS table_oid, a.attname::text AS name, \
             a.atttypid::regtype::text AS type_name \
         FROM pg_attribute a WHERE a.attrelid = to_regclass($1)::oid AND a.attnum > 0 AND NOT a.attisdropped",
    )
    .bind::<Text, _>(&relation)
    .load(conn)?;
    if columns.is_empty() {
        return Err(wrong(format!("there is no table {relation}")).into());
    }
    let names = columns.iter().map(|column| column.name.as_str());
    let near = suggest::nearest(column, names).map(str::to_owned);
    match columns.into_iter().find(|known| known.name == *column) {
        None => {
            let failure = wrong(format!("table {relation} has no column {column:?}"));
            Err(near
                .map_or(failure.clone(), |near| failure.hint(format!("did you mean {near:?}?")))
                .into())
        }
        Some(found)
            if !["uuid", "text", "character varying"].contains(&found.type_name.as_str()) =>
        {
            let type_name = &found.type_name;
            Err(wrong(format!("a column of type {type_name} can't hold the id of a contact"))
                .into())
        }
        Some(found) => Ok(found.reference(conn)?),
    }
}

/// Rows that refer to contacts which go in others, of one table and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hanging {
    pub reference: String,
    /// None where this role may not read the table.
    pub rows: Option<i64>,
    /// They move to the survivor; others stay and refer to nobody.
    pub moves: bool,
}

/// What refers to contacts that shall go: what moves with them, and what only looks as if it did.
pub fn hanging(
    conn: &mut PgConnection,
    references: &References,
    gone: &[Uuid],
) -> QueryResult<Vec<Hanging>> {
    let mut found = Vec::new();
    for reference in &references.all {
        let rows = if reference.can_select { Some(count(conn, reference, gone)?) } else { None };
        found.push(Hanging { reference: reference.label(), rows, moves: true });
    }
    let columns: Vec<Column> =
        diesel::sql_query(include_str!("sql/contact_look_alikes.sql")).load(conn)?;
    for column in columns {
        let reference = column.reference(conn)?;
        if reference.can_select && references.find(&reference.table, &reference.columns).is_none() {
            let rows = Some(count(conn, &reference, gone)?);
            found.push(Hanging { reference: reference.label(), rows, moves: false });
        }
    }
    found.retain(|one| one.rows != Some(0));
    Ok(found)
}

/// Rows of a table that refer to one of these contacts.
pub fn count(
    conn: &mut PgConnection,
    reference: &Reference,
    contacts: &[Uuid],
) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let row: Row = diesel::sql_query(format!(
        "SELECT count(*) AS rows FROM pg_catalog.unnest($1) AS gone (id) \
         JOIN contacts g ON g.id = gone.id JOIN {} t ON {}",
        reference.table,
        reference.matches("t", "g")
    ))
    .bind::<Array<SqlUuid>, _>(contacts)
    .get_result(conn)?;
    Ok(row.rows)
}

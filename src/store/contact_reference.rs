//! Columns of one table that refer to contacts: how statements name them, compare them and know
//! their rows.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text};
use uuid::Uuid;

use super::foreign_keys::{ForeignKey, OnDelete};
use super::row_shape::{self, RowShape};
use super::statements::{quote_identifier, truth};
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// The contacts that go, each with its survivor.
pub struct Gone {
    pub contacts: Vec<Uuid>,
    pub heirs: Vec<Uuid>,
}

impl Gone {
    /// The `rows` of a query about them: $1 are the contacts, $2 their survivors.
    pub(super) fn count(&self, conn: &mut PgConnection, query: &str) -> QueryResult<i64> {
        diesel::sql_query(query)
            .bind::<Array<SqlUuid>, _>(&self.contacts)
            .bind::<Array<SqlUuid>, _>(&self.heirs)
            .scalar::<BigInt, _>(conn)
    }
}

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
    on_delete: OnDelete,
    pub can_select: bool,
    pub can_update: bool,
    /// The statement that gives both rights to this role.
    pub grant: String,
    /// A trigger or a rule of the application's may swallow or alter an update.
    pub may_interfere: bool,
    /// Why no row of it can be updated, whatever it holds, and what helps.
    pub obstacle: Option<[String; 2]>,
    /// Each row refers to a contact.
    pub is_required: bool,
    /// Other tables inherit from it: they are references of their own.
    is_inherited: bool,
    /// What the server keeps of all its rows, and not the settings.
    pub is_foreign_key: bool,
    /// All columns of the table.
    pub shape: RowShape,
    /// The column holds ids as text,
    pub is_text: bool,
    /// some of them neither in small letters nor in capitals.
    is_mixed: bool,
    /// Its rows lie somewhere else, and stay as they are.
    pub is_foreign_table: bool,
    /// Code of other roles that would run where its rows are read or written.
    pub strange: Vec<String>,
}

#[derive(QueryableByName)]
struct Details {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Array<Text>)]
    key: Vec<String>,
    #[diesel(sql_type = Bool)]
    can_select: bool,
    #[diesel(sql_type = Bool)]
    can_update: bool,
    #[diesel(sql_type = Text)]
    grants: String,
    #[diesel(sql_type = Bool)]
    may_interfere: bool,
    #[diesel(sql_type = Array<Text>)]
    obstacle: Vec<String>,
    #[diesel(sql_type = Bool)]
    is_required: bool,
    #[diesel(sql_type = Bool)]
    is_inherited: bool,
    #[diesel(sql_type = Bool)]
    is_foreign_table: bool,
}

impl Reference {
    /// By a foreign key. One of a single partition tells what its column holds in all of them: rows
    /// move from one to another with what they hold there.
    pub fn by_key(conn: &mut PgConnection, key: ForeignKey) -> QueryResult<Reference> {
        let on_delete = key.on_delete();
        let ForeignKey { relation, whole, columns, referenced, operators, .. } = key;
        let is_foreign_key = whole.is_none();
        let table = whole.unwrap_or(relation);
        let found = Reference::new(conn, &table, columns, referenced, operators)?;
        Ok(Reference { on_delete, is_foreign_key, ..found })
    }

    /// By an id, without a key that says so.
    pub fn by_id(
        conn: &mut PgConnection,
        relation: &str,
        column: String,
        is_text: bool,
    ) -> QueryResult<Reference> {
        let operators = vec![String::from("OPERATOR(pg_catalog.=)")];
        let referenced = vec![String::from("id")];
        let found = Reference::new(conn, relation, vec![column], referenced, operators)?;
        let is_mixed = is_text && found.holds_mixed_letters(conn)?;
        Ok(Reference { is_text, is_mixed, ..found })
    }

    /// The columns of another table that hold the same: each with the place of its own here.
    pub fn elsewhere(
        &self,
        conn: &mut PgConnection,
        relation: &str,
        columns: &[(String, usize)],
    ) -> QueryResult<Reference> {
        let names: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
        let pick = |all: &[String]| columns.iter().map(|(_, at)| all[*at].clone()).collect();
        let (referenced, operators) = (pick(&self.referenced), pick(&self.operators));
        let found = Reference::new(conn, relation, names, referenced, operators)?;
        Ok(Reference { is_text: self.is_text, is_mixed: self.is_mixed, ..found })
    }

    /// Whether ids stand there that no index finds, for they are written in letters of both kinds.
    fn holds_mixed_letters(&self, conn: &mut PgConnection) -> QueryResult<bool> {
        if !self.can_select || self.is_foreign_table {
            return Ok(false);
        }
        // A policy is somebody's code.
        let is_limited = diesel::sql_query("SELECT row_security_active($1::regclass::oid)")
            .bind::<Text, _>(&self.table)
            .scalar::<Bool, bool>(conn)?;
        if is_limited {
            return Ok(false);
        }
        let columns = self.columns.iter().map(|name| format!("t.{}::text", quote_identifier(name)));
        // Other ids than those of contacts may stand there, too.
        let are_mixed = columns.map(|one| {
            format!(
                "{one} ~ '^[0-9A-Fa-f]{{8}}-' AND {one} <> lower({one}) AND {one} <> upper({one})"
            )
        });
        let are_mixed: Vec<String> = are_mixed.collect();
        let rows = format!("FROM {} t WHERE {}", self.relation(), are_mixed.join(" OR "));
        truth(conn, &format!("SELECT EXISTS (SELECT {rows}) AS truth"))
    }

    /// Its columns, each with its place.
    pub fn places(&self) -> Vec<(String, usize)> {
        self.columns.iter().cloned().zip(0..).collect()
    }

    fn new(
        conn: &mut PgConnection,
        relation: &str,
        columns: Vec<String>,
        referenced: Vec<String>,
        operators: Vec<String>,
    ) -> QueryResult<Reference> {
        let details = details(conn, relation, &columns)?;
        Ok(Reference {
            shape: row_shape::load(conn, &details.name)?,
            table: details.name,
            columns,
            referenced,
            operators,
            key: details.key,
            on_delete: OnDelete::Refuse,
            can_select: details.can_select,
            can_update: details.can_update,
            grant: details.grants,
            may_interfere: details.may_interfere,
            obstacle: details.obstacle.try_into().ok(),
            is_required: details.is_required,
            is_inherited: details.is_inherited,
            is_foreign_key: false,
            is_text: false,
            is_mixed: false,
            is_foreign_table: details.is_foreign_table,
            strange: Vec::new(),
        })
    }

    /// `calls.contact_id`.
    pub fn label(&self) -> String {
        format!("{}.{}", self.table, self.columns.join("+"))
    }

    pub(super) fn cannot_move(&self) -> Failure {
        Failure::refused(format!("rows of {} can't move", self.label()))
    }

    /// That a row refers to a contact that goes, and this role can do nothing about it.
    pub(super) fn denied(&self, verb: &str) -> Failure {
        let refer = if verb == "read" { "may refer" } else { "refer" };
        Failure::refused(format!("rows of {} {refer} to it", self.table))
            .why(format!("this role may not {verb} {}", self.label()))
            .hint(self.grant.clone())
    }

    /// The table in a FROM or an UPDATE, without those that inherit from it.
    pub fn relation(&self) -> String {
        format!("{}{}", if self.is_inherited { "ONLY " } else { "" }, self.table)
    }

    /// Of contacts to contacts.
    pub fn is_own(&self) -> bool {
        self.table == "contacts"
    }

    /// By a key that lets no contact go which a row refers to.
    pub fn is_held(&self) -> bool {
        self.is_foreign_key && self.on_delete == OnDelete::Refuse
    }

    /// Of the columns, the one that holds the id of a contact.
    pub fn id_column(&self) -> Option<&String> {
        let pairs = self.referenced.iter().zip(&self.columns);
        pairs.filter(|(referenced, _)| *referenced == "id").map(|(_, column)| column).next()
    }

    pub fn is_of(&self, other: &Reference) -> bool {
        self.table == other.table && self.columns == other.columns
    }

    /// What the columns hold of a row that refers to the contact `parent`, in order. Text stays in
    /// the letters that it is written in by row `like`, which refers to the contact `other`.
    pub fn values(&self, parent: &str, like: &str, other: &str) -> Vec<String> {
        let value = |(referenced, column): (&String, &String)| {
            let (referenced, column) = (quote_identifier(referenced), quote_identifier(column));
            match self.is_text {
                false => format!("{parent}.{referenced}"),
                true => format!(
                    "CASE {like}.{column} WHEN {other}.{referenced}::text THEN {parent}.{referenced}::text \
                     ELSE upper({parent}.{referenced}::text) END"
                ),
            }
        };
        self.referenced.iter().zip(&self.columns).map(value).collect()
    }

    /// That row `child` refers to the contact `parent`.
    pub fn matches(&self, child: &str, parent: &str) -> String {
        self.pairs(child, parent).join(" AND ")
    }

    /// The same column by column.
    pub fn pairs(&self, child: &str, parent: &str) -> Vec<String> {
        let pairs = self.referenced.iter().zip(&self.operators).zip(&self.columns);
        let equal = |((referenced, operator), column): ((&String, &String), &String)| {
            let value = format!("{parent}.{}", quote_identifier(referenced));
            let column = quote_identifier(column);
            match self.is_text {
                false => format!("{value} {operator} {child}.{column}"),
                true if self.is_mixed => format!("lower({child}.{column}::text) = {value}::text"),
                // Both ways to write one, so that an index serves.
                true => format!("{child}.{column} IN ({value}::text, upper({value}::text))"),
            }
        };
        pairs.map(equal).collect()
    }

    /// The rows of its table that refer to the contacts `g` of `gone`.
    pub fn rows_of(&self, gone: &str) -> String {
        format!(
            "{gone} JOIN contacts g ON g.id = gone.contact JOIN {} t ON {}",
            self.relation(),
            self.matches("t", "g")
        )
    }
}

fn details(conn: &mut PgConnection, relation: &str, columns: &[String]) -> QueryResult<Details> {
    diesel::sql_query(concat!(
        include_str!("sql/own_triggers.sql"),
        ", ",
        include_str!("sql/named.sql"),
        include_str!("sql/contact_reference.sql")
    ))
    .bind::<Array<Text>, _>(vec![relation])
    .bind::<Array<Text>, _>(columns)
    .get_result(conn)
}

/// Rows of a table that refer to one of these contacts.
pub fn count(
    conn: &mut PgConnection,
    reference: &Reference,
    contacts: &[Uuid],
) -> QueryResult<i64> {
    let rows = reference.rows_of("pg_catalog.unnest($1) AS gone (contact)");
    diesel::sql_query(format!("SELECT count(*) AS rows FROM {rows}"))
        .bind::<Array<SqlUuid>, _>(contacts)
        .scalar::<BigInt, _>(conn)
}

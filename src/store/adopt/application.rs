//! In the copy: the application's own tables follow the rows that became ours.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

use super::aside::{Aside, Changed, Grant, Key};
use super::bulk;
use super::expression::ASIDE;
use crate::domain::adopt::mapping::Mapping;
use crate::domain::adopt::stands::{Kind, Stand};
use crate::domain::schema_diff::identifier;
use crate::error::{Condition, Failure};
use crate::store::statements::{self, quote_identifier, quote_identifiers, quote_literal};

/// Keys lead to ours, in the types of ours. The views on what is altered are made again.
///
/// # Errors
/// A key leads to something that is no key here, or something else stands on the column.
pub fn follow_keys(
    conn: &mut PgConnection,
    mapping: &Mapping,
    aside: &Aside,
    has_merged: bool,
) -> anyhow::Result<usize> {
    let mut relations: Vec<&str> = aside.changed.iter().map(|one| one.relation.as_str()).collect();
    relations.dedup();
    let views = views_on(conn, &relations)?;
    for view in views.iter().rev() {
        statements::run(conn, &format!("DROP VIEW {}", view.name))?;
    }
    let inner = bulk::take_inner_keys_off(conn, &aside.changed)?;
    for relation in relations {
        let changed = aside.changed.iter().filter(|one| one.relation == relation);
        retype(conn, mapping, relation, changed, has_merged)
            .map_err(|error| stays_as_it_is(error, relation))?;
    }
    for key in &aside.keys {
        let made = constraint(mapping, key)?;
        statements::run(conn, &made).map_err(|error| leads_nowhere(error, key))?;
    }
    inner.put_keys_back(conn)?;
    for view in &views {
        view.make(conn)?;
    }
    Ok(aside.keys.len())
}

/// The server says why, but not always of what.
fn stays_as_it_is(error: diesel::result::Error, relation: &str) -> anyhow::Error {
    use diesel::result::Error;
    match &error {
        // What may pass says nothing of the table.
        Error::DatabaseError(_, info) if Condition::of_error(&error) == Some(Condition::Other) => {
            Failure::failed(format!("the ids of {relation} can't become uuids"))
                .why(info.message())
                .hint("change that there first: a table that inherits its ids, or is partitioned by them, can't follow")
                .into()
        }
        _ => error.into(),
    }
}

/// A row that was left out is one that others may lead to.
fn leads_nowhere(error: diesel::result::Error, key: &Key) -> anyhow::Error {
    use diesel::result::{DatabaseErrorKind, Error};
    match &error {
        Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, info) => {
            Failure::refused(format!("rows of {} lead to rows that were left out", key.relation))
                .why(info.details().unwrap_or(info.message()))
                .hint("keep those in the map, with a value under [missing] instead of \"leave out\", or delete what leads to them there")
                .into()
        }
        _ => error.into(),
    }
}

/// All columns of a table in one statement, which writes it once.
fn retype<'a>(
    conn: &mut PgConnection,
    mapping: &Mapping,
    relation: &str,
    changed: impl Iterator<Item = &'a Changed>,
    has_merged: bool,
) -> QueryResult<()> {
    let mut changes: Vec<String> = Vec::new();
    let mut defaults: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for one in changed {
        let column = quote_identifier(&one.column_name);
        // A column may lead to two tables; an id is made alike for both.
        if !seen.insert(&one.column_name) {
            continue;
        }
        let resource = mapping.of(&one.resource).map(|table| table.model.table);
        let is_merged = resource == Some("users") && has_merged;
        let made = match resource.filter(|_| is_merged) {
            Some(name) => format!("{ASIDE}.known({}, {column}::text)", quote_literal(name)),
            None => format!("{ASIDE}.id({column}::text)"),
        };
        if one.sql_type == "uuid" && !is_merged {
            continue;
        }
        if let Some(default) = &one.default_value {
            changes.push(format!("ALTER COLUMN {column} DROP DEFAULT"));
            defaults.push(format!(
                "ALTER TABLE {relation} ALTER COLUMN {column} SET DEFAULT adopted_id(({default})::text)"
            ));
        }
        changes.push(format!("ALTER COLUMN {column} TYPE uuid USING {made}"));
    }
    if !changes.is_empty() {
        statements::run(conn, &format!("ALTER TABLE {relation} {}", changes.join(", ")))?;
    }
    defaults.iter().try_for_each(|default| statements::run(conn, default))
}

fn constraint(mapping: &Mapping, key: &Key) -> Result<String, Failure> {
    let target = mapping.of(&key.target);
    let columns = target.and_then(|table| table.key_of(&key.target_columns));
    let Some((table, columns)) = target.zip(columns) else {
        return Err(Failure::refused(format!(
            "a foreign key of {} can't be followed",
            key.relation
        ))
        .why(format!(
            "{} leads to {} ({}), which is no key of an inbox",
            key.name,
            key.target,
            key.target_columns.join(", ")
        ))
        .hint("drop it there first"));
    };
    Ok(format!(
        "ALTER TABLE {} ADD CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({}){}",
        key.relation,
        quote_identifier(&key.name),
        quote_identifiers(&key.columns),
        quote_identifier(table.model.table),
        quote_identifiers(&columns),
        key.manner
    ))
}

#[derive(Debug, QueryableByName)]
struct View {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    definition: String,
    #[diesel(sql_type = Text)]
    options: String,
    #[diesel(sql_type = Text)]
    owner: String,
    /// Its rights, remarks, triggers and rules.
    #[diesel(sql_type = Array<Text>)]
    more: Vec<String>,
}

/// Views that read them, and views of views; what reads comes after what is read.
fn views_on(conn: &mut PgConnection, relations: &[&str]) -> QueryResult<Vec<View>> {
    diesel::sql_query(include_str!("../sql/adopt_views.sql"))
        .bind::<Array<Text>, _>(relations)
        .load(conn)
}

impl View {
    fn make(&self, conn: &mut PgConnection) -> QueryResult<()> {
        let View { name, definition, options, owner, .. } = self;
        statements::run(conn, &format!("CREATE VIEW {name}{options} AS {definition}"))?;
        statements::run(conn, &format!("ALTER VIEW {name} OWNER TO {owner}"))?;
        self.more.iter().try_for_each(|statement| statements::run(conn, statement))
    }
}

/// Who could do something with a table of theirs can with ours.
///
/// # Errors
/// The server refuses.
pub fn grant(conn: &mut PgConnection, mapping: &Mapping, grants: &[Grant]) -> QueryResult<()> {
    for Grant { table_name, column_name, privilege, grantee, option } in grants {
        let Some(table) = mapping.of(table_name) else { continue };
        let ours = quote_identifier(table.model.table);
        let columns = match column_name.as_deref().map(|name| table.column_of(name)) {
            None => String::new(),
            Some(Some(here)) => format!(" ({})", quote_identifier(here)),
            // It is in the details of the log, say.
            Some(None) => continue,
        };
        let given = format!("GRANT {privilege}{columns} ON {ours} TO {grantee}{option}");
        statements::run(conn, &given)?;
        // What a new message asks of, on behalf of whoever writes it.
        if privilege == "INSERT" {
            statements::run(conn, &format!("GRANT SELECT ON merged_contacts TO {grantee}"))?;
        }
    }
    Ok(())
}

/// Triggers that are to move.
///
/// # Errors
/// The table here lacks what a trigger names.
pub fn move_triggers(
    conn: &mut PgConnection,
    mapping: &Mapping,
    moved: &[&Stand],
) -> QueryResult<()> {
    for stand in moved.iter().filter(|stand| stand.kind == Kind::Trigger) {
        let Some(table) = stand.table.as_deref().and_then(|name| mapping.of(name)) else {
            continue;
        };
        let theirs = format!(" ON {} ", identifier::name(table.name().unwrap_or_default()));
        let ours = format!(" ON {} ", quote_identifier(table.model.table));
        let definition = stand.definition.replacen(&theirs, &ours, 1);
        statements::run(conn, &definition.replace(&format!("{ASIDE}."), ""))?;
    }
    Ok(())
}

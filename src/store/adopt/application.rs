//! In the copy: the application's own tables follow the rows that became ours.

use diesel::prelude::*;
use diesel::sql_types::{Array, Nullable, Text};

use super::aside::{Aside, Grant, Key};
use super::expression::ASIDE;
use crate::domain::adopt::recognise::Mapping;
use crate::domain::adopt::stands::{Kind, Stand};
use crate::domain::schema_diff::identifier;
use crate::error::Failure;
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
    let mut relations: Vec<&str> = aside.keys.iter().map(|key| key.relation.as_str()).collect();
    relations.dedup();
    let views = views_on(conn, &relations)?;
    for view in views.iter().rev() {
        statements::run(conn, &format!("DROP VIEW {}", view.name))?;
    }
    for relation in relations {
        let keys: Vec<&Key> = aside.keys.iter().filter(|key| key.relation == relation).collect();
        retype(conn, mapping, relation, &keys, has_merged)?;
        for key in keys {
            let made = constraint(mapping, key)?;
            statements::run(conn, &made).map_err(|error| leads_nowhere(error, key))?;
        }
    }
    for view in &views {
        view.make(conn)?;
    }
    Ok(aside.keys.len())
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
fn retype(
    conn: &mut PgConnection,
    mapping: &Mapping,
    relation: &str,
    keys: &[&Key],
    has_merged: bool,
) -> QueryResult<()> {
    let mut changes: Vec<String> = Vec::new();
    let mut defaults: Vec<String> = Vec::new();
    for key in keys {
        let pairs = key.columns.iter().zip(&key.target_columns);
        for (at, (column, target)) in pairs.enumerate() {
            let leads = mapping.of(&key.target).and_then(|table| table.column_of(target));
            let column = quote_identifier(column);
            let resource = target_of(mapping, key);
            let is_merged = resource == Some("users") && has_merged;
            let made = match resource.filter(|_| is_merged) {
                Some(name) => format!("{ASIDE}.known({}, {column}::text)", quote_literal(name)),
                None => format!("{ASIDE}.id({column}::text)"),
            };
            let change = format!("ALTER COLUMN {column} TYPE uuid USING {made}");
            let is_there = key.types[at] == "uuid" && !is_merged;
            if leads != Some("id") || is_there || changes.contains(&change) {
                continue;
            }
            if let Some(default) = &key.defaults[at] {
                changes.push(format!("ALTER COLUMN {column} DROP DEFAULT"));
                defaults.push(format!(
                    "ALTER TABLE {relation} ALTER COLUMN {column} SET DEFAULT adopted_id(({default})::text)"
                ));
            }
            changes.push(change);
        }
    }
    if !changes.is_empty() {
        statements::run(conn, &format!("ALTER TABLE {relation} {}", changes.join(", ")))?;
    }
    defaults.iter().try_for_each(|default| statements::run(conn, default))
}

fn target_of(mapping: &Mapping, key: &Key) -> Option<&'static str> {
    mapping.of(&key.target).map(|table| table.model.table)
}

fn constraint(mapping: &Mapping, key: &Key) -> Result<String, Failure> {
    let target = mapping.of(&key.target);
    let columns: Option<Vec<&str>> = target.and_then(|table| {
        key.target_columns.iter().map(|column| table.column_of(column)).collect()
    });
    let is_a_key = |columns: &Vec<&str>| {
        columns == &["id"]
            || columns == &["email"] && target.is_some_and(|table| table.model.table == "users")
    };
    let Some((table, columns)) = target.zip(columns.filter(is_a_key)) else {
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
    #[diesel(sql_type = Array<Text>)]
    grants: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    comment: Option<String>,
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
        for grant in &self.grants {
            statements::run(conn, &grant.replacen("{}", name, 1))?;
        }
        if let Some(comment) = &self.comment {
            statements::run(
                conn,
                &format!("COMMENT ON VIEW {name} IS {}", quote_literal(comment)),
            )?;
        }
        Ok(())
    }
}

/// Who could do something with a table of theirs can with ours.
///
/// # Errors
/// The server refuses.
pub fn grant(conn: &mut PgConnection, mapping: &Mapping, grants: &[Grant]) -> QueryResult<()> {
    for Grant { table_name, privilege, grantee, option } in grants {
        let Some(table) = mapping.of(table_name) else { continue };
        let ours = quote_identifier(table.model.table);
        statements::run(conn, &format!("GRANT {privilege} ON {ours} TO {grantee}{option}"))?;
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

//! Rows that refer to contacts which go move to their survivors.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Jsonb};
use uuid::Uuid;

use super::contact_references::{self, Reference};
use super::foreign_keys::OnDelete;
use super::interference::{self, Event};
use super::json::DbJson;
use super::statements::{quote_identifier, quote_literal};
use crate::domain::raw_json::RawJson;
use crate::error::Failure;

type SqlUuid = diesel::sql_types::Uuid;

/// The contacts that go, each with its survivor.
pub struct Gone {
    pub contacts: Vec<Uuid>,
    pub heirs: Vec<Uuid>,
}

/// What became of rows, by survivor.
pub type ByHeir = HashMap<Uuid, Vec<RawJson>>;

/// Whether there is something to move, as far as this role may know.
///
/// # Errors
/// Refused: there is, and the role may not; or it can't know, and a row would be lost.
pub fn may_move(
    conn: &mut PgConnection,
    reference: &Reference,
    gone: &Gone,
) -> anyhow::Result<bool> {
    let Reference { table, on_delete, .. } = reference;
    match (reference.can_select, reference.can_update) {
        (true, true) => Ok(true),
        (true, false) => {
            let rows = contact_references::count(conn, reference, &gone.contacts)?;
            if rows == 0 { Ok(false) } else { Err(denied(reference, "update").into()) }
        }
        // The server doesn't let a contact go that a row refers to.
        (false, _) if *on_delete == OnDelete::Refuse => Ok(false),
        (false, _) => {
            tracing::info!(table, "rows that can't be read would be lost");
            Err(denied(reference, "read").into())
        }
    }
}

/// That a row refers to a contact that goes, and this role can do nothing about it.
pub fn denied(reference: &Reference, verb: &str) -> Failure {
    Failure::refused(format!("rows of {} refer to it", reference.table))
        .why(format!("this role may not {verb} {}", reference.label()))
        .hint(reference.grant.clone())
}

/// Moves the rows of one reference, and records each by its key and by what it held.
///
/// # Errors
/// Refused: a row has no place with the survivor, or something of the application's holds it back.
pub fn move_rows(
    conn: &mut PgConnection,
    reference: &Reference,
    gone: &Gone,
    moved: &mut ByHeir,
) -> anyhow::Result<()> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        heir: Uuid,
        #[diesel(sql_type = BigInt)]
        altered: i64,
        #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
        documents: RawJson,
    }
    let rows: Vec<Row> = diesel::sql_query(move_statement(reference))
        .bind::<Array<SqlUuid>, _>(&gone.contacts)
        .bind::<Array<SqlUuid>, _>(&gone.heirs)
        .load(conn)?;
    let altered: i64 = rows.iter().map(|row| row.altered).sum();
    let left = match reference.may_interfere {
        true => contact_references::count(conn, reference, &gone.contacts)?,
        false => 0,
    };
    if altered + left > 0 {
        let by = interference::with(conn, &reference.table, Event::Update)?;
        let why = match by.is_empty() {
            // Of a key to another column than the id.
            true => String::from("the survivor has no value there that they could refer to"),
            false => format!("they did not become what was meant{by}"),
        };
        return Err(Failure::refused(format!("rows of {} can't move", reference.label()))
            .why(why)
            .hint("merge it after that is mended; the others are merged without it")
            .into());
    }
    for Row { heir, documents, .. } in rows {
        if documents.text() != "[]" {
            moved.entry(heir).or_default().push(entry(reference, &documents));
        }
    }
    Ok(())
}

fn move_statement(reference: &Reference) -> String {
    let columns: Vec<String> = reference.columns.iter().map(|one| quote_identifier(one)).collect();
    let (old, new) = (reference.values("g"), reference.values("h"));
    let alone = reference.is_own() && columns.len() == 1;
    let set = columns.iter().zip(&new).map(|(column, value)| match alone {
        // Nobody is their own parent.
        true => format!("{column} = CASE WHEN t.id <> h.id THEN {value} END"),
        false => format!("{column} = {value}"),
    });
    let set: Vec<String> = set.collect();
    let right = columns.iter().zip(&new).map(|(column, value)| match alone {
        true => format!("(t.id = h.id OR t.{column} IS NOT DISTINCT FROM {value})"),
        false => format!("t.{column} IS NOT NULL AND t.{column} IS NOT DISTINCT FROM {value}"),
    });
    let right: Vec<String> = right.collect();
    let keys = reference.key.iter().filter(|key| !reference.columns.contains(key));
    let keys = keys.map(|key| format!("{}, t.{}", quote_literal(key), quote_identifier(key)));
    let olds = reference.columns.iter().zip(&old);
    let olds = olds.map(|(column, value)| format!("{}, {value}", quote_literal(column)));
    let document = match reference.key.is_empty() {
        true => {
            format!("to_jsonb(t) || jsonb_build_object({})", olds.collect::<Vec<_>>().join(", "))
        }
        false => format!("jsonb_build_object({})", keys.chain(olds).collect::<Vec<_>>().join(", ")),
    };
    // What a member of the cluster refers to stands in its own row.
    let is_member = match reference.is_own() {
        true => "t.id = ANY ($1) OR t.id = ANY ($2)",
        false => "false",
    };
    format!(
        "WITH moved AS ( \
             UPDATE {table} t SET {set} \
             FROM unnest($1, $2) AS gone (contact, heir) \
             JOIN contacts g ON g.id = gone.contact JOIN contacts h ON h.id = gone.heir \
             WHERE {matches} \
             RETURNING gone.heir, {right} AS is_right, {is_member} AS is_member, {document} AS document) \
         SELECT heir, count(*) FILTER (WHERE NOT is_right) AS altered, \
             coalesce(jsonb_agg(document ORDER BY document) FILTER (WHERE NOT is_member), '[]') AS documents \
         FROM moved GROUP BY heir",
        table = reference.table,
        set = set.join(", "),
        matches = reference.matches("t", "g"),
        right = right.join(" AND "),
    )
}

/// `{"table", "columns", "key", "rows"}`.
fn entry(reference: &Reference, rows: &RawJson) -> RawJson {
    let names = |names: &[String]| RawJson::from(&serde_json::Value::from(names));
    let table = RawJson::from(&serde_json::Value::from(reference.table.as_str()));
    let (columns, key) = (names(&reference.columns), names(&reference.key));
    RawJson::object([("table", &table), ("columns", &columns), ("key", &key), ("rows", rows)])
}

//! Rows that refer to contacts which go move to their survivors.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Jsonb};
use uuid::Uuid;

use super::contact_references::{self, Reference, References};
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
fn may_move(conn: &mut PgConnection, reference: &Reference, gone: &Gone) -> anyhow::Result<bool> {
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

/// Moves all rows that refer to contacts which go, and records each by its key and by what it held.
///
/// # Errors
/// Refused: a row has no place with the survivor, or something of the application's holds it back.
pub fn move_all(
    conn: &mut PgConnection,
    references: &References,
    gone: &Gone,
) -> anyhow::Result<ByHeir> {
    let mut moved = ByHeir::new();
    let mut tables: Vec<&str> = Vec::new();
    for reference in &references.all {
        if !tables.contains(&reference.table.as_str()) {
            tables.push(&reference.table);
        }
    }
    for table in tables {
        let mut movable = Vec::new();
        for reference in references.of_table(table) {
            if may_move(conn, reference, gone)? {
                movable.push(reference);
            }
        }
        // Of keys that share a column the one that says more: the other is kept with it.
        movable.sort_by_key(|reference| std::cmp::Reverse(reference.columns.len()));
        // A row that refers twice is recorded once, as it was before the first of its moves. So is
        // one that refers by another value than the id, which the contact may write differently.
        let is_simple =
            matches!(movable.as_slice(), [one] if one.id_column() == one.columns.first());
        let mut captured = 0;
        if !is_simple && !movable.is_empty() {
            captured = capture(conn, &movable, gone, &mut moved)?;
        }
        for reference in movable {
            let recorded = if is_simple { Some(&mut moved) } else { None };
            captured -= move_rows(conn, reference, gone, recorded)?;
        }
        if !is_simple && captured < 0 {
            return Err(Failure::refused(format!("rows of {table} can't move"))
                .why("some that refer to it came meanwhile")
                .hint("nothing was changed; run it again")
                .into());
        }
    }
    Ok(moved)
}

/// Records the rows of one table before they move; how many moves there are to be.
fn capture(
    conn: &mut PgConnection,
    references: &[&Reference],
    gone: &Gone,
    moved: &mut ByHeir,
) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        heir: Uuid,
        /// A list for each reference.
        #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
        columns: RawJson,
        #[diesel(sql_type = BigInt)]
        moves: i64,
        #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
        documents: RawJson,
    }
    let Some(first) = references.first() else { return Ok(0) };
    let columns = references.iter().flat_map(|reference| &reference.columns);
    let names = match first.key.is_empty() {
        true => first.shape.all(),
        false => first.key.iter().chain(columns).cloned().collect(),
    };
    let document = first.shape.document("t", &names);
    let found = references.iter().map(|reference| {
        let columns = serde_json::Value::from(reference.columns.as_slice()).to_string();
        format!(
            "SELECT * FROM ( \
                 SELECT gone.heir, t.tableoid AS part, t.ctid AS place, {columns}::jsonb AS columns, \
                     {is_member} AS is_member, {document} AS document \
                 FROM unnest($1, $2) AS gone (contact, heir) \
                 JOIN contacts g ON g.id = gone.contact JOIN {table} t ON {matches} \
                 FOR NO KEY UPDATE OF t) AS locked",
            columns = quote_literal(&columns),
            is_member = is_member(reference),
            table = reference.table,
            matches = reference.matches("t", "g"),
        )
    });
    let rows: Vec<Row> = diesel::sql_query(format!(
        "WITH found AS ({}), \
         one AS ( \
             SELECT heir, is_member, pg_catalog.jsonb_agg(columns ORDER BY columns) AS columns, \
                 (pg_catalog.array_agg(document))[1] AS document \
             FROM found GROUP BY heir, part, place, is_member) \
         SELECT heir, columns, (count(*) * jsonb_array_length(columns)) AS moves, \
             coalesce(pg_catalog.jsonb_agg(document ORDER BY document) FILTER (WHERE NOT is_member), '[]') AS documents \
         FROM one GROUP BY heir, columns",
        found.collect::<Vec<_>>().join(" UNION ALL ")
    ))
    .bind::<Array<SqlUuid>, _>(&gone.contacts)
    .bind::<Array<SqlUuid>, _>(&gone.heirs)
    .load(conn)?;
    let moves = rows.iter().map(|row| row.moves).sum();
    for Row { heir, columns, documents, .. } in rows {
        if documents.text() != "[]" {
            let mut columns: Vec<String> = columns
                .elements()
                .iter()
                .flat_map(RawJson::elements)
                .filter_map(|one| one.as_string())
                .collect();
            columns.sort();
            columns.dedup();
            moved.entry(heir).or_default().push(entry(first, &columns, &documents));
        }
    }
    Ok(moves)
}

/// Moves the rows of one reference; how many. They are recorded where `moved` is given.
fn move_rows(
    conn: &mut PgConnection,
    reference: &Reference,
    gone: &Gone,
    moved: Option<&mut ByHeir>,
) -> anyhow::Result<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        heir: Uuid,
        #[diesel(sql_type = BigInt)]
        rows: i64,
        #[diesel(sql_type = BigInt)]
        altered: i64,
        #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
        documents: RawJson,
    }
    let rows: Vec<Row> = diesel::sql_query(move_statement(reference, moved.is_some()))
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
    let total = rows.iter().map(|row| row.rows).sum();
    let Some(moved) = moved else { return Ok(total) };
    for Row { heir, documents, .. } in rows {
        if documents.text() != "[]" {
            let entry = entry(reference, &reference.columns, &documents);
            moved.entry(heir).or_default().push(entry);
        }
    }
    Ok(total)
}

/// What a member of the cluster refers to stands in its own row.
fn is_member(reference: &Reference) -> &'static str {
    if reference.is_own() { "(t.id = ANY ($1) OR t.id = ANY ($2))" } else { "false" }
}

fn move_statement(reference: &Reference, is_recorded: bool) -> String {
    let columns: Vec<String> = reference.columns.iter().map(|one| quote_identifier(one)).collect();
    let (old, new) = (reference.values("g"), reference.values("h"));
    let alone = reference.is_own() && columns.len() == 1;
    let set = columns.iter().zip(&new).map(|(column, value)| match alone {
        // Nobody is their own parent.
        true => format!("{column} = CASE WHEN t.id <> h.id THEN {value} END"),
        false => format!("{column} = {value}"),
    });
    let set: Vec<String> = set.collect();
    let pairs = reference.pairs("t", "h");
    let right = columns.iter().zip(&new).zip(&pairs).map(|((column, value), equal)| match alone {
        true => {
            format!("(t.id = h.id OR coalesce({equal}, t.{column} IS NULL AND {value} IS NULL))")
        }
        false => format!("coalesce({equal}, false)"),
    });
    let right: Vec<String> = right.collect();
    let names =
        if reference.key.is_empty() { reference.shape.all() } else { reference.key.clone() };
    let olds = reference.columns.iter().zip(&old);
    let olds = olds.map(|(column, value)| format!("{}, {value}", quote_literal(column)));
    let document = match is_recorded {
        true => format!(
            "{} || pg_catalog.jsonb_build_object({})",
            reference.shape.document("t", &names),
            olds.collect::<Vec<_>>().join(", ")
        ),
        false => String::from("NULL::jsonb"),
    };
    format!(
        "WITH moved AS ( \
             UPDATE {table} t SET {set} \
             FROM unnest($1, $2) AS gone (contact, heir) \
             JOIN contacts g ON g.id = gone.contact JOIN contacts h ON h.id = gone.heir \
             WHERE {matches} \
             RETURNING gone.heir, {right} AS is_right, {is_member} AS is_member, {document} AS document) \
         SELECT heir, count(*) AS rows, count(*) FILTER (WHERE NOT is_right) AS altered, \
             coalesce(pg_catalog.jsonb_agg(document ORDER BY document) FILTER (WHERE NOT is_member), '[]') AS documents \
         FROM moved GROUP BY heir",
        table = reference.table,
        set = set.join(", "),
        matches = reference.matches("t", "g"),
        right = right.join(" AND "),
        is_member = is_member(reference),
    )
}

/// `{"table", "columns", "key", "rows"}`: `columns` are those that moved.
fn entry(reference: &Reference, columns: &[String], rows: &RawJson) -> RawJson {
    let names = |names: &[String]| RawJson::from(&serde_json::Value::from(names));
    let table = RawJson::from(&serde_json::Value::from(reference.table.as_str()));
    let (columns, key) = (names(columns), names(&reference.key));
    RawJson::object([("table", &table), ("columns", &columns), ("key", &key), ("rows", rows)])
}

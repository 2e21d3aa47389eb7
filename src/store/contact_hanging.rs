//! What hangs on contacts that shall go, before anything is done.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use uuid::Uuid;

use super::contact_reference::{self, Gone, Reference};
use super::contact_references::{self, References};
use super::foreign_keys::OnUpdate;
use super::statements::quote_identifier;
use super::tx;

type SqlUuid = diesel::sql_types::Uuid;

/// Rows of one table and column that refer to contacts which go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hanging {
    pub reference: String,
    /// None where this role can't read the table.
    pub rows: Option<i64>,
    /// They move to the survivor; others stay and refer to nobody.
    pub moves: bool,
    pub is_foreign_table: bool,
}

impl Hanging {
    fn new(of: &Reference, rows: Option<i64>, moves: bool) -> Hanging {
        let is_foreign_table = of.is_foreign_table;
        Hanging { reference: of.label(), rows, moves, is_foreign_table }
    }
}

/// What moves with them, and what only looks as if it did.
pub fn all(
    conn: &mut PgConnection,
    references: &References,
    gone: &Gone,
) -> QueryResult<Vec<Hanging>> {
    let mut found = Vec::new();
    for reference in &references.all {
        let rows = match reference.can_select {
            true if reference.table == "assignments" => Some(assignments(conn, gone)?),
            true if reference.is_own() => Some(others(conn, reference, gone)?),
            true => Some(contact_reference::count(conn, reference, &gone.contacts)?),
            false => None,
        };
        found.push(Hanging::new(reference, rows, true));
        // The server moves what follows them; what refers to contacts itself is counted there.
        for follower in references.followers_of(reference) {
            let Reference { table, columns, .. } = &follower.reference;
            let is_moved = follower.way == OnUpdate::Cascade && reference.can_select;
            if is_moved && references.find(table, columns).is_none() {
                let rows = follower.count(conn, reference, &gone.contacts)?;
                found.push(Hanging::new(&follower.reference, Some(rows), true));
            }
        }
    }
    found.retain(|one| one.rows != Some(0));
    found.extend(staying(conn, references, &gone.contacts)?);
    Ok(found)
}

/// What only looks as if it moved.
fn staying(
    conn: &mut PgConnection,
    references: &References,
    gone: &[Uuid],
) -> QueryResult<Vec<Hanging>> {
    let mut found = Vec::new();
    let alike = contact_references::look_alikes(conn, references)?;
    for reference in &alike {
        if !reference.can_select {
            found.push(Hanging::new(reference, None, false));
            continue;
        }
        let mut rows = match reference.is_foreign_table {
            // Whether its server answers is another matter.
            true => {
                match tx::attempt(conn, |conn| contact_reference::count(conn, reference, gone)) {
                    Ok(rows) => rows,
                    Err(_) => {
                        found.push(Hanging::new(reference, None, false));
                        continue;
                    }
                }
            }
            false => contact_reference::count(conn, reference, gone)?,
        };
        // Some may follow what moves.
        for led in &references.all {
            for follower in references.followers_of(led) {
                let is_moved = follower.way == OnUpdate::Cascade && led.can_select;
                if rows > 0 && is_moved && follower.reference.is_of(reference) {
                    rows -= follower.count(conn, led, gone)?;
                }
            }
        }
        if rows > 0 {
            found.push(Hanging::new(reference, Some(rows), false));
        }
    }
    Ok(found)
}

/// Assignments that move: a contact has one, so the others go.
fn assignments(conn: &mut PgConnection, gone: &Gone) -> QueryResult<i64> {
    gone.count(
        conn,
        "SELECT pg_catalog.count(DISTINCT gone.heir) AS rows FROM unnest($1, $2) AS gone (contact, heir) \
         JOIN ONLY assignments a ON a.contact_id = gone.contact \
         WHERE NOT EXISTS (SELECT FROM ONLY assignments own WHERE own.contact_id = gone.heir)",
    )
}

/// Contacts that refer to those, and are none of them.
fn others(conn: &mut PgConnection, reference: &Reference, gone: &Gone) -> QueryResult<i64> {
    let rows = reference.rows_of("unnest($1, $2) AS gone (contact, heir)");
    let query =
        format!("SELECT count(*) AS rows FROM {rows} WHERE t.id <> ALL ($1) AND t.id <> ALL ($2)");
    gone.count(conn, &query)
}

/// A column that the application added to contacts, and how many of those that go hold another
/// value there than their survivor.
#[derive(Debug, Clone, QueryableByName)]
pub struct Differing {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = BigInt)]
    pub contacts: i64,
}

/// Of these columns, those of which values go.
pub fn differing(
    conn: &mut PgConnection,
    columns: &[String],
    gone: &Gone,
) -> QueryResult<Vec<Differing>> {
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let differs = columns.iter().map(|column| {
        let column = quote_identifier(column);
        // A reference to one of them is no value: they become one.
        format!(
            "pg_catalog.count(CASE WHEN g.{column}::text <> h.{column}::text \
                 AND g.{column}::text NOT IN (g.id::text, h.id::text) \
                 AND h.{column}::text NOT IN (g.id::text, h.id::text) THEN 1 END)"
        )
    });
    let differs: Vec<String> = differs.collect();
    diesel::sql_query(format!(
        "SELECT name, contacts FROM unnest($3, ( \
             SELECT ARRAY[{}] FROM unnest($1, $2) AS gone (contact, heir) \
             JOIN ONLY contacts g ON g.id = gone.contact JOIN ONLY contacts h ON h.id = gone.heir)) \
             AS columns (name, contacts) \
         WHERE contacts > 0 ORDER BY name",
        differs.join(", ")
    ))
    .bind::<Array<SqlUuid>, _>(&gone.contacts)
    .bind::<Array<SqlUuid>, _>(&gone.heirs)
    .bind::<Array<Text>, _>(columns)
    .load(conn)
}

//! Rows that a trigger of the application's takes along: the server's own counts of what a
//! transaction did say so. Where its `track_counts` is off, nothing does.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Oid, Text};

use super::contact_references::{self, References};
use super::interference::{self, Event};
use crate::error::Failure;

/// What was done to rows of one table so far.
#[derive(Debug, Clone, QueryableByName)]
pub(super) struct Count {
    #[diesel(sql_type = Oid)]
    table_oid: u32,
    /// With its schema, as SQL writes it.
    #[diesel(sql_type = Text)]
    relation: String,
    /// As statements of the inbox write it.
    #[diesel(sql_type = Text)]
    label: String,
    #[diesel(sql_type = BigInt)]
    deleted: i64,
    #[diesel(sql_type = BigInt)]
    updated: i64,
}

pub(super) fn counts(conn: &mut PgConnection) -> QueryResult<Vec<Count>> {
    diesel::sql_query(include_str!("sql/row_counts.sql")).load(conn)
}

/// That since `before` no rows that refer to a contact, or look as if they did, were deleted but
/// `meant`, by table, and none was changed that may refer to nobody now: a merge looked at those that
/// it knows. What else a trigger clears away or counts is the application's.
///
/// # Errors
/// Refused: there are such rows. The transaction must be rolled back.
pub(super) fn none_lost(
    conn: &mut PgConnection,
    before: &[Count],
    meant: &[(&str, usize)],
    references: &References,
) -> anyhow::Result<()> {
    let before: HashMap<u32, &Count> = before.iter().map(|one| (one.table_oid, one)).collect();
    let ours = references.tables();
    let mut lost = Vec::new();
    for Count { table_oid, relation, label, mut deleted, mut updated } in counts(conn)? {
        if let Some(count) = before.get(&table_oid) {
            deleted -= count.deleted;
            updated -= count.updated;
        }
        let of_table = meant.iter().filter(|(table, _)| *table == label);
        deleted -= of_table.map(|(_, rows)| *rows as i64).sum::<i64>();
        let is_known = ours.contains(&label.as_str());
        if deleted > 0 && is_known {
            return Err(refusal(conn, &label, &done(deleted, "deleted"))?.into());
        }
        if deleted > 0 || updated > 0 && !is_known {
            lost.push((relation, label, deleted, updated));
        }
    }
    if lost.is_empty() {
        return Ok(());
    }
    let alike = contact_references::columns_alike(conn)?;
    for (relation, label, deleted, updated) in lost {
        let mut of_table = alike.iter().filter(|one| one.relation == relation);
        if let Some(column) = of_table.find(|one| deleted > 0 || one.is_nullable) {
            let what = match deleted {
                1.. => done(deleted, "deleted"),
                _ => done(updated, "changed"),
            };
            let how = format!("{what}, and {} looks as if it referred to it", column.name);
            return Err(refusal(conn, &label, &how)?.into());
        }
    }
    Ok(())
}

fn done(rows: i64, deed: &str) -> String {
    format!("{rows} {} {deed}", if rows == 1 { "was" } else { "were" })
}

fn refusal(conn: &mut PgConnection, table: &str, how: &str) -> QueryResult<Failure> {
    let by = interference::names(conn, "contacts", Event::Delete, true)?.into_iter();
    let mut by: Vec<String> =
        by.chain(interference::names(conn, "contacts", Event::Delete, false)?).collect();
    by.extend(interference::names(conn, "contacts", Event::Update, false)?);
    by.dedup();
    let by = match by.is_empty() {
        true => String::from("a trigger did that"),
        false => format!("{} may do that", by.join(", ")),
    };
    Ok(Failure::refused(format!("rows of {table} would go or change with a contact"))
        .why(format!("{how}: {by}"))
        .hint(format!(
            "name the column of {table} that refers to it under [merge] references in inboxctl.toml, \
             so that its rows move first; or have the trigger leave them"
        )))
}

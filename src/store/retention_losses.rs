//! What of other tables would be lost with old rows: whoever deletes or empties by age can't know whether
//! somebody still wants that, and no archive has it.

use diesel::prelude::*;
use diesel::sql_types::{Array, Oid, SmallInt, Text};
use uuid::Uuid;

use super::interference::Event;
use super::losses_elsewhere::{self, Deed, Meant};
use super::retention::Slice;
use super::rows_written::Changed;
use super::statements::truth;
use super::watched_tables::Known;
use crate::store::scalar::ScalarQuery;

/// Deletes or empties rows, known by their ids, by `work`, which says what was to be done to which tables.
///
/// # Errors
/// What `work` says, or that other tables would lose something. The transaction must be rolled back.
pub(super) fn none_lost<T>(
    conn: &mut PgConnection,
    slice: &Slice,
    ids: &[Uuid],
    work: impl FnMut(&mut PgConnection) -> anyhow::Result<(T, Vec<Meant>)>,
) -> anyhow::Result<(T, Changed)> {
    let deed = Deed {
        tables: tables(slice),
        with: format!("old rows of {}", slice.relation.name),
        hint: hint(slice),
        watched: &slice.references.watched_elsewhere,
    };
    losses_elsewhere::none_lost(conn, &deed, |_| Ok(Known::of_rows(ids)), work)
}

fn hint(slice: &Slice) -> String {
    let deed = slice.subject.deed();
    let hint =
        format!("have the trigger leave that table, or disable it while old rows are {deed}");
    match slice.subject.redaction() {
        Some(_) => hint,
        None => hint + "; what a foreign key with ON DELETE CASCADE takes along, --archive keeps",
    }
}

fn tables(slice: &Slice) -> Vec<&str> {
    let mut tables = slice.references.along_relations();
    tables.push(&slice.relation.sql);
    tables
}

/// Of what acts when rows of a relation go or are emptied, a line each: which tables its body names, for the plan.
pub fn foresee(conn: &mut PgConnection, slice: &Slice) -> QueryResult<Vec<String>> {
    if slice.guards.is_empty() && !slice.references.acts() {
        return Ok(Vec::new());
    }
    let (event, becomes) = match slice.subject.redaction() {
        Some(_) => (Event::Update, "are redacted"),
        None => (Event::Delete, "go"),
    };
    let (bit, number) = event.numbers();
    let touched = losses_elsewhere::touched(conn, &tables(slice))?;
    diesel::sql_query(concat!(
        include_str!("sql/own_triggers.sql"),
        include_str!("sql/acting.sql"),
        include_str!("sql/acting_on_rows.sql")
    ))
    .bind::<Array<Oid>, _>(&touched)
    .bind::<SmallInt, _>(bit)
    .bind::<Text, _>(number)
    .bind::<Text, _>(becomes)
    .scalars::<Text, _>(conn)
}

/// As [`none_lost`], of a partition that is dropped as a whole, which event triggers alone see.
pub(super) fn none_lost_by_drop<T>(
    conn: &mut PgConnection,
    slice: &Slice,
    mut work: impl FnMut(&mut PgConnection) -> QueryResult<T>,
) -> anyhow::Result<T> {
    let is_seen = "SELECT EXISTS (SELECT FROM pg_event_trigger WHERE evtenabled <> 'D') AS truth";
    if !truth(conn, is_seen)? {
        return Ok(work(conn)?);
    }
    // None of its rows are counted: it goes with its file.
    let touched = losses_elsewhere::touched(conn, &tables(slice))?;
    let meant: Vec<Meant> = touched.into_iter().map(Meant::to_go_whole).collect();
    let (done, _) = none_lost(conn, slice, &[], |conn| Ok((work(conn)?, meant.clone())))?;
    Ok(done)
}

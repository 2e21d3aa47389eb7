//! What a trigger of the application's takes along of other tables when old rows are deleted: whoever
//! deletes by age can't know whether somebody still wants that, and no archive has it.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, Oid, Text};
use uuid::Uuid;

use super::retention::Slice;
use super::rows_written::{self, Changed, Table, Written};
use super::statements::truth;
use super::tx;
use super::watched_tables::{self, Known, Loss};
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

/// Rows of one table that were to go, by the table's oid.
pub(super) type Meant = (u32, u64);

/// A table of which something may be gone.
struct Suspect {
    table: Table,
    is_exclusive: bool,
}

/// Deletes rows, known by their ids, by `work`, which says of which tables so many were to go. It is done
/// again where a trigger turns out to write to tables of which nobody knows what they held before.
///
/// # Errors
/// What `work` says, or that other tables would lose something. The transaction must be rolled back.
pub(super) fn none_lost<T>(
    conn: &mut PgConnection,
    slice: &Slice,
    ids: &[Uuid],
    mut work: impl FnMut(&mut PgConnection) -> QueryResult<(T, Vec<Meant>)>,
) -> anyhow::Result<(T, Changed)> {
    let (known, watched) = (Known::of_rows(ids), &slice.references.watched_elsewhere);
    let done = tx::again_until_done(conn, |conn| {
        let start = rows_written::begin(conn)?;
        let looked_at = watched.all();
        let before = watched_tables::look(conn, &looked_at, &known)?;
        let (done, meant) = work(conn)?;
        let written = rows_written::since(conn, &start)?;
        let (suspects, changed) = suspects(conn, slice, written, &meant)?;
        let oids: Vec<u32> = suspects.iter().map(|one| one.table.table_oid).collect();
        let new: Vec<u32> = oids.iter().filter(|oid| !looked_at.contains(oid)).copied().collect();
        if !new.is_empty() {
            watched.add(new);
            return Ok(None);
        }
        let after = watched_tables::look(conn, &oids, &known)?;
        for Suspect { table: Table { table_oid, label }, is_exclusive } in &suspects {
            let sights = (before.get(table_oid), after.get(table_oid));
            let (Some(before), Some(after)) = sights else { continue };
            if let Some(loss) = before.loss(after, *is_exclusive, &known) {
                return Err(failure(conn, slice, label, &told(loss))?.into());
            }
            if !before.is_readable() {
                let how = "it was written to, and this role may not look at it";
                return Err(failure(conn, slice, label, how)?.into());
            }
        }
        Ok(Some((done, changed)))
    })?;
    match done {
        Some(done) => Ok(done),
        None => Err(failure(conn, slice, "other tables", "each time it is another one")?.into()),
    }
}

/// The tables of which something may be gone, and what else was changed.
///
/// # Errors
/// Something is gone.
fn suspects(
    conn: &mut PgConnection,
    slice: &Slice,
    mut written: Written,
    meant: &[Meant],
) -> anyhow::Result<(Vec<Suspect>, Changed)> {
    let (held, dropped) = written.exclusive(conn)?;
    // A partition that goes as a whole is what was meant.
    let is_meant = |table: &&Table| meant.iter().any(|(oid, _)| *oid == table.table_oid);
    if let Some(table) = dropped.iter().find(|table| !is_meant(table)) {
        return Err(failure(conn, slice, &table.label, "it was dropped")?.into());
    }
    let held = held.into_iter().filter(|table| !is_meant(&table));
    let mut suspects: Vec<Suspect> =
        held.map(|table| Suspect { table, is_exclusive: true }).collect();
    let (mut others, mut gone, mut changed) = (Vec::new(), BTreeMap::new(), Changed::new());
    for (&table_oid, root) in &written.roots {
        let (label, count) = (&root.label, root.count);
        let of_root = meant.iter().filter(|(oid, _)| written.root_of(*oid) == table_oid);
        let rows = of_root
            .map(|(_, rows)| i64::try_from(*rows).unwrap_or(i64::MAX))
            .reduce(i64::saturating_add);
        // What is put back in place of what was to go is none of that.
        let came = if rows.is_some() { 0 } else { count.inserted };
        let lost = count.deleted - came - rows.unwrap_or_default();
        if lost > 0 {
            gone.insert(label.clone(), lost);
        } else if rows.is_none() && (count.updated > 0 || count.deleted > 0 || !root.is_counted) {
            others.push(Table { table_oid, label: label.clone() });
            let rows = u64::try_from(count.updated + count.deleted).unwrap_or_default();
            changed.extend((rows > 0).then(|| (label.clone(), rows)));
        }
    }
    if !gone.is_empty() || !others.is_empty() {
        // What a trigger has made itself had nothing to lose.
        let there = written.there(conn)?;
        let is_there = |label: &str| there.values().any(|table| table.label == label);
        gone.retain(|label, _| is_there(label));
        changed.retain(|label, _| is_there(label));
        others.retain(|table| there.contains_key(&table.table_oid));
    }
    if let Some(first) = gone.keys().next() {
        let each = gone.iter().map(|(label, rows)| deleted(*rows, label));
        let how = each.collect::<Vec<_>>().join(", ");
        return Err(failure(conn, slice, first, &how)?.into());
    }
    others.retain(|table| !suspects.iter().any(|one| one.table.table_oid == table.table_oid));
    suspects.extend(others.into_iter().map(|table| Suspect { table, is_exclusive: false }));
    Ok((suspects, changed))
}

fn deleted(rows: i64, label: &str) -> String {
    match rows {
        1 => format!("1 row of {label} was deleted"),
        rows => format!("{rows} rows of {label} were deleted"),
    }
}

fn told(loss: Loss) -> String {
    match loss {
        Loss::Columns(columns) => format!("it would lose or change {}", columns.join(", ")),
        Loss::Rows => String::from("it was emptied"),
        Loss::Fewer(rows) => format!("it has {rows} less"),
        Loss::Unseen => String::from("it may have been emptied, and this role may not look at it"),
        Loss::TooLarge(column) => format!(
            "it was written to and is too large to be compared: no index leads to what it may hold in {column}"
        ),
        Loss::References { column, rows: 1, .. } => {
            format!("1 row does not hold in {column} any more what it held of a row that goes")
        }
        Loss::References { column, rows, .. } => {
            format!("{rows} do not hold in {column} any more what they held of rows that go")
        }
    }
}

fn failure(conn: &mut PgConnection, slice: &Slice, table: &str, how: &str) -> QueryResult<Failure> {
    let touched = touched(conn, slice)?;
    let by = rows_written::blame(conn, &touched, table)?;
    let what =
        format!("rows of {table} would go or change with old rows of {}", slice.relation.name);
    Ok(Failure::failed(format!("{what}; that was rolled back")).why(format!("{how}: {by}")).hint(
        "have the trigger leave that table, or disable it while old rows are deleted; what a foreign key \
         with ON DELETE CASCADE takes along, --archive keeps",
    ))
}

/// The tables whose rows go, with their partitions and what those are partitions of, by their oids.
fn touched(conn: &mut PgConnection, slice: &Slice) -> QueryResult<Vec<u32>> {
    let mut tables = slice.references.along_relations();
    tables.push(&slice.relation.sql);
    diesel::sql_query(concat!(
        "WITH ",
        include_str!("sql/named.sql"),
        "SELECT id FROM named \
         UNION SELECT tree.relid::oid \
             FROM named CROSS JOIN LATERAL pg_partition_tree(named.id::regclass) AS tree \
         UNION SELECT above.relid::oid \
             FROM named CROSS JOIN LATERAL pg_partition_ancestors(named.id::regclass) AS above"
    ))
    .bind::<Array<Text>, _>(tables)
    .scalars::<Oid, _>(conn)
}

/// Of what acts when rows of a relation go, a line each: which tables its body names, for the plan.
pub fn foresee(conn: &mut PgConnection, slice: &Slice) -> QueryResult<Vec<String>> {
    if slice.guards.is_empty() && !slice.references.acts() {
        return Ok(Vec::new());
    }
    let touched = touched(conn, slice)?;
    diesel::sql_query(concat!(
        include_str!("sql/own_triggers.sql"),
        include_str!("sql/acting.sql"),
        include_str!("sql/acting_on_deletion.sql")
    ))
    .bind::<Array<Oid>, _>(&touched)
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
    let meant: Vec<Meant> = touched(conn, slice)?.into_iter().map(|oid| (oid, 0)).collect();
    let (done, _) = none_lost(conn, slice, &[], |conn| Ok((work(conn)?, meant.clone())))?;
    Ok(done)
}

/// The oids of tables that SQL writes so, each with how many rows of it were to go.
pub(super) fn meant(conn: &mut PgConnection, tables: &[(&str, u64)]) -> QueryResult<Vec<Meant>> {
    let names: Vec<&str> = tables.iter().map(|(name, _)| *name).collect();
    let oids: Vec<u32> = diesel::sql_query(
        "SELECT written.name::regclass::oid AS oid \
         FROM pg_catalog.unnest($1) WITH ORDINALITY AS written (name, place) ORDER BY written.place",
    )
    .bind::<Array<Text>, _>(names)
    .scalars::<Oid, _>(conn)?;
    Ok(oids.into_iter().zip(tables.iter().map(|(_, rows)| *rows)).collect())
}

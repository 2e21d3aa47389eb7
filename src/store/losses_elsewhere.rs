//! What of other tables goes or changes while rows are deleted, emptied or changed: what triggers of the
//! application's do, and keys that follow. Whoever does something to rows of one table can't know whether
//! somebody still wants those of another: what would be lost is taken back and named, the rest is told.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Oid, Text};

use super::foreign_keys::{self, OnDelete, OnUpdate};
use super::rows_written::{self, Changed, Table, Watched, Written};
use super::tx;
use super::watched_tables::{self, Known, Loss, Sight};
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

/// What is done, to say so.
pub(super) struct Deed<'a> {
    /// The tables whose rows it is about, as SQL writes them.
    pub tables: Vec<&'a str>,
    /// `old rows of messages`: with what other rows would go.
    pub with: String,
    pub hint: String,
    /// What it was seen to write to elsewhere.
    pub watched: &'a Watched,
}

/// What was to be done to rows of one table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meant {
    table_oid: u32,
    deleted: u64,
    updated: u64,
}

impl Meant {
    /// A table that goes with its file: none of its rows are counted.
    pub(super) fn to_go_whole(table_oid: u32) -> Meant {
        Meant { table_oid, deleted: 0, updated: 0 }
    }
}

/// A table of which something may be gone.
pub(super) struct Suspect {
    pub table: Table,
    pub is_exclusive: bool,
}

/// Does `work` between two looks at the tables that are watched, and hands to `judge` each of the
/// `suspects` that it leaves: as it was before, and what it lost. It is done again where others than
/// those are among them, of which nobody knows what they held before; `None` if there are each time.
/// By what rows are known elsewhere, `known` says.
///
/// # Errors
/// What the others say. The transaction must be rolled back.
pub(super) fn look_twice<D, T>(
    conn: &mut PgConnection,
    watched: &Watched,
    known: impl Fn(&mut PgConnection) -> QueryResult<Known>,
    mut work: impl FnMut(&mut PgConnection) -> anyhow::Result<D>,
    suspects: impl Fn(&mut PgConnection, Written, D) -> anyhow::Result<(Vec<Suspect>, T)>,
    judge: impl Fn(&mut PgConnection, &Table, &Sight, Option<Loss>) -> anyhow::Result<()>,
) -> anyhow::Result<Option<T>> {
    tx::again_until_done(conn, |conn| {
        let start = rows_written::begin(conn)?;
        let looked_at = watched.all();
        // A million ids are written down where somebody is to be asked about them.
        let known = if looked_at.is_empty() { Known::default() } else { known(conn)? };
        let before = watched_tables::look(conn, &looked_at, &known)?;
        let done = work(conn)?;
        let written = rows_written::since(conn, &start)?;
        let (suspects, done) = suspects(conn, written, done)?;
        let oids: Vec<u32> = suspects.iter().map(|one| one.table.table_oid).collect();
        let new: Vec<u32> = oids.iter().filter(|oid| !looked_at.contains(oid)).copied().collect();
        if !new.is_empty() {
            watched.add(new);
            return Ok(None);
        }
        let after = watched_tables::look(conn, &oids, &known)?;
        for Suspect { table, is_exclusive } in &suspects {
            let sights = (before.get(&table.table_oid), after.get(&table.table_oid));
            let (Some(before), Some(after)) = sights else { continue };
            judge(conn, table, before, before.loss(after, *is_exclusive, &known))?;
        }
        Ok(Some(done))
    })
}

/// Does `work`, which says what was to be done to which tables, as [`look_twice`] has it done.
///
/// # Errors
/// What `work` says, or that other tables would lose something. The transaction must be rolled back.
pub(super) fn none_lost<T>(
    conn: &mut PgConnection,
    deed: &Deed,
    known: impl Fn(&mut PgConnection) -> QueryResult<Known>,
    work: impl FnMut(&mut PgConnection) -> anyhow::Result<(T, Vec<Meant>)>,
) -> anyhow::Result<(T, Changed)> {
    let done = look_twice(
        conn,
        deed.watched,
        known,
        work,
        |conn, written, (done, meant)| {
            let (suspects, changed) = suspects(conn, deed, written, &meant)?;
            Ok((suspects, (done, changed)))
        },
        |conn, table, before, loss| {
            let how = match loss {
                Some(loss) => told(loss),
                None if before.is_readable() => return Ok(()),
                None => String::from("it was written to, and this role may not look at it"),
            };
            Err(failure(conn, deed, &table.label, &how)?.into())
        },
    )?;
    match done {
        Some(done) => Ok(done),
        None => Err(failure(conn, deed, "other tables", "each time it is another one")?.into()),
    }
}

/// The tables of which something may be gone, and what else was changed.
///
/// # Errors
/// Something is gone.
fn suspects(
    conn: &mut PgConnection,
    deed: &Deed,
    mut written: Written,
    meant: &[Meant],
) -> anyhow::Result<(Vec<Suspect>, Changed)> {
    let (held, dropped) = written.exclusive(conn)?;
    // A partition that goes as a whole is what was meant.
    let is_meant = |table: &&Table| meant.iter().any(|one| one.table_oid == table.table_oid);
    if let Some(table) = dropped.iter().find(|table| !is_meant(table)) {
        return Err(failure(conn, deed, &table.label, "it was dropped")?.into());
    }
    let held = held.into_iter().filter(|table| !is_meant(&table));
    let mut suspects: Vec<Suspect> =
        held.map(|table| Suspect { table, is_exclusive: true }).collect();
    let (mut others, mut gone, mut changed) = (Vec::new(), BTreeMap::new(), Changed::new());
    for (&table_oid, root) in &written.roots {
        let (label, count) = (&root.label, root.count);
        let of_root = meant.iter().filter(|one| written.root_of(one.table_oid) == table_oid);
        let number = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
        let rows = of_root
            .map(|one| (number(one.deleted), number(one.updated)))
            .reduce(|all, one| (all.0.saturating_add(one.0), all.1.saturating_add(one.1)));
        let (deleted, updated) = rows.unwrap_or_default();
        // What is put back in place of what was to go is none of that.
        let came = if rows.is_some() { 0 } else { count.inserted };
        let lost = count.deleted - came - deleted;
        if lost > 0 {
            gone.insert(label.clone(), lost);
        } else if rows.is_some() {
            // Others of the same table.
            let rows = u64::try_from(count.updated - updated).unwrap_or_default();
            changed.extend((rows > 0).then(|| (label.clone(), rows)));
        } else if count.updated > 0 || count.deleted > 0 || !root.is_counted {
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
        return Err(failure(conn, deed, first, &how)?.into());
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
            format!("1 row does not hold in {column} any more what it held of these")
        }
        Loss::References { column, rows, .. } => {
            format!("{rows} do not hold in {column} any more what they held of these")
        }
    }
}

fn failure(conn: &mut PgConnection, deed: &Deed, table: &str, how: &str) -> QueryResult<Failure> {
    let mut keys = Vec::new();
    for of_deed in &deed.tables {
        let pointing = foreign_keys::pointing_at_relation(conn, of_deed)?.into_iter();
        keys.extend(pointing.filter(|key| key.label == table).filter(|key| {
            key.on_update() != OnUpdate::Refuse || key.on_delete() != OnDelete::Refuse
        }));
    }
    let keys: Vec<String> =
        keys.iter().map(|key| format!("foreign key {}", key.constraint_name)).collect();
    let touched = touched(conn, &deed.tables)?;
    let actors = rows_written::actors(conn, &touched, table)?;
    let by = rows_written::blame_of(&[keys, actors].concat());
    let what = format!("rows of {table} would go or change with {}", deed.with);
    Ok(Failure::failed(format!("{what}; that was rolled back"))
        .why(format!("{how}: {by}"))
        .hint(&deed.hint))
}

/// What waits for the COMMIT acts now, where it is seen.
pub(super) fn see_deferred(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")
}

/// Tables, as SQL writes them, with their partitions and what those are partitions of, by their oids.
pub(super) fn touched(conn: &mut PgConnection, tables: &[&str]) -> QueryResult<Vec<u32>> {
    diesel::sql_query(concat!(
        "WITH ",
        include_str!("sql/named.sql"),
        include_str!("sql/with_partitions.sql"),
        "UNION SELECT above.relid::oid \
             FROM named CROSS JOIN LATERAL pg_partition_ancestors(named.id::regclass) AS above"
    ))
    .bind::<Array<Text>, _>(tables)
    .scalars::<Oid, _>(conn)
}

/// What was to be done to tables, as SQL writes them: how many rows were to be deleted, and how many
/// updated.
pub(super) fn meant(
    conn: &mut PgConnection,
    tables: &[(&str, u64, u64)],
) -> QueryResult<Vec<Meant>> {
    let names: Vec<&str> = tables.iter().map(|(name, ..)| *name).collect();
    let oids: Vec<u32> = diesel::sql_query(
        "SELECT written.name::regclass::oid AS oid \
         FROM pg_catalog.unnest($1) WITH ORDINALITY AS written (name, place) ORDER BY written.place",
    )
    .bind::<Array<Text>, _>(names)
    .scalars::<Oid, _>(conn)?;
    let rows = oids.into_iter().zip(tables);
    Ok(rows
        .map(|(table_oid, &(_, deleted, updated))| Meant { table_oid, deleted, updated })
        .collect())
}

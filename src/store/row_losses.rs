//! What a trigger of the application's takes along of other tables when contacts are merged: rows, or
//! what they hold of those contacts, or tables as a whole.
//!
//! A table that was written to is watched from then on: what it holds is compared before and after.

use diesel::prelude::*;

use super::contact_references::{self, References};
use super::losses_elsewhere::{self, Deed, Suspect};
use super::merges::Decided;
use super::merging::Merged;
use super::rows_written::{self, Table, Written};
use super::watched_tables::{Known, Loss, Sight};
use crate::error::Failure;

/// Carries merges out by `work`, which is done again where a trigger turns out to write to tables of
/// which nobody knows what they held before.
///
/// # Errors
/// What `work` says. Refused: other tables would lose something. The transaction must be rolled back.
pub fn none_lost(
    conn: &mut PgConnection,
    merges: &[Decided],
    references: &References,
    mut work: impl FnMut(&mut PgConnection) -> anyhow::Result<Merged>,
) -> anyhow::Result<Merged> {
    if !references.may_act {
        return work(conn);
    }
    let done = losses_elsewhere::look_twice(
        conn,
        &references.watched,
        |_| Ok(Known::of(merges)),
        work,
        |conn, written, merged| Ok((suspects(conn, written, &merged, references)?, merged)),
        |conn, table, before, loss| match loss {
            // What is ours was counted.
            Some(Loss::References { .. } | Loss::TooLarge(_))
                if references.own.contains(&table.label) =>
            {
                Ok(())
            }
            Some(loss) => Err(refusal(conn, references, &table.label, loss)?.into()),
            None if before.is_readable() => Ok(()),
            None => unreadable(conn, references, before, &table.label),
        },
    )?;
    done.ok_or_else(|| {
        Failure::refused("what other tables would lose can't be foreseen")
            .why("a trigger of the application's writes to other tables each time")
            .hint("disable it while contacts are merged")
            .into()
    })
}

/// Tables of the inbox of which no row goes when a merge is taken back.
const STAYING: [&str; 3] = ["contacts", "messages", "assignments"];

/// Takes a merge back by `work`, where rows of other tables would go with it.
///
/// # Errors
/// What `work` says, or that they would. The transaction must be rolled back.
pub fn none_lost_back<T>(
    conn: &mut PgConnection,
    references: &References,
    mut work: impl FnMut(&mut PgConnection) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    if !references.may_act {
        return work(conn);
    }
    let deed = Deed {
        tables: [&references.tables()[..], &["contact_merges", "merged_contacts"]].concat(),
        with: String::from("contacts that come back"),
        hint: String::from("have the trigger leave that table, or disable it meanwhile"),
        watched: &references.watched,
    };
    let (done, _) = losses_elsewhere::none_lost(
        conn,
        &deed,
        |_| Ok(Known::default()),
        |conn| {
            let done = work(conn)?;
            // What refers to contacts moves, from one partition to another too.
            let most = |table: &str| if STAYING.contains(&table) { 0 } else { u64::MAX };
            let meant: Vec<(&str, u64, u64)> =
                deed.tables.iter().map(|&table| (table, most(table), u64::MAX)).collect();
            Ok((done, losses_elsewhere::meant(conn, &meant)?))
        },
    )?;
    Ok(done)
}

/// The tables of which something may be gone.
///
/// # Errors
/// Refused: a table is gone, or rows of the inbox's own.
fn suspects(
    conn: &mut PgConnection,
    mut written: Written,
    merged: &Merged,
    references: &References,
) -> anyhow::Result<Vec<Suspect>> {
    let (held, dropped) = written.exclusive(conn)?;
    if let Some(Table { label, .. }) = dropped.first() {
        let by = blame(conn, references, label)?;
        let failure = Failure::refused(format!("{label} would be dropped with a contact"));
        return Err(failure.why(by).hint(LEAVE_IT).into());
    }
    let mut suspects: Vec<Suspect> =
        held.into_iter().map(|table| Suspect { table, is_exclusive: true }).collect();
    let known = references.tables();
    let mut others: Vec<Table> = Vec::new();
    for (&table_oid, root) in &written.roots {
        let (label, count) = (&root.label, root.count);
        // A row that moves to another partition is deleted in one and inserted in the other.
        let came = count.inserted.saturating_sub(merged.inserted(label)).max(0);
        let gone = count.deleted - came - merged.deleted(label);
        let is_suspect = match (references.own.contains(label), known.contains(&label.as_str())) {
            (true, _) if gone > 0 => {
                let how = format!("{gone} {} deleted", if gone == 1 { "was" } else { "were" });
                return Err(refused(conn, references, label, &how)?.into());
            }
            (true, _) => false,
            (_, true) => gone > 0 || count.updated > merged.updated(label),
            _ => count.deleted > 0 || count.updated > 0 || !root.is_counted,
        };
        if is_suspect && !suspects.iter().any(|one| one.table.table_oid == table_oid) {
            others.push(Table { table_oid, label: label.clone() });
        }
    }
    if !others.is_empty() {
        // What a trigger has made itself had nothing to lose.
        let there = written.there(conn)?;
        others.retain(|table| there.contains_key(&table.table_oid));
    }
    suspects.extend(others.into_iter().map(|table| Suspect { table, is_exclusive: false }));
    Ok(suspects)
}

const LEAVE_IT: &str = "have the trigger leave that table, or disable it while contacts are merged";

/// Of a table that this role may not read its columns' names have to tell.
fn unreadable(
    conn: &mut PgConnection,
    references: &References,
    before: &Sight,
    table: &str,
) -> anyhow::Result<()> {
    let alike = contact_references::columns_alike(conn)?;
    if let Some(column) = alike.iter().find(|one| before.is_of(&one.relation)) {
        let how = format!(
            "rows of it were deleted or changed, this role may not look at them, and {} looks as if it \
             referred to it",
            column.name
        );
        return Err(refused(conn, references, table, &how)?.into());
    }
    Ok(())
}

fn refusal(
    conn: &mut PgConnection,
    references: &References,
    table: &str,
    loss: Loss,
) -> QueryResult<Failure> {
    let altered = |conn: &mut PgConnection, what: String| {
        let by = blame(conn, references, table)?;
        Ok(Failure::refused(what).why(by).hint(LEAVE_IT))
    };
    match loss {
        Loss::Columns(columns) => {
            let what = format!("{table} would lose or change {}", columns.join(", "));
            altered(conn, format!("{what} with a contact"))
        }
        Loss::Rows => altered(conn, format!("{table} would be emptied with a contact")),
        Loss::Fewer(rows) => {
            let rows = if rows == 1 { String::from("1 row") } else { format!("{rows} rows") };
            altered(conn, format!("{table} would have {rows} less with a contact"))
        }
        Loss::Unseen => {
            let what = format!("{table} may be emptied with a contact, and this role can't look");
            altered(conn, what)
        }
        Loss::TooLarge(column) => {
            let what =
                format!("{table} is written to with a contact, and is too large to be compared");
            let by = blame(conn, references, table)?;
            Ok(Failure::refused(what)
                .why(format!("no index leads to what it may hold of the contact in {column}: {by}"))
                .hint("create an index on that column, or have the trigger leave the table"))
        }
        Loss::References { column, rows, is_reference } => {
            let refer = if rows == 1 { "row does" } else { "rows do" };
            let how = format!("{rows} {refer} not hold in {column} any more what they held of it");
            let failure = refused(conn, references, table, &how)?;
            Ok(match is_reference {
                true => failure,
                false => failure.hint("have the trigger leave them, or give them to the survivor"),
            })
        }
    }
}

/// Rows that hold something of a contact would go with it.
fn refused(
    conn: &mut PgConnection,
    references: &References,
    table: &str,
    how: &str,
) -> QueryResult<Failure> {
    let by = blame(conn, references, table)?;
    Ok(Failure::refused(format!("rows of {table} would go or change with a contact"))
        .why(format!("{how}: {by}"))
        .hint(format!(
            "name the column of {table} that refers to it under [merge] references in inboxctl.toml, \
             so that its rows move first; or have the trigger leave them"
        )))
}

fn blame(conn: &mut PgConnection, references: &References, table: &str) -> QueryResult<String> {
    rows_written::blame(conn, &references.touched, table)
}

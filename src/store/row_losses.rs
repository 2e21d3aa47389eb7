//! What a trigger of the application's takes along of other tables when contacts are merged: rows, or
//! what they hold of those contacts, or tables as a whole.
//!
//! The locks of the transaction say which tables were written to, and the server's own counts how
//! often. Such a table is watched from then on: what it holds is compared before and after.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Oid, Text};

use super::contact_references::{self, References};
use super::merges::Decided;
use super::merging::Merged;
use super::tx;
use super::watched_tables::{self, Known, Loss, Sight};
use crate::error::Failure;

/// What was done to rows of one table so far.
#[derive(Debug, Clone, Copy, Default, QueryableByName)]
struct Count {
    #[diesel(sql_type = Oid)]
    table_oid: u32,
    #[diesel(sql_type = BigInt)]
    deleted: i64,
    #[diesel(sql_type = BigInt)]
    inserted: i64,
    #[diesel(sql_type = BigInt)]
    updated: i64,
}

/// A table that was written to or held against everybody.
#[derive(Debug, QueryableByName)]
struct Written {
    #[diesel(embed)]
    count: Count,
    #[diesel(sql_type = Oid)]
    root_oid: u32,
    /// As statements of the inbox write the root; none of a table that was dropped.
    #[diesel(sql_type = Nullable<Text>)]
    label: Option<String>,
    #[diesel(sql_type = Bool)]
    is_exclusive: bool,
    /// The server counts at all.
    #[diesel(sql_type = Bool)]
    is_counted: bool,
}

/// A table as it was called before.
#[derive(Debug, Clone, QueryableByName)]
struct Table {
    #[diesel(sql_type = Oid)]
    table_oid: u32,
    #[diesel(sql_type = Text)]
    label: String,
}

/// A table to be looked at.
struct Suspect {
    table: Table,
    is_exclusive: bool,
}

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
    let known = Known::of(merges);
    tx::again_until_done(conn, |conn| {
        declare_tables(conn)?;
        let counts: Vec<Count> =
            diesel::sql_query(include_str!("sql/row_counts.sql")).load(conn)?;
        let watched = references.watched();
        let before = watched_tables::look(conn, &watched, &known)?;
        let merged = work(conn)?;
        let suspects = suspects(conn, &counts, &merged, references)?;
        let is_new = |one: &&Suspect| !watched.contains(&one.table.table_oid);
        let new: Vec<u32> = suspects.iter().filter(is_new).map(|one| one.table.table_oid).collect();
        if !new.is_empty() {
            references.watch(new);
            return Ok(None);
        }
        let tables: Vec<u32> = suspects.iter().map(|one| one.table.table_oid).collect();
        let after = watched_tables::look(conn, &tables, &known)?;
        for Suspect { table, is_exclusive } in &suspects {
            let oid = &table.table_oid;
            let (Some(before), Some(after)) = (before.get(oid), after.get(oid)) else { continue };
            match before.loss(after, *is_exclusive, &known) {
                // What is ours was counted.
                Some(Loss::References { .. } | Loss::TooLarge(_))
                    if references.own.contains(&table.label) => {}
                Some(loss) => return Err(refusal(conn, references, &table.label, loss)?.into()),
                None if before.is_readable() => {}
                None => unreadable(conn, references, before, &table.label)?,
            }
        }
        Ok(Some(merged))
    })
}

/// So that afterwards tables can be named that are gone then.
fn declare_tables(conn: &mut PgConnection) -> QueryResult<()> {
    diesel::sql_query(
        "DECLARE tables_before NO SCROLL CURSOR FOR \
         SELECT c.oid AS table_oid, \
             CASE WHEN n.nspname = current_schema() THEN quote_ident(c.relname::text) \
                 ELSE pg_catalog.format('%I.%I', n.nspname, c.relname) END AS label \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.oid >= 16384::oid AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'",
    )
    .execute(conn)
    .map(drop)
}

/// The tables of which something may be gone.
///
/// # Errors
/// Refused: a table is gone, or rows of the inbox's own.
fn suspects(
    conn: &mut PgConnection,
    counts: &[Count],
    merged: &Merged,
    references: &References,
) -> anyhow::Result<Vec<Suspect>> {
    let counts: HashMap<u32, Count> = counts.iter().map(|one| (one.table_oid, *one)).collect();
    let written: Vec<Written> =
        diesel::sql_query(include_str!("sql/rows_written.sql")).load(conn)?;
    // The catalogue may hold thousands: it is read where somebody has to be found in it.
    let is_held = written.iter().any(|one| one.is_exclusive);
    let mut there = if is_held { tables_before(conn)? } else { HashMap::new() };
    let mut suspects = exclusive(conn, &written, &there, references)?;
    let mut roots: HashMap<u32, (String, Count)> = HashMap::new();
    let mut is_counted = true;
    for Written { count, root_oid, label, is_counted: counted, .. } in written {
        is_counted &= counted;
        let Some(label) = label else { continue };
        let earlier = counts.get(&count.table_oid).copied().unwrap_or_default();
        let (_, sum) = roots.entry(root_oid).or_insert((label, Count::default()));
        sum.deleted += count.deleted - earlier.deleted;
        sum.inserted += count.inserted - earlier.inserted;
        sum.updated += count.updated - earlier.updated;
    }
    let known = references.tables();
    let mut others: Vec<Table> = Vec::new();
    for (table_oid, (label, count)) in roots {
        // A row that moves to another partition is deleted in one and inserted in the other.
        let came = count.inserted.saturating_sub(merged.inserted(&label)).max(0);
        let gone = count.deleted - came - merged.deleted(&label);
        let is_suspect = match (references.own.contains(&label), known.contains(&label.as_str())) {
            (true, _) if gone > 0 => {
                let how = format!("{gone} {} deleted", if gone == 1 { "was" } else { "were" });
                return Err(refused(conn, references, &label, &how)?.into());
            }
            (true, _) => false,
            (_, true) => gone > 0 || count.updated > merged.updated(&label),
            _ => count.deleted > 0 || count.updated > 0 || !is_counted,
        };
        if is_suspect && !suspects.iter().any(|one| one.table.table_oid == table_oid) {
            others.push(Table { table_oid, label });
        }
    }
    if !others.is_empty() && !is_held {
        there = tables_before(conn)?;
    }
    // What a trigger has made itself had nothing to lose.
    others.retain(|table| there.contains_key(&table.table_oid));
    suspects.extend(others.into_iter().map(|table| Suspect { table, is_exclusive: false }));
    Ok(suspects)
}

/// What [`declare_tables`] has kept, by oid; once.
fn tables_before(conn: &mut PgConnection) -> QueryResult<HashMap<u32, Table>> {
    let tables: Vec<Table> = diesel::sql_query("FETCH ALL FROM tables_before").load(conn)?;
    Ok(tables.into_iter().map(|table| (table.table_oid, table)).collect())
}

/// Tables that were there before and are held against everybody: truncated, altered or dropped.
fn exclusive(
    conn: &mut PgConnection,
    written: &[Written],
    there: &HashMap<u32, Table>,
    references: &References,
) -> anyhow::Result<Vec<Suspect>> {
    let held = written.iter().filter(|one| one.is_exclusive);
    let held: HashSet<u32> = held.map(|one| one.count.table_oid).collect();
    let tables: Vec<Table> = held.iter().filter_map(|oid| there.get(oid)).cloned().collect();
    for table in &tables {
        let mut of_table = written.iter().filter(|one| one.count.table_oid == table.table_oid);
        if of_table.any(|one| one.label.is_none()) {
            let by = blame(conn, references, &table.label)?;
            return Err(Failure::refused(format!(
                "{} would be dropped with a contact",
                table.label
            ))
            .why(by)
            .hint(LEAVE_IT)
            .into());
        }
    }
    Ok(tables.into_iter().map(|table| Suspect { table, is_exclusive: true }).collect())
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

/// What may have done something to a table: what names it, if anything does.
fn blame(conn: &mut PgConnection, references: &References, table: &str) -> QueryResult<String> {
    #[derive(QueryableByName)]
    struct Actor {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Bool)]
        is_telling: bool,
    }
    let name = table.rsplit('.').next().unwrap_or(table).trim_matches('"');
    let mut actors: Vec<Actor> = diesel::sql_query(concat!(
        include_str!("sql/own_triggers.sql"),
        include_str!("sql/acting.sql"),
        "SELECT DISTINCT pg_catalog.concat(acting.name, ' of ', acting.relation::regclass) AS name, \
             strpos(coalesce(p.prosrc, pg_get_ruledef(acting.id)), $2) > 0 AS is_telling \
         FROM acting LEFT JOIN pg_proc p ON p.oid = acting.function ORDER BY 1"
    ))
    .bind::<Array<Oid>, _>(&references.touched)
    .bind::<Text, _>(name)
    .load(conn)?;
    if actors.iter().any(|one| one.is_telling) {
        actors.retain(|one| one.is_telling);
    }
    let names: Vec<String> = actors.into_iter().map(|one| one.name).collect();
    Ok(match names.is_empty() {
        true => String::from("a function of the application's did that"),
        false => format!("{} may do that", names.join(", ")),
    })
}

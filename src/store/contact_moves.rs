//! Rows that refer to contacts which go move to their survivors.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Jsonb};
use uuid::Uuid;

use super::contact_reference::{self, Gone, Reference};
use super::contact_references::References;
use super::interference::{self, Event};
use super::json::DbJson;
use super::move_statements;
use super::statements::quote_literal;
use super::strangers;
use crate::domain::raw_json::RawJson;
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// What became of rows, by survivor.
pub(super) type ByHeir = HashMap<Uuid, Vec<RawJson>>;

/// What moved.
#[derive(Default)]
pub(super) struct Moves {
    pub moved: ByHeir,
    /// What the server moved along, by keys with ON UPDATE CASCADE: it goes back the same way.
    pub followed: ByHeir,
    /// Rows by reference, in the order in which they moved.
    pub counts: Vec<(String, i64)>,
    /// All updates of rows by table, of the cluster's own too.
    pub updates: HashMap<String, i64>,
}

impl Moves {
    fn count(&mut self, reference: &Reference, rows: i64) {
        let label = reference.label();
        match self.counts.iter_mut().find(|(known, _)| *known == label) {
            Some((_, count)) => *count += rows,
            None if rows > 0 => self.counts.push((label, rows)),
            None => {}
        }
    }
}

/// Whether there is something to move, as far as this role may know. Where there is nothing a table
/// isn't touched: its state is in nobody's way.
///
/// # Errors
/// Refused: there is, and it can't be moved; or the role can't know, and a row would be lost.
pub(super) fn may_move(
    reference: &Reference,
    has_rows: bool,
    is_done: bool,
) -> Result<bool, Failure> {
    if !reference.can_select {
        return if reference.is_held() { Ok(false) } else { Err(reference.denied("read")) };
    }
    match &reference.obstacle {
        _ if !has_rows => Ok(false),
        _ if !reference.strange.is_empty() => {
            Err(strangers::refused(reference.cannot_move().what, &reference.strange))
        }
        Some([why, hint]) => Err(reference.cannot_move().why(why).hint(hint)),
        None if is_done && !reference.can_update => Err(reference.denied("update")),
        None => Ok(true),
    }
}

/// All references, and whether rows are to move there, as far as this role may know.
pub(super) fn with_rows<'a>(
    conn: &mut PgConnection,
    references: &'a References,
    gone: &Gone,
) -> QueryResult<Vec<(&'a Reference, bool)>> {
    let exists = references.all.iter().map(|reference| match reference.can_select {
        true => {
            format!(
                "EXISTS (SELECT FROM {})",
                reference.rows_of("pg_catalog.unnest($1) AS gone (contact)")
            )
        }
        false => String::from("false"),
    });
    let exists: Vec<String> = exists.collect();
    let found =
        diesel::sql_query(format!("SELECT ARRAY[{}]::boolean[] AS found", exists.join(", ")))
            .bind::<Array<SqlUuid>, _>(&gone.contacts)
            .scalar::<Array<Bool>, Vec<bool>>(conn)?;
    Ok(references.all.iter().zip(found).collect())
}

/// Those where rows are to move. Unless it `is_done` by this role, another one may have the right
/// to.
///
/// # Errors
/// Refused: there are some that can't be moved; or the role can't know, and a row would be lost.
pub(super) fn movable<'a>(
    conn: &mut PgConnection,
    references: &'a References,
    gone: &Gone,
    is_done: bool,
) -> anyhow::Result<Vec<&'a Reference>> {
    let mut movable = Vec::new();
    for (reference, has_rows) in with_rows(conn, references, gone)? {
        if may_move(reference, has_rows, is_done)? {
            movable.push(reference);
        }
    }
    Ok(movable)
}

pub(super) const NO_VALUE: &str = "the survivor has no value there that they could refer to";

/// Moves all rows that refer to contacts which go, and records each by its key and by what it held.
///
/// # Errors
/// Refused: a row has no place with the survivor, or something of the application's holds it back.
pub(super) fn move_all(
    conn: &mut PgConnection,
    references: &References,
    gone: &Gone,
) -> anyhow::Result<Moves> {
    let mut moves = Moves::default();
    let mut tables: Vec<(&str, Vec<&Reference>)> = Vec::new();
    for reference in movable(conn, references, gone, true)? {
        match tables.iter_mut().find(|(table, _)| *table == reference.table) {
            Some((_, movable)) => movable.push(reference),
            None => tables.push((&reference.table, vec![reference])),
        }
    }
    for (table, mut movable) in tables {
        // Of keys that share a column the one that says more: the other is kept with it.
        movable.sort_by_key(|reference| std::cmp::Reverse(reference.columns.len()));
        // A row that refers twice is recorded once, as it was before the first of its moves. So is
        // one that refers by another value than the id, which the contact may write differently.
        let is_simple = matches!(movable.as_slice(), [one]
            if one.id_column() == one.columns.first() && !one.is_text);
        let mut captured = 0;
        if !is_simple {
            captured = capture(conn, &movable, gone, &mut moves.moved)
                .map_err(|error| interference::refusal(movable[0].cannot_move().what, error))?;
        }
        for reference in movable {
            captured -=
                move_with_followers(conn, references, reference, gone, &mut moves, is_simple)?;
        }
        if !is_simple && captured < 0 {
            return Err(Failure::refused(format!("rows of {table} can't move"))
                .why("some that refer to it came meanwhile")
                .hint("nothing was changed; run it again")
                .into());
        }
    }
    Ok(moves)
}

/// Moves the rows of one reference, and sees to it that what follows them does; how many. They are
/// recorded where that is asked for.
fn move_with_followers(
    conn: &mut PgConnection,
    references: &References,
    reference: &Reference,
    gone: &Gone,
    moves: &mut Moves,
    is_recorded: bool,
) -> anyhow::Result<i64> {
    let members: BTreeSet<Uuid> = gone.contacts.iter().chain(&gone.heirs).copied().collect();
    let members: Vec<Uuid> = members.into_iter().collect();
    let mut followers = Vec::new();
    for follower in references.followers_of(reference) {
        follower.refuse(conn, reference, &gone.contacts)?;
        let rows = follower.count(conn, reference, &members)?;
        if rows > 0 {
            let found = run(conn, reference, &move_statements::follow(follower, reference), gone)?;
            let moved = found.iter().map(|row| row.others).sum();
            for Row { heir, documents, .. } in found {
                let entry = entry(&follower.reference, &follower.reference.columns, &documents);
                moves.followed.entry(heir).or_default().push(entry);
            }
            followers.push((follower, rows, moved));
        }
    }
    let rows = move_rows(conn, reference, gone, is_recorded.then_some(&mut moves.moved))?;
    let all: i64 = rows.iter().map(|row| row.rows).sum();
    *moves.updates.entry(reference.table.clone()).or_default() += all;
    moves.count(reference, rows.iter().map(|row| row.others).sum());
    for (follower, rows, moved) in followers {
        moves.count(&follower.reference, moved);
        *moves.updates.entry(follower.reference.table.clone()).or_default() += moved;
        let lost = rows - follower.count(conn, reference, &members)?;
        if lost > 0 {
            return Err(follower.refusal(reference, lost).into());
        }
    }
    Ok(all)
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
                 FROM {rows} FOR NO KEY UPDATE OF t) AS locked",
            columns = quote_literal(&columns),
            is_member = move_statements::is_member(reference),
            rows = reference.rows_of("unnest($1, $2) AS gone (contact, heir)"),
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

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    heir: Uuid,
    #[diesel(sql_type = BigInt)]
    rows: i64,
    /// Those that are no contacts of the cluster themselves.
    #[diesel(sql_type = BigInt)]
    others: i64,
    #[diesel(sql_type = BigInt)]
    altered: i64,
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    documents: RawJson,
}

fn run(
    conn: &mut PgConnection,
    reference: &Reference,
    statement: &str,
    gone: &Gone,
) -> anyhow::Result<Vec<Row>> {
    let rows = diesel::sql_query(statement)
        .bind::<Array<SqlUuid>, _>(&gone.contacts)
        .bind::<Array<SqlUuid>, _>(&gone.heirs)
        .load(conn);
    rows.map_err(|error| interference::refusal(reference.cannot_move().what, error))
}

/// Moves the rows of one reference. They are recorded where `moved` is given.
fn move_rows(
    conn: &mut PgConnection,
    reference: &Reference,
    gone: &Gone,
    moved: Option<&mut ByHeir>,
) -> anyhow::Result<Vec<Row>> {
    let rows = run(conn, reference, &move_statements::shift(reference, moved.is_some()), gone)?;
    let altered: i64 = rows.iter().map(|row| row.altered).sum();
    let left = match reference.may_interfere {
        true => contact_reference::count(conn, reference, &gone.contacts)?,
        false => 0,
    };
    if altered + left > 0 {
        let by = interference::with(conn, &reference.table, Event::Update)?;
        return Err(match by.is_empty() {
            // Of a key to another column than the id.
            true => reference
                .cannot_move()
                .why(NO_VALUE)
                .hint("merge it after that is fixed; the others are merged without it"),
            false => {
                let why = format!("{} did not become what was meant{by}", altered + left);
                interference::surprise(&reference.table, why, "moved")
            }
        }
        .into());
    }
    let Some(moved) = moved else { return Ok(rows) };
    for Row { heir, documents, .. } in &rows {
        if documents.text() != "[]" {
            let entry = entry(reference, &reference.columns, documents);
            moved.entry(*heir).or_default().push(entry);
        }
    }
    Ok(rows)
}

/// `{"table", "columns", "key", "rows"}`: `columns` are those that moved.
fn entry(reference: &Reference, columns: &[String], rows: &RawJson) -> RawJson {
    let names = |names: &[String]| RawJson::from(&serde_json::Value::from(names));
    let table = RawJson::from(&serde_json::Value::from(reference.table.as_str()));
    let (columns, key) = (names(columns), names(&reference.key));
    RawJson::object([("table", &table), ("columns", &columns), ("key", &key), ("rows", rows)])
}

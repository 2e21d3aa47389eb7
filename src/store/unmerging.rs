//! Taking a merge back, row by row as its record says.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Jsonb, Text};
use serde::Deserialize;
use uuid::Uuid;

use super::contact_references::{self, Reference, References};
use super::interference::{self, Event};
use super::json::DbJson;
use super::merges;
use super::statements::{quote_identifier, quote_literal};
use crate::domain::consent::Consent;
use crate::domain::raw_json::RawJson;
use crate::error::Failure;

type SqlUuid = diesel::sql_types::Uuid;

/// A merge that is to be taken back, locked with its survivor.
#[derive(Debug, Clone, QueryableByName)]
pub struct Recorded {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub survivor_id: Uuid,
    #[diesel(sql_type = Array<SqlUuid>)]
    pub merged_ids: Vec<Uuid>,
    #[diesel(sql_type = Bool)]
    pub is_undone: bool,
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    before: RawJson,
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    after: RawJson,
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    moved: RawJson,
}

/// What `moved` holds.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Rows {
    moved: Vec<Entry>,
    removed: Assignments,
    added: Identities,
}

/// Rows of one reference.
#[derive(Deserialize)]
struct Entry {
    table: String,
    columns: Vec<String>,
    key: Vec<String>,
    rows: RawJson,
}

#[derive(Default, Deserialize)]
struct Assignments {
    assignments: RawJson,
}

#[derive(Default, Deserialize)]
struct Identities {
    contact_identities: Vec<Uuid>,
}

/// Rows of a table that come back, and those that stay with the survivor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returning {
    pub reference: String,
    pub back: i64,
    pub stay: i64,
}

/// Locks a merge and its survivor; `None` if there is no such merge.
pub fn lock(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<Recorded>> {
    let found: Option<Recorded> = diesel::sql_query(
        "SELECT id, survivor_id, merged_ids, undone_at IS NOT NULL AS is_undone, before, after, moved \
         FROM contact_merges WHERE id = $1 FOR UPDATE",
    )
    .bind::<SqlUuid, _>(id)
    .get_result(conn)
    .optional()?;
    if let Some(merge) = &found {
        merges::lock(conn, &[merge.survivor_id])?;
    }
    Ok(found)
}

impl Recorded {
    fn rows(&self) -> anyhow::Result<Rows> {
        serde_json::from_str(self.moved.text()).map_err(|error| {
            Failure::failed(format!("the record of merge {} can't be read", self.id))
                .why(error.to_string())
                .into()
        })
    }

    /// The rows of all its contacts as they were.
    fn contacts(&self) -> Vec<RawJson> {
        let members = self.before.members();
        let contacts = members.iter().find(|(key, _)| key == "contacts");
        contacts.map(|(_, rows)| rows.elements()).unwrap_or_default()
    }

    fn is_survivor(&self, row: &RawJson) -> bool {
        let id = row.members().into_iter().find(|(key, _)| key == "id");
        id.and_then(|(_, id)| id.as_string()) == Some(self.survivor_id.to_string())
    }

    /// The names of the contacts that come back.
    pub fn names(&self) -> Vec<String> {
        let gone = self.contacts().into_iter().filter(|row| !self.is_survivor(row));
        let text = |row: &RawJson, wanted| {
            row.members().into_iter().find(|(key, _)| key == wanted)?.1.as_string()
        };
        gone.filter_map(|row| text(&row, "name").or_else(|| text(&row, "id"))).collect()
    }
}

/// What has changed since the merge, one line each; empty if it can be taken back without a trace.
/// And what comes back then, and what stays.
///
/// # Errors
/// The record can't be read.
pub fn check(
    conn: &mut PgConnection,
    merge: &Recorded,
    references: &References,
) -> anyhow::Result<(Vec<String>, Vec<Returning>)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        conflict: String,
    }
    let rows: Vec<Row> = diesel::sql_query(include_str!("sql/unmerge_conflicts.sql"))
        .bind::<SqlUuid, _>(merge.id)
        .load(conn)?;
    let mut conflicts: Vec<String> = rows.into_iter().map(|row| row.conflict).collect();
    let entries = merge.rows()?.moved;
    for entry in &entries {
        let label = format!("{}.{}", entry.table, entry.columns.join("+"));
        match references.find(&entry.table, &entry.columns) {
            // What the record says is not trusted to be one.
            None => conflicts.push(format!(
                "{label} is no reference to contacts any more (if it is, without a key: [merge] references in inboxctl.toml)"
            )),
            Some(reference) if !(reference.can_select && reference.can_update) => {
                conflicts.push(format!("this role may not change {label}: {}", reference.grant));
            }
            Some(reference) => {
                let meant = entry.rows.elements().len() as i64;
                let lost = meant - matching(conn, reference, entry, merge.survivor_id)?;
                // Who has opened another conversation since stays there.
                if lost > 0 && reference.table != "presence" {
                    let verb = if lost == 1 { "is" } else { "are" };
                    let how = if entry.key.is_empty() { "gone, changed" } else { "gone" };
                    conflicts.push(format!("{lost} of {} {verb} {how} or moved on since", entry.table));
                }
            }
        }
    }
    let mut returning = Vec::new();
    if conflicts.is_empty() {
        for reference in references.all.iter().filter(|one| one.can_select) {
            let of = |entry: &&Entry| {
                entry.table == reference.table && entry.columns == reference.columns
            };
            let all = contact_references::count(conn, reference, &[merge.survivor_id])?;
            let back = match entries.iter().find(of) {
                Some(entry) => matching(conn, reference, entry, merge.survivor_id)?,
                None => 0,
            };
            returning.push(Returning { reference: reference.label(), back, stay: all - back });
        }
    }
    Ok((conflicts, returning))
}

/// Takes a merge back that has no conflicts.
///
/// # Errors
/// Something of the application's stands in the way. The transaction has to be rolled back then.
pub fn undo(
    conn: &mut PgConnection,
    merge: &Recorded,
    references: &References,
    actor: &str,
    _consent: &Consent,
) -> anyhow::Result<()> {
    super::merging::prepare(conn)?;
    let rows = merge.rows()?;
    let own = references.all.iter().filter(|one| one.is_own());
    let parents: Vec<&String> = own.flat_map(|one| &one.columns).collect();
    let (survivors, gone): (Vec<RawJson>, Vec<RawJson>) =
        merge.contacts().into_iter().partition(|row| merge.is_survivor(row));
    // First it lets go of what it took from the others, then they come, then what refers to them.
    restore_survivor(conn, merge, &survivors, |column| !parents.contains(&column))?;
    remove_identities(conn, merge, &rows.added.contact_identities)?;
    insert(conn, "contacts", &gone)?;
    restore_survivor(conn, merge, &survivors, |column| parents.contains(&column))?;
    for entry in &rows.moved {
        let lost = || Failure::refused(format!("rows of {} changed meanwhile", entry.table));
        let reference = references.find(&entry.table, &entry.columns).ok_or_else(lost)?;
        let meant = entry.rows.elements().len();
        let went = move_back(conn, reference, entry, merge.survivor_id)?;
        if reference.table != "presence" && went != meant {
            let by = interference::with(conn, &reference.table, Event::Update)?;
            let why = format!("{went} of {meant} came back{by}");
            return Err(lost()
                .why(why)
                .hint("nothing was changed; look again with --dry-run")
                .into());
        }
    }
    insert(conn, "assignments", &rows.removed.assignments.elements())?;
    let forgotten = diesel::sql_query("DELETE FROM merged_contacts WHERE merge_id = $1")
        .bind::<SqlUuid, _>(merge.id)
        .execute(conn)?;
    let meant = merge.merged_ids.len();
    interference::none_swallowed(conn, "merged_contacts", Event::Delete, (meant, forgotten))?;
    let marked = diesel::sql_query(
        "UPDATE contact_merges SET undone_at = now(), undone_by = $2 WHERE id = $1",
    )
    .bind::<SqlUuid, _>(merge.id)
    .bind::<Text, _>(actor)
    .execute(conn)?;
    interference::none_swallowed(conn, "contact_merges", Event::Update, (1, marked))?;
    Ok(conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?)
}

/// Gives the survivor back what the merge changed, of the columns that are asked for.
fn restore_survivor(
    conn: &mut PgConnection,
    merge: &Recorded,
    survivors: &[RawJson],
    is_asked: impl Fn(&String) -> bool,
) -> anyhow::Result<()> {
    let Some(before) = survivors.first() else { return Ok(()) };
    let after = merge.after.members();
    let is_changed = |column: &String| {
        let changed =
            |(key, value): (String, RawJson)| key == *column && !after.contains(&(key, value));
        before.members().into_iter().any(changed)
    };
    let columns = writable(conn, "contacts")?.into_iter();
    let columns: Vec<String> = columns.filter(|one| is_asked(one) && is_changed(one)).collect();
    if columns.is_empty() {
        return Ok(());
    }
    let set = columns.iter().map(|column| {
        let column = quote_identifier(column);
        format!("{column} = o.{column}")
    });
    let went = diesel::sql_query(format!(
        "UPDATE contacts t SET {} FROM jsonb_populate_record(NULL::contacts, $2) AS o WHERE t.id = $1",
        set.collect::<Vec<_>>().join(", ")
    ))
    .bind::<SqlUuid, _>(merge.survivor_id)
    .bind::<Jsonb, _>(DbJson(before.clone()))
    .execute(conn)?;
    Ok(interference::none_swallowed(conn, "contacts", Event::Update, (1, went))?)
}

fn remove_identities(
    conn: &mut PgConnection,
    merge: &Recorded,
    ids: &[Uuid],
) -> anyhow::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    interference::refuse_dependents(conn, "contact_identities", ids)?;
    let went =
        diesel::sql_query("DELETE FROM contact_identities WHERE id = ANY ($1) AND contact_id = $2")
            .bind::<Array<SqlUuid>, _>(ids)
            .bind::<SqlUuid, _>(merge.survivor_id)
            .execute(conn)?;
    Ok(interference::none_swallowed(conn, "contact_identities", Event::Delete, (ids.len(), went))?)
}

/// Brings whole rows back to a table of ours, with the columns that it had then and has now: those
/// that are generated make themselves, later ones take their defaults.
fn insert(conn: &mut PgConnection, table: &str, rows: &[RawJson]) -> anyhow::Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let had = first.members();
    let columns = writable(conn, table)?.into_iter();
    let columns = columns.filter(|column| had.iter().any(|(key, _)| key == column));
    let columns: Vec<String> = columns.map(|column| quote_identifier(&column)).collect();
    let table_name = quote_identifier(table);
    let columns = columns.join(", ");
    let went = diesel::sql_query(format!(
        "INSERT INTO {table_name} ({columns}) OVERRIDING SYSTEM VALUE \
         SELECT {columns} FROM jsonb_populate_recordset(NULL::{table_name}, $1)"
    ))
    .bind::<Jsonb, _>(DbJson(RawJson::list(rows)))
    .execute(conn)?;
    Ok(interference::none_swallowed(conn, table, Event::Insert, (rows.len(), went))?)
}

/// The columns that take a value.
fn writable(conn: &mut PgConnection, table: &str) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT a.attname::text AS name FROM pg_attribute a \
         WHERE a.attrelid = to_regclass(quote_ident($1)) AND a.attnum > 0 AND NOT a.attisdropped \
             AND a.attgenerated = '' ORDER BY a.attnum",
    )
    .bind::<Text, _>(table)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// How many rows of an entry are still with the survivor, as the merge left them.
fn matching(
    conn: &mut PgConnection,
    reference: &Reference,
    entry: &Entry,
    survivor: Uuid,
) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let query = format!("{} SELECT count(*) AS rows FROM matched", matched(reference, entry));
    let row: Row = diesel::sql_query(query)
        .bind::<SqlUuid, _>(survivor)
        .bind::<Jsonb, _>(DbJson(entry.rows.clone()))
        .bind::<Array<Text>, _>(&entry.columns)
        .get_result(conn)?;
    Ok(row.rows)
}

fn move_back(
    conn: &mut PgConnection,
    reference: &Reference,
    entry: &Entry,
    survivor: Uuid,
) -> QueryResult<usize> {
    let table = &reference.table;
    let set = reference.columns.iter().map(|column| {
        let column = quote_identifier(column);
        format!("{column} = (jsonb_populate_record(NULL::{table}, m.document)).{column}")
    });
    diesel::sql_query(format!(
        "{} UPDATE {table} t SET {} FROM matched m, contacts s \
         WHERE t.tableoid = m.part AND t.ctid = m.place AND s.id = $1 AND {}",
        matched(reference, entry),
        set.collect::<Vec<_>>().join(", "),
        reference.matches("t", "s")
    ))
    .bind::<SqlUuid, _>(survivor)
    .bind::<Jsonb, _>(DbJson(entry.rows.clone()))
    .bind::<Array<Text>, _>(&entry.columns)
    .execute(conn)
}

/// `matched`: the rows of an entry, $2, and where they lie now. They are looked for among the
/// survivor's, $1: the server can't know how few the record lists, and would rather read a whole
/// table. With a key a row is known by it; without one by all that it holds but the columns that
/// refer, $3, and those that the table did not have then: rows that are alike stand for each other.
fn matched(reference: &Reference, entry: &Entry) -> String {
    let keys = || entry.key.iter().filter(|key| !entry.columns.contains(key));
    let array = |of: &dyn Fn(&String) -> String| {
        format!("jsonb_build_array({})", keys().map(of).collect::<Vec<_>>().join(", "))
    };
    let (wanted, have) = match entry.key.is_empty() {
        false => (
            array(&|key| format!("document -> {}", quote_literal(key))),
            array(&|key| format!("to_jsonb(t.{})", quote_identifier(key))),
        ),
        true => (
            String::from("document - $3"),
            String::from(
                "to_jsonb(t) - ARRAY(SELECT jsonb_object_keys(to_jsonb(t)) \
                     EXCEPT SELECT jsonb_object_keys($2 -> 0)) - $3",
            ),
        ),
    };
    format!(
        "WITH wanted AS ( \
             SELECT document, {wanted} AS known, \
                 row_number() OVER (PARTITION BY {wanted} ORDER BY document) AS turn \
             FROM jsonb_array_elements($2) AS rows (document)), \
         have AS ( \
             SELECT part, place, known, row_number() OVER (PARTITION BY known ORDER BY place) AS turn \
             FROM (SELECT t.tableoid AS part, t.ctid AS place, {have} AS known \
                 FROM contacts s JOIN {} t ON {} \
                 WHERE s.id = $1 AND cardinality($3) > 0) AS rows), \
         matched AS ( \
             SELECT w.document, h.part, h.place FROM wanted w \
             JOIN have h ON h.known = w.known AND h.turn = w.turn)",
        reference.table,
        reference.matches("t", "s")
    )
}

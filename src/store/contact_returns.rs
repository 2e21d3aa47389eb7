//! Rows that a merge moved, removed or changed go back to what they were.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Jsonb, Text};
use serde::Deserialize;
use uuid::Uuid;

use super::contact_reference::{self, Reference};
use super::contact_references::References;
use super::interference::{self, Event};
use super::json::DbJson;
use super::row_shape::RowShape;
use super::statements::{quote_identifier, quote_literal};
use crate::domain::raw_json::RawJson;
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// Rows of one table, as a merge recorded them.
#[derive(Deserialize)]
pub(super) struct Entry {
    pub table: String,
    /// Those that moved.
    pub columns: Vec<String>,
    pub key: Vec<String>,
    rows: RawJson,
}

/// What moving the rows of an entry back did.
#[derive(QueryableByName)]
pub(super) struct Went {
    #[diesel(sql_type = BigInt)]
    pub rows: i64,
    /// Rows of which more changed than what refers to contacts, and in which columns.
    #[diesel(sql_type = BigInt)]
    pub altered: i64,
    #[diesel(sql_type = Array<Text>)]
    pub columns: Vec<String>,
}

impl Entry {
    pub(super) fn label(&self) -> String {
        format!("{}.{}", self.table, self.columns.join("+"))
    }

    /// How many rows it records.
    pub(super) fn meant(&self) -> i64 {
        self.rows.elements().len() as i64
    }

    /// Whether its rows can't be told from others any more: a column by which they are known has
    /// another name now, or another one may have taken its place.
    pub(super) fn is_out_of_date(&self, shape: &RowShape) -> bool {
        let columns = shape.all();
        let is_gone = |name: &String| !columns.contains(name);
        if !self.key.is_empty() {
            return self.key.iter().any(is_gone);
        }
        let recorded = self.recorded();
        recorded.iter().any(is_gone) && columns.iter().any(|name| !recorded.contains(name))
    }

    fn recorded(&self) -> Vec<String> {
        let first = self.rows.elements().first().map(RawJson::members).unwrap_or_default();
        first.into_iter().map(|(key, _)| key).collect()
    }

    /// The references that its rows moved by, as far as they are there: what a record says is not
    /// trusted to be one.
    pub(super) fn references<'a>(&self, all: &'a References) -> Option<Vec<&'a Reference>> {
        let within = |one: &&Reference| one.columns.iter().all(|name| self.columns.contains(name));
        let found: Vec<&Reference> = all.of_table(&self.table).into_iter().filter(within).collect();
        let covered = |name: &String| found.iter().any(|one| one.columns.contains(name));
        let is_covered = !found.is_empty() && self.columns.iter().all(covered);
        is_covered.then_some(found)
    }
}

/// How many rows of an entry are still with the survivor, as the merge left them.
pub(super) fn matching(
    conn: &mut PgConnection,
    entry: &Entry,
    all: &References,
    survivor: Uuid,
) -> QueryResult<i64> {
    let Some(by) = entry.references(all) else { return Ok(0) };
    let Matched { query, left_out } = matched(entry, &by, all);
    diesel::sql_query(format!("{query} SELECT count(*) AS rows FROM matched"))
        .bind::<SqlUuid, _>(survivor)
        .bind::<Jsonb, _>(DbJson(entry.rows.clone()))
        .bind::<Array<Text>, _>(left_out)
        .scalar::<BigInt, _>(conn)
}

/// Gives the rows of an entry back what their columns held.
pub(super) fn move_back(
    conn: &mut PgConnection,
    entry: &Entry,
    all: &References,
    survivor: Uuid,
) -> QueryResult<Went> {
    let Some(by) = entry.references(all) else {
        return Ok(Went { rows: 0, altered: 0, columns: Vec::new() });
    };
    let Matched { query, left_out } = matched(entry, &by, all);
    let shape = &by[0].shape;
    let set = shape.values(&entry.columns);
    let set: Vec<String> = set.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    diesel::sql_query(format!(
        "{query}, went AS ( \
             UPDATE {table} t SET {set} \
             FROM matched m CROSS JOIN contacts s, \
             LATERAL jsonb_to_record(m.document) AS o ({definitions}) \
             WHERE t.tableoid = m.part AND t.ctid = m.place AND s.id = $1 AND {matches} \
             RETURNING m.present AS was, {present} AS became) \
         SELECT count(*) AS rows, count(*) FILTER (WHERE became <> was) AS altered, \
             ARRAY(SELECT DISTINCT e.key FROM went w, jsonb_each(w.became) AS e \
                   WHERE e.value <> w.was -> e.key ORDER BY e.key) AS columns \
         FROM went",
        table = by[0].table,
        set = set.join(", "),
        definitions = shape.definitions(&entry.columns),
        matches = all_match(&by),
        present = present(entry, &by),
    ))
    .bind::<SqlUuid, _>(survivor)
    .bind::<Jsonb, _>(DbJson(entry.rows.clone()))
    .bind::<Array<Text>, _>(left_out)
    .get_result(conn)
}

/// That row `t` refers to contact `s` in each of these ways.
fn all_match(by: &[&Reference]) -> String {
    by.iter().map(|one| one.matches("t", "s")).collect::<Vec<_>>().join(" AND ")
}

/// What a row holds beside the columns that go back, where something may change that too.
fn present(entry: &Entry, by: &[&Reference]) -> String {
    if !by.iter().any(|one| one.may_interfere) {
        return String::from("'{}'::jsonb");
    }
    let mut others = by[0].shape.readable();
    others.retain(|name| !entry.columns.contains(name));
    by[0].shape.document("t", &others)
}

struct Matched {
    query: String,
    /// What isn't compared of a document: $3.
    left_out: Vec<String>,
}

/// `matched`: the rows of an entry, $2, and where they lie now. They are looked for among the
/// survivor's, $1: the server can't know how few the record lists, and would rather read a whole
/// table. With a key a row is known by it; without one by all that it holds but the columns that
/// moved, and those that came or went since: rows that are alike stand for each other. A further
/// column that refers to a contact is compared by where that one lives now.
fn matched(entry: &Entry, by: &[&Reference], all: &References) -> Matched {
    let shape = &by[0].shape;
    let recorded = entry.recorded();
    let mut compared = if entry.key.is_empty() { recorded.clone() } else { entry.key.clone() };
    let columns = shape.all();
    compared.retain(|name| columns.contains(name) && !entry.columns.contains(name));
    let left_out = recorded.into_iter().filter(|name| !compared.contains(name)).collect();
    let referring = all.of_table(&entry.table).into_iter().filter_map(Reference::id_column);
    let referring: BTreeSet<&String> = referring.filter(|name| compared.contains(name)).collect();
    let mut wanted = String::from("document - $3");
    for name in referring {
        let name = quote_literal(name);
        wanted += &format!(
            " || pg_catalog.jsonb_build_object({name}, {})",
            where_it_lives(
                &format!("document -> {name}::text"),
                &format!("document ->> {name}::text")
            )
        );
    }
    let have = match compared.is_empty() {
        true => String::from("'{}'::jsonb"),
        false => shape.document("t", &compared),
    };
    let query = format!(
        "WITH wanted AS ( \
             SELECT document, {wanted} AS known FROM jsonb_array_elements($2) AS rows (document)), \
         numbered AS ( \
             SELECT document, known, row_number() OVER (PARTITION BY known ORDER BY document) AS turn \
             FROM wanted), \
         have AS ( \
             SELECT part, place, present, known, \
                 row_number() OVER (PARTITION BY known ORDER BY place) AS turn \
             FROM (SELECT t.tableoid AS part, t.ctid AS place, {present} AS present, {have} AS known \
                 FROM contacts s JOIN {relation} t ON {matches} WHERE s.id = $1) AS rows), \
         matched AS ( \
             SELECT w.document, h.part, h.place, h.present FROM numbered w \
             JOIN have h ON h.known = w.known AND h.turn = w.turn)",
        present = present(entry, by),
        relation = by[0].relation(),
        matches = all_match(by),
    );
    Matched { query, left_out }
}

/// The id of a contact, or of whom it was merged into if it is gone, as JSON: in the letters that it
/// is written in, and as wide.
fn where_it_lives(id: &str, text: &str) -> String {
    let is_gone = "NOT EXISTS (SELECT FROM contacts c WHERE c.id = m.contact_id)";
    format!(
        "coalesce(( \
             WITH RECURSIVE way (id, step) AS ( \
                 SELECT m.survivor_id, 1 FROM merged_contacts m \
                 WHERE m.contact_id = CASE WHEN {text} ~* '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}} *$' \
                         THEN rtrim({text})::uuid END AND {is_gone} \
                 UNION ALL \
                 SELECT m.survivor_id, way.step + 1 FROM way \
                 JOIN merged_contacts m ON m.contact_id = way.id AND {is_gone} \
                 WHERE way.step < 1000) \
             SELECT pg_catalog.to_jsonb(rpad( \
                 CASE WHEN {text} = lower({text}) THEN way.id::text ELSE upper(way.id::text) END, \
                 length({text}))) \
             FROM way ORDER BY step DESC LIMIT 1), {id})"
    )
}

/// Rows that refer to one of these contacts; of contacts themselves only those beside `members`.
pub(super) fn count(
    conn: &mut PgConnection,
    reference: &Reference,
    contacts: &[Uuid],
    members: &[Uuid],
) -> QueryResult<i64> {
    let all = contact_reference::count(conn, reference, contacts)?;
    if !reference.is_own() {
        return Ok(all);
    }
    let rows = diesel::sql_query(format!(
        "SELECT count(*) AS rows FROM contacts g JOIN contacts t ON {} \
         WHERE g.id = ANY ($1) AND t.id = ANY ($2)",
        reference.matches("t", "g")
    ))
    .bind::<Array<SqlUuid>, _>(contacts)
    .bind::<Array<SqlUuid>, _>(members)
    .scalar::<BigInt, i64>(conn)?;
    Ok(all - rows)
}

/// Brings whole rows back to a table of ours, with the columns that it had then and has now: those
/// that are generated make themselves, later ones take their defaults.
pub(super) fn insert(
    conn: &mut PgConnection,
    table: &str,
    shape: &RowShape,
    rows: &[RawJson],
) -> anyhow::Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let had = first.members();
    let mut names = shape.insertable();
    names.retain(|name| had.iter().any(|(key, _)| key == name));
    let (columns, values): (Vec<String>, Vec<String>) = shape.values(&names).into_iter().unzip();
    let went = diesel::sql_query(format!(
        "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM jsonb_to_recordset($1) AS o ({})",
        quote_identifier(table),
        columns.join(", "),
        values.join(", "),
        shape.definitions(&names)
    ))
    .bind::<Jsonb, _>(DbJson(RawJson::list(rows)))
    .execute(conn)?;
    Ok(interference::none_swallowed(conn, table, Event::Insert, (rows.len(), went))?)
}

/// Gives rows of a table of ours, known by their id, back what some of their columns held.
pub(super) fn set(
    conn: &mut PgConnection,
    table: &str,
    shape: &RowShape,
    rows: &[RawJson],
    is_asked: impl Fn(&String) -> bool,
) -> anyhow::Result<()> {
    let mut names = shape.updatable();
    names.retain(|name| is_asked(name));
    if rows.is_empty() || names.is_empty() {
        return Ok(());
    }
    let set = shape.values(&names);
    let set: Vec<String> = set.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    names.push(String::from("id"));
    let went = diesel::sql_query(format!(
        "UPDATE {} t SET {} FROM jsonb_to_recordset($1) AS o ({}) WHERE t.id = o.id",
        quote_identifier(table),
        set.join(", "),
        shape.definitions(&names)
    ))
    .bind::<Jsonb, _>(DbJson(RawJson::list(rows)))
    .execute(conn)?;
    Ok(interference::none_swallowed(conn, table, Event::Update, (rows.len(), went))?)
}

/// Those of these rows of a table of ours that are not what they should be, and the columns.
pub(super) fn differing(
    conn: &mut PgConnection,
    table: &str,
    shape: &RowShape,
    rows: &[RawJson],
) -> anyhow::Result<(Vec<RawJson>, BTreeSet<String>)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
        document: RawJson,
    }
    let ids: Vec<Uuid> = rows.iter().filter_map(id_of).collect();
    let found: Vec<Row> = diesel::sql_query(format!(
        "SELECT {} AS document FROM {} t WHERE t.id = ANY ($1)",
        shape.document("t", &shape.all()),
        quote_identifier(table)
    ))
    .bind::<Array<SqlUuid>, _>(ids)
    .load(conn)?;
    if found.len() != rows.len() {
        let by = interference::after(conn, table, Event::Insert)?;
        let why =
            format!("{} of {} were removed at once{by}", rows.len() - found.len(), rows.len());
        return Err(Failure::refused(format!("rows of {table} do not stay")).why(why).into());
    }
    let mut columns = BTreeSet::new();
    let mut differ = Vec::new();
    for row in rows {
        let now = found.iter().find(|now| id_of(&now.document) == id_of(row));
        let now = now.map(|now| now.document.members()).unwrap_or_default();
        let was = row.members();
        let changed = now
            .iter()
            .filter(|(key, value)| was.iter().any(|(name, before)| name == key && before != value));
        let changed: Vec<String> = changed.map(|(key, _)| key.clone()).collect();
        if !changed.is_empty() {
            differ.push(row.clone());
        }
        columns.extend(changed);
    }
    Ok((differ, columns))
}

/// The id in the document of a row.
pub(super) fn id_of(row: &RawJson) -> Option<Uuid> {
    row.member("id")?.as_string()?.parse().ok()
}

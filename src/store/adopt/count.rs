//! What the rows of the application's database are like, counted in one reading of each table.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};

use super::aside;
use super::bulk;
use super::expression::{ROW, is_json, is_missing, raw, text};
use super::follow;
use crate::domain::adopt::decide::{Counts, Finding, Rule, TableCounts};
use crate::domain::adopt::mapping::{Column, Mapping, Table, Value};
use crate::domain::adopt::model::{Kind, Otherwise};
use crate::domain::adopt::recognise::CREDENTIALS_ASIDE;
use crate::domain::schema_diff::Catalog;
use crate::store::scalar::ScalarQuery;
use crate::store::statements::{names, quote_identifier};

/// Counts in the transaction that is open. `zone` is that of a session to which nobody says one, if known;
/// `rows` comes before each question and says of which rows it is one.
///
/// # Errors
/// The server refuses.
pub fn count(
    conn: &mut PgConnection,
    catalog: &Catalog,
    mapping: &Mapping,
    zone: Option<&str>,
    rows: &str,
) -> anyhow::Result<Counts> {
    bulk::prepare(conn)?;
    let numbers = follow::numbers(conn, catalog, mapping)?;
    let taken = mapping.taken(catalog);
    let mut counts = Counts { numbers, ..surroundings(conn, zone, &taken)? };
    let elsewhere = aside::partitions_elsewhere(conn, &taken)?;
    counts.left.extend(elsewhere.iter().map(|name| format!("partition {name}")));
    for table in &mapping.tables {
        let Some(theirs) = table.name() else { continue };
        let mut counted = findings(conn, mapping, table, (theirs, rows))?;
        for column in &table.columns {
            if matches!(column.field.kind, Kind::Label(_))
                && matches!(column.value, Value::Column(_) | Value::Through { .. })
            {
                let found = labels(conn, (theirs, rows), column)?;
                counted.labels.insert(column.field.name.to_owned(), found);
            }
        }
        counts.tables.insert(table.model.table.to_owned(), counted);
    }
    counts.emails = emails(conn, mapping, rows)?;
    counts.credentials = credentials(conn, mapping, rows)?;
    Ok(counts)
}

fn surroundings(
    conn: &mut PgConnection,
    zone: Option<&str>,
    taken: &[String],
) -> QueryResult<Counts> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        kind: String,
        #[diesel(sql_type = Text)]
        name: String,
    }
    let rows: Vec<Row> = diesel::sql_query(include_str!("../sql/adopt_surroundings.sql"))
        .bind::<Nullable<Text>, _>(zone)
        .bind::<Array<Text>, _>(taken)
        .load(conn)?;
    let mut counts = Counts::default();
    for Row { kind, name } in rows {
        match kind.as_str() {
            "slot" => counts.slots.push(name),
            "subscription" => counts.subscriptions.push(name),
            "publication" => counts.publications.push(name),
            "left" => counts.left.push(name),
            "large objects" => counts.large_objects = name.parse().unwrap_or_default(),
            _ => counts.zones.push(name),
        }
    }
    Ok(counts)
}

/// The channels that have some.
fn credentials(conn: &mut PgConnection, mapping: &Mapping, rows: &str) -> QueryResult<Vec<String>> {
    let Some(table) = mapping.ours("integrations") else { return Ok(Vec::new()) };
    let kept = table.own.iter().find(|(_, name)| name == CREDENTIALS_ASIDE);
    let (Some(theirs), Some((column, _)), Some(channel)) =
        (table.name(), kept, table.column("channel"))
    else {
        return Ok(Vec::new());
    };
    names(
        conn,
        &format!(
            "{rows}SELECT DISTINCT coalesce({}, '') AS name FROM {} AS {ROW} WHERE {ROW}.{} IS NOT NULL ORDER BY 1",
            text(&channel.value),
            quote_identifier(theirs),
            quote_identifier(&column.name)
        ),
    )
}

/// A condition to count by, with what it tells.
struct Asked {
    rule: Rule,
    column: &'static str,
    condition: String,
}

fn findings(
    conn: &mut PgConnection,
    mapping: &Mapping,
    table: &Table,
    (theirs, of): (&str, &str),
) -> anyhow::Result<TableCounts> {
    let mut asked: Vec<Asked> =
        table.columns.iter().flat_map(|column| conditions(mapping, table, column)).collect();
    let counts: Vec<String> = std::iter::once(String::from("count(*)"))
        .chain(asked.iter().map(|one| format!("count(*) FILTER (WHERE {})", one.condition)))
        .chain(twice(table).iter().map(|(_, _, counted)| counted.clone()))
        .collect();
    let numbers = diesel::sql_query(format!(
        "{of}SELECT pg_catalog.jsonb_build_array({})::text AS numbers FROM {} AS {ROW}",
        counts.join(", "),
        quote_identifier(theirs)
    ))
    .scalar::<Text, String>(conn)?;
    let numbers: Vec<u64> = serde_json::from_str(&numbers)?;
    for (rule, column, _) in twice(table) {
        asked.push(Asked { rule, column, condition: String::new() });
    }
    let (rows, numbers) = numbers.split_first().map_or((0, &[][..]), |(rows, rest)| (*rows, rest));
    let findings = asked.into_iter().zip(numbers).filter(|(_, rows)| **rows > 0);
    let findings = findings
        .map(|(one, rows)| Finding { rule: one.rule, column: one.column.to_owned(), rows: *rows })
        .collect();
    Ok(TableCounts { rows, findings, ..TableCounts::default() })
}

fn conditions(mapping: &Mapping, table: &Table, column: &Column) -> Vec<Asked> {
    let field = column.field;
    let one = |rule, condition: String| Asked { rule, column: field.name, condition };
    let mut asked = Vec::new();
    if column.value == Value::Nothing {
        return asked;
    }
    match (field.otherwise, field.kind) {
        (Otherwise::Asked, _) => asked.push(one(Rule::Missing, is_missing(column))),
        (Otherwise::Mailbox, _) => {
            let name = text(&column.value);
            asked.push(one(Rule::NoName, format!("nullif(pg_catalog.btrim({name}), '') IS NULL")));
        }
        (_, Kind::Json | Kind::Names) => asked.push(one(Rule::JsonNull, is_missing(column))),
        _ => {}
    }
    if field.kind == Kind::Names && is_json(&column.sql_type) {
        asked.push(one(Rule::NamesAlone, has_more_than_names(&raw(&column.value))));
    }
    if let Kind::Reference(to) = field.kind
        && let Some(target) = mapping.ours(to)
        && let (Some(name), Some(id)) = (target.name(), target.column("id"))
        && let Value::Column(id) = &id.value
    {
        let text = text(&column.value);
        // With a key that was checked there are none. The list is a hash: a look a row.
        if !table.is_kept_by_a_key(column, target) {
            asked.push(one(
                Rule::Orphan,
                format!(
                    "{text} IS NOT NULL AND NOT coalesce({text} IN (SELECT o.{}::text FROM {} AS o), false)",
                    quote_identifier(id),
                    quote_identifier(name)
                ),
            ));
        }
    }
    if (table.model.table, field.name) == ("messages", "status")
        && let Some(direction) = table.column("direction")
        && matches!(direction.value, Value::Column(_))
    {
        asked.push(one(
            Rule::Received,
            format!(
                "pg_catalog.upper({}) IN ('INBOUND', 'INCOMING') AND \
                 pg_catalog.upper({}) IN ('PENDING', 'QUEUED', 'SENT', 'DELIVERED')",
                text(&direction.value),
                text(&column.value)
            ),
        ));
    }
    asked
}

/// Whether JSON of names says something besides, such as what each stands for.
fn has_more_than_names(raw: &str) -> String {
    let value = format!("({raw})::jsonb");
    format!(
        "CASE jsonb_typeof({value}) WHEN 'object' THEN {value} <> '{{}}'::jsonb \
         WHEN 'array' THEN pg_catalog.jsonb_path_exists({value}, '$[*] ? (@.type() != \"string\")'::jsonpath) \
         WHEN 'number' THEN true WHEN 'boolean' THEN true ELSE false END"
    )
}

/// Rows beyond the first of the same value, where ours has one.
fn twice(table: &Table) -> Vec<(Rule, &'static str, String)> {
    let beyond = |rule, name: &'static str, value: String| {
        (rule, name, format!("pg_catalog.count({value}) - pg_catalog.count(DISTINCT {value})"))
    };
    let mut found = Vec::new();
    if let Some(id) = table.column("id").filter(|id| id.value != Value::Nothing) {
        let is_text = id.sql_type.starts_with(['t', 'c']);
        let text = text(&id.value);
        let lower = format!("CASE WHEN octet_length({text}) = 36 THEN pg_catalog.lower({text})");
        // Of texts that differ, only uuids in capitals and in small letters become one.
        match (is_key(table, &id.value), is_text) {
            (true, true) => found.push(beyond(Rule::SameId, "id", format!("{lower} END"))),
            (true, false) => {}
            (false, _) => {
                found.push(beyond(Rule::SameId, "id", format!("{lower} ELSE {text} END")))
            }
        }
        let short = format!("count(*) FILTER (WHERE octet_length({text}) < 16)");
        found.push((
            Rule::ShortId,
            "id",
            format!("CASE WHEN count(*) FILTER (WHERE octet_length({text}) >= 16) > 0 THEN {short} ELSE 0 END"),
        ));
    }
    if let Some(column) = table.model.unique.and_then(|name| table.column(name))
        && column.value != Value::Nothing
    {
        found.push(beyond(Rule::Duplicate, column.field.name, text(&column.value)));
    }
    found
}

/// Whether no two rows have the same, by a key of theirs.
fn is_key(table: &Table, id: &Value) -> bool {
    let theirs = table.theirs.as_ref();
    match id {
        Value::Column(name) => {
            theirs.is_some_and(|theirs| theirs.is_unique(std::slice::from_ref(name)))
        }
        Value::Joined(names) => theirs.is_some_and(|theirs| theirs.is_unique(names)),
        _ => false,
    }
}

fn labels(
    conn: &mut PgConnection,
    (theirs, of): (&str, &str),
    column: &Column,
) -> QueryResult<Vec<(String, u64)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        label: String,
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(format!(
        "{of}SELECT found.label, found.rows FROM (SELECT {} AS label, count(*) AS rows FROM {} AS {ROW} \
         GROUP BY 1) found WHERE found.label IS NOT NULL ORDER BY 1 LIMIT 200",
        text(&column.value),
        quote_identifier(theirs)
    ))
    .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.label, row.rows.unsigned_abs())).collect())
}

/// All but the first of each, with the first.
fn emails(
    conn: &mut PgConnection,
    mapping: &Mapping,
    rows: &str,
) -> QueryResult<Vec<(String, String)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        email: String,
        #[diesel(sql_type = Text)]
        first: String,
    }
    let Some(users) = mapping.ours("users") else { return Ok(Vec::new()) };
    let (Some(theirs), Some(column)) = (users.name(), users.column("email")) else {
        return Ok(Vec::new());
    };
    if column.value == Value::Nothing {
        return Ok(Vec::new());
    }
    let made = users.column("created_at").map(|made| raw(&made.value));
    let found: Vec<Row> = diesel::sql_query(format!(
        "{rows}SELECT e.email, e.first FROM (SELECT {email} AS email, \
             pg_catalog.first_value({email}) OVER same AS first, \
             pg_catalog.row_number() OVER same AS place \
         FROM {theirs} AS {ROW} \
         WINDOW same AS (PARTITION BY pg_catalog.lower({email}) ORDER BY {made}, {email})) e \
         WHERE e.place > 1 AND e.email IS NOT NULL ORDER BY 1",
        email = text(&column.value),
        theirs = quote_identifier(theirs),
        made = made.unwrap_or_else(|| String::from("NULL::text")),
    ))
    .load(conn)?;
    Ok(found.into_iter().map(|row| (row.email, row.first)).collect())
}

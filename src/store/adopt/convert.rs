//! In the copy: the rows that went aside become rows of ours.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::expression::{self, ASIDE, ROW, Rules, adopted, text};
use super::months;
use crate::domain::adopt::mapping::{Mapping, Table, Value};
use crate::domain::adopt::{Map, Tenant, words};
use crate::domain::schema_diff;
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;
use crate::store::statements::{self, quote_identifier, quote_literal};

/// Rows of a table, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    pub table: &'static str,
    /// Of theirs.
    pub before: i64,
    /// Of ours that came of them.
    pub after: i64,
    /// Left out, as the map says.
    pub left_out: i64,
}

/// A label of theirs that becomes one of our type. Not in a transaction with what uses it.
pub fn add_label(conn: &mut PgConnection, name: &str, label: &str) -> QueryResult<()> {
    statements::run(
        conn,
        &format!(
            "ALTER TYPE {} ADD VALUE IF NOT EXISTS {}",
            quote_identifier(name),
            quote_literal(label)
        ),
    )
}

/// The functions of [`ASIDE`], and the words by which a row is called.
///
/// # Errors
/// The server refuses.
pub fn helpers(conn: &mut PgConnection, mapping: &Mapping) -> QueryResult<()> {
    conn.batch_execute(include_str!("../sql/adopt_helpers.sql"))?;
    let (words, resources): (Vec<String>, Vec<&str>) = mapping
        .tables
        .iter()
        .flat_map(|table| {
            words::words(table.model, table.name())
                .into_iter()
                .map(|word| (word, table.model.table))
        })
        .unzip();
    diesel::sql_query(
        "INSERT INTO inboxctl_adopt.inboxctl_words (word, resource) \
         SELECT word, resource FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2)) AS all_of_it (word, resource) ON CONFLICT DO NOTHING",
    )
    .bind::<Array<Text>, _>(words)
    .bind::<Array<Text>, _>(resources)
    .execute(conn)
    .map(drop)
}

/// What the old ids of a table are found by.
///
/// # Errors
/// The server refuses.
pub fn old_ids(conn: &mut PgConnection, map: &Map, table: &Table) -> QueryResult<()> {
    let (Some(name), Some(id)) = (table.name(), table.column("id")) else { return Ok(()) };
    let old = text(&id.value);
    diesel::sql_query(format!(
        "INSERT INTO adopted_ids (resource, old_id, id) \
         SELECT{distinct} {resource}, made.old_id, made.id \
         FROM (SELECT {old} AS old_id, {} AS id FROM {ASIDE}.{theirs} AS {ROW} OFFSET 0) made \
         WHERE made.old_id <> made.id::text",
        adopted(&old),
        distinct = if are_twice(map, table) { " DISTINCT" } else { "" },
        resource = quote_literal(table.model.table),
        theirs = quote_identifier(name),
    ))
    .execute(conn)
    .map(drop)
}

/// Several rows have an id, of which the newest stays.
fn are_twice(map: &Map, table: &Table) -> bool {
    map.decision("duplicates", &format!("{}.id", table.model.table)).is_some()
}

/// Converts the rows of a table, which has no indexes meanwhile. Run it in a transaction, after those
/// that its rows refer to.
///
/// # Errors
/// A value can't be converted, or not every row arrived.
pub fn table(
    conn: &mut PgConnection,
    rules: &Rules<'_>,
    table: &Table,
) -> anyhow::Result<Option<Converted>> {
    let Some(name) = table.name() else { return Ok(None) };
    let ours = quote_identifier(table.model.table);
    let source = rows_of(rules, table, name);
    statements::run(conn, &format!("ALTER TABLE {ours} DISABLE TRIGGER USER"))?;
    if table.model.table == "audit_logs" {
        months::make(conn, rules, table, &source)?;
    } else {
        add_own_columns(conn, rules, table)?;
    }
    let all = format!("{ASIDE}.{}", quote_identifier(name));
    let before = count(conn, &format!("SELECT count(*) AS number FROM {all}"))?;
    let kept = kept(rules, table, &source);
    let expected = match kept.is_all && source == all {
        true => before,
        false => count(conn, &format!("SELECT count(*) AS number FROM {}", kept.from))?,
    };
    let (columns, values) = columns(rules, table);
    let inserted = diesel::sql_query(format!(
        "INSERT INTO {ours} ({}) SELECT {} FROM {}",
        columns.join(", "),
        values.join(", "),
        kept.from
    ))
    .execute(conn)?;
    statements::run(conn, &format!("ALTER TABLE {ours} ENABLE TRIGGER USER"))?;
    finish_own_columns(conn, rules, table)?;
    let after = i64::try_from(inserted).unwrap_or(i64::MAX);
    if after != expected {
        return Err(Failure::failed(format!("not every row of {name} arrived"))
            .why(format!("{after} of {expected} rows came into {}", table.model.table))
            .into());
    }
    if before > expected {
        forget_left_out(conn, table.model.table)?;
    }
    Ok(Some(Converted { table: table.model.table, before, after, left_out: before - expected }))
}

/// Old ids of rows that didn't come lead nowhere.
fn forget_left_out(conn: &mut PgConnection, table: &str) -> QueryResult<()> {
    statements::run(
        conn,
        &format!(
            "DELETE FROM adopted_ids AS a WHERE a.resource = {} \
         AND NOT EXISTS (SELECT FROM {} AS here WHERE here.id = a.id)",
            quote_literal(table),
            quote_identifier(table)
        ),
    )
}

/// Theirs, each id once.
fn rows_of(rules: &Rules<'_>, table: &Table, theirs: &str) -> String {
    let source = format!("{ASIDE}.{}", quote_identifier(theirs));
    let Some(id) = table.column("id").filter(|_| are_twice(rules.map, table)) else {
        return source;
    };
    format!(
        "(SELECT {ROW}.*, pg_catalog.row_number() OVER (PARTITION BY {} ORDER BY {}1) AS inboxctl_turn \
         FROM {source} AS {ROW} OFFSET 0)",
        adopted(&text(&id.value)),
        newest(table),
    )
}

/// What to order by so that the newest comes first.
fn newest(table: &Table) -> String {
    let time = ["last_seen", "updated_at", "created_at"].into_iter().find_map(|name| {
        let column = table.column(name)?;
        (column.value != Value::Nothing)
            .then(|| format!("{} DESC NULLS LAST, ", expression::raw(&column.value)))
    });
    time.unwrap_or_default()
}

/// The rows that become rows of ours.
struct Kept {
    /// FROM and WHERE.
    from: String,
    /// Nothing is left out.
    is_all: bool,
}

fn kept(rules: &Rules<'_>, table: &Table, source: &str) -> Kept {
    let condition = match are_twice(rules.map, table) {
        true => format!("{ROW}.inboxctl_turn = 1 AND {}", rules.kept(table)),
        false => rules.kept(table),
    };
    let joins = joins(rules, table);
    let unique = table.model.unique.and_then(|name| table.column(name));
    let is_several = rules.map.decision("duplicates", table.model.table).is_some()
        || table.model.table == "presence";
    let Some(unique) = unique.filter(|_| is_several) else {
        let from = format!("{source} AS {ROW}{joins} WHERE {condition}");
        return Kept { from, is_all: condition == "true" };
    };
    let from = format!(
        "(SELECT {ROW}.*, pg_catalog.row_number() OVER (PARTITION BY {} ORDER BY {}{} DESC) AS inboxctl_place \
         FROM {source} AS {ROW}{joins} WHERE {condition}) AS {ROW}{joins} WHERE {ROW}.inboxctl_place = 1",
        rules.converted(table, unique),
        newest(table),
        table.column("id").map_or_else(|| String::from("1"), |id| text(&id.value)),
    );
    Kept { from, is_all: false }
}

fn joins(rules: &Rules<'_>, table: &Table) -> String {
    let own = table.own.iter().filter_map(|(own, here)| {
        let to = leads_to_ours(rules.mapping, table, &own.name)?;
        Some(expression::join(here, to, &format!("{ROW}.{}::text", quote_identifier(&own.name))))
    });
    rules.joins(table) + &own.collect::<String>()
}

/// Ours, and what each is made of.
fn columns(rules: &Rules<'_>, table: &Table) -> (Vec<String>, Vec<String>) {
    let is_log = table.model.table == "audit_logs";
    let mut columns = Vec::new();
    let mut values = Vec::new();
    for column in &table.columns {
        columns.push(quote_identifier(column.field.name));
        let value = rules.converted(table, column);
        values.push(match (is_log && column.field.name == "details", table.own.is_empty()) {
            (true, false) => with_own(rules, &value, table),
            _ => value,
        });
    }
    if !is_log {
        for (own, here) in &table.own {
            columns.push(quote_identifier(here));
            values.push(own_value(rules, table, own, here));
        }
    }
    (columns, values)
}

/// The details of an entry with what has no column here: beside them, where they are a list or have
/// something of that name already.
fn with_own(rules: &Rules<'_>, details: &str, table: &Table) -> String {
    let each: Vec<String> = table
        .own
        .iter()
        .map(|(own, here)| {
            let value = own_value(rules, table, own, here);
            format!(
                "CASE WHEN {ROW}.{} IS NULL THEN '{{}}'::jsonb ELSE pg_catalog.jsonb_build_object({}, {value}) END",
                quote_identifier(&own.name),
                quote_literal(&own.name)
            )
        })
        .collect();
    let extra = format!("({})", each.join(" || "));
    format!(
        "(SELECT CASE WHEN made.extra = '{{}}'::jsonb THEN made.details \
             WHEN pg_catalog.jsonb_typeof(made.details) = 'object' \
                 AND NOT made.details ?| ARRAY(SELECT jsonb_object_keys(made.extra)) THEN made.extra || made.details \
             ELSE made.extra || pg_catalog.jsonb_build_object('details', made.details) END \
         FROM (SELECT {extra} AS extra, {details} AS details OFFSET 0) AS made)"
    )
}

/// A reference to a table of ours is one afterwards too, with a key or without.
fn own_value(rules: &Rules<'_>, table: &Table, own: &schema_diff::Column, here: &str) -> String {
    let raw = format!("{ROW}.{}", quote_identifier(&own.name));
    match leads_to_ours(rules.mapping, table, &own.name) {
        Some(_) => expression::led_anywhere(here, &format!("{raw}::text")),
        None => expression::followed(&raw, &own.sql_type, &own.name),
    }
}

/// The table of ours to whose id a column of theirs that comes along is a key.
fn leads_to_ours(mapping: &Mapping, table: &Table, column: &str) -> Option<&'static str> {
    let mut keys = table.theirs.iter().flat_map(|theirs| &theirs.constraints);
    keys.find_map(|key| {
        let reference = key.references.as_ref()?;
        let target = mapping.of(&reference.table)?;
        let at = key.columns.iter().position(|name| name == column)?;
        (target.column_of(&reference.columns[at]) == Some("id")).then_some(target.model.table)
    })
}

fn add_own_columns(conn: &mut PgConnection, rules: &Rules<'_>, table: &Table) -> QueryResult<()> {
    for (own, here) in &table.own {
        let collation =
            own.collation.iter().map(|name| format!(" COLLATE {}", quote_identifier(name)));
        let sql_type = match leads_to_ours(rules.mapping, table, &own.name) {
            Some(_) => String::from("uuid"),
            // As format_type of the server spells it.
            None => own.sql_type.clone() + &collation.collect::<String>(),
        };
        statements::run(
            conn,
            &format!(
                "ALTER TABLE {} ADD COLUMN {} {sql_type}",
                quote_identifier(table.model.table),
                quote_identifier(here)
            ),
        )?;
    }
    Ok(())
}

/// What such a column asks of its values comes once they are there.
fn finish_own_columns(
    conn: &mut PgConnection,
    rules: &Rules<'_>,
    table: &Table,
) -> QueryResult<()> {
    if table.model.table == "audit_logs" {
        return Ok(());
    }
    let ours = quote_identifier(table.model.table);
    for (own, name) in &table.own {
        let here = quote_identifier(name);
        let is_numbered = own.identity.is_some()
            || own.default.as_ref().is_some_and(|default| default.contains("nextval("));
        if is_numbered {
            number_on(conn, &ours, name)?;
            continue;
        }
        // Who writes to an inbox of one tenant need not say whose it is.
        let is_said = |tenant: &&Tenant| {
            table.name().is_some_and(|theirs| tenant.is_said_by(theirs, &own.name))
        };
        let tenant = rules.tenant.filter(is_said).map(|tenant| quote_literal(&tenant.id));
        let default = own.default.as_ref().or(tenant.as_ref()).map(|default| {
            match leads_to_ours(rules.mapping, table, &own.name) {
                Some(_) => format!("adopted_id(({default})::text)"),
                None => default.clone(),
            }
        });
        if let Some(default) = default {
            statements::run(
                conn,
                &format!("ALTER TABLE {ours} ALTER COLUMN {here} SET DEFAULT {default}"),
            )?;
        }
        if own.not_null {
            statements::run(conn, &format!("ALTER TABLE {ours} ALTER COLUMN {here} SET NOT NULL"))?;
        }
    }
    Ok(())
}

/// Numbers go on where theirs end: the sequence went with their table.
fn number_on(conn: &mut PgConnection, table: &str, name: &str) -> QueryResult<()> {
    let column = quote_identifier(name);
    statements::run(
        conn,
        &format!(
            "ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL, \
         ALTER COLUMN {column} ADD GENERATED BY DEFAULT AS IDENTITY"
        ),
    )?;
    diesel::sql_query(format!(
        "SELECT setval(pg_get_serial_sequence({}, {})::regclass, \
             coalesce(max({column}), 1)::bigint, max({column}) IS NOT NULL) FROM {table}",
        quote_literal(table),
        quote_literal(name),
    ))
    .execute(conn)
    .map(drop)
}

pub(super) fn count(conn: &mut PgConnection, query: &str) -> QueryResult<i64> {
    diesel::sql_query(query).scalar::<BigInt, _>(conn)
}

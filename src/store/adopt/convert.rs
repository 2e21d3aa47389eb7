//! In the copy: the rows that went aside become rows of ours.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};
use jiff_diesel::NullableTimestamp as NullableDbTimestamp;

use super::bulk;
use super::expression::{ASIDE, ROW, Rules, text};
use crate::domain::adopt::recognise::{Mapping, Table, Value};
use crate::domain::schema_diff;
use crate::error::Failure;
use crate::store::catalog;
use crate::store::partitions::{self, Month};
use crate::store::statements::{self, quote_identifier, quote_identifiers, quote_literal};

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

/// What old ids are found by.
///
/// # Errors
/// The server refuses.
pub fn old_ids(conn: &mut PgConnection, mapping: &Mapping) -> QueryResult<()> {
    conn.batch_execute(include_str!("../sql/adopt_helpers.sql"))?;
    for table in &mapping.tables {
        let (Some(name), Some(id)) = (table.name(), table.column("id")) else { continue };
        let old = text(&id.value);
        diesel::sql_query(format!(
            "INSERT INTO adopted_ids (resource, old_id, id) \
             SELECT {resource}, made.old_id, made.id \
             FROM (SELECT {old} AS old_id, adopted_id({old}) AS id FROM {ASIDE}.{theirs} AS {ROW}) made \
             WHERE made.old_id <> made.id::text",
            resource = quote_literal(table.model.table),
            theirs = quote_identifier(name),
        ))
        .execute(conn)?;
    }
    conn.batch_execute("ANALYZE adopted_ids")
}

/// Converts the rows of a table. Run it in a transaction, in the order of the models.
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
    let source = format!("{ASIDE}.{}", quote_identifier(name));
    statements::run(conn, &format!("ALTER TABLE {ours} DISABLE TRIGGER USER"))?;
    if table.model.table == "audit_logs" {
        make_months(conn, rules, table, &source)?;
    } else {
        add_own_columns(conn, rules, table)?;
    }
    let before = count(conn, &format!("SELECT count(*) AS number FROM {source}"))?;
    let kept = kept(rules, table, &source);
    let expected = count(conn, &format!("SELECT count(*) AS number FROM {kept}"))?;
    let (columns, values) = columns(rules, table);
    let parts = bulk::take_off(conn, table.model.table)?;
    let inserted = diesel::sql_query(format!(
        "INSERT INTO {ours} ({}) SELECT {} FROM {kept}",
        columns.join(", "),
        values.join(", ")
    ))
    .execute(conn)?;
    parts.put_back(conn)?;
    statements::run(conn, &format!("ALTER TABLE {ours} ENABLE TRIGGER USER"))?;
    finish_own_columns(conn, table)?;
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

/// FROM and WHERE: the rows that become rows of ours.
fn kept(rules: &Rules<'_>, table: &Table, source: &str) -> String {
    let condition = rules.kept(table);
    let unique = table.model.unique.and_then(|name| table.column(name));
    let is_several = rules.map.decision("duplicates", table.model.table).is_some()
        || table.model.table == "presence";
    let Some(unique) = unique.filter(|_| is_several) else {
        return format!("{source} AS {ROW} WHERE {condition}");
    };
    let newest = ["last_seen", "updated_at", "created_at"].into_iter().find_map(|name| {
        let column = table.column(name)?;
        (column.value != Value::Nothing)
            .then(|| format!("{} DESC NULLS LAST, ", super::expression::raw(&column.value)))
    });
    format!(
        "(SELECT {ROW}.*, pg_catalog.row_number() OVER (PARTITION BY {} ORDER BY {}{} DESC) AS inboxctl_place \
         FROM {source} AS {ROW} WHERE {condition}) AS {ROW} WHERE {ROW}.inboxctl_place = 1",
        text(&unique.value),
        newest.unwrap_or_default(),
        table.column("id").map_or_else(|| String::from("1"), |id| text(&id.value)),
    )
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
            (true, false) => with_own(&value, table),
            _ => value,
        });
    }
    if !is_log {
        for (own, here) in &table.own {
            columns.push(quote_identifier(here));
            values.push(own_value(rules, table, own));
        }
    }
    (columns, values)
}

/// The details of an entry with what has no column here: of a list, beside it.
fn with_own(details: &str, table: &Table) -> String {
    let pairs: Vec<String> = table
        .own
        .iter()
        .map(|(own, _)| {
            format!("{}, {ROW}.{}", quote_literal(&own.name), quote_identifier(&own.name))
        })
        .collect();
    let extra = format!(
        "pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object({}))",
        pairs.join(", ")
    );
    format!(
        "CASE WHEN {extra} = '{{}}'::jsonb THEN {details} \
         WHEN pg_catalog.jsonb_typeof({details}) = 'object' THEN {extra} || {details} \
         ELSE {extra} || pg_catalog.jsonb_build_object('details', {details}) END"
    )
}

/// A reference to a table of ours is one afterwards too.
fn own_value(rules: &Rules<'_>, table: &Table, own: &schema_diff::Column) -> String {
    let raw = format!("{ROW}.{}", quote_identifier(&own.name));
    match leads_to_ours(rules.mapping, table, &own.name) {
        true => format!("adopted_id({raw}::text)"),
        false => raw,
    }
}

/// Whether a column of theirs that comes along is a key to the id of what becomes ours.
fn leads_to_ours(mapping: &Mapping, table: &Table, column: &str) -> bool {
    let theirs = table.theirs.iter().flat_map(|theirs| &theirs.constraints);
    theirs.filter(|key| key.columns.len() == 1 && key.columns[0] == column).any(|key| {
        key.references.as_ref().is_some_and(|reference| {
            let target = mapping.of(&reference.table);
            target.is_some_and(|target| target.column_of(&reference.columns[0]) == Some("id"))
        })
    })
}

fn add_own_columns(conn: &mut PgConnection, rules: &Rules<'_>, table: &Table) -> QueryResult<()> {
    for (own, here) in &table.own {
        let sql_type = match leads_to_ours(rules.mapping, table, &own.name) {
            true => "uuid",
            // As format_type of the server spells it.
            false => own.sql_type.as_str(),
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
fn finish_own_columns(conn: &mut PgConnection, table: &Table) -> QueryResult<()> {
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
        if let Some(default) = &own.default {
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

/// The months of the log, before its rows come.
fn make_months(
    conn: &mut PgConnection,
    rules: &Rules<'_>,
    table: &Table,
    source: &str,
) -> QueryResult<()> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Timestamptz>, deserialize_as = NullableDbTimestamp)]
        first: Option<jiff::Timestamp>,
        #[diesel(sql_type = Nullable<Timestamptz>, deserialize_as = NullableDbTimestamp)]
        last: Option<jiff::Timestamp>,
    }
    let Some(column) = table.column("created_at") else { return Ok(()) };
    let time = rules.converted(table, column);
    let row: Row = diesel::sql_query(format!(
        "SELECT min({time}) AS first, max({time}) AS last FROM {source} AS {ROW} \
         WHERE isfinite({time})"
    ))
    .get_result(conn)?;
    if let (Some(first), Some(last)) = (row.first, row.last) {
        // What lies further apart is in the DEFAULT partition, and told by `doctor`.
        const MONTHS: i64 = 600;
        let from = Month::of(first).max(Month::of(last).plus(-MONTHS));
        partitions::ensure(conn, from, Month::of(last))?;
    }
    Ok(())
}

/// Keys and indexes of the columns that came along, and unique keys of theirs that ours lacks.
///
/// # Errors
/// The server refuses.
pub fn keys_of_own(conn: &mut PgConnection, mapping: &Mapping) -> QueryResult<()> {
    for table in &mapping.tables {
        let Some(theirs) = table.theirs.as_ref().filter(|_| table.model.table != "audit_logs")
        else {
            continue;
        };
        for key in &theirs.constraints {
            let Some(reference) = &key.references else { continue };
            let here: Option<Vec<String>> = own_names(table, &key.columns);
            let Some(here) = here else { continue };
            let (target, columns) = match mapping.of(&reference.table) {
                None => (reference.table.clone(), Some(reference.columns.clone())),
                Some(target) => (
                    target.model.table.to_owned(),
                    reference
                        .columns
                        .iter()
                        .map(|column| target.column_of(column).map(str::to_owned))
                        .collect::<Option<Vec<_>>>(),
                ),
            };
            let Some(columns) = columns else { continue };
            statements::run(
                conn,
                &format!(
                    "ALTER TABLE {} ADD CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({}){}{}",
                    quote_identifier(table.model.table),
                    quote_identifier(&key.name),
                    quote_identifiers(&here),
                    quote_identifier(&target),
                    quote_identifiers(&columns),
                    manner("UPDATE", reference.on_update),
                    manner("DELETE", reference.on_delete),
                ),
            )?;
        }
        indexes(conn, table, theirs)?;
    }
    Ok(())
}

fn indexes(conn: &mut PgConnection, table: &Table, theirs: &schema_diff::Table) -> QueryResult<()> {
    let keys =
        theirs.constraints.iter().filter(|key| key.kind == schema_diff::ConstraintKind::Unique);
    let keys = keys.map(|key| (key.name.clone(), true, key.columns.clone()));
    let plain = theirs.indexes.iter().filter(|index| index.is_plain && index.method == "btree");
    let plain = plain.map(|index| (index.name.clone(), index.unique, index.columns.clone()));
    for (name, unique, columns) in keys.chain(plain) {
        let here: Option<Vec<&str>> = columns.iter().map(|name| table.column_of(name)).collect();
        let Some(here) = here else { continue };
        let is_of_ours = |name: &&str| table.model.field(name).is_some();
        // Ours has its own, of what is its own.
        let is_ours_already = here.iter().all(is_of_ours)
            && (!unique
                || here == ["id"]
                || (here.len() == 1 && table.model.unique == Some(here[0]))
                || here == ["email"]);
        if is_ours_already {
            continue;
        }
        let name = match catalog::table_exists(conn, &name)? {
            true => format!("application_{name}"),
            false => name,
        };
        statements::run(
            conn,
            &format!(
                "CREATE {} {} ON {} ({})",
                if unique { "UNIQUE INDEX" } else { "INDEX" },
                quote_identifier(&name),
                quote_identifier(table.model.table),
                quote_identifiers(&here)
            ),
        )?;
    }
    Ok(())
}

/// The names here, where all of them are columns that came along.
fn own_names(table: &Table, columns: &[String]) -> Option<Vec<String>> {
    let find = |name: &String| table.own.iter().find(|(column, _)| &column.name == name);
    columns.iter().map(|name| find(name).map(|(_, here)| here.clone())).collect()
}

/// ` ON DELETE CASCADE`, by the letter of pg_constraint.
fn manner(event: &str, letter: char) -> String {
    let action = match letter {
        'r' => "RESTRICT",
        'c' => "CASCADE",
        'n' => "SET NULL",
        'd' => "SET DEFAULT",
        _ => return String::new(),
    };
    format!(" ON {event} {action}")
}

pub(super) fn count(conn: &mut PgConnection, query: &str) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    diesel::sql_query(query).get_result(conn).map(|row: Row| row.number)
}

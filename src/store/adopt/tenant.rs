//! The rows of one tenant: counted in the source, where nothing is written, and all others deleted
//! in the copy, by the same conditions.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::convert;
use super::expression::ROW;
use crate::domain::adopt::mapping::Mapping;
use crate::domain::adopt::relation::Relation;
use crate::domain::adopt::tenant::{Lead, Scoped, Tenant, Tenants, tells};
use crate::store::scalar::ScalarQuery;
use crate::store::statements::{self, quote_identifier, quote_literal};

/// What is counted of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that come along.
    pub rows: u64,
    pub of: u64,
    /// That are the tenant's or lead to what is, and stay behind, for they lead to others' too.
    pub held: u64,
    /// Columns that are emptied, for what they lead to stays behind, with the rows that come.
    pub emptied: Vec<(String, u64)>,
}

/// Those that columns of contacts, messages and users tell apart.
///
/// # Errors
/// The server refuses.
pub fn tenants(conn: &mut PgConnection, mapping: &Mapping) -> QueryResult<Vec<Tenants>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        tenant: String,
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let mut found = Vec::new();
    let tables =
        ["contacts", "messages", "users"].into_iter().filter_map(|name| mapping.ours(name));
    for table in tables {
        let Some(theirs) = table.name() else { continue };
        for (column, _) in table.own.iter().filter(|(column, _)| tells(&column.name)) {
            let name = quote_identifier(&column.name);
            let rows: Vec<Row> = diesel::sql_query(format!(
                "SELECT {name}::text AS tenant, count(*) AS rows FROM {} WHERE {name} IS NOT NULL \
                 GROUP BY 1 ORDER BY 2 DESC, 1",
                quote_identifier(theirs)
            ))
            .load(conn)?;
            let rows = rows.into_iter().map(|row| (row.tenant, row.rows.unsigned_abs()));
            found.push(Tenants {
                table: theirs.to_owned(),
                column: column.name.clone(),
                rows: rows.collect(),
            });
        }
    }
    Ok(found)
}

/// What comes before a question about the application's tables, so that each name that it names is
/// the rows of the tenant.
pub fn rows_of(tenant: &Tenant) -> String {
    let tables: Vec<String> = tenant
        .tables
        .iter()
        .map(|one| {
            format!(
                "{} AS (SELECT {ROW}.* FROM {} AS {ROW} WHERE {})",
                quote_identifier(&one.relation.shown()),
                one.relation.written,
                comes(tenant, one)
            )
        })
        .collect();
    match tables.is_empty() {
        true => String::new(),
        false => format!("WITH {} ", tables.join(", ")),
    }
}

/// # Errors
/// The server refuses.
pub fn share(conn: &mut PgConnection, tenant: &Tenant, one: &Scoped) -> anyhow::Result<Share> {
    let emptied: Vec<&Lead> = one.leads.iter().filter(|lead| !lead.emptied.is_empty()).collect();
    let all = &one.relation.written;
    let mut counts = vec![
        String::from("count(*)"),
        format!("(SELECT count(*) FROM {all})"),
        format!(
            "(SELECT count(*) FROM {all} AS {ROW} WHERE {} AND NOT ({}))",
            is_claimed(tenant, one),
            comes(tenant, one)
        ),
    ];
    counts.extend(emptied.iter().map(|lead| {
        format!("count(*) FILTER (WHERE {} AND NOT {})", is_there(lead), arrives(lead))
    }));
    let counts = diesel::sql_query(format!(
        "{}SELECT pg_catalog.jsonb_build_array({})::text AS numbers FROM {} AS {ROW}",
        rows_of(tenant),
        counts.join(", "),
        quote_identifier(&one.relation.shown())
    ))
    .scalar::<Text, String>(conn)?;
    let counts: Vec<u64> = serde_json::from_str(&counts)?;
    let [rows, of, held, rest @ ..] = counts.as_slice() else { return Ok(Share::default()) };
    let emptied = emptied.iter().zip(rest).filter(|(_, rows)| **rows > 0);
    Ok(Share {
        rows: *rows,
        of: *of,
        held: *held,
        emptied: emptied.map(|(lead, rows)| (lead.emptied.join(", "), *rows)).collect(),
    })
}

/// Rows of a table that comes whole.
///
/// # Errors
/// The server refuses.
pub fn whole(conn: &mut PgConnection, relation: &Relation) -> QueryResult<u64> {
    let query = format!("SELECT count(*) AS number FROM {}", relation.written);
    convert::count(conn, &query).map(i64::unsigned_abs)
}

/// In the copy, before it has its keys: deletes what is not the tenant's. What is known by others
/// goes before them.
///
/// # Errors
/// The server refuses.
pub fn keep_only(conn: &mut PgConnection, tenant: &Tenant) -> QueryResult<()> {
    let rows = rows_of(tenant);
    for one in tenant.tables.iter().rev() {
        let condition = comes(tenant, one);
        statements::run(
            conn,
            &format!("{rows}DELETE FROM {} AS {ROW} WHERE NOT ({condition})", one.relation.written),
        )?;
    }
    for one in &tenant.tables {
        for lead in one.leads.iter().filter(|lead| !lead.emptied.is_empty()) {
            let emptied: Vec<String> = lead
                .emptied
                .iter()
                .map(|name| format!("{} = NULL", quote_identifier(name)))
                .collect();
            statements::run(
                conn,
                &format!(
                    "{rows}UPDATE {} AS {ROW} SET {} WHERE {} AND NOT {}",
                    one.relation.written,
                    emptied.join(", "),
                    is_there(lead),
                    arrives(lead)
                ),
            )?;
        }
    }
    Ok(())
}

/// Nothing of the others is left in the files of the copy. Not in a transaction.
///
/// # Errors
/// The server refuses.
pub fn forget_others(conn: &mut PgConnection, tenant: &Tenant) -> QueryResult<()> {
    let mut tables = tenant.tables.iter();
    tables.try_for_each(|one| {
        statements::run(conn, &format!("VACUUM (FULL, ANALYZE) {}", one.relation.written))
    })
}

/// Whether the row comes along: a condition that is never null.
fn comes(tenant: &Tenant, one: &Scoped) -> String {
    let all = |leads: &mut dyn Iterator<Item = &Lead>| -> String {
        leads.map(|lead| format!(" AND (NOT {} OR {})", is_there(lead), arrives(lead))).collect()
    };
    // Somebody may work for several, so a row is no other's for naming them.
    let is_strict = |lead: &&Lead| !lead.is_to_user || lead.is_key && lead.emptied.is_empty();
    let nobodys = match one.led_by.is_empty() {
        true => format!("{}{}", is_led(one), all(&mut earlier(one).filter(is_strict))),
        false => led(one),
    };
    let must = |lead: &&Lead| lead.is_key && lead.emptied.is_empty();
    match &one.says {
        None => nobodys,
        Some(name) => format!(
            "CASE WHEN {ROW}.{} IS NULL THEN {nobodys} ELSE {}{} END",
            quote_identifier(name),
            is_said(tenant, name),
            all(&mut earlier(one).filter(must))
        ),
    }
}

/// Whether the row says that it is the tenant's, or leads to what is.
fn is_claimed(tenant: &Tenant, one: &Scoped) -> String {
    match &one.says {
        None => is_led(one),
        Some(name) => format!(
            "CASE WHEN {ROW}.{} IS NULL THEN {} ELSE {} END",
            quote_identifier(name),
            is_led(one),
            is_said(tenant, name)
        ),
    }
}

fn earlier(one: &Scoped) -> impl Iterator<Item = &Lead> {
    one.leads.iter().filter(|lead| !lead.is_later)
}

/// Whether it leads to one row that comes.
fn is_led(one: &Scoped) -> String {
    let some: Vec<String> = earlier(one).map(arrives).collect();
    match some.is_empty() {
        true => String::from("false"),
        false => format!("({})", some.join(" OR ")),
    }
}

fn is_said(tenant: &Tenant, name: &str) -> String {
    format!(
        "coalesce({ROW}.{}::text = {}, false)",
        quote_identifier(name),
        quote_literal(&tenant.id)
    )
}

fn is_there(lead: &Lead) -> String {
    let each: Vec<String> = lead
        .columns
        .iter()
        .map(|name| format!("{ROW}.{} IS NOT NULL", quote_identifier(name)))
        .collect();
    format!("({})", each.join(" AND "))
}

/// Whether it leads to a row that comes. The list is a hash: a look a row.
fn arrives(lead: &Lead) -> String {
    among(&lead.columns, &lead.to, &lead.there)
}

fn led(one: &Scoped) -> String {
    let each: Vec<String> =
        one.led_by.iter().map(|led| among(&led.there, &led.from, &led.columns)).collect();
    format!("({})", each.join(" OR "))
}

fn among(here: &[String], table: &str, there: &[String]) -> String {
    let texts = |row: &str, names: &[String]| {
        let each: Vec<String> =
            names.iter().map(|name| format!("{row}.{}::text", quote_identifier(name))).collect();
        each.join(", ")
    };
    format!(
        "coalesce(({}) IN (SELECT {} FROM {} AS o), false)",
        texts(ROW, here),
        texts("o", there),
        quote_identifier(table)
    )
}

//! Counting the rows that a rule of retention lets go, without reading many.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Json, Nullable};

use super::catalog::{self, RowCount};
use crate::domain::prunable::{Rows, Rule};
use crate::store::scalar::ScalarQuery;

/// Above this many the planner's estimate has to do.
const COUNT_AT_MOST: i64 = 20_000;

/// Which rows, with the cut-off by the database's clock.
fn condition(rule: &Rule) -> String {
    let cutoff = format!("now() - interval '{} seconds'", rule.older_than.as_secs());
    match rule.rows {
        Rows::AuditEntries => format!("created_at < {cutoff}"),
        Rows::FailedJobs => {
            format!(
                "status OPERATOR(pg_catalog.=) 'FAILED' AND coalesce(finished_at, updated_at) < {cutoff}"
            )
        }
    }
}

/// What an age counts from.
fn age_column(rule: &Rule) -> &'static str {
    match rule.rows {
        Rows::AuditEntries => "created_at",
        Rows::FailedJobs => "coalesce(finished_at, updated_at)",
    }
}

/// Whether the table is an inbox's: another program may have one of that name.
pub fn applies(conn: &mut PgConnection, rule: &Rule) -> QueryResult<bool> {
    let columns: &[&str] = match rule.rows {
        Rows::AuditEntries => &["created_at"],
        Rows::FailedJobs => &["status", "finished_at", "updated_at"],
    };
    catalog::has_columns(conn, rule.table, columns)
}

/// How many rows the rule lets go now: counted as far as that is quick.
pub fn count(conn: &mut PgConnection, rule: &Rule, exact: bool) -> QueryResult<RowCount> {
    let query = format!("SELECT FROM {} WHERE {}", rule.table, condition(rule));
    let limit = if exact { String::new() } else { format!(" LIMIT {}", COUNT_AT_MOST + 1) };
    let rows = diesel::sql_query(format!("SELECT count(*) AS rows FROM ({query}{limit}) AS old"))
        .scalar::<BigInt, i64>(conn)?;
    if exact || rows <= COUNT_AT_MOST {
        return Ok(RowCount { rows: rows.unsigned_abs(), is_exact: true });
    }
    let estimate = planned_rows(conn, &query)?.max(rows.unsigned_abs());
    Ok(RowCount { rows: estimate, is_exact: false })
}

/// What the planner expects of a query.
fn planned_rows(conn: &mut PgConnection, query: &str) -> QueryResult<u64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Json)]
        #[diesel(column_name = "QUERY PLAN")]
        plan: serde_json::Value,
    }
    let row: Row = diesel::sql_query(format!("EXPLAIN (FORMAT JSON) {query}")).get_result(conn)?;
    Ok(row.plan.pointer("/0/Plan/Plan Rows").and_then(serde_json::Value::as_u64).unwrap_or(0))
}

/// The age in seconds of the oldest row that the rule is about, but for what is infinitely old.
pub fn oldest_age_seconds(conn: &mut PgConnection, rule: &Rule) -> QueryResult<Option<i64>> {
    let status = match rule.rows {
        Rows::AuditEntries => "",
        Rows::FailedJobs => "AND status OPERATOR(pg_catalog.=) 'FAILED'",
    };
    // What was always there has no age.
    diesel::sql_query(format!(
        "SELECT extract(epoch FROM now() - min({age}))::bigint AS age FROM {} \
         WHERE {age} > '-infinity'::timestamptz {status}",
        rule.table,
        age = age_column(rule)
    ))
    .scalar::<Nullable<BigInt>, _>(conn)
}

//! Statements themselves: their log, their names, and reading a setting.

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::{DebugQuery, InstrumentationEvent};
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sql_types::{Bool, Text};

use super::liveness::Waiting;
use crate::error::{self, Condition};

/// Tells `waiting` when a statement begins and ends, and logs each with its duration at debug
/// level; parameters are cut off, because they may be secrets.
pub(super) fn instrument(conn: &mut PgConnection, waiting: Option<Arc<Waiting>>) {
    let is_logged = tracing::enabled!(tracing::Level::DEBUG);
    let mut started = Instant::now();
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| match event {
        InstrumentationEvent::StartQuery { .. } => {
            started = Instant::now();
            if let Some(waiting) = &waiting {
                waiting.begin();
            }
        }
        InstrumentationEvent::FinishQuery { query, error, .. } => {
            if let Some(waiting) = &waiting {
                waiting.end();
            }
            if error.and_then(Condition::of_error) == Some(Condition::PermissionDenied) {
                error::note_denied(&without_binds(&query.to_string()));
            }
            if is_logged {
                log(query, error, started.elapsed());
            }
        }
        _ => {}
    });
}

fn log(query: &dyn DebugQuery, error: Option<&DieselError>, elapsed: Duration) {
    // Microseconds are more than enough.
    let duration_ms = elapsed.as_micros() as f64 / 1000.0;
    let statement = without_binds(&query.to_string());
    match error {
        None => tracing::debug!(duration_ms, statement),
        Some(error) => tracing::debug!(duration_ms, statement, %error),
    }
}

/// Diesel prints `<statement> -- binds: [...]`.
fn without_binds(query: &str) -> String {
    let statement = query.split(" -- binds:").next().unwrap_or_default();
    statement.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a setting is `on` in this session; unknown ones are not.
pub fn setting_is_on(conn: &mut PgConnection, name: &str) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        is_on: bool,
    }
    let row: Row =
        diesel::sql_query("SELECT current_setting($1, true) IS NOT DISTINCT FROM 'on' AS is_on")
            .bind::<Text, _>(name)
            .get_result(conn)?;
    Ok(row.is_on)
}

/// Whether the server, or a library that it has loaded, knows such a setting.
pub fn setting_exists(conn: &mut PgConnection, name: &str) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        exists: bool,
    }
    let row: Row = diesel::sql_query("SELECT current_setting($1, true) IS NOT NULL AS exists")
        .bind::<Text, _>(name)
        .get_result(conn)?;
    Ok(row.exists)
}

/// The answer to a question without parameters, whose column is called `truth`.
pub fn truth(conn: &mut PgConnection, query: &str) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        truth: bool,
    }
    diesel::sql_query(query).get_result(conn).map(|row: Row| row.truth)
}

/// What a question without parameters finds in its column `name`.
pub fn names(conn: &mut PgConnection, query: &str) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let rows: Vec<Row> = diesel::sql_query(query).load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// A name as SQL writes it: quoted, so that any name is one.
pub fn quote_identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as SQL writes it, whatever standard_conforming_strings is.
pub fn quote_literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if quoted.contains('\\') {
        format!(" E'{}'", quoted.replace('\\', "\\\\"))
    } else {
        format!("'{quoted}'")
    }
}

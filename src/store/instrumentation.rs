//! The log of statements, and who waits for one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::{DebugQuery, InstrumentationEvent};
use diesel::prelude::*;
use diesel::result::Error as DieselError;

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

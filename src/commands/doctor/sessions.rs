//! Checks of what sessions do now, and of the statements that take long.

use diesel::{PgConnection, QueryResult};

use super::probe::Probe;
use crate::context::describe_session;
use crate::domain::check::{Finding, Status};
use crate::domain::origin;
use crate::store::health::{self, Statements};
use crate::store::sessions::{self, Session};
use crate::ui::human;

/// Statements that take this long on average.
const SLOW_MS: f64 = 500.0;

pub(super) fn long(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let seconds = probe.limits.transaction_seconds;
    look(probe, seconds, sessions::long_transactions, ("transaction", "transactions"))
}

pub(super) fn idle(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let seconds = probe.limits.idle_seconds;
    look(probe, seconds, sessions::idle_in_transaction, ("session", "sessions"))
}

pub(super) fn blocked(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let seconds = probe.limits.blocked_seconds;
    let waiting = probe.ask(|conn| sessions::blocked(conn, seconds))?;
    let Some(first) = waiting.first() else { return none(probe, "no session waits for a lock") };
    let holders = probe.ask(|conn| sessions::blocking(conn, first.pid))?;
    let count = human::plural(waiting.len() as u64, "session waits", "sessions wait");
    let finding = Finding::fail(match holders.first() {
        Some(holder) => format!("{count} for {}", describe(holder)),
        None => format!("{count} for a lock"),
    });
    Ok(match holders.first() {
        Some(holder) => finding.remedy(format!("SELECT pg_terminate_backend({})", holder.pid)),
        None => finding,
    })
}

fn look(
    probe: &mut Probe<'_>,
    seconds: i64,
    list: fn(&mut PgConnection, i64) -> QueryResult<Vec<Session>>,
    (one, many): (&str, &str),
) -> anyhow::Result<Finding> {
    /// So many times the limit is no hiccup any more.
    const FAIL_FACTOR: i64 = 12;
    let found = probe.ask(|conn| list(conn, seconds))?;
    let Some(oldest) = found.first() else {
        let limit = human::age(std::time::Duration::from_secs(seconds.unsigned_abs()));
        return none(probe, &format!("none for longer than {limit}"));
    };
    let age = oldest.age_seconds.unwrap_or_default();
    let status = Status::by_limit(age, 0, seconds.saturating_mul(FAIL_FACTOR).max(1));
    let count = human::plural(found.len() as u64, one, many);
    Ok(Finding::new(status, format!("{count}: {}", describe(oldest)))
        .remedy(format!("SELECT pg_terminate_backend({})", oldest.pid)))
}

/// Nothing was seen: because there is nothing, or because the role sees nothing.
fn none(probe: &mut Probe<'_>, detail: &str) -> anyhow::Result<Finding> {
    if probe.ask(sessions::sees_all)? {
        return Ok(Finding::ok(detail));
    }
    let role = probe.facts()?.role.clone();
    Ok(Finding::unknown("this role sees only its own sessions").remedy(reads_all_stats(&role)))
}

fn reads_all_stats(role: &str) -> String {
    format!("GRANT pg_read_all_stats TO {}", origin::spelled(role))
}

/// Without the statement, which may hold anybody's data.
fn describe(session: &Session) -> String {
    describe_session(&Session { query: None, ..session.clone() })
}

pub(super) fn slow_queries(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let slow = match probe.ask(|conn| health::slow_queries(conn, SLOW_MS))? {
        Statements::NotInstalled => {
            return Ok(Finding::unknown("pg_stat_statements is not installed")
                .remedy("CREATE EXTENSION pg_stat_statements, once it is preloaded"));
        }
        Statements::NotLoaded => {
            return Ok(Finding::unknown("the server didn't load pg_stat_statements").remedy(
                "add pg_stat_statements to shared_preload_libraries, and restart the server",
            ));
        }
        Statements::Slow(slow) => slow,
    };
    let names: Vec<String> = slow
        .iter()
        .map(|slow| {
            let query = slow.query.as_deref().unwrap_or("that this role may not see");
            format!("{:.0} ms {}", slow.mean_ms, human::one_line(query, 60))
        })
        .collect();
    let none = format!("no statement takes {SLOW_MS:.0} ms on average");
    let words = ("slow statement", "slow statements");
    let finding = Finding::of_list(Status::Warn, &none, words, &names);
    if slow.iter().any(|slow| slow.query.is_none()) {
        let role = probe.facts()?.role.clone();
        return Ok(finding.remedy(reads_all_stats(&role)));
    }
    Ok(finding.remedy("EXPLAIN (ANALYZE, BUFFERS) the statement"))
}

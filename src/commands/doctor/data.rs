//! Checks of rows: orphans, and what retention should have removed.

use std::time::Duration;

use super::probe::Probe;
use crate::domain::check::{Finding, Status};
use crate::domain::prunable::{self, Rule};
use crate::domain::retention::lateness::{self, Job, Late};
use crate::store::{catalog, health, maintenance, prunable as store_prunable, server};
use crate::ui::human;

/// So many rows are read, the small tables first; a thorough run reads all.
const ROWS_AT_MOST: i64 = 300_000;

pub(super) fn orphans(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let mut found = Vec::new();
    let mut left_out = Vec::new();
    let mut read = 0;
    for reference in probe.ask(health::references)? {
        read += reference.estimated_rows;
        if read > ROWS_AT_MOST && !probe.limits.thorough {
            left_out.push(reference.name);
            continue;
        }
        let count = probe.ask_patiently(|conn| health::count_orphans(conn, &reference))?;
        if count > 0 {
            let more = if count == 100 { "at least " } else { "" };
            found.push(format!("{} ({more}{count})", reference.name));
        }
    }
    let none = match left_out.len() {
        0 => String::from("every row points to one that is there"),
        _ => format!("none; {} not read: {}", left_out.len(), left_out.join(", ")),
    };
    Ok(Finding::of_list(
        Status::Fail,
        &none,
        ("column points to nothing", "columns point to nothing"),
        &found,
    )
    .remedy("restore what is pointed to, or delete what points"))
}

/// Whether what has grown old goes in time: by the runs that are recorded, or by the oldest row.
pub(super) fn retention(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let now_s = server::timestamp(probe.facts()?.clock_us).as_second();
    let (mut late, mut remedy) = (Vec::new(), "");
    for rule in prunable::default_rules() {
        if !probe.ask(|conn| catalog::table_exists(conn, rule.table))? {
            return Ok(Finding::unknown(format!("there is no table {}", rule.table)));
        }
        let jobs = jobs(probe, rule.table)?;
        let oldest_age_s = probe.ask(|conn| store_prunable::oldest_age_seconds(conn, &rule))?;
        let usual_age_s = i64::try_from(rule.older_than.as_secs()).unwrap_or(i64::MAX);
        for one in lateness::judge(&jobs, usual_age_s, oldest_age_s, now_s) {
            let (text, mends) = describe(&one, &rule);
            late.push(text);
            remedy = if remedy.is_empty() { mends } else { remedy };
        }
    }
    let none = "nothing falls behind";
    Ok(Finding::of_list(Status::Warn, none, ("behind", "behind"), &late).remedy(remedy))
}

/// A database from before the runs were recorded has none.
fn jobs(probe: &mut Probe<'_>, table: &str) -> anyhow::Result<Vec<Job>> {
    if !probe.ask(|conn| catalog::table_exists(conn, "maintenance_runs"))? {
        return Ok(Vec::new());
    }
    probe.ask(|conn| maintenance::list_jobs(conn, table))
}

/// What is late, and what fixes it.
fn describe(late: &Late, rule: &Rule) -> (String, &'static str) {
    match late {
        Late::Old { by_s } => {
            let by = human::age(Duration::from_secs(by_s.unsigned_abs()));
            (format!("{} {by}", rule.table), rule.remedy)
        }
        Late::Behind { job, trend } => {
            let count = |number: f64| human::count(number.round() as u64);
            let text = format!(
                "{job} ({} of {} rows a day, {} are left)",
                count(trend.deleted_per_day),
                count(trend.eligible_per_day),
                human::count(trend.left)
            );
            (
                text,
                "run it more often, longer (--max-runtime) or faster (--rate); inboxctl maintenance log",
            )
        }
    }
}

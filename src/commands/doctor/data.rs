//! Checks of rows: orphans, and what retention should have removed.

use std::time::Duration;

use super::probe::Probe;
use crate::domain::check::{Finding, Status};
use crate::domain::prunable;
use crate::store::{catalog, health, prunable as store_prunable};
use crate::ui::human;

/// So many rows are read, the small tables first; a thorough run reads all.
const ROWS_AT_MOST: i64 = 300_000;
/// How late retention may be: it runs at night, and a night may fail.
const GRACE: Duration = Duration::from_secs(2 * 86_400);

pub fn orphans(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
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

/// Whether rows have stayed for longer than they should.
pub fn retention(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let mut behind = Vec::new();
    let mut remedy = "";
    for rule in prunable::default_rules() {
        if !probe.ask(|conn| catalog::table_exists(conn, rule.table))? {
            return Ok(Finding::unknown(format!("there is no table {}", rule.table)));
        }
        let age = probe.ask(|conn| store_prunable::oldest_age_seconds(conn, &rule))?;
        let age = Duration::from_secs(age.unwrap_or_default().unsigned_abs());
        if age > rule.older_than + GRACE {
            let late = human::age(age - rule.older_than);
            behind.push(format!("{} {late}", rule.table));
            if remedy.is_empty() {
                remedy = rule.remedy;
            }
        }
    }
    let none = "nothing is left beyond its time";
    Ok(Finding::of_list(Status::Warn, none, ("behind", "behind"), &behind).remedy(remedy))
}

//! How many rows may go at once.

use super::survey::{Survey, Task};
use crate::domain::retention::tripwire;
use crate::error::Failure;
use crate::ui::human;

/// Why so many rows may not go, if they may not.
pub(super) fn trip(survey: &Survey, task: &Task) -> Option<Failure> {
    let Task { table, max_rows, .. } = task;
    let table_rows = survey.table_rows.unwrap_or_default();
    let limit = tripwire::limit(table_rows, *max_rows);
    let eligible = survey.eligible();
    if eligible <= limit {
        return None;
    }
    let why = match max_rows {
        Some(max_rows) => format!("at most {} are allowed", human::count(*max_rows)),
        None => format!(
            "that is more than {} % of about {}",
            tripwire::SHARE_PERCENT,
            human::plural(table_rows, "row", "rows")
        ),
    };
    let rows = human::plural(eligible, "row", "rows");
    let verb = if task.deed() == "redacted" { "redact" } else { "delete" };
    Some(Failure::refused(format!("will not {verb} {rows} of {}", table.name())).why(why).hint(
        match &task.policy {
            Some(name) => format!(
                "look with `inboxctl retention plan`; if it is right, raise max_rows of {name:?}"
            ),
            None => format!("look with --dry-run; if it is right, say --max-rows {eligible}"),
        },
    ))
}

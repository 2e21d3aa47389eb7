//! What refers to contacts that go, as a document and in words.

use serde::Serialize;

use crate::store::contact_hanging::Hanging;
use crate::ui::human;

/// Rows of one table that refer to contacts which go.
#[derive(Debug, Serialize)]
pub(super) struct HangingView {
    /// `invoices.contact_id`.
    reference: String,
    /// Null where this role can't read the table.
    rows: Option<i64>,
    /// They go to the survivor. Others have no foreign key, stay as they are and refer to nobody.
    pub moves: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    foreign_table: bool,
}

impl From<Hanging> for HangingView {
    fn from(one: Hanging) -> HangingView {
        let Hanging { reference, rows, moves, is_foreign_table } = one;
        HangingView { reference, rows, moves, foreign_table: is_foreign_table }
    }
}

impl HangingView {
    /// Rows that moved, or that would.
    pub(super) fn moved((reference, rows): (String, i64)) -> HangingView {
        HangingView { reference, rows: Some(rows), moves: true, foreign_table: false }
    }
}

/// A line each for what moves and what looks as if it did.
pub(super) fn lines(views: &[HangingView]) -> Vec<String> {
    let all = |moves: bool| {
        let those = views.iter().filter(|one| one.moves == moves);
        let text = those.map(|HangingView { reference, rows, foreign_table, .. }| {
            let text = match rows {
                Some(rows) => format!("{} of {reference}", human::count(rows.unsigned_abs())),
                None => format!("{reference}, which this role can't read"),
            };
            text + if *foreign_table { " (a foreign table)" } else { "" }
        });
        text.collect::<Vec<_>>().join(", ")
    };
    let mut lines = Vec::new();
    if views.iter().any(|one| one.moves) {
        lines.push(format!("Rows that move along: {}.", all(true)));
    }
    if views.iter().any(|one| !one.moves) {
        let mut line = format!(
            "Rows that look as if they referred to it and stay, without a foreign key: {}.",
            all(false)
        );
        let is_foreign = |one: &HangingView| one.moves || one.foreign_table;
        if !views.iter().all(is_foreign) {
            line += " [merge] references in inboxctl.toml moves them";
            line += if views.iter().any(|one| one.foreign_table) {
                ", but for foreign tables."
            } else {
                "."
            };
        }
        lines.push(line);
    }
    lines
}

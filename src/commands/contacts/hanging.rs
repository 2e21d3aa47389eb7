//! What refers to contacts that go, as a document and in words.

use serde::Serialize;

use crate::store::contact_hanging::Hanging;
use crate::ui::human;

/// Rows of one table that refer to contacts which go.
#[derive(Debug, Serialize)]
pub(super) struct HangingView {
    /// `invoices.contact_id`.
    reference: String,
    /// Null where this role may not read the table.
    rows: Option<i64>,
    /// They go to the survivor. Others have no foreign key, stay as they are and refer to nobody.
    pub moves: bool,
}

impl From<Hanging> for HangingView {
    fn from(one: Hanging) -> HangingView {
        HangingView { reference: one.reference, rows: one.rows, moves: one.moves }
    }
}

impl HangingView {
    /// Rows that moved, or that would.
    pub(super) fn moved((reference, rows): (String, i64)) -> HangingView {
        HangingView { reference, rows: Some(rows), moves: true }
    }
}

/// A line each for what moves and what looks as if it did.
pub(super) fn lines(views: &[HangingView]) -> Vec<String> {
    let all = |moves: bool| {
        let those = views.iter().filter(|one| one.moves == moves);
        let text = those.map(|HangingView { reference, rows, .. }| match rows {
            Some(rows) => format!("{} of {reference}", human::count(rows.unsigned_abs())),
            None => format!("{reference}, which this role may not read"),
        });
        text.collect::<Vec<_>>().join(", ")
    };
    let mut lines = Vec::new();
    if views.iter().any(|one| one.moves) {
        lines.push(format!("Rows that move along: {}.", all(true)));
    }
    if views.iter().any(|one| !one.moves) {
        lines.push(format!(
            "Rows that look as if they referred to it and stay, without a foreign key: {}. \
             [merge] references in inboxctl.toml moves them.",
            all(false)
        ));
    }
    lines
}

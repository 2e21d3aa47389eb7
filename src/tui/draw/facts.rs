//! One row, a value a line; the selected one in full below.

use ratatui::layout::Rect;

use super::super::state::{Facts, State};
use super::pen::{Pen, width, wrapped};
use crate::ui::Tone;

pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, facts: &Facts, state: &State) {
    if area.height < 5 {
        return;
    }
    let room = usize::from(area.width);
    let title = state.path().join(" › ");
    pen.put(area.x, area.y, room, &title, pen.look.style(Tone::Strong));
    let all = &facts.row.facts;
    let label = all.iter().map(|fact| width(&fact.label)).max().unwrap_or(0).min(24) as u16;
    let detail = (area.height / 3).min(8);
    let height = usize::from(area.height.saturating_sub(3 + detail)).max(1);
    let first = facts.selected.saturating_sub(height * 2 / 3).min(all.len().saturating_sub(height));
    let lines = all.iter().enumerate().skip(first).take(height);
    for (y, (place, fact)) in (area.y + 2..area.bottom()).zip(lines) {
        pen.put(area.x, y, usize::from(label), &fact.label, pen.look.style(Tone::Dim));
        let x = area.x + label + 2;
        let arrow = if fact.leads_to.is_some() { "→ " } else { "" };
        let x = x + pen.put(x, y, 2, arrow, pen.look.accent());
        let left = usize::from(area.right().saturating_sub(x));
        pen.put(x, y, left, &fact.value, pen.look.style(fact.tone));
        if place == facts.selected {
            pen.paint(area, y, pen.look.selected());
        }
    }
    if let Some(fact) = facts.selected() {
        let top = area.bottom() - detail;
        pen.put(area.x, top, room, &"─".repeat(room), pen.look.style(Tone::Dim));
        let lines = wrapped(&fact.value, room, usize::from(detail.saturating_sub(1)));
        for (y, line) in (top + 1..area.bottom()).zip(lines) {
            pen.put(area.x, y, room, &line, pen.look.style(Tone::Plain));
        }
    }
}

//! A list: its title with what is searched for, its columns, its rows.

use jiff::Timestamp;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::super::data::{Cell, Column, Row};
use super::super::state::{List, Over, State};
use super::pen::{Pen, width};
use crate::ui::{Tone, chart, human};

/// Between two columns.
const GAP: u16 = 2;
/// A column that isn't elastic is no wider.
const WIDEST: usize = 44;
const NARROWEST: u16 = 8;

/// Columns before what is searched for.
pub(super) fn title_width(state: &State) -> u16 {
    width(&title(state)) as u16 + 4
}

fn title(state: &State) -> String {
    state.path().join(" › ")
}

pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, list: &List, state: &State) {
    if area.height < 3 {
        return;
    }
    head(pen, area, list, state);
    let shown = list.shown().len();
    let body = Rect { y: area.y + 2, height: area.height - 2, ..area };
    if shown == 0 {
        let text = match (list.is_loaded, list.search.is_empty()) {
            (false, _) => "…",
            (true, true) => "There is nothing here.",
            (true, false) if list.next.is_some() => "Nothing so far; n goes on.",
            (true, false) => "Nothing has that.",
        };
        pen.put(body.x, body.y, usize::from(body.width), text, pen.look.style(Tone::Dim));
        return;
    }
    let height = usize::from(body.height);
    // The selected row is on the screen, with some of what follows.
    let first = list.selected.saturating_sub(height * 2 / 3).min(shown.saturating_sub(height));
    let rows: Vec<&Row> = list.shown().skip(first).take(height).collect();
    let widths = widths(&list.columns, &rows, area.width, state.now);
    let mut x = area.x;
    for (column, &wide) in list.columns.iter().zip(&widths) {
        let Some(wide) = within(area, x, wide) else { break };
        let style = pen.look.style(Tone::Dim).add_modifier(Modifier::BOLD);
        match column.is_right {
            true => pen.put_right(x, area.y + 1, x + wide, &column.name, style),
            false => _ = pen.put(x, area.y + 1, usize::from(wide), &column.name, style),
        }
        x += wide + GAP;
    }
    for (line, row) in (body.y..).zip(&rows) {
        let place = first + usize::from(line - body.y);
        let is_marked =
            state.marked.as_ref().is_some_and(|(marked, _)| marked.to_string() == row.id);
        let mut x = area.x;
        for ((cell, column), &wide) in row.cells.iter().zip(&list.columns).zip(&widths) {
            let Some(wide) = within(area, x, wide) else { break };
            draw_cell(pen, (x, line, wide), cell, column.is_right, state.now);
            x += wide + GAP;
        }
        if is_marked {
            pen.put(area.x - 1, line, 1, "◆", pen.look.style(Tone::Warn));
        }
        if place == list.selected {
            pen.paint(area, line, pen.look.selected());
        }
    }
}

/// What of a column there is room for.
fn within(area: Rect, x: u16, wide: u16) -> Option<u16> {
    Some(wide.min(area.right().saturating_sub(x))).filter(|wide| *wide > 0)
}

/// The title, what is searched for, and how many there are.
fn head(pen: &mut Pen<'_>, area: Rect, list: &List, state: &State) {
    let room = usize::from(area.width);
    let mut x = area.x + pen.put(area.x, area.y, room, &title(state), pen.look.style(Tone::Strong));
    let is_typing = matches!(state.over, Some(Over::Typing(_)));
    if is_typing || !list.search.is_empty() {
        x += pen.put(x, area.y, room, "  / ", pen.look.accent());
        let left = usize::from(area.right().saturating_sub(x));
        x += pen.put(x, area.y, left, &list.search, pen.look.style(Tone::Strong));
    }
    let shown = list.shown().len();
    let more = if list.next.is_some() { "+" } else { "" };
    let place = match shown {
        0 => String::new(),
        _ => format!("{}/{}{more}", list.selected + 1, human::count(shown as u64)),
    };
    let note = match (list.is_searched_by_the_server(), list.search.is_empty()) {
        (false, false) => format!("of the {} read", human::count(list.rows.len() as u64)),
        _ => list.note.clone(),
    };
    let parts: Vec<&str> =
        [note.as_str(), place.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    pen.put_right(x + 1, area.y, area.right(), &parts.join("  "), pen.look.style(Tone::Dim));
}

fn text(cell: &Cell, now: Timestamp) -> (String, Tone) {
    match cell {
        Cell::Text(text, tone) => (text.clone(), *tone),
        Cell::When(at) => (human::when(*at, now), Tone::Plain),
        Cell::Bar(_) => (String::new(), Tone::Plain),
    }
}

fn draw_cell(
    pen: &mut Pen<'_>,
    (x, y, wide): (u16, u16, u16),
    cell: &Cell,
    is_right: bool,
    now: Timestamp,
) {
    if let Cell::Bar(share) = cell {
        let bar = chart::bar(*share, usize::from(wide));
        pen.put(x, y, usize::from(wide), &bar, pen.look.accent());
        return;
    }
    let (text, tone) = text(cell, now);
    let style = pen.look.style(tone);
    match is_right {
        true => pen.put_right(x, y, x + wide, &text, style),
        false => _ = pen.put(x, y, usize::from(wide), &text, style),
    }
}

/// Each as wide as what stands in it; elastic ones share what is left, by what they hold.
fn widths(columns: &[Column], rows: &[&Row], room: u16, now: Timestamp) -> Vec<u16> {
    let natural = |place: usize, column: &Column| {
        let of_rows = rows.iter().filter_map(|row| row.cells.get(place));
        let widest = of_rows
            .map(|cell| match cell {
                Cell::Bar(_) => 12,
                cell => width(&super::pen::cut(&text(cell, now).0, 200)),
            })
            .max();
        widest.unwrap_or(0).max(width(&column.name))
    };
    let natural: Vec<usize> =
        columns.iter().enumerate().map(|(place, column)| natural(place, column)).collect();
    let gaps = GAP * (columns.len().saturating_sub(1)) as u16;
    let room = room.saturating_sub(gaps);
    let mut widths: Vec<u16> = columns
        .iter()
        .zip(&natural)
        .map(|(column, &wide)| if column.is_elastic { 0 } else { wide.min(WIDEST) as u16 })
        .collect();
    let fixed: u16 = widths.iter().fold(0, |sum: u16, wide| sum.saturating_add(*wide));
    let mut left = room.saturating_sub(fixed);
    // The narrow ones take what they need, the wide ones share the rest.
    let mut elastic: Vec<usize> = (0..columns.len()).filter(|&at| columns[at].is_elastic).collect();
    elastic.sort_by_key(|&place| natural[place]);
    let mut waiting = elastic.len() as u16;
    for place in elastic {
        let fair = left / waiting.max(1);
        let least = NARROWEST.min(natural[place] as u16);
        widths[place] = (natural[place].min(400) as u16).min(fair).max(least);
        left = left.saturating_sub(widths[place]);
        waiting -= 1;
    }
    widths
}

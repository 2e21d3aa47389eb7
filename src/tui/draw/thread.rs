//! A thread like a messenger's: theirs on the left, ours on the right, notes between, and beside it
//! what is known of the contact.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::data::{Person, Said, Side};
use super::super::state::{State, Thread};
use super::pen::{Pen, cut, width, wrapped};
use crate::ui::{Tone, human};

/// From this width on there is room for both.
const WIDE: u16 = 100;
const BESIDE: u16 = 38;
/// A message is no wider, and no longer.
const WIDEST: usize = 72;
const LONGEST: usize = 40;

pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, thread: &Thread, state: &State) {
    if area.height < 3 {
        return;
    }
    let room = usize::from(area.width);
    let title = state.path().join(" › ");
    let mut x = area.x + pen.put(area.x, area.y, room, &title, pen.look.style(Tone::Strong));
    if state.marked.as_ref().is_some_and(|(marked, _)| *marked == thread.contact) {
        x += pen.put(x, area.y, 2, " ◆", pen.look.style(Tone::Warn));
    }
    if let Some(person) = &thread.person {
        let known = |label: &str| person.facts.iter().find(|fact| fact.label == label);
        let known = ["phone", "e-mail", "handles"].into_iter().filter_map(known);
        let known: Vec<&str> = known.map(|fact| fact.value.as_str()).collect();
        let style = pen.look.style(Tone::Dim);
        pen.put_right(x + 2, area.y, area.right(), &known.join("  "), style);
    }
    let body = Rect { y: area.y + 2, height: area.height - 2, ..area };
    match (&thread.person, area.width >= WIDE) {
        (Some(person), true) => {
            let left = Rect { width: body.width - BESIDE - 2, ..body };
            talk(pen, left, thread, state);
            let beside = Rect { x: body.right() - BESIDE, width: BESIDE, ..body };
            about(pen, beside, person, state);
        }
        (Some(person), false) if thread.shows_facts => about(pen, body, person, state),
        _ => talk(pen, body, thread, state),
    }
}

/// A line of the thread: where it begins, what it says.
type Line = (u16, String, Style);

fn talk(pen: &mut Pen<'_>, area: Rect, thread: &Thread, state: &State) {
    if thread.said.is_empty() {
        let text = if thread.is_loaded { "Nothing was said yet." } else { "…" };
        pen.put(area.x, area.y, usize::from(area.width), text, pen.look.style(Tone::Dim));
        return;
    }
    let height = usize::from(area.height);
    // From the newest up, as far as the screen goes.
    let mut lines: Vec<Line> = Vec::new();
    for said in thread.said.iter().rev() {
        let mut of_one = bubble(pen, area, said, state);
        of_one.reverse();
        lines.extend(of_one);
        if lines.len() >= height + thread.scrolled {
            break;
        }
    }
    let below = thread.scrolled.min(lines.len().saturating_sub(height));
    let shown = lines.into_iter().skip(below).take(height);
    for (back, (indent, text, style)) in (1..).zip(shown) {
        let room = usize::from(area.width.saturating_sub(indent));
        pen.put(area.x + indent, area.bottom() - back, room, &text, style);
    }
    if thread.unseen > 0 {
        let text =
            format!(" {} below ", human::plural(thread.unseen as u64, "new one", "new ones"));
        pen.put_right(area.x, area.bottom() - 1, area.right(), &text, pen.look.selected());
    }
}

fn bubble(pen: &Pen<'_>, area: Rect, said: &Said, state: &State) -> Vec<Line> {
    let look = pen.look;
    let room = usize::from(area.width).saturating_sub(8).clamp(1, WIDEST);
    let mut text = wrapped(&said.text, room.saturating_sub(2), LONGEST);
    if let Some(error) = &said.error {
        text.extend(wrapped(&format!("✗ {error}"), room.saturating_sub(2), 3));
    }
    let ours = matches!(said.side, Side::Us).then_some(said.status.0.to_lowercase());
    let when = human::when(said.at, state.now);
    let parts = [said.who.clone(), said.channel.clone(), ours.unwrap_or_default(), when];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    let mut head = parts.collect::<Vec<_>>().join(" · ");
    if said.side == Side::Note {
        head = format!("note by {head}");
    }
    let head = cut(&head, room);
    let head_style = match said.status.1 {
        Tone::Bad => look.style(Tone::Bad),
        _ => look.style(Tone::Dim),
    };
    let widest = text.iter().map(|line| width(line)).max().unwrap_or(0) + 2;
    let (bar, style) = match said.side {
        Side::Them => ("▌ ", look.accent()),
        Side::Us => (" ▐", look.style(Tone::Plain)),
        Side::Note => ("┆ ", look.style(Tone::Warn)),
    };
    let mut lines = Vec::new();
    match said.side {
        Side::Us => {
            let right = |wide: usize| area.width.saturating_sub(wide as u16);
            lines.push((right(width(&head)), head, head_style));
            for line in text {
                let padded = format!("{line}{}{bar}", " ".repeat(widest - 2 - width(&line)));
                lines.push((right(widest), padded, style));
            }
        }
        Side::Them | Side::Note => {
            lines.push((0, head, head_style));
            lines.extend(text.into_iter().map(|line| (0, format!("{bar}{line}"), style)));
        }
    }
    lines.push((0, String::new(), Style::new()));
    lines
}

fn about(pen: &mut Pen<'_>, area: Rect, person: &Person, state: &State) {
    let room = usize::from(area.width);
    let mut y = area.y;
    for fact in &person.facts {
        let wide = room.saturating_sub(12).max(1);
        for (number, line) in wrapped(&fact.value, wide, 3).into_iter().enumerate() {
            if y >= area.bottom() {
                return;
            }
            if number == 0 {
                pen.put(area.x, y, 11, &fact.label, pen.look.style(Tone::Dim));
            }
            pen.put(area.x + 12, y, wide, &line, pen.look.style(fact.tone));
            y += 1;
        }
    }
    if person.merges.is_empty() || y + 2 >= area.bottom() {
        return;
    }
    y += 1;
    pen.put(area.x, y, room, "merges", pen.look.style(Tone::Dim));
    for merge in &person.merges {
        y += 1;
        if y >= area.bottom() {
            return;
        }
        let undone = if merge.is_undone { "undone: " } else { "" };
        let text = format!("{undone}{} {}", human::when(merge.at, state.now), merge.text);
        let tone = if merge.is_undone { Tone::Dim } else { Tone::Plain };
        pen.put(area.x, y, room, &text, pen.look.style(tone));
    }
}

//! A pair of contacts side by side, with what speaks for one person and what against.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::data::Pair;
use super::super::state::{Duplicates, Matching, State};
use super::pen::{Pen, wrapped};
use crate::ui::{Tone, chart, human};

pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, duplicates: &Duplicates, state: &State) {
    if area.height < 5 {
        return;
    }
    let room = usize::from(area.width);
    let dim = pen.look.style(Tone::Dim);
    let say = |pen: &mut Pen<'_>, text: &str, style: Style| {
        for (y, line) in (area.y + 2..area.bottom()).zip(wrapped(text, room, 8)) {
            pen.put(area.x, y, room, &line, style);
        }
    };
    pen.put(area.x, area.y, room, "Duplicates", pen.look.style(Tone::Strong));
    match &duplicates.matching {
        Matching::NotYet => say(
            pen,
            "Enter reads all contacts and finds those that may be one person, as \
             `inboxctl contacts dedupe --dry-run` does. It changes nothing. On a large inbox it \
             takes a while, in which you can look at something else.",
            Style::new(),
        ),
        Matching::Since(since) => {
            let took = human::age(state.now.duration_since(*since).unsigned_abs());
            say(pen, &format!("Comparing the contacts, for {took} … esc stops it."), dim);
        }
        Matching::Failed(trouble) => {
            say(pen, &format!("They could not be compared: {trouble}"), pen.look.style(Tone::Bad));
        }
        Matching::Done => match duplicates.selected() {
            None => say(pen, "No two contacts may be one. r looks again.", Style::new()),
            Some(pair) => {
                let doubtful = duplicates.pairs.iter().filter(|pair| !pair.is_certain).count();
                let place = format!(
                    "{doubtful} doubtful, pair {} of {}",
                    duplicates.selected + 1,
                    duplicates.pairs.len()
                );
                pen.put_right(area.x + 12, area.y, area.right(), &place, dim);
                draw_pair(pen, area, pair);
            }
        },
    }
}

fn draw_pair(pen: &mut Pen<'_>, area: Rect, pair: &Pair) {
    let y = area.y + 1;
    let bar = chart::bar(pair.probability, 20);
    let tone = if pair.probability >= 0.5 { Tone::Good } else { Tone::Warn };
    let x = area.x + pen.put(area.x, y, 20, &bar, pen.look.style(tone));
    let certain = if pair.is_certain { ": certain" } else { "" };
    let likely = format!(" {:.1} % likely one person{certain}", pair.probability * 100.0);
    let left = usize::from(area.right().saturating_sub(x));
    pen.put(x, y, left, &likely, pen.look.style(Tone::Strong));
    // Field, both values, and the weight with its reason.
    let (field, weight) = (12_u16, 26_u16.min(area.width / 4));
    let value = area.width.saturating_sub(field + weight + 6) / 2;
    let columns =
        [area.x, area.x + field + 2, area.x + field + value + 4, area.x + field + value * 2 + 6];
    let y = y + 2;
    let dim = pen.look.style(Tone::Dim);
    let [left, right] = pair.ids.map(|id| id.to_string());
    let wide = usize::from(value);
    pen.put(columns[1], y, wide, &format!("stays {left}"), dim);
    pen.put(columns[2], y, wide, &format!("goes {right}"), dim);
    let mut y = y + 1;
    for one in &pair.fields {
        let values = one.values.each_ref().map(|value| wrapped(value, wide, 3));
        let how = format!("{:+.1} {}", one.bits, one.how);
        let how = wrapped(&how, usize::from(weight), 3);
        let lines = values.iter().map(Vec::len).max().unwrap_or(1).max(how.len());
        let (tone, same) = match one.bits {
            bits if bits > 0.5 => (Tone::Good, Tone::Strong),
            bits if bits < -0.5 => (Tone::Bad, Tone::Plain),
            _ => (Tone::Dim, Tone::Plain),
        };
        for line in 0..lines {
            if y >= area.bottom() {
                return;
            }
            if line == 0 {
                pen.put(columns[0], y, usize::from(field), &one.field, dim);
            }
            for (side, value) in values.iter().enumerate() {
                let text = value.get(line).map(String::as_str).unwrap_or_default();
                pen.put(columns[side + 1], y, wide, text, pen.look.style(same));
            }
            let text = how.get(line).map(String::as_str).unwrap_or_default();
            pen.put(columns[3], y, usize::from(weight), text, pen.look.style(tone));
            y += 1;
        }
    }
}

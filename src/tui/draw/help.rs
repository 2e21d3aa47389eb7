//! The keys, and what can be done, in boxes over the view.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::state::Action;
use super::over;
use super::pen::Pen;
use crate::ui::Tone;

/// The same as in docs/ui.md.
const KEYS: [(&str, &str); 24] = [
    ("1 … 8, tab", "another view; its number again: back to its beginning"),
    ("j k, ↓ ↑", "down and up; in a thread, to what is newer and earlier"),
    ("ctrl-d ctrl-u", "half a screen; page down, page up: a whole one"),
    ("g G, home end", "to the top, to the end of what was read"),
    ("enter, l, →", "open what is selected, follow a key"),
    ("esc, h, ←, q", "back; at the beginning of a view q quits"),
    ("/", "search contacts, filter a list; enter keeps it, esc ends it"),
    ("r", "read again, and have the doctor look again"),
    ("a", "what can be done here, with its command lines"),
    ("y", "copy the command line, or the value that is selected"),
    ("space", "mark a contact, to merge another one into it"),
    ("m", "merge: two contacts, or the pair that is shown"),
    ("n", "remember that they are not the same"),
    ("u", "undo the last merge of the contact"),
    ("i", "what is known of the contact, where it isn't beside"),
    ("t e x", "jobs: try again, release, cancel"),
    ("o", "jobs: of another status; a table: in another order"),
    ("O", "a table: from the other end"),
    ("n", "a table: go on filtering where it stopped"),
    ("c v", "duplicates: merge the certain ones; be asked about all"),
    ("s", "sizes: record them, to tell the growth from"),
    ("?", "this"),
    ("ctrl-c", "quit, from anywhere; nothing is lost"),
    ("", "Actions run on the terminal and ask there, as in a shell."),
];

pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, scrolled: u16) {
    let place = over(pen, area, (76, KEYS.len() as u16 + 2), "Keys");
    let first = usize::from(scrolled).min(KEYS.len().saturating_sub(usize::from(place.height)));
    for (y, (key, what)) in (place.y..place.bottom()).zip(&KEYS[first..]) {
        pen.put(place.x, y, 15, key, pen.look.accent());
        let room = usize::from(place.width.saturating_sub(16));
        pen.put(place.x + 16, y, room, what, Style::new());
    }
}

pub(super) fn menu(pen: &mut Pen<'_>, area: Rect, actions: &[Action], selected: usize) {
    let wide = area.width.saturating_sub(4).min(110);
    let place = over(pen, area, (wide, actions.len() as u16 * 2 + 4), "What to do");
    let room = usize::from(place.width);
    let mut y = place.y;
    for (number, action) in actions.iter().enumerate() {
        if y + 1 >= place.bottom() {
            return;
        }
        pen.put(place.x, y, 2, &action.key.to_string(), pen.look.accent());
        pen.put(place.x + 3, y, room.saturating_sub(3), &action.label, Style::new());
        if number == selected {
            pen.paint(place, y, pen.look.selected());
        }
        let line = action.command_line();
        pen.put(place.x + 3, y + 1, room.saturating_sub(3), &line, pen.look.style(Tone::Dim));
        y += 2;
    }
    let hint = "enter runs it on the terminal · y copies it · esc leaves it";
    pen.put(place.x, place.bottom() - 1, room, hint, pen.look.style(Tone::Dim));
}

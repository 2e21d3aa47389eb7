//! Writing text into cells: in its width on the screen, cut with an ellipsis, and with nothing in it
//! that a terminal would obey.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Look;
use crate::ui::human;

pub(super) struct Pen<'a> {
    pub buffer: &'a mut Buffer,
    pub look: Look,
}

impl<'a> Pen<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, look: Look) -> Pen<'a> {
        Pen { buffer, look }
    }

    /// On one line; returns the columns that it took.
    pub(super) fn put(&mut self, x: u16, y: u16, room: usize, text: &str, style: Style) -> u16 {
        let area = *self.buffer.area();
        if x >= area.right() || y >= area.bottom() {
            return 0;
        }
        let room = room.min(usize::from(area.right() - x));
        let text = cut(text, room);
        let (end, _) = self.buffer.set_stringn(x, y, &text, room, style);
        end - x
    }

    /// So that it ends before `right`; it begins after `left`.
    pub(super) fn put_right(&mut self, left: u16, y: u16, right: u16, text: &str, style: Style) {
        let room = usize::from(right.saturating_sub(left));
        let text = cut(text, room);
        let x = right.saturating_sub(width(&text) as u16);
        self.put(x, y, room, &text, style);
    }

    /// A whole line of an area has this style.
    pub(super) fn paint(&mut self, area: Rect, y: u16, style: Style) {
        let line = Rect { y, height: 1, ..area }.intersection(*self.buffer.area());
        self.buffer.set_style(line, style);
    }
}

pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text on one line of so many columns.
pub(super) fn cut(text: &str, room: usize) -> String {
    // What is beyond can't be seen: a long text isn't gone through.
    let start: String = text.chars().take(room.saturating_mul(2) + 8).collect();
    let is_whole = start.len() == text.len();
    let line = human::printable(&start).replace('\n', " ");
    if is_whole && line.width() <= room {
        return line;
    }
    let mut cut = String::new();
    let mut taken = 0;
    for letter in line.chars() {
        let wide = letter.width().unwrap_or(0);
        if taken + wide + 1 > room {
            break;
        }
        cut.push(letter);
        taken += wide;
    }
    if room > 0 {
        cut.push('…');
    }
    cut
}

/// The text in lines of at most so many columns, broken between words where it can be; at most
/// `most` lines.
pub(super) fn wrapped(text: &str, room: usize, most: usize) -> Vec<String> {
    let room = room.max(1);
    let mut lines: Vec<String> = Vec::new();
    let text: String = text.chars().take((room + 1) * most + 1).collect();
    for paragraph in human::printable(&text).split('\n') {
        let (mut line, mut taken) = (String::new(), 0);
        for word in paragraph.split(' ') {
            let wide = word.width();
            if taken > 0 && taken + 1 + wide > room {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            } else if taken > 0 {
                line.push(' ');
                taken += 1;
            }
            for letter in word.chars() {
                let wide = letter.width().unwrap_or(0);
                if taken + wide > room {
                    lines.push(std::mem::take(&mut line));
                    taken = 0;
                }
                line.push(letter);
                taken += wide;
            }
        }
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_by_their_width_on_the_screen() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("漢字漢字", 5), "漢字…");
        assert_eq!(cut("abc", 0), "");
        assert_eq!(cut("a\u{1b}[31mb\nc", 10), "a\u{fffd}[31mb c");
    }

    #[test]
    fn lines_are_wrapped_by_their_width_on_the_screen() {
        assert_eq!(wrapped("one two three", 7, 9), ["one two", "three"]);
        assert_eq!(wrapped("漢字漢字", 4, 9), ["漢字", "漢字"]);
        assert_eq!(wrapped("a\nb", 4, 9), ["a", "b"]);
        assert_eq!(wrapped("a b c d", 1, 2), ["a", "b…"]);
    }
}

//! Makes a grid fit the terminal: running text is cut, and what is still too
//! wide falls back to records.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::grid::{Cell, Grid};

/// Running text that is cut keeps this much.
const LEAST_TEXT: usize = 16;

/// So many lines of it are told where rows become records: one long value hides no other row.
const LINES_OF_TEXT: usize = 3;

/// The grids to draw for `grid`, one below the other; itself where it fits, or
/// where nothing limits it.
pub(super) fn fit(grid: &Grid, width: Option<u16>) -> Vec<Cow<'_, Grid>> {
    let Some(width) = width.map(usize::from).filter(|_| !grid.columns.is_empty()) else {
        return vec![Cow::Borrowed(grid)];
    };
    let natural = natural_widths(grid);
    // Two blanks between columns, and one behind the last that is padding.
    let total = natural.iter().sum::<usize>() + 2 * natural.len() - 1;
    if total <= width {
        return vec![Cow::Borrowed(grid)];
    }
    match shrunk(grid, &natural, total - width) {
        Some(widths) => vec![Cow::Owned(cut(grid, &natural, &widths))],
        None if grid.records_if_wide => records(grid, width),
        None => vec![Cow::Borrowed(grid)],
    }
}

fn natural_widths(grid: &Grid) -> Vec<usize> {
    let widest_line = |text: &str| text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let column = |(index, name): (usize, &str)| {
        let cells = grid.rows.iter().filter_map(|row| row.get(index));
        cells.map(|cell| widest_line(&cell.text)).max().unwrap_or(0).max(name.width())
    };
    grid.columns.iter().map(|column| column.name).enumerate().map(column).collect()
}

/// Widths without the `excess`, taken from the widest running text first;
/// `None` if the texts can't give that much.
fn shrunk(grid: &Grid, natural: &[usize], mut excess: usize) -> Option<Vec<usize>> {
    let mut widths = natural.to_vec();
    while excess > 0 {
        let (widest, _) = widths
            .iter()
            .enumerate()
            .filter(|(index, width)| grid.columns[*index].elastic && **width > LEAST_TEXT)
            .max_by_key(|(_, width)| **width)?;
        widths[widest] -= 1;
        excess -= 1;
    }
    Some(widths)
}

fn cut(grid: &Grid, natural: &[usize], widths: &[usize]) -> Grid {
    let mut fitted = grid.clone();
    for row in &mut fitted.rows {
        for (index, cell) in row.iter_mut().enumerate() {
            if widths[index] < natural[index] {
                cell.text = one_line(&cell.text, widths[index]);
            }
        }
    }
    fitted
}

/// The text on one line of at most `width` columns.
fn one_line(text: &str, width: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.width() <= width {
        return line;
    }
    let mut left = width.saturating_sub(1);
    let mut cut: String = line
        .chars()
        .take_while(|letter| {
            let letter = letter.width().unwrap_or(0);
            let fits = letter <= left;
            left = left.saturating_sub(letter);
            fits
        })
        .collect();
    cut.push('…');
    cut
}

/// Sentences in lines of at most `width` columns, of which `taken` are before the first; themselves
/// where nothing limits them. What stands in backticks is to be copied and stays on one line, and
/// so does what is set in from the margin.
pub(super) fn wrap(text: &str, taken: usize, width: Option<u16>) -> Cow<'_, str> {
    let Some(width) = width.map(usize::from) else { return Cow::Borrowed(text) };
    let mut wrapped = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        let mut column = if index == 0 { taken } else { 0 };
        if index > 0 {
            wrapped.push('\n');
        }
        if line.starts_with(' ') {
            wrapped.push_str(line);
            continue;
        }
        for (index, word) in words(line).enumerate() {
            if index > 0 {
                let fits = column + 1 + word.width() <= width;
                wrapped.push(if fits { ' ' } else { '\n' });
                column = if fits { column + 1 } else { 0 };
            }
            wrapped.push_str(word);
            column += word.width();
        }
    }
    Cow::Owned(wrapped)
}

/// What a blank divides, outside of backticks.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    line.split(move |letter| {
        is_code ^= letter == '`';
        letter == ' ' && !is_code
    })
}

/// A row as labels and values, without those that are empty.
fn records(grid: &Grid, width: usize) -> Vec<Cow<'_, Grid>> {
    let labels = grid.columns.iter().map(|column| column.name.width()).max().unwrap_or(0) + 2;
    let most = width.saturating_sub(labels).max(LEAST_TEXT) * LINES_OF_TEXT;
    let record = |row: &Vec<Cell>| {
        let facts = grid.columns.iter().zip(row).filter(|(_, cell)| !cell.text.is_empty());
        Grid::facts(facts.map(|(column, cell)| {
            let mut cell = cell.clone();
            if column.elastic
                && (cell.text.width() > most || cell.text.lines().count() > LINES_OF_TEXT)
            {
                cell.text = one_line(&cell.text, most);
            }
            (column.name, cell)
        }))
    };
    grid.rows.iter().map(|row| Cow::Owned(record(row))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::grid::Column;
    use super::*;

    fn grid(text: &str) -> Grid {
        let mut grid =
            Grid::new(vec![Column::left("id"), Column::text("content")]).records_if_wide();
        grid.row(vec!["0123456789".into(), text.into()]);
        grid
    }

    #[test]
    fn running_text_is_cut_to_the_width() {
        let grid = grid("a text that is a good deal too long for it");
        let fitted = fit(&grid, Some(40));
        let text = &fitted[0].rows[0][1].text;
        assert_eq!(text, "a text that is a good deal…");
        assert_eq!(10 + 2 + text.width() + 1, 40);
        assert_eq!(fit(&grid, None)[0].rows[0][1].text, grid.rows[0][1].text);
    }

    #[test]
    fn wide_letters_count_twice() {
        assert_eq!(one_line("你好你好你好", 6), "你好…");
        assert_eq!(one_line("你好你", 6), "你好你");
    }

    #[test]
    fn sentences_break_between_words_and_commands_stay_whole() {
        let text = "run `inboxctl db check` and look\n  set in: stays as it is here\nanother";
        assert_eq!(
            wrap(text, 6, Some(24)),
            "run\n`inboxctl db check` and\nlook\n  set in: stays as it is here\nanother"
        );
        assert_eq!(wrap("你好 你好", 0, Some(8)), "你好\n你好");
        assert_eq!(wrap(text, 6, None), text);
    }

    #[test]
    fn what_is_still_too_wide_becomes_records() {
        let grid = grid("a text that is a good deal too long for it");
        let fitted = fit(&grid, Some(20));
        assert!(fitted[0].columns.is_empty());
        assert_eq!(fitted[0].rows.len(), 2);
        assert_eq!(fitted[0].rows[1][0].text, "content");
    }
}

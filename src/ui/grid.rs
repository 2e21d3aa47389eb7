//! What a view is made of: grids of cells, and texts.

use super::human;

/// A piece of a view, top to bottom with an empty line between.
#[derive(Debug, Clone)]
pub enum Block {
    Grid(Grid),
    /// Sentences, wrapped at a terminal.
    Text(String),
    /// Lines that stand as they are: a script, a file.
    Verbatim(String),
}

/// Columns, rows, and lines below.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) notes: Vec<String>,
    pub(super) records_if_wide: bool,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub(super) name: &'static str,
    pub(super) right: bool,
    pub(super) elastic: bool,
}

impl Column {
    pub fn left(name: &'static str) -> Column {
        Column { name, right: false, elastic: false }
    }

    /// For numbers.
    pub fn right(name: &'static str) -> Column {
        Column { name, right: true, elastic: false }
    }

    /// For running text: cut where the terminal is too narrow for all of it.
    pub fn text(name: &'static str) -> Column {
        Column { name, right: false, elastic: true }
    }
}

/// What a value means to the reader; colour only repeats what the text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Strong,
    Dim,
    Good,
    Warn,
    Bad,
}

impl Tone {
    /// The text in ANSI colour, for a line on stderr.
    pub fn paint(self, text: &str) -> String {
        let code = match self {
            Tone::Plain => return text.to_owned(),
            Tone::Strong => "1",
            Tone::Dim => "2",
            Tone::Good => "32",
            Tone::Warn => "33;1",
            Tone::Bad => "31;1",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}

#[derive(Debug, Clone)]
pub struct Cell {
    pub(super) text: String,
    pub(super) tone: Tone,
    /// Its line breaks are ours.
    has_lines: bool,
}

impl Cell {
    /// Of several lines, each of which is told as one.
    pub fn lines(lines: &[&str]) -> Cell {
        let lines: Vec<String> = lines.iter().map(|line| line.replace('\n', " ")).collect();
        Cell { has_lines: true, ..Cell::new(lines.join("\n")) }
    }

    pub fn new(text: impl Into<String>) -> Cell {
        Cell::toned(text, Tone::Plain)
    }

    pub fn toned(text: impl Into<String>, tone: Tone) -> Cell {
        Cell { text: human::printable(&text.into()), tone, has_lines: false }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell::new(text)
    }
}

impl Grid {
    pub fn new(columns: Vec<Column>) -> Grid {
        Grid { columns, ..Grid::default() }
    }

    /// Labels and values, without a header.
    pub fn facts<L: Into<String>>(facts: impl IntoIterator<Item = (L, Cell)>) -> Grid {
        let rows = facts
            .into_iter()
            .map(|(label, value)| vec![Cell::toned(label, Tone::Dim), value])
            .collect();
        Grid { rows, ..Grid::default() }
    }

    /// A line each: what stands in a cell begins no other, which could be taken for a row.
    pub fn row(&mut self, mut cells: Vec<Cell>) {
        for cell in cells.iter_mut().filter(|cell| !cell.has_lines) {
            cell.text = cell.text.replace('\n', " ");
        }
        self.rows.push(cells);
    }

    /// Where the terminal is too narrow, show a record a row instead of broken lines.
    pub fn records_if_wide(mut self) -> Grid {
        self.records_if_wide = true;
        self
    }

    /// A line below the table.
    pub fn note(&mut self, line: impl Into<String>) {
        self.notes.push(line.into());
    }
}

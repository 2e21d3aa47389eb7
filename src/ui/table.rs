//! Tables for people, rendered by comfy-table.

use std::io::{self, Write};

use comfy_table::{
    Attribute, CellAlignment, Color, ColumnConstraint, ContentArrangement, LineStyle, Table,
    TableStyle, Width,
};

use super::fit::fit;
use super::human;

/// A piece of a view, top to bottom with an empty line between.
#[derive(Debug, Clone)]
pub enum Block {
    Grid(Grid),
    /// Lines that stand as they are.
    Text(String),
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
    right: bool,
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
}

impl Cell {
    pub fn new(text: impl Into<String>) -> Cell {
        Cell::toned(text, Tone::Plain)
    }

    pub fn toned(text: impl Into<String>, tone: Tone) -> Cell {
        Cell { text: human::printable(&text.into()), tone }
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

    pub fn row(&mut self, cells: Vec<Cell>) {
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

/// Columns of the terminal on stdout; 80 where it doesn't say.
pub fn terminal_width() -> u16 {
    // A pseudo-terminal that nobody gave a size says 0.
    Table::new().width().filter(|columns| *columns > 0).unwrap_or(80)
}

pub fn write(
    out: &mut dyn Write,
    blocks: &[Block],
    width: Option<u16>,
    color: bool,
) -> io::Result<()> {
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        match block {
            Block::Grid(grid) => write_grid(out, grid, width, color)?,
            Block::Text(text) => writeln!(out, "{}", text.trim_end())?,
        }
    }
    Ok(())
}

fn write_grid(out: &mut dyn Write, grid: &Grid, width: Option<u16>, color: bool) -> io::Result<()> {
    for (index, part) in fit(grid, width).iter().filter(|part| !part.rows.is_empty()).enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        for line in table(part, width, color).lines() {
            // comfy-table pads the last column: trailing blanks are noise in a pipe.
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    if !grid.rows.is_empty() && !grid.notes.is_empty() {
        writeln!(out)?;
    }
    for note in &grid.notes {
        writeln!(out, "{note}")?;
    }
    Ok(())
}

fn table(grid: &Grid, width: Option<u16>, color: bool) -> Table {
    let mut table = Table::new();
    // Nothing but a rule below the header.
    let rule = LineStyle::none().fill('─').junction('─');
    table.load_style(TableStyle::new().header_separator(rule));
    match width {
        Some(width) => {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        None => {
            table.set_content_arrangement(ContentArrangement::Disabled);
        }
    }
    if color {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    if !grid.columns.is_empty() {
        table.set_header(
            grid.columns
                .iter()
                .map(|column| comfy_table::Cell::new(column.name).add_attribute(Attribute::Bold)),
        );
    }
    for row in &grid.rows {
        table.add_row(row.iter().map(|cell| styled(cell, color)));
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        // With the blank that stands for the missing line, two between columns.
        column.set_padding((0, 1));
        if grid.columns.get(index).is_some_and(|column| column.right) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if grid.columns.is_empty() && index == 0 {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(12)));
        }
    }
    table
}

fn styled(cell: &Cell, color: bool) -> comfy_table::Cell {
    let styled = comfy_table::Cell::new(&cell.text);
    if !color {
        return styled;
    }
    match cell.tone {
        Tone::Plain => styled,
        Tone::Strong => styled.add_attribute(Attribute::Bold),
        Tone::Dim => styled.add_attribute(Attribute::Dim),
        Tone::Good => styled.fg(Color::Green),
        Tone::Warn => styled.fg(Color::Yellow),
        Tone::Bad => styled.fg(Color::Red),
    }
}

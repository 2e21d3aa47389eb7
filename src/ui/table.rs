//! Tables for people, rendered by comfy-table.

use std::io::{self, Write};

use comfy_table::{
    Attribute, CellAlignment, Color, ColumnConstraint, ContentArrangement, LineStyle, Table,
    TableStyle, Width,
};

use super::fit::{fit, wrap};
use super::grid::{Block, Cell, Grid, Tone};
use super::human;

/// Columns of the terminal on stdout; 80 where it doesn't say.
pub(super) fn terminal_width() -> u16 {
    // A pseudo-terminal that nobody gave a size says 0.
    Table::new().width().filter(|columns| *columns > 0).unwrap_or(80)
}

pub(super) fn write(
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
            Block::Text(text) => writeln!(out, "{}", sentence(text.trim_end(), width))?,
            // A terminal must not be steered; what goes into a file stays what it is.
            Block::Verbatim(text) if width.is_some() => {
                writeln!(out, "{}", human::printable(text.trim_end()))?
            }
            Block::Verbatim(text) => writeln!(out, "{}", text.trim_end())?,
        }
    }
    Ok(())
}

fn sentence(text: &str, width: Option<u16>) -> String {
    wrap(&human::printable(text), 0, width).into_owned()
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
        writeln!(out, "{}", sentence(note, width))?;
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

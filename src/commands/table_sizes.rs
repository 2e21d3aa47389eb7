//! `table-sizes`.

use clap::Args;
use serde::Serialize;

use crate::context::Context;
use crate::error::Outcome;
use crate::store::catalog::{self, TableSize};
use crate::store::connect::Db;
use crate::store::tx;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct TableSizesArgs {}

pub fn run(ctx: &mut Context, _args: TableSizesArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    ctx.ui.show(&read(&mut db)?)?;
    Ok(Outcome::Done)
}

/// # Errors
/// The server refuses.
pub fn read(db: &mut Db) -> anyhow::Result<TableSizesView> {
    let sizes = tx::read(db, |conn| Ok(catalog::table_sizes(conn)?))?;
    let tables: Vec<Row> = sizes.iter().map(Row::new).collect();
    let total_bytes = tables.iter().map(|row| row.total_bytes).sum();
    Ok(TableSizesView { tables, total_bytes })
}

#[derive(Debug, Serialize)]
pub struct TableSizesView {
    tables: Vec<Row>,
    total_bytes: u64,
}

#[derive(Debug, Serialize)]
struct Row {
    table: String,
    total_bytes: u64,
    heap_bytes: u64,
    toast_bytes: u64,
    index_bytes: u64,
    /// The planner's estimate; null where nothing was ever analysed.
    estimated_rows: Option<u64>,
    partitions: u64,
}

impl Row {
    fn new(size: &TableSize) -> Row {
        let unsigned = |number: i64| u64::try_from(number).unwrap_or_default();
        Row {
            table: size.name.clone(),
            total_bytes: unsigned(size.total_bytes),
            heap_bytes: unsigned(size.heap_bytes),
            toast_bytes: unsigned(size.toast_bytes),
            index_bytes: unsigned(size.index_bytes),
            estimated_rows: size.estimated_rows.map(|rows| rows as u64),
            partitions: unsigned(size.partitions),
        }
    }

    fn cells(&self, total_bytes: u64) -> Vec<Cell> {
        let rows = match self.estimated_rows {
            Some(rows) => Cell::new(format!("~{}", human::count(rows))),
            None => Cell::toned("unknown", Tone::Dim),
        };
        let name = match self.partitions {
            0 => self.table.clone(),
            parts => format!("{} ({})", self.table, human::plural(parts, "part", "parts")),
        };
        vec![
            name.into(),
            human::bytes(self.total_bytes).into(),
            share_bar(self.total_bytes, total_bytes).into(),
            human::bytes(self.heap_bytes).into(),
            human::bytes(self.toast_bytes).into(),
            human::bytes(self.index_bytes).into(),
            rows,
        ]
    }
}

/// Eight cells in eighths: the table's share of the whole.
fn share_bar(part: u64, whole: u64) -> String {
    const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let filled = if whole == 0 { 0 } else { (part as u128 * 64 / whole as u128) as usize };
    let mut bar = "█".repeat(filled / 8);
    if filled % 8 > 0 {
        bar.push(EIGHTHS[filled % 8]);
    }
    bar
}

impl Tabular for TableSizesView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("table"),
            Column::right("total"),
            Column::left("share"),
            Column::right("heap"),
            Column::right("toast"),
            Column::right("indexes"),
            Column::right("rows"),
        ]);
        for row in &self.tables {
            grid.row(row.cells(self.total_bytes));
        }
        let tables = human::plural(self.tables.len() as u64, "table", "tables");
        grid.note(format!("{tables}, {}; ~ marks an estimate.", human::bytes(self.total_bytes)));
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("tables")
    }
}

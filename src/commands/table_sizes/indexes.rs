//! `table-sizes --indexes`.

use serde::Serialize;

use crate::domain::schema_diff::path_shown;
use crate::store::indexes::Index;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Serialize)]
pub(super) struct IndexesView {
    indexes: Vec<Row>,
    indexes_total: usize,
    truncated: bool,
    /// Of all that can be read, shown or not.
    total_bytes: u64,
}

#[derive(Debug, Serialize)]
struct Row {
    index: String,
    table: String,
    /// Null while somebody holds the index exclusively.
    size_bytes: Option<u64>,
    /// Since the statistics were last reset.
    scans: u64,
    is_unused: bool,
    is_invalid: bool,
    duplicate_of: Option<String>,
}

impl IndexesView {
    pub(super) fn new(indexes: Vec<Index>, limit: Option<usize>) -> IndexesView {
        let mut rows: Vec<Row> = indexes
            .into_iter()
            .map(|index| Row {
                size_bytes: index.size_bytes.map(i64::unsigned_abs),
                scans: index.scans.unsigned_abs(),
                is_unused: index.is_unused(),
                is_invalid: !index.is_valid,
                index: index.name,
                table: index.table_name,
                duplicate_of: index.duplicate_of,
            })
            .collect();
        let indexes_total = rows.len();
        let total_bytes = rows.iter().filter_map(|row| row.size_bytes).sum();
        rows.truncate(limit.unwrap_or(usize::MAX));
        IndexesView {
            truncated: rows.len() < indexes_total,
            indexes: rows,
            indexes_total,
            total_bytes,
        }
    }
}

impl Row {
    fn verdict(&self) -> Cell {
        match (self.is_invalid, &self.duplicate_of, self.is_unused) {
            (true, _, _) => Cell::toned("invalid", Tone::Bad),
            (_, Some(_), _) => Cell::toned("duplicate", Tone::Warn),
            (_, _, true) => Cell::toned("no scan yet", Tone::Dim),
            _ => Cell::new(""),
        }
    }
}

impl Tabular for IndexesView {
    fn blocks(&self) -> Vec<Block> {
        // Names of indexes tell the table.
        let mut grid = Grid::new(vec![
            Column::left("index"),
            Column::right("size"),
            Column::right("scans"),
            Column::left("note"),
        ]);
        for row in &self.indexes {
            let size = match row.size_bytes {
                Some(bytes) => Cell::new(human::bytes(bytes)),
                None => Cell::toned("locked", Tone::Warn),
            };
            grid.row(vec![
                path_shown(&row.index).into(),
                size,
                human::count(row.scans).into(),
                row.verdict(),
            ]);
        }
        let indexes = human::plural(self.indexes_total as u64, "index", "indexes");
        let shown = match self.truncated {
            true => format!("{} of {indexes} shown", self.indexes.len()),
            false => indexes,
        };
        grid.note(format!("{shown}, {}.", human::bytes(self.total_bytes)));
        for row in &self.indexes {
            if let Some(other) = &row.duplicate_of {
                grid.note(format!(
                    "{} is the same as {}.",
                    path_shown(&row.index),
                    path_shown(other)
                ));
            }
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("indexes")
    }
}

//! Tables as they are shown: sizes first, then how they are kept.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::Sort;
use super::measure::Measured;
use crate::domain::schema_diff::path_shown;
use crate::store::catalog::TableSize;
use crate::store::server;
use crate::ui::{Block, Cell, Column, Field, Grid, List, Listed, Tabular, Tone, chart, human};

#[derive(Debug, Serialize)]
pub(super) struct TableSizesView {
    tables: Vec<Row>,
    tables_total: usize,
    truncated: bool,
    /// Of all tables that can be read, shown or not; the same for what follows.
    total_bytes: u64,
    heap_bytes: u64,
    toast_bytes: u64,
    index_bytes: u64,
    growth_bytes: Option<i64>,
    growth_bytes_per_day: Option<i64>,
    /// What the growth is told from; null without a snapshot.
    grown_since: Option<Timestamp>,
    /// How many tables other schemas have, whose sizes aren't among these.
    elsewhere: Vec<OtherSchema>,
    #[serde(skip)]
    now: Timestamp,
}

#[derive(Debug, Serialize)]
struct OtherSchema {
    schema: String,
    tables: u64,
}

/// Null is "not known".
#[derive(Debug, Serialize)]
pub(super) struct Row {
    table: String,
    /// The table that it is a partition of.
    partition_of: Option<String>,
    partitions: u64,
    /// False while somebody holds the table exclusively.
    is_readable: bool,
    total_bytes: Option<u64>,
    heap_bytes: Option<u64>,
    toast_bytes: Option<u64>,
    index_bytes: Option<u64>,
    /// Of the whole, from 0 to 1.
    size_ratio: Option<f64>,
    /// The planner's estimate; null where nothing was ever analysed.
    estimated_rows: Option<u64>,
    /// Counted, on request.
    exact_rows: Option<u64>,
    dead_rows: u64,
    /// Of the rows that the statistics know, from 0 to 1.
    dead_ratio: f64,
    vacuumed_at: Option<Timestamp>,
    analyzed_at: Option<Timestamp>,
    growth_bytes: Option<i64>,
    growth_bytes_per_day: Option<i64>,
    /// Rows that retention lets go by now; null where nothing ever goes.
    prunable_rows: Option<u64>,
    prunable_is_exact: Option<bool>,
    #[serde(skip)]
    now: Timestamp,
}

const BAR_CELLS: usize = 5;
/// So many other schemas are named.
const OTHERS: usize = 8;
/// Less time tells nothing of a day.
const LEAST_HOURS: i64 = 1;

fn per_day(growth: i64, elapsed: SignedDuration) -> Option<i64> {
    let days = elapsed.as_secs_f64() / 86_400.0;
    (elapsed >= SignedDuration::from_hours(LEAST_HOURS)).then(|| (growth as f64 / days) as i64)
}

impl TableSizesView {
    pub(super) fn new(measured: Measured, sort: Sort, limit: Option<usize>) -> TableSizesView {
        let mut tables: Vec<Row> =
            measured.sizes.iter().map(|size| Row::new(size, &measured)).collect();
        let sum = |size: fn(&Row) -> Option<u64>| tables.iter().filter_map(size).sum::<u64>();
        let total_bytes = sum(|row| row.total_bytes);
        let heap_bytes = sum(|row| row.heap_bytes);
        let toast_bytes = sum(|row| row.toast_bytes);
        let index_bytes = sum(|row| row.index_bytes);
        let growths: Vec<i64> = tables.iter().filter_map(|row| row.growth_bytes).collect();
        let growth_bytes = (!growths.is_empty()).then(|| growths.iter().sum());
        for row in &mut tables {
            row.size_ratio = row.total_bytes.map(|bytes| bytes as f64 / total_bytes.max(1) as f64);
        }
        tables.sort_by_key(|row| std::cmp::Reverse(row.key(sort)));
        let tables_total = tables.len();
        tables.truncate(limit.unwrap_or(usize::MAX));
        let grown_since = measured.snapshot.as_ref().map(|snapshot| snapshot.taken_at);
        TableSizesView {
            truncated: tables.len() < tables_total,
            tables,
            tables_total,
            total_bytes,
            heap_bytes,
            toast_bytes,
            index_bytes,
            growth_bytes,
            growth_bytes_per_day: growth_bytes
                .zip(grown_since)
                .and_then(|(growth, since)| per_day(growth, since.duration_until(measured.now))),
            grown_since,
            elsewhere: measured
                .elsewhere
                .into_iter()
                .map(|one| OtherSchema { schema: one.schema, tables: one.tables.unsigned_abs() })
                .collect(),
            now: measured.now,
        }
    }

    fn sizes(&self) -> Grid {
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
            grid.row(row.sizes().to_vec());
        }
        let strong = |text: String| Cell::toned(text, Tone::Strong);
        grid.row(vec![
            strong(String::from("total")),
            strong(human::bytes(self.total_bytes)),
            Cell::new(""),
            strong(human::bytes(self.heap_bytes)),
            strong(human::bytes(self.toast_bytes)),
            strong(human::bytes(self.index_bytes)),
            Cell::new(""),
        ]);
        grid
    }

    fn upkeep(&self) -> Grid {
        let mut grid = Grid::new(vec![
            Column::left("table"),
            Column::right("dead"),
            Column::right("vacuum"),
            Column::right("analyze"),
            Column::right("growth"),
            Column::right("a day"),
            Column::right("prunable"),
        ]);
        for row in &self.tables {
            grid.row(row.upkeep().to_vec());
        }
        for note in self.notes() {
            grid.note(note);
        }
        grid
    }

    fn notes(&self) -> Vec<String> {
        let tables = human::plural(self.tables_total as u64, "table", "tables");
        let shown = match self.truncated {
            true => format!("{} of {tables} shown", self.tables.len()),
            false => tables,
        };
        let since = match (self.grown_since, self.growth_bytes) {
            (Some(since), Some(growth)) => {
                let age = human::age(self.now.duration_since(since).unsigned_abs());
                format!("{} since {age} ago", human::signed_bytes(growth))
            }
            _ => String::from("no snapshot to tell the growth from"),
        };
        let mut notes = vec![format!("{shown}; {since}; ~ marks an estimate.")];
        let others: Vec<String> = self
            .elsewhere
            .iter()
            .map(|one| format!("{} ({})", path_shown(&one.schema), human::count(one.tables)))
            .collect();
        if !others.is_empty() {
            let others = human::listed(&others, OTHERS);
            notes.push(format!(
                "Not shown are tables of other schemas: {others}; ?schema= in the URL names one."
            ));
        }
        notes
    }

    /// The tables alone, with the columns that were asked for.
    ///
    /// # Errors
    /// A number has no JSON.
    pub(super) fn list(self, columns: Vec<String>) -> Result<List<Row>, serde_json::Error> {
        let (notes, total) = (self.notes(), self.tables_total);
        let list = List::new(self.tables, self.truncated, columns).noting(notes);
        list.with("tables_total", &total)?.with("total_bytes", &self.total_bytes)
    }
}

impl Row {
    fn new(size: &TableSize, measured: &Measured) -> Row {
        let bytes = |number: i64| size.is_readable.then_some(number.unsigned_abs());
        let known = (size.live_rows + size.dead_rows).max(1);
        let growth_bytes =
            measured.snapshot.as_ref().filter(|_| size.is_readable && size.parent.is_none()).map(
                |snapshot| size.total_bytes - snapshot.total_bytes.get(&size.name).unwrap_or(&0),
            );
        let elapsed =
            measured.snapshot.as_ref().map(|one| one.taken_at.duration_until(measured.now));
        let prunable = measured.prunable.get(&size.name);
        Row {
            table: size.name.clone(),
            partition_of: size.parent.clone(),
            partitions: size.partitions.unsigned_abs(),
            is_readable: size.is_readable,
            total_bytes: bytes(size.total_bytes),
            heap_bytes: bytes(size.heap_bytes),
            toast_bytes: bytes(size.toast_bytes),
            index_bytes: bytes(size.index_bytes),
            size_ratio: None,
            estimated_rows: size.estimated_rows.map(|rows| rows as u64),
            exact_rows: measured.counts.get(&size.name).copied(),
            dead_rows: size.dead_rows.unsigned_abs(),
            dead_ratio: size.dead_rows as f64 / known as f64,
            vacuumed_at: size.vacuumed_at_us.map(server::timestamp),
            analyzed_at: size.analyzed_at_us.map(server::timestamp),
            growth_bytes,
            growth_bytes_per_day: growth_bytes
                .zip(elapsed)
                .and_then(|(growth, elapsed)| per_day(growth, elapsed)),
            prunable_rows: prunable.map(|count| count.rows),
            prunable_is_exact: prunable.map(|count| count.is_exact),
            now: measured.now,
        }
    }

    /// What is not known comes last.
    fn key(&self, sort: Sort) -> Option<u64> {
        match sort {
            Sort::Total => self.total_bytes,
            Sort::Heap => self.heap_bytes,
            Sort::Index => self.index_bytes,
            Sort::Toast => self.toast_bytes,
            Sort::Rows => self.exact_rows.or(self.estimated_rows),
            Sort::Dead => Some(self.dead_rows),
        }
    }

    fn sizes(&self) -> [Cell; 7] {
        let name = match self.partitions {
            0 => path_shown(&self.table),
            parts => {
                format!("{} ({})", path_shown(&self.table), human::plural(parts, "part", "parts"))
            }
        };
        let bytes = |size: Option<u64>| Cell::new(size.map(human::bytes).unwrap_or_default());
        let rows = match (self.exact_rows, self.estimated_rows) {
            (Some(rows), _) => Cell::new(human::short_count(rows)),
            (None, Some(rows)) => Cell::new(format!("~{}", human::short_count(rows))),
            (None, None) => Cell::toned("unknown", Tone::Dim),
        };
        let total = match self.is_readable {
            true => bytes(self.total_bytes),
            false => Cell::toned("locked", Tone::Warn),
        };
        [
            name.into(),
            total,
            chart::bar(self.size_ratio.unwrap_or_default(), BAR_CELLS).into(),
            bytes(self.heap_bytes),
            bytes(self.toast_bytes),
            bytes(self.index_bytes),
            rows,
        ]
    }

    fn upkeep(&self) -> [Cell; 7] {
        let ago = |at: Option<Timestamp>| match at {
            Some(at) => Cell::new(human::age(self.now.duration_since(at).unsigned_abs())),
            None => Cell::toned("never", Tone::Dim),
        };
        let growth = |bytes: Option<i64>| bytes.map(human::signed_bytes).unwrap_or_default();
        let percent = format!("{:.0}%", self.dead_ratio * 100.0);
        let is_much = self.dead_ratio >= 0.2 && self.dead_rows >= 1_000;
        let tone = if is_much { Tone::Warn } else { Tone::Plain };
        let prunable = match (self.prunable_rows, self.prunable_is_exact) {
            (Some(rows), Some(false)) => format!("~{}", human::short_count(rows)),
            (Some(rows), _) => human::short_count(rows),
            (None, _) => String::new(),
        };
        [
            path_shown(&self.table).into(),
            Cell::toned(percent, tone),
            ago(self.vacuumed_at),
            ago(self.analyzed_at),
            growth(self.growth_bytes).into(),
            growth(self.growth_bytes_per_day).into(),
            prunable.into(),
        ]
    }
}

impl Tabular for TableSizesView {
    fn blocks(&self) -> Vec<Block> {
        vec![Block::Grid(self.sizes()), Block::Grid(self.upkeep())]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("tables")
    }
}

/// The cells of the two tables one by one.
impl Row {
    fn size(&self, at: usize) -> Cell {
        self.sizes()[at].clone()
    }

    fn kept(&self, at: usize) -> Cell {
        self.upkeep()[at].clone()
    }
}

fn yes(truth: bool) -> Cell {
    if truth { "yes" } else { "no" }.into()
}

impl Listed for Row {
    const KEY: &'static str = "tables";
    const TABLES: &'static [&'static str] = &[];
    const NOUN: (&'static str, &'static str) = ("table", "tables");
    const FIELDS: &'static [Field<Row>] = &[
        Field::left("table", |row: &Row| row.size(0)),
        Field::left("partition_of", |row: &Row| {
            path_shown(row.partition_of.as_deref().unwrap_or_default()).into()
        })
        .on_request(),
        Field::right("partitions", |row: &Row| human::count(row.partitions).into()).on_request(),
        Field::left("is_readable", |row: &Row| yes(row.is_readable)).on_request(),
        Field::right("total_bytes", |row: &Row| row.size(1)).titled("total"),
        Field::left("size_ratio", |row: &Row| row.size(2)).titled("share"),
        Field::right("heap_bytes", |row: &Row| row.size(3)).titled("heap"),
        Field::right("toast_bytes", |row: &Row| row.size(4)).titled("toast"),
        Field::right("index_bytes", |row: &Row| row.size(5)).titled("indexes"),
        Field::right("estimated_rows", |row: &Row| row.size(6)).titled("rows"),
        Field::right("exact_rows", |row: &Row| {
            row.exact_rows.map(human::count).unwrap_or_default().into()
        })
        .on_request(),
        Field::right("dead_rows", |row: &Row| human::count(row.dead_rows).into()).on_request(),
        Field::right("dead_ratio", |row: &Row| row.kept(1)).titled("dead"),
        Field::right("vacuumed_at", |row: &Row| row.kept(2)).titled("vacuum"),
        Field::right("analyzed_at", |row: &Row| row.kept(3)).titled("analyze"),
        Field::right("growth_bytes", |row: &Row| row.kept(4)).titled("growth"),
        Field::right("growth_bytes_per_day", |row: &Row| row.kept(5)).titled("a day"),
        Field::right("prunable_rows", |row: &Row| row.kept(6)).titled("prunable"),
        Field::left("prunable_is_exact", |row: &Row| {
            row.prunable_is_exact.map_or_else(|| "".into(), yes)
        })
        .on_request(),
    ];
}

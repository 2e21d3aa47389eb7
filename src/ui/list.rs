//! Lists: rows of one kind with columns to choose from, in every format.

use std::fmt::Debug;

use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};

use super::grid::{Block, Cell, Column, Grid};
use super::{Tabular, human};
use crate::domain::raw_json::RawJson;

/// A column of a list of `R`.
#[derive(Debug)]
pub struct Field<R: ?Sized + 'static> {
    /// The key in JSON and the name for `--columns`.
    pub name: &'static str,
    title: &'static str,
    align: Align,
    /// Shown unless other columns were asked for.
    is_default: bool,
    cell: fn(&R) -> Cell,
}

#[derive(Debug, Clone, Copy)]
enum Align {
    Left,
    Right,
    Text,
}

impl<R: ?Sized + 'static> Field<R> {
    const fn new(name: &'static str, align: Align, cell: fn(&R) -> Cell) -> Field<R> {
        Field { name, title: name, align, is_default: true, cell }
    }

    pub const fn left(name: &'static str, cell: fn(&R) -> Cell) -> Field<R> {
        Field::new(name, Align::Left, cell)
    }

    /// For numbers.
    pub const fn right(name: &'static str, cell: fn(&R) -> Cell) -> Field<R> {
        Field::new(name, Align::Right, cell)
    }

    /// For running text, which may be cut.
    pub const fn text(name: &'static str, cell: fn(&R) -> Cell) -> Field<R> {
        Field::new(name, Align::Text, cell)
    }

    /// The heading in a table, where the name isn't one.
    pub const fn titled(mut self, title: &'static str) -> Field<R> {
        self.title = title;
        self
    }

    /// Shown on request only.
    pub const fn on_request(mut self) -> Field<R> {
        self.is_default = false;
        self
    }

    fn column(&self) -> Column {
        match self.align {
            Align::Left => Column::left(self.title),
            Align::Right => Column::right(self.title),
            Align::Text => Column::text(self.title),
        }
    }
}

/// What a list can be made of.
pub trait Listed: Serialize + Debug + Send + Sync + 'static {
    /// The JSON key of the list.
    const KEY: &'static str;
    /// The tables that its rows come from.
    const TABLES: &'static [&'static str];
    /// One of them and many of them.
    const NOUN: (&'static str, &'static str);
    const FIELDS: &'static [Field<Self>];
}

/// The view of a list.
#[derive(Debug)]
pub struct List<R: Listed> {
    records: Vec<R>,
    /// There are more than the limit; `None` of a list that has none.
    truncated: Option<bool>,
    /// Names of the columns that were asked for; empty: the usual ones.
    columns: Vec<String>,
    /// Members of the document beside the list.
    beside: Vec<(&'static str, RawJson)>,
    /// Instead of how many there are.
    notes: Option<Vec<String>>,
}

impl<R: Listed> List<R> {
    pub fn new(records: Vec<R>, truncated: bool, columns: Vec<String>) -> List<R> {
        List { truncated: Some(truncated), ..List::whole(records, columns) }
    }

    /// One that has no limit.
    pub fn whole(records: Vec<R>, columns: Vec<String>) -> List<R> {
        List { records, truncated: None, columns, beside: Vec::new(), notes: None }
    }

    /// With another member of the document.
    ///
    /// # Errors
    /// It has no JSON.
    pub fn with<V: Serialize>(
        mut self,
        key: &'static str,
        value: &V,
    ) -> Result<List<R>, serde_json::Error> {
        self.beside.push((key, RawJson::of(value)?));
        Ok(self)
    }

    /// With these notes instead of how many there are.
    pub fn noting(mut self, notes: Vec<String>) -> List<R> {
        self.notes = Some(notes);
        self
    }

    /// The usual columns, for a list that stands in another view.
    pub fn grid(records: &[R]) -> Grid {
        let usual: Vec<_> = R::FIELDS.iter().filter(|field| field.is_default).collect();
        grid_of(&usual, records)
    }

    fn number(&self) -> String {
        let (one, many) = R::NOUN;
        let number = self.records.len() as u64;
        match (number, self.truncated) {
            (0, _) => format!("No {many}."),
            (_, Some(true)) => {
                format!("{}; there are more (--limit).", human::plural(number, one, many))
            }
            (_, _) => format!("{}.", human::plural(number, one, many)),
        }
    }

    fn fields(&self) -> Vec<&'static Field<R>> {
        if self.columns.is_empty() {
            return R::FIELDS.iter().filter(|field| field.is_default).collect();
        }
        let find = |name: &String| R::FIELDS.iter().find(|field| field.name == name);
        self.columns.iter().filter_map(find).collect()
    }
}

fn grid_of<R: Listed>(fields: &[&Field<R>], records: &[R]) -> Grid {
    let columns = fields.iter().map(|field| field.column()).collect();
    let mut grid = Grid::new(columns).records_if_wide();
    for record in records {
        grid.row(fields.iter().map(|field| (field.cell)(record)).collect());
    }
    grid
}

/// A record with the columns that were asked for, in that order.
struct Picked<'a, R: Listed>(&'a R, &'a [String]);

impl<R: Listed> Serialize for Picked<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all = RawJson::of(self.0).map_err(S::Error::custom)?.members();
        let find = |name: &String| all.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        let mut record = serializer.serialize_map(Some(self.1.len()))?;
        for name in self.1 {
            record.serialize_entry(name, &find(name))?;
        }
        record.end()
    }
}

impl<R: Listed> Serialize for List<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_map(None)?;
        for (key, value) in &self.beside {
            document.serialize_entry(key, value)?;
        }
        if self.columns.is_empty() {
            document.serialize_entry(R::KEY, &self.records)?;
        } else {
            let picked = self.records.iter().map(|record| Picked(record, &self.columns));
            document.serialize_entry(R::KEY, &picked.collect::<Vec<_>>())?;
        }
        if let Some(truncated) = self.truncated {
            document.serialize_entry("truncated", &truncated)?;
        }
        document.end()
    }
}

impl<R: Listed> Tabular for List<R> {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = grid_of(&self.fields(), &self.records);
        for note in self.notes.clone().unwrap_or_else(|| vec![self.number()]) {
            grid.note(note);
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some(R::KEY)
    }

    fn record_keys(&self) -> Vec<&str> {
        match self.columns.as_slice() {
            [] => R::FIELDS.iter().map(|field| field.name).collect(),
            columns => columns.iter().map(String::as_str).collect(),
        }
    }
}

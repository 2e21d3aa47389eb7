//! What an import does, or would do.

use std::path::Path;

use serde::Serialize;
use uuid::Uuid;

use super::lines::{Lines, Rejection};
use crate::commands::contacts::contact_view::ContactView;
use crate::store::rows_written::Changed;
use crate::ui::{Block, Cell, Grid, Tabular, Tone, human};

/// Lines of a kind that a table names, and that a document does.
const SHOWN: usize = 20;
pub(super) const LISTED: usize = 1_000;

#[derive(Debug, Serialize)]
pub(super) struct ImportView {
    pub dry_run: bool,
    /// Null where nothing was added or changed.
    pub id: Option<Uuid>,
    file: String,
    columns: Vec<ColumnView>,
    /// Lines with something in them. They are added, matched, repeated, left, erased or rejected.
    lines: u64,
    pub added: u64,
    /// Contacts that were there already,
    pub matched: u64,
    /// and how many of these were changed.
    pub updated: u64,
    /// Lines that say what an earlier one says.
    pub repeated: u64,
    /// Lines that may be somebody who is there, or in an earlier line.
    pub left: Vec<LeftView>,
    pub left_count: u64,
    /// Lines of contacts that were erased since the file was written: they stay away.
    pub erased: Vec<u64>,
    /// Contacts that somebody changed while this ran, and that stay as they are.
    pub changed_meanwhile: Vec<Uuid>,
    /// Rows of other tables that triggers or keys changed meanwhile, by table.
    #[serde(skip_serializing_if = "Changed::is_empty")]
    pub changed: Changed,
    rejections: Vec<Rejection>,
    pub rejected: u64,
    /// Where the rejected lines are.
    pub rejected_file: Option<String>,
}

/// A column, and what becomes of it; null if it isn't used.
#[derive(Debug, Serialize)]
struct ColumnView {
    column: String,
    field: Option<String>,
}

/// A line that nothing was done with.
#[derive(Debug, Serialize)]
pub(super) struct LeftView {
    pub line: u64,
    pub name: Option<String>,
    /// Whom it may be: a contact, or an earlier line.
    pub contact: Option<ContactView>,
    pub other_line: Option<u64>,
    pub probability: f64,
}

impl ImportView {
    pub(super) fn new(file: &Path, lines: &Lines, dry_run: bool) -> ImportView {
        let columns = lines.columns.iter().map(|column| ColumnView {
            column: column.name.clone(),
            field: column.field.as_ref().map(ToString::to_string),
        });
        ImportView {
            dry_run,
            id: None,
            file: file.display().to_string(),
            columns: columns.collect(),
            lines: lines.read,
            added: 0,
            matched: 0,
            updated: 0,
            repeated: 0,
            left: Vec::new(),
            left_count: 0,
            erased: Vec::new(),
            changed_meanwhile: Vec::new(),
            changed: Changed::new(),
            rejections: lines.rejections.clone(),
            rejected: lines.rejected,
            rejected_file: None,
        }
    }

    /// `"Vorname" is given_name`, before anything is done.
    pub(super) fn told_columns(&self) -> String {
        let used = self.columns.iter().filter_map(|column| {
            Some(format!("{:?} is {}", column.column, column.field.as_ref()?))
        });
        let unused = self.columns.iter().filter(|column| column.field.is_none());
        let unused: Vec<String> = unused.map(|column| format!("{:?}", column.column)).collect();
        let mut told = format!("Columns: {}.", human::listed(&used.collect::<Vec<_>>(), SHOWN));
        if !unused.is_empty() {
            told += &format!(" Not used: {} (--map).", human::listed(&unused, SHOWN));
        }
        told
    }

    pub(super) fn has_trouble(&self) -> bool {
        self.rejected > 0 || self.left_count > 0 || !self.changed_meanwhile.is_empty()
    }
}

impl LeftView {
    fn told(&self) -> String {
        let whom = match (&self.contact, self.other_line) {
            (Some(contact), _) => {
                let [name, phone, email, id] = contact.cells(40);
                let parts = [name, phone, email, id].into_iter().filter(|part| !part.is_empty());
                parts.collect::<Vec<_>>().join(", ")
            }
            (None, Some(line)) => format!("line {line}"),
            (None, None) => String::from("somebody else"),
        };
        let name = human::one_line(self.name.as_deref().unwrap_or("no name"), 40);
        format!("line {} ({name}) may be {whom}: {:.0} %", self.line, self.probability * 100.0)
    }
}

pub(super) fn tell_changed(grid: &mut Grid, changed: &Changed) {
    for (table, &rows) in changed {
        let rows = human::plural(rows, "row", "rows");
        grid.note(format!("Triggers or foreign keys changed {rows} of {table} too."));
    }
}

impl Tabular for ImportView {
    fn blocks(&self) -> Vec<Block> {
        let number = |number: u64| Cell::new(human::count(number));
        let (added, updated) = match self.dry_run {
            true => ("would be added", "of which would be changed"),
            false => ("added", "of which changed"),
        };
        let mut facts = vec![("lines", number(self.lines)), (added, number(self.added))];
        facts.push(("there already", number(self.matched)));
        if self.updated > 0 {
            facts.push((updated, number(self.updated)));
        }
        for (label, count, tone) in [
            ("said twice", self.repeated, Tone::Plain),
            ("in doubt, left out", self.left_count, Tone::Warn),
            ("erased, left out", self.erased.len() as u64, Tone::Plain),
            ("rejected", self.rejected, Tone::Bad),
        ] {
            if count > 0 {
                facts.push((label, Cell::toned(human::count(count), tone)));
            }
        }
        let mut grid = Grid::facts(facts);
        grid.note(self.told_columns());
        let mut tell = |all: Vec<String>, count: u64| {
            let hidden = count.saturating_sub(all.len().min(SHOWN) as u64);
            all.into_iter().take(SHOWN).for_each(|line| grid.note(line));
            if hidden > 0 {
                grid.note(format!("and {} more", human::count(hidden)));
            }
        };
        let rejections = self.rejections.iter();
        let rejections = rejections.map(|one| format!("line {}: {}", one.line, one.reason));
        tell(rejections.collect(), self.rejected);
        tell(self.left.iter().map(LeftView::told).collect(), self.left_count);
        let erased = self.erased.iter();
        let erased = erased.map(|line| format!("line {line} is a contact that was erased"));
        tell(erased.collect(), self.erased.len() as u64);
        let meanwhile = self.changed_meanwhile.iter();
        let meanwhile = meanwhile.map(|id| format!("{id} changed meanwhile, and stays as it is"));
        tell(meanwhile.collect(), self.changed_meanwhile.len() as u64);
        tell_changed(&mut grid, &self.changed);
        if self.left_count > 0 {
            grid.note(
                "--on-match ask asks about each in doubt; `inboxctl contacts search` finds them.",
            );
        }
        if let Some(file) = &self.rejected_file {
            grid.note(format!(
                "The rejected lines are in {file}: correct them there and import that."
            ));
        }
        grid.note(match self.id {
            Some(id) => format!("Undo it with: inboxctl contacts import --undo {id}"),
            None => String::from("Nothing was changed."),
        });
        vec![Block::Grid(grid)]
    }
}

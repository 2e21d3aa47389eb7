//! What came back out of a backup, or would: one struct for the dry run and the run.

use std::time::Instant;

use serde::Serialize;
use uuid::Uuid;

use super::table_view::TableView;
use crate::commands::db::backup::source::Source;
use crate::domain::only::Only;
use crate::error::Failure;
use crate::ui::{Block, Cell, Column, Grid, Tabular, human, millis};

#[derive(Debug, Serialize)]
pub(super) struct OnlyView {
    pub dry_run: bool,
    file: String,
    /// The id in its manifest.
    backup: Option<String>,
    only: String,
    contact: Option<Uuid>,
    #[serde(skip)]
    overwrite: bool,
    /// Those of which the backup has rows.
    pub tables: Vec<TableView>,
    /// Sequences that this role may not move on.
    pub sequences_left: Vec<String>,
    duration_ms: u64,
}

impl OnlyView {
    pub(super) fn new(
        source: &Source,
        only: &Only,
        contact: Option<Uuid>,
        overwrite: bool,
    ) -> OnlyView {
        OnlyView {
            dry_run: true,
            file: source.name().to_owned(),
            backup: source.manifest.as_ref().map(|manifest| manifest.id.clone()),
            only: only.to_string(),
            contact,
            overwrite,
            tables: Vec::new(),
            sequences_left: Vec::new(),
            duration_ms: 0,
        }
    }

    pub(super) fn is_over(&mut self, dry_run: bool, start: Instant) {
        self.dry_run = dry_run;
        self.duration_ms = millis(start.elapsed());
    }

    /// What was asked for, by its whole id.
    pub(super) fn what(&self) -> String {
        self.contact.map_or_else(|| self.only.clone(), |id| format!("contacts:{id}"))
    }

    fn sum(&self, of: impl Fn(&TableView) -> u64) -> u64 {
        self.tables.iter().map(of).sum()
    }

    pub(super) fn inserted(&self) -> u64 {
        self.sum(|table| table.inserted)
    }

    pub(super) fn overwritten(&self) -> u64 {
        self.sum(|table| table.overwritten)
    }

    pub(super) fn due(&self) -> u64 {
        self.sum(|table| table.due)
    }

    pub(super) fn rows_to_write(&self) -> u64 {
        self.inserted() + self.overwritten()
    }

    /// Those into which rows come.
    pub(super) fn written_tables(&self) -> Vec<&str> {
        let written = self.tables.iter().filter(|one| one.inserted + one.overwritten > 0);
        written.map(|one| one.table.as_str()).collect()
    }

    /// How it ends if a table could not take something.
    pub(super) fn failure(&self) -> Option<Failure> {
        let mut reasons = Vec::new();
        let mut rows = 0;
        for table in &self.tables {
            for (refused, why) in table.failures() {
                rows += refused;
                let many = human::plural(refused, "row", "rows");
                reasons.push(format!("{many} of {}: {why}", table.table));
            }
        }
        (rows > 0).then(|| {
            let were = if rows == 1 { "was" } else { "were" };
            let many = human::plural(rows, "row", "rows");
            let others = if self.rows_to_write() > 0 { "; the others were" } else { "" };
            Failure::failed(format!("{many} {were} not brought back{others}"))
                .why(reasons.join("; "))
                .hint("remove what is in the way and run it again: what is there already stays")
        })
    }

    fn summary(&self) -> String {
        let rows = |rows: u64| human::plural(rows, "row", "rows");
        let (inserted, overwritten) = (self.inserted(), self.overwritten());
        match (self.dry_run, inserted, overwritten) {
            (_, 0, 0) => String::from("Nothing to do: nothing that can come back is missing."),
            (true, inserted, 0) => format!("Would insert {}; nothing was changed.", rows(inserted)),
            (true, 0, over) => format!("Would overwrite {}; nothing was changed.", rows(over)),
            (true, inserted, over) => format!(
                "Would insert {} and overwrite {}; nothing was changed.",
                rows(inserted),
                rows(over)
            ),
            (false, inserted, 0) => format!("Inserted {}.", rows(inserted)),
            (false, 0, over) => format!("Overwrote {}.", rows(over)),
            (false, inserted, over) => {
                format!("Inserted {} and overwrote {}.", rows(inserted), rows(over))
            }
        }
    }
}

impl Tabular for OnlyView {
    fn blocks(&self) -> Vec<Block> {
        let written = match (self.dry_run, self.overwrite) {
            (true, false) => vec![Column::right("would insert")],
            (true, true) => vec![Column::right("would insert"), Column::right("would overwrite")],
            (false, false) => vec![Column::right("inserted")],
            (false, true) => vec![Column::right("inserted"), Column::right("overwritten")],
        };
        let mut columns = vec![
            Column::left("table"),
            Column::right("in the backup"),
            Column::right("equal"),
            Column::right("different"),
            Column::right("missing"),
        ];
        columns.extend(written);
        let mut grid = Grid::new(columns);
        for one in &self.tables {
            let mut counts = vec![one.rows, one.equal, one.different, one.missing, one.inserted];
            counts.extend(self.overwrite.then_some(one.overwritten));
            let counts = counts.into_iter().map(|rows| Cell::new(human::count(rows)));
            grid.row([Cell::new(&one.table)].into_iter().chain(counts).collect());
        }
        for note in self.tables.iter().flat_map(|table| table.notes(self.dry_run)) {
            grid.note(note);
        }
        let differs = self.sum(|table| table.different) - self.overwritten();
        if differs > 0 {
            let left = human::plural(
                differs,
                "row differs and is left as it is",
                "rows differ and are left as they are",
            );
            let way = if self.overwrite { "" } else { "; --overwrite takes what the backup has" };
            grid.note(format!("{left} now{way}."));
        }
        for sequence in &self.sequences_left {
            grid.note(format!(
                "This role may not move the sequence {sequence} on: its owner must."
            ));
        }
        grid.note(self.summary());
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("tables")
    }
}

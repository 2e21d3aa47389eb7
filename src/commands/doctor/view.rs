//! What the doctor says, for people and for programs.

use std::time::Duration;

use serde::Serialize;

use crate::domain::check::{Finding, Status};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, Ui, human};

#[derive(Debug, Serialize)]
pub(super) struct DoctorView {
    database: String,
    checks: Vec<Row>,
    ok: usize,
    warn: usize,
    fail: usize,
    unknown: usize,
    duration_ms: u64,
}

#[derive(Debug, Serialize)]
pub(super) struct Row {
    check: &'static str,
    status: Status,
    detail: String,
    /// A command of inboxctl, or SQL; null where all is well.
    remedy: Option<String>,
    duration_ms: f64,
}

impl Row {
    pub(super) fn new(check: &'static str, finding: Finding, took: Duration) -> Row {
        let Finding { status, detail, remedy } = finding;
        let duration_ms = (took.as_secs_f64() * 1e4).round() / 10.0;
        Row { check, status, detail, remedy, duration_ms }
    }

    /// With a remedy that works where this command works.
    pub(super) fn placed(self, ui: &Ui) -> Row {
        Row { remedy: self.remedy.map(|remedy| ui.placed(&remedy)), ..self }
    }
}

impl DoctorView {
    pub(super) fn new(database: String) -> DoctorView {
        DoctorView {
            database,
            checks: Vec::new(),
            ok: 0,
            warn: 0,
            fail: 0,
            unknown: 0,
            duration_ms: 0,
        }
    }

    pub(super) fn add(&mut self, row: Row) {
        match row.status {
            Status::Ok => self.ok += 1,
            Status::Warn => self.warn += 1,
            Status::Fail => self.fail += 1,
            Status::Unknown => self.unknown += 1,
        }
        self.checks.push(row);
    }

    pub(super) fn finish(&mut self, took: Duration) {
        self.duration_ms = took.as_millis() as u64;
    }

    pub(super) fn is_trouble(&self, strict: bool) -> bool {
        self.fail > 0 || strict && self.warn + self.unknown > 0
    }

    pub(super) fn statuses(&self) -> Vec<(&'static str, Status)> {
        self.checks.iter().map(|row| (row.check, row.status)).collect()
    }

    fn summary(&self) -> String {
        let counts =
            [(self.ok, "ok"), (self.warn, "warn"), (self.fail, "fail"), (self.unknown, "unknown")];
        let counts: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        let took = human::duration(Duration::from_millis(self.duration_ms));
        format!("{} in {took}.", counts.join(", "))
    }
}

impl Tabular for DoctorView {
    fn blocks(&self) -> Vec<Block> {
        let mut found = Grid::new(vec![
            Column::left("check"),
            Column::left("status"),
            Column::left("what was found"),
        ]);
        for row in &self.checks {
            found.row(vec![
                row.check.into(),
                Cell::toned(row.status.as_str(), Tone::of_check(row.status)),
                row.detail.as_str().into(),
            ]);
        }
        let mut blocks = vec![Block::Grid(found)];
        let mut mends = Grid::new(vec![Column::left("check"), Column::left("what fixes it")]);
        let mut is_empty = true;
        for row in &self.checks {
            if let Some(remedy) = &row.remedy {
                mends.row(vec![
                    Cell::toned(row.check, Tone::of_check(row.status)),
                    remedy.as_str().into(),
                ]);
                is_empty = false;
            }
        }
        if !is_empty {
            blocks.push(Block::Grid(mends));
        }
        blocks.push(Block::Text(self.summary()));
        blocks
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("checks")
    }
}

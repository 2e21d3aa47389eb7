//! How it went for each inbox.

use std::io;
use std::time::Duration;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::commands::own_process::Ended;
use crate::domain::nightly::Outcome;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Serialize)]
pub(super) struct EachView {
    pub command: String,
    /// Schemas that it was not begun for.
    pub not_run: u64,
    pub duration_ms: u64,
    /// By name.
    pub inboxes: Vec<Inbox>,
}

#[derive(Debug, Serialize)]
pub(super) struct Inbox {
    pub schema: String,
    pub outcome: Outcome,
    /// None where it didn't start, or a signal ended it.
    pub exit_code: Option<i32>,
    pub duration_ms: u64,
    pub why: Option<String>,
    pub hint: Option<String>,
    pub warnings: Vec<String>,
    /// The command's own document.
    pub result: Option<Box<RawValue>>,
}

impl Inbox {
    pub(super) fn new(schema: String, ended: &Ended, is_interrupted: bool) -> Inbox {
        let heard = ended.heard();
        Inbox {
            schema,
            outcome: Outcome::of_exit(ended.code, false, is_interrupted),
            exit_code: ended.code,
            duration_ms: 0,
            why: heard.why,
            hint: heard.hint,
            warnings: heard.warnings,
            result: ended.document(),
        }
    }

    pub(super) fn not_started(schema: String, error: &io::Error) -> Inbox {
        Inbox {
            schema,
            outcome: Outcome::Failed,
            exit_code: None,
            duration_ms: 0,
            why: Some(format!("it can't be started: {error}")),
            hint: None,
            warnings: Vec::new(),
            result: None,
        }
    }

    /// Whether others may follow: it did what it should, whatever it found.
    pub(super) fn may_go_on(&self) -> bool {
        matches!(self.outcome, Outcome::Done | Outcome::Trouble)
    }

    /// The worst has the most.
    pub(super) fn severity(&self) -> u8 {
        match (self.outcome, self.exit_code) {
            (Outcome::Done, _) => 0,
            (Outcome::Trouble, _) => 1,
            (Outcome::Busy, _) => 2,
            (_, Some(4)) => 3,
            (_, Some(2)) => 4,
            _ => 5,
        }
    }

    /// `tenant_1: done in 1.2 s`.
    pub(super) fn line(&self) -> String {
        let took = human::duration(Duration::from_millis(self.duration_ms));
        let why = self.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        format!("{}: {} in {took}{why}", human::printable(&self.schema), self.state())
    }

    fn state(&self) -> String {
        self.outcome.name().replace('_', " ")
    }

    fn cells(&self) -> Vec<Cell> {
        let tone = match self.outcome {
            Outcome::Done => Tone::Good,
            Outcome::Trouble | Outcome::Busy | Outcome::Interrupted => Tone::Warn,
            _ => Tone::Bad,
        };
        let about = self.why.as_ref().or(self.warnings.first()).cloned().unwrap_or_default();
        let code = self.exit_code.map(|code| code.to_string()).unwrap_or_default();
        vec![
            self.schema.as_str().into(),
            Cell::toned(self.state(), tone),
            code.into(),
            human::duration(Duration::from_millis(self.duration_ms)).into(),
            about.into(),
        ]
    }
}

impl Tabular for EachView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("schema"),
            Column::left("outcome"),
            Column::right("exit"),
            Column::right("took"),
            Column::text("about"),
        ]);
        let (well, bad): (Vec<&Inbox>, Vec<&Inbox>) =
            self.inboxes.iter().partition(|inbox| inbox.may_go_on());
        // What went wrong comes last, where it is seen.
        well.iter().chain(&bad).for_each(|inbox| grid.row(inbox.cells()));
        let count = human::plural(self.inboxes.len() as u64, "inbox", "inboxes");
        let took = human::duration(Duration::from_millis(self.duration_ms));
        grid.note(format!("{} of {count} ended well, in {took}.", well.len()));
        if self.not_run > 0 {
            let left = human::plural(self.not_run, "inbox", "inboxes");
            grid.note(format!("It was not begun for {left} more."));
        }
        let hints = bad.iter().filter_map(|inbox| {
            inbox.hint.as_ref().map(|hint| format!("{}: {hint}", human::printable(&inbox.schema)))
        });
        let hints: Vec<String> = hints.collect();
        let mut blocks = vec![Block::Grid(grid)];
        if !hints.is_empty() {
            blocks.push(Block::Text(hints.join("\n")));
        }
        blocks
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("inboxes")
    }
}

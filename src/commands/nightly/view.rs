//! The report of a night, and its plan.

use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::commands::own_process::Heard;
use crate::domain::nightly::metrics::Sample;
use crate::domain::nightly::{History, Outcome, Step, Told};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Serialize)]
pub(super) struct NightView {
    /// Its id in the audit log.
    pub night: Uuid,
    /// When it began, of a night that was killed or stopped before its end.
    pub resumed_from: Option<Timestamp>,
    pub began_at: Timestamp,
    pub duration_ms: u64,
    /// The worst of its steps.
    pub outcome: Outcome,
    pub steps: Vec<StepView>,
}

#[derive(Debug, Serialize)]
pub(super) struct StepView {
    pub step: String,
    /// What was run.
    pub command: String,
    pub outcome: Outcome,
    /// None where it didn't run, or a signal ended it.
    pub exit_code: Option<i32>,
    pub began_at: Option<Timestamp>,
    pub duration_ms: u64,
    /// The file that it wrote, of a backup.
    pub backup: Option<String>,
    pub why: Option<String>,
    pub hint: Option<String>,
    pub warnings: Vec<String>,
    /// The command's own document.
    pub result: Option<Box<RawValue>>,
}

impl StepView {
    pub(super) fn new(step: &Step) -> StepView {
        StepView {
            step: step.name().to_owned(),
            command: format!("inboxctl {}", step.run),
            outcome: Outcome::Skipped,
            exit_code: None,
            began_at: None,
            duration_ms: 0,
            backup: None,
            why: None,
            hint: None,
            warnings: Vec::new(),
            result: None,
        }
    }

    pub(super) fn without(self, outcome: Outcome, why: impl Into<String>) -> StepView {
        StepView { outcome, why: Some(why.into()), ..self }
    }

    /// Of a step that came to its end in the run of this night that was killed or stopped: how it
    /// ended there counts.
    pub(super) fn ended_before(self, told: Told) -> StepView {
        let (outcome, why) = match told.outcome {
            Outcome::Done => (Outcome::DoneBefore, None),
            other => (other, Some(format!("so it ended at {}", human::minute(told.began_at)))),
        };
        StepView {
            outcome,
            exit_code: told.exit_code,
            began_at: Some(told.began_at),
            backup: told.backup,
            why,
            ..self
        }
    }

    /// Takes the error and the warnings from what the command said on stderr.
    pub(super) fn hear(&mut self, heard: Heard) {
        let Heard { why, hint, warnings } = heard;
        (self.why, self.hint, self.warnings) = (why, hint, warnings);
    }

    fn code(&self) -> u8 {
        match (self.outcome.is_well(), self.exit_code) {
            (true, _) => 0,
            (false, Some(code)) => u8::try_from(code).unwrap_or(1),
            (false, None) => 1,
        }
    }

    pub(super) fn cells(&self) -> Vec<Cell> {
        let tone = match self.outcome {
            Outcome::Done | Outcome::DoneBefore => Tone::Good,
            Outcome::Failed | Outcome::Skipped => Tone::Bad,
            _ => Tone::Warn,
        };
        let took = match self.duration_ms {
            0 => String::new(),
            took => human::duration(Duration::from_millis(took)),
        };
        let about = match (&self.why, &self.backup, self.warnings.as_slice()) {
            (Some(why), _, _) => why.clone(),
            (None, Some(path), _) => path.clone(),
            (None, None, [first, ..]) => first.clone(),
            (None, None, []) => String::new(),
        };
        let outcome = Cell::toned(self.outcome.name().replace('_', " "), tone);
        vec![self.step.as_str().into(), outcome, took.into(), about.into()]
    }
}

impl NightView {
    pub(super) fn samples(&self, now: Timestamp) -> Vec<Sample> {
        let steps = self.steps.iter().map(|step| Sample {
            step: step.step.clone(),
            succeeded_at: match step.outcome {
                Outcome::Done => Some(now.as_second()),
                Outcome::DoneBefore => step.began_at.map(Timestamp::as_second),
                _ => None,
            },
            duration_s: step.duration_ms as f64 / 1000.0,
            exit_code: step.code(),
        });
        steps.collect()
    }

    /// `contacts dedupe failed: ...`, of each step that isn't well.
    pub(super) fn troubles(&self) -> Vec<String> {
        let bad = self.steps.iter().filter(|step| !step.outcome.is_well());
        bad.map(|step| {
            let why = step.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            format!("{} ({}){why}", step.step, step.outcome.name().replace('_', " "))
        })
        .collect()
    }
}

impl Tabular for NightView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("step"),
            Column::left("outcome"),
            Column::right("took"),
            Column::text("about"),
        ]);
        self.steps.iter().for_each(|step| grid.row(step.cells()));
        if let Some(at) = self.resumed_from {
            grid.note(format!(
                "This is the rest of the night that began at {}.",
                human::minute(at)
            ));
        }
        let took = human::duration(Duration::from_millis(self.duration_ms));
        let well = self.steps.iter().filter(|step| step.outcome.is_well()).count();
        grid.note(format!(
            "{well} of {} ended well, in {took}.",
            human::plural(self.steps.len() as u64, "step", "steps")
        ));
        let mut blocks = vec![Block::Grid(grid)];
        let hints = self
            .steps
            .iter()
            .filter_map(|step| step.hint.as_ref().map(|hint| format!("{}: {hint}", step.step)));
        let hints: Vec<String> = hints.collect();
        if !hints.is_empty() {
            blocks.push(Block::Text(hints.join("\n")));
        }
        blocks
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("steps")
    }
}

#[derive(Debug, Serialize)]
pub(super) struct PlanView {
    /// When the night began that the next run goes on with.
    resumes: Option<Timestamp>,
    steps: Vec<PlannedStep>,
}

#[derive(Debug, Serialize)]
struct PlannedStep {
    step: String,
    command: String,
    budget_ms: Option<u64>,
    /// When it began, the last time that it was done.
    last_done_at: Option<Timestamp>,
    /// False where the night that the next run goes on with has done it.
    begins: bool,
}

impl PlanView {
    pub(super) fn new(lines: &[super::Line<'_>], history: &History, now: Timestamp) -> PlanView {
        let unended = history.unended(now);
        let steps = lines.iter().map(|line| PlannedStep {
            step: line.step.name().to_owned(),
            command: format!(
                "inboxctl {}{}",
                line.step.run,
                if line.lacks_yes { " --yes" } else { "" }
            ),
            budget_ms: line.step.budget.map(crate::ui::millis),
            last_done_at: history.last_done(line.step, now),
            begins: unended.is_none_or(|night| history.ended_in(night.id, line.step).is_none()),
        });
        PlanView { resumes: unended.map(|night| night.began_at), steps: steps.collect() }
    }
}

impl Tabular for PlanView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("step"),
            Column::left("last done"),
            Column::right("budget"),
            Column::text("command"),
        ]);
        for step in &self.steps {
            let last = match (step.last_done_at, step.begins) {
                (_, false) => String::from("in this night"),
                (Some(at), true) => human::minute(at),
                (None, true) => String::from("never"),
            };
            let budget =
                step.budget_ms.map(|budget| human::duration(Duration::from_millis(budget)));
            grid.row(vec![
                step.step.as_str().into(),
                last.into(),
                budget.unwrap_or_default().into(),
                step.command.as_str().into(),
            ]);
        }
        if let Some(at) = self.resumes {
            grid.note(format!(
                "The next run goes on with the night that began at {}.",
                human::minute(at)
            ));
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("steps")
    }
}

//! A run's row in `maintenance_runs`, kept true by every batch, and its entries
//! in the audit log.

use std::collections::BTreeMap;
use std::time::Instant;

use diesel::PgConnection;
use diesel::prelude::QueryResult;
use serde_json::{Value, json};
use uuid::Uuid;

use super::archiving::Archived;
use super::left_out::LeftOut;
use super::survey::{Survey, Task};
use crate::domain::retention::policy::Messages;
use crate::store::audit::{self, Actor, Change};
use crate::store::maintenance::{self, NewRun, Progress, RunOutcome};
use crate::store::retention::Subject;
use crate::ui::millis;

pub struct RunRecord<'a> {
    task: &'a Task,
    survey: &'a Survey,
    actor: Actor,
    started: Instant,
    id: Option<Uuid>,
    progress: Progress,
    told: Told,
    ended: Option<RunOutcome>,
    /// What the run can't work on.
    pub left_out: Vec<LeftOut>,
}

/// What one transaction does.
#[derive(Default)]
pub struct Step<'a> {
    pub deleted: u64,
    pub archived: u64,
    /// Of the tables that go along, in the order of `References::along`.
    pub along: &'a [u64],
    /// Where these rows stand. Every transaction of an archive may name it.
    pub archive: Option<&'a Archived>,
}

/// What the record says beside the numbers.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// Rows of other tables that went along.
    pub along: BTreeMap<String, u64>,
    pub archives: Vec<Archived>,
}

/// What a transaction wrote of a run; true once it has committed.
pub struct Written {
    id: Uuid,
    progress: Progress,
    told: Told,
    outcome: RunOutcome,
}

impl<'a> RunRecord<'a> {
    pub fn new(
        task: &'a Task,
        survey: &'a Survey,
        actor: Actor,
        started: Instant,
    ) -> RunRecord<'a> {
        let (progress, told) = (Progress::default(), Told::default());
        let left_out = survey.left_out.clone();
        RunRecord { task, survey, actor, started, id: None, progress, told, ended: None, left_out }
    }

    pub fn survey(&self) -> &Survey {
        self.survey
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn progress(&self) -> Progress {
        self.progress
    }

    pub fn told(&self) -> &Told {
        &self.told
    }

    pub fn ended(&self) -> Option<RunOutcome> {
        self.ended
    }

    /// Writes what the run has done with this transaction. The first and the last
    /// one tell the audit log too.
    pub fn write(
        &self,
        conn: &mut PgConnection,
        step: &Step<'_>,
        outcome: RunOutcome,
    ) -> QueryResult<Written> {
        let id = match self.id {
            Some(id) => id,
            None => maintenance::start(conn, &self.new_run())?,
        };
        let progress = Progress {
            deleted: self.progress.deleted + step.deleted,
            archived: self.progress.archived + step.archived,
            duration_ms: millis(self.started.elapsed()),
        };
        let told = self.told_after(step);
        let details = json!({
            "filter": self.filter(),
            "kept": self.survey.kept(),
            "left_out": self.left_out,
            "along": told.along,
            "archives": told.archives,
        });
        maintenance::update(conn, id, progress, outcome, &details)?;
        if self.id.is_none() || outcome != RunOutcome::Running {
            let change = Change {
                action: self.task.action,
                resource_id: Some(&id.to_string()),
                details: self.entry(details, progress, outcome),
            };
            audit::record(conn, &self.actor, &change)?;
        }
        Ok(Written { id, progress, told, outcome })
    }

    /// What the audit log says: the same, and the numbers.
    fn entry(&self, mut details: Value, progress: Progress, outcome: RunOutcome) -> Value {
        let numbers = json!({
            "cutoff": self.survey.cutoff,
            "eligible": self.survey.eligible(),
            "held": self.survey.held(),
            "deleted": progress.deleted,
            "archived": progress.archived,
            "outcome": outcome.name(),
        });
        if let (Value::Object(details), Value::Object(numbers)) = (&mut details, numbers) {
            details.extend(numbers);
        }
        details
    }

    /// What was to go, one for each target.
    fn filter(&self) -> Vec<Value> {
        let targets = self.task.targets.iter().zip(&self.survey.cutoffs);
        targets
            .map(|(target, before)| match &target.subject {
                Subject::Audit { actions, resources } => {
                    json!({ "actions": actions, "resources": resources, "before": before })
                }
                Subject::Jobs { status } => json!({ "status": status, "before": before }),
                Subject::Messages(Messages { channel, status, direction, whole_threads, then }) => {
                    json!({
                        "channel": channel,
                        "status": status,
                        "direction": direction,
                        "whole_threads": whole_threads,
                        "then": then,
                        "before": before,
                    })
                }
                Subject::Notes | Subject::Contacts { .. } | Subject::Merges => {
                    json!({ "before": before })
                }
            })
            .collect()
    }

    fn told_after(&self, step: &Step<'_>) -> Told {
        let mut told = self.told.clone();
        self.survey.references.add_along(&mut told.along, step.along);
        if let Some(archive) = step.archive.filter(|archive| !told.archives.contains(archive)) {
            told.archives.push(archive.clone());
        }
        told
    }

    pub fn committed(&mut self, written: Written) {
        self.id = Some(written.id);
        self.progress = written.progress;
        self.told = written.told;
        if written.outcome != RunOutcome::Running {
            self.ended = Some(written.outcome);
        }
    }

    fn new_run(&self) -> NewRun<'_> {
        NewRun {
            command: self.task.command,
            policy: self.task.policy.as_deref(),
            table: self.task.table.name(),
            actor: &self.actor.name,
            cutoff: self.survey.cutoff,
            eligible: self.survey.eligible(),
            held: self.survey.held(),
        }
    }
}

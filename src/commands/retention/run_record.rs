//! A run's row in `maintenance_runs`, kept true by every batch, and its entries
//! in the audit log.

use std::time::Instant;

use diesel::PgConnection;
use diesel::prelude::QueryResult;
use serde_json::json;
use uuid::Uuid;

use super::left_out::LeftOut;
use super::survey::{Survey, Task};
use crate::store::audit::{self, Actor, Change};
use crate::store::maintenance::{self, NewRun, Progress, RunOutcome};

pub struct RunRecord<'a> {
    task: &'a Task,
    survey: &'a Survey,
    actor: Actor,
    started: Instant,
    id: Option<Uuid>,
    progress: Progress,
    ended: Option<RunOutcome>,
    /// What the run can't work on.
    pub left_out: Vec<LeftOut>,
}

/// What a transaction wrote of a run; true once it has committed.
pub struct Written {
    id: Uuid,
    progress: Progress,
    outcome: RunOutcome,
}

impl<'a> RunRecord<'a> {
    pub fn new(
        task: &'a Task,
        survey: &'a Survey,
        actor: Actor,
        started: Instant,
    ) -> RunRecord<'a> {
        let progress = Progress::default();
        let left_out = survey.left_out.clone();
        RunRecord { task, survey, actor, started, id: None, progress, ended: None, left_out }
    }

    pub fn progress(&self) -> Progress {
        self.progress
    }

    pub fn ended(&self) -> Option<RunOutcome> {
        self.ended
    }

    /// Writes what the run has done with this transaction. The first and the last
    /// one tell the audit log too.
    pub fn write(
        &self,
        conn: &mut PgConnection,
        deleted: u64,
        archived: u64,
        outcome: RunOutcome,
    ) -> QueryResult<Written> {
        let id = match self.id {
            Some(id) => id,
            None => maintenance::start(conn, &self.new_run())?,
        };
        let progress = Progress {
            deleted: self.progress.deleted + deleted,
            archived: self.progress.archived + archived,
            duration_ms: u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
        };
        let details = json!({
            "cutoff": self.survey.cutoff,
            "eligible": self.survey.eligible(),
            "held": self.survey.held(),
            "kept": self.survey.kept(),
            "left_out": self.left_out,
            "deleted": progress.deleted,
            "archived": progress.archived,
            "outcome": outcome.name(),
        });
        let kept = json!({ "kept": self.survey.kept(), "left_out": self.left_out });
        maintenance::update(conn, id, progress, outcome, &kept)?;
        if self.id.is_none() || outcome != RunOutcome::Running {
            let change = Change {
                action: &self.task.command.replace(' ', "."),
                resource: self.task.table,
                resource_id: Some(&id.to_string()),
                details,
            };
            audit::record(conn, &self.actor, &change)?;
        }
        Ok(Written { id, progress, outcome })
    }

    pub fn committed(&mut self, written: Written) {
        self.id = Some(written.id);
        self.progress = written.progress;
        if written.outcome != RunOutcome::Running {
            self.ended = Some(written.outcome);
        }
    }

    fn new_run(&self) -> NewRun<'_> {
        NewRun {
            command: self.task.command,
            policy: self.task.policy.as_deref(),
            table: self.task.table,
            actor: &self.actor.name,
            cutoff: self.survey.cutoff,
            eligible: self.survey.eligible(),
            held: self.survey.held(),
        }
    }
}

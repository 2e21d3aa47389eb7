//! The loop that deletes: partition by partition, batch by batch.

use std::time::{Duration, Instant};

use super::archiving::{Archived, Archiver, Segment, Whole};
use super::args::EngineArgs;
use super::governors::{LOCK_TIMEOUT, Limits, Replicas};
use super::left_out::{LeftOut, is_lock_timeout, is_pointed_at};
use super::run_record::{RunRecord, Step};
use super::survey::{self, Part, Survey, Task};
use super::view::RunView;
use super::{archiving, privileges, trail, upkeep};
use crate::commands::denied;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::consent::Consent;
use crate::domain::retention::batch::{Batches, Pace};
use crate::domain::retention::partition::Way;
use crate::domain::retention::policy::Table;
use crate::error::is_connection_lost;
use crate::store::audit_days::Trail;
use crate::store::connect::Db;
use crate::store::maintenance::{self, RunOutcome};
use crate::store::retention::Key;
use crate::store::retention_partitions::{self, MayDrop};
use crate::store::{interference, lock, retention_delete, retention_versions, tx};
use crate::ui::{Progress, human, millis};

const STATEMENT_TIMEOUT: Duration = Duration::from_secs(600);

/// Takes the lock of all that deletes by age, once it is sure that the actor may, and marks what a
/// killed run left in the record: nobody waits, counts or is asked in vain.
///
/// # Errors
/// No right to, or the lock is not to be had.
pub fn hold(ctx: &Context, db: &mut Db, lock_wait: Duration) -> anyhow::Result<()> {
    ctx.actor(db, Right::Retention)?;
    ctx.hold(db, lock::Key::Retention, lock_wait)?;
    match tx::write(db, |conn| Ok(maintenance::mark_lost(conn)?))? {
        0 => {}
        lost => ctx.ui.status(format!(
            "{} before this one never ended and {} marked as lost",
            human::plural(lost as u64, "run", "runs"),
            if lost == 1 { "is" } else { "are" }
        )),
    }
    Ok(())
}

/// A task whose rows are counted and that nothing speaks against.
pub struct Prepared<'a> {
    pub task: &'a Task,
    pub survey: Survey,
}

/// Counts, and refuses what must be refused before anybody is asked.
///
/// # Errors
/// The tripwire, a missing privilege, or the server.
pub fn prepare<'a>(
    ctx: &Context,
    db: &mut Db,
    task: &'a Task,
    dry_run: bool,
) -> anyhow::Result<Prepared<'a>> {
    let survey = survey::make(db, task, dry_run)?;
    if !dry_run {
        let by_row = survey.parts.iter().filter(|part| part.way == Way::Keyset);
        let by_function = survey.may_drop == MayDrop::ByFunction;
        privileges::check(db, by_row.map(|part| &part.slice), by_function)?;
        task.archive.as_deref().map_or(Ok(()), archiving::check_folder)?;
    }
    match survey::trip(&survey, task) {
        Some(failure) if dry_run => ctx.ui.warn(format!(
            "a run would be refused: {} ({})",
            failure.what,
            failure.why.unwrap_or_default()
        )),
        Some(failure) => return Err(failure.into()),
        None => {}
    }
    Ok(Prepared { task, survey })
}

impl Prepared<'_> {
    pub fn planned(&self) -> RunView {
        RunView::new(self.task, &self.survey, true)
    }
}

/// Deletes what was counted, and keeps the partitions in order.
///
/// # Errors
/// The server refuses; what was committed stays, and is recorded.
pub fn execute(
    ctx: &Context,
    db: &mut Db,
    prepared: &Prepared<'_>,
    args: &EngineArgs,
    consent: &Consent,
) -> anyhow::Result<RunView> {
    let started = Instant::now();
    db.set_timeouts(millis(STATEMENT_TIMEOUT), millis(LOCK_TIMEOUT))?;
    let actor = ctx.actor(db, Right::Retention)?;
    let mut view = RunView::new(prepared.task, &prepared.survey, false);
    upkeep::warn_of_old_snapshots(ctx, db, &mut view)?;
    trail::begin(ctx, db, &prepared.survey, &actor, &mut view);
    let archiver = prepared.task.archive.as_deref();
    let archiver = archiver.map(|folder| {
        Archiver::new(db, folder, prepared.task.table.name(), &prepared.survey.references, args)
    });
    let limits = Limits { ctx, started: Instant::now(), max_runtime: args.max_runtime };
    let mut run = Run {
        archiver: archiver.transpose()?,
        ctx,
        consent,
        limits,
        record: RunRecord::new(prepared.task, &prepared.survey, actor.clone(), started),
        batches: Batches::new(args.batch_time, args.batch_size),
        pace: Pace::new(Some(args.rate)),
        replicas: Replicas::new(args.max_lag),
        progress: ctx.ui.progress("deleting", prepared.survey.eligible()),
        view,
    };
    let worked = run.work(db, &prepared.survey.parts);
    let worked = trail::end(db, &prepared.survey, &actor, worked);
    let Run { record, progress, mut view, .. } = run;
    drop(progress);
    let outcome = record.ended().unwrap_or(RunOutcome::Failed);
    view.finish(record.progress(), outcome, record.told());
    worked?;
    if matches!(record.ended(), Some(RunOutcome::Done | RunOutcome::Failed)) {
        match (prepared.task.table, prepared.survey.may_drop) {
            (Table::AuditLogs, MayDrop::AsOwner) => {
                upkeep::partitions(limits, db, &actor, args, &mut view)?;
            }
            (Table::AuditLogs, _) => upkeep::left_to_the_owner(ctx, db, &mut view)?,
            _ => {}
        }
        if args.vacuum {
            upkeep::vacuum(ctx, db, &prepared.survey.parts, &mut view)?;
        }
    }
    view.duration_ms = millis(started.elapsed());
    Ok(view)
}

struct Run<'a> {
    archiver: Option<Archiver<'a>>,
    ctx: &'a Context,
    consent: &'a Consent,
    limits: Limits<'a>,
    record: RunRecord<'a>,
    batches: Batches,
    pace: Pace,
    replicas: Replicas,
    progress: Progress,
    view: RunView,
}

impl Run<'_> {
    /// Works through the parts and records the run, however it ends.
    fn work(&mut self, db: &mut Db, parts: &[Part]) -> anyhow::Result<()> {
        let worked = self.parts(db, parts);
        if self.record.ended().is_none() {
            let outcome = match &worked {
                Ok(()) => self.limits.stop().unwrap_or(self.end()),
                Err(_) => RunOutcome::Failed,
            };
            let ended =
                tx::write(db, |conn| Ok(self.record.write(conn, &Step::default(), outcome)?));
            match (ended, &worked) {
                (Ok(written), _) => self.record.committed(written),
                // The first error is the one to tell of.
                (Err(_), Err(_)) => {}
                (Err(error), Ok(())) => return Err(error),
            }
        }
        worked
    }

    fn trail(&self, part: &Part, archive: Option<&Archived>) -> Option<Trail> {
        trail::of(self.record.survey(), self.record.actor(), &part.slice, archive)
    }

    /// How the run ends when it comes to its end.
    fn end(&self) -> RunOutcome {
        if self.record.left_out.is_empty() { RunOutcome::Done } else { RunOutcome::Failed }
    }

    /// One part that can't be worked on keeps no other from it.
    fn parts(&mut self, db: &mut Db, parts: &[Part]) -> anyhow::Result<()> {
        for (index, part) in parts.iter().enumerate() {
            if self.record.ended().is_some() || self.limits.stop().is_some() {
                return Ok(());
            }
            let is_last = index + 1 == parts.len();
            if let Err(error) = self.part(db, part, is_last) {
                let name = &part.slice.relation.name;
                let left_out = LeftOut::of(name, denied::explain_on(db, error))?;
                self.view.leave_out(self.ctx, left_out.clone());
                self.record.left_out.push(left_out);
            }
        }
        Ok(())
    }

    fn part(&mut self, db: &mut Db, part: &Part, is_last: bool) -> anyhow::Result<()> {
        if part.way == Way::Whole && self.drop_whole(db, part, is_last)? {
            return Ok(());
        }
        match self.archiver {
            None => self.keyset(db, part, is_last),
            Some(_) => self.keyset_archived(db, part, is_last),
        }
    }

    /// Drops the partition, unless somebody reads the log for long or a hold
    /// came meanwhile: then its rows go one by one, and `false` is returned.
    fn drop_whole(&mut self, db: &mut Db, part: &Part, is_last: bool) -> anyhow::Result<bool> {
        let mut archived = None;
        if let Some(archiver) = &self.archiver {
            match archiver.whole(self.ctx, db, &part.slice)? {
                Some(whole) => archived = Some(whole),
                None => return Ok(true),
            }
        }
        let dropped = self.drop_archived(db, part, is_last, archived.as_ref());
        if let (Ok(false), Some(archive)) | (Err(_), Some(archive)) =
            (&dropped, archived.and_then(|archived| archived.manifest))
            && !dropped.as_ref().is_err_and(is_connection_lost)
        {
            archive.remove(self.ctx);
        }
        dropped
    }

    /// Drops the partition if it is what was archived, where something was.
    fn drop_archived(
        &mut self,
        db: &mut Db,
        part: &Part,
        is_last: bool,
        archived: Option<&Whole>,
    ) -> anyhow::Result<bool> {
        let outcome = if is_last { self.end() } else { RunOutcome::Running };
        let rows = match archived {
            Some(archived) => survey::unsigned(archived.rows.rows),
            None => part.eligible(),
        };
        let step = Step {
            deleted: rows,
            archived: archived.map_or(0, |_| rows),
            along: &[],
            archive: archived.and_then(|archived| archived.manifest.as_ref()),
        };
        let trail = self.trail(part, step.archive);
        let dropped = tx::write(db, |conn| {
            interference::see_all_rows(conn, &[&part.slice.relation.sql])?;
            if let Some(archived) = archived
                && !archived.is_all_of(conn, &part.slice)?
            {
                return Ok(None);
            }
            if !retention_partitions::drop_partition(
                conn,
                &part.slice,
                trail.as_ref(),
                self.consent,
            )? {
                return Ok(None);
            }
            Ok(Some(self.record.write(conn, &step, outcome)?))
        });
        match dropped {
            Ok(Some(written)) => {
                self.record.committed(written);
                self.progress.advance(rows);
                self.view.drop(&part.slice.relation.name, rows);
                Ok(true)
            }
            Ok(None) => Ok(false),
            // Something points at a row of it by now.
            Err(error) if is_pointed_at(&error) => Ok(false),
            Err(error) if is_lock_timeout(&error) => {
                let relation = &part.slice.relation.name;
                self.view
                    .warn(self.ctx, format!("{relation} is in use, so it is emptied row by row"));
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    fn keyset(&mut self, db: &mut Db, part: &Part, is_last: bool) -> anyhow::Result<()> {
        let trail = self.trail(part, None);
        let mut after = Key::first();
        loop {
            if self.limits.stop().is_some() {
                return Ok(());
            }
            self.replicas.wait(self.limits, db, &mut self.view)?;
            let rows = self.pace.cap(self.batches.rows());
            let start = Instant::now();
            let (batch, written) = tx::write(db, |conn| {
                interference::see_all_rows(conn, &[&part.slice.relation.sql])?;
                let batch = retention_delete::delete_batch(
                    conn,
                    &part.slice,
                    &after,
                    rows,
                    trail.as_ref(),
                    self.consent,
                )?;
                let is_end = is_last && batch.picked < u64::from(rows);
                let outcome = match self.limits.stop() {
                    _ if is_end => self.end(),
                    Some(outcome) => outcome,
                    None => RunOutcome::Running,
                };
                let step = Step { deleted: batch.deleted, ..Step::default() };
                let written = self.record.write(conn, &step, outcome)?;
                Ok((batch, written))
            })?;
            let took = start.elapsed();
            self.record.committed(written);
            self.batches.took(batch.picked, took);
            self.progress.advance(batch.deleted);
            self.view.batch(&part.slice.relation.name, batch.deleted, took);
            match batch.last {
                Some(last) if batch.picked == u64::from(rows) => after = last,
                _ => return Ok(()),
            }
            if self.record.ended().is_some() {
                return Ok(());
            }
            // Interrupted, the loop finds out by itself.
            let _ = self.ctx.pause(self.pace.wait(batch.picked, took));
        }
    }

    /// As [`Run::keyset`], with an archive before every so many rows.
    fn keyset_archived(&mut self, db: &mut Db, part: &Part, is_last: bool) -> anyhow::Result<()> {
        let mut after = Key::first();
        while self.limits.stop().is_none() {
            self.replicas.wait(self.limits, db, &mut self.view)?;
            let Some(archiver) = &self.archiver else { return Ok(()) };
            let Some(segment) = archiver.segment(self.ctx, db, &part.slice, &after)? else {
                return Ok(());
            };
            let is_end = is_last && segment.is_end;
            let before = self.record.progress().deleted;
            let deleted = self.delete_segment(db, part, &segment, is_end);
            if self.record.progress().deleted == before
                && !deleted.as_ref().is_err_and(is_connection_lost)
            {
                segment.archived.remove(self.ctx);
            }
            deleted?;
            if segment.is_end || self.record.ended().is_some() {
                return Ok(());
            }
            after = segment.last;
        }
        Ok(())
    }

    /// Deletes what is in an archive, batch by batch.
    fn delete_segment(
        &mut self,
        db: &mut Db,
        part: &Part,
        segment: &Segment,
        is_end: bool,
    ) -> anyhow::Result<()> {
        let trail = self.trail(part, Some(&segment.archived));
        let mut rest = &segment.versions[..];
        let mut archived = rest.len() as u64;
        while !rest.is_empty() && self.record.ended().is_none() {
            self.replicas.wait(self.limits, db, &mut self.view)?;
            let rows = self.pace.cap(self.batches.rows()) as usize;
            let (batch, later) = rest.split_at(rows.min(rest.len()));
            let start = Instant::now();
            let (deleted, written) = tx::write(db, |conn| {
                interference::see_all_rows(conn, &[&part.slice.relation.sql])?;
                let deleted = retention_versions::delete(
                    conn,
                    &part.slice,
                    batch,
                    trail.as_ref(),
                    self.consent,
                )?;
                let outcome = match self.limits.stop() {
                    _ if is_end && later.is_empty() => self.end(),
                    Some(outcome) => outcome,
                    None => RunOutcome::Running,
                };
                // An archive of which nothing goes is taken away again.
                let is_told = deleted.rows > 0;
                let step = Step {
                    deleted: deleted.rows,
                    archived: if is_told { archived } else { 0 },
                    along: &deleted.along,
                    archive: is_told.then_some(&segment.archived),
                };
                let written = self.record.write(conn, &step, outcome)?;
                Ok((deleted.rows, written))
            })?;
            let took = start.elapsed();
            self.record.committed(written);
            archived = if deleted > 0 { 0 } else { archived };
            rest = later;
            self.batches.took(batch.len() as u64, took);
            self.progress.advance(deleted);
            self.view.batch(&part.slice.relation.name, deleted, took);
            let _ = self.ctx.pause(self.pace.wait(batch.len() as u64, took));
        }
        Ok(())
    }
}

//! The loop that deletes: partition by partition, batch by batch.

use std::time::Instant;

use super::archiving::{Archived, Archiver, Segment, Whole};
use super::left_out::{LeftOut, is_lock_timeout, is_pointed_at};
use super::run_record::{RunRecord, Step};
use super::survey::{self, Part};
use super::throttle::Throttle;
use super::trail;
use super::view::RunView;
use crate::commands::denied;
use crate::commands::trust_arg::TrustArg;
use crate::context::Context;
use crate::domain::consent::Consent;
use crate::domain::retention::partition::Way;
use crate::error::is_connection_lost;
use crate::store::audit_days::Trail;
use crate::store::connect::Db;
use crate::store::interference::Event;
use crate::store::maintenance::RunOutcome;
use crate::store::retention::Key;
use crate::store::{interference, retention_delete, retention_partitions, retention_versions, tx};
use crate::ui::Progress;

/// What deletes the rows of one task.
pub(super) struct Deletion<'a> {
    pub(super) archiver: Option<Archiver<'a>>,
    pub(super) ctx: &'a Context,
    pub(super) consent: &'a Consent,
    pub(super) record: RunRecord<'a>,
    pub(super) throttle: Throttle<'a>,
    pub(super) progress: Progress,
    pub(super) view: RunView,
    pub(super) trust: TrustArg,
}

/// What happens to rows: such as are redacted change.
pub(super) const GOING: [Event; 2] = [Event::Delete, Event::Update];

impl Deletion<'_> {
    /// Works through the parts and records the run, however it ends.
    ///
    /// # Errors
    /// The server refuses; what was committed stays, and is recorded.
    pub(super) fn work(&mut self, db: &mut Db, parts: &[Part]) -> anyhow::Result<()> {
        let worked = self.parts(db, parts);
        if self.record.ended().is_none() {
            let outcome = match &worked {
                Ok(()) => self.throttle.budget.stop().unwrap_or(self.end()),
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
            if self.record.ended().is_some() || self.throttle.budget.stop().is_some() {
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
        let own_code =
            self.trust.judge(db, &part.slice.written(), &GOING, "nothing more was deleted")?;
        let mut after = Key::first();
        loop {
            if self.throttle.budget.stop().is_some() {
                return Ok(());
            }
            let rows = self.throttle.next(db, &mut self.view)?;
            let start = Instant::now();
            let (batch, written) = tx::write(db, |conn| {
                interference::see_all_rows(conn, &[&part.slice.relation.sql])?;
                own_code.hold(conn)?;
                let batch = retention_delete::delete_batch(
                    conn,
                    &part.slice,
                    &after,
                    rows,
                    trail.as_ref(),
                    self.consent,
                )?;
                let is_end = is_last && batch.picked < u64::from(rows);
                let outcome = match self.throttle.budget.stop() {
                    _ if is_end => self.end(),
                    Some(outcome) => outcome,
                    None => RunOutcome::Running,
                };
                let step = Step { deleted: batch.deleted, along: &batch.along, ..Step::default() };
                let written = self.record.write(conn, &step, outcome)?;
                Ok((batch, written))
            })?;
            let took = start.elapsed();
            self.record.committed(written);
            self.progress.advance(batch.deleted);
            self.view.batch(&part.slice.relation.name, batch.deleted, took);
            self.view.changed_elsewhere(&batch.changed);
            self.throttle.done(batch.picked, took);
            match batch.last {
                Some(last) if batch.picked == u64::from(rows) => after = last,
                _ => return Ok(()),
            }
            if self.record.ended().is_some() {
                return Ok(());
            }
        }
    }

    /// As [`Deletion::keyset`], with an archive before every so many rows.
    fn keyset_archived(&mut self, db: &mut Db, part: &Part, is_last: bool) -> anyhow::Result<()> {
        let mut after = Key::first();
        while self.throttle.budget.stop().is_none() {
            self.throttle.wait_for_replicas(db, &mut self.view)?;
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
        let own_code =
            self.trust.judge(db, &part.slice.written(), &GOING, "nothing more was deleted")?;
        let mut rest = &segment.versions[..];
        let mut archived = rest.len() as u64;
        while !rest.is_empty() && self.record.ended().is_none() {
            let rows = self.throttle.next(db, &mut self.view)? as usize;
            let (batch, later) = rest.split_at(rows.min(rest.len()));
            let start = Instant::now();
            let (deleted, changed, written) = tx::write(db, |conn| {
                interference::see_all_rows(conn, &[&part.slice.relation.sql])?;
                own_code.hold(conn)?;
                let deleted = retention_versions::delete(
                    conn,
                    &part.slice,
                    batch,
                    trail.as_ref(),
                    self.consent,
                )?;
                let outcome = match self.throttle.budget.stop() {
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
                Ok((deleted.rows, deleted.changed, written))
            })?;
            let took = start.elapsed();
            self.record.committed(written);
            archived = if deleted > 0 { 0 } else { archived };
            rest = later;
            self.progress.advance(deleted);
            self.view.batch(&part.slice.relation.name, deleted, took);
            self.view.changed_elsewhere(&changed);
            self.throttle.done(batch.len() as u64, took);
        }
        Ok(())
    }
}

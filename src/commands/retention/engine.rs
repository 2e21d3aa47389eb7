//! One run of what deletes by age: prepared, carried out, and tidied up after.

use std::time::{Duration, Instant};

use super::archiving::Archiver;
use super::args::EngineArgs;
use super::deletion::{Deletion, GOING};
use super::run_record::RunRecord;
use super::survey::{self, Survey, Task};
use super::throttle::{Budget, LOCK_TIMEOUT, Throttle};
use super::view::RunView;
use super::{archiving, limit, partition_maintenance, privileges, trail};
use crate::commands::trust_arg::TrustArg;
use crate::commands::{denied, erased_file};
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::consent::Consent;
use crate::domain::retention::partition::Way;
use crate::domain::retention::policy::Table;
use crate::error;
use crate::store::connect::Db;
use crate::store::maintenance::{self, RunOutcome};
use crate::store::retention_partitions::MayDrop;
use crate::store::{lock, server, tx};
use crate::ui::{human, millis};

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
    trust: TrustArg,
) -> anyhow::Result<Prepared<'a>> {
    let survey = survey::make(db, task, dry_run)?;
    let by_row = survey.parts.iter().filter(|part| part.way == Way::Keyset);
    let by_function = survey.may_drop == MayDrop::ByFunction;
    let allowed = privileges::check(db, by_row.map(|part| &part.slice), by_function)
        .and_then(|()| denied::require(db, "delete by age", &NEEDED))
        .and_then(|()| own_code(db, &survey, trust));
    unless_foretold(ctx, allowed, dry_run)?;
    if !dry_run {
        task.archive.as_deref().map_or(Ok(()), archiving::check_folder)?;
    }
    match limit::trip(&survey, task) {
        Some(failure) if dry_run => foretell(ctx, &failure.what, failure.why),
        Some(failure) => return Err(failure.into()),
        None => {}
    }
    Ok(Prepared { task, survey })
}

/// What tells of a run.
const NEEDED: [(&str, &[&str]); 2] =
    [("audit_logs", &["INSERT"]), ("maintenance_runs", &["SELECT", "INSERT", "UPDATE"])];

/// # Errors
/// Of a run, what this role may not. A dry run says it, and goes on.
pub fn unless_foretold(
    ctx: &Context,
    allowed: anyhow::Result<()>,
    dry_run: bool,
) -> anyhow::Result<()> {
    match allowed {
        Err(error) if dry_run => {
            let failure = error::explain(&error);
            foretell(ctx, &failure.what, failure.hint.or(failure.why));
            Ok(())
        }
        allowed => allowed,
    }
}

/// No code of another role runs as rows go; a partition that is dropped runs none.
fn own_code(db: &mut Db, survey: &Survey, trust: TrustArg) -> anyhow::Result<()> {
    let by_row = survey.parts.iter().filter(|part| part.way == Way::Keyset);
    let written: Vec<&str> = by_row.flat_map(|part| part.slice.written()).collect();
    trust.judge(db, &written, &GOING, "nothing was deleted").map(drop)
}

fn foretell(ctx: &Context, what: &str, more: Option<String>) {
    ctx.ui.warn(format!("a run would be refused: {what} ({})", more.unwrap_or_default()));
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
    partition_maintenance::warn_of_old_snapshots(ctx, db, &mut view)?;
    trail::begin(ctx, db, &prepared.survey, &actor, &mut view)?;
    let archiver = prepared.task.archive.as_deref();
    let archiver = archiver.map(|folder| {
        Archiver::new(db, folder, prepared.task.table.name(), &prepared.survey.references, args)
    });
    let verb = if prepared.task.deed() == "redacted" { "redacting" } else { "deleting" };
    let budget = Budget { ctx, started: Instant::now(), max_runtime: args.max_runtime };
    let mut deletion = Deletion {
        archiver: archiver.transpose()?,
        ctx,
        consent,
        record: RunRecord::new(prepared.task, &prepared.survey, actor.clone(), started),
        throttle: Throttle::new(budget, args),
        progress: ctx.ui.progress(verb, prepared.survey.eligible()),
        view,
        trust: args.trust,
    };
    let worked = deletion.work(db, &prepared.survey.parts);
    let worked = trail::end(db, &prepared.survey, &actor, worked);
    let Deletion { record, progress, mut view, .. } = deletion;
    drop(progress);
    let outcome = record.ended().unwrap_or(RunOutcome::Failed);
    view.finish(record.progress(), outcome, record.told());
    view.head = worked?;
    if let Some(folder) = prepared.task.archive.as_deref().filter(|_| view.archived > 0) {
        let here = tx::read(db, |conn| Ok(server::identity(conn)?))?;
        match erased_file::write_beside(db, &folder.join("list"), &here) {
            Err(error) if tx::is_hidden(&error) => view.warn(
                ctx,
                String::from("this role can't read the list of erased contacts, which is to lie beside archives"),
            ),
            written => written?,
        }
    }
    if matches!(record.ended(), Some(RunOutcome::Done | RunOutcome::Failed)) {
        match (prepared.task.table, prepared.survey.may_drop) {
            (Table::AuditLogs, MayDrop::AsOwner) => {
                partition_maintenance::partitions(budget, db, &actor, args, &mut view)?;
            }
            (Table::AuditLogs, _) => partition_maintenance::left_to_the_owner(ctx, db, &mut view)?,
            _ => {}
        }
        if args.vacuum {
            partition_maintenance::vacuum(ctx, db, &prepared.survey.parts, &mut view)?;
        }
    }
    view.duration_ms = millis(started.elapsed());
    Ok(view)
}

//! `contacts unmerge --run`: all that a run of dedupe merged.

use serde::Serialize;
use uuid::Uuid;

use super::merge::load_references;
use super::taking_back;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::denied;
use crate::commands::id_arg::IdArg;
use crate::commands::trust_arg::TrustArg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::moment::Span;
use crate::error::{self, Failure, Kind, Outcome};
use crate::store::id_ranges::Of;
use crate::store::merges::{self, Merge};
use crate::store::{interference, tx, unmerging};
use crate::ui::{Block, Tabular, human};

pub(super) fn run(
    ctx: &mut Context,
    run: &IdArg,
    trust: TrustArg,
    asked: ConsentArgs,
) -> anyhow::Result<Outcome> {
    let named = ctx.config.references();
    let mut db = ctx.connect()?;
    let (run, references, all) = tx::read(&mut db, |conn| {
        let run = run.find_for(conn, Of::Run, asked.yes)?;
        let references = load_references(conn, &named, trust)?;
        interference::see_all_rows(conn, &references.tables())?;
        Ok((run, references, merges::list(conn, None, Some(run), Span::default(), i64::MAX)?))
    })?;
    if all.is_empty() {
        return Err(Failure::new(Kind::NotFound, format!("no merge is of a run {run}"))
            .hint("`inboxctl contacts merges --format json` says of which run each is")
            .into());
    }
    // The newest is the first to go back: what led to it is then as it was.
    let merges: Vec<&Merge> = all.iter().filter(|merge| merge.undone_at.is_none()).collect();
    let mut view = RunView::new(run, all.len() - merges.len());
    for merge in &merges {
        let look = |conn: &mut _| taking_back::check(conn, merge.id, &references, false);
        view.count(merge, tx::read(&mut db, look).map(drop))?;
    }
    if asked.dry_run || merges.is_empty() {
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    denied::require(&mut db, "undo merges", &unmerging::NEEDED)?;
    let actor = ctx.actor(&mut db, Right::Contacts)?;
    let many = human::plural(merges.len() as u64, "merge", "merges");
    let what = format!("undo {many} of run {run}");
    let consent = ctx.consent(&mut db, &view, &what, asked.yes)?;
    let mut view = RunView { dry_run: false, ..RunView::new(run, view.undone_before) };
    let mut outcome = Outcome::Done;
    let progress = ctx.ui.progress("undoing", merges.len() as u64);
    for merge in &merges {
        if let Some(signal) = ctx.interrupted() {
            outcome = Outcome::Interrupted(signal);
            break;
        }
        let undone = taking_back::take_back(&mut db, merge.id, &references, &actor, &consent);
        let undone = undone.map(drop).map_err(|error| denied::explain_on(&mut db, error));
        view.count(merge, undone).inspect_err(|_| ctx.ui.status(view.summary()))?;
        progress.advance(1);
    }
    drop(progress);
    ctx.ui.show(&view)?;
    if view.left.is_empty() || !matches!(outcome, Outcome::Done) {
        return Ok(outcome);
    }
    let left = human::plural(view.left.len() as u64, "merge was", "merges were");
    Err(Failure::failed(format!("{left} not taken back"))
        .why("what stands in the way of each is named above")
        .hint("see to it and run this again: what is taken back already is left as it is")
        .into())
}

#[derive(Debug, Serialize)]
struct RunView {
    dry_run: bool,
    run: Uuid,
    /// Merges that are taken back, or would be, the newest first,
    undone: Vec<Uuid>,
    /// and how many contacts come back with them.
    restored: u64,
    /// Merges of the run that were taken back before.
    undone_before: usize,
    left: Vec<LeftView>,
}

/// A merge that can't be taken back.
#[derive(Debug, Serialize)]
struct LeftView {
    merge_id: Uuid,
    survivor_id: Uuid,
    reason: String,
}

/// Merges that a table names.
const SHOWN: usize = 20;

impl RunView {
    fn new(run: Uuid, undone_before: usize) -> RunView {
        RunView {
            dry_run: true,
            run,
            undone: Vec::new(),
            restored: 0,
            undone_before,
            left: Vec::new(),
        }
    }

    /// # Errors
    /// What would stop all others too.
    fn count(&mut self, merge: &Merge, undone: anyhow::Result<()>) -> anyhow::Result<()> {
        match undone {
            Ok(()) => {
                self.undone.push(merge.id);
                self.restored += merge.merged_ids.len() as u64;
            }
            Err(error) if error::ends_a_run(&error) => return Err(error),
            Err(error) => {
                let Failure { what, why, .. } = error::explain(&error);
                let (merge_id, survivor_id) = (merge.id, merge.survivor_id);
                self.left.push(LeftView { merge_id, survivor_id, reason: why.unwrap_or(what) });
            }
        }
        Ok(())
    }

    fn summary(&self) -> String {
        let merges = human::plural(self.undone.len() as u64, "merge", "merges");
        let contacts = human::plural(self.restored, "contact", "contacts");
        match self.dry_run {
            true => {
                format!("Would take back {merges} and restore {contacts}; nothing was changed.")
            }
            false => format!("Took back {merges} and restored {contacts}."),
        }
    }
}

impl Tabular for RunView {
    fn blocks(&self) -> Vec<Block> {
        let mut lines = vec![self.summary()];
        if self.undone_before > 0 {
            let before = human::plural(self.undone_before as u64, "merge", "merges");
            lines.push(format!("{before} of this run had been taken back before."));
        }
        if !self.left.is_empty() {
            let left = human::plural(self.left.len() as u64, "merge", "merges");
            lines.push(format!("{left} can't be taken back:"));
            let each = self.left.iter().take(SHOWN);
            lines.extend(each.map(|one| format!("  {}: {}", one.merge_id, one.reason)));
            if self.left.len() > SHOWN {
                lines.push(String::from("  and others: --format json names them all"));
            }
        }
        vec![Block::Text(lines.join("\n"))]
    }
}

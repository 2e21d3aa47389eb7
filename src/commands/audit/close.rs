//! `audit close`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::commands::audit_days::{self, Closing};
use crate::commands::lock_wait_arg::LockWaitArgs;
use crate::commands::metrics_file;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_head::Head;
use crate::domain::prometheus;
use crate::error::Outcome;
use crate::store::{audit_days as store, lock};
use crate::ui::{Block, Column, Grid, Tabular, human, millis};

#[derive(Debug, Args)]
pub struct CloseArgs {
    /// Write the head and what was closed as a Prometheus text file too
    #[arg(long, value_name = "FILE")]
    metrics_file: Option<PathBuf>,
    #[command(flatten)]
    wait: LockWaitArgs,
}

/// A day with many entries takes its time.
const STATEMENT_TIMEOUT_MS: u64 = 600_000;

pub(super) fn run(ctx: &mut Context, args: CloseArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let actor = ctx.actor(&mut db, Right::Retention)?;
    audit_days::require_right(&mut db)?;
    // Nothing that deletes by age may be at work beside it.
    ctx.hold(&mut db, lock::Key::Retention, args.wait.lock_wait)?;
    db.set_timeouts(STATEMENT_TIMEOUT_MS, millis(args.wait.lock_wait))?;
    let mut closing = audit_days::close(ctx, &mut db, &actor)?;
    let mut not_kept = std::mem::take(&mut closing.not_kept);
    let view = CloseView::new(closing);
    ctx.ui.show(&view)?;
    if let Some(file) = &args.metrics_file {
        metrics_file::write(file, &view.metrics(ctx.now().as_second()))?;
    }
    if let Some(signal) = ctx.interrupted() {
        return Ok(Outcome::Interrupted(signal));
    }
    // What was closed stays closed.
    let Some(last) = not_kept.pop() else {
        return Ok(Outcome::trouble_if(!view.trouble.is_empty()));
    };
    not_kept.iter().for_each(|failure| ctx.ui.warn(audit_days::in_one_line(failure)));
    Err(last.into())
}

#[derive(Debug, Serialize)]
struct Day {
    day: String,
    entries: u64,
}

#[derive(Debug, Serialize)]
struct CloseView {
    closed: Vec<Day>,
    /// Days that have other entries than when they were closed.
    trouble: Vec<String>,
    head: Option<Head>,
}

impl CloseView {
    fn new(closing: Closing) -> CloseView {
        let trouble = closing.warnings();
        let day = |one: store::Closed| Day { day: one.day, entries: one.entries };
        CloseView {
            closed: closing.days.into_iter().map(day).collect(),
            trouble,
            head: closing.head,
        }
    }

    fn entries(&self) -> u64 {
        self.closed.iter().map(|day| day.entries).sum()
    }

    fn metrics(&self, now: i64) -> String {
        let mut text = String::new();
        prometheus::gauge(
            &mut text,
            "inboxctl_audit_close_timestamp_seconds",
            "When days of the audit log were last closed.",
            &now.to_string(),
        );
        prometheus::gauge(
            &mut text,
            "inboxctl_audit_trouble_days",
            "Closed days that have other entries than when they were closed.",
            &self.trouble.len().to_string(),
        );
        if let Some(head) = &self.head {
            let links = head.links.to_string();
            prometheus::gauge(&mut text, "inboxctl_audit_links", "Links of all chains.", &links);
            text += &head.to_metrics();
        }
        text
    }
}

impl Tabular for CloseView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![Column::left("day"), Column::right("entries")]);
        for day in &self.closed {
            grid.row(vec![day.day.as_str().into(), human::count(day.entries).into()]);
        }
        grid.note(match self.closed.len() as u64 {
            0 => String::from("No day is due."),
            days => format!(
                "Closed {} with {}.",
                human::plural(days, "day", "days"),
                human::plural(self.entries(), "entry", "entries")
            ),
        });
        self.trouble.iter().for_each(|trouble| grid.note(trouble.clone()));
        if let Some(head) = &self.head {
            grid.note(format!(
                "Head of {}: {}",
                human::plural(head.links, "link", "links"),
                head.sha256
            ));
        }
        vec![Block::Grid(grid)]
    }
}

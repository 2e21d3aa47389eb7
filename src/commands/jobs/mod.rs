//! `inboxctl jobs`: the work that the application has planned.

mod cancel;
mod change;
pub mod cleanup;
mod list;
mod release;
mod reschedule;
mod retry;
mod show;
mod stats;

use clap::Subcommand;
use uuid::Uuid;

use crate::context::Context;
use crate::domain::named::Label;
use crate::domain::vocabulary::JobStatus;
use crate::error::{Failure, Kind, Outcome};
use crate::ui::{Cell, Tone};

#[derive(Debug, Subcommand)]
pub enum JobsCommand {
    /// List jobs, the newest first
    List(list::ListJobsArgs),
    /// Show a job with its payload and its last error
    Show(show::ShowArgs),
    /// Requeue jobs that failed or were cancelled
    Retry(retry::RetryArgs),
    /// Cancel jobs that wait
    Cancel(cancel::CancelArgs),
    /// Take jobs from workers that are gone, so that others run them
    Release(release::ReleaseArgs),
    /// Change when waiting jobs run
    Reschedule(reschedule::RescheduleArgs),
    /// Count jobs by type and status
    Stats(stats::StatsArgs),
    /// Delete old jobs that failed, completed or were cancelled
    Cleanup(cleanup::CleanupArgs),
}

pub fn run(ctx: &mut Context, command: JobsCommand) -> anyhow::Result<Outcome> {
    match command {
        JobsCommand::List(args) => list::run(ctx, args),
        JobsCommand::Show(args) => show::run(ctx, args),
        JobsCommand::Retry(args) => retry::run(ctx, args),
        JobsCommand::Cancel(args) => cancel::run(ctx, args),
        JobsCommand::Release(args) => release::run(ctx, args),
        JobsCommand::Reschedule(args) => reschedule::run(ctx, args),
        JobsCommand::Stats(args) => stats::run(ctx, args),
        JobsCommand::Cleanup(args) => cleanup::run(ctx, args),
    }
}

/// The failure for an id that no job has.
fn unknown(id: Uuid) -> Failure {
    Failure::new(Kind::NotFound, format!("there is no job {id}"))
        .hint("`inboxctl jobs list` shows the jobs")
}

pub(super) fn status_cell(status: &Label<JobStatus>) -> Cell {
    Cell::toned(status.name(), Tone::of_job(status))
}

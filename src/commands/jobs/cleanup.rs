//! `jobs cleanup`.

use std::time::Duration;

use clap::Args;

use crate::commands::retention::args::EngineArgs;
use crate::commands::retention::single_table;
use crate::commands::retention::survey::{Target, Task};
use crate::context::Context;
use crate::domain::audit_action::Action;
use crate::domain::retention::cutoff::{self, Older};
use crate::domain::retention::job_status::{self, Aged, JobStatus};
use crate::domain::retention::policy::Table;
use crate::error::{Failure, Outcome};
use crate::store::retention::Subject;

#[derive(Debug, Args)]
pub struct CleanupArgs {
    /// Delete jobs that ended longer ago than this
    #[arg(long, value_name = "AGE", allow_hyphen_values = true, value_parser = cutoff::age, default_value = "7d")]
    older_than: Duration,
    /// Delete jobs of this status: failed, completed or cancelled, with its own age if need be, as
    /// completed=30d; may be repeated [default: failed]
    #[arg(long = "status", value_name = "STATUS[=AGE]", value_parser = aged)]
    statuses: Vec<Aged>,
    #[command(flatten)]
    engine: EngineArgs,
}

fn aged(text: &str) -> Result<Aged, String> {
    let (name, age) = text.split_once('=').map_or((text, None), |(name, age)| (name, Some(age)));
    Ok(Aged { status: JobStatus::parse(name)?, older_than: age.map(cutoff::age).transpose()? })
}

pub fn run(ctx: &mut Context, args: CleanupArgs) -> anyhow::Result<Outcome> {
    let ages = job_status::ages(&args.statuses, args.older_than).map_err(Failure::usage)?;
    let target = |(status, age): (JobStatus, Duration)| Target {
        subject: Subject::Jobs { status: status.label() },
        older: Older::Than(age),
    };
    let task = Task {
        command: "jobs cleanup",
        action: Action::JobsCleanup,
        policy: None,
        table: Table::ScheduledJobs,
        targets: ages.into_iter().map(target).collect(),
        marks: Vec::new(),
        max_rows: args.engine.max_rows,
        archive: args.engine.archive.clone(),
    };
    single_table::run(ctx, &task, &args.engine)
}

//! How a command that deletes by age ends: exit code and metrics file.

use std::fs;
use std::path::Path;
use std::time::Instant;

use crate::commands::metrics_file;
use crate::context::Context;
use crate::domain::retention::metrics::{self, Sample};
use crate::error::{Outcome, explain};

/// What came of one job, for the exit code and the metrics.
#[derive(Debug, Clone, Copy)]
pub struct Ended {
    pub deleted: u64,
    pub archived: u64,
    pub held: u64,
    pub left: u64,
    pub duration_ms: u64,
    pub is_interrupted: bool,
}

/// What to exit with after these jobs.
pub fn outcome(ctx: &Context, ended: &[Ended]) -> Outcome {
    match ctx.interrupted() {
        Some(signal) if ended.iter().any(|one| one.is_interrupted) => Outcome::Interrupted(signal),
        _ => Outcome::Done,
    }
}

/// Writes the metrics file, if one was asked for, whatever came of the command.
///
/// # Errors
/// What the command ended with, else that the file can't be written.
pub fn with_metrics(
    ctx: &Context,
    file: Option<&Path>,
    jobs: &[String],
    started: Instant,
    ended: anyhow::Result<(Outcome, Vec<Ended>)>,
) -> anyhow::Result<Outcome> {
    let Some(file) = file else {
        return ended.map(|(outcome, _)| outcome);
    };
    let (exit_code, done) = match &ended {
        Ok((outcome, done)) => (outcome.exit_code(), done.as_slice()),
        Err(error) => (explain(error).kind.exit_code(), [].as_slice()),
    };
    let succeeded_at = (exit_code == 0).then(|| ctx.now().as_second());
    let samples: Vec<Sample> = jobs
        .iter()
        .enumerate()
        .map(|(index, job)| {
            let one = done.get(index);
            Sample {
                job: job.clone(),
                succeeded_at,
                deleted: one.map_or(0, |one| one.deleted),
                archived: one.map_or(0, |one| one.archived),
                held: one.map_or(0, |one| one.held),
                eligible_left: one.map_or(0, |one| one.left),
                duration_s: one
                    .map_or(started.elapsed().as_secs_f64(), |one| one.duration_ms as f64 / 1000.0),
                exit_code,
            }
        })
        .collect();
    let previous = fs::read_to_string(file).unwrap_or_default();
    let written = metrics_file::write(file, &metrics::text(&samples, &previous));
    let outcome = ended.map(|(outcome, _)| outcome)?;
    written.map_err(|failure| {
        failure.hint("the rows are deleted all the same; mend the folder of --metrics-file")
    })?;
    Ok(outcome)
}

//! How a command that deletes by age ends: exit code and metrics file.

use std::path::Path;
use std::time::Instant;

use super::left_out::{self, LeftOut};
use crate::commands::metrics_file;
use crate::context::Context;
use crate::domain::audit_head::Head;
use crate::domain::retention::metrics::{self, Sample};
use crate::error::{Failure, Outcome, explain};

/// What came of one job, for the exit code and the metrics.
#[derive(Debug, Clone)]
pub struct Ended {
    pub deleted: u64,
    pub archived: u64,
    pub held: u64,
    pub left: u64,
    pub duration_ms: u64,
    pub is_interrupted: bool,
    pub left_out: Vec<LeftOut>,
    /// Of the audit log, where its days are closed.
    pub head: Option<Head>,
}

impl Ended {
    /// Of a job that couldn't begin, or not end.
    pub fn left_out(left_out: LeftOut) -> Ended {
        Ended {
            deleted: 0,
            archived: 0,
            held: 0,
            left: 0,
            duration_ms: 0,
            is_interrupted: false,
            left_out: vec![left_out],
            head: None,
        }
    }
}

/// What to exit with after these jobs.
pub fn outcome(ctx: &Context, ended: &[Ended]) -> Outcome {
    match ctx.interrupted() {
        Some(signal) if ended.iter().any(|one| one.is_interrupted) => Outcome::Interrupted(signal),
        _ => Outcome::Done,
    }
}

/// The end of a command whose jobs ended so. Writes the metrics file, if one was asked for,
/// whatever came of it.
///
/// # Errors
/// What the command ended with or left out, else that the file can't be written.
pub fn with_metrics(
    ctx: &Context,
    file: Option<&Path>,
    jobs: &[String],
    started: Instant,
    ended: anyhow::Result<(Outcome, Vec<Ended>)>,
) -> anyhow::Result<Outcome> {
    let (ended, done) = match ended {
        Ok((outcome, done)) => {
            let failure = left_out::failure(done.iter().flat_map(|one| &one.left_out));
            (failure.map_or(Ok(outcome), |failure| Err(failure.into())), done)
        }
        Err(error) => (Err(error), Vec::new()),
    };
    let Some(file) = file else { return ended };
    let code_of = |failure: &Failure| failure.kind.exit_code();
    let exit_code = match &ended {
        Ok(outcome) => outcome.exit_code(),
        Err(error) => code_of(&explain(error)),
    };
    let samples: Vec<Sample> = jobs
        .iter()
        .enumerate()
        .map(|(index, job)| {
            let one = done.get(index);
            // One that failed says nothing of the others.
            let exit_code = match one.map(|one| left_out::failure(&one.left_out)) {
                Some(Some(failure)) => code_of(&failure),
                Some(None) if ended.is_err() => 0,
                _ => exit_code,
            };
            Sample {
                job: job.clone(),
                succeeded_at: (exit_code == 0).then(|| ctx.now().as_second()),
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
    let previous = metrics_file::previous(file);
    let head = done.into_iter().filter_map(|one| one.head).next_back();
    let written = metrics_file::write(file, &metrics::text(&samples, head, &previous));
    let outcome = ended?;
    written.map_err(|failure| {
        failure.hint("the rows are deleted all the same; repair the folder of --metrics-file")
    })?;
    Ok(outcome)
}

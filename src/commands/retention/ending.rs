//! How a command that deletes by age ends: exit code and metrics file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use super::view::RunView;
use crate::context::Context;
use crate::domain::retention::metrics::{self, Sample};
use crate::error::{Failure, Outcome, explain};
use crate::store::maintenance::RunOutcome;

/// What to exit with after these runs.
pub fn outcome(ctx: &Context, views: &[RunView]) -> Outcome {
    let interrupted = views.iter().any(|view| view.outcome == RunOutcome::Interrupted.name());
    match ctx.interrupted() {
        Some(signal) if interrupted => Outcome::Interrupted(signal),
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
    ended: anyhow::Result<(Outcome, Vec<RunView>)>,
) -> anyhow::Result<Outcome> {
    let Some(file) = file else {
        return ended.map(|(outcome, _)| outcome);
    };
    let (exit_code, views) = match &ended {
        Ok((outcome, views)) => (outcome.exit_code(), views.as_slice()),
        Err(error) => (explain(error).kind.exit_code(), [].as_slice()),
    };
    let succeeded_at = (exit_code == 0).then(|| ctx.now().as_second());
    let samples: Vec<Sample> = jobs
        .iter()
        .enumerate()
        .map(|(index, job)| {
            let view = views.get(index);
            Sample {
                job: job.clone(),
                succeeded_at,
                deleted: view.map_or(0, |view| view.deleted),
                archived: view.map_or(0, |view| view.archived),
                held: view.map_or(0, |view| view.held),
                eligible_left: view.map_or(0, |view| view.left),
                duration_s: view.map_or(started.elapsed().as_secs_f64(), |view| {
                    view.duration_ms as f64 / 1000.0
                }),
                exit_code,
            }
        })
        .collect();
    let previous = fs::read_to_string(file).unwrap_or_default();
    let written = replace(file, &metrics::text(&samples, &previous));
    let outcome = ended.map(|(outcome, _)| outcome)?;
    written.map_err(|error| {
        Failure::failed(format!("{} can't be written", file.display()))
            .why(error.to_string())
            .hint("the rows are deleted all the same; mend the folder of --metrics-file")
    })?;
    Ok(outcome)
}

/// By a rename: a collector reads the old text or the new one.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = Path::new(&name);
    let mut out = File::create(temporary)?;
    let written = out.write_all(text.as_bytes()).and_then(|()| out.sync_all());
    written.and_then(|()| fs::rename(temporary, file)).inspect_err(|_| {
        // It is of no use to anybody.
        let _ = fs::remove_file(temporary);
    })
}

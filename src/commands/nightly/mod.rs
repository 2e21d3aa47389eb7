//! `nightly`: the steps that the configuration names, one after the other.

mod history;
mod night;
mod view;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Args;

use self::night::Line;
use self::view::{NightView, PlanView};
use super::lock_wait_arg::LockWaitArgs;
use super::metrics_file;
use super::own_process::{self, Leaf, OF_PLACE, ReadLine};
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::nightly::metrics::{self, Sample};
use crate::domain::nightly::{Nightly, Outcome as Ended, Step};
use crate::error::{self, Failure, Outcome};
use crate::store::lock;
use crate::ui::human;

#[derive(Debug, Args)]
pub struct NightlyArgs {
    /// Show the steps, and when each was last done; run none
    #[arg(long, visible_alias = "dry-run")]
    plan: bool,
    /// Don't ask, and let no step ask; for scripts
    #[arg(long, short)]
    yes: bool,
    /// Write how each step ended to this file for Prometheus, at once or not at all
    #[arg(long, value_name = "FILE")]
    metrics_file: Option<PathBuf>,
    #[command(flatten)]
    wait: LockWaitArgs,
}

pub fn run(ctx: &mut Context, args: NightlyArgs, read: ReadLine) -> anyhow::Result<Outcome> {
    let nightly = section(ctx)?;
    require_files(ctx)?;
    let lines = nightly.steps.iter().map(|step| line(step, read));
    let lines: Vec<Line<'_>> = lines.collect::<Result<_, _>>()?;
    if args.plan {
        let mut db = ctx.connect()?;
        let (history, now) = night::history(&mut db, &lines)?;
        ctx.ui.show(&PlanView::new(&lines, &history, now))?;
        return Ok(Outcome::Done);
    }
    let night = attempt(ctx, &args, &lines);
    let written = args.metrics_file.as_deref().map(|file| {
        let samples = match &night {
            Ok(view) => view.samples(ctx.now()),
            Err(error) => none_ran(&lines, error::explain(error).kind.exit_code()),
        };
        let previous = metrics_file::previous(file);
        metrics_file::write(file, &metrics::text(&samples, &previous))
    });
    let view = night?;
    match view.outcome {
        Ended::Done | Ended::DoneBefore => ctx.ui.summarise(&view)?,
        _ => ctx.ui.show(&view)?,
    }
    written.transpose()?;
    outcome(ctx, &view)
}

/// # Errors
/// No file that is read has steps, or one that may not.
fn section(ctx: &Context) -> anyhow::Result<Nightly> {
    let named = ctx.config.reading.nightly.clone().transpose()?;
    match named.filter(|nightly| !nightly.steps.is_empty()) {
        Some(nightly) => Ok(nightly),
        None => {
            let failure = Failure::usage("there are no steps for a night")
                .why("no inboxctl.toml that was read has a [[nightly.step]]")
                .hint("docs/nights.md shows them; --config names a file that lies elsewhere");
            Err(ctx.config.missing(failure, &["--config"]).into())
        }
    }
}

/// Each step reads the files of settings anew, which of a pipe gives nothing.
fn require_files(ctx: &Context) -> Result<(), Failure> {
    let is_file = |path: &&OsString| Path::new(path).is_file();
    let mut flags = ctx.config.place_flags.iter();
    while let Some(flag) = flags.next() {
        let names_a_file = flag == "--env-file" || flag == "--config";
        if flag == "--local" || flags.next().as_ref().is_some_and(|it| !names_a_file || is_file(it))
        {
            continue;
        }
        let flag = flag.to_string_lossy();
        return Err(Failure::usage(format!("{flag} is no file that can be read again"))
            .why("each step of the night reads it for itself")
            .hint(format!("write it into a file, and name that with {flag}")));
    }
    Ok(())
}

/// Reads a step's line as its command will, before any step begins.
fn line(step: &Step, read: ReadLine) -> Result<Line<'_>, Failure> {
    let wrong = |why: String| {
        Failure::usage(format!("the step {:?} can't be run", step.name()))
            .why(why)
            .hint(format!("`inboxctl {} --help` shows what it takes", step.command_words()))
    };
    let words = step.filled(Some("backup.dump"), None).map_err(wrong)?;
    let words = own_process::with_format(&words);
    let leaf = Leaf::read(&words, read).map_err(|failure| wrong(failure.what))?;
    if let Some(flag) = leaf.flag_of(&OF_PLACE).or_else(|| leaf.flag_of(&["--actor"])) {
        return Err(wrong(format!("{flag} is the night's: all its steps work in one place")));
    }
    let yes = leaf.matches.try_get_one::<bool>("yes").ok().flatten();
    Ok(Line { step, lacks_yes: yes == Some(&false) })
}

fn attempt(ctx: &Context, args: &NightlyArgs, lines: &[Line<'_>]) -> anyhow::Result<NightView> {
    let mut db = ctx.connect()?;
    let actor = ctx.actor(&mut db, Right::Retention)?;
    ctx.hold(&mut db, lock::Key::Nightly, args.wait.lock_wait)?;
    // Nobody else tells of a night while the lock is held.
    let (history, now) = night::history(&mut db, lines)?;
    if lines.iter().any(|line| line.lacks_yes) {
        let plan = PlanView::new(lines, &history, now);
        let what = human::plural(lines.len() as u64, "step", "steps");
        ctx.consent(&mut db, &plan, &format!("run {what} of the night"), args.yes)?;
    }
    night::run(ctx, db, &actor, history, lines)
}

fn none_ran(lines: &[Line<'_>], exit_code: u8) -> Vec<Sample> {
    let sample = |line: &Line<'_>| Sample {
        step: line.step.name().to_owned(),
        succeeded_at: None,
        duration_s: 0.0,
        exit_code,
    };
    lines.iter().map(sample).collect()
}

fn outcome(ctx: &Context, view: &NightView) -> anyhow::Result<Outcome> {
    let failure = match view.outcome {
        Ended::Done | Ended::DoneBefore => return Ok(Outcome::Done),
        Ended::Trouble | Ended::OutOfTime => return Ok(Outcome::Trouble),
        Ended::Interrupted => return Ok(Outcome::Interrupted(ctx.interrupted().unwrap_or(15))),
        Ended::Busy => Failure::busy("a step of the night found somebody else at work"),
        Ended::Failed | Ended::Skipped => Failure::failed("the night did not end well"),
    };
    Err(failure
        .why(view.troubles().join("; "))
        .hint("repair what the reason names, then run the command of that step by itself")
        .into())
}

//! `doctor`: every check once, each on its own.

mod audit;
mod backup;
mod catalogue;
mod credentials;
mod data;
mod indexes;
mod jobs;
mod probe;
mod server;
mod sessions;
mod tables;
mod view;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;

use self::catalogue::{CHECKS, OF_AN_INBOX};
use self::probe::{Probe, Thresholds, Watched};
use self::view::{DoctorView, Row};
use super::db::way_out;
use super::metrics_file;
use crate::context::Context;
use crate::domain::check::{self, Finding, Metrics, Status};
use crate::domain::moment;
use crate::error::{self, Failure, Kind, Outcome};
use crate::store::connect::Db;

#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Make these checks only
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    only: Vec<String>,
    /// Leave these checks out
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    skip: Vec<String>,
    /// Exit with code 3 for warnings and unknown ones too, not only for failures
    #[arg(long)]
    strict: bool,
    /// Look for orphans in large tables too, however long it takes
    #[arg(long)]
    thorough: bool,
    /// Write the outcome to this file for Prometheus, at once or not at all
    #[arg(long, value_name = "FILE")]
    metrics_file: Option<PathBuf>,
    /// Warn of transactions that work for longer than this
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "5m")]
    max_transaction: Duration,
    /// Warn of sessions that sit idle in a transaction for longer than this
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "1m")]
    max_idle: Duration,
    /// Warn of sessions that wait for a lock for longer than this
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "5s")]
    max_blocked: Duration,
    /// Take jobs that have been RUNNING for longer than this for stuck
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "1h")]
    max_running: Duration,
    /// Warn of PENDING jobs that were due longer ago than this
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "15m")]
    max_overdue: Duration,
    /// Look for backups in this folder; else in the one that is set, else in backups
    #[arg(long, value_name = "DIR")]
    backups: Option<PathBuf>,
    /// Warn if the last backup is older than this
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "26h")]
    max_backup_age: Duration,
}

pub fn run(ctx: &mut Context, args: DoctorArgs) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let names = chosen(&args)?;
    let backups = args.backups.as_ref().unwrap_or(&ctx.config.backups);
    let watched = Watched::new(ctx.config.ignore())?;
    // A wrong command line or configuration is no illness of the database.
    let target = ctx.target()?;
    let connection = connect(ctx)?;
    let mut view = DoctorView::new(target.describe());
    let mut interrupted = None;
    match connection {
        Ok((mut db, connected)) => {
            let limits = Thresholds::new(&args);
            let mut probe = Probe::new(ctx, &mut db, connected, limits, backups, watched);
            let mut is_lost = false;
            for name in names {
                interrupted = ctx.interrupted();
                if interrupted.is_some() {
                    break;
                }
                let row = match is_lost {
                    true => Row::new(name, Finding::unknown("no connection"), Duration::ZERO),
                    false => examine(name, &mut probe, &mut is_lost),
                };
                view.add(row.placed(&ctx.ui));
            }
        }
        Err(failure) => names.iter().for_each(|name| {
            view.add(unreachable_row(name, &failure).placed(&ctx.ui));
        }),
    }
    let outcome = match interrupted {
        Some(signal) => Outcome::Interrupted(signal),
        None => Outcome::trouble_if(view.is_trouble(args.strict)),
    };
    view.finish(start.elapsed());
    ctx.ui.show(&view)?;
    if let Some(path) = &args.metrics_file {
        let metrics = Metrics {
            checks: view.statuses(),
            finished_at_seconds: ctx.now().as_second(),
            duration_seconds: start.elapsed().as_secs_f64(),
            exit_code: outcome.exit_code(),
        };
        metrics_file::write(path, &metrics.render())?;
    }
    Ok(outcome)
}

fn chosen(args: &DoctorArgs) -> Result<Vec<&'static str>, Failure> {
    let known: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
    check::select(&known, &args.only, &args.skip).map_err(|unknown| {
        let failure = Failure::usage(format!("there is no check {:?}", unknown.name));
        match unknown.nearest {
            Some(nearest) => failure.hint(format!("did you mean {nearest}?")),
            None => failure.hint(format!("there are {}", known.join(", "))),
        }
    })
}

/// A database that can't be reached is a finding; a signal or a wrong
/// configuration ends the run.
fn connect(ctx: &Context) -> anyhow::Result<Result<(Db, Duration), Failure>> {
    let start = Instant::now();
    match ctx.connect() {
        Ok(db) => Ok(Ok((db, start.elapsed()))),
        Err(error) => match error::explain(&error) {
            failure if matches!(failure.kind, Kind::Failed | Kind::Busy) => Ok(Err(failure)),
            _ => Err(error),
        },
    }
}

/// Says whether the connection was lost over it: that is what the database fails at.
fn examine(name: &'static str, probe: &mut Probe<'_>, is_lost: &mut bool) -> Row {
    let start = Instant::now();
    if OF_AN_INBOX.contains(&name) && probe.is_foreign() {
        return Row::new(name, Finding::unknown("no inbox here"), start.elapsed());
    }
    let check = CHECKS.iter().find(|check| check.name == name);
    let found = check.map(|check| (check.run)(probe));
    let finding = match found {
        Some(Ok(finding)) => finding,
        Some(Err(error)) => {
            *is_lost = error::is_connection_lost(&error);
            let finding = could_not_run(&error::explain(&error));
            let status = if *is_lost { Status::Fail } else { finding.status };
            Finding { status, ..finding }
        }
        None => Finding::unknown("there is no such check"),
    };
    if *is_lost {
        return Row::new(name, finding, start.elapsed());
    }
    let better = finding.remedy.as_deref().and_then(|hint| {
        let foreign = way_out::instead_of_migrating(probe.db, hint);
        foreign
            .and_then(|failure| failure.hint)
            .or_else(|| way_out::instead_of_nothing_pending(probe.db, hint).map(str::to_owned))
    });
    let finding = match better {
        Some(hint) => Finding { remedy: Some(hint), ..finding },
        None => finding,
    };
    Row::new(name, finding, start.elapsed())
}

fn could_not_run(failure: &Failure) -> Finding {
    let why = failure.why.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
    let finding = Finding::unknown(format!("{}{why}", failure.what));
    match &failure.hint {
        Some(hint) => finding.remedy(hint),
        None => finding,
    }
}

fn unreachable_row(name: &'static str, failure: &Failure) -> Row {
    let finding = match name {
        "connection" => Finding { status: Status::Fail, ..could_not_run(failure) },
        _ => Finding::unknown("no connection"),
    };
    Row::new(name, finding, Duration::ZERO)
}

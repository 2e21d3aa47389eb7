//! `jobs reschedule`.

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;

use super::change::{self, Change, Due, Selection};
use crate::commands::consent_args::ConsentArgs;
use crate::commands::id_arg::IdArg;
use crate::context::Context;
use crate::domain::moment;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct RescheduleArgs {
    /// The jobs, by their ids or the beginnings of them
    #[arg(value_name = "ID", required = true)]
    ids: Vec<IdArg>,
    #[command(flatten)]
    due: DueArgs,
    #[command(flatten)]
    consent: ConsentArgs,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct DueArgs {
    /// Run them at this time: 2026-03-01, 2026-03-01T12:00:00Z
    #[arg(long, value_name = "WHEN", value_parser = moment::time)]
    at: Option<Timestamp>,
    /// Run them after so long: 30m, 2h, 1d
    #[arg(long = "in", value_name = "DURATION", value_parser = moment::duration)]
    wait: Option<Duration>,
}

pub(super) fn run(ctx: &mut Context, args: RescheduleArgs) -> anyhow::Result<Outcome> {
    let due = match (args.due.at, args.due.wait) {
        (Some(at), _) => Due::At(at),
        (None, wait) => Due::In(wait.unwrap_or_default()),
    };
    change::run(ctx, Change::Reschedule(due), Selection::Ids(args.ids), args.consent)
}

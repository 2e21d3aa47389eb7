//! `jobs retry`.

use clap::Args;

use super::change::{self, Change, Selection};
use crate::commands::consent_args::ConsentArgs;
use crate::commands::id_arg::IdArg;
use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct RetryArgs {
    /// The jobs, by their ids or the beginnings of them
    #[arg(value_name = "ID", required_unless_present = "failed", conflicts_with = "failed")]
    ids: Vec<IdArg>,
    /// Retry every job that failed
    #[arg(long)]
    failed: bool,
    /// With --failed: only jobs of this type
    #[arg(long = "type", value_name = "TYPE", requires = "failed", conflicts_with = "ids")]
    job_type: Option<String>,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: RetryArgs) -> anyhow::Result<Outcome> {
    let selection = match args.failed {
        true => Selection::Failed { job_type: args.job_type },
        false => Selection::Ids(args.ids),
    };
    change::run(ctx, Change::Retry, selection, args.consent)
}

//! `jobs release`.

use std::time::Duration;

use clap::Args;

use super::change::{self, Change, Selection};
use crate::commands::consent_args::ConsentArgs;
use crate::commands::id_arg::IdArg;
use crate::context::Context;
use crate::domain::moment;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct ReleaseArgs {
    /// The jobs, by their ids or the beginnings of them
    #[arg(value_name = "ID", required_unless_present = "stuck", conflicts_with = "stuck")]
    ids: Vec<IdArg>,
    /// Release every job that is stuck
    #[arg(long)]
    stuck: bool,
    /// Only jobs that their worker hasn't touched for so long
    #[arg(long, value_name = "AGE", default_value = "1h", value_parser = moment::duration)]
    older_than: Duration,
    /// With --stuck: only jobs of this type
    #[arg(long = "type", value_name = "TYPE", requires = "stuck", conflicts_with = "ids")]
    job_type: Option<String>,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: ReleaseArgs) -> anyhow::Result<Outcome> {
    let selection = match args.stuck {
        true => Selection::Stuck { untouched: args.older_than, job_type: args.job_type },
        false => Selection::Ids(args.ids),
    };
    change::run(ctx, Change::Release(args.older_than), selection, args.consent)
}

//! `jobs cancel`.

use clap::Args;

use super::change::{self, Change, Selection};
use crate::commands::consent_args::ConsentArgs;
use crate::commands::id_arg::IdArg;
use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct CancelArgs {
    /// The jobs, by their ids or the beginnings of them
    #[arg(value_name = "ID", required = true)]
    ids: Vec<IdArg>,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: CancelArgs) -> anyhow::Result<Outcome> {
    change::run(ctx, Change::Cancel, Selection::Ids(args.ids), args.consent)
}

//! `jobs cancel`.

use clap::Args;
use uuid::Uuid;

use super::change::{self, Change, Selection};
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct CancelArgs {
    /// The jobs
    #[arg(value_name = "ID", required = true)]
    ids: Vec<Uuid>,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: CancelArgs) -> anyhow::Result<Outcome> {
    change::run(ctx, Change::Cancel, Selection::Ids(args.ids), args.consent)
}

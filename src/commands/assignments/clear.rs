//! `assignments clear`.

use clap::Args;
use uuid::Uuid;

use super::change;
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct ClearArgs {
    /// The contact
    contact: Uuid,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: ClearArgs) -> anyhow::Result<Outcome> {
    change::run(ctx, args.contact, None, args.consent)
}

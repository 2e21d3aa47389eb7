//! `users deactivate`.

use clap::Args;

use super::change::{self, Edit};
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct DeactivateArgs {
    /// E-mail or id of the user
    user: String,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: DeactivateArgs) -> anyhow::Result<Outcome> {
    change::run(ctx, &args.user, &Edit::Deactivate, args.consent)
}

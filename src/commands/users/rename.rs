//! `users rename`.

use clap::Args;

use super::change::{self, Edit};
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct RenameArgs {
    /// E-mail or id of the user
    user: String,
    /// Name that others see from now on
    #[arg(value_parser = super::parse_name)]
    name: String,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: RenameArgs) -> anyhow::Result<Outcome> {
    change::run(ctx, &args.user, &Edit::Name(args.name), args.consent)
}

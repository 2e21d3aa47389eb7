//! `assignments set`.

use clap::Args;

use super::change;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::contacts::named::ContactArg;
use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct SetArgs {
    /// The contact, by the beginning of its id, phone, e-mail or handle
    contact: ContactArg,
    /// E-mail or id of the user
    user: String,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: SetArgs) -> anyhow::Result<Outcome> {
    change::run(ctx, &args.contact, Some(&args.user), args.consent)
}

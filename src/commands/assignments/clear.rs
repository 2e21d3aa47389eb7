//! `assignments clear`.

use clap::Args;

use super::change;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::contacts::named::ContactArg;
use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct ClearArgs {
    /// The contact, by the beginning of its id, phone, e-mail or handle
    contact: ContactArg,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: ClearArgs) -> anyhow::Result<Outcome> {
    change::run(ctx, &args.contact, None, args.consent)
}

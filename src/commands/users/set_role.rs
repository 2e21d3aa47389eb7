//! `users set-role`.

use clap::Args;

use super::change::{self, Edit};
use crate::commands::consent_args::ConsentArgs;
use crate::commands::name_arg;
use crate::context::Context;
use crate::domain::vocabulary::UserRole;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct SetRoleArgs {
    /// E-mail or id of the user
    user: String,
    /// What the user may do from now on
    #[arg(value_parser = name_arg::parser::<UserRole>())]
    role: UserRole,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: SetRoleArgs) -> anyhow::Result<Outcome> {
    change::run(ctx, &args.user, &Edit::Role(args.role), args.consent)
}

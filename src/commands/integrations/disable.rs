//! `integrations disable`.

use clap::Args;

use super::channel_arg::ChannelArg;
use super::enable::set_status;
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::vocabulary::IntegrationStatus;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct DisableArgs {
    #[command(flatten)]
    channel: ChannelArg,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: DisableArgs) -> anyhow::Result<Outcome> {
    set_status(ctx, args.channel.channel, IntegrationStatus::Inactive, args.consent.dry_run)
}

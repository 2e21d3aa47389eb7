//! `integrations enable`.

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::channel_arg::ChannelArg;
use super::credentials;
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::named::{Label, Named};
use crate::domain::vocabulary::Channel;
use crate::domain::vocabulary::IntegrationStatus;
use crate::error::{Failure, Outcome};
use crate::store::integrations::{self, Integration};
use crate::store::{audit, tx};
use crate::ui::{Block, Tabular};

#[derive(Debug, Args)]
pub struct EnableArgs {
    #[command(flatten)]
    channel: ChannelArg,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: EnableArgs) -> anyhow::Result<Outcome> {
    set_status(ctx, args.channel.channel, IntegrationStatus::Active, args.consent.dry_run)
}

/// Enables or disables a channel.
///
/// # Errors
/// Not found: the channel has no row, or to be enabled no credentials. Refused:
/// they are not complete.
pub(super) fn set_status(
    ctx: &Context,
    channel: Channel,
    status: IntegrationStatus,
    dry_run: bool,
) -> anyhow::Result<Outcome> {
    let loaded = match status {
        IntegrationStatus::Active => Some(ctx.keyring()?),
        _ => None,
    };
    let mut db = ctx.connect()?;
    let check = |row: Option<Integration>| -> Result<Integration, Failure> {
        let row = row.ok_or_else(|| credentials::unknown(channel))?;
        if let Some(loaded) = &loaded {
            let (_, fields) = credentials::require_open(&row, loaded)?;
            let problems = credentials::provider_of(channel, &row, &fields).problems(&fields, true);
            if !problems.is_empty() {
                let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
                return Err(Failure::refused(format!("will not enable {channel}"))
                    .why(format!("its credentials are not complete: {}", list.join("; ")))
                    .hint("add them with `inboxctl integrations set-credentials --merge`"));
            }
        }
        Ok(row)
    };
    let before = if dry_run {
        tx::read(&mut db, |conn| Ok(check(integrations::find(conn, channel)?)?))?.status
    } else {
        let actor = ctx.actor(&mut db, Right::Integrations)?;
        tx::write(&mut db, |conn| {
            let row = check(integrations::find_for_update(conn, channel)?)?;
            if row.status != status {
                integrations::update_status(conn, row.id, status)?;
                let details = json!({ "status": { "from": row.status, "to": status } });
                let change = credentials::integration_change(channel, details);
                audit::record(conn, &actor, &change)?;
            }
            Ok(row.status)
        })?
    };
    ctx.ui.show(&StatusView { dry_run, channel: channel.as_str(), before, status })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct StatusView {
    dry_run: bool,
    channel: &'static str,
    before: Label<IntegrationStatus>,
    status: IntegrationStatus,
}

impl Tabular for StatusView {
    fn blocks(&self) -> Vec<Block> {
        let (channel, before, status) = (self.channel, self.before.name(), self.status.name());
        vec![Block::Text(match (self.before == self.status, self.dry_run) {
            (true, _) => format!("{channel} is {status} already."),
            (false, true) => format!("{channel} would become {status}; it is {before}."),
            (false, false) => format!("{channel} is {status} now; it was {before}."),
        })]
    }
}

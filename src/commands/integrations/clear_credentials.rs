//! `integrations clear-credentials`.

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::channel_arg::ChannelArg;
use super::credentials;
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::vault;
use crate::domain::vocabulary::IntegrationStatus;
use crate::error::Outcome;
use crate::store::{audit, integrations, tx};
use crate::ui::{Block, Tabular};

#[derive(Debug, Args)]
pub struct ClearCredentialsArgs {
    #[command(flatten)]
    channel: ChannelArg,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: ClearCredentialsArgs) -> anyhow::Result<Outcome> {
    let channel = args.channel.channel;
    let mut db = ctx.connect()?;
    let row = tx::read(&mut db, |conn| Ok(integrations::find(conn, channel)?))?
        .ok_or_else(|| credentials::unknown(channel))?;
    let mut view = ClearView {
        dry_run: args.consent.dry_run,
        channel: channel.as_str(),
        cleared: row.credentials.is_some(),
        disabled: row.credentials.is_some() && row.status == IntegrationStatus::Active,
    };
    if !view.cleared || view.dry_run {
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    let actor = ctx.actor(&mut db, Right::Integrations)?;
    let consequence = if view.disabled { " and disable it" } else { "" };
    let what = format!("delete the credentials of {channel}{consequence}");
    let plan = ClearView { dry_run: true, ..view };
    let consent = ctx.consent(&mut db, &plan, &what, args.consent.yes)?;
    view.cleared = tx::write(&mut db, |conn| {
        let Some(row) = integrations::find_for_update(conn, channel)? else { return Ok(false) };
        let Some(text) = &row.credentials else { return Ok(false) };
        integrations::clear_credentials(conn, row.id, &consent)?;
        let key_id = vault::key_id_of(text).ok().map(|id| id.to_string());
        let details = json!({ "key_id": key_id, "status": row.status });
        audit::record(
            conn,
            &actor,
            &credentials::change(Action::CredentialsClear, channel, details),
        )?;
        Ok(true)
    })?;
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct ClearView {
    dry_run: bool,
    channel: &'static str,
    /// False: there were none.
    cleared: bool,
    disabled: bool,
}

impl Tabular for ClearView {
    fn blocks(&self) -> Vec<Block> {
        let channel = self.channel;
        let consequence = if self.disabled { " and disable it" } else { "" };
        let disabled = if self.disabled { " and disabled it" } else { "" };
        vec![Block::Text(match (self.cleared, self.dry_run) {
            (false, _) => format!("{channel} has no credentials: nothing to do."),
            (true, true) => format!(
                "Would delete the credentials of {channel}{consequence}; nothing was changed."
            ),
            (true, false) => format!("Deleted the credentials of {channel}{disabled}."),
        })]
    }
}

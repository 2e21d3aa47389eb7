//! `integrations show`.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;
use serde_json::json;
use zeroize::Zeroize;

use super::channel_arg::ChannelArg;
use super::credentials;
use super::list::{config_summary, status_cell};
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::named::Label;
use crate::domain::raw_json::RawJson;
use crate::domain::vault::{Fields, mask};
use crate::domain::vocabulary::Channel;
use crate::domain::vocabulary::IntegrationStatus;
use crate::error::Outcome;
use crate::store::audit::{self, Actor};
use crate::store::connect::Db;
use crate::store::{integrations, tx};
use crate::ui::{Block, Cell, Grid, Tabular};

#[derive(Debug, Args)]
pub struct ShowArgs {
    #[command(flatten)]
    channel: ChannelArg,
    /// Show the secrets in full and write that into the audit log
    #[arg(long)]
    reveal: bool,
    /// Don't ask before revealing where no terminal is
    #[arg(long, short, requires = "reveal")]
    yes: bool,
}

pub(super) fn run(ctx: &mut Context, args: ShowArgs) -> anyhow::Result<Outcome> {
    let channel = args.channel.channel;
    let mut db = ctx.connect()?;
    let row = tx::read(&mut db, |conn| Ok(integrations::find(conn, channel)?))?
        .ok_or_else(|| credentials::unknown(channel))?;
    let actor = match args.reveal {
        true => Some(ctx.actor(&mut db, Right::Integrations)?),
        false => None,
    };
    let mut view = ShowView {
        channel: channel.as_str(),
        status: row.status.clone(),
        config: row.config.clone(),
        provider: None,
        key_id: None,
        key_state: None,
        revealed: args.reveal,
        credentials: None,
    };
    if row.credentials.is_some() || args.reveal {
        let loaded = credentials::keyring_for(ctx, std::slice::from_ref(&row))?;
        let (key_id, fields) = credentials::require_open(&row, &loaded)?;
        if let Some(actor) = &actor {
            // Anything but a terminal may keep what is printed.
            if !ctx.ui.is_at_terminal() {
                let question = format!("print the secrets of {channel} in full");
                ctx.consent(&mut db, &view, &question, args.yes).map_err(
                    |failure| match failure.hint {
                        Some(_) => failure.hint("run it at a terminal, or say --yes"),
                        None => failure,
                    },
                )?;
            }
            record(&mut db, actor, channel, &fields)?;
        }
        view.provider = Some(credentials::provider_of(channel, &row, &fields).name);
        view.key_id = Some(key_id.to_string());
        view.key_state = loaded.keyring.state(key_id).map(|state| state.as_str());
        let shown = |value: &str| if args.reveal { value.to_owned() } else { mask(value) };
        let pairs = fields.iter().map(|(name, value)| (name.to_owned(), shown(value)));
        view.credentials = Some(pairs.collect());
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

/// Written before anything is shown: no entry, no secret.
fn record(db: &mut Db, actor: &Actor, channel: Channel, fields: &Fields) -> anyhow::Result<()> {
    let details = json!({ "fields": credentials::names(fields) });
    let change = credentials::change(Action::CredentialsReveal, channel, details);
    tx::write(db, |conn| Ok(audit::record(conn, actor, &change)?))
}

#[derive(Serialize)]
struct ShowView {
    channel: &'static str,
    status: Label<IntegrationStatus>,
    config: RawJson,
    provider: Option<&'static str>,
    key_id: Option<String>,
    key_state: Option<&'static str>,
    /// Whether `credentials` are the secrets themselves, or masked.
    revealed: bool,
    credentials: Option<BTreeMap<String, String>>,
}

impl Drop for ShowView {
    fn drop(&mut self) {
        self.credentials.iter_mut().flatten().for_each(|(_, value)| value.zeroize());
    }
}

impl Tabular for ShowView {
    fn blocks(&self) -> Vec<Block> {
        let key = match (&self.key_id, self.key_state) {
            (Some(id), Some(state)) => format!("{id} ({state})"),
            _ => String::from("-"),
        };
        let mut blocks = vec![Block::Grid(Grid::facts([
            ("channel", Cell::new(self.channel)),
            ("status", status_cell(&self.status)),
            ("config", Cell::new(config_summary(&self.config, 200))),
            ("provider", Cell::new(self.provider.unwrap_or("-"))),
            ("key", Cell::new(key)),
        ]))];
        blocks.push(match &self.credentials {
            None => Block::Text(String::from("No credentials are set.")),
            Some(fields) => Block::Grid(Grid::facts(
                fields.iter().map(|(name, value)| (name.as_str(), Cell::new(value))),
            )),
        });
        blocks
    }
}

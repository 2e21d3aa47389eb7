//! `integrations set-config`.

use clap::Args;
use serde::Serialize;

use super::channel_arg::ChannelArg;
use super::credentials;
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::raw_json::RawJson;
use crate::domain::vault::{Provider, is_secret_name, providers_of};
use crate::domain::vocabulary::Channel;
use crate::error::{Failure, Outcome};
use crate::store::{audit, integrations, tx};
use crate::ui::{Block, Column, Grid, Tabular, human};

#[derive(Debug, Args)]
pub struct SetConfigArgs {
    #[command(flatten)]
    channel: ChannelArg,
    /// Text to set; KEY:=JSON sets a number, true, false, a list or an object
    #[arg(value_name = "KEY=VALUE", required_unless_present = "unset")]
    pairs: Vec<String>,
    /// Key to remove
    #[arg(long, value_name = "KEY")]
    unset: Vec<String>,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: SetConfigArgs) -> anyhow::Result<Outcome> {
    let channel = args.channel.channel;
    let pairs: Vec<(String, RawJson)> =
        args.pairs.iter().map(|pair| parse(channel, pair)).collect::<Result<_, _>>()?;
    let mut db = ctx.connect()?;
    let (before, pairs) = tx::read(&mut db, |conn| {
        let stored = integrations::stored_form(conn, &RawJson::default().with(&pairs, &[]))?;
        let mut stored = stored.members();
        stored.sort_by_key(|(key, _)| pairs.iter().position(|(given, _)| given == key));
        Ok((integrations::find(conn, channel)?, stored))
    })?;
    let config = before.map_or_else(|| RawJson::default().with(&[], &[]), |row| row.config);
    if !config.is_object() {
        return Err(Failure::failed(format!("the config of {channel} is no object"))
            .why(format!("it is {}", human::one_line(config.text(), 60)))
            .hint("the application keeps it in its own form: change it there")
            .into());
    }
    let changes = changes(&config, &pairs, &args.unset);
    let view =
        |dry_run| ConfigView { dry_run, channel: channel.as_str(), changes: changes.clone() };
    if args.consent.dry_run || changes.is_empty() {
        ctx.ui.show(&view(args.consent.dry_run))?;
        return Ok(Outcome::Done);
    }
    let actor = ctx.actor(&mut db, Right::Integrations)?;
    let overwritten: Vec<&str> = changes
        .iter()
        .filter(|change| !change.from.is_null())
        .map(|change| change.key.as_str())
        .collect();
    let consent = match overwritten.is_empty() {
        true => None,
        false => {
            let what = format!("overwrite {} in the config of {channel}", overwritten.join(", "));
            Some(ctx.consent(&mut db, &view(true), &what, args.consent.yes)?)
        }
    };
    tx::write(&mut db, |conn| {
        let row = integrations::find_or_insert(conn, channel)?;
        if row.config != config {
            return Err(Failure::busy(format!("somebody else changed the config of {channel}"))
                .hint("look with `inboxctl integrations show`, then run it again")
                .into());
        }
        match &consent {
            None => {
                integrations::add_config(conn, row.id, &RawJson::default().with(&pairs, &[]))?;
            }
            Some(consent) => {
                let new = row.config.with(&pairs, &args.unset);
                integrations::replace_config(conn, row.id, &new, consent)?;
            }
        }
        let change = credentials::integration_change(channel, ConfigDetails { config: &changes });
        Ok(audit::record(conn, &actor, &change)?)
    })?;
    ctx.ui.show(&view(false))?;
    Ok(Outcome::Done)
}

fn parse(channel: Channel, pair: &str) -> Result<(String, RawJson), Failure> {
    let malformed = |why: &str| {
        // What was typed is not repeated: it may be a secret.
        Failure::usage("a config is not KEY=VALUE").why(why)
    };
    let (key, value) = pair.split_once('=').ok_or_else(|| malformed("there is no ="))?;
    let (key, value) = match key.strip_suffix(':') {
        None => (key, RawJson::from(value)),
        Some(key) => {
            let parsed = RawJson::parse(value.trim().to_owned());
            (key, parsed.map_err(|_| malformed("what stands after := is not JSON"))?)
        }
    };
    let is_key = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    if key.is_empty() || !key.bytes().all(is_key) {
        return Err(malformed("a key is made of letters, digits, _ - and ."));
    }
    if is_secret_name(key) {
        return Err(Failure::usage(format!("{key} is a secret, and the config is not encrypted"))
            .hint(format!(
                "set it with `inboxctl integrations set-credentials {channel} --merge`, which \
                 takes it from standard input"
            )));
    }
    let known = |name: &str| Provider::find(channel, name).is_some();
    if key == "provider" && !value.as_string().as_deref().is_some_and(known) {
        let names: Vec<&str> = providers_of(channel).iter().map(|one| one.name).collect();
        return Err(Failure::usage(format!("{channel} is not carried by that provider"))
            .hint(format!("it is by {}", names.join(" or "))));
    }
    Ok((key.to_owned(), value))
}

fn changes(config: &RawJson, pairs: &[(String, RawJson)], unset: &[String]) -> Vec<ConfigChange> {
    let set = pairs.iter().map(|(key, to)| (key, to.clone()));
    let is_set = |key: &&String| pairs.iter().any(|(set, _)| set == *key);
    let removed = unset.iter().filter(|key| !is_set(key)).map(|key| (key, RawJson::default()));
    set.chain(removed)
        .map(|(key, to)| {
            let from = config.member(key).unwrap_or_default();
            ConfigChange { key: key.clone(), from, to }
        })
        .filter(|change| change.from != change.to)
        .collect()
}

/// As the audit log has it.
#[derive(Serialize)]
struct ConfigDetails<'a> {
    config: &'a [ConfigChange],
}

#[derive(Debug, Clone, Serialize)]
struct ConfigChange {
    key: String,
    /// Null where the key was not there.
    from: RawJson,
    /// Null where it goes.
    to: RawJson,
}

#[derive(Debug, Serialize)]
struct ConfigView {
    dry_run: bool,
    channel: &'static str,
    changes: Vec<ConfigChange>,
}

impl Tabular for ConfigView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid =
            Grid::new(vec![Column::left("key"), Column::left("before"), Column::left("after")]);
        let text = |value: &RawJson| match value.is_null() {
            true => String::from("-"),
            false => value.plain(),
        };
        for change in &self.changes {
            grid.row(vec![
                change.key.as_str().into(),
                text(&change.from).into(),
                text(&change.to).into(),
            ]);
        }
        let keys = human::plural(self.changes.len() as u64, "key", "keys");
        grid.note(match (self.changes.is_empty(), self.dry_run) {
            (true, _) => format!("The config of {} is so already.", self.channel),
            (false, true) => format!("Would change {keys}; nothing was changed."),
            (false, false) => format!("Changed {keys} of {}.", self.channel),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("changes")
    }
}

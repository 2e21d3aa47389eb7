//! `integrations check-webhook`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;

use super::channel_arg::ChannelArg;
use super::credentials;
use crate::bounded_file;
use crate::context::Context;
use crate::domain::vault::{Fields, Provider};
use crate::domain::vocabulary::Channel;
use crate::domain::webhook::{self, Flaw, Header, Scheme, Webhook};
use crate::error::{Failure, Kind, Outcome};
use crate::store::{integrations, tx};
use crate::ui::{Block, Cell, Grid, Tabular, Tone};

/// What comes as a webhook is smaller.
const BODY_LIMIT_BYTES: usize = 32 * 1024 * 1024;

#[derive(Debug, Args)]
pub struct CheckWebhookArgs {
    #[command(flatten)]
    channel: ChannelArg,
    /// File with the body, byte for byte as it came; - reads standard input
    #[arg(long, value_name = "FILE")]
    body: PathBuf,
    /// A header that came with it, as "Name: value"; repeat for each
    #[arg(long = "header", short = 'H', value_name = "HEADER", required = true,
          value_parser = webhook::parse_header)]
    headers: Vec<Header>,
    /// The URL that was called, as the sender wrote it; Twilio signs it too
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Take this field of the credentials for the secret, of an HMAC of the body in any header
    #[arg(long, value_name = "FIELD")]
    secret: Option<String>,
}

pub(super) fn run(ctx: &mut Context, args: CheckWebhookArgs) -> anyhow::Result<Outcome> {
    let channel = args.channel.channel;
    let path: PathBuf =
        if args.body.as_os_str() == "-" { "/dev/stdin".into() } else { args.body.clone() };
    let body = bounded_file::read(&path, BODY_LIMIT_BYTES)
        .with_context(|| format!("can't read {}", args.body.display()))?;
    let mut db = ctx.connect()?;
    let row = tx::read(&mut db, |conn| Ok(integrations::find(conn, channel)?))?
        .ok_or_else(|| credentials::unknown(channel))?;
    let loaded = credentials::keyring_for(ctx, std::slice::from_ref(&row))?;
    let (_, fields) = credentials::require_open(&row, &loaded)?;
    let provider = credentials::provider_of(channel, &row, &fields);
    let (scheme, field) = match &args.secret {
        Some(field) => (Scheme::Body, field.as_str()),
        None => scheme_of(channel, provider)?,
    };
    let secret = fields.get(field).ok_or_else(|| absent(channel, field, &fields))?;
    let webhook = Webhook { body: &body, headers: &args.headers, url: args.url.as_deref() };
    let checked = webhook::check(scheme, secret, webhook);
    if checked == Err(Flaw::NeedsUrl) {
        return Err(Failure::usage(
            "Twilio signs the URL too, so that without it nothing can be said",
        )
        .hint("name it with --url, as it stands in Twilio's console")
        .into());
    }
    let view = CheckView {
        channel: channel.as_str(),
        provider: provider.name,
        secret_field: field.to_owned(),
        is_signed: checked.is_ok(),
        problem: checked.as_ref().err().map(|flaw| problem(*flaw)),
        header: checked.ok(),
    };
    ctx.ui.show(&view)?;
    Ok(Outcome::trouble_if(!view.is_signed))
}

/// How the provider signs, and with which field of its credentials.
fn scheme_of(channel: Channel, provider: &Provider) -> Result<(Scheme, &'static str), Failure> {
    match provider.name {
        "twilio" => Ok((Scheme::Twilio, "auth_token")),
        "meta" | "facebook" | "instagram" => Ok((Scheme::Meta, "app_secret")),
        "twitter" => Ok((Scheme::Body, "api_secret")),
        name => Err(Failure::usage(format!(
            "how {name} signs webhooks of {channel} isn't known here"
        ))
        .hint(
            "name the field of the credentials that signs with --secret, for an HMAC of the body",
        )),
    }
}

fn absent(channel: Channel, field: &str, fields: &Fields) -> Failure {
    let there: Vec<&str> = fields.names().collect();
    Failure::new(Kind::NotFound, format!("the credentials of {channel} have no {field}"))
        .why(format!("they have {}", there.join(", ")))
        .hint(format!("set them anew with `inboxctl integrations set-credentials {channel}`"))
}

fn problem(flaw: Flaw) -> String {
    match flaw {
        Flaw::NoHeader(name) => format!("there is no header {name}"),
        Flaw::NoSignature => String::from("no header could be a signature"),
        Flaw::BodyDiffers => {
            String::from("the URL has the SHA-256 of another body: it isn't as it came")
        }
        Flaw::Differs | Flaw::NeedsUrl => String::from(
            "the signature is another one: of another secret, of a body that isn't byte for byte as \
             it came, or of another URL (https behind a proxy, host, query)",
        ),
    }
}

#[derive(Debug, Serialize)]
struct CheckView {
    channel: &'static str,
    provider: &'static str,
    /// The name of the field, never its value.
    secret_field: String,
    is_signed: bool,
    /// The one with the signature.
    header: Option<String>,
    problem: Option<String>,
}

impl Tabular for CheckView {
    fn blocks(&self) -> Vec<Block> {
        let signed = match &self.header {
            Some(header) => Cell::toned(format!("yes, by {header}"), Tone::Good),
            None => Cell::toned("no", Tone::Bad),
        };
        let mut facts = vec![
            ("channel", Cell::new(format!("{}, {}", self.channel, self.provider))),
            ("secret", Cell::new(&self.secret_field)),
            ("signed", signed),
        ];
        facts.extend(self.problem.as_deref().map(|problem| ("problem", Cell::new(problem))));
        vec![Block::Grid(Grid::facts(facts))]
    }
}

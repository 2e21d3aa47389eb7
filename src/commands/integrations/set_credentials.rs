//! `integrations set-credentials`.

use std::path::PathBuf;

use clap::Args;
use diesel::PgConnection;
use serde::Serialize;
use serde_json::json;

use super::channel_arg::ChannelArg;
use super::{credentials, input};
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::context::keyring::Loaded;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::domain::raw_json::RawJson;
use crate::domain::suggest;
use crate::domain::vault::{self, Entropy, Fields, Problem, Provider, providers_of};
use crate::domain::vocabulary::Channel;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Actor};
use crate::store::integrations::{self, Integration};
use crate::store::lock::{self, Key};
use crate::store::tx;
use crate::ui::{Block, Cell, Grid, Tabular};

#[derive(Debug, Args)]
pub struct SetCredentialsArgs {
    #[command(flatten)]
    channel: ChannelArg,
    /// Read the JSON object from this file instead of standard input or a prompt
    #[arg(long, value_name = "FILE")]
    from_file: Option<PathBuf>,
    /// Who carries the channel: twilio, meta, smtp_imap, smtp; else as its config or the fields say
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// Change the given fields and keep the others
    #[arg(long)]
    merge: bool,
    /// Store fields that the provider is not known to have
    #[arg(long)]
    allow_unknown_fields: bool,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: SetCredentialsArgs) -> anyhow::Result<Outcome> {
    let channel = args.channel.channel;
    let named = args.provider.as_deref().map(|name| provider(channel, name)).transpose()?;
    let loaded = ctx.keyring()?;
    let mut db = ctx.connect()?;
    let before = tx::read(&mut db, |conn| Ok(integrations::find(conn, channel)?))?;
    let recorded = named.or_else(|| recorded(channel, before.as_ref()));
    let asked = recorded.unwrap_or(&providers_of(channel)[0]);
    let given = input::fields(ctx, channel, args.from_file.as_deref(), asked, args.merge)?;
    let request = Request {
        channel,
        given,
        recorded,
        is_merge: args.merge,
        allow_unknown: args.allow_unknown_fields,
    };
    let planned = request.outcome(before.as_ref(), &loaded)?;
    let overwrites = planned.overwrites(before.as_ref());
    let mut view = planned.view(channel, &loaded, overwrites);
    if args.consent.dry_run {
        view.dry_run = true;
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    let actor = ctx.actor(&mut db, Right::Integrations)?;
    let consent = match overwrites {
        true => {
            let plan = SetView { dry_run: true, ..view };
            Some(ctx.consent(&mut db, &plan, &describe(&request), args.consent.yes)?)
        }
        false => None,
    };
    let entropy = ctx.entropy()?;
    let set = tx::write(&mut db, |conn| {
        request.apply(conn, &loaded, &entropy, consent.as_ref(), &actor)
    })?;
    ctx.ui.show(&set.view(channel, &loaded, overwrites))?;
    Ok(Outcome::Done)
}

/// Sets the first credentials of a channel, whatever fields they have beside those that they need.
///
/// # Errors
/// Usage: a field is missing. Busy: it has some, or another provider.
pub(in crate::commands) fn set_first(
    conn: &mut PgConnection,
    channel: Channel,
    given: Fields,
    loaded: &Loaded,
    entropy: &Entropy,
    actor: &Actor,
) -> anyhow::Result<()> {
    let before = integrations::find(conn, channel)?;
    let recorded = recorded(channel, before.as_ref());
    let request = Request { channel, given, recorded, is_merge: false, allow_unknown: true };
    request.apply(conn, loaded, entropy, None, actor).map(drop)
}

fn describe(request: &Request) -> String {
    let names = || request.given.names().collect::<Vec<_>>().join(", ");
    match request.is_merge {
        true => format!("change {} in the credentials of {}", names(), request.channel),
        false => format!("overwrite the credentials of {}", request.channel),
    }
}

fn provider(channel: Channel, name: &str) -> Result<&'static Provider, Failure> {
    Provider::find(channel, name).ok_or_else(|| {
        let known: Vec<&str> = providers_of(channel).iter().map(|one| one.name).collect();
        let nearest = suggest::nearest(name, known.iter().copied());
        Failure::usage(format!("{channel} is not carried by {name}")).hint(match nearest {
            Some(nearest) => format!("did you mean {nearest}?"),
            None => format!("it is by {}", known.join(" or ")),
        })
    })
}

fn recorded(channel: Channel, before: Option<&Integration>) -> Option<&'static Provider> {
    credentials::recorded_provider(&before?.config).and_then(|name| Provider::find(channel, &name))
}

/// What the operator wants.
struct Request {
    channel: Channel,
    given: Fields,
    /// As named or recorded; else the fields decide.
    recorded: Option<&'static Provider>,
    is_merge: bool,
    allow_unknown: bool,
}

/// What the row will hold.
struct Planned {
    fields: Fields,
    provider: &'static Provider,
}

impl Request {
    /// # Errors
    /// Usage: a field is missing or unknown. Failed: the old ones don't open.
    fn outcome(&self, before: Option<&Integration>, loaded: &Loaded) -> Result<Planned, Failure> {
        let mut fields = match before.filter(|row| self.is_merge && row.credentials.is_some()) {
            Some(row) => credentials::require_open(row, loaded)?.1,
            None => Fields::default(),
        };
        fields.merge(&self.given);
        let provider = self.recorded.unwrap_or_else(|| vault::guess(self.channel, fields.names()));
        let problems = provider.problems(&fields, self.allow_unknown);
        if problems.is_empty() {
            return Ok(Planned { fields, provider });
        }
        Err(unfit(self.channel, provider, &problems))
    }

    fn apply(
        &self,
        conn: &mut PgConnection,
        loaded: &Loaded,
        entropy: &Entropy,
        consent: Option<&Consent>,
        actor: &Actor,
    ) -> anyhow::Result<Planned> {
        if !lock::try_share_for_transaction(conn, Key::Keyring)? {
            return Err(Failure::busy("a key is being retired").hint("run it again").into());
        }
        // Nobody can take the primary key away any more; perhaps somebody has.
        loaded.require_unchanged()?;
        let row = integrations::find_or_insert(conn, self.channel)?;
        let planned = self.outcome(Some(&row), loaded)?;
        let row_id = row.id.to_string();
        let place = credentials::place(self.channel.as_str(), &row_id);
        let envelope = vault::seal(&loaded.keyring, &place, &planned.fields.to_json(), entropy);
        let changes_provider = planned.changes_provider(&row);
        if consent.is_none() && (row.credentials.is_some() || changes_provider) {
            return Err(Failure::busy(format!("somebody else changed {} meanwhile", self.channel))
                .why("to overwrite that takes consent, and it wasn't asked for")
                .hint("look with `inboxctl integrations show`, then run it again")
                .into());
        }
        match (&row.credentials, consent) {
            (Some(old), Some(consent)) => {
                integrations::replace_credentials(conn, row.id, old, &envelope, consent)?
            }
            _ => integrations::add_credentials(conn, row.id, &envelope)?,
        }
        let provider = [(String::from("provider"), RawJson::from(planned.provider.name))];
        match consent.filter(|_| changes_provider) {
            Some(consent) => {
                let changed = row.config.with(&provider, &[]);
                integrations::replace_config(conn, row.id, &changed, consent)?;
            }
            None if row.config.is_object() => {
                let added = RawJson::default().with(&provider, &[]);
                integrations::add_config(conn, row.id, &added)?;
            }
            // A config of the application's own shape has no place for it.
            None => {}
        }
        let details = json!({
            "fields": credentials::names(&self.given),
            "merge": self.is_merge,
            "provider": planned.provider.name,
            "key_id": loaded.keyring.primary().id().to_string(),
        });
        audit::record(
            conn,
            actor,
            &credentials::change(Action::CredentialsSet, self.channel, details),
        )?;
        Ok(planned)
    }
}

impl Planned {
    fn changes_provider(&self, before: &Integration) -> bool {
        let recorded = before.config.member("provider");
        recorded.is_some_and(|one| one.as_string().as_deref() != Some(self.provider.name))
    }

    fn overwrites(&self, before: Option<&Integration>) -> bool {
        before.is_some_and(|row| row.credentials.is_some() || self.changes_provider(row))
    }

    fn view(&self, channel: Channel, loaded: &Loaded, overwrites: bool) -> SetView {
        SetView {
            dry_run: false,
            channel: channel.as_str(),
            provider: self.provider.name,
            fields: self.fields.names().map(str::to_owned).collect(),
            key_id: loaded.keyring.primary().id().to_string(),
            overwrites,
        }
    }
}

fn unfit(channel: Channel, provider: &Provider, problems: &[Problem]) -> Failure {
    let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let is_unknown = problems.iter().any(|problem| matches!(problem, Problem::Unknown { .. }));
    let needs = format!("{} needs {}", provider.name, provider.required.join(", "));
    let mut hint = match provider.optional {
        [] => needs,
        optional => format!("{needs}; it may have {}", optional.join(", ")),
    };
    if is_unknown {
        hint.push_str("; others go in with --allow-unknown-fields");
    }
    Failure::usage(format!("these are not {} {channel} credentials", provider.name))
        .why(list.join("; "))
        .hint(hint)
}

#[derive(Debug, Serialize)]
struct SetView {
    dry_run: bool,
    channel: &'static str,
    provider: &'static str,
    /// Names of all fields that the credentials have now.
    fields: Vec<String>,
    key_id: String,
    overwrites: bool,
}

impl Tabular for SetView {
    fn blocks(&self) -> Vec<Block> {
        let mut facts = Grid::facts([
            ("channel", Cell::new(self.channel)),
            ("provider", Cell::new(self.provider)),
            ("fields", Cell::new(self.fields.join(", "))),
            ("key", Cell::new(&self.key_id)),
        ]);
        facts.note(match (self.dry_run, self.overwrites) {
            (true, true) => "Would overwrite what is set; nothing was changed.",
            (true, false) => "Would set the credentials; nothing was changed.",
            (false, _) => "The credentials are set.",
        });
        vec![Block::Grid(facts)]
    }
}

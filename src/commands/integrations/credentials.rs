//! What the commands of this family share: opening the credentials of a row,
//! and saying why they don't open.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::context::Context;
use crate::context::keyring::{self, Loaded};
use crate::domain::audit_action::Action;
use crate::domain::raw_json::RawJson;
use crate::domain::vault::{self, Fields, KeyId, OpenError, Place, Provider};
use crate::domain::vocabulary::Channel;
use crate::error::{Failure, Kind};
use crate::store::audit::Change;
use crate::store::integrations::Integration;

/// The keyring for what is sealed in these rows.
///
/// # Errors
/// As for [`Context::keyring`]; where none is there, the keys are named that it must have.
pub(crate) fn keyring_for(ctx: &Context, rows: &[Integration]) -> Result<Loaded, Failure> {
    ctx.keyring().map_err(|failure| {
        let is_absent =
            matches!(ctx.keyring_place(), Ok(keyring::Place::File(path)) if !path.exists());
        match needed_keys(rows) {
            keys if is_absent && !keys.is_empty() => failure.hint(format!(
                "a new one would open nothing here: name the one that has {} in \
                 INBOXCTL_KEYRING_FILE",
                keys.join(" and ")
            )),
            _ => failure,
        }
    })
}

/// The keys that the rows are sealed under.
fn needed_keys(rows: &[Integration]) -> Vec<String> {
    let texts = rows.iter().filter_map(|row| row.credentials.as_deref());
    let ids: BTreeSet<KeyId> = texts.filter_map(|text| vault::key_id_of(text).ok()).collect();
    ids.iter().map(|id| format!("the key {id}")).collect()
}

/// Where the credentials of a row stand. `row_id` is the row's id as text.
pub(crate) fn place<'a>(channel: &'a str, row_id: &'a str) -> Place<'a> {
    Place { table: "integrations", row_id, channel, column: "credentials" }
}

/// What the credentials of a row are: none, or fields, or why not.
pub(crate) enum Credentials {
    Absent,
    Open { key_id: KeyId, fields: Fields },
    Shut(OpenError),
}

pub(crate) fn of(integration: &Integration, loaded: &Loaded) -> Credentials {
    let Some(text) = &integration.credentials else { return Credentials::Absent };
    let key_id = vault::key_id_of(text).ok();
    let row_id = integration.id.to_string();
    let opened = vault::open(&loaded.keyring, &place(integration.channel.name(), &row_id), text);
    match (opened, key_id) {
        (Ok(plain), Some(key_id)) => match Fields::parse(&plain) {
            Ok(fields) => Credentials::Open { key_id, fields },
            Err(_) => Credentials::Shut(OpenError::Malformed("it holds no object of strings")),
        },
        (Err(error), _) => Credentials::Shut(error),
        (Ok(_), None) => Credentials::Shut(OpenError::Tampered),
    }
}

/// The fields of a row that must have some.
///
/// # Errors
/// Not found: it has none. Failed: they don't open.
pub(crate) fn require_open(
    integration: &Integration,
    loaded: &Loaded,
) -> Result<(KeyId, Fields), Failure> {
    match of(integration, loaded) {
        Credentials::Open { key_id, fields } => Ok((key_id, fields)),
        Credentials::Absent => Err(absent(integration.channel.name())),
        Credentials::Shut(error) => Err(shut(integration.channel.name(), error)),
    }
}

pub(crate) fn absent(channel: &str) -> Failure {
    Failure::new(Kind::NotFound, format!("{channel} has no credentials"))
        .hint(format!("set them with `inboxctl integrations set-credentials {channel}`"))
}

pub(crate) fn unknown(channel: Channel) -> Failure {
    Failure::new(Kind::NotFound, format!("there is no integration for {channel}"))
        .hint(format!("make it with `inboxctl integrations set-credentials {channel}`"))
}

fn shut(channel: &str, error: OpenError) -> Failure {
    let hint = match error {
        OpenError::KeyMissing(_) => {
            "use the keyring that has this key, or restore it from a backup"
        }
        OpenError::WrongKey(_) | OpenError::Tampered | OpenError::Malformed(_) => {
            "restore the row from a backup, or set the credentials anew"
        }
    };
    Failure::failed(format!("the credentials of {channel} do not open"))
        .why(error.to_string())
        .hint(hint)
}

/// Who carries the channel: as the config says, else as the fields say.
pub(crate) fn provider_of(
    channel: Channel,
    integration: &Integration,
    fields: &Fields,
) -> &'static Provider {
    recorded_provider(&integration.config)
        .and_then(|name| Provider::find(channel, &name))
        .unwrap_or_else(|| vault::guess(channel, fields.names()))
}

pub(crate) fn recorded_provider(config: &RawJson) -> Option<String> {
    config.member("provider")?.as_string()
}

/// An entry of the audit log on the credentials of a channel.
pub(crate) fn change(action: Action, channel: Channel, details: Value) -> Change<'static> {
    Change { action, resource_id: Some(channel.as_str()), details }
}

/// An entry of the audit log on the channel itself.
pub(crate) fn integration_change<D>(channel: Channel, details: D) -> Change<'static, D> {
    Change { action: Action::IntegrationUpdate, resource_id: Some(channel.as_str()), details }
}

/// Names of fields, for the audit log.
pub(crate) fn names(fields: &Fields) -> Value {
    json!(fields.names().collect::<Vec<_>>())
}

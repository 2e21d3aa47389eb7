//! What is in a column, and so what becomes of it.

use serde::Deserialize;

/// As rules of `[anonymise.columns]` call it, and further ones for our own tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Name,
    Email,
    Phone,
    Handle,
    /// What somebody wrote.
    Text,
    /// A word of the application's, kept unless it names somebody.
    Label,
    /// A day: the year stays.
    Birth,
    Ip,
    Json,
    Empty,
    Keep,
    /// JSON whose texts are handles.
    Handles,
    /// What an entry or a hold is about: an id, a table, a word of ours, or somebody's handle.
    Reference,
    /// Who did it: an e-mail or a login.
    Actor,
    /// Of a channel: what was active isn't.
    Status,
}

impl Kind {
    pub const NAMES: &str =
        "name, email, phone, handle, text, label, birth, ip, json, empty or keep";

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Name => "name",
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::Handle => "handle",
            Kind::Text => "text",
            Kind::Label => "label",
            Kind::Birth => "birth",
            Kind::Ip => "ip",
            Kind::Json => "json",
            Kind::Empty => "empty",
            Kind::Keep => "keep",
            Kind::Handles => "handles",
            Kind::Reference => "reference",
            Kind::Actor => "actor",
            Kind::Status => "status",
        }
    }

    /// Of a rule.
    pub fn of_rule(text: &str) -> Option<Kind> {
        let known = [
            Kind::Name,
            Kind::Email,
            Kind::Phone,
            Kind::Handle,
            Kind::Text,
            Kind::Label,
            Kind::Birth,
            Kind::Ip,
            Kind::Json,
            Kind::Empty,
            Kind::Keep,
        ];
        known.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
        let text = String::deserialize(deserializer)?;
        Kind::of_rule(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "{text:?} is nothing that is in a column: {}",
                Kind::NAMES
            ))
        })
    }
}

//! What identifies somebody in a value, by what is in its column.

use super::documents;
use super::json::{self, Change, Place};
use super::kind::Kind;
use super::known::Identifier;
use super::shapes;

/// Hands over each, with what it is.
pub fn identifiers(kind: Kind, text: &str, each: &mut dyn FnMut(Identifier, &str)) {
    match kind {
        Kind::Name => each(of(Identifier::Name, text), text),
        Kind::Email => each(Identifier::Email, text),
        Kind::Phone => each(Identifier::Phone, text),
        Kind::Handle => each(of(Identifier::Handle, text), text),
        Kind::Handles => drop(json::rewrite(text, &mut Document { each, is_handles: true })),
        Kind::Json => drop(json::rewrite(text, &mut Document { each, is_handles: false })),
        Kind::Text
        | Kind::Label
        | Kind::Birth
        | Kind::Ip
        | Kind::Empty
        | Kind::Keep
        | Kind::Reference
        | Kind::Actor
        | Kind::Status => {}
    }
}

fn of(otherwise: Identifier, text: &str) -> Identifier {
    match () {
        () if shapes::is_email(text.trim()) => Identifier::Email,
        () if shapes::is_phone(text) => Identifier::Phone,
        () => otherwise,
    }
}

/// A row of contacts or of their identities, as JSON.
struct Document<'a> {
    each: &'a mut dyn FnMut(Identifier, &str),
    is_handles: bool,
}

impl Change for Document<'_> {
    fn text(&mut self, place: &Place<'_>, text: &str) -> Option<String> {
        let is_handle = (self.is_handles || documents::is_of_handles(place))
            && !documents::is_label(&place.key.to_lowercase());
        let kind = match place.key {
            _ if is_handle => Some(Identifier::Handle),
            "name" => Some(Identifier::Name),
            "phone" => Some(Identifier::Phone),
            "email" => Some(Identifier::Email),
            "value" => Some(Identifier::Handle),
            _ => None,
        };
        if let Some(kind) = kind.filter(|_| !text.is_empty() && !shapes::is_uuid(text)) {
            (self.each)(of(kind, text), text);
        }
        None
    }

    fn number(&mut self, place: &Place<'_>, number: &str) -> Option<String> {
        if self.is_handles || documents::is_of_handles(place) {
            (self.each)(Identifier::Handle, number);
        }
        None
    }

    fn name(&mut self, _: &str) -> Option<String> {
        None
    }
}

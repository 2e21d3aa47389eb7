//! What becomes of a value, by what is in its column.

use std::collections::HashSet;

use super::addresses;
use super::digits;
use super::documents;
use super::key::Key;
use super::kind::Kind;
use super::known::Known;
use super::shapes;
use super::texts::{Vocabulary, Writer};
use super::values::Values;
use super::words::Words;

/// Logins and programs that are nobody.
const NOBODY: [&str; 12] = [
    "app",
    "application",
    "cron",
    "inbox",
    "inboxctl",
    "nobody",
    "postgres",
    "root",
    "system",
    "worker",
    "api",
    "bot",
];

pub struct Replacer<'a> {
    values: Values<'a>,
}

impl<'a> Replacer<'a> {
    pub fn new(
        key: &'a Key,
        known: &'a Known,
        vocabulary: &'a Vocabulary,
        words: &'a HashSet<String>,
    ) -> Replacer<'a> {
        let writer = Writer { words: Words::new(key, known), vocabulary };
        Replacer { values: Values { writer, words } }
    }

    fn writer(&self) -> &Writer<'a> {
        &self.values.writer
    }

    /// Of a value that isn't emptied.
    pub fn replace(&self, kind: Kind, text: &str) -> String {
        match kind {
            Kind::Keep | Kind::Empty => text.to_owned(),
            Kind::Name | Kind::Email | Kind::Handle => self.writer().short(text),
            Kind::Phone => digits::phone(self.writer().words.key, self.writer().words.known, text)
                .filter(|_| shapes::is_phone(text))
                .unwrap_or_else(|| self.writer().short(text)),
            Kind::Text => self.writer().prose(text),
            Kind::Label => self.values.label(text),
            Kind::Birth => self.values.birth(text),
            Kind::Ip => addresses::ip(self.writer().words.key, text),
            Kind::Json => documents::json(&self.values, text, false),
            Kind::Handles => documents::json(&self.values, text, true),
            Kind::Reference => self.reference(text),
            Kind::Actor => self.actor(text),
            Kind::Status => match text {
                "ACTIVE" => String::from("INACTIVE"),
                other => other.to_owned(),
            },
        }
    }

    fn reference(&self, text: &str) -> String {
        let piece = |piece: &str| match self.values.is_word(piece) {
            true => piece.to_owned(),
            false => self.writer().short(piece),
        };
        match text.contains("://") || shapes::is_email(text) {
            true => self.writer().short(text),
            false => text.split('/').map(piece).collect::<Vec<_>>().join("/"),
        }
    }

    fn actor(&self, text: &str) -> String {
        let (before, name) = match text.split_once(':') {
            Some((before, name)) => (Some(before), name),
            None => (None, text),
        };
        let name = match NOBODY.contains(&name) {
            true => name.to_owned(),
            false => self.writer().short(name),
        };
        match before {
            Some(before) if ["db", "os"].contains(&before) || NOBODY.contains(&before) => {
                format!("{before}:{name}")
            }
            Some(_) => self.writer().short(text),
            None => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::anonymise::known::Identifier;

    #[test]
    fn what_is_the_same_becomes_the_same_in_each_kind_of_column() {
        let key = Key::of(b"secret");
        let mut known = Known::default();
        known.add(Identifier::Name, "Rosa Quintanilla");
        known.add(Identifier::Phone, "+34 600 111 222");
        known.add(Identifier::Handle, "rosaq_privada");
        known.settle();
        let vocabulary = Vocabulary::new(&known);
        let words = HashSet::from([String::from("contacts"), String::from("audit_logs")]);
        let replacer = Replacer::new(&key, &known, &vocabulary, &words);
        let name = replacer.replace(Kind::Name, "Rosa Quintanilla");
        let phone = replacer.replace(Kind::Phone, "+34 600 111 222");
        let handle = replacer.replace(Kind::Handle, "rosaq_privada");
        let json = replacer.replace(
            Kind::Json,
            r#"{"x": "Rosa Quintanilla", "to": [{"n": "+34 600 111 222"}], "status": "rosaq_privada", "kind": "PHONE"}"#,
        );
        for part in [&name, &phone, &handle] {
            assert!(json.contains(&**part), "{part}: {json}");
        }
        assert!(json.contains(r#""kind": "PHONE""#), "{json}");
        assert!(replacer.replace(Kind::Text, "it is Rosa Quintanilla again").contains(&name));
        assert_eq!(replacer.replace(Kind::Reference, "rosaq_privada"), handle);
        assert_eq!(
            replacer.replace(Kind::Reference, "contacts/rosaq_privada"),
            format!("contacts/{handle}")
        );
        assert_eq!(replacer.replace(Kind::Reference, "audit_logs_2026_01"), "audit_logs_2026_01");
        assert_eq!(replacer.replace(Kind::Label, "contact.edit"), "contact.edit");
        assert_eq!(replacer.replace(Kind::Label, "Rosa Quintanilla"), name);
        assert_eq!(replacer.replace(Kind::Actor, "db:postgres"), "db:postgres");
        assert_ne!(replacer.replace(Kind::Actor, "rosa@correo.example"), "rosa@correo.example");
        assert_eq!(replacer.replace(Kind::Birth, "1980-05-04")[..5], *"1980-");
        let number = replacer.replace(Kind::Json, r#"{"wa": 34600111222, "size_bytes": 12345678}"#);
        assert!(!number.contains("34600111222") && number.contains("12345678"), "{number}");
    }
}

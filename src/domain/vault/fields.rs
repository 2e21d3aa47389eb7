//! Credentials in the clear: named secrets.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

/// What `set-credentials` reads at most; certificates and private keys fit.
pub const INPUT_LIMIT_BYTES: usize = 64 * 1024;

/// A JSON object of strings. Values are overwritten when dropped and never
/// printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, Zeroizing<String>>);

/// Why a text holds no credentials. Names fields, never values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldError {
    Empty,
    TooLarge,
    NotUtf8,
    Syntax {
        line: usize,
        column: usize,
    },
    NotObject,
    NotString(String),
    EmptyValue(String),
    Duplicate(String),
    ControlCharacter(String),
    /// The field at this place has a name that is none, so it isn't repeated.
    BadName {
        number: usize,
    },
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldError::Empty => f.write_str("there was nothing to read"),
            FieldError::TooLarge => {
                write!(f, "there is more than {} KiB of it", INPUT_LIMIT_BYTES / 1024)
            }
            FieldError::NotUtf8 => f.write_str("it is not UTF-8"),
            FieldError::Syntax { line, column } => {
                write!(f, "it is not JSON at line {line}, column {column}")
            }
            FieldError::NotObject => f.write_str("it is JSON, but not an object"),
            FieldError::NotString(name) => write!(f, "the value of {name} is not a string"),
            FieldError::EmptyValue(name) => write!(f, "the value of {name} is empty"),
            FieldError::Duplicate(name) => write!(f, "{name} stands in it twice"),
            FieldError::ControlCharacter(name) => {
                write!(f, "the value of {name} holds a control character")
            }
            FieldError::BadName { number } => write!(
                f,
                "the name of field {number} is not made of up to 40 letters, digits, _ - or ."
            ),
        }
    }
}

impl std::error::Error for FieldError {}

impl Fields {
    /// Reads a JSON object of strings.
    ///
    /// # Errors
    /// See [`FieldError`].
    pub fn parse(bytes: &[u8]) -> Result<Fields, FieldError> {
        if bytes.len() > INPUT_LIMIT_BYTES {
            return Err(FieldError::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| FieldError::NotUtf8)?;
        if text.trim().is_empty() {
            return Err(FieldError::Empty);
        }
        // The message of serde_json may quote a value; its place doesn't.
        let pairs: Pairs = serde_json::from_str(text).map_err(|error| {
            if error.is_data() {
                FieldError::NotObject
            } else {
                FieldError::Syntax { line: error.line(), column: error.column() }
            }
        })?;
        let mut fields = Fields::default();
        for (index, (name, value)) in pairs.0.into_iter().enumerate() {
            if !is_name(&name) {
                return Err(FieldError::BadName { number: index + 1 });
            }
            let Some(value) = value else { return Err(FieldError::NotString(name)) };
            fields.add(&name, value)?;
        }
        Ok(fields)
    }

    /// Adds a field.
    ///
    /// # Errors
    /// It is there already, or its value is empty or holds a control character
    /// other than those of a text of several lines.
    pub fn add(&mut self, name: &str, value: Zeroizing<String>) -> Result<(), FieldError> {
        if value.is_empty() {
            return Err(FieldError::EmptyValue(name.to_owned()));
        }
        if value.chars().any(|letter| letter.is_control() && !"\n\r\t".contains(letter)) {
            return Err(FieldError::ControlCharacter(name.to_owned()));
        }
        match self.0.insert(name.to_owned(), value) {
            None => Ok(()),
            Some(_) => Err(FieldError::Duplicate(name.to_owned())),
        }
    }

    /// Sets what `changes` holds and keeps the rest.
    pub fn merge(&mut self, changes: &Fields) {
        for (name, value) in &changes.0 {
            self.0.insert(name.clone(), value.clone());
        }
    }

    /// The plain text of an envelope: compact JSON, sorted by name.
    pub fn to_json(&self) -> Zeroizing<Vec<u8>> {
        // Escapes make it longer, six bytes for one at most: large enough never
        // to move, because what is left behind isn't overwritten.
        let length: usize =
            self.0.iter().map(|(name, value)| name.len() + 6 * value.len() + 8).sum();
        let mut json = Zeroizing::new(Vec::with_capacity(2 + length));
        let plain: BTreeMap<&str, &str> = self.iter().collect();
        serde_json::to_writer(&mut *json, &plain).expect("strings are JSON");
        json
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.as_str())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.names().map(|name| (name, "[redacted]"))).finish()
    }
}

/// Somebody may have put the secret where the name belongs: only what can be a
/// name is repeated in a message.
fn is_name(name: &str) -> bool {
    (1..=40).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

/// Hides a secret but for the last four characters of a long one.
pub fn mask(value: &str) -> String {
    const HIDDEN: &str = "********";
    // Four of sixteen leave enough to guess; of fewer they would not.
    if value.chars().count() < 16 {
        return HIDDEN.to_owned();
    }
    let mut last: Vec<char> = value.chars().rev().take(4).collect();
    last.reverse();
    if last.iter().any(|letter| letter.is_control() || letter.is_whitespace()) {
        return HIDDEN.to_owned();
    }
    format!("{HIDDEN}{}", last.into_iter().collect::<String>())
}

/// Names and values as they stand, twice if they stand twice; `None` for what
/// is no string.
struct Pairs(Vec<(String, Option<Zeroizing<String>>)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Pairs;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some((name, Text(value))) = map.next_entry()? {
                    pairs.push((name, value));
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_any(Object)
    }
}

struct Text(Option<Zeroizing<String>>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text(Some(Zeroizing::new(text.to_owned()))))
            }
            fn visit_bool<E>(self, _: bool) -> Result<Text, E> {
                Ok(Text(None))
            }
            fn visit_i64<E>(self, _: i64) -> Result<Text, E> {
                Ok(Text(None))
            }
            fn visit_u64<E>(self, _: u64) -> Result<Text, E> {
                Ok(Text(None))
            }
            fn visit_f64<E>(self, _: f64) -> Result<Text, E> {
                Ok(Text(None))
            }
            fn visit_unit<E>(self) -> Result<Text, E> {
                Ok(Text(None))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Text, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Text(None))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Text(None))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_an_object_of_strings() {
        let fields = Fields::parse(br#"{"b": "2\n", "a": "1"}"#).unwrap();
        assert_eq!(fields.names().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(fields.to_json().as_slice(), br#"{"a":"1","b":"2\n"}"#);
        assert_eq!(format!("{fields:?}"), r#"{"a": "[redacted]", "b": "[redacted]"}"#);
    }

    #[test]
    fn what_is_wrong_is_named_without_its_value() {
        let field = |name: &str| name.to_owned();
        let cases: [(&[u8], FieldError); 14] = [
            (b"", FieldError::Empty),
            (b" \n", FieldError::Empty),
            (b"s3cret", FieldError::Syntax { line: 1, column: 1 }),
            (b"{\"a\": \"s3cret\"", FieldError::Syntax { line: 1, column: 14 }),
            (b"{\"a\": \"s3cret\"} x", FieldError::Syntax { line: 1, column: 17 }),
            (b"[\"s3cret\"]", FieldError::NotObject),
            (b"\"s3cret\"", FieldError::NotObject),
            (b"{\"a\": 5}", FieldError::NotString(field("a"))),
            (b"{\"a\": {\"b\": [null]}}", FieldError::NotString(field("a"))),
            (b"{\"a\": \"1\", \"a\": \"2\"}", FieldError::Duplicate(field("a"))),
            (b"{\"a\": \"\"}", FieldError::EmptyValue(field("a"))),
            (b"{\"a\": \"\\u0000\"}", FieldError::ControlCharacter(field("a"))),
            (b"{\"a\": \"\xff\"}", FieldError::NotUtf8),
            (b"{\"s3cret value\": \"a\"}", FieldError::BadName { number: 1 }),
        ];
        for (text, expected) in cases {
            let error = Fields::parse(text).unwrap_err();
            assert_eq!(error, expected);
            assert!(!error.to_string().contains("s3cret"));
        }
        assert_eq!(Fields::parse(&vec![b' '; 10 << 20]), Err(FieldError::TooLarge));
    }

    #[test]
    fn only_a_long_secret_shows_its_end() {
        assert_eq!(mask("0123456789abcdef"), "********cdef");
        assert_eq!(mask("0123456789abcde"), "********");
        assert_eq!(mask("0123456789abcd\n\n"), "********");
        assert_eq!(mask("ääääääääääääääää"), "********ääää");
    }
}

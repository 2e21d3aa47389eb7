//! Walks through the members of a JSON object without keeping it.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Objects within objects are looked into so deep.
const DEEPEST: u8 = 3;

/// Calls `see(key, value)` for each member that is a text, a number or a truth value; members
/// of inner objects have the keys of the way to them, joined by dots. Malformed text ends it.
pub(crate) fn visit(text: &str, see: &mut dyn FnMut(&str, &str)) {
    if text.len() <= 2 {
        return;
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let _ = Member { path: "", depth: 0, see }.deserialize(&mut json);
}

struct Member<'a> {
    path: &'a str,
    depth: u8,
    see: &'a mut dyn FnMut(&str, &str),
}

impl<'de> DeserializeSeed<'de> for Member<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Member<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if !self.path.is_empty() {
            (self.see)(self.path, text);
        }
        Ok(())
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<(), E> {
        self.visit_str(if truth { "true" } else { "false" })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if self.depth == DEEPEST {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        while let Some(Key(key)) = map.next_key_seed(Key::default())? {
            let path =
                if self.path.is_empty() { key } else { Cow::Owned(format!("{}.{key}", self.path)) };
            map.next_value_seed(Member {
                path: &path,
                depth: self.depth + 1,
                see: &mut *self.see,
            })?;
        }
        Ok(())
    }
}

/// A key, borrowed where it has no escapes.
#[derive(Default)]
pub(crate) struct Key<'de>(pub(crate) Cow<'de, str>);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Key<'de>;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Key<'de>, D::Error> {
        json.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(text)))
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(text.to_owned())))
    }
}

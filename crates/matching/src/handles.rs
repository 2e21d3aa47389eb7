//! What somebody is called in social networks, in the shapes in which applications keep it:
//! `{"twitter": "@x"}`, lists of such or of plain texts, `[{"network": "twitter", "handle": "@x"}]`
//! and `{"facebook": {"id": "1", "name": "Ana"}}`. The function `contact_handles` of the database
//! reads the same for its index.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

use crate::json::Key;

/// Where nothing says which network it is.
pub const UNKNOWN_NETWORK: &str = "other";
const NETWORK_KEYS: [&str; 6] = ["network", "platform", "provider", "service", "channel", "type"];
/// Members of an object that are handles, without underscores.
const HANDLE_KEYS: [&str; 8] =
    ["handle", "username", "screenname", "userid", "id", "account", "value", "url"];
/// Objects and lists are looked into so deep.
const DEEPEST: u8 = 3;

/// Calls `see(network, handle)` for each handle. Malformed text ends it.
pub fn visit(text: &str, see: &mut dyn FnMut(&str, &str)) {
    if text.len() <= 2 {
        return;
    }
    let mut json = serde_json::Deserializer::from_str(text);
    match Depth(0).deserialize(&mut json) {
        Ok(Node::List(nodes)) => nodes.iter().for_each(|node| top(node, see)),
        Ok(node) => top(&node, see),
        Err(_) => {}
    }
}

/// A handle as the index of the database has it: it refuses what is very long.
pub fn searched(handle: &str) -> String {
    bare(handle).chars().take(200).collect()
}

fn top(node: &Node<'_>, see: &mut dyn FnMut(&str, &str)) {
    match node {
        Node::Text(handle) => see(UNKNOWN_NETWORK, handle),
        Node::Object(members) if members.iter().any(|(key, _)| names_network(key)) => {
            entry(node, UNKNOWN_NETWORK, see);
        }
        Node::Object(members) => {
            for (network, value) in members {
                match value {
                    Node::List(nodes) => nodes.iter().for_each(|node| one(node, network, see)),
                    value => one(value, network, see),
                }
            }
        }
        Node::List(_) | Node::Number(_) | Node::Other => {}
    }
}

fn one(node: &Node<'_>, network: &str, see: &mut dyn FnMut(&str, &str)) {
    match node {
        Node::Text(handle) => see(network, handle),
        Node::Number(handle) => see(network, handle),
        node => entry(node, network, see),
    }
}

/// What an object that tells of one handle says, and objects within it.
fn entry(node: &Node<'_>, network: &str, see: &mut dyn FnMut(&str, &str)) {
    match node {
        Node::List(nodes) => nodes.iter().for_each(|node| entry(node, network, see)),
        Node::Object(members) => {
            let named = members.iter().find_map(|(key, value)| match value {
                Node::Text(name) if names_network(key) => Some(&**name),
                _ => None,
            });
            let network = named.unwrap_or(network);
            for (key, value) in members {
                match value {
                    Node::Text(_) | Node::Number(_) if !names_handle(key) => {}
                    value => one(value, network, see),
                }
            }
        }
        Node::Text(_) | Node::Number(_) | Node::Other => {}
    }
}

/// Whether an object with such a member tells of one handle, and its others are no networks.
pub fn names_network(key: &str) -> bool {
    NETWORK_KEYS.contains(&key)
}

/// `userName` and `user_name` are one.
fn names_handle(key: &str) -> bool {
    let letters = || key.chars().filter(|letter| *letter != '_').map(|c| c.to_ascii_lowercase());
    HANDLE_KEYS.iter().any(|known| known.chars().eq(letters()))
}

/// A handle as it is compared: without the address of its network, without @, in lower case.
pub fn bare(handle: &str) -> Cow<'_, str> {
    let handle = handle.trim().trim_end_matches('/');
    let handle = handle.rsplit('/').next().unwrap_or(handle).trim_start_matches('@');
    match handle.bytes().any(|byte| byte.is_ascii_uppercase() || byte >= 0x80) {
        true => Cow::Owned(handle.to_lowercase()),
        false => Cow::Borrowed(handle),
    }
}

/// A JSON value, as far as it can say something.
enum Node<'de> {
    Text(Cow<'de, str>),
    Number(String),
    List(Vec<Node<'de>>),
    Object(Vec<(Cow<'de, str>, Node<'de>)>),
    Other,
}

/// Reads a value that is in so many others.
#[derive(Clone, Copy)]
struct Depth(u8);

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Node<'de>;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Node<'de>, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Node<'de>, E> {
        Ok(Node::Other)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Node<'de>, E> {
        Ok(Node::Other)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Node<'de>, E> {
        Ok(Node::Other)
    }

    fn visit_unit<E: Error>(self) -> Result<Node<'de>, E> {
        Ok(Node::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node<'de>, A::Error> {
        if self.0 > DEEPEST {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Node::Other);
        }
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element_seed(Depth(self.0 + 1))? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        if self.0 > DEEPEST {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Node::Other);
        }
        let mut members = Vec::new();
        while let Some(Key(key)) = map.next_key_seed(Key::default())? {
            members.push((key, map.next_value_seed(Depth(self.0 + 1))?));
        }
        Ok(Node::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        visit(text, &mut |network, handle| {
            found.push((network.to_owned(), bare(handle).into_owned()))
        });
        found
    }

    #[test]
    fn every_shape_in_use_is_read() {
        let pairs = |all: &[(&str, &str)]| {
            all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>()
        };
        let twitter = pairs(&[("twitter", "ana")]);
        for text in [
            r#"{"twitter": "@Ana"}"#,
            r#"{"twitter": ["https://twitter.com/ana/"]}"#,
            r#"[{"network": "twitter", "handle": "@ana", "name": "Ana"}]"#,
            r#"[{"handle": "@ana", "platform": "twitter"}]"#,
            r#"{"network": "twitter", "userName": "ana"}"#,
            r#"[{"twitter": "ana"}]"#,
            r#"{"twitter": {"screen_name": "ana", "verified": true, "followers": 12}}"#,
            r#"{"twitter": [{"profile": {"id": "ana"}}]}"#,
        ] {
            assert_eq!(read(text), twitter, "{text}");
        }
        let facebook = pairs(&[("facebook", "12345678901234567"), ("x", "b")]);
        assert_eq!(
            read(r#"{"facebook": {"id": 12345678901234567, "name": "Ana"}, "x": "b"}"#),
            facebook
        );
        assert_eq!(read(r#"["@ana"]"#), pairs(&[(UNKNOWN_NETWORK, "ana")]));
        for nothing in
            ["", "{}", "[]", "null", "7", "[7, null]", "{\"a\":", "{\"a\": {\"name\": \"Ana\"}}"]
        {
            assert_eq!(read(nothing), [], "{nothing}");
        }
    }

    #[test]
    fn what_is_deep_is_left_out() {
        let deep = format!("{{\"a\": {}1{}, \"b\": \"c\"}}", "[".repeat(100), "]".repeat(100));
        assert_eq!(read(&deep), [("b".to_owned(), "c".to_owned())]);
    }
}

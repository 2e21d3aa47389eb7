//! JSON that is carried and not understood: its text, digit for digit and of any depth.
//!
//! A 64-bit float would turn 12345678901234567890123 into another number and 1.10 into 1.1, and a
//! reader of documents gives up at 128 levels. Neither is an operator's business.

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// The text of one JSON value.
#[derive(Debug, Clone)]
pub struct RawJson(Box<RawValue>);

impl RawJson {
    /// # Errors
    /// The text is no JSON.
    pub fn parse(text: String) -> Result<RawJson, serde_json::Error> {
        RawValue::from_string(text).map(RawJson)
    }

    /// What a database takes: a text there has no NUL and no half of a pair (RFC 8259, section 8.2).
    pub fn storable(text: &str) -> Option<RawJson> {
        RawJson::parse(text.to_owned()).ok().filter(|_| has_whole_letters(text))
    }

    pub fn text(&self) -> &str {
        self.0.get()
    }

    /// The members of an object in their order, each as its own text; none of what is no object.
    pub fn members(&self) -> Vec<(String, RawJson)> {
        struct Members(Vec<(String, RawJson)>);
        impl<'de> Deserialize<'de> for Members {
            fn deserialize<D: serde::Deserializer<'de>>(json: D) -> Result<Members, D::Error> {
                json.deserialize_map(MembersVisitor).map(Members)
            }
        }
        serde_json::from_str(self.text()).map_or_else(|_| Vec::new(), |members: Members| members.0)
    }

    /// The member of an object with this key, the last one if it stands there twice.
    pub fn member(&self, key: &str) -> Option<RawJson> {
        self.members().into_iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The elements of a list, each as its own text; none of what is no list.
    pub fn elements(&self) -> Vec<RawJson> {
        serde_json::from_str(self.text()).unwrap_or_default()
    }

    /// As people read it: the text of a string, any other value as it stands.
    pub fn plain(&self) -> String {
        self.as_string().unwrap_or_else(|| self.text().to_owned())
    }

    pub fn is_object(&self) -> bool {
        self.text().starts_with('{')
    }

    pub fn is_null(&self) -> bool {
        self.text() == "null"
    }

    /// What a value is written as.
    ///
    /// # Errors
    /// It can't be written as JSON.
    pub fn of<V: Serialize>(value: &V) -> Result<RawJson, serde_json::Error> {
        RawJson::parse(serde_json::to_string(value)?)
    }

    /// What kind of value it is: the first byte of its text.
    pub fn kind(&self) -> u8 {
        self.text().as_bytes().first().copied().unwrap_or_default()
    }

    /// An object of these members.
    pub fn object<'a>(members: impl IntoIterator<Item = (&'a str, &'a RawJson)>) -> RawJson {
        let members: Vec<String> = members
            .into_iter()
            .map(|(key, value)| format!("{}:{}", Value::from(key), value.text()))
            .collect();
        // Texts of JSON values, put together as JSON says.
        RawJson::parse(format!("{{{}}}", members.join(","))).unwrap_or_default()
    }

    /// The object with these members set and those removed; what is no object has none.
    pub fn with(&self, set: &[(String, RawJson)], unset: &[String]) -> RawJson {
        let is_new = |name: &String| set.iter().any(|(key, _)| key == name);
        let mut members = self.members();
        members.retain(|(name, _)| !unset.contains(name) && !is_new(name));
        RawJson::object(members.iter().chain(set).map(|(name, value)| (name.as_str(), value)))
    }

    /// A list of these values.
    pub fn list<'a>(values: impl IntoIterator<Item = &'a RawJson>) -> RawJson {
        let values: Vec<&str> = values.into_iter().map(RawJson::text).collect();
        RawJson::parse(format!("[{}]", values.join(","))).unwrap_or_default()
    }

    /// The text of a JSON string, without its quotes and escapes; `None` for another value.
    pub fn as_string(&self) -> Option<String> {
        serde_json::from_str(self.text()).ok()
    }
}

/// `null`.
impl Default for RawJson {
    fn default() -> RawJson {
        RawJson(RawValue::NULL.to_owned())
    }
}

impl From<&str> for RawJson {
    fn from(text: &str) -> RawJson {
        RawJson::from(&Value::from(text))
    }
}

impl From<&Value> for RawJson {
    fn from(value: &Value) -> RawJson {
        // What is a value already can be written.
        RawJson::parse(value.to_string()).unwrap_or_default()
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &RawJson) -> bool {
        self.text() == other.text()
    }
}

impl Eq for RawJson {}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<RawJson, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(RawJson)
    }
}

struct MembersVisitor;

impl<'de> serde::de::Visitor<'de> for MembersVisitor {
    type Value = Vec<(String, RawJson)>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

/// Whether each `\uXXXX` of a sound document is a letter, or half of one beside its other half.
fn has_whole_letters(json: &str) -> bool {
    let mut escapes = json.split('\\').skip(1);
    let unit = |escape: &str| u16::from_str_radix(escape.strip_prefix('u')?.get(..4)?, 16).ok();
    while let Some(escape) = escapes.next() {
        match unit(escape) {
            // A backslash that is written out; what follows it is no escape.
            None if escape.is_empty() => drop(escapes.next()),
            Some(0 | 0xdc00..=0xdfff) => return false,
            Some(0xd800..=0xdbff) => {
                let other = escapes.next().filter(|_| escape.len() == "uXXXX".len());
                if !matches!(other.and_then(unit), Some(0xdc00..=0xdfff)) {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_depth_does_not_matter() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let text = format!("{{\"id\":12345678901234567890123,\"price\":1.10,\"deep\":{deep}}}");
        let json = RawJson::parse(text.clone()).expect("JSON");
        let members = json.members();
        assert_eq!(members[0].1.text(), "12345678901234567890123");
        assert_eq!(members[1].1.text(), "1.10");
        let again = RawJson::object(members.iter().map(|(key, value)| (key.as_str(), value)));
        assert_eq!(again.text(), text);
        assert_eq!(serde_json::to_string(&json).expect("JSON"), text);
    }

    #[test]
    fn what_a_database_takes_has_whole_letters() {
        let is_taken = |text: &str| RawJson::storable(text).is_some();
        for text in [r#""\u00fc\n""#, r#""\ud83d\ude00""#, r#""\\ud83d""#, r#""\\\u0061""#] {
            assert!(is_taken(text), "{text}");
        }
        for text in [r#""\ud83d""#, r#""\ude00""#, r#""\ud83d \ude00""#, r#""\u0000""#, "{"] {
            assert!(!is_taken(text), "{text}");
        }
        assert!(is_taken(&format!("{}1e400{}", "[".repeat(300), "]".repeat(300))));
    }

    #[test]
    fn what_is_no_object_has_no_members() {
        for text in ["null", "[1]", "7", "\"a\""] {
            assert!(RawJson::parse(text.to_owned()).expect("JSON").members().is_empty());
        }
        let text = RawJson::parse(String::from("\"a\\u0062\"")).expect("JSON");
        assert_eq!(text.as_string().as_deref(), Some("ab"));
        assert_eq!(RawJson::default().text(), "null");
    }
}

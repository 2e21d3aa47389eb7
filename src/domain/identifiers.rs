//! What somebody is reached by, in one line.

use super::raw_json::RawJson;

/// `twitter @ana, instagram ana.b`
pub fn pairs(value: &RawJson) -> String {
    if value.is_object() {
        let members = value.members();
        let pairs = members.iter().map(|(key, value)| format!("{key} {}", value.plain()));
        return pairs.collect::<Vec<_>>().join(", ");
    }
    if value.is_null() || value.text() == "[]" { String::new() } else { value.plain() }
}

/// `phone +1 415, e-mail a@b`, of a list of further identities.
pub fn listed(value: &RawJson) -> String {
    let text = |entry: &RawJson, key| entry.member(key).and_then(|value| value.as_string());
    let described = value.elements().into_iter().map(|entry| {
        let kind = text(&entry, "network")
            .unwrap_or_else(|| text(&entry, "kind").unwrap_or_default().to_lowercase());
        format!("{kind} {}", text(&entry, "value").unwrap_or_default())
    });
    described.collect::<Vec<_>>().join(", ")
}

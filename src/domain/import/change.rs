//! What a line changes of the contact that it is: its values count, empty cells say nothing, and a
//! number or an address that has to go stays as a further identity.

use super::person::Further;
use crate::domain::matching::{Identity, Likeness, Phone, Row};
use crate::domain::raw_json::RawJson;

/// None stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// JSON objects of what is added or replaced.
    pub handles: String,
    pub metadata: String,
    pub more: Vec<Further>,
}

/// None: the line says nothing new. `known` are the further identities of the contact.
pub fn change(
    contact: &Row<'_>,
    known: &[Further],
    line: &Row<'_>,
    more: &[Further],
) -> Option<Change> {
    let has_name = |old: &str, new: &str| old.split_whitespace().eq(new.split_whitespace());
    let name = line.name.filter(|new| !contact.name.is_some_and(|old| has_name(old, new)));
    let is_other =
        |kind, old: Option<&str>, new: &str| !old.is_some_and(|old| same(kind, old, new));
    let phone = line.phone.filter(|new| is_other(Identity::Phone, contact.phone, new));
    let email = line.email.filter(|new| is_other(Identity::Email, contact.email, new));
    let replaced = [
        (Identity::Phone, contact.phone.filter(|_| phone.is_some())),
        (Identity::Email, contact.email.filter(|_| email.is_some())),
    ];
    let replaced = replaced
        .into_iter()
        .filter_map(|(kind, old)| Some(Further { kind, network: None, value: old?.to_owned() }));
    let has = |one: &Further| {
        let own = match one.kind {
            Identity::Phone => phone.or(contact.phone),
            Identity::Email => email.or(contact.email),
            Identity::Handle => None,
        };
        own.is_some_and(|value| same(one.kind, value, &one.value))
            || known.iter().any(|further| is_same(further, one))
    };
    let mut added: Vec<Further> = Vec::new();
    for one in replaced.chain(more.iter().cloned()) {
        if !has(&one) && !added.iter().any(|two| is_same(two, &one)) {
            added.push(one);
        }
    }
    let change = Change {
        name: name.map(str::to_owned),
        phone: phone.map(str::to_owned),
        email: email.map(str::to_owned),
        handles: new_members(contact.handles, line.handles),
        metadata: new_members(contact.metadata, line.metadata),
        more: added,
    };
    let is_empty = change.name.is_none() && change.phone.is_none() && change.email.is_none();
    let is_empty = is_empty && change.handles == "{}" && change.metadata == "{}";
    (!is_empty || !change.more.is_empty()).then_some(change)
}

/// A handle of another network is another one's.
fn is_same(left: &Further, right: &Further) -> bool {
    let network = |one: &Further| one.network.as_ref().map(|name| name.to_lowercase());
    left.kind == right.kind
        && network(left) == network(right)
        && same(left.kind, &left.value, &right.value)
}

/// Another spelling is no other value.
fn same(kind: Identity, left: &str, right: &str) -> bool {
    match kind {
        Identity::Phone => match (Phone::parse(left, None), Phone::parse(right, None)) {
            (Some(left), Some(right)) => left.like(right) == Likeness::Same,
            _ => left == right,
        },
        Identity::Email | Identity::Handle => {
            left.trim().to_lowercase() == right.trim().to_lowercase()
        }
    }
}

/// What an object has otherwise or besides; nothing of what is no object, which is left alone.
fn new_members(contact: &str, line: &str) -> String {
    let parse = |text: &str| RawJson::parse(text.to_owned()).unwrap_or_default();
    let (old, new) = (parse(contact), parse(line));
    if !old.is_object() || !new.is_object() || line == "{}" {
        return String::from("{}");
    }
    let mut members = new.members();
    members.retain(|(key, value)| {
        old.member(key).is_none_or(|before| before.plain() != value.plain())
    });
    RawJson::object(members.iter().map(|(key, value)| (key.as_str(), value))).text().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: Row<'static> = Row {
        id: uuid::Uuid::nil(),
        name: Some("Ana"),
        phone: Some("(415) 555-0101"),
        email: Some("Ana@example.org"),
        handles: "{}",
        metadata: r#"{"city": "Graz", "n": 1.10}"#,
    };

    #[test]
    fn another_spelling_is_no_change() {
        let line = Row { phone: Some("+14155550101"), email: Some("ana@example.org"), ..ANA };
        assert_eq!(change(&ANA, &[], &line, &[]), None);
        let spaced = Row { name: Some(" Ana  Ruiz"), ..ANA };
        assert_eq!(change(&spaced, &[], &Row { name: Some("Ana Ruiz"), ..ANA }, &[]), None);
        let silent = Row { name: None, phone: None, email: None, metadata: "{}", ..ANA };
        assert_eq!(change(&ANA, &[], &silent, &[]), None);
    }

    #[test]
    fn what_is_replaced_stays_as_a_further_identity() {
        let line = Row {
            phone: Some("+34600111222"),
            metadata: r#"{"city":"Linz","n":1.10,"x":"y"}"#,
            ..ANA
        };
        let more =
            [Further { kind: Identity::Email, network: None, value: "ANA@example.org".into() }];
        let found = change(&ANA, &[], &line, &more).unwrap();
        assert_eq!(found.phone.as_deref(), Some("+34600111222"));
        assert_eq!((found.name, found.email), (None, None));
        assert_eq!(found.metadata, r#"{"city":"Linz","x":"y"}"#);
        let values: Vec<&str> = found.more.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(values, ["(415) 555-0101"]);
        let value = String::from("+1 415 555 0101");
        let known = [Further { kind: Identity::Phone, network: None, value }];
        assert!(change(&ANA, &known, &line, &[]).unwrap().more.is_empty());
    }

    #[test]
    fn a_handle_of_another_network_is_another_one() {
        let handle = |network: &str| Further {
            kind: Identity::Handle,
            network: Some(network.to_owned()),
            value: String::from("Ana"),
        };
        let (known, more) = ([handle("twitter")], [handle("Twitter"), handle("instagram")]);
        assert_eq!(change(&ANA, &known, &ANA, &more).unwrap().more, [handle("instagram")]);
        assert_eq!(change(&ANA, &known, &ANA, &more[..1]), None);
    }
}

//! Handles and metadata of several contacts put together, in whatever shape an application keeps
//! them: objects by key, lists by their elements. What isn't understood is kept as it is.

use super::matching::handles;
use super::raw_json::RawJson;
use super::survivor::says_something;

/// What somebody is called in a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handle {
    pub network: String,
    pub value: String,
}

/// All handles, the first contact's value where two differ; and those for which there is no place.
pub fn handles<'a>(all: impl Iterator<Item = &'a RawJson>) -> (RawJson, Vec<Handle>) {
    let (mut kept, mut lost) = (RawJson::default(), Vec::new());
    for (place, more) in all.enumerate() {
        if place == 0 || !says_something(kept.text()) {
            kept = if place == 0 || says_something(more.text()) { more.clone() } else { kept };
            continue;
        }
        match (kept.kind(), more.kind()) {
            (b'{', b'{') if is_by_network(&kept) && is_by_network(more) => {
                let mut members = kept.members();
                for (network, value) in more.members() {
                    match members.iter().find(|(known, _)| *known == network) {
                        None => members.push((network, value)),
                        Some(known) => {
                            let known = object(std::slice::from_ref(known));
                            lost.extend(unknown(&known, &object(&[(network, value)])));
                        }
                    }
                }
                kept = object(&members);
            }
            (b'[', b'[') => kept = with_elements(&kept, &more.elements()),
            _ => lost.extend(unknown(&kept, more)),
        }
    }
    (kept, lost)
}

/// All metadata: the first contact's value where it says something. What has another shape than
/// the first one's goes under `merged`, or to the end of its list.
pub fn metadata<'a>(all: impl Iterator<Item = &'a RawJson>) -> RawJson {
    let mut kept = RawJson::default();
    for (place, more) in all.enumerate() {
        if place == 0 || !says_something(kept.text()) {
            kept = if place == 0 || says_something(more.text()) { more.clone() } else { kept };
            continue;
        }
        if !says_something(more.text()) || *more == kept {
            continue;
        }
        kept = match (kept.kind(), more.kind()) {
            (b'{', b'{') => {
                let mut members = kept.members();
                for (key, value) in more.members() {
                    fill(&mut members, key, value);
                }
                object(&members)
            }
            (b'{', _) => {
                let mut members = kept.members();
                let mut key = String::from("merged");
                while members.iter().any(|(known, _)| *known == key) {
                    key.push('_');
                }
                members.push((key, more.clone()));
                object(&members)
            }
            (b'[', b'[') => with_elements(&kept, &more.elements()),
            (b'[', _) => with_elements(&kept, std::slice::from_ref(more)),
            _ => RawJson::list([&kept, more]),
        };
    }
    kept
}

fn fill(members: &mut Vec<(String, RawJson)>, key: String, value: RawJson) {
    match members.iter_mut().find(|(known, _)| *known == key) {
        None => members.push((key, value)),
        Some((_, known)) if !says_something(known.text()) => *known = value,
        Some(_) => {}
    }
}

fn object(members: &[(String, RawJson)]) -> RawJson {
    RawJson::object(members.iter().map(|(key, value)| (key.as_str(), value)))
}

/// A list and what it doesn't hold yet.
fn with_elements(list: &RawJson, more: &[RawJson]) -> RawJson {
    let mut elements = list.elements();
    for element in more {
        if !elements.contains(element) {
            elements.push(element.clone());
        }
    }
    RawJson::list(&elements)
}

/// Whether the members of an object are networks.
fn is_by_network(handles: &RawJson) -> bool {
    !handles.members().iter().any(|(key, _)| handles::names_network(key))
}

/// The handles of `more` that `known` doesn't hold.
fn unknown(known: &RawJson, more: &RawJson) -> Vec<Handle> {
    let known = read(known);
    let is_new = |handle: &Handle| {
        let is_there = |network: &str| {
            network.eq_ignore_ascii_case(&handle.network)
                || handle.network == handles::UNKNOWN_NETWORK
        };
        let mut known = known.iter().filter(|one| is_there(&one.network));
        !known.any(|one| handles::bare(&one.value) == handles::bare(&handle.value))
    };
    read(more).into_iter().filter(is_new).collect()
}

/// The handles of a contact, one by one. What isn't understood is one.
fn read(handles: &RawJson) -> Vec<Handle> {
    let mut found = Vec::new();
    handles::visit(handles.text(), &mut |network, value| {
        found.push(Handle { network: network.to_owned(), value: value.to_owned() });
    });
    if found.is_empty() && says_something(handles.text()) {
        let network = handles::UNKNOWN_NETWORK.to_owned();
        found.push(Handle { network, value: handles.text().to_owned() });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> RawJson {
        RawJson::parse(text.to_owned()).expect("JSON")
    }

    fn merged(all: &[&str]) -> (String, Vec<Handle>) {
        let all: Vec<RawJson> = all.iter().map(|text| json(text)).collect();
        let (kept, lost) = handles(all.iter());
        (kept.text().to_owned(), lost)
    }

    #[test]
    fn no_handle_is_lost_in_any_shape() {
        let lost = |network: &str, value: &str| {
            vec![Handle { network: network.to_owned(), value: value.to_owned() }]
        };
        let (kept, none) = merged(&["{\"x\":\"@a\"}", "{\"x\":\"A\",\"y\":\"b\"}"]);
        assert_eq!((kept.as_str(), none), ("{\"x\":\"@a\",\"y\":\"b\"}", vec![]));
        assert_eq!(merged(&["{\"x\":\"a\"}", "{\"x\":\"b\"}"]).1, lost("x", "b"));
        let (kept, none) = merged(&["[1]", "[1,2]"]);
        assert_eq!((kept.as_str(), none), ("[1,2]", vec![]));
        let list = "[{\"platform\":\"x\",\"username\":\"b\"}]";
        assert_eq!(merged(&["{\"x\":\"a\"}", list]).1, lost("x", "b"));
        assert_eq!(merged(&["null", list]).0, list);
        assert_eq!(merged(&["{\"x\":\"a\"}", "\"@b\""]).1, lost("other", "@b"));
        assert_eq!(merged(&["{\"x\":\"a\"}", "\"@A\""]).1, vec![]);
        let nested = ["{\"x\":{\"id\":\"1\"}}", "{\"x\":{\"id\":\"2\",\"name\":\"Ana\"}}"];
        assert_eq!(merged(&nested).1, lost("x", "2"));
        let entries = [list, "{\"network\":\"y\",\"handle\":\"b\"}"];
        assert_eq!(merged(&entries).1, lost("y", "b"));
    }

    #[test]
    fn no_metadata_is_lost_in_any_shape() {
        let merged = |all: &[&str]| {
            let all: Vec<RawJson> = all.iter().map(|text| json(text)).collect();
            metadata(all.iter()).text().to_owned()
        };
        let id = "{\"id\":12345678901234567890123,\"price\":1.10}";
        assert_eq!(merged(&[id, "{}", "null"]), id);
        assert_eq!(merged(&["null", id]), id);
        assert_eq!(merged(&["{\"a\":null}", "{\"a\":1,\"b\":2}"]), "{\"a\":1,\"b\":2}");
        assert_eq!(merged(&["{\"a\":1}", "[7]"]), "{\"a\":1,\"merged\":[7]}");
        assert_eq!(merged(&["[1]", "[2]", "\"x\""]), "[1,2,\"x\"]");
        assert_eq!(merged(&["\"x\"", "\"y\""]), "[\"x\",\"y\"]");
    }
}

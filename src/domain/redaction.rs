//! A document without what it says of a person: of lists, the elements that name the person go, and
//! the others stay; where it is named outside of a list, the document is about the person.

use super::person_terms::Terms;
use super::raw_json::RawJson;

/// So deep lists are looked into.
const LEVELS: usize = 32;

/// The document without the person; none if all of it is about the person, and itself if it names
/// the person nowhere.
pub fn without(document: &RawJson, terms: &Terms) -> Option<RawJson> {
    match part(document, terms, 0) {
        Part::Other => Some(document.clone()),
        Part::Mixed(left) if !terms.is_in(left.text()) => Some(left),
        Part::Mixed(_) | Part::Own => None,
    }
}

/// The document with the person's part alone of lists that name the person: what stands beside it there is
/// of others.
pub fn only(document: &RawJson, terms: &Terms) -> RawJson {
    own_part(document, terms, 0)
}

fn own_part(value: &RawJson, terms: &Terms, level: usize) -> RawJson {
    if level == LEVELS || !terms.is_in(value.text()) {
        return value.clone();
    }
    match value.kind() {
        b'{' => {
            let members = value.members().into_iter();
            let own: Vec<(String, RawJson)> =
                members.map(|(key, member)| (key, own_part(&member, terms, level + 1))).collect();
            RawJson::object(own.iter().map(|(key, value)| (key.as_str(), value)))
        }
        b'[' => {
            let elements = value.elements().into_iter().filter(|one| terms.is_in(one.text()));
            let own: Vec<RawJson> = elements.map(|one| own_part(&one, terms, level + 1)).collect();
            RawJson::list(&own)
        }
        _ => value.clone(),
    }
}

enum Part {
    /// Nothing of the person.
    Other,
    /// Something else, too: that is left.
    Mixed(RawJson),
    /// All of it.
    Own,
}

fn part(value: &RawJson, terms: &Terms, level: usize) -> Part {
    if !terms.is_in(value.text()) {
        return Part::Other;
    }
    match value.kind() {
        _ if level == LEVELS => Part::Own,
        b'{' => {
            let mut left = Vec::new();
            for (key, member) in value.members() {
                if terms.is_in(&key) {
                    return Part::Own;
                }
                match part(&member, terms, level + 1) {
                    Part::Own => return Part::Own,
                    Part::Other => left.push((key, member)),
                    Part::Mixed(rest) => left.push((key, rest)),
                }
            }
            Part::Mixed(RawJson::object(left.iter().map(|(key, value)| (key.as_str(), value))))
        }
        b'[' => {
            let parts = value.elements().into_iter().filter_map(|element| {
                match part(&element, terms, level + 1) {
                    Part::Own => None,
                    Part::Other => Some(element),
                    Part::Mixed(rest) => Some(rest),
                }
            });
            let left: Vec<RawJson> = parts.collect();
            if left.is_empty() { Part::Own } else { Part::Mixed(RawJson::list(&left)) }
        }
        _ => Part::Own,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn left(text: &str) -> Option<String> {
        let terms = Terms::new(vec![Uuid::from_u128(7)], &[String::from("+34600111222")], &[]);
        let document = RawJson::parse(text.to_owned()).unwrap();
        without(&document, &terms).map(|left| left.text().to_owned())
    }

    #[test]
    fn others_of_a_list_stay_and_numbers_keep_their_digits() {
        let other = r#"{"to":[{"phone":"+1"}],"price":1.10}"#;
        assert_eq!(left(other).as_deref(), Some(other));
        let mixed = r#"{"to":[{"phone":"+34600111222","name":"Ana"},{"phone":"+1"}],"price":1.10}"#;
        assert_eq!(left(mixed).as_deref(), Some(other));
        assert_eq!(left(r#"[["0034 600 111 222"],["+1"]]"#).as_deref(), Some(r#"[["+1"]]"#));
    }

    #[test]
    fn of_a_list_only_the_persons_part_is_told() {
        let terms = Terms::new(Vec::new(), &[String::from("+34600111222")], &[]);
        let own =
            |text: &str| only(&RawJson::parse(text.to_owned()).unwrap(), &terms).text().to_owned();
        let mixed = r#"{"to":[{"phone":"+34600111222"},{"phone":"+1"}],"text":"hello"}"#;
        assert_eq!(own(mixed), r#"{"to":[{"phone":"+34600111222"}],"text":"hello"}"#);
        assert_eq!(own(r#"{"to":["+1"]}"#), r#"{"to":["+1"]}"#);
    }

    #[test]
    fn what_names_the_person_outside_of_a_list_goes() {
        let id = Uuid::from_u128(7);
        for text in [
            format!(r#"{{"contact":{{"id":"{id}"}},"text":"hello"}}"#),
            format!(r#"{{"{id}":1}}"#),
            String::from(r#"{"to":["+34600111222"],"text":"hello"}"#),
            String::from(r#""+34600111222""#),
            format!("{}\"{id}\",1{}", "[".repeat(90), "]".repeat(90)),
        ] {
            assert_eq!(left(&text), None, "{text}");
        }
    }
}

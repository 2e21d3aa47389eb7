//! What is left of an archived row when a person is erased: the same that is left of such a row in the
//! database.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::DEPENDANTS;
use crate::domain::audit_action::Action;
use crate::domain::person_terms::Terms;
use crate::domain::raw_json::RawJson;
use crate::domain::redaction;

/// What stands in place of details that were about nobody else.
const ERASED: &str = r#"{"erased": true}"#;

/// What becomes of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// It stays as it is.
    Same,
    /// It stays, and says nothing of the person.
    Redacted(String),
    /// It was the person's.
    Gone,
}

/// What is left of a line of an archive of this table. `things` are the person's messages and notes, which
/// jobs and entries of the log name.
pub fn left(table: &str, line: &str, terms: &Terms, things: &BTreeSet<Uuid>) -> Left {
    let is_of_thing = !things.is_empty() && ids_in(line).any(|id| things.contains(&id));
    if !is_of_thing && !terms.is_in(line) {
        return Left::Same;
    }
    // What can't be read is nobody else's.
    let Ok(row) = RawJson::parse(line.to_owned()) else { return Left::Gone };
    let is_own =
        |name: &str| row.member(name).and_then(|id| id.as_string()).map(|id| terms.has_id(&id));
    let names_thing = |name: &str| {
        let id = row.member(name).and_then(|id| id.as_string()?.parse().ok());
        id.is_some_and(|id: Uuid| things.contains(&id))
    };
    let set = match table {
        "audit_logs" if names_thing("resource_id") || terms.is_in(line) => entry(&row, terms),
        "scheduled_jobs" if names_thing("message_id") => {
            vec![
                (String::from("payload"), document("{}")),
                (String::from("last_error"), document("null")),
            ]
        }
        "scheduled_jobs" if terms.is_in(line) => job(&row, terms),
        // It only says the same id somewhere.
        _ if !terms.is_in(line) => return Left::Same,
        "contact_merges" => match merge(&row, terms) {
            Some(set) => set,
            None => return Left::Gone,
        },
        "contacts" if is_own("id") != Some(true) => return Left::Same,
        "contacts" => return Left::Gone,
        // A row of a contact is of no other one, whatever it says.
        _ => return if is_own("contact_id") == Some(false) { Left::Same } else { Left::Gone },
    };
    let hanging = row.member(DEPENDANTS).filter(|lists| terms.is_in(lists.text()));
    let hanging = hanging.map(|lists| (DEPENDANTS.to_owned(), others(&lists, terms)));
    let set: Members = set.into_iter().chain(hanging).collect();
    if set.iter().all(|(name, value)| row.member(name).is_none_or(|known| known == *value)) {
        return Left::Same;
    }
    let new = |name: &str| set.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let members = row.members();
    let members = members.iter().map(|(name, value)| (name.as_str(), new(name).unwrap_or(value)));
    Left::Redacted(RawJson::object(members).text().to_owned())
}

/// Contacts that were erased, of whom their ids alone are known: there may be very many.
#[derive(Debug, Default)]
pub struct ErasedIds(BTreeSet<Uuid>);

impl ErasedIds {
    pub fn new(ids: impl IntoIterator<Item = Uuid>) -> ErasedIds {
        ErasedIds(ids.into_iter().collect())
    }

    pub fn all(&self) -> Vec<Uuid> {
        self.0.iter().copied().collect()
    }

    /// What is left of a line of an archive of this table.
    pub fn left(&self, table: &str, line: &str) -> Left {
        if self.0.is_empty() {
            return Left::Same;
        }
        let mut named: Vec<Uuid> = ids_in(line).filter(|id| self.0.contains(id)).collect();
        named.sort_unstable();
        named.dedup();
        match named.is_empty() {
            true => Left::Same,
            false => left(table, line, &Terms::new(named, &[], &[]), &BTreeSet::new()),
        }
    }
}

/// All that looks like an id in a text.
fn ids_in(text: &str) -> impl Iterator<Item = Uuid> {
    const LENGTH: usize = 36;
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(LENGTH - 1))
        .filter(|at| bytes[at + 8] == b'-' && bytes[at + 13] == b'-' && bytes[at + 18] == b'-')
        .filter_map(|at| text.get(at..at + LENGTH)?.parse().ok())
}

type Members = Vec<(String, RawJson)>;

fn entry(row: &RawJson, terms: &Terms) -> Members {
    let details = row.member("details").unwrap_or_default();
    let text = |name| row.member(name).and_then(|value| value.as_string()).unwrap_or_default();
    let mut set = Vec::new();
    for name in ["resource_id", "actor"] {
        if terms.is_contact_in(&text(name)) {
            set.push((name.to_owned(), quoted("erased")));
        }
    }
    // That somebody was erased says nothing of who that was.
    if text("action") == Action::ContactErase.as_str() {
        return set;
    }
    let is_mixed = terms.is_in(details.text());
    let left = redaction::without(&details, terms).filter(|left| is_mixed && *left != details);
    set.push((String::from("details"), left.unwrap_or_else(|| document(ERASED))));
    set
}

fn job(row: &RawJson, terms: &Terms) -> Members {
    let payload = row.member("payload").unwrap_or_default();
    let left = redaction::without(&payload, terms).filter(|left| *left != payload);
    vec![
        (String::from("payload"), left.unwrap_or_else(|| document("{}"))),
        (String::from("last_error"), document("null")),
    ]
}

/// None if nobody else took part.
fn merge(row: &RawJson, terms: &Terms) -> Option<Members> {
    let is_own = |id: &RawJson| id.as_string().is_some_and(|id| terms.has_id(&id));
    let survivor = row.member("survivor_id").is_some_and(|id| is_own(&id));
    // An array of uuid is the type's own text.
    let merged = row.member("merged_ids").map(|ids| ids.plain()).unwrap_or_default();
    let mut merged =
        merged.split(|letter: char| "{}[]\", ".contains(letter)).filter(|id| !id.is_empty());
    if survivor && merged.all(|id| terms.has_id(id)) {
        return None;
    }
    let emptied = ["before", "after", "moved"];
    Some(emptied.into_iter().map(|name| (name.to_owned(), document("{}"))).collect())
}

/// Lists of rows without those that say something of the person.
fn others(lists: &RawJson, terms: &Terms) -> RawJson {
    let of_list = |list: RawJson| {
        let rows: Vec<RawJson> =
            list.elements().into_iter().filter(|row| !terms.is_in(row.text())).collect();
        RawJson::list(&rows)
    };
    let lists: Vec<RawJson> = lists.elements().into_iter().map(of_list).collect();
    RawJson::list(&lists)
}

fn document(text: &str) -> RawJson {
    RawJson::parse(text.to_owned()).unwrap_or_default()
}

fn quoted(text: &str) -> RawJson {
    RawJson::of(&text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn terms() -> Terms {
        Terms::new(
            vec![Uuid::from_u128(7), Uuid::from_u128(8)],
            &[String::from("+34600111222")],
            &[],
        )
    }

    #[test]
    fn what_is_a_persons_goes_and_what_is_others_stays() {
        let (own, other) = (Uuid::from_u128(7), Uuid::from_u128(9));
        let also = Uuid::from_u128(8);
        for (table, line, expected) in [
            (
                "messages",
                format!(r#"{{"id":"x","contact_id":"{own}","content":"hi"}}"#),
                Left::Gone,
            ),
            (
                "messages",
                format!(r#"{{"contact_id":"{other}","content":"call +34600111222"}}"#),
                Left::Same,
            ),
            ("contacts", format!(r#"{{"id":"{own}"}}"#), Left::Gone),
            ("contacts", format!(r#"{{"id":"{other}","name":"of {own}"}}"#), Left::Same),
            (
                "contact_merges",
                format!(
                    r#"{{"survivor_id":"{own}","merged_ids":"{{{also}}}","before":{{"a":1}}}}"#
                ),
                Left::Gone,
            ),
            (
                "contact_merges",
                format!(
                    r#"{{"survivor_id":"{other}","merged_ids":"{{{also}}}","before":{{"a":1}},"after":{{}},"moved":{{}}}}"#
                ),
                Left::Redacted(format!(
                    r#"{{"survivor_id":"{other}","merged_ids":"{{{also}}}","before":{{}},"after":{{}},"moved":{{}}}}"#
                )),
            ),
            (
                "audit_logs",
                format!(
                    r#"{{"action":"x","actor":"+34600111222","resource_id":"{own}","details":{{"n":1}}}}"#
                ),
                Left::Redacted(format!(
                    r#"{{"action":"x","actor":"erased","resource_id":"{own}","details":{{"erased": true}}}}"#
                )),
            ),
            (
                "audit_logs",
                format!(
                    r#"{{"action":"x","actor":"y","resource_id":"{own}","details":{{"erased": true}}}}"#
                ),
                Left::Same,
            ),
            (
                "audit_logs",
                format!(
                    r#"{{"action":"contact.erase","actor":"y","resource_id":"{own}","details":{{"of":"notes"}}}}"#
                ),
                Left::Same,
            ),
            (
                "scheduled_jobs",
                String::from(
                    r#"{"payload":{"to":["+34600111222"]},"last_error":"x","@dependants":[[{"a":"+34600111222"},{"a":1}]]}"#,
                ),
                Left::Redacted(String::from(
                    r#"{"payload":{},"last_error":null,"@dependants":[[{"a":1}]]}"#,
                )),
            ),
        ] {
            assert_eq!(
                left(table, &line, &terms(), &BTreeSet::from([Uuid::from_u128(5)])),
                expected,
                "{table}: {line}"
            );
        }
    }
}

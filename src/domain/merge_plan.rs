//! What the survivor of a merge looks like afterwards: nothing by which somebody
//! can be reached is lost.

use std::collections::BTreeSet;

use serde::Serialize;
use uuid::Uuid;

use super::merged_json::{self, Handle};
use super::raw_json::RawJson;
use super::survivor::{self, Prefer, Standing, is_filled};

/// A contact with what decides over it.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    pub id: Uuid,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub handles: RawJson,
    pub metadata: RawJson,
    /// The columns that the application added, by name.
    pub added: RawJson,
    /// Microseconds since 1970.
    pub created_at_us: i64,
    /// Messages of the contact.
    pub messages: i64,
}

/// What somebody can be reached by, beside the contact's own row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    Phone(String),
    Email(String),
    Handle { network: String, value: String },
}

/// The survivor as the merge leaves it.
#[derive(Debug, Clone, PartialEq)]
pub struct MergePlan {
    pub survivor: Uuid,
    /// The others, by id.
    pub merged: Vec<Uuid>,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub handles: RawJson,
    pub metadata: RawJson,
    /// Phones, e-mails and handles that have no place in the row.
    pub identities: Vec<Identity>,
    /// Columns that the application added, empty in the survivor, and what they get from the others.
    pub filled: Vec<Added>,
    /// What the others hold there and the survivor holds otherwise: it stays in the record alone.
    pub discarded: Vec<Added>,
}

/// What a contact that goes holds in a column that the application added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Added {
    pub contact: Uuid,
    pub column: String,
    pub value: RawJson,
}

impl Profile {
    fn standing(&self) -> Standing {
        let texts = [&self.name, &self.phone, &self.email].map(|text| text.as_deref());
        let (handles, metadata) = (self.handles.text(), self.metadata.text());
        Standing {
            id: self.id,
            completeness: survivor::completeness(texts, handles, metadata),
            created_at_us: self.created_at_us,
            messages: self.messages,
        }
    }
}

/// The contact that the others are merged into.
///
/// None only of no profiles.
pub fn survivor(profiles: &[Profile], prefer: Prefer) -> Option<Uuid> {
    ranked(profiles, prefer).first().map(|profile| profile.id)
}

/// Plans the merge of all profiles into `survivor`, which is one of them.
///
/// The rules: the fullest name (most words that are no initials, then the
/// survivor's); the survivor's phone and e-mail, else those of the best of the
/// others; every handle and all metadata, the survivor's value first, in whatever shape they are
/// kept. A phone, e-mail or handle that loses becomes an [`Identity`].
pub fn plan(profiles: &[Profile], survivor: Uuid) -> Option<MergePlan> {
    let mut order = ranked(profiles, Prefer::Complete);
    // Stable: the survivor first, the others as they rank.
    order.sort_by_key(|profile| profile.id != survivor);
    order.first().filter(|profile| profile.id == survivor)?;
    let pick = |field: fn(&Profile) -> Option<&str>| {
        order.iter().find_map(|profile| filled(field(profile))).map(str::to_owned)
    };
    let phone = pick(|profile| profile.phone.as_deref());
    let email = pick(|profile| profile.email.as_deref());
    let mut identities = BTreeSet::new();
    for profile in &order {
        keep_unless_same(
            &mut identities,
            profile.phone.as_deref(),
            phone.as_deref(),
            digits,
            Identity::Phone,
        );
        keep_unless_same(
            &mut identities,
            profile.email.as_deref(),
            email.as_deref(),
            lower,
            Identity::Email,
        );
    }
    let (handles, lost) = merged_json::handles(order.iter().map(|profile| &profile.handles));
    let handle = |Handle { network, value }| Identity::Handle { network, value };
    identities.extend(lost.into_iter().map(handle));
    let metadata = merged_json::metadata(order.iter().map(|profile| &profile.metadata));
    let (filled, discarded) = added(&order);
    let mut merged: Vec<Uuid> = order.iter().skip(1).map(|profile| profile.id).collect();
    merged.sort();
    Some(MergePlan {
        survivor,
        merged,
        name: fullest_name(&order),
        phone,
        email,
        handles,
        metadata,
        identities: identities.into_iter().collect(),
        filled,
        discarded,
    })
}

/// What the survivor, the first of `order`, gets in columns of the application, and what it doesn't.
/// A reference to one of them is no value: they become one.
fn added(order: &[&Profile]) -> (Vec<Added>, Vec<Added>) {
    let ids: Vec<String> = order.iter().map(|profile| profile.id.to_string()).collect();
    let mut held: Vec<(String, RawJson)> = Vec::new();
    let (mut filled, mut discarded) = (Vec::new(), Vec::new());
    for (place, profile) in order.iter().enumerate() {
        for (column, value) in profile.added.members() {
            if value.is_null() || value.as_string().is_some_and(|text| ids.contains(&text)) {
                continue;
            }
            let added =
                || Added { contact: profile.id, column: column.clone(), value: value.clone() };
            match held.iter().find(|(name, _)| *name == column) {
                Some((_, kept)) if *kept == value => {}
                Some(_) => discarded.push(added()),
                None => {
                    if place > 0 {
                        filled.push(added());
                    }
                    held.push((column, value));
                }
            }
        }
    }
    (filled, discarded)
}

fn ranked(profiles: &[Profile], prefer: Prefer) -> Vec<&Profile> {
    let mut standings: Vec<Standing> = profiles.iter().map(Profile::standing).collect();
    survivor::rank(&mut standings, prefer);
    let place = |id| standings.iter().position(|one| one.id == id);
    let mut order: Vec<&Profile> = profiles.iter().collect();
    order.sort_by_key(|profile| place(profile.id));
    order
}

/// `order` begins with the survivor, so that equally full names are its own.
fn fullest_name(order: &[&Profile]) -> Option<String> {
    let names = order.iter().filter_map(|profile| filled(profile.name.as_deref()));
    // max_by_key takes the last of equals: from the back that is the first.
    let names: Vec<&str> = names.collect();
    names.iter().rev().max_by_key(|name| full_words(name)).map(|name| (*name).to_owned())
}

/// Words that are no initials.
fn full_words(name: &str) -> usize {
    name.split_whitespace()
        .filter(|word| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1)
        .count()
}

fn keep_unless_same(
    identities: &mut BTreeSet<Identity>,
    value: Option<&str>,
    kept: Option<&str>,
    canonical: fn(&str) -> String,
    identity: fn(String) -> Identity,
) {
    if let Some(value) = filled(value)
        && kept.is_none_or(|kept| canonical(kept) != canonical(value))
    {
        identities.insert(identity(value.to_owned()));
    }
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| is_filled(text))
}

/// Two ways to write one number must not count as two; a country code makes a
/// difference here, because dropping one that is right would lose it.
fn digits(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() { phone.to_owned() } else { digits }
}

fn lower(email: &str) -> String {
    email.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn json(text: &str) -> RawJson {
        RawJson::parse(text.to_owned()).expect("JSON")
    }

    fn profile(number: u128, name: &str, phone: &str, email: &str) -> Profile {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Profile {
            id: Uuid::from_u128(number),
            name: some(name),
            phone: some(phone),
            email: some(email),
            handles: json("{}"),
            metadata: json("{}"),
            added: json("{}"),
            created_at_us: 0,
            messages: 0,
        }
    }

    #[test]
    fn the_most_complete_survives_and_nothing_is_lost() {
        let mut sparse = profile(1, "J. Smith", "+1 415 555 0101", "");
        sparse.handles = json("{\"twitter\": \"@js\"}");
        let full = profile(2, "John Smith", "(415) 555-0199", "john@mail.example");
        let profiles = [sparse, full];
        let survivor = survivor(&profiles, Prefer::Complete).expect("one of two");
        let plan = plan(&profiles, survivor).expect("a plan");
        assert_eq!(plan.name.as_deref(), Some("John Smith"));
        assert_eq!(plan.email.as_deref(), Some("john@mail.example"));
        let phones: Vec<&str> = plan
            .identities
            .iter()
            .filter_map(|identity| match identity {
                Identity::Phone(phone) => Some(phone.as_str()),
                _ => None,
            })
            .chain(plan.phone.as_deref())
            .collect();
        assert_eq!(phones.len(), 2, "{plan:?}");
    }

    #[test]
    fn the_same_number_in_another_format_is_no_second_identity() {
        let profiles = [
            profile(1, "Ana", "+34 600 550 102", "Ana@Mail.example"),
            profile(2, "Ana Ruiz", "+34600550102", "ana@mail.example"),
        ];
        let plan = plan(&profiles, Uuid::from_u128(1)).expect("a plan");
        assert!(plan.identities.is_empty(), "{plan:?}");
        assert_eq!(plan.name.as_deref(), Some("Ana Ruiz"));
        assert_eq!(plan.phone.as_deref(), Some("+34 600 550 102"));
    }

    #[test]
    fn columns_of_the_application_are_filled_and_what_differs_is_told() {
        let mut profiles =
            [profile(1, "Ana", "", ""), profile(2, "Ana", "", ""), profile(3, "Ana", "", "")];
        let parent = format!("\"{}\"", profiles[2].id);
        profiles[0].added = json(&format!("{{\"tier\":1.10,\"note\":null,\"parent\":{parent}}}"));
        profiles[1].added = json("{\"tier\":1.1,\"note\":\"x\",\"parent\":null}");
        profiles[2].added = json("{\"tier\":1.10,\"note\":\"y\",\"parent\":\"other\"}");
        let plan = plan(&profiles, profiles[0].id).expect("a plan");
        let told = |added: &[Added]| {
            let each = added.iter().map(|one| format!("{} {}", one.column, one.value.text()));
            each.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(told(&plan.filled), "note \"x\", parent \"other\"");
        assert_eq!(told(&plan.discarded), "tier 1.1, note \"y\"");
    }

    proptest! {
        #[test]
        fn the_order_of_the_rows_does_not_matter(
            rows in prop::collection::vec(("[A-C]{0,2}( [A-C]{1,2})?", "[1-3]{0,2}", "[ab]{0,1}"), 1..5),
            turn in 0usize..5,
        ) {
            let mut profiles: Vec<Profile> = rows
                .iter()
                .enumerate()
                .map(|(number, (name, phone, email))| profile(number as u128, name, phone, email))
                .collect();
            let before = survivor(&profiles, Prefer::Complete).and_then(|id| plan(&profiles, id));
            let turn = turn % profiles.len();
            profiles.rotate_left(turn);
            let after = survivor(&profiles, Prefer::Complete).and_then(|id| plan(&profiles, id));
            prop_assert_eq!(before, after);
        }

        #[test]
        fn every_phone_is_still_there(
            phones in prop::collection::vec("[1-9]{3,5}", 1..6),
        ) {
            let profiles: Vec<Profile> = phones
                .iter()
                .enumerate()
                .map(|(number, phone)| profile(number as u128, "N", phone, ""))
                .collect();
            let plan = plan(&profiles, profiles[0].id).expect("a plan");
            for phone in phones {
                let kept = plan.phone.as_ref() == Some(&phone)
                    || plan.identities.contains(&Identity::Phone(phone));
                prop_assert!(kept);
            }
        }
    }
}

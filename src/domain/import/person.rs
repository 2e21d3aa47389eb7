//! What a line says of somebody, checked and in the spelling that is kept.

use uuid::Uuid;

use super::columns::Field;
use crate::domain::email;
use crate::domain::matching::{Identity, Phone, Region};
use crate::domain::named::Label;
use crate::domain::raw_json::RawJson;
use crate::domain::vocabulary::IdentityKind;

/// What the matcher looks at of a text, and of JSON.
const LONGEST_TEXT: usize = 500;
const LONGEST_JSON: usize = 1 << 16;
/// Google puts further values of one kind into the same cell.
const SEVERAL: &str = " ::: ";

/// Somebody, as a contact would have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Of the contact that the line was written from.
    pub id: Option<Uuid>,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// JSON objects, as texts.
    pub handles: String,
    pub metadata: String,
    /// Further phones, e-mails and handles.
    pub more: Vec<Further>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Further {
    pub kind: Identity,
    /// Of a handle.
    pub network: Option<String>,
    pub value: String,
}

impl Further {
    fn new(kind: Identity, value: String) -> Further {
        Further { kind, network: None, value }
    }

    /// As the database names the kind.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Identity::Phone => IdentityKind::Phone,
            Identity::Email => IdentityKind::Email,
            Identity::Handle => IdentityKind::Handle,
        }
        .as_str()
    }
}

/// Reads the cells of a line. None: there is nothing in them.
///
/// # Errors
/// What is wrong with it.
pub fn read<'a>(
    cells: impl Iterator<Item = (&'a Field, &'a str)>,
    region: Option<&Region>,
) -> Result<Option<Person>, String> {
    let mut read = Reading::default();
    for (field, cell) in cells {
        let cell = cell.trim();
        if !cell.is_empty() {
            read.take(field, cell, region)?;
        }
    }
    read.end()
}

#[derive(Default)]
struct Reading {
    id: Option<Uuid>,
    name: Option<String>,
    parts: [Option<String>; 3],
    phones: Vec<String>,
    emails: Vec<String>,
    more: Vec<Further>,
    handles: Vec<(String, RawJson)>,
    metadata: Vec<(String, RawJson)>,
    /// A list of handles, or metadata that is no object: carried as it is.
    whole: [Option<String>; 2],
}

impl Reading {
    fn take(&mut self, field: &Field, cell: &str, region: Option<&Region>) -> Result<(), String> {
        if cell.contains('\0') {
            return Err(String::from("it has a character that no text of a database may have"));
        }
        match field {
            // Another program's numbers are no ids of ours.
            Field::Id => self.id = self.id.or(Uuid::try_parse(cell).ok()),
            Field::Name => self.name = self.name.take().or(Some(text("name", cell)?)),
            Field::Given => self.parts[0] = Some(text("name", cell)?),
            Field::Middle => self.parts[1] = Some(text("name", cell)?),
            Field::Family => self.parts[2] = Some(text("name", cell)?),
            Field::Phone => {
                for one in cell.split(SEVERAL) {
                    push(&mut self.phones, phone(one, region)?);
                }
            }
            Field::Email => {
                for one in cell.split(SEVERAL) {
                    push(&mut self.emails, mailbox(one)?);
                }
            }
            Field::Handle(network) => self.handles.push((network.clone(), json_text(cell))),
            Field::Key(key) => self.metadata.push((key.clone(), json_text(cell))),
            Field::Handles | Field::Metadata => {
                let place = usize::from(*field == Field::Metadata);
                let value = RawJson::storable(cell)
                    .ok_or_else(|| format!("{} in {field} is no JSON", shown(cell)))?;
                match (value.is_object(), place) {
                    (true, 0) => self.handles.extend(value.members()),
                    (true, _) => self.metadata.extend(value.members()),
                    (false, _) => self.whole[place] = Some(cell.to_owned()),
                }
            }
            Field::Identities => self.identities(cell)?,
        }
        Ok(())
    }

    fn identities(&mut self, cell: &str) -> Result<(), String> {
        let wrong = || format!("{} are no identities, as an export has them", shown(cell));
        let all = RawJson::storable(cell).ok_or_else(wrong)?;
        for one in all.elements() {
            let text = |key| one.member(key).and_then(|value| value.as_string());
            let (kind, value) = text("kind").zip(text("value")).ok_or_else(wrong)?;
            let network = text("network");
            let kind = match (Label::read(&kind).known(), &network) {
                (Some(IdentityKind::Phone), None) => Identity::Phone,
                (Some(IdentityKind::Email), None) => Identity::Email,
                (Some(IdentityKind::Handle), Some(_)) => Identity::Handle,
                _ => return Err(wrong()),
            };
            self.more.push(Further { kind, network, value: self::text("identities", &value)? });
        }
        Ok(())
    }

    fn end(mut self) -> Result<Option<Person>, String> {
        let parts: Vec<String> = self.parts.into_iter().flatten().collect();
        let name = self.name.or(Some(parts.join(" ")).filter(|name| !name.is_empty()));
        let mut phones = self.phones.into_iter();
        let mut emails = self.emails.into_iter();
        let (phone, email) = (phones.next(), emails.next());
        self.more.extend(phones.map(|value| Further::new(Identity::Phone, value)));
        self.more.extend(emails.map(|value| Further::new(Identity::Email, value)));
        let [handles, metadata] = self.whole;
        let handles = handles.unwrap_or_else(|| object(&self.handles));
        let metadata = metadata.unwrap_or_else(|| object(&self.metadata));
        for (what, json) in [("handles", &handles), ("metadata", &metadata)] {
            if json.len() > LONGEST_JSON {
                return Err(format!("its {what} have more than {} KiB", LONGEST_JSON / 1024));
            }
        }
        if name.as_ref().is_some_and(|name| name.len() > LONGEST_TEXT) {
            return Err(format!("its name has more than {LONGEST_TEXT} bytes"));
        }
        let is_nobody = name.is_none() && phone.is_none() && email.is_none();
        if is_nobody && self.more.is_empty() && handles == "{}" && self.id.is_none() {
            return match metadata == "{}" {
                true => Ok(None),
                false => Err(String::from("it has no name, phone, e-mail or handle")),
            };
        }
        Ok(Some(Person { id: self.id, name, phone, email, handles, metadata, more: self.more }))
    }
}

/// The beginning of what somebody wrote.
fn shown(cell: &str) -> String {
    format!("{:?}", cell.chars().take(40).collect::<String>())
}

fn push(values: &mut Vec<String>, value: Option<String>) {
    if let Some(value) = value.filter(|value| !values.contains(value)) {
        values.push(value);
    }
}

/// The last one of the same name counts, as in jsonb.
fn object(members: &[(String, RawJson)]) -> String {
    RawJson::object(members.iter().map(|(key, value)| (key.as_str(), value))).text().to_owned()
}

fn json_text(cell: &str) -> RawJson {
    RawJson::of(&cell).unwrap_or_default()
}

fn text(what: &str, cell: &str) -> Result<String, String> {
    match cell.len() > LONGEST_TEXT {
        true => Err(format!("its {what} has more than {LONGEST_TEXT} bytes")),
        false => Ok(cell.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// As it is dialled from anywhere, where the country is known; else as it is written.
fn phone(cell: &str, region: Option<&Region>) -> Result<Option<String>, String> {
    let cell = text("phone", cell)?;
    if cell.is_empty() {
        return Ok(None);
    }
    match Phone::parse(&cell, region) {
        None => Err(format!("{} is no phone number", shown(&cell))),
        // An extension would be lost.
        Some(number) if number.is_international() && cell.chars().all(is_of_number) => {
            Ok(Some(number.to_string()))
        }
        Some(_) => Ok(Some(cell)),
    }
}

fn is_of_number(letter: char) -> bool {
    letter.is_ascii_digit() || "+ ()-./".contains(letter)
}

fn mailbox(cell: &str) -> Result<Option<String>, String> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(None);
    }
    let address = cell.trim_start_matches("mailto:").trim_matches(['<', '>']);
    email::parse(address).map(Some).map_err(|why| format!("{} is no e-mail: {why}", shown(cell)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(cells: &[(&str, &str)]) -> Result<Option<Person>, String> {
        let cells: Vec<_> = cells
            .iter()
            .map(|(field, cell)| (Field::parse(field).expect("a field"), *cell))
            .collect();
        read(cells.iter().map(|(field, cell)| (field, *cell)), Region::find("DE").as_ref())
    }

    #[test]
    fn a_line_becomes_a_contact() {
        let person = one(&[
            ("given_name", " Ana "),
            ("family_name", "López  Ruiz"),
            ("phone", "0151 234 56 789 ::: +34 600 111 222"),
            ("phone", "+34600111222"),
            ("email", "Ana@Example.org"),
            ("email", "a2@example.org"),
            ("handle.twitter", "@ana"),
            ("metadata.city", "Köln \"Süd\""),
        ]);
        let person = person.unwrap().unwrap();
        assert_eq!(person.name.as_deref(), Some("Ana López Ruiz"));
        assert_eq!(person.phone.as_deref(), Some("+4915123456789"));
        assert_eq!(person.email.as_deref(), Some("ana@example.org"));
        assert_eq!(person.handles, r#"{"twitter":"@ana"}"#);
        assert_eq!(person.metadata, r#"{"city":"Köln \"Süd\""}"#);
        let more: Vec<&str> = person.more.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(more, ["+34600111222", "a2@example.org"]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (cells, why) in [
            (&[("email", "ana@")][..], "is no e-mail"),
            (&[("phone", "call me")], "is no phone number"),
            (&[("name", "a\0b")], "a character"),
            (&[("metadata.city", "Graz")], "no name, phone"),
            (&[("metadata", "{"), ("name", "x")], "is no JSON"),
            (&[("identities", "[{}]"), ("name", "x")], "are no identities"),
        ] {
            let said = one(cells).unwrap_err();
            assert!(said.contains(why), "{said}");
        }
        assert!(one(&[("name", &"x".repeat(600))]).is_err());
        assert_eq!(one(&[("name", "  "), ("email", "")]), Ok(None));
    }

    proptest! {
        #[test]
        fn any_cells_end_in_a_person_or_a_reason(
            cells in proptest::collection::vec((0usize..9, ".{0,80}"), 0..8)
        ) {
            let names = ["id", "name", "given_name", "phone", "email", "social_handles", "metadata",
                "identities", "handle.x"];
            let cells: Vec<(&str, &str)> =
                cells.iter().map(|(place, cell)| (names[*place], cell.as_str())).collect();
            if let Ok(Some(person)) = one(&cells) {
                prop_assert!(RawJson::parse(person.handles.clone()).is_ok());
                prop_assert!(RawJson::parse(person.metadata.clone()).is_ok());
                // What is kept is read as itself.
                let again: Vec<(&str, &str)> = [("name", &person.name), ("phone", &person.phone), ("email", &person.email)]
                    .into_iter()
                    .filter_map(|(field, value)| Some((field, value.as_deref()?)))
                    .collect();
                if !again.is_empty() {
                    let again = one(&again).unwrap().unwrap();
                    prop_assert_eq!(again.name, person.name);
                    prop_assert_eq!(again.phone, person.phone);
                    prop_assert_eq!(again.email, person.email);
                }
            }
        }
    }
}

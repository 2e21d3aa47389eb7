//! What the columns of somebody's file are.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use crate::domain::matching;

/// What a cell becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    Id,
    Name,
    Given,
    Middle,
    Family,
    Phone,
    Email,
    /// Of this network.
    Handle(String),
    /// JSON, as an export has it.
    Handles,
    Metadata,
    Identities,
    /// A key of the metadata.
    Key(String),
}

/// By the name that `--map` has for it.
static NAMED: [(&str, Field); 10] = [
    ("id", Field::Id),
    ("name", Field::Name),
    ("given_name", Field::Given),
    ("middle_name", Field::Middle),
    ("family_name", Field::Family),
    ("phone", Field::Phone),
    ("email", Field::Email),
    ("social_handles", Field::Handles),
    ("metadata", Field::Metadata),
    ("identities", Field::Identities),
];

/// The longest key of the metadata and name of a network.
const LONGEST_KEY: usize = 100;

impl Field {
    /// `name`, `handle.twitter`, `metadata.company`.
    ///
    /// # Errors
    /// What there is.
    pub fn parse(name: &str) -> Result<Field, String> {
        if let Some((_, field)) = NAMED.iter().find(|(known, _)| *known == name) {
            return Ok(field.clone());
        }
        let (kind, key) = name.split_once('.').unwrap_or((name, ""));
        let is_key = (1..=LONGEST_KEY).contains(&key.len()) && !key.chars().any(char::is_control);
        match kind {
            "handle" if is_key => Ok(Field::Handle(key.to_owned())),
            "metadata" if is_key => Ok(Field::Key(key.to_owned())),
            _ => {
                let names: Vec<&str> = NAMED.iter().map(|(known, _)| *known).collect();
                Err(format!(
                    "{name:?} is no field: there are {}, handle.NETWORK, metadata.KEY, and none",
                    names.join(", ")
                ))
            }
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Handle(network) => write!(f, "handle.{network}"),
            Field::Key(key) => write!(f, "metadata.{key}"),
            other => {
                let found = NAMED.iter().find(|(_, field)| field == other);
                f.write_str(found.map(|(name, _)| *name).unwrap_or_default())
            }
        }
    }
}

/// The names that are known, as [`folded`] has them.
static KNOWN: LazyLock<HashMap<String, Field>> = LazyLock::new(|| {
    let lines = vocabulary().into_iter();
    lines
        .flat_map(|(field, names)| names.into_iter().map(move |name| (name, field.clone())))
        .collect()
});

/// Fields with their folded names.
fn vocabulary() -> Vec<(Field, Vec<String>)> {
    let text = include_str!("columns.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut found: Vec<(Field, Vec<String>)> = Vec::new();
    for line in lines {
        let names = match line.split_once(':') {
            Some((field, names)) => {
                // Each is one: a test reads them all.
                let Ok(field) = Field::parse(field) else { continue };
                found.push((field, Vec::new()));
                names
            }
            None => line,
        };
        let names = names.split(',').map(folded).filter(|name| !name.is_empty());
        if let Some((_, known)) = found.last_mut() {
            known.extend(names);
        }
    }
    found
}

/// Lower case, without accents, signs and numbers.
fn folded(name: &str) -> String {
    let mut words = String::new();
    matching::fold(name, &mut words);
    let words = words.split(' ').filter(|word| !word.is_empty());
    let words = words.filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ")
}

/// What a column of this name is, if it can be known.
pub fn recognise(name: &str) -> Option<Field> {
    KNOWN.get(&folded(name)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_once_and_every_field_is_one() {
        let mut seen = HashMap::new();
        for (field, names) in vocabulary() {
            assert!(!names.is_empty(), "{field}");
            for name in names {
                let before = seen.insert(name.clone(), field.clone());
                assert!(before.is_none(), "{name}: {field} and {before:?}");
            }
        }
        let fields = include_str!("columns.txt").lines().filter(|line| !line.starts_with('#'));
        for (field, _) in fields.filter_map(|line| line.split_once(':')) {
            assert_eq!(Field::parse(field).map(|field| field.to_string()), Ok(field.to_owned()));
        }
    }

    #[test]
    fn exports_of_the_usual_programs_are_understood() {
        // The columns of Google Contacts, Outlook and HubSpot that say who somebody is.
        for (header, expected) in [
            (
                "First Name|Last Name|E-mail 1 - Label|E-mail 1 - Value|Phone 2 - Value|Organization Name",
                "given_name|family_name||email|phone|metadata.company",
            ),
            (
                "Given Name|Additional Name|Family Name|Phone 1 - Type|Phone 1 - Value|Organization 1 - Title",
                "given_name|middle_name|family_name||phone|metadata.job_title",
            ),
            (
                "First Name|Company|Mobile Phone|E-mail Address|E-mail 2 Address|Business Fax",
                "given_name|metadata.company|phone|email|email|",
            ),
            (
                "Vorname|Nachname|Firma|Mobiltelefon|Telefon geschäftlich|E-Mail-Adresse|E-Mail 2: Adresse",
                "given_name|family_name|metadata.company|phone|phone|email|email",
            ),
            (
                "Prénom|Nom|Société|Tél. mobile|Téléphone (bureau)|Adresse de messagerie",
                "given_name|family_name|metadata.company|phone|phone|email",
            ),
            (
                "Nombre|Apellidos|Organización|Móvil|Particular (teléfono)|Dirección de correo electrónico",
                "given_name|family_name|metadata.company|phone|phone|email",
            ),
            (
                "Nome|Sobrenome|Empresa|Telemóvel|Telefone comercial|Endereço de email",
                "given_name|family_name|metadata.company|phone|phone|email",
            ),
            (
                "Nome|Cognome|Società|Cellulare|Telefono uff.|Indirizzo posta elettronica",
                "given_name|family_name|metadata.company|phone|phone|email",
            ),
            (
                "Voornaam|Achternaam|Bedrijf|Mobiele telefoon|Telefoon op werk|E-mailadres",
                "given_name|family_name|metadata.company|phone|phone|email",
            ),
            (
                "Record ID|First Name|Phone Number|Email|Associated Company|Twitter Username",
                "|given_name|phone|email|metadata.company|handle.twitter",
            ),
            (
                "id|name|phone|email|social_handles|metadata|created_at|identities",
                "id|name|phone|email|social_handles|metadata||identities",
            ),
        ] {
            let found: Vec<String> = header
                .split('|')
                .map(|name| recognise(name).map(|field| field.to_string()).unwrap_or_default())
                .collect();
            assert_eq!(found.join("|"), expected, "{header}");
        }
    }

    #[test]
    fn what_is_no_field_is_said() {
        assert!(Field::parse("nam").unwrap_err().contains("given_name"));
        assert!(Field::parse("metadata.").is_err());
        assert!(Field::parse(&format!("handle.{}", "x".repeat(101))).is_err());
    }
}

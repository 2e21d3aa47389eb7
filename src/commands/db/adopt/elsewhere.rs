//! Tables of an inbox in another schema than the one that is adopted: only those of one become an inbox's.

use crate::domain::adopt::{Map, Mapping, recognise};
use crate::domain::schema_diff::{Catalog, identifier};
use crate::error::Failure;
use crate::ui::human;

/// So many schemas are named.
const NAMED: usize = 5;

/// Refused: `schema` has no contacts, for `why`. Names the schemas that have some.
pub(super) fn no_contacts(
    schema: &str,
    why: &str,
    schemas: &[(String, Catalog)],
    map: &Map,
) -> anyhow::Error {
    let why = format!("the schema {} {why}", identifier::shown(schema));
    let found: Vec<(&str, String)> = schemas
        .iter()
        .filter_map(|(name, catalog)| {
            let mapping = recognise::recognise(catalog, map);
            let contacts = mapping.ours("contacts")?.name()?;
            Some((name.as_str(), identifier::shown(contacts)))
        })
        .collect();
    let Some((first, _)) = found.first() else { return nowhere(why, schemas) };
    let places: Vec<String> = found
        .iter()
        .map(|(name, table)| format!("{} ({table})", identifier::shown(name)))
        .collect();
    Failure::refused("the contacts are in another schema")
        .why(format!("{why}; there are some in {}", human::listed(&places, NAMED)))
        .hint(format!(
            "say which schema it is: --schema {}, or ?schema= in the URL",
            human::shell_word(first)
        ))
        .into()
}

fn nowhere(why: String, schemas: &[(String, Catalog)]) -> anyhow::Error {
    let filled = schemas.iter().filter(|(_, catalog)| !catalog.tables.is_empty());
    let filled: Vec<String> = filled.map(|(name, _)| identifier::shown(name)).collect();
    let hint = "name it in the map: [tables] contacts = \"...\", with --map FILE";
    let failure = Failure::refused("this is no database of an inbox: it has no table of contacts");
    match filled.is_empty() {
        true => failure.why(why).hint(hint),
        false => failure
            .why(format!("{why}; there are tables in {}", human::listed(&filled, NAMED)))
            .hint(format!("{hint}; if it is in another schema, say --schema NAME too")),
    }
    .into()
}

/// Tables of ours that are made empty, though another schema has such a one: `messages (app."Message")`.
pub(super) fn passed_over(mapping: &Mapping, schemas: &[(String, Catalog)]) -> Vec<String> {
    let missing = mapping.tables.iter().filter(|table| table.theirs.is_none());
    let missing: Vec<&str> = missing.map(|table| table.model.table).collect();
    let mut list = Vec::new();
    for (schema, catalog) in schemas {
        let there = recognise::recognise(catalog, &Map::default());
        for table in there.tables.iter().filter(|table| missing.contains(&table.model.table)) {
            if let Some(name) = table.name() {
                let place = identifier::shown(schema);
                list.push(format!("{} ({place}.{})", table.model.table, identifier::shown(name)));
            }
        }
    }
    list
}

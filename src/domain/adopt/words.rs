//! What a name says of whose id it holds, where no key does.

use super::model::{MODELS, Model};
use super::names::{singular, snake};
use crate::domain::schema_diff::{Column, Table};

/// Roles of a user that a row names.
const ROLES: [&str; 10] = [
    "author",
    "sender",
    "owner",
    "assignee",
    "assigned_to",
    "agent",
    "created_by",
    "updated_by",
    "actor",
    "resolved_by",
];

/// The table of ours whose id something of that name holds: `contactId`, `userIds`, `assigneeId`.
pub fn resource(name: &str) -> Option<&'static str> {
    let name = snake(name);
    let noun = name.strip_suffix("_ids").or_else(|| name.strip_suffix("_id"));
    // Without a word for it, who did something is named too.
    let is_role = |noun: &str| ROLES.contains(&noun);
    let noun =
        noun.or_else(|| Some(name.as_str()).filter(|name| is_role(name) && name.ends_with("_by")))?;
    if is_role(noun) {
        return Some("users");
    }
    let model =
        MODELS.iter().find(|model| noun == singular(model.table) || model.names.contains(&noun));
    model.map(|model| model.table)
}

/// The column that says to which table this one leads: `sender_type` beside `sender_id`.
pub fn says_where<'a>(table: &'a Table, column: &str) -> Option<&'a Column> {
    let name = format!("{}_type", snake(column).strip_suffix("_id")?);
    table.columns.iter().find(|one| snake(&one.name) == name)
}

/// What rows of a table of ours are called, without hyphens and plural: `contact`, `teammember`.
pub fn words(model: &Model, theirs: Option<&str>) -> Vec<String> {
    let roles = ROLES.iter().filter(|_| model.table == "users");
    let nouns = model.names.iter().chain(roles).map(|name| (*name).to_owned());
    let nouns = nouns.chain([singular(model.table)]).chain(theirs.map(singular));
    nouns.map(|noun| noun.replace('_', "")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_whose_id_it_holds() {
        for (name, expected) in [
            ("contactId", Some("contacts")),
            ("customer_id", Some("contacts")),
            ("userIds", Some("users")),
            ("assigneeId", Some("users")),
            ("createdBy", Some("users")),
            ("owner", None),
            ("orderId", None),
        ] {
            assert_eq!(resource(name), expected, "{name}");
        }
        let words = words(&MODELS[0], Some("StaffPeople"));
        assert!(
            words.contains(&String::from("createdby"))
                && words.contains(&String::from("staffpeople"))
        );
    }
}

//! The tables of a database, in all of its schemas, and what their keys lead to.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::mapping::Mapping;
use crate::domain::schema_diff::Catalog;

/// A table of the application, of any schema.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Relation {
    /// Empty for the inbox's.
    pub schema: String,
    pub name: String,
    /// With its schema, as SQL quotes it.
    pub written: String,
    pub columns: Vec<Column>,
    pub keys: Vec<Key>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Column {
    pub name: String,
    pub not_null: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Key {
    pub name: String,
    /// Of the table that it leads to.
    pub schema: String,
    pub table: String,
    pub columns: Vec<String>,
    pub there: Vec<String>,
}

/// What is in a database beside the inbox's schema, and what was tried of it.
#[derive(Debug, Clone, Default)]
pub struct Besides {
    pub relations: Vec<Relation>,
    /// The other schemas, by name.
    pub schemas: Vec<(String, Catalog)>,
    /// Views that can't be made again on columns that become uuids, and why.
    pub failing_views: Vec<(String, String)>,
}

/// Schema (empty for the inbox's), table and column.
pub type Changed = BTreeSet<(String, String, String)>;

impl Relation {
    /// Among all tables; those of the inbox's schema by their name alone.
    pub fn shown(&self) -> String {
        shown(&self.schema, &self.name)
    }

    pub fn may_be_empty(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column.name == name && !column.not_null)
    }

    /// Whether it stays the application's own.
    pub fn is_own(&self, mapping: &Mapping) -> bool {
        !self.schema.is_empty() || mapping.of(&self.name).is_none()
    }
}

pub fn shown(schema: &str, name: &str) -> String {
    match schema.is_empty() {
        true => name.to_owned(),
        false => format!("{schema}.{name}"),
    }
}

/// Columns of the application's tables that become uuids: by a key to a table of ours, or by one to
/// such a column.
pub fn changed(relations: &[Relation], mapping: &Mapping) -> Changed {
    let mut changed = Changed::new();
    loop {
        let before = changed.len();
        let own = relations.iter().filter(|relation| relation.is_own(mapping));
        for (table, key) in own.flat_map(|own| own.keys.iter().map(move |key| (own, key))) {
            for (here, there) in key.columns.iter().zip(&key.there) {
                let here = (table.schema.clone(), table.name.clone(), here.clone());
                let to = (key.schema.clone(), key.table.clone(), there.clone());
                let target = mapping.of(&key.table).filter(|_| key.schema.is_empty());
                match target.map(|target| target.column_of(there) == Some("id")) {
                    Some(true) => _ = changed.insert(here),
                    None if changed.contains(&to) => _ = changed.insert(here),
                    None if changed.contains(&here) => _ = changed.insert(to),
                    _ => {}
                }
            }
        }
        if changed.len() == before {
            return changed;
        }
    }
}

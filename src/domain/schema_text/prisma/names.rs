//! What Prisma calls tables, columns and types: in its spelling, and no two alike.

use std::collections::{BTreeMap, BTreeSet};

use super::super::words::{camel, pascal, singular};
use crate::domain::schema_diff::Catalog;

/// A model or an enum can't be called that: Prisma's own types, and those of its client.
const RESERVED: &[&str] = &[
    "BigInt",
    "Boolean",
    "Bytes",
    "DateTime",
    "Decimal",
    "Float",
    "Int",
    "Json",
    "Prisma",
    "PrismaClient",
    "String",
    "Unsupported",
];

/// Names that were given away.
pub(super) struct Taken(BTreeSet<String>);

/// Names that were given before: those of an application's own schema.prisma.
#[derive(Default)]
pub(super) struct Given {
    /// Of all models, views and enums.
    pub kinds: BTreeSet<String>,
    /// By table.
    pub models: BTreeMap<String, String>,
    /// By type.
    pub enums: BTreeMap<String, String>,
    /// By type: the value of each label.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// By table and column.
    pub fields: BTreeMap<String, BTreeMap<String, String>>,
    /// By table: all fields of its model, those of relations too.
    pub taken: BTreeMap<String, BTreeSet<String>>,
}

impl Taken {
    /// `wanted`, or with the first number that makes it free.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        let mut candidates = std::iter::once(wanted.to_owned()).chain(numbered);
        let name = candidates.find(|name| !self.0.contains(name)).unwrap_or_default();
        self.0.insert(name.clone());
        name
    }
}

pub(super) struct Names<'a> {
    models: BTreeMap<&'a str, String>,
    enums: BTreeMap<&'a str, String>,
    /// Of a type, in the order of its labels.
    values: BTreeMap<&'a str, Vec<String>>,
    /// Of a table, by column.
    fields: BTreeMap<&'a str, BTreeMap<&'a str, String>>,
    /// Of a table: further names of its model.
    taken: BTreeMap<&'a str, BTreeSet<String>>,
}

impl<'a> Names<'a> {
    /// What was given before keeps its name.
    pub(super) fn new(catalog: &'a Catalog, given: &Given) -> Names<'a> {
        let mut taken = Taken(RESERVED.iter().map(|&word| word.to_owned()).collect());
        taken.0.extend(given.kinds.iter().cloned());
        let mut kind = |known: &BTreeMap<String, String>, name: &str, wanted: &str| {
            let known = known.get(name).cloned();
            known.unwrap_or_else(|| taken.take(&identifier(&pascal(wanted), 'X')))
        };
        let models = catalog.tables.iter().filter(|table| table.partition_of.is_none());
        let models = models.map(|table| {
            let name = kind(&given.models, &table.name, &singular(&table.name));
            (table.name.as_str(), name)
        });
        let models = models.collect();
        let enums = catalog.enums.iter();
        let enums =
            enums.map(|made| (made.name.as_str(), kind(&given.enums, &made.name, &made.name)));
        let enums = enums.collect();
        let none = BTreeMap::new();
        let values = catalog.enums.iter().map(|made| {
            let given = given.values.get(&made.name).unwrap_or(&none);
            (made.name.as_str(), labels(&made.labels, given))
        });
        let values = values.collect();
        let fields = catalog.tables.iter().map(|table| {
            let known = given.fields.get(&table.name).unwrap_or(&none);
            let mut taken = Taken(given.taken.get(&table.name).cloned().unwrap_or_default());
            let columns = table.columns.iter().map(|column| column.name.as_str());
            let mut name = |column: &str| {
                let known = known.get(column).cloned();
                known.unwrap_or_else(|| taken.take(&field_name(column)))
            };
            let named = columns.map(|column| (column, name(column))).collect();
            (table.name.as_str(), named)
        });
        let fields = fields.collect();
        let taken = catalog.tables.iter().filter_map(|table| {
            given.taken.get(&table.name).map(|names| (table.name.as_str(), names.clone()))
        });
        let taken = taken.collect();
        Names { models, enums, values, fields, taken }
    }

    /// None for a partition, and for a table of another schema.
    pub(super) fn model(&self, table: &str) -> Option<&str> {
        self.models.get(table).map(String::as_str)
    }

    pub(super) fn enumeration(&self, name: &str) -> &str {
        self.enums.get(name).map_or("", String::as_str)
    }

    /// The values of an enum, in the order of its labels.
    pub(super) fn values(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn field(&self, table: &str, column: &str) -> &str {
        self.fields.get(table).and_then(|fields| fields.get(column)).map_or("", String::as_str)
    }

    /// `a, b`.
    pub(super) fn fields(&self, table: &str, columns: &[String]) -> String {
        columns.iter().map(|column| self.field(table, column)).collect::<Vec<_>>().join(", ")
    }

    /// Those of the columns of a table, for its relations to stay clear of.
    pub(super) fn taken_in(&self, table: &str) -> Taken {
        let own = self.fields.get(table).into_iter().flat_map(BTreeMap::values).cloned();
        let others = self.taken.get(table).into_iter().flatten().cloned();
        Taken(own.chain(others).collect())
    }
}

fn labels(labels: &[String], given: &BTreeMap<String, String>) -> Vec<String> {
    let mut taken = Taken(given.values().cloned().collect());
    // The plain ones first: whoever reads the database knows them by these.
    let plain: BTreeMap<&String, String> = labels
        .iter()
        .filter(|label| !given.contains_key(*label) && identifier(label, 'V') == **label)
        .map(|label| (label, taken.take(label)))
        .collect();
    let mut other = |label: &str| taken.take(&format!("V_{}", safe(label)));
    let known = |label: &String| given.get(label).or_else(|| plain.get(label)).cloned();
    let value = |label: &String| known(label).unwrap_or_else(|| other(label));
    labels.iter().map(value).collect()
}

pub(super) fn field_name(name: &str) -> String {
    identifier(&camel(name), 'x')
}

/// A letter, then letters, digits and underscores, all of ASCII.
fn identifier(name: &str, first: char) -> String {
    let name = safe(name);
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        format!("{first}{name}")
    }
}

fn safe(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_prisma_reads_and_no_two_alike() {
        let mut taken = Taken(BTreeSet::new());
        assert_eq!(["a", "b", "a", "a"].map(|name| taken.take(name)), ["a", "b", "a2", "a3"]);
        assert_eq!(
            ["user_id", "2nd", "größe", "with space", "_"].map(field_name),
            ["userId", "x2nd", "gr__e", "withSpace", "x"]
        );
        let words = ["OK", "a-b", "a b", "2nd", ""].map(str::to_owned);
        assert_eq!(labels(&words, &BTreeMap::new()), ["OK", "V_a_b", "V_a_b2", "V_2nd", "V_"]);
    }
}

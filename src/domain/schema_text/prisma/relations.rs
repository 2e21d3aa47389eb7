//! Foreign keys as relations: a field on either side.

use super::names::{Names, Taken};
use super::{has_key, text};
use crate::domain::schema_diff::{Catalog, Constraint, Reference, Table};
use crate::domain::schema_text::words::singular;

pub(super) struct Relation<'a> {
    from: &'a Table,
    to: &'a Table,
    key: &'a Constraint,
    reference: &'a Reference,
    /// Where more than one connects the same two tables.
    name: Option<String>,
    /// Prisma leaves one of its sides out, so the other must be, too.
    is_ignored: bool,
}

/// In the order of the tables and of their keys.
pub(super) fn all<'a>(catalog: &'a Catalog, names: &Names<'_>) -> Vec<Relation<'a>> {
    let mut found = Vec::new();
    for from in catalog.tables.iter().filter(|table| names.model(&table.name).is_some()) {
        for key in &from.constraints {
            let Some(reference) = &key.references else { continue };
            let to = catalog.table(&reference.table);
            let Some(to) = to.filter(|table| names.model(&table.name).is_some()) else { continue };
            let is_ignored = [from, to].iter().any(|table| !has_key(catalog, names, table));
            found.push(Relation { from, to, key, reference, name: None, is_ignored });
        }
    }
    let named: Vec<bool> = found.iter().map(|relation| needs_name(relation, &found)).collect();
    for (relation, named) in found.iter_mut().zip(named) {
        relation.name = named.then(|| relation.key.name.clone());
    }
    found
}

fn needs_name(relation: &Relation<'_>, all: &[Relation<'_>]) -> bool {
    let ends = |one: &Relation<'_>| {
        let mut ends = [one.from.name.clone(), one.to.name.clone()];
        ends.sort();
        ends
    };
    relation.from.name == relation.to.name
        || all.iter().filter(|other| ends(other) == ends(relation)).count() > 1
}

/// The fields of a table: for its own keys, then for those that lead to it.
pub(super) fn fields(names: &Names<'_>, all: &[Relation<'_>], table: &Table) -> Vec<Vec<String>> {
    let mut taken = names.taken_in(&table.name);
    let mut fields = Vec::new();
    for relation in all.iter().filter(|relation| relation.from.name == table.name) {
        fields.push(relation.forward(names, &mut taken));
    }
    for relation in all.iter().filter(|relation| relation.to.name == table.name) {
        fields.push(relation.back(names, &mut taken));
    }
    fields
}

impl Relation<'_> {
    /// Its table and the columns there.
    pub(super) fn key(&self) -> (&str, &[String]) {
        (&self.from.name, &self.key.columns)
    }

    /// Called like the column without its `_id`.
    fn forward(&self, names: &Names<'_>, taken: &mut Taken) -> Vec<String> {
        let column = self.key.columns.first().map_or("", String::as_str);
        let stem = column.strip_suffix("_id").unwrap_or(column);
        let suffix = if self.from.column(stem).is_some() { "_relation" } else { "" };
        let field = taken.take(&super::names::field_name(&format!("{stem}{suffix}")));
        let mut columns = self.key.columns.iter().filter_map(|name| self.from.column(name));
        let optional = if columns.any(|column| !column.not_null) { "?" } else { "" };
        let attribute = format!(
            "@relation({}fields: [{}], references: [{}], onDelete: {}, onUpdate: {}, map: {})",
            self.name.as_deref().map(|name| format!("{}, ", text(name))).unwrap_or_default(),
            names.fields(&self.from.name, &self.key.columns),
            names.fields(&self.to.name, &self.reference.columns),
            action(self.reference.on_delete),
            action(self.reference.on_update),
            text(&self.key.name)
        );
        let model = names.model(&self.to.name).unwrap_or_default();
        vec![field, format!("{model}{optional}"), self.with_ignore(attribute)]
    }

    /// Many, or one where the key is unique.
    fn back(&self, names: &Names<'_>, taken: &mut Taken) -> Vec<String> {
        let is_one = self.from.is_unique(&self.key.columns);
        let plain = if is_one { singular(&self.from.name) } else { self.from.name.clone() };
        let wanted = match &self.name {
            Some(_) => format!("{plain}_by_{}", self.key.columns.join("_")),
            None => plain,
        };
        let suffix = if self.to.column(&wanted).is_some() { "_relation" } else { "" };
        let field = taken.take(&super::names::field_name(&format!("{wanted}{suffix}")));
        let model = names.model(&self.from.name).unwrap_or_default();
        let kind = format!("{model}{}", if is_one { "?" } else { "[]" });
        let attribute = self.name.as_deref().map(|name| format!("@relation({})", text(name)));
        vec![field, kind, self.with_ignore(attribute.unwrap_or_default())]
    }

    fn with_ignore(&self, attribute: String) -> String {
        match self.is_ignored {
            true => format!("{attribute} @ignore").trim_start().to_owned(),
            false => attribute,
        }
    }
}

pub(super) fn action(letter: char) -> &'static str {
    match letter {
        'r' => "Restrict",
        'c' => "Cascade",
        'n' => "SetNull",
        'd' => "SetDefault",
        _ => "NoAction",
    }
}
